"""The backlog apart, wherever figures are shown: its numbers and its list on pages, in packs and on the command line."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import tracker
from data.store.store import Store
from metrics.answers.backlog import backlog, backlog_children
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from packs.lists.answers import ask
from packs.panel.pack import panel_pack
from packs.team.pack import ask_team, team_workbook
from tests.packs.reading_back import table
from tests.pages import odd_night
from tests.pages.screen import Screen
from tests.support.scopes import asking

POLICY, RULE = "salford", "legal_discussion_10d"
APPLIES = date(2026, 4, 1)
SETTINGS = f'policies = ["salford", "hertfordshire"]\n\n[applies_from]\nsalford = {APPLIES}\nhertfordshire = {APPLIES}\n'


@pytest.fixture(scope="module")
def store(county_nights: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("adopted")
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    store = Store(folder)
    run_nightly(store, county_nights[-1], odd_night.AS_AT)
    return store


@pytest.fixture(scope="module")
def adopted(store: Store) -> Engine:
    return Engine(store.current(), store.settings)


@pytest.fixture
def show(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    return Screen


def _count(engine: Engine, rule: str, group: str, policy: str = POLICY) -> int:
    return int(backlog(engine, policy, asking()).set_index("rule")[group].get(rule, 0))


def test_a_new_policy_has_no_breach_that_began_before_it(adopted):
    overdue = adopted.children(POLICY, [RULE], asking())
    assert (overdue["since"].dt.date >= APPLIES).all()
    assert _count(adopted, RULE, "before the policy") > 0
    assert len(backlog_children(adopted, POLICY, asking(), rules=[RULE])) == _count(adopted, RULE, "before the policy") + _count(
        adopted, RULE, "before the records"
    )


def test_the_list_shows_each_group_with_its_number(show, adopted):
    rule = adopted.rule(POLICY, RULE)
    whole, before = (
        show("children", policy=POLICY, rule=RULE),
        show("children", policy=POLICY, rule=RULE, began="before the policy"),
    )
    assert not whole.broken and not before.broken
    count = _count(adopted, RULE, "before the policy")
    assert f"{rule.title}: {len(adopted.children(POLICY, [RULE], asking()))} child" in whole.text
    assert f"{rule.title}, before the policy: {count} child" in before.text
    assert "not judged by the policy" in before.text and "not judged by the policy" not in whole.text
    rows = before.rows(f"Children on the list: {rule.title}")
    assert rows and "Days overdue" not in rows[0]


def test_a_list_of_a_measure_is_whole_and_can_be_parted(show, adopted):
    listed = adopted.children("hertfordshire", ["ltf_12m"], asking())
    old = _count(adopted, "ltf_12m", "before the policy", "hertfordshire")
    assert 0 < old < len(listed)
    for began, count in {"on the list": len(listed), "new since the policy": len(listed) - old, "before the policy": old}.items():
        assert f": {count} child" in show("children", policy="hertfordshire", rule="ltf_12m", began=began).text


@pytest.mark.parametrize("page", ["countywide", "team"])
def test_the_county_and_a_team_show_the_numbers_by_list(show, adopted, page):
    screen = show(page, policy="hertfordshire")
    assert not screen.broken
    rows = {row["List"]: row for row in screen.rows("What began before the policy or before the records, by list")}
    title = adopted.rule("hertfordshire", "ltf_12m").title
    assert rows[title]["Before the policy"] == f"{_count(adopted, 'ltf_12m', 'before the policy', 'hertfordshire'):,}"


def test_without_a_backlog_nothing_is_said_of_it(monkeypatch, county_store):
    monkeypatch.setenv("TRACKER_STORE", str(county_store.path))
    assert "Before the policy" not in Screen("countywide").text


def test_the_packs_have_the_backlog_on_a_sheet_of_its_own(adopted):
    children = backlog_children(adopted, "hertfordshire", asking())
    titles = {rule.id: rule.title for rule in adopted.policy("hertfordshire").rules}
    expected = sorted((titles[row["rule"]], row["backlog"], row["child_id"]) for row in children.to_dict("records"))
    panel = load_workbook(io.BytesIO(panel_pack(adopted, "hertfordshire", None, asking(), None, None, full=True)))
    rows = table(panel["Backlog"], "Limit date")
    assert sorted((row["List"], row["Backlog"], row["Child ID"]) for row in rows) == expected
    assert "Backlog" in team_workbook(ask_team(adopted, "hertfordshire", asking()), full=True).sheetnames
    assert len(ask(adopted, "hertfordshire", None, asking()).backlog) == len(children)


def test_the_command_line_counts_and_lists_the_backlog(store, adopted, capsys):
    def rows(*words: str) -> list[dict]:
        asked = [
            "measures",
            "--store",
            str(store.path),
            "--policy",
            POLICY,
            "--rule",
            RULE,
            "--backlog",
            "--format",
            "csv",
            *words,
        ]
        assert tracker.main(asked) == 0
        return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))

    (counted,) = rows("--by", "county")
    assert int(counted["before_the_policy"]) == _count(adopted, RULE, "before the policy")
    listed = rows("--by", "child")
    assert sum(row["backlog"] == "before the policy" for row in listed) == int(counted["before_the_policy"])


def test_a_reporting_date_before_the_records_is_refused_on_the_command_line_and_on_the_page(store, adopted, show, capsys):
    early = adopted.records_from.replace(day=1)
    assert tracker.main(["measures", "--store", str(store.path), "--as-at", early.isoformat()]) == 1
    assert f"{early:%d/%m/%Y} is before the records, which reach back to" in capsys.readouterr().err
    screen = show("countywide", date=early.isoformat())
    assert not screen.broken
    assert "before the records" in screen.text
