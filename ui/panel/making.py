"""Making the agenda: from lists and services, and by hand with a reason; freezing, closing, and what to take away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit

from access.roles import Right
from casework.agenda.agenda import add_to_agenda, build_agenda, remove_from_agenda
from casework.agenda.discussions import discussions
from casework.freezing.frozen import frozen_pack
from casework.panels import close_panel, previous_panel, save_panel
from casework.records.errors import CaseworkError
from casework.records.records import CLOSED, OPEN
from packs.panel.freezing import freeze_panel, names_restricted
from ui.components import downloads, pack_downloads
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.context import cached_answers
from ui.context.page_context import Key
from ui.context.panel_records import records, records_of
from ui.context.remembered import remembered
from ui.editing import writing
from ui.editing.writer import who
from ui.panel.agenda import OPENED
from ui.panel.meeting import PanelMeeting
from words.dates import british
from words.numbers import counted

STATE = "freeze or close the panel"


def show(meeting: PanelMeeting) -> None:
    """The agenda's forms, while the panel is not closed."""
    if meeting.panel.status == CLOSED or not writing.may(Right.RUN_PANELS):
        return
    with streamlit.expander("Make the agenda from the lists", expanded=not meeting.items):
        _from_lists(meeting)
    with streamlit.expander("Add or take off a child by hand"):
        _by_hand(meeting)


def _usual_rules(meeting: PanelMeeting) -> list[str]:
    """The lists that this agenda was made from, else those of the panel before."""
    before = previous_panel(records(meeting.context), meeting.panel.id)
    rules = _made_from(meeting) or (_made_from(PanelMeeting(meeting.context, before)) if before else set())
    return [rule.id for rule in meeting.context.policy.rules if rule.id in rules]


def _made_from(meeting: PanelMeeting) -> set[str]:
    """The lists that an agenda was made from; of one that was made before they were kept, those for which its children are on it."""
    return set(meeting.panel.lists) or {rule for item in meeting.items for rule in item.rules}


def _from_lists(meeting: PanelMeeting) -> None:
    context = meeting.context
    rules = {rule.id: rule.title for rule in context.policy.rules if not context.engine.absence(rule, context.as_at)}
    services = sorted(cached_answers.groups(context)["service"].unique())

    def make() -> str:
        chosen, within = (streamlit.session_state[key] for key in ("agenda lists", "agenda services"))
        build_agenda(records(context), meeting.panel.id, context.engine, chosen, who(), tuple(within) or None, meeting.hidden)
        streamlit.session_state.pop(OPENED, None)
        return "The agenda is made."

    with streamlit.form("make the agenda", border=False):
        streamlit.multiselect("Lists", list(rules), _usual_rules(meeting), format_func=rules.__getitem__, key="agenda lists")
        within = [service for service in meeting.panel.services if service in services]
        streamlit.multiselect("Services (none chosen: all)", services, within, key="agenda services")
        write(
            element(
                "p",
                "Children are added automatically if an earlier panel asked to see them again, recorded no outcome, or set an "
                "action that is still open. Making the agenda again keeps the children that were added, taken off or discussed.",
                class_="quiet",
            )
        )
        writing.button(Right.RUN_PANELS, "Make the agenda", make, "make the agenda", in_form=True, primary=True)
        writing.show_told("make the agenda", in_form=True)


def _by_hand(meeting: PanelMeeting) -> None:
    left, right = streamlit.columns(2)
    with left:
        _add(meeting)
    with right:
        _take_off(meeting)


def _add(meeting: PanelMeeting) -> None:
    context = meeting.context

    def add() -> str:
        identifier, reason = (streamlit.session_state[key].strip() for key in ("added child", "reason to add"))
        if not identifier:
            raise CaseworkError("Type the identifier of the child.")
        found = cached_answers.find(context, identifier)
        child = identifier if identifier in found else found[0] if len(found) == 1 else None
        if child is None:
            raise CaseworkError(f"No child with the identifier '{identifier}', or you do not have access.")
        add_to_agenda(records(context), meeting.panel.id, child, reason, who(), meeting.hidden)
        # Emptied only now: what is refused stays as it was typed.
        streamlit.session_state.update({"added child": "", "reason to add": ""})
        return f"{child} is on the agenda."

    with streamlit.form("add a child", border=False):
        streamlit.text_input("Identifier of a child", key="added child", autocomplete="off", max_chars=100)
        streamlit.text_input("Why", key="reason to add", max_chars=1_000)
        writing.button(Right.RUN_PANELS, "Add to the agenda", add, "add a child", in_form=True)
        writing.show_told("add a child", in_form=True)


def _take_off(meeting: PanelMeeting) -> None:
    items = {item.child_id: item for item in meeting.items if not item.restricted}

    def take_off() -> str:
        child, reason = (streamlit.session_state[key] for key in ("removed child", "reason to remove"))
        if child not in items:
            raise CaseworkError("Choose the child.")
        remove_from_agenda(records(meeting.context), items[child], reason, who())
        streamlit.session_state.update({"removed child": None, "reason to remove": ""})
        return f"{child} is off the agenda."

    with streamlit.form("take a child off", border=False):
        streamlit.selectbox("Child on the agenda", list(items), index=None, key="removed child")
        streamlit.text_input("Why", key="reason to remove", max_chars=1_000)
        writing.button(Right.RUN_PANELS, "Take off the agenda", take_off, "take a child off", in_form=True)
        writing.show_told("take a child off", in_form=True)


def show_state_changes(meeting: PanelMeeting) -> None:
    """Freezing the panel, and closing or opening it."""
    if not writing.may(Right.RUN_PANELS):
        return
    panel, context = meeting.panel, meeting.context
    with streamlit.expander("Freeze or close the panel", key="freeze or close"):
        if panel.freeze is None:
            write(
                element(
                    "p",
                    f"Freezing keeps the lists and figures of {british(context.engine.as_at)} and the panel's pack permanently, as they "
                    "are now, with the hash of their data load. This cannot be changed or undone.",
                )
            )
            sure = streamlit.checkbox("Keep them permanently", key="sure to freeze")
            writing.button(
                Right.RUN_PANELS, "Freeze the panel", partial(_freeze, meeting), STATE, primary=True, disabled=not sure
            )
        if panel.status == CLOSED:
            writing.button(Right.RUN_PANELS, "Open the panel again", partial(_open_again, meeting), STATE)
        else:
            said = len(discussions(records(context), panel.id, meeting.hidden))
            write(
                element(
                    "p",
                    f"Closing marks the record as finished: {counted(said, 'child', 'children')} discussed.",
                    class_="quiet",
                )
            )
            writing.button(Right.RUN_PANELS, "Close the panel", partial(_close, meeting), STATE)
        writing.show_told(STATE)


def _freeze(meeting: PanelMeeting) -> str:
    context, panel = meeting.context, meeting.panel
    freeze_panel(records(context), context.engine, panel.policy_id, panel.panel_date, who(), area=panel.area)
    return f"The panel of {panel.when} is frozen."


def _open_again(meeting: PanelMeeting) -> str:
    save_panel(records(meeting.context), replace(meeting.panel, status=OPEN), who())
    return "The panel is open again."


def _close(meeting: PanelMeeting) -> str:
    close_panel(records(meeting.context), meeting.panel.id, who())
    return "The panel is closed."


def show_downloads(meeting: PanelMeeting) -> None:
    """What the panel takes away: its frozen pack, the pack as it is, and the minutes."""
    section("Freeze, close and download" if writing.may(Right.RUN_PANELS) else "Download", on_paper=False)
    panel, casework = meeting.panel, records(meeting.context)
    if panel.freeze and meeting.context.engine.withheld:
        write(
            element("p", "The frozen pack names children, so it cannot be downloaded while names are withheld.", class_="notice")
        )
    elif panel.freeze and _frozen_names(meeting.context.key, panel.id, meeting.hidden):
        write(
            element(
                "p",
                "The frozen pack names a child whose record has been restricted since, so it cannot be downloaded here. It is kept "
                "unchanged, and the person who runs the tracker can give it to those who may see the child.",
                class_="notice",
            )
        )
    elif panel.freeze and meeting.context.scope.sees_everybody_by_name:
        name = f"permanence panel {panel.name}.xlsx"
        downloads.offer_file(
            "Download the frozen pack",
            lambda: frozen_pack(casework, panel.id).content,
            name,
            downloads.XLSX,
            "frozen pack",
            Right.TAKE_PANEL_PACK,
        )
    pack_downloads.offer_panel(meeting.context, panel)
    pack_downloads.offer_minutes(meeting.context, panel)


@remembered(50)
def _frozen_names(key: Key, panel_id: int, hidden: frozenset[str]) -> bool:
    """Whether a frozen pack, which never changes, names one of the children hidden from this reader."""
    return names_restricted(records_of(key), panel_id, hidden)
