"""Thirteen months of one rule's flows: who joined and who left each month, and how many were on the list at its end."""

from __future__ import annotations

import pandas

from metrics.engine.plain import boxed_rows
from metrics.engine.policy import Rule
from ui.components import charts, teams
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.style import BLUE, GREY, ORANGE
from ui.components.tables import named, show_table
from ui.context.page_context import PageContext
from ui.drift import answers
from ui.drift.answers import Asked
from words.dates import british, on_axis
from words.numbers import number

MOVES = ("opening", "new", "re_entered", "moved_in", "joined", "resolved", "left_care", "moved_out", "left", "closing")

HOVER = "%{customdata}<extra></extra>"


def show(context: PageContext, asked: Asked, rule: Rule) -> None:
    """The flows as now known, as a chart and a table."""
    section(f"Thirteen months of flows: {rule.title}")
    if absence := context.engine.absence(rule, context.as_at):
        write(element("p", f"{rule.title}: {absence.word}. {absence.why}", class_="empty"))
        return
    every = answers.flows(context, asked.chosen)
    frame = every[every["rule"] == rule.id]
    write(
        element(
            "p",
            "As now known. Bars above the line: children who joined the list; below the line: children who left it. "
            "The line is the number on the list.",
            class_="quiet",
        )
    )
    months = "; ".join(
        f"to {british(row['second_date'])} joined {number(row['joined'])}, left {number(row['left'])}, closing {number(row['closing'])}"
        for row in boxed_rows(frame)
    )
    charts.show(_figure(frame), alt=f"{rule.title}, month by month: {months}")
    within = not context.within(**asked.chosen).is_whole
    columns = named("first_date", "second_date", *(move for move in MOVES if within or not move.startswith("moved")))
    name = f"flows {rule.title} {teams.name_of(context, asked.chosen)}"
    show_table(frame, columns, f"Flows by month: {rule.title}", "flows", name=name, one="month")


def _figure(frame: pandas.DataFrame) -> dict:
    days = [day.date().isoformat() for day in frame["second_date"]]
    joined, left, closing = ([int(count) for count in frame[name]] for name in ("joined", "left", "closing"))
    bars = [
        _bars("Joined", days, joined, [f"+{count:,}" for count in joined], ORANGE, joined),
        _bars("Left", days, [-count for count in left], [f"-{count:,}" for count in left], GREY, left),
    ]
    line = {
        "type": "scatter",
        "name": "On the list at the end",
        "mode": "lines+markers+text",
        "x": days,
        "y": closing,
        "text": [f"{count:,}" for count in closing],
        "textposition": "top center",
        "cliponaxis": False,
        "line": {"color": BLUE, "width": 2.5},
        "marker": {"size": 7},
        "customdata": [
            f"{british(day)}: {count:,} on the list" for day, count in zip(frame["second_date"], closing, strict=True)
        ],
        "hovertemplate": HOVER,
    }
    ticks = [on_axis(day) for day in frame["second_date"]]
    highest, lowest = max([4, *closing, *joined]), max([1, *left])
    layout = {
        "height": 353,
        "margin": {"l": 70, "r": 25, "t": 50, "b": 60},
        "barmode": "relative",
        "bargap": 0.45,
        "legend": {"orientation": "h", "y": 1.14, "x": 0},
        "xaxis": {"type": "category", "tickvals": days, "ticktext": ticks, "showgrid": False},
        "yaxis": {"range": [-lowest * 1.35, highest * 1.18], "title": {"text": "children"}, "tickformat": ",d", "zeroline": True},
    }
    return {"data": [*bars, line], "layout": layout}


def _bars(name: str, days: list[str], heights: list[int], words: list[str], colour: str, counts: list[int]) -> dict:
    return {
        "type": "bar",
        "name": name,
        "x": days,
        "y": heights,
        "text": words,
        "textposition": "auto",
        "textangle": 0,  # else what does not fit into a low bar is turned on its side, or made too small to read
        "constraintext": "none",
        "insidetextfont": {"color": "#000000"},  # white is too faint on the orange and on the grey
        "customdata": [f"{count:,} {name.lower()}" for count in counts],
        "marker": {"color": colour},
        "hovertemplate": HOVER,
    }
