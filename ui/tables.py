"""Tables: real HTML, so that they can be read aloud, followed with the keyboard, printed, and told apart without colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil

import pandas
import streamlit

from ui import downloads
from ui.markup import Markup, element, joined, write
from ui.words import british, counted, figure, number

ROWS_ON_A_PAGE = 100
ROWS_IN_SIGHT = 15
LONG = 40  # characters: a longer value takes the room of two
ALIGNED = {
    "said": "said",
    "number": "num",
    "figure": "num",
    "day": "day",
    "code": "code",
    "wide": "wide",
    "short": "short",
    "some": "some",
    "list": "list",
}
WORDS = {"number": number, "figure": figure, "day": british}


@dataclass(frozen=True)
class Column:
    """A column: its name in the frame, heading, kind (text, short, some, list, wide, code, day, number, figure), where it leads."""

    name: str
    title: str
    kind: str = "text"
    leads_to: Callable[[dict], str | None] | None = None

    def cell(self, row: dict, heading: bool) -> Markup:
        """The cell of one row; ``heading`` when it names the row."""
        value = row[self.name]
        missing = value is None or (not isinstance(value, str) and pandas.isna(value))
        shown = WORDS.get(self.kind, str)(value) if not missing or self.kind == "figure" else ""
        address = self.leads_to(row) if self.leads_to and shown else None
        content = element("a", shown, href=address) if address else shown
        return element("th" if heading else "td", content, class_=ALIGNED.get(self.kind), scope="row" if heading else None)


def scrolling(table: Markup, caption: str, tall: bool = False) -> Markup:
    """A table in a box that scrolls by itself, reachable by keyboard."""
    return element("div", table, class_="scroll tall" if tall else "scroll", role="region", tabindex="0", aria_label=caption)


def table(
    frame: pandas.DataFrame, columns: Sequence[Column], caption: str, tall: bool = False, sight: slice = slice(None)
) -> Markup:
    """A frame as a table whose first column names the rows. ``sight``: the rows on the screen; the others come on paper only."""
    head = element("tr", *(element("th", column.title, class_=ALIGNED.get(column.kind), scope="col") for column in columns))
    rows = [
        element("tr", *(column.cell(row, place == 0) for place, column in enumerate(columns)))
        for row in frame[list(dict.fromkeys(frame.columns))].to_dict("records")
    ]
    first, last, _ = sight.indices(len(rows))
    whole = element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", head),
        element("tbody", joined(rows[:first]), class_="on-paper") if first else "",
        element("tbody", joined(rows[first:last])),
        element("tbody", joined(rows[last:]), class_="on-paper") if rows[last:] else "",
        class_="data",
    )
    return scrolling(whole, caption, tall)


def facts(pairs: Iterable[tuple[str, object]]) -> Markup:
    """Names and values, side by side; a value that is missing is said to be so."""

    def fact(name: str, value: object) -> Markup:
        said = "not recorded" if value is None or value == "" else value
        long = not isinstance(said, Markup) and len(str(said)) > LONG
        return element("div", element("dt", name), element("dd", said), class_="long" if long else None)

    return element("dl", *(fact(name, value) for name, value in pairs), class_="facts")


def sorted_by(frame: pandas.DataFrame, orders: dict[str, tuple[list[str], list[bool]]], key: str) -> pandas.DataFrame:
    """A select box of orders, and the frame in the chosen one. The first is the order in which the frame comes."""
    chosen = streamlit.selectbox("Sort by", list(orders), key=f"sort {key}", width=330)
    columns, ascending = orders[chosen]
    return frame.sort_values(columns, ascending=ascending, kind="stable", na_position="last") if columns else frame


def paged(
    frame: pandas.DataFrame,
    columns: Sequence[Column],
    caption: str,
    key: str,
    file_name: str,
    empty: str,
    one: str = "row",
    many: str | None = None,
    tall: bool = False,
) -> None:
    """A table a hundred rows at a time, with its download (every row and column of the frame); a sentence when there are none."""
    if frame.empty:
        write(element("p", empty, class_="empty"))
        return
    pages = ceil(len(frame) / ROWS_ON_A_PAGE)
    page = 1
    if pages > 1:
        page = streamlit.pagination(pages, key=f"page {key} of {len(frame)}")
    first = (page - 1) * ROWS_ON_A_PAGE
    part = slice(first, min(first + ROWS_ON_A_PAGE, len(frame)))
    in_sight = part.stop - part.start
    write(table(frame, columns, caption, tall and in_sight > ROWS_IN_SIGHT, part))
    with streamlit.container(horizontal=True, vertical_alignment="center"):
        downloads.offer(frame, file_name, key)
        showing = f"{first + 1:,} to {part.stop:,} of " if pages > 1 else ""
        write(element("p", showing + counted(len(frame), one, many), class_="quiet"))
