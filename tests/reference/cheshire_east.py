"""Cheshire East's rules, read off a child on a day: the noes of the six questions, and the pathway plan at fifteen and a half."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.adoption_considered import never_considered
from tests.reference.cheshire_east_facts import (
    FAMILY,
    FOSTER,
    earliest,
    in_care_orders,
    left_to_secure,
    long_term_home,
    must_happen,
    options_explored,
    under_way,
)
from tests.reference.days import Records, add_months, rows_of, within
from tests.reference.hertfordshire_facts import Followed, followed, meetings, pre_proceedings, proceedings
from tests.reference.placements import ADOPTIVE, EARLY_PERMANENCE, LONG_TERM_FOSTER
from tests.reference.plans import plans_that_count
from tests.reference.salford_facts import reviews, stay, working_days_after
from tests.reference.terms import ChildOnDay, spine

Answer = tuple[date, date, str]
LASTING = ("long-term foster carers", "relatives or friends", "residential carers")
IN_PLAN = {
    "RETURN_HOME": {"return_home", "supported_at_home"},
    "LTF": {"long_term_fostering", "relatives_or_friends"},
    "RESIDENTIAL": {"residential"},
    "ADOPTION": {"adoption"},
    "EARLY_PERMANENCE": {"adoption"},
    "CONNECTED_PERSON": {"relatives_or_friends", "special_guardianship", "long_term_fostering", "other"},
    "SGO": {"relatives_or_friends", "special_guardianship", "other"},
    "CAO": {"relatives_or_friends", "special_guardianship", "other"},
}
MATCHES, OPTIONS, VISITS = "local_carer_matches", "local_permanence_options", "ssd_cla_visits"
NEEDED = {
    "over_three_not_considered": ("ssd_permanence",),
    "long_with_carers": (MATCHES, OPTIONS),
    "ppp_not_started": ("local_meetings", OPTIONS),
    "ppp_stale": (OPTIONS, "ssd_cla_reviews"),
    "assessments_incomplete": (OPTIONS,),
    "not_with_long_term_carer": (MATCHES,),
    "not_secured_legally": (MATCHES, OPTIONS),
    "no_next_step": (MATCHES, OPTIONS),
    "visit_overdue_or_not_alone": (VISITS,),
    "entries_inconsistent": (OPTIONS,),
    "pathway_plan_15h": ("ssd_care_leavers",),
}
RULES = tuple(NEEDED)


def assessments_incomplete(records: Records, child: ChildOnDay) -> Answer | None:
    waiting = [option for option in options_explored(records, child) if option.kind in FAMILY and not option.finished]
    if not waiting:
        return None
    since = min(option.begun for option in waiting)
    whose = sorted({FAMILY[option.kind] for option in waiting}, reverse=True)
    return since, since, f"{' and '.join(whose)} not fully assessed"


def not_with_long_term_carer(records: Records, child: ChildOnDay) -> Answer | None:
    if long_term_home(records, child) is not None:
        return None
    words = f"the plan is {child.plan_shown}" if child.plan_shown else "no current plan"
    words += "" if child.placement_type else "; placement not known"
    return child.entered_care, child.entered_care, words


def not_secured_legally(records: Records, child: ChildOnDay) -> Answer | None:
    home = long_term_home(records, child)
    left = left_to_secure(records, child, home) if home else []
    if not left:
        return None
    since = stay(records, child).start
    return since, since, f"with {home}: {', '.join(left)}"


def no_next_step(records: Records, child: ChildOnDay) -> Answer | None:
    if long_term_home(records, child) is not None or under_way(records, child):
        return None
    since = min(child.option_since.values()) if child.options else child.no_plan_since
    return since, since, f"first: {', '.join(must_happen(child))}"


def visit_overdue_or_not_alone(records: Records, child: ChildOnDay) -> Answer | None:
    visits = [
        row
        for row in rows_of(records, VISITS)
        if row["clav_person_id"] == child.child_id
        and row["clav_cla_visit_seen"] is not False
        and within(child.entered_care, row["clav_cla_visit_date"], child.as_at)
    ]
    here = stay(records, child)
    placed = here.start if here else child.entered_care
    last = max((row["clav_cla_visit_date"] for row in visits), default=None)
    if last is None or last < placed:
        due = placed + timedelta(days=7)
    elif last >= add_months(placed, 12) and long_term_home(records, child) in LASTING:
        due = add_months(last, 3)
    else:
        due = last + timedelta(weeks=6)
    overdue = due <= child.as_at
    alone = {row["clav_cla_visit_seen_alone"] for row in visits if row["clav_cla_visit_date"] == last}
    asked = any(row["clav_cla_visit_seen_alone"] is not None for row in rows_of(records, VISITS))
    not_alone = bool(visits) and asked and True not in alone
    if not overdue and not not_alone:
        return None
    clock = max(last or placed, placed)
    limit = min(last, due) if not_alone else due
    if overdue and not_alone:
        return clock, limit, "visit overdue; not seen alone at the last one"
    if not_alone:
        recorded = False in alone
        return (
            clock,
            limit,
            "not seen alone at the last visit" if recorded else "not recorded whether seen alone at the last visit",
        )
    return clock, limit, "visit overdue" if visits else "visit overdue; never seen in this period of care"


def contradictions(records: Records, child: ChildOnDay) -> list[tuple[date, str]]:
    """Each contradiction, and since when both of its entries have stood beside each other."""
    plan, kind, order = set(child.options), child.placement_type, child.placement_order_since
    found = []

    def add(words: str, *since: date) -> None:
        found.append((max(child.entered_care, *since), words))

    if plan:
        began = plans_that_count(records, child.child_id, child.entered_care, child.as_at)[-1]["lacp_cla_care_plan_start_date"]
        if kind in ADOPTIVE and "adoption" not in plan:
            add("plan and placement: placed for adoption, which is not in the plan", child.placement_start, began)
        if kind in EARLY_PERMANENCE and "adoption" not in plan:
            words = "plan and placement: in an early permanence placement, and adoption is not in the plan"
            add(words, child.placement_start, began)
        if kind in LONG_TERM_FOSTER and plan <= {
            "return_home",
            "supported_at_home",
            "residential",
            "supported_living",
            "adoption",
        }:
            add("plan and placement: in a long-term foster placement, and the plan is another", child.placement_start, began)
        if kind == "P1" and not plan & {"return_home", "supported_at_home"}:
            add("plan and placement: placed with parents, and the plan is not to be at home", child.placement_start, began)
        if order and "adoption" not in plan:
            add("plan and legal status: subject to a placement order, and adoption is not in the plan", order, began)
        found += _options_and_plan(records, child, began)
    if kind in ("A5", "A6") and not order:
        words = "placement and legal status: placed for adoption under a placement order, and there is none"
        add(words, child.placement_start)
    if kind == "P1" and not in_care_orders(records, child):
        add("placement and legal status: placed with parents without a care order", child.placement_start)
    for option in options_explored(records, child):
        if option.kind in ("SGO", "CAO", "ADOPTION") and option.ordered:
            words = "options and legal status: an order that ends care is recorded, and the child is still in care"
            add(words, option.ordered)
    return found


def _options_and_plan(records: Records, child: ChildOnDay, began: date) -> list[tuple[date, str]]:
    plan, explored = set(child.options), options_explored(records, child)
    found = [
        (max(child.entered_care, option.begun, began), "options and plan: the primary option is not in the plan")
        for option in explored
        if option.primary and option.pursued and not IN_PLAN[option.kind] & plan
    ]
    if len(plan) == 1 and not plan & {"long_term_fostering", "other"}:
        towards = [option for option in explored if option.kind in FAMILY and IN_PLAN[option.kind] & plan]
        if towards and all(option.against for option in towards):
            since = max(child.entered_care, began, *(option.against for option in towards))
            found.append((since, "options and plan: the assessments for the plan came out against it"))
    return found


def entries_inconsistent(records: Records, child: ChildOnDay) -> Answer | None:
    found = contradictions(records, child)
    if not found:
        return None
    since = min(day for day, _ in found)
    return since, since, "; ".join(sorted({words for _, words in found}))


def pathway_plan_15h(records: Records, child: ChildOnDay) -> Answer | None:
    (born,) = [row["pers_dob"] for row in rows_of(records, "ssd_person") if row["pers_person_id"] == child.child_id]
    planned = any(
        row["clea_person_id"] == child.child_id and within(child.entered_care, row["clea_pathway_plan_review_date"], child.as_at)
        for row in rows_of(records, "ssd_care_leavers")
    )
    if born is None or planned or add_months(born, 15 * 12 + 6) > child.as_at:
        return None
    since = max(add_months(born, 15 * 12 + 6), child.entered_care)
    return since, since, f"aged {child.age}; no pathway plan in this period of care"


def over_three_not_considered(records: Records, child: ChildOnDay) -> Answer | None:
    found = never_considered(records, child, 3, 18)
    return None if found is None else (found[0], found[0], found[1])


def long_with_carers(records: Records, child: ChildOnDay) -> Answer | None:
    """Two years in one foster home, not matched, and neither adoption nor guardianship looked at or planned in this period of care."""
    here = stay(records, child)
    if here is None or child.placement_type not in FOSTER or child.long_term_match:
        return None
    if {"adoption", "special_guardianship"} & set(child.options):
        return None
    for row in rows_of(records, OPTIONS):
        begun = earliest(row["referral_date"], row["viability_date"], row["assessment_start_date"])
        wanted = row["option_type"] in ("ADOPTION", "EARLY_PERMANENCE", "SGO")
        if row["person_id"] == child.child_id and wanted and within(child.entered_care, begun, child.as_at):
            return None
    limit = add_months(here.start, 24)
    words = f"plan: {child.plan_shown}" if child.plan_shown else "no current plan"
    return (here.start, limit, words) if limit <= child.as_at else None


def first_advised(records: Records, child: Followed) -> date | None:
    """The first legal advice meeting of this period of care, or of this pre-proceedings or proceedings, or in the year before."""
    if child.entered_care is not None:
        since = child.entered_care
    else:
        since = min([*pre_proceedings(records, child.child_id, child.as_at), *proceedings(records, child.child_id, child.as_at)])
    kinds = ("LEGAL_DISCUSSION", "LEGAL_PLANNING", "LEGAL_GATEWAY")
    advised = meetings(records, child.child_id, kinds, since - timedelta(weeks=52), child.as_at)
    return min(advised, default=None)


def form_not_started(records: Records, child: Followed) -> Answer | None:
    """A legal advice meeting, and no option of the form begun by the day that was still open at the meeting."""
    first = first_advised(records, child)
    if first is None:
        return None
    for row in rows_of(records, OPTIONS):
        begun = earliest(row["referral_date"], row["viability_date"], row["assessment_start_date"])
        over = earliest(row["order_date"], row["closed_date"])
        if row["person_id"] == child.child_id and begun and begun <= child.as_at and (over is None or over >= first):
            return None
    return first, first, "in care" if child.in_care else "not in care"


DAYS_OF_THE_FORM = (
    "referral_date",
    "viability_date",
    "assessment_start_date",
    "assessment_end_date",
    "panel_date",
    "court_application_date",
    "order_date",
    "closed_date",
)


def form_not_kept_up(records: Records, child: ChildOnDay) -> Answer | None:
    """An option is explored, and from the second review on (held, or due) nothing has changed since entry, or for three months."""
    if not any(option.pursued for option in options_explored(records, child)):
        return None
    held = reviews(records, child)
    first = held[0] if held else working_days_after(child.entered_care, 20)
    second = held[1] if len(held) > 1 else add_months(first, 3)
    changes = [
        row[name]
        for row in rows_of(records, OPTIONS)
        for name in DAYS_OF_THE_FORM
        if row["person_id"] == child.child_id and within(child.entered_care, row[name], child.as_at)
    ]
    stale = max(second, add_months(max(changes), 3)) if changes else second
    words = f"last change on {max(changes):%d/%m/%Y}" if changes else "no change since entry to care"
    return (stale, stale, words) if stale <= child.as_at else None


READINGS = {
    "over_three_not_considered": over_three_not_considered,
    "long_with_carers": long_with_carers,
    "ppp_stale": form_not_kept_up,
    "assessments_incomplete": assessments_incomplete,
    "not_with_long_term_carer": not_with_long_term_carer,
    "not_secured_legally": not_secured_legally,
    "no_next_step": no_next_step,
    "visit_overdue_or_not_alone": visit_overdue_or_not_alone,
    "entries_inconsistent": entries_inconsistent,
    "pathway_plan_15h": pathway_plan_15h,
}


def answers(records: Records, as_at: date, settings) -> dict[str, dict[str, tuple[date, date, int, str]] | None]:
    """{rule: {child: (since, limit date, days over, detail)}} at the close of the day; None for a rule not supplied."""
    children = spine(records, as_at, settings)
    found: dict = {}
    for rule in RULES:
        if any(table not in records for table in NEEDED[rule]):
            found[rule] = None
            continue
        if rule == "ppp_not_started":
            actual = {child.child_id: form_not_started(records, child) for child in followed(records, as_at, settings)}
        else:
            actual = {child_id: READINGS[rule](records, child) for child_id, child in children.items()}
        found[rule] = {
            child_id: (since, limit, (as_at - limit).days, words)
            for child_id, (since, limit, words) in ((child_id, answer) for child_id, answer in actual.items() if answer)
        }
    return found
