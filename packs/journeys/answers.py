"""What the pack of journeys lays out: asked of the engine once, then passed to the sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas

from metrics.answers.journeys import ROUTES, RouteAnswer, journeys, longest
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from packs.excel.night_answers import NightAnswers, about_night


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
