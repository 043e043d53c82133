"""A record of the panel being edited: what this person began from, and what is written but not yet saved.

A rerun, another page, a reload or a restart of the server loses no words, and a save is built on the record as this person saw it, so
that what others saved in the meantime is merged with it
(``casework.changes.saving``). Where both wrote the same field, both are shown and the person
chooses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from time import monotonic
from typing import Any, Generic

import streamlit

from casework.changes.history import history
from casework.changes.saving import LONGEST_TEXT
from casework.records.errors import CaseworkError, EditedMeanwhile
from casework.records.merging import merge
from casework.records.records import Action, Note
from ui.components.markup import element, write
from ui.context import browser
from ui.context.kept_notes import Draft, Record
from ui.context.page_context import PageContext
from ui.context.panel_records import hidden, records
from words.dates import british, british_time

DRAFTS = "drafts"
NOTHING_NEW = "There are no changes to save."
SAME_PRESS_SECONDS = 10


def unsaved() -> frozenset[str]:
    """The names of everything that this person has written and not saved."""
    return frozenset(name for name, draft in browser.memory().lasting.get(DRAFTS, {}).items() if draft.values)


def said(value: object, labels: dict[str, str] | None = None) -> str:
    """A field's value in words."""
    if isinstance(value, date):
        return british(value)
    if isinstance(value, (frozenset, set, tuple, list)):
        return ", ".join(sorted((labels or {}).get(one, str(one)) for one in value))
    return "" if value is None else str(value)


def beginning(widget: Callable, value: object, options: dict) -> dict[str, object]:
    """The argument that gives a widget its first value, by the kind of widget."""
    if widget is streamlit.selectbox:
        return {"index": list(options["options"]).index(value)}
    return {"default" if widget is streamlit.multiselect else "value": value}


def bound(widget: Callable, label: str, key: str, wanted: object, take: Callable[[], None], options: dict[str, object]) -> None:
    """A Streamlit widget that shows what is wanted; ``take`` takes what is written in it."""
    if key not in streamlit.session_state:
        options |= beginning(widget, wanted, options)
    elif streamlit.session_state[key] != wanted:
        # Only where it differs: a field that is set again loses the letters that are being typed into it.
        streamlit.session_state[key] = wanted
    if widget(label, key=key, on_change=take, **options) != wanted:
        # The browser held it while the server was started again, and has now sent it.
        take()


@dataclass(frozen=True)
class Saved:
    """What was saved last: when, by a clock's reading; the fields; and the version that came of it."""

    since: float
    values: dict[str, object] = field(default_factory=dict)
    version: int = 0


class Editing(Generic[Record]):
    """One record on the page. ``name`` tells it from every other; ``current`` is the record as it is now."""

    def __init__(self, context: PageContext, name: str, current: Record) -> None:
        self.context = context
        self.name = name
        self.current: Record = current
        self._memory = browser.memory()
        self._drafts: dict[str, Draft[Record]] = self._memory.lasting.setdefault(DRAFTS, {})
        self._fields: dict[str, Callable] = {}

    @property
    def draft(self) -> Draft[Record] | None:
        return self._drafts.get(self.name)

    @property
    def base(self) -> Record:
        return self.draft.base if self.draft else self.current

    @property
    def changed(self) -> bool:
        """Whether something is written and not saved."""
        return bool(self.draft and self.draft.values)

    def value(self, name: str) -> object:
        """A field as it is written, or else as the record has it."""
        return self.draft.values.get(name, getattr(self.base, name)) if self.draft else getattr(self.base, name)

    def field(
        self,
        widget: Callable,
        label: str,
        name: str,
        to_widget: Callable = lambda value: value,
        from_widget: Callable = lambda value: value,
        **options: object,
    ) -> None:
        """A Streamlit widget over one field, showing what is written or else the record."""
        self._fields[name] = from_widget
        if widget in (streamlit.text_input, streamlit.text_area):
            options.setdefault("max_chars", LONGEST_TEXT)
        base = self.base
        bound(widget, label, self._key(name), to_widget(self.value(name)), lambda: self._write(name, base), options)

    def _key(self, name: str) -> str:
        return f"{self.name} {name}"

    def _write(self, name: str, base: Record) -> None:
        """Take one field from its widget into the draft."""
        self.put(name, self._fields[name](streamlit.session_state[self._key(name)]), base)

    def put(self, name: str, value: object, base: Record) -> None:
        """Take a value of one field into the draft. ``base``: the record that the person saw."""
        saved = self._saved
        again = name in saved.values and value == saved.values[name]
        if again and not self.draft and base.version < saved.version:
            return  # the second press of a double click, on a page that was drawn before the first one saved
        draft = self._drafts.setdefault(self.name, Draft(base))
        if self._new and again:
            value = getattr(draft.base, name)  # the browser has not yet been told that the form is empty again
        before = dict(draft.values)
        draft.values[name] = value
        if value == getattr(draft.base, name):
            del draft.values[name]
        if not draft.values:
            self._drafts.pop(self.name, None)
        if draft.values != before:
            self._memory.write()

    def collect(self) -> None:
        """Take every field from its widget. A press may come together with the last words typed, and before their own callback."""
        base = self.base
        for name in self._fields:
            if self._key(name) in streamlit.session_state:
                self._write(name, base)

    def written(self) -> bool:
        """Whether something is written and not saved, the words just typed among it."""
        self.collect()
        return self.changed

    def discard(self) -> None:
        """Forget what was written."""
        if self._drafts.pop(self.name, None):
            self._memory.write()

    def save(self, save: Callable[[Record], Record], done: str, nothing: str = NOTHING_NEW, **settled: object) -> str:
        """Save what is written, merged with what others saved in the meantime, and give the sentence that says so.

        ``settled`` are fields that the press itself decides. Raises CaseworkError when it is refused (EditedMeanwhile among them), and
        ``nothing`` when nothing is written; the words then stay in the draft.
        """
        self.collect()
        draft: Draft[Record] = self.draft or Draft(self.current)
        values: dict[str, Any] = draft.values | settled
        if not values:
            if self.just_saved:
                return done
            raise CaseworkError(nothing)
        try:
            saved: Record = save(replace(draft.base, **values))
        except EditedMeanwhile as error:
            self._meet(draft, error)
            raise
        self._settle(values, saved)
        return " ".join([done, *self._merged(draft.base, saved)])

    def _settle(self, values: dict[str, object], saved: Record) -> None:
        """Forget what is saved now; what was written while it was being saved waits, on top of it."""
        written = self.draft.values if self.draft else {}
        later = {name: value for name, value in written.items() if name not in values or values[name] != value}
        self._drafts.pop(self.name, None)
        if later:
            self._drafts[self.name] = Draft(self.current if self._new else saved, later)
        self._memory.notes[f"saved {self.name}"] = Saved(monotonic(), values, 0 if self._new else saved.version)
        self._memory.write()

    @property
    def _saved(self) -> Saved:
        """What was saved here a moment ago: the second press of a double click asks for the same again."""
        saved: Saved = self._memory.notes.get(f"saved {self.name}", Saved(0.0))
        return saved if monotonic() - saved.since < SAME_PRESS_SECONDS else Saved(0.0)

    @property
    def just_saved(self) -> bool:
        """Whether something was saved here a moment ago."""
        return bool(self._saved.values)

    @property
    def _new(self) -> bool:
        """Whether the form makes a new record each time, rather than changing one."""
        return isinstance(self.current, (Action, Note)) and not self.current.id

    def _meet(self, draft: Draft[Record], error: EditedMeanwhile) -> None:
        """Begin again from the record as it is, with this person's words kept beside the other's."""
        now = error.current
        if not isinstance(now, type(self.current)):
            raise TypeError(f"{self.name} was met by a {type(now).__name__}") from error
        fields = tuple(draft.values)
        was, theirs, mine = ({name: getattr(one, name) for name in fields} for one in (draft.base, now, error.mine))
        merged, _ = merge(was, theirs, mine)
        kept = {conflict.field: conflict.mine for conflict in error.conflicts}
        values = {name: value for name, value in (merged | kept).items() if value != theirs[name]}
        self._drafts[self.name] = Draft(now, values, error.conflicts, error.who, error.at)
        self._memory.write()

    def _merged(self, base: Record, saved: Record) -> list[str]:
        """What others had saved since this person began, in sentences."""
        if saved.version <= base.version + 1:
            return []
        sentences = []
        for revision in history(records(self.context), saved, hidden(self.context)):
            if revision.applied and revision.version is not None and base.version < revision.version < saved.version:
                fields = ", ".join(change.field.replace("_", " ") for change in revision.changes)
                sentences.append(
                    f"{revision.who} saved {fields} in the meantime ({british_time(revision.at)}); both versions are kept."
                )
        return sentences

    def show_meanwhile(self, labels: dict[str, str] | None = None, whose: str = "") -> None:
        """What others saved since this person began to write, and both versions of each field that both wrote.

        ``whose``: what the record is about, where the page has several of its kind.
        """
        about = f"{whose}: " if whose else ""
        draft = self.draft
        if draft is None:
            return
        for conflict in draft.conflicts:
            name = conflict.field.replace("_", " ")
            write(
                element(
                    "div",
                    element(
                        "p",
                        f"{about}{draft.who} saved a different {name} on {british_time(draft.at) if draft.at else ''}. Their version:",
                    ),
                    element("p", said(conflict.theirs, labels) or "(empty)", class_="words-of"),
                    element("p", "Your version:"),
                    element("p", said(conflict.mine, labels) or "(empty)", class_="words-of"),
                    element("p", "Your version is below. Copy across anything you want to keep, and save again."),
                    class_="notice",
                    role="alert",
                )
            )
        if self.current.version != draft.base.version:
            write(
                element(
                    "p",
                    f"{about}{'somebody' if about else 'Somebody'} has saved this since you started writing. "
                    "When you save, your changes will be merged with theirs.",
                    class_="notice",
                    role="status",
                )
            )
