"""The panel's records on both databases that a council may use: a SQLite file and a real PostgreSQL server."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import psycopg
import pytest

from casework.panels import plan_panel
from casework.records.records import Panel
from casework.storage.database import Casework
from casework.storage.opening import open_casework
from data.settings import Settings
from tests.casework.postgresql import program
from tests.support.once_a_run import made_once

NAMES = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """The settings of an empty store, over an empty database of either kind; for tests of ``casework``, one with all its tables."""
    settings = Settings(folder=tmp_path)
    if request.param == "sqlite":
        return settings
    folder = request.getfixturevalue("postgresql")
    script = request.getfixturevalue("new_tables") if "casework" in request.fixturenames else ""
    return replace(settings, casework_database=new_schema(folder, script))


@pytest.fixture(scope="session")
def new_tables(postgresql: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The SQL of the panel's records as they are when they have just been made, with {schema} for the schema's name. To make them by every
    migration takes most of a test."""
    address = new_schema(postgresql)
    open_casework(Settings(folder=tmp_path_factory.mktemp("made"), casework_database=address)).close()
    name = address.rpartition("%3D")[2]
    command = [program("pg_dump"), "--host", str(postgresql), "--username", "tracker", "--dbname", "postgres", "--schema", name]
    script = subprocess.run([*command, "--inserts"], capture_output=True, text=True, check=True).stdout
    # What begins with a backslash is for PostgreSQL's own command line.
    return "\n".join(line for line in script.splitlines() if not line.startswith("\\")).replace(name, "{schema}")


def as_owner(folder: Path) -> psycopg.Connection:
    """A connection to the server's own database, as its owner."""
    return psycopg.connect(host=str(folder), user="tracker", dbname="postgres", autocommit=True)


def new_schema(folder: Path, script: str = "") -> str:
    """The address of a new schema of the server's own database: quicker to make than a database. It is empty, or as ``script`` makes it."""
    name = f"casework{next(NAMES)}"
    with as_owner(folder) as connection:
        connection.execute(script.replace("{schema}", name) or f"create schema {name}")  # type: ignore[arg-type]
    return f"postgresql://tracker@/postgres?host={folder}&options=-csearch_path%3D{name}"


def new_database(folder: Path) -> str:
    """The address of a new, empty database of the server."""
    name = f"casework{next(NAMES)}"
    with as_owner(folder) as connection:
        connection.execute(f"create database {name}")
    return f"postgresql://tracker@/{name}?host={folder}"


@pytest.fixture(scope="session")
def new_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the panel's records as they are when they have just been made. Copy it."""
    return made_once(tmp_path_factory, "new-records", lambda folder: open_casework(Settings(folder=folder)).close())


@pytest.fixture
def casework(settings: Settings, new_records: Path) -> Iterator[Casework]:
    """The panel's records, opened: as they are when they have just been made."""
    if not settings.casework_database:
        shutil.copytree(new_records, settings.folder, dirs_exist_ok=True)
    opened = open_casework(settings)
    yield opened
    opened.close()


@pytest.fixture
def panel(casework: Casework) -> Panel:
    """A panel of 30 November 2026."""
    return plan_panel(casework, "hertfordshire", date(2026, 11, 30), "Pat Clerk")
