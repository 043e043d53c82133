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


@pytest.mark.parametrize(
    ("spans", "rules"),
    [
        ([("2025-01-01", "2025-01-01"), ("2025-01-01", "")], {3: "same_day_episodes"}),
        ([("2025-01-01", "2025-01-01"), ("2025-01-01", "2025-01-01")], {3: "same_day_episodes"}),
        ([("2025-01-01", ""), ("2025-01-01", "2025-01-01")], {2: "same_day_episodes"}),
        ([("2025-01-01", "2025-01-02"), ("2025-01-01", "")], {3: "overlapping_episodes"}),
        ([("2025-01-01", "2025-01-01"), ("2025-01-02", "")], {}),
        ([("2024-01-01", "2025-01-01"), ("2025-01-01", "2025-01-01"), ("2025-01-01", "")], {4: "same_day_episodes"}),
        (
            [("2024-01-01", ""), ("2025-01-01", "2025-01-01"), ("2025-01-01", "")],
            {3: "overlapping_episodes", 4: "overlapping_episodes"},
        ),
    ],
)
def test_two_episodes_that_start_on_one_day(tmp_path, spans, rules):
    reading = read(tmp_path, small(ssd_cla_episodes=episodes(*spans)))
    assert reading.flags() == [(rule, "ssd_cla_episodes", row) for row, rule in rules.items()]


def test_the_flag_of_two_episodes_of_one_day_says_which_counts(tmp_path):
    reading = read(tmp_path, small(ssd_cla_episodes=episodes(("2025-01-01", "2025-01-01"), ("2025-01-01", ""))))
    assert reading.values("select message from flags") == [
        "Starts on 01/01/2025, as does another episode of the child, which ceased that day and so counts for no day"
    ]


def test_episodes_of_two_children_do_not_overlap(tmp_path):
    assert [flag for flag in read(tmp_path).flags() if flag[0] == "overlapping_episodes"] == []


@pytest.mark.parametrize(
    ("entered", "read_as", "flagged"),
    [
        ("2024-12-31", date(2024, 12, 31), False),
        ("2025-01-01", date(2025, 1, 1), False),
        ("2025-01-02", None, True),
        ("2027-01-01", None, True),
        ("", None, False),
    ],
)
def test_an_entry_to_care_after_the_episode_began_is_not_used(tmp_path, entered, read_as, flagged):
    """With it the child, who is in care, would be on no list before that day."""
    (episode,) = episodes(("2025-01-01", ""))
    reading = read(tmp_path, small(ssd_cla_episodes=[{**episode, "clae_entered_care_date": entered}]))
    assert reading.values("select clae_entered_care_date from ssd_cla_episodes") == [read_as]
    assert reading.flags() == ([("entered_care_after_the_episode_began", "ssd_cla_episodes", 2)] if flagged else [])


def test_the_flag_of_a_late_entry_says_both_days_and_what_to_correct(tmp_path):
    (episode,) = episodes(("2025-01-01", ""))
    reading = read(tmp_path, small(ssd_cla_episodes=[{**episode, "clae_entered_care_date": "2026-01-01"}]))
    assert reading.rows("select person_id, message, mend from flags") == [
        (
            "001",
            "Entered care on 01/01/2026, after this episode of care began on 01/01/2025: the date is not used, and entry to care is read "
            "from the other episodes of the period of care, or their first start",
            "Correct clae_entered_care_date, or the day on which the episode began.",
        )
    ]


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


def review_of(period: str, child: str = "", day: str = "2025-06-20") -> dict:
    return {"clar_cla_id": period, "clar_cla_person_id": child, "clar_cla_review_date": day}


def reviews_by_child(reading) -> list[tuple]:
    """Whose each review is, in the order of the file: by the period of care, as every figure reads it. None is nobody."""
    return reading.rows(
        "select distinct review.source_row, episode.clae_person_id from ssd_cla_reviews as review "
        "left join ssd_cla_episodes as episode on episode.clae_cla_id = review.clar_cla_id order by all"
    )


def test_a_period_of_care_of_two_children_is_a_period_of_each_and_a_review_is_the_childs_that_it_names(tmp_path):
    """Twins whose system gives them one period: by the period alone, the review of one would be the other's too, and not be missed."""
    shared = [{**row, "clae_cla_id": "P1"} for row in SMALL["ssd_cla_episodes"][:2]]
    reviews = [review_of("P1", "002"), review_of("P1")]
    reading = read(tmp_path, small(ssd_cla_episodes=[*shared, SMALL["ssd_cla_episodes"][2]], ssd_cla_reviews=reviews))
    assert reviews_by_child(reading) == [(2, "002"), (3, None)]
    assert reading.flags() == [
        ("period_of_care_of_several_children", "ssd_cla_episodes", 2),
        ("period_of_care_of_several_children", "ssd_cla_episodes", 3),
        ("review_without_period_of_care", "ssd_cla_reviews", 3),
    ]
    assert reading.values("select clae_cla_id from ssd_cla_episodes order by 1") == ["P1 of 001", "P1 of 002", "P3"]


@pytest.mark.parametrize(
    ("review", "whose"),
    [
        (review_of("P1"), "001"),
        (review_of("P1", "001"), "001"),
        # The period is Ann's and the child is Bob, who was in care on the day.
        (review_of("P1", "002"), "002"),
        # The day before Bob came into care there was no period of his.
        (review_of("P1", "002", "2025-04-30"), None),
        (review_of("P9", "002"), "002"),
        # A person of whom nobody knows says nothing.
        (review_of("P1", "999"), "001"),
    ],
)
def test_a_review_that_names_a_child_is_that_childs(tmp_path, review, whose):
    reading = read(tmp_path, small(ssd_cla_reviews=[review]))
    assert reviews_by_child(reading) == [(2, whose)]
    assert reading.flags() == ([] if whose else [("review_without_period_of_care", "ssd_cla_reviews", 2)])


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
def test_a_period_of_care_that_is_two_childrens_is_flagged_for_each(tmp_path, period, flagged):
    episode = {"clae_person_id": "002", "clae_cla_id": period, "clae_cla_episode_start_date": "2025-05-01"}
    reading = read(tmp_path, small(ssd_cla_episodes=[*episodes(("2025-01-31", "")), episode]))
    assert reading.flags() == [("period_of_care_of_several_children", "ssd_cla_episodes", row) for row in (2, 3) if flagged]


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
