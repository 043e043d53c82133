"""Opening, upgrading and refusing the records, on both databases."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import traceback
from contextlib import closing
from dataclasses import replace
from datetime import date

import pandas
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event, text

from casework.agenda.discussions import discussion, save_discussion
from casework.agenda.themes import themes
from casework.changes.restricted import NOBODY
from casework.changes.saving import LONGEST_TEXT
from casework.freezing.frozen import check_frozen, frozen_figures, frozen_rules
from casework.panels import panels, plan_panel
from casework.records import kept_models  # noqa: F401 its tables belong to the metadata
from casework.records.errors import CaseworkError
from casework.records.models import Base
from casework.records.records import Discussion
from casework.storage.database import FILE_NAME, connect
from casework.storage.opening import open_casework
from casework.storage.upgrading import configuration, newest_version, upgrade, version
from data.databases import opening
from data.settings import Settings
from tests.casework.conftest import new_schema

# A migration of the future, as a later version of the program would bring one.
LATER = """
import sqlalchemy
from alembic import op

revision = "9999"
down_revision = "{newest}"


def upgrade():
    with op.batch_alter_table("panel") as panel:
        panel.add_column(sqlalchemy.Column("room", sqlalchemy.Text(), nullable=False, server_default="Committee room 1"))
"""


def _set_version(casework, number: str) -> None:
    with casework.writing() as session:
        session.execute(text("update alembic_version set version_num = :number"), {"number": number})


def test_the_migrations_make_exactly_the_tables_of_the_models(casework):
    with casework.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_opening_empty_records_brings_them_to_the_newest_version(settings):
    casework = connect(settings)
    assert version(casework) is None
    assert upgrade(casework) == "nothing"
    assert version(casework) == newest_version()
    assert upgrade(casework) is None
    assert {"court_delay", "no_match_found", "immigration_status"} <= {theme.code for theme in themes(casework)}


def test_older_records_are_upgraded_with_all_that_is_in_them(casework, settings, panel, tmp_path, monkeypatch):
    said = save_discussion(casework, Discussion(panel.id, "C1", summary="Kept."), "Pat")
    folder = tmp_path / "later"
    folder.mkdir()
    (folder / "v9999_room.py").write_text(LATER.format(newest=newest_version()))
    plain = configuration

    def with_later(connection=None):
        config = plain(connection)
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", f"{config.get_main_option('script_location')}/versions\n{folder}")
        return config

    monkeypatch.setattr("casework.storage.upgrading.configuration", with_later)
    later = open_casework(settings)
    assert version(later) == "9999"
    with later.reading() as session:
        assert session.execute(text("select room from panel")).scalar() == "Committee room 1"
    assert discussion(later, panel.id, "C1", NOBODY) == said
    with pytest.raises(CaseworkError, match="kept for good"), later.writing() as session:
        session.execute(text("delete from revision"))
    monkeypatch.setattr("casework.storage.upgrading.configuration", plain)
    with pytest.raises(CaseworkError, match="newer version of the tracker has written here .version 9999"):
        open_casework(settings)


OLD_PANEL = (
    "insert into panel (id, version, policy_id, panel_date, status, notes) values (1, 1, 'hertfordshire', '2026-10-05', 'open', '')",
    "insert into frozen_rule (panel_id, rule, place, title, wording, limit_words, missing) values "
    "(1, 'placement_order_12m', 1, 'Placement order for 12 months or more', '', '12 months', '')",
    "insert into frozen_figure (id, panel_id, rule, group_kind, group_name, children, population) values "
    "(1, 1, 'placement_order_12m', 'county', 'county', 3, 812)",
    "insert into frozen_list (panel_id, rule, child_id, place, service, team, days_over, in_care) values "
    "(1, 'placement_order_12m', '77', 1, 'Service', 'Team', 5, {true})",
    "insert into frozen_pack (panel_id, file_name, content, sha256) values (1, 'pack.xlsx', {pack}, {sha})",
    "insert into frozen_panel (panel_id, as_at, night_name, night_hash, frozen_at, frozen_by, content_hash) values "
    "(1, '2026-09-30', 'night', '', '2026-10-01 09:00:00', 'Pat', '{content}')",
)
# The hash of the panel above, as version 0003 made it.
OLD_HASH = "b9bbf3c3d6af65da9413358fa8772bd6028f8e9b9b8ff4d0758c47900968a9e2"


def test_a_panel_frozen_before_populations_were_kept_is_as_it_was(settings):
    """Its figures say what they were frozen with: the children in care, and no population; and its hash holds."""
    casework = connect(settings)
    with casework.engine.begin() as connection:
        command.upgrade(configuration(connection), "0003")
    with casework.writing() as session:
        words = {"true": "1" if casework.path else "true", "pack": "x'70'" if casework.path else "'\\x70'", "content": OLD_HASH}
        for statement in OLD_PANEL:
            session.execute(text(statement.format(sha=f"'{hashlib.sha256(b'p').hexdigest()}'", **words)))
    assert upgrade(casework) == "0003"
    row = frozen_figures(casework, 1).iloc[0]
    assert (row["children"], row["in_care"], pandas.isna(row["population"])) == (3, 812, True)
    assert frozen_rules(casework, 1)["out_of"].tolist() == [None]
    assert check_frozen(casework, 1) is None
    # What refers to the panel still does, and an area may have its panel on the same day.
    (held,) = panels(casework)
    assert (held.area, held.when) == ("", "05/10/2026") and held.freeze
    assert (held.lists, held.services) == ((), ())
    of_east = "(2, 1, 'hertfordshire', '2026-10-05', 'East', 'open', '', '[]', '[]')"
    columns = "id, version, policy_id, panel_date, area, status, notes, lists, services"
    with casework.writing() as session:
        session.execute(text(f"insert into panel ({columns}) values {of_east}"))
    assert [one.when for one in panels(casework)] == ["05/10/2026", "05/10/2026 (East)"]
    if casework.path:
        with casework.reading() as session:
            assert session.execute(text("pragma foreign_key_check")).all() == []
            tables = session.execute(text("select name from sqlite_master where name like 'panel_%'")).all()
            assert tables == []
    with pytest.raises(CaseworkError, match="kept for good"), casework.writing() as session:
        session.execute(text("update frozen_figure set population = 12"))


def test_records_of_a_newer_program_are_refused_and_not_touched(casework, settings):
    _set_version(casework, "8888")
    with pytest.raises(CaseworkError, match="newer version of the tracker"):
        open_casework(settings)
    assert version(casework) == "8888"


def test_a_migration_that_fails_leaves_the_records_as_they_were(settings, monkeypatch):
    casework = connect(settings)

    def fail(config, target):
        command.__dict__["real_upgrade"](config, target)
        raise CaseworkError("The power went.")

    monkeypatch.setattr(command, "real_upgrade", command.upgrade, raising=False)
    monkeypatch.setattr(command, "upgrade", fail)
    with pytest.raises(CaseworkError, match="power"):
        upgrade(casework)
    monkeypatch.undo()
    assert version(casework) is None
    assert upgrade(casework) == "nothing"


def test_a_block_that_fails_keeps_nothing(casework, panel):
    with pytest.raises(RuntimeError), casework.writing() as session:
        session.execute(text("update panel set notes = 'half'"))
        raise RuntimeError
    assert panels(casework)[0].notes == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions; the folder's own hold")
def test_the_file_is_for_this_account_only(tmp_path):
    casework = open_casework(Settings(folder=tmp_path))
    plan_panel(casework, "hertfordshire", date(2026, 11, 30), "Pat")
    files = list(tmp_path.glob(f"{FILE_NAME}*"))
    assert files
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_sqlite_keeps_foreign_keys_and_writes_ahead(tmp_path):
    casework = open_casework(Settings(folder=tmp_path))
    with casework.reading() as session:
        found = [session.execute(text(f"pragma {name}")).scalar() for name in ("foreign_keys", "journal_mode", "busy_timeout")]
    assert found == [1, "wal", 20000]


def test_a_damaged_file_is_refused_in_a_sentence(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"not a database at all" * 100)
    with pytest.raises(CaseworkError, match="casework.db: the file is damaged; restore it from the backup"):
        open_casework(Settings(folder=tmp_path))


def test_a_store_that_cannot_be_written_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "store").write_text("a file where the folder should be")
    with pytest.raises(CaseworkError, match="cannot be opened"):
        open_casework(Settings(folder=tmp_path / "store"))


def test_a_writer_that_waits_too_long_is_told_so(tmp_path):
    casework = open_casework(Settings(folder=tmp_path))
    impatient = connect(Settings(folder=tmp_path))
    event.listen(impatient.engine, "connect", lambda connection, _record: connection.execute("pragma busy_timeout = 50"))
    with casework.writing() as session:
        session.execute(text("select 1"))
        with pytest.raises(CaseworkError, match="somebody else is writing"):
            plan_panel(impatient, "hertfordshire", date(2026, 11, 30), "Pat")


def test_a_full_disk_is_refused_in_a_sentence(tmp_path):
    casework = open_casework(Settings(folder=tmp_path))
    event.listen(casework.engine, "begin", lambda connection: connection.exec_driver_sql("pragma max_page_count = 1"))
    panel = plan_panel(casework, "hertfordshire", date(2026, 11, 30), "Pat")
    with pytest.raises(CaseworkError, match="the disk is full"):
        for number in range(100):
            save_discussion(casework, Discussion(panel.id, f"C{number}", summary="x" * LONGEST_TEXT), "Pat")


def test_an_unreachable_server_is_refused_without_its_password(tmp_path):
    settings = Settings(folder=tmp_path, casework_database="postgresql://tracker:s3cret@127.0.0.1:9/permanence")
    with pytest.raises(CaseworkError) as refused:
        open_casework(settings)
    assert "permanence on 127.0.0.1: it cannot be reached" in str(refused.value)
    shown = [*traceback.format_exception(refused.value), repr(settings), repr(connect(settings))]
    assert "s3cret" not in "".join(shown)


def test_a_database_that_is_not_there_is_refused_in_a_sentence(postgresql, tmp_path):
    settings = Settings(folder=tmp_path, casework_database=f"postgresql://tracker:s3cret@/nowhere?host={postgresql}")
    with pytest.raises(CaseworkError, match="The PostgreSQL database nowhere .*cannot be reached") as refused:
        open_casework(settings)
    assert "s3cret" not in str(refused.value)


def test_what_is_written_about_a_child_stands_in_no_error(casework, panel):
    with pytest.raises(CaseworkError) as refused, casework.writing() as session:
        session.execute(text("insert into theme (code, label) values ('x', :words)"), {"words": "Secret words."})
    assert "Secret words" not in "".join(traceback.format_exception(refused.value))
    assert "it refused (IntegrityError" in str(refused.value)


@pytest.mark.parametrize("address", ["mysql://a:s3cret@b/c", "s3cret", "oracle+cx://s3cret"])
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(tmp_path, address):
    with pytest.raises(CaseworkError, match="casework_database in settings.toml cannot be used") as refused:
        connect(Settings(folder=tmp_path, casework_database=address))
    assert "s3cret" not in str(refused.value)


def test_the_address_may_leave_the_driver_to_us():
    assert opening.database_url("postgresql://tracker@server/permanence").drivername == "postgresql+psycopg"


def test_a_connection_that_the_server_dropped_is_made_again(postgresql, tmp_path):
    casework = open_casework(replace(Settings(folder=tmp_path), casework_database=new_schema(postgresql)))
    panels(casework)
    with casework.engine.connect() as other:
        other.execute(text(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and state = 'idle' "
            "and application_name = 'permanence-tracker'"
        ))  # fmt: skip
    assert panels(casework) == ()


def test_a_file_waits_for_the_disk_at_every_entry(tmp_path):
    """As the product opens it: the tests' own connections do not wait, since none of them cuts the power."""
    with closing(sqlite3.connect(tmp_path / "casework.db")) as connection:
        opening._prepare_sqlite.__wrapped__(connection, None)
        said = [connection.execute(f"pragma {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert said == ["wal", 2, 1]
