"""The calendar as an iCalendar file (RFC 5545), to import into a calendar program or to subscribe to.

A calendar is copied to telephones and shown on screens that others see, so its texts have a child's identifier and no name of
anybody, and no words that somebody typed into the case system.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from icalendar import Calendar, Event

from casework.storage.database import Casework
from metrics.answers.calendar.calendar import BOOKED, COURT_STEP, EVIDENCE, HEARING, OVERDUE, PANEL, WEEKS, CalendarRow
from metrics.engine.engine import Engine
from metrics.engine.rows import typed_rows
from metrics.engine.scope import Scope
from packs.calendar.events import events
from packs.saving import ICS, check_name, save_bytes
from words.columns import heading
from words.dates import british
from words.labels import AREAS, RESTRICTED, RESTRICTED_RECORD, scope_name

MAKER = "-//Permanence Tracker//Calendar//EN"
FIXED = (HEARING, EVIDENCE, BOOKED, PANEL)


def calendar_file(
    engine: Engine,
    scope: Scope,
    as_at: date | None = None,
    casework: Casework | None = None,
    weeks: int = WEEKS,
) -> bytes:
    """What is coming as an iCalendar file: an event of a whole day each. What is overdue is not in it, for it has no day to come.

    An event keeps its UID from load to load, so that a program that reads the file again moves it and does not add it twice.
    """
    frame = events(engine, scope, as_at, casework, weeks)
    made = Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Permanence: {scope_name(replace(scope, workers=None), AREAS[engine.settings.area])}")
    made.add("x-wr-caldesc", f"{engine.council}, data load of {british(engine.as_at)}")
    made.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    stamp = datetime.combine(engine.as_at, time(), UTC)
    seen: Counter[str] = Counter()
    for row in typed_rows(frame[frame["state"] != OVERDUE], CalendarRow):
        made.add_component(_event(row, stamp, seen))
    return made.to_ical()


def write_calendar(
    engine: Engine,
    out: Path,
    scope: Scope,
    as_at: date | None = None,
    casework: Casework | None = None,
    weeks: int = WEEKS,
) -> Path:
    """Write ``calendar_file`` whole or not at all, and give the path back. Raises PackError."""
    check_name(out, ICS)
    return save_bytes(calendar_file(engine, scope, as_at, casework, weeks), out, ICS)


def _event(row: CalendarRow, stamp: datetime, seen: Counter[str]) -> Event:
    event = Event()
    event.add("uid", _uid(row, seen))
    event.add("dtstamp", stamp)
    event.add("dtstart", row["event_date"])
    event.add("dtend", row["event_date"] + timedelta(days=1))
    event.add("summary", _summary(row))
    event.add("description", _description(row))
    event.add("categories", [heading(f"kind_{row['kind']}")])
    event.add("class", "CONFIDENTIAL")
    event.add("status", "CONFIRMED" if row["kind"] in FIXED or row["state"] == "booked" else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event


def _uid(row: CalendarRow, seen: Counter[str]) -> str:
    """The same for the same event of every load. A restricted record's events differ by their day, team and number only."""
    parts = [row["kind"], row["child_id"] or "", row["record_id"] or "", row["policy"] or ""]
    if not row["record_id"]:
        parts += [row["team"] or "", row["what"], row["event_date"].isoformat()]
    text = "|".join(parts)
    seen[text] += 1
    return sha256(f"{text}|{seen[text]}".encode()).hexdigest()[:32] + "@permanence-tracker"


def _whose(row: CalendarRow) -> str:
    if not row["child_id"]:
        return ""
    return f": {RESTRICTED}" if row["child_id"] == RESTRICTED_RECORD else f": child {row['child_id']}"


def _summary(row: CalendarRow) -> str:
    return f"{row['what']}{_whose(row)}"


def _description(row: CalendarRow) -> str:
    lines = [heading(f"kind_{row['kind']}")]
    if row["team"]:
        lines.append(f"{heading('team')}: {row['team']}")
    if row["panel_area"]:
        lines.append(f"{heading('panel_area')}: {row['panel_area']}")
    if row["kind"] == COURT_STEP and row["detail"]:
        lines.append(row["detail"])  # our own words and dates
    if row["booked_date"] and row["booked_date"] != row["event_date"]:
        lines.append(f"{heading('booked_date')}: {british(row['booked_date'])}")
    lines.append("Details are in the Permanence Tracker.")
    return "\n".join(lines)
