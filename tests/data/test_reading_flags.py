"""Rows that are used and flagged, with what to correct."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from data.contract.contract import tables
from data.reading.flags import write_flags
from data.reading.reading import CREATE_RECORDS
from data.reading.typed_tables import create_empty
from tests.data.small_night import SMALL, read, small


def episodes(*spans: tuple[str, str]) -> list[dict]:
    first = {
        "clae_person_id": "001",
        "clae_cla_id": "P1",
        "clae_cla_episode_start_date": "",
        "clae_cla_episode_ceased_date": "",
    }
    return [{**first, "clae_cla_episode_start_date": start, "clae_cla_episode_ceased_date": end} for start, end in spans]


@pytest.mark.parametrize(("start", "flagged"), [("2026-10-31", False), ("2026-11-01", True)])
def test_a_start_after_the_nights_own_date(tmp_path, start, flagged):
    reading = read(tmp_path, small(ssd_cla_episodes=episodes((start, ""))))
    assert reading.rejects() == []
    assert reading.flags() == ([("future_start", "ssd_cla_episodes", 2)] if flagged else [])


@pytest.mark.parametrize(
    ("dates", "flagged"),
    [
        ({"pers_dob": ""}, True),
        ({"pers_dob": "01/01/1900"}, True),
        # In care, so born, whatever date was expected.
        ({"pers_dob": "", "pers_expected_dob": "2027-02-01"}, True),
    ],
)
def test_no_date_of_birth_unless_unborn(tmp_path, dates, flagged):
    unborn = {"pers_person_id": "004", "pers_expected_dob": "2027-02-01"}
    people = [{**SMALL["ssd_person"][0], **dates}, *SMALL["ssd_person"][1:], unborn]
    reading = read(tmp_path, small(ssd_person=people))
    assert reading.flags() == ([("missing_date_of_birth", "ssd_person", 2)] if flagged else [])


@pytest.mark.parametrize(
    ("spans", "rows"),
    [
        ([("2025-01-01", "2025-02-01"), ("2025-02-01", "")], []),
        ([("2025-01-01", "2025-02-02"), ("2025-02-01", "")], [3]),
        ([("2025-02-01", ""), ("2025-01-01", "")], [2]),
        ([("2025-01-01", ""), ("2025-01-01", "")], [3]),
        ([("2025-01-01", "2025-12-01"), ("2025-02-01", "2025-03-01"), ("2025-04-01", "2025-05-01")], [3, 4]),
    ],
)
def test_an_episode_that_starts_before_the_last_has_ceased(tmp_path, spans, rows):
    reading = read(tmp_path, small(ssd_cla_episodes=episodes(*spans)))
    assert reading.flags() == [("overlapping_episodes", "ssd_cla_episodes", row) for row in rows]


def test_episodes_of_two_children_do_not_overlap(tmp_path):
    assert [flag for flag in read(tmp_path).flags() if flag[0] == "overlapping_episodes"] == []


def test_two_people_of_one_name_and_date_of_birth(tmp_path):
    ann = SMALL["ssd_person"][0]
    twin = {**ann, "pers_person_id": "004", "pers_forename": "ANN ", "pers_surname": "ash"}
    other = {**ann, "pers_person_id": "005", "pers_dob": "2015-03-02"}
    nameless = {"pers_person_id": "006", "pers_dob": "2015-03-01"}
    people = [*SMALL["ssd_person"], twin, other, nameless, {**nameless, "pers_person_id": "007"}]
    reading = read(tmp_path, small(ssd_person=people))
    assert reading.flags() == [("look_alike", "ssd_person", 2), ("look_alike", "ssd_person", 5)]
    assert reading.values("select message from flags order by source_row") == [
        "Same name and date of birth as 004",
        "Same name and date of birth as 001",
    ]


def test_a_review_of_a_period_of_care_that_no_episode_belongs_to(tmp_path):
    reviews = [{"clar_cla_id": period, "clar_cla_review_date": "2025-03-01"} for period in ("P1", "P9")]
    assert read(tmp_path, small(ssd_cla_reviews=reviews)).flags() == [("review_without_period_of_care", "ssd_cla_reviews", 3)]


def test_every_flag_says_what_is_wrong_and_what_to_mend(tmp_path):
    records = small(
        ssd_person=[{**SMALL["ssd_person"][0], "pers_dob": ""}, *SMALL["ssd_person"][1:]],
        ssd_cla_episodes=episodes(("2027-01-01", ""), ("2025-01-01", "")),
        ssd_cla_reviews=[{"clar_cla_id": "P9", "clar_cla_review_date": "2025-03-01"}],
        ssd_involvements=[{**SMALL["ssd_involvements"][0], "invo_involvement_end_date": "2020-01-01"}],
    )
    reading = read(tmp_path, records)
    assert len(reading.flags()) == 5
    assert not reading.rows("select * from flags where coalesce(message, '') = '' or not ends_with(mend, '.')")


@pytest.mark.parametrize("filled", [(), tuple(tables())])
def test_no_row_no_flag(filled):
    """Also where no table that has rows is asked for the date of the data load."""
    with duckdb.connect() as con:
        con.execute(CREATE_RECORDS)
        for table in tables().values():
            create_empty(con, table)
        write_flags(con, date(2026, 3, 31), filled)
        assert con.execute("from flags").fetchall() == []


@pytest.mark.parametrize(("number", "flagged"), [("0001", True), ("1", True), ("0010", False), ("A001", False)])
def test_two_identifiers_that_differ_in_leading_zeros_alone(tmp_path, number, flagged):
    other = {"pers_person_id": number, "pers_forename": "Dot", "pers_dob": "2016-03-01"}
    reading = read(tmp_path, small(ssd_person=[*SMALL["ssd_person"], other]))
    assert reading.flags() == ([("same_number", "ssd_person", 2), ("same_number", "ssd_person", 5)] if flagged else [])


@pytest.mark.parametrize(("period", "flagged"), [("P1", True), ("P4", False), ("", False)])
def test_a_period_of_care_that_is_two_childrens(tmp_path, period, flagged):
    episode = {"clae_person_id": "002", "clae_cla_id": period, "clae_cla_episode_start_date": "2025-05-01"}
    reading = read(tmp_path, small(ssd_cla_episodes=[*episodes(("2025-01-31", "")), episode]))
    assert reading.flags() == [("period_of_two_children", "ssd_cla_episodes", row) for row in (2, 3) if flagged]


@pytest.mark.parametrize(("start", "flagged"), [("2015-03-01", False), ("2015-02-28", True)])
def test_care_before_birth_is_flagged_once_a_child(tmp_path, start, flagged):
    reading = read(tmp_path, small(ssd_cla_episodes=episodes((start, "2015-03-02"), ("2015-03-02", ""))))
    assert reading.flags() == ([("care_before_birth", "ssd_cla_episodes", 2)] if flagged else [])


@pytest.mark.parametrize(
    ("died", "ceased", "flagged"),
    [
        ("2026-10-31", "", True),
        ("2026-11-01", "", False),
        ("2026-10-30", "2026-10-30", False),
        ("2026-10-30", "2026-11-05", True),
        ("1901-01-01", "", True),
        ("", "", False),
    ],
)
def test_an_open_episode_of_somebody_who_has_died(tmp_path, died, ceased, flagged):
    people = [{**SMALL["ssd_person"][0], "pers_death_date": died}, *SMALL["ssd_person"][1:]]
    reading = read(tmp_path, small(ssd_person=people, ssd_cla_episodes=episodes(("2025-01-31", ceased))))
    assert reading.flags() == ([("open_after_death", "ssd_cla_episodes", 2)] if flagged else [])
