"""The practice guidance's meetings: which situation a child is in, and what falls due when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.reference.days import Records, add_months, by_day
from tests.reference.orders import ONE_DAY
from tests.reference.south_east_terms import (
    FOSTER,
    RESIDENTIAL,
    is_irregular,
    meetings_held,
    move_dates,
    proceedings_in_force,
    ratified_since,
    reviews_held,
    status_since,
    weeks,
    working_days_after,
)
from tests.reference.terms import ChildOnDay


@dataclass(frozen=True)
class Due:
    """Something due by a day (None: no day), and the day it was done (None: not by the reporting date)."""

    since: date
    due: date | None
    done: date | None
    detail: str

    def state(self, as_at: date) -> str:
        if self.done is not None and self.due is not None:
            return "done in time" if self.done <= self.due else "done late"
        if self.done is not None:
            return "done"
        if self.due is None:
            return "no date"
        return "overdue" if self.due <= as_at else "due"


def situation(records: Records, child: ChildOnDay) -> str:
    """The first situation of the guidance's table that applies."""
    home = child.placement_type
    care_order = status_since(records, child, ("C1", "C2"))
    full_order = status_since(records, child, ("C2",))
    accommodated = status_since(records, child, ("V2",))
    if home == "K1":
        return "in secure accommodation"
    if status_since(records, child, ("J1",)):
        return "remanded"
    if is_irregular(records, child):
        return "unregistered or unapproved placement"
    if child.placement_order_since and not child.matched_for_adoption:
        return "placement order, not matched"
    if home == "P1" and care_order:
        return "with parents under a care order"
    if home in RESIDENTIAL and (care_order or accommodated):
        return "residential under an order or section 20"
    if home in FOSTER and (full_order or accommodated) and child.long_term_ratified:
        return "foster placement, long-term match ratified"
    if home in FOSTER and full_order:
        return "foster placement under a care order, not ratified"
    if child.in_proceedings:
        return "in care proceedings"
    return "accommodated under section 20" if accommodated else "any other situation"


def planning_meetings_due(records: Records, child: ChildOnDay) -> list[Due]:
    """What falls due for a child in this situation."""
    words = situation(records, child)
    entry = child.entered_care

    def first_then(start: date, first_due: date, first_words: str, review=None, review_words="") -> Due:
        held = meetings_held(records, child, "PPM", start)
        if not held:
            return Due(start, first_due, None, f"{words}: {first_words}")
        if review is None:
            return Due(start, first_due, held[0], f"{words}: {first_words}")
        return Due(held[-1], review(held[-1]), None, f"{words}: {review_words} from the last meeting")

    if words == "in secure accommodation":
        return [Due(entry, None, None, f"{words}: when exit is planned")]
    if words == "remanded":
        remand = status_since(records, child, ("J1",))
        return [first_then(remand, remand + weeks(4), "4 weeks from the remand")]
    if words == "unregistered or unapproved placement":
        move = max(child.placement_start, entry)
        return [first_then(move, working_days_after(move, 7), "7 working days from the move")]
    if words == "placement order, not matched":
        order = max(child.placement_order_since, entry)
        return [first_then(order, order + weeks(4), "4 weeks from the order", lambda last: last + weeks(12), "12 weeks")]
    if words == "with parents under a care order":
        order = status_since(records, child, ("C1", "C2"))
        return [first_then(order, order + weeks(4), "4 weeks from the order", lambda last: add_months(last, 6), "6 months")]
    if words == "residential under an order or section 20":
        order = status_since(records, child, ("C1", "C2")) or status_since(records, child, ("V2",))
        return [first_then(order, order + weeks(4), "4 weeks from the order", lambda last: add_months(last, 6), "6 months")]
    if words == "foster placement, long-term match ratified":
        moves = [day for day in move_dates(records, child) if day >= ratified_since(records, child)]
        if not moves:
            return [Due(entry, None, None, f"{words}: on a change of placement only")]
        return [first_then(moves[-1], moves[-1] + weeks(4), "4 weeks from the move")]
    if words == "foster placement under a care order, not ratified":
        order = status_since(records, child, ("C2",))
        return [first_then(order, order + weeks(4), "4 weeks from the order", lambda last: add_months(last, 3), "3 months")]
    if words == "in care proceedings":
        return _due_in_proceedings(records, child, words, first_then)
    first_due = entry + weeks(4)
    if words == "accommodated under section 20" and len(reviews := reviews_held(records, child)) >= 2:
        first_due = min(first_due, reviews[1] - ONE_DAY)
    return [first_then(entry, first_due, "4 weeks from entry to care", lambda last: add_months(last, 12), "12 months")]


def _due_in_proceedings(records: Records, child: ChildOnDay, words: str, first_then) -> list[Due]:
    """A meeting 3 weeks from the first hearing, and a final care planning meeting 26 weeks from issue."""
    proceedings = proceedings_in_force(records, child)
    issued, hearing = proceedings["issued_date"], proceedings["first_hearing_date"]
    if by_day(hearing, child.as_at):
        start = max(hearing, child.entered_care)
        first = first_then(start, start + weeks(3), "3 weeks from the first hearing")
    else:
        first = Due(child.entered_care, None, None, f"{words}: no first hearing recorded")
    final = meetings_held(records, child, "FINAL_CARE_PLANNING", issued)
    without = f"{words}: 26 weeks from issue with no final care planning meeting"
    return [first, Due(issued, issued + weeks(26), final[0] if final else None, without)]


def standing(dues: list[Due]) -> Due:
    """The one that stands for a child: the first that is not done, else the last that was; one with no date comes last."""
    open_ones = [one for one in dues if one.done is None and one.due is not None]
    if open_ones:
        return min(open_ones, key=lambda one: one.due)
    done = [one for one in dues if one.due is not None]
    return max(done, key=lambda one: one.due) if done else dues[0]
