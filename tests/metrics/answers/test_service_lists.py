"""Adopters, long-term fostering, connected persons and the way to court: what is told beside the lists, and what never is."""

from __future__ import annotations

from datetime import date

import pandas
import pytest

from data.store.store import Store
from metrics.answers.service import adopters, adoption, connected_persons, long_term_fostering, proceedings
from metrics.engine.engine import Engine
from metrics.engine.plain import plain_rows
from tests.metrics.answers.test_service_level import a_journey, day, engine_over, figure, named
from tests.support.builder import records, row
from tests.support.scopes import asking

POLICY = "hertfordshire_service"
AS_AT = date(2026, 10, 31)
SCOPE = asking()


@pytest.fixture(scope="module")
def county(service_county_store: Store) -> Engine:
    return Engine(service_county_store.current(), service_county_store.settings)


# Prospective adopters


def prospective(identifier: str, **days) -> dict:
    return row("local_prospective_adopters", adopter_id=identifier, **days)


def test_adopters_stand_at_the_stage_that_they_have_reached_on_the_day():
    night = records(named("A").in_care("2024-01-10"))
    night["local_prospective_adopters"] = [
        prospective("1", enquiry_date="2025-01-01"),
        prospective("2", stage1_start_date="2025-02-01"),
        prospective("3", stage1_start_date="2024-12-01", stage1_end_date="2025-02-01"),
        prospective("4", stage1_start_date="2024-10-01", stage2_start_date="2024-12-01", approved_date="2025-03-02"),
        prospective("5", stage2_start_date="2024-06-01", approved_date="2025-03-01", early_permanence="Y"),
        prospective("6", approved_date="2024-06-01", matched_date="2025-02-01", left_date="2025-03-01"),
        prospective("7", approved_date="2024-06-01", matched_date="2025-02-01", left_date="2025-03-02"),
        prospective("8", matched_date="2024-06-01", placed_date="2024-07-01"),
    ]
    engine = engine_over(night, "2025-03-01")
    found = adopters.adopters(engine)
    assert list(zip(found["adopter_id"], found["stage"], found["days"], strict=True)) == [
        ("3", "stage 1", 90), ("2", "stage 1", 28), ("4", "stage 2", 90), ("5", "approved and waiting", 0),
        ("7", "matched", 28), ("8", "placed", 243),
    ]  # fmt: skip
    assert found["waits_for"].tolist()[0] == "stage 1 ended, stage 2 to begin"
    counts = adopters.by_stage(engine).set_index("stage")
    assert counts["adopters"].to_dict() == dict(zip(adopters.STAGES, (2, 1, 1, 1, 1), strict=True))
    assert counts.loc["stage 1", ["median_days", "longest_days"]].tolist() == [59.0, 90]
    assert counts.loc["approved and waiting", "early_permanence"] == 1


def test_no_adopters_are_zero_in_every_stage():
    engine = engine_over(records(named("A").in_care("2024-01-10")), "2025-03-01")
    assert adopters.by_stage(engine)["adopters"].tolist() == [0] * 5


# Long-term fostering, connected persons, the way to court


def test_who_waits_for_long_term_carers_is_told_for_what_and_since_when():
    young = named("A").in_care("2024-01-10").plan("LTFOST18", "2024-02-01").family_finding("2024-03-01")
    young.placement("U6", "2024-01-10").rows["ssd_cla_placement"][-1].update(clap_cla_placement_provider="PR4")
    older = named("B", "2010-01-01").in_care("2024-01-10").plan("LTFOST18", "2024-02-01").match("LTF", "2024-05-01")
    engine = engine_over(records(young, older), "2025-03-01")
    found = long_term_fostering.awaiting(engine, POLICY, SCOPE).set_index("child_id")
    assert found["waits_for"].to_dict() == {"A": "match", "B": "ratification"}
    assert (day(found.loc["A", "family_finding_date"]), found.loc["A", "provider"]) == (date(2024, 3, 1), "Private")
    assert day(found.loc["B", "match_date"]) == date(2024, 5, 1)
    trend = long_term_fostering.waiting(engine, POLICY, SCOPE, [date(2024, 1, 31), date(2025, 3, 1)])
    assert trend[["match", "ratification", "children"]].to_numpy().tolist() == [[0, 0, 0], [1, 1, 2]]


def test_the_waiting_and_the_open_are_the_rules_figures_at_every_month_end(county):
    days = county.trend_dates(AS_AT, 4)
    waiting = long_term_fostering.waiting(county, POLICY, SCOPE, days)
    match, ratified = (list(figure(county, f"ltf_awaiting_{what}", days=days).values()) for what in ("match", "ratification"))
    assert waiting["match"].tolist() == match and waiting["ratification"].tolist() == ratified and sum(ratified) > 0
    assert waiting["children"].tolist() == [one + other for one, other in zip(match, ratified, strict=True)]
    stages = connected_persons.by_stage(county, POLICY, SCOPE, days)
    assert stages["children"].tolist() == list(figure(county, "connected_assessment_open", days=days).values())


def test_a_months_activity_is_what_was_done_in_it():
    one = named("A").in_care("2024-01-10").explored("SGO", "2024-11-30", viability="2024-12-01", assessed="2024-12-31")
    one.explored("ADOPTION", "2024-12-05").explored("CAO", "2024-12-05", closed="2025-01-02")
    engine = engine_over(records(one), "2025-01-31")
    found = connected_persons.activity(engine, POLICY, SCOPE, engine.trend_dates(engine.as_at, 4))
    actual = [{name: count for name, count in month.items() if name != "as_at" and count} for month in plain_rows(found)]
    assert actual == [{"referral": 1}, {"referral": 1, "viability": 1, "assessment begun": 1}, {"closed": 1}]
    elsewhere = connected_persons.activity(engine, POLICY, asking(teams=("Elsewhere",)), engine.trend_dates(engine.as_at, 4))
    assert elsewhere.drop(columns="as_at").to_numpy().sum() == 0


def test_an_order_made_on_leaving_care_counts_for_the_team_that_the_child_had():
    one = named("A").left("2024-01-10", "2025-01-15", "E45").worker("T1", "2024-01-10", "2025-01-15")
    one.explored("SGO", "2024-06-03", order="2025-01-15")
    engine = engine_over(records(one, named("B").in_care("2024-01-10")), "2025-01-31")
    found = connected_persons.activity(engine, POLICY, asking(teams=("T1",)), engine.trend_dates(engine.as_at, 2))
    assert found["order"].tolist() == [1]


def test_every_open_option_is_a_row_with_the_stages_that_it_has_reached():
    one = named("A").in_care("2024-01-10").explored("SGO", "2024-11-30", viability="2024-12-01", panel="2025-02-15")
    one.explored("CONNECTED_PERSON", "2024-12-10")
    found = connected_persons.open_options(engine_over(records(one), "2025-01-31"), POLICY, SCOPE)
    assert found[["option", "stage", "days_open"]].to_numpy().tolist() == [
        ["Special guardianship", "viability", 62],
        ["Connected person", "viability", 52],
    ]
    assert found["panel_date"].isna().all()


def test_the_way_to_court_is_told_with_the_weeks_and_the_days_that_the_court_has_set():
    one = named("A").before_court("2024-12-02").meeting("FGC", "2024-12-20").explored("SGO", "2024-12-10", viability="2025-01-07")
    two = named("B").in_care("2024-11-01").proceedings("2024-11-05")
    two.rows["local_care_proceedings"][-1].update(final_hearing_date=date(2025, 5, 1))
    engine = engine_over(records(one, two), "2025-01-31")
    [before] = proceedings.court(engine, POLICY, proceedings.BEFORE, SCOPE).to_dict("records")
    assert (before["child_id"], before["weeks"], before["options_open"], before["viability_done"]) == ("A", 8, 1, 1)
    assert (before["placement"], day(before["family_meeting_date"])) == ("not in care", date(2024, 12, 20))
    [issued] = proceedings.court(engine, POLICY, proceedings.IN_COURT, SCOPE).to_dict("records")
    assert (issued["child_id"], issued["weeks"], day(issued["final_hearing_date"])) == ("B", 12, date(2025, 5, 1))


# Restricted records


def test_a_restricted_record_is_counted_and_nothing_of_it_is_told():
    one = a_journey("A").meeting("PPM", "2024-02-01").explored("SGO", "2024-11-30").before_court("2024-12-02")
    night = records(one)
    night["local_restrictions"] = [
        row("local_restrictions", restriction_id="1", person_id="A", restriction_type="ADOPTION", start_date="2024-01-10",
            allowed_roles="adoption")
    ]  # fmt: skip
    engine = engine_over(night, "2025-03-01")
    for frame in (
        adoption.journeys(engine, POLICY, SCOPE),
        connected_persons.open_options(engine, POLICY, SCOPE),
        proceedings.court(engine, POLICY, proceedings.BEFORE, SCOPE),
    ):
        [found] = frame.to_dict("records")
        actual = {name for name, value in found.items() if not pandas.isna(value)}
        shown = {
            "as_at",
            "policy",
            "rule",
            "child_id",
            "service",
            "team",
            "worker",
            "since",
            "limit_date",
            "days_over",
            "on_list",
        }
        assert found["child_id"] == "Restricted record" and actual <= shown
    assert adoption.medians(engine, POLICY, SCOPE)["children"].tolist()[0] == 1
    assert adoption.journeys(engine, POLICY, asking(roles=frozenset({"adoption"})))["child_id"].tolist() == ["A"]
