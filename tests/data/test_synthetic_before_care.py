"""Who is known to the synthetic county and not in care: pre-proceedings that end, children who are born, and families of one name."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from data.synthetic.county import FAMILY, SERVICES, make_county
from tests.data import synthetic_files
from tests.data.synthetic_files import AS_AT, CHILDREN, by_id, rows, thousand

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    return thousand(tmp_path_factory)


@pytest.fixture(scope="module")
def half_year(tmp_path_factory) -> list[Path]:
    """Seven month ends of a county."""
    return synthetic_files.half_year(tmp_path_factory)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def pre_proceedings(county: Path) -> list[tuple[str, date, date | None, str]]:
    """Of each whose decision is on record: the child, the day of the decision, that of the end, and how it ended."""
    return [
        (row["prep_person_id"], decided, day(row["prep_agree_stepdown_issue_date"]), row["prep_pre_pro_outcome"])
        for row in rows(county, "ssd_pre_proceedings")
        if (decided := day(row["prep_pre_pro_decision_date"]))
    ]


def test_most_pre_proceedings_end_within_16_weeks_to_6_months_and_none_lasts_a_year(county):
    found = pre_proceedings(county)
    lengths = sorted((ended - decided).days for _, decided, ended, _ in found if ended)
    assert len(lengths) > 500
    assert 70 <= lengths[len(lengths) // 2] <= 130
    assert 0.35 <= sum(length <= 112 for length in lengths) / len(lengths) <= 0.7
    assert sum(length <= 183 for length in lengths) / len(lengths) >= 0.85
    assert max(lengths) < 366
    still = [(AS_AT - decided).days for _, decided, ended, _ in found if not ended]
    assert 60 <= len(still) <= 150
    assert max(still) < 366 + 200, "an end that is recorded late"
    assert sum(days > 366 for days in still) <= 0.02 * len(still)


def test_pre_proceedings_end_in_one_of_the_ways_there_are(county):
    ended = [(child, on, how) for child, _, on, how in pre_proceedings(county) if on]
    assert {how for *_, how in ended} == {"Step down", "Issue proceedings"}
    issued = defaultdict(list)
    for row in rows(county, "local_care_proceedings"):
        issued[row["person_id"]].append(day(row["issued_date"]))
    went_on = [(child, on) for child, on, how in ended if how == "Issue proceedings"]
    followed = sum(any(start and abs((start - on).days) <= 14 for start in issued[child]) for child, on in went_on)
    assert followed >= 0.95 * len(went_on)
    assert 0.08 <= sum(how == "Step down" for *_, how in ended) / len(ended) <= 0.6


def test_nobody_is_in_pre_proceedings_as_an_adult_or_before_a_pregnancy_can_be_known(county):
    people = by_id(county, "ssd_person")
    for child, decided, *_ in pre_proceedings(county):
        born = day(people[child]["pers_dob"]) or day(people[child]["pers_expected_dob"])
        if born:  # a fault of the county leaves some without
            assert -200 < (decided - born).days < 18 * 366, child


def unborn(folder: Path) -> dict[str, dict[str, str]]:
    return {key: row for key, row in by_id(folder, "ssd_person").items() if row["pers_expected_dob"]}


def test_unborn_children_are_born_within_months_and_then_have_a_name_and_no_expected_date(half_year):
    for folder in half_year:
        night = date.fromisoformat(folder.name)
        found = unborn(folder)
        assert len(found) >= 5
        for row in found.values():
            assert not row["pers_dob"] and row["pers_forename"] == "Unborn" and row["pers_sex"] in ("U", "1", "2")
            assert -60 <= (day(row["pers_expected_dob"]) - night).days <= 190
    first, last = unborn(half_year[0]), by_id(half_year[-1], "ssd_person")
    due = [row for row in first.values() if day(row["pers_expected_dob"]) < date(2026, 8, 31)]
    assert len(due) >= 5
    for row in due:
        born = last[row["pers_person_id"]]
        assert born["pers_forename"] != "Unborn" and not born["pers_expected_dob"] and born["pers_sex"] != "U"
        assert abs((day(born["pers_dob"]) - day(row["pers_expected_dob"])).days) <= 20


def test_nothing_is_recorded_of_an_unborn_child_before_the_pregnancy(county):
    waiting = {key: day(row["pers_expected_dob"]) for key, row in unborn(county).items()}
    assert len(waiting) >= 25
    for table, person, start in (
        ("ssd_involvements", "invo_person_id", "invo_involvement_start_date"),
        ("ssd_pre_proceedings", "prep_person_id", "prep_pre_pro_decision_date"),
    ):
        known = [(row[person], day(row[start])) for row in rows(county, table) if row[person] in waiting and row[start]]
        assert len(known) >= 10
        assert all((waiting[child] - on).days < 280 for child, on in known), table


def test_only_babies_are_relinquished_and_never_in_a_team_for_older_children(county):
    older = {team.number for team in make_county(1, CHILDREN).every_team() if SERVICES["sixteen"][0] in team.name}
    people = by_id(county, "ssd_person")
    given = [row for row in rows(county, "local_events") if row["event_type"] == "RELINQUISHMENT"]
    assert len(given) >= 5
    for row in given:
        person = people[row["person_id"]]
        born = day(person["pers_dob"]) or day(person["pers_expected_dob"])
        assert -200 < (day(row["event_date"]) - born).days <= 120
        assert person["pers_person_id"][:3] not in older
    assert any(row["event_type"] == "RELINQUISHMENT_WITHDRAWN" for row in rows(county, "local_events"))


def test_a_family_has_one_surname_of_its_own(county):
    people = by_id(county, "ssd_person")
    families = defaultdict(set)
    for row in rows(county, "ssd_family"):
        families[row["fami_family_id"]].add(people[row["fami_person_id"]]["pers_surname"])
    assert len(families) > 500
    assert {len(names) for names in families.values()} == {1}
    names = [name for (name,) in families.values()]
    assert len(set(names)) == len(names)


def test_a_surname_is_found_in_no_other_surname_and_in_no_workers_name(county):
    surnames = {row["pers_surname"] for row in rows(county, "ssd_person")}
    others = "\n".join([*surnames, *(row["prof_professional_name"] for row in rows(county, "ssd_professionals"))])
    assert len(surnames) > 3000
    assert [name for name in sorted(surnames) if others.count(name) != 1] == []


def test_the_surnames_of_a_team_vary_as_a_councils_do(county):
    teams = defaultdict(list)
    for row in rows(county, "ssd_person"):
        teams[row["pers_person_id"][:3]].append(row["pers_surname"].rpartition("-"))
    for team, names in teams.items():
        if len(names) > 100:
            begins, ends = Counter(name for name, _, _ in names), Counter(mark for _, _, mark in names)
            assert len(begins) > 60 and max(begins.values()) < 0.08 * len(names), team
            assert max(ends.values()) <= FAMILY + 1, team  # a fault of the county has one person twice
