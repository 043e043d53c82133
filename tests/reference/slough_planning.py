"""How Slough plans: family group conferences, early permanence, legal gateways, hearings, going home."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.days import Records, by_day, by_start_then_identifier, in_force, rows_of, whole_years, within
from tests.reference.hertfordshire_facts import followed, proceedings
from tests.reference.homes import Home, every_home, home_with
from tests.reference.placements import EARLY_PERMANENCE
from tests.reference.plans import plans_that_count
from tests.reference.pre_proceedings import gateways, open_decisions, open_gateways, planning_ended
from tests.reference.salford_due import Due, standing
from tests.reference.salford_facts import (
    ONE_DAY,
    earlier_care_ended,
    events,
    is_one_of,
    left_care,
    meetings,
    stay,
    under_18_and_alive,
)
from tests.reference.salford_leaving import accommodated_since
from tests.reference.slough_monitoring import expected, relinquished_not_in_care
from tests.reference.south_east import final_care_planning
from tests.reference.terms import ChildOnDay, episode_on

__all__ = ["MILESTONES", "conferences", "early_permanence", "no_conference_before_plan", "standing"]
Answer = tuple[date, str]
YEAR = timedelta(weeks=52)


def british(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def conferences(records: Records, child: str, kinds: tuple[str, ...]) -> list[date]:
    """The days on which one of these was held, offered or declined."""
    return [
        row["meeting_date"]
        for row in rows_of(records, "local_meetings")
        if row["person_id"] == child
        and row["meeting_type"] in kinds
        and row["meeting_status"] in ("HELD", None, "OFFERED", "DECLINED")
        and row["meeting_date"] is not None
    ]


def no_conference_before_plan(records: Records, child: ChildOnDay) -> Answer | None:
    """None by the day of the first plan with an option of this period of care, back to a year before entry."""
    if not child.options:
        return None
    ticked = [plan["lacp_cla_care_plan_start_date"] for plan in plans_that_lasted(records, child) if plan["lacp_options"]]
    first_plan = min(ticked)
    held = [day for day in conferences(records, child.child_id, ("FGC", "FNM")) if day <= child.as_at]
    if any(child.entered_care - YEAR <= day <= first_plan for day in held):
        return None
    since = max(first_plan, child.entered_care)
    late = [day for day in held if day > first_plan]
    if late:
        return since, f"first on {british(min(late))}, after the first plan"
    return since, f"last on {british(max(held))}, long before this period of care" if held else "none"


def plans_that_lasted(records: Records, child: ChildOnDay) -> list[dict]:
    """The plans of this period of care that were in force for a day or more."""
    every = plans_that_count(records, child.child_id, child.entered_care, date.max)
    found = []
    for place, plan in enumerate(every):
        ends = [plan["lacp_cla_care_plan_end_date"]]
        ends += [every[place + 1]["lacp_cla_care_plan_start_date"]] if place + 1 < len(every) else []
        until = min((end for end in ends if end is not None), default=None)
        start = plan["lacp_cla_care_plan_start_date"]
        if start <= child.as_at and (until is None or until > start):
            found.append(plan)
    return found


def early_permanence(records: Records, day: date, in_care: dict[str, ChildOnDay]) -> dict[str, Answer]:
    """Every child under three, in care or on the way to court, born or not yet, with no early permanence option or placement ever."""
    found = {}
    for person in rows_of(records, "ssd_person"):
        child = person["pers_person_id"]
        born = person["pers_dob"] or person["pers_expected_dob"]
        if born is None or (born <= day and whole_years(born, day) >= 3):
            continue
        if _explored(records, child, day) or _ever_in_early_permanence(records, child, day):
            continue
        court = [(one.decided, "in pre-proceedings") for one in open_decisions(records, child, day)]
        court += [(issued, "in proceedings") for issued in proceedings(records, child, day)]
        if child in in_care:
            terms = in_care[child]
            words = "in care" if terms.placement_type else "in care; placement not known"
            found[child] = terms.entered_care, words + expected_words(person, day)
        elif court and child in under_18_and_alive(records, day):
            since, words = min(court)
            found[child] = since, words + expected_words(person, day)
    return found


def expected_words(person: dict, day: date) -> str:
    """As the monitoring group's list says it, after a semicolon."""
    born = person["pers_dob"] or person["pers_expected_dob"]
    return expected(person, day).replace(" · ", "; ") if born > day else ""


def _ever_in_early_permanence(records: Records, child: str, day: date) -> bool:
    """Placed by the day with carers who may adopt, for a day or more, now or before."""
    return any(
        row["clap_person_id"] == child
        and row["clap_cla_placement_type"] in EARLY_PERMANENCE
        and row["clap_cla_placement_start_date"] <= day
        and row["clap_cla_placement_end_date"] != row["clap_cla_placement_start_date"]
        for row in rows_of(records, "ssd_cla_placement")
    )


def _explored(records: Records, child: str, day: date, kind: str = "EARLY_PERMANENCE", after: date = date.min) -> bool:
    for row in rows_of(records, "local_permanence_options"):
        begun = [row[name] for name in ("referral_date", "viability_date", "assessment_start_date") if row[name] is not None]
        if row["person_id"] == child and row["option_type"] == kind and begun and after < min(begun) <= day:
            return True
    return False


def adoption_never_considered(records: Records, child: ChildOnDay) -> Answer | None:
    """A plan, not at home, and adoption in no plan of this period of care, never explored, and never decided on."""
    if not child.options or {"return_home", "supported_at_home", "adoption"} & set(child.options):
        return None
    # What an earlier period of care considered was about another plan.
    earlier = earlier_care_ended(records, child.child_id, child.entered_care)
    decided = any(
        row["perm_person_id"] == child.child_id
        and by_day(row["perm_adm_decision_date"], child.as_at)
        and row["perm_adm_decision_date"] > earlier
        for row in rows_of(records, "ssd_permanence")
    )
    planned = any("adoption" in plan["lacp_options"] for plan in plans_that_lasted(records, child))
    if decided or planned or _explored(records, child.child_id, child.as_at, "ADOPTION", after=earlier):
        return None
    return min(child.option_since.values()), child.plan_shown


def gateway_reviews(records: Records, day: date, in_care, settings) -> dict[str, list[Due]]:
    """Six weeks from each legal gateway; the next one is its review."""
    return {
        child: [
            Due(one.held, one.held + timedelta(weeks=6), one.following if by_day(one.following, day) else None)
            for one in open_gateways(records, child, day)
        ]
        for child in under_18_and_alive(records, day)
    }


def urgent_meetings(records: Records, day: date, in_care, settings) -> dict[str, list[Due]]:
    """No period: each urgent legal meeting, until proceedings are issued, pre-proceedings stepped down or an order made, and the gateway
    held on its day or since. Who is neither in care nor on the way to court is known of until that gateway."""
    found = {}
    for child in under_18_and_alive(records, day):
        held = [one.held for one in gateways(records, child)]
        asked, opened = [], False
        for urgent in meetings(records, child, ("URGENT_LEGAL",), date.min, day):
            until = planning_ended(records, child, urgent)
            looked = min((one for one in held if one >= urgent), default=None)
            if not by_day(until, day):
                asked.append(Due(urgent, None, looked if by_day(looked, day) else None))
                opened |= not by_day(looked, day)
        if asked and (opened or child in in_care or followed_elsewhere(records, child, day, settings)):
            found[child] = asked
    return found


def followed_elsewhere(records: Records, child: str, day: date, settings) -> bool:
    """Known for another reason: pre-proceedings, proceedings, a gateway, a relinquishment, a birth to come, or having left care."""
    person = next(row for row in rows_of(records, "ssd_person") if row["pers_person_id"] == child)
    in_court = any(
        row["person_id"] == child and in_force(row["issued_date"], row["concluded_date"], day)
        for row in rows_of(records, "local_care_proceedings")
    )
    to_come = person["pers_dob"] is None and (person["pers_expected_dob"] or date.min) >= day
    return bool(
        open_decisions(records, child, day)
        or open_gateways(records, child, day)
        or in_court
        or to_come
        or child in left_care(records, day, settings, 12)
        or relinquished_not_in_care(records, day, {child})
    )


def unborn_gateways(records: Records, day: date, in_care, settings) -> dict[str, list[Due]]:
    """The first gateway is to be reviewed two weeks before the child is expected, if it left time for that."""
    found = {}
    for person in rows_of(records, "ssd_person"):
        child, born = person["pers_person_id"], person["pers_dob"]
        due_date = person["pers_expected_dob"] or born
        held = open_gateways(records, child, day)
        if due_date is None or (born is not None and born <= day) or not held or child not in under_18_and_alive(records, day):
            continue
        last_day = due_date - timedelta(days=14)
        first = min(one.held for one in held)
        later = [one.following for one in held if by_day(one.following, day)]
        if first < last_day:
            found[child] = [Due(first, last_day, min(later, default=None))]
    return found


def reviews_before_hearing(records: Records, day: date, in_care, settings) -> dict[str, list[Due]]:
    """A review, or a meeting held for it, in the six weeks before the issues resolution hearing and by the day before it."""
    found = {}
    for child in in_care:
        current = _period(records, child, day)
        looked = [
            row["clar_cla_review_date"]
            for row in rows_of(records, "ssd_cla_reviews")
            if current is not None and row["clar_cla_id"] == current and not row["clar_cla_review_cancelled"]
        ]
        looked += [
            row["meeting_date"]
            for row in rows_of(records, "local_meetings")
            if row["person_id"] == child and row["meeting_type"] == "IRH_REVIEW" and row["meeting_status"] in ("HELD", None)
        ]
        asked = []
        for row in rows_of(records, "local_care_proceedings"):
            if row["person_id"] == child and in_force(row["issued_date"], row["concluded_date"], day):
                hearing = row["issues_resolution_hearing_date"]
                if hearing is None:
                    asked.append(Due(row["issued_date"], None, None))
                    continue
                if hearing <= in_care[child].entered_care:
                    continue  # not looked after before the hearing
                held = [one for one in looked if one and hearing - timedelta(weeks=6) <= one < hearing and one <= day]
                asked.append(Due(row["issued_date"], hearing - ONE_DAY, min(held, default=None)))
        found[child] = asked
    return found


def _period(records: Records, child: str, day: date) -> str | None:
    return episode_on(records, child, day)["clae_cla_id"]


def returns_authorised(records: Records, day: date, in_care: dict[str, ChildOnDay], settings) -> dict[str, list[Due]]:
    """Leaving care to return home, or moving to the parents while looked after: approved by one of the roles by that day.

    Who lived with the parents when care ended had gone home before; who lived there since entry to care did not go home.
    """
    going: dict[str, tuple[date, frozenset | None]] = {}
    for child, left in left_care(records, day, settings).items():
        if left.reason != "E4A":
            continue
        last = home_before_leaving(records, child, left.left_date)
        if last is None or "P1" not in last.types:
            going[child] = left.left_date, None
        elif last.start > left.entered_care:
            going[child] = last.start, frozenset(row["clap_cla_placement_id"] for row in last.placements)
    for child, terms in in_care.items():
        here = stay(records, terms)
        if terms.placement_type == "P1" and here is not None and not here.since_entry:
            going[child] = here.start, every_placement_of_the_home(records, terms)
    found = {}
    for child, (home, placements) in going.items():
        approved = [
            row["decided_date"]
            for row in rows_of(records, "local_approvals")
            if row["person_id"] == child
            and row["approval_type"] in ("RETURN_HOME", "PLACED_WITH_PARENTS")
            and row["decision"] == "APPROVED"
            and within(home - timedelta(weeks=26), row["decided_date"], day)
            and is_one_of(row["decided_by"], ("Director of Operations", "Head of Service"))
            and (placements is None or row["placement_id"] is None or row["placement_id"] in placements)
        ]
        found[child] = [Due(home, home, min(approved, default=None))]
    return found


def home_before_leaving(records: Records, child: str, left_date: date) -> Home | None:
    """The home of the placement in force on the last day in care; of two, the later."""
    homes = every_home(records, child)
    rows = [row for home in homes for row in home.placements]
    rows = [
        row
        for row in rows
        if in_force(row["clap_cla_placement_start_date"], row["clap_cla_placement_end_date"], left_date - ONE_DAY)
    ]
    if not rows:
        return None
    last = max(rows, key=lambda row: by_start_then_identifier(row["clap_cla_placement_start_date"], row["clap_cla_placement_id"]))
    return next(home for home in homes if last in home.placements)


def every_placement_of_the_home(records: Records, child: ChildOnDay) -> frozenset[str]:
    homes = every_home(records, child.child_id)
    place = home_with(homes, child.placement_id)
    return frozenset(row["clap_cla_placement_id"] for row in homes[place].placements)


def final_meetings(records: Records, day: date, in_care: dict[str, ChildOnDay], settings) -> dict[str, list[Due]]:
    """The meeting that makes the final care plan, by the day of the final evidence, or twenty-six weeks from issue."""
    asked = {whom.child_id: final_care_planning(records, whom) for whom in followed(records, day, settings)}
    return {child: [Due(one.since, one.due, one.done)] for child, one in asked.items() if one is not None}


def plans_for_return(records: Records, day: date, in_care, settings) -> dict[str, list[Due]]:
    """Home from section 20: a child-in-need plan begun by that day, or in the six weeks before."""
    found = {}
    for child, left in left_care(records, day, settings).items():
        if left.reason == "E4A" and left.age is not None and 0 <= left.age < 18 and accommodated_since(records, left) is not None:
            earliest = max(left.left_date - timedelta(weeks=6), left.entered_care)
            begun = events(records, child, "CIN_PLAN_STARTED", earliest, day)
            found[child] = [Due(left.left_date, left.left_date, begun[0] if begun else None)]
    return found


MILESTONES = {
    "final_care_planning": final_meetings,
    "return_plan_section_20": plans_for_return,
    "return_authorised": returns_authorised,
    "gateway_review_6w": gateway_reviews,
    "unborn_gateway_2w": unborn_gateways,
    "urgent_meeting_referred": urgent_meetings,
    "review_before_irh": reviews_before_hearing,
}
