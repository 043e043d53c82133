"""What a panel needs to know of a child, beside its form: the panel's own lists, the last decision, what is still to be done."""

from __future__ import annotations

import pandas
import streamlit

from casework.agenda.agenda_facts import why_here
from casework.agenda.discussions import child_discussions
from metrics.answers.child.child import ChildAnswer
from ui.child import lists, record
from ui.components.markup import element, write
from ui.components.tables import named, show_table
from ui.context.panel_records import records
from ui.panel.actions import HELD_FOR, of_panel
from ui.panel.meeting import PanelMeeting
from words.labels import NO_DECISION
from words.numbers import counted

IN_SHORT = ("Age", "Plan", "Placement", "Legal status", "In care proceedings", "Entered care", "Team", "Worker", "Last review")
BEFORE = named("barriers", "summary", "decision", "outcome", "next_panel_date")


def show(meeting: PanelMeeting, answer: ChildAnswer) -> None:
    """The facts in short; the rest of the record, the other lists and the earlier decisions folded."""
    child_id = answer.person["child_id"]
    lists.show_beside(meeting.context, answer, meeting.rules_of(child_id))
    record.show_facts(meeting.context, answer, only=IN_SHORT)
    show_before(meeting, child_id)
    with streamlit.expander("Rest of the record"):
        record.show_facts(meeting.context, answer, but=IN_SHORT)


def show_why(meeting: PanelMeeting, child_id: str) -> None:
    """Why the child is on the agenda."""
    item = next((item for item in meeting.items if item.child_id == child_id), None)
    if item:
        why = why_here(item, meeting.dates.get(item.carried_from, "") if item.carried_from else "")
        write(element("p", element("strong", "Why on the agenda: "), f"{why}."))


def show_before(meeting: PanelMeeting, child_id: str) -> None:
    """What the last panel decided, and all of what earlier panels said, folded."""
    said = child_discussions(records(meeting.context), child_id, meeting.hidden)
    earlier = [one for one in said if one.panel_id != meeting.panel.id]
    rows = [
        {
            "asked": meeting.panels[one.panel_id].panel_date,
            HELD_FOR: meeting.panels[one.panel_id].area or None,
            "barriers": meeting.barriers(one.themes),
            "summary": one.summary,
            "decision": one.decision,
            "outcome": one.outcome,
            "next_panel_date": one.next_panel_date,
        }
        for one in earlier
    ]
    if not rows:
        write(element("p", "No other panel has discussed this child.", class_="quiet"))
        return
    words = earlier[0].decision or NO_DECISION
    write(element("p", element("strong", f"Decided before, on {meeting.panels[earlier[0].panel_id].when}: "), words))
    with streamlit.expander(f"What earlier panels said: {counted(len(rows), 'discussion')}"):
        columns = [*of_panel(meeting.panels), *BEFORE]
        frame, caption = pandas.DataFrame(rows), "What earlier panels decided"
        show_table(frame, columns, caption, "earlier panels", of=child_id, name=f"{child_id} {caption}", one="discussion")
