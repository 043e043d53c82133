"""What the panel wrote, as the packs and the minutes lay it out: codes as words, and who may see what kept by ``casework``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.agenda.actions import actions
from casework.agenda.discussions import child_discussions
from casework.agenda.themes import themes
from casework.panels import panels
from casework.records.records import DONE, OPEN, Action, Discussion, Panel
from casework.storage.database import Casework
from words.dates import british


@dataclass(frozen=True)
class Said:
    """What one panel said about a child: ``barriers`` in words, and the actions that it asked for. ``discussion`` may be None."""

    panel: Panel
    barriers: str
    discussion: Discussion | None
    actions: tuple[Action, ...]


def said_about(casework: Casework, child_id: str, hidden: frozenset[str], until: date | None = None) -> tuple[Said, ...]:
    """Everything that panels (held by ``until``, if given) said about a child, newest panel first.

    Raises CaseworkError for a child who is ``hidden`` from the reader.
    """
    held = [panel for panel in panels(casework) if until is None or panel.panel_date <= until]
    discussed = {discussion.panel_id: discussion for discussion in child_discussions(casework, child_id, hidden)}
    asked = actions(casework, hidden, child_id=child_id)
    labels = theme_labels(casework)
    return tuple(
        Said(
            panel,
            barriers_in_words(discussed.get(panel.id), labels),
            discussed.get(panel.id),
            tuple(action for action in asked if action.panel_id == panel.id),
        )
        for panel in held
        if panel.id in discussed or any(action.panel_id == panel.id for action in asked)
    )


def theme_labels(casework: Casework) -> dict[str, str]:
    """The barriers' labels by code, in the order of the council's list."""
    return {theme.code: theme.label for theme in themes(casework)}


def barriers_in_words(discussion: Discussion | None, labels: dict[str, str]) -> str:
    """The barriers of a discussion in the order of the list, or nothing."""
    named = discussion.themes if discussion else ()
    return "; ".join(label for code, label in labels.items() if code in named)


def action_state(action: Action, on: date) -> str:
    """Where an action stands on a day: open, with the days overdue; done, with the day; or cancelled."""
    days = action.days_overdue(on)
    if days is not None:
        return f"open, {days:,} {'day' if days == 1 else 'days'} overdue"
    if action.state == DONE and action.done_date:
        return f"done on {british(action.done_date)}"
    return "open" if action.state == OPEN else action.state
