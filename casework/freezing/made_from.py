"""Papers that a data load was the source of, and that keep it: the panels frozen from it and the packs published from it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from casework.panels import panels
from casework.publishing.publications import publications
from casework.storage.database import Casework
from words.dates import british


def papers_made_from(casework: Casework, nights: Collection[str]) -> list[str]:
    """The papers made from any of these loads (by name), in words: "the panel of 17/11/2026, frozen as at 15/11/2026"."""
    frozen = [
        f"the panel of {panel.when}, frozen as at {british(panel.frozen.as_at)}"
        for panel in panels(casework)
        if panel.freeze and panel.freeze.night_name in nights
    ]
    published = [
        f"the pack as at {british(date.fromisoformat(one.period))}, published by {one.published_by}"
        for one in publications(casework)
        if one.night_name in nights
    ]
    return frozen + published
