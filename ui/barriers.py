"""The coded list of barriers that the council keeps: new ones, other words, another order, no longer offered."""

from __future__ import annotations

from dataclasses import replace

import pandas
import streamlit

from casework.errors import EditedMeanwhile
from casework.records import Theme
from casework.themes import add_theme, save_theme, themes, themes_in_use
from ui.markup import element, write
from ui.now import Now
from ui.panel_records import ask_who, keep, records, show_told, tell, who
from ui.tables import Column, table

COLUMNS = (
    Column("label", "Barrier", "list"),
    Column("code", "Code", "code"),
    Column("place", "Place", "number"),
    Column("offered", "Offered", "some"),
    Column("used", "Discussions that name it", "number"),
)


def show(now: Now) -> None:
    """The list, and the forms that change it."""
    ask_who()
    show_told()
    found = themes(records(now))
    used = themes_in_use(records(now))
    rows = [
        {
            "label": theme.label,
            "code": theme.code,
            "place": theme.place,
            "offered": "yes" if theme.active else "no longer",
            "used": used.get(theme.code, 0),
        }
        for theme in found
    ]
    write(
        element(
            "p",
            "What holds children up, as panels name it. A code stands for good, so that patterns over years hold.",
            class_="quiet",
        ),
        table(_frame(rows), COLUMNS, "The barriers"),
    )
    left, right = streamlit.columns(2)
    with left:
        _add(now)
    with right:
        _change(now, found)


def _frame(rows: list[dict]) -> pandas.DataFrame:
    return pandas.DataFrame(rows, columns=[column.name for column in COLUMNS])


def _add(now: Now) -> None:
    with streamlit.form("add a barrier"):
        write(element("h3", "Add a barrier"))
        label = streamlit.text_input("In words", key="new barrier", max_chars=200)
        if streamlit.form_submit_button("Add the barrier"):
            if keep(lambda: add_theme(records(now), label, who()), f"Added: {label}."):
                streamlit.session_state.pop("new barrier", None)
            streamlit.rerun()


def _change(now: Now, found: tuple[Theme, ...]) -> None:
    by_code = {theme.code: theme for theme in found}
    with streamlit.container(border=True):
        write(element("h3", "Change a barrier"))
        code = streamlit.selectbox(
            "Barrier", list(by_code), format_func=lambda code: by_code[code].label, key="barrier to change"
        )
        if code is None:
            return
        theme = by_code[code]
        with streamlit.form(f"change {code} {theme.version}", border=False):
            label = streamlit.text_input("In words", theme.label, max_chars=200)
            place = streamlit.number_input("Place in the list", 1, 999, theme.place or 1)
            offered = streamlit.checkbox("Offered on the panel's page", theme.active)
            if streamlit.form_submit_button("Save the barrier"):
                changed = replace(theme, label=label, place=int(place), active=offered)
                try:
                    keep(lambda: save_theme(records(now), changed, who()), "The barrier is saved.")
                except EditedMeanwhile as error:
                    tell(str(error), warning=True)
                streamlit.rerun()
