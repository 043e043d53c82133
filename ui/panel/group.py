"""Brothers and sisters discussed once: one form, and a decision and actions that are kept in each child's own record."""

from __future__ import annotations

from functools import partial

import streamlit

from access.roles import Right
from casework.agenda.actions import actions, give_action
from casework.agenda.discussions import discussion, save_discussion
from casework.records.records import CLOSED, Action, Discussion
from ui import siblings
from ui.child import lists, record
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import show_table
from ui.context import cached_answers
from ui.context.panel_records import records
from ui.editing import writing
from ui.editing.drafts import Editing
from ui.editing.together import Together
from ui.editing.writer import who
from ui.panel import actions as action_forms
from ui.panel import as_recorded, beside, steps
from ui.panel.discussion import CLOSED_WORDS, OUTCOME
from ui.panel.meeting import PanelMeeting, new_action_name
from words.numbers import children

IN_SHORT = ("Age", "Plan", "Placement", "Legal status", "Team", "Worker")


def show(meeting: PanelMeeting, group: tuple[str, ...], child_id: str) -> None:
    """The discussion of a group of children on the agenda. ``child_id``: the one from whom the reader came."""
    context, panel = meeting.context, meeting.panel
    steps.show(meeting, group)
    family = meeting.family_of[child_id]
    write(element("h2", f"{siblings.title(family)}: {children(len(group))} discussed together"))
    with streamlit.container(horizontal=True, vertical_alignment="center"):
        _rest(meeting, group)
        writing.step("Discuss each child alone", partial(steps.go, child_id))
    said = {child: discussion(records(context), panel.id, child, meeting.hidden) for child in group}
    together = Together(
        f"discussions {panel.id} {family}",
        {child: Editing(context, meeting.draft_name(child), said[child]) for child in group},
    )
    new = Editing(context, new_action_name(panel, family), Action(panel.id, group[0], ""))
    form, facts = streamlit.columns([11, 9], gap="medium")
    with form:
        if writing.may(Right.WRITE_DISCUSSIONS):
            _form(meeting, together, new)
        else:
            write(*(part for child in group for part in (element("h3", child), as_recorded.words(meeting, said[child]))))
        section("Actions")
        _actions(meeting, group, new)
    with facts:
        for child in group:
            _facts(meeting, child)


def _rest(meeting: PanelMeeting, group: tuple[str, ...]) -> None:
    """Who of the group is not on the agenda: named where they may be, else counted."""
    others, hidden = siblings.rest_of_group(meeting.context, group)
    words = [f"{one['child_id']} {one['name'] or ''} ({one['team']})" for one in others]
    absent = element("p", f"In care and not on this agenda: {'; '.join(words)}.") if words else ""
    write(absent, element("p", siblings.and_more(hidden)) if hidden else "", "" if words or hidden else element(
        "p", "All of the group who are in care are on this agenda.", class_="quiet"))  # fmt: skip


def _facts(meeting: PanelMeeting, child: str) -> None:
    answer = cached_answers.child(meeting.context, child)
    with streamlit.container(border=True):
        record.show_name(answer)
        beside.show_why(meeting, child)
        lists.show_beside(meeting.context, answer, meeting.rules_of(child))
        record.show_facts(meeting.context, answer, only=IN_SHORT)
        beside.show_before(meeting, child)


def _form(meeting: PanelMeeting, together: Together[Discussion], new: Editing[Action]) -> None:
    for child, editing in together.editings.items():
        editing.show_meanwhile(meeting.themes, f"Child {child}")
    closed = meeting.panel.status == CLOSED
    if closed:
        write(element("p", CLOSED_WORDS, class_="notice"))
    used = frozenset().union(*(editing.base.themes for editing in together.editings.values()))
    offered = [code for code in meeting.themes if code in meeting.offered or code in used]
    apart = streamlit.checkbox("A decision of its own for each child", key=f"apart {together.name}")
    with streamlit.container(key="written"):
        _once(together, ["themes"], meeting, offered)
        _once(together, ["summary"], meeting, offered)
        _once(together, ["decision", "outcome", "next_panel_date"], meeting, offered, apart)
    go = partial(_save_and_go, meeting, together, new)
    steps.save_buttons(together, partial(_save, meeting, together), go, "in each child's record", closed)


def _once(
    together: Together[Discussion], names: list[str], meeting: PanelMeeting, offered: list[str], apart: bool = False
) -> None:
    """Fields that are written once for all; for each child where the reader asks for it, or where their records differ."""
    if not (apart or any(together.differs(name) for name in names)):
        for name in names:
            _field(together, name, "", meeting, offered)
        return
    place = {item.child_id: number for number, item in enumerate(meeting.items, start=1)}
    for child, editing in together.editings.items():
        write(element("h3", f"{place[child]}. {child}"))
        for name in names:
            _field(editing, name, f" for child {place[child]}", meeting, offered)


def _field(
    editing: Together[Discussion] | Editing[Discussion], name: str, whose: str, meeting: PanelMeeting, offered: list[str]
) -> None:
    if name == "themes":
        editing.field(
            streamlit.multiselect,
            f"Barriers{whose}",
            name,
            lambda codes: [code for code in offered if code in codes],
            frozenset,
            options=offered,
            format_func=meeting.themes.get,
        )
    elif name == "next_panel_date":
        editing.field(streamlit.date_input, f"Next panel{whose}", name, format="DD/MM/YYYY", width=220)
    elif name == "outcome":
        editing.field(streamlit.text_input, OUTCOME.replace("Outcome", f"Outcome{whose}"), name, width=460)
    else:
        label = {"summary": "Discussion", "decision": "Decision"}[name]
        editing.field(streamlit.text_area, f"{label}{whose}", name, height="content")


def _save(meeting: PanelMeeting, together: Together[Discussion]) -> str:
    return together.save(lambda said: save_discussion(records(meeting.context), said, who()))


def _save_and_go(meeting: PanelMeeting, together: Together[Discussion], new: Editing[Action]) -> str:
    group = tuple(together.editings)
    done = [_save(meeting, together)] if together.written() else []
    if new.written():
        done.append(_give(meeting, group, new))
    steps.go(steps.following(meeting, group))
    return " ".join(done) or "Nothing new was written."


def _key(new: Editing[Action]) -> str:
    return f"{new.name} for"


def _actions(meeting: PanelMeeting, group: tuple[str, ...], new: Editing[Action]) -> None:
    context = meeting.context
    found = [one for child in group for one in actions(records(context), meeting.hidden, child_id=child)]
    if found:
        frame, columns = action_forms.table_of(context, found, meeting.panels), action_forms.all_columns(meeting.panels)
        show_table(frame, columns, "Actions for these children", "actions of group", one="action")
    if not writing.may(Right.WRITE_ACTIONS):
        return
    with streamlit.container(border=True, key="add an action"):
        write(element("h3", "Add an action"))
        streamlit.multiselect("For", group, list(group), key=_key(new))
        action_forms.fields(new, of_new=True)
        writing.button(Right.WRITE_ACTIONS, "Add the action", partial(_give, meeting, group, new), new.name)
        writing.show_told(new.name, unsaved=new.changed)


def _give(meeting: PanelMeeting, group: tuple[str, ...], new: Editing[Action]) -> str:
    """One action into the record of each child chosen."""
    chosen = [child for child in group if child in streamlit.session_state.get(_key(new), group)]
    return new.save(
        lambda action: give_action(records(meeting.context), action, chosen, who(), meeting.hidden)[-1],
        f"The action is added for {', '.join(chosen)}.",
        "Enter what is to be done first.",
    )
