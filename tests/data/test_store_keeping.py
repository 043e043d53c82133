"""Nights are rolled back and forward, pruned, and restored from a backup."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from data.settings import Settings
from data.store.store import Store, StoreError
from tests.support.tiny_nights import children_in, flip_a_byte, publish


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_rolling_back_shows_an_older_night_and_rolling_forward_the_newer_one_again(store: Store) -> None:
    first, second, third = (publish(store) for _ in range(3))
    assert store.rollback(first.name) == first
    assert (store.current(), store.problems) == (first, ())
    with store.lock():
        assert store.current() == first
    assert store.nights() == [third, second, first]
    assert store.rollback(second.name) == store.current() == second
    assert store.rollback(third.name) == store.current() == third
    store.rollback(first.name)
    fourth = publish(store)
    assert fourth.sequence == 4
    assert store.current() == fourth


def test_a_damaged_night_that_was_rolled_back_to_does_not_bring_back_the_newer_one_while_an_older_is_good(store: Store) -> None:
    first, second, _ = (publish(store) for _ in range(3))
    store.rollback(second.name)
    flip_a_byte(second.database)
    assert store.current() == first


def test_rolling_back_to_a_night_that_is_missing_or_damaged_is_refused(store: Store) -> None:
    first, second = publish(store), publish(store)
    flip_a_byte(first.database)
    with pytest.raises(StoreError, match="is damaged"):
        store.rollback(first.name)
    with pytest.raises(StoreError, match="There is no data load"):
        store.rollback("../../etc")
    assert store.current() == second


RETENTION = [
    # keep_month_ends, nights, today, removed
    (True, ["2026-01-30", "2026-01-31", "2026-02-27", "2026-03-01"], "2026-03-11", ["2026-01-30"]),
    (False, ["2026-01-30", "2026-01-31", "2026-02-27", "2026-03-01"], "2026-03-11", ["2026-01-30", "2026-01-31", "2026-02-27"]),
    (True, ["2026-01-31", "2026-01-31", "2026-03-01"], "2026-06-01", ["2026-01-31 (1)"]),
    (True, ["2026-03-01", "2026-03-02"], "2026-03-11", []),
    (True, ["2026-03-01", "2026-03-02"], "2027-03-12", ["2026-03-01"]),
    (False, ["2026-03-01", "2026-03-02"], "2027-03-12", ["2026-03-01"]),
]


@pytest.mark.parametrize(("keep_month_ends", "days", "today", "removed"), RETENTION)
def test_retention_keeps_ten_days_the_month_ends_and_the_night_shown(
    store: Store, keep_month_ends: bool, days: list[str], today: str, removed: list[str]
) -> None:
    nights = [publish(store, day) for day in days]
    gone = store.prune(date.fromisoformat(today), Settings(keep_nights_days=10, keep_month_ends=keep_month_ends))
    assert gone == [night.name for night in nights if {night.name[:10], f"{night.name[:10]} ({night.sequence})"} & set(removed)]
    assert [night.name for night in store.nights()[::-1]] == [night.name for night in nights if night.name not in gone]
    assert [night for night in nights if night.folder.exists()] == store.nights()[::-1]
    assert list((store.path / "building").iterdir()) == []


def test_retention_never_removes_the_night_rolled_back_to_nor_the_newest(store: Store) -> None:
    shown, middle, newest = publish(store, "2026-01-01"), publish(store, "2026-01-02"), publish(store, "2026-01-03")
    store.rollback(shown.name)
    assert store.prune(date(2030, 1, 1), Settings(keep_month_ends=False)) == [middle.name]
    assert store.nights() == [newest, shown]


def test_retention_keeps_the_last_good_night_of_a_month_whose_last_is_damaged(store: Store) -> None:
    good, bad = publish(store, "2026-01-30"), publish(store, "2026-01-31")
    publish(store, "2026-03-01")
    flip_a_byte(bad.database)
    assert store.prune(date(2030, 1, 1), Settings()) == []
    assert good in store.nights()


def test_a_store_restored_from_backup_has_equal_hashes_and_verifies(store: Store, tmp_path: Path) -> None:
    for children in (1, 2):
        publish(store, children=children)
    restored = Store(shutil.copytree(store.path, tmp_path / "restored"))
    assert [night.manifest for night in restored.nights()] == [night.manifest for night in store.nights()]
    assert [restored.verify(night) for night in restored.nights()] == [[], []]
    assert restored.current().name == store.current().name
    assert children_in(restored.current()) == 2
    assert publish(restored).sequence == 3
