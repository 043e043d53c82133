"""The councillors' page: the same protected figures as the pack, and a draft that says so."""

from __future__ import annotations

import io
import shutil

import pytest
from openpyxl import load_workbook

from casework.database import open_casework
from casework.publications import publications
from data.store import Store
from metrics.scope import Scope
from tests.pages.screen import Screen


@pytest.fixture
def store(county_store: Store, tmp_path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A copy of the shared county, since commentary and publications are written beside its nights."""
    shutil.copytree(county_store.path, tmp_path / "store")
    monkeypatch.setenv("TRACKER_STORE", str(tmp_path / "store"))
    return Store(tmp_path / "store")


def press(screen: Screen, label: str) -> None:
    next(button for button in screen.app.button if button.label == label).click().run()


def test_the_page_shows_every_table_protected_and_says_that_it_is_a_draft():
    screen = Screen("corporate_parenting")
    assert not screen.broken
    assert "Draft: not published" in screen.text
    assert {"Scorecard", "Thirteen months", "Numerators and denominators", "By service", "What each measure means"} <= set(
        screen.tables
    )
    cells = [cell for name in ("Thirteen months", "By service") for row in screen.tables[name][1:] for cell, _ in row[1:]]
    assert "[c]" in cells and not set(cells) & {"1", "2", "3", "4", "5"}
    assert {button.label: button.disabled for button in screen.app.button}["Publish"]


def test_commentary_stands_by_the_scorecard_and_a_pack_is_published_once_it_has_been_read(store):
    screen = Screen("corporate_parenting")
    screen.app.text_input(key="your name").set_value("Jo Clerk").run()
    words = next(area for area in screen.app.text_area if area.label.startswith("Commentary on CP1"))
    words.set_value("More brothers and sisters came together <b>this</b> year.").run()
    press(screen, "Keep the commentary")
    assert "More brothers and sisters came together <b>this</b> year." in screen.text
    assert "Nothing has been published yet." in screen.text
    assert next(button for button in screen.app.button if button.label == "Publish").disabled
    screen.app.checkbox(key="corporate read").check().run()
    press(screen, "Publish")
    assert not screen.broken and "Published by Jo Clerk" in screen.text and "Draft: not published" not in screen.text
    assert [row["Published by"] for row in screen.rows("Packs published so far")] == ["Jo Clerk"]
    (entry,) = publications(open_casework(store.settings))
    assert entry.period == "2026-10-31" and entry.kind == "corporate"
    made = screen.app.session_state["corporate parenting pack"][1]
    front = load_workbook(io.BytesIO(made.workbook))["Front"]
    assert {"Published", "More brothers and sisters came together <b>this</b> year."} <= {
        cell.value for row in front for cell in row
    }
    assert {button.label for button in screen.app.get("download_button")} >= {"Workbook", "PDF"}


def test_commentary_that_names_a_child_is_not_kept(store, engine):
    child = engine.children("hertfordshire", ["ltf_12m"], Scope()).query("name.notna()").iloc[0]
    screen = Screen("corporate_parenting")
    screen.app.text_input(key="your name").set_value("Jo Clerk").run()
    words = next(area for area in screen.app.text_area if area.label.startswith("Commentary on CP1"))
    words.set_value(f"{child['name']} is waiting.").run()
    press(screen, "Keep the commentary")
    assert "take it out" in screen.text and child["name"] not in screen.text
