"""The synthetic county's services, teams and workers.

Everything here is invented. A county of up to 1,500 children in care is one area with seven services; a larger one is
several areas of about 1,000 children, each with its own services, so that England's size has about 120 areas.
Every name of a team has a short marker (``East1``), which ends its workers' names. Every identifier of a child or worker begins with
the team's number, and a child's surname ends with the family's own (``Z0213``): a record that is seen where its team must not be
seen can be found by its identifier, and by a name that no other family has.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .names import AREAS, FORENAMES, SURNAMES

CHILDREN_PER_AREA = 1000
FAMILY = 4  # so many numbers in a row may be sisters and brothers, and belong to one area

# service: (name, marker, teams and workers in a team for 1,000 children in care). Workers are set so that a caseload is
# about 15 children; reviewing officers, supervising workers and family finders have no caseload of their own.
SERVICES = {
    "east": ("Family Safeguarding East", "East", 3, 7),
    "west": ("Family Safeguarding West", "West", 3, 7),
    "looked_after": ("Children Looked After", "Cla", 5, 8),
    "sixteen": ("Care Leavers and 16+", "Sixteen", 3, 6),
    "disabled": ("Disabled Children 0-25", "Zero25", 1, 3),
    "adoption": ("Adoption and Fostering", "Adopt", 2, 6),
    "unaccompanied": ("Unaccompanied Children", "Uasc", 1, 6),
}
JOBS = ("Social Worker", "Social Worker", "Senior Social Worker", "Advanced Practitioner", "Newly Qualified Social Worker")


@dataclass(frozen=True)
class Worker:
    identifier: str
    name: str
    job: str


@dataclass(frozen=True)
class Team:
    """A team: ``number`` starts every identifier of its children, ``marker`` ends its workers' surnames."""

    number: str
    name: str
    marker: str
    service_number: str
    service_name: str
    workers: tuple[Worker, ...]


@dataclass(frozen=True)
class County:
    """Areas, each a service's key to its teams; and the reviewing officers' team, which has no parent."""

    areas: tuple[dict[str, tuple[Team, ...]], ...]
    reviewing: Team
    duty: Team

    def area_of(self, child: int) -> dict[str, tuple[Team, ...]]:
        return self.areas[(child - 1) // FAMILY % len(self.areas)]

    def every_team(self) -> list[Team]:
        return [team for area in self.areas for teams in area.values() for team in teams] + [self.reviewing, self.duty]


def _workers(rng: Random, number: str, marker: str, count: int, jobs: tuple[str, ...] = JOBS) -> tuple[Worker, ...]:
    return tuple(
        Worker(f"W{number}{place:02d}", f"{rng.choice(rng.choice(FORENAMES))} {rng.choice(SURNAMES)}-{marker}", rng.choice(jobs))
        for place in range(1, count + 1)
    )


def _area(rng: Random, prefix: str, first: int, width: int, scale: float) -> dict[str, tuple[Team, ...]]:
    services = {}
    number = first
    for place, (key, (name, marker, teams, workers)) in enumerate(SERVICES.items(), start=1):
        service_number = f"S{first:0{width}d}{place}"
        service_name = f"{prefix} {name}".strip()
        made = []
        for which in range(1, max(1, round(teams * scale)) + 1):
            text = f"{number:0{width}d}"
            team_marker = f"{prefix}{marker}{which}"
            staff = _workers(rng, text, team_marker, max(2, round(workers * min(1.0, teams * scale))))
            made.append(Team(text, f"{service_name} {which}", team_marker, service_number, service_name, staff))
            number += 1
        services[key] = tuple(made)
    return services


def make_county(seed: int, children: int) -> County:
    """The county's structure for so many children in care; the same seed and size give the same county."""
    rng = Random(f"{seed}:county:{children}")
    count = max(1, round(children / CHILDREN_PER_AREA))
    scale = children / count / CHILDREN_PER_AREA
    width = max(3, len(str(count * 30)))
    areas = []
    first = 10
    for place in range(count):
        turn = place // len(AREAS)
        prefix = "" if count == 1 else AREAS[place % len(AREAS)] + (str(turn + 1) if turn else "")
        areas.append(_area(rng, prefix, first, width, scale))
        first += 30 if count > 1 else 0
    officers = _workers(rng, f"{1:0{width}d}", "Iro", max(2, round(children / 70)), ("Independent Reviewing Officer",))
    reviewing = Team(f"{1:0{width}d}", "Independent Reviewing Service", "Iro", "", "", officers)
    duty = Team(f"{2:0{width}d}", "Emergency Duty Team", "Duty", "-1", "", _workers(rng, f"{2:0{width}d}", "Duty", 3))
    return County(tuple(areas), reviewing, duty)


def pressure(service: str, day: int, as_at: int) -> float:
    """How late a service's planning runs on a day: 1 is as expected, 2 twice as late.

    The county's story: West has been getting worse for fourteen months (vacancies), East has improved for two years.
    """
    years = max(0, as_at - day) / 365.25
    if service == "west":
        return 0.9 + 0.9 * max(0.0, 1.17 - years) / 1.17
    if service == "east":
        return 0.75 + 0.65 * min(1.0, years / 2)
    return 1.0
