"""A pack's tables, charts and words on the page: protected figures only."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit

from metrics.disclosure.cells import HIDDEN
from metrics.strategic.answer import StrategicPack
from metrics.strategic.dimensions import dimensions
from metrics.strategic.figures import Row, Table
from packs.corporate.headlines import HEADLINES, Headline, headlines, row_label
from packs.corporate.workbook import WIDE
from ui.components import charts
from ui.components.markup import Markup, element, joined, write
from ui.components.section_headings import section
from ui.components.tables import scrolling
from ui.components.tiles import about, standing_tag
from words.columns import headings

MEANINGS = "What each measure means"


def show_figures(pack: StrategicPack, said: Iterable[tuple[str, str]]) -> None:
    """The headlines and the commentary as on the first page of the paper, then every table of the pack."""
    section(HEADLINES, element("div", *(_headline(pack, one) for one in headlines(pack)), class_="headlines"))
    for title, text in said:
        write(element("h3", pack.without_code(title)), element("p", text, class_="words-of"))
    section("Scorecard", _table(pack, pack.table("scorecard")))
    section("Thirteen months")
    _charts(pack)
    write(_table(pack, pack.table("trend")))
    for table_id in ("flow", *dimensions(), "services", "numbers"):
        section(pack.table(table_id).title, _table(pack, pack.table(table_id)))
    section(MEANINGS, _definitions(pack))


def _headline(pack: StrategicPack, one: Headline) -> Markup:
    status, target = pack.said(one.status), pack.said(one.target)
    standing = element("p", standing_tag(status) or status, element("span", target, class_="quiet"), class_="line")
    return element(
        "div",
        element("h3", one.title),
        element("p", pack.said(one.now), class_="figure"),
        standing if status or target else "",
        element("p", f"{one.since}: {pack.said(one.direction)}", class_="line"),
        about(one.title, (one.definition, f"Source: {one.source}.")),
        class_="tile",
    )


def _table(pack: StrategicPack, laid: Table) -> Markup:
    places = [place for place in range(len(laid.headings) - 1) if place not in laid.empty_columns]
    shown = [laid.headings[place + 1] for place in places]
    kinds = ["short" if title in WIDE else "num" for title in shown]

    def row_of(row: Row) -> Markup:
        figures = [row.figures[place] for place in places]
        cells = (element("td", pack.said(figure), class_=kind) for figure, kind in zip(figures, kinds, strict=True))
        return element(
            "tr", element("th", row_label(pack, laid.id, row), scope="row", class_="some"), *cells, class_=row.level or None
        )

    headings = (
        element("th", title, scope="col", class_=kind)
        for title, kind in zip((laid.headings[0], *shown), ("some", *kinds), strict=True)
    )
    whole = element(
        "table",
        element("caption", laid.title, class_="unseen"),
        element("thead", element("tr", *headings)),
        element("tbody", joined(row_of(row) for row in laid.rows)),
        class_="data scorecard months" if laid.id == "trend" else "data scorecard",
    )
    sentence = element("p", laid.sentence, class_="quiet") if laid.sentence else Markup("")
    return joined((sentence, scrolling(whole, laid.title)))


def _charts(pack: StrategicPack) -> None:
    """One small chart a row of the table below; a hidden month is a gap, marked as the table marks it."""
    for first in range(0, len(pack.charted), 3):
        for column, row in zip(streamlit.columns(3), pack.charted[first : first + 3], strict=False):
            values = [pack.value(figure) for figure in row.figures]
            counts = [value if isinstance(value, int) else None for value in values]
            with column:
                drawn = charts.chart(charts.small_trend_figure(pack.months, counts, HIDDEN), alt=pack.words_of_chart(row))
                write(element("h3", row.label), drawn)


def _definitions(pack: StrategicPack) -> Markup:
    titles = headings("measure", "definition", "numerator", "denominator", "source")
    rows = (
        element(
            "tr",
            element("th", f"{one.reference} {one.title}", scope="row"),
            *(element("td", words) for words in (one.definition, one.numerator, one.denominator or "none", one.source)),
        )
        for one in pack.measures
    )
    whole = element(
        "table",
        element("caption", MEANINGS, class_="unseen"),
        element("thead", element("tr", *(element("th", title, scope="col") for title in titles))),
        element("tbody", joined(rows)),
        class_="data",
    )
    return scrolling(whole, MEANINGS, tall=True)
