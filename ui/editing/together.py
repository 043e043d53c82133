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
from ui.editing.drafts import NOTHING_NEW, Editing, bound


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
        self._fields[name] = from_widget, {about: editing.base for about, editing in self.editings.items()}
        bound(widget, label, f"{self.name} {name}", to_widget(first.value(name)), lambda: self._write(name), options)

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
        """Save each record in which something is written; gives the sentence that says in which, and what others had saved in them.

        The second press of a double click saves nothing, and says the same. Raises CaseworkError where nothing is written, and where a
        record was refused: the others are saved, and the sentence says which.
        """
        written = self.written()
        asked = {about: one for about, one in self.editings.items() if (one.changed if written else one.just_saved)}
        if not asked:
            raise CaseworkError(NOTHING_NEW)
        saved: list[str] = []
        meanwhile: list[str] = []
        refused: list[str] = []
        for about, editing in asked.items():
            try:
                told = editing.save(save, "").strip()
                saved.append(about)
                meanwhile += [f"{about}: {told}"] if told else []
            except TrackerError as error:
                refused.append(f"{about}: {error}")
        done = " ".join([f"Saved for {', '.join(saved)}.", *meanwhile]) if saved else ""
        if refused:
            raise CaseworkError(" ".join([done, "Not saved for", "; ".join(refused)]).strip())
        return done
