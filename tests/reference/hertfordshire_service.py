"""The rules of Hertfordshire's service level, read off a child on a day."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference import siblings
from tests.reference.adoption_considered import never_considered
from tests.reference.days import Records, add_months, by_day, rows_of, whole_years, within
from tests.reference.hertfordshire_facts import (
    Followed,
    agency_decision,
    booked,
    first_planning_meeting,
    followed,
    in_proceedings_for_review,
    is_adopted,
    long_term_match_date,
    meetings,
    open_options,
    pre_proceedings,
    proceedings,
    second_review,
    third_move,
)
from tests.reference.hertfordshire_papers import MEASURES_IN_CARE, MILESTONES_FOLLOWED, MILESTONES_IN_CARE, awaiting_match
from tests.reference.placements import ADOPTIVE, EARLY_PERMANENCE
from tests.reference.salford_facts import earlier_care_ended, left_care, long_term_placement_since
from tests.reference.south_east import second_review_due
from tests.reference.south_east_meetings import standing
from tests.reference.terms import ChildOnDay, spine

Clock = tuple[date, str] | None
MILESTONES = ("second_review", "ppm_before_second_review", *MILESTONES_IN_CARE, *MILESTONES_FOLLOWED)
WEEK = timedelta(weeks=1)
TO_BE_ALERTED = {
    "SERVICE_MANAGER": "service manager",
    "HEAD_ADOPTION_FOSTERING": "head of adoption and fostering",
    "HEAD_CLA": "head of children looked after",
    "IRO": "independent reviewing officer",
}
STAGES = ("court_application_date", "panel_date", "assessment_start_date", "viability_date", "referral_date")
TO_PERMANENCE = {
    **dict.fromkeys(("E11", "E12"), "adopted"),
    **dict.fromkeys(("E43", "E44", "E45", "E46", "E47", "E48"), "special guardianship"),
    "E41": "child arrangements",
}
STAGE_NAMES = ("court", "panel", "assessment", "viability", "referral")


def weekly_no_ppm(records: Records, child: ChildOnDay) -> Clock:
    entry = child.entered_care
    in_population = (
        add_months(entry, 18) > child.as_at
        and add_months(entry, 4) < child.as_at
        and child.age_at_entry is not None
        and child.age_at_entry < 15
    )
    if not in_population or first_planning_meeting(records, child):
        return None
    return entry, booked(records, child)


def ppm_10_weeks(records: Records, child: ChildOnDay) -> Clock:
    if child.age is None or child.age >= 12 or first_planning_meeting(records, child):
        return None
    return child.entered_care, booked(records, child)


def placement_order_review(records: Records, child: ChildOnDay) -> Clock:
    if child.placement_order_since is None:
        return None
    reviewed = child.last_review_date is not None and child.last_review_date >= child.placement_order_since
    words = "reviewed since the order" if reviewed else "not reviewed since the order"
    return max(child.placement_order_since, child.last_review_date or date.min), words


def placement_order_not_matched(records: Records, child: ChildOnDay) -> Clock:
    if child.placement_order_since is None or child.matched_for_adoption or child.placement_type in ADOPTIVE:
        return None
    words = "early permanence" if child.placement_type in EARLY_PERMANENCE else "not matched"
    if not child.placement_type:
        words += "; placement not known"
    kinds = ("HOS_REVIEW", "PLACEMENT_ORDER_REFERRAL")
    referred = meetings(records, child.child_id, kinds, child.placement_order_since, child.as_at)
    if "local_meetings" not in records:
        return child.placement_order_since, f"{words}; referral not supplied"
    words += f"; referred to the head of service on {max(referred):%d/%m/%Y}" if referred else "; not referred"
    return child.placement_order_since, words


def three_moves(records: Records, child: ChildOnDay) -> Clock:
    if child.age is None or child.age >= 12 or child.placement_moves < 3:
        return None
    move = third_move(records, child)
    if "local_documents" not in records:
        return move, f"{child.placement_moves} moves; alerts not supplied"
    told = {
        row["sent_to"]
        for row in rows_of(records, "local_documents")
        if row["person_id"] == child.child_id and row["document_type"] == "ALERT" and within(move, row["sent_date"], child.as_at)
    }
    alerted = ", ".join(title for role, title in TO_BE_ALERTED.items() if role in told)
    not_alerted = ", ".join(title for role, title in TO_BE_ALERTED.items() if role not in told)
    if not alerted:
        return move, f"{child.placement_moves} moves; nobody alerted since the move"
    words = f"alerted: {alerted}; not alerted: {not_alerted}" if not_alerted else f"all alerted: {alerted}"
    return move, f"{child.placement_moves} moves; {words}"


def awaiting_ratification(records: Records, child: ChildOnDay) -> Clock:
    """From 14, in a long-term placement or matched, the plan can be ratified at a review, and has not been."""
    if "long_term_fostering" not in child.options or child.age is None or child.age < 14 or child.long_term_ratified:
        return None
    placed = long_term_placement_since(records, child)
    settled = placed is not None
    if not settled and not child.long_term_match:
        return None
    [born] = [row["pers_dob"] for row in rows_of(records, "ssd_person") if row["pers_person_id"] == child.child_id]
    fourteen = add_months(born, 14 * 12)
    if whole_years(born, fourteen) < 14:
        fourteen += timedelta(days=1)
    days = [fourteen, child.entered_care]
    if placed is not None:
        days.append(placed)
    if child.long_term_match:
        days.append(long_term_match_date(records, child))
        return max(days), "in a long-term placement, matched" if settled else "matched, not in a long-term placement"
    return max(days), "in a long-term placement, not matched"


def after_agency_decision(records: Records, child: ChildOnDay) -> Clock:
    whom = Followed(child.child_id, child.as_at, child.age, child.entered_care, child)
    decided = agency_decision(records, whom)
    if decided is None or is_adopted(records, child):
        return None
    if child.placement_type in ADOPTIVE:
        return decided, "placed for adoption"
    if child.matched_for_adoption:
        return decided, "matched, awaiting the move"
    if child.placement_type in EARLY_PERMANENCE:
        return decided, "early permanence, not matched"
    return decided, "placement order, family finding" if child.placement_order_since else "no placement order yet"


def connected_assessment(records: Records, child: Followed) -> Clock:
    options = [
        row
        for row in open_options(records, child, ("CONNECTED_PERSON", "SGO", "CAO"))
        if by_day(row["referral_date"], child.as_at)
    ]
    if not options:
        return None
    reached = [min(place for place, column in enumerate(STAGES) if by_day(row[column], child.as_at)) for row in options]
    words = STAGE_NAMES[min(reached)]
    if any(add_months(_last_step(row, child.as_at), 6) < child.as_at for row in options):
        words += "; no step for more than 6 months: delay, or a record to close"
    return min(row["referral_date"] for row in options), words


def _last_step(option: dict, day: date) -> date:
    """The last day by the day on which anything was done for an option."""
    return max(option[column] for column in (*STAGES, "assessment_end_date") if by_day(option[column], day))


def before_agency_decision(records: Records, child: Followed) -> Clock:
    if agency_decision(records, child):
        return None
    assessed = [
        min(day for day in (row["referral_date"], row["assessment_start_date"]) if day)
        for row in open_options(records, child, ("ADOPTION",))
        if row["referral_date"] or row["assessment_start_date"]
    ]
    reasons = [(day, "adoption option being assessed") for day in assessed if day <= child.as_at]
    if child.in_care and "adoption" in child.in_care.options:
        reasons.append((child.in_care.option_since["adoption"], "adoption in the plan"))
    if child.age is not None and child.age < 8:
        before = earlier_care_ended(records, child.child_id, child.entered_care) if child.entered_care else date.min
        held = meetings(records, child.child_id, ("LEGAL_PLANNING",), date.min, child.as_at)
        reasons += [(day, "legal planning meeting held") for day in held if day > before]
    return (min(day for day, _ in reasons), reasons[0][1]) if reasons else None


def on_the_way(stage):
    def reading(records: Records, child: Followed) -> Clock:
        begun = stage(records, child.child_id, child.as_at)
        return (min(begun), "in care" if child.in_care else "not in care") if begun else None

    return reading


def adoption_not_considered(records: Records, child: ChildOnDay) -> Clock:
    return never_considered(records, child, 0, 10)


OF_CHILDREN_IN_CARE = {
    "weekly_no_ppm": weekly_no_ppm,
    "ppm_10_weeks": ppm_10_weeks,
    "adoption_not_considered": adoption_not_considered,
    "placement_order_review_3m": placement_order_review,
    "placement_order_6m": placement_order_not_matched,
    "three_moves_under_12": three_moves,
    "ltf_awaiting_match": awaiting_match,
    "ltf_awaiting_ratification": awaiting_ratification,
    "post_adm": after_agency_decision,
    **MEASURES_IN_CARE,
}
OF_CHILDREN_FOLLOWED = {
    "connected_assessment_open": connected_assessment,
    "pre_adm": before_agency_decision,
    "pre_proceedings": on_the_way(pre_proceedings),
    "proceedings": on_the_way(proceedings),
}
OF_BROTHERS_AND_SISTERS = {
    "siblings_apart_unassessed": siblings.apart_unassessed,
    "sibling_assessment_due": siblings.assessment_due,
    "adoption_siblings_undecided": siblings.adoption_undecided,
}
MEASURES = (*OF_CHILDREN_IN_CARE, *OF_CHILDREN_FOLLOWED, *OF_BROTHERS_AND_SISTERS, "adopted")


def limit_date(rule: str, since: date) -> date:
    months = {"weekly_no_ppm": 4, "placement_order_review_3m": 3, "placement_order_6m": 6}
    if rule == "profile_sent_3w":
        return since + 3 * WEEK
    return since + 10 * WEEK if rule == "ppm_10_weeks" else add_months(since, months.get(rule, 0))


def rule_list(records: Records, rule: str, day: date, settings) -> dict[str, tuple[date, date, int, str]]:
    """{child: (since, limit date, days over, detail)} of the children at or over the rule's limit."""
    if rule in OF_CHILDREN_IN_CARE:
        asked = spine(records, day, settings)
        clocks = {child: OF_CHILDREN_IN_CARE[rule](records, terms) for child, terms in asked.items()}
    elif rule in OF_BROTHERS_AND_SISTERS:
        asked = spine(records, day, settings)
        clocks = {child: OF_BROTHERS_AND_SISTERS[rule](records, terms, asked) for child, terms in asked.items()}
    elif rule in OF_CHILDREN_FOLLOWED:
        clocks = {child.child_id: OF_CHILDREN_FOLLOWED[rule](records, child) for child in followed(records, day, settings)}
    else:
        left = left_care(records, day, settings, months=12)
        clocks = {child: (how.left_date, TO_PERMANENCE[how.reason]) for child, how in left.items() if how.reason in TO_PERMANENCE}
    found = {}
    for child, clock in clocks.items():
        if clock is not None:
            limit = limit_date(rule, clock[0])
            # "No more than 10 weeks", "more than 4 months": on the very day it is not yet more.
            if limit < day or (limit == day and rule not in ("weekly_no_ppm", "ppm_10_weeks", "profile_sent_3w")):
                found[child] = (clock[0], limit, (day - limit).days, clock[1])
    return found


def milestones(records: Records, rule: str, day: date, settings) -> dict[str, tuple]:
    """{child: (since, due, done, state, detail)} for the rules with due dates."""
    found = {}
    if rule in MILESTONES_IN_CARE:
        dues = {name: MILESTONES_IN_CARE[rule](records, child) for name, child in spine(records, day, settings).items()}
    elif rule in MILESTONES_FOLLOWED:
        dues = {child.child_id: MILESTONES_FOLLOWED[rule](records, child) for child in followed(records, day, settings)}
    else:
        dues = {}
    for name, of_child in dues.items():
        if of_child:
            one = standing(of_child)
            found[name] = (one.since, one.due, one.done, one.state(day), one.detail)
    if rule in (*MILESTONES_IN_CARE, *MILESTONES_FOLLOWED):
        return found
    for name, child in spine(records, day, settings).items():
        in_court, held = in_proceedings_for_review(records, child), second_review(records, child)
        due = child.entered_care + (14 if in_court else 16) * WEEK
        done, words = held, "in care proceedings" if in_court else "not in care proceedings"
        if rule == "ppm_before_second_review":
            if child.age is None or child.age >= 12:
                continue
            booked = second_review_due(records, child)
            if booked is not None and booked >= day:
                due = min(due, booked)
            due = (held or due) - 2 * WEEK
            done, words = first_planning_meeting(records, child), "second review held" if held else "second review to come"
        found[name] = (child.entered_care, due, done, _state(due, done, day), words)
    return found


def _state(due: date, done: date | None, day: date) -> str:
    if done is not None:
        return "done in time" if done <= due else "done late"
    return "overdue" if due <= day else "due"
