"""What the panel's records refuse, each in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.errors import TrackerError


class CaseworkError(TrackerError):
    """The panel's records cannot do what was asked; the message says why and what to do, and nothing has been changed."""


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed: what it was when both began, what the other saved, and what this person wrote."""

    field: str
    base: object
    theirs: object
    mine: object


class EditedMeanwhile(CaseworkError):
    """Somebody else saved the same field first. ``current`` is the record as it is; what was written is kept in its history.

    To save again, put the chosen values into ``current`` (its version is the one to build on) and save that.
    """

    def __init__(self, conflicts: tuple[Conflict, ...], current: object, mine: object, who: str, at: datetime) -> None:
        self.conflicts = conflicts
        self.current = current
        self.mine = mine
        self.who = who
        self.at = at
        fields = ", ".join(conflict.field.replace("_", " ") for conflict in conflicts)
        super().__init__(
            f"{who} has saved another version of this in the meantime ({fields}). Your version is in its "
            "history: compare both, choose, and save again."
        )
