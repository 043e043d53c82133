"""Whose journeys there are: every child and period of care, read off each day of the child's life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.reference.days import Records, begun_by, by_start_then_identifier, rows_of, whole_years
from tests.reference.teams import involvement_on, team_and_service, worker_name
from tests.reference.terms import entered_care_date, episode_on, is_in_care

ONE_DAY = timedelta(days=1)
GROWN_UP = 18


@dataclass(frozen=True)
class Journey:
    """A child in one period of care. ``left`` and ``how`` (left care, turned 18, died) are None while the child is in care.

    ``last_day``: the last day in care, or the reporting date. ``until``: the last day on which a stage can be reached.
    """

    child_id: str
    entered: date
    last_day: date
    until: date
    left: date | None
    how: str | None
    reason: str | None
    service: str
    team: str
    worker: str


def as_known(records: Records, day: date) -> Records:
    """The records without the episodes of care that start after the day."""
    return begun_by(records, "ssd_cla_episodes", "clae_cla_episode_start_date", day)


def days_in_care(records: Records, person: dict, day: date) -> list[date]:
    """Every day up to ``day`` at whose close the child was in care."""
    starts = [
        row["clae_cla_episode_start_date"]
        for row in rows_of(records, "ssd_cla_episodes")
        if row["clae_person_id"] == person["pers_person_id"]
    ]
    found, one = [], min(starts, default=day + ONE_DAY)
    while one <= day:
        if is_in_care(records, person, one):
            found.append(one)
        one += ONE_DAY
    return found


def turned_18_on(person: dict, day: date) -> bool:
    """The day is the 18th birthday (of a child born on 29 February, 1 March in other years)."""
    ages = [whole_years(person["pers_dob"], one) for one in (day - ONE_DAY, day)]
    return ages == [GROWN_UP - 1, GROWN_UP]


def why_it_ended(records: Records, person: dict, left: date) -> tuple[str, str | None]:
    """(left care, turned 18 or died; the reason recorded): of the episodes that ended that day, the later start wins.

    At 18, or at death, the episodes that go on end too, and for these no reason stands.
    """
    died, grown_up = person["pers_death_date"] == left, turned_18_on(person, left)
    rows = [
        row
        for row in rows_of(records, "ssd_cla_episodes")
        if row["clae_person_id"] == person["pers_person_id"]
        and row["clae_cla_episode_start_date"] < (left if died or grown_up else left + ONE_DAY)
        and (row["clae_cla_episode_ceased_date"] == left or ((died or grown_up) and _goes_on(row, left)))
    ]
    rows.sort(key=lambda row: by_start_then_identifier(row["clae_cla_episode_start_date"], row["clae_cla_episode_id"]))
    recorded = rows[-1] if rows and rows[-1]["clae_cla_episode_ceased_date"] == left else {}
    return "died" if died else "turned 18" if grown_up else "left care", recorded.get("clae_cla_episode_ceased_reason")


def _goes_on(episode: dict, day: date) -> bool:
    return episode["clae_cla_episode_ceased_date"] is None or episode["clae_cla_episode_ceased_date"] > day


def journeys_of(records: Records, day: date, settings) -> list[Journey]:
    """Every child's journeys as at the close of the day: for each entry to care, the last time that it came to an end.

    ``records``: no episode in them starts after the day (``as_known``).
    """
    found: dict[tuple[str, date], Journey] = {}
    for person in rows_of(records, "ssd_person"):
        in_care = days_in_care(records, person, day)
        for one in in_care:
            if one == day or one + ONE_DAY not in in_care:
                journey = _ended_on(records, person, one, day, settings)
                if journey.entered <= one:
                    found[journey.child_id, journey.entered] = journey
    return list(found.values())


def _ended_on(records: Records, person: dict, last_day: date, day: date, settings) -> Journey:
    """The journey whose last day in care this is; of a child who is in care on the reporting date, the one that goes on."""
    child = person["pers_person_id"]
    entered = entered_care_date(records, episode_on(records, child, last_day), last_day)
    involvement = involvement_on(records, child, last_day, settings)
    team, service = team_and_service(records, involvement)
    left = None if last_day == day else last_day + ONE_DAY
    how, reason = (None, None) if left is None else why_it_ended(records, person, left)
    return Journey(child, entered, last_day, left or day, left, how, reason, service, team, worker_name(records, involvement))
