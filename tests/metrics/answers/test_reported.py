"""Lists as they were reported then, against what is now known of the same day: late recording, and figures as first reported."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pandas
import pytest

from data.store.store import Store
from metrics.answers.drift.drift import movements
from metrics.answers.reported import PANEL, Reported, first_reported, reported_from_night, reported_nights
from metrics.engine.engine import Engine, QuestionError
from metrics.nightly import run_nightly
from tests.support.builder import UNREADABLE, Records, child, department, records, row
from tests.support.extracts import write_extracts
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking
from tests.support.tiny_nights import flip_a_byte
from words.labels import RESTRICTED_RECORD

POLICY, RULE = "hertfordshire", "plan_residential"
EVERYTHING = asking(roles=None)
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
TEAMS = (department("T1", "Alpha", "S1", "North"), department("T3", "Gamma", "S2", "South"))


def _resident(name: str, since: str, until: str | None = None):
    return child(name).in_care("2026-01-01").plan("RESPLMT", since, until).worker("T1", "2026-01-01")


def _publish(store: Store, folder: Path, night: Records, as_at: date) -> None:
    extracts = write_extracts(folder, {table: rows for table, rows in night.items() if table != UNREADABLE})
    run_nightly(store, extracts, as_at, accept_change=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    """Two nights. LATE's plan of August and GONE's end in September are recorded in October only; MOVED's team too."""
    folder = tmp_path_factory.mktemp("late")
    store = Store(folder / "store")
    then = records(
        _resident("STAYS", "2026-08-01"),
        child("LATE").in_care("2026-01-01").worker("T1", "2026-01-01"),
        _resident("GONE", "2026-08-01"),
        _resident("MOVED", "2026-08-01"),
        _resident("LEFT", "2026-08-01"),
        departments=TEAMS,
    )
    now = records(
        _resident("STAYS", "2026-08-01"),
        _resident("LATE", "2026-08-01"),
        _resident("GONE", "2026-08-01", "2026-09-20"),
        child("MOVED")
        .in_care("2026-01-01")
        .plan("RESPLMT", "2026-08-01")
        .worker("T1", "2026-01-01", "2026-09-10")
        .worker("T3", "2026-09-10"),
        child("LEFT").in_care("2026-01-01", "2026-09-15", ceased="E4A").plan("RESPLMT", "2026-08-01").worker("T1", "2026-01-01"),
        departments=TEAMS,
    )  # fmt: skip
    _publish(store, folder / "september", then, SEPTEMBER)
    _publish(store, folder / "october", now, OCTOBER)
    return store


@pytest.fixture(scope="module")
def engine(store: Store) -> Engine:
    return Engine(store.current(), store.settings)


@pytest.fixture(scope="module")
def reported(store: Store) -> Reported:
    return reported_from_night(reported_nights(store)[SEPTEMBER], POLICY)


def _told(answer, what: str = "movement", frame: str = "children") -> dict:
    rows = getattr(answer, frame)
    return dict(zip(rows["child_id"], rows[what], strict=True))


def test_the_reported_list_is_what_that_night_showed(store, reported):
    night = reported_nights(store)[SEPTEMBER]
    shown = Engine(night, store.settings)
    assert reported.night_name == night.name
    for rule in shown.policies[POLICY].rules:
        listed = shown.children(POLICY, [rule.id], EVERYTHING)
        mine = reported.rows[reported.rows["rule"] == rule.id]
        assert set(mine["child_id"]) == set(listed["child_id"])
        assert (rule.id in reported.absences) == bool(shown.absence(rule))
    assert reported.figures(asking(teams=("Alpha",)))[RULE] == 4


def test_as_now_known_and_as_reported_differ_by_late_recording(engine, reported):
    known = movements(engine, POLICY, EVERYTHING, SEPTEMBER, OCTOBER, (RULE,))
    assert _told(known) == {"STAYS": "still", "LATE": "still", "MOVED": "still"}
    assert known.late is None
    then = movements(engine, POLICY, EVERYTHING, SEPTEMBER, OCTOBER, (RULE,), reported)
    assert _told(then) == {"STAYS": "still", "LATE": "new", "MOVED": "still", "GONE": "resolved", "LEFT": "left care"}
    assert then.rules[0].opening == 4 == len(reported.rows[reported.rows["rule"] == RULE])
    assert then.rules[0].opening + then.rules[0].joined - then.rules[0].left == then.rules[0].closing == 3
    assert _told(then, "difference", "late") == {"LATE": "recorded late", "GONE": "taken off since", "LEFT": "taken off since"}
    assert dict(zip(then.children["child_id"], then.children["recorded_late"], strict=True))["LATE"]
    left = then.children[then.children["child_id"] == "LEFT"].iloc[0]
    assert (left["left_date"].date(), left["left_reason"]) == (date(2026, 9, 15), "Returned home, planned")


def test_in_every_scope_reported_and_late_recording_come_to_what_is_now_known(engine, reported):
    for scope in (EVERYTHING, asking(teams=("Alpha",)), asking(services=("South",))):
        known = movements(engine, POLICY, scope, SEPTEMBER, OCTOBER, (RULE,)).rules[0]
        then = movements(engine, POLICY, scope, SEPTEMBER, OCTOBER, (RULE,), reported)
        late = then.late["difference"].value_counts()
        assert then.rules[0].opening + late.get("recorded late", 0) - late.get("taken off since", 0) == known.opening
        assert then.rules[0].opening + then.rules[0].joined - then.rules[0].left == then.rules[0].closing == known.closing


def test_a_team_recorded_late_is_told_with_the_other_team(engine, reported):
    late = movements(engine, POLICY, asking(teams=("Alpha",)), SEPTEMBER, OCTOBER, (RULE,), reported).late
    actual = late[late["child_id"] == "MOVED"].iloc[0]
    assert (actual["difference"], actual["team"], actual["other_team"]) == ("taken off since", "Alpha", "Gamma")


def _panel(rows: pandas.DataFrame, as_at: date = SEPTEMBER, counted=(RULE,), not_supplied=()) -> Reported:
    return Reported(as_at, POLICY, "night", PANEL, f"the panel of {as_at:%d/%m/%Y}", rows, counted, not_supplied)


def test_an_earlier_reported_list_tells_who_re_entered(reported):
    night = records(_resident("BACK", "2026-10-10"), _resident("NEW", "2026-10-10"), departments=TEAMS)
    june = _panel(reported.rows.head(1).assign(child_id="BACK", rule=RULE), date(2026, 6, 30))
    asked = movements(
        RecordsEngine(night, (SEPTEMBER, OCTOBER)), POLICY, EVERYTHING, SEPTEMBER, OCTOBER, (RULE,), earlier=(june,)
    )
    assert _told(asked) == {"BACK": "re-entered", "NEW": "new"}
    assert asked.looked_at == (date(2026, 6, 30),)


def test_one_who_was_recorded_late_is_no_return(engine, reported):
    june = _panel(reported.rows.head(1).assign(child_id="LATE", rule=RULE), date(2026, 6, 30))
    asked = movements(engine, POLICY, EVERYTHING, SEPTEMBER, OCTOBER, (RULE,), _panel(reported.rows.head(0)), (june,))
    assert _told(asked) == {"STAYS": "new", "LATE": "new", "MOVED": "new"}
    assert asked.children["recorded_late"].all()


def test_a_child_whom_the_extracts_no_longer_hold_has_left_care_and_is_named_to_nobody(engine, reported):
    vanished = reported.rows.head(1).assign(child_id="VANISHED", rule=RULE)
    panel = _panel(vanished)
    for scope, name in ((asking(), RESTRICTED_RECORD), (EVERYTHING, "VANISHED")):
        answer = movements(engine, POLICY, scope, SEPTEMBER, OCTOBER, (RULE,), panel)
        assert answer.rules[0].left_care == 1
        assert name in set(answer.children["child_id"])
        assert name in set(answer.late["child_id"])
    actual = answer.children[answer.children["movement"] == "left care"].iloc[0]
    assert actual["left_reason"] == "no longer in the extracts"


def test_a_frozen_list_without_in_care_is_read_by_what_is_now_known(engine, reported):
    panel = _panel(reported.rows.drop(columns="in_care"))
    actual = _told(movements(engine, POLICY, EVERYTHING, SEPTEMBER, OCTOBER, (RULE,), panel))
    assert actual["GONE"] == "resolved"


def test_a_rule_that_was_not_counted_then_has_no_movements(engine, reported):
    panel = _panel(reported.rows, counted=("ltf_12m",), not_supplied=(RULE,))
    actual = movements(engine, POLICY, EVERYTHING, SEPTEMBER, OCTOBER, (RULE,), panel)
    assert actual.rules[0].absence.word == "not counted on 30/09/2026"
    assert actual.rules[0].opening is actual.rules[0].closing is None
    assert actual.children.empty and actual.late.empty


def test_restricted_records_stay_restricted_in_late_recording(store, reported, tmp_path):
    night = records(_resident("LATE", "2026-08-01"), departments=TEAMS)
    night["local_restrictions"].append(
        row(
            "local_restrictions",
            restriction_id="R1",
            person_id="LATE",
            restriction_type="ADOPTION",
            start_date="2026-10-01",
            allowed_roles="IRO",
        )
    )
    own = Store(tmp_path / "store")
    _publish(own, tmp_path / "extracts", night, OCTOBER)
    answer = movements(Engine(own.current(), own.settings), POLICY, asking(), SEPTEMBER, OCTOBER, (RULE,), reported)
    assert "LATE" not in answer.late.to_csv() + answer.children.to_csv()
    assert answer.rules[0].new == 1


def test_a_list_of_another_day_or_policy_is_refused(engine, reported):
    with pytest.raises(
        QuestionError, match="The list reported is that of 'hertfordshire' on 30/09/2026, not of 'hertfordshire' on 31/08/2026"
    ):
        movements(engine, POLICY, EVERYTHING, date(2026, 8, 31), OCTOBER, reported=reported)
    with pytest.raises(QuestionError, match="The load of 30/09/2026 did not use the policy 'salford'"):
        reported_from_night(reported_nights(Store(engine.night.folder.parent.parent))[SEPTEMBER], "salford")


def test_the_figures_as_first_reported_say_where_they_come_from(store, engine):
    august, september, october = first_reported(store, POLICY, EVERYTHING, (OCTOBER, SEPTEMBER, date(2026, 8, 31)))
    assert (august.kept, august.label, dict(august.children)) == (False, "not kept", {})
    assert september.children[RULE] == 4
    assert september.label.startswith("the load of 30/09/2026, as it was published on ")
    assert october.children[RULE] == engine.figures(POLICY, EVERYTHING).set_index("rule")["children"][RULE] == 3
    alpha = first_reported(store, POLICY, asking(teams=("Gamma",)), (SEPTEMBER, OCTOBER))
    assert [one.children[RULE] for one in alpha] == [0, 1]


def test_a_frozen_panel_stands_in_for_a_night_that_is_no_longer_kept(store, reported):
    panel = _panel(reported.rows, date(2026, 8, 31), not_supplied=("no_current_plan",))
    (august,) = first_reported(store, POLICY, asking(teams=("Alpha",)), (panel.as_at,), {panel.as_at: panel})
    assert (august.kept, august.label) == (True, "the panel of 31/08/2026")
    assert dict(august.children) == {RULE: 4, "no_current_plan": None}


def test_the_first_publication_of_a_day_is_what_was_reported(tmp_path, store):
    own = Store(tmp_path / "store")
    for number, since in enumerate(("2026-10-31", "2026-11-01")):
        _publish(own, tmp_path / str(number), records(_resident("A", since), departments=TEAMS), OCTOBER)
    assert len(own.nights()) == 2
    (actual,) = first_reported(own, POLICY, EVERYTHING, (OCTOBER,))
    assert actual.children[RULE] == 1
    assert len(reported_from_night(reported_nights(own)[OCTOBER], POLICY).rows) == 1


def test_a_damaged_night_is_not_read(tmp_path, store):
    own = Store(tmp_path / "store")
    shutil.copytree(store.path, own.path)
    flip_a_byte(reported_nights(own)[SEPTEMBER].database)
    with pytest.raises(QuestionError, match="The load of 30/09/2026 is damaged"):
        reported_from_night(reported_nights(own)[SEPTEMBER], POLICY)
    (actual,) = first_reported(own, POLICY, EVERYTHING, (SEPTEMBER,))
    assert not actual.kept and "damaged" in actual.label
