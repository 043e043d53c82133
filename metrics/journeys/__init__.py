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

import pandas

from data.contract import code_sets
from metrics.engine import RESTRICTED_RECORD, Engine, QuestionError
from metrics.journeys.curves import Curve, curve
from metrics.journeys.routes import ROUTES, Route, Step, route_of
from metrics.scope import RESTRICTED, WITHIN, Scope
from metrics.spine import definition

HERE = Path(__file__).parent
FILES = ("periods", "stages_plan", "stages_adoption", "stages_home", "stages_lasting", "steps")
DEFINITIONS = {
    "01_reporting.sql": ("episode",),
    "02_legal_statuses.sql": ("legal_status",),
    "04_placements.sql": ("placement", "interruption", "placement_lived_in"),
    "05_plans.sql": ("plan", "ticked_plan"),
    "06_placement_orders.sql": ("placement_order_run",),
    "09_teams.sql": ("department", "department_by_name", "recorded_team", "allocated"),
    "11_care_left.sql": ("left_care",),
    "24_homes.sql": ("home_placement",),
}
REACHED, WAITING, ENDED, OUT_OF_ORDER = "reached", "waiting", "ended another way", "out of order"
YEARS_KEPT, LONGEST = 6, 10
ALL_YEARS = "All years"
FIRST_MONTH = 4  # a financial year begins in April


@dataclass(frozen=True)
class YearFigures:
    """One step of the children who entered care in a financial year (or in all the years counted).

    ``started`` = ``reached`` + ``waiting`` + ``ended``; ``out_of_order`` (the record has the later stage first) are counted in none
    of these. ``quarters`` are the curve's; ``median_reached`` is the plain median of the days of those who reached the stage, None
    where nobody has, or with too few.
    """

    year: str
    started: int
    reached: int
    waiting: int
    ended: int
    out_of_order: int
    curve: Curve
    median_reached: float | None

    @property
    def quarters(self) -> tuple[int | None, int | None, int | None]:
        return self.curve.quarters

    @property
    def too_few(self) -> bool:
        return not self.curve.drawn


@dataclass(frozen=True)
class StepAnswer:
    """A step: ``missing`` names the extracts without which it is not supplied (then there are no figures and no children).

    ``years``: the figures of all the years together, then of each, the latest first. ``children``: a row for each child and
    period of care that began the step: entered_year, counted, state, days (to the stage, or so far), child_id, legacy_id, name,
    service, team, worker, entered_date, from_date, to_date, stopped_date, stopped (why the wait ended another way), year.
    """

    step: Step
    missing: tuple[str, ...]
    without: tuple[str, ...]
    years: tuple[YearFigures, ...]
    children: pandas.DataFrame

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


def year_words(first: int) -> str:
    """A financial year by the calendar year in which it began: 2024 is 2024/25."""
    return f"{first}/{(first + 1) % 100:02d}"


def years_counted(as_at: date) -> tuple[int, ...]:
    """The financial years that began in the six years to the day, the latest first: all their children are in the extracts."""
    latest = as_at.year if as_at.month >= FIRST_MONTH else as_at.year - 1
    on_the_day = (as_at.month, as_at.day) == (FIRST_MONTH, 1)
    return tuple(range(latest, latest - YEARS_KEPT - on_the_day, -1))


@cache
def _sql() -> str:
    text = "\n".join((HERE / f"{name}.sql").read_text(encoding="utf-8") for name in FILES)
    for file, names in DEFINITIONS.items():
        for name in names:
            text = text.replace(f"{{{name}}}", definition(file, name))
    return text.replace("{restricted}", RESTRICTED).replace("{within}", WITHIN)


def _reasons(*groups: str) -> list[str]:
    """The reasons for leaving care that belong to one of the groups."""
    codes = code_sets()["episode_ceased_reason"].codes.values()
    return [code.code for code in codes if set(groups) & set(code.groups)]


def _children(engine: Engine, route: Route, scope: Scope, day: date) -> pandas.DataFrame:
    parameters = {
        "as_at": day,
        "route": route.id,
        "options": list(route.options),
        "adopted": _reasons("adoption"),
        "to_family": _reasons("special_guardianship", "child_arrangements"),
        "home": sorted(set(_reasons("return_home")) & set(_reasons("permanence"))),
        "permanence": _reasons("permanence"),
        "restricted_record": RESTRICTED_RECORD,
        "roles": None if scope.roles is None else sorted(scope.roles),
        **scope.parameters,
    }
    with engine.cursor((day,)) as cursor:
        frame = cursor.execute(_sql(), parameters).df()
    first = frame["entered_year"].astype(int)
    return frame.assign(year=first.map(year_words), counted=first.isin(years_counted(day)))


def journeys(engine: Engine, route_id: str, scope: Scope, as_at: date | None = None) -> RouteAnswer:
    """Every step of a route on a day (unless given, the night's own), for the children of the scope.

    A child's team is that on the day; of a child who has left care, the last one. Raises QuestionError for an unknown route.
    """
    route = route_of(route_id)
    if route is None:
        raise QuestionError(f"'{route_id}' is not a route to permanence; use one of {', '.join(one.id for one in ROUTES)}.")
    day = as_at or engine.as_at
    children = _children(engine, route, scope, day)
    years = tuple(year_words(first) for first in years_counted(day))
    return RouteAnswer(route, day, years, tuple(_step(engine, step, children, years) for step in route.steps))


def _step(engine: Engine, step: Step, children: pandas.DataFrame, years: tuple[str, ...]) -> StepAnswer:
    missing = step.missing(engine.supplied)
    if missing:
        return StepAnswer(step, missing, (), (), children.iloc[:0])
    own = children[children["step"] == step.id].drop(columns="step").reset_index(drop=True)
    counted = own[own["counted"]]
    of_year = dict(iter(counted.groupby("year", sort=False)))
    figures = [_figures(ALL_YEARS, counted), *(_figures(year, of_year.get(year, counted.iloc[:0])) for year in years)]
    return StepAnswer(step, (), step.without(engine.supplied), tuple(figures), own)


def _figures(year: str, children: pandas.DataFrame) -> YearFigures:
    states = children["state"].value_counts()
    begun = children[children["state"] != OUT_OF_ORDER]
    reached = begun["state"] == REACHED
    drawn = curve(begun["days"], reached)
    median = begun["days"][reached].median() if drawn.drawn and reached.any() else None
    return YearFigures(
        year,
        len(begun),
        *(int(states.get(state, 0)) for state in (REACHED, WAITING, ENDED, OUT_OF_ORDER)),
        drawn,
        None if median is None else float(median),
    )


def longest(answer: StepAnswer, year: str = ALL_YEARS, at_most: int = LONGEST) -> pandas.DataFrame:
    """The children who took longest, or have waited longest: the rows of ``StepAnswer.children``, the longest first.

    Over all years, those who entered care before the years counted and still wait are among them: nobody who waits is left out.
    Of those who have reached the stage only the years counted are: an earlier record may have been dropped from the extracts, and
    then its first row that is left is not the first there was.
    """
    rows = answer.children
    rows = rows[(rows["state"] == WAITING) | ((rows["state"] == REACHED) & rows["counted"])]
    return (rows if year == ALL_YEARS else rows[rows["year"] == year]).head(at_most).reset_index(drop=True)


def waiting_from_before(answer: StepAnswer) -> int:
    """How many entered care before the years counted and still wait: on the list of the longest, and in no figure."""
    rows = answer.children
    return int(((rows["state"] == WAITING) & ~rows["counted"]).sum())


def started_from_before(answer: StepAnswer) -> int:
    """How many children of the step entered care before the years counted."""
    return int((~answer.children["counted"]).sum())
