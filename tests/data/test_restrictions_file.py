"""The restrictions that the store keeps apart from its nights: what is believed, what is not, and how it is corrected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.night import pointer
from data.night.night import MANIFEST, Night, seal
from data.restrictions import restrictions_file
from data.restrictions.restrictions_file import FILE
from data.settings import Settings
from data.store.store import Store, StoreError
from tests.support.tiny_nights import fill, flip_a_byte, publish, restricted_in


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def made_before(store: Store, *nights: Night) -> None:
    """The store as a version that kept no such file would have left it."""
    for night in nights:
        content = {key: value for key, value in night.manifest.items() if key != restrictions_file.SEAL}
        content["files"] = {name: entry for name, entry in content["files"].items() if name != FILE}
        content["seal"] = seal(content)
        (night.folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
        (night.folder / FILE).unlink()
    (store.path / FILE).unlink()
    (store.path / "current").write_text(f"{nights[-1].name}\n", encoding="ascii")


def test_a_night_its_manifest_the_pointer_and_the_store_agree_on_one_seal(store: Store):
    night = publish(store, restricted=("A",))
    kept = store.restrictions().kept
    assert kept.night == night.name and kept.sequence == night.sequence
    assert kept.seal == night.manifest["restrictions"] == pointer.read(store.path).seal
    assert (store.path / FILE).read_bytes() == (night.folder / FILE).read_bytes()
    assert (store.path / FILE).stat().st_mode & 0o777 == 0o600


def test_the_restrictions_are_on_the_disk_before_the_night_can_be_seen(store: Store, monkeypatch: pytest.MonkeyPatch):
    publish(store)
    switched = []
    replace = restrictions_file.durable.replace
    monkeypatch.setattr(
        restrictions_file.durable, "replace", lambda source, target: switched.append(target.name) or replace(source, target)
    )
    night = publish(store)
    assert switched == [FILE, night.name, "current"]


def refuse(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_load_that_fails_after_its_restrictions_were_written_leaves_the_stricter_of_both(store: Store, monkeypatch):
    publish(store, restricted=("A", "B"))
    with monkeypatch.context() as patch:
        patch.setattr(pointer, "point_at", refuse)
        with pytest.raises(StoreError, match="No space left"):
            publish(store, restricted=("B", "C"))
    assert restricted_in(store) == {"A", "B", "C"} and store.restrictions().withheld is None and store.problems == ()
    with store.lock():
        assert restricted_in(store) == {"A", "B", "C"}
    publish(store, restricted=("B",))
    assert restricted_in(store) == {"B"} and store.restrictions().withheld is None


@pytest.mark.parametrize("restart", [False, True])
def test_failing_again_and_again_forgets_nothing(store: Store, monkeypatch, restart: bool):
    publish(store, restricted=("A",))
    for child in "BCD":
        with monkeypatch.context() as patch:
            patch.setattr(pointer, "point_at", refuse)
            with pytest.raises(StoreError):
                publish(store, restricted=(child,))
        if restart:
            with store.lock():
                pass
    assert restricted_in(store) == {"A", "B", "C", "D"} and store.restrictions().withheld is None


@pytest.mark.parametrize("how", ["missing", "emptied", "garbage", "flipped", "a folder"])
def test_lost_restrictions_that_the_newest_night_can_prove_are_put_back_by_the_next_lock(store: Store, how: str):
    publish(store, restricted=("A",))
    publish(store, restricted=("B",))
    file = store.path / FILE
    if how == "flipped":
        flip_a_byte(file)
    else:
        file.unlink()
        if how == "a folder":
            file.mkdir()
        elif how != "missing":
            file.write_bytes(b"" if how == "emptied" else b"{}")
    assert store.restrictions().withheld in store.problems
    if how == "a folder":
        with pytest.raises(StoreError, match="cannot be written"), store.lock():
            pass
        return
    with store.lock():
        assert store.restrictions().withheld is None and restricted_in(store) == {"B"}
    assert store.problems == ()


@pytest.mark.parametrize("lost", [("current",), ("nights",)], ids=["the pointer too", "the night too"])
def test_lost_restrictions_that_nothing_can_prove_stay_lost_until_a_load(store: Store, lost: tuple[str, ...]):
    publish(store, restricted=("A",))
    newest = publish(store, restricted=("B",))
    (store.path / FILE).unlink()
    if lost == ("current",):
        (store.path / "current").unlink()
        flip_a_byte(newest.folder / MANIFEST)
    else:
        flip_a_byte(newest.database)
    for _ in range(2):
        with store.lock():
            assert store.restrictions().withheld
    publish(store, restricted=("A", "B"))
    assert store.restrictions().withheld is None and restricted_in(store) == {"A", "B"}


def test_going_back_does_not_forget_that_there_was_a_newer_night(store: Store):
    first = publish(store, restricted=("A",))
    older = (store.path / FILE).read_bytes()
    publish(store, restricted=("B",))
    newest = publish(store, restricted=("C",))
    for path in sorted(newest.folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    newest.folder.rmdir()
    (store.path / FILE).write_bytes(older)
    assert "there is a newer one, or was" in store.restrictions().withheld
    store.rollback(first.name)
    assert "there is a newer one, or was" in store.restrictions().withheld
    assert publish(store).sequence == 4


def test_rolling_back_and_forward_keeps_the_newest_restrictions_in_force(store: Store):
    first, second, third = (publish(store, restricted=(child,)) for child in "ABC")
    for night, own in ((first, "A"), (second, "B"), (third, "C"), (first, "A")):
        store.rollback(night.name)
        assert restricted_in(store) == {own, "C"} and store.restrictions().withheld is None
    publish(store, restricted=("D",))
    assert restricted_in(store) == {"D"}


def test_pruning_keeps_the_restrictions_in_force(store: Store):
    for day in ("2026-01-01", "2026-01-02", "2026-03-03"):
        publish(store, day, restricted=(day,))
    assert len(store.prune(store.current().as_at.replace(year=2030), Settings(keep_month_ends=False))) == 2
    assert restricted_in(store) == {"2026-03-03"} and store.problems == ()


def test_a_store_made_before_is_asked_of_its_newest_night_and_has_the_file_from_its_next_load(store: Store):
    first, second = publish(store, restricted=("A",)), publish(store, restricted=("B",))
    made_before(store, first, second)
    assert store.current().name == second.name and store.problems == () and restricted_in(store) == {"B"}
    store.rollback(first.name)
    assert restricted_in(store) == {"A", "B"} and store.problems == ()
    publish(store, restricted=("B", "C"))
    assert restricted_in(store) == {"B", "C"} and store.problems == ()
    assert store.restrictions().kept.night == store.current().name


@pytest.mark.parametrize("file", ["manifest.json", "tracker.duckdb"])
def test_a_store_made_before_whose_newest_night_is_damaged_names_nobody(store: Store, file: str):
    first, second = publish(store, restricted=("A",)), publish(store, restricted=("B",))
    made_before(store, first, second)
    flip_a_byte(second.folder / file)
    assert store.current().name == first.name
    assert store.problems[0] == store.restrictions().withheld
    assert "the newest data load cannot be read" in store.problems[0]


def test_a_store_whose_nights_keep_it_and_lost_the_file_is_not_taken_for_one_made_before(store: Store):
    first, second = publish(store), publish(store)
    made_before(store, first)
    (store.path / "current").write_text(f"{second.name}\n", encoding="ascii")
    assert "restrictions.json is missing" in store.restrictions().withheld


def test_a_load_that_cannot_tell_whose_records_are_restricted_says_so_and_names_stay_withheld(store: Store):
    with store.build(publish(store).as_at, "0123abcd") as building:
        fill(building)
        building.publish({"children": 3}, "the file has not come")
    assert store.restrictions().withheld.startswith("Children's names are withheld, because the file has not come: ")
    assert store.problems == (store.restrictions().withheld,)
    publish(store)
    assert store.problems == ()
