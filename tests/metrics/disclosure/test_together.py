"""Ranges that are asked for together are those that would be found one by one, and take far less work."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, event, given, settings

from metrics.disclosure import linear_programme, ranges
from metrics.disclosure.auditor import audit
from metrics.disclosure.cells import DisclosureError, TableSystem
from metrics.disclosure.linear_programme import NEAR
from metrics.disclosure.opened import Opened
from metrics.disclosure.protect import protect
from metrics.disclosure.ranges import NOTED
from metrics.disclosure.vulnerable_cells import Outsider
from tests.deep import examples
from tests.metrics.disclosure.councils import council
from tests.metrics.disclosure.packs import pack, printed
from tests.metrics.disclosure.systems import systems


def outsider_of(system: TableSystem) -> Outsider:
    try:
        return Outsider(system, 5, 5)
    except DisclosureError:
        assume(False)
        raise


@settings(max_examples=examples(60, 500), deadline=None)
@given(systems())
def test_a_figure_shown_again_leaves_ranges_wide_exactly_where_each_of_them_is(system):
    outsider = outsider_of(system)
    hidden = set(outsider.primary | outsider.optional)
    opened = Opened(outsider, hidden)
    for index in sorted(outsider.optional - outsider.primary):
        groups = outsider.beside(index, hidden - {index})
        asked = [(group, one) for group in groups for one in outsider.asked(group)]
        wide = all(outsider.programme(group).reach(*one) >= one[2] - NEAR for group, one in asked)
        event(f"wide: {wide}")
        assert opened.stays_wide(index, groups) == wide
        if wide:
            hidden -= {index}
        else:
            opened.close(index)


@settings(max_examples=examples(60, 500), deadline=None)
@given(systems())
def test_the_lowest_values_are_those_of_each_figure_alone(system):
    outsider = outsider_of(system)
    for group in outsider.components(outsider.optional):
        for index in outsider.small & set(group):
            lowest = outsider.cells[index].count - outsider.programme(group).reach(index, 1, 0)
            assert outsider.bottom[index] == max(1, math.ceil(lowest - NEAR))


@settings(max_examples=examples(40, 300), deadline=None)
@given(systems())
def test_what_a_group_cannot_be_is_the_same_with_and_without_looking_for_many_at_once(system):
    outsider = outsider_of(system)
    for group in outsider.components(outsider.primary):
        keys = [outsider.cells[index].key for index in group]
        alone, together = outsider.puzzle(group), outsider.puzzle(group)
        together.look_for(keys, range(1, 6))
        for key in keys:
            assert alone.impossible(key, range(1, 6)) == together.impossible(key, range(1, 6))


def test_a_threshold_above_the_values_that_are_noted():
    parts = ["North", "South", "East"]
    system = pack({"North": 30, "South": 90, "East": 400, "county": 520}, {"county": parts})
    assert audit(system, printed(system, protect(system, 100)), 100).safe and NOTED < 100


@pytest.mark.parametrize("rounds", [0, 12])
def test_a_council_asks_the_solver_for_many_ranges_at_once(rounds, monkeypatch):
    solves = []
    for solver in (linear_programme._Quiet, ranges._Silent):
        monkeypatch.setattr(solver, "run", lambda self, run=solver.run: (solves.append(1), run(self))[1])
    system = council(5)
    assert audit(system, printed(system, protect(system, rounds=rounds))).safe
    assert len(solves) < 420, "asked one by one, the ranges take more than 500"
