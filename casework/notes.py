"""Notes that people keep about a child outside panels. The child is looked for in the writer's and the reader's scope every time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from casework.changes.restricted import hidden_children
from casework.changes.saving import KINDS, read, save
from casework.records.errors import CaseworkError
from casework.records.models import NoteRow, RevisionRow
from casework.records.records import Note
from casework.storage.database import Casework
from metrics.answers.child.child import find_child
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope

LONGEST = 4000  # characters


@dataclass(frozen=True)
class Written:
    """A note with who wrote it and when, and who changed it last and when (the same where nobody has)."""

    note: Note
    who: str
    at: datetime
    changed_who: str
    changed_at: datetime


def notes(casework: Casework, engine: Engine, scope: Scope, child_id: str) -> tuple[Written, ...]:
    """The notes about a child, newest first, those that were withdrawn too. Raises CaseworkError for a child outside the scope."""
    child = _seen(casework, engine, scope, child_id)
    with casework.reading() as session:
        rows = session.scalars(select(NoteRow).where(NoteRow.child_id == child).order_by(NoteRow.id.desc())).all()
        asked = (
            select(RevisionRow)
            .where(RevisionRow.entity == KINDS[Note][1], RevisionRow.entity_id.in_([row.id for row in rows]))
            .where(RevisionRow.version.is_not(None))
            .order_by(RevisionRow.version)
        )
        changes: dict[int, list[RevisionRow]] = {}
        for revision in session.scalars(asked):
            changes.setdefault(revision.entity_id, []).append(revision)
        return tuple(_written(read(session, Note, row), changes[row.id]) for row in rows)


def save_note(casework: Casework, engine: Engine, scope: Scope, note: Note, who: str) -> Note:
    """Keep a note, new or changed, merged with what others saved since ``note.version``; the older words stay in its history.

    Raises CaseworkError for a child outside the scope, for no words and for too many, and EditedMeanwhile (casework.changes.saving).
    """
    _seen(casework, engine, scope, note.child_id)
    if not note.text.strip():
        raise CaseworkError("Write the note first. To take a note back, withdraw it.")
    if len(note.text) > LONGEST:
        raise CaseworkError(f"A note may have up to {LONGEST:,} characters; this one has {len(note.text):,}. Write two.")
    return save(casework, note, who)


def _seen(casework: Casework, engine: Engine, scope: Scope, child_id: str) -> str:
    """The child's identifier. Raises CaseworkError for a child who is not there, or whom the scope may not see."""
    if child_id not in find_child(engine, child_id, scope) or child_id in hidden_children(casework, engine, scope):
        raise CaseworkError(f"There is no child with the identifier {child_id}, or you do not have access.")
    return child_id


def _written(note: Note, changes: list[RevisionRow]) -> Written:
    first, last = changes[0], changes[-1]
    return Written(note, first.who, first.at, last.who, last.at)
