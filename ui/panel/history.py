"""Who changed what, and when: every change of a record, and the words that were not applied."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten

import pandas
import streamlit

from casework.changes.history import history
from casework.records.records import Action, Discussion
from ui.components.markup import element, write
from ui.components.tables import named, show_table
from ui.context.panel_records import records
from ui.editing.drafts import said
from ui.panel.meeting import PanelMeeting
from words.dates import british_time

LONGEST = 70  # characters of an action; the whole stands under After
COLUMNS = named("when", "who", "about", "field", "before", "after", "applied")


def show(meeting: PanelMeeting, of: Iterable[Discussion | Action]) -> None:
    """The history of a child's records at a panel, the latest first."""
    rows = [row for record in of if record.id for row in _rows(meeting, record)]
    with streamlit.expander("History: who changed what, and when"):
        if not rows:
            write(element("p", "Nothing has been recorded yet.", class_="empty"))
            return
        rows.sort(key=lambda row: row["at"], reverse=True)
        frame, name = pandas.DataFrame(rows), f"history of changes panel {meeting.panel.name}"
        show_table(frame, COLUMNS, "History of the changes", "history", name=name, tall=len(rows) > 12, one="change")


def _rows(meeting: PanelMeeting, record: Discussion | Action) -> list[dict]:
    about = "Discussion" if isinstance(record, Discussion) else f"Action: {shorten(record.text, LONGEST, placeholder=' …')}"
    return [
        {
            "at": revision.at,
            "when": british_time(revision.at),
            "who": revision.who,
            "about": about,
            "field": "barriers" if change.field == "themes" else change.field.replace("_", " "),
            "before": said(change.before, meeting.themes),
            "after": said(change.after, meeting.themes),
            "applied": "yes" if revision.applied else "no: conflicted with another version",
        }
        for revision in history(records(meeting.context), record, meeting.hidden)
        for change in revision.changes
    ]
