"""Notes that people keep about a child outside panels: with who wrote each and when, written, changed and withdrawn."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas
import streamlit

from access.roles import Right
from casework.changes.history import history
from casework.notes import LONGEST, Written, notes, save_note
from casework.records.records import Note
from casework.storage.database import Casework
from ui.components.markup import element, write
from ui.components.panel_answers import with_records
from ui.components.tables import named, show_table
from ui.context.page_context import PageContext
from ui.context.panel_records import hidden, records
from ui.editing import writing
from ui.editing.drafts import Editing
from ui.editing.writer import who
from words.dates import british_time

HISTORY = named("when", "who", "before", "after")


def show(context: PageContext, child_id: str) -> None:
    """The notes about a child, newest first, and the form for another."""

    def asked(casework: Casework | None) -> tuple[Written, ...]:
        return notes(casework, context.engine, context.scope, child_id) if casework else ()

    found = with_records(context, asked, None)
    if found is None:
        return
    kept = [one for one in found if not one.note.withdrawn]
    for one in kept:
        _show(context, one)
    if not kept:
        write(element("p", "No notes about this child.", class_="quiet"))
    if len(found) > len(kept):
        with streamlit.expander(f"Withdrawn notes: {len(found) - len(kept)}"):
            for one in found:
                if one.note.withdrawn:
                    _show(context, one)
    if not writing.may(Right.WRITE_NOTES):
        return
    new = Editing(context, f"new note {child_id}", Note(child_id))
    with streamlit.expander("Write a note", expanded=new.changed, key="write a note"):
        write(
            element("p", "Everybody who may see this child can read it. It is kept with your name and the time.", class_="quiet")
        )
        new.field(streamlit.text_area, "Note", "text", height="content", max_chars=LONGEST)
        writing.button(
            Right.WRITE_NOTES, "Keep the note", partial(_save, context, new, "The note is kept."), new.name, primary=True
        )
        writing.show_told(new.name, unsaved=new.changed)


def _save(context: PageContext, editing: Editing[Note], done: str) -> str:
    return editing.save(
        lambda note: save_note(records(context), context.engine, context.scope, note, who()), done, "Write the note first."
    )


def _withdraw(context: PageContext, note: Note, withdrawn: bool) -> str:
    save_note(records(context), context.engine, context.scope, replace(note, withdrawn=withdrawn), who())
    return "The note is withdrawn." if withdrawn else "The note is back."


def _show(context: PageContext, one: Written) -> None:
    note, place = one.note, f"note {one.note.id}"
    changed = f" · changed by {one.changed_who}, {british_time(one.changed_at)}" if note.version > 1 else ""
    words = element("p", f"{one.who}, {british_time(one.at)}{changed}", class_="quiet")
    write(words, element("p", note.text, class_="words-of"))
    if not writing.may(Right.WRITE_NOTES):
        if note.version > 1:
            with streamlit.expander("History of this note", key=f"history {place}"):
                _show_history(context, note)
        return
    with streamlit.expander("Change or withdraw this note", key=f"change {place}"):
        editing = Editing(context, place, note)
        editing.show_meanwhile()
        editing.field(streamlit.text_area, "Note", "text", height="content", max_chars=LONGEST)
        with streamlit.container(horizontal=True, vertical_alignment="center"):
            writing.button(Right.WRITE_NOTES, "Save the note", partial(_save, context, editing, "The note is saved."), place)
            label = "Bring it back" if note.withdrawn else "Withdraw the note"
            writing.button(Right.WRITE_NOTES, label, partial(_withdraw, context, note, not note.withdrawn), place)
            writing.show_told(place, unsaved=editing.changed)
        if note.version > 1:
            _show_history(context, note)


def _show_history(context: PageContext, note: Note) -> None:
    frame, name = _history(context, note), f"{note.child_id} history of note {note.id}"
    show_table(frame, HISTORY, "History of the note", "note history", of=str(note.id), name=name, one="change")


def _history(context: PageContext, note: Note) -> pandas.DataFrame:
    rows = [
        {"when": british_time(revision.at), "who": revision.who, "before": str(change.before), "after": str(change.after)}
        for revision in history(records(context), note, hidden(context))
        for change in revision.changes
    ]
    return pandas.DataFrame(rows)
