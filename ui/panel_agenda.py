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
from ui.panel_records import records
from ui.panel_sitting import CHILD, Sitting, link
from ui.tables import Column, paged
from ui.words import british, counted


def show_progress(sitting: Sitting) -> None:
    """How far the panel is."""
    if sitting.items:
        section(f"{sitting.finished} of {counted(len(sitting.items), 'child', 'children')} discussed")


def show_to_chase(sitting: Sitting) -> None:
    """The actions that are past their dates."""
    panel_actions.show_to_chase(sitting, {panel.id: panel for panel in panels(records(sitting.now))})


def show(sitting: Sitting) -> None:
    """The agenda, or a sentence while there is none."""
    restricted = sum(item.restricted for item in sitting.items)
    if restricted:
        words = counted(restricted, "restricted record is", "restricted records are")
        write(element("p", f"{words} on this agenda: discuss outside the tracker.", class_="notice"))
    frame = table_of(sitting)
    paged(
        frame,
        columns(sitting.panel),
        f"Agenda of the panel of {british(sitting.panel.panel_date)}",
        "agenda",
        f"agenda {sitting.panel.panel_date.isoformat()}",
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


def table_of(sitting: Sitting) -> pandas.DataFrame:
    """The agenda as a table, an item a row. A restricted child's row says why it is here and nothing else."""
    now = sitting.now
    who = {row["child_id"]: row for row in people(now.engine, sitting.named, now.scope, now.as_at).to_dict("records")}
    lists = _lists(sitting)
    open_actions = actions(records(now), sitting.hidden, state=OPEN)
    before = _decided_before(sitting)
    rows = []
    for number, item in enumerate(sitting.items, start=1):
        said = sitting.discussed.get(item.child_id) if not item.restricted else None
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
                "why": _why(sitting, item),
                "discussed": "yes" if said else "",
                "barriers": sitting.barriers(said.themes) if said else "",
                "decided": said.decision if said else "",
                "before": before.get(item.child_id, ""),
                "open_actions": f"{len(mine)}, {late} overdue" if late else str(len(mine) or ""),
            }
        )
    return pandas.DataFrame(rows, columns=[*(column.name for column in columns(sitting.panel)), "restricted"])


def _lists(sitting: Sitting) -> dict[str, str]:
    """The lists that each child is on today, with the days over."""
    on: dict[str, list[str]] = {}
    for row in asking.children(sitting.now).to_dict("records"):
        if row["child_id"] != RESTRICTED_RECORD:
            on.setdefault(row["child_id"], []).append(f"{sitting.title(row['rule'])} ({counted(int(row['days_over']), 'day')})")
    return {child: ", ".join(words) for child, words in on.items()}


def _why(sitting: Sitting, item: AgendaItem) -> str:
    words = SOURCES[item.source].capitalize()
    if item.carried_from and item.source in (CARRIED, OFF_LIST):
        words += f" from {sitting.dates[item.carried_from]}" if item.source == CARRIED else f" {sitting.dates[item.carried_from]}"
    return f"{words}: {item.reason}" if item.reason else words


def _decided_before(sitting: Sitting) -> dict[str, str]:
    """What the last panel that had the child decided."""
    decided = {}
    for panel_id in {item.carried_from for item in sitting.items if item.carried_from}:
        said = {one.child_id: one for one in discussions(records(sitting.now), panel_id, sitting.hidden)}
        for item in sitting.items:
            if item.carried_from == panel_id and item.child_id in said:
                decided[item.child_id] = said[item.child_id].decision
    return decided


def open_next(sitting: Sitting) -> None:
    """Buttons into the discussions, so that a panel can go through its agenda without a mouse."""
    waiting = [child for child in sitting.named if child not in sitting.discussed]
    if not sitting.named:
        return
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        chosen = streamlit.selectbox("Child on the agenda", sitting.named, index=None, key="open a child", width=220)
        if streamlit.button("Open", disabled=chosen is None):
            address.keep(CHILD, chosen)
            streamlit.rerun()
        if waiting and streamlit.button("Discuss the next child", type="primary"):
            address.keep(CHILD, waiting[0])
            streamlit.rerun()
