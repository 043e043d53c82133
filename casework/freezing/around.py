"""The panels around a reporting date: the one before, with its lists as they were frozen, and the day of the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.freezing.reported import frozen_lists
from casework.panels import panels
from casework.records.records import Panel
from casework.storage.database import Casework
from metrics.answers.what_matters.words import LastPanel


@dataclass(frozen=True)
class Around:
    """The last panel up to a reporting date whose lists are of a day before it, and the day of the next; None where there is none."""

    last: Panel | None = None
    next_panel: date | None = None


def around_day(held: Iterable[Panel], policy_id: str, as_at: date, panel: Panel | None = None) -> Around:
    """The panels around ``as_at``, of those of a policy among all that were ``held``, newest first: the whole council's, or those of
    every area where the council holds them by area alone.

    With ``panel``, whose papers are made: the panel of its area before that one, and the one after it; while none is planned after it, its
    own day.
    """
    of_policy = [one for one in held if one.policy_id == policy_id]
    area = panel.area if panel else ""
    same = [one for one in of_policy if one.area == area]
    of_policy = same if same or panel else of_policy
    # A panel to come may have been given its lists already: it is not the last one.
    past = [one for one in of_policy if one.panel_date <= as_at and _lists_of(one) < as_at]
    before = [one for one in past if panel is None or one.panel_date < panel.panel_date]
    ahead = sorted(one.panel_date for one in of_policy if one.panel_date > as_at)
    if panel is not None:
        later = [day for day in ahead if day > panel.panel_date]
        ahead = later or [day for day in (panel.panel_date,) if day > as_at]
    return Around(before[0] if before else None, ahead[0] if ahead else None)


def last_panel(casework: Casework | None, around: Around) -> LastPanel | None:
    """The last panel with its lists as they were frozen; None where there is none."""
    if casework is None or around.last is None:
        return None
    reported = frozen_lists(casework, around.last.id) if around.last.freeze else None
    return LastPanel(around.last.panel_date, _lists_of(around.last), reported)


def panels_around(
    casework: Casework | None, policy_id: str, as_at: date, panel: Panel | None = None
) -> tuple[LastPanel | None, date | None]:
    """The last panel of ``around_day`` with its lists as they were frozen, and the day of the next."""
    around = around_day(panels(casework) if casework else (), policy_id, as_at, panel)
    return last_panel(casework, around), around.next_panel


def _lists_of(panel: Panel) -> date:
    """The day of the lists that a panel was given."""
    return panel.freeze.as_at if panel.freeze else panel.panel_date
