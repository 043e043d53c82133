"""The charts of the Corporate Parenting Panel's pack, as pictures with words beside them. What a table hides, a chart leaves out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path

import typst

from metrics.strategic.answer import StrategicPack
from packs.excel.styles import DARK, INK, LINE
from words.dates import month_short

TEMPLATE = Path(__file__).with_name("chart.typ")
DOTS = 150  # an inch
LOWEST_TOP, ROOM_ABOVE, MOST_LINES = 4, 1.2, 7
PNG, SVG = "png", "svg"
LETTERS, CARD_LETTERS = 7, 11  # a card's chart is printed smaller
MONTHS_NAMED = 3  # a month in three is named beneath a chart
STEPS = (1, 2, 5, 10)  # a grid's step, times a power of ten


@dataclass(frozen=True)
class Chart:
    """A picture, as PNG and as SVG, and what it shows, in words."""

    title: str
    picture: bytes
    alt: str


def trend_charts(pack: StrategicPack, form: str) -> tuple[Chart, ...]:
    """One line a row of the thirteen months; a month that is hidden is a gap with ``[c]`` on the axis. ``form``: PNG or SVG."""
    rows = pack.charted
    if not rows:
        return ()
    months = [month_short(day) for day in pack.months]
    pictures = draw([contents(row.label, months, [pack.value(figure) for figure in row.figures]) for row in rows], form)
    return tuple(Chart(row.label, picture, pack.words_of_chart(row)) for row, picture in zip(rows, pictures, strict=True))


@dataclass(frozen=True)
class CardChart:
    """A small picture of one measure over the scorecard's periods, and what it shows, in words."""

    svg: bytes
    alt: str


def card_charts(
    measures: Sequence[tuple[str, Sequence[tuple[str, int | float | str | None]]]], kinds: Sequence[str]
) -> tuple[CardChart | None, ...]:
    """One chart a measure: its periods with what is printed of each (None: no figure). None where fewer than two are numbers."""
    given, alts = [], []
    for (title, points), kind in zip(measures, kinds, strict=True):
        known = [(period, value) for period, value in points if value is not None]
        drawn = sum(isinstance(value, int) for _, value in known) > 1
        unit = "%" if kind == "percent" else ""
        given.append(contents(unit, [period for period, _ in known], [value for _, value in known], 2) if drawn else None)
        said = ", ".join(f"{period} {value}{unit if isinstance(value, int) else ''}" for period, value in known)
        alts.append(f"{title}: {said}.")
    svgs = iter(draw([chart for chart in given if chart], SVG, CARD_LETTERS) if any(given) else [])
    return tuple(CardChart(next(svgs), alt) if chart else None for chart, alt in zip(given, alts, strict=True))


def contents(title: str, months: list[str], values: list[int | float | str], every: int = MONTHS_NAMED) -> dict:
    """All that a chart is drawn from: a value that is hidden is its mark, and neither the axis nor the grid depends on it."""
    top = max(LOWEST_TOP, max(value for value in values if isinstance(value, int)) * ROOM_ABOVE)
    step = _step(top)
    ticks = list(range(0, int(top) + 1, step))
    words = {str(tick): f"{tick:,}" for tick in ticks}
    return {"title": title, "months": months, "values": values, "top": top, "ticks": ticks, "tick_words": words, "every": every}


def draw(charts: list[dict], form: str, letters: int = LETTERS) -> list[bytes]:
    """The charts as pictures of one ``form``, in order. ``letters``: the size of their words, in points."""
    given = {"letters": letters, "colours": [f"#{colour}" for colour in (INK, DARK, LINE)], "charts": charts}
    compiler = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), sys_inputs={"charts": json.dumps(given)})
    return _pages(compiler.compile(format="png", ppi=DOTS) if form == PNG else compiler.compile(format="svg"))


def _pages(made: bytes | list[bytes] | None) -> list[bytes]:
    """A single page comes by itself, several as a list."""
    if made is None:
        raise ValueError("typst gives None only where it writes to a file")
    return [made] if isinstance(made, bytes) else made


def _step(top: float) -> int:
    """A round number of children between two lines of the grid: never a part of a child, and few lines."""
    least = max(1.0, top / MOST_LINES)
    power = 10 ** int(log10(least))
    return next(step * power for step in STEPS if step * power >= least)
