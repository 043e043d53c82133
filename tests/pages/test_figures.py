"""How figures are made: each rule's wording, limit, source and file, and the cases that the tests promise."""

from __future__ import annotations

import pytest

from data.settings import Settings
from metrics.engine.policies import policies_in_use
from tests.metrics.boundary_cases import as_rows
from tests.pages.odd_night import publish_odd_night
from tests.pages.screen import Screen

RULES = policies_in_use(Settings())["hertfordshire"].rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_explained_from_its_own_file(rule):
    screen = Screen("figures", rule=rule.id)
    words = " ".join(screen.text.split())
    assert rule.wording in words
    assert rule.source in words
    assert rule.measure.why in words
    assert " ".join(rule.measure.text.split()) in words
    assert (rule.limits[0].words if rule.limits else "none: a child is listed as soon as the condition holds") in words


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_promises_of_a_rule_are_the_sentences_of_its_tests(rule):
    shown = [row["Case"] for row in Screen("figures", rule=rule.id).rows(f"Cases of {rule.title}")]
    assert shown == [row["sentence"] for row in as_rows() if row["rule"] == rule.id]


def test_an_extract_that_was_not_supplied_is_said_to_be_so(county_store, tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_STORE", str(publish_odd_night(tmp_path).path))
    screen = Screen("figures", rule="no_current_plan")
    assert "Not supplied. It needs the extract Care leavers and pathway plans." in screen.alerts
    assert "ssd_care_leavers, not supplied" in screen.text
