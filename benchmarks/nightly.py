"""The night: against merely loading the same files, at a county's size and England's, and how its time grows with the size."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from benchmarks.alone import Alone, run_alone
from benchmarks.machine import BUILD, Figure, Times, gigabytes, ratios
from data.synthetic import write_county

AS_AT = date(2026, 10, 31)
SMALLEST = 10
RATIO_BAR = 4.0
GROWTH_BAR = 1.0


def county_extracts(children: int, progress: Callable[[str], None] = lambda text: None) -> Path:
    """The extracts of a synthetic county of so many children in care: written once, then used again."""
    folder = BUILD / "extracts" / str(children)
    if not folder.exists():
        progress(f"writing the extracts of {children:,} children in care")
        partial = folder.with_name(f"{children}.part")
        write_county(partial, children=children, as_at=AS_AT, progress=progress)
        partial.rename(folder)
    return folder


def _sizes(extracts: Path) -> str:
    return f"{sum(path.stat().st_size for path in extracts.glob('*.csv')) / 1e6:,.0f} MB of CSV"


def _memory(runs: list[Alone]) -> str:
    return gigabytes(max(run.memory for run in runs))


def over_plain_load(children: int, runs: int, progress: Callable[[str], None]) -> tuple[Figure, Times]:
    """A night's work over DuckDB merely loading the same files typed; and the nights' times."""
    extracts = county_extracts(children, progress)
    nights: list[Alone] = []
    loads: list[Alone] = []
    for run in range(1, runs + 1):
        progress(f"{children:,} children in care, run {run} of {runs}")
        nights.append(run_alone("nightly", extracts, AS_AT))
        loads.append(run_alone("plain_load", extracts, AS_AT))
    ours, theirs = (Times(tuple(one.seconds for one in many)) for many in (nights, loads))
    ratio, spread = ratios(ours, theirs)
    measured = {
        "night": f"{ours}; the process's start is {Times(tuple(night.start for night in nights))} more",
        "merely loading": f"{theirs}; {loads[0].count:,} rows, {_sizes(extracts)}",
        "ratios": spread,
        "memory at most": f"night {_memory(nights)}, merely loading {_memory(loads)}",
        "children in care": f"{nights[0].count:,}, on 37 reporting dates",
    }
    return Figure(f"nightly over merely loading, {children:,} children in care", ratio, RATIO_BAR, " times", measured), ours


def growth(nights: dict[int, Times], progress: Callable[[str], None]) -> Figure:
    """The exponent of a night's time against the number of children, above the fixed cost of a night of hardly any children."""
    progress("the fixed cost of a night")
    extracts = county_extracts(SMALLEST, progress)
    fixed = Times(tuple(run_alone("nightly", extracts, AS_AT).seconds for _ in range(3)))
    above = {children: times.median - fixed.median for children, times in nights.items()}
    points = {math.log(children): math.log(seconds) for children, seconds in above.items() if seconds > 0}
    exponent = _slope(points.items())
    measured = {f"{children:,} children in care": str(times) for children, times in nights.items()}
    measured |= {f"fixed cost ({SMALLEST} children in care)": str(fixed)}
    return Figure("growth of nightly with size, exponent above the fixed cost", exponent, GROWTH_BAR, "", measured)


def _slope(points: Iterable[tuple[float, float]]) -> float:
    """The slope of the straight line nearest the points. Raises ValueError for fewer than two."""
    found = list(points)
    if len(found) < 2:
        raise ValueError(f"growth needs two sizes or more that take longer than the fixed cost; there are {len(found)}")
    across = sum(x for x, _ in found) / len(found)
    up = sum(y for _, y in found) / len(found)
    return sum((x - across) * (y - up) for x, y in found) / sum((x - across) ** 2 for x, _ in found)


def run(county: int, england: int, between: int, runs: int, progress: Callable[[str], None]) -> list[Figure]:
    """The night's figures at a county's size and England's, and the growth over these and a size between."""
    figures, times = [], {}
    for children, times_over in ((county, runs), (between, min(runs, 3)), (england, min(runs, 2))):
        if children:
            figure, times[children] = over_plain_load(children, times_over, progress)
            figures.append(figure)
    if len(times) > 1:
        figures.append(growth(times, progress))
    return figures
