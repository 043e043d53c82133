"""The record of access: what is written, who looked at a child, and what cannot be altered."""

from __future__ import annotations

import os
import signal
import stat
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from access.record.entries import AccessRecordError, Kind, Shown, Visitor
from access.record.record import Asked, open_access_record
from access.record.retention import remove_before
from access.record.verifying import newest_entry, problems
from commands.access import sign_out
from data.databases.chain_head import Head, parse
from data.settings import Settings
from tests.support.at_once import ends_of

ANN, BOB = Visitor("ann@council.example", "10.1.2.3", "5f2c"), Visitor("bob@council.example", "this machine")
NIGHT = "2026-10-31-a"


def of_children(*children: str, page: str = "children") -> Shown:
    return Shown(Kind.CHILDREN, page, "rule=ltf_12m", NIGHT, date(2026, 10, 31), children)


def test_an_entry_says_who_when_what_and_from_where(record):
    record.add(ANN, Shown(Kind.FILE, "list.xlsx", "team=North", NIGHT, date(2026, 10, 31), ("P2", "P1"), "ab" * 32))
    (entry,) = record.entries(Asked())
    assert (entry.identity, entry.place, entry.session) == ("ann@council.example", "10.1.2.3", "5f2c")
    assert entry.at == datetime(2026, 10, 1, 9, 1, tzinfo=UTC)
    assert (entry.kind, entry.subject, entry.choices, entry.night) == ("file", "list.xlsx", "team=North", NIGHT)
    assert (entry.as_at, entry.children, entry.sha256) == (date(2026, 10, 31), 2, "ab" * 32)
    assert record.children_of(entry) == ["P1", "P2"]
    assert problems(record) == []
    assert parse(record.head_file.read_text()) == newest_entry(record) == Head(1, entry.hash)


def test_who_looked_at_a_child_is_answered_by_every_entry_with_the_child(record):
    record.add(ANN, of_children("P1", "P2"))
    record.add(BOB, of_children("P1", page="child"))
    record.add(BOB, of_children("P2", page="child"), Shown(Kind.PAGE, "figures"))
    assert [(entry.identity, entry.subject) for entry in record.entries(Asked(child_ids=("P1",)))] == [
        ("bob@council.example", "child"),
        ("ann@council.example", "children"),
    ]
    assert record.entries(Asked(child_ids=("P9",))) == []
    assert len(record.entries(Asked(identity="bob@council.example"))) == 3
    assert [entry.subject for entry in record.entries(Asked(kind="page"))] == ["figures"]
    assert len(record.entries(Asked(most=2))) == 2


def test_days_are_asked_for_from_the_first_to_the_last(record):
    moments = iter(
        datetime(2026, 10, day, hour, minute, tzinfo=UTC)
        for day, hour, minute in ((1, 23, 59), (2, 0, 0), (2, 23, 59), (3, 0, 0))
    )
    record = replace(record, clock=lambda: next(moments))
    for _ in range(4):
        record.add(ANN, Shown(Kind.PAGE, "team"))
    asked = Asked(first=date(2026, 10, 2), last=date(2026, 10, 2))
    assert [entry.position for entry in record.entries(asked)] == [3, 2]


def test_a_list_of_children_is_kept_once_however_often_it_is_shown(record):
    for _ in range(3):
        record.add(ANN, of_children("P1", "P2"), of_children("P2", "P1", "P1"))
    with record.reading() as connection:
        assert connection.execute(text("select count(*) from access_list")).scalar() == 2
    assert problems(record) == []


def test_the_database_refuses_to_alter_an_entry_or_to_let_one_go(record):
    record.add(ANN, of_children("P1"))
    for statement in (
        "update access_entry set identity = 'somebody else'",
        "delete from access_entry",
        "update access_list set child_id = 'P9'",
        "delete from access_list",
    ):
        with pytest.raises(AccessRecordError, match="kept for good"), record.writing() as connection:
            connection.execute(text(statement))
    assert problems(record) == []


def test_a_record_that_is_not_there_yet_is_whole_and_empty(record):
    assert problems(record) == [] and record.entries(Asked()) == []
    assert newest_entry(record) == Head()


def test_the_file_is_for_this_account_only(file_record):
    file_record.add(ANN, of_children("P1"))
    for path in (file_record.path, file_record.head_file):
        assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_when_it_cannot_be_written_the_error_says_why_and_repeats_nothing(file_record):
    file_record.add(ANN, of_children("P1"))
    with file_record.writing() as connection:
        connection.execute(text("pragma max_page_count = 1"))
    large = of_children(*(f"SECRET{number}" for number in range(20_000)))
    full = replace(file_record, clock=file_record.clock)
    with file_record.engine.connect() as connection:
        connection.execute(text("pragma max_page_count = 20"))
    with pytest.raises(AccessRecordError, match="the disk is full") as refused:
        full.add(ANN, large)
    assert "SECRET" not in str(refused.value) and refused.value.__cause__ is None
    with file_record.reading() as connection:
        assert connection.execute(text("select count(*) from access_entry")).scalar() == 1


def test_a_damaged_file_is_refused(tmp_path):
    (tmp_path / "access.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(AccessRecordError, match="the file is damaged"):
        open_access_record(Settings(folder=tmp_path)).add(ANN, of_children("P1"))


def test_a_network_share_is_refused(tmp_path):
    with pytest.raises(AccessRecordError, match="The record of access cannot be kept in .*network share"):
        open_access_record(Settings(folder=tmp_path), mounts=f"server:/store {tmp_path} nfs4 rw 0 0\n")


def _write(address: str, folder: Path, name: str, entries: int) -> None:
    record = open_access_record(Settings(folder=folder, casework_database=address))
    for number in range(entries):
        record.add(Visitor(name, "this machine"), Shown(Kind.CHILDREN, "child", children=(f"{name}{number}", "P1")))


def _write_and_be_killed(folder: Path) -> None:
    _write("", folder, "ann", 1)
    os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


def test_two_processes_write_one_chain(record, settings, tmp_path):
    asked = [(settings.casework_database, tmp_path, name, 25) for name in ("ann", "bob")]
    assert ends_of(_write, asked) == [0, 0]
    assert problems(record) == []
    entries = record.entries(Asked())
    assert [entry.position for entry in entries] == list(range(50, 0, -1))
    assert sorted(entry.identity for entry in entries) == ["ann"] * 25 + ["bob"] * 25


def test_an_entry_is_on_the_disk_before_add_returns(tmp_path: Path):
    """A process that is killed as soon as it may show something has left its entry."""
    assert ends_of(_write_and_be_killed, [(tmp_path,)]) != [0]
    record = open_access_record(Settings(folder=tmp_path))
    assert [entry.identity for entry in record.entries(Asked(child_ids=("P1",)))] == ["ann"]
    assert problems(record) == []


def test_nothing_old_is_nothing_to_remove(record):
    record.add(ANN, of_children("P1"))
    assert remove_before(record, datetime(2026, 10, 1, 9, 1, tzinfo=UTC), BOB) == 0
    assert [entry.position for entry in record.entries(Asked())] == [1]


@pytest.mark.parametrize("said", ["ann@council.example", "Ann@Council.Example", "\u00c9va@council.example"])
def test_somebody_is_signed_out_everywhere_whatever_the_capital_letters(record, said):
    record.add(BOB, Shown(Kind.SIGNED_OUT, said))
    assert record.signed_out_at(said) == datetime(2026, 10, 1, 9, 1, tzinfo=UTC)
    assert (record.signed_out_at(ANN.identity) is None) == (said.lower() != ANN.identity)
    assert record.signed_out_at(BOB.identity) is None
    assert [entry.subject for entry in record.entries(Asked(identity=said))] == [said]


def test_the_files_of_the_past_hour_are_counted_for_each_person(record):
    for who, kind in ((ANN, Kind.FILE), (BOB, Kind.FILE), (ANN, Kind.CHILDREN), (ANN, Kind.FILE)):
        record.add(who, Shown(kind, "list.csv"))
    first, last = datetime(2026, 10, 1, 9, 1, tzinfo=UTC), datetime(2026, 10, 1, 9, 4, tzinfo=UTC)
    assert [record.files_since(ANN.identity.upper(), since) for since in (first, last, last + timedelta(seconds=1))] == [2, 1, 0]
    assert record.files_since(BOB.identity, first) == 1


def test_a_name_that_nobody_has_is_told_when_it_is_signed_out(file_record, tmp_path, capsys):
    file_record.add(ANN, Shown(Kind.PAGE, "figures"))
    for who, told in (("ANN@council.example", "Signed out everywhere: ANN@"), ("an@council.example", "Nobody called an@council")):
        sign_out(Namespace(store=tmp_path, who=who))
        assert capsys.readouterr().out.startswith(told)
        assert file_record.signed_out_at(who.lower())


def test_a_record_that_was_removed_in_use_is_not_written_into_the_air(file_record):
    file_record.add(ANN, of_children("P1"))
    file_record.path.unlink()
    with pytest.raises(AccessRecordError, match="has been removed while it was in use. Put it back"):
        file_record.add(ANN, of_children("P1"))


def test_a_record_that_is_older_than_the_store_says_is_read_and_not_written(record, settings):
    record.add(ANN, of_children("P1"))
    record.head_file.write_text(f"3:{'0' * 64}\n")
    again = open_access_record(settings)
    with pytest.raises(AccessRecordError, match="ends at entry 1, but access.head names entry 3"):
        again.add(ANN, of_children("P2"))
    assert len(again.entries(Asked())) == 1 and problems(again)
    record.head_file.unlink()
    again.add(ANN, of_children("P2"))
    again.close()


@pytest.mark.parametrize("said", ["", "damaged", "1:0"])
def test_a_store_that_does_not_say_keeps_nobody_waiting(file_record, said):
    file_record.head_file.write_text(said)
    file_record.add(ANN, of_children("P1"))
    assert problems(file_record) != []
