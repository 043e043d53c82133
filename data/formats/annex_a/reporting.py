"""What became of the workbook: the report of each table of the contract that it fills, warnings with counts, and how it was read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import duckdb

from data.contract.contract import Table, titles
from data.formats.annex_a.workbook import LIST_8, Sheet
from data.formats.files.filled import Filled
from data.reading.load_report import FileReport
from data.sentences import counted
from data.sql_results import one_row, one_value

LIST_9, LIST_10, LIST_11 = (f"annex_a_list_{number}" for number in (9, 10, 11))
FEEDS = {LIST_8: "ssd_cla_episodes", LIST_9: "ssd_care_leavers", LIST_10: "ssd_permanence", LIST_11: "local_prospective_adopters"}
FED_BY = {
    "ssd_person": LIST_8,
    "ssd_cla_episodes": LIST_8,
    "ssd_legal_status": LIST_8,
    "ssd_cla_placement": LIST_8,
    "ssd_cla_care_plan": LIST_8,
    "ssd_involvements": LIST_8,
    "ssd_department": LIST_8,
    "ssd_professionals": LIST_8,
    "ssd_cla_reviews": LIST_8,
    "ssd_cla_visits": LIST_8,
    "ssd_immigration_status": LIST_8,
    "ssd_permanence": LIST_10,
    "ssd_care_leavers": LIST_9,
    "local_prospective_adopters": LIST_11,
}
# What every load needs of the dataset, and a workbook may lack.
NOT_IN_THE_WORKBOOK = ("ssd_cla_care_plan", "ssd_involvements", "ssd_department", "ssd_legal_status", "ssd_cla_placement")
# Tables that are filled and yet not supplied, and why.
LAST_ONE = {
    "ssd_cla_reviews": "the workbook has each child's last review only, so rules about reviews wait. The last one is shown.",
    "ssd_cla_visits": "the workbook has each child's last visit only, so rules about visits wait. The last one is shown.",
}
NEWEST = """
select max(day)
from (
    select unnest([started, status_start, placement_start, last_review, last_visit, ceased]) as day
    from annex_a_list_8
)
where day <= $as_at
"""


def fed_table(table: Table, filled: Filled, sheets: list[Sheet], sources: list[FileReport]) -> FileReport:
    """The report of a table of the contract that the workbook filled, or did not."""
    sheet = next((sheet for sheet in sheets if sheet.table.name == FED_BY.get(table.name)), None)
    if sheet is None or not filled.rows:
        return FileReport(table.name, absent_columns=", ".join(table.column_names))
    return FileReport(
        table_name=table.name,
        file_name=next(source.file_name for source in sources if source.table_name == sheet.table.name),
        supplied=table.name not in LAST_ONE,
        encoding="Annex A",
        rows_read=filled.rows + filled.rejected,
        rows_used=filled.rows,
        rows_quarantined=filled.rejected,
        extra_columns=", ".join(sheet.headings.not_read) if FEEDS[sheet.table.name] == table.name else "",
        absent_columns=", ".join(filled.absent_columns),
        note=LAST_ONE.get(table.name, ""),
    )


# The column of a list without which a table of the contract has no row.
MADE_OF = {
    "ssd_cla_care_plan": (LIST_8, "plan_text"),
    "ssd_department": (LIST_8, "team"),
    "ssd_care_leavers": (LIST_9, "pathway_plan_review"),
}


def without_value(con: duckdb.DuckDBPyConnection, workbook: str, sheets: list[Sheet], given: Collection[str]) -> list[str]:
    """A sentence for each table that is not supplied since no row of its list says anything of it. ``given``: tables that come from files
    beside the workbook."""
    of_list = {sheet.table.name: sheet for sheet in sheets if sheet.rows}
    said = []
    for table, (name, column) in MADE_OF.items():
        sheet = of_list.get(name)
        if table in given or sheet is None or column not in sheet.headings.shown:
            continue
        if not one_value(con.execute(f"select count({column}) from {name}")):
            said.append(
                f"{workbook}, sheet {sheet.name}: no row has a value under {sheet.headings.shown[column]!r}, so {table} "
                f"({titles([table])}) is not supplied. Fill the column in, and load the workbook again."
            )
    return said


def findings(con: duckdb.DuckDBPyConnection, as_at: date, workbook: str, sheets: list[Sheet]) -> list[str]:
    """Warnings on what the workbook leaves open, with counts."""
    newest = one_value(con.execute(NEWEST, {"as_at": as_at}))
    said = []
    if newest and (as_at - newest).days > 31:
        said.append(
            f"The newest date on List 8 is {newest:%d/%m/%Y}, and the load is as at {as_at:%d/%m/%Y}: what happened since is missing. Give "
            "the day that the workbook shows with --as-at."
        )
    for sheet in sheets:
        if not sheet.rows:
            said.append(
                f"{workbook}, sheet {sheet.name}, has headings and no row, so {sheet.table.title} is not supplied: a list without children "
                "is more often one that was not filled."
            )
        if sheet.headings.absent:
            said.append(f"{workbook}, sheet {sheet.name}, has no heading for {'; '.join(sheet.headings.absent)}: not supplied.")
    without, unread, missing = one_row(
        con.execute(
            """
            select
                (select count(*) from flags where rule = 'no_start_date'),
                (select count(*) from unreadable_plans),
                (select count(*) from flags where rule = 'not_on_list_10')
            """
        )
    )
    if without:
        have = counted(without, "legal status or placement of List 8 has", "legal statuses or placements of List 8 have")
        said.append(f"{have} no start date: not used, and flagged.")
    if unread:
        said.append(
            f"{counted(unread, 'permanence plan of List 8 is', 'permanence plans of List 8 are')} words in no list: each is shown as not "
            "readable. tracker.py check --write-spellings FILE writes them to a file in which you give their codes."
        )
    if missing and any(sheet.table.name == LIST_10 and sheet.rows for sheet in sheets):
        children = counted(missing, "child with a placement order on List 8 is", "children with a placement order on List 8 are")
        said.append(f"{children} not on List 10: each is flagged.")
    return said


def notes_on_workbook(workbook: str, sheets: list[Sheet], others: list[str], plans_supplied: bool) -> tuple[str, ...]:
    """How the workbook was read: its lists, which sheets are not used, and what a workbook of one day cannot tell."""
    notes = [f"Read as Annex A: {workbook}, {', '.join(f'{sheet.name} ({sheet.rows:,} rows)' for sheet in sheets)}."]
    if others:
        notes.append(f"Sheets not used: {', '.join(others)}.")
    notes.append(
        "The workbook shows one day. What was before it (earlier placements, legal statuses and reviews, and who left care) is not "
        "supplied, and figures are of this day only."
    )
    if not plans_supplied:
        notes.append(
            "A plan has no start in the workbook: since when it has been the same is observed over the loads, and the first load is the "
            "first day. Each plan is one answer, and long-term fostering (f) does not say with whom."
        )
    return tuple(notes)
