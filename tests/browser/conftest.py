"""A real headless Chromium on the real server. A request that leaves this machine, or breaks the page's policy, fails the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from benchmarks.server import serving
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.engine import Engine
from packs.corporate.drafts import prepare
from tests.pages.odd_night import publish_odd_night

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync", "--disable-quic"),
)
POLICY = "Content Security Policy"
HERE = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(county_store: Store, engine: Engine) -> Iterator[str]:
    """The app over the shared synthetic county, with the councillors' draft that the nightly load leaves there."""
    prepare(engine, open_casework(county_store.settings))
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
        self.violations: list[str] = []
        page.on("request", self._note)
        page.on("console", self._note_said)

    def _note(self, request: Request) -> None:
        if not request.url.startswith(HERE):
            self.outside.append(request.url)

    def _note_said(self, said: ConsoleMessage) -> None:
        if POLICY in said.text:
            self.violations.append(said.text)

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.whole()

    def whole(self) -> None:
        """Wait for the page's last mark and for the server to rest."""
        # While a page is drawn over another, both may have it for a moment.
        self.page.locator("#page-done").last.wait_for(state="attached", timeout=60_000)
        # A click's rerun begins a moment after the click.
        self.page.wait_for_timeout(250)
        self.page.locator('.stApp[data-test-script-state="notRunning"]').wait_for(timeout=60_000)

    def until(self, text: str) -> None:
        """Wait for words on the page."""
        self.page.get_by_text(text).first.wait_for(timeout=60_000)
        self.whole()

    def in_scheme(self, scheme: str) -> None:
        """Look at the page that is open in the light or in the dark."""
        self.page.emulate_media(color_scheme=scheme)
        self.whole()

    def leave(self) -> None:
        """Go away and leave nothing behind: what the browser keeps for the site is thrown away."""
        self.page.remove_listener("request", self._note)
        self.page.remove_listener("console", self._note_said)
        if self.page.url.startswith("http"):
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.page.context.clear_cookies()
        self.page.goto("about:blank")

    def table(self, caption_begins: str) -> list[list[str]]:
        """A table's rows, the heading first."""
        box = self.page.locator(f'.scroll[aria-label^="{caption_begins}"]').first
        return [row.locator("th, td").all_inner_texts() for row in box.locator("tr").all()]


@pytest.fixture(scope="session")
def tab(chromium: Browser) -> Iterator[Page]:
    """The window that tests have one after another: what it has compiled of Streamlit's own code serves the next page too."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def window() -> dict:
    """What a test may change about its window before it visits: colour scheme and width."""
    return {"color_scheme": "light", "viewport": {"width": 1440, "height": 1000}}


@pytest.fixture
def visit(tab: Page, window: dict) -> Iterator[Visit]:
    tab.set_viewport_size(window["viewport"])
    tab.emulate_media(media="null", color_scheme=window["color_scheme"])
    visit = Visit(tab)
    yield visit
    visit.leave()
    assert visit.outside == [], "the page asked for something outside this machine"
    assert visit.violations == [], "the page did something that its content security policy does not allow"
