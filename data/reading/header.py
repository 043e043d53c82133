"""Which column of a file is which column of the contract: by name, never by position."""

from __future__ import annotations

import csv
import difflib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from data.contract.contract import Column, Table
from data.contract.systems import NOT_NAMED, System
from data.errors import NightRefused

# What programs write between columns in place of commas.
SEPARATORS = ";|\t"


@dataclass(frozen=True)
class Header:
    """Where each column of the contract stands in a file of ``width`` columns (``positions``: column name -> 0 for the first); ``extra``:
    columns that nobody knows."""

    width: int
    positions: dict[str, int]
    extra: tuple[str, ...]
    absent: tuple[str, ...]


def read_header(readable: Path, file_name: str) -> list[str]:
    """The column names of a UTF-8 CSV file, as they stand in its first record. Raises NightRefused when there is none."""
    try:
        with readable.open(encoding="utf-8-sig", newline="") as file:
            names = next(csv.reader(file, strict=True), [])
    except csv.Error as fault:
        raise NightRefused(f"{file_name} has a header that cannot be read ({fault}); export it again.") from None
    if not any(name.strip() for name in names):
        raise NightRefused(f"{file_name} has no header: its first line is empty; the first line must name the columns.")
    return names


def match_header(table: Table, names: list[str], file_name: str, system: System = NOT_NAMED) -> Header:
    """Find the contract's columns among a file's names, whatever their order, letter case and surrounding spaces.

    A column's own name is preferred to the other names under which systems export it, those of the ``system`` too. Raises NightRefused for
    two columns of one name, and for required columns that are missing (a name close to the first is pointed out), unless the system is
    known not to write them.
    """
    folded = _folded(names)
    for name in folded:
        if name and folded.count(name) > 1:
            raise NightRefused(f"{file_name} has two columns named {name}; leave one of them in the export.")
    positions = _positions(table, folded, system)
    unused = [name.strip() or "(no name)" for at, name in enumerate(names) if at not in positions.values()]
    if missing := missing_columns(table, names, system):
        first, *others = missing
        if not positions:
            raise NightRefused(_no_header(table, first, unused, file_name))
        also = f" It lacks {', '.join(column.name for column in others)} too." if others else ""
        raise NightRefused(f"{_missing(first, unused, file_name)}{also}")
    absent = tuple(column.name for column in table.columns if column.name not in positions)
    extra = tuple(name for name in unused if fold_name(name) not in table.not_used)
    return Header(len(names), positions, extra, absent)


def missing_columns(table: Table, names: list[str], system: System = NOT_NAMED) -> tuple[Column, ...]:
    """The required columns that are not among a file's names, without those that the ``system`` is known not to write."""
    positions, lacks = _positions(table, _folded(names), system), system.lacks_columns.get(table.name, [])
    return tuple(
        column for column in table.columns if column.required and column.name not in positions and column.name not in lacks
    )


def fold_name(name: str) -> str:
    """A column's name as names are compared: in lower case, without white space around it and without letters that nobody sees, such as a
    second byte-order mark."""
    return "".join(letter for letter in name if unicodedata.category(letter) != "Cf").strip().lower()


def _folded(names: list[str]) -> list[str]:
    return [fold_name(name) for name in names]


def _positions(table: Table, folded: list[str], system: System) -> dict[str, int]:
    also = system.also.get(table.name, {})
    positions = {}
    for column in table.columns:
        known = next((name for name in (column.name, *column.also, *also.get(column.name, ())) if name in folded), None)
        if known is not None:
            positions[column.name] = folded.index(known)
    return positions


def _missing(column: Column, unused: list[str], file_name: str) -> str:
    near = difflib.get_close_matches(column.name, [name.lower() for name in unused], n=1, cutoff=0.7)
    if near:
        return f"{file_name} has no column {column.name}, but has {near[0]}; if that is it, name it {column.name} in the export."
    return f"{file_name} has no column {column.name} ({column.means.lower()}); add it to the export."


def _no_header(table: Table, column: Column, names: list[str], file_name: str) -> str:
    """Why a file names none of a table's columns."""
    if len(names) == 1 and any(mark in names[0] for mark in SEPARATORS):
        return f"{file_name} has no column {column.name}: its columns are not separated by commas; export it with commas."
    near = difflib.get_close_matches(column.name, [name.lower() for name in names], n=1, cutoff=0.8)
    if near:
        return _missing(column, names, file_name)
    if names[0].lower().startswith("#type"):
        return f"{file_name} begins with the line #TYPE, which PowerShell writes above the columns; export it with -NoTypeInformation."
    if names[0].lower().startswith("sep="):
        return f"{file_name} begins with the line sep=, which only Excel reads; export it without that line."
    return (
        f"{file_name} names no column of {table.name} in its first line, which begins with {names[0][:40]!r}. The first line must name the "
        "columns: take out what stands above them, or export the file with its column names."
    )
