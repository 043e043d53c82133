"""The council whose people sign in, over a borough that uses every policy and has held a panel; and the record of access on both databases
that a council may use: a SQLite file and a real PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from access.record.record import AccessRecord, open_access_record
from data.settings import Settings
from data.store.store import Store
from tests.access.council import Council, with_people
from tests.casework.conftest import new_schema
from tests.pages.council import borough_of


@pytest.fixture(scope="session")
def council(every_policy_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Council:
    """Shared by all tests: read it, never change it."""
    return with_people(borough_of(tmp_path_factory, tmp_path_factory.mktemp("signed_in") / "store", every_policy_store))


class Clock:
    """A clock that tests set: every entry a minute after the one before."""

    def __init__(self, at: datetime = datetime(2026, 10, 1, 9, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """The settings of an empty store, over an empty database of either kind."""
    settings = Settings(folder=tmp_path)
    if request.param == "sqlite":
        return settings
    return replace(settings, casework_database=new_schema(request.getfixturevalue("postgresql")))


@pytest.fixture
def record(settings: Settings) -> Iterator[AccessRecord]:
    """An empty record of access."""
    opened = replace(open_access_record(settings), clock=Clock())
    yield opened
    opened.close()


@pytest.fixture
def file_record(tmp_path: Path) -> Iterator[AccessRecord]:
    """As ``record``, in a file."""
    opened = replace(open_access_record(Settings(folder=tmp_path)), clock=Clock())
    yield opened
    opened.close()
