"""Papers round a child's planning: documents and who was told, families, and brothers and sisters.

Everything here is drawn by chances of its own, so that the rest of a life does not depend on it.
"""

from __future__ import annotations

from random import Random

from .approvals import add_approval
from .careers import Career, Period
from .chance import BRITISH, ISO, ON_OR_AFTER, ON_OR_BEFORE, between, birthday, lag
from .placements import OWN_AUTHORITY, Placement, stays
from .record import Record

ROLES_ALERTED = ("SERVICE_MANAGER", "HEAD_CLA", "HEAD_ADOPTION_FOSTERING", "IRO")
# Brothers and sisters who were assessed, and not decided on, not countersigned, or by another role: of all, and of those to be adopted.
ASSESSED, UNDECIDED, UNSIGNED, SIGNED_BY_ANOTHER = (0.8, 0.95), (0.15, 0.05), (0.15, 0.08), (0.1, 0.04)
DISCUSSED = 0.75  # of those to live apart, whose care planning meeting was held
NOT_ASSESSED_AGAIN = 0.07  # assessments that nobody looks at again
REFERRED_TO_PANEL = (
    0.85  # children who have moved so often, or wait so long for adopters, that the resources panel is to look at them
)
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
    record: Record,
    career: Career,
    period: Period,
    homes: list[Placement],
    reviews: list[int],
    planning: list[int],
    fostering: int,
) -> None:
    """The papers of one period of care. ``reviews``, ``planning``: days on which a review, a planning meeting was held; ``fostering``:
    since when long-term fostering was in the plan, 0 for never."""
    rng = Random(f"papers {record.person} {period.entered}")
    _of_planning_meetings(record, rng, period, reviews, planning)
    _of_reviews(record, rng, reviews)
    _of_the_court(record, rng, period)
    _of_adoption(record, rng, period)
    _of_family_finding(record, rng, period, homes, fostering)
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
        waiting = period.concluded + 183
        if (not period.matched or period.matched > waiting) and rng.random() < REFERRED_TO_PANEL:
            _meeting(record, rng, "PARP", waiting + between(rng, 5, 50))
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


def _of_family_finding(record: Record, rng: Random, period: Period, homes: list[Placement], fostering: int) -> None:
    """The papers of each wait for a home that is to last: since it is in the plan, or since the end of such a home."""
    if not fostering:
        return
    since = fostering
    for home in homes:
        if home.kind in ("U1", "U4"):
            _of_wait(record, rng, since, home.start)
            since = max(home.end, fostering)
    _of_wait(record, rng, since, period.left)


def _of_wait(record: Record, rng: Random, since: int, until: int) -> None:
    """The referral and the questionnaire, sent again where the wait is longer than what is exported; profiles of the last months."""
    since = max(since, record.oldest) + between(rng, 5, 50)
    if since >= min(until, record.as_at):
        return
    _document(record, rng, "LTF_REFERRAL", since)
    _document(record, rng, "CARER_QUESTIONNAIRE", since + between(rng, 5, 40))
    day = max(since, record.as_at - 90)
    while day < min(until, record.as_at):
        _document(record, rng, "PROFILE", day, to="FOSTERING_TEAMS")
        day += between(rng, 14, 21)


def _of_moves(record: Record, rng: Random, career: Career, homes: list[Placement]) -> None:
    moves = [stay[0].start for stay in stays(homes)[1:]]
    if len(moves) >= 3 and moves[2] < birthday(career.born, 12):
        for role in ROLES_ALERTED:
            _document(record, rng, "ALERT", moves[2] + between(rng, 0, 14), moves[2], role)
        if rng.random() < REFERRED_TO_PANEL:
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
    """Assessments of the children together or apart, about once a year: countersigned for most, each with the day of its review."""
    of = int(period.decided > 0)
    until = min(period.left, record.as_at)
    day = period.entered + between(rng, 30, 240)
    if of:
        day = max(period.entered + 20, min(day, period.decided - between(rng, 10, 60)))
    if rng.random() >= ASSESSED[of]:
        return
    decided = "TOGETHER" if record.together == record.siblings else "APART"
    outcome = "OPEN" if rng.random() < UNDECIDED[of] else decided
    while (assessed := ON_OR_AFTER[day]) <= until:
        if assessed > record.oldest:
            _assessed(record, rng, assessed, outcome, UNSIGNED[of], SIGNED_BY_ANOTHER[of])
            if outcome == "APART" and rng.random() < DISCUSSED:
                _meeting(record, rng, "CARE_PLANNING", assessed + between(rng, 5, 40))
        if rng.random() < NOT_ASSESSED_AGAIN:
            return
        outcome = outcome if rng.random() < 0.5 else decided
        day += between(rng, 290, 400)


def _assessed(record: Record, rng: Random, assessed: int, outcome: str, unsigned: float, by_another: float) -> None:
    signed = ON_OR_AFTER[assessed + between(rng, 2, 30)] if outcome != "OPEN" and rng.random() >= unsigned else 0
    by = ("Team manager" if rng.random() < by_another else "Service manager") if signed else ""
    values = [record.identifier(), record.person, "", outcome, by, "", ISO[assessed + 365]]
    stages = [
        ("assessed_date", assessed, ISO[assessed], lag(rng)),
        ("countersigned_date", signed, ISO[signed] if signed else "", lag(rng)),
    ]
    record.stages("local_sibling_assessments", values, stages)
    if rng.random() < 0.3:
        _meeting(record, rng, "SIBLING_MEETING", assessed + between(rng, 5, 60))


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
