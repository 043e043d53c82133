"""England's timescales and the stability of placements, read off a child on a day."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.days import Records, add_months, by_day, rows_of
from tests.reference.homes import ONE_DAY, home_with, homes_of
from tests.reference.placements import ADOPTIVE, EARLY_PERMANENCE, LONG_TERM_FOSTER
from tests.reference.rules import matches_supplied
from tests.reference.salford_facts import working_days_after
from tests.reference.slough import proceedings
from tests.reference.terms import ChildOnDay, episode_on, spine

# (since, due, done) of a milestone, as far as the child has one.
Due = tuple[date, date, date | None]
Answer = tuple[date, str]
SIX_WEEKS = timedelta(weeks=6)
MILESTONES = ("first_review_20d", "second_review_3m", "later_review_6m", "visit_1w", "visit_interval")
LIMITS = {
    "proceedings_26w": lambda since: since + timedelta(weeks=26),
    "waiting_adoptive_family_14m": lambda since: add_months(since, 14),
    "waiting_match_4m": lambda since: add_months(since, 4),
    "three_placements_12m": lambda since: since,
    "same_placement_2y": lambda since: add_months(since, 24),
    "not_same_placement_2y": lambda since: since,
}
MEASURES = tuple(LIMITS)


def reviews(records: Records, period: str | None, day: date) -> list[date]:
    """The days on which this period of care was reviewed."""
    held = {
        row["clar_cla_review_date"]
        for row in rows_of(records, "ssd_cla_reviews")
        if period is not None
        and row["clar_cla_id"] == period
        and not row["clar_cla_review_cancelled"]
        and by_day(row["clar_cla_review_date"], day)
    }
    return sorted(held)


def visits(records: Records, child: ChildOnDay, since: date) -> list[date]:
    """Visits at which the child was seen, from a day on."""
    made = [
        row["clav_cla_visit_date"]
        for row in rows_of(records, "ssd_cla_visits")
        if row["clav_person_id"] == child.child_id
        and row["clav_cla_visit_seen"] is not False
        and by_day(row["clav_cla_visit_date"], child.as_at)
    ]
    return sorted(day for day in made if day >= since)


def placed_on(records: Records, child: ChildOnDay) -> date:
    """When the present home began; entry to care, where that is later or no placement is known."""
    if child.placement_type is None and child.placement_id is None:
        return child.entered_care
    homes = homes_of(records, child.child_id)
    place = home_with(homes, child.placement_id)
    start = child.placement_start if place is None else homes[place].start
    return max(start, child.entered_care)


def milestone(records: Records, rule: str, child: ChildOnDay, period: str | None) -> Due | None:
    held = reviews(records, period, child.as_at)
    if rule == "first_review_20d":
        return child.entered_care, working_days_after(child.entered_care, 20), held[0] if held else None
    if rule == "second_review_3m":
        return (held[0], add_months(held[0], 3), held[1] if len(held) > 1 else None) if held else None
    if rule == "later_review_6m":
        return (held[-1], add_months(held[-1], 6), None) if len(held) > 1 else None
    placed = placed_on(records, child)
    made = visits(records, child, placed)
    if rule == "visit_1w":
        return placed, placed + timedelta(days=7), made[0] if made else None
    if not made:
        return None
    meant_to_last = child.placement_type in LONG_TERM_FOSTER or child.long_term_match
    first_year = made[-1] < add_months(placed, 12)
    return made[-1], add_months(made[-1], 3) if meant_to_last and not first_year else made[-1] + SIX_WEEKS, None


def state(due: date, done: date | None, day: date) -> str:
    if done is not None:
        return "done in time" if done <= due else "done late"
    return "overdue" if due <= day else "due"


def milestones(records: Records, rule: str, day: date, settings) -> dict[str, tuple]:
    """{child: (since, due, done, state)}."""
    found = {}
    for child_id, child in spine(records, day, settings).items():
        answer = milestone(records, rule, child, episode_on(records, child_id, day)["clae_cla_id"])
        if answer is not None:
            since, due, done = answer
            found[child_id] = (since, due, done, state(due, done, day))
    return found


def waiting_for_family(records: Records, child: ChildOnDay) -> Answer | None:
    if "adoption" not in child.options and child.placement_order_since is None:
        return None
    if child.placement_type in ADOPTIVE + EARLY_PERMANENCE:
        return None
    words = "placement order" if child.placement_order_since else "no placement order"
    if child.matched_for_adoption:
        words += "; matched"
    else:
        words += "; not matched" if matches_supplied(records) else "; matches not supplied"
    return child.entered_care, words + ("" if child.placement_type else "; placement not known")


def waiting_for_match(records: Records, child: ChildOnDay) -> Answer | None:
    if child.placement_order_since is None or child.matched_for_adoption or child.placement_type in ADOPTIVE:
        return None
    words = "early permanence" if child.placement_type in EARLY_PERMANENCE else "no placement with adopters"
    return child.placement_order_since, words + ("" if child.placement_type else "; placement not known")


def many_placements(records: Records, child: ChildOnDay) -> Answer | None:
    """Three or more homes lived in on any of the days whose 12 months after are still to come."""
    lived_in = []
    for home in homes_of(records, child.child_id):
        if home.start > child.as_at or home.end == home.start:
            continue
        if home.end is None or add_months(home.end - ONE_DAY, 12) > child.as_at:
            lived_in.append(home.start)
    return (sorted(lived_in)[2], f"{len(lived_in)} placements") if len(lived_in) >= 3 else None


def settled_since(records: Records, child: ChildOnDay) -> date | None:
    homes = homes_of(records, child.child_id)
    place = home_with(homes, child.placement_id)
    if place is None:
        return None
    before = homes[place].only_adoptive and place > 0
    return max(homes[place - 1].start if before else homes[place].start, child.entered_care)


def settled(records: Records, child: ChildOnDay) -> tuple[bool, Answer] | None:
    """Of those looked after for 30 months and under 16: whether in the same placement for two years, and since when."""
    if child.age is None or child.age >= 16 or add_months(child.entered_care, 30) > child.as_at:
        return None
    since = settled_since(records, child)
    for_adoption = child.placement_type in ADOPTIVE
    if since is not None and add_months(since, 24) <= child.as_at:
        return True, (since, "placed for adoption" if for_adoption else "same placement")
    if child.placement_type is None:
        return False, (since or child.entered_care, "placement not known")
    if since is None:
        return False, (child.entered_care, "temporary placement")
    return False, (since, "placed for adoption" if for_adoption else f"moved on {since:%d/%m/%Y}")


def measure(records: Records, rule: str, child: ChildOnDay) -> Answer | None:
    if rule == "waiting_adoptive_family_14m":
        return waiting_for_family(records, child)
    if rule == "waiting_match_4m":
        return waiting_for_match(records, child)
    if rule == "three_placements_12m":
        return many_placements(records, child)
    asked = settled(records, child)
    return asked[1] if asked and asked[0] == (rule == "same_placement_2y") else None


def rule_list(records: Records, rule: str, day: date, settings) -> dict[str, tuple[date, date, int, str]]:
    """{child: (since, limit date, days over, detail)} at or over the limit."""
    in_care = spine(records, day, settings)
    if rule == "proceedings_26w":
        answers = proceedings(records, day, in_care)
    else:
        answers = {child: measure(records, rule, terms) for child, terms in in_care.items()}
    found = {}
    for child, answer in answers.items():
        if answer is not None and LIMITS[rule](answer[0]) <= day:
            limit = LIMITS[rule](answer[0])
            found[child] = (answer[0], limit, (day - limit).days, answer[1])
    return found
