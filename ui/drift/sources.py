"""Where lists can be had as they were reported: the panels that were frozen, and the nights that the store keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.errors import TrackerError
from data.store.store import Store
from metrics.answers.reported import NIGHT, PANEL, Reported, reported_from_night, reported_nights
from ui.components.markup import element, write
from ui.context.page_context import Key, PageContext


@dataclass(frozen=True)
class Source:
    """Lists of one date as reported. ``kind`` is night or panel; ``name`` is the night's name or the panel's number."""

    kind: str
    name: str
    as_at: date
    panel_date: date | None = None


def _kept(key: Key):
    """The panels' records, None where there are none yet."""
    from ui.context.panel_records import records_if_any  # SQLAlchemy is slow to import, and only the lists as reported need it

    return records_if_any(key)


def _panels(context: PageContext) -> dict[date, Source]:
    records = _kept(context.key)
    if records is None:
        return {}
    from casework.freezing.reported import frozen_panels

    found = frozen_panels(records, context.policy_id)
    return {day: Source(PANEL, str(panel.id), day, panel.panel_date) for day, panel in found.items()}


def sources(context: PageContext) -> dict[date, Source]:
    """By date up to the reporting date, oldest first: what a panel was given, else what the night of that date showed."""
    nights = {day: Source(NIGHT, night.name, day) for day, night in reported_nights(Store(context.key[0])).items()}
    try:
        found = nights | _panels(context)
    except TrackerError as error:
        words = f"The panels' own records cannot be read, so only the data loads are offered. {error}"
        write(element("p", words, class_="notice"))
        found = nights
    return {day: found[day] for day in sorted(found) if day <= context.as_at}


def read(key: Key, policy_id: str, source: Source) -> Reported:
    """The lists of a source, every child named: for ``metrics.answers.drift.drift``, which masks, and for no page."""
    if source.kind == NIGHT:
        return reported_from_night(reported_nights(Store(key[0]))[source.as_at], policy_id)
    from casework.freezing.reported import frozen_lists

    return frozen_lists(_kept(key), int(source.name))
