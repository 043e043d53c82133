"""Any council's own policy file can bring a page: the page finds its rules by their measures, whatever the file calls them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.store.store import Store
from metrics.answers.monitoring_group import weekly_list
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.policies import policies_with
from metrics.engine.policy import FOLDER
from metrics.engine.policy_pages import PAGES, STATUTORY
from metrics.strategic.declared import measures_of
from tests.pages.screen import Screen
from tests.support.copies import copy_of
from tests.support.scopes import asking
from ui.shell.navigation import OF_POLICIES, titles

OWN = "our_"
LIST = "The Permanence Monitoring Group's list"
SCOPE = asking(roles=frozenset())
BRINGING = [path.stem for path in sorted(FOLDER.glob("*.toml")) if "\npages = " in path.read_text(encoding="utf-8")]


def renamed(policy: str) -> str:
    """A policy file of ours as a council's own: another id for it and for every rule of it."""
    return (
        re.sub(r'^id = "', f'id = "{OWN}', (FOLDER / f"{policy}.toml").read_text(encoding="utf-8"), flags=re.M)
        .replace(
            # The adoption indicators are ours to name.
            f'id = "{OWN}entry_to_adoptive_family"',
            'id = "entry_to_adoptive_family"',
        )
        .replace(f'id = "{OWN}order_to_match"', 'id = "order_to_match"')
    )


def _own_store(store: Store, folder: Path, policies: list[str], copied: list[str]) -> Store:
    own = copy_of(store, folder)
    (folder / "policies").mkdir()
    for policy in copied:
        (folder / "policies" / f"{OWN}{policy}.toml").write_text(renamed(policy), encoding="utf-8")
    (folder / "settings.toml").write_text(f"policies = {policies}\n".replace("'", '"'), encoding="utf-8")
    return own


@pytest.fixture(scope="module")
def own_store(county_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A council that tracks by its own copies of every policy that brings a page, and by none of ours but the panel's."""
    policies = ["hertfordshire", *(f"{OWN}{policy}" for policy in BRINGING)]
    return _own_store(county_store, tmp_path_factory.mktemp("own") / "store", policies, BRINGING)


def test_the_menu_titles_every_page_that_a_policy_can_bring():
    assert {page for pages in OF_POLICIES.values() for page in pages} == set(PAGES)
    assert set(PAGES) <= set(titles())
    assert all((Path("pages") / f"{page}.py").exists() for page in titles())


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_works_for_a_policy_file_of_the_councils_own(page, own_store, county_store, monkeypatch):
    monkeypatch.setenv("TRACKER_STORE", str(own_store.path))
    group = Engine(own_store.current(), own_store.settings).groups(asking()).iloc[0]
    screen = Screen(page, service=group["service"], team=group["team"])
    assert not screen.broken
    assert screen.alerts == []
    assert "which this council does not use" not in screen.text
    assert f"policy={OWN}" in screen.html or page == "proceedings" or "policy=" not in screen.html


def test_the_figures_are_those_of_the_policy_that_was_copied_and_another_policys_are_untouched(own_store, county_store):
    own, panel = Engine(own_store.current(), own_store.settings), Engine(county_store.current(), county_store.settings)
    settings = county_store.settings.__class__(policies=("slough",))
    ours = Engine(county_store.current(), settings)
    mine, theirs = weekly_list(own, f"{OWN}slough", SCOPE), weekly_list(ours, "slough", SCOPE)
    same = [column for column in mine.columns if column not in ("policy", "rule")]
    assert len(mine) > 0
    assert mine[same].equals(theirs[same])
    assert own.figures("hertfordshire", SCOPE).equals(panel.figures("hertfordshire", SCOPE))
    with pytest.raises(QuestionError, match="not in use"):
        weekly_list(own, "slough", SCOPE)


def test_the_scorecard_finds_its_rules_in_whatever_policy_provides_the_statutory_timescales(own_store):
    engine = Engine(own_store.current(), own_store.settings)
    assert engine.policy_providing(STATUTORY) == f"{OWN}england"
    counted = [measure for measure in measures_of(engine) if measure.measure]
    assert {measure.policy for measure in counted} == {f"{OWN}england"}
    assert all(measure.rule.startswith(OWN) for measure in counted)
    assert all(engine.rule(measure.policy, measure.rule).measure.id == measure.measure for measure in counted)


def test_where_two_policies_bring_a_page_the_reader_chooses_and_the_links_keep_the_choice(county_store, tmp_path, monkeypatch):
    policies = ["hertfordshire", "slough", f"{OWN}slough"]
    own = _own_store(county_store, tmp_path / "store", policies, ["slough"])
    monkeypatch.setenv("TRACKER_STORE", str(own.path))
    assert policies_with(own.settings, "pages", "monitoring_group") == tuple(policies[1:])
    first, second = Screen("monitoring_group"), Screen("monitoring_group", policy=policies[2])
    assert [box.options for box in first.app.selectbox if box.label == "Policy"] == [["Slough", "Slough"]]
    assert [box.value for box in second.app.selectbox if box.label == "Policy"] == [policies[2]]
    assert "monitoring_group?policy" not in first.html
    assert f"monitoring_group?policy={policies[2]}" in second.html
    assert f"policy={policies[2]}" in second.html.split("How is this list made?")[0].rsplit("<a ", 1)[1]
    assert first.rows(LIST) == second.rows(LIST)
    refused = Screen("monitoring_group", policy="hertfordshire")
    assert "which is not available here" in refused.text


def test_a_page_whose_policy_has_lost_its_rule_says_which_it_needs(county_store, tmp_path, monkeypatch):
    own = _own_store(county_store, tmp_path / "store", ["hertfordshire", f"{OWN}slough"], ["slough"])
    file = own.path / "policies" / f"{OWN}slough.toml"
    file.write_text(file.read_text(encoding="utf-8").split(f'[[rule]]\nid = "{OWN}monitoring_group"')[0], encoding="utf-8")
    monkeypatch.setenv("TRACKER_STORE", str(own.path))
    screen = Screen("monitoring_group")
    assert "has no rule over the measure 'monitoring_group', which this page needs" in screen.text
    needs = "line 9: the page 'monitoring_group' needs a rule over the measure 'monitoring_group', and the policy has none"
    assert f"policies/{OWN}slough.toml, {needs}" in screen.text


def test_a_councils_own_file_in_place_of_ours_keeps_its_pages_unless_it_says_otherwise(county_store, tmp_path):
    own = _own_store(county_store, tmp_path / "store", ["slough"], [])
    ours = (FOLDER / "slough.toml").read_text(encoding="utf-8")
    file = own.path / "policies" / "slough.toml"
    file.write_text(ours.replace('pages = ["siblings", "monitoring_group"]\n', ""), encoding="utf-8")
    assert Engine(own.current(), own.settings).policies_with_page("monitoring_group") == ("slough",)
    assert policies_with(own.settings, "pages", "monitoring_group") == ("slough",)
    file.write_text(ours.replace('pages = ["siblings", "monitoring_group"]\n', "pages = []\n"), encoding="utf-8")
    assert Engine(own.current(), own.settings).policies_with_page("monitoring_group") == ()
    assert policies_with(own.settings, "pages", "monitoring_group") == ()
