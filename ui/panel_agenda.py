"""A panel's agenda as a table: every child with its lists, why it is here, what was decided before, and whether it has been discussed."""

from __future__ import annotations

import pandas
import streamlit

from casework.actions import actions
from casework.discussions import discussions
from casework.panels import panels
from casework.records import CARRIED, OFF_LIST, OPEN, RESTRICTED_RECORD, SOURCES, AgendaItem, Panel
from metrics.people import people
from ui import address, asking, panel_actions
from ui.headings import section
from ui.markup import element, write
from ui.panel_meeting import CHILD, PanelMeeting, link
from ui.panel_records import records
from ui.tables import Column, paged
from ui.words import british, counted


def show_progress(meeting: PanelMeeting) -> None:
    """How far the panel is."""
    if meeting.items:
        section(f"{meeting.finished} of {counted(len(meeting.items), 'child', 'children')} discussed")


def show_to_chase(meeting: PanelMeeting) -> None:
    """The actions that are past their dates."""
    panel_actions.show_to_chase(meeting, {panel.id: panel for panel in panels(records(meeting.now))})


def show(meeting: PanelMeeting) -> None:
    """The agenda, or a sentence while there is none."""
    restricted = sum(item.restricted for item in meeting.items)
    if restricted:
        words = counted(restricted, "restricted record is", "restricted records are")
        write(element("p", f"{words} on this agenda: discuss outside the tracker.", class_="notice"))
    frame = table_of(meeting)
    paged(
        frame,
        columns(meeting.panel),
        f"Agenda of the panel of {british(meeting.panel.panel_date)}",
        "agenda",
        f"agenda {meeting.panel.panel_date.isoformat()}",
        "Nobody is on this agenda yet. Choose its lists, below.",
        "child",
        "children",
    )


def columns(panel: Panel) -> list[Column]:
    return [
        Column("place", "No.", "number"),
        Column("child_id", "Child", "code", lambda row: None if row["restricted"] else link(panel, row["child_id"])),
        Column("name", "Name", "some"),
        Column("age", "Age", "number"),
        Column("team", "Team", "some"),
        Column("lists", "Lists", "list"),
        Column("why", "Why here", "some"),
        Column("discussed", "Discussed", "some"),
        Column("barriers", "Barriers", "some"),
        Column("decided", "Decision", "some"),
        Column("before", "Decided before", "some"),
        Column("open_actions", "Open actions", "some"),
    ]


def table_of(meeting: PanelMeeting) -> pandas.DataFrame:
    """The agenda as a table, an item a row. A restricted child's row says why it is here and nothing else."""
    now = meeting.now
    who = {row["child_id"]: row for row in people(now.engine, meeting.named, now.scope, now.as_at).to_dict("records")}
    lists = _lists(meeting)
    open_actions = actions(records(now), meeting.hidden, state=OPEN)
    before = _decided_before(meeting)
    rows = []
    for number, item in enumerate(meeting.items, start=1):
        said = meeting.discussed.get(item.child_id) if not item.restricted else None
        person = who.get(item.child_id, {})
        mine = [action for action in open_actions if action.child_id == item.child_id and not item.restricted]
        late = sum(action.overdue(now.as_at) for action in mine)
        rows.append(
            {
                "place": number,
                "child_id": item.child_id,
                "restricted": item.restricted,
                "name": person.get("name"),
                "age": person.get("age"),
                "team": person.get("team"),
                "lists": "" if item.restricted else lists.get(item.child_id, ""),
                "why": _why(meeting, item),
                "discussed": "yes" if said else "",
                "barriers": meeting.barriers(said.themes) if said else "",
                "decided": said.decision if said else "",
                "before": before.get(item.child_id, ""),
                "open_actions": f"{len(mine)}, {late} overdue" if late else str(len(mine) or ""),
            }
        )
    return pandas.DataFrame(rows, columns=[*(column.name for column in columns(meeting.panel)), "restricted"])


def _lists(meeting: PanelMeeting) -> dict[str, str]:
    """The lists that each child is on today, with the days over."""
    on: dict[str, list[str]] = {}
    for row in asking.children(meeting.now).to_dict("records"):
        if row["child_id"] != RESTRICTED_RECORD:
            on.setdefault(row["child_id"], []).append(f"{meeting.title(row['rule'])} ({counted(int(row['days_over']), 'day')})")
    return {child: ", ".join(words) for child, words in on.items()}


def _why(meeting: PanelMeeting, item: AgendaItem) -> str:
    words = SOURCES[item.source].capitalize()
    if item.carried_from and item.source in (CARRIED, OFF_LIST):
        words += f" from {meeting.dates[item.carried_from]}" if item.source == CARRIED else f" {meeting.dates[item.carried_from]}"
    return f"{words}: {item.reason}" if item.reason else words


def _decided_before(meeting: PanelMeeting) -> dict[str, str]:
    """What the last panel that had the child decided."""
    decided = {}
    for panel_id in {item.carried_from for item in meeting.items if item.carried_from}:
        said = {one.child_id: one for one in discussions(records(meeting.now), panel_id, meeting.hidden)}
        for item in meeting.items:
            if item.carried_from == panel_id and item.child_id in said:
                decided[item.child_id] = said[item.child_id].decision
    return decided


def open_next(meeting: PanelMeeting) -> None:
    """Buttons into the discussions, so that a panel can go through its agenda without a mouse."""
    waiting = [child for child in meeting.named if child not in meeting.discussed]
    if not meeting.named:
        return
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        chosen = streamlit.selectbox("Child on the agenda", meeting.named, index=None, key="open a child", width=220)
        if streamlit.button("Open", disabled=chosen is None):
            address.keep(CHILD, chosen)
            streamlit.rerun()
        if waiting and streamlit.button("Discuss the next child", type="primary"):
            address.keep(CHILD, waiting[0])
            streamlit.rerun()
