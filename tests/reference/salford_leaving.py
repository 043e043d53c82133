"""What Salford asks when a child ceases to be looked after."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.days import Records, add_months, by_day, in_force, rows_of, within
from tests.reference.salford_due import Due
from tests.reference.salford_facts import MONTHS_FOLLOWED, ONE_DAY, Left, approvals, events, is_one_of, working_days_after
from tests.reference.salford_placement import ASSISTANT_DIRECTOR, STRATEGIC_DIRECTOR
from tests.reference.south_east_terms import section_20_left_open
from tests.reference.terms import ChildOnDay

RETURNED_HOME = ("E4A", "E4B")
UNPLANNED = "E4B"
DECIDED_ELSEWHERE = ("E2", "E3", "E9", "E11", "E12", "E15", "E41", "E43", "E44", "E45", "E46", "E47", "E48")
WEEK = timedelta(weeks=1)


def accommodated_since(records: Records, left: Left) -> date | None:
    """Since when the child had been accommodated (V2) on the last day in care; rows a day apart or less go on with one another."""
    rows = [
        (row["lega_legal_status_start_date"], row["lega_legal_status_end_date"] or date.max)
        for row in rows_of(records, "ssd_legal_status")
        if row["lega_person_id"] == left.child_id and row["lega_legal_status"] == "V2"
    ]
    rows = [row for row in rows if row[1] >= row[0]]
    open_rows = [row for row in rows if in_force(*row, left.left_date - ONE_DAY)]
    if not open_rows or section_20_left_open(records, left.child_id, left.left_date - ONE_DAY):
        return None
    since = min(start for start, _ in open_rows)
    joined = True
    while joined:
        earlier = [start for start, end in rows if start < since and (end == date.max or end + ONE_DAY >= since)]
        joined = bool(earlier)
        since = min(earlier, default=since)
    return max(since, left.entered_care)


def by_the_council(records: Records, left: Left) -> bool:
    """Whether the council itself decided that the child leaves, by one of the two processes.

    Under sixteen it did not on a return that nobody planned: "where practicable"."""
    since = accommodated_since(records, left)
    if since is None or left.age is None or left.reason in DECIDED_ELSEWHERE:
        return False
    return left.age >= 16 or not (working_days_after(since, 20) > left.left_date or left.reason == UNPLANNED)


def management_decision(records: Records, left: Left, day: date) -> list[Due]:
    """A management decision in the six weeks before leaving, or on the day; later is late."""
    if not by_the_council(records, left):
        return []
    noted = [
        row["note_date"]
        for row in rows_of(records, "local_case_notes")
        if row["person_id"] == left.child_id
        and row["note_type"] == "MANAGEMENT_DECISION"
        and within(max(left.left_date - 6 * WEEK, left.entered_care), row["note_date"], day)
    ]
    return [Due(left.left_date, left.left_date, min(noted, default=None))]


def reviewed_before(records: Records, left: Left, day: date) -> list[Due]:
    """A review in the six weeks before leaving, or on the day; of those whose leaving the council itself decides."""
    if not by_the_council(records, left):
        return []
    periods = {
        row["clae_cla_id"]
        for row in rows_of(records, "ssd_cla_episodes")
        if row["clae_person_id"] == left.child_id and row["clae_cla_episode_ceased_date"] == left.left_date
    }
    held = [
        row["clar_cla_review_date"]
        for row in rows_of(records, "ssd_cla_reviews")
        if row["clar_cla_id"] in periods - {None}
        and not row["clar_cla_review_cancelled"]
        and within(left.left_date - 6 * WEEK, row["clar_cla_review_date"], left.left_date)
    ]
    return [Due(left.left_date, left.left_date, max(held, default=None))]


def decided(records: Records, child: str, kind: str, entered: date, day: date) -> tuple[list[date], date | None]:
    """The days on which it was asked for in this period of care, and the first on which it was approved."""
    mine = [row for row in approvals(records, child, (kind,)) if within(entered, row["asked"], day)]
    approved = [
        row["decided_date"]
        for row in mine
        if row["decision"] == "APPROVED"
        and by_day(row["decided_date"], day)
        and is_one_of(row["decided_by"], ASSISTANT_DIRECTOR if kind == "CEASE_UNDER_16" else STRATEGIC_DIRECTOR)
    ]
    return [row["asked"] for row in mine], min(approved, default=None)


def open_request(kind: str):
    def asked_of(records: Records, child: ChildOnDay) -> list[Due]:
        asked, approved = decided(records, child.child_id, kind, child.entered_care, child.as_at)
        return [Due(min(asked), None, approved)] if asked else []

    return asked_of


def approval_under_16(records: Records, left: Left, day: date) -> list[Due]:
    since = accommodated_since(records, left)
    if left.age is None or not 0 <= left.age < 16 or since is None or left.reason in (*DECIDED_ELSEWHERE, UNPLANNED):
        return []
    if working_days_after(since, 20) > left.left_date:
        return []
    return [Due(left.left_date, left.left_date, decided(records, left.child_id, "CEASE_UNDER_16", left.entered_care, day)[1])]


def approval_16_17(records: Records, left: Left, day: date) -> list[Due]:
    since = accommodated_since(records, left)
    if left.age not in (16, 17) or since is None or left.reason in DECIDED_ELSEWHERE:
        return []
    return [Due(left.left_date, left.left_date, decided(records, left.child_id, "CEASE_16_17", left.entered_care, day)[1])]


def _assessed(records: Records, left: Left, kinds: tuple[str, ...], day: date) -> list[Due]:
    """Each of these from six weeks before leaving on: done when the last of them is."""
    earliest = max(left.left_date - 6 * WEEK, left.entered_care)
    firsts = [next(iter(events(records, left.child_id, kind, earliest, day)), None) for kind in kinds]
    return [Due(left.left_date, left.left_date, None if None in firsts else max(firsts))]


def cafas_under_16(records: Records, left: Left, day: date) -> list[Due]:
    return _assessed(records, left, ("CAFAS_COMPLETED",), day) if approval_under_16(records, left, day) else []


def cafas_16_17(records: Records, left: Left, day: date) -> list[Due]:
    """A risk assessment, and the CAFAS or a pathway plan, whichever is known first."""
    if not approval_16_17(records, left, day):
        return []
    (risk,), (assessed,) = (_assessed(records, left, (kind,), day) for kind in ("RISK_ASSESSMENT", "CAFAS_COMPLETED"))
    earliest = max(left.left_date - 6 * WEEK, left.entered_care)
    reviewed = [
        row["clea_pathway_plan_review_date"]
        for row in rows_of(records, "ssd_care_leavers")
        if row["clea_person_id"] == left.child_id and within(earliest, row["clea_pathway_plan_review_date"], day)
    ]
    either = min((one for one in (assessed.done, *reviewed) if one), default=None)
    return [Due(left.left_date, left.left_date, max(risk.done, either) if risk.done and either else None)]


def is_eligible(records: Records, left: Left) -> bool:
    """Sixteen or over, and looked after for thirteen weeks since turning fourteen."""
    if left.age is None or left.age < 16:
        return False
    born = next(row["pers_dob"] for row in rows_of(records, "ssd_person") if row["pers_person_id"] == left.child_id)
    return left.left_date - max(left.entered_care, add_months(born, 14 * 12)) >= 13 * WEEK


def child_in_need_plan(records: Records, left: Left, day: date) -> list[Due]:
    if left.reason not in RETURNED_HOME or is_eligible(records, left):
        return []
    earliest = max(left.entered_care, left.left_date - timedelta(days=28))
    begun = events(records, left.child_id, "CIN_PLAN_STARTED", earliest, day)
    return [Due(left.left_date, left.left_date + 2 * WEEK, begun[0] if begun else None)]


def of_the_young(records: Records, child: str, returns: set[date]) -> set[date]:
    """Those on which the child was under sixteen: the process for the older has no step after leaving."""
    born = next(row["pers_dob"] for row in rows_of(records, "ssd_person") if row["pers_person_id"] == child)
    return {one for one in returns if born is not None and add_months(born, 16 * 12) > one}


def returns_told(records: Records, child: str, entered: date, day: date) -> set[date]:
    told = events(records, child, "UNPLANNED_RETURN", entered, day)
    return of_the_young(records, child, {one for one in told if add_months(one, MONTHS_FOLLOWED) > day})


def unplanned_returns(records: Records, left: Left, day: date) -> set[date]:
    """An ending for that reason is a return of its own where no return is told of within a week, followed or not any more."""
    told = events(records, left.child_id, "UNPLANNED_RETURN", left.entered_care, day)
    actual = returns_told(records, left.child_id, left.entered_care, day)
    if left.reason == UNPLANNED and not any(abs(one - left.left_date) <= WEEK for one in told):
        return actual | of_the_young(records, left.child_id, {left.left_date})
    return actual


def request_after_unplanned(records: Records, left: Left, day: date) -> list[Due]:
    """No period: whether it was asked for. Under sixteen, and unplanned by the reason or by what is told of within a week."""
    told = events(records, left.child_id, "UNPLANNED_RETURN", left.entered_care, day)
    unplanned = left.reason == UNPLANNED or any(abs(one - left.left_date) <= WEEK for one in told)
    if not unplanned or left.age is None or left.age >= 16:
        return []
    asked, _ = decided(records, left.child_id, "CEASE_UNDER_16", left.entered_care, day)
    return [Due(left.left_date, None, min(asked, default=None))]


def _after(records: Records, child: str, kind: str, returned: date, due: date, day: date) -> Due:
    done = events(records, child, kind, returned, day)
    return Due(returned, due, done[0] if done else None)


def _risk(records: Records, child: str, returns: set[date], day: date) -> list[Due]:
    return [_after(records, child, "RISK_ASSESSMENT", one, one + ONE_DAY, day) for one in returns]


def _cafas(records: Records, child: str, returns: set[date], day: date) -> list[Due]:
    return [_after(records, child, "CAFAS_COMPLETED", one, working_days_after(one, 15), day) for one in returns]


def _still_in_care(read):
    def asked_of(records: Records, child: ChildOnDay) -> list[Due]:
        returns = returns_told(records, child.child_id, child.entered_care, child.as_at)
        return read(records, child.child_id, returns, child.as_at)

    return asked_of


IN_CARE = {
    "leaving_approval_under_16": open_request("CEASE_UNDER_16"),
    "leaving_approval_16_17": open_request("CEASE_16_17"),
    "risk_assessment_24h": _still_in_care(_risk),
    "cafas_15d": _still_in_care(_cafas),
}
LEFT = {
    "review_before_ceasing": reviewed_before,
    "management_decision_before_ceasing": management_decision,
    "leaving_approval_under_16": approval_under_16,
    "leaving_approval_16_17": approval_16_17,
    "cafas_before_ceasing_under_16": cafas_under_16,
    "cafas_before_ceasing_16_17": cafas_16_17,
    "child_in_need_plan_2w": child_in_need_plan,
    "ceasing_request_unplanned": request_after_unplanned,
    "risk_assessment_24h": lambda records, left, day: _risk(records, left.child_id, unplanned_returns(records, left, day), day),
    "cafas_15d": lambda records, left, day: _cafas(records, left.child_id, unplanned_returns(records, left, day), day),
}
