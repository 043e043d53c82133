"""The coded list of barriers that the council keeps: new ones, other words, another order, no longer offered."""

from __future__ import annotations

from dataclasses import replace

import pandas
import streamlit

from access.roles import Right
from casework.agenda.themes import add_theme, save_theme, themes, themes_in_use
from casework.records.records import Theme
from ui.components.markup import element
from ui.components.section_headings import section
from ui.components.tables import Column, named, show_table
from ui.context.page_context import PageContext
from ui.context.panel_records import records
from ui.editing import writing
from ui.editing.writer import ask_who, who

COLUMNS = (
    Column("barrier", of="label"),
    Column("code"),
    Column("barrier_place", of="place"),
    *named("offered", "used"),
)


def show(context: PageContext) -> None:
    """The list, and the forms that change it."""
    ask_who()
    found = themes(records(context))
    used = themes_in_use(records(context))
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
    words = "The reasons for delay that panels record. Codes cannot be changed, so that trends stay comparable."
    show_table(
        _frame(rows),
        COLUMNS,
        "The barriers",
        "barriers",
        before=[element("p", words, class_="quiet")],
        name="barriers",
        one="barrier",
    )
    left, right = streamlit.columns(2)
    with left:
        _add(context)
    with right:
        _change(context, found)


def _frame(rows: list[dict]) -> pandas.DataFrame:
    return pandas.DataFrame(rows, columns=[column.name for column in COLUMNS])


def _add(context: PageContext) -> None:
    def add() -> str:
        label = streamlit.session_state["new barrier"]
        add_theme(records(context), label, who())
        streamlit.session_state["new barrier"] = ""
        return f"Added: {label}."

    with streamlit.form("add a barrier"):
        section("Add a barrier", on_paper=False)
        streamlit.text_input("Description", key="new barrier", max_chars=200)
        writing.button(Right.RUN_PANELS, "Add the barrier", add, "add a barrier", in_form=True)
        writing.show_told("add a barrier", in_form=True)


def _change(context: PageContext, found: tuple[Theme, ...]) -> None:
    by_code = {theme.code: theme for theme in found}
    with streamlit.container(border=True):
        section("Change a barrier", on_paper=False)
        code = streamlit.selectbox(
            "Barrier", list(by_code), format_func=lambda code: by_code[code].label, key="barrier to change"
        )
        if code is not None:
            _form(context, by_code[code])


def _form(context: PageContext, theme: Theme) -> None:
    # The form is another once the barrier has been saved, so that it begins from what is saved.
    place = f"barrier {theme.code}"
    keys = {name: f"{place} {theme.version} {name}" for name in ("label", "place", "active")}

    def save() -> str:
        written = {name: streamlit.session_state[key] for name, key in keys.items()}
        save_theme(records(context), replace(theme, **written), who())
        return "The barrier is saved."

    with streamlit.form(f"change {theme.code} {theme.version}", border=False):
        streamlit.text_input("Description", theme.label, max_chars=200, key=keys["label"])
        streamlit.number_input("Place in the list", 1, 999, theme.place or 1, key=keys["place"])
        streamlit.checkbox("Can be chosen on the panel's page", theme.active, key=keys["active"])
        writing.button(Right.RUN_PANELS, "Save the barrier", save, place, in_form=True)
        writing.show_told(place, in_form=True)
