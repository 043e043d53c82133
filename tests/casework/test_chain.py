"""The chain of hashes: whatever is altered, removed, put in or cut off past the tracker's own triggers is named by ``casework check``."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy import text

from casework.agenda.discussions import save_discussion
from casework.checking import check, newest_entry
from casework.freezing.freezing import freeze
from casework.freezing.frozen import Pack
from casework.panels import panels, plan_panel
from casework.publishing.publications import publications
from casework.records.errors import CaseworkError
from casework.records.records import Discussion
from casework.storage import chain
from casework.storage.backup import backup, restore
from casework.storage.database import connect
from casework.storage.opening import open_casework
from casework.storage.upgrading import configuration, newest_version, version
from data.databases.chain_head import BEGINNING, parse
from tests.casework.conftest import new_database
from tests.casework.test_freezing import PANEL_DATE

PAST = {"sqlite": "drop trigger {table}_kept_{change}", "postgresql": "drop trigger {table}_kept on {table}"}


def past_the_triggers(casework, statement: str) -> None:
    """A change as somebody makes it who owns the database: the trigger is taken off first."""
    table = statement.split()[{"update": 1, "delete": 2, "insert": 2}[statement.split()[0]]]
    change = statement.split()[0]
    with casework.engine.begin() as connection:
        if change != "insert":
            connection.execute(text(PAST[connection.dialect.name].format(table=table, change=change)))
        connection.execute(text(statement))


@pytest.fixture
def written(casework, panel):
    said = save_discussion(casework, Discussion(panel.id, "C1", summary="First words."), "Pat Clerk")
    save_discussion(casework, replace(said, decision="Go on."), "Sam Chair")
    return casework


def newest(casework, table: str, columns: str = "max(id)"):
    with casework.reading() as session:
        return session.execute(text(f"select {columns} from {table}")).scalar()


def test_what_is_kept_is_linked_and_whole(written):
    assert check(written) == []
    with written.reading() as session:
        entries = session.execute(text("select position, previous, hash from chain order by position")).all()
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.previous for entry in entries] == [BEGINNING, *(entry.hash for entry in entries[:-1])]
    assert len(entries) == newest(written, "revision", "count(*)")
    assert parse(written.head_file.read_text()) == newest_entry(written)


@pytest.mark.parametrize(
    ("column", "value"), [("who", "'Somebody else'"), ("after", "'{}'"), ("at", "'2020-01-01 00:00:00'"), ("based_on", "0")]
)
def test_a_change_whose_author_words_or_time_were_altered_is_named(written, column, value):
    number = newest(written, "revision")
    past_the_triggers(written, f"update revision set {column} = {value} where id = {number}")
    assert any(f"Change {number} has changed since it was written" in problem for problem in check(written))


def test_a_change_that_was_removed_is_named(written):
    number = newest(written, "revision") - 1
    past_the_triggers(written, f"delete from revision where id = {number}")
    assert any(f"Change {number} is missing" in problem for problem in check(written))


def test_a_change_that_was_put_in_past_the_tracker_is_named(written):
    past_the_triggers(
        written,
        "insert into revision (id, entity, entity_id, version, based_on, before, after, who, at) "
        "values (999, 'discussion', 1, 9, 8, '{}', '{}', 'Sam Chair', '2026-11-01 00:00:00')",
    )
    assert any("Change 999 was not written by the tracker" in problem for problem in check(written))


def test_a_record_that_was_removed_with_its_history_left_is_named(written):
    with written.engine.begin() as connection:
        connection.execute(text("delete from discussion"))
    assert any("Discussion 1 is missing, though its history is there" in problem for problem in check(written))


def test_the_newest_change_taken_out_with_its_entry_is_told_by_the_file_beside(written):
    number, position = newest(written, "revision"), newest(written, "chain", "max(position)")
    noted = newest_entry(written)
    past_the_triggers(written, f"delete from revision where id = {number}")
    past_the_triggers(written, f"delete from chain where position = {position}")
    found = check(written)
    assert any("the last 1 have been cut off" in problem and "casework.head" in problem for problem in found)
    assert written.head_file.name == "casework.head"  # the stores of earlier versions have it under this name
    # Anyone who cuts may write the file too; what somebody noted outside the tracker still tells.
    written.head_file.write_text(f"{newest_entry(written)}\n")
    assert not any("cut off" in problem for problem in check(written))
    assert any("the note names entry" in problem for problem in check(written, noted))


def test_an_entry_taken_out_between_others_is_named(written):
    past_the_triggers(written, "delete from chain where position = 3")
    assert any("Entry 3 is missing from the chain" in problem for problem in check(written))


def test_an_altered_row_whose_entry_was_altered_with_it_breaks_the_chain(written):
    number = newest(written, "revision") - 1
    past_the_triggers(written, f"update revision set who = 'Somebody else' where id = {number}")
    with written.reading() as session:
        ((_, content),) = chain.contents(session, "revision", number)
        entry = session.execute(text(f"select * from chain where table_name = 'revision' and row_id = {number}")).one()
    made = chain.entry_hash(entry.position, "revision", number, content, entry.previous)
    past_the_triggers(written, f"update chain set content = '{content}', hash = '{made}' where position = {entry.position}")
    assert any(f"Entry {entry.position + 1} of the chain of hashes does not follow" in problem for problem in check(written))


def test_the_file_that_names_the_newest_entry_is_missed_and_is_never_put_back(written):
    written.head_file.write_text("nonsense")
    plan_panel(written, "hertfordshire", date(2027, 1, 11), "Pat Clerk")
    assert any("cannot be read" in problem for problem in check(written))
    written.head_file.unlink()
    assert any("is missing, so it is not known whether the end" in problem for problem in check(written))


def test_a_frozen_panel_whose_author_was_altered_is_named(casework, engine):
    held = freeze(casework, engine, "hertfordshire", PANEL_DATE, "Pat Clerk", Pack("pack.xlsx", b"the workbook"))
    past_the_triggers(casework, "update frozen_panel set frozen_by = 'Somebody else'")
    assert any(f"Frozen panel {held.id} has changed since it was written" in problem for problem in check(casework))


def test_the_chain_itself_can_only_be_added_to(written):
    for statement in ("update chain set content = ''", "delete from chain"):
        with pytest.raises(CaseworkError, match="kept for good"), written.writing() as session:
            session.execute(text(statement))


def test_a_block_that_fails_links_nothing(written):
    before = newest_entry(written)
    with pytest.raises(RuntimeError), written.writing() as session:
        session.execute(text("select 1"))
        raise RuntimeError
    assert newest_entry(written) == before


def test_people_who_write_at_once_make_one_chain(casework, panel):
    def write(number: int) -> None:
        save_discussion(casework, Discussion(panel.id, f"C{number}", summary=f"Number {number}."), f"Writer {number}")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(24)))
    assert check(casework) == []
    assert newest_entry(casework).position == newest(casework, "revision", "count(*)")
    assert parse(casework.head_file.read_text()) == newest_entry(casework)


def _version_0001(settings):
    """Records as the first released version left them, with a publication and a history."""
    casework = connect(settings)
    with casework.engine.begin() as connection:
        command.upgrade(configuration(connection), "0001")
    now = datetime(2026, 11, 1, 9, tzinfo=UTC)
    with casework.engine.begin() as connection:
        connection.execute(
            text(
                "insert into publication (kind, period, published_at, published_by, night_name, cells, pattern, sha256) "
                "values ('corporate', '2026-09-30', :now, 'Pat Clerk', 'night', '{}', '[]', :hash)"
            ),
            {"now": now, "hash": "a" * 64},
        )
        connection.execute(
            text(
                "insert into panel (policy_id, panel_date, status, notes, version) values ('hertfordshire', :day, 'open', '', 1)"
            ),
            {"day": date(2026, 11, 30)},
        )
        connection.execute(
            text(
                "insert into revision (entity, entity_id, version, based_on, before, after, who, at) "
                """values ('panel', 1, 1, 0, '{"notes": ""}', '{"notes": "", "status": "open"}', 'Pat Clerk', :now)"""
            ),
            {"now": now},
        )
    return casework


def test_records_of_version_0001_are_linked_row_by_row(settings):
    older = _version_0001(settings)
    rows = newest(older, "revision", "count(*)") + 1
    assert version(older) == "0001"
    casework = open_casework(settings)
    assert version(casework) == newest_version()
    assert [found.panel_date for found in panels(casework)] == [date(2026, 11, 30)]
    assert [entry.published_by for entry in publications(casework)] == ["Pat Clerk"]
    assert newest_entry(casework).position == rows and check(casework) == []
    plan_panel(casework, "hertfordshire", date(2027, 1, 11), "Sam Chair")
    assert newest_entry(casework).position == rows + 1 and check(casework) == []
    past_the_triggers(casework, "update publication set published_by = 'Nobody'")
    assert any("Publication 1 has changed since it was written" in problem for problem in check(casework))


def test_an_upgraded_records_backup_is_put_back_with_its_chain(settings, request, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if settings.casework_database:
        settings = replace(settings, casework_database=new_database(request.getfixturevalue("postgresql")))
    _version_0001(settings).close()
    casework = open_casework(settings)
    kept, before = backup(casework, tmp_path / "kept.backup"), newest_entry(casework)
    plan_panel(casework, "hertfordshire", date(2027, 1, 11), "Sam Chair")
    restore(casework, kept)
    assert newest_entry(casework) == before and check(casework) == []
    assert parse(casework.head_file.read_text()) == before
    assert len(hashlib.sha256().hexdigest()) == len(before.hash)


def test_an_older_copy_put_in_the_place_of_the_records_is_told(tmp_path):
    from data.settings import Settings

    casework = open_casework(Settings(folder=tmp_path))
    plan_panel(casework, "hertfordshire", date(2026, 11, 30), "Pat Clerk")
    kept = backup(casework, tmp_path / "kept.backup")
    plan_panel(casework, "hertfordshire", date(2027, 1, 11), "Sam Chair")
    casework.close()
    for path in tmp_path.glob("casework.db*"):
        path.unlink()
    (tmp_path / "casework.db").write_bytes(kept.read_bytes())
    assert any("an older copy was put in place" in problem for problem in check(open_casework(Settings(folder=tmp_path))))
