"""The rows of a sheet, a CSV file or a query as texts, each with the number that it has there."""

from __future__ import annotations

import csv
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from data.errors import NightRefused
from data.formats.database.connecting import connected, refusal
from data.formats.database.servers import text_of
from data.settings import Settings

WORKBOOKS = (".xlsx", ".xlsm")
LIKE_EMPTY = "\u00a0 \t\r\n"
MOST_ROWS = 200_000


@contextmanager
def open_sheets(path: Path) -> Iterator[list[tuple[str, Iterator[list[str]]]]]:
    """(sheet name, its rows as texts, from the first row on) of a workbook; of a CSV file one sheet named "". Rows may be read once, in
    any order of sheets. Formulas give their stored value. Raises NightRefused for a file that cannot be read."""
    if not path.is_file():
        raise NightRefused(f"There is no file {path}; correct file in mapping.toml, or put the file back.")
    if path.suffix.lower() == ".csv":
        yield [("", _csv_rows(path))]
        return
    if path.suffix.lower() not in WORKBOOKS:
        raise NightRefused(f"{path.name} is neither a workbook (.xlsx, .xlsm) nor a CSV file; save it as one of these.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a workbook has besides its cells
            workbook = load_workbook(path, read_only=True, data_only=True)
    except (OSError, zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, EOFError):
        raise NightRefused(
            f"{path.name} cannot be read as a workbook: it is damaged, protected by a password, or open for writing. Save it "
            "again as .xlsx."
        ) from None
    try:
        # A read-only sheet believes the size that the program that wrote it gave, which may be wrong.
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()
        yield [(sheet.title, _sheet_rows(sheet, path)) for sheet in workbook.worksheets]
    finally:
        workbook.close()


def _sheet_rows(sheet, path: Path) -> Iterator[list[str]]:
    try:
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > MOST_ROWS:
                raise NightRefused(f"{path.name}, sheet {sheet.title} has more than {MOST_ROWS:,} rows; remove the empty ones.")
            yield [cell_text(value) for value in row]
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError):
        raise NightRefused(f"{path.name}, sheet {sheet.title} cannot be read to its end; save the workbook again.") from None


def _csv_rows(path: Path) -> Iterator[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            # A row over several lines counts once: the analyst sees it in a spreadsheet.
            for row in csv.reader(file, strict=True):
                yield [cell_text(value) for value in row]
    except UnicodeDecodeError as error:
        raise NightRefused(f"{path.name}: byte {error.start} is not UTF-8; save the file again as CSV UTF-8.") from None
    except (OSError, csv.Error) as error:
        raise NightRefused(f"{path.name} cannot be read ({error}); save the file again as CSV UTF-8.") from None


def query_rows(settings: Settings, query: str, place: str) -> Iterator[list[str]]:
    """The names of a query's columns, then its rows, from the database of the settings. Raises NightRefused."""
    if not settings.database.url:
        raise NightRefused(f"{place} needs a database; name it in settings.toml (database.url).")
    with connected(settings) as (connection, server, _):
        try:
            result = connection.execution_options(stream_results=True).execute(text(query))
            yield list(result.keys())
            for page in result.partitions(1_000):
                yield from ([(text_of(value, server) or "").strip(LIKE_EMPTY) for value in row] for row in page)
        except SQLAlchemyError as error:
            raise refusal(error, server, connection.engine.url, place) from None


def cell_text(value: object) -> str:
    """A cell as a CSV of the sheet would hold it: dates as 2026-10-31, whole numbers without a point, yes or no as Y or N."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip(LIKE_EMPTY)
