"""Papers round a child's planning: documents and who was told, families, brothers and sisters, gateways, and children not yet born.

Everything here is drawn by chances of its own, so that the rest of a life does not depend on it.
"""

from __future__ import annotations

from random import Random

from .approvals import add_approval
from .careers import Career, Period
from .chance import BRITISH, ISO, ON_OR_AFTER, ON_OR_BEFORE, between, birthday, lag
from .placements import OWN_AUTHORITY, Placement, stays
from .proceedings import add_pre_proceedings
from .record import Record

ROLES_ALERTED = ("SERVICE_MANAGER", "HEAD_CLA", "HEAD_ADOPTION_FOSTERING", "IRO")
ASSESSED, DISCUSSED = (
    0.8,
    0.75,
)  # brothers and sisters who were assessed; those to live apart whose care planning meeting was held
FORGOTTEN = 0.12  # papers that were never sent
LIFE_STORY = 0.97  # children to live apart from their parents for whom the work is begun, save what is forgotten


def _document(record: Record, rng: Random, kind: str, sent: int, about: int = 0, to: str = "", answered: int = 0) -> None:
    """One document, unless it was forgotten, is too old to be exported, or has not been sent yet."""
    if rng.random() < FORGOTTEN or not record.oldest <= sent <= record.as_at:
        return
    sent = min(ON_OR_AFTER[sent], record.as_at)
    values = [record.identifier(), record.person, kind, ISO[about] if about else "", "", to, ""]
    stages = [("sent_date", sent, ISO[sent], lag(rng)), ("answered_date", answered, ISO[answered] if answered else "", lag(rng))]
    record.stages("local_documents", values, stages)


def _meeting(record: Record, rng: Random, kind: str, day: int, status: str = "held") -> None:
    day = ON_OR_BEFORE[day]
    if record.oldest <= day <= record.as_at:
        record.add("local_meetings", day + lag(rng), [record.identifier(), record.person, kind, BRITISH[day], status, "", ""])


def add_papers(
    record: Record, career: Career, period: Period, homes: list[Placement], reviews: list[int], planning: list[int]
) -> None:
    """The papers of one period of care. ``reviews``, ``planning``: days on which a review, a planning meeting was held."""
    rng = Random(f"papers {record.person} {period.entered}")
    _of_planning_meetings(record, rng, period, reviews, planning)
    _of_reviews(record, rng, reviews)
    _of_the_court(record, rng, period)
    _of_adoption(record, rng, period)
    _of_family_finding(record, rng, period, homes)
    _of_moves(record, rng, career, homes)
    _of_leaving(record, rng, career, period)
    _of_panels(record, period, homes)
    if record.siblings:
        _sibling_assessment(record, rng, period)


def _of_planning_meetings(record: Record, rng: Random, period: Period, reviews: list[int], planning: list[int]) -> None:
    second = reviews[1] if len(reviews) > 1 else 0
    for day in planning:
        _document(record, rng, "PPM_MINUTES", day + between(rng, 2, 12), second if second >= day else day, "IRO")
        _document(record, rng, "PPM_SUMMARY", day + between(rng, 1, 9), day, "IRO")
        _document(record, rng, "PPM_SUMMARY", day + between(rng, 1, 9), day, "PARENTS")
        _document(record, rng, "PPM_SUMMARY", day + between(rng, 1, 9), day, "HEAD_INDEPENDENT_REVIEW")
        if period.track in ("adoption", "reversed"):
            _document(record, rng, "ADOPTION_ADVICE", day + between(rng, 1, 9), day, "IRO")
    own = Random(f"life story {record.person} {period.entered}")
    if planning and period.track != "home" and own.random() < LIFE_STORY:
        _document(record, own, "LIFE_STORY_WORK", planning[0] + between(own, 10, 120))


def _of_reviews(record: Record, rng: Random, reviews: list[int]) -> None:
    for day in reviews:
        _document(record, rng, "REVIEW_REPORT", day + between(rng, 6, 34), day)
        _document(record, rng, "PLAN_ENDORSED_BY_IRO", day + between(rng, 0, 10), day)


def _of_the_court(record: Record, rng: Random, period: Period) -> None:
    if not period.issued:
        return
    _document(record, rng, "FINAL_EVIDENCE_TO_IRO", period.evidence - between(rng, -2, 14), period.evidence, "IRO")


def _of_adoption(record: Record, rng: Random, period: Period) -> None:
    if period.decided:
        _document(record, rng, "CHILD_PERMANENCE_REPORT", period.decided - between(rng, 2, 25), period.decided)
    if period.placed and period.track == "adoption":
        _document(record, rng, "CHILDS_GUIDE", period.placed + between(rng, -12, 3), period.placed)
    if period.reason in ("E11", "E12") and period.left <= record.as_at:
        ceremony = ON_OR_AFTER[period.left + between(rng, 10, 70)]
        if rng.random() < 0.7 and record.oldest <= ceremony <= record.as_at:
            record.add(
                "local_events", ceremony + lag(rng), [record.identifier(), record.person, "ADOPTION_CEREMONY", ISO[ceremony], ""]
            )
        _document(record, rng, "LIFE_STORY_BOOK", ceremony + between(rng, 0, 24), ceremony, "ADOPTERS")
        _document(record, rng, "LATER_LIFE_LETTER", ceremony + between(rng, 0, 18), ceremony, "ADOPTERS")


def _of_family_finding(record: Record, rng: Random, period: Period, homes: list[Placement]) -> None:
    if period.track not in ("fostering", "kinship", "reversed"):
        return
    settled = next((home.start for home in homes if home.kind in ("U1", "U4")), 0)
    finding = ON_OR_AFTER[(period.concluded or period.entered + 200) + between(rng, 10, 60)]
    _document(record, rng, "LTF_REFERRAL", finding)
    if settled:
        _document(record, rng, "CARER_QUESTIONNAIRE", max(finding, settled - between(rng, 5, 40)))
    until = min(settled or period.left, record.as_at)
    day = max(finding, record.as_at - 120)
    while day < until:
        _document(record, rng, "PROFILE", day, to="FOSTERING_TEAMS")
        day += between(rng, 14, 30)


def _of_moves(record: Record, rng: Random, career: Career, homes: list[Placement]) -> None:
    moves = [stay[0].start for stay in stays(homes)[1:]]
    if len(moves) >= 3 and moves[2] < birthday(career.born, 12):
        for role in ROLES_ALERTED:
            _document(record, rng, "ALERT", moves[2] + between(rng, 0, 14), moves[2], role)
        if rng.random() < 0.6:
            _meeting(record, rng, "PARP", moves[2] + between(rng, 5, 40))


def _of_leaving(record: Record, rng: Random, career: Career, period: Period) -> None:
    """The approval of a planned return home."""
    if period.reason != "E4A" or period.left > record.as_at or rng.random() < 0.2:
        return
    asked, decided = ON_OR_BEFORE[period.left - between(rng, 12, 27)], ON_OR_AFTER[period.left - between(rng, -3, 11)]
    by = "Director of operations" if rng.random() < 0.85 else "Head of service"
    add_approval(record, rng, "RETURN_HOME", asked, decided, by)


def _of_panels(record: Record, period: Period, homes: list[Placement]) -> None:
    """The monitoring group and the placement tracking panel, drawn by chances of their own."""
    rng = Random(f"panels {record.person} {period.entered}")
    day = period.entered + between(rng, 5, 50)
    if rng.random() < FORGOTTEN:
        return
    day = max(day, record.oldest)
    while day < min(period.left, record.as_at):
        _meeting(record, rng, "PMG", ON_OR_AFTER[day])
        day += between(rng, 80, 200)
    for home in homes:
        if home.authority and home.authority != OWN_AUTHORITY and not home.same_carer and rng.random() < 0.92:
            _meeting(record, rng, "PLACEMENT_TRACKING_PANEL", ON_OR_AFTER[home.start + between(rng, -3, 10)])
        elif home.kind == "U3" and rng.random() < 0.8:
            _meeting(record, rng, "PLACEMENT_TRACKING_PANEL", ON_OR_AFTER[home.start + between(rng, 2, 12)])


def _sibling_assessment(record: Record, rng: Random, period: Period) -> None:
    """One assessment of the children together or apart, countersigned for most, and the day by which it is looked at again."""
    assessed = ON_OR_AFTER[period.entered + between(rng, 30, 240)]
    if rng.random() >= ASSESSED or not record.oldest < assessed <= min(period.left, record.as_at):
        return
    outcome = "OPEN" if rng.random() < 0.15 else "TOGETHER" if record.together == record.siblings else "APART"
    signed = ON_OR_AFTER[assessed + between(rng, 2, 30)] if outcome != "OPEN" and rng.random() < 0.85 else 0
    values = [
        record.identifier(),
        record.person,
        "",
        outcome,
        ("Team manager" if rng.random() < 0.1 else "Service manager") if signed else "",
        "",
        ISO[assessed + 365],
    ]
    stages = [
        ("assessed_date", assessed, ISO[assessed], lag(rng)),
        ("countersigned_date", signed, ISO[signed] if signed else "", lag(rng)),
    ]
    record.stages("local_sibling_assessments", values, stages)
    if rng.random() < 0.5:
        _meeting(record, rng, "SIBLING_MEETING", assessed + between(rng, 5, 60))
    if outcome == "APART" and rng.random() < DISCUSSED:
        _meeting(record, rng, "CARE_PLANNING", assessed + between(rng, 5, 40))


def add_family(record: Record) -> None:
    """The child's family and mother, for those of whom the system knows anything but the name."""
    rows = [row for row in record.rows if row.table in ("ssd_cla_episodes", "ssd_pre_proceedings")]
    if not rows:
        return
    recorded = min(row.recorded for row in rows)
    rng = Random(f"family {record.person}")
    record.add("ssd_family", recorded, [record.identifier(), record.family, record.person])
    if rng.random() < 0.95:
        record.add("ssd_mother", recorded, [record.identifier(), f"M{record.family[1:]}", record.person, ""])


def add_unborn(record: Record) -> None:
    """A child who is not born yet: a legal gateway and its reviews, pre-proceedings, or parents who relinquish."""
    rng = Random(f"unborn {record.person}")
    if rng.random() < 0.2:
        day = ON_OR_BEFORE[record.as_at - between(rng, 1, 40)]
        record.add("local_events", day, [record.identifier(), record.person, "RELINQUISHMENT", ISO[day], ""])
        return
    gateway = ON_OR_BEFORE[record.as_at - between(rng, 5, 110)]
    day = gateway
    while day <= record.as_at and (day == gateway or rng.random() < 0.9):
        _meeting(record, rng, "LEGAL_GATEWAY", day)
        day = ON_OR_AFTER[day + between(rng, 30, 50)]
    if rng.random() < 0.8 and not any(row.table == "ssd_pre_proceedings" for row in record.rows):
        add_pre_proceedings(record, rng, gateway, 0, "", gateways=False)
