"""Journeys to permanence: how long each step takes, by the year in which the children entered care, with those who still wait.

A journey is a child in one period of care, whether it has ended or not. It is counted by its financial year of entry, and only
for years of which the extracts hold every child: the Standard Safeguarding Dataset keeps six years, so of those who entered care
earlier only the ones who stayed are there, and a curve over them would be wrong. Those of them who still wait are named among the
longest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy
import pandas

from metrics.answers.journeys.curves import Waits
from metrics.answers.journeys.kept import steps_on
from metrics.answers.journeys.routes import ROUTES, Route, Step, route_of
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.scope import Scope

HERE = Path(__file__).parent
REACHED, WAITING, ENDED, OUT_OF_ORDER = "reached", "waiting", "ended another way", "out of order"
YEARS_KEPT, LONGEST = 6, 10
ALL_YEARS = "All years"
FIRST_MONTH = 4  # a financial year begins in April


@dataclass(frozen=True)
class YearFigures:
    """One step of the children who entered care in a financial year (or in all the years counted).

    ``started`` = ``reached`` + ``waiting`` + ``ended``; ``out_of_order`` (the record has the later stage first) are counted in none
    of these. ``waits`` are the children's, from which the curve is drawn. ``quarters``: the days by which a quarter, half and three
    quarters had reached the stage, None where not reached. ``median_reached``: the plain median of the days of those who reached the
    stage, None where nobody has. With too few there are neither.
    """

    year: str
    started: int
    reached: int
    waiting: int
    ended: int
    out_of_order: int
    waits: Waits
    quarters: tuple[int | None, int | None, int | None]
    median_reached: float | None

    @property
    def too_few(self) -> bool:
        return self.waits.too_few


@dataclass(frozen=True)
class StepAnswer:
    """A step: ``missing`` names the extracts without which it is not supplied (then there are no figures and no children).

    ``years``: the figures of all the years together, then of each, the latest first. Of those who entered care before them:
    ``started_before`` have begun the step, and ``waiting_before`` of these still wait; they are in no figure.
    """

    step: Step
    missing: tuple[str, ...]
    without: tuple[str, ...] = ()
    years: tuple[YearFigures, ...] = ()
    started_before: int = 0
    waiting_before: int = 0

    def figures(self, year: str = ALL_YEARS) -> YearFigures:
        """The figures of one year. Raises StopIteration for a year that is not counted, or where the step is not supplied."""
        return next(figures for figures in self.years if figures.year == year)


@dataclass(frozen=True)
class RouteAnswer:
    """A route's steps on a day, and the financial years that are counted, the latest first."""

    route: Route
    as_at: date
    years: tuple[str, ...]
    steps: tuple[StepAnswer, ...]

    def step(self, step_id: str) -> StepAnswer:
        """One step's answer."""
        return next(answer for answer in self.steps if answer.step.id == step_id)


@dataclass(frozen=True)
class Counts:
    """So many ``children`` of a step, year of entry, state and number of days: the columns of figures.sql, as arrays of one length."""

    step: numpy.ndarray
    entered_year: numpy.ndarray
    state: numpy.ndarray
    days: numpy.ndarray
    children: numpy.ndarray

    def where(self, rows: numpy.ndarray) -> Counts:
        """Some of the rows."""
        return Counts(self.step[rows], self.entered_year[rows], self.state[rows], self.days[rows], self.children[rows])

    def of_state(self, state: str) -> int:
        """How many children are in a state."""
        return int(self.children[self.state == state].sum())


def year_words(first: int) -> str:
    """A financial year by the calendar year in which it began: 2024 is 2024/25."""
    return f"{first}/{(first + 1) % 100:02d}"


def years_counted(as_at: date) -> tuple[int, ...]:
    """The financial years that began in the six years to the day, the latest first: all their children are in the extracts."""
    latest = as_at.year if as_at.month >= FIRST_MONTH else as_at.year - 1
    on_the_day = (as_at.month, as_at.day) == (FIRST_MONTH, 1)
    return tuple(range(latest, latest - YEARS_KEPT - on_the_day, -1))


@cache
def _sql(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


def _route(route_id: str) -> Route:
    route = route_of(route_id)
    if route is None:
        raise QuestionError(f"'{route_id}' is not a route to permanence; use one of {', '.join(one.id for one in ROUTES)}.")
    return route


def journeys(engine: Engine, route_id: str, scope: Scope, as_at: date | None = None) -> RouteAnswer:
    """Every step of a route on a day (unless given, the night's own), for the children of the scope.

    A child's team is that on the day; of a child who has left care, the last one. Raises QuestionError for an unknown route.
    """
    route, day = _route(route_id), as_at or engine.as_at
    with steps_on(engine, day, scope) as view:
        counts = Counts(**view.execute(_sql("figures"), {"route": route.id}).fetchnumpy())
    counted = years_counted(day)
    steps = (_step(engine, step, counts.where(counts.step == step.id), counted) for step in route.steps)
    return RouteAnswer(route, day, tuple(year_words(first) for first in counted), tuple(steps))


def _step(engine: Engine, step: Step, counts: Counts, counted: tuple[int, ...]) -> StepAnswer:
    missing = step.missing(engine.supplied)
    if missing:
        return StepAnswer(step, missing)
    before = counts.where(counts.entered_year < counted[-1])
    since = counts.where(counts.entered_year >= counted[-1])
    figures = [_figures(ALL_YEARS, since)]
    figures += [_figures(year_words(first), since.where(since.entered_year == first)) for first in counted]
    without = step.without(engine.supplied)
    return StepAnswer(step, (), without, tuple(figures), int(before.children.sum()), before.of_state(WAITING))


def _figures(year: str, counts: Counts) -> YearFigures:
    reached, waiting, ended, out_of_order = (counts.of_state(state) for state in (REACHED, WAITING, ENDED, OUT_OF_ORDER))
    begun = counts.where(counts.state != OUT_OF_ORDER)
    waits = Waits(begun.days.repeat(begun.children), (begun.state == REACHED).repeat(begun.children))
    return YearFigures(
        year,
        len(waits.days),
        reached,
        waiting,
        ended,
        out_of_order,
        waits,
        waits.quarters(),
        waits.median_reached(),
    )


def longest(
    engine: Engine, route_id: str, step_id: str, scope: Scope, as_at: date | None = None, year: str = ALL_YEARS
) -> pandas.DataFrame:
    """The LONGEST children of the scope who took longest over a step, or have waited longest; the columns of ``children``.

    Over all years, those who entered care before the years counted and still wait are among them: nobody who waits is left out.
    Of those who have reached the stage only the years counted are: an earlier record may have been dropped from the extracts, and
    then its first row that is left is not the first there was.
    """
    return _children(engine, _route(route_id), step_id, scope, as_at or engine.as_at, year, LONGEST)


def children(engine: Engine, route_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """A row for each child and period of care that began a step of the route, the longest first.

    Columns: step, year, state, days (to the stage, or so far), child_id, legacy_id, name, service, team, worker, entered_date, from_date,
    to_date, stopped_date, stopped (why the wait ended another way).
    """
    return _children(engine, _route(route_id), None, scope, as_at or engine.as_at, ALL_YEARS, None)


def _children(
    engine: Engine, route: Route, step_id: str | None, scope: Scope, day: date, year: str, at_most: int | None
) -> pandas.DataFrame:
    counted = years_counted(day)
    parameters = {
        "route": route.id,
        "step": step_id,
        "year": None if year == ALL_YEARS else next(first for first in counted if year_words(first) == year),
        "first_year": counted[-1],
        "longest": at_most is not None,
        "at_most": at_most,
    }
    with steps_on(engine, day, scope) as view:
        frame = view.execute(_sql("children"), parameters).df()
    frame.insert(1, "year", [year_words(first) for first in frame.pop("entered_year")])
    return frame
