"""A rule with a mistake says on every page that it is not available, and why; it never shows zero, and no other rule changes."""

from __future__ import annotations

import pytest

from metrics.nightly import run_nightly
from tests.pages import odd_night
from tests.pages.screen import Screen

SETTINGS = """policies = ["hertfordshire", "south_east", "england"]

[limits.hertfordshire.plan_residential]
months = "six"

[limits.south_east.final_care_planning]
weeks = "x"
"""
WHY = "settings.toml, line 4: limits.hertfordshire.plan_residential.months is 'six'; give a whole number from 0 to 240."


@pytest.fixture
def broken(tmp_path, tmp_path_factory, monkeypatch):
    store = odd_night.publish_odd_night(tmp_path_factory, tmp_path)
    (store.path / "settings.toml").write_text(SETTINGS)
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    return store


@pytest.mark.parametrize("loaded_again", [False, True], ids=["since the load", "by the load"])
def test_every_page_says_not_available_and_why(broken, tmp_path, loaded_again):
    if loaded_again:
        (broken.path / "spellings.csv").write_text("codes,text,code\nlegal_status,By agreement,V2\n")
        assert run_nightly(broken, next(tmp_path.rglob("ssd_person.csv")).parent, odd_night.AS_AT).published
    county = Screen()
    assert not county.broken
    assert f"Residential plan not available {WHY}" in county.text
    trend = county.rows("Children on each list at each month end, as now known")
    actual = next(row for row in trend if row["Figure"] == "Residential plan")
    assert set(actual.values()) - {"Residential plan"} == {"not available"}
    other = next(row for row in trend if row["Figure"] == "Plan recorded as other")
    assert "not available" not in other.values()
    listed = Screen("children", rule="plan_residential")
    assert f"Residential plan: not available. {WHY}" in listed.text and not listed.broken
    assert f"Not available. {WHY}" in Screen("figures", rule="plan_residential").alerts
    drift = Screen("drift")
    assert f"Residential plan: not available: {WHY}" in drift.text and not drift.broken


def test_a_list_computed_since_the_load_says_so(broken):
    (broken.path / "settings.toml").write_text("[limits.hertfordshire.ltf_12m]\nmonths = 9\n")
    says = "Counted again, because this rule or one of its settings has changed since the load of"
    assert says in Screen("children", rule="ltf_12m").text
    assert says in Screen("figures", rule="ltf_12m").text
    assert says not in Screen("children", rule="plan_other").text
