"""Placement orders, matches and care proceedings."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.days import Records, by_day, by_start_then_identifier, in_force, rows_of, within
from tests.reference.homes import every_home, home_with

LEGAL_STATUSES_IN_SHOWN_ORDER = ("E1", "D1", "C2", "C1", "L1", "L2", "L3", "J1", "J2", "J3", "V2", "V3", "V4")
ONE_DAY = timedelta(days=1)


def legal_status_rows(records: Records, child: str, day: date) -> list[dict]:
    """The child's rows with a legal status of the list that had started by the day."""
    return [
        row
        for row in rows_of(records, "ssd_legal_status")
        if row["lega_person_id"] == child
        and row["lega_legal_status"] in LEGAL_STATUSES_IN_SHOWN_ORDER
        and row["lega_legal_status_start_date"] <= day
    ]


def legal_statuses_on(records: Records, child: str, day: date) -> tuple[str, ...]:
    """The legal statuses in force on the day, the one that is shown first."""
    codes = {
        row["lega_legal_status"]
        for row in legal_status_rows(records, child, day)
        if in_force(row["lega_legal_status_start_date"], row["lega_legal_status_end_date"], day)
    }
    return tuple(code for code in LEGAL_STATUSES_IN_SHOWN_ORDER if code in codes)


def _order_by_legal_status(records: Records, child: str, day: date) -> date | None:
    """The start of the run of E1 rows that is in force on the day: rows that touch, overlap or leave one day uncovered."""
    rows = [row for row in legal_status_rows(records, child, day) if row["lega_legal_status"] == "E1"]
    rows.sort(key=lambda row: by_start_then_identifier(row["lega_legal_status_start_date"], row["lega_legal_status_id"]))
    run_start = run_end = None
    run_in_force = False
    for row in rows:
        start, end = row["lega_legal_status_start_date"], row["lega_legal_status_end_date"] or date.max
        if run_start is None or (run_end < date.max and start > run_end + ONE_DAY):
            run_start, run_end, run_in_force = start, end, False
        run_end = max(run_end, end)
        run_in_force = run_in_force or end > day
    return run_start if run_in_force else None


def _order_by_permanence_record(records: Records, child: str, entered_care: date, day: date) -> date | None:
    """The latest placement order date of this period of care, unless it was reversed or the legal statuses know better: one
    began later, or a placement order among them ended and another goes on."""
    rows = [
        row
        for row in rows_of(records, "ssd_permanence")
        if row["perm_person_id"] == child and within(entered_care, row["perm_placement_order_date"], day)
    ]
    if not rows:
        return None
    latest = max(rows, key=lambda row: by_start_then_identifier(row["perm_placement_order_date"], row["perm_table_id"]))
    order = latest["perm_placement_order_date"]
    if within(order, latest["perm_decision_reversed_date"], day):
        return None
    statuses = legal_status_rows(records, child, day)
    if any(row["lega_legal_status_start_date"] > order for row in statuses):
        return None
    # A placement order that ended while another status goes on is over; one that ended with none in force has run out in the record.
    ends = [row["lega_legal_status_end_date"] for row in statuses if row["lega_legal_status"] == "E1"]
    over = any(end is not None and order < end <= day for end in ends) and legal_statuses_on(records, child, day)
    return None if over else order


def placement_order(records: Records, child: str, entered_care: date, day: date) -> tuple[date | None, str | None]:
    """Since when the child is subject to a placement order, and which source says so; (None, None) when not subject."""
    since = _order_by_legal_status(records, child, day)
    if since is not None:
        return since, "legal status"
    since = _order_by_permanence_record(records, child, entered_care, day)
    if since is not None:
        return since, "permanence record"
    return None, None


def matched_for_adoption(records: Records, child: str, entered_care: date, day: date) -> bool:
    """Matched with adopters in this period of care, by either source, and the match not undone by the day."""
    for row in rows_of(records, "ssd_permanence"):
        matched = row["perm_matched_date"]
        if row["perm_person_id"] != child or not within(entered_care, matched, day):
            continue
        if not within(matched, row["perm_decision_reversed_date"], day):
            return True
    return bool(_matches(records, child, "ADOPTION", entered_care, day))


def long_term_match(records: Records, child: str, entered_care: date, day: date, lives_in: str | None) -> tuple[bool, bool]:
    """Whether the child has a long-term match on the day, and whether one is ratified."""
    matches = long_term_matches(records, child, entered_care, day, lives_in)
    return bool(matches), any(by_day(row["ratified_date"], day) for row in matches)


def long_term_matches(records: Records, child: str, entered_care: date, day: date, lives_in: str | None) -> list[dict]:
    """The long-term matches of this period of care that stand: not ended, and not of a home that the child has left since.

    ``lives_in``: the placement in which the child lives, which a temporary one may interrupt.
    """
    return [
        row
        for row in _matches(records, child, "LTF", entered_care, day)
        if not by_day(left_matched_home(records, row), day) or of_the_home(records, row, lives_in)
    ]


def left_matched_home(records: Records, match: dict) -> date | None:
    """The day on which the child left the home of the placement that a match names, if that was on the day of the match or later."""
    homes = every_home(records, match["person_id"])
    place = None if match["match_date"] is None or match["placement_id"] is None else home_with(homes, match["placement_id"])
    left = None if place is None else homes[place].end
    return left if left is not None and left >= match["match_date"] else None


def of_the_home(records: Records, match: dict, lives_in: str | None) -> bool:
    """Whether a match names a placement of the home that the child lives in."""
    homes = every_home(records, match["person_id"])
    named = None if match["placement_id"] is None else home_with(homes, match["placement_id"])
    return named is not None and lives_in is not None and named == home_with(homes, lives_in)


def _matches(records: Records, child: str, kind: str, entered_care: date, day: date) -> list[dict]:
    return [
        row
        for row in rows_of(records, "local_carer_matches")
        if row["person_id"] == child
        and row["match_type"] == kind
        and within(entered_care, row["match_date"], day)
        and not by_day(row["ended_date"], day)
    ]


def in_proceedings(records: Records, child: str, day: date) -> bool:
    """In care proceedings; where that file is not supplied, under an interim care order."""
    if "local_care_proceedings" not in records:
        return "C1" in legal_statuses_on(records, child, day)
    return any(
        row["person_id"] == child and in_force(row["issued_date"], row["concluded_date"], day)
        for row in rows_of(records, "local_care_proceedings")
    )
