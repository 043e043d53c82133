"""Small Annex A workbooks for tests: a test names only the columns that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from data.formats.annex_a.headings import list_tables
from data.formats.reading import read_extracts
from data.reading.load_report import LoadReport
from data.settings import Settings
from tests.support.few_rows import connection_for_few_rows

AS_AT = date(2026, 3, 31)
# A child in care, by the columns of List 8 as lists.toml names them.
CHILD = {
    "child": 1,
    "sex": "b) Female",
    "ethnicity": "a) WBRI",
    "date_of_birth": date(2015, 3, 1),
    "uasc": "b) No",
    "started": date(2020, 5, 4),
    "need": "N1 - Abuse or Neglect",
    "status_start": date(2020, 9, 1),
    "legal_status": "C2: FCO",
    "last_review": date(2026, 1, 12),
    "plan": "f) Long-term fostering",
    "placement_start": date(2021, 2, 3),
    "placement_type": "f) U6: Foster placement - not FFA",
    "placement_provider": "e) PR4 - Private provision",
    "team": "Children in Care Team 1",
    "worker": "Eugene\u00a0Swift",
}
Rows = list[Mapping[str, object]]


def headings(number: int) -> list[str]:
    """Annex A's own headings of a list, in its order."""
    table = list_tables()[f"annex_a_list_{number}"]
    return [column.means for column in table.columns if column.name not in ("line", "plan_text")]


def write_book(path: Path, lists: Mapping[int, Rows], named: Mapping[str, str] | None = None, above: int = 0) -> Path:
    """{number of a list: its rows by column} as a workbook. ``named``: another heading for one of Annex A's; ``above``: rows of title."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in lists.items():
        table = list_tables()[f"annex_a_list_{number}"]
        sheet = book.create_sheet(f"List {number}")
        for _ in range(above):
            sheet.append(["Annex A, made in the spring"])
        sheet.append([(named or {}).get(heading, heading) for heading in headings(number)])
        for row in rows:
            sheet.append([row.get(name) for name in table.column_names if name not in ("line", "plan_text")])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


class Book:
    """A workbook that was loaded: the report, and the contract's tables."""

    def __init__(self, extracts: Path, as_at: date = AS_AT, settings: Settings | None = None) -> None:
        self.con = connection_for_few_rows()
        self.report: LoadReport = read_extracts(self.con, extracts, settings or Settings(quarantine_limit_percent=100), as_at)

    def rows(self, query: str) -> list[tuple]:
        return self.con.execute(query).fetchall()

    def supplied(self) -> dict[str, bool]:
        return dict(self.rows("select table_name, supplied from supplied"))


def load(path: Path, *children: Mapping[str, object], **how) -> Book:
    """Load a workbook of List 8 with these children, each CHILD but for what is given."""
    return Book(write_book(path / "book.xlsx", {8: [{**CHILD, **child} for child in children]}), **how)
