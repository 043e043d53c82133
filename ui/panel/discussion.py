"""One child at a panel: who, why here, what was decided before, and what the panel says now."""

from __future__ import annotations

from functools import partial

import pandas
import streamlit

from casework.agenda.discussions import child_discussions, discussion, save_discussion
from casework.panels import panels
from casework.records.records import CLOSED, Discussion, Panel
from ui.child import reasons, record
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import named, table
from ui.context import address, cached_answers
from ui.context.panel_records import records
from ui.editing import writing
from ui.editing.drafts import Editing
from ui.editing.writer import who
from ui.panel.actions import show_for_child
from ui.panel.history import show as show_history
from ui.panel.meeting import CHILD, PanelMeeting
from words.dates import british

BEFORE = named("panel_date", "barriers", "summary", "decision", "outcome", "next_panel_date")


def chosen(meeting: PanelMeeting) -> str | None:
    """The child whose discussion the address asks for, or None: the agenda."""
    child_id = address.given(CHILD, (CHILD,))
    address.keep(CHILD, child_id)
    return child_id or None


def show(meeting: PanelMeeting, child_id: str) -> None:
    """The whole of one child's discussion."""
    context = meeting.context
    _steps(meeting, child_id)
    answer = cached_answers.child(context, child_id)
    record.show(context, answer)
    reasons.show_briefly(context, answer)
    every = {panel.id: panel for panel in panels(records(context))}
    section("Decided before")
    _before(meeting, child_id, every)
    section(f"The panel of {british(meeting.panel.panel_date)}")
    current = discussion(records(context), meeting.panel.id, child_id, meeting.hidden)
    _form(meeting, Editing(context, f"discussion {meeting.panel.id} {child_id}", current))
    section("Actions")
    found = show_for_child(meeting, child_id, every)
    show_history(meeting, (current, *found))


def _steps(meeting: PanelMeeting, child_id: str) -> None:
    """Back to the agenda, and to the child before and after."""
    here = meeting.named.index(child_id) if child_id in meeting.named else None
    with streamlit.container(horizontal=True, vertical_alignment="center"):
        steps: list[tuple[str, str | None, bool]] = [("Back to the agenda", None, False)]
        if here is not None:
            before, after = meeting.named[here - 1 : here], meeting.named[here + 1 : here + 2]
            steps += [("Previous child", before[0] if before else None, not before)]
            steps += [("Next child", after[0] if after else None, not after)]
        for words, child, nowhere in steps:
            writing.step(words, partial(address.keep, CHILD, child), disabled=nowhere)
        if here is None:
            words = "This child is not on this panel's agenda. Add the child first, or record the discussion here anyway."
            write(element("p", words, class_="quiet"))
        else:
            write(element("p", f"Child {here + 1} of {len(meeting.named)} on the agenda", class_="quiet"))


def _before(meeting: PanelMeeting, child_id: str, every: dict[int, Panel]) -> None:
    said = child_discussions(records(meeting.context), child_id, meeting.hidden)
    rows = [
        {
            "panel_date": every[one.panel_id].panel_date,
            "barriers": meeting.barriers(one.themes),
            "summary": one.summary,
            "decision": one.decision,
            "outcome": one.outcome,
            "next_panel_date": one.next_panel_date,
        }
        for one in said
        if one.panel_id != meeting.panel.id
    ]
    if rows:
        write(table(pandas.DataFrame(rows), BEFORE, "What earlier panels decided"))
    else:
        write(element("p", "No other panel has discussed this child.", class_="empty"))


def _form(meeting: PanelMeeting, editing: Editing[Discussion]) -> None:
    editing.show_meanwhile(meeting.themes)
    if meeting.panel.status == CLOSED:
        write(element("p", "This panel is closed. To change what was recorded, open it again on its agenda.", class_="notice"))
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
    editing.field(streamlit.text_area, "Discussion", "summary", height=110)
    editing.field(streamlit.text_area, "Decision", "decision", height=80)
    with streamlit.container(horizontal=True):
        outcome = "Outcome (empty: the child comes back to the next panel)"
        editing.field(streamlit.text_input, outcome, "outcome", width=560)
        editing.field(streamlit.date_input, "Next panel", "next_panel_date", format="DD/MM/YYYY", width=160)
    with streamlit.container(horizontal=True, vertical_alignment="center"):
        writing.button(
            "Save", partial(_save, meeting, editing), editing.name, primary=True, disabled=meeting.panel.status == CLOSED
        )
        writing.step("Discard unsaved changes", editing.discard)
        writing.show_told(editing.name, unsaved=editing.changed)


def _save(meeting: PanelMeeting, editing: Editing[Discussion]) -> str:
    return editing.save(lambda said: save_discussion(records(meeting.context), said, who()), "Saved.")
