"""The order of a list: by any of its columns, either way, in the address, and remembered. Every heading is a link that sorts by its
column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from operator import itemgetter

import pandas
import streamlit

from metrics.engine.plain import plain_columns
from ui.components import scripts
from ui.components.markup import element, write
from ui.context import address, browser
from words.columns import COLUMNS, DATE, DAYS, FIGURE, NUMBER, PERCENT
from words.labels import RESTRICTED_RECORD
from words.shown import Column

USUAL = ""
REMEMBERED = "orders of lists"
DOWN = "-"  # before a column's name in the address: from the highest
# What the two ways are called, upwards and downwards, by the kind of the column.
WAYS = {
    DATE: ("earliest first", "latest first"),
    **dict.fromkeys((NUMBER, DAYS, PERCENT, FIGURE), ("lowest first", "highest first")),
}
OF_WORDS = ("A to Z", "Z to A")
# What the first press of a heading gives: the most days, the highest number, else from A or from the earliest.
DOWN_FIRST = (NUMBER, DAYS, PERCENT, FIGURE)


def slug(key: str) -> str:
    """A list's key as its choices are named in the address."""
    return "_".join(key.split())


def choose(columns: Sequence[Column], key: str, usual: str) -> str:
    """A select box of the list's orders; gives the chosen one as the address says it. ``usual`` is the order in which the list comes.

    The order decides no figure: an order that is not there leaves the list in its usual one, and a sentence says so. A column that the
    list does not have on this day or of this team needs none.
    """
    name, said = f"sort_{slug(key)}", {USUAL: usual} | _orders(columns)
    options = list(said)
    asked = streamlit.query_params.get(name)
    last = browser.chosen(REMEMBERED).get(slug(key), USUAL)
    if asked is not None and asked not in options:
        address.keep(name, None)
        if asked.removeprefix(DOWN) not in COLUMNS:
            write(element("p", f"{address.not_there('order', asked)} The list is in its usual order.", class_="notice"))
    # What is remembered stands in no address: whatever a page adds to its address is one more press of Back.
    order = address.choose(
        "Sort by",
        options,
        name,
        (name,),
        said.__getitem__,
        width=280,
        usual=last if asked is None and last in options else USUAL,
        when_chosen=partial(_remember, key),
        unwritten=(USUAL,),
    )
    # Whoever presses a heading follows a link.
    if asked == order:
        _remember(key, order)
    return order


def _remember(key: str, order: str) -> None:
    """Keep an order for the next time; the usual one needs none."""
    browser.keep_chosen_of(REMEMBERED, slug(key), None if order == USUAL else order)


def _orders(columns: Sequence[Column]) -> dict[str, str]:
    """Every order by a column, as the address has it, in words."""
    said: dict[str, str] = {}
    for column in columns:
        upwards, downwards = WAYS.get(column.entry.kind, OF_WORDS)
        said |= {column.name: f"{column.heading}, {upwards}", f"{DOWN}{column.name}": f"{column.heading}, {downwards}"}
    return said


def words(order: str, columns: Sequence[Column]) -> str:
    """A chosen order in words."""
    return _orders(columns)[order]


def _key(value: object) -> tuple[int, float, str] | None:
    """By what a value is sorted; None for what is missing or hidden, which comes last either way."""
    if value is None or value == "" or value == RESTRICTED_RECORD or value != value:
        return None
    if isinstance(value, date):
        return (0, value.toordinal(), "")
    return (0, float(value), "") if isinstance(value, (int, float)) else (1, 0, str(value).casefold())


def ordered(frame: pandas.DataFrame, order: str) -> pandas.DataFrame:
    """The rows in an order of ``choose``. Rows that are equal in it keep their usual order; what is missing or hidden comes last."""
    if order == USUAL:
        return frame
    name = order.removeprefix(DOWN)
    keys = [_key(value) for value in plain_columns(frame[[name]])[name]]
    known = sorted(
        ((key, place) for place, key in enumerate(keys) if key is not None), key=itemgetter(0), reverse=order[0] == DOWN
    )
    return frame.iloc[[place for _, place in known] + [place for place, key in enumerate(keys) if key is None]]


def anchor(key: str) -> str:
    """Where a list stands on its page."""
    return f"list-{slug(key)}"


def come_back(key: str, pressed: Sequence[str] = ()) -> None:
    """Bring the list into sight that a reader has sorted by its heading, or asked for by a number of its page (``pressed``: the choices
    that such a number makes)."""
    if any(map(address.asked_for, (f"sort_{slug(key)}", *pressed))):
        scripts.run(scripts.TO_THE_LIST)


def presses(columns: Sequence[Column], key: str, order: str) -> list[str]:
    """The addresses that headings lead to: sorted by their column, or the other way where the list already is."""
    return address.otherwise(f"sort_{slug(key)}", (_pressed(column, order) for column in columns))


def _pressed(column: Column, order: str) -> str:
    first, second = column.name, f"{DOWN}{column.name}"
    if column.entry.kind in DOWN_FIRST:
        first, second = second, first
    return second if order == first else first


def direction(column: Column, order: str) -> str | None:
    """How a column is sorted, as ``aria-sort`` says it; None for one by which the list is not sorted."""
    if order.removeprefix(DOWN) != column.name:
        return None
    return "descending" if order.startswith(DOWN) else "ascending"
