"""An option's clock is the earlier of what is recorded and what the nights showed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.settings import Settings
from tests.deep import examples
from tests.generated.strategies import make_case
from tests.metrics.boundary_cases import OBSERVED_CASES
from tests.metrics.cases.observed_clocks import ADOPTION, BOTH, HOME
from tests.metrics.spine.observed_nights import (
    Shown,
    keep_history,
    observed_connection,
    option_clocks,
    told_back,
    what_a_night_showed,
)
from tests.reference import spine
from tests.reference.observed import observed_since
from tests.support.builder import Records

SLOW = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@pytest.mark.parametrize("case", OBSERVED_CASES, ids=lambda case: case.sentence)
def test_the_clocks_of_a_boundary_day(case):
    shown = {night: {"A": options} for night, options in case.shown.items()}
    clocks = option_clocks(observed_connection(case.records, shown, [case.as_at]))
    assert {option: clock for (_, _, option), clock in clocks.items()} == case.expected


@pytest.mark.parametrize("case", OBSERVED_CASES, ids=lambda case: case.sentence)
def test_the_reference_reading_of_a_boundary_day(case):
    one = spine(case.records, case.as_at, Settings())["A"]
    nights = list(case.shown.items())
    observed = {option: observed_since(nights, option, one.entered_care, case.as_at) for option in one.option_since}
    assert {option: (recorded, observed[option]) for option, recorded in one.option_since.items()} == {
        option: days[1:] for option, days in case.expected.items()
    }


def make_nights(random: Random, night_records: Records, days: list[date]) -> Shown:
    """Nights around the days, with the gaps that matter."""
    night, shown = min(days) - timedelta(days=random.choice((0, 1, 28, 29, 60, 200))), {}
    for _ in range(random.choice((0, 1, 2, 5, 12))):
        shown[night] = what_a_night_showed(random, night_records, night)
        night += timedelta(days=random.choice((1, 1, 7, 15, 27, 28, 28, 29, 30)))
    return shown


@given(st.randoms(use_true_random=False))
@settings(max_examples=examples(3, 60), **SLOW)
def test_they_agree_with_the_reference_reading_of_the_nights(random):
    night_records, days, _ = make_case(random)
    shown = make_nights(random, night_records, days)
    days = sorted({*days, *random.sample(sorted(shown), min(2, len(shown)))})
    expected = {}
    for on in days:
        for name, one in spine(night_records, on, Settings()).items():
            nights = [(night, seen.get(name)) for night, seen in shown.items()]
            for option, recorded in one.option_since.items():
                observed = observed_since(nights, option, one.entered_care, on)
                expected[(on, name, option)] = (min(recorded, observed or recorded), recorded, observed)
    assert option_clocks(observed_connection(night_records, shown, days)) == expected


PLANS = st.sampled_from([None, (), HOME, ADOPTION, BOTH])


@given(st.lists(st.fixed_dictionaries({"A": PLANS, "B": PLANS, "C": PLANS}), max_size=8))
@settings(max_examples=examples(3, 60), **SLOW)
def test_the_history_tells_every_night_as_it_was_and_holds_only_changes(nights):
    shown = {date(2025, 1, 1) + timedelta(days=3 * place): seen for place, seen in enumerate(nights)}
    with duckdb.connect() as connection:
        keep_history(connection, shown)
        if not shown:
            return
        in_care = {night: {name: plan for name, plan in seen.items() if plan is not None} for night, seen in shown.items()}
        assert told_back(connection) == in_care
        changes = sum(
            seen[name] != before.get(name) for seen, before in zip(nights, [{}, *nights], strict=False) for name in seen
        )
        assert connection.execute("select count(*) from observed_plan").fetchone()[0] == changes
