"""What the scorecard counts: the groupings and the milestones by the reference reading, and what was not supplied or is not in use."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from data.settings import Settings
from metrics.strategic.answer import laid_out
from metrics.strategic.declared import measures_of
from metrics.strategic.dimensions import count_dimensions, dimensions, ethnic_groups
from metrics.strategic.flow import NEED_COLUMN, needs
from metrics.strategic.series import NOT_IN_USE, NOT_SUPPLIED, series
from tests.deep import examples
from tests.generated.national import make_case
from tests.metrics.strategic.councils import SETTINGS, council, describe
from tests.reference.strategic import ETHNICITIES, groupings, in_time
from tests.support.builder import child, department, records

DAY = date(2026, 4, 30)
EFFORT = effort(max_examples=examples(3, 50), deadline=None, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 10_000)


@EFFORT
@given(SEEDS)
def test_the_groupings_are_those_of_a_reading_child_by_child(seed):
    random = Random(seed)
    generated, days = make_case(random)
    describe(random, generated)
    engine = council(generated, days[:3])
    for day in days[:3]:
        found = Counter(count_dimensions(engine, day))
        assert +found == +groupings(generated, day, SETTINGS), (seed, day)
        assert {key[2] for key in found if key[0] != "option"} <= {name for _, names in dimensions().values() for name in names}


@EFFORT
@given(SEEDS)
def test_milestones_in_time_are_those_of_a_reading_child_by_child(seed):
    generated, days = make_case(Random(seed))
    day = max(days)
    counted = series(council(generated, [day]), day)
    for rule in ("first_review_20d", "second_review_3m"):
        read = in_time(generated, rule, day, SETTINGS)
        for group in ("county", *counted.services):
            for what in ("in time", "due"):
                found = counted.counts[(f"england.{rule}", day.isoformat(), group, what)]
                assert found == read[(group, what)], (seed, rule, group, what)


def test_an_age_is_that_of_the_day():
    """A child an age, each in a service of its own."""
    groups = {
        "2025-05-01": "Under 1",
        "2025-04-30": "1 to 4",
        "2021-05-01": "1 to 4",
        "2021-04-30": "5 to 9",
        "2016-05-01": "5 to 9",
        "2016-04-30": "10 to 15",
        "2010-05-01": "10 to 15",
        "2010-04-30": "16 and 17",
        "2008-05-01": "16 and 17",
        None: "Not known",
    }
    children = [child(f"{born}", born=born).in_care("2025-12-01").worker(f"T{born}", "2025-12-01") for born in groups]
    services = tuple(department(f"T{born}", f"Team {born}", f"S{born}", f"{born}") for born in groups)
    found = count_dimensions(council(records(*children, departments=services), [DAY]), DAY)
    assert {key[1:] for key in found if key[0] == "age" and key[1] != "county"} == {
        (f"{born}", age) for born, age in groups.items()
    }


def test_the_ethnic_groups_are_those_of_the_guide():
    assert {code: group for group, codes in ETHNICITIES.items() for code in codes} == ethnic_groups()


def test_a_column_that_did_not_come_is_not_supplied_and_no_category():
    day, generated = date(2026, 6, 30), records(child("A").in_care("2026-05-01"))
    whole, without = (series(council(generated, [day], absent=absent), day) for absent in ("", f"pers_sex, {NEED_COLUMN[1]}"))
    for key in (("sex", day.isoformat(), "county", "Not known"), ("entered", "2026/27 Q1", "county", "not_recorded")):
        assert whole.counts[key] == 1 and key not in whole.absent
        assert key not in without.counts and without.absent[key] == NOT_SUPPLIED
    assert without.counts[("entered", "2026/27 Q1", "county", "all")] == 1
    assert not [key for key in without.counts if key[0] == "entered" and key[3] in needs()]


@pytest.mark.parametrize("with_status", [True, False])
def test_a_list_lies_within_the_legal_status_unless_an_order_is_in_the_permanence_record_only(with_status):
    first = (
        child("A")
        .in_care("2023-06-01")
        .permanence(order="2025-01-10")
        .legal(*(("E1", "2025-01-10") if with_status else ("C2", "2024-06-01")))
    )
    others = [child(name).in_care("2023-06-01").legal("E1", since) for name, since in (("B", "2025-01-10"), ("C", "2026-01-10"))]
    engine = council(records(first, *others), [DAY])
    counted, day = series(engine, DAY), DAY.isoformat()
    listed, status = ("hertfordshire.placement_order_12m", day, "county"), ("legal_status", day, "county", "Placement order")
    found = [counted.counts[key] for key in ((*listed, "all"), status, (*listed, "outside legal_status"))]
    assert found == ([2, 3, 0] if with_status else [2, 2, 1])
    system = laid_out(engine, counted, {})[0].tables.system()
    tied = [one for one in system.relations if {(*listed, "all"), status} <= {key for key, _ in one.terms}]
    assert len(tied) == with_status, "as many on the list as with the status, and one of them without it: no 0 follows"


def test_a_policy_that_is_not_in_use_is_said_so():
    generated = records(child("A").in_care("2026-02-01"))
    engine = council(generated, [DAY], Settings())
    counted = series(engine, DAY)
    asking = [measure for measure in measures_of(engine) if measure.is_statutory]
    names = {measure.indicator or measure.id for measure in asking}
    assert {measure.policy for measure in asking} == {""}
    assert asking and {counted.absent[key] for key in counted.absent if key[0] in names} == {NOT_IN_USE}
