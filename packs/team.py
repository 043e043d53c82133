"""A team's month: its figures and how they moved, its children by worker, who comes next, and what the panel is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from casework.database import Casework
from metrics.engine import Engine
from metrics.plain import plain_rows
from metrics.scope import Scope
from packs.answers import SHEETS, PanelAnswers, ask
from packs.drift import add_drift
from packs.drift_answers import DriftAnswers, ask_drift
from packs.figures import add_figures
from packs.night_answers import SENSITIVITY
from packs.panel_answers import PanelRecords, ask_panel
from packs.panel_sheets import ACTIONS, NO_ACTION, NO_PANEL, action_words, add_rows
from packs.saving import PackError, as_bytes, save
from packs.sources import add_sources
from packs.team_front import BY_WORKER, add_front
from packs.weekly_sheets import add_coming
from packs.workbook import date_words, new_workbook, sheet_name

COMING_DAYS = 90
# The engine's column, its heading, the style of its cells, and its width.
WORKER_COLUMNS = (
    ("worker", "Worker", "text", 22),
    ("child_id", "Identifier", "text", 13),
    ("legacy_id", "Legacy identifier", "text", 11),
    ("age", "Age", "count", 7),
    ("team", "Team", "text", 22),
    ("list", "List", "text", 34),
    ("plan", "Plan", "text", 18),
    ("since", "Since", "date", 12),
    ("clock", "Clock", "text", 13),
    ("days_over", "Days over", "count", 10),
    ("legal_status", "Legal status", "text", 10),
    ("placement", "Placement", "text", 24),
    ("last_review_date", "Last review", "date", 12),
    ("detail", "Detail", "text", 24),
)


@dataclass(frozen=True)
class TeamAnswers:
    """All that a team's pack says. ``coming`` are rows of ``Engine.coming_next``; ``records`` has the actions."""

    panel: PanelAnswers
    drift: DriftAnswers
    coming: tuple[dict, ...]
    records: PanelRecords


def ask_team(
    engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None, casework: Casework | None = None
) -> TeamAnswers:
    """Put the pack's questions; its month runs from the month end before the reporting date. Raises QuestionError."""
    panel = ask(engine, policy_id, as_at, scope)
    return TeamAnswers(
        panel,
        ask_drift(engine, policy_id, panel.as_at, scope),
        tuple(plain_rows(engine.coming_next(policy_id, scope, panel.as_at, COMING_DAYS))),
        ask_panel(casework, engine, policy_id, scope, panel.as_at),
    )


def team_workbook(answers: TeamAnswers) -> Workbook:
    """Lay the answers out, sheet by sheet."""
    panel = answers.panel
    workbook = new_workbook(
        title=f"Team pack, {panel.scope.words}, {date_words(panel.as_at)}",
        subject=f"{panel.council}, {panel.scope.words}. {SENSITIVITY}",
        about={"night": panel.night, "as_at": panel.as_at.isoformat(), "policy": panel.policy.id},
    )
    list_sheets = {rule.id: BY_WORKER for rule in panel.rules}
    add_front(workbook, panel, answers.drift, answers.records)
    add_figures(workbook, panel, list_sheets)
    add_drift(workbook, panel, answers.drift, list_sheets)
    _add_children(workbook, panel)
    add_coming(workbook, panel, answers.coming, COMING_DAYS)
    records = answers.records
    rows = (*records.overdue, *records.open, *records.done)
    empty = NO_ACTION if records.previous else NO_PANEL
    add_rows(workbook, SHEETS["actions"], action_words(records, panel.scope.words), ACTIONS, rows, empty, panel.line)
    add_sources(workbook, panel)
    return workbook


def _add_children(workbook: Workbook, panel: PanelAnswers) -> None:
    """The children on the lists by worker, a row for each list that a child is on, longest over first within a worker."""
    titles = {rule.id: rule.title for rule in panel.rules}
    rows = [child | {"list": titles[rule]} for rule, children in panel.children.items() for child in children]
    rows.sort(key=lambda row: (row["worker"].casefold(), -row["days_over"], row["child_id"]))
    words = f"{panel.scope.words}, on {date_words(panel.as_at)}. A child stands once for every list that the child is on."
    add_rows(workbook, BY_WORKER, words, WORKER_COLUMNS, rows, "No child here is on a list.", panel.line)


def write_team_pack(
    engine: Engine,
    out: Path,
    policy_id: str = "hertfordshire",
    service: str | None = None,
    team: str | None = None,
    as_at: date | None = None,
    casework: Casework | None = None,
) -> Path:
    """Write the month of a team, or of a whole service, to ``out`` (.xlsx), and give the path back.

    ``as_at`` is the reporting date (the night's own unless given); with ``casework`` it has the actions that panels asked for.
    Raises QuestionError for a policy or day that cannot be asked about, and PackError when the file cannot be written.
    """
    return save(team_workbook(ask_team(engine, policy_id, _scope(service, team), as_at, casework)), Path(out))


def team_pack(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None, casework: Casework | None = None) -> bytes:
    """The pack as the bytes of a workbook. Raises QuestionError as ``write_team_pack``."""
    return as_bytes(team_workbook(ask_team(engine, policy_id, scope, as_at, casework)))


def write_team_packs(
    engine: Engine,
    folder: Path,
    policy_id: str = "hertfordshire",
    service: str | None = None,
    as_at: date | None = None,
    casework: Casework | None = None,
) -> list[Path]:
    """Write a pack for every team (of one service, or of the county) into a folder that is there; gives the paths back."""
    if not folder.is_dir():
        raise PackError(f"The folder {folder} does not exist; make it, or write the packs elsewhere.")
    day = as_at or engine.as_at
    groups = engine.groups(day)
    groups = groups if service is None else groups[groups["service"] == service]
    taken: set[str] = set()
    written = []
    for row in groups.itertuples():
        path = folder / f"team {sheet_name(row.team, taken)} {day.isoformat()}.xlsx"
        written.append(write_team_pack(engine, path, policy_id, row.service, row.team, day, casework))
    return written


def _scope(service: str | None, team: str | None) -> Scope:
    return Scope(services=(service,) if service else None, teams=(team,) if team else None)
