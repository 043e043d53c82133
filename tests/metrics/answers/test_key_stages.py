"""The answers behind the key stages' page: who is on the grid, how each stage stands, what a restricted record shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas
import pytest

from data.settings import Settings
from data.store.store import Store
from metrics.answers.child.child import evidence
from metrics.answers.key_stages import key_stages
from metrics.engine.engine import Engine
from metrics.engine.policies import policies_in_use
from metrics.engine.scope import Scope
from metrics.nightly import run_nightly
from tests.support.extracts import write_extracts
from tests.support.scopes import asking
from words.labels import RESTRICTED_RECORD

AS_AT = date(2026, 10, 31)
NOBODY = asking(roles=frozenset())


def _child(number: str, team: str, left: str = "") -> dict[str, list[dict]]:
    return {
        "ssd_person": [{"pers_person_id": number, "pers_forename": "Ada", "pers_surname": number, "pers_dob": "2018-06-15"}],
        "ssd_cla_episodes": [
            {
                "clae_person_id": number,
                "clae_cla_id": f"P{number}",
                "clae_cla_episode_start_date": "2026-10-01",
                "clae_cla_episode_ceased_date": left,
                "clae_cla_episode_ceased_reason": "E4A" if left else "",
            }
        ],
        "ssd_legal_status": [{"lega_person_id": number, "lega_legal_status": "C1", "lega_legal_status_start_date": "2026-10-01"}],
        "ssd_cla_placement": [
            {"clap_person_id": number, "clap_cla_placement_start_date": "2026-10-01", "clap_cla_placement_type": "U6"},
        ],
        "ssd_cla_care_plan": [
            {"lacp_person_id": number, "lacp_cla_care_plan_start_date": "2026-10-10", "lacp_cla_care_plan_json": "RETURN6M"},
        ],
        "ssd_involvements": [
            {
                "invo_person_id": number,
                "invo_professional_id": "W1",
                "invo_professional_role_id": "ALLOC",
                "invo_professional_team": team,
                "invo_involvement_start_date": "2026-10-01",
                "invo_involvement_end_date": left,
            }
        ],
        "local_meetings": [
            {"person_id": number, "meeting_type": "PLACEMENT_PLANNING", "meeting_date": "2026-10-02", "meeting_status": "held"},
        ],
    }


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Two children of team T1, one of them restricted; one of T2; one who left T1 three weeks ago. No case notes supplied."""
    records: dict[str, list[dict]] = {
        "ssd_department": [{"dept_team_id": name, "dept_team_name": f"Team {name}"} for name in ("T1", "T2")],
        "local_restrictions": [
            {"person_id": "002", "restriction_type": "ADOPTION", "start_date": "2026-01-01", "allowed_roles": "adoption"},
        ],
        "local_events": [{"person_id": "001", "event_type": "STABILITY_CONCERN", "event_date": "2026-10-29"}],
        "local_approvals": [{"person_id": "003", "placement_id": "", "approval_type": "CEASE_16_17"}],
    }
    for child in (_child("001", "T1"), _child("002", "T1"), _child("003", "T2"), _child("004", "T1", "2026-10-10")):
        for table, rows in child.items():
            records.setdefault(table, []).extend(rows)
    folder = tmp_path_factory.mktemp("stages")
    (folder / "store").mkdir()
    (folder / "store" / "settings.toml").write_text('policies = ["salford"]\n', encoding="utf-8")
    store = Store(folder / "store")
    run_nightly(store, write_extracts(folder / "extracts", records, someone_else=True), AS_AT)
    return Engine(store.current(), store.settings)


def state_of(engine: Engine, child: str, rule: str, as_at: date | None = None, scope: Scope = NOBODY) -> str:
    frame = key_stages.stages(engine, "salford", scope, as_at)
    return frame[(frame["child_id"] == child) & (frame["rule"] == rule)]["state"].item()


def test_a_child_has_a_row_for_each_stage_that_asks_something(engine: Engine):
    frame = key_stages.stages(engine, "salford", NOBODY, child_id="001")
    assert dict(zip(frame["rule"], frame["state"], strict=True)) == {
        "placement_planning_72h": "done in time",
        "legal_discussion_10d": "overdue",
        "legal_planning_10d": "overdue",
        "final_care_plan_26w": "due",
        "stability_meeting_10d": "due",
    }


def test_stages_of_extracts_that_were_not_supplied_have_no_count(engine: Engine):
    without = {rule.id for rule, counted in key_stages.counts(engine, "salford", NOBODY) if counted is None}
    assert {"review_report_20d", "statutory_visit", "progress_meeting_12m", "consultation_review_possible"} <= without
    assert "placement_planning_72h" not in without


def test_a_child_who_left_care_is_followed_by_the_last_team(engine: Engine):
    frame = key_stages.stages(engine, "salford", NOBODY, child_id="004")
    assert frame[["rule", "state", "in_care", "team"]].to_dict("records") == [
        {"rule": "child_in_need_plan_2w", "state": "overdue", "in_care": False, "team": "Team T1"}
    ]


def test_a_child_who_left_care_was_in_care_before(engine: Engine):
    assert state_of(engine, "004", "legal_discussion_10d", date(2026, 10, 9)) == "due"


def test_the_scope_is_kept(engine: Engine):
    frame = key_stages.stages(engine, "salford", asking(teams=("Team T2",), roles=frozenset()))
    assert set(frame["child_id"]) == {"003"}


def test_a_restricted_record_shows_its_states_and_no_more(engine: Engine):
    frame = key_stages.stages(engine, "salford", asking(teams=("Team T1",), roles=frozenset()))
    hidden = frame[frame["child_id"] == RESTRICTED_RECORD]
    assert len(hidden) == 4 and set(hidden["state"]) == {"done in time", "overdue", "due"}
    shown = ["name", "age", "legacy_id", "entered_care", "since", "due_date", "done_date", "days_over", "detail"]
    assert hidden[shown].isna().all(axis=None)
    assert key_stages.stages(engine, "salford", NOBODY, child_id="002").empty
    allowed = key_stages.stages(engine, "salford", asking(roles=frozenset({"adoption"})), child_id="002")
    assert set(allowed["name"]) == {"Ada 002"}


@pytest.mark.parametrize("scope", [NOBODY, asking(teams=("Team T1",), roles=frozenset())], ids=["county", "team"])
def test_the_counts_are_those_of_the_rows_and_of_the_figures(engine: Engine, scope: Scope):
    frame = key_stages.stages(engine, "salford", scope)
    figures = engine.figures("salford", scope).set_index("rule")["children"]
    for rule, counted in key_stages.counts(engine, "salford", scope):
        if counted is None:
            continue
        states = frame[frame["rule"] == rule.id]["state"].value_counts()
        assert {state: count for state, count in counted.items() if count} == states.to_dict()
        if rule.measure.kind == "milestone":
            assert counted["overdue"] == figures[rule.id]


def test_a_day_of_its_own_is_computed_as_the_night_would(engine: Engine):
    day = date(2026, 10, 14)
    assert day not in engine.reporting_dates
    assert state_of(engine, "001", "legal_discussion_10d", day) == "due"
    assert state_of(engine, "001", "legal_discussion_10d", date(2026, 10, 15)) == "overdue"
    assert state_of(engine, "004", "child_in_need_plan_2w", day) == "due"


def test_a_policy_that_is_not_in_use_is_refused(engine: Engine):
    with pytest.raises(Exception, match="hertfordshire.*not in use"):
        key_stages.stages(engine, "hertfordshire", NOBODY)


@pytest.fixture(scope="module")
def county(every_policy_store: Store) -> Engine:
    """The shared synthetic county, under Salford's policy."""
    return Engine(every_policy_store.current(), replace(every_policy_store.settings, policies=("salford",)))


def test_every_stage_shows_the_rows_behind_it(county: Engine):
    """A child whom a stage asks something of has a row of an extract that says so; none of these rows is of a later day."""
    frame = key_stages.stages(county, "salford", NOBODY)
    named = frame[frame["name"].notna() & frame["rule"].notna()]
    without = set()
    for rule, rows in named.groupby("rule"):
        child = rows["child_id"].iloc[0]
        found = evidence(county, child, "salford", rule, NOBODY)
        if found.empty:
            without.add(rule)
        known = found["says"].str.contains("booked|cancelled|Review due")
        late = found[~known & (found["from_date"] > pandas.Timestamp(AS_AT))]
        assert late.empty, late[["table_name", "says", "from_date"]].to_dict("records")
    assert without == set() and len(named["rule"].unique()) > 12


def test_every_stage_names_its_paragraph():
    rules = policies_in_use(Settings(policies=("salford",)))["salford"].rules
    assert len(rules) == 30 and all(rule.source[0].isdigit() for rule in rules)
