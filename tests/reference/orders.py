"""Placement orders, matches and care proceedings."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.days import Records, by_day, by_start_then_identifier, in_force, rows_of, within

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
    """The latest placement order date of this period of care, unless it was reversed or a later legal status knows better."""
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
    if any(row["lega_legal_status_start_date"] > order for row in legal_status_rows(records, child, day)):
        return None
    return order


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


def long_term_match(records: Records, child: str, entered_care: date, day: date) -> tuple[bool, bool]:
    """Whether the child has a long-term match on the day, and whether one is ratified."""
    matches = _matches(records, child, "LTF", entered_care, day)
    return bool(matches), any(by_day(row["ratified_date"], day) for row in matches)


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
