"""Case systems: what each one's public script of the Standard Safeguarding Dataset is known to write, a TOML file a system.

A council names its system in ``settings.toml``. Nothing is assumed without it: marks by which a system is recognised only propose it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Mark:
    """Signs that together point to a system, {table: columns} unless said otherwise.

    ``columns`` are in the file and ``lacks`` are not; ``lacks_values`` and ``one_value``: columns (table.column) that are empty in every
    row, or hold one value only; ``blank``: tables from whose file nothing can be used; ``people_by_legacy_id``: tables that name people
    by pers_legacy_id.
    """

    columns: dict[str, list[str]] = field(default_factory=dict)
    lacks: dict[str, list[str]] = field(default_factory=dict)
    lacks_values: list[str] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    people_by_legacy_id: list[str] = field(default_factory=list)
    one_value: list[str] = field(default_factory=list)

    def in_headers(self, headers: dict[str, list[str]]) -> bool:
        """Whether the files' own column names ({table: names in lower case}) agree with this mark."""
        return all(table in headers and set(names) <= set(headers[table]) for table, names in self.columns.items()) and all(
            table in headers and not set(names) & set(headers[table]) for table, names in self.lacks.items()
        )

    @property
    def needs_rows(self) -> bool:
        """Whether the rows have to be read to tell, and not the column names alone."""
        return bool(self.lacks_values or self.blank or self.people_by_legacy_id or self.one_value)


@dataclass(frozen=True)
class System:
    """A case system's profile. What each key means stands in the systems' own files.

    ``also``: {table: {column: other names}}; ``lacks_columns``: {table: columns}; ``lacks_tables``: {table: why, and what to ask for};
    ``person_through``: {table: its column of the period of care, by which its child is found}; ``unknown_people``: tables that may name
    people who are not in ssd_person; ``notes``: what the load report says.
    """

    identifier: str
    name: str
    also: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    lacks_columns: dict[str, list[str]] = field(default_factory=dict)
    lacks_tables: dict[str, str] = field(default_factory=dict)
    person_through: dict[str, str] = field(default_factory=dict)
    unknown_people: tuple[str, ...] = ()
    plan_end_is_completion: bool = False
    episodes_end_the_day_before: bool = False
    episodes_lack_placements: bool = False
    notes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@cache
def systems() -> dict[str, System]:
    """Every system by the name that settings give it."""
    found = {}
    for path in sorted(HERE.glob("*.toml")):
        entry: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        lists: dict[str, Any] = {name: tuple(entry.pop(name, ())) for name in ("notes", "unknown_people")}
        marks = tuple(Mark(**mark) for mark in entry.pop("marks", []))
        found[path.stem] = System(path.stem, marks=marks, **lists, **entry)
    return found


NOT_NAMED = System("", "")


def named(identifier: str) -> System:
    """The system of that name; for "" one of which nothing is known."""
    return systems()[identifier] if identifier else NOT_NAMED
