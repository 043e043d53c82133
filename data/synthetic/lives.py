"""One person of the synthetic county, from the draw of a career to the rows that the case system holds.

People are numbered: first the children in care on the last night, then those who left within six years, then children on short
breaks only, then people known who were never in care. Sisters and brothers have numbers side by side. Each number has random
streams of its own, so a life depends on the seed, the number, the size of the county and the last night, and not on how many nights
are written.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from .careers import Career, Period, career_in_care, career_that_left, sibling_career
from .chance import ISO, ON_OR_AFTER, ON_OR_BEFORE, YEAR, Choice, between, lag, long_tail
from .county import FAMILY, County, pressure
from .decisions import add_decisions
from .events import add_approvals, add_events
from .meetings import add_meetings
from .names import BOYS, GIRLS, SURNAMES
from .oversight import add_notes, add_pathway_plan, add_reviews, add_visits
from .papers import add_family, add_papers, add_unborn
from .permanence import add_matches, add_options, add_permanence, add_restriction, number_of_adopters
from .placements import Placement, draw_placements, shared_placements
from .plans import add_plans
from .proceedings import add_episodes, add_legal_statuses, add_placements, add_pre_proceedings, add_proceedings
from .record import KEPT_DAYS, Record, Row
from .teams import add_involvements, allocations

LEFT_PER_CHILD = 1.78  # left in the last six years, for each child in care: what the stream of careers gives
SHORT_BREAKS_PER_CHILD = 0.04
# Brothers and sisters in care at once: about half of all children have some, and of those two thirds live with one or more.
FAMILY_SIZES = Choice({1: 20, 2: 36, 3: 27, 4: 17})
TOGETHER = 0.66
ETHNICITY = Choice(
    {"WBRI": 68, "WOTH": 5, "MWBC": 4, "MOTH": 4, "BAFR": 4, "BCRB": 3, "APKN": 3, "AOTH": 3, "ABAN": 2, "OOTH": 3, "NOBT": 1}
)
ABROAD = Choice({"OOTH": 45, "BAFR": 35, "AOTH": 20})
IMMIGRATION = Choice({"Unaccompanied Asylum Seeking Child": 50, "UASC": 30, "Unaccompanied Asylum Seeking Child (UASC)": 20})


def people_per_child(children: int) -> float:
    """People ever known for each child in care: 6 in a county of up to 5,000 children, falling evenly to 3.16 at 118,000."""
    return max(3.16, 6 - 2.84 * max(0, children - 5000) / 113000)


@dataclass(frozen=True)
class Numbers:
    """Who has which numbers: the last number of each kind of person."""

    in_care: int
    left: int
    short_breaks: int
    everyone: int


def numbers(children: int) -> Numbers:
    left = children + round(children * LEFT_PER_CHILD)
    short_breaks = left + round(children * SHORT_BREAKS_PER_CHILD)
    return Numbers(children, left, short_breaks, max(short_breaks, round(children * people_per_child(children))))


def _draw(seed: int, number: int, upto: Numbers, as_at: int) -> Career:
    rng = Random(f"{seed}:{number}")
    if number <= upto.in_care:
        return career_in_care(rng, as_at)
    if number <= upto.left:
        return career_that_left(rng, as_at)
    if number <= upto.short_breaks:
        entered = as_at - between(rng, 30, 1500)
        return Career(entered - int(rng.uniform(4, 13) * YEAR), rng.random() < 0.6, disabled=True)
    return Career(as_at - int(rng.uniform(0, 20) * YEAR), rng.random() < 0.51)


@lru_cache(maxsize=4)
def _family(seed: int, first: int, upto: Numbers, as_at: int) -> dict[int, tuple[Career, bool]]:
    """The careers of the child numbered ``first`` and of the sisters and brothers numbered after it, and who lives with that one.

    A career that the family does not allow leaves its number to a child of another family.
    """
    own = _draw(seed, first, upto, as_at)
    family = {first: (own, True)}
    rng = Random(f"{seed}:{first}:siblings")
    last = next(last for last in (upto.in_care, upto.left, first) if first <= last)  # all in care, or all left
    for place in range(1, FAMILY_SIZES(rng)):
        together = rng.random() < TOGETHER
        if first + place <= last and (career := sibling_career(rng, own, place, as_at)) is not None:
            family[first + place] = career, together and career.periods[-1].track == own.periods[-1].track
    return family


def _siblings(seed: int, number: int, upto: Numbers, as_at: int) -> tuple[int, dict[int, tuple[Career, bool]]]:
    """The number of the first child of a person's family, and the family; a person with no sisters and brothers is the first."""
    first = number - (number - 1) % FAMILY
    if first <= upto.left:
        family = _family(seed, first, upto, as_at)
        if number in family:
            return first, family
    return number, {number: (_draw(seed, number, upto, as_at), True)}


def live(county: County, seed: int, number: int, upto: Numbers, as_at: int) -> Record:
    """Everything that the case system holds about one person by the day ``as_at``."""
    first, siblings = _siblings(seed, number, upto, as_at)
    career, together = siblings[number]
    rng = Random(f"{seed}:{number}:life")
    family = Random(f"{seed}:{first}:family")
    surname, side = family.choice(SURNAMES), family.choice(("east", "west"))
    postcode = f"ZZ{between(family, 1, 48)} {between(family, 1, 9)}{family.choice('ABDEFGH')}{family.choice('JLNPQR')}"
    record = Record(number, "", "", as_at)
    record.family = f"F{first:06d}"
    record.siblings = len(siblings) - 1
    record.together = sum(lives_with for _, lives_with in siblings.values()) - 1 if together else 0
    known_only = number > upto.left
    if known_only:
        made = _known_without_care(rng, career, county, number, side, as_at)
    else:
        workers = Random(f"{seed}:{first}:workers")  # sisters and brothers have one worker, while their ages allow it
        made = allocations(workers, career, county, number, side, as_at, record.oldest)
    team = made[-1].team if made else county.area_of(number)[side][0]
    record.person = f"{team.number}{number:06d}"
    record.legacy = f"{(number * 7919 + 104729) % 9999991:07d}{team.number}"
    if known_only:
        _known_record(record, rng, career, number <= upto.short_breaks, county, made)
    else:
        service = "" if career.unaccompanied or career.disabled else side

        def late(day: int) -> float:
            return pressure(service, day, as_at)

        for count, period in enumerate(career.periods, start=1):
            if period.left > record.oldest:
                homes = _homes(seed, number, first if together else number, siblings, period, postcode)
                cla = f"CLA{number:06d}{count}"
                _period(record, rng, career, period, cla, homes, late, made, number_of_adopters(upto.in_care))
        add_involvements(record, rng, career, county, made)
        if career.unaccompanied:
            arrived = career.periods[0].entered
            values = [record.identifier(), record.person, IMMIGRATION(rng), "", ""]
            record.spell("ssd_immigration_status", values, arrived, 0, arrived + lag(rng), 0)
    unborn = _add_person(record, rng, career, surname, team.marker)
    if unborn:
        add_unborn(record)
    add_family(record)
    return record


def _homes(seed: int, number: int, whose: int, siblings: dict, period: Period, postcode: str) -> list[Placement]:
    """The homes of a period of care: drawn for the child, or for the sister or brother (``whose``) with whom the child lives."""
    rng = Random(f"{seed}:{whose}:{period.entered}:homes")
    career = siblings[whose][0]
    if whose == number:
        return draw_placements(rng, career, period, postcode)
    return shared_placements(draw_placements(rng, career, career.periods[-1], postcode), period)


def _period(
    record: Record, rng: Random, career: Career, period: Period, cla: str, homes: list[Placement], late, made: list, adopters: int
) -> None:
    """One period of care, in the order in which things follow one another."""
    known = period.entered + min(lag(rng), 30)
    ended = max(known, period.left + min(lag(rng), 60))
    add_placements(record, rng, cla, homes, known, ended, period.left)
    statuses = add_legal_statuses(record, rng, career, period, known, ended)
    add_episodes(record, rng, period, cla, homes, statuses, known, ended)
    add_proceedings(record, rng, period)
    held = add_reviews(record, rng, period, cla, known)
    planned = add_plans(record, rng, career, period, held, late)
    add_visits(record, rng, period, cla, homes)
    chair = made[-1].team.workers[0].name if made else ""
    author = made[-1].worker.name if made else ""
    matched = add_matches(record, rng, period, homes, adopters)
    planning = add_meetings(record, rng, period, homes, matched, chair, late)
    add_notes(record, rng, career, period, held, author)
    add_events(record, rng, period, homes)
    add_approvals(record, rng, career, period, homes)
    add_permanence(record, rng, period, cla)
    add_options(record, rng, career, period, matched)
    add_restriction(record, rng, period)
    add_papers(record, career, period, homes, held, planning)
    add_decisions(record, career, period, homes)
    add_pathway_plan(record, rng, career, period, planned)


def _known_without_care(rng: Random, career: Career, county: County, number: int, side: str, as_at: int) -> list:
    """The allocated workers of a child in need: one spell, open for about one in five."""
    start = max(career.born, as_at - between(rng, 0, 2000))
    end = start + long_tail(rng, 200, 0.9)
    career.periods = [Period(start, "short", end, "E8")]
    made = allocations(rng, career, county, number, side, as_at, as_at - KEPT_DAYS)
    career.periods = []
    return made


def _known_record(record: Record, rng: Random, career: Career, short_breaks: bool, county: County, made: list) -> None:
    """A child on short breaks only (not in care by any measure), or one known to the county and never in care."""
    as_at = record.as_at
    add_involvements(record, rng, career, county, made)
    if short_breaks:
        start = max(career.born + 1000, as_at - between(rng, 60, 1400))
        end = 0 if rng.random() < 0.8 else between(rng, start, as_at)
        cla = f"CLA{record.number:06d}1"
        code = "V4" if rng.random() < 0.6 else "V3"
        known = start + lag(rng)
        record.spell("ssd_legal_status", [record.identifier(), record.person, code, "", ""], start, end, known, end + 3)
        values = [record.identifier(), record.person, cla, "-1", "", "S", "N2", "", "", ISO[start], ""]
        record.spell("ssd_cla_episodes", values, start, end, known, end + 3, ((8, "E8"),))
        return
    drawn = rng.random()
    start = max(career.born, as_at - between(rng, 0, 1500))
    if drawn < 0.05:
        ended = start + between(rng, 40, 300) if rng.random() < 0.75 else 0
        add_pre_proceedings(
            record, rng, ON_OR_BEFORE[start], ON_OR_AFTER[ended], "Step down" if rng.random() < 0.7 else "Issue proceedings"
        )
    elif drawn < 0.12:
        status = "Private fostering" if drawn < 0.08 else "Special Guardianship Order"
        record.spell("ssd_legal_status", [record.identifier(), record.person, status, "", ""], start, 0, start + lag(rng), 0)


def _add_person(record: Record, rng: Random, career: Career, surname: str, marker: str) -> int:
    """The person's own row, recorded with the first thing known about them. A few are not born yet, a few have died.

    Gives the day on which an unborn child is expected; 0 for anybody else.
    """
    forename = rng.choice(BOYS if career.boy else GIRLS)
    ethnicity = (ABROAD if career.unaccompanied else ETHNICITY)(rng)
    born, expected, due = ISO[career.born], "", 0
    if not career.periods and rng.random() < 0.015:
        due = record.as_at + between(rng, 5, 150)
        born, expected, forename = "", ISO[due], "Unborn"
    recorded = min((row.recorded for row in record.rows), default=career.born + 30)
    sex = "M" if career.boy else "F"
    values = [record.person, record.legacy, forename, f"{surname}-{marker}", sex, ethnicity, born, expected, ""]
    died = career.died if career.died and career.died <= record.as_at else 0
    changes = [(max(recorded, died + min(lag(rng), 30)), 8, ISO[died])] if died else []
    record.rows.insert(0, Row("ssd_person", min(recorded, record.as_at), values, changes))
    return due
