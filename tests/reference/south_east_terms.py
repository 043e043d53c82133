"""The terms of the practice guidance: meetings held, orders and moves since when, proceedings, reviews, working days."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference import homes
from tests.reference.days import Records, by_day, by_start_then_identifier, in_force, rows_of, within
from tests.reference.hertfordshire_facts import Followed
from tests.reference.homes import home_with, homes_of
from tests.reference.orders import LEGAL_STATUSES_IN_SHOWN_ORDER, ONE_DAY, legal_status_rows, long_term_matches
from tests.reference.placements import placement_approved
from tests.reference.terms import ChildOnDay, episode_on

FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
RESIDENTIAL = ("K2", "R1", "R2", "R3", "S1")
BANK_HOLIDAYS = tuple(
    date(year, month, day)
    for year, days in {
        2023: ((8, 28), (12, 25), (12, 26)),
        2024: ((1, 1), (3, 29), (4, 1), (5, 6), (5, 27), (8, 26), (12, 25), (12, 26)),
        2025: ((1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)),
        2026: ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)),
    }.items()
    for month, day in days
)


def weeks(count: int) -> timedelta:
    return timedelta(days=7 * count)


def working_days_after(day: date, count: int) -> date:
    """So many working days on: weekends and England's bank holidays left out."""
    while count:
        day += ONE_DAY
        if day.weekday() < 5 and day not in BANK_HOLIDAYS:
            count -= 1
    return day


def meetings_held(records: Records, child: ChildOnDay, kind: str, start: date | None = None) -> list[date]:
    """The days, in order, of the meetings of a kind held by the day in this period of care, on or after the start if one is given."""
    return meetings_since(records, child, kind, max(child.entered_care, start or child.entered_care))


def meetings_since(records: Records, child: ChildOnDay | Followed, kind: str, first: date) -> list[date]:
    """The days, in order, of the meetings of a kind held by the day, on or after the first, before entry to care too."""
    return sorted(
        row["meeting_date"]
        for row in rows_of(records, "local_meetings")
        if row["person_id"] == child.child_id
        and row["meeting_type"] == kind
        and row["meeting_status"] in ("HELD", None)
        and within(first, row["meeting_date"], child.as_at)
    )


def status_since(records: Records, child: ChildOnDay, codes: tuple[str, ...]) -> date | None:
    """Since when the child has had one of the statuses: the latest started run that is in force, never before entry to care."""
    found = [_run_in_force(records, child.child_id, child.as_at, code) for code in codes]
    known = [since for since in found if since is not None]
    return max(*known, child.entered_care) if known else None


def under_section_20(records: Records, child: ChildOnDay) -> date | None:
    """Since when the child has been accommodated under section 20, never before entry to care."""
    if section_20_left_open(records, child.child_id, child.as_at):
        return None
    return status_since(records, child, ("V2",))


def section_20_left_open(records: Records, child_id: str, day: date) -> bool:
    """Whether every agreement in force on the day is older than a care order in force: an order ends an agreement with the parents."""
    orders = [since for code in ("C1", "C2") if (since := _run_in_force(records, child_id, day, code)) is not None]
    agreements = [
        row["lega_legal_status_start_date"]
        for row in legal_status_rows(records, child_id, day)
        if row["lega_legal_status"] == "V2"
        and in_force(row["lega_legal_status_start_date"], row["lega_legal_status_end_date"], day)
    ]
    return bool(agreements) and any(order > max(agreements) for order in orders)


def _run_in_force(records: Records, child_id: str, day: date, code: str) -> date | None:
    """The start of the run of rows of one status: rows that touch, overlap or leave one day uncovered."""
    assert code in LEGAL_STATUSES_IN_SHOWN_ORDER
    rows = [row for row in legal_status_rows(records, child_id, day) if row["lega_legal_status"] == code]
    rows.sort(key=lambda row: by_start_then_identifier(row["lega_legal_status_start_date"], row["lega_legal_status_id"]))
    start = end = None
    lasting = False
    for row in rows:
        row_start, row_end = row["lega_legal_status_start_date"], row["lega_legal_status_end_date"] or date.max
        if start is None or (end < date.max and row_start > end + ONE_DAY):
            start, end, lasting = row_start, row_end, False
        end = max(end, row_end)
        lasting = lasting or row_end > day
    return start if lasting else None


def is_irregular(records: Records, child: ChildOnDay, kinds: tuple[str, ...] = ("UNREGISTERED", "UNAPPROVED")) -> bool:
    """An approval speaks of the child's placement as unregistered or unapproved, and had come by the day."""
    for row in rows_of(records, "local_approvals"):
        if row["person_id"] != child.child_id or row["approval_type"] not in kinds:
            continue
        if child.placement_id is None or placement_approved(records, row) != child.placement_id:
            continue
        days = [day for day in (row["requested_date"], row["decided_date"]) if day is not None]
        if not days or min(days) <= child.as_at:
            return True
    return False


def moved_in(records: Records, child: ChildOnDay) -> date:
    """The day on which the child moved into the home, or entered care if that is later."""
    homes = homes_of(records, child.child_id)
    place = home_with(homes, child.placement_id) if child.placement_id is not None else None
    return max(child.placement_start if place is None else homes[place].start, child.entered_care)


def ratified_since(records: Records, child: ChildOnDay) -> date:
    """The first day on which a long-term match that still holds was ratified."""
    return min(
        row["ratified_date"]
        for row in long_term_matches(records, child.child_id, child.entered_care, child.as_at, child.placement_id)
        if by_day(row["ratified_date"], child.as_at)
    )


def move_dates(records: Records, child: ChildOnDay) -> list[date]:
    """The days of the placement moves of this period of care, in order."""
    period = episode_on(records, child.child_id, child.as_at)["clae_cla_id"]
    return homes.move_dates(records, child.child_id, period, child.entered_care, child.as_at)


def proceedings_in_force(records: Records, child: ChildOnDay | Followed) -> dict | None:
    """The care proceedings in force on the day; of two, the later issued."""
    rows = [
        row
        for row in rows_of(records, "local_care_proceedings")
        if row["person_id"] == child.child_id and in_force(row["issued_date"], row["concluded_date"], child.as_at)
    ]
    return max(rows, key=lambda row: by_start_then_identifier(row["issued_date"], row["proceedings_id"])) if rows else None


def reviews_held(records: Records, child: ChildOnDay) -> list[date]:
    """The days of the reviews of this period of care held by the day, in order."""
    period = episode_on(records, child.child_id, child.as_at)["clae_cla_id"]
    return sorted(
        {
            row["clar_cla_review_date"]
            for row in rows_of(records, "ssd_cla_reviews")
            if period is not None
            and row["clar_cla_id"] == period
            and not row["clar_cla_review_cancelled"]
            and by_day(row["clar_cla_review_date"], child.as_at)
        }
    )
