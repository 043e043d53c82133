"""The protector hides every small figure and what would give it away; the auditor is the judge."""

from __future__ import annotations

from metrics.disclosure.auditor import audit
from metrics.disclosure.protect import protect
from tests.metrics.disclosure.packs import pack, printed


def test_a_small_service_takes_another_with_it():
    system = pack({"North": 3, "South": 9, "East": 14, "county": 26}, {"county": ["North", "South", "East"]})
    pattern = protect(system)
    assert pattern.hidden == {("North",), ("South",)}
    assert audit(system, printed(system, pattern)).safe


def test_a_threshold_of_none_hides_nothing():
    system = pack({"North": 3, "South": 9, "county": 12}, {"county": ["North", "South"]})
    assert protect(system, threshold=0).hidden == frozenset()
