"""Journeys to permanence, read day by day and record by record: each step of each child and period of care."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.reference.days import Records
from tests.reference.journeys_stages import Stages, stages_of
from tests.reference.journeys_who import Journey, as_known, journeys_of

REACHED, WAITING, ENDED, OUT_OF_ORDER = "reached", "waiting", "ended another way", "out of order"
OPTIONS = {
    "all": None,
    "adoption": {"adoption"},
    "long_term_fostering": {"long_term_fostering"},
    "family": {"relatives_or_friends", "special_guardianship"},
    "home": {"return_home"},
}
# (step, from, to, the later stages by which the child went on without it, whether ``to`` may come first and then took no time).
STEPS = {
    "all": (
        ("entry_to_plan", "entered", "plan", (), False),
        ("entry_to_permanence", "entered", "permanence", (), False),
    ),
    "adoption": (
        ("entry_to_plan", "entered", "plan", ("decision", "order", "match", "placed"), False),
        ("plan_to_decision", "plan", "decision", ("order", "match", "placed"), False),
        ("decision_to_order", "decision", "order", ("placed",), False),
        ("order_to_match", "order", "match", ("placed",), True),
        ("match_to_placed", "match", "placed", (), True),
        ("placed_to_adopted", "placed", "adopted", (), False),
        ("entry_to_placed", "entered", "placed", (), False),
        ("entry_to_adopted", "entered", "adopted", (), False),
    ),
    "long_term_fostering": (
        ("entry_to_plan", "entered", "plan", ("long_term_match", "fostered"), False),
        ("plan_to_match", "plan", "long_term_match", (), False),
        ("match_to_placed", "long_term_match", "fostered", (), True),
        ("match_to_ratified", "long_term_match", "ratified", (), False),
        ("entry_to_placed", "entered", "fostered", (), False),
        ("entry_to_ratified", "entered", "ratified", (), False),
    ),
    "family": (
        ("entry_to_plan", "entered", "plan", ("family_order",), False),
        ("plan_to_order", "plan", "family_order", (), False),
        ("entry_to_order", "entered", "family_order", (), False),
    ),
    "home": (
        ("entry_to_plan", "entered", "plan", ("home",), False),
        ("plan_to_home", "plan", "home", (), False),
        ("entry_to_home", "entered", "home", (), False),
    ),
}
# Who is on a route: anyone who has one of these.
ON_ROUTE = {
    "all": ("entered",),
    "adoption": ("plan", "decision", "order", "match", "placed", "adopted"),
    "long_term_fostering": ("plan", "long_term_match", "fostered"),
    "family": ("plan", "family_order"),
    "home": ("plan", "home"),
}


def given_up(route: str, stages: Stages) -> date | None:
    """The day on which the route was given up: its plan became another one; None while it was not."""
    if route == "all" or (route == "long_term_fostering" and stages.long_term_match is not None):
        return None
    if route != "adoption":
        return stages.plan_changed
    # Adoption goes on while a placement order is in force. With no plan it ends with the decision and the order.
    if stages.order is not None and stages.order_ended is None:
        return None
    if stages.plan is None:
        ends = [stages.decision_reversed, stages.order_ended]
    elif stages.plan_changed is None:
        return None
    else:
        ends = [stages.plan_changed, stages.order_ended]
    return max((end for end in ends if end is not None), default=None)


def first_of(days: list[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def one_step(route: str, journey: Journey, stages: Stages, step: tuple) -> tuple | None:
    """(state, days, from, to, stopped, why) of one wait; None where it never began."""
    _, start, end, later, may_come_first = step
    begun, reached = getattr(stages, start), getattr(stages, end)
    if begun is None:
        return None
    if reached is not None:
        early = reached < begun
        state = OUT_OF_ORDER if early and not may_come_first else REACHED
        return state, max(0, (reached - begun).days), begun, reached, None, None
    passed, changed = first_of([getattr(stages, name) for name in later]), given_up(route, stages)
    stopped = first_of([passed, changed, journey.left])
    if stopped is None:
        return WAITING, (journey.until - begun).days, begun, None, None, None
    why = "went on without it" if stopped == passed else "the plan changed" if stopped == changed else journey.how
    stopped = max(stopped, begun)
    return ENDED, (stopped - begun).days, begun, None, stopped, why


def steps_of(records: Records, day: date, settings) -> Iterator[tuple[tuple, tuple]]:
    """((route, step, child, entered care), (state, days, from, to, stopped, why, service, team, worker)) of every wait."""
    records = as_known(records, day)
    for journey in journeys_of(records, day, settings):
        for route, options in OPTIONS.items():
            stages = stages_of(records, journey, options, day)
            if all(getattr(stages, name) is None for name in ON_ROUTE[route]):
                continue
            for step in STEPS[route]:
                found = one_step(route, journey, stages, step)
                if found is not None:
                    key = (route, step[0], journey.child_id, journey.entered)
                    yield key, (*found, journey.service, journey.team, journey.worker)
