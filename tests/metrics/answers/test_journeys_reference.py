"""Every step of every journey, against the slow reference reading, on small generated cases."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from data.settings import Settings
from metrics.answers.england.adoption_indicators import adoption_indicators
from metrics.answers.journeys import ROUTES, children
from metrics.engine.plain import plain_rows
from tests.deep import examples
from tests.generated.adopted import adopted_case
from tests.generated.journeys import generated_cases
from tests.metrics.comparing import differences
from tests.reference.journeys import steps_of
from tests.support.builder import Records
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking

EVERYBODY = asking(roles=None)
TOLD = ("state", "days", "from_date", "to_date", "stopped_date", "stopped", "service", "team", "worker")
# A policy's rules have no part in a journey; the lists of one are soon made.
SETTINGS = Settings(policies=("hertfordshire",))
# England's adoption indicators, and the steps that ask the same of a child who was adopted.
SAME_STEP = {"entry_to_adoptive_family": "entry_to_placed", "order_to_match": "order_to_match"}


def product_steps(night: Records, day: date) -> tuple[dict, set]:
    """{(route, step, child, entered care): what is told of it}, and the steps that are supplied."""
    engine, found, supplied = RecordsEngine(night, [day], SETTINGS), {}, set()
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
    reference = {key: actual for key, actual in steps_of(night, day, SETTINGS) if key[:2] in supplied}
    return differences(product, reference)


@given(generated_cases())
@effort(max_examples=examples(3, 60), deadline=None, suppress_health_check=list(HealthCheck))
def test_the_product_and_the_reference_reading_agree_on_every_step(generated):
    assert told_differently(*generated) == []


@given(st.randoms(use_true_random=False).map(adopted_case))
@effort(max_examples=examples(3, 60), deadline=None, suppress_health_check=list(HealthCheck))
def test_of_a_child_who_was_adopted_england_s_indicators_count_the_same_days(generated):
    night, day = generated
    engine = RecordsEngine(night, [day], Settings(policies=("england",)))
    rows = plain_rows(children(engine, "adoption", EVERYBODY))
    of_step = {(row["step"], row["child_id"], row["entered_date"]): row for row in rows if row["state"] == "reached"}
    entered = {(child, row["to_date"]): day for (step, child, day), row in of_step.items() if step == "entry_to_adopted"}
    answers = adoption_indicators(engine, "england", EVERYBODY)
    began = {row["child_id"]: row["from_date"] for row in plain_rows(answers[0].behind)}
    for answer in answers:
        for behind in plain_rows(answer.behind):
            # A child who came into care again at once, or in the same period of care, has no journey that ended by the adoption;
            # one whose last episode says that care began on that day has a longer journey than England counts.
            entry = entered.get((behind["child_id"], behind["adopted_date"]))
            if entry and entry == began[behind["child_id"]]:
                key = (behind["child_id"], entry)
                step = of_step.get((SAME_STEP[answer.indicator.id], *key), {"days": None})
                assert step["days"] == behind["days"]
