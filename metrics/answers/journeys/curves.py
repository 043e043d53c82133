"""How long a wait takes when some are waiting still: the survival curve (Kaplan-Meier), and what is read off it.

A child who waits still, or whose wait ended another way, counts as waiting up to that day and not at all afterwards: *censored*.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy
import pandas

FEWEST = 5  # children: with fewer there are no quartiles and no curve
MONTHS = (0, 1, 2, 3, 4, 6, 9, 12, 18, 24, 30, 36, 48, 60)  # at which a table reads the curve
DAYS_IN_A_MONTH = 365.25 / 12
QUARTERS = (0.25, 0.5, 0.75)
CONFIDENCE = 0.95
ROUNDING = 1e-9


@dataclass(frozen=True)
class Curve:
    """The share still waiting after each day on which somebody's wait ended.

    ``points``: days, waiting (the share, 1 to 0), low and high (its 95% confidence interval, missing where it has none), at_risk
    (the children waiting just before). The first row is day 0, when all wait. No points with fewer than FEWEST children.
    """

    points: pandas.DataFrame

    @property
    def drawn(self) -> bool:
        return not self.points.empty

    def by_month(self) -> pandas.DataFrame:
        """The curve read at MONTHS, as far as anybody was followed: month, waiting, low, high, followed (children still at risk)."""
        rows = []
        for month in MONTHS if self.drawn else ():
            day = int(month * DAYS_IN_A_MONTH)
            if day > self.points["days"].iloc[-1]:
                break
            before = self.points[self.points["days"] <= day].iloc[-1]
            later = self.points[self.points["days"] > day]
            followed = later["at_risk"].iloc[0] if len(later) else 0
            rows.append((month, before["waiting"], before["low"], before["high"], int(followed)))
        return pandas.DataFrame(rows, columns=["month", "waiting", "low", "high", "followed"])


@dataclass(frozen=True)
class Survival:
    """The product-limit estimate on each day that a wait ended or was censored. Arrays of one length, in the order of the days.

    ``at_risk``: the children waiting just before; ``reached``: those of them who reached the stage on the day; ``waiting``: the share
    still waiting after it.
    """

    days: numpy.ndarray
    at_risk: numpy.ndarray
    reached: numpy.ndarray
    waiting: numpy.ndarray

    @classmethod
    def of(cls, days: numpy.ndarray, reached: numpy.ndarray) -> Survival:
        """The estimate from each child's whole days, and whether the wait ended by reaching the stage."""
        each, place, ended = numpy.unique(days.astype(int), return_inverse=True, return_counts=True)
        at_risk = len(days) - numpy.cumsum(ended) + ended
        events = numpy.bincount(place[reached], minlength=len(each))
        return cls(each, at_risk, events, numpy.cumprod((at_risk - events) / at_risk))

    def interval(self) -> tuple[numpy.ndarray, numpy.ndarray]:
        """The low and high end of the interval (Greenwood's variance, log-log); missing where the curve is at 0 or 1."""
        low, high = numpy.full(len(self.days), numpy.nan), numpy.full(len(self.days), numpy.nan)
        between = (self.waiting > 0) & (self.waiting < 1)
        at_risk, reached, waiting = self.at_risk[between], self.reached[between], self.waiting[between]
        # Before the curve leaves 1 nobody has reached the stage, and so the sum may begin where it does.
        deviation = numpy.sqrt(numpy.cumsum(reached / (at_risk * (at_risk - reached)))) / -numpy.log(waiting)
        centre, reach = numpy.log(-numpy.log(waiting)), NormalDist().inv_cdf(0.5 + CONFIDENCE / 2) * deviation
        low[between], high[between] = numpy.exp(-numpy.exp(centre + reach)), numpy.exp(-numpy.exp(centre - reach))
        return low, high


@dataclass(frozen=True)
class Waits:
    """So many waits: their ``days`` (whole, from 0), and whether each ended by reaching the stage. Arrays of one length."""

    days: numpy.ndarray
    reached: numpy.ndarray

    @property
    def too_few(self) -> bool:
        return len(self.days) < FEWEST

    def _survival(self) -> Survival:
        return Survival.of(self.days, self.reached.astype(bool))

    def quarters(self) -> tuple[int | None, int | None, int | None]:
        """The first day on which no more than three quarters, half, a quarter are waiting; None where the curve stays above."""
        if self.too_few:
            return (None, None, None)
        survival = self._survival()
        low_enough = (survival.days[survival.waiting <= 1 - quarter + ROUNDING] for quarter in QUARTERS)
        first, second, third = (int(days[0]) if len(days) else None for days in low_enough)
        return first, second, third

    def median_reached(self) -> float | None:
        """The plain median of the days of those who reached the stage; None with too few, or where nobody has."""
        reached = self.days[self.reached.astype(bool)]
        return None if self.too_few or not len(reached) else float(numpy.median(reached))

    def curve(self) -> Curve:
        """The curve of these waits, with its interval."""
        if self.too_few:
            return Curve(pandas.DataFrame(columns=["days", "waiting", "low", "high", "at_risk"]))
        survival = self._survival()
        low, high = survival.interval()
        points = pandas.DataFrame(
            {"days": survival.days, "waiting": survival.waiting, "low": low, "high": high, "at_risk": survival.at_risk}
        )
        start = pandas.DataFrame([(0, 1.0, numpy.nan, numpy.nan, len(self.days))], columns=points.columns)
        return Curve(pandas.concat([start, points], ignore_index=True))
