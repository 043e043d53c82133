"""Cases: a few children whose records fall on a handful of days, so that every edge comes up often.

All dates of a generated case are near one another: ties, touching and overlapping periods, gaps of 27 to 30 days, month ends, leap
days, whole limits of 4, 6 and 12 months to the day. The records keep to the contract: identifiers are unique, and no
episode, plan or placement ends before it starts.

A generated case is made from a ``random.Random``: a seeded one for thousands of generated cases at little cost (``make_case``), or
hypothesis' own for generated cases that it can shrink (``generated_cases()``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from data.settings import Settings
from tests.reference.days import add_months
from tests.support.builder import Child, Records, child, department, records

GeneratedCase = tuple[Records, list[date], Settings]
Timeline = list[date]
Period = tuple[date, date | None]

ANCHORS = tuple(map(date.fromisoformat, ("2023-08-31", "2024-01-31", "2024-02-28", "2024-02-29", "2024-12-31", "2025-02-28")))
STEPS = (0, 1, 1, 2, 7, 27, 28, 29, 30, 31, 60)
LENGTHS = (0, 1, 1, 2, 5, 10, 27, 28, 29, 30, 60, 90)
IDENTIFIERS = ("1", "2", "9", "10", "11", "99", "100", "B", "b", "AA", "Z9", "007")
TEAMS = ("T1", "t1", "T2", "Alpha Team", " alpha team ", "ALPHA TEAM", "T3", "Nobody's Team", "", None, "T4", "T5")
ROLES = ("ALLOCATED", "Allocated worker", "CW", "cw", "IRO", "SUPCW", None)
DEPARTMENTS = (
    department("T1", "Alpha Team", "S1", "North"),
    department("T2", "Beta Team"),
    department("T3", "Alpha Team", "S2", "South"),
    department("T4", "Gamma Team", "T2", None),
    department("T5", None, "S9", "East"),
    department("T10", "alpha team", "S3", "West"),
)
PLANS = ("", "RETURN1M", "RETURN6M", "RETURNEV", "ADOPTION", "LTFOST18", "LTFOST18", "RESPLMT", "OTHERPLN", "RETURN6M ADOPTION",
         "RETURN1M RETURNEV", "ADOPTION LTFOST18", "OTHERPLN ADOPTION", "REMAINSUP SUPPLIV LTRELFR", "SPECGUARD")  # fmt: skip
HOMES = ("U6", "U6", "U1", "U4", "U2", "U5", "A5", "A6", "A3", "K2", "R1", "P1", "Z1", None)
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
STATUSES = ("C1", "C2", "V2", "E1", "E1", "D1", "L1", "J1", "V3", "V4", None)
OPTIONAL_TABLES = ("ssd_permanence", "local_carer_matches", "local_care_proceedings", "ssd_care_leavers", "ssd_cla_reviews",
                   "local_permanence_options")  # fmt: skip


def make_timeline(random: Random) -> Timeline:
    """Some days near one another, in order."""
    days = [random.choice(ANCHORS)]
    for _ in range(random.randint(3, 8)):
        days.append(days[-1] + timedelta(days=random.choice(STEPS)))
    return days


def a_day(random: Random, timeline: Timeline) -> date:
    """A day of the timeline or, now and then, one just beside it."""
    return random.choice(timeline) + timedelta(days=random.choice((0, 0, 0, 0, -1, 1, -28, 28)))


def maybe_a_day(random: Random, timeline: Timeline) -> date | None:
    return random.choice((None, a_day(random, timeline), a_day(random, timeline)))


def strewn(random: Random, timeline: Timeline, at_most: int) -> Iterator[Period]:
    """Periods anywhere, whose end is missing, on another day of the timeline, or some days on."""
    for _ in range(random.randint(0, at_most)):
        start = a_day(random, timeline)
        later = [on for on in timeline if on >= start]
        yield start, random.choice((None, start + timedelta(days=random.choice(LENGTHS)), random.choice(later or [None])))


def successive(random: Random, timeline: Timeline, gaps: tuple[int, ...], at_most: int) -> Iterator[Period]:
    """Periods that follow one another, each so many days after the last one's end; the last one mostly lasts."""
    start = a_day(random, timeline)
    for left in reversed(range(random.randint(1, at_most))):
        end = start + timedelta(days=random.choice(LENGTHS))
        yield start, end if left else random.choice((None, None, end))
        start = max(start, end + timedelta(days=random.choice(gaps)))


def periods(random: Random, timeline: Timeline, gaps: tuple[int, ...], at_most: int) -> Iterator[tuple[str, date, date | None]]:
    """(the end of an identifier, start, end) of one child's rows; the identifiers' order is not the order of the text."""
    found = list(strewn(random, timeline, at_most) if random.random() < 0.4 else successive(random, timeline, gaps, at_most))
    for identifier, (start, end) in zip(random.sample(IDENTIFIERS, len(found)), found, strict=True):
        yield identifier, start, end


def birth(random: Random, timeline: Timeline) -> date | None:
    """Mostly a young child; or missing, a leap day, or such that an age of 15 or 18 is reached in these days."""
    turning = add_months(random.choice(timeline), -12 * random.choice((15, 18))) + timedelta(days=random.choice((-1, 0, 1)))
    young = (date(2015, 5, 10), date(2016, 2, 29), date(2018, 3, 1))
    return random.choice((*young, *young, turning, turning, None, date(2008, 2, 29), date(2006, 2, 28)))


def add_care(random: Random, one: Child, timeline: Timeline) -> None:
    homes = [row["clap_cla_placement_id"] for row in one.rows.get("ssd_cla_placement", [])]
    names = [f"{one.identifier}-CARE", f"{one.identifier}-AGAIN", None]
    found = list(periods(random, timeline, (0, 0, 1, 30), 4))
    if random.random() < 0.7:
        found = [("0", timeline[0], None), *found]
    for identifier, start, end in found:
        entered = random.choice((None, None, start, start - timedelta(days=1), start - timedelta(days=28), timeline[0]))
        one.in_care(
            start,
            end,
            entered=entered and min(entered, start),
            period=random.choices(names, (6, 2, 1))[0],
            reason=random.choice(("S", "P", "P", "B", "L", "T", None)),
            placement=random.choice((*homes, *homes, None)),
            id=one.identifier + identifier,
        )


def add_placements(random: Random, one: Child, timeline: Timeline) -> None:
    kinds = random.choice((HOMES, HOMES + 3 * TEMPORARY))
    for identifier, start, end in periods(random, timeline, (0, 0, 0, 1, -1, -5), 5):
        provider, urn = random.choice((None, "PR1")), random.choice((None, None, None, "SC1"))
        one.placement(random.choice(kinds), start, end, id=one.identifier + identifier, provider=provider, urn=urn)


def add_plans(random: Random, one: Child, timeline: Timeline) -> None:
    few = [random.choice(PLANS) for _ in range(random.choice((1, 2, 3)))]
    for identifier, start, end in periods(random, timeline, (0, 1, 27, 28, 29, 30, -5), 6):
        one.plan(random.choice((*few, *few, "")), start, random.choice((end, end, None)), id=one.identifier + identifier)
    if random.random() < 0.1:
        one.unreadable_plan(*next(successive(random, timeline, (0,), 1)))


def add_legal_statuses(random: Random, one: Child, timeline: Timeline) -> None:
    few = [random.choice(STATUSES) for _ in range(random.choice((1, 1, 2, 3)))]
    for identifier, start, end in periods(random, timeline, (0, 1, 1, 2, 2, -5), 5):
        one.legal(random.choice(few), start, end, id=one.identifier + identifier)


def add_adoption(random: Random, one: Child, timeline: Timeline) -> None:
    for identifier in random.sample(IDENTIFIERS, random.choice((0, 0, 1, 2))):
        order, matched, reversed_on = (maybe_a_day(random, timeline) for _ in range(3))
        one.permanence(order=order, matched=matched, reversed=reversed_on, id=one.identifier + identifier)
    for _ in range(random.choice((0, 0, 1, 2))):
        matched, ratified, ended = (maybe_a_day(random, timeline) for _ in range(3))
        one.match(random.choice(("ADOPTION", "LTF", "SGO")), matched, ratified=ratified, ended=random.choice((None, ended)))
    of_which = Random(f"{one.identifier} {timeline[0]}")
    homes = [row["clap_cla_placement_id"] for row in one.rows.get("ssd_cla_placement", [])]
    for row in one.rows.get("local_carer_matches", []):
        row["placement_id"] = of_which.choice((None, *homes, "NOT RECORDED"))


def add_the_rest(random: Random, one: Child, timeline: Timeline) -> None:
    for _ in range(random.choice((0, 1, 2))):
        period = f"{one.identifier}-{random.choice(('CARE', 'AGAIN'))}"
        one.review(maybe_a_day(random, timeline), cancelled=random.choice((True, False, None)), period=period)
        one.pathway_plan(maybe_a_day(random, timeline))
    for _ in range(random.choice((0, 1, 2))):
        one.proceedings(maybe_a_day(random, timeline), maybe_a_day(random, timeline))
        referred, assessed, order, closed = (maybe_a_day(random, timeline) for _ in range(4))
        order, closed = random.choice(((None, None), (order, closed)))
        one.option(random.choice(("SGO", "CAO", "ADOPTION")), referred=referred, assessed=assessed, order=order, closed=closed)
    for identifier, start, end in periods(random, timeline, (0, 0, 1), 3):
        team, role, name = random.choice(TEAMS), random.choice(ROLES), random.choice(("W1", "W2", None))
        one.worker(team, start, end, role=role, name=name, id=one.identifier + identifier)


def add_life(random: Random, one: Child, timeline: Timeline, *, in_care: bool = True) -> None:
    """All that any policy asks about; without episodes of care, if wished."""
    care = (add_care,) if in_care else ()
    for add in (add_placements, *care, add_plans, add_legal_statuses, add_adoption, add_the_rest):
        add(random, one, timeline)


def make_child(random: Random, identifier: str, timeline: Timeline) -> Child:
    died = a_day(random, timeline) if random.random() < 0.1 else None
    one = child(identifier, birth(random, timeline), died)
    add_life(random, one, timeline)
    return one


def reporting_dates(random: Random, timeline: Timeline, night: Records) -> list[date]:
    """Days of the timeline, or whole limits after a plan's or a legal status's start; or a day to either side."""
    plans = [row["lacp_cla_care_plan_start_date"] for row in night["ssd_cla_care_plan"]]
    statuses = [row["lega_legal_status_start_date"] for row in night["ssd_legal_status"]]
    found = set()
    for _ in range(random.randint(1, 5)):
        start, months = random.choice((random.choice(timeline), *plans, *statuses)), random.choice((0, 0, 4, 6, 12, 12))
        found.add(add_months(start, months) + timedelta(days=random.choice((-1, 0, 0, 1))))
    return sorted(found)


def make_served_case(
    random: Random, make: Callable[[Random, str, Timeline], Child], limits: tuple[int, ...], months: tuple[int, ...]
) -> tuple[Records, list[date]]:
    """A night's records, and the days to report: days of the timeline, whole limits after them, a day to either side."""
    timeline = make_timeline(random)
    names = random.choice((("1",), ("9", "10"), ("A", "b", "C", "D")))
    night = records(*(make(random, name, timeline) for name in names), departments=DEPARTMENTS)
    days = set()
    for _ in range(random.randint(1, 5)):
        start = a_day(random, timeline) + timedelta(days=random.choice(limits) + random.choice((-1, 0, 0, 1)))
        days.add(add_months(start, random.choice(months)))
    return night, sorted(days)


def make_case(random: Random, *, all_files: bool = True) -> GeneratedCase:
    """A night's records, the days to report, and the council's settings."""
    timeline = make_timeline(random)
    names = random.choice((("1",), ("9", "10"), ("A", "b", "C", "D")))
    night = records(*(make_child(random, name, timeline) for name in names), departments=DEPARTMENTS)
    days = reporting_dates(random, timeline, night)
    if not all_files:
        for table in random.sample(OPTIONAL_TABLES, random.choice((0, 1, 2))):
            del night[table]
    return night, days, Settings()


def generated_cases() -> st.SearchStrategy[GeneratedCase]:
    """Generated cases for hypothesis, now and then without a file or two."""
    return st.randoms(use_true_random=False).map(lambda random: make_case(random, all_files=False))
