"""How long a wait takes when some are waiting still: the survival curve (Kaplan-Meier, from scipy), and what is read off it.

A child who waits still, or whose wait ended another way, counts as waiting up to that day and not at all afterwards: *censored*.
"""

from __future__ import annotations

from dataclasses import dataclass
from warnings import catch_warnings, simplefilter

import numpy
import pandas
from scipy.stats import CensoredData, ecdf

FEWEST = 5  # children: with fewer there are no quartiles and no curve
MONTHS = (0, 1, 2, 3, 4, 6, 9, 12, 18, 24, 30, 36, 48, 60)  # at which a table reads the curve
DAYS_IN_A_MONTH = 365.25 / 12
QUARTERS = (0.25, 0.5, 0.75)
CONFIDENCE = 0.95
ROUNDING = 1e-9


@dataclass(frozen=True)
class Curve:
    """The share still waiting after each day on which somebody's wait ended.

    ``points``: days, waiting (the share, 1 to 0), low and high (its 95 % confidence interval, missing where it has none), at_risk
    (the children waiting just before). The first row is day 0, when all wait. ``quarters``: the days by which a quarter, half and
    three quarters had reached the stage; None where the curve does not come down so far. No points with fewer than FEWEST children.
    """

    points: pandas.DataFrame
    quarters: tuple[int | None, int | None, int | None]

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


NO_CURVE = Curve(pandas.DataFrame(columns=["days", "waiting", "low", "high", "at_risk"]), (None, None, None))


def curve(days: pandas.Series, reached: pandas.Series) -> Curve:
    """The curve of so many waits: their ``days`` (whole, from 0), and whether each ended by reaching the stage."""
    if len(days) < FEWEST:
        return NO_CURVE
    took = days.to_numpy(dtype=float)
    finished = reached.to_numpy(dtype=bool)
    survival = ecdf(CensoredData.right_censored(took, ~finished)).sf
    with catch_warnings():
        simplefilter("ignore", RuntimeWarning)  # the interval does not exist where the curve is at 0 or 1
        interval = survival.confidence_interval(CONFIDENCE, method="log-log")
    at_risk = len(took) - numpy.searchsorted(numpy.sort(took), survival.quantiles, side="left")
    points = pandas.DataFrame(
        {
            "days": survival.quantiles.astype(int),
            "waiting": survival.probabilities,
            "low": interval.low.probabilities,
            "high": interval.high.probabilities,
            "at_risk": at_risk,
        }
    )
    start = pandas.DataFrame([(0, 1.0, numpy.nan, numpy.nan, len(took))], columns=points.columns)
    return Curve(pandas.concat([start, points], ignore_index=True), _quarters(points))


def _quarters(points: pandas.DataFrame) -> tuple[int | None, ...]:
    """The first day on which no more than three quarters, half, a quarter are waiting."""
    found = []
    for quarter in QUARTERS:
        low_enough = points["days"][points["waiting"] <= 1 - quarter + ROUNDING]
        found.append(int(low_enough.iloc[0]) if len(low_enough) else None)
    return tuple(found)
