"""What changed since the last data load on the data quality page, and a date of birth that is estimated wherever it shows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.store.store import Store
from metrics.answers.child.child import child, evidence
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from packs.child.answers import ask_child
from packs.child.facts import identity_facts
from tests.data.small_night import AS_AT, SMALL, people, small
from tests.pages.screen import Screen
from tests.support.extracts import write_extracts
from tests.support.scopes import asking

PLAN = {**SMALL["ssd_cla_care_plan"][0], "lacp_cla_care_plan_start_date": "2025-06-01"}
LATER = [{**PLAN, "lacp_person_id": number} for number in ("001", "002")]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two nights: the second has a plan more. Child 001 has an expected date of birth only. Read it, never change it."""
    folder = tmp_path_factory.mktemp("moved")
    (folder / "store").mkdir()
    (folder / "store" / "settings.toml").write_text("month_ends = 1\n", encoding="utf-8")
    store = Store(folder / "store")
    expected = people({"pers_dob": "", "pers_expected_dob": "2015-03-01"}, {}, {})
    for days, plans in enumerate((LATER[:1], LATER)):
        records = small(ssd_person=expected, ssd_cla_care_plan=plans, ssd_care_leavers=[{"clea_person_id": "003"}])
        run_nightly(store, write_extracts(folder / str(days), records), AS_AT + timedelta(days=days))
    return store


@pytest.fixture
def two_nights(published: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store of two nights, which the pages show."""
    monkeypatch.setenv("TRACKER_STORE", str(published.path))
    return published


def test_the_page_shows_every_table_then_and_now_and_the_figures_that_moved_as_never_before(two_nights: Store):
    screen = Screen("data_quality")
    (plans,) = (row for row in screen.rows("Rows of every table, last data load and this one") if row["Extract"] == "Care plans")
    assert (plans["Rows in the last load"], plans["Rows in this load"], plans["People in this load"]) == ("1", "2", "2")
    figures = screen.rows("Figures that changed by more than between any two earlier data loads")
    assert ("2", "1") in {(row["Last load"], row["This load"]) for row in figures}


def test_a_first_night_has_nothing_to_compare_with():
    assert "There is no earlier data load to compare with." in Screen("data_quality").text


def test_an_estimated_date_of_birth_says_so_on_the_page_in_the_pack_and_in_the_detail(two_nights: Store):
    engine = Engine(two_nights.current(), two_nights.settings)
    assert "01/03/2015 (estimated)" in Screen("child", child="001").text
    assert "(estimated)" not in Screen("child", child="002").text
    facts = dict(identity_facts(ask_child(engine, "001", asking(), None)))
    assert "(estimated), aged 11" in facts["Date of birth"]
    assert child(engine, "001", asking()).person["dob_estimated"] and not child(engine, "002", asking()).person["dob_estimated"]
    rows = evidence(engine, "001", "hertfordshire", "no_current_plan", asking())
    assert any("date of birth estimated" in says for says in rows["says"])
