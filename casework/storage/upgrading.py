"""The version of the panel's records: brought up to this program's own under a lock; a newer one is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from casework.records.errors import CaseworkError
from casework.storage import chain
from casework.storage.database import Casework, refusal
from data.databases import chain_head
from data.sentences import begins

MIGRATIONS = Path(__file__).parents[1] / "migrations"
LOCK_SECONDS = 60
# Any number that nothing else in the database uses for its own lock.
LOCK_NUMBER = 7365_2026


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, made here rather than in a file: migrations are the program's own."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest_version() -> str:
    """The version that this program writes."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""


def version(casework: Casework) -> str | None:
    """The version of the records; None where they are empty. Raises CaseworkError when they cannot be reached."""
    try:
        with casework.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        raise refusal(casework.words, error) from None


def upgrade(casework: Casework) -> str | None:
    """Bring the records up to this program's version; gives the version they had when that was needed, else None.

    Raises CaseworkError for records that a newer program wrote, and when another has held them for a minute.
    """
    if _is_current(casework):
        return None
    with _alone(casework) as connection:
        # Another process may have done it while this one waited.
        had = MigrationContext.configure(connection).get_current_revision()
        check_known(casework.words, had)
        command.upgrade(configuration(connection), "head")
        newest = chain.head(connection)
    if casework.head_file:
        chain_head.move(casework.head_file, newest)
    return had or "nothing"


def _is_current(casework: Casework) -> bool:
    had = version(casework)
    check_known(casework.words, had)
    return had == newest_version()


def check_known(where: str, had: str | None) -> None:
    """Refuse records of a version that this program does not know. ``where`` names them. Raises CaseworkError."""
    known = {script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()}
    if had is not None and had not in known:
        raise CaseworkError(
            f"{begins(where)}: a newer version of the tracker has written here (version {had}); "
            "install that version, or restore a backup made before it."
        )


@contextmanager
def _alone(casework: Casework) -> Iterator[Connection]:
    """A connection in a transaction that no other upgrade can overlap."""
    try:
        if casework.path:
            with FileLock(casework.path.with_name(f"{casework.path.name}.lock"), timeout=LOCK_SECONDS, mode=0o600):
                with casework.engine.execution_options(begin="immediate").begin() as connection:
                    yield connection
        else:
            with casework.engine.begin() as connection:
                connection.execute(text("set local lock_timeout = '60s'"))
                connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER})
                yield connection
    except Timeout as error:
        raise CaseworkError(
            f"Another process has been upgrading {casework.words} for a minute; try again when it is done."
        ) from error
    except SQLAlchemyError as error:
        raise refusal(casework.words, error) from None
