"""Cases for Salford's key stages: those of ``tests/generated/strategies.py``, with meetings, events, approvals, visits and notes."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from data.settings import Settings
from tests.generated.strategies import (
    GeneratedCase,
    Timeline,
    a_day,
    make_child,
    make_timeline,
    maybe_a_day,
)
from tests.metrics.cases.salford_child import SalfordChild
from tests.reference.days import add_months
from tests.support.builder import Child, records

SETTINGS = Settings(policies=("salford",), authority_code="ZZ01", neighbouring_authorities=("ZZ02", "Next Door"))
MEETINGS = ("PLACEMENT_PLANNING", "LEGAL_DISCUSSION", "LEGAL_PLANNING", "PPM", "FINAL_CARE_PLANNING", "PROGRESS", "CARE_PLANNING",
            "CONSULTATION_REVIEW", "PPD", "STABILITY", "PLACEMENT_TRACKING_PANEL")  # fmt: skip
STATUSES = ("HELD", "HELD", "HELD", None, "BOOKED", "CANCELLED")
EVENTS = ("STABILITY_CONCERN", "STABILITY_CONCERN", "STABILITY_RESOLVED", "POLICE_PROTECTION", "UNPLANNED_RETURN", "RISK_ASSESSMENT",
          "CIN_PLAN_STARTED", "CAFAS_COMPLETED", "RELINQUISHMENT")  # fmt: skip
APPROVALS = ("OUT_OF_BOROUGH", "DISTANT", "EMERGENCY", "CEASE_UNDER_16", "CEASE_16_17", "UNREGISTERED")
REASONS = ("E4A", "E4B", "E4B", "E8", "E11", "E3", None)
AFTER = (0, 0, 1, 3, 7, 10, 14, 20, 21, 28, 42, 56, 90, 112, 120, 182, 183, 365, 366)
DECIDED_BY = ("Assistant Director", "assistant  director ", "Strategic Director", "DCS", "Head of Service", None)
AUTHORITIES = (None, None, "ZZ01", "ZZ02", " next door", "ZZ09")
DOCUMENTS = (
    "REVIEW_REPORT",
    "REVIEW_REPORT",
    "FINAL_EVIDENCE_TO_IRO",
    "PPM_MINUTES",
    "PPM_MINUTES",
    "PLAN_ENDORSED_BY_IRO",
    "PLAN_CHALLENGED_BY_IRO",
)
POSTCODES = (None, None, "ZZ1 1AA", "ZZ1 1AA", "ZZ2 2BB")


def near(random: Random, timeline: Timeline) -> date:
    """A day of the timeline, or a whole limit after one, give or take a day."""
    return random.choice(timeline) + timedelta(days=random.choice((0, 0, 0, *AFTER)) + random.choice((-1, 0, 0, 0, 1)))


def add_meetings_and_events(random: Random, one: SalfordChild, timeline: Timeline) -> None:
    for _ in range(random.randint(0, 7)):
        one.meeting(random.choice(MEETINGS), near(random, timeline), random.choice(STATUSES))
    for _ in range(random.randint(0, 5)):
        one.event(random.choice(EVENTS), near(random, timeline))
    for _ in range(random.randint(0, 4)):
        one.visit(near(random, timeline), seen=random.choice((True, True, None, False)))
    for _ in range(random.randint(0, 2)):
        one.note(
            random.choice(("CARE_PLAN_SUMMARY", "SUPERVISION", "MANAGEMENT_DECISION", "MANAGEMENT_DECISION")),
            near(random, timeline),
        )
    for row in one.rows.get("ssd_cla_reviews", []):
        if row["clar_cla_review_date"] and random.random() < 0.4:
            sent = row["clar_cla_review_date"] + timedelta(days=random.choice((0, 20, 27, 28, 29, 40)))
            one.document("REVIEW_REPORT", sent, about=random.choice((None, row["clar_cla_review_date"])))
    for _ in range(random.randint(0, 2)):
        about = random.choice((None, None, near(random, timeline)))
        one.document(random.choice(DOCUMENTS), near(random, timeline), about=about, to=random.choice((None, "IRO", "PARENTS")))
    if random.random() < 0.4:
        add_second_review(random, one, timeline)


def add_second_review(random: Random, one: SalfordChild, timeline: Timeline) -> None:
    """Two reviews with a planning meeting between them, whose minutes are sent about the day of the second, or never."""
    first = random.choice(timeline)
    second = first + timedelta(days=random.choice((20, 60, 90)))
    one.review(first)
    one.meeting("PPM", first + timedelta(days=random.choice((2, 10))))
    one.review(random.choice((None, second, second)))
    one.rows["ssd_cla_reviews"][-1]["clar_cla_review_due_date"] = second
    if random.random() < 0.75:
        sent = second + timedelta(days=random.choice((-2, -1, -1, 0, 0, 3)))
        one.document("PPM_MINUTES", sent, to=random.choice(("IRO", "IRO", "IRO", "PARENTS")))


def add_court(random: Random, one: SalfordChild, timeline: Timeline) -> None:
    """Pre-proceedings, the days on which evidence is filed, and panels."""
    for _ in range(random.choice((0, 0, 1, 2))):
        outcome = random.choice((None, "Step down", "Issue proceedings"))
        one.before_court(near(random, timeline), random.choice((None, near(random, timeline))), outcome=outcome)
    if random.random() < 0.4:
        one.proceedings(near(random, timeline), random.choice((None, None, near(random, timeline))))
    if random.random() < 0.3:
        one.legal(
            random.choice(("C2", "C2", "E1", "C1")), random.choice(timeline), random.choice((None, None, near(random, timeline)))
        )
    for row in one.rows.get("local_care_proceedings", []):
        filed = row["final_evidence_due_date"] = random.choice((None, near(random, timeline), near(random, timeline)))
        if filed and random.random() < 0.5:
            one.document("FINAL_EVIDENCE_TO_IRO", filed + timedelta(days=random.choice((-2, -1, 0, 1))), to="IRO")
    for row in one.rows.get("local_permanence_options", []):
        row["panel_date"] = random.choice((None, near(random, timeline)))
    for row in one.rows.get("ssd_permanence", []):
        row["perm_adm_decision_date"] = random.choice((None, near(random, timeline)))


def add_homes(random: Random, one: SalfordChild) -> None:
    """Miles, and homes that are told apart, or not, by their postcode."""
    for row in one.rows.get("ssd_cla_placement", []):
        row["clap_cla_placement_distance"] = random.choice((None, 5.0, 19.9, 20.0, 39.9, 40.0, 120.0, 999.9))
        row["clap_cla_placement_postcode"] = random.choice(POSTCODES)
        row["clap_cla_placement_la"] = random.choice(AUTHORITIES)


def add_approvals(random: Random, one: SalfordChild, timeline: Timeline) -> None:
    homes = [row["clap_cla_placement_id"] for row in one.rows.get("ssd_cla_placement", [])]
    for _ in range(random.randint(0, 4)):
        asked, decided = maybe_a_day(random, timeline), maybe_a_day(random, timeline)
        decision = random.choice(("APPROVED", "APPROVED", "REFUSED"))
        by = random.choice(DECIDED_BY)
        one.approval(
            random.choice(APPROVALS), random.choice((*homes, None)), asked=asked, decided=decided, decision=decision, by=by
        )
    for row in one.rows.get("ssd_cla_placement", []):
        if random.random() < 0.3:
            start = row["clap_cla_placement_start_date"]
            decided = start + timedelta(days=random.choice((-1, 0, 0, 1)))
            one.approval(random.choice(APPROVALS[:3]), row["clap_cla_placement_id"], asked=start, decided=decided)
            if random.random() < 0.3:
                one.approval("EMERGENCY", asked=start + timedelta(days=random.choice((-8, -7, 0, 7, 8))))
            one.meeting("CARE_PLANNING", start + timedelta(days=random.choice((0, 4, 5, 6, 7))))
            one.meeting("PLACEMENT_TRACKING_PANEL", start + timedelta(days=random.choice((-1, 0, 0, 1, 5))))


def add_endings(random: Random, one: SalfordChild, timeline: Timeline) -> None:
    """Some leave care, for a reason; some of these under section 20 and some of these at an age at which it matters."""
    for row in one.rows.get("ssd_cla_episodes", []):
        start, end = row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"]
        if end is None and random.random() < 0.4:
            end = max(start, a_day(random, timeline) + timedelta(days=random.choice((0, 27, 28, 29, 60, 90, 91))))
            row["clae_cla_episode_ceased_date"] = end
        row["clae_cla_episode_ceased_reason"] = random.choice(REASONS) if end else None
        if random.random() < 0.2:
            one.meeting("FINAL_CARE_PLANNING", start + timedelta(days=random.choice((150, 182, 183, 190))))


def add_leaver(random: Random, one: SalfordChild, timeline: Timeline) -> None:
    """In care under section 20 for about twenty working days, asked for, gone; nothing else of care is known."""
    start = random.choice(timeline)
    left = start + timedelta(days=random.choice((25, 27, 28, 29, 30, 35, 90, 91, 92, 120)))
    one.rows["ssd_person"][0]["pers_dob"] = random.choice(
        (date(2015, 5, 10), *(add_months(left, -12 * age) for age in (14, 16, 16, 17)))
    )
    one.rows["ssd_cla_episodes"], one.rows["ssd_legal_status"] = [], []
    one.in_care(start).left(random.choice(("E4A", "E4B", "E8", "E11")), left)
    one.legal("V2", start, random.choice((None, left, start + timedelta(days=10))))
    one.legal("V2", start + timedelta(days=random.choice((10, 11, 12))))
    if random.random() < 0.6:
        one.review(left + timedelta(days=random.choice((-43, -42, -1, 0, 1))))
    for kind in ("CEASE_UNDER_16", "CEASE_16_17"):
        decided = left + timedelta(days=random.choice((-30, -5, 0, 0, 1, 5)))
        by = random.choice(("", "", "", "Head of Service"))
        one.approval(kind, asked=random.choice((None, start, decided)), decided=random.choice((None, decided, decided)), by=by)
    # Drawn apart, so that all else is as it was.
    if (apart := Random(f"{one.identifier} {left}")).random() < 0.4:
        one.pathway_plan(left + timedelta(days=apart.choice((-43, -42, -10, 0, 1))))
    for kind in ("RISK_ASSESSMENT", "CIN_PLAN_STARTED", "CAFAS_COMPLETED"):
        one.event(kind, left + timedelta(days=random.choice((-29, -28, 0, 1, 2, 13, 14, 15, 20, 21, 22, 23))))


def make_salford_child(random: Random, identifier: str, timeline: Timeline) -> Child:
    one = SalfordChild(identifier, None, None)
    one.rows = make_child(random, identifier, timeline).rows
    add_meetings_and_events(random, one, timeline)
    add_homes(random, one)
    add_court(random, one, timeline)
    add_approvals(random, one, timeline)
    add_endings(random, one, timeline)
    if random.random() < 0.35:
        add_leaver(random, one, timeline)
    return one


def make_case(random: Random) -> GeneratedCase:
    """A night's records, the days to report (days of the timeline, limits after them, a day to either side), settings."""
    timeline = make_timeline(random)
    names = random.choice((("1",), ("9", "10"), ("A", "b", "C", "D")))
    night = records(*(make_salford_child(random, name, timeline) for name in names))
    return night, sorted({near(random, timeline) for _ in range(random.randint(1, 5))}), SETTINGS


def generated_cases() -> st.SearchStrategy[GeneratedCase]:
    """Generated cases for hypothesis."""
    return st.randoms(use_true_random=False).map(make_case)
