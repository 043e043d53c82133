"""The trend as first reported: what each kept night said on its own day, beside what is now known of it."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from data.store.store import Store
from metrics.answers.reported import reported_nights
from metrics.engine.engine import Engine
from metrics.engine.policy import Rule
from metrics.nightly import run_nightly
from tests.pages.screen import Screen
from tests.support.scopes import asking

POLICY = "hertfordshire"
SEPTEMBER = date(2026, 9, 30)
TABLE = "As now known and as first reported: {}"


def _without_recent_plans(extracts: Path, folder: Path) -> Path:
    """The extracts as they might have been a month before: half the plans are not recorded yet."""
    shutil.copytree(extracts, folder)
    file = folder / "ssd_cla_care_plan.csv"
    with file.open(encoding="utf-8-sig", newline="") as text:
        header, *plans = csv.reader(text)
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([header, *plans[::2]])
    return folder


@pytest.fixture(scope="module")
def two_nights(county_nights: list[Path], tmp_path_factory) -> Store:
    """The nights of two month ends; nothing else is kept."""
    folder = tmp_path_factory.mktemp("nights")
    store = Store(folder / "store")
    run_nightly(store, _without_recent_plans(county_nights[0], folder / "september"), SEPTEMBER, accept_change=True)
    run_nightly(store, county_nights[1], date(2026, 10, 31), accept_change=True)
    return store


def _figures(engine: Engine, day: date) -> dict[str, int]:
    return engine.figures(POLICY, asking(), dates=(day,)).set_index("rule")["children"].to_dict()


@pytest.fixture(scope="module")
def changed_most(two_nights: Store) -> tuple[Rule, int, int]:
    """The rule whose figure of September has changed most since: the rule, its figure now and then."""
    context = Engine(two_nights.current(), two_nights.settings)
    night = reported_nights(two_nights)[SEPTEMBER]
    known, then = _figures(context, SEPTEMBER), _figures(Engine(night, two_nights.settings), SEPTEMBER)
    rule = max(context.policies[POLICY].rules, key=lambda one: abs(known[one.id] - then[one.id]))
    return rule, known[rule.id], then[rule.id]


@pytest.fixture
def screen(two_nights: Store, changed_most, monkeypatch) -> Screen:
    monkeypatch.setenv("TRACKER_STORE", str(two_nights.path))
    return Screen("countywide", trend=changed_most[0].id, trend_as="beside")


def test_each_night_says_what_it_said_then(screen, changed_most):
    rule, known, then = changed_most
    rows = screen.rows(TABLE.format(rule.title))
    assert len(rows) == 13 and known != then
    row = rows[-2]
    assert (row["As at"], int(row["As now known"]), int(row["As first reported"])) == ("30/09/2026", known, then)
    assert int(row["Recorded since"]) == known - then
    assert row["First reported by"].startswith("the load of 30/09/2026, as it was published on")
    assert rows[-1]["As now known"] == rows[-1]["As first reported"] and rows[-1]["Recorded since"] == "0"


def test_a_day_whose_night_is_not_kept_is_said_to_be_so_and_is_no_zero(screen, changed_most):
    first = screen.rows(TABLE.format(changed_most[0].title))[0]
    assert (first["As first reported"], first["Recorded since"]) == ("not kept", "")
    assert "they differ on 1 of 13 dates" in screen.text
    chart = screen.charts[0]
    assert "as first reported: 31/10/2025 not kept" in chart.alt


def test_it_is_offered_only_where_an_earlier_night_is_kept_and_asked_for(screen, changed_most, county_store, monkeypatch):
    table = TABLE.format(changed_most[0].title)
    assert table in screen.tables
    assert table not in Screen("countywide", trend=changed_most[0].id).tables
    monkeypatch.setenv("TRACKER_STORE", str(county_store.path))
    alone = Screen("countywide", trend=changed_most[0].id, trend_as="beside")
    assert not alone.broken and table not in alone.tables
