"""One child at a panel: the form on top beside the facts that the panel's lists need; actions; the rest folded."""

from __future__ import annotations

from functools import partial

import streamlit

from access.roles import Right
from casework.agenda.discussions import discussion, save_discussion
from casework.records.records import CLOSED, Action, Discussion
from ui.child import record
from ui.components.markup import element, joined, write
from ui.components.section_headings import section
from ui.context import address, cached_answers
from ui.context.panel_records import records
from ui.editing import writing
from ui.editing.drafts import Editing
from ui.editing.writer import who
from ui.panel import actions, as_recorded, beside, steps
from ui.panel.choice import PANEL
from ui.panel.history import show as show_history
from ui.panel.meeting import CHILD, TOGETHER, YES, PanelMeeting, new_action_name

CLOSED_WORDS = "This panel is closed. To change what was recorded, open it again on its agenda."
OUTCOME = "Outcome (empty: the child comes back to the next panel)"


def chosen(meeting: PanelMeeting) -> str | None:
    """The child whose discussion the address asks for, or None: the agenda. A link to a panel leads to its agenda, whoever was discussed
    here before."""
    to_agenda = address.asked_for(PANEL) and not address.asked_for(CHILD)
    child_id = None if to_agenda else address.given(CHILD, (CHILD,))
    together = address.given(TOGETHER, (CHILD, TOGETHER)) if child_id else None
    address.keep(CHILD, child_id)
    if together not in (None, YES):
        raise address.NotThere(TOGETHER, together, f"There is {YES} alone.")
    address.keep(TOGETHER, together)
    return child_id or None


def in_group() -> bool:
    """Whether the address asks for the child's brothers and sisters on the agenda too."""
    return streamlit.query_params.get(TOGETHER) == YES


def offer_group(meeting: PanelMeeting, child_id: str) -> None:
    """The brothers and sisters on this agenda, and the way to discuss them once."""
    others = [one for one in meeting.group(child_id) if one != child_id]
    if others:
        with streamlit.container(horizontal=True, vertical_alignment="center"):
            links = joined((element("a", one, href=meeting.link(one)) for one in others), ", ")
            write(element("p", "Brothers and sisters on this agenda: ", links, "."))
            writing.step("Discuss them together", partial(steps.go, child_id, together=True))


def show(meeting: PanelMeeting, child_id: str) -> None:
    """The whole of one child's discussion."""
    context = meeting.context
    steps.show(meeting, (child_id,))
    answer = cached_answers.child(context, child_id)
    current = discussion(records(context), meeting.panel.id, child_id, meeting.hidden)
    editing = Editing(context, meeting.draft_name(child_id), current)
    new = Editing(context, new_action_name(meeting.panel, child_id), Action(meeting.panel.id, child_id, ""))
    record.show_name(answer)
    # Before the form: whoever has the page read aloud hears it before they write.
    beside.show_why(meeting, child_id)
    offer_group(meeting, child_id)
    form, facts = streamlit.columns([11, 9], gap="medium")
    with form:
        if writing.may(Right.WRITE_DISCUSSIONS):
            _form(meeting, editing, new, child_id)
        else:
            write(as_recorded.words(meeting, current))
        section("Actions")
        found = actions.show_for_child(meeting, child_id, new, meeting.panels)
    with facts:
        beside.show(meeting, answer)
    show_history(meeting, (current, *found))


def _form(meeting: PanelMeeting, editing: Editing[Discussion], new: Editing[Action], child_id: str) -> None:
    editing.show_meanwhile(meeting.themes)
    closed = meeting.panel.status == CLOSED
    if closed:
        write(element("p", CLOSED_WORDS, class_="notice"))
    with streamlit.container(key="written"):
        _fields(meeting, editing)
    go = partial(_save_and_go, meeting, editing, new, child_id) if child_id in meeting.named else None
    steps.save_buttons(editing, partial(_save, meeting, editing), go, "the discussion", closed)


def _fields(meeting: PanelMeeting, editing: Editing[Discussion]) -> None:
    """What is written about a child at the panel; on paper too."""
    offered = [code for code in meeting.themes if code in meeting.offered or code in editing.base.themes]
    editing.field(
        streamlit.multiselect,
        "Barriers",
        "themes",
        lambda codes: [code for code in offered if code in codes],
        frozenset,
        options=offered,
        format_func=meeting.themes.get,
    )
    editing.field(streamlit.text_area, "Discussion", "summary", height="content")
    editing.field(streamlit.text_area, "Decision", "decision", height="content")
    with streamlit.container(horizontal=True):
        editing.field(streamlit.text_input, OUTCOME, "outcome", width=380)
        editing.field(streamlit.date_input, "Next panel", "next_panel_date", format="DD/MM/YYYY", width=160)


def _save(meeting: PanelMeeting, editing: Editing[Discussion]) -> str:
    return editing.save(lambda said: save_discussion(records(meeting.context), said, who()), "Saved.")


def _save_and_go(meeting: PanelMeeting, editing: Editing[Discussion], new: Editing[Action], child_id: str) -> str:
    """Save what is written, if anything is, and show the next child; what is refused stays where it is."""
    done = []
    if editing.written():
        done.append(_save(meeting, editing))
    if new.written():
        done.append(actions.add(meeting, new))
    steps.go(steps.following(meeting, (child_id,)))
    return " ".join(done) or f"Nothing new was written about {child_id} on {meeting.panel.when}."
