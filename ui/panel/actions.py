"""Actions of the panel: to chase, of one child, and all of them; given, changed, and done with what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import pandas
import streamlit

from access.roles import Right
from casework.agenda.actions import actions, actions_to_chase, save_action
from casework.agenda.taking_up import by_area, taken_up
from casework.changes.restricted import NOBODY, masked_action
from casework.records.records import ACTION_KINDS, CANCELLED, DONE, OPEN, Action, Panel
from metrics.engine.people import people
from metrics.engine.plain import boxed_rows
from ui.components import kinds
from ui.components.child_link import child_address
from ui.components.markup import element, write
from ui.components.tables import Column, named, paged, show_table
from ui.context.page_context import PageContext
from ui.context.panel_records import hidden, records
from ui.editing import writing
from ui.editing.drafts import Editing
from ui.editing.writer import who
from ui.panel.choice import PANEL_PAGE
from ui.panel.meeting import PanelMeeting, link
from words.dates import british
from words.labels import NO_DATE, NO_OWNER
from words.numbers import counted

STATES = {OPEN: "open", DONE: "done", CANCELLED: "cancelled"}
HELD_FOR = "held_for"
# What the file has beside the table.
IN_THE_FILE = (Column("link", of="address"), Column("action_kind", of="kind"))


def table_of(context: PageContext, found: Iterable[Action], panels: dict[int, Panel]) -> pandas.DataFrame:
    """Actions as a table: restricted children's say when they are due and whether they are done, and nothing else."""
    found = list(found)
    known = boxed_rows(people(context.engine, {action.child_id for action in found}, context.scope, context.as_at))
    who = {row["child_id"]: row for row in known}
    rows = []
    for action in found:
        panel, person = panels[action.panel_id], who.get(action.child_id, {})
        late = action.days_overdue(context.as_at)
        rows.append(
            {
                "child_id": action.child_id,
                "address": _leads_to(context, panel, action.child_id) if person else None,
                "name": person.get("name"),
                "service": person.get("service"),
                "team": person.get("team"),
                "text": action.text,
                "kind": ACTION_KINDS[action.kind],
                "owner": action.owner,
                "due_date": action.due_date,
                "days_overdue": late,
                "state": f"overdue by {counted(late, 'day')}" if late else STATES[action.state],
                "asked": panel.panel_date,
                HELD_FOR: panel.area or None,
                "done_date": action.done_date,
                "outcome_note": action.outcome_note,
            }
        )
    columns = [
        *(column.name for column in all_columns(panels)),
        "address",
        "service",
        "kind",
        "done_date",
        "outcome_note",
        "days_overdue",
    ]
    return pandas.DataFrame(rows, columns=list(dict.fromkeys(columns)))


def of_panel(panels: dict[int, Panel]) -> list[Column]:
    """The columns that say which panel asked: its day, and its area where some panels are held by area."""
    return [Column("panel_date", of="asked"), *([Column(HELD_FOR)] if by_area(panels.values()) else [])]


def _leads_to(context: PageContext, panel: Panel, child_id: str) -> str:
    """The child's discussion at the panel, or the child's own page for a reader who does not come to the panel."""
    return link(panel, child_id) if context.person.may_open(PANEL_PAGE) else child_address(context, child_id)


def all_columns(panels: dict[int, Panel]) -> list[Column]:
    """The columns of a list of actions of these panels."""
    return [
        Column("child_id", leads_to=lambda row: row["address"]),
        *named("name", "team"),
        Column("action", of="text"),
        *named("owner", "due_date", "state"),
        *of_panel(panels),
    ]


def show_to_chase(meeting: PanelMeeting, panels: dict[int, Panel]) -> None:
    """Every open action past its date, longest overdue first, whether or not the child is still on a list."""
    context = meeting.context
    held = [one for one in panels.values() if one.policy_id == meeting.panel.policy_id]
    found = actions_to_chase(records(context), context.as_at, NOBODY)
    of_policy = [action for action in found if panels[action.panel_id].policy_id == meeting.panel.policy_id]
    mine = [masked_action(one, meeting.hidden) for one in taken_up(context.engine, meeting.panel, held, of_policy)]
    if not mine:
        write(element("p", "No action is overdue.", class_="quiet"))
        return
    longest = max(action.days_overdue(context.as_at) or 0 for action in mine)
    most = f", by {counted(longest, 'day')}" if len(mine) == 1 else f", the longest by {counted(longest, 'day')}"
    # Above the fold: they are the agenda's too.
    kinds.choose(context)
    with streamlit.expander(f"{counted(len(mine), 'action is', 'actions are')} overdue{most}", key="actions overdue"):
        paged(
            table_of(context, mine, panels),
            all_columns(panels),
            "Actions to chase",
            "chase",
            "actions to chase",
            "No action is overdue.",
            "action",
            more=IN_THE_FILE,
            usual="Longest overdue first",
        )


def show_for_child(meeting: PanelMeeting, child_id: str, new: Editing[Action], panels: dict[int, Panel]) -> tuple[Action, ...]:
    """A child's actions, with the forms to give (``new``), change and finish one; gives the actions back."""
    context = meeting.context
    found = actions(records(context), hidden(context), child_id=child_id)
    if found:
        columns = [Column("action", of="text"), *named("owner", "due_date", "state"), *of_panel(panels)]
        columns += named("done_date", "outcome_note")
        # What is still to be done is what the panel looks for; what is done and over stands below it.
        open_first = sorted(found, key=lambda action: action.state != OPEN)
        frame = table_of(context, open_first, panels)
        show_table(frame, columns, "Actions for this child", "actions of child", name=f"{child_id} actions", one="action")
    else:
        write(element("p", "No panel has set an action for this child yet.", class_="quiet"))
    if not writing.may(Right.WRITE_ACTIONS):
        return found
    with streamlit.container(border=True, key="add an action"):
        write(element("h3", "Add an action"))
        fields(new, of_new=True)
        writing.button(Right.WRITE_ACTIONS, "Add the action", partial(add, meeting, new), new.name)
        writing.show_told(new.name, unsaved=new.changed)
    if found:
        with streamlit.expander("Change or finish an action"):
            _change(context, found)
    return found


def add(meeting: PanelMeeting, new: Editing[Action]) -> str:
    """Keep a new action as it is written; gives the sentence that says so. Raises CaseworkError."""
    return new.save(
        lambda action: save_action(records(meeting.context), action, who()),
        "The action is added.",
        "Enter what is to be done first.",
    )


def fields(editing: Editing, of_new: bool = False) -> None:
    """The fields of an action; a new one has no state yet."""
    editing.field(streamlit.text_input, "What is to be done", "text")
    with streamlit.container(horizontal=True):
        editing.field(streamlit.text_input, "Owner", "owner", width=220)
        editing.field(streamlit.date_input, "Due", "due_date", format="DD/MM/YYYY", width=150)
        kinds = list(ACTION_KINDS)
        editing.field(streamlit.selectbox, "Kind", "kind", options=kinds, format_func=ACTION_KINDS.get, width=240)
    if not of_new:
        with streamlit.container(horizontal=True):
            editing.field(streamlit.selectbox, "State", "state", options=list(STATES), format_func=STATES.get, width=150)
            editing.field(streamlit.date_input, "Done on", "done_date", format="DD/MM/YYYY", width=150)
        editing.field(streamlit.text_input, "Outcome", "outcome_note")


def _change(context: PageContext, found: Sequence[Action]) -> None:
    by_id = {action.id: action for action in found}
    chosen = streamlit.selectbox(
        "Action", list(by_id), index=None, key="action to change", format_func=lambda number: _words(by_id[number])
    )
    if chosen:
        edit(context, by_id[chosen])


def _words(action: Action) -> str:
    return f"{action.text[:80]} ({action.owner or NO_OWNER}, {british(action.due_date) or NO_DATE}, {STATES[action.state]})"


def edit(context: PageContext, action: Action) -> None:
    """The form of one action; *done* without a day means on the reporting date."""
    editing = Editing(context, f"action {action.id}", action)
    editing.show_meanwhile()
    fields(editing)

    def save(changed: Action) -> Action:
        if changed.state == DONE and changed.done_date is None:
            changed = replace(changed, done_date=context.engine.as_at)
        elif changed.state != DONE:
            changed = replace(changed, done_date=None)
        return save_action(records(context), changed, who())

    def finish() -> str:
        return editing.save(save, "The action is done.", state=DONE, done_date=context.engine.as_at)

    with streamlit.container(horizontal=True, vertical_alignment="center"):
        writing.button(
            Right.WRITE_ACTIONS, "Save the action", lambda: editing.save(save, "The action is saved."), editing.name, primary=True
        )
        if action.state == OPEN:
            writing.button(Right.WRITE_ACTIONS, "Done today", finish, editing.name)
        writing.show_told(editing.name, unsaved=editing.changed)
