"""The practice guidance's meetings: which situation a child is in, and what falls due when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.reference.days import Records, add_months, by_day
from tests.reference.orders import ONE_DAY
from tests.reference.south_east_terms import (
    FOSTER,
    RESIDENTIAL,
    is_irregular,
    meetings_held,
    meetings_since,
    move_dates,
    moved_in,
    proceedings_in_force,
    ratified_since,
    reviews_held,
    status_since,
    under_section_20,
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
    accommodated = under_section_20(records, child)
    if status_since(records, child, ("J1",)):
        return "remanded"
    if home == "K1":
        return "in secure accommodation"
    if is_irregular(records, child):
        return "unregistered or unapproved placement"
    if child.placement_order_since and not child.matched_for_adoption:
        return "placement order, not matched"
    if home == "P1" and care_order:
        return "with parents under a care order"
    if home in RESIDENTIAL and care_order:
        return "residential under a care order"
    if home in RESIDENTIAL and accommodated:
        return "residential under section 20"
    if home in FOSTER and (full_order or accommodated) and child.long_term_ratified:
        return "foster placement, long-term match ratified"
    if home in FOSTER and full_order:
        return "foster placement under a care order, not ratified"
    if home in FOSTER and accommodated:
        return "foster placement under section 20, not ratified"
    if child.in_proceedings:
        return "in care proceedings"
    return "accommodated under section 20" if accommodated else "any other situation"


def planning_meetings_due(records: Records, child: ChildOnDay) -> list[Due]:
    """What falls due: the meeting of the child's situation and, until one has been held since entry, the first in care."""
    words = situation(records, child)
    dues = _of_situation(records, child, words)
    if words in ("in secure accommodation", "remanded", "any other situation") or meetings_held(records, child, "PPM"):
        return dues
    first = child.entered_care + weeks(4)
    own = [one.due for one in dues[:1] if one.due is not None]
    if own and own[0] <= first:
        return dues
    return [*dues, Due(child.entered_care, first, None, "first meeting in care: 4 weeks from entry to care")]


def _of_situation(records: Records, child: ChildOnDay, words: str) -> list[Due]:
    """What a situation asks for: its first meeting, then the next after the last."""
    entry = child.entered_care

    def first_then(start: date, first_due: date, first_words: str, review=None, review_words="") -> Due:
        held = meetings_held(records, child, "PPM", start)
        if not held:
            return Due(start, first_due, None, f"{words}: {first_words}")
        if review is None:
            return Due(start, first_due, held[0], f"{words}: {first_words}")
        return Due(held[-1], review(held[-1]), None, f"{words}: {review_words} from the last meeting")

    def monthly(start: date, after: str, months: int, first_due: date | None = None) -> list[Due]:
        due = first_due or start + weeks(4)
        return [first_then(start, due, f"4 weeks from {after}", lambda last: add_months(last, months), f"{months} months")]

    if words == "in secure accommodation":
        return [Due(entry, None, None, f"{words}: when exit is planned")]
    if words == "remanded":
        remand = status_since(records, child, ("J1",))
        return [first_then(remand, remand + weeks(4), "4 weeks from the remand")]
    if words == "unregistered or unapproved placement":
        move = moved_in(records, child)
        return [first_then(move, working_days_after(move, 7), "7 working days from the move")]
    if words == "placement order, not matched":
        order = max(child.placement_order_since, entry)
        return [first_then(order, order + weeks(4), "4 weeks from the order", lambda last: last + weeks(12), "12 weeks")]
    if words in ("with parents under a care order", "residential under a care order"):
        return monthly(status_since(records, child, ("C1", "C2")), "the order", 6)
    if words == "residential under section 20":
        return monthly(max(moved_in(records, child), under_section_20(records, child)), "the move", 6)
    if words == "foster placement, long-term match ratified":
        moves = [day for day in move_dates(records, child) if day >= ratified_since(records, child)]
        if not moves:
            return [Due(entry, None, None, f"{words}: on a change of placement only")]
        return [first_then(moves[-1], moves[-1] + weeks(4), "4 weeks from the move")]
    if words == "foster placement under a care order, not ratified":
        return monthly(status_since(records, child, ("C2",)), "the order", 3)
    if words == "in care proceedings":
        return _due_in_proceedings(records, child, words, first_then)
    if words == "any other situation":
        return monthly(entry, "entry to care", 12)
    # Accommodated: the first meeting also before the second review, where that came after section 20 began.
    began = under_section_20(records, child)
    first_due, reviews = began + weeks(4), reviews_held(records, child)
    if len(reviews) >= 2 and reviews[1] > began:
        first_due = min(first_due, reviews[1] - ONE_DAY)
    return monthly(began, "the start of section 20", 12 if words == "accommodated under section 20" else 3, first_due)


def _due_in_proceedings(records: Records, child: ChildOnDay, words: str, first_then) -> list[Due]:
    """A meeting 3 weeks from the first hearing; and at 26 weeks, with no final care planning meeting, another."""
    proceedings = proceedings_in_force(records, child)
    issued, hearing = proceedings["issued_date"], proceedings["first_hearing_date"]
    if hearing is None:
        start = max(issued + timedelta(days=18), child.entered_care)
        first = first_then(start, start + weeks(3), "no first hearing recorded, 3 weeks from 18 days after issue")
    elif by_day(hearing, child.as_at):
        start = max(hearing, child.entered_care)
        first = first_then(start, start + weeks(3), "3 weeks from the first hearing")
    else:
        first = Due(child.entered_care, None, None, f"{words}: first hearing to come")
    answers = meetings_since(records, child, "FINAL_CARE_PLANNING", issued)
    answers += meetings_held(records, child, "PPM", issued + weeks(26))
    without = f"{words}: 26 weeks from issue with no final care planning meeting"
    return [first, Due(issued, issued + weeks(26), min(answers, default=None), without)]


def standing(dues: list[Due]) -> Due:
    """The one that stands for a child: the first that is not done, else the last that was; one with no date comes last.

    Of two that are due on one day, such as those after two meetings of one weekend, the one that began later."""
    open_ones = [one for one in dues if one.done is None and one.due is not None]
    if open_ones:
        return min(open_ones, key=lambda one: (one.due, -one.since.toordinal()))
    return max(dues, key=lambda one: (one.due or date.min, one.done or date.min, one.since))
