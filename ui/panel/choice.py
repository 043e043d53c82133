"""Which panel: the choice in the address, and a new one for a date."""

from __future__ import annotations

import streamlit

from access.roles import Right
from casework.panels import plan_panel
from casework.records.errors import CaseworkError
from casework.records.records import CLOSED, Panel
from ui.components.markup import element, write
from ui.context import address
from ui.context.page_context import PageContext
from ui.context.panel_records import every_panel, records
from ui.editing import writing
from ui.editing.writer import ask_who, who
from words.dates import british, british_time

PANEL = "panel"
PANEL_PAGE = "panel"


def state(panel: Panel) -> str:
    """A panel's state in a word or two."""
    if panel.status == CLOSED:
        return "closed"
    return "frozen" if panel.freeze else "open"


def choose(context: PageContext) -> Panel | None:
    """The panel that the address or the reader chooses: the newest unless another. A sentence and None before the first."""
    found = {one.panel_date.isoformat(): one for one in every_panel(context) if one.policy_id == context.policy_id}
    with streamlit.container(horizontal=True, vertical_alignment="bottom", key="panel-choice"):
        chosen = None
        if found:
            chosen = address.choose("Panel", list(found), PANEL, (PANEL, "child"), lambda day: _words(found[day]), width=260)
        ask_who()
        _prepare(context)
    if chosen is None:
        write(element("p", f"No panel of {context.policy.name} has been prepared yet. Prepare one above.", class_="empty"))
        return None
    return found[chosen]


def _words(panel: Panel) -> str:
    return f"{british(panel.panel_date)} ({state(panel)})"


def _prepare(context: PageContext) -> None:
    def prepare() -> str:
        day = streamlit.session_state["panel date"]
        if day is None:
            raise CaseworkError("Choose the date of the panel.")
        plan_panel(records(context), context.policy_id, day, who())
        address.keep(PANEL, day.isoformat())
        return f"The panel of {british(day)} is prepared. Make its agenda on this page."

    place = "prepare a panel"
    with streamlit.popover("Prepare a panel"), streamlit.form(place, border=False):
        # Side by side: the calendar that opens below the date would cover a button there.
        with streamlit.container(horizontal=True, vertical_alignment="bottom"):
            streamlit.date_input("Date of the panel", value=None, format="DD/MM/YYYY", key="panel date", width=160)
            writing.button(Right.RUN_PANELS, "Prepare the panel", prepare, place, in_form=True, primary=True)
        writing.show_told(place, in_form=True)


def show_state(panel: Panel) -> None:
    """A sentence on what the panel's lists are."""
    if panel.freeze is None:
        words = "Open: its lists come from the newest data load until they are frozen."
    else:
        frozen = panel.freeze
        words = (
            f"Frozen on {british_time(frozen.frozen_at)} by {frozen.frozen_by}: the lists and figures as at {british(frozen.as_at)}, "
            f"data load {frozen.night_name} (hash {frozen.night_hash[:12]}), and the pack, are kept as they were."
        )
    write(element("p", words + (" The panel is closed." if panel.status == CLOSED else ""), class_="quiet"))
