"""A team's month: its figures and how they moved, its children by worker, who comes next, and what the panel is owed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from casework.freezing.around import panels_around
from casework.storage.database import Casework
from metrics.answers.drift.question import JOINED
from metrics.answers.what_matters.what_matters import WhatMatters, what_matters
from metrics.engine.engine import Engine
from metrics.engine.scope import NO_ROLES, Scope
from metrics.strategic.declared import panel_policy
from packs.drift.answers import DriftAnswers, ask_drift
from packs.drift.movements import add_drift
from packs.every_team import write_for_every_team
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import mark_annex
from packs.excel.table_sheet import TableSheet, add_table
from packs.excel.workbook import new_workbook
from packs.lists.answers import PanelAnswers, ask
from packs.lists.backlog import add_backlog
from packs.lists.children import CLOCKS, clock_code
from packs.lists.figures import add_figures
from packs.lists.sources import add_sources
from packs.panel.answers import PanelRecords, ask_panel
from packs.panel.sheets import add_actions
from packs.saving import as_bytes, save
from packs.team.front import BY_WORKER, add_front
from packs.weekly.sheets import coming_table
from words.dates import british
from words.labels import RESTRICTED_RECORD
from words.shown import named

COMING_DAYS = 90
# A line a row: what joined a list since the month end says so.
SHORT_COLUMNS = named("worker", "child_id", "age", "list", "since", "clock_code", "days_over", "movement")
SHORT_WIDTHS = {"worker": 28, "list": 46, "movement": 11}
MOST_ON_A_PAGE = 95
COMING = named("worker", "child_id", "age", "list", "plan", "limit_date", "due_in")
WORKER_COLUMNS = named(
    *(
        "worker",
        "child_id",
        "legacy_id",
        "age",
        "team",
        "list",
        "plan",
        "since",
        "clock",
        "days_over",
        "legal_status",
        "placement",
    ),
    *("last_review_date", "detail"),
)


@dataclass(frozen=True)
class TeamAnswers:
    """All that a team's pack says. ``records`` has the actions; ``matters``: the summary."""

    panel: PanelAnswers
    drift: DriftAnswers
    records: PanelRecords
    matters: WhatMatters


def ask_team(
    engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None, casework: Casework | None = None
) -> TeamAnswers:
    """Put the pack's questions; its month runs from the month end before the reporting date. Raises QuestionError."""
    panel = ask(engine, policy_id, as_at, scope, coming_days=COMING_DAYS)
    last, next_panel = panels_around(casework, policy_id, panel.as_at)
    return TeamAnswers(
        panel,
        ask_drift(engine, policy_id, panel.as_at, scope),
        ask_panel(casework, engine, policy_id, scope, panel.as_at),
        what_matters(engine, policy_id, scope, panel.as_at, last, next_panel),
    )


def team_workbook(answers: TeamAnswers, full: bool = False) -> Workbook:
    """Lay the answers out, sheet by sheet: the month on four pages or so, and with ``full`` the annex."""
    panel = answers.panel
    workbook = new_workbook(
        title=f"Team pack, {panel.scope_words}, {british(panel.as_at)}",
        subject=f"{panel.council}, {panel.scope_words}. {SENSITIVITY}",
        about={"night": panel.night, "as_at": panel.as_at.isoformat(), "policy": panel.policy.id},
    )
    list_sheets = {rule.id: BY_WORKER for rule in panel.rules}
    add_front(workbook, panel, answers.drift, answers.records, answers.matters, full)
    _add_children(workbook, answers, full)
    add_table(workbook, *coming_table(panel, COMING), panel.line)
    add_actions(workbook, answers.records, panel.scope_words, panel.line)
    if full:
        tabled = len(workbook.worksheets)
        add_figures(workbook, panel, list_sheets)
        add_drift(workbook, panel, answers.drift, list_sheets)
        add_backlog(workbook, panel)
        add_sources(workbook, panel)
        for sheet in workbook.worksheets[tabled:]:
            mark_annex(sheet)
    return workbook


def _add_children(workbook: Workbook, answers: TeamAnswers, full: bool) -> None:
    """The children on the lists by worker, a row for each list that a child is on, longest over first within a worker.

    ``full``: in all columns; else a line a row, with who joined the list in the month.
    """
    panel = answers.panel
    titles = {rule.id: rule.title for rule in panel.rules}
    listed = [child for children in panel.children.values() for child in children]
    listed.sort(key=lambda child: (child["worker"].casefold(), -child["days_over"], child["child_id"]))
    rows = [child | {"list": titles[child["rule"]]} for child in listed]
    words = f"{panel.scope_words}, on {british(panel.as_at)}. A child appears once for each list they are on."
    table = TableSheet(BY_WORKER, words, WORKER_COLUMNS, "No child here is on a list.")
    if not full:
        joined = {(row["rule"], row["child_id"]): row["movement"] for row in answers.drift.changed if row["movement"] in JOINED}
        rows = [row | _short(row, joined) for row in rows]
        table = replace(table, columns=SHORT_COLUMNS, note=CLOCKS, orientation="portrait", wide=SHORT_WIDTHS)
    add_table(workbook, table, rows, panel.line, one_page=not full and len(rows) <= MOST_ON_A_PAGE)


def _short(row: dict, joined: dict[tuple[str, str], str]) -> dict:
    """What a short row says beside the row itself; of a restricted record, not whether it joined."""
    movement = None if row["child_id"] == RESTRICTED_RECORD else joined.get((row["rule"], row["child_id"]))
    return {"clock_code": clock_code(row["recorded_since"], row["observed_since"]), "movement": movement}


def write_team_pack(
    engine: Engine,
    out: Path,
    policy_id: str | None = None,
    service: str | None = None,
    team: str | None = None,
    as_at: date | None = None,
    casework: Casework | None = None,
    full: bool = False,
) -> Path:
    """Write the month of a team, or of a whole service, to ``out`` (.xlsx), and give the path back.

    ``policy_id`` is the first policy in use unless given.
    ``as_at`` is the reporting date (the night's own unless given); with ``casework`` it has the actions that panels asked for;
    ``full``: with the annex.
    Raises QuestionError for a policy or day that cannot be asked about, and PackError when the file cannot be written.
    """
    policy = policy_id or panel_policy(engine)
    scope = Scope.whole_council(roles=NO_ROLES).narrowed(service, team)
    return save(team_workbook(ask_team(engine, policy, scope, as_at, casework), full), Path(out))


def team_pack(
    engine: Engine,
    policy_id: str,
    scope: Scope,
    as_at: date | None = None,
    casework: Casework | None = None,
    full: bool = False,
) -> bytes:
    """The pack as the bytes of a workbook. Raises QuestionError as ``write_team_pack``."""
    return as_bytes(team_workbook(ask_team(engine, policy_id, scope, as_at, casework), full))


def write_team_packs(
    engine: Engine,
    folder: Path,
    policy_id: str | None = None,
    service: str | None = None,
    as_at: date | None = None,
    casework: Casework | None = None,
    full: bool = False,
) -> list[Path]:
    """Write a pack for every team (of one service, or of the county) into a folder that is there; gives the paths back."""

    def write(path: Path, service: str, team: str) -> Path:
        return write_team_pack(engine, path, policy_id, service, team, as_at, casework, full)

    return write_for_every_team(engine, folder, "team", write, service, as_at)
