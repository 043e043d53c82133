"""The Permanence Panel's pack as a workbook or a PDF: what is tabled, and on demand everything behind it as an annex."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from casework.storage.database import Casework
from metrics.answers.kinds.kinds import area_named
from metrics.answers.what_matters.words import LastPanel
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from metrics.strategic.declared import panel_policy
from packs.excel.night_answers import SENSITIVITY
from packs.excel.table_sheet import add_table
from packs.excel.workbook import new_workbook, sheet_name
from packs.lists.answers import SHEETS, PanelAnswers
from packs.panel.annex import add_annex
from packs.panel.answers import choose_panel
from packs.panel.document import panel_document
from packs.panel.front import add_front
from packs.panel.questions import PanelPack, ask_pack
from packs.panel.tabled import lists, tabled
from packs.saving import PDF, XLSX, as_bytes, check_name, save_bytes
from words.dates import british


def write_panel_pack(
    engine: Engine,
    out: Path,
    policy_id: str | None = None,
    as_at: date | None = None,
    *,
    scope: Scope,
    casework: Casework | None = None,
    panel_date: date | None = None,
    area: str = "",
    last: LastPanel | None = None,
    full: bool = False,
) -> Path:
    """Write the panel's pack to ``out`` (.xlsx, or .pdf), replacing what is there in one step, and give the path back.

    ``policy_id`` is the first policy in use unless given.
    ``as_at`` is the reporting date (the night's own unless given). With ``casework`` the pack has the agenda, decisions and
    actions of the panel on ``panel_date`` (the next open one unless given), of an ``area`` or ("") of the whole council, and what moved is
    told from the panel before it (``last`` gives another); else from the month end before. ``full``: with the annex. Raises QuestionError
    for a policy, date or panel that cannot be asked about, and PackError when the file cannot be written.
    """
    out = Path(out)
    suffix = check_name(out, XLSX, PDF)
    policy = policy_id or panel_policy(engine)
    return save_bytes(panel_pack(engine, policy, as_at, scope, casework, panel_date, suffix, full, area, last), out, suffix)


def panel_pack(
    engine: Engine,
    policy_id: str,
    as_at: date | None,
    scope: Scope,
    casework: Casework | None,
    panel_date: date | None,
    suffix: str = XLSX,
    full: bool = False,
    area: str = "",
    last: LastPanel | None = None,
) -> bytes:
    """The pack as the bytes of a workbook, or of a PDF. Raises QuestionError as ``write_panel_pack``."""
    panel = choose_panel(casework, policy_id, as_at or engine.as_at, panel_date, area)
    # Without a panel the pack is of the area's children.
    scope = scope if panel else scope.of_area(area_named(engine.settings, area))
    pack = ask_pack(engine, policy_id, as_at, scope, casework, panel, last, full)
    return panel_document(pack, full) if suffix == PDF else as_bytes(panel_workbook(pack, full))


def panel_workbook(pack: PanelPack, full: bool = False) -> Workbook:
    """Lay the answers out, sheet by sheet: what is tabled, and with ``full`` the annex."""
    answers = pack.answers
    workbook = new_workbook(
        title=f"Permanence Panel pack, {british(answers.as_at)}",
        subject=f"{answers.council}, {answers.scope_words}. {SENSITIVITY}",
        about={"night": answers.night, "as_at": answers.as_at.isoformat(), "policy": answers.policy.id},
    )
    list_sheets = list_sheet_names(answers)
    add_front(workbook, pack, list_sheets, full)
    # The annex has every column of the lists.
    for table, rows in (*tabled(pack), *(() if full else lists(pack, list_sheets))):
        add_table(workbook, table, rows, answers.line)
    if full:
        add_annex(workbook, pack, list_sheets)
    return workbook


def list_sheet_names(answers: PanelAnswers) -> dict[str, str]:
    """Rule id -> the name of its sheet, numbered as the figures are."""
    taken = {"front", *(name.casefold() for name in SHEETS.values())}
    return {rule.id: sheet_name(f"{number} {rule.title}", taken) for number, rule in enumerate(answers.rules, start=1)}
