"""Tables: real HTML, so that they can be read aloud, followed with the keyboard, printed, and told apart without colour."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from math import ceil
from typing import Any

import pandas
import streamlit

from metrics.engine.plain import plain_columns
from ui.components import column_choice, downloads, kinds, sorting
from ui.components.markup import Markup, as_html, as_words, element, folded, joined, write
from ui.context import address
from ui.context.page_context import page_context
from words import shown
from words.columns import DATE, DAYS, FIGURE, NUMBER, PERCENT, WORDED
from words.dates import british
from words.labels import NOT_RECORDED, figure
from words.numbers import counted, number

ROWS_ON_A_PAGE = 100
ROWS_IN_SIGHT = 15
TABLES_KEPT = 200
# In the place of rows that come as data, until they are made of it.
NOT_COME = "The rows of this table have not come. Reload the page."
LONG = 40  # characters: a longer value takes the room of two
# The look of a cell by its kind (words/columns.py); a text's is its width.
ALIGNED = {NUMBER: "num", PERCENT: "num", DAYS: "num", WORDED: "num", FIGURE: "num", DATE: "day"}
WORDS: dict[str, Callable[[Any], str]] = {
    NUMBER: number,
    FIGURE: figure,
    DATE: british,
    # Words in the place of a share stay as they are.
    PERCENT: lambda value: value if isinstance(value, str) else f"{value:.1f}%",
    DAYS: "{:,.0f}".format,
}


@dataclass(frozen=True)
class Column(shown.Column):
    """A column of a table on the screen: where a cell leads and, if not the value by its kind, what it says and how it looks (a class).

    ``leads_to``, ``says`` and ``looks`` are given the row: {column: value}, days as ``date`` and None for what is missing.
    ``where_rows_differ``: a list shows it only where it tells rows apart, or the reader has chosen it; the files always have it.
    """

    leads_to: Callable[[dict], str | None] | None = None
    says: Callable[[dict], object] | None = None
    looks: Callable[[dict], str | None] | None = None
    where_rows_differ: bool = False

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
    """All that a column shows: its heading and look, what it means, the words of each row and the address that each leads to; where the
    heading sorts by it, the address of that and how it is sorted now."""

    heading: str
    look: str | None
    means: str | None
    words: tuple[Markup, ...]
    addresses: tuple[str | None, ...] | None
    looks: tuple[str | None, ...] | None = None
    sorts: str | None = None
    direction: str | None = None

    @property
    def head(self) -> Markup:
        """The heading's cell."""
        words = element("a", self.heading, href=self.sorts) if self.sorts else self.heading
        return element("th", words, class_=self.look, title=self.means, scope="col", aria_sort=self.direction)

    def cells(self, names_rows: bool) -> list[Markup]:
        """The column's cells; ``names_rows`` when they are the headings of their rows."""
        tag, scope = ("th", "row") if names_rows else ("td", None)
        said = self.words
        if self.addresses:
            pairs = zip(said, self.addresses, strict=True)
            said = tuple(element("a", words, href=href) if href and words else words for words, href in pairs)
        looks = self.looks or (self.look,) * len(said)
        return [element(tag, words, class_=look, scope=scope) for words, look in zip(said, looks, strict=True)]

    def data(self) -> dict[str, object]:
        """What the script of tables (``scripts/tables.js``) makes the column's cells of: what differs once, and which of it each row has.
        Most columns say few things, and a thousand rows are much to send."""

        def once(values: tuple) -> dict[str, list]:
            places = {value: place for place, value in enumerate(dict.fromkeys(values))}
            return {"each": list(places), "of": [places[value] for value in values]}

        optional = {"looks": self.looks, "addresses": self.addresses}
        return {"look": self.look, "words": once(self.words)} | {name: once(of) for name, of in optional.items() if of}


def scrolling(table: Markup, caption: str, tall: bool = False, anchor: str | None = None, pressed: str | None = None) -> Markup:
    """A table in a box that scrolls by itself, reachable by keyboard. A tall one is no higher than the window, its headings in sight."""
    look = "scroll tall" if tall else "scroll"
    return element("div", table, id=anchor, class_=look, role="region", tabindex="0", aria_label=caption, data_pressed=pressed)


def bare_table(
    frame: pandas.DataFrame,
    columns: Sequence[Column],
    caption: str,
    tall: bool = False,
    sight: slice = slice(None),
    key: str = "",
    order: str | None = None,
    look: str = "",
    pressed: Sequence[str] = (),
) -> Markup:
    """A frame as a table whose first column names the rows, without files: pages take ``show_table`` or ``paged``, and a test says which
    do otherwise. ``sight``: the rows on the screen; the others come on paper only.

    ``order``: the order of the list ``key`` as ``sorting`` names it, where its headings sort it; None where they do not. ``look``: a class
    of its own. ``pressed``: as of ``paged``.
    """
    values = plain_columns(frame if frame.columns.is_unique else frame.loc[:, ~frame.columns.duplicated()])
    rows: list[dict] = []
    if any(column.leads_to or column.says or column.looks for column in columns):
        rows = [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]
    presses = [None] * len(columns) if order is None else sorting.presses(columns, key, order)
    contents = tuple(
        Content(
            column.heading,
            column.look,
            column.entry.means or None,
            # Escaped here and not when it is drawn: text that looks like our own HTML would be taken for it.
            tuple(map(as_html, map(column.says, rows) if column.says else column.words(values[column.name]))),
            tuple(column.leads_to(row) for row in rows) if column.leads_to else None,
            tuple(column.looks(row) for row in rows) if column.looks else None,
            press,
            None if order is None else sorting.direction(column, order),
        )
        for column, press in zip(columns, presses, strict=True)
    )
    first, last, _ = sight.indices(len(frame))
    anchor = sorting.anchor(key) if key else None
    return _rendered(contents, caption, tall, first, last, anchor, f"data {look}".strip(), " ".join(pressed) or None)


# The key is everything that is shown, so a table kept for one reader is given to another only where it is the same table.
@lru_cache(maxsize=TABLES_KEPT)
def _rendered(
    contents: tuple[Content, ...],
    caption: str,
    tall: bool,
    first: int,
    last: int,
    anchor: str | None,
    look: str,
    pressed: str | None,
) -> Markup:
    head = element("tr", *(one.head for one in contents))
    data = None
    if len(contents[0].words) > ROWS_IN_SIGHT:
        rows = [element("tr", element("td", NOT_COME, colspan=len(contents)))]
        columns = [one.data() for one in contents]
        data = json.dumps({"first": first, "last": last, "columns": columns}, ensure_ascii=False, separators=(",", ":"))
        look = f"{look} from-data"
    else:
        cells = [one.cells(names_rows=place == 0) for place, one in enumerate(contents)]
        rows = [Markup(f"<tr>{''.join(row)}</tr>") for row in zip(*cells, strict=True)]
    whole = element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", head),
        element("tbody", joined(rows)),
        class_=look,
        data_rows=data,
    )
    return scrolling(whole, caption, tall, anchor, pressed)


def facts(pairs: Iterable[tuple[str, object]]) -> Markup:
    """Names and values, side by side; a value that is missing is said to be so."""

    def fact(name: str, value: object) -> Markup:
        said = NOT_RECORDED if value is None or value == "" else value
        long = not isinstance(said, Markup) and len(str(said)) > LONG
        return element("div", element("dt", name), element("dd", said), class_="long" if long else None)

    return element("dl", *(fact(name, value) for name, value in pairs), class_="facts")


def show_table(
    frame: pandas.DataFrame,
    columns: Sequence[Column],
    caption: str,
    key: str,
    *,
    name: str = "",
    of: str = "",
    before: Sequence[object] = (),
    after: Sequence[object] = (),
    tall: bool = False,
    taken: downloads.Taken | None = None,
    more: Sequence[Column] = (),
    fold: str = "",
    printed: bool = False,
    look: str = "",
    one: str = "row",
    many: str | None = None,
) -> None:
    """A table, whole, with its downloads. The files have its rows and columns, and ``more``; or what is ``taken`` in their place.

    ``key``: what it is, in our own words; ``of``: which one, where a page has several with this key. ``name``: what its files are called;
    else its caption. ``before`` and ``after``: what stands above and below. ``fold``: the line that opens to all of it; ``printed``: paper
    has it in any case. ``look``: a class of the table's own.
    """
    body = joined((*before, bare_table(frame, columns, caption, tall, look=look), *after))
    write(folded(fold, body, printed=printed) if fold else body)
    every = (*columns, *more)
    about = downloads.About(caption, one, many)
    kept = partial(in_a_file, frame, every) if taken is None else taken
    below = downloads.Look.FOLDED if fold else downloads.Look.LINKS
    downloads.offer(kept, name or caption, key, every, about, look=below, of=of)


def in_a_file(frame: pandas.DataFrame, columns: Sequence[Column]) -> pandas.DataFrame:
    """The rows and columns of a table as its files have them: the values, and the screen's words where there is no value, or several."""
    values = plain_columns(frame if frame.columns.is_unique else frame.loc[:, ~frame.columns.duplicated()])
    told: dict[str, pandas.Series] = {}
    for column in columns:
        own = values[column.name]
        wordless = {place for place, value in enumerate(own) if value is None or isinstance(value, (tuple, list))}
        if not wordless or not (column.says or column.entry.kind == FIGURE):
            continue
        said = dict(zip(wordless, (_words_of(column, values, place) for place in wordless), strict=True))
        told[column.name] = pandas.Series([said.get(place, value) for place, value in enumerate(own)], frame.index, dtype=object)
    names = list(dict.fromkeys(column.name for column in columns))
    return frame.loc[:, ~frame.columns.duplicated()][names].assign(**told)


def _words_of(column: Column, values: Mapping[str, Sequence[object]], place: int) -> str | None:
    """What a cell without a value of its own says on the screen, without its links."""
    if column.says is None:
        return figure(None)
    return as_words(column.says({name: of[place] for name, of in values.items()})) or None


def paged(
    frame: pandas.DataFrame,
    columns: Sequence[Column],
    caption: str,
    key: str,
    file_name: str,
    empty: str,
    one: str = "row",
    many: str | None = None,
    more: Sequence[Column] = (),
    usual: str = "Usual order",
    definition: str = "",
    look: str = "",
    narrowed_by: Sequence[str] = (),
    pressed: Sequence[str] = (),
) -> None:
    """A list: its filters where it is of children, its order, its columns, its rows a hundred at a time, and its downloads.

    ``empty``: the sentence when there are none. ``more``: columns that are in the files beside the list's own; they, and every other one
    of the frame, can be chosen. The files have the list's full columns, or the chosen ones. ``usual``: the order in which the rows come, in
    words. ``definition``: what puts a row on the list, for the Excel file. ``look``: a class of the table's own. ``narrowed_by``: by their
    names in the address, the page's choices that leave rows out and that the title does not say. ``pressed``: those that a number further
    up the page makes by leading to this list: whoever presses it is brought to the list.
    """
    if frame.empty:
        write(element("p", empty, class_="empty"))
        return
    every, context, narrowed = frame, page_context(), list(address.in_words(narrowed_by))
    if kinds.of_children(frame):
        kinds.choose(context)
        frame = kinds.only(context, frame)
        kinds.say(every, frame, one, many)
        narrowed += [words] if (words := kinds.in_words()) else []
    beside = _beside(frame, columns, more)
    with streamlit.container(horizontal=True, vertical_alignment="bottom", key=f"list {key}"):
        order = sorting.choose((*columns, *more), key, usual)
        shown, picked = column_choice.choose(columns, beside, key)
    if not picked:
        shown = [column for column in shown if not column.where_rows_differ or every[column.name].nunique(dropna=False) > 1]
    if frame.empty:
        write(element("p", f"None of the {counted(len(every), one, many)} matches these filters.", class_="empty"))
        return
    frame = sorting.ordered(frame, order)
    pages = ceil(len(frame) / ROWS_ON_A_PAGE)
    page = 1
    if pages > 1:
        page = streamlit.pagination(pages, key=f"page {key} of {len(frame)} by {order}")
    first = (page - 1) * ROWS_ON_A_PAGE
    part = slice(first, min(first + ROWS_ON_A_PAGE, len(frame)))
    in_sight = part.stop - part.start
    write(bare_table(frame, shown, caption, in_sight > ROWS_IN_SIGHT, part, key, order, look, pressed))
    sorting.come_back(key, pressed)
    in_order = order and sorting.words(order, (*columns, *more)) or usual
    about = downloads.About(caption, one, many, len(every), in_order, definition, ", ".join(narrowed))
    showing = element("span", f"{first + 1:,} to {part.stop:,} of ", class_="screen-only") if pages > 1 else ""
    total = f" of {counted(len(every), one, many)}" if len(frame) < len(every) else ""
    found = f"{len(frame):,}{total}" if total else counted(len(frame), one, many)
    count = element("p", showing, found, class_="quiet count")
    in_file = shown if picked else (*columns, *more)
    downloads.offer(partial(in_a_file, frame, in_file), file_name, key, (*columns, *more), about, count)


def _beside(frame: pandas.DataFrame, columns: Sequence[Column], more: Sequence[Column]) -> list[Column]:
    """The frame's other columns: as ``more`` has them, else by their own names."""
    known = {column.name: column for column in more}
    own = {column.name for column in columns}
    return [known.get(name) or Column(name.replace(" ", "_"), of=name) for name in frame.columns if name not in own]
