"""Which heading of a sheet is which column of a list: by its words, whatever their order, signs and letter case."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.contract.contract import Table, read_tables
from data.errors import NightRefused

LISTS = Path(__file__).with_name("lists.toml")


@dataclass(frozen=True)
class Headings:
    """Where each column of a list stands on a sheet (``positions``: 0 for the first), what its headings are, and those that nobody knows
    (``not_read``)."""

    positions: dict[str, int]
    shown: dict[str, str]
    not_read: tuple[str, ...]
    absent: tuple[str, ...]


@cache
def list_tables() -> dict[str, Table]:
    """The lists that are read, by name."""
    return read_tables(LISTS)


@cache
def _declared(table: str) -> dict[str, dict]:
    return tomllib.loads(LISTS.read_text(encoding="utf-8"))[table]["columns"]


def fold(heading: str) -> str:
    """The words of a heading: letters and digits in lower case, so that curly quotes, brackets and spaces make no difference."""
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"['‘’`]", "", heading.lower())))


def fits(table: str, cells: list[str]) -> bool:
    """Whether a row of cells names every column that the list must have, so that it is its line of headings."""
    found, _ = _find(table, cells)
    return all(name in found for name, column in _declared(table).items() if column.get("needed"))


def likeness(table: str, cells: list[str]) -> int:
    """How many columns of the list a row of cells names."""
    return len(_find(table, cells)[0])


def find_headings(table: str, cells: list[str], place: str) -> Headings:
    """The list's columns among a sheet's headings. ``place``: the file and sheet, in words.

    Raises NightRefused for a needed column that no heading is, with the nearest heading, and for two headings that are one column.
    """
    found, twice = _find(table, cells)
    columns = _declared(table)
    for name, (first, second) in twice.items():
        raise NightRefused(
            f"{place} has two headings for {columns[name]['means']!r}: {cells[first]!r} and {cells[second]!r}; leave one of them."
        )
    left = [cell for at, cell in enumerate(cells) if cell and at not in found.values()]
    unknown = tuple(cell for cell in left if not _is_not_used(table, fold(cell)))
    missing = [column["means"] for name, column in columns.items() if column.get("needed") and name not in found]
    if missing:
        near = difflib.get_close_matches(missing[0], left, n=1, cutoff=0.6)
        hint = f" It has {near[0]!r}: if that is the first of them, give it Annex A's heading." if near else ""
        raise NightRefused(f"{place} has no heading for {'; '.join(map(repr, missing))}; add the column with that heading.{hint}")
    for name, column in columns.items():
        if column.get("same_as") in found:
            found[name] = found[column["same_as"]]
    shown = {name: cells[at] for name, at in found.items()}
    absent = tuple(column["means"] for name, column in columns.items() if "headings" in column and name not in found)
    return Headings(found, shown, unknown, absent)


def _find(table: str, cells: list[str]) -> tuple[dict[str, int], dict[str, tuple[int, int]]]:
    """{column: place of its heading}, and the columns that two headings fit equally well.

    A heading that is Annex A's own goes first. Then each goes to the column of whose words it has most; of two headings for one column the
    one with fewer further words is it.
    """
    columns = {name: column for name, column in _declared(table).items() if "headings" in column}
    folded = [fold(cell) for cell in cells]
    found: dict[str, int] = {}
    twice: dict[str, tuple[int, int]] = {}
    for name, column in columns.items():
        exact = [at for at, text in enumerate(folded) if text == fold(column["means"])]
        if exact:
            found[name] = exact[0]
        if len(exact) > 1:
            twice[name] = (exact[0], exact[1])
    claims: dict[str, list[tuple[int, int]]] = {}
    for at, text in enumerate(folded):
        if not text or at in found.values():
            continue
        scores = {
            name: max((len(words.split()) for words in column["headings"] if _has(text, words)), default=0)
            for name, column in columns.items()
        }
        best = max(scores.values(), default=0)
        names = [name for name, score in scores.items() if score == best and name not in found]
        if best and len(names) == 1:
            claims.setdefault(names[0], []).append((len(text.split()), at))
    for name, places in claims.items():
        places.sort()
        found[name] = places[0][1]
        if len(places) > 1 and places[0][0] == places[1][0]:
            twice[name] = (places[0][1], places[1][1])
    return found, twice


def _is_not_used(table: str, text: str) -> bool:
    """Whether a heading is one of Annex A's own that nothing is made of."""
    return any(text == words or (" " in words and _has(text, words)) for words in list_tables()[table].not_used)


def _has(text: str, words: str) -> bool:
    return all(any(part == word or (len(word) > 3 and part.startswith(word)) for part in text.split()) for word in words.split())
