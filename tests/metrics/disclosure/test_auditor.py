"""The auditor finds exactly what writing down every possible table finds, and shares nothing with the protector."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import assume, event, given, settings

from metrics.disclosure import auditor, ranges, read_back
from metrics.disclosure.auditor import audit
from metrics.disclosure.cells import HIDDEN, DisclosureError, Pattern
from metrics.disclosure.tables import Tables
from tests.deep import examples
from tests.metrics.disclosure.packs import attacked, hiding, pack, printed
from tests.metrics.disclosure.systems import small_grids
from tests.reference.disclosure import every_table


@settings(max_examples=examples(60, 300), deadline=None)
@given(small_grids())
def test_the_audit_equals_writing_down_every_table(given_grid):
    system, hidden = given_grid
    stands = printed(system, Pattern(hidden))
    most = system.cells[("all", "all")].count
    assume((most + 1) ** (len(hidden) + 1) < 2_000_000)
    tables = every_table(system, stands, most)
    answer = audit(system, stands)
    assert {finding.key for finding in answer.findings} == {key for key in tables if system.cells[key].is_small(5)}
    for finding in answer.findings:
        event("safe" if finding.safe else "not safe")
        possible = set(tables[finding.key].tolist())
        assert (finding.low, finding.high) == (min(possible), max(possible))
        assert set(finding.impossible) == set(range(finding.wanted[0], finding.wanted[1] + 1)) - possible


def test_the_auditor_knows_nothing_of_the_protector():
    for module in (auditor, ranges, read_back):
        imported = ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8")))
        names = {entry.module for entry in imported if isinstance(entry, ast.ImportFrom) and entry.module}
        ours = {name.removeprefix("metrics.disclosure.") for name in names if name.startswith("metrics")}
        assert ours <= {"cells", "ranges", "read_back"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({("North",): 3}, "North is a small number and is not hidden"),
        ({("county",): 27}, "county is given as 27, which is not its count"),
        ({("nowhere",): 2}, "nowhere is in the pack but should not be"),
        ({("none",): HIDDEN}, "none is 0 and is hidden"),
    ],
)
def test_a_figure_that_should_not_stand_so_is_named(change, sentence):
    system = pack({"North": 3, "South": 9, "none": 0, "county": 12}, {"county": ["North", "South", "none"]})
    good = hiding(system, "North", "South")
    assert audit(system, good).safe
    with pytest.raises(DisclosureError, match=sentence):
        audit(system, {**good, **change}).require_safe()


def test_a_figure_left_out_of_the_finished_pack_is_named():
    system = pack({"North": 7, "South": 9})
    with pytest.raises(DisclosureError, match="South is not in the finished pack"):
        audit(system, {("North",): 7}).require_safe()


def test_a_percentage_with_more_decimals_than_are_shown_is_refused():
    tables = Tables()
    late, care = tables.cell(("late",), 20), tables.cell(("in care",), 60)
    tables.share(("late %",), late, care)
    system = tables.system()
    assert audit(system, {late: 20, care: 60, ("late %",): 33}).safe
    assert "more than its 0 decimals" in audit(system, {late: 20, care: 60, ("late %",): 33.333333}).faults[0]
    assert "does not follow from its counts" in audit(system, {late: 20, care: 60, ("late %",): 35}).faults[0]


def test_a_wider_range_can_be_asked_for():
    system = pack({"North": 3, "South": 4, "county": 7}, {"county": ["North", "South"]})
    stands = hiding(system, "North", "South")
    assert audit(system, stands, 5, 5).safe
    assert not audit(system, stands, 5, 7).safe, "each could be worked out as 1 to 6"
    assert audit(system, stands, 5, 3).safe, "never fewer than the threshold"


def test_a_threshold_of_none_attacks_nothing():
    system = pack({"North": 3, "South": 9, "county": 12}, {"county": ["North", "South"]})
    assert audit(system, hiding(system), 0).safe


def test_the_message_names_the_figure_and_its_range():
    system = pack({"North": 3, "South": 9, "county": 12}, {"county": ["North", "South"]})
    with pytest.raises(DisclosureError, match=r"North could be worked out from it as 3 to 3, when every value from 1 to 5"):
        attacked(system, "North").require_safe()
