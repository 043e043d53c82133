"""The figures of a policy as a panel reads them: the number, how it moved, its share, and how it stands against its target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from metrics.engine.absence import NOT_SUPPLIED, Absence
from metrics.engine.engine import Engine
from metrics.engine.policy import AT_LEAST, AT_MOST, Rule, Target
from metrics.engine.scope import Scope
from words.few import is_few
from words.labels import TOO_FEW
from words.standing import NEAR, OVER, SHAPES, UNDER, WITHIN

NO_TARGET = "no target set"


@dataclass(frozen=True)
class Headline:
    """One rule's figure on a day, with the month ends before it.

    ``absence``: why there is no figure, or None. ``without``: those that only refine it and were not
    supplied. ``trend`` is (day, children) oldest first, the reporting date last; children is None where there is no figure.
    ``share`` is children over ``population`` (those of the scope whom the rule's figure is a share of, None where they were not
    supplied) as a fraction; ``in_care``: children in care in the scope; ``change`` is since
    ``compared_with``, the last month end. ``standing`` says in words how the share stands against the target, or that there are too few
    children to tell (``is_few``): then the share is not to be shown either.
    """

    rule: Rule
    absence: Absence | None
    without: tuple[str, ...]
    children: int | None
    population: int | None
    in_care: int
    trend: tuple[tuple[date, int | None], ...]

    @property
    def out_of(self) -> str:
        """The children whom the figure is a share of, in words."""
        return self.rule.population_words(self.trend[-1][0])

    @property
    def compared_with(self) -> date:
        if len(self.trend) > 1:
            return self.trend[-2][0]
        # A load that shows one day has no earlier figure; the day it would be of is said.
        return self.trend[-1][0].replace(day=1) - timedelta(days=1)

    @property
    def change(self) -> int | None:
        before = self.trend[-2][1] if len(self.trend) > 1 else None
        return None if self.children is None or before is None else self.children - before

    @property
    def word(self) -> str:
        """What stands where there is no figure."""
        return self.absence.word if self.absence else NOT_SUPPLIED

    @property
    def share(self) -> float | None:
        return self.children / self.population if self.children is not None and self.population else None

    @property
    def is_few(self) -> bool:
        """Whether the children whom the figure is a share of are known, and too few to tell."""
        return self.population is not None and is_few(self.population)

    @property
    def standing(self) -> str:
        if self.children is None:
            return self.word
        words = standing(self.rule.target, self.children, self.population, self.rule.bound)
        return TOO_FEW if words in SHAPES and self.is_few else words


def standing(target: Target | None, children: int | None, population: int | None, bound: str = AT_MOST) -> str:
    """How a figure stands against the share (percent) that it may be at most, or should be at least; its tolerance is how far off is
    still near."""
    if children is None:
        return NOT_SUPPLIED
    if target is None:
        return NO_TARGET
    if population is None:
        return NOT_SUPPLIED
    off = children * 100 - population * Fraction(str(target.percent))
    off, beyond = (-off, UNDER) if bound == AT_LEAST else (off, OVER)
    if off <= 0:
        return WITHIN
    return NEAR if off <= population * Fraction(str(target.tolerance)) else beyond


def headlines(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None, months: int = 13) -> tuple[Headline, ...]:
    """Every rule of a policy, in its order, on a day (unless given, the night's own), with ``months`` (2 or more) of trend."""
    dates = engine.trend_dates(as_at or engine.as_at, months)
    counted = {
        (figure.as_at, figure.rule): (figure.children, figure.population, figure.in_care)
        for figure in engine.figure_rows(policy_id, scope, "county", dates)
    }
    return tuple(
        Headline(
            rule,
            engine.absence(rule, dates[-1]),
            rule.measure.not_supplied(engine.supplied),
            *counted[(dates[-1], rule.id)],
            tuple((day, counted[(day, rule.id)][0]) for day in dates),
        )
        for rule in engine.policies[policy_id].rules
    )
