"""Cases for Slough and England: ``strategies.py`` with meetings, visits, pre-proceedings, and long lives in one home."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from tests.generated.strategies import DEPARTMENTS, Timeline, a_day, add_life, birth, make_timeline, maybe_a_day
from tests.metrics.cases.national_child import NationalChild, national
from tests.reference.days import add_months
from tests.support.builder import Records, records

GeneratedCase = tuple[Records, list[date]]
OPTIONAL_TABLES = ("ssd_permanence", "local_carer_matches", "local_care_proceedings", "local_permanence_options", "local_meetings",
                   "ssd_cla_visits", "ssd_pre_proceedings", "local_events", "ssd_cla_reviews")  # fmt: skip
STATUSES = ("HELD", "HELD", "HELD", None, "BOOKED", "CANCELLED", "OFFERED", "DECLINED")
HOMES = ("U4", "U4", "U6", "U5", "A5", "A6", "U3", "P1", "K2", "T1")
# Whole limits of the two policies: (months, days).
LIMITS = (
    (0, 0),
    (0, 0),
    (0, 7),
    (0, 42),
    (0, 112),
    (0, 182),
    (0, 28),
    (3, 0),
    (4, 0),
    (6, 0),
    (12, 0),
    (14, 0),
    (24, 0),
    (30, 0),
)


def add_gateways(random: Random, one: NationalChild, timeline: Timeline) -> None:
    """Legal gateways, for some before birth; hearings, and approvals of a return home."""
    if random.random() < 0.2:
        one.meeting("URGENT_LEGAL", maybe_a_day(random, timeline))
    if random.random() < 0.5:
        held = a_day(random, timeline)
        one.meeting("LEGAL_GATEWAY", held)
        for _ in range(random.choice((0, 1, 1, 2))):
            held += timedelta(days=random.choice((1, 20, 41, 42, 43)))
            one.meeting("LEGAL_GATEWAY", held, random.choice(("HELD", "HELD", "CANCELLED")))
        if random.random() < 0.8:
            expected = held + timedelta(days=random.choice((-30, 0, 13, 14, 15, 28, 60)))
            one.expected(expected)
            one.rows["ssd_person"][0]["pers_dob"] = random.choice((None, None, expected, expected + timedelta(days=3)))
    for row in one.rows.get("local_care_proceedings", []):
        row["final_evidence_due_date"] = maybe_a_day(random, timeline)
        hearing = row["issues_resolution_hearing_date"] = maybe_a_day(random, timeline)
        if hearing and random.random() < 0.6:
            one.meeting("IRH_REVIEW", hearing + timedelta(days=random.choice((-43, -42, -1, 0))))
    for row in one.rows.get("ssd_cla_episodes", []):
        if row["clae_cla_episode_ceased_date"]:
            row["clae_cla_episode_ceased_reason"] = random.choice(("E4A", "E4B", "E8"))
    for _ in range(random.choice((0, 1, 1, 2))):
        homes = [row["clap_cla_placement_id"] for row in one.rows.get("ssd_cla_placement", [])]
        one.approval(
            random.choice(("RETURN_HOME", "PLACED_WITH_PARENTS")),
            random.choice((None, None, *homes)),
            decided=maybe_a_day(random, timeline),
            decision=random.choice(("APPROVED", "APPROVED", "APPROVED", "REFUSED")),
            by=random.choice(("Head of Service", "director of operations", "Team manager", None)),
        )


def add_aims(random: Random, one: NationalChild, timeline: Timeline) -> None:
    """What Slough's aims are read from."""
    for _ in range(random.choice((0, 0, 1, 2))):
        one.meeting(
            random.choice(("FGC", "FGC", "FNM", "PPM", "PMG", "CARE_PLANNING", "FINAL_CARE_PLANNING")),
            maybe_a_day(random, timeline),
            random.choice(STATUSES),
        )
    add_gateways(random, one, timeline)
    for _ in range(random.choice((0, 0, 1, 2))):
        ended, letter = (random.choice((None, maybe_a_day(random, timeline))) for _ in range(2))
        one.before_court(maybe_a_day(random, timeline), ended, letter=letter)
    if random.random() < 0.3:
        one.relinquished(maybe_a_day(random, timeline), random.choice(("RELINQUISHMENT", "RELINQUISHMENT", "STABILITY_CONCERN")))
        if random.random() < 0.3:
            one.relinquished(maybe_a_day(random, timeline), "RELINQUISHMENT_WITHDRAWN")
    if random.random() < 0.4:
        one.option("EARLY_PERMANENCE", referred=maybe_a_day(random, timeline), assessed=maybe_a_day(random, timeline))
    if random.random() < 0.2:
        one.option("ADOPTION", referred=maybe_a_day(random, timeline), assessed=maybe_a_day(random, timeline))
    if random.random() < 0.4:
        ended = random.choice((None, a_day(random, timeline)))
        one.match("LTF", a_day(random, timeline), ratified=maybe_a_day(random, timeline), ended=ended)
    for row in one.rows.get("ssd_permanence", []):
        row["perm_permanence_order_date"] = random.choice((None, None, None, maybe_a_day(random, timeline)))


def add_long_life(random: Random, one: NationalChild, timeline: Timeline) -> None:
    """Long in care: an entry some thirty months before, and homes that last for years."""
    anchor = random.choice(timeline)
    entered = add_months(anchor, -30) + timedelta(days=random.choice((-1, 0, 1)))
    one.in_care(entered, entered=entered, id=f"{one.identifier}0LONG")
    moved = add_months(anchor, -24) + timedelta(days=random.choice((-1, 0, 1)))
    days = sorted({entered, moved, *random.sample(timeline, 2)})
    for number, start in enumerate(days):
        end = random.choice((None, days[number + 1], days[number + 1])) if number + 1 < len(days) else None
        name = f"{one.identifier}H{number}"
        one.placement(random.choice(HOMES), start, end, id=name, postcode=random.choice((None, "ZZ1")))
        if random.random() < 0.4:
            one.in_care(
                start,
                end,
                entered=entered,
                reason=random.choice(("T", "U", "P")),
                placement=name,
                id=f"{one.identifier}L{number}",
            )


def add_oversight(random: Random, one: NationalChild, timeline: Timeline) -> None:
    for _ in range(random.choice((0, 1, 2, 3))):
        one.visit(maybe_a_day(random, timeline), seen=random.choice((True, True, None, False)))
    for _ in range(random.choice((0, 1, 2))):
        one.review(a_day(random, timeline))


def add_family(random: Random, one: NationalChild, timeline: Timeline) -> None:
    """Brothers and sisters, who live at a few postcodes; assessed, or not."""
    if random.random() < 0.7:
        one.family(random.choice(("F1", "F1", "F22", None)), mother=random.choice((None, "M1", "M2")))
    for row in one.rows.get("ssd_cla_placement", []):
        row["clap_cla_placement_postcode"] = row["clap_cla_placement_postcode"] or random.choice((None, "ZZ1", "ZZ2"))
    for _ in range(random.choice((0, 0, 1, 2))):
        one.sibling_assessment(
            a_day(random, timeline),
            random.choice(("TOGETHER", "APART", "OPEN", None)),
            by=random.choice(("Service Manager", "service manager", "Team Manager", None)),
            signed=maybe_a_day(random, timeline),
            review_by=maybe_a_day(random, timeline),
        )


def make_child(random: Random, identifier: str, timeline: Timeline) -> NationalChild:
    born = random.choice((birth(random, timeline), add_months(random.choice(timeline), -36), add_months(timeline[0], -16 * 12)))
    one = national(identifier, born, None)
    if random.random() < 0.2:
        one.proceedings(maybe_a_day(random, timeline), maybe_a_day(random, timeline))
        add_aims(random, one, timeline)
        return one
    for add in (add_life, add_aims, add_oversight, add_family):
        add(random, one, timeline)
    if random.random() < 0.5:
        add_long_life(random, one, timeline)
    return one


def make_leaver(random: Random, timeline: Timeline) -> NationalChild:
    """A child who goes home from section 20: with an approval and a plan about that day, or without."""
    left = random.choice(timeline) - timedelta(days=random.choice((0, 0, 1, 5)))
    entered = left - timedelta(days=random.choice((30, 200)))
    one = national("Z", add_months(left, -100)).adopted(entered, left, random.choice(("E4A", "E4B", "E8")))
    one.legal(random.choice(("V2", "V2", "C2")), entered, left)
    if random.random() < 0.7:
        one.event("CIN_PLAN_STARTED", left + timedelta(days=random.choice((-43, -42, -1, 0, 1))))
    if random.random() < 0.7:
        one.approval("RETURN_HOME", decided=left + timedelta(days=random.choice((-20, -1, 0, 1, 3))), by="Head of Service")
    return one


def make_case(random: Random, *, all_files: bool = True) -> GeneratedCase:
    """A night's records, and the days to report: days of the timeline, whole limits after them, a day to either side."""
    timeline = make_timeline(random)
    names = random.choice((("1",), ("9", "10"), ("A", "b", "C", "D")))
    children = [make_child(random, name, timeline) for name in names]
    if random.random() < 0.4:
        children.append(make_leaver(random, timeline))
    night = records(*children, departments=DEPARTMENTS)
    days = set()
    for _ in range(random.randint(1, 5)):
        months, more = random.choice(LIMITS)
        days.add(add_months(random.choice(timeline), months) + timedelta(days=more + random.choice((-1, 0, 0, 1))))
    if not all_files:
        for table in random.sample(OPTIONAL_TABLES, random.choice((0, 1, 2))):
            del night[table]
    return night, sorted(days)


def generated_cases() -> st.SearchStrategy[GeneratedCase]:
    """Generated cases for hypothesis, now and then without a file or two."""
    return st.randoms(use_true_random=False).map(lambda random: make_case(random, all_files=False))
