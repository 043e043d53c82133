"""What a reader may not see of the panel's records: the children whose records are restricted are counted and never named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from casework.records.actor import Actor
from casework.records.errors import CaseworkError
from casework.records.kept_models import FrozenListRow
from casework.records.models import ActionRow, AgendaRow, DiscussionRow, NoteRow
from casework.records.records import Action, AgendaItem, Discussion
from casework.storage.database import Casework
from metrics.engine.engine import Engine
from metrics.engine.people import restricted_children
from metrics.engine.scope import Scope
from words.labels import RESTRICTED_RECORD

KNOW_CHILDREN = (AgendaRow, DiscussionRow, ActionRow, NoteRow, FrozenListRow)
NOBODY: frozenset[str] = frozenset()


def hidden_children(casework: Casework, engine: Engine, scope: Scope, *days: date) -> frozenset[str]:
    """The children whose records this scope's roles may not see (``restricted_children``), and those of the records whom it does not reach.

    While names are withheld, also those whom only the records know: the night that is shown may be older than they are.
    """
    hidden = restricted_children(engine, scope, *days)
    withheld = engine.withheld is not None and scope.roles is not None
    if not withheld and scope.reach is None:
        return hidden
    with casework.reading() as session:
        every = frozenset().union(*(session.scalars(select(table.child_id).distinct()).all() for table in KNOW_CHILDREN))
    return hidden | (every if withheld else Actor("", frozenset(), engine, scope).outside(every))


def masked_item(item: AgendaItem, hidden: frozenset[str]) -> AgendaItem:
    """An agenda item as somebody sees it who may not see the ``hidden`` children."""
    return replace(item, child_id=RESTRICTED_RECORD, reason="") if item.child_id in hidden else item


def masked_discussion(discussion: Discussion, hidden: frozenset[str]) -> Discussion:
    """A discussion as somebody sees it who may not see the ``hidden`` children: that there was one, with none of its words."""
    if discussion.child_id not in hidden:
        return discussion
    return Discussion(discussion.panel_id, RESTRICTED_RECORD, id=discussion.id, version=discussion.version)


def masked_action(action: Action, hidden: frozenset[str]) -> Action:
    """An action as somebody sees it who may not see the ``hidden`` children: when it is due and whether it is done, and no words."""
    if action.child_id not in hidden:
        return action
    return replace(action, child_id=RESTRICTED_RECORD, text=RESTRICTED_RECORD, owner="", outcome_note="")


def check_seen(child_id: str, hidden: Iterable[str] = ()) -> str:
    """The child's identifier. Raises CaseworkError for none, and for a child whose record the person may not see."""
    child = (child_id or "").strip()
    if not child:
        raise CaseworkError("Enter which child this is about.")
    if child == RESTRICTED_RECORD or child in set(hidden):
        raise CaseworkError("This child's record is restricted. Ask somebody whose role allows access to record this.")
    return child
