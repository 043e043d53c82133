"""Dates, numbers, flags and identifiers: every form that is understood, and what is not.

Each test writes all its forms into one file, a row a form, so that the whole table is compared at once.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.contract.contract import tables
from data.formats.annex_a.headings import list_tables
from data.formats.ssda903.folder import return_tables
from data.settings import Settings
from tests.data.small_night import SMALL, read, small

REVERSED = ("perm_decision_reversed_date", "date_placed_ceased", "reversed")
LENIENT = Settings(quarantine_limit_percent=100)
DATES = {
    "2015-03-01": date(2015, 3, 1),
    "2015-03-01 00:00:00": date(2015, 3, 1),
    "2015-03-01T23:59:59.997": date(2015, 3, 1),
    "2015-03-01T00:30:00+01:00": date(2015, 3, 1),
    # A day that was written in UTC is the day in London.
    "2015-06-30T23:00:00Z": date(2015, 7, 1),
    "2015-06-30 23:00:00.000+00": date(2015, 7, 1),
    " 2015-06-30T23:00:00,5 +00:00 ": date(2015, 7, 1),
    "2015-06-30T22:59:59Z": date(2015, 6, 30),
    "2015-03-28T23:00:00Z": date(2015, 3, 28),
    "2015-03-29T23:00Z": date(2015, 3, 30),
    "2015-10-24T23:00:00-0000": date(2015, 10, 25),
    "2015-10-25T23:00:00Z": date(2015, 10, 25),
    "2015-07-01T00:00:00Z": date(2015, 7, 1),
    "0001-01-01T00:00:00Z": None,
    "1753-01-01 00:00:00+00": None,
    "1900-01-01T00:00:00Z": None,
    "2015-03-01 09:30": date(2015, 3, 1),
    " 2015-03-01 ": date(2015, 3, 1),
    "\xa0": None,
    "\xa0NULL ": None,
    "01/03/2015": date(2015, 3, 1),
    "1/3/2015": date(2015, 3, 1),
    "31/10/2015 00:00": date(2015, 10, 31),
    "31/10/2015 9:30:00": date(2015, 10, 31),
    " 01/03/2015 ": date(2015, 3, 1),
    "29/02/2016": date(2016, 2, 29),
    "1900-01-02": date(1900, 1, 2),
    "31/12/2100": date(2100, 12, 31),
    "": None,
    "   ": None,
    "1900-01-01": None,
    "01/01/1900": None,
    "1900-01-01 00:00:00": None,
    "0001-01-01": None,
    "01/01/0001 00:00:00": None,
    "1753-01-01 00:00:00.000": None,
    "30/12/1899": None,
    "1899-12-31": None,
    "19000101": None,
    "20150301": date(2015, 3, 1),
    "01-Mar-2015": date(2015, 3, 1),
    "1-MAR-2015": date(2015, 3, 1),
    "29-feb-2016 00:00:00": date(2016, 2, 29),
    "N/A": None,
    "NULL": None,
    " \\N ": None,
}
NO_DATES = [
    "3/4/26", "26-04-03", "03-04-2015", "2015-02-30", "31/02/2015", "29/02/2015", "12/31/2015", "2015-13-01", "2015/03/01",
    "20151301", "01-Mar-15",
    "01-Mrz-2015", "30-Feb-2015", "2015-Mar-01", "March 2015", "infinity", "-infinity", "epoch", "today", "2015-03-01 (BC)", "2015-03-01x",
    "2015-03-01 25:00:00", "2015-02-30T23:00:00Z", "2015-06-30T23:00:00 UTC", "1899-12-29",
    "0015-03-01", "1 March 2015", "42064", "2015-03", "٢٠١٥-03-01", "N.A.", "2015-3-1", "aa/bb/cccc", "-1",
]  # fmt: skip


def placements(column: str, values) -> dict:
    rows = [{**SMALL["ssd_cla_placement"][0], "clap_cla_placement_id": str(at), column: text} for at, text in enumerate(values)]
    return small(ssd_cla_placement=rows)


def read_placements(folder: Path, column: str, values: list[str]) -> dict[str, object]:
    """{text: what was read from it}; a text whose row was quarantined is left out."""
    reading = read(folder, placements(column, values), LENIENT)
    return {values[row - 2]: value for row, value in reading.rows(f"select source_row, {column} from ssd_cla_placement")}


def refused_values(folder: Path, column: str, values: list[str]) -> tuple[set, list[str]]:
    """The rules by which rows were quarantined, and their values."""
    reading = read(folder, placements(column, values), LENIENT)
    rows = reading.rows("select distinct rule, column_name from rejects")
    return set(rows), reading.values("select value from rejects order by source_row")


def test_a_date_is_a_day_in_either_form_and_a_sentinel_is_none(tmp_path):
    # The end of a placement long before its start would be another fault.
    records = small(local_prospective_adopters=[{"enquiry_date": text} for text in DATES])
    reading = read(tmp_path, records)
    assert reading.rejects() == []
    read_as = reading.values("select enquiry_date from local_prospective_adopters order by source_row")
    assert dict(zip(DATES, read_as, strict=True)) == DATES


def test_anything_else_is_a_date_that_cannot_be_read(tmp_path):
    column = "clap_cla_placement_end_date"
    assert refused_values(tmp_path, column, NO_DATES) == ({("unreadable_date", column)}, NO_DATES)


def test_the_reason_gives_the_text_and_how_to_write_it(tmp_path):
    reading = read(tmp_path, placements("clap_cla_placement_end_date", ["2015-02-30"]))
    assert reading.values("select reason from rejects") == [
        "clap_cla_placement_end_date (day the placement ended) is '2015-02-30', which cannot be read as a date; "
        "write it as 31/10/2026 or 2026-10-31, between 1900 and 2100."
    ]


def test_identifiers_stay_text_and_minus_one_is_empty(tmp_path):
    forms = {
        "001": "001",
        " 001 ": "001",
        "1e5": "1e5",
        "-1": None,
        " -1 ": None,
        "0": "0",
        "\t7\u00a0": "7",
        "-12": "-12",
        "": None,
    }
    assert read_placements(tmp_path, "clap_cla_id", list(forms)) == forms


def test_a_number_is_read(tmp_path):
    forms = {"12.5": 12.5, "999.9": 999.9, " 3 ": 3.0, "-1.5": -1.5, ".5": 0.5, "1e2": 100.0, "": None, " ": None, "nan": None}
    assert read_placements(tmp_path, "clap_cla_placement_distance", list(forms)) == forms


def test_anything_else_is_a_number_that_cannot_be_read(tmp_path):
    """No rule needs the distance, so the row stays, without it."""
    column, forms = "clap_cla_placement_distance", ["inf", "1_000", "1,000", "0x10", "1e400", "12 miles", "--1", "٣"]
    reading = read(tmp_path, placements(column, forms))
    assert reading.rejects() == []
    assert reading.values(f"select {column} from ssd_cla_placement") == [None] * len(forms)
    assert reading.rows("select source_row, rule, record_id from flags order by 1") == [
        (place + 2, "value_not_read", str(place)) for place in range(len(forms))
    ]
    assert reading.values("select message from flags where source_row = 7") == [
        f"{column} (miles from home; 999.9 means not known) is '12 miles', which is not a number: left empty"
    ]
    assert any("8 values of clap_cla_placement_distance were left empty" in warning for warning in reading.report.warnings)


def test_a_flag_is_read_and_anything_else_cannot_be(tmp_path):
    forms = {"Y": True, "yes": True, "TRUE": True, "1": True, "n": False, "No": False, "False": False, " 0 ": False, "": None}
    visits = [
        {"clav_person_id": "001", "clav_cla_visit_date": "2026-01-01", "clav_cla_visit_seen": text}
        for text in [*forms, "perhaps"]
    ]
    reading = read(tmp_path, small(ssd_cla_visits=visits), LENIENT)
    read_as = reading.values("select clav_cla_visit_seen from ssd_cla_visits order by source_row")
    assert dict(zip(forms, read_as, strict=True)) == forms
    assert reading.rows("select rule, value from rejects") == [("unreadable_flag", "perhaps")]


@pytest.mark.parametrize("far", ["2099-12-31", "31/12/2100", "9999-12-31"])
def test_the_day_a_decision_ended_is_open_where_it_is_so_far_ahead(tmp_path, far):
    """intake.md 3: of every end. The decision stays."""
    decision = {"perm_person_id": "001", "perm_placement_order_date": "2026-01-01", "perm_decision_reversed_date": far}
    reading = read(tmp_path, small(ssd_permanence=[decision]))
    assert reading.rejects() == [] and reading.values("select perm_decision_reversed_date from ssd_permanence") == [None]


def test_every_end_of_a_decision_is_one_in_every_format():
    of_formats = [*return_tables().values(), *list_tables().values(), *tables().values()]
    ends = {name for table in of_formats for name in table.ends}
    assert ends >= set(REVERSED)
