"""Status, direction and targets on their boundaries; percentages and averages on too few; every pack of a small council is safe."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, event, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from data.settings import Settings, SettingsError
from metrics.disclosure.auditor import audit
from metrics.disclosure.cells import HIDDEN, DisclosureError
from metrics.engine.policy import Target
from metrics.strategic import layout, periods
from metrics.strategic.answer import strategic_pack
from metrics.strategic.declared import declaration, measures_of, target_of
from metrics.strategic.figures import Figures
from metrics.strategic.series import Column, Series, keys_of, period_of
from tests.deep import examples
from tests.generated.national import make_case
from tests.metrics.strategic.councils import SETTINGS, council, describe

DAY, BEFORE = date(2026, 10, 31), date(2025, 10, 31)
MEASURES = {measure.id: measure for measure in declaration().measures}


def figures_of(measure_id: str, then: tuple[int, ...], now: tuple[int, ...], averages=()) -> tuple[Figures, object]:
    """One measure's counts (numerator, denominator) in the two columns that are compared."""
    measure = MEASURES[measure_id]
    years = tuple(Column(year.id, year.id, year.last_date, year) for year in periods.previous_years(DAY))
    columns = (*years, Column(periods.COMPARED, "then", BEFORE, None), Column(periods.NOW, "now", DAY, periods.to_date(DAY)))
    by_year = measure.of_period or measure.of_three_years
    compared = (years[-2], years[-1]) if by_year else columns[-2:]
    counts, days = {}, {}
    for column, values, average in zip(compared, (then, now), averages or (None, None), strict=True):
        period, _ = period_of(measure, column, DAY)
        counts |= dict(zip((key for key in keys_of(measure, period) if key), values, strict=True))
        days |= {(measure.indicator, period): average}
    return Figures(Series(DAY, (measure,), columns, (), (), counts, days, {})), measure


def direction(measure_id: str, then: tuple[int, ...], now: tuple[int, ...], averages=(), band: float = 1.0) -> str:
    figures, measure = figures_of(measure_id, then, now, averages)
    engine = SimpleNamespace(settings=Settings(direction_band_points=band))
    figure = layout._direction(figures, engine, measure)
    return figures.made[figure.key](figures.series.counts) if figure.key else figure.words


@pytest.mark.parametrize(
    ("measure", "then", "now", "expected"),
    [
        ("three_placements", (100, 1000), (110, 1000), "no material change"),
        ("three_placements", (100, 1000), (111, 1000), "worse"),
        ("three_placements", (110, 1000), (100, 1000), "no material change"),
        ("three_placements", (111, 1000), (100, 1000), "better"),
        ("same_placement", (700, 1000), (710, 1000), "no material change"),
        ("same_placement", (700, 1000), (711, 1000), "better"),
        ("same_placement", (711, 1000), (700, 1000), "worse"),
        ("left_adoption", (10, 100), (11, 100), "no material change"),
        ("left_adoption", (10, 100), (12, 100), "up"),
        ("in_care", (1000,), (1010,), "no material change"),
        ("in_care", (1000,), (1011,), "up"),
        ("in_care", (1011,), (1000,), "down"),
        ("entered", (400,), (396,), "no material change"),
        ("entered", (400,), (395,), "down"),
        ("in_care_rate", (1000,), (1011,), "up"),
        ("in_care", (0,), (0,), "no material change"),
        ("in_care", (0,), (7,), "up"),
    ],
)
def test_the_direction_turns_just_past_the_band(measure, then, now, expected):
    assert direction(measure, then, now) == expected


@pytest.mark.parametrize(
    ("then", "now", "expected"), [(400.0, 404.0, "no material change"), (400.0, 404.1, "worse"), (400.0, 395.9, "better")]
)
def test_days_move_by_per_cent_of_what_they_were(then, now, expected):
    assert direction("entry_to_adoptive_family", (40,), (40,), (then, now)) == expected


def test_a_direction_without_its_counts_says_why():
    figures, measure = figures_of("three_placements", (100, 1000), (100, 1000))
    figures.series.absent[keys_of(measure, DAY.isoformat())[0]] = "not in use"
    del figures.series.counts[keys_of(measure, DAY.isoformat())[0]]
    engine = SimpleNamespace(settings=Settings())
    assert layout._direction(figures, engine, measure).words == "not in use"


@pytest.mark.parametrize(("then", "now"), [((9, 9), (40, 100)), ((40, 100), (9, 9))])
def test_a_direction_is_hidden_when_either_share_stands_on_fewer_than_ten(then, now):
    figures, measure = figures_of("three_placements", then, now)
    layout._direction(figures, SimpleNamespace(settings=Settings()), measure)
    (derived,) = (entry for entry in figures.tables.system().derived if entry.key[0] == "direction")
    assert figures.series.counts[derived.base] == 9 and derived.at_least == 10


def status(measure_id: str, now: tuple[int, int], percent: float, tolerance: float) -> str:
    figures, measure = figures_of(measure_id, now, now)
    for key in keys_of(measure, DAY.isoformat()):
        figures.count(key)
    figure = layout._status(figures, measure, Target(percent, tolerance))
    return figures.made[figure.key](figures.series.counts)


@pytest.mark.parametrize(
    ("measure", "count", "expected"),
    [
        ("three_placements", 100, "within target"),
        ("three_placements", 101, "near target"),
        ("three_placements", 120, "near target"),
        ("three_placements", 121, "over target"),
        ("same_placement", 100, "within target"),
        ("same_placement", 99, "near target"),
        ("same_placement", 80, "near target"),
        ("same_placement", 79, "under target"),
    ],
)
def test_a_target_is_the_most_where_less_is_better_and_the_least_where_more_is(measure, count, expected):
    assert status(measure, (count, 1000), 10, 2) == expected


def test_a_rules_target_is_the_one_of_every_page_and_a_share_has_its_own():
    entry = {"target_percent": 9, "tolerance_percent": 1}
    own = {"england": {"three_placements_12m": entry, "first_review_20d": entry}, "scorecard": {"second_review": entry}}
    own["hertfordshire"] = {"plan_residential": entry, "placement_order_12m": entry}
    engine = council(make_case(Random(1))[0], [DAY], replace(SETTINGS, targets=own))
    found = {measure.id: measure for measure in measures_of(engine)}
    assert target_of(engine, found["three_placements"]) == Target(9, 1)
    assert target_of(engine, found["second_review"]) == Target(9, 1)
    assert target_of(engine, found["first_review"]) is None, "that of the rule's list is another share"
    assert target_of(engine, found["hertfordshire.plan_residential"]) == Target(9, 1)
    assert target_of(engine, found["hertfordshire.placement_order_12m"]) == Target(9, 1), (
        "its share is of children with such an order"
    )
    wrong = council(make_case(Random(1))[0], [DAY], replace(SETTINGS, targets={"scorecard": {"three_placements": entry}}))
    with pytest.raises(SettingsError, match="targets.scorecard.three_placements"):
        target_of(wrong, MEASURES["first_review"])


@effort(max_examples=examples(4, 30), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10_000))
def test_the_pack_of_any_small_council_is_safe_and_adds_up(seed):
    random = Random(seed)
    generated, days = make_case(random)
    engine = council(describe(random, generated), days[-1:])
    try:
        pack = strategic_pack(engine, days[-1])
    except DisclosureError as error:
        event("refused")
        assert "leave out the tables" in str(error), error
        return
    event("protected")
    assert audit(pack.system, pack.printed).safe
    assert HIDDEN in pack.printed.values() or not any(0 < cell.count <= 5 for cell in pack.system.cells.values() if cell.printed)
