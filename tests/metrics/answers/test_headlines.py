"""A figure as a panel reads it: change, share, and how it stands against its target."""

from __future__ import annotations

from datetime import date

import pandas
import pytest

from metrics.answers.headlines import NO_TARGET, Headline, headlines, standing
from metrics.engine.absence import NOT_SUPPLIED
from metrics.engine.catalogue import measure_files, read_measure
from metrics.engine.plain import plain_rows
from metrics.engine.policy import Target, bound
from tests.support.scopes import asking

TARGET = Target(percent=5, tolerance=1.5)


@pytest.mark.parametrize(
    ("target", "children", "population", "says"),
    [
        (TARGET, 10, 200, "within target"),
        (TARGET, 11, 200, "near target"),
        (TARGET, 13, 200, "near target"),
        (TARGET, 14, 200, "over target"),
        (Target(percent=2.3, tolerance=0), 23, 1000, "within target"),
        (Target(percent=0, tolerance=0), 0, 0, "within target"),
        (None, 10, 200, NO_TARGET),
        (TARGET, None, 200, NOT_SUPPLIED),
        (None, None, 200, NOT_SUPPLIED),
    ],
)
def test_a_figure_stands_within_near_or_over_its_target(target, children, population, says):
    assert standing(target, children, population) == says


@pytest.mark.parametrize(
    ("children", "says"), [(80, "within target"), (79, "near target"), (75, "near target"), (74, "under target")]
)
def test_where_a_higher_figure_is_better_a_target_is_at_least(children, says):
    settled = read_measure(measure_files()["same_placement"])
    assert bound(settled.review.low_is_good) == "at least"
    assert standing(Target(80, 5), children, 100, bound(settled.review.low_is_good)) == says


def _headline(engine, children, before, population=200):
    rule = engine.policies["hertfordshire"].rules[0]
    return Headline(rule, (), (), children, population, 300, ((date(2026, 9, 30), before), (date(2026, 10, 31), children)))


@pytest.mark.parametrize(("children", "before", "change"), [(5, 8, -3), (8, 8, 0), (None, 8, None), (8, None, None)])
def test_change_is_since_the_last_month_end(engine, children, before, change):
    headline = _headline(engine, children, before)
    assert (headline.change, headline.compared_with) == (change, date(2026, 9, 30))


def test_share_is_of_the_rules_population_and_of_nobody_there_is_none(engine):
    assert _headline(engine, 5, 5).share == 0.025
    assert _headline(engine, 0, 0, population=0).share is None
    assert _headline(engine, None, 5).share is None
    assert _headline(engine, 5, 5, population=None).share is None


def test_the_headlines_are_the_engines_figures_in_the_policys_order(engine):
    found = headlines(engine, "hertfordshire", asking(), date(2026, 9, 30), months=3)
    figures = plain_rows(engine.figures("hertfordshire", asking(), "county", (date(2026, 9, 30),)))
    assert [(one.rule.id, one.children, one.population) for one in found] == [
        (row["rule"], row["children"], row["population"]) for row in figures
    ]
    assert [day for day, _ in found[0].trend] == [date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)]


def test_plain_rows_have_plain_values_and_none_for_what_is_missing():
    frame = pandas.DataFrame(
        {
            "day": pandas.to_datetime(["2026-10-31", None]),
            "children": pandas.array([3, None], dtype="Int64"),
            "share": [0.5, float("nan")],
            "name": pandas.Series(["North", None], dtype="str"),
        }
    )
    assert plain_rows(frame) == [
        {"day": date(2026, 10, 31), "children": 3, "share": 0.5, "name": "North"},
        {"day": None, "children": None, "share": None, "name": None},
    ]
