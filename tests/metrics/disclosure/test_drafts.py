"""A draft binds the drafts and the pack after it: nothing hidden opens, and two together give nothing away."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from metrics.disclosure.auditor import audit
from metrics.disclosure.cells import HIDDEN, DisclosureError
from metrics.disclosure.drafts import differences
from metrics.disclosure.ledger import Publication, publication
from metrics.disclosure.protect import protect
from metrics.disclosure.tables import Tables
from tests.deep import examples

PARTS = ("North", "South", "East")
THRESHOLD = 3


def key(name: str) -> tuple[str, ...]:
    return ("list", "2026-10-31", name, "all")


def solved(counts: dict[str, int], past: tuple[Publication, ...] = (), threshold: int = THRESHOLD):
    """A pack of one table, beside those before it: its system, and what it prints."""
    tables = Tables(past)
    for name in PARTS:
        tables.cell(key(name), counts[name])
    tables.cell(key("county"), sum(counts[name] for name in PARTS))
    tables.total(key("county"), [key(name) for name in PARTS])
    system = tables.system()
    printed = protect(system, threshold).printed(system)
    audit(system, printed, threshold).require_safe()
    return system, printed


def kept(title: str, system, printed, draft: bool = True) -> Publication:
    """As it comes back from the records."""
    return Publication.from_json(json.loads(json.dumps(publication(title, system, printed, draft).to_json())))


def test_what_a_draft_hid_stays_hidden_though_its_number_grew():
    system, printed = solved({"North": 2, "South": 9, "East": 9})
    draft = kept("draft", system, printed)
    system, again = solved({"North": 8, "South": 9, "East": 9}, (draft,))
    assert printed[key("North")] == again[key("North")] == HIDDEN
    assert all(again[name] == HIDDEN for name in printed if printed[name] == HIDDEN)


def test_a_draft_does_not_hold_its_numbers_up():
    system, printed = solved({"North": 20, "South": 30, "East": 40})
    _, again = solved({"North": 21, "South": 30, "East": 40}, (kept("draft", system, printed),))
    assert again[key("North")] == 21 and again[key("county")] == 91


def test_what_is_small_now_is_hidden_and_why_is_told():
    system, printed = solved({"North": 9, "South": 10, "East": 11})
    draft = kept("draft", system, printed)
    system, again = solved({"North": 2, "South": 10, "East": 11}, (draft,))
    # The county fell with it, so the county's old total is of no help to a reader; the South and the East are known from the draft.
    assert again == {key("North"): HIDDEN, key("South"): 10, key("East"): 11, key("county"): HIDDEN}
    actual = differences({cell.key: cell for cell in draft.cells}, again, THRESHOLD, system.cells)
    assert [text.split(":")[0] for text in actual] == ["2 numbers differ", ", ".join(key("North")), ", ".join(key("county"))]
    assert "because it is a small number now" in actual[1] and "the two drafts together" in actual[2]
    assert not any(number in text.split(":")[1] for number in (" 9", " 10", " 11") for text in actual[1:])


def test_what_a_draft_hid_and_is_zero_now_is_printed_without_giving_the_draft_away():
    system, printed = solved({"North": 2, "South": 7, "East": 9})
    assert printed[key("North")] == printed[key("South")] == HIDDEN or printed[key("East")] == HIDDEN
    draft = kept("draft", system, printed)
    system, again = solved({"North": 0, "South": 7, "East": 9}, (draft,))
    assert again[key("North")] == 0
    # Were the county open, the other hidden figure would follow now, and from it the 2 of the draft.
    assert again[key("county")] == HIDDEN
    actual = differences({cell.key: cell for cell in draft.cells}, again, THRESHOLD, system.cells)
    assert any("0 now, hidden in the previous draft" in text for text in actual)


def test_a_raised_threshold_hides_what_a_draft_printed_and_protects_nothing_with_it():
    system, printed = solved({"North": 4, "South": 9, "East": 9})
    assert printed[key("North")] == 4
    draft = kept("draft", system, printed)
    system, again = solved({"North": 4, "South": 9, "East": 9}, (draft,), threshold=5)
    assert again[key("North")] == HIDDEN
    system, lowered = solved({"North": 4, "South": 9, "East": 9}, (draft, kept("again", system, again)))
    assert lowered[key("North")] == HIDDEN, "hidden in one of them is hidden in all after it"


def test_an_opened_figure_of_an_earlier_draft_is_refused_by_the_auditor():
    system, printed = solved({"North": 2, "South": 9, "East": 9})
    system, again = solved({"North": 8, "South": 9, "East": 9}, (kept("draft", system, printed),))
    report = audit(system, {**again, key("North"): 8}, THRESHOLD)
    assert not report.safe


def test_a_published_number_stands_and_a_draft_after_it_binds_the_next_pack():
    system, printed = solved({"North": 9, "South": 10, "East": 11})
    pack = kept("pack", system, printed, draft=False)
    system, drafted = solved({"North": 8, "South": 10, "East": 11}, (pack,))
    assert drafted[key("North")] == 9
    system, again = solved({"North": 7, "South": 10, "East": 11}, (pack, kept("draft", system, drafted)))
    assert again == printed


def test_a_publication_records_no_figure_that_only_another_draft_printed():
    system, printed = solved({"North": 20, "South": 30, "East": 40})
    system, again = solved({"North": 21, "South": 30, "East": 40}, (kept("draft", system, printed),))
    record = publication("pack", system, again)
    assert {cell.key for cell in record.cells} == {key(name) for name in (*PARTS, "county")}
    assert not any(cell.drafted for cell in record.cells)


COUNTS = st.fixed_dictionaries({name: st.integers(0, 9) for name in PARTS})


@settings(max_examples=examples(40, 600), deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(first=COUNTS, second=COUNTS, same=st.sets(st.sampled_from(PARTS)))
@example(first={"North": 0, "South": 0, "East": 3}, second={"North": 0, "South": 1, "East": 2}, same=set())
def test_two_drafts_together_give_no_small_number_away(first, second, same):
    """Against writing down every pair of tables that agrees with both drafts, for a reader who knows which numbers did not change.

    As many values are possible as there are small numbers, from the lowest that the printed zeros alone allow."""
    second = {name: first[name] if name in same else second[name] for name in PARTS}
    try:
        system, printed = solved(first)
        draft = kept("draft", system, printed)
        _, again = solved(second, (draft,))
    except DisclosureError:
        assume(False)
    assert all(again[name] == HIDDEN for name, value in printed.items() if value == HIDDEN and _count(second, name))
    said, possible = (printed, again), _possible(first, second, printed, again)
    for draft, counts in enumerate((first, second)):
        for name in PARTS:
            if 1 <= counts[name] <= THRESHOLD:
                assert said[draft][key(name)] == HIDDEN
                lowest = 1
                if 1 not in possible[draft][name]:
                    bare = ({where: HIDDEN if value else 0 for where, value in one.items()} for one in said)
                    lowest = min(_possible(first, second, *bare)[draft][name])
                assert possible[draft][name] >= set(range(lowest, lowest + THRESHOLD)), (name, said)


def _count(counts: dict[str, int], name: tuple[str, ...]) -> int:
    return sum(counts.values()) if name == key("county") else counts[name[2]]


def _possible(first, second, printed, again) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """What each part can be in the one draft and in the other: of all pairs of tables, of numbers up to 24, that agree in what did not
    change. A table has a fellow where any table of the other draft agrees with it."""
    unchanged = [name for name in PARTS if first[name] == second[name]]
    county_unchanged = sum(first.values()) == sum(second.values())

    def tables(said):
        ranges = [[said[key(name)]] if said[key(name)] != HIDDEN else range(1, 25) for name in PARTS]
        for values in product(*ranges):
            if said[key("county")] in (HIDDEN, sum(values)) and (said[key("county")] != HIDDEN or sum(values) >= 1):
                yield dict(zip(PARTS, values, strict=True))

    def shared(table):
        return (*(table[name] for name in unchanged), county_unchanged and sum(table.values()))

    drafts = [list(tables(said)) for said in (printed, again)]
    actual = [{shared(table) for table in tables} for tables in drafts]
    both = actual[0] & actual[1]
    fitting = [[table for table in tables if shared(table) in both] for tables in drafts]
    return tuple({name: {table[name] for table in tables} for name in PARTS} for tables in fitting)


@pytest.mark.parametrize("threshold", [0, 5])
def test_what_was_published_before_there_were_drafts_is_read_as_published(threshold):
    system, printed = solved({"North": 9, "South": 10, "East": 11}, threshold=threshold)
    older = publication("pack", system, printed).to_json()
    del older["draft"]
    assert Publication.from_json(older) == kept("pack", system, printed, draft=False)
