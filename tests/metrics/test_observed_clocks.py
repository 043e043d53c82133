"""An option's clock is the earlier of what is recorded and what the nights showed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.settings import Settings
from tests.builder import child, records
from tests.metrics.observed_nights import keep_history, observed_connection, option_clocks, told_back
from tests.obvious import spine
from tests.obvious.observed import observed_since
from tests.obvious.plans import OPTIONS
from tests.strategies import make_world

HOME, ADOPTION = ("return_home",), ("adoption",)
BOTH = ("return_home", "adoption")
SLOW = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def day(text: str) -> date:
    return date.fromisoformat(text)


def told(one, shown: dict[str, tuple[str, ...] | None], on: str, option: str = "return_home") -> tuple[date, date, date | None]:
    """(since, recorded since, observed since) of child A's option on the day, after nights that showed this of A."""
    nights = {day(night): {"A": options} for night, options in shown.items()}
    return option_clocks(observed_connection(records(one), nights, [day(on)]))[(day(on), "A", option)]


def typed_again():
    """In care since 2024; what was the plan for months is typed again on 10 June 2025."""
    return child().in_care("2024-01-10").plan("RETURN6M", "2025-06-10")


def test_a_plan_typed_again_keeps_the_clock_that_the_nights_showed():
    shown = {"2025-05-31": HOME, "2025-06-15": HOME}
    assert told(typed_again(), shown, "2025-06-15") == (day("2025-05-31"), day("2025-06-10"), day("2025-05-31"))


def test_with_a_single_night_the_clock_is_recorded():
    assert told(typed_again(), {"2025-06-15": HOME}, "2025-06-15") == (day("2025-06-10"), day("2025-06-10"), day("2025-06-15"))


def test_with_no_night_at_all_nothing_was_observed():
    assert told(typed_again(), {}, "2025-06-15") == (day("2025-06-10"), day("2025-06-10"), None)


@pytest.mark.parametrize(("before", "since"), [
    ("2025-06-03", "2025-06-03"),  # 28 days before 1 July
    ("2025-06-02", "2025-06-10"),  # 29 days
])
def test_nights_28_days_apart_are_unbroken_and_29_are_broken(before, since):
    assert told(typed_again(), {before: HOME, "2025-07-01": HOME}, "2025-07-01")[0] == day(since)


def test_from_one_night_to_the_next_counts_and_not_from_the_first_to_the_last():
    shown = {"2025-04-20": HOME, "2025-05-18": HOME, "2025-06-15": HOME}
    assert told(typed_again(), shown, "2025-06-15")[2] == day("2025-04-20")


def test_a_night_missing_for_29_days_breaks_even_where_the_plan_stayed_the_same():
    shown = {"2025-04-20": HOME, "2025-05-19": HOME, "2025-06-15": HOME}
    assert told(typed_again(), shown, "2025-06-15")[2] == day("2025-05-19")


def test_a_night_that_showed_another_option_breaks_the_run():
    shown = {"2025-05-20": HOME, "2025-06-01": ADOPTION, "2025-06-05": HOME, "2025-06-15": HOME}
    assert told(typed_again(), shown, "2025-06-15")[2] == day("2025-06-05")


def test_an_option_beside_another_is_shown_and_does_not_break():
    shown = {"2025-05-20": HOME, "2025-06-01": BOTH, "2025-06-15": HOME}
    assert told(typed_again(), shown, "2025-06-15")[2] == day("2025-05-20")


@pytest.mark.parametrize("nothing", [(), None], ids=["no option", "not in care"])
@pytest.mark.parametrize(("first", "since"), [("2025-05-18", "2025-05-18"), ("2025-05-17", "2025-06-15")])
def test_nights_that_showed_nothing_do_not_break_within_28_days(nothing, first, since):
    assert told(typed_again(), {first: HOME, "2025-06-01": nothing, "2025-06-15": HOME}, "2025-06-15")[2] == day(since)


def test_nights_before_entry_to_this_period_of_care_do_not_count():
    one = (
        child()
        .in_care("2024-01-10", "2025-05-25", period="P1")
        .in_care("2025-06-01", period="P2")
        .plan("RETURN6M", "2024-02-01", "2025-05-25")
        .plan("RETURN6M", "2025-06-10")
    )
    shown = {"2025-05-20": HOME, "2025-05-31": None, "2025-06-01": HOME, "2025-06-15": HOME}
    assert told(one, shown, "2025-06-15") == (day("2025-06-01"), day("2025-06-10"), day("2025-06-01"))


def test_recorded_earlier_than_observed_stays_recorded():
    one = child().in_care("2024-01-10").plan("RETURN6M", "2024-02-01")
    assert told(one, {"2025-06-01": HOME, "2025-06-15": HOME}, "2025-06-15") == (
        day("2024-02-01"), day("2024-02-01"), day("2025-06-01"),
    )  # fmt: skip


def test_nights_after_the_day_and_what_the_night_of_the_day_showed_do_not_count():
    shown = {"2025-06-01": HOME, "2025-06-15": ADOPTION, "2025-06-20": ADOPTION}
    assert told(typed_again(), shown, "2025-06-15")[2] == day("2025-06-01")


def test_on_a_day_that_was_no_night_the_run_reaches_back_to_the_nights_before_it():
    assert told(typed_again(), {"2025-06-01": HOME, "2025-06-30": HOME}, "2025-06-12")[2] == day("2025-06-01")
    assert told(typed_again(), {"2025-06-30": HOME}, "2025-06-12")[2] is None


def test_of_two_options_each_has_its_own_clock():
    one = child().in_care("2024-01-10").plan("RETURN6M ADOPTION", "2025-06-10")
    shown = {"2025-05-20": HOME, "2025-06-01": BOTH, "2025-06-15": BOTH}
    assert told(one, shown, "2025-06-15")[2] == day("2025-05-20")
    assert told(one, shown, "2025-06-15", "adoption")[2] == day("2025-06-01")


def test_a_plan_dated_in_the_future_is_shown_from_its_day_only():
    one = child().in_care("2024-01-10").plan("RETURN6M", "2024-02-01").plan("ADOPTION", "2025-06-20")
    connection = observed_connection(records(one), {day("2025-06-01"): {"A": HOME}}, [day("2025-06-19"), day("2025-06-20")])
    assert {key[::2] for key in option_clocks(connection)} == {
        (day("2025-06-19"), "return_home"), (day("2025-06-20"), "adoption"),
    }  # fmt: skip


def make_nights(random: Random, night_records, days: list[date]) -> dict[date, dict[str, tuple[str, ...] | None]]:
    """Nights around the days, with the gaps that matter; most show what the plan was, some what it was not."""
    start = min(days) - timedelta(days=random.choice((0, 1, 28, 29, 60, 200)))
    shown = {}
    for _ in range(random.choice((0, 1, 2, 5, 12))):
        true = spine(night_records, start, Settings())
        shown[start] = {}
        for person in night_records["ssd_person"]:
            name = person["pers_person_id"]
            seen = [true[name].options] * 5 if name in true else [None] * 2
            several = tuple(option for option in OPTIONS[:4] if random.random() < 0.5)
            shown[start][name] = random.choice([*seen, None, (), HOME, several, ADOPTION])
        start += timedelta(days=random.choice((1, 1, 7, 15, 27, 28, 28, 29, 30)))
    return shown


@given(st.randoms(use_true_random=False))
@settings(max_examples=120, **SLOW)
def test_they_agree_with_the_obvious_reading_of_the_nights(random):
    night_records, days, _ = make_world(random)
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
@settings(max_examples=60, **SLOW)
def test_the_history_tells_every_night_as_it_was_and_holds_only_changes(nights):
    shown = {date(2025, 1, 1) + timedelta(days=3 * place): seen for place, seen in enumerate(nights)}
    with duckdb.connect() as connection:
        keep_history(connection, shown)
        if not shown:
            return
        in_care = {night: {name: plan for name, plan in seen.items() if plan is not None} for night, seen in shown.items()}
        assert told_back(connection) == in_care
        changes = sum(seen[name] != before.get(name) for seen, before in zip(nights, [{}, *nights], strict=False) for name in seen)
        assert connection.execute("select count(*) from observed_plan").fetchone()[0] == changes
