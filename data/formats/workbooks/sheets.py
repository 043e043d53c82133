"""The rows of a sheet, a CSV file or a query, each with the number that it has there, and their cells as texts."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.errors import NightRefused
from data.formats.database.queries import Queries
from data.formats.files.workbook import KINDS, check_stored, clean, open_book


@dataclass(frozen=True)
class Rows:
    """The rows of one sheet: ``name`` (of a CSV file or a query ""), ``values`` from its first row on, to be read once, and ``text``, which
    gives a value as text in a column of one of the contract's kinds. ``place``: where it is, in words."""

    name: str
    place: str
    values: Iterator[Sequence[object]]
    text: Callable[[object, str], str]

    def texts(self) -> Iterator[list[str]]:
        """Its rows as texts, whatever their columns."""
        return ([self.text(value, "text") for value in row] for row in self.values)

    def check_stored(self, row: Sequence[object], places: Sequence[int], number: int) -> None:
        """Raises NightRefused where one of the cells that are read has a formula without its value."""
        check_stored(row, places, self.place, number)


def _plain(value: object, _kind: str) -> str:
    return clean(str(value)) if value is not None else ""


@contextmanager
def open_sheets(path: Path) -> Iterator[list[Rows]]:
    """The sheets of a workbook; of a CSV file one named "". Raises NightRefused for a file that cannot be read."""
    if not path.is_file():
        raise NightRefused(f"There is no file {path}; correct its name (after --from, or in mapping.toml), or put the file back.")
    if path.suffix.lower() == ".csv":
        yield [Rows("", path.name, _csv_rows(path), _plain)]
        return
    if path.suffix.lower() not in KINDS:
        raise NightRefused(f"{path.name} is neither a workbook (.xlsx, .xlsm) nor a CSV file; save it as one of these.")
    with open_book(path) as book:
        yield [Rows(name, f"{path.name}, sheet {name},", book.rows(name), book.text) for name in book.names]


def _csv_rows(path: Path) -> Iterator[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            # A row over several lines counts once: the analyst sees it in a spreadsheet.
            yield from csv.reader(file, strict=True)
    except UnicodeDecodeError as error:
        raise NightRefused(f"{path.name}: byte {error.start} is not UTF-8; save the file again as CSV UTF-8.") from None
    except (OSError, csv.Error) as error:
        raise NightRefused(f"{path.name} cannot be read ({error}); save the file again as CSV UTF-8.") from None


def query_rows(queries: Queries, query: str, place: str) -> Rows:
    """The names of a query's columns, then its rows. Reading them raises NightRefused."""
    return Rows("", place, queries.ask(query, place), _plain)
