"""Slough's and England's rules over the synthetic county: a published night, and the rows of the extracts behind each child."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.store.store import Store
from metrics.answers.child.child import evidence
from metrics.engine.engine import Engine
from metrics.engine.policy import FOLDER
from metrics.engine.policy_files import read_policy
from tests.support.scopes import asking

# A county so small has too few unborn children, too few in pre-proceedings, too few who are adopted, and too few brothers and sisters who
# should live together and live apart: other tests have some.
FEW = (
    "pre_proceedings_letter",
    "unborn_gateway_2w",
    "life_story_book_10wd",
    "later_life_letter_10d",
    "childs_guide_at_placement",
    "siblings_to_live_together",
)
# It has no due date, so nobody is ever overdue: its evidence is asked for in tests/metrics/answers/test_evidence.py.
NOTHING_DUE = ("urgent_meeting_referred",)
RULES = [(policy, rule.id) for policy in ("slough", "england") for rule in read_policy(FOLDER / f"{policy}.toml").rules]


@pytest.fixture(scope="module")
def council(every_policy_store: Store) -> Engine:
    """The shared county, for a council that follows both policies."""
    return Engine(every_policy_store.current(), replace(every_policy_store.settings, policies=("slough", "england")))


@pytest.mark.parametrize(("policy", "rule"), [one for one in RULES if one[1] not in (*FEW, *NOTHING_DUE)])
def test_every_child_on_a_list_has_rows_of_the_extract_that_say_why(council: Engine, policy: str, rule: str):
    listed = council.children(policy, [rule], asking(roles=None), days_before=200)
    assert not listed.empty
    for child in listed["child_id"].head(3):
        rows = evidence(council, child, policy, rule, asking(roles=None))
        assert not rows.empty
        assert rows["says"].notna().all()
        assert (rows["source_row"] >= 2).all()


@pytest.mark.parametrize(("policy", "rule"), RULES)
def test_the_figure_is_the_lists_length_at_the_night_and_at_a_month_end(council: Engine, policy: str, rule: str):
    for day in (council.as_at, council.reporting_dates[-2]):
        figures = council.figures(policy, asking(), "county", [day]).set_index("rule")["children"]
        assert figures[rule] == len(council.children(policy, [rule], asking(roles=None), day))
