"""The engine's answers: one list behind every count, whichever way it is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas
import pytest

from data.store.store import Store
from metrics.answers.child.child import child, evidence, find_child
from metrics.answers.data_quality.load_quality import flags, load_report, rejects
from metrics.engine.engine import GROUPS, Engine, QuestionError
from metrics.engine.people import restricted_children
from metrics.engine.policy import PolicyError
from metrics.nightly import run_nightly
from tests.support.extracts import write_extracts
from tests.support.scopes import asking
from words.labels import RESTRICTED_RECORD

POLICY = "hertfordshire"
EVERYTHING = asking(roles=None)
NIGHT = date(2026, 10, 31)


def _ids(engine: Engine) -> list[str]:
    return [rule.id for rule in engine.policies[POLICY].rules]


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("as_at", [NIGHT, date(2026, 9, 30), date(2026, 10, 12)])
def test_every_count_is_the_length_of_its_list(engine, by, as_at):
    children = engine.children(POLICY, _ids(engine), EVERYTHING, as_at)
    figures = engine.figures(POLICY, EVERYTHING, by, (as_at,))
    counted = children.groupby("rule").size()
    assert figures.groupby("rule")["children"].sum().to_dict() == {rule: counted.get(rule, 0) for rule in _ids(engine)}
    assert figures.groupby("rule")["in_care"].sum().nunique() == 1
    assert (figures["children"] <= figures["population"]).all()


def test_a_day_computed_on_demand_is_the_same_day_as_the_night_stored(engine, county_store):
    on_demand = Engine(engine.night, engine.settings)
    on_demand._spine_is_kept, on_demand._kept_rules = False, {}
    for as_at in (NIGHT, date(2025, 12, 31)):
        stored = engine.children(POLICY, _ids(engine), EVERYTHING, as_at)
        pandas.testing.assert_frame_equal(stored, on_demand.children(POLICY, _ids(engine), EVERYTHING, as_at))
    dates = engine.trend_dates(NIGHT)
    assert engine.figures(POLICY, EVERYTHING, "team", dates).equals(on_demand.figures(POLICY, EVERYTHING, "team", dates))


def test_a_limit_changed_since_the_night_is_used_at_once(engine):
    limits = {POLICY: {"ltf_12m": {"months": 24, "from": date(2026, 10, 1)}}}
    changed = Engine(engine.night, replace(engine.settings, limits=limits))

    def long_term_fostering(one: Engine, as_at: date) -> set[str]:
        return set(one.children(POLICY, ["ltf_12m"], EVERYTHING, as_at)["child_id"])

    assert long_term_fostering(changed, NIGHT) < long_term_fostering(engine, NIGHT)
    assert long_term_fostering(changed, date(2026, 9, 30)) == long_term_fostering(engine, date(2026, 9, 30))


def test_the_trend_dates_are_the_night_and_the_month_ends_before_it(engine):
    dates = engine.trend_dates(date(2026, 3, 31), 3)
    assert dates == (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31))
    assert set(engine.trend_dates(NIGHT)) <= set(engine.reporting_dates)
    assert len(engine.reporting_dates) == 37


def test_a_day_after_the_night_is_refused(engine):
    with pytest.raises(QuestionError, match="later than the load of 31/10/2026"):
        engine.figures(POLICY, EVERYTHING, dates=(NIGHT + timedelta(days=1),))


def test_what_is_not_there_is_named_with_what_is(engine):
    with pytest.raises(PolicyError, match="has no rule 'ltf'; its rules are no_current_plan"):
        engine.children(POLICY, ["ltf"], EVERYTHING)
    with pytest.raises(QuestionError, match="The policy 'herts' is not in use"):
        engine.figures("herts", EVERYTHING)
    with pytest.raises(QuestionError, match="not a way to group"):
        engine.figures(POLICY, EVERYTHING, "office")


def test_a_scope_that_names_nobody_shows_nobody(engine):
    for scope in (asking(teams=()), asking(services=()), asking(workers=()), asking(teams=("' or 1=1 --",))):
        assert engine.children(POLICY, _ids(engine), scope).empty
        assert engine.figures(POLICY, scope, "team").empty
        assert engine.figures(POLICY, scope, "county")["children"].sum() == 0


def test_a_teams_scope_shows_that_team_only(engine):
    team = engine.groups(asking())["team"].iloc[0]
    children = engine.children(POLICY, _ids(engine), asking(teams=(team,)))
    assert set(children["team"]) <= {team}
    by_worker = engine.figures(POLICY, asking(teams=(team,)), "worker")
    assert by_worker["children"].sum() == len(children)


def test_who_comes_next_has_not_reached_the_limit_and_does_within_the_days(engine):
    coming = engine.coming_next(POLICY, EVERYTHING, within_days=90)
    assert coming["due_in"].between(1, 90).all()
    assert coming["due_in"].is_monotonic_increasing
    later = engine.as_at
    gone = engine.children(POLICY, _ids(engine), EVERYTHING, later)
    both = set(zip(coming["child_id"], coming["rule"], strict=True)) & set(zip(gone["child_id"], gone["rule"], strict=True))
    assert both == set()


def _night(tmp_path, tables: dict, as_at: date = NIGHT) -> Engine:
    store = Store(tmp_path / "store")
    run_nightly(store, write_extracts(tmp_path / "extracts", tables, someone_else=True), as_at)
    return Engine(store.current(), store.settings)


def _child(number: str, born: str = "2015-01-01", **person: str) -> dict:
    episode = {"clae_person_id": number, "clae_cla_id": f"P{number}", "clae_cla_episode_start_date": "2026-01-01"}
    return {
        "ssd_person": [{"pers_person_id": number, "pers_dob": born, **person}],
        "ssd_cla_episodes": [{**episode, "clae_cla_episode_start_reason": "S", "clae_entered_care_date": "2026-01-01"}],
    }


def _together(*generated_cases: dict) -> dict:
    return {
        table: [row for generated in generated_cases for row in generated.get(table, ())]
        for generated in generated_cases
        for table in generated
    }


PLAN = {"lacp_cla_care_plan_start_date": "2026-05-15", "lacp_cla_care_plan_json": "RETURN6M"}


def test_one_who_will_be_18_by_the_limit_is_not_coming_next(tmp_path):
    # The plan of return home reaches six months on 15 November 2026.
    plans = {"ssd_cla_care_plan": [{"lacp_person_id": number, **PLAN} for number in ("1", "2", "3", "4", "5")]}
    restricted = {
        "local_restrictions": [
            {"person_id": number, "restriction_type": "adoption", "start_date": "2026-01-01"} for number in "45"
        ]
    }
    children = (_child("1", "2008-11-15"), _child("2", "2008-11-16"), _child("3", ""), _child("4", "2008-11-15"), _child("5"))
    engine = _night(tmp_path, _together(*children, plans, restricted))
    for coming in (engine.coming_next(POLICY, EVERYTHING), engine.listed_and_coming(POLICY, EVERYTHING)[1]):
        assert list(coming["child_id"]) == ["2", "3", "5"], "whose age is not known is told too"
        assert list(coming["due_in"]) == [15, 15, 15]
    # The same children for those who may not see a restricted record's name.
    assert list(engine.coming_next(POLICY, asking())["child_id"]) == ["2", "3", RESTRICTED_RECORD]


def test_not_supplied_is_not_zero(tmp_path):
    engine = _night(tmp_path, _child("1"))
    figures = engine.figures(POLICY, EVERYTHING).set_index("rule")["children"]
    assert figures.isna().to_dict() == {rule: rule in ("no_current_plan", "adoption_no_placement") for rule in _ids(engine)}
    rule = engine.rule(POLICY, "adoption_no_placement")
    assert engine.absence(rule).tables == ("ssd_permanence or local_carer_matches",)


def test_a_restricted_record_is_counted_and_not_named(tmp_path):
    restricted = {
        "local_restrictions": [
            {
                "person_id": "1",
                "restriction_type": "STAFF_FAMILY",
                "start_date": "2026-01-01",
                "allowed_roles": "Head of Service; IRO",
            }
        ],
        "ssd_care_leavers": [],
    }
    generated = _together(_child("1", pers_surname="Canary"), _child("2", pers_surname="Smith"), restricted)
    engine = _night(tmp_path, generated)
    asked = engine.children(POLICY, ["no_current_plan"], asking())
    assert list(asked["child_id"]) == ["2", RESTRICTED_RECORD] or list(asked["child_id"]) == [RESTRICTED_RECORD, "2"]
    assert "Canary" not in asked.to_csv()
    assert find_child(engine, "1", asking()) == []
    with pytest.raises(QuestionError, match="you do not have access"):
        child(engine, "1", asking())
    assert engine.figures(POLICY, asking()).set_index("rule")["children"]["no_current_plan"] == 2

    allowed = asking(roles=frozenset({"head of service"}))
    assert "Canary" in engine.children(POLICY, ["no_current_plan"], allowed).to_csv()
    assert child(engine, "1", allowed).person["name"] == "Canary"


# A child for each: when the record is restricted, on which day it is asked, and whether it is hidden then.
RESTRICTED = [
    ("2026-10-31", None, NIGHT, True),  # the first day
    ("2026-11-01", None, NIGHT, True),  # recorded ahead: hidden at once
    ("2026-01-01", "2026-10-30", NIGHT, False),  # ended the day before
    ("2026-01-01", "2026-03-31", date(2026, 3, 1), True),  # in force on the panel's day
    ("2026-09-01", None, date(2026, 3, 1), True),  # not then, but now
    (None, None, NIGHT, True),
]


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A night of children who are restricted in turn (A0, A1...), and of one who has another number and a plan."""
    restricted = [
        {
            "person_id": f"A{place}",
            "restriction_type": "STAFF_FAMILY",
            "start_date": start,
            "end_date": end,
            "allowed_roles": "IRO",
        }
        for place, (start, end, *_) in enumerate(RESTRICTED)
    ]
    plan = {"lacp_table_id": "900", "lacp_person_id": "007", **PLAN, "lacp_cla_care_plan_start_date": "2026-02-01"}
    tables = _together(
        _child("007", pers_legacy_id="L9"),
        *(_child(f"A{place}") for place in range(len(RESTRICTED))),
        {"ssd_cla_care_plan": [plan], "local_restrictions": restricted},
    )
    return _night(tmp_path_factory.mktemp("several"), tables)


@pytest.mark.parametrize("place", range(len(RESTRICTED)), ids=lambda place: "-".join(map(str, RESTRICTED[place])))
def test_other_rooms_name_no_child_who_is_restricted_tonight_or_was_on_the_day(several, place):
    *_, day, hidden = RESTRICTED[place]
    assert (f"A{place}" in restricted_children(several, asking(), day)) == hidden
    assert "007" not in restricted_children(several, asking(), day)
    assert restricted_children(several, asking(roles=frozenset({"iro"})), day) == frozenset()
    assert restricted_children(several, asking(roles=None), day) == frozenset()


def test_a_child_is_found_by_either_number(several):
    assert find_child(several, " 007 ", asking()) == ["007"]
    assert find_child(several, "l9", asking()) == ["007"]
    assert find_child(several, "7", asking()) == []


def test_the_evidence_names_the_rows_of_the_extract(several):
    rows = evidence(several, "007", POLICY, "return_home_6m", asking())
    assert list(rows["table_name"]) == ["ssd_cla_episodes", "ssd_cla_care_plan"]
    assert list(rows["source_row"]) == [2, 2]
    assert rows["record_id"].iloc[1] == "900"
    assert "Return home within 6 months" in rows["says"].iloc[1]


def test_every_child_on_every_list_has_evidence_and_a_timeline(engine):
    listed = engine.children(POLICY, _ids(engine), asking())
    for rule_id in _ids(engine):
        named = listed[(listed["rule"] == rule_id) & (listed["child_id"] != RESTRICTED_RECORD)].head(2)
        for child_id in named["child_id"]:
            assert len(evidence(engine, child_id, POLICY, rule_id, asking())) >= 1
            answer = child(engine, child_id, asking())
            assert rule_id in set(answer.rules["rule"])
            assert answer.terms is not None
            assert (answer.timeline["from_date"] <= pandas.Timestamp(NIGHT)).all()


def test_the_load_report_adds_up_and_faults_have_their_team(engine):
    report = load_report(engine)
    assert (report["rows_read"] == report["rows_used"] + report["rows_quarantined"] + report["rows_repeated"]).all()
    assert report["rows_quarantined"].sum() == len(rejects(engine, asking(roles=None)))
    found = flags(engine, asking(roles=None))
    assert {"rule", "extract", "record_id", "message", "mend", "team"} <= set(found.columns)
    assert found["mend"].str.len().gt(0).all()
