"""The coded list of barriers, which the council edits: relabelled, put in order, taken off the list offered; a code never changes."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy import func, select

from casework.changes.saving import read, save
from casework.records.errors import CaseworkError
from casework.records.models import DiscussionThemeRow, ThemeRow
from casework.records.records import Theme
from casework.storage.database import Casework

CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")


def themes(casework: Casework, active_only: bool = False) -> tuple[Theme, ...]:
    """The barriers in their order; ``active_only`` those that are offered."""
    with casework.reading() as session:
        found = session.scalars(select(ThemeRow).order_by(ThemeRow.place, ThemeRow.code))
        return tuple(read(session, Theme, row) for row in found if row.active or not active_only)


def add_theme(casework: Casework, label: str, who: str, code: str = "") -> Theme:
    """A new barrier at the end of the list; its code is made from the label unless given. Raises CaseworkError for a code in use."""
    code = code or re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")[:60]
    known = themes(casework)
    if any(theme.code == code for theme in known):
        raise CaseworkError(f"There is a theme '{code}' already; change its label, or give the new one another code.")
    place = max((theme.place for theme in known), default=0) + 1
    return save_theme(casework, Theme(code, label, place=place), who)


def save_theme(casework: Casework, theme: Theme, who: str) -> Theme:
    """Keep a barrier's label, order and whether it is offered. Raises EditedMeanwhile (casework.changes.saving)."""
    label = " ".join(theme.label.split())
    if not label:
        raise CaseworkError("A theme needs a label.")
    if not CODE.fullmatch(theme.code):
        raise CaseworkError(f"'{theme.code}' cannot be a theme's code: small letters, figures and _, beginning with a letter.")
    return save(casework, replace(theme, label=label), who)


def themes_in_use(casework: Casework) -> dict[str, int]:
    """How many discussions name each barrier, by its code; zero for one that none names."""
    with casework.reading() as session:
        counted = dict(
            session.execute(select(DiscussionThemeRow.theme_code, func.count()).group_by(DiscussionThemeRow.theme_code)).all()
        )
        return {code: counted.get(code, 0) for code in session.scalars(select(ThemeRow.code).order_by(ThemeRow.place))}
