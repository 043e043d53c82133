"""Thirteen months of each rule: one rule's as a chart, every rule's as its table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas
import streamlit

from metrics.answers.headlines import Headline
from ui.components import charts, downloads
from ui.components.charts import ON_DAY, numbered_line
from ui.components.markup import Markup, element, write
from ui.components.style import ORANGE
from ui.components.tables import scrolling
from ui.context import address
from ui.context.page_context import PageContext
from ui.lists import first_reported
from words.columns import heading
from words.dates import british, on_axis
from words.labels import AS_FIRST_REPORTED, figure, figure_title

CAPTION = "Children on each list at each month end, as now known"
KNOWN = "Every month end is as now known, from this data load: what was reported on the day may differ."


def trend_figure(headline: Headline, reported: Sequence[int | None] = ()) -> dict:
    """One rule's thirteen months as a line from zero, every point with its number; dashed beside it, as first ``reported``."""
    days = [day.isoformat() for day, _ in headline.trend]
    counts = [count for _, count in headline.trend]
    texts = ["" if count is None else f"{count:,}" for count in counts]
    line = numbered_line(days, counts, texts, f"{ON_DAY}: %{{y:,}}<extra></extra>") | {"name": heading("known")}
    then = {
        "type": "scatter",
        "name": heading("reported"),
        "mode": "lines+markers",
        "x": days,
        "y": list(reported),
        "connectgaps": False,
        "line": {"color": ORANGE, "width": 2, "dash": "dash"},
        "marker": {"size": 8, "symbol": "diamond-open"},
        "hovertemplate": f"{ON_DAY}: %{{y:,}} {AS_FIRST_REPORTED}<extra></extra>",
    }
    highest = max((count for count in (*counts, *reported) if count is not None), default=0)
    layout = {
        "height": 314,
        "margin": {"l": 70, "r": 25, "t": 20, "b": 60},
        "showlegend": bool(reported),
        "legend": {"orientation": "h", "y": 1.12, "x": 0},
        "xaxis": {"tickvals": days, "ticktext": [on_axis(day) for day, _ in headline.trend], "showgrid": False},
        "yaxis": {"range": [0, max(4, highest * 1.18)], "title": {"text": "children"}, "tickformat": ",d"},
    }
    return {"data": [line, then] if reported else [line], "layout": layout}


def trend_frame(headlines: Sequence[Headline]) -> pandas.DataFrame:
    """The trend as a table to take away: a row a rule and date, the words for why where there is no figure."""
    rows = [
        (
            day.isoformat(),
            headline.rule.policy,
            headline.rule.id,
            figure_title(headline.rule),
            headline.word if count is None else count,
        )
        for headline in headlines
        for day, count in headline.trend
    ]
    return pandas.DataFrame(rows, columns=["as_at", "policy", "rule", "title", "children"])


def trend_table(context: PageContext, headlines: Sequence[Headline], **within: str | None) -> Markup:
    """Every rule by month end, each number leading to the children of that day."""
    days = [day for day, _ in headlines[0].trend]
    head = element(
        "tr", element("th", heading("title"), scope="col"), *(element("th", british(day), scope="col") for day in days)
    )

    def cell(headline: Headline, day, count: int | None) -> Markup:
        if not count:
            return element("td", figure(count, headline.absence), class_="words" if count is None else None)
        on_the_night = None if day == context.engine.as_at else day
        return element(
            "td", element("a", figure(count), href=address.link(address.CHILDREN, on_the_night, rule=headline.rule.id, **within))
        )

    rows = (
        element(
            "tr",
            element("th", figure_title(headline.rule), scope="row"),
            *(cell(headline, day, count) for day, count in headline.trend),
        )
        for headline in headlines
    )
    whole = element(
        "table",
        element("caption", CAPTION, class_="unseen"),
        element("thead", head),
        element("tbody", *rows),
        class_="data heat months",
    )
    return scrolling(whole, CAPTION)


def show_trend(context: PageContext, headlines: Sequence[Headline], key: str, **within: str | None) -> None:
    """A rule's trend as a chart, with what was first reported beside it where that is asked for, and all rules' as its table."""
    by_id = {headline.rule.id: headline for headline in headlines}
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        chosen = by_id[
            address.choose(
                "Figure", list(by_id), "trend", ["trend"], lambda rule: figure_title(by_id[rule].rule), width=address.WIDE
            )
        ]
        reported = first_reported.choose(context, chosen, **within)
    if chosen.absence:
        write(element("p", f"{chosen.rule.title}: {chosen.absence.word}. {chosen.absence.why}", class_="empty"))
    else:
        points = ", ".join(f"{british(day)} {figure(count, chosen.absence)}" for day, count in chosen.trend)
        then = f"; as first reported: {first_reported.said(chosen, reported)}" if reported else ""
        write(element("h3", figure_title(chosen.rule), class_="paper-only"))
        charts.show(
            trend_figure(chosen, first_reported.counts(chosen, reported)),
            alt=f"{figure_title(chosen.rule)}, children at each month end, as now known: {points}{then}",
        )
        if reported:
            first_reported.show_both(context, chosen, reported)
    write(element("p", KNOWN, class_="quiet"), trend_table(context, headlines, **within))
    about = downloads.About(CAPTION, "figure")
    downloads.offer(partial(trend_frame, headlines), "trend", f"trend {key}", (), about, look=downloads.Look.LINKS)
