"""The pack of journeys to permanence: each route's steps by year of entry, the curves, and the ten longest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas
from openpyxl import Workbook

from metrics.answers.journeys import ROUTES, RouteAnswer, journeys, longest
from metrics.engine.engine import Engine
from metrics.engine.scope import NO_ROLES, Scope
from packs.excel.night_answers import SENSITIVITY, NightAnswers, about_night
from packs.excel.workbook import date_words, new_workbook, sheet_name
from packs.journeys.front import add_front
from packs.journeys.sheets import add_route
from packs.saving import save


@dataclass(frozen=True)
class JourneyAnswers(NightAnswers):
    """All that the pack says, as the engine answered it.

    ``longest``: (route, step) -> the children who took or have waited longest (``metrics.answers.journeys.longest``), of steps supplied.
    """

    routes: tuple[RouteAnswer, ...]
    longest: dict[tuple[str, str], pandas.DataFrame]


def ask_journeys(engine: Engine, scope: Scope, as_at: date | None = None) -> JourneyAnswers:
    """Put the pack's questions to the engine. Raises QuestionError for a day that cannot be asked about."""
    about = about_night(engine, as_at, scope)
    day = about["as_at"]
    routes = tuple(journeys(engine, route.id, scope, day) for route in ROUTES)
    found = {
        (answer.route.id, of_step.step.id): longest(engine, answer.route.id, of_step.step.id, scope, day)
        for answer in routes
        for of_step in answer.steps
        if not of_step.missing
    }
    return JourneyAnswers(**about, routes=routes, longest=found)


def journeys_workbook(answers: JourneyAnswers) -> Workbook:
    """Lay the answers out, sheet by sheet."""
    workbook = new_workbook(
        title=f"Journeys to permanence, {date_words(answers.as_at)}",
        subject=f"{answers.council}, {answers.scope.words}. {SENSITIVITY}",
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
