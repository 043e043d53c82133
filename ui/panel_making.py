"""Making the agenda: from lists and services, and by hand with a reason; freezing, closing, and what to take away."""

from __future__ import annotations

from dataclasses import replace

import streamlit

from casework.agenda import add_to_agenda, build_agenda, remove_from_agenda
from casework.discussions import discussions
from casework.frozen import frozen_pack
from casework.panels import close_panel, previous_panel, save_panel
from casework.records import CLOSED, OPEN
from packs.frozen import freeze_panel, names_restricted
from ui import asking, pack_downloads
from ui.markup import element, write
from ui.now import Key
from ui.panel_meeting import PanelMeeting
from ui.panel_records import keep, records, records_of, who
from ui.words import british, counted


def show(meeting: PanelMeeting) -> None:
    """The agenda's forms, while the panel is not closed."""
    if meeting.panel.status == CLOSED:
        return
    with streamlit.expander("Make the agenda from the lists", expanded=not meeting.items):
        _from_lists(meeting)
    with streamlit.expander("Add or take off a child by hand"):
        _by_hand(meeting)


def _usual_rules(meeting: PanelMeeting) -> list[str]:
    """The lists that this agenda was made from, else those of the panel before."""
    rules = {rule for item in meeting.items for rule in item.rules}
    before = previous_panel(records(meeting.now), meeting.panel.id)
    if not rules and before:
        rules = {rule for item in PanelMeeting(meeting.now, before).items for rule in item.rules}
    return [rule.id for rule in meeting.now.policy.rules if rule.id in rules]


def _from_lists(meeting: PanelMeeting) -> None:
    now = meeting.now
    rules = {rule.id: rule.title for rule in now.policy.rules if not now.engine.absence(rule, now.as_at)}
    services = sorted(asking.groups(now)["service"].unique())
    with streamlit.form("make the agenda", border=False):
        chosen = streamlit.multiselect("Lists", list(rules), _usual_rules(meeting), format_func=rules.get, key="agenda lists")
        within = streamlit.multiselect("Services (none chosen: all)", services, key="agenda services")
        write(
            element(
                "p",
                "Children whom an earlier panel wants back, left without an outcome or gave an action that is still open come by "
                "themselves. Making the agenda again keeps whoever was added, taken off or discussed.",
                class_="quiet",
            )
        )
        if streamlit.form_submit_button("Make the agenda", type="primary"):
            made = keep(
                lambda: build_agenda(
                    records(now), meeting.panel.id, now.engine, chosen, who(), tuple(within) or None, meeting.hidden
                ),
                "The agenda is made.",
            )
            if made is not None:
                streamlit.session_state.pop("open a child", None)
            streamlit.rerun()


def _by_hand(meeting: PanelMeeting) -> None:
    now = meeting.now
    left, right = streamlit.columns(2)
    with left, streamlit.form("add a child", clear_on_submit=True, border=False):
        identifier = streamlit.text_input("Identifier of a child", key="added child", autocomplete="off")
        reason = streamlit.text_input("Why", key="reason to add")
        if streamlit.form_submit_button("Add to the agenda"):
            _add(meeting, identifier, reason)
    with right, streamlit.form("take a child off", clear_on_submit=True, border=False):
        items = {item.child_id: item for item in meeting.items if not item.restricted}
        child = streamlit.selectbox("Child on the agenda", list(items), index=None, key="removed child")
        reason = streamlit.text_input("Why", key="reason to remove")
        if streamlit.form_submit_button("Take off the agenda") and child:
            keep(lambda: remove_from_agenda(records(now), items[child], reason, who()), f"{child} is off the agenda.")
            streamlit.rerun()


def _add(meeting: PanelMeeting, identifier: str, reason: str) -> None:
    now = meeting.now
    found = asking.find(now, identifier) if identifier.strip() else []
    child = identifier.strip() if identifier.strip() in found else found[0] if len(found) == 1 else None
    if child is None:
        write(
            element(
                "p", f"There is no one child with the identifier '{identifier}' that you may see.", class_="notice", role="alert"
            )
        )
        return
    keep(
        lambda: add_to_agenda(records(now), meeting.panel.id, child, reason, who(), meeting.hidden), f"{child} is on the agenda."
    )
    streamlit.rerun()


def show_state_changes(meeting: PanelMeeting) -> None:
    """Freezing the panel, and closing or opening it."""
    panel, now = meeting.panel, meeting.now
    with streamlit.expander("Freeze or close the panel"):
        if panel.freeze is None:
            write(
                element(
                    "p",
                    f"Freezing keeps the lists and figures of {british(now.engine.as_at)} and the panel's pack for good, as they stand "
                    "now, with the hash of their night. Nothing of it can be changed or taken back.",
                )
            )
            sure = streamlit.checkbox("Keep them for good", key="sure to freeze")
            if streamlit.button("Freeze the panel", type="primary", disabled=not sure):
                keep(
                    lambda: freeze_panel(records(now), now.engine, panel.policy_id, panel.panel_date, who()),
                    f"The panel of {british(panel.panel_date)} is frozen.",
                )
                streamlit.rerun()
        if panel.status == CLOSED:
            if streamlit.button("Open the panel again"):
                keep(lambda: save_panel(records(now), replace(panel, status=OPEN), who()), "The panel is open again.")
                streamlit.rerun()
        else:
            said = len(discussions(records(now), panel.id, meeting.hidden))
            write(
                element(
                    "p",
                    f"Closing says that the record is finished: {counted(said, 'child', 'children')} discussed.",
                    class_="quiet",
                )
            )
            if streamlit.button("Close the panel"):
                keep(lambda: close_panel(records(now), panel.id, who()), "The panel is closed.")
                streamlit.rerun()


def show_downloads(meeting: PanelMeeting) -> None:
    """What the panel takes away: its frozen pack, the pack as it stands, and the minutes."""
    panel, casework = meeting.panel, records(meeting.now)
    if panel.freeze and _frozen_names(meeting.now.key, panel.id, meeting.hidden):
        write(
            element(
                "p",
                "The frozen pack names a child whose record has been restricted since, so it is not given out here. It is kept as it "
                "was, for whoever runs the tracker to give to those who may see the child.",
                class_="notice",
            )
        )
    elif panel.freeze:
        streamlit.download_button(
            "Download the frozen pack",
            lambda: frozen_pack(casework, panel.id).content,
            file_name=f"permanence panel {panel.panel_date.isoformat()}.xlsx",
            key="frozen pack",
            on_click="ignore",
        )
    pack_downloads.offer_panel(meeting.now, panel.panel_date)
    pack_downloads.offer_minutes(meeting.now, panel.panel_date)


@streamlit.cache_data(max_entries=50, show_spinner=False)
def _frozen_names(key: Key, panel_id: int, hidden: frozenset[str]) -> bool:
    """Whether a frozen pack, which never changes, names one of the children hidden from this reader."""
    return names_restricted(records_of(key), panel_id, hidden)
