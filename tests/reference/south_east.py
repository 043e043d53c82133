"""The rules of the practice guidance, read off a child on a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from tests.reference.cheshire_east_facts import is_against
from tests.reference.days import Records, add_months, by_day, by_start_then_identifier, in_force, rows_of, within
from tests.reference.hertfordshire_facts import Followed, agency_decision, followed
from tests.reference.homes import home_with, homes_of
from tests.reference.orders import legal_statuses_on, long_term_matches
from tests.reference.placements import ADOPTIVE, EARLY_PERMANENCE, placement_approved
from tests.reference.plans import plans_that_count, spans
from tests.reference.salford_facts import ONE_DAY, is_one_of
from tests.reference.south_east_meetings import Due, planning_meetings_due, standing
from tests.reference.south_east_terms import (
    FOSTER,
    is_irregular,
    meetings_held,
    meetings_since,
    move_dates,
    moved_in,
    proceedings_in_force,
    reviews_held,
    status_since,
    under_section_20,
    weeks,
)
from tests.reference.terms import ChildOnDay, episode_on, spine

MILESTONES = (
    "ppm_due",
    "head_of_service_weekly",
    "unapproved_review",
    "plan_by_second_review",
    "uasc_plan_by_second_review",
    "final_care_planning",
    "final_care_planning_before_adm",
    "placed_with_parents_ratified",
    "placed_with_parents_review_3m",
    "ppm_before_review",
)
MEASURES = (
    "supervision_of_plan",
    "entry_panel",
    "section_20_12w",
    "parallel_plan",
    "ltf_unratified",
    "trigger_review_ppm",
    "further_review",
    "final_care_planning_review",
    "family_finding_started",
)
LIMIT_IN_WEEKS = {"section_20_12w": 12}


def head_of_service_review(records: Records, child: ChildOnDay) -> Due | None:
    """Every week from the move, while the placement is unregistered."""
    if not is_irregular(records, child, ("UNREGISTERED",)):
        return None
    move = moved_in(records, child)
    held = meetings_held(records, child, "HOS_REVIEW", move)
    words = "last reviewed by the head of service" if held else "not reviewed since the move"
    last = held[-1] if held else move
    return Due(last, last + weeks(1), None, words)


def second_review_due(records: Records, child: ChildOnDay) -> date | None:
    """The day of the second review; until it is held, the day for which the next one is recorded as due."""
    held = reviews_held(records, child)
    if len(held) >= 2:
        return held[1]
    if not held:
        return None
    period = episode_on(records, child.child_id, child.as_at)["clae_cla_id"]
    to_come = [
        row["clar_cla_review_due_date"]
        for row in rows_of(records, "ssd_cla_reviews")
        if row["clar_cla_id"] == period
        and not row["clar_cla_review_cancelled"]
        and not by_day(row["clar_cla_review_date"], child.as_at)
        and row["clar_cla_review_due_date"] is not None
        and row["clar_cla_review_due_date"] > held[0]
    ]
    return min(to_come, default=None)


def plan_by_second_review(records: Records, child: ChildOnDay, days_before: int = 0) -> Due:
    """A plan with an option at the second review, begun so many days before it: one that has ended by then is none to consider."""
    plans = [
        plan
        for plan in spans(plans_that_count(records, child.child_id, child.entered_care, date.max))
        if plan.options and plan.start <= child.as_at
    ]
    held = reviews_held(records, child)
    first = max(plans[0].start, child.entered_care) if plans else None
    if len(held) < 2:
        done = first if child.options else None
    else:
        review, latest = held[1], held[1] - timedelta(days=days_before)
        there = any(plan.start <= latest and (plan.end is None or plan.end >= review) for plan in plans)
        done = first if there else min((plan.start for plan in plans if plan.start > latest), default=None)
    words = ("first review to come", "second review to come", "second review held")[min(len(held), 2)]
    return Due(child.entered_care, second_review_due(records, child), done, words)


def unaccompanied(records: Records, child: ChildOnDay) -> tuple[bool, str | None]:
    """Whether the child is unaccompanied, and the immigration status in force that says so."""
    saying_so = [
        row
        for row in rows_of(records, "ssd_immigration_status")
        if row["immi_person_id"] == child.child_id
        and any(word in (row["immi_immigration_status"] or "").lower() for word in ("uasc", "unaccompanied"))
        and in_force(row["immi_immigration_status_start_date"] or date.min, row["immi_immigration_status_end_date"], child.as_at)
    ]
    if saying_so:
        last = max(
            saying_so,
            key=lambda row: by_start_then_identifier(
                row["immi_immigration_status_start_date"] or date.min, row["immi_immigration_status_id"]
            ),
        )
        return True, last["immi_immigration_status"]
    return episode_on(records, child.child_id, child.as_at)["clae_cla_primary_need_code"] == "N8", None


def unaccompanied_plan(records: Records, child: ChildOnDay) -> Due | None:
    """An unaccompanied child's plan with an option, by the day before the second review; endorsed by the reviewing officer."""
    is_so, status = unaccompanied(records, child)
    if not is_so:
        return None
    plan = plan_by_second_review(records, child, days_before=1)
    endorsed = [
        row["sent_date"]
        for row in rows_of(records, "local_documents")
        if row["person_id"] == child.child_id
        and row["document_type"] == "PLAN_ENDORSED_BY_IRO"
        and within(child.entered_care, row["sent_date"], child.as_at)
    ]
    by = f"endorsed by the reviewing officer on {max(endorsed):%d/%m/%Y}" if endorsed else "not endorsed by the reviewing officer"
    words = f"{status or 'need N8, no such status in force'}; {plan.detail}; {by}"
    return Due(plan.since, plan.due and plan.due - timedelta(days=1), plan.done, words)


def unapproved_review(records: Records, child: ChildOnDay) -> list[Due]:
    """For each approval of the unapproved placement: a review by the day that it sets, after it was given."""
    if not is_irregular(records, child, ("UNAPPROVED",)):
        return []
    approvals = [
        row
        for row in rows_of(records, "local_approvals")
        if row["person_id"] == child.child_id
        and row["approval_type"] == "UNAPPROVED"
        and placement_approved(records, row) == child.placement_id
    ]
    dues = []
    for row in approvals:
        approved = row["decided_date"]
        if row["decision"] != "APPROVED" or not by_day(approved, child.as_at):
            continue
        held = [
            day for kind in ("HOS_REVIEW", "PPM") for day in meetings_held(records, child, kind, approved + timedelta(days=1))
        ]
        words = f"approved on {approved:%d/%m/%Y}" if row["review_by_date"] else "the day of the review is not supplied"
        dues.append(Due(approved, row["review_by_date"], min(held, default=None), words))
    if dues:
        return dues
    noted = [
        min(
            (day for day in (row["requested_date"], row["decided_date"]) if day),
            default=max(child.placement_start, child.entered_care),
        )
        for row in approvals
    ]
    return [Due(max(day for day in noted if day <= child.as_at), None, None, "placement not approved")]


def final_care_planning(records: Records, child: Followed) -> Due | None:
    """A final care planning meeting "in all cases" by the day on which the final evidence is due, or 26 weeks from issue."""
    proceedings = proceedings_in_force(records, child)
    if proceedings is None:
        return None
    issued, evidence = proceedings["issued_date"], proceedings["final_evidence_due_date"]
    held = meetings_since(records, child, "FINAL_CARE_PLANNING", issued)
    words = f"final evidence due on {evidence:%d/%m/%Y}" if evidence else "no day recorded for the final evidence"
    words += "" if child.in_care else "; not in care"
    return Due(issued, evidence or issued + weeks(26), held[0] if held else None, words)


def final_care_planning_before_adm(records: Records, child: ChildOnDay) -> Due | None:
    """A final care planning meeting by the day of the agency decision that adoption is the plan."""
    whom = Followed(child.child_id, child.as_at, child.age, child.entered_care, child)
    decided = agency_decision(records, whom)
    if decided is None:
        return None
    held = meetings_held(records, child, "FINAL_CARE_PLANNING")
    if not held:
        return Due(decided, decided, None, "no final care planning meeting")
    when = "before" if held[0] < decided else "on the day of" if held[0] == decided else "after"
    return Due(decided, decided, held[0], f"held {when} the decision")


def panel_days(records: Records, child: ChildOnDay) -> tuple[list[date], str | None]:
    """The days, from six months before the move to the parents, on which the panel looked at it; who else approved it last."""
    move = moved_in(records, child)
    earliest = add_months(move, -6)
    days = [
        row["meeting_date"]
        for row in rows_of(records, "local_meetings")
        if row["person_id"] == child.child_id
        and row["meeting_type"] == "PERMANENCE_PANEL"
        and row["meeting_status"] in ("HELD", None)
        and within(earliest, row["meeting_date"], child.as_at)
    ]
    homes = homes_of(records, child.child_id)
    others = []
    for row in rows_of(records, "local_approvals"):
        if row["person_id"] != child.child_id or row["approval_type"] != "PLACED_WITH_PARENTS" or row["decision"] != "APPROVED":
            continue
        here = row["placement_id"] is None or (
            home_with(homes, row["placement_id"]) is not None
            and home_with(homes, row["placement_id"]) == home_with(homes, child.placement_id)
        )
        if not here or not within(earliest, row["decided_date"], child.as_at):
            continue
        if is_one_of(row["decided_by"], ("Permanence Panel", "Panel")):
            days.append(row["decided_date"])
        else:
            others.append((row["decided_date"], row["decided_by"] or "somebody not recorded"))
    return sorted(days), max(others)[1] if others else None


def at_home_under_an_order(records: Records, child: ChildOnDay) -> bool:
    return child.placement_type == "P1" and status_since(records, child, ("C1", "C2")) is not None


def placed_with_parents(records: Records, child: ChildOnDay) -> Due | None:
    """Ratified by the Permanence Panel prior to the child returning home under a care order."""
    if not at_home_under_an_order(records, child):
        return None
    move, (days, other) = moved_in(records, child), panel_days(records, child)
    if not days:
        words = f"approved by {other}, not by the Permanence Panel" if other else "not ratified by the Permanence Panel"
        return Due(move, move, None, words)
    when = "before the move" if days[0] < move else "on the day of the move" if days[0] == move else "after the move"
    return Due(move, move, days[0], f"ratified {when}")


def placed_with_parents_review(records: Records, child: ChildOnDay) -> Due | None:
    """Reviewed every three months, from the later of the ratification and the move."""
    if not at_home_under_an_order(records, child):
        return None
    move, (days, _) = moved_in(records, child), panel_days(records, child)
    last = max([move, *days])
    return Due(last, add_months(last, 3), None, "since the last review by the panel" if last > move else "since the move")


def milestone(records: Records, rule: str, child: ChildOnDay) -> Due | None:
    """What stands for a child on a rule with due dates; None for a child whom the rule is not about."""
    if rule == "ppm_due":
        return standing(planning_meetings_due(records, child))
    if rule == "unapproved_review":
        dues = unapproved_review(records, child)
        return standing(dues) if dues else None
    return {
        "head_of_service_weekly": head_of_service_review,
        "plan_by_second_review": plan_by_second_review,
        "uasc_plan_by_second_review": unaccompanied_plan,
        "final_care_planning_before_adm": final_care_planning_before_adm,
        "placed_with_parents_ratified": placed_with_parents,
        "placed_with_parents_review_3m": placed_with_parents_review,
        "ppm_before_review": planning_before_review,
    }[rule](records, child)


def not_in_supervision(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """In care proceedings or unaccompanied: since the last supervision of this period of care."""
    if not child.in_proceedings and not unaccompanied(records, child)[0]:
        return None
    noted = [
        row["note_date"]
        for row in rows_of(records, "local_case_notes")
        if row["person_id"] == child.child_id
        and row["note_type"] == "SUPERVISION"
        and within(child.entered_care, row["note_date"], child.as_at)
    ]
    words = "in care proceedings" if child.in_proceedings else "unaccompanied"
    return (max(noted), words) if noted else (child.entered_care, f"{words}; no supervision recorded")


def never_presented(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """Accommodated, and never presented to the entry to care panel in this period of care."""
    since = under_section_20(records, child)
    if since is None or meetings_held(records, child, "ENTRY_TO_CARE_PANEL"):
        return None
    return since, "never presented to the panel"


def accommodated_without_panel(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """Accommodated, with no entry to care panel from the twelfth week on."""
    since = under_section_20(records, child)
    if since is None:
        return None
    held = meetings_held(records, child, "ENTRY_TO_CARE_PANEL", since)
    if any(day >= since + weeks(11) for day in held):
        return None
    return since, "entry to care panel held at entry, not since" if held else "no entry to care panel held"


def adoption_explored(records: Records, child: ChildOnDay) -> date | None:
    """The first step of an option of adoption that was begun in this period of care and is not closed."""
    begun = [
        min(steps)
        for row in rows_of(records, "local_permanence_options")
        if row["person_id"] == child.child_id
        and row["option_type"] == "ADOPTION"
        and not by_day(row["closed_date"], child.as_at)
        and (steps := [row[name] for name in ("referral_date", "viability_date", "assessment_start_date") if row[name]])
    ]
    return min((day for day in begun if child.entered_care <= day <= child.as_at), default=None)


def family_finding_not_started(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """Adoption in the plan, explored, decided or ordered, neither matched nor placed, and no family finding for it in this period."""
    whom = Followed(child.child_id, child.as_at, child.age, child.entered_care, child)
    ordered = child.placement_order_since and max(child.placement_order_since, child.entered_care)
    clocks = {
        "in the plan": child.option_since.get("adoption"),
        "explored": adoption_explored(records, child),
        "agency decision": agency_decision(records, whom),
        "placement order": ordered,
    }
    running = {words: day for words, day in clocks.items() if day is not None}
    begun = any(
        row["person_id"] == child.child_id
        and row["match_type"] == "ADOPTION"
        and within(child.entered_care, row["family_finding_start_date"], child.as_at)
        for row in rows_of(records, "local_carer_matches")
    )
    if not running or begun or child.matched_for_adoption or child.placement_type in (*ADOPTIVE, *EARLY_PERMANENCE):
        return None
    return min(running.values()), ", ".join(running)


def planning_before_review(records: Records, child: ChildOnDay) -> Due | None:
    """Under section 20 for a year by the next review (by the day itself where none is recorded as due): a planning meeting or the panel
    less than a year before it, by the day before it."""
    since = under_section_20(records, child)
    if since is None:
        return None
    held = reviews_held(records, child)
    last = held[-1] if held else since - ONE_DAY
    period = episode_on(records, child.child_id, child.as_at)["clae_cla_id"]
    to_come = [
        row["clar_cla_review_due_date"]
        for row in rows_of(records, "ssd_cla_reviews")
        if period is not None
        and row["clar_cla_id"] == period
        and not row["clar_cla_review_cancelled"]
        and not by_day(row["clar_cla_review_date"], child.as_at)
        and row["clar_cla_review_due_date"] is not None
        and row["clar_cla_review_due_date"] > last
    ]
    upcoming = min(to_come, default=None)
    until = upcoming or child.as_at
    if add_months(since, 12) > until:
        return None
    met = [day for kind in ("PPM", "PERMANENCE_PANEL") for day in meetings_held(records, child, kind, child.entered_care)]
    of_the_year = [day for day in met if add_months(day, 12) > until]
    before = [day for day in met if add_months(day, 12) <= until]
    words = f"review due on {upcoming:%d/%m/%Y}" if upcoming else "no next review recorded"
    return Due(max([since, *before]), upcoming and upcoming - ONE_DAY, min(of_the_year, default=None), words)


def permanence_attained(records: Records, child: ChildOnDay) -> bool:
    """Placed for adoption, or in a home that was ratified: with long-term carers, or with parents under an order."""
    ratified_at_home = at_home_under_an_order(records, child) and panel_days(records, child)[0]
    return bool(child.long_term_ratified or child.placement_type in ADOPTIVE or ratified_at_home)


def no_parallel_plan(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """Neither two options in the plan nor a primary and a contingency being explored, and permanence not attained yet."""
    if len(child.options) > 1 or permanence_attained(records, child) or _explores_two(records, child):
        return None
    since = min(child.option_since.values()) if child.options else child.no_plan_since
    words = f"one option: {child.plan_shown}" if child.options else "no plan"
    return since, words if len(reviews_held(records, child)) >= 2 else f"{words}; second review to come"


def _explores_two(records: Records, child: ChildOnDay) -> bool:
    kinds = {
        row["is_primary"]
        for row in rows_of(records, "local_permanence_options")
        if row["person_id"] == child.child_id
        and any(within(child.entered_care, row[column], child.as_at) for column in ("referral_date", "assessment_start_date"))
        and not by_day(row["order_date"], child.as_at)
        and not by_day(row["closed_date"], child.as_at)
        # "Contingency options are actively being pursued": not one that came out against the carer.
        and not (is_against(row["viability_outcome"]) and by_day(row["viability_date"], child.as_at))
        and not (is_against(row["assessment_outcome"]) and by_day(row["assessment_end_date"], child.as_at))
    }
    return {True, False} <= kinds


def planned_with_foster_carers(child: ChildOnDay) -> list[str]:
    """The options of a plan to stay with the foster carers with whom the child lives; none where there is no such plan."""
    here = {"long_term_fostering"} if child.placement_type in FOSTER else set()
    # "The child's care plan becomes long-term fostering with relative or friend."
    here |= {"relatives_or_friends"} if child.placement_type in ("U1", "U2", "U3") else set()
    return [option for option in child.options if option in here]


def long_term_not_ratified(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """A plan to stay with these foster carers, and no match that was ratified after a care order was made or section 20 agreed."""
    planned = planned_with_foster_carers(child)
    if not planned:
        return None
    ratified = [
        row["ratified_date"]
        for row in long_term_matches(records, child.child_id, child.entered_care, child.as_at, child.placement_id)
        if by_day(row["ratified_date"], child.as_at)
    ]
    if any({"C2", "E1", "D1", "V2"} & set(legal_statuses_on(records, child.child_id, day)) for day in ratified):
        return None
    since = max(min(child.option_since[option] for option in planned), moved_in(records, child))
    if ratified:
        return since, "ratified before a care order"
    return since, "matched, not ratified" if child.long_term_match else "not matched"


def changes_in_care(records: Records, child: ChildOnDay) -> list[tuple[date, date, str]]:
    """The guidance's changes in this period of care: the day, the first day on which a meeting answers it, and which it is."""
    changes = [(day, day, "placement move") for day in move_dates(records, child)]
    for row in rows_of(records, "local_events"):
        if row["person_id"] == child.child_id and row["event_type"] == "CHANGE_OF_CIRCUMSTANCES" and row["event_date"]:
            changes.append((row["event_date"], row["event_date"], "change of circumstances"))
    for row in rows_of(records, "local_permanence_options"):
        if row["person_id"] == child.child_id and row["assessment_outcome"] is not None and row["assessment_end_date"]:
            changes.append((row["assessment_end_date"], row["assessment_end_date"], "outcome of an assessment"))
    for row in rows_of(records, "local_care_proceedings"):
        if row["person_id"] == child.child_id and row["issued_date"]:
            passed = row["issued_date"] + weeks(26)
            if in_force(row["issued_date"], row["concluded_date"], passed):
                changes.append((passed, passed, "proceedings passed 26 weeks"))
    ticked = [plan for plan in spans(plans_that_count(records, child.child_id, child.entered_care, date.max)) if plan.options]
    for before, after in pairwise(ticked):
        if before.options != after.options:
            # The meeting that led to a new plan answers it too, up to 28 days before.
            changes.append((max(after.start, child.entered_care), after.start - timedelta(days=28), "change of plan"))
    return [change for change in changes if within(child.entered_care, change[0], child.as_at)]


def change_without_meeting(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """The first of the guidance's changes with no permanency planning meeting since."""
    unanswered = [
        (day, what)
        for day, answered_from, what in changes_in_care(records, child)
        if not meetings_held(records, child, "PPM", answered_from)
    ]
    if not unanswered:
        return None
    return min(day for day, _ in unanswered), ", ".join(sorted({what for _, what in unanswered}))


def further_review(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """The first outcome of an assessment or other plan after the second review with no review on its day or since; of a plan, none in the
    28 days before either."""
    held = reviews_held(records, child)
    if len(held) < 2:
        return None
    unanswered = [
        (day, what)
        for day, answered_from, what in changes_in_care(records, child)
        if what in ("outcome of an assessment", "change of plan")
        and day > held[1]
        and not any(review >= max(answered_from, child.entered_care) for review in held)
    ]
    if not unanswered:
        return None
    return min(day for day, _ in unanswered), ", ".join(sorted({what for _, what in unanswered}))


def final_plan_not_reviewed(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """In care proceedings, the first change of the plan, outcome or passing of 26 weeks after the first final care planning meeting, with
    none held since; of a plan, none in the 28 days before either."""
    held = meetings_held(records, child, "FINAL_CARE_PLANNING") if child.in_proceedings else []
    unanswered = [
        (day, what)
        for day, answered_from, what in changes_in_care(records, child)
        if held
        and day > held[0]
        and what in ("outcome of an assessment", "change of plan", "proceedings passed 26 weeks")
        and not any(meeting >= max(answered_from, child.entered_care) for meeting in held)
    ]
    if not unanswered:
        return None
    return min(day for day, _ in unanswered), ", ".join(sorted({what for _, what in unanswered}))


def milestones(records: Records, rule: str, as_at: date, settings) -> dict[str, tuple]:
    """{child: (since, due, done, state, detail)} of every child whom the rule is about."""
    found = {}
    if rule == "final_care_planning":
        dues = {whom.child_id: final_care_planning(records, whom) for whom in followed(records, as_at, settings)}
    else:
        dues = {child_id: milestone(records, rule, child) for child_id, child in spine(records, as_at, settings).items()}
    for child_id, one in dues.items():
        if one is not None:
            found[child_id] = (one.since, one.due, one.done, one.state(as_at), one.detail)
    return found


def rule_list(records: Records, rule: str, as_at: date, settings) -> dict[str, tuple[date, date, int, str]]:
    """The children on a rule's list: {child: (since, limit date, days over, detail)}."""
    if rule in MILESTONES:
        found = milestones(records, rule, as_at, settings)
        return {
            child: (since, due, (as_at - due).days, words)
            for child, (since, due, _, state, words) in found.items()
            if state == "overdue"
        }
    condition = {
        "supervision_of_plan": not_in_supervision,
        "entry_panel": never_presented,
        "section_20_12w": accommodated_without_panel,
        "parallel_plan": no_parallel_plan,
        "ltf_unratified": long_term_not_ratified,
        "trigger_review_ppm": change_without_meeting,
        "further_review": further_review,
        "final_care_planning_review": final_plan_not_reviewed,
        "family_finding_started": family_finding_not_started,
    }[rule]
    found = {}
    for child_id, child in spine(records, as_at, settings).items():
        if (answer := condition(records, child)) is None:
            continue
        since, words = answer
        limit = add_months(since, 3) if rule == "supervision_of_plan" else since + weeks(LIMIT_IN_WEEKS.get(rule, 0))
        # "Lasts more than 12 weeks", "for more than 3 months": on the very day it is not yet more.
        if limit < as_at or (limit == as_at and rule not in (*LIMIT_IN_WEEKS, "supervision_of_plan")):
            found[child_id] = (since, limit, (as_at - limit).days, words)
    return found
