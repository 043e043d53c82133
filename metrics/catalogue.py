"""The measures: one SQL file each, with a header that says what it asks, why, and what it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from data.contract import tables
from data.errors import TrackerError

HERE = Path(__file__).parent / "measures"
REQUIRED_KEYS = ("title", "asks", "why", "kind", "needs", "source")
OPTIONAL_KEYS = ("parameters", "uses", "needs any", "evidence", "clock")
KINDS = ("measure", "milestone")
# The clock of an option of the plan is recorded or observed, and its measure gives both starts.
OPTION = "option"
BOTH_STARTS = ("recorded_start", "observed_start")


class CatalogueError(TrackerError):
    """A measure's file cannot be used; the message names the file, the key and why."""


@dataclass(frozen=True)
class Measure:
    """A measure as its file declares it.

    ``kind``: a *measure* lists children who meet a condition now, with the start of their clock; a *milestone* lists what is due
    by a date (columns as_at, child_number, clock_start, due_date, done_date, detail), for each child as often as it falls due.
    ``needs``: tables without which the measure is not supplied. ``needs_any``: at least one of these. ``uses``: tables that
    refine the answer, which stands without them. ``evidence``: the topics whose rows show why a child is on the list.
    ``clock``: *option* when the clock is that of an option of the plan (columns recorded_start and observed_start besides), or empty.
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

    @property
    def of_option(self) -> bool:
        """Whether its clock is that of an option of the plan: recorded, or observed in earlier nights."""
        return self.clock == OPTION

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
    """Read one measure's file. Raises CatalogueError when its header is wrong, naming file, key and reason."""
    text = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    key = ""
    lines = text.splitlines()
    body_starts = next((place for place, line in enumerate(lines) if not line.startswith("--")), len(lines))
    for line in lines[:body_starts]:
        declared = re.match(r"-- ([a-z][a-z ]*): (.*)", line)
        if declared and declared.group(1) in REQUIRED_KEYS + OPTIONAL_KEYS:
            key = declared.group(1)
            header[key] = declared.group(2).strip()
        elif key and line.startswith("--  "):
            header[key] += " " + line[2:].strip()
        else:
            raise CatalogueError(
                f"{path.name}: the header line {line!r} has no key; use one of {', '.join(REQUIRED_KEYS + OPTIONAL_KEYS)}."
            )
    for key in REQUIRED_KEYS:
        if not header.get(key):
            raise CatalogueError(f"{path.name}: the header has no '{key}'; add a line '-- {key}: ...'.")
    if header["kind"] not in KINDS:
        raise CatalogueError(f"{path.name}: the kind '{header['kind']}' is not one of {', '.join(KINDS)}.")
    measure = Measure(
        id=path.stem,
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
        sql="\n".join(lines[body_starts:]).strip(),
    )
    _check_clock(measure, path)
    for table in measure.needs + measure.needs_any + measure.uses:
        if table not in tables():
            raise CatalogueError(f"{path.name}: '{table}' is not a table of the contract; see data/contract.toml.")
    unbound = set(re.findall(r"\$(\w+)", measure.sql)) ^ set(measure.parameters)
    if unbound:
        raise CatalogueError(f"{path.name}: the parameters {sorted(unbound)} stand in the header or in the SQL but not in both.")
    return measure


def _check_clock(measure: Measure, path: Path) -> None:
    if measure.clock not in ("", OPTION):
        raise CatalogueError(f"{path.name}: the clock '{measure.clock}' is not '{OPTION}', the only one there is to name.")
    if measure.of_option and measure.kind != "measure":
        raise CatalogueError(f"{path.name}: the clock '{OPTION}' is a measure's, and this is a {measure.kind}.")
    lacking = [name for name in BOTH_STARTS if measure.of_option and name not in measure.sql]
    if lacking:
        raise CatalogueError(f"{path.name}: with 'clock: {OPTION}' the SQL gives {' and '.join(BOTH_STARTS)} too; it has no {lacking[0]}.")


def measure_files(own: Path | None = None) -> dict[str, Path]:
    """The file of every measure by id (its stem): ours, and those that a council keeps in a folder of its ``own``.

    Raises CatalogueError for a file of the council's whose name is one of ours: one definition, one place.
    """
    files = {path.stem: path for path in sorted(HERE.glob("*.sql"))}
    for path in sorted(own.glob("*.sql")) if own else ():
        if path.stem in files:
            raise CatalogueError(f"{path}: there is a measure '{path.stem}' already; give the file another name.")
        files[path.stem] = path
    return files


def measures() -> dict[str, Measure]:
    """Every measure of ours by id."""
    return {name: read_measure(path) for name, path in measure_files().items()}
