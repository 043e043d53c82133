"""A refusal says why values cannot be read, where their form shows it."""

from __future__ import annotations

import pytest

from data.errors import NightRefused
from data.reading.likely_forms import ZEROS
from tests.data.small_night import SMALL, read, small

DATES = {
    "42064": "a day's number, as Excel counts days",
    "42064.5": "a day's number, as Excel counts days",
    "01/03/2015 12:00 AM": "With AM or PM the month may come first",
    "3/1/2015 9:30:00 pm": "With AM or PM the month may come first",
    "5-Apr-26": "With a year of two digits",
    "05/04/26": "With a year of two digits",
    "5.4.26": "With a year of two digits",
    "12/31/2015": "The month seems to come first",
    "2/13/2015 00:00": "The month seems to come first",
    "31/12/9999": "A day so far ahead",
    "9999-12-31": "A day so far ahead",
    "-": "leave it empty",
    "Unknown": "leave it empty",
    "(blank)": "leave it empty",
    "soon": None,
    "31/02/2015": None,
    "2015-13-01": None,
    "12345": None,
}


def refusal(tmp_path, **changes) -> str:
    with pytest.raises(NightRefused) as refused:
        read(tmp_path, small(**changes))
    return str(refused.value)


@pytest.mark.parametrize(("written", "why"), DATES.items(), ids=DATES)
def test_dates_that_cannot_be_read_say_why(tmp_path, written, why):
    said = refusal(tmp_path, ssd_person=[{**person, "pers_dob": written} for person in SMALL["ssd_person"]])
    assert f"is '{written}', which cannot be read as a date; write it as 31/10/2026 or 2026-10-31, between 1900 and 2100." in said
    assert "between 1900 and 2100. By reason:" in said if why is None else why in said


@pytest.mark.parametrize(("written", "zeros"), [("1", True), ("01", True), ("0001", True), ("9", False), ("X001", False)])
def test_people_who_are_known_but_for_leading_zeros(tmp_path, written, zeros):
    statuses = [{**SMALL["ssd_legal_status"][0], "lega_legal_status_id": f"S{at}", "lega_person_id": written} for at in range(3)]
    said = refusal(tmp_path, ssd_legal_status=statuses)
    assert f"lega_person_id {written} is not in ssd_person" in said
    assert (f"{ZEROS} By reason:" in said) == zeros


def test_identifiers_that_a_spreadsheet_shortened(tmp_path):
    people = [{"pers_person_id": "1.20E+07", "pers_forename": f"A{at}", "pers_dob": "2015-03-01"} for at in range(4)]
    said = refusal(tmp_path, ssd_person=people)
    assert "its last digits are lost: export identifiers as text. By reason:" in said
