"""Saying how a pack hangs together: what cannot be so is refused, naming the figures."""

from __future__ import annotations

import pytest

from metrics.disclosure.cells import DisclosureError
from tests.metrics.disclosure.packs import pack, tables


def test_parts_that_do_not_add_up_are_refused():
    with pytest.raises(DisclosureError, match="do not add up.*county 13.*North 3.*South 9"):
        tables({"North": 3, "South": 9, "county": 13}, {"county": ["North", "South"]})


def test_a_part_larger_than_its_whole_is_refused():
    with pytest.raises(DisclosureError, match="late counts more than plan"):
        tables({"plan": 3, "late": 4}, nested=[("plan", "late")])


def test_a_sum_of_something_never_given_is_refused():
    with pytest.raises(DisclosureError, match="South is part of a sum but has not been given"):
        tables({"North": 3, "county": 3}, {"county": ["North", "South"]})


@pytest.mark.parametrize("count", [-1, 2.5])
def test_only_counts_of_children_can_be_protected(count):
    with pytest.raises(DisclosureError, match="a count of children"):
        tables({"North": count})


def test_a_percentage_of_something_never_given_is_refused():
    with pytest.raises(DisclosureError, match="late % is made of late"):
        tables({"in care": 9}).derived(("late %",), [("late",)])


def test_two_derived_figures_of_one_key_are_refused():
    made = tables({"in care": 90, "late": 20})
    made.derived(("mark",), [("late",)])
    made.derived(("mark",), [("late",)])
    with pytest.raises(DisclosureError, match="mark is given twice"):
        made.derived(("mark",), [("in care",)])


def test_what_lies_within_is_left_over_as_an_implied_figure_named_in_words():
    made = tables({"plan": 16, "late": 14})
    rest = made.nested(("plan",), ("late",))
    cell = made.system().cells[rest]
    assert (cell.count, cell.printed, cell.name) == (2, False, "plan less late")


def test_a_figure_that_is_implied_in_one_table_and_printed_in_another_is_printed():
    made = tables({"plan": 16, "late": 14})
    rest = made.nested(("plan",), ("late",), ("not late",))
    made.cell(("not late",), 2)
    assert made.system().cells[rest].printed


def test_totals_cost_more_to_hide_than_their_parts_and_the_county_most():
    counts = {"Team": 9, "Other": 0, "Service": 9, "county": 9}
    cells = pack(counts, {"Service": ["Team", "Other"], "county": ["Service"]}).cells
    assert cells[("Team",)].cost < cells[("Service",)].cost < cells[("county",)].cost
