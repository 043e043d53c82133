"""Pages and packs of a load that shows one day: none breaks, and what would look back is not supplied."""

from __future__ import annotations

from pathlib import Path

import pytest

import tracker
from data.store.store import Store
from metrics.nightly import run_nightly
from tests.pages.screen import Screen
from tests.support.workbooks import AS_AT, CHILD, write_book

POLICIES = 'policies = ["hertfordshire", "hertfordshire_service", "england", "slough"]\n'
PAGES = ("countywide", "team", "england", "drift", "journeys", "child", "figures", "data_quality", "corporate_parenting", "panel")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("workbook")
    store = Store(folder / "store")
    store.path.mkdir()
    (store.path / "settings.toml").write_text(POLICIES, encoding="utf-8")
    plans = ("b) Adoption", "g) Other", None)
    book = write_book(folder / "book.xlsx", {8: [{**CHILD, "child": child, "plan": plan} for child, plan in enumerate(plans, 1)]})
    run_nightly(Store(store.path), book, AS_AT)
    return Store(store.path)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_breaks(store: Store, monkeypatch: pytest.MonkeyPatch, page: str):
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    screen = Screen(page, **({"child": "1"} if page == "child" else {}))
    assert not screen.broken
    if page == "countywide":
        assert "no figure at 28/02/2026 to compare with" in screen.text
    if page == "journeys":
        assert "It needs the extract Earlier records" in screen.text


@pytest.mark.parametrize("kind", ["panel", "team", "weekly", "journeys"])
def test_no_pack_breaks(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str):
    more = ["--team", "Children in Care Team 1"] if kind == "team" else []
    status = tracker.main(["pack", kind, "--store", str(store.path), "--out", str(tmp_path / f"{kind}.xlsx"), *more])
    assert status == 0, capsys.readouterr().err


def test_the_councillors_pack_says_why_it_cannot_be_made(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    status = tracker.main(["pack", "corporate", "--store", str(store.path), "--out", str(tmp_path / "pack.xlsx")])
    assert status == 1 and "shows one day, and the corporate parenting pack compares periods" in capsys.readouterr().err
