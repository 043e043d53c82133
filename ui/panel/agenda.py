"""A panel's agenda as a table: every child with its lists, why it is here, what was decided before, and whether it has been discussed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas
import streamlit

from access.roles import Right
from casework.agenda.actions import actions
from casework.agenda.agenda import SinceMade, since_made
from casework.agenda.agenda_facts import (
    days_over,
    decision_words,
    item_lists,
    last_decisions,
    panel_lists,
    why_here,
    would_join,
    would_leave,
)
from casework.checking import newest_entry
from casework.panels import panel
from casework.records.records import CLOSED, OPEN, AgendaItem
from data.sentences import begins
from metrics.answers.kinds.kinds import PANEL_AREA
from metrics.engine.people import people
from metrics.engine.plain import boxed_rows
from ui.components.child_link import child_link
from ui.components.markup import element, write
from ui.components.panel_area import of_panel_area
from ui.components.tables import Column, named, paged, show_table
from ui.context import address, cached_answers
from ui.context.page_context import Key, engine_of
from ui.context.panel_records import records, records_of
from ui.context.remembered import remembered
from ui.editing import writing
from ui.panel import actions as action_pages
from ui.panel import steps
from ui.panel.meeting import MEETING, VIEW, PanelMeeting, link
from words.numbers import counted

OPENED = "open a child"
# Before the meeting nothing stands in these, and they are left out; the download has them.
MAY_BE_EMPTY = ("discussed", "barriers", "decided", "before", "open_actions")


def show_to_chase(meeting: PanelMeeting) -> None:
    """The actions that are past their dates: their number, which opens to the list."""
    action_pages.show_to_chase(meeting, meeting.panels)


def show(meeting: PanelMeeting) -> None:
    """The agenda, or a sentence while there is none."""
    restricted = sum(item.restricted for item in meeting.items)
    if restricted:
        words = counted(restricted, "restricted record is", "restricted records are")
        write(element("p", f"{words} on this agenda: discuss outside the tracker.", class_="notice"))
    _show_since_made(meeting)
    frame = table_of(meeting, meeting.items)
    every = columns(meeting)
    shown = [column for column in every if column.name not in MAY_BE_EMPTY or frame[column.name].any()]
    paged(
        frame,
        shown,
        f"Agenda of the panel of {meeting.panel.when}",
        "agenda",
        f"agenda {meeting.panel.name}",
        f"There are no children on this agenda yet.{' Choose its lists below.' if writing.may(Right.RUN_PANELS) else ''}",
        "child",
        "children",
        usual="The agenda's order",
        more=[column for column in every if column not in shown],
    )


def _show_since_made(meeting: PanelMeeting) -> None:
    """Whom making the agenda again would add, and take off: since it was made children have joined its lists, left them, or moved."""
    if meeting.panel.status == CLOSED:
        return
    newest = newest_entry(records(meeting.context)).hash
    found = _since_made(meeting.context.key, meeting.panel.id, newest, meeting.hidden)
    for items, said, done in ((found.joined, would_join, "adds"), (found.left, would_leave, "takes off")):
        if items:
            words = f"{said(len(items))}."
            again = f" Making the agenda again {done} {'the child' if len(items) == 1 else 'them'}."
            write(element("p", words + (again if writing.may(Right.RUN_PANELS) else ""), class_="notice"))
            with streamlit.expander(f"Show the {counted(len(items), 'child', 'children') if len(items) > 1 else 'child'}"):
                shown = [Column("child_id", leads_to=child_link(meeting.context)), *named("name", "age", "team"), Column("lists")]
                shown.append(Column("why_on_agenda", of="why"))
                show_table(
                    table_of(meeting, items),
                    shown,
                    words,
                    f"since made {done}",
                    name=f"{words} {meeting.panel.name}",
                    tall=len(items) > 12,
                    one="child",
                    many="children",
                )


@remembered(50)
def _since_made(key: Key, panel_id: int, newest: str, hidden: frozenset[str]) -> SinceMade:
    """``newest``: the hash of the newest entry of the records' chain, so that the answer is of the records as they are now."""
    casework = records_of(key)
    return since_made(casework, panel(casework, panel_id), engine_of(key), hidden)


def columns(meeting: PanelMeeting) -> list[Column]:
    return [
        Column("place"),
        Column("child_id", leads_to=lambda row: None if row["restricted"] else link(meeting.panel, row["child_id"])),
        *named("name", "age", "team"),
        *of_panel_area(meeting.context.engine.settings),
        Column("lists"),
        Column("why_on_agenda", of="why"),
        *named("discussed", "barriers", "decided"),
        Column("last_decision", of="before"),
        Column("open_actions"),
    ]


def table_of(meeting: PanelMeeting, items: Sequence[AgendaItem]) -> pandas.DataFrame:
    """Items of an agenda as a table, a row each. A restricted child's row says why it is here and nothing else."""
    context = meeting.context
    seen = [item.child_id for item in items if not item.restricted]
    who = {row["child_id"]: row for row in boxed_rows(people(context.engine, seen, context.scope, context.as_at))}
    days = days_over(panel_lists(records(context), meeting.panel, meeting.hidden, lambda: cached_answers.children(context)))
    open_actions = actions(records(context), meeting.hidden, state=OPEN)
    before = last_decisions(records(context), meeting.panel, meeting.hidden)
    rows = []
    for number, item in enumerate(items, start=1):
        said = meeting.discussed.get(item.child_id) if not item.restricted else None
        person = who.get(item.child_id, {})
        mine = [action for action in open_actions if action.child_id == item.child_id and not item.restricted]
        late = sum(action.overdue(context.as_at) for action in mine)
        rows.append(
            {
                "place": number,
                "child_id": item.child_id,
                "restricted": item.restricted,
                "name": person.get("name"),
                "age": person.get("age"),
                "team": person.get("team"),
                PANEL_AREA: context.engine.settings.panel_area(person.get("service"), person.get("team")),
                "lists": _lists(meeting, item_lists(item, days)),
                "why": _why(meeting, item),
                "discussed": "not saved yet" if item.child_id in meeting.unsaved else "yes" if said else "",
                "barriers": meeting.barriers(said.themes) if said else "",
                "decided": said.decision if said else "",
                "before": decision_words(before.get(item.child_id)),
                "open_actions": f"{len(mine)} ({late} overdue)" if late else str(len(mine) or ""),
            }
        )
    return pandas.DataFrame(rows, columns=[*(column.name for column in columns(meeting)), "restricted"])


def _lists(meeting: PanelMeeting, lists: dict[str, int | None]) -> str:
    """The lists, each with the days over where the child is on it."""
    titled = {meeting.title(rule): over for rule, over in lists.items()}
    return ", ".join(title if over is None else f"{title} ({counted(over, 'day')})" for title, over in titled.items())


def _why(meeting: PanelMeeting, item: AgendaItem) -> str:
    words = why_here(item, meeting.dates.get(item.carried_from, "") if item.carried_from else "")
    return begins(words)


def open_next(meeting: PanelMeeting) -> None:
    """How far the panel is, and buttons into the discussions, so that a panel can go through its agenda without a mouse."""
    if not meeting.items:
        return
    write(steps.progress(meeting))
    steps.show_unsaved(meeting)
    if not meeting.named:
        return
    # A closed panel is read: nothing of it is left to discuss.
    closed = meeting.panel.status == CLOSED
    waiting = [] if closed else [child for child in meeting.named if child not in meeting.discussed]
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        if waiting:
            writing.step("Discuss the next child", partial(steps.go, waiting[0]), primary=True, shortcut=steps.NEXT)
        if not steps.in_meeting() and not closed:
            writing.step(steps.START, partial(address.keep, VIEW, MEETING))
        chosen = streamlit.selectbox("Child on the agenda", meeting.named, index=None, key=OPENED, width=220)
        writing.step("Open", lambda: steps.go(streamlit.session_state[OPENED]), disabled=chosen is None)
