"""The way to court before it: pre-proceedings, from the decision to their end, and legal gateways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.reference.days import Records, by_day, in_force, rows_of

ORDERS = ("C1", "C2", "D1", "E1")
ORDERED_HOME = ("E11", "E12", "E41", "E43", "E44", "E45", "E46", "E47", "E48")


@dataclass(frozen=True)
class PreProceedings:
    """One decision to start them; ``ended``: stepped down, decided to issue, or proceedings issued, whichever came first. ``led_to``: the
    day on which the proceedings were issued that they led to; those that were stepped down led to none."""

    decided: date
    ended: date | None
    led_to: date | None
    letter: date | None


def pre_proceedings(records: Records, child: str) -> list[PreProceedings]:
    """All the child's, whenever they were."""
    found = []
    for row in rows_of(records, "ssd_pre_proceedings"):
        decided = row["prep_pre_pro_decision_date"]
        if row["prep_person_id"] != child or decided is None:
            continue
        issues = [
            proceedings["issued_date"]
            for proceedings in rows_of(records, "local_care_proceedings")
            if proceedings["person_id"] == child and proceedings["issued_date"] and proceedings["issued_date"] >= decided
        ]
        closed, first = row["prep_agree_stepdown_issue_date"], min(issues, default=None)
        ends = [day for day in (closed, first) if day is not None]
        stepped_down = closed is not None and first is not None and closed < first
        if stepped_down and "issu" in (row["prep_pre_pro_outcome"] or "").lower():
            stepped_down = False
        led_to = None if stepped_down else first
        found.append(PreProceedings(decided, min(ends, default=None), led_to, row["prep_care_pro_letter_date"]))
    return found


def open_decisions(records: Records, child: str, day: date) -> list[PreProceedings]:
    """The child's pre-proceedings that are in force on the day."""
    return [one for one in pre_proceedings(records, child) if in_force(one.decided, one.ended, day)]


@dataclass(frozen=True)
class Gateway:
    """A legal gateway that was held: the next one, and the day from which it needs no review."""

    held: date
    following: date | None
    closed: date | None


def orders_made(records: Records, child: str) -> list[date]:
    """The days on which a care or placement order was made; one that follows another without a day between was not made anew."""
    rows = sorted(
        (row["lega_legal_status_start_date"], row["lega_legal_status_end_date"] or date.max)
        for row in rows_of(records, "ssd_legal_status")
        if row["lega_person_id"] == child
        and row["lega_legal_status"] in ORDERS
        and row["lega_legal_status_start_date"] is not None
        and (row["lega_legal_status_end_date"] or date.max) >= row["lega_legal_status_start_date"]
    )
    made, covered = [], None
    for start, end in rows:
        if covered is None or start.toordinal() > covered.toordinal() + 1:
            made.append(start)
        covered = max(covered or end, end)
    return made


def gateways(records: Records, child: str) -> list[Gateway]:
    """The child's, in order."""
    days = sorted(
        {
            row["meeting_date"]
            for row in rows_of(records, "local_meetings")
            if row["person_id"] == child
            and row["meeting_type"] == "LEGAL_GATEWAY"
            and row["meeting_status"] in ("HELD", None)
            and row["meeting_date"] is not None
        }
    )
    return [
        Gateway(day, days[place + 1] if place + 1 < len(days) else None, planning_ended(records, child, day))
        for place, day in enumerate(days)
    ]


def planning_ended(records: Records, child: str, since: date) -> date | None:
    """The first day, this one or later, on which nothing is planned before court any more: issued, stepped down, or ordered."""
    closing = [
        row["prep_agree_stepdown_issue_date"] for row in rows_of(records, "ssd_pre_proceedings") if row["prep_person_id"] == child
    ] + [row["issued_date"] for row in rows_of(records, "local_care_proceedings") if row["person_id"] == child]
    closing += orders_made(records, child) + [
        row["clae_cla_episode_ceased_date"]
        for row in rows_of(records, "ssd_cla_episodes")
        if row["clae_person_id"] == child and row["clae_cla_episode_ceased_reason"] in ORDERED_HOME
    ]
    return min((one for one in closing if one is not None and one >= since), default=None)


def open_gateways(records: Records, child: str, day: date) -> list[Gateway]:
    """Those held by the day and not closed by it."""
    return [one for one in gateways(records, child) if by_day(one.held, day) and not by_day(one.closed, day)]
