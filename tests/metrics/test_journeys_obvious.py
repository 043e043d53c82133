"""Every step of every journey, against the slow and obvious reading, on small worlds."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given
from hypothesis import settings as effort

from data.settings import Settings
from metrics.journeys import ROUTES, children
from metrics.plain import plain_rows
from metrics.scope import Scope
from tests.builder import Records
from tests.metrics.comparing import differences
from tests.obvious.journeys import steps_of
from tests.strategies_journeys import worlds
from tests.world_engine import WorldEngine

EVERYBODY = Scope(roles=None)
TOLD = ("state", "days", "from_date", "to_date", "stopped_date", "stopped", "service", "team", "worker")
# A policy's rules have no part in a journey; the lists of one are soon made.
SETTINGS = Settings(policies=("hertfordshire",))


def product_steps(night: Records, day: date) -> tuple[dict, set]:
    """{(route, step, child, entered care): what is told of it}, and the steps that are supplied."""
    engine, found, supplied = WorldEngine(night, [day], SETTINGS), {}, set()
    for route in ROUTES:
        supplied |= {(route.id, step.id) for step in route.steps if not step.missing(engine.supplied)}
        for row in plain_rows(children(engine, route.id, EVERYBODY)):
            key = (route.id, row["step"], row["child_id"], row["entered_date"])
            assert key not in found
            if key[:2] in supplied:
                found[key] = tuple(row[name] for name in TOLD)
    return found, supplied


def told_differently(night: Records, day: date) -> list[str]:
    product, supplied = product_steps(night, day)
    obvious = {key: told for key, told in steps_of(night, day, SETTINGS) if key[:2] in supplied}
    return differences(product, obvious)


@given(worlds())
@effort(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_product_and_the_obvious_reading_agree_on_every_step(world):
    assert told_differently(*world) == []
