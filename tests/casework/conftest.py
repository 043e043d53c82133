"""The panel's records on both databases that a council may use: a SQLite file and a real PostgreSQL server."""

from __future__ import annotations

import os
import shutil
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
from tests.casework.postgresql import server
from tests.support.once_a_run import made_once

NAMES = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Path]:
    """The folder of the socket of a real server. Never skipped where the product runs on a server; Windows has no package of it."""
    if os.name == "nt":
        pytest.skip("PostgreSQL is tested on Linux, where councils run it")
    with server() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """The settings of an empty store, over an empty database of either kind."""
    settings = Settings(folder=tmp_path)
    if request.param == "sqlite":
        return settings
    folder = request.getfixturevalue("postgresql")
    return replace(settings, casework_database=new_schema(folder))


def new_schema(folder: Path) -> str:
    """The address of a new, empty schema of the server's own database: quicker to make than a database."""
    name = f"casework{next(NAMES)}"
    with psycopg.connect(host=str(folder), user="tracker", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"create schema {name}")
    return f"postgresql://tracker@/postgres?host={folder}&options=-csearch_path%3D{name}"


def new_database(folder: Path) -> str:
    """The address of a new, empty database of the server."""
    name = f"casework{next(NAMES)}"
    with psycopg.connect(host=str(folder), user="tracker", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return f"postgresql://tracker@/{name}?host={folder}"


@pytest.fixture(scope="session")
def new_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the panel's records as they are when they have just been made. Copy it."""
    return made_once(tmp_path_factory, "new-records", lambda folder: open_casework(Settings(folder=folder)).close())


@pytest.fixture
def casework(settings: Settings, new_records: Path) -> Iterator[Casework]:
    """The panel's records, opened. A file is a copy of one that was made by every migration: making it takes most of a test."""
    if not settings.casework_database:
        shutil.copytree(new_records, settings.folder, dirs_exist_ok=True)
    opened = open_casework(settings)
    yield opened
    opened.close()


@pytest.fixture
def panel(casework: Casework) -> Panel:
    """A panel of 30 November 2026."""
    return plan_panel(casework, "hertfordshire", date(2026, 11, 30), "Pat Clerk")
