"""What panels said of a child, in short: the last decision, and the actions that are still open."""

from __future__ import annotations

import pandas

from casework.records.records import OPEN
from casework.storage.database import Casework
from packs.panel.records import Said, action_state, said_about
from ui.components.markup import Markup, element, joined, write
from ui.components.panel_answers import with_records
from ui.components.tables import Column, named, show_table
from ui.context.page_context import PageContext
from ui.context.panel_records import hidden
from words.dates import british
from words.labels import NO_DECISION, NO_OWNER

COLUMNS = named("action", "owner", "due_date", "state", "panel_date")
HELD_FOR = Column("held_for")


def show(context: PageContext, child_id: str) -> None:
    """The last decision up to the reporting date, and every open action of the child, soonest due first."""

    def asked(casework: Casework | None) -> tuple[Said, ...] | None:
        unseen = hidden(context) if casework else frozenset()
        if casework is None or child_id in unseen:
            write(element("p", "No panel decision to show.", class_="empty"))
            return None
        return said_about(casework, child_id, unseen, context.as_at)

    said = with_records(context, asked, None)
    if said is not None:
        write(_last_decision(said))
        _show_open_actions(context, child_id, said)


def _last_decision(said: tuple[Said, ...]) -> Markup:
    """The newest discussion, in a line or two; a panel that only asked for something has none."""
    newest = next((one for one in said if one.discussion), None)
    if newest is None or newest.discussion is None:
        return element("p", "No panel has discussed this child.", class_="empty")
    spoken = newest.discussion
    more = [f"Outcome: {spoken.outcome.rstrip('.')}. "] if spoken.outcome else []
    more += [f"Next panel: {british(spoken.next_panel_date)}. "] if spoken.next_panel_date else []
    more += [f"Barriers: {newest.barriers}."] if newest.barriers else []
    return element(
        "p",
        element("strong", f"Panel of {newest.panel.when}: "),
        spoken.decision or NO_DECISION,
        ". " if spoken.decision and not spoken.decision.endswith(".") else " ",
        element("span", joined(more), class_="quiet"),
    )


def _show_open_actions(context: PageContext, child_id: str, said: tuple[Said, ...]) -> None:
    rows = [
        {
            "action": action.text,
            "owner": action.owner or NO_OWNER,
            "due_date": action.due_date,
            "state": action_state(action, context.as_at),
            "panel_date": one.panel.panel_date,
            HELD_FOR.name: one.panel.area or None,
        }
        for one in said
        for action in one.actions
        if action.state == OPEN
    ]
    if not rows:
        write(element("p", "No open action.", class_="quiet"))
        return
    frame = pandas.DataFrame(rows).sort_values("due_date", na_position="last", kind="stable")
    columns = (*COLUMNS, HELD_FOR) if frame[HELD_FOR.name].notna().any() else COLUMNS
    show_table(frame, columns, "Open actions", "child open actions", name=f"{child_id} open actions", one="action")
