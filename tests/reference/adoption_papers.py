"""The papers of an adoption (Slough, 10): the guide, the life story book and the later life letter, read off a child on a day."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.days import Records, rows_of, within
from tests.reference.hertfordshire_papers import documents, first_sent
from tests.reference.homes import every_home
from tests.reference.placements import ADOPTIVE
from tests.reference.salford_facts import Left, left_care, working_days_after
from tests.reference.south_east_meetings import Due
from tests.reference.terms import ChildOnDay, spine

RULES = ("life_story_book_10wd", "later_life_letter_10d", "childs_guide_at_placement")


def after_the_ceremony(records: Records, left: Left, kind: str, day: date) -> Due:
    """Given by so long after the first ceremony since the order; after the order where no ceremony is recorded."""
    ceremonies = [
        row["event_date"]
        for row in rows_of(records, "local_events")
        if row["person_id"] == left.child_id
        and row["event_type"] == "ADOPTION_CEREMONY"
        and within(left.left_date, row["event_date"], day)
    ]
    start = min(ceremonies, default=left.left_date)
    due = working_days_after(start, 10) if kind == "LIFE_STORY_BOOK" else start + timedelta(days=10)
    words = "from the ceremony" if ceremonies else "ceremony not recorded: from the adoption order"
    return Due(start, due, first_sent(documents(records, left.child_id, kind, left.entered_care, day)), words)


def childs_guide(records: Records, child: ChildOnDay) -> Due | None:
    """Given to every child with a plan for adoption, by the day of the placement."""
    given = first_sent(documents(records, child.child_id, "CHILDS_GUIDE", child.entered_care, child.as_at))
    if child.placement_type in ADOPTIVE:
        home = next(home for home in every_home(records, child.child_id) if home.has(child.placement_id))
        moved = [row["clap_cla_placement_start_date"] for row in home.placements if row["clap_cla_placement_type"] in ADOPTIVE]
        placed = max(min(moved), child.entered_care)
        return Due(placed, placed, given, "placed for adoption")
    if "adoption" not in child.options:
        return None
    return Due(child.option_since["adoption"], None, given, "not placed yet")


def milestones(records: Records, rule: str, day: date, settings) -> dict[str, tuple]:
    """{child: (since, due, done, state, detail)} of every child whom the rule is about."""
    if rule == "childs_guide_at_placement":
        dues = {child: childs_guide(records, terms) for child, terms in spine(records, day, settings).items()}
    else:
        kind = "LIFE_STORY_BOOK" if rule == "life_story_book_10wd" else "LATER_LIFE_LETTER"
        dues = {
            child: after_the_ceremony(records, left, kind, day)
            for child, left in left_care(records, day, settings, months=12).items()
            if left.reason in ("E11", "E12")
        }
    return {child: (one.since, one.due, one.done, one.state(day), one.detail) for child, one in dues.items() if one is not None}
