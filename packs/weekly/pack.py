"""The Monday pack of a team manager: who has no planning meeting yet, who comes onto the list next, and drift to watch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from metrics.answers.service import weekly
from metrics.answers.service.lists import POLICY
from metrics.engine.engine import Engine
from metrics.engine.plain import plain_rows
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

RULES = (
    weekly.RULE,
    "ppm_10_weeks",
    "second_review",
    "ppm_before_second_review",
    "placement_order_review_3m",
    "placement_order_6m",
    "three_moves_under_12",
)
COMING_DAYS = 28


@dataclass(frozen=True)
class WeeklyAnswers:
    """All that a Monday pack says. ``panel`` holds the lists of the pack's rules; ``trend``, ``workers`` and ``coming`` are
    rows of ``metrics.answers.service.weekly.tracked`` and ``Engine.coming_next`` as plain values.
    """

    panel: PanelAnswers
    trend: tuple[dict, ...]
    workers: tuple[dict, ...]
    coming: tuple[dict, ...]


def ask_weekly(engine: Engine, scope: Scope, as_at: date | None = None) -> WeeklyAnswers:
    """Put the pack's questions to the engine. Raises QuestionError where the service level's policy is not in use."""
    panel = ask(engine, POLICY, as_at, scope)
    rules = tuple(rule for rule in panel.policy.rules if rule.id in RULES)
    panel = replace(
        panel,
        policy=replace(panel.policy, rules=rules),
        headlines=tuple(headline for headline in panel.headlines if headline.rule.id in RULES),
    )
    coming = engine.coming_next(POLICY, scope, panel.as_at, COMING_DAYS)
    return WeeklyAnswers(
        panel,
        tuple(plain_rows(weekly.tracked(engine, scope, "county", engine.trend_dates(panel.as_at)))),
        tuple(plain_rows(weekly.tracked(engine, scope, "worker", (panel.as_at,)))),
        tuple(child for child in plain_rows(coming) if child["rule"] in RULES),
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
    list_sheets = {rule.id: sheet_name(f"{number} {rule.title}", taken) for number, rule in enumerate(panel.rules, start=1)}
    add_front(workbook, answers.panel, answers.trend, list_sheets)
    add_workers(workbook, panel, answers.workers)
    for number, headline in enumerate(panel.headlines, start=1):
        add_list(workbook, panel, number, headline, list_sheets[headline.rule.id])
    add_coming(workbook, panel, answers.coming, COMING_DAYS)
    add_sources(workbook, panel)
    return workbook


def write_weekly_pack(
    engine: Engine,
    out: Path,
    service: str | None = None,
    team: str | None = None,
    as_at: date | None = None,
) -> Path:
    """Write the Monday pack of a team, a service or (neither given) the county to ``out`` (.xlsx), and give the path back.

    ``as_at`` is the reporting date (the night's own unless given). Raises QuestionError for a day that cannot be asked about or
    where the service level's policy is not in use, and PackError when the file cannot be written.
    """
    scope = Scope.whole_council(roles=NO_ROLES).narrowed(service, team)
    return save(weekly_workbook(ask_weekly(engine, scope, as_at)), Path(out))


def write_weekly_packs(engine: Engine, folder: Path, service: str | None = None, as_at: date | None = None) -> list[Path]:
    """Write a Monday pack for every team (of one service, or of the county) into a folder that is there; gives the paths back."""

    def write(path: Path, service: str, team: str) -> Path:
        return write_weekly_pack(engine, path, service, team, as_at)

    return write_for_every_team(engine, folder, "weekly", write, service, as_at)
