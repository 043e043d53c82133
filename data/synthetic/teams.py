"""Who works with a person: the allocated worker and team over time, and the other roles beside them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .careers import Career
from .chance import YEAR, Choice, between, birthday, lag, long_tail
from .county import County, Team, Worker
from .record import Record

ROLES = Choice({"ALLOCATED WORKER": 70, "ALLOC SW": 26, "CW": 4})
WORKER_STAYS = 430  # typical days with one worker
TEAM_MOVES = 0.06  # a change of worker that is also one of team, within the service
UNALLOCATED = 0.03  # a change of worker with weeks of nobody between
ALLOCATED_ROLES = ROLES.values


@dataclass
class Allocation:
    """One allocated worker: ``end`` 0 is open."""

    start: int
    end: int
    team: Team
    worker: Worker


def _services(rng: Random, career: Career, side: str) -> list[tuple[int, int, str]]:
    """Spells with a service, over a life: (start, end, service's key); 0 is open."""
    if not career.periods:
        return []
    first, last = career.periods[0], career.periods[-1]
    start = first.entered if career.unaccompanied else first.entered - long_tail(rng, 90, 1.0)
    start = max(start, career.known)
    settles = (last.concluded or last.entered + 330) + between(rng, 0, 50)
    sixteen = birthday(career.born, 16) + between(rng, 0, 150)
    if career.unaccompanied:
        changes = [(start, "unaccompanied")]
    elif career.disabled:
        changes = [(start, "disabled")]
    else:
        changes = [(start, side), (settles, "looked_after")]
        if last.track == "adoption" and rng.random() < 0.4:
            changes.append((last.placed, "adoption"))
        changes = [change for change in changes if change[0] < sixteen or change[1] == "adoption"]
        changes.append((max(sixteen, start), "sixteen"))
    closes = last.left + between(rng, 0, 120)
    if last.left >= birthday(career.born, 18):
        closes = last.left + between(rng, 0, 20)
    changes.sort()
    ends = [change[0] for change in changes[1:]] + [closes]
    return [(begin, min(end, closes), key) for (begin, key), end in zip(changes, ends, strict=True) if begin < min(end, closes)]


def allocations(rng: Random, career: Career, county: County, number: int, side: str, as_at: int, oldest: int) -> list[Allocation]:
    """The allocated workers in order, up to the last night."""
    area = county.area_of(number)
    made: list[Allocation] = []
    for start, end, service in _services(rng, career, side):
        teams = area[service]
        team = rng.choice(teams)
        day = max(start, oldest - 400)
        while day < end and day <= as_at:
            upto = min(end, day + max(20, long_tail(rng, WORKER_STAYS, 0.7)))
            made.append(Allocation(day, upto, team, rng.choice(team.workers)))
            day = upto + (between(rng, 4, 50) if rng.random() < UNALLOCATED and upto < end else 0)
            if rng.random() < TEAM_MOVES:
                team = rng.choice(teams)
    return made


def _involve(record: Record, worker: Worker, role: str, team: Team, start: int, end: int, noted: int, closed: int) -> None:
    values = [record.identifier(), record.person, worker.identifier, role, team.number, "", ""]
    record.spell("ssd_involvements", values, start, end, noted, closed)


def _involve_one_of(record: Record, rng: Random, team: Team, role: str, start: int, end: int) -> None:
    _involve(record, rng.choice(team.workers), role, team, start, end, start + lag(rng), end + lag(rng))


def add_involvements(record: Record, rng: Random, career: Career, county: County, made: list[Allocation]) -> None:
    """Write the allocated workers, then the reviewing officer, family finder and personal adviser beside them."""
    noted = [one.start + min(lag(rng), 40) for one in made]
    for place, one in enumerate(made):
        # A handover is one record: the old worker's end is entered with the new worker's start.
        handed_over = place + 1 < len(made) and made[place + 1].start == one.end
        closed = noted[place + 1] if handed_over else one.end + lag(rng)
        _involve(record, one.worker, ROLES(rng), one.team, one.start, one.end, noted[place], closed)
    for period in career.periods:
        officer = rng.choice(county.reviewing.workers)
        _involve(
            record,
            officer,
            "IRO",
            county.reviewing,
            period.entered + between(rng, 0, 10),
            period.left,
            period.entered + 10 + lag(rng),
            period.left + lag(rng),
        )
        if period.decided or period.track == "fostering":
            team = rng.choice(county.area_of(record.number)["adoption"])
            start = (period.decided or period.concluded or period.entered + 200) + between(rng, 0, 60)
            end = min(period.placed or start + 500, period.left)
            if start < end:
                _involve_one_of(record, rng, team, "FAMILY FINDER", start, end)
    last = career.periods[-1] if career.periods else None
    if last and last.left >= career.born + 16.5 * YEAR:
        team = rng.choice(county.area_of(record.number)["sixteen"])
        start = max(last.entered, birthday(career.born, 17))
        if start < record.as_at:
            _involve_one_of(record, rng, team, "PERSONAL ADVISER", start, birthday(career.born, 21))
