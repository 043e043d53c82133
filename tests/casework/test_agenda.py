"""Whom the agenda brings back, on which panel, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.agenda.actions import complete_action, save_action
from casework.agenda.agenda import add_to_agenda, agenda, build_agenda, remove_from_agenda
from casework.agenda.discussions import save_discussion
from casework.changes.history import history
from casework.changes.restricted import NOBODY
from casework.panels import plan_panel
from casework.records.errors import CaseworkError
from casework.records.records import BY_HAND, CARRIED, FROM_LIST, OFF_LIST, Action, Discussion
from tests.support.scopes import asking

FIRST, SECOND = date(2026, 11, 2), date(2026, 12, 7)
RULE = "return_home_6m"
# No child of the synthetic county: a child who is on no list.
GONE = "GONE1"


@pytest.fixture
def first(casework):
    return plan_panel(casework, "hertfordshire", FIRST, "Pat")


@pytest.fixture
def second(casework, first):
    return plan_panel(casework, "hertfordshire", SECOND, "Pat")


def _build(casework, engine, panel, rules=(RULE,), **asked):
    return {item.child_id: item for item in build_agenda(casework, panel.id, engine, rules, "Pat", **asked)}


def _discuss(casework, panel, child, **said):
    return save_discussion(casework, Discussion(panel.id, child, **said), "Pat")


def test_the_agenda_has_the_children_of_the_chosen_lists_longest_over_first(casework, engine, first):
    listed = engine.children("hertfordshire", [RULE], asking(roles=None))
    items = build_agenda(casework, first.id, engine, [RULE], "Pat")
    days = dict(zip(listed["child_id"], listed["days_over"], strict=True))
    assert {item.child_id for item in items} == set(days)
    assert {item.source for item in items} == {FROM_LIST}
    assert all(item.rules == (RULE,) for item in items)
    assert [item.place for item in items] == list(range(1, len(items) + 1))


def test_services_narrow_the_lists(casework, engine, first):
    listed = engine.children("hertfordshire", [RULE], asking(roles=None))
    service = listed["service"].iloc[0]
    items = _build(casework, engine, first, services=(service,))
    assert set(items) == set(listed[listed["service"] == service]["child_id"])


def test_making_the_agenda_again_changes_nothing(casework, engine, first):
    once = build_agenda(casework, first.id, engine, [RULE], "Pat")
    assert build_agenda(casework, first.id, engine, [RULE], "Sam") == once


def test_a_narrower_choice_takes_off_what_only_the_lists_had_put_on(casework, engine, first):
    wide = _build(casework, engine, first, (RULE, "ltf_12m"))
    discussed = next(child for child, item in wide.items() if item.rules == ("ltf_12m",))
    _discuss(casework, first, discussed, summary="Talked about.")
    narrow = _build(casework, engine, first)
    assert discussed in narrow
    assert {child for child in wide if RULE in wide[child].rules} | {discussed} == set(narrow)
    again = _build(casework, engine, first, (RULE, "ltf_12m"))
    assert set(again) == set(wide)


@pytest.mark.parametrize(
    ("days_from_second", "comes_back"), [(-1, True), (0, True), (1, False)]
)  # the day before, the day of the panel, the day after
def test_a_child_with_an_outcome_comes_back_on_the_panel_that_was_named(
    casework, engine, first, second, days_from_second, comes_back
):
    named = SECOND + timedelta(days=days_from_second)
    _discuss(casework, first, GONE, outcome="Agreed.", next_panel_date=named)
    assert (GONE in _build(casework, engine, second)) == comes_back


def test_a_child_without_an_outcome_comes_back(casework, engine, first, second):
    _discuss(casework, first, GONE, summary="Talked about.")
    assert _build(casework, engine, second)[GONE].source == OFF_LIST


def test_a_child_with_an_outcome_and_nothing_open_does_not_come_back(casework, engine, first, second):
    _discuss(casework, first, GONE, outcome="Closed.")
    assert GONE not in _build(casework, engine, second)


def test_a_child_with_an_open_action_comes_back_until_it_is_done(casework, engine, first, second):
    _discuss(casework, first, GONE, outcome="Closed.")
    action = save_action(casework, Action(first.id, GONE, "Ring the court."), "Pat")
    assert _build(casework, engine, second)[GONE].source == OFF_LIST
    complete_action(casework, action, SECOND, "Done.", "Pat")
    assert GONE not in _build(casework, engine, second)


def test_a_discussed_child_still_on_a_list_is_carried_forward_first_with_the_panel_it_comes_from(casework, engine, first, second):
    child = list(_build(casework, engine, first))[-1]
    _discuss(casework, first, child, summary="Talked about.")
    item = _build(casework, engine, second)[child]
    assert (item.source, item.carried_from, item.rules) == (CARRIED, first.id, (RULE,))


def test_a_closed_child_who_is_still_on_a_list_comes_from_the_list(casework, engine, first, second):
    child = next(iter(_build(casework, engine, first)))
    _discuss(casework, first, child, outcome="Closed.")
    item = _build(casework, engine, second)[child]
    assert (item.source, item.carried_from) == (FROM_LIST, first.id)


def test_carried_children_come_whatever_rules_are_chosen(casework, engine, first, second):
    child = next(child for child, item in _build(casework, engine, first).items())
    _discuss(casework, first, child, summary="Talked about.")
    item = _build(casework, engine, second, ())[child]
    assert item.source == CARRIED
    assert RULE in item.rules


def test_the_last_panel_decides_not_the_one_before(casework, engine, first, second):
    _discuss(casework, first, GONE, summary="No outcome.")
    _discuss(casework, second, GONE, outcome="Closed.")
    third = plan_panel(casework, "hertfordshire", date(2027, 1, 4), "Pat")
    assert GONE not in _build(casework, engine, third)


def test_a_child_may_be_added_and_removed_by_hand_with_a_reason(casework, engine, first):
    item = add_to_agenda(casework, first.id, GONE, "The head of service asks.", "Pat", NOBODY)
    assert (item.source, item.reason) == (BY_HAND, "The head of service asks.")
    remove_from_agenda(casework, item, "Discussed elsewhere.", "Sam")
    assert agenda(casework, first.id, NOBODY) == ()
    (off,) = agenda(casework, first.id, NOBODY, removed=True)
    assert off.reason == "Discussed elsewhere."
    assert [revision.who for revision in history(casework, off, NOBODY)] == ["Sam", "Pat"]


@pytest.mark.parametrize("reason", ["", "  "])
def test_changing_the_agenda_by_hand_needs_a_reason(casework, first, reason):
    with pytest.raises(CaseworkError, match="Give a reason"):
        add_to_agenda(casework, first.id, GONE, reason, "Pat", NOBODY)


def test_what_was_removed_by_hand_stays_removed_when_the_agenda_is_made_again(casework, engine, first):
    item = next(iter(_build(casework, engine, first).values()))
    remove_from_agenda(casework, item, "Discussed elsewhere.", "Sam")
    assert item.child_id not in _build(casework, engine, first)


def test_a_restricted_child_is_on_the_agenda_and_not_named_to_those_without_the_role(casework, engine, first):
    hidden = frozenset(engine.children("hertfordshire", [RULE], asking(roles=None))["child_id"].iloc[:2])
    items = build_agenda(casework, first.id, engine, [RULE], "Pat", hidden=hidden)
    whole = agenda(casework, first.id, NOBODY)
    assert sum(item.restricted for item in items) == sum(item.child_id in hidden for item in whole) > 0
    assert not hidden & {item.child_id for item in items}
    masked = next(item for item in items if item.restricted)
    with pytest.raises(CaseworkError, match="restricted"):
        remove_from_agenda(casework, masked, "Because.", "Pat")
    with pytest.raises(CaseworkError, match="restricted"):
        add_to_agenda(casework, first.id, min(hidden), "Because.", "Pat", hidden)


def test_an_item_knows_its_version(casework, engine, first):
    item = next(iter(_build(casework, engine, first).values()))
    changed = remove_from_agenda(casework, item, "Because.", "Pat")
    assert changed == replace(item, removed=True, reason="Because.", version=2)
