"""Several records edited as one: a field that says the same in all of them is written once, and kept in each record's own draft.

Each record is saved by itself, merged with what others saved in it (``ui.editing.drafts``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic

import streamlit

from casework.records.errors import CaseworkError
from data.errors import TrackerError
from ui.context.kept_notes import Record
from ui.editing.drafts import NOTHING_NEW, Editing, beginning


class Together(Generic[Record]):
    """Records on one form. ``editings``: by what each is about, in order; ``name`` tells the form from every other."""

    def __init__(self, name: str, editings: dict[str, Editing[Record]]) -> None:
        self.name = name
        self.editings: dict[str, Editing[Record]] = editings
        self._fields: dict[str, tuple[Callable, dict[str, Record]]] = {}

    @property
    def changed(self) -> bool:
        """Whether something is written in any of them and not saved."""
        return any(editing.changed for editing in self.editings.values())

    def differs(self, name: str) -> bool:
        """Whether a field does not say the same in all of them, as written or as saved."""
        return len({editing.value(name) for editing in self.editings.values()}) > 1

    def field(
        self,
        widget: Callable,
        label: str,
        name: str,
        to_widget: Callable = lambda value: value,
        from_widget: Callable = lambda value: value,
        **options: object,
    ) -> None:
        """A Streamlit widget over one field of all of them, which says the same in each."""
        first = next(iter(self.editings.values()))
        key, wanted = f"{self.name} {name}", to_widget(first.value(name))
        self._fields[name] = from_widget, {about: editing.base for about, editing in self.editings.items()}
        if key not in streamlit.session_state:
            options |= beginning(widget, wanted, options)
        elif streamlit.session_state[key] != wanted:
            streamlit.session_state[key] = wanted
        shown = widget(label, key=key, on_change=lambda: self._write(name), **options)
        if shown != wanted:
            self._write(name)

    def _write(self, name: str) -> None:
        from_widget, bases = self._fields[name]
        value = from_widget(streamlit.session_state[f"{self.name} {name}"])
        for about, editing in self.editings.items():
            editing.put(name, value, bases[about])

    def written(self) -> bool:
        """Whether something is written and not saved, the words just typed among it."""
        for name in self._fields:
            if f"{self.name} {name}" in streamlit.session_state:
                self._write(name)
        for editing in self.editings.values():
            editing.collect()
        return self.changed

    def discard(self) -> None:
        """Forget what was written in all of them."""
        for editing in self.editings.values():
            editing.discard()

    def save(self, save: Callable[[Record], Record]) -> str:
        """Save each record in which something is written; gives the sentence that says in how many.

        Raises CaseworkError where nothing is written, and where a record was refused: the others are saved, and the sentence says which.
        """
        if not self.written():
            raise CaseworkError(NOTHING_NEW)
        saved, refused = [], []
        for about, editing in self.editings.items():
            if not editing.changed:
                continue
            try:
                editing.save(save, "")
                saved.append(about)
            except TrackerError as error:
                refused.append(f"{about}: {error}")
        done = f"Saved for {', '.join(saved)}." if saved else ""
        if refused:
            raise CaseworkError(" ".join([done, "Not saved for", "; ".join(refused)]).strip())
        return done
