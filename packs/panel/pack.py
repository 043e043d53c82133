"""The Permanence Panel's pack: the figures, by service and team, and the children behind each, in one workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from casework.records.records import Panel
from casework.storage.database import Casework
from metrics.answers.reported import Reported
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from metrics.strategic.declared import panel_policy
from packs.drift.answers import DriftAnswers, ask_drift
from packs.drift.flows import add_flows
from packs.drift.movements import add_drift
from packs.excel.night_answers import SENSITIVITY
from packs.excel.workbook import new_workbook, sheet_name
from packs.lists.answers import SHEETS, PanelAnswers, ask
from packs.lists.backlog import add_backlog
from packs.lists.children import add_list
from packs.lists.figures import add_figures
from packs.lists.groups import add_groups
from packs.lists.sources import add_sources
from packs.panel.answers import PanelRecords, ask_panel, choose_panel, lists_before
from packs.panel.front import add_front
from packs.panel.sheets import add_panel_sheets
from packs.saving import as_bytes, save
from words.dates import british


@dataclass(frozen=True)
class PanelPack:
    """All that a panel's pack says: the figures and lists, the drift, and the panel's own records."""

    answers: PanelAnswers
    drift: DriftAnswers
    records: PanelRecords


def ask_pack(
    engine: Engine,
    policy_id: str,
    as_at: date | None,
    scope: Scope,
    casework: Casework | None = None,
    panel: Panel | None = None,
    since: date | None = None,
    reported: Reported | None = None,
) -> PanelPack:
    """Put the pack's questions. ``panel`` is the one whose records are told; drift runs from the panel before it, as its lists
    were frozen, unless ``since`` or ``reported`` say otherwise. Raises QuestionError.
    """
    answers = ask(engine, policy_id, as_at, scope)
    records = ask_panel(casework, engine, policy_id, scope, answers.as_at, panel)
    earlier: list[Reported] = []
    if since is None and reported is None and casework and records.previous:
        lists = lists_before(casework, policy_id, records.previous, answers.as_at)
        reported, *earlier = lists or (None,)
        since = None if reported or records.previous.panel_date >= answers.as_at else records.previous.panel_date
    return PanelPack(answers, ask_drift(engine, policy_id, answers.as_at, scope, since, reported, earlier), records)


def write_panel_pack(
    engine: Engine,
    out: Path,
    policy_id: str | None = None,
    as_at: date | None = None,
    *,
    scope: Scope,
    since: date | None = None,
    reported: Reported | None = None,
    casework: Casework | None = None,
    panel_date: date | None = None,
) -> Path:
    """Write the panel's pack to ``out`` (.xlsx), replacing what is there in one step, and give the path back.

    ``policy_id`` is the first policy in use unless given.
    ``as_at`` is the reporting date (the night's own unless given). With ``casework`` the pack has the agenda, decisions and
    actions of the panel on ``panel_date`` (the next open one unless given), and drift is told from the panel before it; else
    ``since`` a date (the month end before unless given), from the list that was ``reported`` then where it is given. Raises
    QuestionError for a policy, date or panel that cannot be asked about, and PackError when the file cannot be written.
    """
    policy = policy_id or panel_policy(engine)
    panel = choose_panel(casework, policy, as_at or engine.as_at, panel_date)
    return save(panel_workbook(ask_pack(engine, policy, as_at, scope, casework, panel, since, reported)), Path(out))


def panel_pack(
    engine: Engine, policy_id: str, as_at: date | None, scope: Scope, casework: Casework | None, panel_date: date | None
) -> bytes:
    """The pack as the bytes of a workbook. Raises QuestionError as ``write_panel_pack``."""
    panel = choose_panel(casework, policy_id, as_at or engine.as_at, panel_date)
    return as_bytes(panel_workbook(ask_pack(engine, policy_id, as_at, scope, casework, panel)))


def panel_workbook(pack: PanelPack) -> Workbook:
    """Lay the answers out, sheet by sheet."""
    answers, drift = pack.answers, pack.drift
    workbook = new_workbook(
        title=f"Permanence Panel pack, {british(answers.as_at)}",
        subject=f"{answers.council}, {answers.scope_words}. {SENSITIVITY}",
        about={"night": answers.night, "as_at": answers.as_at.isoformat(), "policy": answers.policy.id},
    )
    list_sheets = list_sheet_names(answers)
    add_front(workbook, answers, list_sheets, drift)
    add_figures(workbook, answers, list_sheets)
    add_groups(workbook, answers, SHEETS["service"], ("service",), answers.services)
    add_groups(workbook, answers, SHEETS["team"], ("service", "team"), answers.teams)
    add_drift(workbook, answers, drift, list_sheets)
    add_flows(workbook, answers, drift)
    add_panel_sheets(workbook, pack.records, answers.scope_words, answers.line)
    for number, headline in enumerate(answers.headlines, start=1):
        add_list(workbook, answers, number, headline, list_sheets[headline.rule.id])
    add_backlog(workbook, answers)
    add_sources(workbook, answers)
    return workbook


def list_sheet_names(answers: PanelAnswers) -> dict[str, str]:
    """Rule id -> the name of its sheet, numbered as the figures are."""
    taken = {"front", *(name.casefold() for name in SHEETS.values())}
    return {rule.id: sheet_name(f"{number} {rule.title}", taken) for number, rule in enumerate(answers.rules, start=1)}
