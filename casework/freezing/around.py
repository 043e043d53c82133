"""The panels around a reporting date: the one before, with its lists as they were frozen, and the day of the next."""

from __future__ import annotations

from datetime import date

from casework.freezing.reported import frozen_lists
from casework.panels import panels
from casework.records.records import Panel
from casework.storage.database import Casework
from metrics.answers.what_matters.words import LastPanel


def panels_around(
    casework: Casework | None, policy_id: str, as_at: date, panel: Panel | None = None
) -> tuple[LastPanel | None, date | None]:
    """The last panel up to ``as_at`` whose lists are of a day before it, and the day of the next panel after it; None where there is none.

    With ``panel``, whose papers are made: the panel before that one, and the one after it; while none is planned after it, its own day.
    """
    held = panels(casework, policy_id) if casework else ()
    # A panel to come may have been given its lists already: it is not the last one.
    past = [one for one in held if one.panel_date <= as_at and _lists_of(one) < as_at]
    before = [one for one in past if panel is None or one.panel_date < panel.panel_date]
    ahead = sorted(one.panel_date for one in held if one.panel_date > as_at)
    if panel is not None:
        later = [day for day in ahead if day > panel.panel_date]
        ahead = later or [day for day in (panel.panel_date,) if day > as_at]
    last = None
    if casework and before:
        reported = frozen_lists(casework, before[0].id) if before[0].freeze else None
        last = LastPanel(before[0].panel_date, _lists_of(before[0]), reported)
    return last, ahead[0] if ahead else None


def _lists_of(panel: Panel) -> date:
    """The day of the lists that a panel was given."""
    return panel.freeze.as_at if panel.freeze else panel.panel_date
