"""Somebody signs in without a browser, as the benchmark of many people does, and opens pages as who they are."""

from __future__ import annotations

import pytest

from access.record.record import Asked, open_access_record
from benchmarks.server import Server
from benchmarks.signed_in import cookies_of, identity_of, people_sign_in
from benchmarks.visitor import Place, Visitor
from data.store.store import Store
from tests.support.copies import copy_of
from tests.support.event_loops import finish

pytestmark = pytest.mark.slow


async def _open(address: str, cookie: str) -> None:
    async with Visitor(address, cookie) as visitor:
        for new_session in (True, False):
            await visitor.open(Place("team"), new_session)


def test_two_people_sign_in_and_what_each_sees_is_in_the_record_of_access(county_store: Store, tmp_path):
    store = copy_of(county_store, tmp_path / "store")
    server = Server(store.path)
    with people_sign_in(store.path, server.address, "analyst", 2):
        try:
            server.start()
            for number in range(2):
                finish(_open(server.address, cookies_of(server.address, identity_of(number))))
        finally:
            server.stop()
        found = open_access_record(Store(store.path).settings, store.path).entries(Asked(most=100))
        assert {entry.identity for entry in found if entry.subject == "team"} == {identity_of(0), identity_of(1)}
