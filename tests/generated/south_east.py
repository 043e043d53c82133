"""Cases for the practice guidance: ``tests.generated.strategies`` with meetings, approvals, events, hearings, due reviews."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from tests.generated.strategies import Timeline, a_day, add_life, birth, make_served_case, maybe_a_day
from tests.metrics.cases.south_east_child import GuidedChild
from tests.support.builder import Records

MEETINGS = ("PPM", "PPM", "PPM", "PPD", "FINAL_CARE_PLANNING", "ENTRY_TO_CARE_PANEL", "PERMANENCE_PANEL", "HOS_REVIEW")
STATUSES = ("HELD", "HELD", "HELD", None, "BOOKED", "CANCELLED")
APPROVALS = ("UNREGISTERED", "UNAPPROVED", "UNAPPROVED", "DISTANT", "PLACED_WITH_PARENTS", "PLACED_WITH_PARENTS")
DECIDERS = ("Permanence Panel", "permanence  panel", "Adoption Panel", "Head of service", None)
STATUSES_SHOWN = ("UASC", "Unaccompanied Asylum Seeking Child", "Refugee", "Indefinite leave", None)
HOMES = ("U6", "U4", "U3", "K2", "P1", "K1", "R3")
LIMITS = (0, 0, 0, 7, 21, 28, 76, 77, 78, 84, 182, 9, 11)
GeneratedCase = tuple[Records, list[date]]


def add_guidance(random: Random, one: GuidedChild, timeline: Timeline) -> None:
    """What the guidance asks about, strewn over the days of the timeline."""
    if random.random() < 0.5:
        one.legal(random.choice(("C2", "C2", "V2", "V2", "C1", "J1")), timeline[0], id=f"{one.identifier}ORDER")
    for _ in range(random.choice((0, 1, 2, 3, 4))):
        one.meeting(random.choice(MEETINGS), maybe_a_day(random, timeline), random.choice(STATUSES))
    homes = one.rows.get("ssd_cla_placement", [])
    if random.random() < 0.15:
        one.placement("P1", a_day(random, timeline), id=f"{one.identifier}HOME")
        one.legal(random.choice(("C1", "C2")), timeline[0], id=f"{one.identifier}HOMEORDER")
        one.meeting("PERMANENCE_PANEL", a_day(random, timeline) - timedelta(days=random.choice((0, 1, 180, 184))))
    for home in homes:
        if random.random() < 0.4 and home["clap_cla_placement_type"] not in ("T0", "T1", "T2", "T3", "T4"):
            home["clap_cla_placement_type"] = random.choice(HOMES)
        for _ in range(random.choice((0, 0, 1, 1, 2))):
            asked, decided = maybe_a_day(random, timeline), maybe_a_day(random, timeline)
            if random.random() < 0.3:
                asked = home["clap_cla_placement_start_date"] + timedelta(days=random.choice((-8, -7, 0, 7, 8)))
            placement = random.choice((home["clap_cla_placement_id"], home["clap_cla_placement_id"], None))
            decision = random.choice(("APPROVED", "APPROVED", "REFUSED"))
            one.approval(random.choice(APPROVALS), placement, asked=asked, decided=decided, decision=decision)
            one.rows["local_approvals"][-1].update(
                decided_by=random.choice(DECIDERS), review_by_date=maybe_a_day(random, timeline)
            )
    for _ in range(random.choice((0, 0, 1, 2))):
        one.event(random.choice(("CHANGE_OF_CIRCUMSTANCES", "STABILITY_CONCERN")), maybe_a_day(random, timeline))
    for court in one.rows.get("local_care_proceedings", []):
        court.update(first_hearing_date=maybe_a_day(random, timeline), final_evidence_due_date=maybe_a_day(random, timeline))
    for review in one.rows.get("ssd_cla_reviews", []):
        review.update(clar_cla_review_due_date=maybe_a_day(random, timeline))
    for option in one.rows.get("local_permanence_options", []):
        option.update(is_primary=random.choice((True, False, None)))
        option.update(
            assessment_end_date=maybe_a_day(random, timeline), assessment_outcome=random.choice(("Positive", "Negative", None))
        )
    for decision in one.rows.get("ssd_permanence", []):
        decision.update(perm_adm_decision_date=maybe_a_day(random, timeline))
    if random.random() < 0.4:
        one.immigration(random.choice(STATUSES_SHOWN), maybe_a_day(random, timeline), maybe_a_day(random, timeline))
    for episode in one.rows.get("ssd_cla_episodes", []):
        episode.update(clae_cla_primary_need_code=random.choice(("N1", "N1", "N8", None)))
    for _ in range(random.choice((0, 1, 2))):
        one.note(random.choice(("SUPERVISION", "SUPERVISION", "MANAGEMENT_DECISION")), a_day(random, timeline))
    if random.random() < 0.3:
        one.family_finding(maybe_a_day(random, timeline), random.choice(("ADOPTION", "ADOPTION", "LTF")))
    if random.random() < 0.2:
        one.option("ADOPTION", referred=a_day(random, timeline), closed=maybe_a_day(random, timeline))
        one.rows["local_permanence_options"][-1].update(viability_date=maybe_a_day(random, timeline))
    if random.random() < 0.3:
        one.document("PLAN_ENDORSED_BY_IRO", a_day(random, timeline))
    if random.random() < 0.2:
        home, order = random.choice((("U4", "C2"), ("K2", "V2"), ("U6", "V2")))
        one.placement(home, timeline[0], id=f"{one.identifier}SETTLED").legal(
            order, timeline[0], id=f"{one.identifier}SETTLEDORDER"
        )
        one.meeting("PPM", timeline[-1])
        if home == "U4":
            one.match("LTF", timeline[0], ratified=timeline[0])
    if random.random() < 0.4:
        # Reviewed twice or more, with an assessment that ends near a review.
        for _ in range(random.choice((2, 2, 3))):
            one.review(a_day(random, timeline), period=f"{one.identifier}-CARE")
        one.meeting("FINAL_CARE_PLANNING", a_day(random, timeline))
        outcome = random.choice(("Positive", "Negative", None))
        one.explored("SGO", None, timeline[0], assessed=a_day(random, timeline), outcome=outcome)
    if random.random() < 0.3:
        one.match("LTF", timeline[0], ratified=maybe_a_day(random, timeline))


def make_child(random: Random, identifier: str, timeline: Timeline) -> GuidedChild:
    one = GuidedChild(identifier, birth(random, timeline), None)
    add_life(random, one, timeline)
    add_guidance(random, one, timeline)
    return one


def make_case(random: Random) -> GeneratedCase:
    """A night's records, and the days to report."""
    return make_served_case(random, make_child, LIMITS, (0, 0, 3, 6, 12))


def generated_cases() -> st.SearchStrategy[GeneratedCase]:
    """Generated cases for hypothesis, which it can shrink."""
    return st.randoms(use_true_random=False).map(make_case)
