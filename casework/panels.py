"""The panels: planned for a date and an area or the whole council, frozen once, and closed when the clerk has finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.changes.saving import read, save
from casework.records.errors import CaseworkError
from casework.records.kept_models import FrozenPanelRow
from casework.records.models import PanelRow
from casework.records.records import CLOSED, OPEN, Freeze, Panel
from casework.storage.database import Casework


def panels(casework: Casework, policy_id: str | None = None) -> tuple[Panel, ...]:
    """Every panel, or those of one policy, newest first; of one day that of the whole council, then those of areas by name."""
    with casework.reading() as session:
        return panels_in(session, policy_id)


def panel(casework: Casework, panel_id: int) -> Panel:
    """One panel. Raises CaseworkError when there is none of that number."""
    with casework.reading() as session:
        return panel_in(session, panel_id)


def find_panel(casework: Casework, policy_id: str, panel_date: date, area: str = "") -> Panel | None:
    """The panel of a policy on a date, of an area or ("") of the whole council; None where there is none."""
    held = panels(casework, policy_id)
    return next((found for found in held if (found.panel_date, found.area) == (panel_date, area)), None)


def previous_panel(casework: Casework, panel_id: int) -> Panel | None:
    """The panel of the same policy and area before this one, or None."""
    with casework.reading() as session:
        this = panel_in(session, panel_id)
        return next((found for found in earlier_panels(session, this) if found.area == this.area), None)


def plan_panel(casework: Casework, policy_id: str, panel_date: date, who: str, notes: str = "", area: str = "") -> Panel:
    """The panel of a policy on a date, made when there is none yet. ``area``: as ``metrics.answers.kinds.kinds.area_named`` knows it."""
    found = find_panel(casework, policy_id, panel_date, area)
    return found or save_panel(casework, Panel(policy_id, panel_date, area, notes=notes), who)


def save_panel(casework: Casework, changed: Panel, who: str) -> Panel:
    """Keep a panel's notes and status. Raises EditedMeanwhile (casework.changes.saving)."""
    if changed.status not in (OPEN, CLOSED):
        raise CaseworkError(f"'{changed.status}' is not the state of a panel; use open or closed.")
    return panel(casework, save(casework, changed, who).id)


def close_panel(casework: Casework, panel_id: int, who: str) -> Panel:
    """Say that a panel's record is finished. What was written stays readable and can be opened again."""
    return save_panel(casework, replace(panel(casework, panel_id), status=CLOSED), who)


def panels_in(session: Session, policy_id: str | None = None) -> tuple[Panel, ...]:
    """As ``panels``, in an open session."""
    asked = select(PanelRow, FrozenPanelRow).outerjoin(FrozenPanelRow, FrozenPanelRow.panel_id == PanelRow.id)
    if policy_id is not None:
        asked = asked.where(PanelRow.policy_id == policy_id)
    asked = asked.order_by(PanelRow.panel_date.desc(), PanelRow.policy_id, PanelRow.area)
    return tuple(_panel(session, *row) for row in session.execute(asked))


def panel_in(session: Session, panel_id: int) -> Panel:
    """As ``panel``, in an open session."""
    row = session.get(PanelRow, panel_id)
    if row is None:
        raise CaseworkError(f"There is no panel number {panel_id}.")
    return _panel(session, row, session.get(FrozenPanelRow, panel_id))


def earlier_panels(session: Session, this: Panel) -> tuple[Panel, ...]:
    """The panels of the same policy before the day of this one, of every area, newest first."""
    return tuple(found for found in panels_in(session, this.policy_id) if found.panel_date < this.panel_date)


def _panel(session: Session, row: PanelRow, frozen: FrozenPanelRow | None) -> Panel:
    return replace(read(session, Panel, row), freeze=_freeze(frozen) if frozen else None)


def _freeze(row: FrozenPanelRow) -> Freeze:
    return Freeze(row.as_at, row.night_name, row.night_hash, row.frozen_at, row.frozen_by, row.content_hash)
