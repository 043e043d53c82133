"""Tables: real HTML, so that they can be read aloud, followed with the keyboard, printed, and told apart without colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any

import pandas
import streamlit

from metrics.engine.plain import plain_columns
from ui.components import downloads
from ui.components.markup import Markup, as_html, element, joined, write
from words import shown
from words.columns import DATE, DAYS, FIGURE, NUMBER, PERCENT, WORDED
from words.dates import british
from words.labels import NOT_RECORDED, figure
from words.numbers import counted, number

ROWS_ON_A_PAGE = 100
ROWS_IN_SIGHT = 15
TABLES_KEPT = 200
LONG = 40  # characters: a longer value takes the room of two
# The look of a cell by its kind (words/columns.py); a text's is its width.
ALIGNED = {NUMBER: "num", PERCENT: "num", DAYS: "num", WORDED: "num", FIGURE: "num", DATE: "day"}
WORDS: dict[str, Callable[[Any], str]] = {
    NUMBER: number,
    FIGURE: figure,
    DATE: british,
    PERCENT: "{:.1f} %".format,
    DAYS: "{:,.0f}".format,
}


@dataclass(frozen=True)
class Column(shown.Column):
    """A column of a table on the screen: where a cell leads and, if not the value by its kind, what it says.

    ``leads_to`` and ``says`` are given the row: {column: value}, days as ``date`` and None for what is missing.
    """

    leads_to: Callable[[dict], str | None] | None = None
    says: Callable[[dict], object] | None = None

    @property
    def look(self) -> str | None:
        """The class of the column's cells."""
        return ALIGNED.get(self.entry.kind, self.entry.screen) or None

    def words(self, values: Sequence[object]) -> tuple[object, ...]:
        """What the cells say of their values, by the column's kind; nothing for a missing one, save that a figure says so."""
        kind = self.entry.kind
        say = WORDS.get(kind, str)
        return tuple("" if value is None and kind != FIGURE else say(value) for value in values)


def named(*parts: str | Column) -> tuple[Column, ...]:
    """Columns by their words, or as they are."""
    return tuple(Column(part) if isinstance(part, str) else part for part in parts)


@dataclass(frozen=True)
class Content:
    """All that a column shows: its heading and look, what it means, the words of each row and the address that each leads to."""

    heading: str
    look: str | None
    means: str | None
    words: tuple[Markup, ...]
    addresses: tuple[str | None, ...] | None

    def cells(self, names_rows: bool) -> list[Markup]:
        """The column's cells from the top; ``names_rows`` when they are the headings of their rows."""
        tag, scope = ("th", "row") if names_rows else ("td", None)
        said = self.words
        if self.addresses:
            pairs = zip(said, self.addresses, strict=True)
            said = tuple(element("a", words, href=address) if address and words else words for words, address in pairs)
        return [element(tag, words, class_=self.look, scope=scope) for words in said]


def scrolling(table: Markup, caption: str, tall: bool = False) -> Markup:
    """A table in a box that scrolls by itself, reachable by keyboard."""
    return element("div", table, class_="scroll tall" if tall else "scroll", role="region", tabindex="0", aria_label=caption)


def table(
    frame: pandas.DataFrame, columns: Sequence[Column], caption: str, tall: bool = False, sight: slice = slice(None)
) -> Markup:
    """A frame as a table whose first column names the rows. ``sight``: the rows on the screen; the others come on paper only."""
    values = plain_columns(frame.loc[:, ~frame.columns.duplicated()])
    rows: list[dict] = []
    if any(column.leads_to or column.says for column in columns):
        rows = [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]
    contents = tuple(
        Content(
            column.heading,
            column.look,
            column.entry.means or None,
            # Escaped here and not when it is drawn: text that looks like our own HTML would be taken for it.
            tuple(map(as_html, map(column.says, rows) if column.says else column.words(values[column.name]))),
            tuple(column.leads_to(row) for row in rows) if column.leads_to else None,
        )
        for column in columns
    )
    first, last, _ = sight.indices(len(frame))
    return _rendered(contents, caption, tall, first, last)


# The key is everything that is shown, so a table kept for one reader is given to another only where it is the same table.
@lru_cache(maxsize=TABLES_KEPT)
def _rendered(contents: tuple[Content, ...], caption: str, tall: bool, first: int, last: int) -> Markup:
    head = element("tr", *(element("th", one.heading, class_=one.look, title=one.means, scope="col") for one in contents))
    cells = [one.cells(names_rows=place == 0) for place, one in enumerate(contents)]
    rows = [Markup(f"<tr>{''.join(row)}</tr>") for row in zip(*cells, strict=True)]
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
        said = NOT_RECORDED if value is None or value == "" else value
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
    more: Sequence[Column] = (),
) -> None:
    """A table a hundred rows at a time, with its download (every row and column of the frame); a sentence when there are none.

    ``more``: what columns of the frame that are in the download only mean, where their own names do not say.
    """
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
        downloads.offer(frame, file_name, key, (*columns, *more))
        showing = f"{first + 1:,} to {part.stop:,} of " if pages > 1 else ""
        write(element("p", showing + counted(len(frame), one, many), class_="quiet"))
