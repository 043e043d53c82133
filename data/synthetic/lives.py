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

from .before_care import add_concern, add_short_breaks, concern_workers, draw_concern, draw_known
from .careers import Career, Period, career_in_care, career_that_left, sibling_career
from .chance import ISO, YEAR, Choice, between, lag
from .county import FAMILY, County, pressure
from .decisions import add_decisions
from .events import add_approvals, add_events
from .meetings import add_meetings
from .names import BOYS, GIRLS, SURNAMES
from .oversight import add_notes, add_pathway_plan, add_reviews, add_visits
from .papers import add_family, add_papers
from .permanence import add_matches, add_options, add_permanence, add_restriction, number_of_adopters
from .placements import Placement, draw_placements, shared_placements
from .plans import add_plans
from .proceedings import add_episodes, add_legal_statuses, add_placements, add_proceedings
from .record import COLUMNS, Record, Row
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

FAMILY_MARK = "Z"  # a surname ends with it and the family's number, as no real one does
PERSON = COLUMNS["ssd_person"]
FORENAME, SEX, BORN_ON, EXPECTED_ON, DIED_ON = (
    PERSON[f"pers_{name}"] for name in ("forename", "sex", "dob", "expected_dob", "death_date")
)
WITH_BIRTH = (FORENAME, SEX, BORN_ON)  # what is recorded with the birth
FROM_EXPECTED = (-9, 16)  # days from birth to the day on which the child was expected


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
    return draw_known(rng, as_at)


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
        concern = draw_concern(rng, career, as_at)
        made = concern_workers(rng, career, concern, county, number, side, as_at)
    else:
        workers = Random(f"{seed}:{first}:workers")  # sisters and brothers have one worker, while their ages allow it
        made = allocations(workers, career, county, number, side, as_at, record.oldest)
    team = made[-1].team if made else county.area_of(number)[side][0]
    record.person = f"{team.number}{number:06d}"
    record.legacy = f"{(number * 7919 + 104729) % 9999991:07d}{team.number}"
    if known_only:
        add_involvements(record, rng, career, county, made)
        if number <= upto.short_breaks:
            add_short_breaks(record, rng, career)
        else:
            add_concern(record, rng, career, concern)
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
    _add_person(record, rng, career, f"{surname}-{FAMILY_MARK}{first:0{len(str(upto.everyone))}d}")
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
    add_proceedings(record, rng, career, period)
    held = add_reviews(record, rng, period, cla, known)
    planned, fostering = add_plans(record, rng, career, period, held, late)
    add_visits(record, rng, period, cla, homes)
    chair = made[-1].team.workers[0].name if made else ""
    author = made[-1].worker.name if made else ""
    matched = add_matches(record, rng, career, period, homes, adopters)
    planning = add_meetings(record, rng, period, homes, matched, chair, late)
    add_notes(record, rng, career, period, held, author)
    add_events(record, rng, career, period, homes)
    add_approvals(record, rng, career, period, homes)
    add_permanence(record, rng, period, cla)
    add_options(record, rng, career, period, matched)
    add_restriction(record, rng, period)
    add_papers(record, career, period, homes, held, planning, fostering)
    add_decisions(record, career, period, homes)
    add_pathway_plan(record, rng, career, period, planned)


def _add_person(record: Record, rng: Random, career: Career, surname: str) -> None:
    """The person's own row, recorded with the first thing known about them. A few are not born yet, a few have died.

    Whoever was known before birth is expected until then; the birth is recorded some days later, or with what is recorded next.
    """
    named = BOYS if career.boy else GIRLS
    forename = rng.choice(named)
    ethnicity = (ABROAD if career.unaccompanied else ETHNICITY)(rng)
    born = career.born
    recorded = min((row.recorded for row in record.rows), default=career.known + 30)
    values = [record.person, record.legacy, forename, surname, "M" if career.boy else "F", ethnicity, ISO[born], "", ""]
    changes = []
    if min(recorded, record.as_at) < born:
        noted = min((row.recorded for row in record.rows if row.recorded >= born), default=born + 30)
        noted = min(noted, born + lag(rng))
        changes = [(noted, place, values[place]) for place in WITH_BIRTH] + [(noted, EXPECTED_ON, "")]
        due = born + between(rng, *FROM_EXPECTED)
        values[FORENAME], values[SEX], values[BORN_ON] = "Unborn", "U", ""
        values[EXPECTED_ON] = ISO[max(due, record.as_at + 1) if noted > record.as_at else due]
    if career.died and career.died <= record.as_at:
        changes.append((max(recorded, career.died + min(lag(rng), 30)), DIED_ON, ISO[career.died]))
    changes = [change for change in changes if change[0] <= record.as_at]
    record.rows.insert(0, Row("ssd_person", min(recorded, record.as_at), values, sorted(changes, key=lambda change: change[0])))
