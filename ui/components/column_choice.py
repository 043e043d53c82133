"""Which columns of a list are shown: the short ones, all of them, or those that the reader chose; in the address, and remembered.

The usual columns of a reader who has chosen none stand in no address: of whatever a page adds to its address Streamlit makes a page of its
own in the browser's history, and *Back* would have to be pressed twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import streamlit

from ui.components.markup import element, write
from ui.components.sorting import slug
from ui.context import address, browser
from words.columns import COLUMNS, IN_FULL
from words.shown import Column

SHORT, FULL, CHOSEN = "short", "full", "chosen"
WORDS = {SHORT: "Short", FULL: "Full", CHOSEN: "Chosen"}
REMEMBERED = "columns of lists"
One = TypeVar("One", bound=Column)


def choose(columns: Sequence[One], more: Sequence[One], key: str) -> tuple[list[One], bool]:
    """The columns to show, and whether the reader chose them one by one.

    ``columns`` are the list's own (all of them: *Full*; without those of ``words.columns.IN_FULL``: *Short*); ``more`` are offered beside
    them to who chooses. The choice stands in the address, so that a copied link shows the same columns.
    """
    name = f"columns_{slug(key)}"
    every = {column.name: column for column in (*columns, *more)}
    short = [column for column in columns if column.word not in IN_FULL] or list(columns)
    views = [SHORT, FULL, CHOSEN] if len(short) < len(columns) else [FULL, CHOSEN]
    asked = _asked(name, key, views, every, [column.name for column in short])
    view = asked if asked in views else CHOSEN
    address.keep(name, None if asked == views[0] and _remembered(key) is None else asked)
    _show_views(name, key, views, view, [column.name for column in short])
    if view != CHOSEN:
        return (short if view == SHORT else list(columns)), False
    picked = [one for one in asked.split(",") if one in every]
    return _pick(name, key, every, picked, views[0]), True


def _remembered(key: str) -> str | None:
    """What the reader chose for a list the last time; None for the usual columns."""
    return browser.chosen(REMEMBERED).get(slug(key))


def _asked(name: str, key: str, views: Sequence[str], every: Mapping[str, Column], short: Sequence[str]) -> str:
    """What the address asks for, else what is remembered, else the usual columns, and a sentence where none of them is there."""
    asked = address.given(name, (name,)) or _remembered(key)
    if asked == CHOSEN:
        return ",".join(short)
    names = asked.split(",") if asked else []
    if asked and (asked in views or any(one in every for one in names)):
        return asked
    if asked and name in streamlit.query_params and asked not in (SHORT, FULL) and not all(one in COLUMNS for one in names):
        write(element("p", f"{address.not_there('columns', asked)} The list has its usual columns.", class_="notice"))
    return views[0]


def _keep(name: str, key: str, value: str, usual: str) -> None:
    """The reader has chosen: into the address, and remembered for the next time. What is usual is forgotten."""
    address.keep(name, None if value == usual else value)
    browser.keep_chosen_of(REMEMBERED, slug(key), None if value == usual else value)


def _show_views(name: str, key: str, views: Sequence[str], view: str, short: Sequence[str]) -> None:
    widget = f"view {key}"
    streamlit.session_state[widget] = view

    def chosen() -> None:
        taken = streamlit.session_state[widget] or view
        _keep(name, key, ",".join(short) if taken == CHOSEN else taken, views[0])

    streamlit.segmented_control("Columns", views, key=widget, format_func=WORDS.__getitem__, on_change=chosen, required=True)


def _pick(name: str, key: str, every: Mapping[str, One], picked: Sequence[str], usual: str) -> list[One]:
    """The columns one by one, in the list's own order. With none of them left, all are shown."""
    widget = f"pick {key}"
    streamlit.session_state[widget] = list(picked)

    def chosen() -> None:
        taken = streamlit.session_state[widget]
        _keep(name, key, ",".join(one for one in every if one in taken) or FULL, usual)

    streamlit.multiselect(
        "Columns to show", list(every), key=widget, format_func=lambda one: every[one].heading, on_change=chosen, width=640
    )
    return [column for one, column in every.items() if one in picked]
