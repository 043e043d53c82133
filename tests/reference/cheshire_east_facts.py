"""What Cheshire East's questions are read from: the options explored, the long-term home, what is left and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.reference import orders
from tests.reference.days import Records, by_day, rows_of, within
from tests.reference.orders import long_term_matches, of_the_home
from tests.reference.placements import ADOPTIVE, EARLY_PERMANENCE, LONG_TERM_FOSTER
from tests.reference.rules import has_family_order_assessment
from tests.reference.terms import ChildOnDay

NEGATIVE = ("negative", "not viable", "not suitable", "unsuitable", "not approved", "not recommended", "ruled out")
FAMILY = {"RETURN_HOME": "parent", "CONNECTED_PERSON": "connected person", "SGO": "connected person", "CAO": "connected person"}
FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
RELATIVES = ("U1", "U2", "U3")
RESIDENTIAL = ("K1", "K2", "R1", "R2", "R3", "R5", "S1")
SUPPORTED = ("P2", "P3", "H5", "K3")
EXPLORED = {
    "RETURN_HOME": "return home being explored",
    "CONNECTED_PERSON": "a connected person being explored",
    "SGO": "special guardianship being explored",
    "CAO": "a child arrangements order being explored",
    "LTF": "long-term fostering being explored",
    "RESIDENTIAL": "a residential placement being explored",
    "ADOPTION": "adoption being explored",
    "EARLY_PERMANENCE": "adoption being explored",
}


def earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


@dataclass(frozen=True)
class Explored:
    """One option explored for a child by the day."""

    kind: str
    primary: bool
    begun: date
    finished: bool
    pursued: bool
    against: date | None
    ordered: date | None


def is_against(outcome: str | None) -> bool:
    return outcome is not None and any(word in outcome.lower() for word in NEGATIVE)


def options_explored(records: Records, child: ChildOnDay) -> list[Explored]:
    """The options begun by the day that were not over before the child entered care."""
    found = []
    for row in rows_of(records, "local_permanence_options"):
        begun = earliest(row["referral_date"], row["viability_date"], row["assessment_start_date"])
        over = earliest(row["order_date"], row["closed_date"])
        if row["person_id"] != child.child_id or not by_day(begun, child.as_at):
            continue
        if over is not None and over < child.entered_care:
            continue
        not_viable = row["viability_date"] if is_against(row["viability_outcome"]) else None
        refused = row["assessment_end_date"] if is_against(row["assessment_outcome"]) else None
        against = earliest(not_viable, refused)
        found.append(
            Explored(
                kind=row["option_type"],
                primary=bool(row["is_primary"]),
                begun=begun,
                finished=any(by_day(day, child.as_at) for day in (row["assessment_end_date"], over, not_viable)),
                pursued=not by_day(over, child.as_at) and not by_day(against, child.as_at),
                against=against if by_day(against, child.as_at) else None,
                ordered=row["order_date"] if by_day(row["order_date"], child.as_at) else None,
            )
        )
    return found


def matches_here(records: Records, child: ChildOnDay) -> list[dict]:
    """The long-term matches on the day with the foster carers of the home in which the child lives."""
    if child.placement_type not in FOSTER:
        return []
    return [
        row
        for row in long_term_matches(records, child.child_id, child.entered_care, child.as_at, child.placement_id)
        if row["placement_id"] is None or of_the_home(records, row, child.placement_id)
    ]


def long_term_home(records: Records, child: ChildOnDay) -> str | None:
    """With whom the child lives, when these are whom the plan means permanently; None when they are not."""
    kind, plan = child.placement_type, set(child.options)
    for_good = kind in LONG_TERM_FOSTER or bool(matches_here(records, child))
    if kind in ADOPTIVE and (not plan or "adoption" in plan):
        return "adopters"
    if kind in EARLY_PERMANENCE and "adoption" in plan:
        return "early permanence carers"
    if for_good and (not plan or plan & {"long_term_fostering", "relatives_or_friends"}):
        return "long-term foster carers"
    guardianship = "other" in plan and has_family_order_assessment(records, child)
    if kind in RELATIVES and (plan & {"relatives_or_friends", "special_guardianship"} or guardianship):
        return "relatives or friends"
    if kind == "P1" and plan & {"return_home", "supported_at_home"}:
        return "parents"
    if kind in RESIDENTIAL and "residential" in plan:
        return "residential carers"
    if kind in SUPPORTED and "supported_living" in plan:
        return "supported accommodation"
    return None


def left_to_secure(records: Records, child: ChildOnDay, home: str) -> list[str]:
    """What is still to happen before the home is secure in law."""
    left = []
    adopting = home in ("adopters", "early permanence carers")
    if child.in_proceedings:
        left.append("the end of the care proceedings")
    if child.placement_order_since and not adopting:
        left.append("the revocation of the placement order")
    if home == "early permanence carers" and not child.placement_order_since:
        left.append("a placement order")
    if home == "early permanence carers" and not child.matched_for_adoption:
        left.append("a match with the carers")
    if adopting:
        left.append("the adoption order")
    matches = matches_here(records, child)
    by_order = has_family_order_assessment(records, child) or "special_guardianship" in child.options
    if home == "relatives or friends" and by_order:
        left.append("the special guardianship or child arrangements order")
    elif home in ("long-term foster carers", "relatives or friends"):
        if not matches:
            left.append("a long-term match")
        elif not any(by_day(row["ratified_date"], child.as_at) for row in matches):
            left.append("the ratification of the match")
    if home == "parents" and "C2" in child.legal_statuses:
        left.append("the discharge of the care order")
    elif home == "parents" and not child.in_proceedings:
        left.append("the decision that care ends")
    return left


def must_happen(child: ChildOnDay) -> list[str]:
    """What comes first for a child who does not live with the long-term carer, by the options of the plan."""
    plan, first = set(child.options), []
    if not plan:
        return ["a plan for permanence"]
    if plan & {"return_home", "supported_at_home"}:
        first.append("the move home")
    if plan & {"relatives_or_friends", "special_guardianship"}:
        first.append("the move to relatives or friends")
    if "long_term_fostering" in plan:
        first.append("the move to the matched foster carers" if child.long_term_match else "a long-term match")
    if "residential" in plan:
        first.append("a residential placement")
    if "supported_living" in plan:
        first.append("supported accommodation")
    if "adoption" in plan:
        if child.matched_for_adoption:
            first.append("the move to the adopters")
        else:
            first.append(
                "a match with adopters" if child.placement_order_since else "a placement order and a match with adopters"
            )
    if "other" in plan:
        first.append("a plan that names the carer")
    return first


def under_way(records: Records, child: ChildOnDay) -> bool:
    """Whether any step towards a long-term home is being taken."""
    if child.in_proceedings or child.matched_for_adoption or child.long_term_match:
        return True
    if any(option.pursued for option in options_explored(records, child)):
        return True
    for row in rows_of(records, "local_carer_matches"):
        sought = within(child.entered_care, row["family_finding_start_date"], child.as_at)
        over = by_day(row["match_date"], child.as_at) or by_day(row["ended_date"], child.as_at)
        if row["person_id"] == child.child_id and sought and not over:
            return True
    return any(
        row["perm_person_id"] == child.child_id
        and within(child.entered_care, row["perm_adm_decision_date"], child.as_at)
        and not within(row["perm_adm_decision_date"], row["perm_decision_reversed_date"], child.as_at)
        for row in rows_of(records, "ssd_permanence")
    )


def in_care_orders(records: Records, child: ChildOnDay) -> bool:
    """Under a care order, interim or full, or a placement order among the legal statuses."""
    return any(code in ("C1", "C2", "E1") for code in orders.legal_statuses_on(records, child.child_id, child.as_at))
