"""Which panel: the choice in the address, and a new one for a date."""

from __future__ import annotations

import streamlit

from access.roles import Right
from casework.panels import plan_panel
from casework.records.errors import CaseworkError
from casework.records.records import CLOSED, Panel
from metrics.answers.kinds.kinds import area_named, areas
from ui.components.markup import element, write
from ui.context import address
from ui.context.page_context import PageContext
from ui.context.panel_records import every_panel, records
from ui.editing import writing
from ui.editing.writer import ask_who, who
from words.dates import british, british_time
from words.labels import AREAS

PANEL = "panel"
PANEL_PAGE = "panel"
WHOLE_COUNCIL = ""
# What may be written on the panel's page.
WRITING = (Right.WRITE_DISCUSSIONS, Right.WRITE_ACTIONS, Right.RUN_PANELS)


def state(panel: Panel) -> str:
    """A panel's state in a word or two."""
    if panel.status == CLOSED:
        return "closed"
    return "frozen" if panel.freeze else "open"


def choose(context: PageContext) -> Panel | None:
    """The panel that the address or the reader chooses: the newest unless another. A sentence and None before the first."""
    found = {one.name: one for one in every_panel(context) if one.policy_id == context.policy_id}
    with streamlit.container(horizontal=True, vertical_alignment="bottom", key="panel-choice"):
        chosen = None
        if found:
            chosen = address.choose("Panel", list(found), PANEL, (PANEL, "child"), lambda name: _words(found[name]), width=260)
        if writing.may(*WRITING):
            ask_who()
        if writing.may(Right.RUN_PANELS):
            _prepare(context)
    if chosen is None:
        how = " Prepare one above." if writing.may(Right.RUN_PANELS) else ""
        write(element("p", f"No panel of {context.policy.name} has been prepared yet.{how}", class_="empty"))
        return None
    return found[chosen]


def _words(panel: Panel) -> str:
    area = f", {panel.area}" if panel.area else ""
    return f"{british(panel.panel_date)}{area} ({state(panel)})"


def _prepare(context: PageContext) -> None:
    def prepare() -> str:
        day, area = streamlit.session_state["panel date"], streamlit.session_state.get("panel area", WHOLE_COUNCIL)
        if day is None:
            raise CaseworkError("Choose the date of the panel.")
        area_named(settings, area)
        planned = plan_panel(records(context), context.policy_id, day, who(), area=area)
        address.keep(PANEL, planned.name)
        return f"The panel of {planned.when} is prepared. Make its agenda on this page."

    place, settings = "prepare a panel", context.engine.settings
    with streamlit.popover("Prepare a panel"), streamlit.form(place, border=False):
        if areas(settings):
            of_council = AREAS[settings.area].title
            offered = [WHOLE_COUNCIL, *areas(settings)]
            streamlit.selectbox("Area", offered, format_func=lambda area: area or of_council, key="panel area")
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
