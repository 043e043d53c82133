"""What Salford's key stages are read from: meetings, events, approvals, visits, the stay in one home, and who has left care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import holidays

from tests.reference import homes, orders
from tests.reference.days import Records, add_months, by_day, by_start_then_identifier, in_force, rows_of, whole_years
from tests.reference.placements import LONG_TERM_FOSTER
from tests.reference.terms import SHORT_BREAKS, ChildOnDay, spine

ENGLAND = holidays.country_holidays("GB", subdiv="ENG", years=range(2000, 2046))
ONE_DAY = timedelta(days=1)
MONTHS_FOLLOWED = 6


@dataclass(frozen=True)
class Stay:
    """All the time in one home: from when (entry to care, if later), whether since entry, and when the home before began."""

    start: date
    since_entry: bool
    start_before: date | None
    placement_ids: frozenset[str]


@dataclass(frozen=True)
class Left:
    """A child who has left care, and is in care no more."""

    child_id: str
    left_date: date
    entered_care: date
    reason: str | None
    age: int | None


def working_days_after(day: date, count: int) -> date:
    """So many working days on: weekends and England's bank holidays are no working days."""
    while count:
        day += ONE_DAY
        if day.weekday() < 5 and day not in ENGLAND:
            count -= 1
    return day


def meetings(records: Records, child: str, kinds: tuple[str, ...], earliest: date, day: date) -> list[date]:
    """The days, in order, of the meetings of these kinds held between two days, both included."""
    return sorted(
        row["meeting_date"]
        for row in rows_of(records, "local_meetings")
        if row["person_id"] == child
        and row["meeting_type"] in kinds
        and row["meeting_status"] in ("HELD", None)
        and row["meeting_date"] is not None
        and earliest <= row["meeting_date"] <= day
    )


def earlier_care_ended(records: Records, child: str, entered_care: date) -> date:
    """The day on which the last earlier period of care ended; long ago, for a child who was never in care before."""
    ended = [
        row["clae_cla_episode_ceased_date"] for row in rows_of(records, "ssd_cla_episodes") if row["clae_person_id"] == child
    ]
    return max((day for day in ended if day is not None and day <= entered_care), default=date.min)


def events(records: Records, child: str, kind: str, earliest: date, day: date) -> list[date]:
    """The days, in order, of the events of a kind between two days, both included."""
    return sorted(
        row["event_date"]
        for row in rows_of(records, "local_events")
        if row["person_id"] == child
        and row["event_type"] == kind
        and row["event_date"] is not None
        and earliest <= row["event_date"] <= day
    )


def approvals(records: Records, child: str, kinds: tuple[str, ...]) -> list[dict]:
    """The approvals of these kinds, each with the day it was asked for (or decided, if that is all that is known)."""
    return [
        row | {"asked": row["requested_date"] or row["decided_date"]}
        for row in rows_of(records, "local_approvals")
        if row["person_id"] == child and row["approval_type"] in kinds
    ]


def documents(records: Records, child: str, kind: str, earliest: date, day: date) -> list[dict]:
    """The documents of a kind sent between two days, both included, in order."""
    found = [
        row
        for row in rows_of(records, "local_documents")
        if row["person_id"] == child
        and row["document_type"] == kind
        and row["sent_date"] is not None
        and earliest <= row["sent_date"] <= day
    ]
    return sorted(found, key=lambda row: row["sent_date"])


def under_18_and_alive(records: Records, day: date) -> set[str]:
    """Everybody a rule that goes beyond those in care may list."""
    return {
        person["pers_person_id"]
        for person in rows_of(records, "ssd_person")
        if (person["pers_dob"] is None or whole_years(person["pers_dob"], day) < 18)
        and not by_day(person["pers_death_date"], day)
    }


def is_one_of(decided_by: str | None, words: tuple[str, ...]) -> bool:
    """Whether who decided is called by one of the council's words for a role, capitals and spaces aside."""
    return decided_by is not None and " ".join(decided_by.lower().split()) in [word.lower() for word in words]


def visits(records: Records, child: str, earliest: date, day: date) -> list[date]:
    """The days, in order, of the visits at which the child was seen (or nothing else is said)."""
    return sorted(
        row["clav_cla_visit_date"]
        for row in rows_of(records, "ssd_cla_visits")
        if row["clav_person_id"] == child
        and row["clav_cla_visit_seen"] is not False
        and row["clav_cla_visit_date"] is not None
        and earliest <= row["clav_cla_visit_date"] <= day
    )


def reviews(records: Records, child: ChildOnDay) -> list[date]:
    """The days, in order, of the reviews held in this period of care by the day."""
    period = period_of(records, child)
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


def period_of(records: Records, child: ChildOnDay) -> str | None:
    """The ``clae_cla_id`` of the episode in force."""
    open_episodes = [
        row
        for row in rows_of(records, "ssd_cla_episodes")
        if row["clae_person_id"] == child.child_id
        and in_force(row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"], child.as_at)
    ]
    return max(open_episodes, key=_order)["clae_cla_id"]


def _order(episode: dict) -> tuple:
    return by_start_then_identifier(episode["clae_cla_episode_start_date"], episode["clae_cla_episode_id"])


def long_term_placement_since(records: Records, child: ChildOnDay) -> date | None:
    """Since when, in the present home, there has been a long-term foster placement; None for a child who lives in another."""
    if child.placement_type not in LONG_TERM_FOSTER:
        return None
    home = next(home for home in homes.every_home(records, child.child_id) if home.has(child.placement_id))
    begun = [
        row["clap_cla_placement_start_date"] for row in home.placements if row["clap_cla_placement_type"] in LONG_TERM_FOSTER
    ]
    return max(min(begun), child.entered_care)


def stay(records: Records, child: ChildOnDay) -> Stay | None:
    """The child's stay in the present home; None where no placement is recorded."""
    every = homes.every_home(records, child.child_id)
    place = homes.home_with(every, child.placement_id) if child.placement_id is not None else None
    if place is None:
        return None
    start = every[place].start
    return Stay(
        max(start, child.entered_care),
        start <= child.entered_care,
        every[place - 1].start if place else None,
        frozenset(
            row["clap_cla_placement_id"] for row in every[place].placements if row["clap_cla_placement_start_date"] <= child.as_at
        ),
    )


def _left_on(records: Records, person: dict, left_date: date) -> Left | None:
    """How care ended on a day; None when it went on, or was short breaks only."""
    child = person["pers_person_id"]
    mine = [row for row in rows_of(records, "ssd_cla_episodes") if row["clae_person_id"] == child]
    if any(in_force(row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"], left_date) for row in mine):
        return None
    statuses = orders.legal_statuses_on(records, child, left_date - ONE_DAY)
    if statuses and all(status in SHORT_BREAKS for status in statuses):
        return None
    last = max((row for row in mine if row["clae_cla_episode_ceased_date"] == left_date), key=_order)
    same_period = [
        row
        for row in mine
        if last["clae_cla_id"] is not None
        and row["clae_cla_id"] == last["clae_cla_id"]
        and row["clae_cla_episode_start_date"] < left_date
    ]
    actual = [row["clae_entered_care_date"] for row in sorted(same_period, key=_order) if row["clae_entered_care_date"]]
    starts = [row["clae_cla_episode_start_date"] for row in same_period] or [last["clae_cla_episode_start_date"]]
    entered = last["clae_entered_care_date"] or (actual[-1] if actual else min(starts))
    reason = last["clae_cla_episode_ceased_reason"]
    return Left(child, left_date, entered, reason, whole_years(person["pers_dob"], left_date))


def left_care(records: Records, day: date, settings, months: int = MONTHS_FOLLOWED) -> dict[str, Left]:
    """The children under 18 who left care in the last six months (or so many) and are not in care on the day."""
    in_care = spine(records, day, settings)
    found = {}
    for person in rows_of(records, "ssd_person"):
        child, age = person["pers_person_id"], whole_years(person["pers_dob"], day)
        if child in in_care or (age is not None and age >= 18) or by_day(person["pers_death_date"], day):
            continue
        ends = {
            row["clae_cla_episode_ceased_date"]
            for row in rows_of(records, "ssd_cla_episodes")
            if row["clae_person_id"] == child and by_day(row["clae_cla_episode_ceased_date"], day)
        }
        endings = [_left_on(records, person, end) for end in ends if add_months(end, months) > day]
        known = [ending for ending in endings if ending is not None]
        if known:
            found[child] = max(known, key=lambda ending: ending.left_date)
    return found
