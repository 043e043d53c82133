"""Where lists can be had as they were reported: the panels that were frozen, and the nights that the store keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.freezing.reported import frozen_lists, frozen_panels
from casework.records.records import Panel
from casework.storage.database import Casework
from data.store.store import Store
from metrics.answers.reported import NIGHT, PANEL, Reported, reported_from_night, reported_nights
from ui.components.panel_answers import with_records
from ui.context.page_context import Key, PageContext
from ui.context.panel_records import records_of


@dataclass(frozen=True)
class Source:
    """Lists of one date as reported. ``kind`` is night or panel; ``name`` is the night's name or the panel's number."""

    kind: str
    name: str
    as_at: date
    panel: Panel | None = None


def _panels(casework: Casework | None, policy_id: str) -> dict[date, Source]:
    found = frozen_panels(casework, policy_id) if casework else {}
    return {day: Source(PANEL, str(panel.id), day, panel) for day, panel in found.items()}


def sources(context: PageContext) -> dict[date, Source]:
    """By date up to the reporting date, oldest first: what a panel was given, else what the night of that date showed."""
    nights = {day: Source(NIGHT, night.name, day) for day, night in reported_nights(Store(context.key[0])).items()}
    none: dict[date, Source] = {}
    found = nights | with_records(context, lambda casework: _panels(casework, context.policy_id), none)
    return {day: found[day] for day in sorted(found) if day <= context.as_at}


def read(key: Key, policy_id: str, source: Source) -> Reported:
    """The lists of a source, every child named: for ``metrics.answers.drift.drift``, which masks, and for no page."""
    if source.kind == NIGHT:
        return reported_from_night(reported_nights(Store(key[0]))[source.as_at], policy_id)
    return frozen_lists(records_of(key), int(source.name))
