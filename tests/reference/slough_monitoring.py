"""The Permanence Monitoring Group's list, read off a child on a day."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.days import Records, by_day, rows_of, within
from tests.reference.orders import left_matched_home
from tests.reference.south_east_terms import under_section_20
from tests.reference.terms import ChildOnDay

Answer = tuple[date, str]
FORTY_WEEKS = timedelta(weeks=40)
CONNECTED = ("U1", "U2", "U3")
FINAL_ORDERS = ("E1", "D1", "C2")
LASTING_ORDERS = ("SGO", "CAO", "ADOPTION")


def relinquishments(records: Records, child: str, day: date) -> list[date]:
    """The days by the day on which the parents said that they relinquish the child, and have not taken it back on that day or since."""

    def said(kind: str) -> list[date]:
        return [
            row["event_date"]
            for row in rows_of(records, "local_events")
            if row["person_id"] == child and row["event_type"] == kind and by_day(row["event_date"], day)
        ]

    withdrawn = max(said("RELINQUISHMENT_WITHDRAWN"), default=date.min)
    return [event for event in said("RELINQUISHMENT") if event > withdrawn]


def permanence_achieved(records: Records, child: ChildOnDay) -> bool:
    """A long-term match, or an order that lasts, in this period of care."""
    if child.long_term_match:
        return True
    orders = [
        row["perm_permanence_order_date"] for row in rows_of(records, "ssd_permanence") if row["perm_person_id"] == child.child_id
    ] + [
        row["order_date"]
        for row in rows_of(records, "local_permanence_options")
        if row["person_id"] == child.child_id and row["option_type"] in LASTING_ORDERS
    ]
    return any(within(child.entered_care, order, child.as_at) for order in orders)


def last_considered(records: Records, child: str, since: date, day: date) -> date | None:
    """The last meeting of the group about the child since it came on the list."""
    held = [
        row["meeting_date"]
        for row in rows_of(records, "local_meetings")
        if row["person_id"] == child
        and row["meeting_type"] == "PMG"
        and row["meeting_status"] in ("HELD", None)
        and within(since, row["meeting_date"], day)
    ]
    return max(held, default=None)


def and_considered(records: Records, child: str, day: date, answer: Answer | None) -> Answer | None:
    """The list's own detail: the reasons, and when the group last considered the child."""
    if answer is None:
        return None
    since, reasons = answer
    if "local_meetings" not in records:
        return since, f"{reasons} · meetings not supplied"
    considered = last_considered(records, child, since, day)
    return since, f"{reasons} · last considered on {considered:%d/%m/%Y}" if considered else f"{reasons} · never considered"


def never_considered(records: Records, child: str, day: date, answer: Answer | None) -> Answer | None:
    return None if answer is None or last_considered(records, child, answer[0], day) else answer


def monitored(records: Records, child: ChildOnDay) -> Answer | None:
    if permanence_achieved(records, child):
        return None
    said = [event for event in relinquishments(records, child.child_id, child.as_at) if event >= child.entered_care - FORTY_WEEKS]
    matches = [
        row
        for row in rows_of(records, "local_carer_matches")
        if row["person_id"] == child.child_id
        and row["match_type"] == "LTF"
        and within(child.entered_care, row["match_date"], child.as_at)
    ]
    ends = [
        (row["match_date"], min(ends))
        for row in matches
        if (ends := [end for end in (row["ended_date"], left_matched_home(records, row)) if end is not None])
    ]
    lost = [end for matched, end in ends if matched < end <= child.as_at]
    reasons = [
        "came into care",
        "final order" if set(child.legal_statuses) & set(FINAL_ORDERS) else None,
        "relinquished" if said else None,
        "connected carers" if child.placement_type in CONNECTED else None,
        "at home" if child.placement_type == "P1" else None,
        "section 20" if under_section_20(records, child) else None,
    ]
    since = max([min([child.entered_care, *said]), *lost])
    return since, "; ".join(reason for reason in reasons if reason)


def expected(person: dict, day: date) -> str:
    """Of a child not born yet, the day expected, if it is known."""
    if person["pers_dob"] is not None and person["pers_dob"] <= day:
        return ""
    due = person["pers_expected_dob"] or person["pers_dob"]
    return f" · expected on {due:%d/%m/%Y}" if due else ""


def relinquished_not_in_care(records: Records, day: date, not_in_care: set[str]) -> dict[str, Answer]:
    """Those of the children not in care, born or unborn, who have not been in care on any day from the parents' word on."""
    found = {}
    for child in not_in_care:
        waiting = [
            event
            for event in relinquishments(records, child, day)
            if not any(
                row["clae_person_id"] == child
                and row["clae_cla_episode_start_date"] <= day
                and (row["clae_cla_episode_ceased_date"] is None or row["clae_cla_episode_ceased_date"] > event)
                for row in rows_of(records, "ssd_cla_episodes")
            )
        ]
        if waiting:
            (person,) = [row for row in rows_of(records, "ssd_person") if row["pers_person_id"] == child]
            found[child] = min(waiting), "relinquished" + expected(person, day)
    return found
