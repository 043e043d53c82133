"""The one way in which a record of the panel is changed: merged with what others saved in the meantime, and its history written.

A record is a frozen dataclass with ``id`` and ``version``. The version says what the change was built on: where the record has
moved on since, the two are merged field by field
(``casework.records.merging``). A field that both changed is refused with EditedMeanwhile, and
what was written is kept in the history as not applied. Nobody's words are lost.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casework.changes.restricted import hidden_children
from casework.records.errors import CaseworkError, EditedMeanwhile
from casework.records.merging import merge
from casework.records.models import (
    ActionRow,
    AgendaRow,
    CommentaryRow,
    DiscussionRow,
    DiscussionThemeRow,
    NoteRow,
    PanelRow,
    RevisionRow,
    ThemeRow,
    Versioned,
)
from casework.records.records import Action, AgendaItem, Commentary, Discussion, Note, Panel, Theme
from casework.storage.database import Casework
from words.dates import british

# Each record: its table, its name in the history, its key (fixed once made, and unique, where it has one).
KINDS: dict[type, tuple[type[Versioned], str, tuple[str, ...]]] = {
    Panel: (PanelRow, "panel", ("policy_id", "panel_date", "area")),
    Theme: (ThemeRow, "theme", ("code",)),
    AgendaItem: (AgendaRow, "agenda_item", ("panel_id", "child_id")),
    Discussion: (DiscussionRow, "discussion", ("panel_id", "child_id")),
    Action: (ActionRow, "action", ()),
    Note: (NoteRow, "note", ()),
    Commentary: (CommentaryRow, "commentary", ("kind", "period", "measure_id")),
}
# What no change touches: the record's own numbers, what it is about, and what stands in other tables.
FIXED = {
    Panel: ("policy_id", "panel_date", "area", "freeze"),
    Theme: ("code",),
    AgendaItem: ("panel_id", "child_id"),
    Discussion: ("panel_id", "child_id"),
    Action: ("panel_id", "child_id"),
    Note: ("child_id",),
    Commentary: ("kind", "period", "measure_id"),
}
LONGEST_NAME = 200
LONGEST_TEXT = 10_000
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
Record = TypeVar("Record", Panel, Theme, AgendaItem, Discussion, Action, Note, Commentary)


def person(who: str) -> str:
    """The name of the person who writes. Raises CaseworkError for none: nothing is written that nobody wrote."""
    name = " ".join((who or "").split())
    if not name or len(name) > LONGEST_NAME:
        raise CaseworkError("Enter your name: every change is recorded with the name of the person who made it.")
    return name


def allowed(casework: Casework, who: str, kind: type, *child_ids: str) -> str:
    """The name under which a change is recorded: the person's who has signed in, whatever is given; else ``who``.

    Raises CaseworkError where the person may not write records of this kind, or about one of the children.
    """
    actor = casework.actor
    if actor is None:
        return person(who)
    if kind not in actor.kinds:
        raise CaseworkError("None of your roles allows this change, so nothing was saved.")
    about = frozenset(child for child in child_ids if child)
    if about & (actor.outside(about) | hidden_children(casework, actor.engine, actor.scope)):
        raise CaseworkError("No child with that identifier, or you do not have access.")
    return person(actor.name or who)


def save(casework: Casework, record: Record, who: str) -> Record:
    """Keep a record, new (version 0) or changed, and give it back as it is now, merged with what others saved in the meantime.

    Raises EditedMeanwhile where somebody else changed the same field since ``record.version``.
    """
    name = allowed(casework, who, type(record), getattr(record, "child_id", ""))
    with casework.writing() as session:
        saved, refused = save_in(session, record, name)
    if refused:
        raise refused
    return saved


def save_in(session: Session, record: Record, who: str) -> tuple[Record, EditedMeanwhile | None]:
    """As ``save``, inside a transaction that is open; the refusal is handed back so that its revision is kept first."""
    _check_bounds(record)
    row = _row(session, record)
    mine = changeable(record)
    if row is None:
        row = _new_row(session, record)
    if row.version == 0:
        _write(session, row, record, _empty(record), mine, who, based_on=0)
        return read(session, type(record), row), None
    current = read(session, type(record), row)
    theirs = changeable(current)
    base = _state(session, record, row, record.version)
    merged, conflicts = merge(base, theirs, mine)
    if conflicts:
        other = _last(session, type(record), row.id)
        session.add(_revision(session, row, type(record), base, mine, who, None, record.version))
        return current, EditedMeanwhile(conflicts, current, record, other.who, other.at)
    if merged != theirs:
        _write(session, row, record, theirs, merged, who, record.version)
    return read(session, type(record), row), None


def _check_bounds(record: Record) -> None:
    """Refuse a text or a day that no field of a page takes: it was not typed there. Raises CaseworkError."""
    for field in fields(record):
        value = getattr(record, field.name)
        name = field.name.replace("_", " ")
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise CaseworkError(
                f"The text of '{name}' may have up to {LONGEST_TEXT:,} characters; this one has {len(value):,}. Shorten it."
            )
        if isinstance(value, date) and not isinstance(value, datetime) and not FIRST_DAY <= value <= LAST_DAY:
            raise CaseworkError(
                f"The date of '{name}' is {british(value)}; give one from {british(FIRST_DAY)} to {british(LAST_DAY)}."
            )


def changeable(record: Record) -> dict:
    """The fields of a record that people change, by name."""
    left_out = {"id", "version", *FIXED[type(record)]}
    return {field.name: getattr(record, field.name) for field in fields(record) if field.name not in left_out}


def read(session: Session, kind: type[Record], row: Versioned) -> Record:
    """A row as its record."""
    kept = {field.name: getattr(row, field.name) for field in fields(kind) if field.name not in ("themes", "freeze")}
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    if kind is Discussion:
        found = select(DiscussionThemeRow.theme_code).where(DiscussionThemeRow.discussion_id == row.id)
        values["themes"] = frozenset(session.scalars(found))
    return kind(**values)


def _row(session: Session, record: Record) -> Versioned | None:
    """The record's row, held until the transaction ends, found by its number or else by its key."""
    table, _, key = KINDS[type(record)]
    if not record.id and not key:
        return None
    # Two people who both begin a record find the one row: they write about the same child at the same panel.
    found = [table.id == record.id] if record.id else [getattr(table, name) == getattr(record, name) for name in key]
    row = session.scalar(select(table).where(*found).with_for_update().execution_options(populate_existing=True))
    about = [name for name in FIXED[type(record)] if name != "freeze"]
    if record.id and (row is None or any(getattr(row, name) != getattr(record, name) for name in about)):
        raise CaseworkError("This record is not in the panel's records, or is about somebody else; open it again.")
    return row


def _new_row(session: Session, record: Record) -> Versioned:
    """A row for a new record, in version 0 until it is written; where another has just made it, theirs, held."""
    table, _, key = KINDS[type(record)]
    values = {name: getattr(record, name) for name in FIXED[type(record)] if name != "freeze"}
    values |= {name: value for name, value in changeable(record).items() if name != "themes"}
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    insert = (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert(table).values(**values, version=0)
    if key:
        insert = insert.on_conflict_do_nothing(index_elements=list(key))
    made = session.scalar(insert.returning(table.id))
    found = [table.id == made] if made else [getattr(table, name) == getattr(record, name) for name in key]
    return session.scalars(select(table).where(*found).with_for_update().execution_options(populate_existing=True)).one()


def _empty(record: Record) -> dict:
    """What a record that nobody has written yet says: the defaults of its fields, or nothing."""
    defaults = {field.name: "" if field.default is MISSING else field.default for field in fields(record)}
    return {name: defaults[name] for name in changeable(record)}


def _state(session: Session, record: Record, row: Versioned, version: int) -> dict:
    """What the record said in one of its versions."""
    if version == 0:
        return _empty(record)
    entity = KINDS[type(record)][1]
    kept = session.scalar(
        select(RevisionRow.after).where(
            RevisionRow.entity == entity, RevisionRow.entity_id == row.id, RevisionRow.version == version
        )
    )
    if kept is None:
        raise CaseworkError(f"This record has no version {version}; open it again.")
    return {name: from_text(name, value) for name, value in all_fields(record, kept).items()}


def _write(session: Session, row: Versioned, record: Record, before: dict, after: dict, who: str, based_on: int) -> None:
    for name, value in after.items():
        if name == "themes":
            _write_themes(session, row.id, value)
        else:
            setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.version += 1
    session.flush()
    session.add(_revision(session, row, type(record), before, after, who, row.version, based_on))
    session.flush()


def _write_themes(session: Session, discussion_id: int, codes: frozenset[str]) -> None:
    known = set(session.scalars(select(ThemeRow.code)))
    if unknown := codes - known:
        raise CaseworkError(f"'{min(unknown)}' is not in the list of barriers; add it there first.")
    session.execute(delete(DiscussionThemeRow).where(DiscussionThemeRow.discussion_id == discussion_id))
    session.add_all(DiscussionThemeRow(discussion_id=discussion_id, theme_code=code) for code in sorted(codes))
    session.flush()


def _revision(
    session: Session, row: Versioned, kind: type, before: dict, after: dict, who: str, version: int | None, based_on: int
) -> RevisionRow:
    return RevisionRow(
        entity=KINDS[kind][1],
        entity_id=row.id,
        version=version,
        based_on=based_on,
        before={name: to_text(value) for name, value in before.items()},
        after={name: to_text(value) for name, value in after.items()},
        who=who,
        at=session.info["clock"](),
    )


def _last(session: Session, kind: type, entity_id: int) -> RevisionRow:
    newest = (
        select(RevisionRow)
        .where(RevisionRow.entity == KINDS[kind][1], RevisionRow.entity_id == entity_id, RevisionRow.version.is_not(None))
        .order_by(RevisionRow.version.desc())
        .limit(1)
    )
    return session.scalars(newest).one()


def all_fields(record: Record, kept: dict) -> dict:
    """What the history kept of a record, as JSON, with every field that there is now: one that was added since said nothing then."""
    return {name: to_text(value) for name, value in _empty(record).items()} | kept


def to_text(value: object) -> object:
    """A field's value as JSON can carry it."""
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else list(value) if isinstance(value, tuple) else value


def from_text(name: str, value: object) -> object:
    """A field's value as it was, from the JSON of the history."""
    if name.endswith("_date") and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, list):
        return frozenset(value) if name == "themes" else tuple(value)
    return value
