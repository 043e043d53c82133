"""Data sources: what came and from where, and which rules wait for what and for whom; the same answer as the load report's."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.contract.contract import tables
from data.store.store import Store
from metrics.answers.data_quality.rules_that_wait import rule_coverage, rule_lines
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from tests.pages import odd_night
from tests.pages.council import shown
from tests.pages.screen import Screen
from tests.support.extracts import write_extracts

EXTRACTS, WAITING = "Every extract that the tracker can read", "Rules that wait, by extract"


def test_every_extract_is_there_with_its_file_and_who_could_supply_it(engine: Engine):
    screen = Screen("data_sources")
    rows = screen.rows(EXTRACTS)
    assert [row["Table"] for row in rows] == list(tables())
    for row in rows:
        table = tables()[row["Table"]]
        assert row["Who could supply it"].lower() == table.who.lower()
        assert (row["File"] == "not supplied") == (not engine.supplied[table.name])
    assert "Standard Safeguarding Dataset, files" in screen.text and "not named in settings.toml" in screen.text
    found = rule_coverage(engine)
    assert f"{len(found.counted)} of {found.total}" in screen.text
    assert found.counted
    assert len(found.counted) == screen.html.count('href="figures?') and "Rules with a figure: " in screen.text
    for policy, rule in found.counted:
        assert f"rule={rule}" in screen.html, (policy, rule)


@pytest.fixture
def without_matches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Engine, tuple[str, ...]]:
    """A small council without the extracts of matches and approvals: its engine, and the end of its load report."""
    folder = write_extracts(tmp_path / "extracts", {}, someone_else=True)
    store = tmp_path / "store"
    store.mkdir()
    (store / "settings.toml").write_text('policies = ["hertfordshire", "south_east"]\nsystem = "lcs"\n', encoding="utf-8")
    result = run_nightly(Store(store), folder, odd_night.AS_AT)
    assert result.report
    return shown(Store(store), monkeypatch), result.report.rules


def test_the_rules_that_wait_are_those_of_the_load_report(without_matches):
    engine, reported = without_matches
    found = rule_coverage(engine)
    assert rule_lines(found) == reported
    assert found.waiting and any("Who could supply it: family finding" in line for line in reported)
    screen = Screen("data_sources")
    rows = screen.rows(WAITING)
    assert [int(row["Rules that wait"]) for row in rows] == [len(one.rules) for one in found.waiting]
    assert sum(len(row["Which rules"].split("; ")) for row in rows) == sum(len(one.rules) for one in found.waiting)
    assert "Liquidlogic LCS" in screen.text
    links = [row[3][1] for row in screen.tables[WAITING][1:]]
    assert all(link and "figures" in link for link in links)
    assert "not supplied" in Screen.at(links[0]).text


def test_every_rule_that_needs_an_extract_is_counted_beside_it(without_matches):
    engine, _ = without_matches
    waiting = {row["Table"]: int(row["Rules that wait"]) for row in Screen("data_sources").rows(EXTRACTS)}
    for name, number in waiting.items():
        waits = [one for one in rule_coverage(engine).waiting if name in " or ".join(one.tables).split(" or ")]
        assert number == sum(len(one.rules) for one in waits)
    assert waiting["local_carer_matches"] > 0 and waiting["ssd_person"] == 0
