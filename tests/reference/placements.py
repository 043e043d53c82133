"""The placement on a day, looked through temporary ones."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.days import Records, by_start_then_identifier, in_force, rows_of

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
ADOPTIVE = ("A3", "A4", "A5", "A6")
EARLY_PERMANENCE = ("U2", "U5")
LONG_TERM_FOSTER = ("U1", "U4")
WEEK = timedelta(days=7)


def _start(row: dict) -> date:
    return row["clap_cla_placement_start_date"]


def _end(row: dict) -> date | None:
    return row["clap_cla_placement_end_date"]


def _order(row: dict) -> tuple:
    return by_start_then_identifier(_start(row), row["clap_cla_placement_id"])


def is_temporary(placement: dict) -> bool:
    return placement["clap_cla_placement_type"] in TEMPORARY


def placements_of(records: Records, child: str, day: date) -> list[dict]:
    """The child's placements that had started by the day, earliest first."""
    rows = [row for row in rows_of(records, "ssd_cla_placement") if row["clap_person_id"] == child and _start(row) <= day]
    return sorted(rows, key=_order)


def start_of_interruption(temporary: dict, placements: list[dict]) -> date:
    """The first day of the temporary placements that led to this one, each beginning by the day one before it had ended."""
    start = _start(temporary)
    for earlier in sorted((row for row in placements if is_temporary(row)), key=_order, reverse=True):
        if _order(earlier) < _order(temporary) and (_end(earlier) is None or _end(earlier) >= start):
            start = min(start, _start(earlier))
    return start


def interrupted_by(temporary: dict, placements: list[dict]) -> dict | None:
    """The placement that a temporary one interrupts: the latest started before it and not ended before it began."""
    began = start_of_interruption(temporary, placements)
    candidates = [
        row for row in placements if not is_temporary(row) and _start(row) < began and (_end(row) is None or _end(row) >= began)
    ]
    return max(candidates, key=_order) if candidates else None


def placement_approved(records: Records, approval: dict) -> str | None:
    """The placement that an approval is about: the one it names. Where none is named, but what it is (an emergency, unregistered or
    unapproved), the last that began within a week of its day and had not ended by it."""
    if approval["placement_id"] is not None:
        return approval["placement_id"]
    days = [day for day in (approval["requested_date"], approval["decided_date"]) if day is not None]
    if approval["approval_type"] not in ("EMERGENCY", "UNREGISTERED", "UNAPPROVED") or not days:
        return None
    about = [
        row
        for row in placements_of(records, approval["person_id"], min(days) + WEEK)
        if not is_temporary(row) and _start(row) >= min(days) - WEEK and (_end(row) is None or _end(row) > min(days))
    ]
    return max(about, key=_order)["clap_cla_placement_id"] if about else None


def placement_on(records: Records, child: str, day: date) -> dict | None:
    """The child's placement on the day, looked through a temporary one; None where no placement is in force."""
    placements = placements_of(records, child, day)
    open_placements = [row for row in placements if in_force(_start(row), _end(row), day)]
    if not open_placements:
        return None
    placement = max(open_placements, key=_order)
    if not is_temporary(placement):
        return placement
    return interrupted_by(placement, placements) or placement
