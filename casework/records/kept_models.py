"""The tables that nothing may change once written: what a panel froze, and what was published. Triggers of the database keep it so."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.records.models import Base


class FrozenPanelRow(Base):
    """That a panel is frozen: over which night, when and by whom. Written last; after it nothing more can join the panel."""

    __tablename__ = "frozen_panel"
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True, autoincrement=False)
    as_at: Mapped[date]
    night_name: Mapped[str]
    night_hash: Mapped[str]
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[str]
    content_hash: Mapped[str]


class FrozenRuleRow(Base):
    """A rule as it was worded when the panel was frozen. ``out_of``: whom its figures are a share of, in words; empty in panels frozen
    before that was kept."""

    __tablename__ = "frozen_rule"
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True, autoincrement=False)
    rule: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    title: Mapped[str]
    wording: Mapped[str]
    limit_words: Mapped[str]
    missing: Mapped[str]
    out_of: Mapped[str | None]


class FrozenListRow(Base):
    """A child on a rule's list when the panel was frozen."""

    __tablename__ = "frozen_list"
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True, autoincrement=False)
    rule: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    service: Mapped[str]
    team: Mapped[str]
    worker: Mapped[str | None]
    since: Mapped[date | None]
    recorded_since: Mapped[date | None]
    observed_since: Mapped[date | None]
    limit_date: Mapped[date | None]
    days_over: Mapped[int]
    age: Mapped[int | None]
    in_care: Mapped[bool]
    detail: Mapped[str | None]


class FrozenFigureRow(Base):
    """A figure when the panel was frozen; ``children`` is missing where the rule had no figure. ``in_care``: the group's children in care.
    ``population``: those whom the figure is a share of; empty where that was not supplied, and in panels frozen before it was kept."""

    __tablename__ = "frozen_figure"
    __table_args__ = (UniqueConstraint("panel_id", "rule", "group_kind", "group_name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    rule: Mapped[str]
    group_kind: Mapped[str]
    group_name: Mapped[str]
    children: Mapped[int | None]
    in_care: Mapped[int]
    population: Mapped[int | None]


class FrozenPackRow(Base):
    """The workbook that the panel was given, byte for byte."""

    __tablename__ = "frozen_pack"
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True, autoincrement=False)
    file_name: Mapped[str]
    content: Mapped[bytes]
    sha256: Mapped[str]


class PublicationRow(Base):
    """A pack that was published: which cells it printed, and with which pattern of hidden ones."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("kind", "period", "sha256"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    period: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[str]
    night_name: Mapped[str]
    cells: Mapped[str]
    pattern: Mapped[str]
    sha256: Mapped[str]


class PublicationFileRow(Base):
    """A file of a published pack, byte for byte: its workbook, its document, and what the page shows of it."""

    __tablename__ = "publication_file"
    __table_args__ = (UniqueConstraint("publication_id", "what"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"))
    what: Mapped[str]
    content: Mapped[bytes]
    sha256: Mapped[str]


class DraftRow(Base):
    """A draft of a pack, as it was first made or made again: its figures, its pattern, and why figures differ from the draft before."""

    __tablename__ = "draft"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    period: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    night_name: Mapped[str]
    night_hash: Mapped[str]
    basis: Mapped[str]
    reasons: Mapped[str]
    cells: Mapped[bytes]
    answer: Mapped[bytes]


class ChainRow(Base):
    """The chain of hashes over the rows that are kept: each entry carries the hash of a row and that of the entry before."""

    __tablename__ = "chain"
    __table_args__ = (UniqueConstraint("table_name", "row_id"),)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    table_name: Mapped[str]
    row_id: Mapped[int]
    content: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]
