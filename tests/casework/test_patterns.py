"""What the strategic level is told: counts that can be checked by hand."""

from __future__ import annotations

from datetime import date
from statistics import median

import pytest

from casework.agenda.actions import save_action
from casework.agenda.agenda import build_agenda
from casework.agenda.discussions import save_discussion
from casework.agenda.patterns import age_band, theme_patterns, time_to_permanence
from casework.agenda.results import actions_and_lists
from casework.freezing.freezing import freeze
from casework.freezing.frozen import Pack
from casework.freezing.reported import frozen_lists
from casework.panels import plan_panel
from casework.records.errors import CaseworkError
from casework.records.records import DONE, Action, Discussion
from metrics.answers.panel.panel_facts import panel_facts
from tests.support.scopes import asking

POLICY, RULE = "hertfordshire", "return_home_6m"
PACK = Pack("pack.xlsx", b"")


@pytest.fixture
def listed(engine):
    """The children on one list, longest over first."""
    return engine.children(POLICY, [RULE], asking(roles=None))


@pytest.fixture
def held(casework, engine):
    """A frozen panel of 2 November with its agenda."""
    frozen = freeze(casework, engine, POLICY, date(2026, 11, 2), "Pat", PACK)
    build_agenda(casework, frozen.id, engine, [RULE], "Pat")
    return frozen


def _say(casework, panel, child, *themes, **words):
    save_discussion(casework, Discussion(panel.id, child, frozenset(themes), **words), "Pat")


def _counts(frame):
    return {(row.group, row.theme): (row.children, row.discussed) for row in frame.itertuples()}


@pytest.mark.parametrize(
    ("age", "words"),
    [(0, "Under 1"), (1, "1 to 4"), (4, "1 to 4"), (5, "5 to 9"), (9, "5 to 9"), (10, "10 to 15"), (15, "10 to 15"),
     (16, "16 and over"), (None, "not known")],
)  # fmt: skip
def test_ages_are_banded_as_the_national_returns_band_them(age, words):
    assert age_band(age) == words


def test_a_child_counts_once_in_a_group_however_many_panels_discussed_it(casework, engine, held, listed):
    first, second = listed["child_id"].iloc[:2]
    later = plan_panel(casework, POLICY, date(2026, 12, 7), "Pat")
    _say(casework, held, first, "court_delay", "health")
    _say(casework, held, second, "court_delay")
    build_agenda(casework, later.id, engine, [RULE], "Pat")
    _say(casework, later, first, "court_delay")
    assert _counts(theme_patterns(casework, engine, POLICY, "rule")) == {(RULE, "court_delay"): (2, 2), (RULE, "health"): (1, 2)}
    assert _counts(theme_patterns(casework, engine, POLICY, "month")) == {
        ("2026-11", "court_delay"): (2, 2),
        ("2026-11", "health"): (1, 2),
        ("2026-12", "court_delay"): (1, 1),
    }
    only = theme_patterns(casework, engine, POLICY, "month", from_date=date(2026, 12, 7), to_date=date(2026, 12, 7))
    assert set(only["group"]) == {"2026-12"}


def test_service_and_age_are_as_they_were_frozen(casework, engine, held, listed):
    child = listed.iloc[0]
    _say(casework, held, child["child_id"], "contact")
    assert _counts(theme_patterns(casework, engine, POLICY, "service")) == {(child["service"], "contact"): (1, 1)}
    assert _counts(theme_patterns(casework, engine, POLICY, "age")) == {(age_band(child["age"]), "contact"): (1, 1)}


def test_a_child_on_no_list_and_in_no_extract_still_counts(casework, engine, held):
    _say(casework, held, "GONE1", "recording")
    assert _counts(theme_patterns(casework, engine, POLICY, "rule")) == {("on no list", "recording"): (1, 1)}
    assert _counts(theme_patterns(casework, engine, POLICY, "age")) == {("not known", "recording"): (1, 1)}


def test_without_discussions_there_are_no_patterns(casework, engine):
    for by in ("rule", "service", "age", "month"):
        assert theme_patterns(casework, engine, POLICY, by).empty
    assert actions_and_lists(casework, POLICY, "kind").empty
    assert time_to_permanence(casework, engine, POLICY).decisions == 0


def test_a_way_that_is_none_is_refused(casework, engine):
    with pytest.raises(CaseworkError, match="cannot be shown by 'shoe_size'"):
        theme_patterns(casework, engine, POLICY, "shoe_size")
    with pytest.raises(CaseworkError, match="use kind or theme"):
        actions_and_lists(casework, POLICY, "owner")


def test_time_to_permanence_counts_the_open_as_open(casework, engine):
    """Every child who was ever in care is given a decision at one early panel; plain Python then reads the same rows."""
    day = date(2025, 10, 31)
    with engine.view(asking(roles=None), (engine.as_at,)) as cursor:
        children = [row[0] for row in cursor.execute(
            "select distinct clae_person_id from ssd_cla_episodes where clae_cla_episode_ceased_date is null "
            "or clae_cla_episode_ceased_date > $day order by 1 limit 60", {"day": day}).fetchall()]  # fmt: skip
        adopted = dict(cursor.execute(
            "select clae_person_id, clae_cla_episode_ceased_date from ssd_cla_episodes "
            "where clae_cla_episode_ceased_reason in ('E11', 'E12')").fetchall())  # fmt: skip
    held = plan_panel(casework, POLICY, day, "Pat")
    for child in children:
        _say(casework, held, child, decision="Go on.")
    answer = time_to_permanence(casework, engine, POLICY)
    facts = panel_facts(engine, dict.fromkeys(children, day))
    waited = [(found.date() - day).days for found in facts["permanence_date"].dropna()]
    assert answer.decisions == len(children) == answer.reached + answer.still_open + answer.left_otherwise
    assert (answer.reached, answer.median_days) == (len(waited), median(waited) if waited else None)
    assert answer.open_median_days == (engine.as_at - day).days
    assert sum(route.children for route in answer.routes) == answer.reached
    reached = set(facts.loc[facts["permanence_date"].notna(), "child_id"])
    assert {child for child in children if child in adopted and adopted[child] >= day} <= reached


def test_a_decision_that_a_later_panel_repeats_counts_from_the_first(casework, engine, listed):
    child = listed["child_id"].iloc[0]
    for day in (date(2026, 10, 5), date(2026, 9, 7)):
        _say(casework, plan_panel(casework, POLICY, day, "Pat"), child, decision="Go on.")
    answer = time_to_permanence(casework, engine, POLICY)
    if answer.still_open:
        assert answer.open_median_days == (engine.as_at - date(2026, 9, 7)).days
    assert answer.decisions == 1


def test_actions_are_set_beside_what_the_next_frozen_lists_say(casework, engine, listed):
    """Lists frozen as at an earlier day, then as at the night: who was on the first and not on the second is off."""
    before = engine.children(POLICY, [RULE], asking(roles=None), date(2026, 9, 30))
    off = sorted(set(before["child_id"]) - set(listed["child_id"]))[:2]
    still = sorted(set(before["child_id"]) & set(listed["child_id"]))[:2]
    assert off
    assert still
    first = freeze(casework, engine, POLICY, date(2026, 10, 5), "Pat", PACK, as_at=date(2026, 9, 30))
    build_agenda(casework, first.id, engine, [RULE], "Pat")
    for child in off + still:
        _say(casework, first, child, "court_delay")
        done = Action(first.id, child, "Ring.", kind="court", state=DONE, done_date=date(2026, 10, 20))
        save_action(casework, done, "Pat")
    waiting = actions_and_lists(casework, POLICY, "kind").iloc[0]
    assert (waiting["actions"], waiting["off"], waiting["still"], waiting["not_yet"]) == (
        len(off + still),
        0,
        0,
        len(off + still),
    )
    freeze(casework, engine, POLICY, date(2026, 11, 2), "Pat", PACK)
    for by, group in (("kind", "court"), ("theme", "court_delay")):
        (row,) = actions_and_lists(casework, POLICY, by).to_dict("records")
        assert (row["group"], row["actions"], row["off"], row["still"], row["not_yet"]) == (
            group, len(off + still), len(off), len(still), 0,
        )  # fmt: skip


@pytest.mark.parametrize(("done", "known"), [(date(2026, 11, 2), True), (date(2026, 11, 3), False)])
def test_what_was_done_after_a_panel_is_not_judged_by_its_lists(casework, engine, listed, done, known):
    first = freeze(casework, engine, POLICY, date(2026, 10, 31), "Pat", PACK)
    build_agenda(casework, first.id, engine, [RULE], "Pat")
    freeze(casework, engine, POLICY, date(2026, 11, 2), "Pat", PACK)
    save_action(casework, Action(first.id, listed["child_id"].iloc[0], "Ring.", state=DONE, done_date=done), "Pat")
    (row,) = actions_and_lists(casework, POLICY, "kind").to_dict("records")
    assert (row["still"], row["not_yet"]) == ((1, 0) if known else (0, 1))


def test_a_frozen_panels_lists_are_what_drift_calls_reported(casework, engine, held, listed):
    reported = frozen_lists(casework, held.id)
    assert (reported.source, reported.as_at, reported.night_name) == ("panel", engine.as_at, engine.night.name)
    assert reported.figures(asking())[RULE] == len(listed)
    assert set(reported.counted) | set(reported.absences) == {rule.id for rule in engine.policies[POLICY].rules}
