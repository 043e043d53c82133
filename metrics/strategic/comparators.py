"""What other councils' figures are: ``comparators.csv``, a small file that the analyst keeps in the store, read strictly."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from data.errors import TrackerError

FILE_NAME = "comparators.csv"
COLUMNS = ("measure", "area", "value", "year", "source")
NEIGHBOURS, ENGLAND = "statistical neighbours", "England"
AREAS = (NEIGHBOURS, ENGLAND)
NOT_PUBLISHED = "not published"
VALUE = re.compile(r"\d{1,9}(\.\d{1,4})?")
YEAR = re.compile(r"20\d\d(/\d\d)?")


class ComparatorsError(TrackerError):
    """``comparators.csv`` cannot be used; the message names the row, the column, the value and what is allowed."""


@dataclass(frozen=True)
class Comparator:
    """A published figure of another area, as its source prints it."""

    value: str
    year: str
    source: str

    @property
    def words(self) -> str:
        return f"{self.value} ({self.year})"


def read_comparators(store: Path | None, measures: set[str]) -> dict[tuple[str, str], Comparator]:
    """{(measure, area): figure}; empty where the store keeps no file. Raises ComparatorsError."""
    path = Path(store) / FILE_NAME if store else None
    if path is None or not path.exists():
        return {}
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ComparatorsError(f"{path}: byte {error.start} is not UTF-8; save the file again as CSV UTF-8.") from error
    except OSError as error:
        raise ComparatorsError(f"{path}: cannot be opened: {error.strerror}.") from error
    rows = list(csv.reader(text.splitlines(), strict=True))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise ComparatorsError(f"{path}, row 1: the columns are {', '.join(COLUMNS)}, in this order.")
    found: dict[tuple[str, str], Comparator] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        if len(row) != len(COLUMNS):
            raise ComparatorsError(f"{path}, row {number}: it has {len(row)} fields, not {len(COLUMNS)}.")
        entry = dict(zip(COLUMNS, (field.strip() for field in row), strict=True))
        _check(path, number, entry, measures)
        key = (entry["measure"], entry["area"])
        if key in found:
            raise ComparatorsError(f"{path}, row {number}: {key[0]} for {key[1]} is there twice; keep one of them.")
        found[key] = Comparator(entry["value"], entry["year"], entry["source"])
    return found


def _check(path: Path, number: int, entry: dict[str, str], measures: set[str]) -> None:
    allowed = {
        "measure": (entry["measure"] in measures, "the id of a measure; metrics/strategic/measures.toml lists them"),
        "area": (entry["area"] in AREAS, " or ".join(AREAS)),
        "value": (VALUE.fullmatch(entry["value"]), "a number such as 71 or 12.5"),
        "year": (YEAR.fullmatch(entry["year"]), "a year such as 2025/26 or 2026"),
        "source": (entry["source"], "where the figure was published"),
    }
    for column, (good, words) in allowed.items():
        if not good:
            raise ComparatorsError(f"{path}, row {number}, column {column}: {entry[column]!r} is not {words}.")
