"""Whatever is changed behind the tracker's back is found; what retention removes is not."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.record.entries import Kind, Shown, Visitor
from access.record.record import AccessRecord, Asked, open_access_record
from access.record.retention import remove_before, remove_old
from access.record.tables import MAY_GO
from access.record.verifying import newest_entry, problems
from data.settings import Settings
from tests.access.conftest import Clock

ANN, KEEPER = Visitor("ann", "this machine"), Visitor("keeper", "this machine")
START = datetime(2026, 10, 1, 9, tzinfo=UTC)


def write(record: AccessRecord, entries: int) -> None:
    for number in range(entries):
        record.add(ANN, Shown(Kind.CHILDREN, "child", children=(f"P{number % 3}", f"P{number % 5}")))


def meddle(record: AccessRecord, *statements: str) -> None:
    """A change by somebody who owns the file: the triggers are taken off first, and put back."""
    with closing(sqlite3.connect(record.path)) as connection:
        triggers = list(connection.execute("select name, sql from sqlite_master where type = 'trigger'"))
        for name, _ in triggers:
            connection.execute(f"drop trigger {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


@pytest.fixture
def written(file_record: AccessRecord) -> AccessRecord:
    write(file_record, 9)
    assert problems(file_record) == []
    return file_record


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update access_entry set identity = 'bob' where position = 4", "Entry 4 .* has changed since it was written"),
        ("update access_entry set at = '2026-01-01T00:00:00.000000+00:00' where position = 4", "Entry 4 .* has changed"),
        ("delete from access_entry where position = 4", "Entry 4 is missing"),
        ("delete from access_entry where position in (4, 5)", "Entries 4 to 5 are missing"),
        ("delete from access_entry where position = 1", "Entry 1 is missing"),
        ("delete from access_entry where position > 7", "the last 2 have been cut off"),
        ("delete from access_entry", "the last 9 have been cut off"),
        ("delete from access_list where child_id = 'P4'", "The list of children of entry 5 is not as it was shown"),
        (
            "update access_list set child_id = 'P9' where child_id = 'P4'",
            "The list of children of entry 5 is not as it was shown",
        ),
        (
            "insert into access_list select list_hash, 'P7' from access_entry where position = 2",
            "The list of children of entry 2",
        ),
        ("update access_entry set removed_to = 4 where position = 5", "Entry 5 .* has changed"),
    ],
)
def test_what_was_altered_removed_or_added_is_named(written, statement, said):
    meddle(written, statement)
    assert any(_matches(said, problem) for problem in problems(written)), problems(written)


def _matches(pattern: str, text: str) -> bool:
    import re

    return re.search(pattern, text) is not None


def test_two_entries_that_change_places_are_found(written):
    meddle(
        written,
        "update access_entry set position = 100 where position = 3",
        "update access_entry set position = 3 where position = 4",
        "update access_entry set position = 4 where position = 100",
    )
    found = problems(written)
    assert any("Entry 3" in problem for problem in found) and any("Entry 4" in problem for problem in found)


def test_a_cut_is_found_by_a_note_where_the_head_was_cut_as_well(written):
    noted = newest_entry(written)
    meddle(written, "delete from access_entry where position > 7")
    written.head_file.unlink()
    assert ["access.head is missing" in problem for problem in problems(written)] == [True]
    assert any("the last 2 have been cut off" in problem for problem in problems(written, noted))


def test_an_older_copy_put_in_place_is_found(written, tmp_path):
    copy = tmp_path / "older.db"
    with closing(sqlite3.connect(written.path)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
    write(written, 2)
    written.close()
    for extra in ("-wal", "-shm"):
        Path(f"{written.path}{extra}").unlink(missing_ok=True)
    shutil.copyfile(copy, written.path)
    assert any("ends at entry 9, but" in problem for problem in problems(written))


def test_a_removal_that_never_was_does_not_explain_a_gap(written):
    """Only the newest removal says where the chain begins, and it is itself linked."""
    meddle(written, "delete from access_entry where position <= 3")
    assert any("Entries 1 to 3 are missing" in problem for problem in problems(written))


@pytest.mark.parametrize("seed", range(20))
def test_a_flipped_byte_is_found_or_changes_nothing(written, seed):
    written.close()
    with closing(sqlite3.connect(written.path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        before = [tuple(row) for row in connection.execute("select * from access_entry order by position")]
        lists = [tuple(row) for row in connection.execute("select * from access_list order by 1, 2")]
    content = bytearray(written.path.read_bytes())
    chance = random.Random(seed)
    filled = [place for place, byte in enumerate(content) if byte and place > 100]
    content[chance.choice(filled)] ^= 1 << chance.randrange(8)
    written.path.write_bytes(content)
    try:
        found = problems(written)
    except Exception as error:  # the file cannot be read at all, which is said in a sentence
        assert type(error).__name__ == "AccessRecordError"
        return
    if not found:
        with closing(sqlite3.connect(written.path)) as connection:
            assert [tuple(row) for row in connection.execute("select * from access_entry order by position")] == before
            assert [tuple(row) for row in connection.execute("select * from access_list order by 1, 2")] == lists


def test_old_entries_go_and_the_rest_still_verifies(record):
    write(record, 6)
    assert remove_before(record, START + timedelta(minutes=4), KEEPER) == 3
    entries = record.entries(Asked())
    assert [entry.position for entry in entries] == [7, 6, 5, 4]
    assert (entries[0].kind, entries[0].identity, entries[0].removed_to) == ("entries removed", "keeper", 3)
    assert problems(record) == []
    with record.reading() as connection:
        kept = {row[0] for row in connection.exec_driver_sql("select distinct list_hash from access_list")}
    assert kept == {entry.list_hash for entry in entries if entry.list_hash}


def test_retention_follows_the_settings_to_the_day(record):
    write(record, 2)
    later = replace(record, clock=lambda: START + timedelta(days=90, minutes=2))
    assert remove_old(later, Settings(keep_access_days=90), KEEPER) == 1
    assert [entry.position for entry in record.entries(Asked())] == [3, 2]


def test_everything_may_be_old(record):
    write(record, 3)
    assert remove_before(record, START + timedelta(days=1), KEEPER) == 3
    assert [entry.position for entry in record.entries(Asked())] == [4]
    write(record, 1)
    assert problems(record) == []


def test_what_may_go_is_said_of_every_table():
    assert set(MAY_GO) == {"access_entry", "access_list"}


STEPS = st.lists(st.one_of(st.integers(1, 4), st.integers(-6, 0)), min_size=1, max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, broken=st.data())
def test_any_history_of_writing_and_removing_verifies_and_any_one_change_does_not(tmp_path_factory, steps, broken):
    """Numbers above zero are entries written, others remove what is older than so many minutes."""
    folder = tmp_path_factory.mktemp("history")
    clock = Clock()
    record = replace(open_access_record(Settings(folder=folder)), clock=clock)
    for step in steps:
        if step > 0:
            write(record, step)
        else:
            remove_before(record, clock.at + timedelta(minutes=step), KEEPER)
    assert problems(record) == []
    entries = record.entries(Asked())
    if entries:
        position = broken.draw(st.sampled_from([entry.position for entry in entries]))
        column = broken.draw(st.sampled_from(["identity", "subject", "at", "previous", "list_hash", "place"]))
        how = broken.draw(st.sampled_from(["delete", "change"]))
        meddle(
            record,
            f"delete from access_entry where position = {position}"
            if how == "delete"
            else f"update access_entry set {column} = {column} || 'x' where position = {position}",
        )
        assert problems(record) != []
    record.close()
