"""The pandas program is a third reading of the rules: on small generated cases it says what the product says."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings

from benchmarks.pandas_program import pandas_lists
from benchmarks.rules import differences
from data.contract.contract import tables
from data.settings import Settings
from tests.deep import examples
from tests.generated.strategies import generated_cases
from tests.support.builder import child, records
from tests.support.product import count_rules, product_connection

OURS = "select rule, as_at, child_id, since, limit_date, days_over from listed where on_list"


def _rows(frame) -> set[tuple]:
    dates = ("as_at", "since", "limit_date")
    columns = [frame[name].dt.date if name in dates else frame[name] for name in frame.columns]
    return set(zip(*columns, strict=True))


def _frames(connection) -> dict:
    return {name: connection.execute(f"from {name}").df() for name in tables()}


def _both(night: dict, days: list, options) -> tuple[set[tuple], set[tuple]]:
    connection = product_connection(night)
    count_rules(connection, days, options)
    return set(connection.execute(OURS).fetchall()), _rows(pandas_lists(_frames(connection), days))


@given(generated_cases())
@settings(max_examples=examples(3, 25), deadline=None, suppress_health_check=list(HealthCheck))
def test_pandas_and_the_product_list_the_same_children(generated):
    night, days, options = generated
    night = records() | night  # every table supplied: a rule that is not supplied has no list to compare
    ours, theirs = _both(night, days, options)
    assert theirs == ours


def test_the_comparison_sees_a_child_on_one_list_only():
    night = records(child("A").in_care("2025-01-31").plan("RETURN6M", "2025-08-31"))
    on_the_limit, theirs = _both(night, [date(2026, 2, 28)], Settings())
    before_it, _ = _both(night, [date(2026, 2, 27)], Settings())
    assert {row[0] for row in on_the_limit} == {"return_home_6m"}
    assert theirs == on_the_limit != before_it


def test_a_row_that_only_one_of_two_lists_has_is_named():
    night = records(child("A").in_care("2025-01-31").plan("RETURN6M", "2025-08-31"))
    frames = _frames(product_connection(night))
    lists = pandas_lists(frames, [date(2026, 2, 28), date(2026, 3, 1)])
    assert differences(lists, lists) == []
    assert differences(lists.iloc[1:], lists) == [
        "only pandas: 2026-02-28 return_home_6m child A, since 2025-08-31, limit 2026-02-28, 0 days over"
    ]
