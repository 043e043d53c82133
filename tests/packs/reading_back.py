"""A pack read back from the disk, as its reader meets it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from metrics.engine.absence import NOT_SUPPLIED
from metrics.engine.policy import Rule
from packs.lists.answers import SHEETS
from words.few import FEW

TABLE_SHEETS = {"front": "Front", **SHEETS}
LIST_HEADINGS = {
    "child_id": "Child ID",
    "legacy_id": "Legacy ID",
    "age": "Age",
    "service": "Service",
    "team": "Team",
    "worker": "Worker",
    "plan": "Plan",
    "since": "Since",
    "days_over": "Days over",
    "legal_status": "Legal status",
    "placement": "Placement",
    "last_review_date": "Last review",
    "detail": "Detail",
}


def list_headings(rule: Rule) -> dict[str, str]:
    """The engine's columns and the headings of a rule's sheet; an option's clock says which it is, and the days since when."""
    days = "Days overdue" if rule.measure.kind == "milestone" else "Days over" if rule.limits else "Days on the list"
    items = list((LIST_HEADINGS | {"days_over": days}).items())
    if rule.measure.of_option:
        items.insert(items.index(("since", "Since")) + 1, ("clock", "Clock"))
    return dict(items)


def read_pack(path: Path) -> Workbook:
    """The workbook, formulas as formulas."""
    return load_workbook(path)


def list_sheets(workbook: Workbook) -> list[Worksheet]:
    """The sheets with a rule's children, in the order of the figures."""
    return [sheet for sheet in workbook if sheet.title not in TABLE_SHEETS.values()]


def table(sheet: Worksheet, heading: str) -> list[dict]:
    """The rows under the row that has a heading, up to the first empty row or the note below them, each {heading: value}."""
    at = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == heading)
    headings = [_plain(cell.value) for cell in sheet[at]]
    rows = []
    for row in sheet.iter_rows(min_row=at + 1, values_only=True):
        if {value for value in row if value is not None} <= {FEW}:
            break
        rows.append({name: _plain(value) for name, value in zip(headings, row, strict=True) if name not in (None, "")})
    return rows


def _plain(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


def words(sheet: Worksheet) -> str:
    """Everything that a sheet says, in one text."""
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def section(sheet: Worksheet, title: str) -> list[tuple]:
    """The rows beneath a title, up to the first empty one, each its values from left to right, empty cells left out."""
    at = next(cell.row for cell in sheet["A"] if cell.value == title)
    rows = []
    for row in sheet.iter_rows(min_row=at + 1, values_only=True):
        actual = tuple(_plain(value) for value in row if value is not None)
        if not actual:
            break
        rows.append(actual)
    return rows


def number(value: object) -> int | None:
    """A figure's cell: a whole number, or None where the words say that it is not supplied."""
    assert value == NOT_SUPPLIED or type(value) is int, value
    return None if value == NOT_SUPPLIED else value


def month_columns(row: dict) -> list[date]:
    """The dates that head a row of the trend."""
    return [name for name in row if isinstance(name, date)]
