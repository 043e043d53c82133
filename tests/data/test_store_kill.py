"""A load killed at any moment leaves one whole night shown, and the next load succeeds."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from data.store.store import Store
from tests.deep import examples
from tests.support.killing import Reader, kill_often, killed_before, start_publishing, tiny_night_is_whole
from tests.support.tiny_nights import Disk, children_in, publish, restricted_in

pytestmark = pytest.mark.slow

KILLS = examples(5, 100)
LONGEST_SECONDS = 0.08


def test_readers_always_see_one_whole_night_while_loads_are_killed(tmp_path: Path) -> None:
    publish(Store(tmp_path))
    with Reader(tmp_path, tiny_night_is_whole) as reader:
        killed = kill_often(lambda: start_publishing(tmp_path), [LONGEST_SECONDS * kill / KILLS for kill in range(KILLS)])
        # However slow the machine, the reader sees at least one night take another's place.
        publish(Store(tmp_path))
        reader.wait_for_another()
    assert killed == KILLS
    assert reader.faults == []
    assert reader.reads > KILLS
    assert len(reader.names) > 1

    night = publish(Store(tmp_path), children=9)
    store = Store(tmp_path)
    assert store.current() == night
    assert [name for one in store.nights() for name in store.verify(one)] == []
    assert store.not_nights() == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["building", "current", "lock", "nights", "restrictions.json"]
    assert list((tmp_path / "building").iterdir()) == []


def steps_of_a_load(path: Path) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(lambda taken: False, lambda: None).install(patch.setattr)
        publish(Store(path))
    return disk.taken


def test_a_kill_before_every_step_on_the_disk_leaves_one_whole_night_and_nothing_to_clean_by_hand(tmp_path: Path) -> None:
    publish(Store(tmp_path / "counted"))
    steps = steps_of_a_load(tmp_path / "counted")
    path = tmp_path / "store"
    publish(Store(path), children=1, restricted=("always", "before"))
    with killed_before(path) as ended:
        for step, name in enumerate(steps):
            shown = Store(path).current()
            assert ended(step) == -signal.SIGKILL, f"step {step}, {name}"
            after = Store(path).current()
            assert Store(path).problems == (), f"step {step}, {name}"
            assert after == shown or children_in(after) == 7, f"step {step}, {name}"
            # What was restricted before holds for as long as the old night is shown, what the load restricts from when it is written.
            now = Store(path).restrictions()
            assert now.withheld is None, f"step {step}, {name}"
            expected = {"always"} | ({"before"} if after == shown else set())
            expected |= {"killed"} if now.kept.sequence > shown.sequence else set()
            assert restricted_in(Store(path)) == expected, f"step {step}, {name}"
            assert after == shown or "killed" in expected
            night = publish(Store(path), children=step, restricted=("always", "before"))
            assert Store(path).current() == night
            assert restricted_in(Store(path)) == {"always", "before"}
            assert list((path / "building").iterdir()) == []
            assert Store(path).not_nights() == []
    assert {children_in(night) for night in Store(path).nights()} == {1, 7, *range(len(steps))}


def test_a_night_killed_between_its_rename_and_the_switch_is_shown_by_the_next_load_and_not_before(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = publish(store, "2026-10-30")
    second = publish(store, "2026-10-31")
    (tmp_path / "current").write_text(first.name)
    assert store.current() == first
    assert store.nights() == [first]
    with store.lock():
        assert store.current() == second
        assert store.nights() == [second, first]
    assert publish(store, "2026-11-01").sequence == 3


def test_a_damaged_night_killed_before_the_switch_is_removed_by_the_next_load(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = publish(store)
    second = publish(store)
    (tmp_path / "current").write_text(first.name)
    second.database.write_bytes(b"cut short")
    with store.lock():
        assert store.current() == first
    assert not second.folder.exists()
