"""What an address asks for and is not there is said to be so, on every page and for every choice: never a figure of something else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import streamlit

from casework.panels import plan_panel
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.policy import FOLDER
from tests.conftest import AS_AT
from tests.deep import some
from tests.pages.screen import Screen
from tests.support.copies import copy_of
from ui.context import address
from ui.shell.navigation import titles

PAGES = sorted(titles())
POLICIES = list(dict.fromkeys(["hertfordshire", *sorted(path.stem for path in FOLDER.glob("*.toml"))]))
NOWHERE = "No such <thing>"
SAID = re.compile(r"which is not available here|no child with|is not the identifier of a child", re.IGNORECASE)
# What the first part of a page that stops says: nothing below it may be a figure.
A_FIGURE = re.compile(r"\b0 children|: 0\b")


@pytest.fixture(scope="module")
def store(every_policy_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A council that uses every policy, with a panel."""
    store = copy_of(every_policy_store, tmp_path_factory.mktemp("addresses") / "store")
    casework = open_casework(store.settings, store.path)
    plan_panel(casework, POLICIES[0], AS_AT, "Jo Clerk")
    casework.close()
    return store


@pytest.fixture(autouse=True)
def shown(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_STORE", str(store.path))


@pytest.fixture
def with_draft(request: pytest.FixtureRequest, shown: None, drafted_store: Store, tmp_path: Path, monkeypatch) -> None:
    """The councillors' page is shown where there is a draft, which takes long to make for a council of every policy."""
    if request.getfixturevalue("page") == "corporate_parenting":
        monkeypatch.setenv("TRACKER_STORE", str(copy_of(drafted_store, tmp_path / "store", with_casework=True).path))


def _asked(page: str) -> list[str]:
    """The choices that a page looks for in its address."""
    names: dict[str, None] = {}
    given = address.given

    def noted(name: str, others) -> str | None:
        if (streamlit.session_state[address.LAST_PAGE] or address.COUNTYWIDE) == page:
            names.setdefault(name)
        return given(name, others)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(address, "given", noted)
        Screen(page)
    return list(names)


@pytest.mark.parametrize("page", some(PAGES, 2))
def test_a_choice_that_is_not_there_is_said_to_be_so(page: str, with_draft: None):
    names = _asked(page)
    assert "date" in names
    for name in names:
        screen = Screen(page, **{name: NOWHERE})
        assert SAID.search(screen.text), (page, name)
        assert NOWHERE in screen.text and NOWHERE not in screen.html, (page, name)
        # The order and the columns of a list decide no figure: what stands above it is as asked for.
        assert name.startswith(("sort_", "columns_")) or not A_FIGURE.search(screen.text), (page, name)
        assert not screen.broken, (page, name)


# An address may say anything at all. The values that a list's choices have of their own, of which each means nothing without the others.
FORGED = {"page": "1", "as_at": "x", "name": "y", "self": "z", "key": "k", "child_id": "1"}


@pytest.mark.parametrize("page", some(PAGES, 5))
def test_no_address_breaks_a_page(page: str, with_draft: None):
    lists = [name for name in _asked(page) if name.startswith(("columns_", "sort_"))]
    for choices in (FORGED, dict.fromkeys(lists, "chosen"), dict.fromkeys(lists, "-")):
        screen = Screen()
        screen.app.switch_page(f"pages/{page}.py")
        for name, value in choices.items():
            screen.app.query_params[name] = value
        screen.app.run()
        assert not screen.broken, (page, choices)


def test_the_columns_one_by_one_begin_with_the_short_ones():
    caption = "Children on the list: No current plan"
    chosen, usual = (Screen("children", **asked).rows(caption) for asked in ({"columns_children": "chosen"}, {}))
    assert chosen == usual and usual


@pytest.mark.parametrize("name", ["service", "team", "worker"])
def test_a_list_of_nobodys_group_is_not_a_list_of_nobody(name: str):
    screen = Screen("children", rule="ltf_12m", **{name: NOWHERE})
    assert f"asks for the {name} '{NOWHERE}', which is not available here" in screen.text
    assert "0 children" not in screen.text and "No child is on this list" not in screen.text


def test_what_is_not_there_stays_in_the_address_and_can_be_left_out():
    screen = Screen("team", team=NOWHERE, date="2026-09-30")
    assert screen.app.query_params["team"] == NOWHERE
    assert 'href="team?date=2026-09-30"' in screen.html
    assert "County: " in Screen.at("team?date=2026-09-30").text


@pytest.mark.parametrize("day", ["2026-11-01", "yesterday", "0000-00-00", "<script>"])
@pytest.mark.parametrize(("page", "name"), [("countywide", "date"), ("drift", "from")])
def test_a_day_that_cannot_be_asked_for_is_said_to_be_so(page: str, name: str, day: str):
    screen = Screen(page, **{name: day})
    assert f"asks for the {name} '{day}', which is not available here" in screen.text
    assert "2026-10-31, which is the latest date available" in screen.text


def test_a_change_of_policy_leaves_the_old_policys_choices_behind():
    screen = Screen("children", policy="hertfordshire", rule="ltf_12m")
    screen.app.selectbox(key="choose policy").set_value("salford").run()
    assert "which is not available here" not in screen.text and not screen.broken
    assert screen.app.query_params["policy"] == "salford"


def test_a_change_of_service_leaves_the_team_behind():
    screen = Screen("team")
    (first, _), (second, _) = [row[0] for row in screen.tables["Children on each list by service"][1:3]]
    screen = Screen("team", service=first)
    team = screen.tables["Children on each list by team"][1][0][0]
    screen = Screen("team", service=first, team=team)
    screen.app.selectbox(key="choose service").set_value(second).run()
    assert f"{second}: " in screen.text and "team" not in screen.app.query_params


def test_an_earlier_day_leaves_the_first_date_of_the_drift_behind():
    screen = Screen("drift", **{"from": "2026-10-15"})
    screen.app.selectbox(key="reporting date").set_value("30/09/2026").run()
    assert "which is not available here" not in screen.text and not screen.broken


def test_a_team_of_tonight_is_there_on_an_early_day_with_nobody(county_store, tmp_path, monkeypatch):
    store = copy_of(county_store, tmp_path / "store")
    (store.path / "settings.toml").write_text("records_from = 1980-01-01\n", encoding="utf-8")
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    team = Screen("countywide", by="team").tables["Children on each list by team"][2][0][0]
    screen = Screen("team", team=team, date=date(1990, 1, 31).isoformat())
    assert f"{team}: 0 children in care on 31/01/1990" in screen.text
