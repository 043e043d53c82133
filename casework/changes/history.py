"""Who changed what, and when. Nothing is ever taken out of it."""

from __future__ import annotations

from sqlalchemy import select

from casework.changes.restricted import check_seen
from casework.changes.saving import KINDS, from_text
from casework.records.models import RevisionRow
from casework.records.records import Action, AgendaItem, Change, Commentary, Discussion, Note, Panel, Revision, Theme
from casework.storage.database import Casework


def history(
    casework: Casework, record: Panel | Theme | AgendaItem | Discussion | Action | Note | Commentary, hidden: frozenset[str]
) -> tuple[Revision, ...]:
    """The changes of one record (a panel, theme, agenda item, discussion, action, note or commentary), newest first.

    Words that met another's and were not applied are there too, marked. Raises CaseworkError for a restricted child's record.
    """
    if hasattr(record, "child_id"):
        check_seen(record.child_id, hidden)
    asked = (
        select(RevisionRow)
        .where(RevisionRow.entity == KINDS[type(record)][1], RevisionRow.entity_id == record.id)
        .order_by(RevisionRow.id.desc())
    )
    with casework.reading() as session:
        return tuple(_revision(row) for row in session.scalars(asked))


def _revision(row: RevisionRow) -> Revision:
    changes = [
        Change(name, from_text(name, row.before.get(name)), from_text(name, value))
        for name, value in row.after.items()
        if row.before.get(name) != value
    ]
    return Revision(row.version, row.based_on, tuple(changes), row.who, row.at, row.version is not None)
