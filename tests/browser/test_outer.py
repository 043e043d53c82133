"""The outermost layer on the real server: foreign origins, forged messages, links from another browser, and no call to anybody."""

from __future__ import annotations

import socket
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from access.record.record import Asked, open_access_record
from benchmarks.server import Server
from benchmarks.visitor import LAST_MARK, cookie_of
from data.store.store import Store
from tests.browser.conftest import Visit, leave
from tests.browser.guarded_server import guard as guard_sockets
from ui.outer.early import OF_A_PAGE

LIST = "children?rule=ltf_12m"


def status(address: str, **headers: str) -> int:
    asked = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status
    except HTTPError as error:
        return error.code


def window(address: str, cookie: str, origin: str | None = None, token: str = "") -> ClientConnection:
    """``token``: Streamlit's mark against forged requests, without which it takes nobody to have signed in."""
    place = f"{address.replace('http', 'ws')}/_stcore/stream"
    return connect(
        place,
        subprotocols=["streamlit", *([token] if token else [])],  # type: ignore[list-item]
        origin=origin or address,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie},
        max_size=None,
    )


def page(opened: ClientConnection, message: BackMsg) -> bool:
    """Send a message, and read to the end of the page that it makes; gives whether there was one."""
    opened.send(message.SerializeToString())
    marked = False
    while True:
        said = ForwardMsg.FromString(opened.recv(timeout=60))
        marked = marked or is_mark(said)
        if is_end(said):
            return marked


def is_mark(said: ForwardMsg) -> bool:
    """Whether a page says with it that it is whole."""
    element = said.delta.new_element
    return said.WhichOneof("type") == "delta" and element.WhichOneof("type") == "html" and LAST_MARK in element.html.body


def is_end(said: ForwardMsg) -> bool:
    """Whether the making of a page ends with it."""
    return said.WhichOneof("type") == "script_finished" and said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


def opening(name: str = "figures") -> BackMsg:
    message = BackMsg()
    message.rerun_script.page_name = name
    return message


def test_another_website_is_refused_and_nobody_outside_is_asked(site: str, guard: Path):
    cookie = cookie_of(site)
    for origin in ("http://evil.example", "https://127.0.0.1", "null"):
        with pytest.raises(InvalidStatus) as refused:
            window(site, cookie, origin)
        assert refused.value.response.status_code == 403
        assert status(f"{site}/_stcore/health", Origin=origin) == 403
        assert status(f"{site}/_stcore/host-config", Origin=origin) == 403
    assert status(f"{site}/", Host="evil.example") == 421
    assert status(f"{site}/_stcore/metrics") == 404
    assert not guard.exists()


def test_nobody_outside_is_asked_where_it_listens_on_every_address(
    county_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As in a container: Streamlit would greet with its address on the internet, and ask somebody for that."""
    monkeypatch.setenv("TRACKER_GUARD", str(tmp_path / "asked"))
    server = Server(county_store.path, "tests.browser.guarded_server", options=["--server.address", "0.0.0.0"])
    try:
        server.start()
        assert status(server.address) == 200
        time.sleep(1)
    finally:
        server.stop()
    assert not (tmp_path / "asked").exists(), (tmp_path / "asked").read_text()


def test_a_window_needs_the_cookie_of_a_page(site: str):
    with pytest.raises(InvalidStatus):
        window(site, "tracker_session_0=1")


def test_forged_messages_do_nothing_and_the_page_goes_on(site: str):
    with window(site, cookie_of(site)) as opened:
        assert page(opened, opening())
        for kind in ("clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime"):
            forged = BackMsg()
            setattr(forged, kind, True)
            opened.send(forged.SerializeToString())
        forged = BackMsg()
        forged.backend_operation_request.deferred_file.file_id = "0" * 32
        opened.send(forged.SerializeToString())
        opened.send(b"\xff\xff\xff")
        assert page(opened, opening("coverage"))


def test_a_file_is_for_the_browser_that_made_it_while_its_page_is_open(
    site: str, tab: Page, chromium: Browser, county_store: Store
):
    leave(tab)
    first, second = tab.context, chromium.new_context()
    try:
        visit, other = Visit(first.new_page()), Visit(second.new_page())
        other.open(f"{site}/figures")
        visit.open(f"{site}/{LIST}")
        links: list[str] = []
        visit.page.on("request", lambda asked: links.append(asked.url) if "/media/" in asked.url else None)
        with visit.page.expect_download() as taken:
            visit.page.get_by_role("button", name="Download as CSV").first.click()
        content = Path(taken.value.path()).read_bytes()
        (link,) = set(links)
        assert b"Child ID" in content and len(link.rpartition("/")[2]) > 50
        assert first.request.get(link).status == 200
        assert second.request.get(link).status == 404
        assert status(link) == 404
        visit.page.close()
        # The server hears of it a moment later.
        end = time.monotonic() + 15
        while first.request.get(link).status != 404:
            assert time.monotonic() < end, "the file outlives its page"
            time.sleep(0.2)
    finally:
        visit.page.close()
        second.close()
    newest = open_access_record(county_store.settings, county_store.path).entries(Asked(kind="file", most=1))[0]
    assert newest.subject.endswith(".csv") and newest.children > 5 and newest.session


def test_the_guard_would_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for place, name in ((socket, "getaddrinfo"), (socket.socket, "connect")):
        monkeypatch.setattr(place, name, getattr(place, name))
    guard_sockets(tmp_path / "asked")
    with pytest.raises(OSError):
        socket.create_connection(("checkip.example", 80), timeout=1)
    with pytest.raises(OSError), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
    assert (tmp_path / "asked").read_text().splitlines() == ["looked up checkip.example", "connected to ('192.0.2.1', 80)"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["countywide", "team", "action_planning", *OF_A_PAGE])
def test_a_page_names_every_script_of_streamlits_that_it_needs_and_asks_for_nothing_that_is_not_there(
    site: str, chromium: Browser, name: str
):
    context = chromium.new_context()
    visit = Visit(context.new_page())
    asked: dict[str, int] = {}
    visit.page.on("response", lambda answer: asked.setdefault(answer.url.removeprefix(site), answer.status))
    visit.open(f"{site}/{name}")
    html = context.request.get(f"{site}/{name}").text()
    visit.end()
    context.close()
    assert "/_stcore/health" in asked
    assert {address: status for address, status in asked.items() if status != 200} == {}
    assert [address for address in asked if address.startswith("/static/js/") and f".{address}" not in html] == []
