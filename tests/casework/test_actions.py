"""Actions: what may be written, and which are chased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casework.agenda.actions import actions, actions_to_chase, complete_action, save_action
from casework.changes.restricted import NOBODY
from casework.records.errors import CaseworkError
from casework.records.records import CANCELLED, DONE, RESTRICTED_RECORD, Action

DUE = date(2026, 11, 30)


@pytest.fixture
def action(casework, panel):
    return save_action(casework, Action(panel.id, "C1", "Ring the court.", "Ann", DUE, "court"), "Pat")


@pytest.mark.parametrize(("on", "chased"), [(date(2026, 11, 29), False), (date(2026, 11, 30), False), (date(2026, 12, 1), True)])
def test_an_action_is_overdue_from_the_day_after_it_was_due(casework, action, on, chased):
    assert actions_to_chase(casework, on, NOBODY) == ((action,) if chased else ())
    assert action.overdue(on) == chased


def test_a_done_or_cancelled_action_is_not_chased(casework, action):
    done = complete_action(casework, action, date(2026, 12, 24), "The court answered.", "Ann")
    assert (done.state, done.done_date, done.outcome_note) == (DONE, date(2026, 12, 24), "The court answered.")
    other = save_action(casework, Action(action.panel_id, "C2", "Ask again.", due_date=DUE), "Pat")
    save_action(casework, replace(other, state=CANCELLED), "Pat")
    assert actions_to_chase(casework, date(2027, 1, 31), NOBODY) == ()


def test_an_action_without_a_date_is_open_and_never_overdue(casework, panel):
    action = save_action(casework, Action(panel.id, "C1", "Some day."), "Pat")
    assert actions(casework, NOBODY, child_id="C1") == (action,)
    assert actions_to_chase(casework, date(2099, 1, 1), NOBODY) == ()


def test_the_longest_overdue_comes_first(casework, action):
    older = save_action(casework, Action(action.panel_id, "C2", "Older.", due_date=date(2026, 11, 1)), "Pat")
    assert actions_to_chase(casework, date(2027, 1, 1), NOBODY) == (older, action)


def test_a_restricted_childs_action_is_counted_without_its_words(casework, action):
    (seen,) = actions_to_chase(casework, date(2027, 1, 1), frozenset({"C1"}))
    assert (seen.child_id, seen.text, seen.owner, seen.due_date) == (RESTRICTED_RECORD, RESTRICTED_RECORD, "", DUE)
    with pytest.raises(CaseworkError, match="restricted"):
        actions(casework, frozenset({"C1"}), child_id="C1")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": "  "}, "what is to be done"),
        ({"state": "finished"}, "'finished' is not the state"),
        ({"kind": "magic"}, "'magic' is not a kind"),
        ({"state": DONE}, "Give the date"),
        ({"done_date": DUE}, "Give the date"),
        ({"child_id": ""}, "which child"),
        ({"panel_id": 99}, "no panel number 99"),
    ],
)
def test_what_an_action_cannot_say_is_refused(casework, panel, change, says):
    with pytest.raises(CaseworkError, match=says):
        save_action(casework, replace(Action(panel.id, "C1", "Ring the court."), **change), "Pat")
    assert actions(casework, NOBODY) == ()
