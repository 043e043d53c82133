"""A record of the panel being edited: what this person began from, and what is written but not yet saved.

A rerun, another page or a reload loses no words, and a save is built on the record as this person saw it, so that what others
saved meanwhile is merged with it (``casework.saving``). Where both wrote the same field, both are shown and the person chooses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import streamlit

from casework.errors import Conflict, EditedMeanwhile
from casework.history import history
from casework.merging import merge
from casework.records import Action, Discussion
from ui import browser
from ui.markup import element, write
from ui.now import Now
from ui.panel_records import hidden, keep, records, tell
from ui.words import british, british_time

Record = Discussion | Action
DRAFTS = "drafts"


@dataclass
class Draft:
    """``base``: the record that the writing began from; ``values``: the fields written since; ``conflicts``: what met another's."""

    base: Record
    values: dict[str, object] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    who: str = ""
    at: datetime | None = None


def said(value: object, labels: dict[str, str] | None = None) -> str:
    """A field's value in words."""
    if isinstance(value, date):
        return british(value)
    if isinstance(value, (frozenset, set, tuple, list)):
        return ", ".join(sorted((labels or {}).get(one, str(one)) for one in value))
    return "" if value is None else str(value)


class Editing:
    """One record on the page. ``name`` tells it from every other; ``current`` is the record as it stands now."""

    def __init__(self, now: Now, name: str, current: Record) -> None:
        self.now = now
        self.name = name
        self.current = current
        self._drafts: dict[str, Draft] = browser.memory().setdefault(DRAFTS, {})

    @property
    def draft(self) -> Draft | None:
        return self._drafts.get(self.name)

    @property
    def base(self) -> Record:
        return self.draft.base if self.draft else self.current

    @property
    def changed(self) -> bool:
        """Whether something is written and not saved."""
        return bool(self.draft and self.draft.values)

    def bind(self, name: str, to_widget: Callable = lambda value: value, from_widget: Callable = lambda value: value) -> dict:
        """The key and callback of a widget over one field, the widget set to what is written or else to the record."""
        key = f"{self.name} {name}"
        value = self.draft.values.get(name, getattr(self.base, name)) if self.draft else getattr(self.base, name)
        streamlit.session_state[key] = to_widget(value)
        base = self.base

        def written() -> None:
            draft = self._drafts.setdefault(self.name, Draft(base))
            draft.values[name] = from_widget(streamlit.session_state[key])
            if draft.values[name] == getattr(draft.base, name):
                del draft.values[name]
            if not draft.values:
                del self._drafts[self.name]

        return {"key": key, "on_change": written}

    def discard(self) -> None:
        """Forget what was written."""
        self._drafts.pop(self.name, None)

    def save(self, save: Callable[[Record], Record], done: str) -> Record | None:
        """Save what is written, merged with what others saved meanwhile; None when it was refused or met another's words."""
        draft = self.draft or Draft(self.current)
        mine = replace(draft.base, **draft.values)
        try:
            saved = keep(lambda: save(mine), done)
        except EditedMeanwhile as error:
            self._meet(draft, error)
            return None
        if saved is not None:
            self.discard()
            self._tell_merged(draft.base, saved)
        return saved

    def _meet(self, draft: Draft, error: EditedMeanwhile) -> None:
        """Begin again from the record as it stands, with this person's words kept beside the other's."""
        fields = tuple(draft.values)
        was, theirs, mine = ({name: getattr(one, name) for name in fields} for one in (draft.base, error.current, error.mine))
        merged, _ = merge(was, theirs, mine)
        kept = {conflict.field: conflict.mine for conflict in error.conflicts}
        values = {name: value for name, value in (merged | kept).items() if value != theirs[name]}
        self._drafts[self.name] = Draft(error.current, values, error.conflicts, error.who, error.at)

    def _tell_merged(self, base: Record, saved: Record) -> None:
        """Say what others had saved since this person began."""
        if saved.version <= base.version + 1:
            return
        for revision in history(records(self.now), saved, hidden(self.now)):
            if revision.applied and base.version < revision.version < saved.version:
                fields = ", ".join(change.field.replace("_", " ") for change in revision.changes)
                tell(f"{revision.who} had meanwhile saved {fields} ({british_time(revision.at)}); both are kept.")

    def show_meanwhile(self, labels: dict[str, str] | None = None) -> None:
        """What others saved since this person began to write, and both versions of each field that both wrote."""
        draft = self.draft
        if draft is None:
            return
        for conflict in draft.conflicts:
            name = conflict.field.replace("_", " ")
            write(
                element(
                    "div",
                    element("p", f"{draft.who} saved another {name} on {british_time(draft.at)}. Theirs:"),
                    element("p", said(conflict.theirs, labels) or "(empty)", class_="words-of"),
                    element("p", "Yours:"),
                    element("p", said(conflict.mine, labels) or "(empty)", class_="words-of"),
                    element("p", "Yours stands in the field below. Bring in what you want of theirs, and save again."),
                    class_="notice",
                    role="alert",
                )
            )
        if self.current.version != draft.base.version:
            write(
                element(
                    "p",
                    "Somebody has saved this since you began to write. Your save will be merged with theirs.",
                    class_="notice",
                    role="status",
                )
            )
