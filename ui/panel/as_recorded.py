"""What a panel recorded about a child, as text: for a reader who may not write it."""

from __future__ import annotations

from casework.records.records import Discussion
from ui.components.markup import Markup, element
from ui.panel.meeting import PanelMeeting
from words.dates import british
from words.labels import NO_DECISION

NOTHING = "This panel has not recorded a discussion of this child."


def words(meeting: PanelMeeting, said: Discussion) -> Markup:
    """The fields of a discussion that hold something; a sentence where nobody has written anything."""
    found = (
        ("Barriers", meeting.barriers(said.themes)),
        ("Discussion", said.summary),
        ("Decision", said.decision or NO_DECISION),
        ("Outcome", said.outcome),
        ("Next panel", british(said.next_panel_date)),
    )
    if not said.version:
        return element("p", NOTHING, class_="quiet")
    pairs = (element("div", element("dt", name), element("dd", text, class_="words-of")) for name, text in found if text)
    return element("dl", *pairs, class_="recorded")
