"""The survival curve on the screen: the share still waiting by months, as a chart and as its table."""

from __future__ import annotations

import pandas

from metrics.answers.journeys import ALL_YEARS, RouteAnswer, StepAnswer
from metrics.answers.journeys.curves import DAYS_IN_A_MONTH
from metrics.answers.journeys.words import years_words
from ui.components import charts
from ui.components.markup import element, write
from ui.components.style import BLUE, ORANGE
from ui.components.tables import named, show_table


def _line(name: str, points: pandas.DataFrame, colour: str, dash: str) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [day / DAYS_IN_A_MONTH for day in points["days"]],
        "y": [100 * share for share in points["waiting"]],
        "line": {"color": colour, "width": 2.5, "dash": dash, "shape": "hv"},
        "hovertemplate": "%{x:.1f} months: %{y:.0f}% still waiting<extra></extra>",
    }


def _interval(points: pandas.DataFrame) -> list[dict]:
    points = points.dropna(subset=["low", "high"])
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "95% interval",
            "showlegend": side == "low",
            "x": [day / DAYS_IN_A_MONTH for day in points["days"]],
            "y": [100 * share for share in points[side]],
            "line": {"color": BLUE, "width": 1, "dash": "dot", "shape": "hv"},
            "hoverinfo": "skip",
        }
        for side in ("low", "high")
    ]


def _figure(lines: list[dict]) -> dict:
    layout = {
        "height": 356,
        "margin": {"l": 70, "r": 20, "t": 45, "b": 75},
        "legend": {"orientation": "h", "y": 1.12, "x": 0},
        "xaxis": {"title": {"text": "months"}, "rangemode": "tozero", "showgrid": False},
        "yaxis": {"title": {"text": "still waiting, %"}, "range": [0, 103]},
    }
    return {"data": lines, "layout": layout}


def _percent(share: float) -> str:
    return "" if pandas.isna(share) else f"{100 * share:.0f}%"


def show(answer: RouteAnswer, of_step: StepAnswer, year: str) -> None:
    """The curve of a step for the year of entry that is chosen, beside all years; and its table, to take away too."""
    figures = of_step.figures(year)
    if figures.too_few:
        write(element("p", "Too few children for a curve.", class_="empty"))
        return
    curve = figures.waits.curve()
    lines = [_line(years_words(answer, year), curve.points, BLUE, "solid"), *_interval(curve.points)]
    if year != ALL_YEARS:
        lines.append(_line(years_words(answer, ALL_YEARS), of_step.figures().waits.curve().points, ORANGE, "dash"))
    months = curve.by_month()
    points = "; ".join(f"{row.month:.0f} months {_percent(row.waiting)}" for row in months.itertuples())
    charts.show(_figure(lines), alt=f"{of_step.step.title}, share still waiting: {points}")
    shown = months.assign(
        month=months["month"].map("{:.0f}".format),
        waiting=months["waiting"].map(_percent),
        interval=["" if pandas.isna(row.low) else f"{_percent(row.low)} to {_percent(row.high)}" for row in months.itertuples()],
        followed=months["followed"].map("{:,}".format),
    )
    columns = named("month", "waiting", "interval", "followed")
    show_table(shown, columns, f"{of_step.step.title}: the share still waiting", "journey curve", one="month")
