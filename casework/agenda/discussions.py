"""What a panel said about a child. ``hidden`` (casework.changes.restricted.hidden_children) is what the reader may not see."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from casework.changes.restricted import check_seen, masked_discussion
from casework.changes.saving import read, save
from casework.panels import panel
from casework.records.errors import CaseworkError
from casework.records.models import DiscussionRow, PanelRow
from casework.records.records import Discussion
from casework.storage.database import Casework
from words.dates import british


def discussions(casework: Casework, panel_id: int, hidden: frozenset[str]) -> tuple[Discussion, ...]:
    """What a panel said about every child that it discussed, in the order of the writing."""
    with casework.reading() as session:
        found = session.scalars(select(DiscussionRow).where(DiscussionRow.panel_id == panel_id).order_by(DiscussionRow.id))
        return tuple(masked_discussion(read(session, Discussion, row), hidden) for row in found)


def discussion(casework: Casework, panel_id: int, child_id: str, hidden: frozenset[str]) -> Discussion:
    """What a panel said about a child; an empty one, in version 0, to begin from where it has said nothing yet."""
    child = check_seen(child_id, hidden)
    with casework.reading() as session:
        row = session.scalar(select(DiscussionRow).where(DiscussionRow.panel_id == panel_id, DiscussionRow.child_id == child))
        return read(session, Discussion, row) if row else Discussion(panel_id, child)


def child_discussions(casework: Casework, child_id: str, hidden: frozenset[str]) -> tuple[Discussion, ...]:
    """Everything that panels have said about a child, newest panel first."""
    child = check_seen(child_id, hidden)
    with casework.reading() as session:
        found = session.scalars(
            select(DiscussionRow)
            .join(PanelRow, PanelRow.id == DiscussionRow.panel_id)
            .where(DiscussionRow.child_id == child)
            .order_by(PanelRow.panel_date.desc(), DiscussionRow.id.desc())
        )
        return tuple(read(session, Discussion, row) for row in found)


def save_discussion(casework: Casework, changed: Discussion, who: str) -> Discussion:
    """Keep what a panel said about a child, merged with what others saved since ``changed.version``.

    Barriers merge as a set. Raises EditedMeanwhile where somebody else changed the same words (casework.changes.saving), CaseworkError
    for a barrier that is not of the list or a next panel that is not after this one.
    """
    child = check_seen(changed.child_id)
    held = panel(casework, changed.panel_id)
    if changed.next_panel_date and changed.next_panel_date <= held.panel_date:
        raise CaseworkError(
            f"The next panel for a child must be after this one of {held.when}; {british(changed.next_panel_date)} is not."
        )
    return save(casework, replace(changed, child_id=child, themes=frozenset(changed.themes)), who)
