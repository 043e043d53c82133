"""Which panel: the choice in the address, and a new one for a date."""

from __future__ import annotations

from datetime import date

import streamlit

from casework.panels import panels, plan_panel
from casework.records import CLOSED, Panel
from ui import address
from ui.markup import element, write
from ui.now import Now
from ui.panel_records import ask_who, keep, records, show_told, who
from ui.words import british, british_time

PANEL = "panel"
PANEL_PAGE = "panel"


def state(panel: Panel) -> str:
    """A panel's state in a word or two."""
    if panel.status == CLOSED:
        return "closed"
    return "frozen" if panel.freeze else "open"


def choose(now: Now) -> Panel | None:
    """The panel that the address or the reader chooses: the newest unless another. A sentence and None before the first."""
    found = {panel.panel_date.isoformat(): panel for panel in panels(records(now), now.policy_id)}
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        chosen = None
        if found:
            chosen = address.choose("Panel", list(found), PANEL, (PANEL, "child"), lambda day: _words(found[day]), width=260)
        ask_who()
        _prepare(now)
    show_told()
    if chosen is None:
        write(element("p", f"No panel of {now.policy.name} has been prepared yet. Prepare one, above.", class_="empty"))
        return None
    return found[chosen]


def _words(panel: Panel) -> str:
    return f"{british(panel.panel_date)} ({state(panel)})"


def _prepare(now: Now) -> None:
    with streamlit.popover("Prepare a panel"), streamlit.form("prepare a panel", border=False):
        day = streamlit.date_input("Date of the panel", value=None, format="DD/MM/YYYY", key="panel date")
        if streamlit.form_submit_button("Prepare it", type="primary"):
            _prepared(now, day)


def _prepared(now: Now, day: date | None) -> None:
    if day is None:
        write(element("p", "Choose the date of the panel.", class_="notice", role="alert"))
        return
    panel = keep(
        lambda: plan_panel(records(now), now.policy_id, day, who()),
        f"The panel of {british(day)} is prepared. Make its agenda below.",
    )
    if panel:
        address.keep(PANEL, day.isoformat())
    streamlit.rerun()


def show_state(panel: Panel) -> None:
    """A sentence on what the panel's lists are."""
    if panel.freeze is None:
        words = "Open: its lists are tonight's until they are frozen."
    else:
        frozen = panel.freeze
        words = (
            f"Frozen on {british_time(frozen.frozen_at)} by {frozen.frozen_by}: the lists and figures as at {british(frozen.as_at)}, "
            f"night {frozen.night_name} (hash {frozen.night_hash[:12]}), and the pack, are kept as they stood."
        )
    write(element("p", words + (" The panel is closed." if panel.status == CLOSED else ""), class_="quiet"))
