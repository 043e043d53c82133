"""A real headless Chromium on the real server. Any request that leaves this machine fails the test that made it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from data.store import Store
from tests.pages.odd_night import publish_odd_night

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync", "--disable-quic"),
)
HERE = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The app over a store, in a process of its own that can be stopped and started again at the same address.

    ``module`` is what runs it: Streamlit itself, or ``tests.browser.slow_server``.
    """

    def __init__(self, store: Path, module: str = "streamlit") -> None:
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._store, self._module = store, module
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start the process and wait until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", self._module, "run", "app.py", "--server.port", str(self.port)],
            cwd=ROOT,
            env={**os.environ, "TRACKER_STORE": str(self._store)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2) as answer:
                    if answer.read() == b"ok":
                        return
            except (URLError, OSError):
                time.sleep(0.25)
        raise AssertionError("the app did not start within a minute")

    def stop(self, kill: bool = False) -> None:
        """End the process: as a service is stopped, or (``kill``) as a machine that loses its power."""
        if self._process:
            (self._process.kill if kill else self._process.terminate)()
            self._process.wait(timeout=20)


@contextmanager
def serving(store: Path, module: str = "streamlit") -> Iterator[str]:
    """The app over a store for as long as the block lasts; gives its address."""
    server = Server(store, module)
    try:
        server.start()
        yield server.address
    finally:
        server.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(county_store: Store) -> Iterator[str]:
    """The app over the shared synthetic county."""
    with serving(county_store.path) as address:
        yield address


@pytest.fixture(scope="session")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over a night whose every text tries to be more than text."""
    with serving(publish_odd_night(tmp_path_factory.mktemp("odd")).path) as address:
        yield address


class Visit:
    """One reader's window: opens pages, waits until they are whole."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.outside: list[str] = []
        page.on("request", lambda request: None if request.url.startswith(HERE) else self.outside.append(request.url))

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.whole()

    def whole(self) -> None:
        """Wait for the page's last mark and for the server to rest."""
        self.page.locator("#page-done").wait_for(state="attached", timeout=60_000)
        # A click's rerun begins a moment after the click.
        self.page.wait_for_timeout(250)
        self.page.locator('.stApp[data-test-script-state="notRunning"]').wait_for(timeout=60_000)

    def until(self, text: str) -> None:
        """Wait for words on the page."""
        self.page.get_by_text(text).first.wait_for(timeout=60_000)
        self.whole()

    def table(self, caption_begins: str) -> list[list[str]]:
        """A table's rows, the heading first."""
        box = self.page.locator(f'.scroll[aria-label^="{caption_begins}"]').first
        return [row.locator("th, td").all_inner_texts() for row in box.locator("tr").all()]


@pytest.fixture
def window(chromium: Browser) -> Iterator[dict]:
    """What a test may change about its window before it visits: colour scheme and width."""
    yield {"color_scheme": "light", "viewport": {"width": 1440, "height": 1000}}


@pytest.fixture
def visit(chromium: Browser, window: dict) -> Iterator[Visit]:
    context = chromium.new_context(**window)
    visit = Visit(context.new_page())
    yield visit
    context.close()
    assert visit.outside == [], "the page asked for something outside this machine"
