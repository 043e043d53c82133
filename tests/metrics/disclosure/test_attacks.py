"""Attacks that have undone published tables: each must succeed against the naive pattern, and fail against ours."""

from __future__ import annotations

import pytest

from metrics.disclosure.auditor import audit
from metrics.disclosure.cells import HIDDEN, DisclosureError, Pattern, TableSystem
from metrics.disclosure.protect import protect
from tests.metrics.disclosure.packs import attacked, derived_range, pack, printed, published, tables

SERVICES = ["North", "South", "East"]


def is_defeated(system: TableSystem) -> bool:
    pattern = protect(system)
    return bool(pattern.hidden) and audit(system, printed(system, pattern)).safe


def test_one_hidden_service_is_the_county_less_the_others():
    system = pack({"North": 3, "South": 9, "East": 14, "county": 26}, {"county": SERVICES})
    attack = attacked(system, "North")
    assert not attack.safe and derived_range(attack, "North") == (3, 3)
    assert is_defeated(system)


def test_two_hidden_ones_that_sum_to_two_are_one_each():
    system = pack({"North": 1, "South": 1, "East": 14, "county": 16}, {"county": SERVICES})
    attack = attacked(system, "North", "South")
    assert not attack.safe and derived_range(attack, "North") == (1, 1)
    assert is_defeated(system)


def test_two_hidden_ones_with_a_low_sum_cannot_both_reach_five():
    system = pack({"North": 2, "South": 3, "East": 14, "county": 19}, {"county": SERVICES})
    attack = attacked(system, "North", "South")
    assert not attack.safe and derived_range(attack, "North") == (1, 4)
    assert is_defeated(system)


def test_a_part_beside_its_whole_gives_the_rest_away():
    system = pack({"return home": 16, "return home for 6 months": 14}, nested=[("return home", "return home for 6 months")])
    attack = attacked(system)
    assert not attack.safe
    assert derived_range(attack, "rest", "return home", "less", "return home for 6 months") == (2, 2)
    assert is_defeated(system)


def test_a_rest_that_is_given_away_by_the_rests_of_other_services():
    counts = {"plan North": 9, "plan South": 20, "plan": 29, "late North": 7, "late South": 11, "late": 18}
    totals = {"plan": ["plan North", "plan South"], "late": ["late North", "late South"]}
    system = pack(counts, totals, [("plan North", "late North"), ("plan South", "late South"), ("plan", "late")])
    assert not attacked(system, "late North").safe, "late North is the county's less South's, and so the rest of North follows"
    assert is_defeated(system)


def test_a_second_table_has_the_hidden_total():
    made = tables({"North": 3, "South": 9, "county": 12, "all plans": 12}, {"county": ["North", "South"]})
    made.same_as(("county",), ("all plans",))
    system = made.system()
    assert not attacked(system, "North", "county").safe
    assert is_defeated(system)


def test_the_same_key_in_a_second_table_is_the_same_figure():
    made = tables({"North": 3, "South": 9, "county": 12}, {"county": ["North", "South"]})
    made.cell(("North",), 3)
    with pytest.raises(DisclosureError, match="North is 3 in one table and 4 in another"):
        made.cell(("North",), 4)


def test_a_square_of_hidden_figures_is_solved_with_its_totals():
    inner = [["a", "b", "c"], ["d", "e", "f"]]
    made = tables(
        {"a": 2, "b": 8, "c": 30, "d": 9, "e": 25, "f": 31, "ab": 40, "de": 65, "ad": 11, "be": 33, "cf": 61, "all": 105}
    )
    keys = [[(name,) for name in row] for row in inner]
    made.grid(keys, [("ab",), ("de",)], [("ad",), ("be",), ("cf",)], ("all",))
    system = made.system()
    assert not attacked(system, "a", "b").safe, "the columns give back what the row hides"
    assert attacked(system, "a", "b", "d", "e").safe
    assert len(protect(system).hidden) == 4


def test_this_year_to_date_less_the_last_one():
    counts = {"year to June": 12, "year to September": 15}
    made = tables(counts)
    made.implied(("July to September",), 3)
    made.total(("year to September",), [("year to June",), ("July to September",)])
    system = made.system()
    assert derived_range(attacked(system), "July to September") == (3, 3)
    assert is_defeated(system)


def test_a_percentage_gives_its_count_back():
    made = tables({"in care": 80, "North": 30, "late": 7, "late North": 3, "late South": 4, "South": 50})
    made.total(("in care",), [("North",), ("South",)])
    made.total(("late",), [("late North",), ("late South",)])
    made.share(("late %",), ("late North",), ("North",))
    system = made.system()
    stands = printed(system, Pattern(frozenset({("late North",), ("late South",)})))
    assert stands[("late %",)] == HIDDEN and audit(system, stands).safe
    opened = audit(system, {**stands, ("late %",): 10})
    assert not opened.safe and derived_range(opened, "late North") == (3, 3)
    assert "late % is shown although late North is hidden" in opened.faults[0]


def test_a_rate_of_a_published_population_gives_its_count_back():
    made = tables({"entered": 4, "left": 9, "net": 13}, {"net": ["entered", "left"]})
    made.rate(("entered per 10,000",), ("entered",), 61_234, decimals=2)
    system = made.system()
    stands = printed(system, Pattern(frozenset({("entered",), ("left",)})))
    assert audit(system, stands).safe
    assert derived_range(audit(system, {**stands, ("entered per 10,000",): 0.65}), "entered") == (4, 4)


def test_the_few_who_are_not_in_a_high_percentage_are_a_small_number_too():
    made = tables({"reviewed": 50, "in time": 48})
    made.share(("in time %",), ("in time",), ("reviewed",))
    system = made.system()
    attack = attacked(system)
    assert derived_range(attack, "rest", "reviewed", "less", "in time") == (2, 2)
    assert is_defeated(system)


def test_a_percentage_of_fewer_than_ten_is_not_printed():
    made = tables({"reviewed": 9, "in time": 9})
    made.share(("in time %",), ("in time",), ("reviewed",))
    system = made.system()
    stands = printed(system, protect(system))
    assert stands == {("reviewed",): 9, ("in time",): 9, ("in time %",): HIDDEN}
    assert "fewer than 10" in audit(system, {**stands, ("in time %",): 100}).faults[0]


def test_a_mark_or_a_point_of_a_chart_goes_with_its_count():
    made = tables({"North": 3, "South": 9, "county": 12}, {"county": ["North", "South"]})
    made.derived(("status of South",), [("South",)])
    system = made.system()
    stands = printed(system, protect(system))
    assert stands[("status of South",)] == HIDDEN
    assert not audit(system, {**stands, ("status of South",): "green"}).safe


def test_a_flow_gives_who_left_as_the_difference_of_two_month_ends():
    made = tables({"start": 300, "entered": 12, "left": 4, "end": 308})
    made.flow(("start",), ("end",), ("entered",), ("left",))
    system = made.system()
    assert derived_range(attacked(system, "left"), "left") == (4, 4)
    assert is_defeated(system)


def test_zeros_are_printed_so_a_hidden_figure_is_at_least_one():
    system = pack({"North": 5, "South": 1, "county": 6}, {"county": ["North", "South"]})
    attack = attacked(system, "North", "South")
    assert derived_range(attack, "North") == (1, 5), "not 0 to 6: a zero would have been printed"
    assert attack.safe
    wrong = audit(pack({"North": 0, "South": 1}), {("North",): HIDDEN, ("South",): HIDDEN})
    assert "true zeros are printed" in wrong.faults[0]


def test_a_hidden_total_of_three_services_is_known_to_be_three_or_more():
    system = pack({"North": 1, "South": 1, "East": 1, "West": 0, "county": 3}, {"county": [*SERVICES, "West"]})
    attack = attacked(system, "North", "South", "East", "county")
    finding = next(finding for finding in attack.findings if finding.key == ("county",))
    assert (finding.low, finding.high, finding.wanted) == (3, None, (3, 7)), (
        "no pattern can hide that, so five values from 3 are asked"
    )
    assert attack.safe


def test_whole_numbers_say_more_than_fractions():
    made = tables({"a": 3, "b": 3, "c": 8, "d": 5, "ab": 6, "bcd": 16, "acd": 16}, {"ab": ["a", "b"]})
    made.total(("bcd",), [("b",), ("c",), ("d",)])
    made.total(("acd",), [("a",), ("c",), ("d",)])
    system = made.system()
    attack = attacked(system, "a", "b", "c", "d")
    assert derived_range(attack, "a") == (3, 3), "a and b differ by nothing and sum to 6"
    assert is_defeated(system)


def test_a_value_inside_the_range_that_whole_numbers_rule_out():
    made = tables({"x": 3, "y": 4, "z": 9, "yz": 13}, {"yz": ["y", "z"]})
    made.cell(("twice",), 11)
    made.relation({("twice",): 1, ("x",): -1, ("y",): -2})
    system = made.system()
    attack = attacked(system, "x", "y", "z")
    finding = next(finding for finding in attack.findings if finding.key == ("x",))
    assert (finding.low, finding.high) == (1, 9) and finding.impossible == (2, 4), "11 less an even number is odd"
    assert is_defeated(system)


def test_the_last_pack_less_this_one():
    first = pack({"North": 3, "South": 10, "East": 17, "county": 30}, {"county": SERVICES})
    past = published(first, "North", "South")
    alone, with_past = pack({"South": 10}), pack({"South": 10}, past=[past])
    assert attacked(alone).safe, "on its own the second pack gives nothing away"
    attack = attacked(with_past)
    assert not attack.safe and derived_range(attack, "North") == (3, 3)
    assert protect(with_past).hidden >= {("South",)} and is_defeated(with_past)


def test_a_new_table_about_a_period_already_published():
    past = published(pack({"plan": 16}))
    system = pack({"plan": 16, "late": 14}, nested=[("plan", "late")], past=[past])
    assert derived_range(attacked(system), "rest", "plan", "less", "late") == (2, 2)
    assert protect(system).hidden == {("late",)} and is_defeated(system), "plan is out already: only late can still be hidden"


def test_what_is_already_given_away_is_refused_by_name():
    past = published(pack({"plan": 16, "late": 14}))
    system = pack({"plan": 16, "late": 14}, nested=[("plan", "late")], past=[past])
    with pytest.raises(DisclosureError, match="plan less late is never printed, but is a small number"):
        protect(system)
    with pytest.raises(DisclosureError, match="plan less late could be worked out from it as 2 to 2"):
        attacked(system).require_safe()


def next_smallest(system: TableSystem) -> Pattern:
    """The usual way: in every sum with one hidden figure, hide the next smallest too, until there is none."""
    hidden = {key for key, cell in system.cells.items() if cell.printed and cell.is_small(5)}
    again = True
    while again:
        again = False
        for entry in system.relations:
            keys = [key for key, _ in entry.terms if system.cells[key].printed]
            open_keys = [key for key in keys if key not in hidden and system.cells[key].count]
            if len(keys) == len(entry.terms) and sum(key in hidden for key in keys) == 1 and open_keys:
                hidden.add(min(open_keys, key=lambda key: system.cells[key].count))
                again = True
    return Pattern(frozenset(hidden))


def test_hiding_the_next_smallest_is_caught():
    low_sum = pack({"North": 1, "South": 1, "East": 14, "county": 16}, {"county": SERVICES})
    nested = pack({"plan": 16, "late": 14}, nested=[("plan", "late")])
    for system in (low_sum, nested):
        assert not audit(system, printed(system, next_smallest(system))).safe
        assert is_defeated(system)
    plain = pack({"North": 3, "South": 9, "East": 14, "county": 26}, {"county": SERVICES})
    assert audit(plain, printed(plain, next_smallest(plain))).safe, "it is right where nothing else is known"
