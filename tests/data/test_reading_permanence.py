"""Whose adoption dates are they: both numbers are tried, and the one whose dates fit the children is kept."""

from __future__ import annotations

from data.settings import Settings
from tests.data.small_night import SMALL, read, small

ORDER = {"perm_placement_order_date": "2026-01-01"}
PERSONS = "select perm_person_id from ssd_permanence order by source_row"


def night(rows, people=None):
    return small(ssd_permanence=rows, ssd_person=people or SMALL["ssd_person"])


def test_rows_by_pers_person_id_are_matched_by_it(tmp_path):
    reading = read(tmp_path, night([{"perm_person_id": "001", **ORDER}, {"perm_person_id": "003", **ORDER}]))
    assert reading.values(PERSONS) == ["001", "003"]
    assert "pers_person_id: 2 of 2 rows (100%)" in reading.file("ssd_permanence").note


def test_rows_by_pers_legacy_id_are_given_the_pers_person_id(tmp_path):
    reading = read(tmp_path, night([{"perm_person_id": " L1", **ORDER}, {"perm_person_id": "L3", **ORDER}]))
    assert reading.values(PERSONS) == ["001", "003"]
    assert "pers_legacy_id: 2 of 2 rows (100%)" in reading.report.text()


def test_where_both_numbers_name_children_the_dates_decide(tmp_path):
    # Every number is some child's pers_person_id and another child's pers_legacy_id; only one reading has no order before birth.
    people = [
        {"pers_person_id": "1", "pers_legacy_id": "2", "pers_dob": "2010-01-01"},
        {"pers_person_id": "2", "pers_legacy_id": "3", "pers_dob": "2026-06-01"},
        {"pers_person_id": "3", "pers_legacy_id": "1", "pers_dob": "2026-06-01"},
    ]
    rows = [{"perm_person_id": "2", **ORDER}]
    episodes = [{"clae_person_id": "1", "clae_cla_episode_start_date": "2025-01-01"}]
    empty = dict.fromkeys(("ssd_legal_status", "ssd_cla_placement", "ssd_cla_care_plan", "ssd_involvements"), ())
    reading = read(tmp_path, {"ssd_person": people, "ssd_cla_episodes": episodes, "ssd_permanence": rows, **empty})
    assert reading.values(PERSONS) == ["1"]


def test_a_row_that_the_kept_number_matches_to_nobody_is_quarantined_even_if_the_other_would(tmp_path):
    rows = [{"perm_person_id": number, **ORDER} for number in ("L1", "L2", "003")]
    reading = read(tmp_path, night(rows))
    assert reading.values(PERSONS) == ["001", "002"]
    assert reading.rows("select source_row, rule, value from rejects") == [(4, "unknown_person", "003")]
    assert "67%" in reading.file("ssd_permanence").note
    assert reading.flags() == []


def test_under_the_floor_the_report_warns_and_the_night_is_not_refused(tmp_path):
    rows = [{"perm_person_id": number, **ORDER} for number in ("001", "X2", "X3", "X4")]
    reading = read(tmp_path, night(rows), Settings(permanence_match_floor_percent=60))
    assert reading.values(PERSONS) == ["001"]
    assert reading.flags() == [("low_permanence_match", "ssd_permanence", None)]
    assert reading.report.warnings == (
        "ssd_permanence.csv: only 25% of rows match a child whom their dates fit, under the floor of 60%.",
    )


def test_a_legacy_number_that_two_people_share_matches_neither(tmp_path):
    people = [
        {**person, "pers_legacy_id": legacy} for person, legacy in zip(SMALL["ssd_person"], ("L1", "L1", "L3"), strict=True)
    ]
    reading = read(tmp_path, night([{"perm_person_id": "L1", **ORDER}, {"perm_person_id": "L3", **ORDER}], people))
    assert reading.values(PERSONS) == ["003"]
