"""The commands of the record of access, and the records that other commands leave."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest

from access.record.record import AccessRecord, Asked, open_access_record
from data.night import durable
from data.settings import Settings
from data.store.store import Store
from metrics.engine.engine import Engine
from tests.support.copies import copy_of
from tests.support.scopes import asking
from tracker import main


@pytest.fixture(scope="module")
def store(county_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A copy of the county's store, for the tests of this file."""
    return copy_of(county_store, tmp_path_factory.mktemp("recorded") / "store")


@pytest.fixture
def record(store: Store) -> AccessRecord:
    return open_access_record(store.settings, store.path)


@pytest.fixture(scope="module")
def child(engine: Engine) -> tuple[str, str]:
    """A child on the list, by both identifiers."""
    frame = engine.children("hertfordshire", ["ltf_12m"], asking())
    row = frame[frame["legacy_id"].notna()].iloc[0]
    return row["child_id"], row["legacy_id"]


def printed(capsys: pytest.CaptureFixture, *words: str) -> list[dict]:
    capsys.readouterr()
    assert main(["access", *words, "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_a_list_that_is_printed_is_recorded_and_found_by_either_identifier(store, record, child, capsys):
    assert main(["measures", "--store", str(store.path), "--by", "child", "--rule", "ltf_12m"]) == 0
    for identifier in child:
        newest = printed(capsys, "child", "--store", str(store.path), "--child", identifier)[0]
        assert newest["subject"] == "measures" and newest["choices"] == "rule=ltf_12m by=child"
        assert newest["identity"].startswith("account ") and newest["from_place"] == "command line"
        assert int(newest["children"]) > 5
    assert printed(capsys, "child", "--store", str(store.path), "--child", "nobody") == []


def test_figures_name_no_child_and_leave_no_entry(store, record):
    before = record.entries(Asked())
    assert main(["measures", "--store", str(store.path), "--by", "team"]) == 0
    assert record.entries(Asked()) == before


def test_a_pack_is_recorded_with_its_hash_and_its_children(store, record, child, tmp_path):
    out = tmp_path / "child.xlsx"
    assert main(["pack", "child", "--store", str(store.path), "--child", child[0], "--out", str(out)]) == 0
    newest = record.entries(Asked(most=1))[0]
    assert (newest.kind, newest.subject) == ("file", "pack child.xlsx")
    assert newest.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    assert child[0] in record.children_of(newest)


def test_the_papers_as_pdf_are_read_back(store, record, child, tmp_path):
    out = tmp_path / "papers.pdf"
    assert main(["pack", "panel", "--store", str(store.path), "--out", str(out)]) == 0
    assert child[0] in record.children_of(record.entries(Asked(most=1))[0])


def test_what_cannot_be_recorded_is_neither_printed_nor_written(store, child, tmp_path, capsys, monkeypatch):
    broken = copy_of(store, tmp_path / "broken")
    for path in broken.path.glob("access.*"):
        durable.remove(path)
    (broken.path / "access.db").write_bytes(b"not a database at all" * 100)
    capsys.readouterr()
    assert main(["measures", "--store", str(broken.path), "--by", "child"]) == 1
    said = capsys.readouterr()
    assert child[0] not in said.out and "The record of access" in said.err and "damaged" in said.err
    out = tmp_path / "child.xlsx"
    assert main(["pack", "child", "--store", str(broken.path), "--child", child[0], "--out", str(out)]) == 1
    assert not out.exists()


def test_verify_names_the_newest_entry_and_refuses_another(store, record, capsys):
    assert main(["measures", "--store", str(store.path), "--by", "child"]) == 0
    capsys.readouterr()
    assert main(["access", "verify", "--store", str(store.path)]) == 0
    first, last = capsys.readouterr().out.splitlines()
    entry = first.rpartition(" ")[2]
    assert last.endswith(": whole")
    assert main(["access", "verify", "--store", str(store.path), "--noted", entry]) == 0
    position = int(entry.partition(":")[0])
    assert main(["access", "verify", "--store", str(store.path), "--noted", f"{position + 1}:{'0' * 64}"]) == 1
    assert "the last 1 have been cut off" in capsys.readouterr().out


def test_prune_says_how_many_entries_went(store, capsys):
    capsys.readouterr()
    assert main(["access", "prune", "--store", str(store.path)]) == 0
    assert capsys.readouterr().out == "0 entries older than 2192 days removed\n"


def test_somebody_is_signed_out_from_that_moment(store, record, capsys):
    assert record.signed_out_at("ann@council.example") is None
    assert main(["access", "sign-out", "--store", str(store.path), "--who", "ann@council.example"]) == 0
    newest = record.entries(Asked(most=1))[0]
    assert record.signed_out_at("ann@council.example") == newest.at
    assert record.signed_out_at("bob@council.example") is None
    assert printed(capsys, "list", "--store", str(store.path), "--who", "ann@council.example")[0]["accessed"] == newest.kind


def test_the_file_of_a_calendar_is_recorded(store, record, tmp_path: Path):
    out = tmp_path / "weeks.ics"
    assert main(["calendar", "--store", str(store.path), "--out", str(out)]) == 0
    newest = record.entries(Asked(most=1))[0]
    assert newest.subject == "calendar.ics" and newest.children > 0


def test_a_backup_is_of_one_moment_and_overwrites_nothing(store, record, tmp_path, capsys):
    assert main(["measures", "--store", str(store.path), "--by", "child"]) == 0
    out = tmp_path / "access.db"
    assert main(["access", "backup", "--store", str(store.path), "--out", str(out)]) == 0
    copy = open_access_record(Settings(folder=tmp_path))
    assert copy.entries(Asked()) == record.entries(Asked())
    assert main(["access", "backup", "--store", str(store.path), "--out", str(out)]) == 1
    assert "already exists" in capsys.readouterr().err
