"""Every action of the panels: open, overdue, due soon, done; by team and owner."""

from __future__ import annotations

from datetime import timedelta

import pandas
import streamlit

from access.roles import Right
from casework.agenda.actions import actions
from casework.records.records import CANCELLED, DONE, OPEN, Action, Panel
from metrics.answers.meetings_due.meetings_due import SOON_DAYS
from ui.components import kinds
from ui.components.markup import element, write
from ui.components.tables import Column, paged
from ui.context import address
from ui.context.page_context import PageContext
from ui.context.panel_records import every_panel, hidden, records
from ui.editing import writing
from ui.editing.writer import ask_who
from ui.panel.actions import IN_THE_FILE, all_columns, edit, table_of
from words.dates import british
from words.numbers import counted

SOON = timedelta(SOON_DAYS)
WHICH = {"overdue": "Overdue", "soon": "Due in 4 weeks", "open": "All open", "done": "Done", "cancelled": "Cancelled"}
EVERYBODY = ""


def show(context: PageContext, within: dict[str, str | None]) -> None:
    """The actions of a kind, team and owner, with the form to change one."""
    which = address.switch("Actions", list(WHICH), "which", WHICH.__getitem__, usual="open")
    panel_of = {panel.id: panel for panel in every_panel(context) if panel.policy_id == context.policy_id}
    found = [
        action
        for action in actions(records(context), hidden(context))
        if action.panel_id in panel_of and _is(which, action, context)
    ]
    frame = table_of(context, found, panel_of)
    for name in ("service", "team"):
        if within[name]:
            frame = kinds.narrowed(frame, frame[name] == within[name])
    owners = [EVERYBODY, *sorted({owner for owner in frame["owner"] if owner})]
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        owner = address.choose("Owner", owners, "owner", ("owner", "which"), lambda name: name or "Everybody")
        if writing.may(Right.WRITE_ACTIONS):
            ask_who()
    if owner:
        frame = kinds.narrowed(frame, frame["owner"] == owner)
    late = int(frame["days_overdue"].notna().sum())
    words = counted(len(frame), "action") + (f", {late} overdue" if late else "")
    kept = kinds.say_restricted(frame) if owner or within["service"] or within["team"] else ""
    write(
        element("h2", f"{WHICH[which]}: {words} on {british(context.as_at)}"),
        element("p", kept, class_="quiet") if kept else "",
    )
    paged(
        frame,
        _columns(which, panel_of),
        f"Actions: {WHICH[which]}",
        f"actions {which}",
        f"actions {which}",
        "There are none.",
        "action",
        usual="Due date, earliest first",
        more=IN_THE_FILE,
    )
    _change(context, found, frame)


def _is(which: str, action: Action, context: PageContext) -> bool:
    if which == "overdue":
        return action.overdue(context.as_at)
    if which == "soon":
        due = action.due_date
        return action.state == OPEN and due is not None and context.as_at <= due <= context.as_at + SOON
    return action.state == {"open": OPEN, "done": DONE, "cancelled": CANCELLED}[which]


def _columns(which: str, panel_of: dict[int, Panel]) -> list[Column]:
    done = [Column("done_date"), Column("outcome_note")]
    return all_columns(panel_of) + (done if which in ("done", "cancelled") else [])


def _change(context: PageContext, found: list[Action], frame: pandas.DataFrame) -> None:
    """Choose one of the actions that are shown, and change it."""
    by_id = {found[place].id: found[place] for place in frame.index if frame.loc[place, "address"]}
    if not by_id or not writing.may(Right.WRITE_ACTIONS):
        return
    chosen = streamlit.selectbox(
        "Change or finish an action",
        list(by_id),
        index=None,
        key="action on the list",
        format_func=lambda number: f"{by_id[number].child_id}: {by_id[number].text[:80]}",
        width=640,
    )
    if chosen:
        with streamlit.container(border=True):
            edit(context, by_id[chosen])
