"""What people are to do for a child, by when. ``hidden`` (casework.changes.restricted.hidden_children) is what the reader may not see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from casework.changes.restricted import check_seen, masked_action
from casework.changes.saving import allowed, read, save, save_in
from casework.panels import panel
from casework.records.errors import CaseworkError
from casework.records.models import ActionRow
from casework.records.records import ACTION_KINDS, CANCELLED, DONE, OPEN, Action
from casework.storage.database import Casework

STATES = (OPEN, DONE, CANCELLED)


def actions(
    casework: Casework,
    hidden: frozenset[str],
    panel_id: int | None = None,
    child_id: str | None = None,
    state: str | None = None,
) -> tuple[Action, ...]:
    """The actions of a panel, of a child, in a state, or all of them: soonest due first, those without a date last.

    On a page only those of the children whom its reader may see.
    """
    asked = select(ActionRow)
    if panel_id is not None:
        asked = asked.where(ActionRow.panel_id == panel_id)
    if child_id is not None:
        asked = asked.where(ActionRow.child_id == check_seen(child_id, hidden))
    if state is not None:
        asked = asked.where(ActionRow.state == state)
    with casework.reading() as session:
        found = [read(session, Action, row) for row in session.scalars(asked)]
    if casework.actor:
        outside = casework.actor.outside(action.child_id for action in found)
        found = [action for action in found if action.child_id not in outside]
    found.sort(key=lambda action: (action.due_date or date.max, action.id))
    return tuple(masked_action(action, hidden) for action in found)


def actions_to_chase(casework: Casework, on: date, hidden: frozenset[str]) -> tuple[Action, ...]:
    """Every open action whose due date is before the day, longest overdue first, whether or not the child is still on a list.

    What is due on the day itself is not overdue.
    """
    return tuple(action for action in actions(casework, hidden, state=OPEN) if action.overdue(on))


def save_action(casework: Casework, changed: Action, who: str) -> Action:
    """Keep an action, new or changed, merged with what others saved since ``changed.version``.

    An action that is done says on which date. Raises EditedMeanwhile
    (casework.changes.saving) and CaseworkError.
    """
    return save(casework, _checked(casework, changed), who)


def give_action(
    casework: Casework, new: Action, child_ids: Iterable[str], who: str, hidden: frozenset[str]
) -> tuple[Action, ...]:
    """Keep a new action for each of some children, all of them or none. Raises CaseworkError, for no child too."""
    child_ids = tuple(child_ids)
    name = allowed(casework, who, Action, *child_ids)
    wanted = [_checked(casework, replace(new, child_id=check_seen(child, hidden))) for child in dict.fromkeys(child_ids)]
    if not wanted:
        raise CaseworkError("Choose which children the action is for.")
    with casework.writing() as session:
        return tuple(save_in(session, action, name)[0] for action in wanted)


def _checked(casework: Casework, changed: Action) -> Action:
    """An action as it may be kept. Raises CaseworkError."""
    child = check_seen(changed.child_id)
    panel(casework, changed.panel_id)
    if not changed.text.strip():
        raise CaseworkError("Enter what is to be done.")
    if changed.state not in STATES:
        raise CaseworkError(f"'{changed.state}' is not the state of an action; use {', '.join(STATES)}.")
    if changed.kind not in ACTION_KINDS:
        raise CaseworkError(f"'{changed.kind}' is not a kind of action; use {', '.join(ACTION_KINDS)}.")
    if (changed.state == DONE) != (changed.done_date is not None):
        raise CaseworkError("Give the date for an action that is done, and leave it empty for any other action.")
    return replace(changed, child_id=child, text=changed.text.strip(), owner=changed.owner.strip())


def complete_action(casework: Casework, action: Action, on: date, outcome_note: str, who: str) -> Action:
    """Say that an action was done on a day, and what came of it."""
    return save_action(casework, replace(action, state=DONE, done_date=on, outcome_note=outcome_note), who)
