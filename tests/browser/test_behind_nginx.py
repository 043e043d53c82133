"""The guide for nginx, followed: TLS, a path of its own, and two processes on one store with the panel's records in PostgreSQL."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import socket
import ssl
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from benchmarks.server import Server, free_port
from casework.panels import plan_panel
from casework.storage.opening import open_casework
from data.store.store import Store
from tests.browser.conftest import Visit
from tests.browser.test_outer import is_end, is_mark, opening
from tests.casework.conftest import new_database
from tests.deployment.proxy import Proxy, nginx
from tests.support.copies import copy_of
from tests.support.event_loops import finish
from ui.outer import own_files

pytestmark = pytest.mark.slow
MARK = "tracker_server"  # the cookie by which nginx keeps a visitor with a process


def visitor(browser: Browser) -> BrowserContext:
    # The certificate is the test's own; the browser does not know who signed it.
    return browser.new_context(ignore_https_errors=True, viewport={"width": 1440, "height": 1000})


def open_page(context: BrowserContext, address: str) -> Visit:
    visit = Visit(context.new_page())
    visit.open(address)
    return visit


def offered_at(store: Store, folder: Path, port: int, *more: str) -> Store:
    """A copy of a store whose people open the app at a port of this machine, by https."""
    copy = copy_of(store, folder)
    with (copy.path / "settings.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join([f'web_addresses = ["https://127.0.0.1:{port}"]', *more, ""]))
    return copy


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def shared(county_store: Store, port: int, postgresql: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The county's store, with the panel's records in PostgreSQL."""
    database = f'casework_database = "{new_database(postgresql)}"'
    return offered_at(county_store, tmp_path_factory.mktemp("shared") / "store", port, database)


@pytest.fixture(scope="module")
def two(shared: Store) -> Iterator[tuple[Server, Server]]:
    """Two processes over one store."""
    servers = Server(shared.path), Server(shared.path)
    try:
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in servers:
            server.stop()


@pytest.fixture(scope="module")
def proxy(two: tuple[Server, Server], port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with nginx(tmp_path_factory.mktemp("nginx") / "two", port, *(f"127.0.0.1:{server.port}" for server in two)) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = visitor(chromium)
    yield context
    context.close()


def own_certificate() -> ssl.SSLContext:
    """Nobody else knows who signed the test's certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def call(proxy: Proxy, port: int) -> str:
    """Open the first page and a window as a browser does that has not been here before; gives the proxy's mark of the visitor."""
    cookies: dict[str, str] = {}
    for _ in range(2):
        asked = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=own_certificate())
        asked.request("GET", "/", headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())})
        answer = asked.getresponse()
        assert answer.status == 200
        given = [cookie.partition(";")[0].partition("=") for cookie in answer.headers.get_all("Set-Cookie", [])]
        cookies |= {name: value for name, _, value in given}
        asked.close()
    held = "; ".join(f"{name}={value}" for name, value in cookies.items())
    assert finish(opens_a_page(proxy.address, held))
    return cookies[MARK]


async def opens_a_page(address: str, cookie: str) -> bool:
    """Whether a window shows a whole page.

    Python's encrypted sockets are not for two threads at once, as the other tests' client uses its own: then an answer can be lost.
    """
    async with connect(
        f"{address.replace('http', 'ws')}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        origin=address,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie},
        max_size=None,
        open_timeout=60,
        ssl=own_certificate(),
    ) as opened:
        await opened.send(opening("countywide").SerializeToString())
        marked = False
        while True:
            said = ForwardMsg.FromString(await asyncio.wait_for(opened.recv(decode=False), 60))
            marked = marked or is_mark(said)
            if is_end(said):
                return marked


@pytest.fixture(scope="module")
def marks(proxy: Proxy, port: int) -> dict[str, str]:
    """A visitor's mark for each process: those who have called until each had one."""
    found: dict[str, str] = {}
    for calls in range(40):
        if len(found) == 2 and calls > 4:
            break
        mark = call(proxy, port)
        found[proxy.answered()[-1][1]] = mark
    return found


def test_every_visitor_stays_with_one_process_and_both_are_used(
    context: BrowserContext, proxy: Proxy, marks: dict[str, str]
) -> None:
    called = {name for name, _ in proxy.answered()}
    visit = open_page(context, f"{proxy.address}/countywide")
    assert visit.page.locator("h1").first.inner_text()
    visit.page.close()
    by_visitor: dict[str, set[str]] = {}
    for name, server in proxy.answered():
        by_visitor.setdefault(name, set()).add(server)
    assert len(by_visitor) == len(called) + 1 > 5
    assert {len(servers) for servers in by_visitor.values()} == {1}
    assert len(set().union(*by_visitor.values())) == len(marks) == 2


def test_a_file_comes_through_and_is_the_one_of_this_visitor(context: BrowserContext, proxy: Proxy) -> None:
    visit = open_page(context, f"{proxy.address}/children")
    with visit.page.expect_download() as download:
        visit.page.get_by_text("CSV").first.click()
    assert download.value.path().read_text(encoding="utf-8-sig").count("\n") > 3
    visit.page.close()


def test_scripts_come_compressed(proxy: Proxy, port: int) -> None:
    asked = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=own_certificate())
    asked.request("GET", f"/{own_files.address(own_files.LIBRARY)}", headers={"Accept-Encoding": "gzip"})
    answer = asked.getresponse()
    assert answer.status == 200 and answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.read()) == own_files.content(own_files.LIBRARY)
    asked.close()


def test_what_one_process_writes_the_other_shows(
    context: BrowserContext, proxy: Proxy, marks: dict[str, str], shared: Store
) -> None:
    casework = open_casework(shared.settings, shared.path)
    plan_panel(casework, "hertfordshire", date(2026, 11, 30), "Jo Clerk")
    casework.close()
    for server, mark in marks.items():
        context.clear_cookies()
        context.add_cookies([{"name": MARK, "value": mark, "url": proxy.address}])
        visit = open_page(context, f"{proxy.address}/panel?panel=2026-11-30")
        # Its agenda is shown where there is a panel, and an offer to prepare one where there is none.
        assert visit.page.get_by_role("heading", name="Agenda", exact=True).count() == 1
        assert proxy.answered()[-1][1] == server
        visit.page.close()


def test_a_page_asked_for_by_http_goes_on_by_https_and_nothing_else_is_answered(proxy: Proxy) -> None:
    for path, status in (
        ("/", 301),
        ("/child?child=1", 301),
        ("/_stcore/health", 404),
        ("/media/a.csv", 404),
        ("/auth/login", 404),
    ):
        asked = http.client.HTTPConnection("127.0.0.1", proxy.plain_port, timeout=10)
        asked.request("GET", path)
        answer = asked.getresponse()
        assert answer.status == status, path
        assert (answer.getheader("Location") or "").startswith("https://127.0.0.1" if status == 301 else ""), path
        asked.close()


@pytest.mark.parametrize(
    ("named", "taken"), [("ECDHE-RSA-AES128-SHA", False), ("AES128-GCM-SHA256", False), ("ECDHE+AESGCM", True)]
)
def test_what_is_sent_cannot_be_read_later_with_the_key(proxy: Proxy, port: int, named: str, taken: bool) -> None:
    context = own_certificate()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(f"{named}:@SECLEVEL=0")
    with socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
        if taken:
            with context.wrap_socket(plain) as encrypted:
                assert "256" in encrypted.cipher()[0] or "CHACHA20" in encrypted.cipher()[0]
        else:
            with pytest.raises(ssl.SSLError), context.wrap_socket(plain):
                pass


def test_the_tracker_works_below_a_path_of_its_own(chromium: Browser, county_store: Store, tmp_path: Path) -> None:
    port = free_port()
    server = Server(offered_at(county_store, tmp_path / "store", port).path, base="tracker")
    try:
        server.start()
        with nginx(tmp_path / "nginx", port, f"127.0.0.1:{server.port}", below="/tracker/") as proxy:
            context = visitor(chromium)
            visit = open_page(context, f"{proxy.address}/tracker/countywide")
            expect(visit.page.locator(".chart .main-svg").first).to_be_visible()
            visit.page.get_by_role("link", name="Children").first.click()
            visit.whole()
            assert "/tracker/" in visit.page.url
            context.close()
    finally:
        server.stop()


def test_a_process_that_is_gone_costs_its_visitors_no_page(context: BrowserContext, proxy: Proxy, two) -> None:
    """Last: it stops one of the two."""
    open_page(context, f"{proxy.address}/countywide").page.close()
    mine = proxy.answered()[-1][1]
    next(server for server in two if mine.endswith(f":{server.port}")).stop()
    visit = open_page(context, f"{proxy.address}/countywide")
    assert visit.page.locator("h1").first.inner_text()
    visit.page.close()
