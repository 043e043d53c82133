"""Approvals of a placement that no rule can ask about, since it is not known which placement they are about."""

from __future__ import annotations

import re
from datetime import date

import pytest

from data.settings import Settings
from metrics import quality, spine
from tests.metrics.comparing import flags_of
from tests.metrics.one_night import each
from tests.support.builder import Records, child, records, row

DAY = date(2026, 10, 31)
SETTINGS, ASKS = Settings(policies=("south_east",)), ("unapproved_review",)
CASES = {
    # (kind, placement, asked, decided): whether it is flagged
    ("EMERGENCY", "H1", "2025-01-31", None): False,
    ("EMERGENCY", "H1", "2025-06-20", None): False,
    ("EMERGENCY", None, "2025-01-31", None): False,
    ("EMERGENCY", None, "2025-02-07", None): False,
    ("EMERGENCY", None, "2025-02-08", None): True,
    # The earlier of two days counts.
    ("EMERGENCY", None, "2025-02-08", "2025-02-07"): False,
    # Placed in H2 on 1 June 2025, in hospital (temporary) on 1 September.
    ("EMERGENCY", None, "2025-06-08", None): False,
    ("EMERGENCY", None, "2025-09-01", None): True,
    ("UNREGISTERED", None, None, None): True,
    ("UNAPPROVED", "H9", "2025-01-31", None): True,
    # Before this period of care, and after tonight, nobody asks about it.
    ("UNAPPROVED", None, "2025-01-30", None): False,
    ("UNREGISTERED", None, "2026-10-31", None): True,
    ("UNREGISTERED", None, "2026-11-01", None): False,
    # Of a far placement, the home itself says where it lies.
    ("DISTANT", None, "2025-02-08", None): False,
}


def night(kind: str, placement: str | None, asked: str | None, decided: str | None) -> Records:
    one = child().in_care("2025-01-31", placement=None).placement("U4", "2025-01-31", "2025-06-01", id="H1")
    one.placement("U4", "2025-06-01", "2025-09-01", id="H2").placement("T1", "2025-09-01", "2025-09-20", id="T")
    one.placement("U4", "2025-09-20", id="H3")
    approval = row(
        "local_approvals", approval_id="1", person_id="A", placement_id=placement, approval_type=kind, requested_date=asked,
        decided_date=decided,
    )  # fmt: skip
    return records(one) | {"local_approvals": [approval]}


def flagged(night: Records, rules: tuple[str, ...] = ASKS) -> dict[str, str]:
    return flags_of(night, "approval_without_placement", DAY, SETTINGS, rules)


@pytest.fixture(scope="module")
def said() -> dict[tuple, dict[str, str]]:
    """What is said of the child of each case, which share a night."""
    return dict(zip(CASES, each([night(*case) for case in CASES], flagged), strict=True))


@pytest.mark.parametrize("case", CASES)
def test_an_approval_that_no_rule_can_ask_about_for_want_of_a_placement(said, case):
    assert bool(said[case]) == CASES[case], said[case]


def test_it_says_what_the_approval_names(said):
    assert said["UNAPPROVED", "H9", "2025-01-31", None]["A"].startswith(
        "Approval of an unapproved placement on 31/01/2025 that names"
    )
    assert "names no placement" in said["UNREGISTERED", None, None, None]["A"]


def test_where_no_rule_asks_about_such_placements_nothing_is_said():
    one = night("UNREGISTERED", None, None, None)
    assert flagged(one) and not flagged(one, ())


def test_a_check_asks_views_alone_of_what_only_some_rules_ask_about():
    """Only of a view is it seen whether it was made: a check that asked a macro would be left out for ever."""
    asked = {word for path in quality.HERE.glob("*.sql") for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    further = "".join((spine.HERE / name).read_text(encoding="utf-8") for name in spine.FURTHER)
    views = set(re.findall(r"create or replace temp view (\w+)", further))
    assert views & asked and asked & spine.made_by(spine.FURTHER) <= views
