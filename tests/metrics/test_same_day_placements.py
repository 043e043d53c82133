"""Two placements in force that began on one day: which of them counts is decided by their identifiers, so data quality says so."""

from __future__ import annotations

from datetime import date

import pytest

from data.settings import Settings
from tests.metrics.comparing import flags_of
from tests.metrics.one_night import each
from tests.support.builder import Child, child, records

DAY = date(2025, 6, 1)


def placed(start: str = "2025-01-31", end: str | None = None) -> Child:
    """A child in foster care, in placement 9."""
    return child("A", born="2015-03-01").in_care("2025-01-01").placement("U6", start, end, id="9", urn="1")


CASES = {
    "another type": (placed().placement("R1", "2025-01-31", id="10", urn="1"), True),
    "another home": (placed().placement("U6", "2025-01-31", id="10", urn="2"), True),
    "no type": (placed().placement(None, "2025-01-31", id="10", urn="1"), True),
    "the same home": (placed().placement("U6", "2025-01-31", id="10", urn="1"), False),
    "began the day after": (placed().placement("R1", "2025-02-01", id="10"), False),
    "the other ended today": (placed().placement("R1", "2025-01-31", "2025-06-01", id="10"), False),
    "the other ends tomorrow": (placed().placement("R1", "2025-01-31", "2025-06-02", id="10"), True),
    "this one ended today": (placed(end="2025-06-01").placement("R1", "2025-01-31", id="10"), False),
    "a temporary one beside it": (placed().placement("T1", "2025-01-31", id="10"), False),
    "both begin today": (placed("2025-06-01").placement("R1", "2025-06-01", id="10"), True),
    "both begin tomorrow": (placed("2025-06-02").placement("R1", "2025-06-02", id="10"), False),
}


@pytest.fixture(scope="module")
def said() -> dict[str, dict[str, str]]:
    """What is said of the child of each of these cases, which share a night."""
    found = each(
        [records(one) for one, _ in CASES.values()], lambda night: flags_of(night, "same_day_placements", DAY, Settings())
    )
    return dict(zip(CASES, found, strict=True))


@pytest.mark.parametrize("case", CASES)
def test_two_placements_of_one_day_are_flagged(said, case):
    assert bool(said[case]) == CASES[case][1]


def test_the_flag_says_which_counts_by_the_length_of_its_identifier_first():
    night = records(placed().placement("R1", "2025-01-31", id="10"))
    assert flags_of(night, "same_day_placements", DAY, Settings()) == {
        "A": "Placements 9 and 10 both started on 31/01/2025 and are in force; the second counts, since its identifier is the higher."
    }
