"""A clock says on every page whether it is recorded or observed, and shows the other day where they differ."""

from __future__ import annotations

import pytest

from data.store.store import Store
from metrics.engine.engine import Engine
from packs.panel.pack import write_panel_pack
from tests.packs.reading_back import read_pack, table
from tests.pages.screen import Screen
from tests.support.scopes import asking
from tests.support.typed_again import empty_store, typed_again_after

RULE = "plan_residential"


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two nights, a fortnight apart; between them child 1's plan was typed again on 1 September 2026."""
    store = empty_store(tmp_path_factory.mktemp("observed") / "store")
    typed_again_after(store, "2026-08-22", 14, 2, ticks="RESPLMT")
    return store


@pytest.fixture(autouse=True)
def shown(nights: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_STORE", str(nights.path))


def test_a_list_says_which_its_clocks_are():
    screen = Screen("children", rule=RULE)
    (row,) = screen.rows("Children on the list: Residential plan")
    assert (row["Since"], row["Clock"]) == ("22/08/2026", "observed (recorded 01/09/2026)")
    assert "1 of these clocks is observed: the plan was entered again" in screen.text


def test_the_child_says_why_and_shows_the_nights():
    screen = Screen("child", child="1")
    words = "The clock is observed: the data loads have shown it since 22/08/2026, although the record now starts on 01/09/2026."
    assert words in screen.text
    (row,) = screen.rows("The plan in each data load")
    assert row == {"Plan": "residential", "First data load": "22/08/2026", "Last data load": "05/09/2026", "Data loads": "2"}


def test_how_a_figure_is_made_says_which_kinds_of_clock_it_has():
    assert "recorded or observed, whichever is earlier" in Screen("figures", rule=RULE).text
    assert "recorded or observed" not in Screen("figures", rule="placement_order_12m").text


def test_the_panel_pack_says_it_too(nights: Store, tmp_path):
    pack = read_pack(
        write_panel_pack(Engine(nights.current(), nights.settings), tmp_path / "panel.xlsx", scope=asking(), full=True)
    )
    (sheet,) = [sheet for sheet in pack if str(sheet["A1"].value).startswith("8. ")]
    (row,) = table(sheet, "Child ID")
    assert row["Clock"] == "observed (recorded 01/09/2026)"
