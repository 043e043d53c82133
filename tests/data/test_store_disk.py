"""A disk that is full, or refuses, at any step: one sentence, nothing left behind, the last good night still shown."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pytest

from data.night.night import Night
from data.store.store import Store, StoreError
from tests.deep import DEEP
from tests.support.tiny_nights import Disk, children_in, fill, publish

pytestmark = pytest.mark.slow

REFUSALS = (errno.ENOSPC, errno.EACCES)
# Each step is refused in one way or the other by turns, and in the deep suite in both.
FIRST = REFUSALS if DEEP else REFUSALS[:1]


def refuse(number: int) -> None:
    raise OSError(number, os.strerror(number))


def by_turns(first: int, step: int) -> int:
    """How a step is refused, where the first one is refused as given."""
    return REFUSALS[(REFUSALS.index(first) + step) % 2]


def load(store: Store, disk: Disk) -> Night:
    with pytest.MonkeyPatch.context() as patch:
        disk.install(patch.setattr)
        return publish(store, children=5)


@pytest.fixture
def steps(tmp_path: Path) -> int:
    """How many steps on the disk a load takes in a store that holds a night."""
    store = Store(tmp_path / "counted")
    publish(store)
    disk = Disk(lambda taken: False, lambda: None)
    load(store, disk)
    assert disk.taken[-1] == "remove"
    return len(disk.taken)


@pytest.mark.parametrize("first_number", FIRST)
def test_a_disk_that_refuses_one_step_leaves_the_last_good_night(tmp_path: Path, steps: int, first_number: int) -> None:
    store = Store(tmp_path / "store")
    first = publish(store, children=1)
    for step in range(steps - 1):  # the last one only looks whether anything is left to remove
        number = by_turns(first_number, step)
        with pytest.raises(StoreError, match=os.strerror(number)) as refused:
            load(store, Disk(lambda taken, step=step: taken == step, partial(refuse, number)))
        assert "\n" not in str(refused.value)
        assert store.current() == first, f"step {step}"
        assert store.problems == ()
        assert store.nights() == [first]
        assert list((store.path / "building").iterdir()) == []
        assert [path.name for path in (store.path / "nights").iterdir()] == [first.name]
    assert publish(store).sequence == 2


@pytest.mark.parametrize("first_number", FIRST)
def test_a_disk_that_refuses_from_some_step_on_still_shows_one_whole_night(tmp_path: Path, steps: int, first_number: int) -> None:
    store = Store(tmp_path / "store")
    publish(store, children=1)
    for step in range(steps - 1):
        number = by_turns(first_number, step)
        with pytest.raises(StoreError, match=os.strerror(number)) as refused:
            load(store, Disk(lambda taken, step=step: taken >= step, partial(refuse, number)))
        shown = store.current()
        assert store.problems == (), f"step {step}"
        assert children_in(shown) == shown.manifest["children"]
        assert shown.name in str(refused.value) or "cannot be" in str(refused.value)
        assert store.nights()[0] == shown
        assert publish(store, children=1) == store.current()
        assert list((store.path / "building").iterdir()) == []


def test_a_lock_file_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "lock").mkdir()
    with pytest.raises(StoreError, match="cannot be locked"):
        publish(Store(tmp_path / "store"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 4 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_real_disk_that_fills_up_while_duckdb_writes_leaves_the_last_good_night(small_disk: Path) -> None:
    store = Store(small_disk / "store")
    first = publish(store)
    with pytest.raises(StoreError, match=r"could not be published: .*The data load shown is " + first.name) as refused:
        with store.build(date(2026, 11, 1), "0123abcd") as building:
            fill(building)
            with duckdb.connect(str(building.database)) as con:
                con.execute("create table noise as select hash(range) as a, hash(range + 1) as b from range(2000000)")
            building.publish({})
    assert "\n" not in str(refused.value)
    assert store.current() == first
    assert list((store.path / "building").iterdir()) == []
    assert publish(store).sequence == 2
