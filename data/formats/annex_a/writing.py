"""The typed tables of a data load as the Annex A workbook that a council would have made of them on that day: lists 8 to 11.

For the synthetic county. Values are written as workbooks have them: dates as dates, identifiers as numbers where they are digits, codes
with their words.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
from openpyxl import Workbook

from data.contract.contract import Column, code_sets
from data.formats.annex_a.headings import list_tables
from data.settings import Settings

NAME = "Annex_A.xlsx"
WRITTEN = Path(__file__).with_name("written")
SIX_MONTHS, YEAR = timedelta(days=183), timedelta(days=365)
# Annex A's seven plans, by the option of the dataset's plan.
PLANS = {
    "return_home": "a) Return to family",
    "supported_at_home": "a) Return to family",
    "adoption": "b) Adoption",
    "special_guardianship": "c) SGO/CAO",
    "supported_living": "d) Supported living in the community",
    "residential": "e) Long-term residential placement",
    "long_term_fostering": "f) Long-term fostering",
    "relatives_or_friends": "f) Long-term fostering",
    "other": "g) Other",
}
SEXES = {"M": "a) Male", "F": "b) Female"}


def write_workbook(con: duckdb.DuckDBPyConnection, out: Path, as_at: date, settings: Settings) -> Path:
    """Write the workbook of a day from the typed tables of ``con`` into the folder ``out``; gives its path."""
    out.mkdir(parents=True, exist_ok=True)
    asked = {
        "as_at": as_at,
        "ceased_from": as_at - SIX_MONTHS,
        "adopted_from": as_at - YEAR,
        "statuses": list(code_sets()["legal_status"].codes),
        "contains": [text.upper() for text in settings.allocated_worker_contains],
        "equals": [text.upper() for text in settings.allocated_worker_equals],
    }
    book = Workbook(write_only=True)
    for name, table in list_tables().items():
        number = name.rpartition("_")[2]
        sql = (WRITTEN / f"list_{number}.sql").read_text(encoding="utf-8")
        found = con.execute(sql, {key: value for key, value in asked.items() if f"${key}" in sql})
        columns = [table.column(description[0]) for description in found.description or ()]
        sheet = book.create_sheet(f"List {number}")
        sheet.append([column.means for column in columns])
        for row in found.fetchall():
            sheet.append([_cell(column, value) for column, value in zip(columns, row, strict=True)])
    path = out / NAME
    book.save(path)
    return path


def _cell(column: Column, value: object) -> object:
    if value is None:
        return None
    if column.name == "plan":
        return PLANS[str(value)]
    if column.name == "sex":
        return SEXES.get(str(value), "c) Not stated/recorded")
    if column.kind == "flag":
        return "a) Yes" if value else "b) No"
    if column.kind == "code" and column.codes:
        return f"{value}: {code_sets()[column.codes].codes[str(value)].label}"
    if column.kind == "identifier" and str(value).isdecimal() and not str(value).startswith("0"):
        return int(str(value))
    return value
