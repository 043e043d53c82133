"""What Hertfordshire's service-level trackers are read from: whom they follow, meetings, reviews, agency decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.reference.days import Records, by_day, in_force, rows_of, whole_years
from tests.reference.homes import move_dates
from tests.reference.orders import in_proceedings, left_matched_home, long_term_matches
from tests.reference.pre_proceedings import open_decisions
from tests.reference.terms import ChildOnDay, episode_on, spine

PLANNING_MEETINGS = ("PPM", "PPD")


@dataclass(frozen=True)
class Followed:
    """A child whom the trackers follow: in care, or in pre-proceedings or proceedings and then of no period of care."""

    child_id: str
    as_at: date
    age: int | None
    entered_care: date | None
    in_care: ChildOnDay | None


def pre_proceedings(records: Records, child: str, day: date) -> list[date]:
    """The decisions of the child's pre-proceedings that are in force."""
    return [one.decided for one in open_decisions(records, child, day)]


def proceedings(records: Records, child: str, day: date) -> list[date]:
    """The days of issue of the child's care proceedings that are in force."""
    return [
        row["issued_date"]
        for row in rows_of(records, "local_care_proceedings")
        if row["person_id"] == child and in_force(row["issued_date"], row["concluded_date"], day)
    ]


def followed(records: Records, day: date, settings) -> list[Followed]:
    """Every child in care, and the others under 18 and alive who are on the way to court."""
    in_care = spine(records, day, settings)
    found = [Followed(child.child_id, day, child.age, child.entered_care, child) for child in in_care.values()]
    for person in rows_of(records, "ssd_person"):
        child, age = person["pers_person_id"], whole_years(person["pers_dob"], day)
        if child in in_care or (age is not None and age >= 18) or by_day(person["pers_death_date"], day):
            continue
        if pre_proceedings(records, child, day) or proceedings(records, child, day):
            found.append(Followed(child, day, age, None, None))
    return found


def meetings(records: Records, child: str, kinds: tuple[str, ...], earliest: date, day: date) -> list[date]:
    """The days of the meetings of these kinds that were held between two days, both included."""
    return [
        row["meeting_date"]
        for row in rows_of(records, "local_meetings")
        if row["person_id"] == child
        and row["meeting_type"] in kinds
        and row["meeting_status"] in ("HELD", None)
        and row["meeting_date"] is not None
        and earliest <= row["meeting_date"] <= day
    ]


def first_planning_meeting(records: Records, child: ChildOnDay) -> date | None:
    """The first permanency planning meeting, or discussion in its place, since entry to care."""
    return min(meetings(records, child.child_id, PLANNING_MEETINGS, child.entered_care, child.as_at), default=None)


def booked(records: Records, child: ChildOnDay) -> str:
    """Whether a permanency planning meeting is booked for the day or later."""
    to_come = any(
        row["person_id"] == child.child_id
        and row["meeting_type"] in PLANNING_MEETINGS
        and row["meeting_status"] == "BOOKED"
        and row["meeting_date"] is not None
        and row["meeting_date"] >= child.as_at
        for row in rows_of(records, "local_meetings")
    )
    return "meeting booked" if to_come else "no meeting booked"


def second_review(records: Records, child: ChildOnDay) -> date | None:
    """The second day on which a review was held in this period of care, by the day."""
    period = episode_on(records, child.child_id, child.as_at)["clae_cla_id"]
    held = {
        row["clar_cla_review_date"]
        for row in rows_of(records, "ssd_cla_reviews")
        if period is not None
        and row["clar_cla_id"] == period
        and not row["clar_cla_review_cancelled"]
        and by_day(row["clar_cla_review_date"], child.as_at)
    }
    return sorted(held)[1] if len(held) > 1 else None


def in_proceedings_for_review(records: Records, child: ChildOnDay) -> bool:
    """In care proceedings on the day of the second review; until it is held, on the day that is asked about."""
    return in_proceedings(records, child.child_id, second_review(records, child) or child.as_at)


def third_move(records: Records, child: ChildOnDay) -> date | None:
    """The day on which the child had moved three times in this period of care."""
    period = episode_on(records, child.child_id, child.as_at)["clae_cla_id"]
    moves = move_dates(records, child.child_id, period, child.entered_care, child.as_at)
    return moves[2] if len(moves) > 2 else None


def agency_decision(records: Records, child: Followed) -> date | None:
    """The latest agency decision of this period of care that stands."""
    days = [
        row["perm_adm_decision_date"]
        for row in rows_of(records, "ssd_permanence")
        if row["perm_person_id"] == child.child_id
        and by_day(row["perm_adm_decision_date"], child.as_at)
        and (child.entered_care is None or row["perm_adm_decision_date"] >= child.entered_care)
        and not (
            by_day(row["perm_decision_reversed_date"], child.as_at)
            and row["perm_decision_reversed_date"] >= row["perm_adm_decision_date"]
        )
    ]
    return max(days, default=None)


def is_adopted(records: Records, child: ChildOnDay) -> bool:
    """An adoption order is recorded in this period of care, though the episode of care goes on."""
    return any(
        row["perm_person_id"] == child.child_id
        and row["perm_permanence_order_date"] is not None
        and child.entered_care <= row["perm_permanence_order_date"] <= child.as_at
        and "adopt" in (row["perm_permanence_order_type"] or "").lower()
        for row in rows_of(records, "ssd_permanence")
    )


def family_finding(records: Records, child: ChildOnDay) -> list[date]:
    """The days since which family finding for long-term fostering has been under way, in this period of care."""
    return [
        row["family_finding_start_date"]
        for row in rows_of(records, "local_carer_matches")
        if row["person_id"] == child.child_id
        and row["match_type"] == "LTF"
        and row["family_finding_start_date"] is not None
        and child.entered_care <= row["family_finding_start_date"] <= child.as_at
        and not by_day(row["ended_date"], child.as_at)
        and not by_day(left_matched_home(records, row), child.as_at)
    ]


def long_term_match_date(records: Records, child: ChildOnDay) -> date:
    """The day of the latest long-term match of this period of care that still holds."""
    return max(
        row["match_date"]
        for row in long_term_matches(records, child.child_id, child.entered_care, child.as_at, child.placement_id)
    )


def open_options(records: Records, child: Followed, kinds: tuple[str, ...]) -> list[dict]:
    """The child's options of these kinds with no order and not closed by the day."""
    return [
        row
        for row in rows_of(records, "local_permanence_options")
        if row["person_id"] == child.child_id
        and row["option_type"] in kinds
        and not by_day(row["order_date"], child.as_at)
        and not by_day(row["closed_date"], child.as_at)
    ]
