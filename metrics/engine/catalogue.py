"""The measures: one SQL file each, with a header that says what it asks, why, and what it needs."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from data.contract.contract import PARTIAL, tables
from metrics.engine.dry_run import fault_of_select
from metrics.engine.measure_header import CatalogueError, Review, did_you_mean, read_header, read_review
from metrics.populations import CHILDREN_IN_CARE, Population, by_id, populations

HERE = Path(__file__).parents[1] / "measures"
EVIDENCE = Path(__file__).parents[1] / "evidence"
MEETINGS = "meetings"
KINDS = ("measure", "milestone")
# The clock of an option of the plan is recorded or observed, and its measure gives both starts.
OPTION = "option"
BOTH_STARTS = ("recorded_start", "observed_start")
# What a milestone is due by is one period after its clock.
CLOCK_START = "clock_start"


@dataclass(frozen=True)
class Measure:
    """A measure as its file declares it.

    ``kind``: a *measure* lists children who meet a condition now, with the start of their clock; a *milestone* lists what is due
    by a date (columns as_at, child_number, clock_start, due_date, done_date, detail), for each child as often as it falls due.
    ``needs``: tables without which the measure is not supplied. ``needs_any``: at least one of these. ``uses``: tables that
    refine the answer, which stands without them. ``evidence``: the topics whose rows show why a child is on the list.
    ``clock``: *option* when the clock is that of an option of the plan (columns recorded_start and observed_start besides), or empty.
    ``due``: *clock_start* when what a milestone is due by is one period after its clock, so that a limit may be set for it, or empty.
    ``review``: who answers for the definition and when it was read, and which way is better for children.
    ``population``: the children that its figure is a share of; children in care where the file does not say.
    ``problem``: why the file cannot be used, with the file and the line; its rules are then *not available*. Empty when it can.
    """

    id: str
    kind: str
    title: str
    asks: str
    why: str
    source: str
    parameters: tuple[str, ...]
    needs: tuple[str, ...]
    needs_any: tuple[str, ...]
    uses: tuple[str, ...]
    evidence: tuple[str, ...]
    clock: str
    text: str
    sql: str
    due: str = ""
    problem: str = ""
    review: Review = Review()
    population: Population = field(default_factory=lambda: by_id(CHILDREN_IN_CARE))

    @property
    def is_milestone(self) -> bool:
        """Whether it lists what is due by a day, and not children who meet a condition now."""
        return self.kind == "milestone"

    @property
    def of_option(self) -> bool:
        """Whether its clock is that of an option of the plan: recorded, or observed in earlier nights."""
        return self.clock == OPTION

    @property
    def starts_again(self) -> bool:
        """Whether the clock of a milestone starts again when it is done, as that of the next visit does: it is never done, but due."""
        never = re.findall(r"(\bnull(?:::date)?\s+)?as\s+done_date\b", self.sql)
        return self.is_milestone and bool(never) and all(never)

    @property
    def lines_before(self) -> int:
        """How many lines of the file stand before its SELECT."""
        return self.text[: max(self.text.find(self.sql), 0)].count("\n")

    def bound(self, parameters: Mapping[str, object]) -> dict[str, object]:
        """Those of a rule's parameters that its SQL binds: some may be the population's alone."""
        return {name: value for name, value in parameters.items() if re.search(rf"\${name}\b", self.sql)}

    def missing(self, supplied: dict[str, bool]) -> tuple[str, ...]:
        """The tables that would have to be supplied before this measure can be counted. Empty when it can."""
        missing = [table for table in self.needs if not supplied[table]]
        if self.needs_any and not any(supplied[table] for table in self.needs_any):
            missing.append(" or ".join(self.needs_any))
        return tuple(missing)

    def not_supplied(self, supplied: dict[str, bool]) -> tuple[str, ...]:
        """The tables that refine the measure and were not supplied: the figure stands, and says what it did without."""
        return tuple(table for table in (*self.uses, *self.needs_any) if not supplied[table])


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def read_measure(path: Path) -> Measure:
    """Read one measure's file and run it dry (``metrics.engine.dry_run``). A file with a mistake gives a measure with a ``problem``."""
    where = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = (
            "is not UTF-8; save it again with the encoding UTF-8" if isinstance(error, UnicodeDecodeError) else "cannot be opened"
        )
        return _unusable(path, "", f"{where} {why}.")
    try:
        return _read(path.stem, where, text)
    except CatalogueError as error:
        return _unusable(path, text, str(error))


def _unusable(path: Path, text: str, problem: str) -> Measure:
    """What stands for a measure whose file cannot be used. Its kind is told where it can be, so that its rules keep their place."""
    kind = re.search(r"^-- kind: (measure|milestone)$", text, flags=re.MULTILINE)
    title = re.search(r"^-- title: (.+)$", text, flags=re.MULTILINE)
    return Measure(
        id=path.stem,
        kind=kind.group(1) if kind else KINDS[0],
        title=title.group(1) if title else path.stem,
        asks="",
        why="",
        source="",
        parameters=(),
        needs=(),
        needs_any=(),
        uses=(),
        evidence=(),
        clock="",
        text=text,
        sql="",
        problem=problem,
    )


@lru_cache(maxsize=1024)
def _read(measure_id: str, where: str, text: str) -> Measure:
    lines = text.splitlines()
    body_starts = next((place for place, line in enumerate(lines) if not line.startswith("--")), len(lines))
    header, begins = read_header(where, lines[:body_starts])
    if header["kind"] not in KINDS:
        raise CatalogueError(f"{where}, line {begins['kind']}: the kind '{header['kind']}' is not one of {', '.join(KINDS)}.")
    measure = Measure(
        id=measure_id,
        kind=header["kind"],
        title=header["title"],
        asks=header["asks"],
        why=header["why"],
        source=header["source"],
        parameters=_words(header.get("parameters", "")),
        needs=_words(header["needs"]),
        needs_any=_words(header.get("needs any", "")),
        uses=_words(header.get("uses", "")),
        evidence=_words(header.get("evidence", "")),
        clock=header.get("clock", ""),
        text=text,
        sql="\n".join(lines[body_starts:]).strip("\n").rstrip().rstrip(";"),
        due=header.get("due", ""),
        review=read_review(where, header, begins),
        population=_population(where, header, begins),
    )
    _check_header(measure, where, begins)
    _check_parameters(measure, where, begins, body_starts)
    _check_population(measure, where, begins)
    fault = fault_of_select(
        measure.kind,
        measure.sql,
        BOTH_STARTS if measure.of_option else (),
        tuple(measure.bound(dict.fromkeys(measure.parameters))),
    )
    if fault:
        blank = next((place for place, line in enumerate(lines[body_starts:]) if line.strip()), 0)
        line = f", line {body_starts + blank + fault.line}" if fault.line else ""
        raise CatalogueError(f"{where}{line}: {fault.words}.")
    return measure


def _population(where: str, header: dict[str, str], begins: dict[str, int]) -> Population:
    """The population that the header names in words. Raises CatalogueError."""
    words = header.get("out of")
    if words is None:
        return by_id(CHILDREN_IN_CARE)
    if words not in populations():
        raise CatalogueError(
            f"{where}, line {begins['out of']}: '{words}' is not a population that a figure can be a share of; "
            f"{did_you_mean(words, populations())}"
        )
    return populations()[words]


@cache
def meeting_topics() -> dict[str, tuple[str, ...]]:
    """The topics of evidence that are meetings, each with its types (none: every type)."""
    topics = tomllib.loads((EVIDENCE / MEETINGS).with_suffix(".toml").read_text(encoding="utf-8"))
    return {topic: tuple(types) for topic, types in topics.items()}


def evidence_topics() -> tuple[str, ...]:
    """Every topic of evidence that a measure may name."""
    files = {path.stem for path in EVIDENCE.glob("*.sql")} - {MEETINGS}
    return tuple(sorted(files | set(meeting_topics())))


def _check_header(measure: Measure, where: str, begins: dict[str, int]) -> None:
    """What the header names must be there: tables of the contract, topics of evidence, a clock, what is due."""
    for key, names in (("needs", measure.needs), ("needs any", measure.needs_any), ("uses", measure.uses)):
        for name in names:
            if name not in tables() and name not in PARTIAL:
                near = difflib.get_close_matches(name, [*tables(), *PARTIAL], n=1)
                meant = f'did you mean "{near[0]}"?' if near else "see docs/reference/data-dictionary.md."
                raise CatalogueError(f"{where}, line {begins[key]}: '{name}' is not a table of the contract; {meant}")
    topics = evidence_topics()
    for topic in measure.evidence:
        if topic not in topics:
            raise CatalogueError(
                f"{where}, line {begins['evidence']}: there is no evidence '{topic}'; {did_you_mean(topic, topics)}"
            )
    for key, given, allowed, kind in (("clock", measure.clock, OPTION, KINDS[0]), ("due", measure.due, CLOCK_START, KINDS[1])):
        if given not in ("", allowed):
            raise CatalogueError(
                f"{where}, line {begins[key]}: the {key} '{given}' is not '{allowed}', the only one there is to name."
            )
        if given and measure.kind != kind:
            raise CatalogueError(f"{where}, line {begins[key]}: '{key}: {allowed}' is a {kind}'s, and this is a {measure.kind}.")


def _check_parameters(measure: Measure, where: str, begins: dict[str, int], body_starts: int) -> None:
    used = {
        name: number
        for number, line in reversed(list(enumerate(measure.text.splitlines(), start=1)))
        if number > body_starts
        for name in re.findall(r"\$(\w+)", line.split("--")[0])
    }
    for name, number in used.items():
        if name not in measure.parameters:
            near = difflib.get_close_matches(name, measure.parameters, n=1)
            meant = f'did you mean "${near[0]}"?' if near else "add it to the line '-- parameters: ...'."
            raise CatalogueError(
                f"{where}, line {number}: the SQL uses ${name}, which is not among the header's parameters; {meant}"
            )
    for name in measure.parameters:
        if name not in used and name not in measure.population.parameters:
            raise CatalogueError(
                f"{where}, line {begins['parameters']}: the SQL does not use the parameter '{name}'; use it as ${name}, or take it out."
            )


def _check_population(measure: Measure, where: str, begins: dict[str, int]) -> None:
    population = measure.population
    for name in (one for one in population.parameters if one not in measure.parameters):
        raise CatalogueError(
            f"{where}, line {begins['out of']}: '{population.title}' needs the parameter '{name}'; add it to the line "
            "'-- parameters: ...', or name another population."
        )
    if population.of_milestone and measure.kind != KINDS[1]:
        raise CatalogueError(
            f"{where}, line {begins['out of']}: '{population.title}' is a milestone's, and this is a {measure.kind}."
        )


@cache
def _ours() -> dict[str, Path]:
    """The file of each of our measures by its stem."""
    return {path.stem: path for path in sorted(HERE.rglob("*.sql"))}


def measure_files(own: Path | None = None) -> dict[str, Path]:
    """The file of every measure by id (its stem): ours, and those that a council keeps in a folder of its ``own``.

    A file of the council's whose name is one of ours is left out (``clashing_files``): one definition, one place.
    """
    files = _ours()
    theirs = {path.stem: path for path in sorted(own.glob("*.sql"))} if own else {}
    return theirs | files


def clashing_files(own: Path | None = None) -> dict[str, str]:
    """Why each file of the council's ``own`` whose name is one of ours cannot be used, by its id."""
    if own is None:
        return {}
    ours = _ours()
    return {
        path.stem: f"{own.name}/{path.name}: there is a measure '{path.stem}' already; give the file another name."
        for path in sorted(own.glob("*.sql"))
        if path.stem in ours
    }


def measures() -> dict[str, Measure]:
    """Every measure of ours by id."""
    return {name: read_measure(path) for name, path in measure_files().items()}


@cache
def _places() -> dict[str, str]:
    return {name: path.relative_to(HERE.parents[1]).as_posix() for name, path in _ours().items()}


def place_of(measure_id: str) -> str:
    """Where a measure's file is, as a reader finds it: in the product's folder, or in that of the council's own in the store."""
    return _places().get(measure_id, f"measures/{measure_id}.sql")
