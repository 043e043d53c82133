"""The trackers of teams and services: what they add to the lists, worked out by hand and against the figures."""

from __future__ import annotations

from datetime import date

import pandas
import pytest

from data.store.store import Store
from metrics.answers.service import adoption, weekly
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.plain import plain_rows
from tests.metrics.cases.hertfordshire_child import ServedChild
from tests.support import service_nights
from tests.support.builder import Records, records
from tests.support.scopes import asking

POLICY = "hertfordshire_service"
AS_AT = date(2026, 10, 31)
SCOPE = asking()
# What the trackers of teams and services are told of.
RULES = ("weekly_no_ppm", "pre_adm", "post_adm", "adopted", "ltf_awaiting_match", "ltf_awaiting_ratification",
         "connected_assessment_open", "pre_proceedings", "proceedings")  # fmt: skip


def engine_over(night: Records, as_at: str) -> Engine:
    return service_nights.engine_over(night, as_at, RULES)


def named(identifier: str, born="2018-05-10") -> ServedChild:
    return ServedChild(identifier, born, None)


def day(value) -> date | None:
    return None if pandas.isna(value) else value.date()


@pytest.fixture(scope="module")
def county(service_county_store: Store) -> Engine:
    return Engine(service_county_store.current(), service_county_store.settings)


def figure(engine: Engine, rule: str, scope=SCOPE, by="county", days=None) -> dict:
    frame = engine.figures(POLICY, scope, by, days or (engine.as_at,))
    return {(found["as_at"], found[by]): found["children"] for found in plain_rows(frame[frame["rule"] == rule])}


# The Weekly Tracking Tool


def test_a_child_comes_onto_the_tool_the_day_after_four_months_and_leaves_it_after_eighteen():
    night = records(named("A").in_care("2025-01-31").meeting("PPM", "2025-03-01"), named("B").in_care("2025-01-31"))
    engine = engine_over(night, "2026-07-31")
    days = [date(2025, 5, 31), date(2025, 6, 1), date(2026, 7, 30), date(2026, 7, 31)]
    found = plain_rows(weekly.tracked(engine, POLICY, SCOPE, dates=days))
    assert [(one["population"], one["with_meeting"], one["without_meeting"], one["share"]) for one in found] == [
        (0, 0, 0, None),
        (2, 1, 1, 50.0),
        (2, 1, 1, 50.0),
        (0, 0, 0, None),
    ]


def test_which_meeting_counts_for_the_headline():
    """A child a meeting, each in a team of its own."""
    cases = {
        ("PPD", "2025-02-01", "HELD"): 1,
        ("PPM", "2025-02-01", None): 1,
        ("PPM", "2025-02-01", "CANCELLED"): 0,
        ("PPM", "2025-01-30", "HELD"): 0,
        ("PPM", "2025-06-02", "HELD"): 0,
        ("CARE_PLANNING", "2025-02-01", "HELD"): 0,
    }
    teams = {f"{meeting}": meeting for meeting in cases}
    children = [named(team).in_care("2025-01-31").meeting(*meeting).worker(team, "2025-01-31") for team, meeting in teams.items()]
    rows = plain_rows(weekly.tracked(engine_over(records(*children), "2025-06-01"), POLICY, SCOPE, "team"))
    actual = {teams[row["team"]]: (row["population"], row["with_meeting"]) for row in rows}
    assert actual == {meeting: (1, counts) for meeting, counts in cases.items()}


def test_without_the_meetings_the_population_stands_and_the_share_is_not_supplied():
    night = records(named("A").in_care("2025-01-31"), not_supplied=("local_meetings",))
    [found] = plain_rows(weekly.tracked(engine_over(night, "2025-06-01"), POLICY, SCOPE))
    assert (found["population"], found["with_meeting"], found["without_meeting"], found["share"]) == (1, None, None, None)


def test_those_without_a_meeting_are_the_rules_list_by_every_group_and_at_every_month_end(county):
    for by in ("county", "service", "team", "worker"):
        days = county.trend_dates(AS_AT, 3) if by != "worker" else (AS_AT,)
        listed = figure(county, "weekly_no_ppm", by=by, days=days)
        tracked = plain_rows(weekly.tracked(county, POLICY, SCOPE, by, days))
        without = {(one["as_at"], one[by]): one["without_meeting"] for one in tracked}
        assert {key: count for key, count in listed.items() if count} == {key: count for key, count in without.items() if count}
        assert sum(without.values()) > 0


def test_a_team_is_asked_about_alone(county):
    [most, *_] = weekly.tracked(county, POLICY, SCOPE, "team").sort_values("without_meeting", ascending=False).to_dict("records")
    [found] = plain_rows(weekly.tracked(county, POLICY, asking(teams=(most["team"],))))
    assert (found["population"], found["without_meeting"]) == (most["population"], most["without_meeting"])
    assert len(weekly.without_meeting(county, POLICY, asking(teams=(most["team"],)))) == most["without_meeting"]


def test_a_group_that_there_is_not_is_refused(county):
    with pytest.raises(QuestionError, match="'planet' is not a way to group"):
        weekly.tracked(county, POLICY, SCOPE, "planet")


def test_a_child_without_a_meeting_is_told_the_next_one_booked():
    one = named("A").in_care("2025-01-31").meeting("PPM", "2025-07-01", "BOOKED").meeting("PPD", "2025-06-20", "BOOKED")
    engine = engine_over(records(one.meeting("PPM", "2025-05-01", "BOOKED")), "2025-06-01")
    [found] = weekly.without_meeting(engine, POLICY, SCOPE).to_dict("records")
    assert day(found["booked_date"]) == date(2025, 6, 20)


# The adoption tracker


def a_journey(identifier: str) -> ServedChild:
    one = named(identifier, "2022-05-10").in_care("2024-01-10").legal("E1", "2024-09-01")
    one.placement("U6", "2024-01-10", "2025-02-01").placement("A6", "2025-02-01")
    return one.decided("2024-07-01", order="2024-09-01", matched="2024-12-10")


def test_the_days_of_a_journey_under_way_are_those_between_its_stages():
    [found] = adoption.journeys(engine_over(records(a_journey("A")), "2025-03-01"), POLICY, SCOPE).to_dict("records")
    assert [day(found[stage]) for stage in adoption.STAGES] == [
        date(2024, 1, 10), date(2024, 7, 1), date(2024, 9, 1), date(2024, 12, 10), date(2025, 2, 1), None,
    ]  # fmt: skip
    assert [found[step.name] for step in adoption.STEPS[:4]] == [173, 62, 100, 53]
    assert (found["days_entry_to_placed"], found["days_in_stage"], found["days_so_far"]) == (388, 28, 416)
    assert pandas.isna(found["days_to_order"]) and found["detail"] == "placed for adoption"


def test_what_was_not_yet_on_the_day_is_not_told():
    engine = engine_over(records(a_journey("A")), "2025-03-01")
    [found] = adoption.journeys(engine, POLICY, SCOPE, date(2024, 12, 9)).to_dict("records")
    assert [day(found[stage]) for stage in adoption.STAGES][3:] == [None, None, None]
    assert found["days_in_stage"] == 99


def test_an_adopted_childs_journey_ends_with_the_order_and_counts_for_the_medians():
    adopted = named("B", "2021-05-10").left("2023-03-01", "2025-02-21", "E11").legal("E1", "2023-11-01", "2025-02-21")
    adopted.placement("U6", "2023-03-01", "2024-05-01").placement("A5", "2024-05-01", "2025-02-21")
    adopted.decided("2023-09-01", matched="2024-03-01")
    engine = engine_over(records(a_journey("A"), adopted), "2025-03-01")
    found = adoption.journeys(engine, POLICY, SCOPE).set_index("child_id")
    assert [day(found.loc["B", stage]) for stage in adoption.STAGES] == [
        date(2023, 3, 1), date(2023, 9, 1), date(2023, 11, 1), date(2024, 3, 1), date(2024, 5, 1), date(2025, 2, 21),
    ]  # fmt: skip
    medians = adoption.medians(engine, POLICY, SCOPE).set_index("step")
    assert medians.loc["Entry to care to agency decision"].to_dict() == {"children": 2, "median_days": 178.5, "longest_days": 184}
    assert medians.loc["Placed to adoption order"].to_dict() == {"children": 1, "median_days": 296.0, "longest_days": 296}


def test_the_adopters_of_the_match_are_named_and_special_guardians_children_have_no_journey():
    matched = a_journey("A").match("ADOPTION", "2024-06-01")
    matched.rows["local_carer_matches"][-1].update(adopter_id="PA7")
    matched.match("ADOPTION", "2024-05-01", ended="2024-05-20").rows["local_carer_matches"][-1].update(adopter_id="PA1")
    guarded = named("B", "2021-05-10").left("2023-03-01", "2025-02-21", "E47")
    engine = engine_over(records(matched, guarded), "2025-03-01")
    found = adoption.journeys(engine, POLICY, SCOPE).set_index("child_id")
    assert found.loc["A", "adopter_id"] == "PA7"
    assert found.loc["B", "detail"] == "special guardianship" and found.loc[["B"], ["adopter_id", "days_so_far"]].isna().all(
        axis=None
    )
    assert adoption.medians(engine, POLICY, SCOPE)["children"].max() == 1


def test_nobody_has_no_median():
    found = adoption.medians(engine_over(records(named("A").in_care("2024-01-10")), "2025-03-01"), POLICY, SCOPE)
    assert found["children"].tolist() == [0] * len(adoption.STEPS)
    assert found["median_days"].isna().all() and found["longest_days"].isna().all()


def test_before_the_decision_the_meetings_and_the_next_review_are_told():
    one = named("A").in_care("2024-01-10").plan("ADOPTION", "2024-02-01").review("2024-02-10")
    one.meeting("LEGAL_PLANNING", "2024-01-20").meeting("PPM", "2024-03-01").meeting("PPM", "2024-06-20", "BOOKED")
    one.review(None).rows["ssd_cla_reviews"][-1].update(clar_cla_review_due_date=date(2024, 7, 1))
    [found] = adoption.before_decision(engine_over(records(one), "2024-06-01"), POLICY, SCOPE).to_dict("records")
    columns = ("legal_planning_date", "planning_meeting_date", "booked_date", "review_due_date")
    expected = [date(2024, 1, 20), date(2024, 3, 1), date(2024, 6, 20), date(2024, 7, 1)]
    assert [day(found[column]) for column in columns] == expected


@pytest.mark.parametrize(
    ("held", "told"), [("2024-06-01", None), ("2024-06-02", date(2024, 6, 2)), ("2025-01-30", date(2025, 1, 30))]
)
def test_the_legal_planning_meeting_that_led_to_care_is_told_and_none_of_an_earlier_period_of_care(held, told):
    one = (
        named("A")
        .in_care("2024-01-10", "2024-06-01", period="ONE")
        .in_care("2025-01-31", period="TWO")
        .plan("ADOPTION", "2025-02-01")
    )
    one.meeting("LEGAL_PLANNING", held).meeting("PPM", held)
    [found] = adoption.before_decision(engine_over(records(one), "2025-03-01"), POLICY, SCOPE).to_dict("records")
    assert (day(found["legal_planning_date"]), day(found["planning_meeting_date"])) == (told, None)
