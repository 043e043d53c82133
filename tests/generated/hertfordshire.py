"""Cases for the service level: ``tests.generated.strategies`` with meetings, decisions, stages, family finding, the way to court."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from tests.generated.strategies import Timeline, a_day, add_life, birth, make_served_case, maybe_a_day
from tests.metrics.cases.hertfordshire_child import ServedChild
from tests.reference.days import add_months
from tests.support.builder import Records

MEETINGS = (
    "PPM",
    "PPM",
    "PPM",
    "PPD",
    "LEGAL_PLANNING",
    "LEGAL_PLANNING",
    "LEGAL_PLANNING",
    "LEGAL_PLANNING",
    "HOS_REVIEW",
    "PLACEMENT_ORDER_REFERRAL",
    "PARP",
)
STATUSES = ("HELD", "HELD", "HELD", None, "BOOKED", "CANCELLED")
OPTIONS = ("SGO", "CAO", "CONNECTED_PERSON", "ADOPTION", "RETURN_HOME")
STAGES = ("viability", "assessed", "panel", "court")
PAPERS = (
    "PPM_MINUTES", "PPM_SUMMARY", "PPM_SUMMARY", "PPM_SUMMARY", "ADOPTION_ADVICE", "CHILD_PERMANENCE_REPORT", "LIFE_STORY_WORK",
    "PROFILE", "LTF_REFERRAL", "CARER_QUESTIONNAIRE",
)  # fmt: skip
SENT_TO = ("IRO", "IRO", "PARENTS", "HEAD_INDEPENDENT_REVIEW", "FOSTERING_TEAMS", None)
REASONS = ("E11", "E12", "E41", "E4A", "E45", "E43", None)
ROLES = ("SERVICE_MANAGER", "HEAD_ADOPTION_FOSTERING", "HEAD_CLA", "IRO", "PARENTS")
AGES = (8, 12, 14, 15)
LIMITS = (0, 0, 0, 69, 70, 71, 84, 98, 112)
GeneratedCase = tuple[Records, list[date]]


def add_service(random: Random, one: ServedChild, timeline: Timeline) -> None:
    """What the service level asks about, strewn over the days of the timeline."""
    for _ in range(random.choice((0, 0, 1, 2, 3))):
        one.meeting(random.choice(MEETINGS), maybe_a_day(random, timeline), random.choice(STATUSES))
    for row in one.rows.get("ssd_permanence", []):
        row["perm_adm_decision_date"] = maybe_a_day(random, timeline)
        if random.random() < 0.2:
            row["perm_permanence_order_date"] = a_day(random, timeline)
            row["perm_permanence_order_type"] = random.choice(("Adoption", "adoption order", "SGO", None))
    for row in one.rows.get("local_carer_matches", []):
        row["family_finding_start_date"] = maybe_a_day(random, timeline)
    if random.random() < 0.15:
        fourteen = add_months(timeline[1], -12 * 14) + timedelta(days=random.choice((-400, -1, 0, 1)))
        one.rows["ssd_person"][0]["pers_dob"] = fourteen
        one.plan("LTFOST18", timeline[1], id=f"{one.identifier}SETTLED").placement("U4", a_day(random, timeline))
        one.family_finding(maybe_a_day(random, timeline), matched=random.choice((None, timeline[0], a_day(random, timeline))))
    if random.random() < 0.3:
        one.plan("LTFOST18", timeline[0]).match("LTF", a_day(random, timeline), ratified=maybe_a_day(random, timeline))
    for _ in range(random.choice((0, 0, 1, 2))):
        stages = {name: random.choice((None, maybe_a_day(random, timeline))) for name in STAGES}
        closed = random.choice((None, maybe_a_day(random, timeline)))
        one.explored(random.choice(OPTIONS), maybe_a_day(random, timeline), closed=closed, **stages)
    for _ in range(random.choice((0, 0, 0, 1, 2))):
        one.before_court(maybe_a_day(random, timeline), random.choice((None, maybe_a_day(random, timeline))))
    for row in one.rows.get("ssd_cla_episodes", []):
        row["clae_cla_episode_ceased_reason"] = random.choice(REASONS) if row["clae_cla_episode_ceased_date"] else None
    if random.random() < 0.2:
        one.plan("ADOPTION", timeline[1], id=f"{one.identifier}FOUND").meeting("PPM", a_day(random, timeline))
        for kind in ("ADOPTION_ADVICE", "PPM_SUMMARY", "PPM_MINUTES"):
            one.document(kind, a_day(random, timeline), to=random.choice(SENT_TO))
    if random.random() < 0.1:
        _add_a_mover(random, one, timeline)
    for _ in range(random.choice((0, 2, 9))):
        one.document("ALERT", a_day(random, timeline), to=random.choice(ROLES))
    for _ in range(random.choice((0, 1, 3, 6))):
        about = random.choice((None, maybe_a_day(random, timeline)))
        one.document(random.choice(PAPERS), a_day(random, timeline), about=about, to=random.choice(SENT_TO))
    for row in one.rows.get("local_care_proceedings", []):
        row["final_hearing_date"] = maybe_a_day(random, timeline)
    for row in one.rows.get("ssd_cla_reviews", []):
        row["clar_cla_review_due_date"] = maybe_a_day(random, timeline)
    for row in one.rows.get("local_permanence_options", []):
        row["assessment_end_date"] = random.choice((None, maybe_a_day(random, timeline)))
    for _ in range(random.choice((0, 1, 2))):
        one.review(a_day(random, timeline), period=f"{one.identifier}-CARE")


def _add_a_mover(random: Random, one: ServedChild, timeline: Timeline) -> None:
    """Three moves or more, one after another, from the first day of the timeline."""
    start = timeline[0]
    for number in range(random.choice((4, 5))):
        end = start + timedelta(days=random.choice((1, 5, 20)))
        name = f"{one.identifier}MOVE{number}"
        one.in_care(start, end if number < 3 else None, reason="P", placement=name, id=name)
        one.placement("U6", start, end if number < 3 else None, id=name, urn=name)
        start = end


def add_moves(random: Random, one: ServedChild, timeline: Timeline) -> None:
    """Three moves or so, some of which are only a change of placement code in the same home."""
    days = sorted({a_day(random, timeline) for _ in range(4)})
    for number, start in enumerate(days):
        end = days[number + 1] if number + 1 < len(days) else None
        name, postcode = f"{one.identifier}M{number}", random.choice((None, "ZZ1", "ZZ2"))
        one.placement(random.choice(("U6", "U4", "K2", "U5")), start, end, id=name, postcode=postcode)
        one.in_care(start, end, reason="P" if number else "S", placement=name, entered=days[0], id=f"{one.identifier}E{number}")


def add_family(random: Random, one: ServedChild, timeline: Timeline) -> None:
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


def make_child(random: Random, identifier: str, timeline: Timeline) -> ServedChild:
    turning = add_months(random.choice(timeline), -12 * random.choice(AGES)) + timedelta(days=random.choice((-1, 0, 1)))
    one = ServedChild(identifier, random.choice((birth(random, timeline), turning)), None)
    add_life(random, one, timeline, in_care=random.random() < 0.85)
    add_service(random, one, timeline)
    if random.random() < 0.06:
        add_moves(random, one, timeline)
    add_family(random, one, timeline)
    return one


def make_case(random: Random) -> GeneratedCase:
    """A night's records, and the days to report."""
    return make_served_case(random, make_child, LIMITS, (0, 0, 0, 3, 4, 6, 12, 18))


def generated_cases() -> st.SearchStrategy[GeneratedCase]:
    """Generated cases for hypothesis, which it can shrink."""
    return st.randoms(use_true_random=False).map(make_case)
