"""Freezing a panel with its pack: the one way, for the page and the command line."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from casework.database import Casework
from casework.freezing import freeze
from casework.frozen import Pack
from casework.records import Panel
from metrics.engine import Engine
from metrics.scope import Scope
from packs.answers import ask
from packs.drift_answers import ask_drift
from packs.panel import panel_workbook


def pack_to_freeze(engine: Engine, panel_date: date, policy_id: str | None = None, as_at: date | None = None) -> Pack:
    """The panel's pack as it stands, for the policy (the first in use) and day (the night's own). It names no restricted child."""
    policy = policy_id or next(iter(engine.policies))
    content = BytesIO()
    panel_workbook(ask(engine, policy, as_at, Scope()), ask_drift(engine, policy, as_at)).save(content)
    return Pack(f"permanence-panel-{policy}-{panel_date:%Y-%m-%d}.xlsx", content.getvalue())


def freeze_panel(
    casework: Casework, engine: Engine, policy_id: str, panel_date: date, who: str, as_at: date | None = None
) -> Panel:
    """Freeze a panel's lists and figures with its pack, as at a day (the night's own unless given).

    Raises CaseworkError and QuestionError (``casework.freezing``).
    """
    pack = pack_to_freeze(engine, panel_date, policy_id, as_at)
    return freeze(casework, engine, policy_id, panel_date, who, pack, as_at)
