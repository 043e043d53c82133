"""Freezing a panel with its pack: the one way, for the page and the command line."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from casework.freezing.freezing import freeze
from casework.freezing.frozen import Pack, frozen_pack
from casework.panels import find_panel
from casework.records.records import Panel
from casework.storage.database import Casework
from data.file_names import file_name
from data.invented import check_named
from metrics.engine.engine import Engine
from metrics.engine.scope import NO_ROLES, Scope
from packs.panel.pack import panel_workbook
from packs.panel.questions import ask_pack
from packs.saving import as_bytes


def pack_to_freeze(
    engine: Engine,
    panel_date: date,
    policy_id: str | None = None,
    as_at: date | None = None,
    casework: Casework | None = None,
    area: str = "",
) -> Pack:
    """The panel's pack as it is, for the policy (the first in use) and day (the night's own). It names no restricted child.

    With ``casework`` it has the agenda and actions of the panel of the area, or ("") of the whole council, on the date, planned or not, and
    drift since the panel before it.
    """
    policy = policy_id or next(iter(engine.policies))
    panel = None
    if casework:
        panel = find_panel(casework, policy, panel_date, area) or Panel(policy, panel_date, area)
    pack = ask_pack(engine, policy, as_at, Scope.whole_council(roles=NO_ROLES), casework, panel)
    workbook = panel_workbook(pack, full=True)
    words = f"permanence-panel-{policy}-{panel_date:%Y-%m-%d}" + (f"-{area}" if area else "")
    return Pack(file_name(words, ".xlsx"), as_bytes(workbook))


def freeze_panel(
    casework: Casework,
    engine: Engine,
    policy_id: str,
    panel_date: date,
    who: str,
    as_at: date | None = None,
    area: str = "",
) -> Panel:
    """Freeze a panel's lists and figures with its pack, as at a day (the night's own unless given).

    Raises CouncilNotNamed, and CaseworkError and QuestionError (``casework.freezing.freezing``).
    """
    check_named(engine.council)
    pack = pack_to_freeze(engine, panel_date, policy_id, as_at, casework, area)
    return freeze(casework, engine, policy_id, panel_date, who, pack, as_at, area)


def names_restricted(casework: Casework, panel_id: int, hidden: frozenset[str]) -> bool:
    """Whether a panel's frozen pack names one of the ``hidden`` children, whose record was restricted after the freeze.

    Raises CaseworkError for a panel that is not frozen, or whose pack is not as it was.
    """
    workbook = load_workbook(BytesIO(frozen_pack(casework, panel_id).content), read_only=True)
    rows = (row for sheet in workbook for row in sheet.iter_rows(values_only=True))
    return any(isinstance(value, str) and value in hidden for row in rows for value in row)
