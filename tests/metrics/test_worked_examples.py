"""The worked examples on the pages are those of the tests."""

from __future__ import annotations

from data.settings import Settings
from metrics.engine.policies import policies_in_use
from tests.metrics.boundary_cases import as_rows
from tests.metrics.worked_examples import WORKED_EXAMPLES, as_text


def test_the_worked_examples_on_the_page_are_those_of_the_tests():
    written = WORKED_EXAMPLES.read_text(encoding="utf-8")
    assert written == as_text(), "run: python -m tests.metrics.worked_examples"


def test_every_rule_has_worked_examples():
    rules = {rule.id for policy in policies_in_use(Settings()).values() for rule in policy.rules}
    assert rules <= {row["rule"] for row in as_rows()}
