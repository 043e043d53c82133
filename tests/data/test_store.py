"""Nights are published whole, found again, verified, and one of them is shown whatever happens to the others."""

from __future__ import annotations

import json
import os
import shutil
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from data.night import durable
from data.store.store import Store, StoreBusy, StoreError
from tests.support.killing import start
from tests.support.tiny_nights import children_in, fill, flip_a_byte, publish


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_a_store_that_is_not_there_has_no_night_and_is_not_made_by_looking(store: Store) -> None:
    assert (store.current(), store.problems, store.nights(), store.not_nights()) == (None, (), [], [])
    assert not store.path.exists()


def test_a_published_night_is_the_one_shown(store: Store) -> None:
    before = datetime.now(UTC)
    night = publish(store, "2026-10-31", "9F86D081884C", children=4)
    assert night.name == "2026-10-31-0001-9f86d081"
    assert store.current() == night
    assert night.as_at == date(2026, 10, 31)
    assert before <= night.published_at <= datetime.now(UTC)
    assert night.manifest["children"] == 4
    assert night.manifest["extracts_hash"] == "9F86D081884C"
    assert sorted(night.manifest["files"]) == ["restrictions.json", "tables/children.parquet", "tracker.duckdb"]
    assert night.manifest["files"]["tracker.duckdb"]["sha256"] == durable.sha256(night.database)
    assert store.verify(night) == []
    assert children_in(night) == 4


def test_the_same_night_three_times_has_three_names_and_the_newest_is_shown(store: Store) -> None:
    nights = [publish(store) for _ in range(3)]
    assert [night.name for night in nights] == [f"2026-10-31-000{sequence}-0123abcd" for sequence in (1, 2, 3)]
    assert store.nights() == nights[::-1]
    assert store.current() == nights[2]


def test_dates_in_the_manifest_are_iso_text(store: Store) -> None:
    with store.build(date(2026, 10, 31), "0123abcd") as building:
        fill(building)
        night = building.publish({"month_ends": [date(2026, 9, 30)]})
    assert json.loads((night.folder / "manifest.json").read_text())["month_ends"] == ["2026-09-30"]


def test_a_load_larger_than_its_memory_goes_on_beside_the_night_and_leaves_nothing_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.store.publishing.MEMORY", "40MB")
    with store.build(date(2026, 10, 31), "0123abcd") as building:
        fill(building)
        with building.connect() as connection:
            hashes = ", ".join(f"hash(range + {number}) as hash_{number}" for number in range(5))
            connection.execute(f"create temp table spilled as select range as visit, {hashes} from range(1000000)")
            assert connection.execute("select count(*) > 0 from duckdb_temporary_files()").fetchone() == (True,)
            connection.execute("create table visits as select count(*) as visits, sum(visit) as numbers from spilled")
            connection.execute("checkpoint")
        night = building.publish({})
    with duckdb.connect(str(night.database), read_only=True) as kept:
        assert kept.execute("select * from visits").fetchone() == (1_000_000, 499_999_500_000)
    assert sorted(night.manifest["files"]) == ["restrictions.json", "tables/children.parquet", "tracker.duckdb"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_this_account_can_read_a_night_whatever_the_umask(store: Store) -> None:
    before = os.umask(0)
    try:
        night = publish(store)
    finally:
        os.umask(before)
    folders = [store.path, night.folder.parent, night.folder, night.tables]
    files = [store.path / "current", store.path / "lock", night.folder / "manifest.json", night.database, *night.tables.iterdir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_what_is_not_published_is_removed(store: Store) -> None:
    with store.build(date(2026, 10, 31), "0123abcd") as building:
        fill(building)
    with pytest.raises(ZeroDivisionError):
        with store.build(date(2026, 10, 31), "0123abcd") as building:
            fill(building)
            raise ZeroDivisionError
    assert store.nights() == []
    assert list((store.path / "building").iterdir()) == []


def unfinished(building: object, how: str) -> None:
    fill(building)
    if how == "no database":
        building.database.unlink()
    elif how == "no tables":
        shutil.rmtree(building.tables)
    elif how == "no restrictions":
        with duckdb.connect(str(building.database)) as con:
            con.execute("drop table restricted_records")
    elif how == "junk":
        building.database.write_bytes(b"not a database")
    elif how == "a log left over":
        building.database.with_name("tracker.duckdb.wal").write_bytes(b"")


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("no database", "has no tracker.duckdb"),
        ("no tables", r"has no tables/\*.parquet"),
        ("no restrictions", "lacks restricted_records"),
        ("junk", "a database that does not open"),
        ("a log left over", "checkpoint and close"),
    ],
)
def test_a_night_that_is_not_finished_is_not_published(store: Store, how: str, sentence: str) -> None:
    first = publish(store)
    with pytest.raises(StoreError, match=sentence):
        with store.build(date(2026, 11, 1), "0123abcd") as building:
            unfinished(building, how)
            building.publish({})
    assert store.nights() == [first]
    assert list((store.path / "building").iterdir()) == []


def test_a_database_still_open_for_writing_is_not_published(store: Store) -> None:
    with pytest.raises(StoreError, match="does not open|checkpoint and close"):
        with store.build(date(2026, 11, 1), "0123abcd") as building:
            fill(building)
            with duckdb.connect(str(building.database)) as con:
                con.execute("create table more as select 1 as a")
                building.publish({})


def test_the_manifest_keeps_the_stores_own_words(store: Store) -> None:
    with pytest.raises(StoreError, match="sequence"):
        with store.build(date(2026, 11, 1), "0123abcd") as building:
            fill(building)
            building.publish({"sequence": 7})


def test_the_manifest_may_repeat_the_day_and_the_hash_but_not_change_them(store: Store) -> None:
    with store.build(date(2026, 11, 1), "0123abcd") as building:
        fill(building)
        with pytest.raises(StoreError, match="as_at"):
            building.publish({"as_at": "2026-11-02"})
        night = building.publish({"as_at": "2026-11-01", "extracts_hash": "0123abcd"})
    assert night.as_at == date(2026, 11, 1)


def test_a_store_in_a_folder_with_a_quote_and_a_space_in_its_name_works(tmp_path: Path) -> None:
    store = Store(tmp_path / "the council's store")
    assert children_in(publish(store)) == 3


def test_a_hash_that_is_none_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="not the hash"):
        publish(store, extracts_hash="../../etc")


@pytest.mark.parametrize("file", ["tracker.duckdb", "tables/children.parquet", "manifest.json"])
def test_a_flipped_byte_in_the_night_shown_falls_back_to_the_last_good_one_and_says_so(store: Store, file: str) -> None:
    first, second = publish(store, "2026-10-30"), publish(store, "2026-10-31")
    assert store.current() == second
    flip_a_byte(second.folder / file)
    assert store.current() == first
    assert second.name in store.problems[0] and file in store.problems[0]
    assert store.problems[-1] == f"The data load shown is {first.name}."
    third = publish(store, "2026-11-01")
    assert (store.current(), store.problems) == (third, ())
    assert third.sequence == 3


def test_a_flipped_byte_in_the_only_night_shows_none_and_says_so(store: Store) -> None:
    night = publish(store)
    flip_a_byte(night.database)
    assert store.current() is None
    assert store.problems[-1] == "There is no undamaged data load to show."


def test_a_log_laid_beside_a_published_database_is_found(store: Store) -> None:
    night = publish(store)
    night.database.with_name("tracker.duckdb.wal").write_bytes(b"late")
    assert store.verify(night) == ["tracker.duckdb.wal was not there when it was published"]
    assert store.current() is None


@pytest.mark.parametrize("content", [None, b"", b"\x00\xff" * 50, b"../../etc", b"2026-10-31-0009-0123abcd"])
def test_a_pointer_that_is_missing_or_garbage_shows_the_newest_whole_night(store: Store, content: bytes | None) -> None:
    publish(store)
    newest = publish(store)
    pointer = store.path / "current"
    pointer.unlink() if content is None else pointer.write_bytes(content)
    assert store.current() == newest
    # A night that is named and is not there may have restricted somebody: the first sentence says that names are withheld.
    assert len(store.problems) == (3 if content == b"2026-10-31-0009-0123abcd" else 2)
    assert (store.restrictions().withheld in store.problems) == (len(store.problems) == 3)
    third = publish(store)
    assert (store.current(), store.problems) == (third, ())


@pytest.mark.parametrize("content", [None, b"", b'{"as_at": "2026-1', b"[]", b"null", b"\xff"])
def test_a_folder_without_a_whole_manifest_is_no_night(store: Store, content: bytes | None) -> None:
    first, second = publish(store), publish(store)
    manifest = second.folder / "manifest.json"
    manifest.unlink() if content is None else manifest.write_bytes(content)
    assert store.nights() == [first]
    assert store.not_nights() == [second.name]
    assert store.current() == first


def test_the_night_shown_is_hashed_once_and_again_only_when_a_file_changes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    night = publish(store)
    hashed = []
    monkeypatch.setattr(durable, "sha256", lambda path, sha256=durable.sha256: hashed.append(path.name) or sha256(path))
    for _ in range(5):
        assert Store(store.path).current() == night
    assert sorted(hashed) == ["children.parquet", "restrictions.json", "tracker.duckdb"]
    os.utime(night.database)
    assert store.current() == night
    assert len(hashed) == 6


def test_a_second_load_is_told_that_the_store_is_busy_until_the_first_one_dies(store: Store) -> None:
    publish(store)
    with start("-m", "tests.support.killing", "hold", str(store.path)) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(StoreBusy, match="Another load is running"):
            publish(store)
        assert store.current() is not None
        process.kill()
        process.wait()
        assert publish(store).sequence == 2


def test_the_stores_settings_are_read_from_the_store(store: Store) -> None:
    publish(store)
    (store.path / "settings.toml").write_text('council = "Northshire"\n')
    assert store.settings.council == "Northshire"
