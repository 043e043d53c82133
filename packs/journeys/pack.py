"""The pack of journeys to permanence: each route's steps by year of entry, the curves, and the ten longest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from metrics.engine.engine import Engine
from metrics.engine.scope import NO_ROLES, Scope
from packs.excel.night_answers import SENSITIVITY
from packs.excel.workbook import new_workbook, sheet_name
from packs.journeys.answers import JourneyAnswers, ask_journeys
from packs.journeys.front import add_front
from packs.journeys.sheets import add_route
from packs.saving import save
from words.dates import british


def journeys_workbook(answers: JourneyAnswers) -> Workbook:
    """Lay the answers out, sheet by sheet."""
    workbook = new_workbook(
        title=f"Journeys to permanence, {british(answers.as_at)}",
        subject=f"{answers.council}, {answers.scope_words}. {SENSITIVITY}",
        about={"night": answers.night, "as_at": answers.as_at.isoformat()},
    )
    taken = {"front"}
    sheets = {answer.route.id: sheet_name(answer.route.title, taken) for answer in answers.routes}
    add_front(workbook, answers, sheets)
    for answer in answers.routes:
        add_route(workbook, answer, answers, sheets[answer.route.id])
    return workbook


def write_journeys_pack(
    engine: Engine,
    out: Path,
    service: str | None = None,
    team: str | None = None,
    as_at: date | None = None,
) -> Path:
    """Write the pack of a team, a service or (neither given) the county to ``out`` (.xlsx), and give the path back.

    ``as_at`` is the reporting date (the night's own unless given). Raises QuestionError for a day that cannot be asked about, and
    PackError when the file cannot be written. Restricted records are counted, and not identified.
    """
    scope = Scope.whole_council(roles=NO_ROLES).narrowed(service, team)
    return save(journeys_workbook(ask_journeys(engine, scope, as_at)), Path(out))
