"""Hertfordshire's papers round reviews, court and family finding, who looks at drift; read off a child on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.reference.days import Records, add_months, by_day, rows_of, within
from tests.reference.hertfordshire_facts import Followed, agency_decision, family_finding, meetings, proceedings, third_move
from tests.reference.orders import ONE_DAY
from tests.reference.placements import ADOPTIVE, LONG_TERM_FOSTER
from tests.reference.plans import plans_that_count, spans
from tests.reference.salford_facts import ENGLAND, working_days_after
from tests.reference.south_east import second_review_due
from tests.reference.south_east_meetings import Due
from tests.reference.south_east_terms import proceedings_in_force, reviews_held
from tests.reference.terms import ChildOnDay, episode_on

Clock = tuple[date, str] | None


def working_days_before(day: date, count: int) -> date:
    """Step back from a day until so many working days have been passed."""
    while count:
        day -= ONE_DAY
        if day.weekday() < 5 and day not in ENGLAND:
            count -= 1
    return day


def documents(records: Records, child: str, kind: str, earliest: date, day: date, to: str | None = None) -> list[dict]:
    """The documents of a kind that were sent between two days, both included."""
    return [
        row
        for row in rows_of(records, "local_documents")
        if row["person_id"] == child
        and row["document_type"] == kind
        and (to is None or row["sent_to"] == to)
        and within(earliest, row["sent_date"], day)
    ]


def first_sent(rows: list[dict], meeting: date | None = None) -> date | None:
    """The first day on which one of them was sent; of a meeting: those that are not about something before it."""
    return min(
        (row["sent_date"] for row in rows if meeting is None or row["about_date"] is None or row["about_date"] >= meeting),
        default=None,
    )


def plan_updated(records: Records, child: ChildOnDay) -> list[Due]:
    reviews = reviews_held(records, child)
    if not reviews:
        return []
    plans = spans(plans_that_count(records, child.child_id, child.entered_care, date.max))
    updates = [plan.start for plan in plans if plan.options and reviews[0] <= plan.start <= child.as_at]
    return [Due(reviews[0], reviews[0] + timedelta(days=28), min(updates, default=None), None)]


def before_second_review(
    kind: str, to: str, days: int, working_days: int, weeks_before_entry: int = 0
) -> Callable[[Records, ChildOnDay], list[Due]]:
    def reading(records: Records, child: ChildOnDay) -> list[Due]:
        reviews = reviews_held(records, child)
        until = reviews[1] if len(reviews) > 1 else child.as_at
        met = meetings(records, child.child_id, ("PPM",), child.entered_care - timedelta(weeks=weeks_before_entry), until)
        if not met:
            return []
        review = second_review_due(records, child)
        due = None
        if review is not None:
            due = working_days_before(review, working_days) if working_days else review - timedelta(days=days)
        # The review looks at the plan of the last meeting whose papers could be there in time; where none could, of the first.
        meeting = max((day for day in met if due is None or day <= due), default=min(met))
        done = first_sent(documents(records, child.child_id, kind, meeting, child.as_at, to), meeting)
        return [Due(meeting, due, done, "second review held" if len(reviews) > 1 else "second review to come")]

    return reading


def after_meeting(kind: str, to: str | None) -> Callable[[Records, ChildOnDay], list[Due]]:
    def reading(records: Records, child: ChildOnDay) -> list[Due]:
        if "adoption" not in child.options:
            return []
        earliest = max(child.entered_care, child.option_since["adoption"] - timedelta(days=28))
        return [
            Due(
                meeting,
                working_days_after(meeting, 5),
                first_sent(documents(records, child.child_id, kind, meeting, child.as_at, to), meeting),
                f"meeting of {meeting:%d/%m/%Y}",
            )
            for meeting in set(meetings(records, child.child_id, ("PPM",), earliest, child.as_at))
        ]

    return reading


def review_after_meeting(records: Records, child: ChildOnDay) -> list[Due]:
    """Within three weeks of each planning meeting since adoption has been in the plan, and of those that led to it."""
    if "adoption" not in child.options:
        return []
    earliest = max(child.entered_care, child.option_since["adoption"] - timedelta(days=28))
    reviews = reviews_held(records, child)
    return [
        Due(
            met,
            met + timedelta(weeks=3),
            min((review for review in reviews if review >= met), default=None),
            f"meeting of {met:%d/%m/%Y}",
        )
        for met in set(meetings(records, child.child_id, ("PPM",), earliest, child.as_at))
    ]


def before_final_hearing(records: Records, child: ChildOnDay) -> list[Due]:
    court = proceedings_in_force(records, child)
    if court is None or court["final_hearing_date"] is None:
        return []
    hearing, period = court["final_hearing_date"], episode_on(records, child.child_id, child.as_at)["clae_cla_id"]
    days = [
        row["clar_cla_review_date"] if by_day(row["clar_cla_review_date"], child.as_at) else row["clar_cla_review_due_date"]
        for row in rows_of(records, "ssd_cla_reviews")
        if period is not None and row["clar_cla_id"] == period and not row["clar_cla_review_cancelled"]
    ]
    known = [day for day in days if day is not None and day < hearing]
    if hearing > child.as_at:
        # Six months or more before a hearing still to come it is not the last: another review falls due before the hearing.
        known = [day for day in known if day > child.as_at or add_months(day, 6) > hearing]
    review = max(known, default=None)
    earlier = [day for day in reviews_held(records, child) if review is None or day < review]
    start = max(earlier) + ONE_DAY if earlier else child.entered_care
    done = min(meetings(records, child.child_id, ("PPM", "PPD"), start, child.as_at), default=None)
    which = f"review before it on {review:%d/%m/%Y}" if review else "no review recorded before it yet"
    return [Due(start, review and working_days_before(review, 10), done, f"final hearing on {hearing:%d/%m/%Y}; {which}")]


def permanence_report(records: Records, child: ChildOnDay) -> list[Due]:
    whom = Followed(child.child_id, child.as_at, child.age, child.entered_care, child)
    decided = agency_decision(records, whom)
    if decided is None:
        return []
    written = documents(records, child.child_id, "CHILD_PERMANENCE_REPORT", child.entered_care, child.as_at)
    return [Due(decided, decided, first_sent(written), None)]


def in_proceedings_not_looked_after(records: Records, child: Followed) -> list[Due]:
    if child.in_care:
        return []
    return [
        Due(
            issued,
            issued + timedelta(weeks=14),
            min(meetings(records, child.child_id, ("PPM",), issued, child.as_at), default=None),
            None,
        )
        for issued in proceedings(records, child.child_id, child.as_at)
    ]


def life_story_work(records: Records, child: ChildOnDay) -> Clock:
    if not child.options or {"return_home", "supported_at_home"} & set(child.options):
        return None
    if documents(records, child.child_id, "LIFE_STORY_WORK", date.min, child.as_at):
        return None
    return min(child.option_since.values()), child.plan_shown


def awaiting_long_term_match(records: Records, child: ChildOnDay) -> tuple[date, bool] | None:
    """Since when a child has waited for long-term carers, and whether family finding is under way."""
    if "long_term_fostering" not in child.options or child.long_term_match:
        return None
    if child.age is not None and child.age >= 14 and child.placement_type in LONG_TERM_FOSTER:
        return None
    finding = family_finding(records, child)
    return min([child.option_since["long_term_fostering"], *finding]), bool(finding)


def awaiting_match(records: Records, child: ChildOnDay) -> Clock:
    waiting = awaiting_long_term_match(records, child)
    return waiting and (waiting[0], "family finding under way" if waiting[1] else "family finding not started")


def paper_missing(kind: str) -> Callable[[Records, ChildOnDay], Clock]:
    def reading(records: Records, child: ChildOnDay) -> Clock:
        there = documents(records, child.child_id, kind, child.entered_care, child.as_at)
        return None if there else awaiting_match(records, child)

    return reading


def profile_not_sent(records: Records, child: ChildOnDay) -> Clock:
    waiting = awaiting_long_term_match(records, child)
    if waiting is None:
        return None
    sent = [row["sent_date"] for row in documents(records, child.child_id, "PROFILE", waiting[0], child.as_at, "FOSTERING_TEAMS")]
    return (max(sent), "since the last profile") if sent else (waiting[0], "no profile sent")


def drift(records: Records, child: ChildOnDay) -> list[tuple[date, str]]:
    """The guidance's signs of drift: three moves under 12, and a placement order for six months with no match."""
    reasons = []
    if child.age is not None and child.age < 12 and child.placement_moves >= 3:
        reasons.append((third_move(records, child), f"{child.placement_moves} moves"))
    unmatched = child.placement_order_since and not child.matched_for_adoption and child.placement_type not in ADOPTIVE
    if unmatched and (six_months := add_months(child.placement_order_since, 6)) <= child.as_at:
        reasons.append((six_months, "placement order for 6 months, not matched"))
    return sorted(reasons)


def not_before_the_panel(records: Records, child: ChildOnDay) -> Clock:
    open_ones = [
        (day, what) for day, what in drift(records, child) if not meetings(records, child.child_id, ("PARP",), day, child.as_at)
    ]
    return (open_ones[0][0], "; ".join(what for _, what in open_ones)) if open_ones else None


MILESTONES_IN_CARE = {
    "plan_updated_28d": plan_updated,
    "ppm_minutes_to_iro_5wd": before_second_review("PPM_MINUTES", "IRO", 0, 5),
    "ppm_summary_to_iro_5wd": before_second_review("PPM_SUMMARY", "IRO", 0, 5),
    "ppm_summary_to_parents_5d": before_second_review("PPM_SUMMARY", "PARENTS", 5, 0),
    "adoption_advice_5wd": after_meeting("ADOPTION_ADVICE", "IRO"),
    "summary_to_independent_review_5wd": after_meeting("PPM_SUMMARY", "HEAD_INDEPENDENT_REVIEW"),
    "review_after_ppm_3w": review_after_meeting,
    "ppm_before_final_hearing_review_10wd": before_final_hearing,
    "permanence_report_before_adm": permanence_report,
}
MILESTONES_FOLLOWED = {"ppm_14w_in_proceedings": in_proceedings_not_looked_after}
MEASURES_IN_CARE = {
    "life_story_work": life_story_work,
    "ltf_referral_missing": paper_missing("LTF_REFERRAL"),
    "carer_questionnaire_missing": paper_missing("CARER_QUESTIONNAIRE"),
    "profile_sent_3w": profile_not_sent,
    "parp_referred": not_before_the_panel,
}
