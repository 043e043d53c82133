"""A backup made while people write, and put back, has the same content; what cannot be put back is refused."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import date
from threading import Event, Thread

import pytest
from sqlalchemy import text

from casework.agenda.discussions import discussion, save_discussion
from casework.changes.restricted import NOBODY
from casework.checking import check
from casework.freezing.freezing import freeze
from casework.freezing.frozen import Pack
from casework.panels import plan_panel, save_panel
from casework.records import kept_models  # noqa: F401 its tables belong to the metadata
from casework.records.errors import CaseworkError
from casework.records.models import Base
from casework.records.records import Discussion
from casework.storage.backup import backup, restore
from casework.storage.opening import open_casework
from data.settings import Settings
from data.store.store import Store
from tests.casework.conftest import new_database


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request, tmp_path):
    """A database of its own, since a backup is of a whole database."""
    settings = Settings(folder=tmp_path)
    if request.param == "sqlite":
        return settings
    return replace(settings, casework_database=new_database(request.getfixturevalue("postgresql")))


@pytest.fixture(autouse=True)
def working_folder(tmp_path, monkeypatch):
    """What was there before a restore is kept in the working folder."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def written(casework, engine):
    """Records with a frozen panel, a discussion and its history."""
    held = freeze(casework, engine, "hertfordshire", date(2026, 11, 2), "Pat", Pack("pack.xlsx", bytes(range(256))))
    said = save_discussion(casework, Discussion(held.id, "C1", frozenset({"health"}), summary="Ärger, “quoted”."), "Pat")
    save_discussion(casework, replace(said, decision="Go on."), "Sam")
    return casework


def _content(casework) -> dict[str, list]:
    with casework.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select()).all())) for table in Base.metadata.sorted_tables
        } | {"version": connection.execute(text("select version_num from alembic_version")).all()}


def test_a_backup_put_back_has_equal_content(written, tmp_path):
    before = _content(written)
    kept = backup(written, tmp_path / "kept.backup")
    panel = plan_panel(written, "hertfordshire", date(2026, 12, 7), "Sam")
    assert _content(written) != before
    replaced = restore(written, kept)
    assert _content(written) == before
    assert check(written) == []
    # What was there before the restore was kept, and can itself be put back.
    restore(written, replaced)
    assert panel.panel_date.isoformat() in "".join(_content(written)["panel"]) or "2026, 12, 7" in "".join(
        _content(written)["panel"]
    )


def test_records_that_were_lost_come_back_from_the_backup(written, settings, tmp_path, request):
    before = _content(written)
    kept = backup(written, tmp_path / "kept.backup")
    written.close()
    if written.path:
        for path in tmp_path.glob("casework.db*"):
            path.unlink()
    else:
        settings = replace(settings, casework_database=new_database(request.getfixturevalue("postgresql")))
    empty = open_casework(settings)
    restore(empty, kept)
    assert _content(empty) == before
    with pytest.raises(CaseworkError, match="kept for good"), empty.writing() as session:
        session.execute(text("delete from frozen_list"))


def test_a_backup_made_while_people_write_is_whole(written, settings, tmp_path):
    stop = Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            said = discussion(written, 1, f"W{number % 5}", NOBODY)
            save_discussion(written, replace(said, summary=f"Number {number}."), "Sam")

    writer = Thread(target=write)
    writer.start()
    try:
        kept = [backup(written, tmp_path / f"kept{number}.backup") for number in range(3)]
    finally:
        stop.set()
        writer.join()
    for path in kept:
        restore(written, path)
        assert check(written) == []


def test_a_backup_never_replaces_another(written, tmp_path):
    kept = backup(written, tmp_path / "kept.backup")
    content = kept.read_bytes()
    with pytest.raises(CaseworkError, match="already exists"):
        backup(written, kept)
    assert kept.read_bytes() == content


def test_a_backup_of_the_other_kind_or_none_is_refused(written, tmp_path):
    before = _content(written)
    other = tmp_path / "other"
    other.write_bytes(b"PGDMP.........." if written.path else b"SQLite format 3\x00")
    with pytest.raises(CaseworkError, match="is not a backup"):
        restore(written, other)
    with pytest.raises(CaseworkError, match="cannot be read"):
        restore(written, tmp_path / "missing")
    assert _content(written) == before


def test_a_damaged_backup_is_refused_and_nothing_is_changed(written, tmp_path):
    kept = backup(written, tmp_path / "kept.backup")
    before, content = _content(written), bytearray(kept.read_bytes())
    kept.write_bytes(content[: len(content) // 2])
    with pytest.raises(CaseworkError):
        restore(written, kept)
    assert _content(written) == before


def test_a_backup_of_a_newer_program_is_refused(tmp_path):
    casework = open_casework(Settings(folder=tmp_path))
    kept = backup(casework, tmp_path / "kept.backup")
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
        connection.commit()
    with pytest.raises(CaseworkError, match="newer version"):
        restore(casework, kept)


def test_pruning_nights_leaves_the_panels_records_alone(tmp_path):
    casework = open_casework(Settings(folder=tmp_path))
    panel = plan_panel(casework, "hertfordshire", date(2026, 11, 30), "Pat")
    store = Store(tmp_path)
    with store.lock():
        store.prune(date(2036, 1, 1))
    saved = save_panel(open_casework(Settings(folder=tmp_path)), replace(panel, notes="Still here."), "Pat")
    assert saved.version == 2


def test_a_password_never_stands_on_a_command_line(postgresql, tmp_path, monkeypatch):
    address = new_database(postgresql).replace("tracker@", "tracker:s3cret@")
    casework = open_casework(Settings(folder=tmp_path, casework_database=address))
    seen = []
    real = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda words, **asked: seen.append((words, asked)) or real(words, **asked))
    backup(casework, tmp_path / "kept.backup")
    ((words, asked),) = seen
    assert "s3cret" not in " ".join(words)
    assert asked["env"]["PGPASSWORD"] == "s3cret"
