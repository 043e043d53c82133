"""The stages of one journey: the day of each, as the records stand on the last day in care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.reference import plans
from tests.reference.days import Records, by_start_then_identifier, rows_of, within
from tests.reference.homes import FOSTER, home_with, homes_of
from tests.reference.journeys_who import Journey
from tests.reference.orders import legal_status_rows
from tests.reference.placements import ADOPTIVE, LONG_TERM_FOSTER, placement_on

ADOPTED = ("E11", "E12")
TO_FAMILY = ("E41", "E43", "E44", "E45", "E46", "E47", "E48")
HOME = ("E4A",)


@dataclass(frozen=True)
class Stages:
    """The day of each stage; None where it was not reached."""

    entered: date
    plan: date | None
    plan_changed: date | None
    decision: date | None
    decision_reversed: date | None
    order: date | None
    order_ended: date | None
    match: date | None
    placed: date | None
    adopted: date | None
    long_term_match: date | None
    ratified: date | None
    fostered: date | None
    family_order: date | None
    home: date | None
    permanence: date | None


def stages_of(records: Records, journey: Journey, options: set[str] | None, day: date) -> Stages:
    """``options``: those of the route's plan; None for any."""
    permanence = [row for row in rows_of(records, "ssd_permanence") if row["perm_person_id"] == journey.child_id]
    placement = placement_on(records, journey.child_id, journey.last_day) or {}
    fostered = placement.get("clap_cla_placement_type") in LONG_TERM_FOSTER
    long_term_match, ratified = long_term_fostering(records, journey)
    left_for = {reason: journey.left for reason in (*ADOPTED, *TO_FAMILY, *HOME) if journey.reason == reason}
    lasting = journey.left if left_for else None
    family = journey.left if journey.reason in TO_FAMILY else None
    return Stages(
        journey.entered,
        *plan(records, journey, options, day),
        *decision(permanence, journey),
        *placement_order(records, permanence, journey),
        match(records, permanence, journey),
        moved_in(records, permanence, journey, placement),
        journey.left if journey.reason in ADOPTED else None,
        long_term_match,
        ratified,
        max(placement["clap_cla_placement_start_date"], journey.entered) if fostered else None,
        guardianship(records, journey) or family,
        journey.left if journey.reason in HOME else None,
        min((one for one in (lasting, ratified) if one is not None), default=None),
    )


def plan(records: Records, journey: Journey, options: set[str] | None, day: date) -> tuple[date | None, date | None]:
    """The first plan with one of the options; and when, after the last such plan, another one came."""
    counted = plans.plans_that_count(records, journey.child_id, journey.entered, day)
    ticked = [span for span in plans.spans(counted) if span.options]
    ours = [
        place
        for place, span in enumerate(ticked)
        if span.start <= journey.until and (options is None or options & set(span.options))
    ]
    if not ours:
        return None, None
    after = ticked[ours[-1] + 1 :]
    changed = after[0].start if after and after[0].start <= journey.until else None
    return max(min(ticked[place].start for place in ours), journey.entered), changed


def undone(made: date, by: date | None, journey: Journey) -> bool:
    """Reversed after it was made, and by the last day in care."""
    return within(made, by, journey.last_day)


def decision(permanence: list[dict], journey: Journey) -> tuple[date | None, date | None]:
    """(the last agency decision that stands, None); else the last that was made, and when it was reversed."""
    made = [
        (row["perm_adm_decision_date"], row["perm_decision_reversed_date"])
        for row in permanence
        if within(journey.entered, row["perm_adm_decision_date"], journey.until)
    ]
    standing = [decided for decided, reversed_on in made if not undone(decided, reversed_on, journey)]
    if standing:
        return max(standing), None
    return max(made, default=(None, None))


def placement_order(records: Records, permanence: list[dict], journey: Journey) -> tuple[date | None, date | None]:
    """(the day of the last placement order of this period of care, the day it ended, if it has)."""
    runs: list[list[tuple[date, date]]] = []
    rows = [
        (row["lega_legal_status_start_date"], row["lega_legal_status_end_date"] or date.max)
        for row in legal_status_rows(records, journey.child_id, journey.until)
        if row["lega_legal_status"] == "E1"
    ]
    for start, end in sorted(row for row in rows if row[1] >= row[0]):
        if runs and (start - max(one[1] for one in runs[-1])).days <= 1:
            runs[-1].append((start, end))
        else:
            runs.append([(start, end)])
    found = [(run[0][0], row) for run in runs for row in run if row[1] > journey.entered]
    if found:
        ended = max(end for _, (_, end) in found)
        return max(max(since, journey.entered) for since, _ in found), ended if ended <= journey.last_day else None
    return recorded_order(records, permanence, journey)


def recorded_order(records: Records, permanence: list[dict], journey: Journey) -> tuple[date | None, date | None]:
    """No such legal status: the permanence record's order, until its decision was reversed or a later legal status began."""
    ours = [row for row in permanence if within(journey.entered, row["perm_placement_order_date"], journey.until)]
    if not ours:
        return None, None
    last = max(ours, key=lambda row: by_start_then_identifier(row["perm_placement_order_date"], row["perm_table_id"]))
    ordered, reversed_on = last["perm_placement_order_date"], last["perm_decision_reversed_date"]
    later = [row["lega_legal_status_start_date"] for row in legal_status_rows(records, journey.child_id, journey.last_day)]
    ends = [one for one in later if one > ordered] + [reversed_on] * undone(ordered, reversed_on, journey)
    return ordered, min(ends, default=None)


def match(records: Records, permanence: list[dict], journey: Journey) -> date | None:
    """The last match with adopters that was not undone."""
    found = [
        row["perm_matched_date"]
        for row in permanence
        if within(journey.entered, row["perm_matched_date"], journey.until)
        and not undone(row["perm_matched_date"], row["perm_decision_reversed_date"], journey)
    ]
    return max([*found, *(row["match_date"] for row in carer_matches(records, journey, "ADOPTION"))], default=None)


def carer_matches(records: Records, journey: Journey, kind: str) -> list[dict]:
    """The matches of this period of care that had not ended by the last day in care."""
    return [
        row
        for row in rows_of(records, "local_carer_matches")
        if row["person_id"] == journey.child_id
        and row["match_type"] == kind
        and within(journey.entered, row["match_date"], journey.until)
        and (row["ended_date"] is None or row["ended_date"] > journey.last_day)
    ]


def long_term_fostering(records: Records, journey: Journey) -> tuple[date | None, date | None]:
    """(the last long-term match that stands, the first ratification of one that stands)."""
    standing = carer_matches(records, journey, "LTF")
    ratified = [
        max(row["match_date"], row["ratified_date"])
        for row in standing
        if row["ratified_date"] is not None and row["ratified_date"] <= journey.until
    ]
    return max((row["match_date"] for row in standing), default=None), min(ratified, default=None)


def guardianship(records: Records, journey: Journey) -> date | None:
    """The first special guardianship or child arrangements order of this period of care."""
    orders = [
        row["order_date"]
        for row in rows_of(records, "local_permanence_options")
        if row["person_id"] == journey.child_id and row["option_type"] in ("SGO", "CAO")
    ]
    return min((one for one in orders if within(journey.entered, one, journey.until)), default=None)


def moved_in(records: Records, permanence: list[dict], journey: Journey, lives_in: dict) -> date | None:
    """Since when the child lives (or, adopted, lived to the end) with the adoptive family; never earlier than entry to care."""
    adopted = journey.reason in ADOPTED
    by_carer = any(row["perm_adopted_by_carer_flag"] for row in permanence)
    of_the_period = [
        row
        for row in rows_of(records, "ssd_cla_placement")
        if row["clap_cla_placement_start_date"] <= journey.last_day
        and (row["clap_cla_placement_end_date"] is None or row["clap_cla_placement_end_date"] > journey.entered)
    ]
    homes = homes_of(records | {"ssd_cla_placement": of_the_period}, journey.child_id)
    if adopted:
        place = max((place for place, home in enumerate(homes) if set(home.types) & set(ADOPTIVE)), default=None)
    elif lives_in.get("clap_cla_placement_type") in ADOPTIVE:
        place = home_with(homes, lives_in["clap_cla_placement_id"])
    else:
        place = None
    if place is not None:
        home, before = homes[place], homes[place - 1] if place > 0 else None
        led_up = before is not None and (before.end is None or before.end >= home.start) and set(before.types) & set(FOSTER)
        start = before.start if by_carer and home.only_adoptive and led_up else home.start
        return max(start, journey.entered)
    if not adopted and lives_in.get("clap_cla_placement_type") is not None:
        return None
    recorded = [row["perm_placed_for_adoption_date"] for row in permanence]
    early = [row["perm_placed_ffa_cp_date"] for row in permanence]
    placed, fostered_early = (
        max((one for one in days if within(journey.entered, one, journey.until)), default=None) for days in (recorded, early)
    )
    # The carers with whom the child was placed early and who adopted: from then, once the child was placed for adoption.
    if by_carer and fostered_early is not None and (adopted or placed is not None):
        return fostered_early
    return placed
