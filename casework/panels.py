"""The panels: planned for a date, frozen once, and closed when the clerk has finished."""

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
    """Every panel, or those of one policy, newest first."""
    with casework.reading() as session:
        return panels_in(session, policy_id)


def panel(casework: Casework, panel_id: int) -> Panel:
    """One panel. Raises CaseworkError when there is none of that number."""
    with casework.reading() as session:
        return panel_in(session, panel_id)


def find_panel(casework: Casework, policy_id: str, panel_date: date) -> Panel | None:
    """The panel of a policy on a date, or None."""
    return next((found for found in panels(casework, policy_id) if found.panel_date == panel_date), None)


def previous_panel(casework: Casework, panel_id: int) -> Panel | None:
    """The panel of the same policy before this one, or None."""
    with casework.reading() as session:
        earlier = earlier_panels(session, panel_in(session, panel_id))
    return earlier[0] if earlier else None


def plan_panel(casework: Casework, policy_id: str, panel_date: date, who: str, notes: str = "") -> Panel:
    """The panel of a policy on a date, made when there is none yet."""
    found = find_panel(casework, policy_id, panel_date)
    return found or save_panel(casework, Panel(policy_id, panel_date, notes=notes), who)


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
    asked = asked.order_by(PanelRow.panel_date.desc(), PanelRow.policy_id)
    return tuple(_panel(session, *row) for row in session.execute(asked))


def panel_in(session: Session, panel_id: int) -> Panel:
    """As ``panel``, in an open session."""
    row = session.get(PanelRow, panel_id)
    if row is None:
        raise CaseworkError(f"There is no panel number {panel_id}.")
    return _panel(session, row, session.get(FrozenPanelRow, panel_id))


def earlier_panels(session: Session, this: Panel) -> tuple[Panel, ...]:
    """The panels of the same policy before this one, newest first."""
    return tuple(found for found in panels_in(session, this.policy_id) if found.panel_date < this.panel_date)


def _panel(session: Session, row: PanelRow, frozen: FrozenPanelRow | None) -> Panel:
    return replace(read(session, Panel, row), freeze=_freeze(frozen) if frozen else None)


def _freeze(row: FrozenPanelRow) -> Freeze:
    return Freeze(row.as_at, row.night_name, row.night_hash, row.frozen_at, row.frozen_by, row.content_hash)
