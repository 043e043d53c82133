"""A night of three children that reads without a fault, to be changed by a test in the one place that it is about."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path

from data.reading.load_report import FileReport, LoadReport
from data.reading.reading import read_night
from data.settings import Settings
from tests.support.extracts import write_extracts
from tests.support.few_rows import connection_for_few_rows

AS_AT = date(2026, 10, 31)
SMALL = {
    "ssd_person": [
        {
            "pers_person_id": "001",
            "pers_legacy_id": "L1",
            "pers_forename": "Ann",
            "pers_surname": "Ash",
            "pers_dob": "2015-03-01",
        },
        {
            "pers_person_id": "002",
            "pers_legacy_id": "L2",
            "pers_forename": "Bob",
            "pers_surname": "Beech",
            "pers_dob": "2018-06-15",
        },
        {
            "pers_person_id": "003",
            "pers_legacy_id": "L3",
            "pers_forename": "Cy",
            "pers_surname": "Cedar",
            "pers_dob": "2012-12-24",
        },
    ],
    "ssd_cla_episodes": [
        {"clae_person_id": "001", "clae_cla_id": "P1", "clae_cla_episode_start_date": "2025-01-31"},
        {"clae_person_id": "002", "clae_cla_id": "P2", "clae_cla_episode_start_date": "2025-05-01"},
        {"clae_person_id": "003", "clae_cla_id": "P3", "clae_cla_episode_start_date": "2024-02-29"},
    ],
    "ssd_legal_status": [
        {"lega_person_id": "001", "lega_legal_status": "C2", "lega_legal_status_start_date": "2025-01-31"},
    ],
    "ssd_cla_placement": [
        {"clap_person_id": "001", "clap_cla_placement_start_date": "2025-01-31", "clap_cla_placement_type": "U6"},
    ],
    "ssd_cla_care_plan": [
        {"lacp_person_id": "001", "lacp_cla_care_plan_start_date": "2025-02-20", "lacp_cla_care_plan_json": "LTFOST18"},
    ],
    "ssd_involvements": [
        {"invo_person_id": "001", "invo_professional_role_id": "ALLOC", "invo_involvement_start_date": "2025-01-31"},
    ],
    "ssd_department": [{"dept_team_id": "T1", "dept_team_name": "North"}],
}


def small(**changes) -> dict[str, list[dict]]:
    """The night's records, with whole tables replaced."""
    return {**copy.deepcopy(SMALL), **changes}


def people(*changes: dict) -> list[dict]:
    """The three people, each with changes of its own."""
    return [{**person, **change} for person, change in zip(SMALL["ssd_person"], changes, strict=True)]


class Reading:
    """A night that was read: its report, and its tables."""

    def __init__(self, folder: Path, settings: Settings | None = None, spellings: Path | None = None) -> None:
        self.con = connection_for_few_rows()
        self.report: LoadReport = read_night(self.con, folder, settings or Settings(), AS_AT, spellings=spellings)

    def rows(self, query: str) -> list[tuple]:
        return self.con.execute(query).fetchall()

    def values(self, query: str) -> list:
        """The first column of a query."""
        return [row[0] for row in self.rows(query)]

    def rejects(self) -> list[tuple[str, int, str]]:
        """(table, row, rule) of every row that was quarantined."""
        return self.rows("select table_name, source_row, rule from rejects order by all")

    def flags(self) -> list[tuple[str, str, int]]:
        """(rule, table, row) of every row that was flagged."""
        return self.rows("select rule, table_name, source_row from flags order by all")

    def file(self, table: str) -> FileReport:
        return next(file for file in self.report.files if file.table_name == table)


def read(folder: Path, records: dict | None = None, settings: Settings | None = None, **how) -> Reading:
    """Write a night (the small one unless given) and read it."""
    return Reading(write_extracts(folder, small() if records is None else records, **how), settings)


def rewrite(folder: Path, table: str, change) -> Path:
    """Change the text of a table's file."""
    path = folder / f"{table}.csv"
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode("utf-8"))
    return folder
