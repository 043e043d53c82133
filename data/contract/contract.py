"""The data contract, read from ``contract.toml`` and ``codes/*.csv``.

Everything that needs to know a table, a column or a list of codes asks here: reading, checking, the synthetic county,
the data dictionary and the tests. Nothing else repeats a column's type or a code's meaning.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

HERE = Path(__file__).parent
KINDS = ("identifier", "date", "code", "text", "flag", "number", "plan")
# What a load may lack although the tables are there: a format that shows one day has the children in care on that day, without what was
# before it. A rule names it among what it needs, as it names a table.
EARLIER_RECORDS, PLAN_STARTS = "earlier_records", "plan_starts"
FOSTERING_PLANS, PARALLEL_PLANS, CHILDREN_NOT_IN_CARE = "fostering_plans", "parallel_plans", "children_not_in_care"
PARTIAL = {
    EARLIER_RECORDS: "Earlier records",
    PLAN_STARTS: "Starts of care plans",
    FOSTERING_PLANS: "Plans that say with whom long-term fostering is",
    PARALLEL_PLANS: "Every option of care plans",
    CHILDREN_NOT_IN_CARE: "Children not in care",
}


@dataclass(frozen=True)
class Code:
    """One code of a list: its label, its groups, and the collection years (to 31 March) it was valid in."""

    code: str
    label: str
    groups: tuple[str, ...]
    valid_from: int | None
    valid_to: int | None


@dataclass(frozen=True)
class CodeSet:
    """A list of codes. ``spellings`` maps other lower-case text in use to a code ('' = no code of this list)."""

    name: str
    codes: dict[str, Code]
    spellings: dict[str, str]

    def in_group(self, group: str) -> tuple[str, ...]:
        """The codes of a group, in the order of the list."""
        return tuple(code.code for code in self.codes.values() if group in code.groups)


@dataclass(frozen=True)
class Column:
    """One column of an extract.

    ``required``: the column must be in the file. ``filled``: every row must have a value (a row without one is
    quarantined); identifiers are filled unless the contract says they may be empty. ``optional``: no rule needs it, so a value that
    cannot be read, or is in no list, becomes empty and is flagged; the row stays. ``empty_words``: a text in which NULL, N/A and the
    like mean empty, as they do in every other kind. ``refers_to``: the table whose key the column holds. ``sparse``: no row of a
    whole council may have a value.
    """

    name: str
    kind: str
    means: str
    required: bool
    filled: bool
    optional: bool
    empty_words: bool
    codes: str | None
    also: tuple[str, ...]
    refers_to: str | None
    sparse: bool


@dataclass(frozen=True)
class Table:
    """One extract file: its columns, whether the night needs it, its key, its person, its period, the dates that are ends, who in a council
    could supply it, and the columns that its format has beside these and nothing uses."""

    name: str
    title: str
    required: bool
    key: str
    person: str | None
    person_also_legacy: bool
    period: tuple[str, str] | None
    refuse_backwards: bool
    ends: frozenset[str]
    columns: tuple[Column, ...]
    who: str
    not_used: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def coded(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.kind == "code")


def _column(name: str, entry: dict) -> Column:
    kind = entry["kind"]
    if kind not in KINDS:
        raise ValueError(f"contract.toml: column {name} has the kind {kind!r}; use one of {', '.join(KINDS)}")
    if kind in ("code", "plan") and "codes" not in entry:
        raise ValueError(f"contract.toml: column {name} is a {kind} but names no list of codes")
    required = entry.get("required", False)
    filled = entry.get("filled", kind == "identifier" and required and not entry.get("empty", False))
    optional, empty_words = entry.get("optional", False), entry.get("empty_words", False)
    if optional and (required or filled):
        raise ValueError(f"contract.toml: column {name} cannot be optional and needed")
    return Column(
        name,
        kind,
        entry["means"],
        required,
        filled,
        optional,
        empty_words,
        entry.get("codes"),
        tuple(entry.get("also", ())),
        entry.get("refers_to"),
        entry.get("sparse", False),
    )


@cache
def tables() -> dict[str, Table]:
    """Every table of the contract by name, in the order of ``contract.toml``."""
    return read_tables(HERE / "contract.toml")


def read_tables(path: Path) -> dict[str, Table]:
    """The tables that a file declares, by name, in its order. ``contract.toml`` says what each key means."""
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: Table(
            name=name,
            title=entry["title"],
            required=entry.get("required", False),
            key=entry["key"],
            person=entry.get("person"),
            person_also_legacy=entry.get("person_also_legacy", False),
            period=tuple(entry["period"]) if "period" in entry else None,
            refuse_backwards=entry.get("refuse_backwards", False),
            ends=frozenset(
                [*entry.get("period", ())[1:], *(column for column, rest in entry["columns"].items() if rest.get("end", False))]
            ),
            columns=tuple(_column(column, rest) for column, rest in entry["columns"].items()),
            who=entry.get("who", ""),
            not_used=tuple(entry.get("not_used", ())),
        )
        for name, entry in declared.items()
    }


def titles(names: Iterable[str], with_names: bool = False, between: str = ", ") -> str:
    """The titles of some tables, or of PARTIAL, in a row; a name such as *a or b* is either of them.

    ``with_names``: each with its table's name.
    """

    def title(name: str) -> str:
        if name in PARTIAL:
            return PARTIAL[name]
        return f"{tables()[name].title} ({name})" if with_names else tables()[name].title

    return between.join(" or ".join(map(title, entry.split(" or "))) for entry in names)


def label_of(code_set: str, code: str | None) -> str:
    """What a code of a list means (*White British*); a text that is no code of the list as it is, and nothing for none."""
    found = code_sets()[code_set].codes.get((code or "").strip().upper())
    return found.label if found else code or ""


def in_words(code_set: str, codes: str | None) -> str:
    """Codes of a list, each with what it means: *E1 Placement order; C2 Full care order* for *E1, C2*. A text that is no code of the list
    stays as it is; nothing for none."""
    parts = (codes or "").split(", ")
    return "; ".join(f"{part} {label}" if (label := label_of(code_set, part)) != part else part for part in parts)


def who_supplies(names: Iterable[str]) -> str:
    """Who could supply some tables, or what PARTIAL names, each told once; a name such as *a or b* is either of them.

    What a format leaves out is in the case system, so whoever supplies the episodes could supply it.
    """

    def who(name: str) -> str:
        return tables()["ssd_cla_episodes" if name in PARTIAL else name].who

    every = [" or ".join(dict.fromkeys(map(who, entry.split(" or ")))) for entry in names]
    return "; ".join(dict.fromkeys(every))


def _year(text: str) -> int | None:
    return int(text) if text else None


def read_spellings(path: Path) -> dict[str, dict[str, str]]:
    """Other spellings of codes: ``codes,text,code`` rows to {list: {lower-case text: code}}. A council may add its own."""
    spellings: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            text = " ".join(row["text"].split()).lower()
            spellings.setdefault(row["codes"], {})[text] = row["code"].strip().upper()
    return spellings


@cache
def code_sets() -> dict[str, CodeSet]:
    """Every list of codes by name (the file's stem in ``data/codes``)."""
    spellings = read_spellings(HERE / "codes" / "spellings.csv")
    sets = {}
    for path in sorted((HERE / "codes").glob("*.csv")):
        if path.stem == "spellings":
            continue
        with path.open(encoding="utf-8", newline="") as file:
            codes = {
                row["code"]: Code(row["code"], row["label"], tuple(row["group"].split()), _year(row["from"]), _year(row["to"]))
                for row in csv.DictReader(file)
            }
        sets[path.stem] = CodeSet(path.stem, codes, spellings.get(path.stem, {}))
    return sets
