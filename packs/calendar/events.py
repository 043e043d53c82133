"""What is coming, with the panels that are planned: their dates stand in the panels' records, not in the extracts."""

from __future__ import annotations

from datetime import date

import pandas

from casework.panels import panels
from casework.storage.database import Casework
from metrics.answers.calendar.calendar import PANEL, WEEKS, calendar, last_day, with_weeks
from metrics.answers.kinds.kinds import PANEL_AREA
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope


def events(
    engine: Engine, scope: Scope, as_at: date | None = None, casework: Casework | None = None, weeks: int = WEEKS
) -> pandas.DataFrame:
    """The rows of ``metrics.answers.calendar.calendar``, and those of the panels that are planned (``with_panels``)."""
    return with_panels(calendar(engine, scope, as_at, weeks), engine, casework, as_at, weeks)


def with_panels(
    frame: pandas.DataFrame, engine: Engine, casework: Casework | None, as_at: date | None = None, weeks: int = WEEKS
) -> pandas.DataFrame:
    """The events and a row a panel that is planned for one of the weeks, soonest first.

    A panel's row has no child, service or team, whatever the scope: everybody prepares for it. ``casework``: the panels' records, None
    where there are none.
    """
    day = as_at or engine.as_at
    planned = _panels(engine, casework, day, last_day(day, weeks)) if casework else []
    if not planned:
        return frame
    # No event of a child may have an area, and the column no text then.
    frame = frame.astype({PANEL_AREA: object})
    more = with_weeks(pandas.DataFrame(planned).astype({"as_at": "datetime64[us]", "event_date": "datetime64[us]"}))
    both = pandas.concat([frame, more.reindex(columns=frame.columns).astype(frame.dtypes.to_dict())], ignore_index=True)
    return both.sort_values("event_date", kind="stable", ignore_index=True)


def _panels(engine: Engine, casework: Casework, first: date, last: date) -> list[dict]:
    return [
        {
            "as_at": first,
            "kind": PANEL,
            # An area's panel is another event of the day than that of the whole council.
            "record_id": f"{found.policy_id} panel" + (f" {found.area}" if found.area else ""),
            "event_date": found.panel_date,
            "state": "booked",
            "what": ", ".join(filter(None, ("Permanence Panel", found.area, engine.policies[found.policy_id].name))),
            "booked_date": found.panel_date,
            "policy": found.policy_id,
            PANEL_AREA: found.area or None,
        }
        for found in panels(casework)
        if first <= found.panel_date <= last and found.policy_id in engine.policies
    ]
