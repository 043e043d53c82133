"""The pages over a store whose newest night, or whose restrictions, are damaged: no restricted child, and a sentence that says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.store import store as store_module
from tests.pages.screen import Screen
from tests.support.damaged_stores import (
    CHILD,
    LEGACY,
    MARKS,
    OTHER,
    SECOND,
    Stores,
    copy_of,
    damages_of_the_store,
    make_stores,
    night_folder,
    put,
)

WITHHELD = "Children's names are withheld, because "
DAMAGES = {
    "the database": (lambda path: put(night_folder(path) / "tracker.duckdb", None), False),
    "the manifest": (lambda path: put(night_folder(path) / "manifest.json", b"{"), False),
    "the restrictions": (lambda path: put(path / "restrictions.json", b"{"), True),
}
OF_THE_STORE = {"the folder removed": False, "an older backup restored over it": True}
VISITS = (
    ("children", {"rule": "no_current_plan"}),
    ("child", {"child": CHILD}),
    ("child", {"child": LEGACY}),
    ("child", {"child": OTHER}),
    ("panel", {"panel": SECOND.isoformat()}),
    ("data_quality", {}),
    ("actions", {}),
)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Stores:
    return make_stores(tmp_path_factory.mktemp("damaged"))


def _everything(screen: Screen) -> str:
    return "\n".join([screen.html, *(str(node.proto) for part in (screen.app.main, screen.app.sidebar) for node in _nodes(part))])


def _nodes(block) -> list:
    children = getattr(block, "children", {})
    return ([block] if getattr(block, "proto", None) is not None else []) + [
        node for child in children.values() for node in _nodes(child)
    ]


@pytest.mark.parametrize("damage", [*DAMAGES, *OF_THE_STORE])
def test_no_page_names_a_restricted_child_and_each_says_why(stores: Stores, tmp_path: Path, monkeypatch, damage: str):
    path = copy_of(stores.now, tmp_path / "store")
    harm, withheld = DAMAGES[damage] if damage in DAMAGES else (damages_of_the_store(stores)[damage], OF_THE_STORE[damage])
    monkeypatch.setenv("TRACKER_STORE", str(path))
    monkeypatch.setattr(store_module, "SWITCHING", store_module.timedelta(0))
    # The app had shown the store before: what it keeps in memory of that may not be shown either.
    assert OTHER in _everything(Screen("children", rule="no_current_plan"))
    harm(path)
    for page, choices in VISITS:
        screen = Screen(page, **choices)
        assert not screen.broken, page
        text, typed = _everything(screen), set(choices.values())
        assert {mark for mark in MARKS if mark in text} <= typed, (page, choices)
        assert screen.alerts, page
        assert any(WITHHELD in alert for alert in screen.alerts) == withheld, page
    assert (OTHER in _everything(Screen("children", rule="no_current_plan"))) != withheld
