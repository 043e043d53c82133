"""The pack of journeys to permanence: each route's steps by year of entry, the curves, and the ten longest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

from metrics.engine import Engine
from metrics.journeys import ROUTES, RouteAnswer, journeys
from metrics.scope import Scope
from packs.answers import SENSITIVITY
from packs.journeys_front import add_front
from packs.journeys_sheets import add_route
from packs.saving import save
from packs.workbook import date_words, new_workbook, sheet_name


@dataclass(frozen=True)
class JourneyAnswers:
    """All that the pack says, as the engine answered it for one night, day and scope."""

    council: str
    night: str
    night_as_at: date
    published_at: datetime
    as_at: date
    scope: Scope
    routes: tuple[RouteAnswer, ...]

    @property
    def invented(self) -> bool:
        """The council says that its children are not real."""
        return "synthetic" in self.council.casefold()

    @property
    def line(self) -> str:
        """The night, day and scope, as the foot of every page says them."""
        return f"{self.council}: {date_words(self.as_at)}, {self.scope.words}, night {self.night}"


def ask_journeys(engine: Engine, scope: Scope, as_at: date | None = None) -> JourneyAnswers:
    """Put the pack's questions to the engine. Raises QuestionError for a day that cannot be asked about."""
    day = as_at or engine.as_at
    return JourneyAnswers(
        engine.settings.council,
        engine.night.name,
        engine.night.as_at,
        engine.night.published_at,
        day,
        scope,
        tuple(journeys(engine, route.id, scope, day) for route in ROUTES),
    )


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
        add_route(workbook, answer, answers.line, answers.scope.words, sheets[answer.route.id])
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
    scope = Scope(services=(service,) if service else None, teams=(team,) if team else None)
    return save(journeys_workbook(ask_journeys(engine, scope, as_at)), Path(out))
