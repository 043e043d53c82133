"""The Monday pack of a team manager: who has no planning meeting yet, who comes onto the list next, and drift to watch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from metrics.answers.service import weekly
from metrics.answers.service.weekly import TrackedRow, WorkerRow
from metrics.engine.engine import Engine
from metrics.engine.rows import typed_rows
from metrics.engine.scope import NO_ROLES, Scope
from packs.every_team import write_for_every_team
from packs.excel.night_answers import SENSITIVITY
from packs.excel.workbook import new_workbook, sheet_name
from packs.lists.answers import PanelAnswers, ask
from packs.lists.children import add_list
from packs.lists.sources import add_sources
from packs.saving import save
from packs.weekly.front import add_front
from packs.weekly.sheets import add_coming, add_workers
from words.dates import british

MEASURES = (weekly.MEASURE, *weekly.ALERTS)


@dataclass(frozen=True)
class WeeklyAnswers:
    """All that a Monday pack says. ``panel`` holds the lists of the pack's rules; ``trend`` and ``workers`` are
    rows of ``metrics.answers.service.weekly.tracked`` as plain values.
    """

    panel: PanelAnswers
    trend: tuple[TrackedRow, ...]
    workers: tuple[WorkerRow, ...]


def ask_weekly(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> WeeklyAnswers:
    """Put the pack's questions to the engine. Raises QuestionError or PolicyError where the policy has no weekly tracking."""
    engine.rule_over(policy_id, weekly.MEASURE)
    panel = ask(engine, policy_id, as_at, scope)
    asked = {rule.id for rule in panel.policy.rules_over(MEASURES).values()}
    rules = tuple(rule for rule in panel.policy.rules if rule.id in asked)
    panel = replace(
        panel,
        policy=replace(panel.policy, rules=rules),
        headlines=tuple(headline for headline in panel.headlines if headline.rule.id in asked),
        coming=tuple(child for child in panel.coming if child["rule"] in asked),
    )
    return WeeklyAnswers(
        panel,
        tuple(typed_rows(weekly.tracked(engine, policy_id, scope, "county", engine.trend_dates(panel.as_at)), TrackedRow)),
        tuple(typed_rows(weekly.tracked(engine, policy_id, scope, "worker", (panel.as_at,)), WorkerRow)),
    )


def weekly_workbook(answers: WeeklyAnswers) -> Workbook:
    """Lay the answers out, sheet by sheet."""
    panel = answers.panel
    workbook = new_workbook(
        title=f"Weekly tracking pack, {british(panel.as_at)}",
        subject=f"{panel.council}, {panel.scope_words}. {SENSITIVITY}",
        about={"night": panel.night, "as_at": panel.as_at.isoformat(), "policy": panel.policy.id},
    )
    taken = {"front", "sources", "coming next", "workers"}
    numbered = tuple(enumerate(panel.headlines, start=1))
    # A list without a child is a zero on the front, and no page of its own.
    listed = [(number, headline) for number, headline in numbered if headline.children != 0]
    list_sheets = {headline.rule.id: sheet_name(f"{number} {headline.rule.title}", taken) for number, headline in listed}
    add_front(workbook, answers.panel, answers.trend, list_sheets)
    add_workers(workbook, panel, answers.workers)
    for number, headline in listed:
        add_list(workbook, panel, number, headline, list_sheets[headline.rule.id])
    add_coming(workbook, panel)
    add_sources(workbook, panel)
    return workbook


def write_weekly_pack(
    engine: Engine,
    out: Path,
    policy_id: str | None = None,
    service: str | None = None,
    team: str | None = None,
    as_at: date | None = None,
) -> Path:
    """Write the Monday pack of a team, a service or (neither given) the county to ``out`` (.xlsx), and give the path back.

    ``policy_id``: unless given, the first policy in use that brings the page of weekly tracking. ``as_at`` is the reporting date (the
    night's own unless given). Raises QuestionError for a day that cannot be asked about or where there is no such policy, and PackError
    when the file cannot be written.
    """
    scope = Scope.whole_council(roles=NO_ROLES).narrowed(service, team)
    policy = policy_id or engine.policy_of_page(weekly.PAGE)
    return save(weekly_workbook(ask_weekly(engine, policy, scope, as_at)), Path(out))


def write_weekly_packs(
    engine: Engine, folder: Path, policy_id: str | None = None, service: str | None = None, as_at: date | None = None
) -> list[Path]:
    """Write a Monday pack for every team (of one service, or of the county) into a folder that is there; gives the paths back."""

    def write(path: Path, service: str, team: str) -> Path:
        return write_weekly_pack(engine, path, policy_id, service, team, as_at)

    return write_for_every_team(engine, folder, "weekly", write, service, as_at)
