"""The tables of the panel's records that people write in: panels, agendas, discussions, actions, themes, commentary.

Every one of them is ``Versioned``: it is changed only through ``casework.changes.saving``, which writes a ``Revision`` beside each change.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import JSON, CheckConstraint, DateTime, ForeignKey, MetaData, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator):
    """A moment, in UTC whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {str: Text, datetime: Moment}


class Versioned:
    """A record that people change: the version counts its changes, from 1."""

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


class PanelRow(Versioned, Base):
    """One meeting of the panel of one policy: of an area of the council, or of the whole of it (area empty). ``lists`` and ``services``:
    what its agenda was made from, as it was last chosen."""

    __tablename__ = "panel"
    __table_args__ = (
        UniqueConstraint("policy_id", "panel_date", "area"),
        CheckConstraint("status in ('open', 'closed')", name="status"),
    )
    policy_id: Mapped[str]
    panel_date: Mapped[date]
    area: Mapped[str]
    status: Mapped[str]
    notes: Mapped[str]
    lists: Mapped[list] = mapped_column(JSON)
    services: Mapped[list] = mapped_column(JSON)


class ThemeRow(Versioned, Base):
    """One barrier of the coded list. Its code never changes."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("code"),)
    code: Mapped[str]
    label: Mapped[str]
    active: Mapped[bool]
    place: Mapped[int]


class AgendaRow(Versioned, Base):
    """One child on one panel's agenda."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("panel_id", "child_id"),
        CheckConstraint("source in ('list', 'carried', 'off_list', 'by_hand')", name="source"),
    )
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    child_id: Mapped[str] = mapped_column(index=True)
    place: Mapped[int]
    source: Mapped[str]
    rules: Mapped[list] = mapped_column(JSON)
    carried_from: Mapped[int | None] = mapped_column(ForeignKey("panel.id"))
    reason: Mapped[str]
    removed: Mapped[bool]


class DiscussionRow(Versioned, Base):
    """What one panel said about one child."""

    __tablename__ = "discussion"
    __table_args__ = (UniqueConstraint("panel_id", "child_id"),)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    child_id: Mapped[str] = mapped_column(index=True)
    summary: Mapped[str]
    decision: Mapped[str]
    outcome: Mapped[str]
    next_panel_date: Mapped[date | None]


class DiscussionThemeRow(Base):
    """A barrier that a discussion named."""

    __tablename__ = "discussion_theme"
    discussion_id: Mapped[int] = mapped_column(ForeignKey("discussion.id"), primary_key=True)
    theme_code: Mapped[str] = mapped_column(ForeignKey("theme.code"), primary_key=True)


class ActionRow(Versioned, Base):
    """Something that someone has been asked to do for one child."""

    __tablename__ = "action"
    __table_args__ = (CheckConstraint("state in ('open', 'done', 'cancelled')", name="state"),)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), index=True)
    child_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    text: Mapped[str]
    owner: Mapped[str]
    due_date: Mapped[date | None]
    state: Mapped[str] = mapped_column(index=True)
    done_date: Mapped[date | None]
    outcome_note: Mapped[str]


class NoteRow(Versioned, Base):
    """What a person notes about a child outside panels. Who wrote it, and when, is in the history."""

    __tablename__ = "note"
    child_id: Mapped[str] = mapped_column(index=True)
    text: Mapped[str]
    withdrawn: Mapped[bool]


class CommentaryRow(Versioned, Base):
    """The words beside one measure of one pack of one period."""

    __tablename__ = "commentary"
    __table_args__ = (UniqueConstraint("kind", "period", "measure_id"),)
    kind: Mapped[str]
    period: Mapped[str]
    measure_id: Mapped[str]
    text: Mapped[str]


class RevisionRow(Base):
    """One change of one record: append-only. ``version`` is missing where the change was not applied."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("entity", "entity_id", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    entity: Mapped[str]
    entity_id: Mapped[int]
    version: Mapped[int | None]
    based_on: Mapped[int]
    before: Mapped[dict] = mapped_column(JSON)
    after: Mapped[dict] = mapped_column(JSON)
    who: Mapped[str]
    at: Mapped[datetime]
