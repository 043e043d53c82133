"""Cases for Cheshire East's questions: those of ``strategies.py``, with visits, explored options and family finding."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from data.settings import Settings
from tests.generated.strategies import (
    DEPARTMENTS,
    GeneratedCase,
    Timeline,
    a_day,
    make_child,
    make_timeline,
    maybe_a_day,
    reporting_dates,
)
from tests.metrics.cases.cheshire_east_child import CheshireChild
from tests.reference.days import add_months
from tests.support.builder import Child, records

SETTINGS = Settings(policies=("cheshire_east",))
OUTCOMES = (None, "Positive", "Negative", "Viable", "Not viable", "RULED OUT", "")
KINDS = ("RETURN_HOME", "CONNECTED_PERSON", "SGO", "CAO", "LTF", "ADOPTION", "EARLY_PERMANENCE", "RESIDENTIAL")
HOMES = ("K3", "P2", "U3", "U1", "U4", "P1", "P1", "K2", "A5", "U2")
PLANS = ("SUPPLIV", "LTRELFR", "SPECGUARD", "OTHERPLN", "LTFOST18", "RETURN6M", "RESPLMT", "REMAINSUP", "ADOPTION")
OPTIONAL = ("ssd_cla_visits", "local_permanence_options", "local_carer_matches", "ssd_care_leavers", "ssd_permanence",
            "local_care_proceedings", "local_meetings", "ssd_cla_reviews")  # fmt: skip


def add_options(random: Random, one: CheshireChild, timeline: Timeline) -> None:
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        days = {name: maybe_a_day(random, timeline) for name in ("referred", "viable", "assessed", "done")}
        if random.random() < 0.4:
            days |= {name: maybe_a_day(random, timeline) for name in ("order", "closed")}
        one.explored(
            random.choice(KINDS),
            **days,
            viability=random.choice(OUTCOMES),
            outcome=random.choice(OUTCOMES),
            primary=random.choice((True, False, None)),
        )


def add_legal_advice(random: Random, one: CheshireChild, timeline: Timeline) -> None:
    """Meetings with Legal Services, the way to court, reviews and panels."""
    for _ in range(random.choice((0, 1, 1, 2))):
        kind = random.choice(("LEGAL_DISCUSSION", "LEGAL_PLANNING", "LEGAL_GATEWAY", "PPM"))
        one.meeting(kind, maybe_a_day(random, timeline), random.choice(("HELD", "HELD", None, "CANCELLED")))
    for _ in range(random.choice((0, 0, 1))):
        one.before_court(a_day(random, timeline), random.choice((None, None, a_day(random, timeline))))
    for _ in range(random.choice((0, 0, 1, 2))):
        one.review(a_day(random, timeline))
    for row in one.rows.get("local_permanence_options", []):
        if random.random() < 0.2:
            row["panel_date"] = maybe_a_day(random, timeline)


def add_long_home(random: Random, one: CheshireChild, timeline: Timeline) -> None:
    """A foster home of two years, all but a day or two, under one code or two."""
    if random.random() < 0.3:
        start = add_months(random.choice(timeline), -24)
        for table in ("ssd_cla_episodes", "ssd_cla_placement", "local_carer_matches"):
            one.rows[table] = []
        middle = add_months(start, random.choice((6, 12, 23)))
        one.in_care(start, entered=start, id=f"{one.identifier}LONG")
        one.placement("U6", start, middle, id=f"{one.identifier}L1", postcode="ZZ1")
        one.placement(
            random.choice(("U4", "U6", "U3")), middle, id=f"{one.identifier}L2", postcode=random.choice(("ZZ1", "ZZ1", "ZZ2"))
        )


def add_visits(random: Random, one: CheshireChild, timeline: Timeline) -> None:
    for _ in range(random.choice((0, 1, 2, 4))):
        flags = random.choice(((True, True), (True, True), (True, False), (None, None), (False, False), (False, None)))
        one.visit(a_day(random, timeline), seen=flags[0], alone=flags[1])


def add_matches(random: Random, one: CheshireChild, timeline: Timeline) -> None:
    """Family finding, and some matches with the very home."""
    homes = [row["clap_cla_placement_id"] for row in one.rows.get("ssd_cla_placement", [])]
    for row in one.rows.get("local_carer_matches", []):
        row["family_finding_start_date"] = maybe_a_day(random, timeline)
        row["placement_id"] = random.choice((None, *homes))
    for row in one.rows.get("ssd_permanence", []):
        row["perm_adm_decision_date"] = maybe_a_day(random, timeline)


def make_cheshire_child(random: Random, identifier: str, timeline: Timeline) -> Child:
    one = CheshireChild(identifier, None, None)
    one.rows = make_child(random, identifier, timeline).rows
    one.rows.pop("local_permanence_options", None)
    if random.random() < 0.6:
        start = a_day(random, timeline)
        one.placement(random.choice(HOMES), start, id=f"{identifier}HOME")
        one.plan(random.choice(PLANS), start, id=f"{identifier}PLAN")
    if random.random() < 0.15:
        turning = add_months(random.choice(timeline), -186)
        one.rows["ssd_person"][0]["pers_dob"] = turning
    for add in (add_options, add_visits, add_matches, add_legal_advice, add_long_home):
        add(random, one, timeline)
    return one


def make_case(random: Random, *, all_files: bool = True) -> GeneratedCase:
    """A night's records, the days to report, and the settings."""
    timeline = make_timeline(random)
    names = random.choice((("1",), ("9", "10"), ("A", "b", "C", "D")))
    children = [make_cheshire_child(random, name, timeline) for name in names]
    if all_files:
        # Long before anything else: so that of every such generated case a visit says whether the child was seen alone.
        children[0].visit("1999-12-31", alone=True)
    night = records(*children, departments=DEPARTMENTS)
    days = reporting_dates(random, timeline, night)
    if not all_files:
        for table in random.sample(OPTIONAL, random.choice((0, 1, 2))):
            del night[table]
    return night, days, SETTINGS


def generated_cases() -> st.SearchStrategy[GeneratedCase]:
    """Generated cases for hypothesis, now and then without a file or two."""
    return st.randoms(use_true_random=False).map(lambda random: make_case(random, all_files=False))
