"""A real headless Chromium on the real server. A request that leaves this machine, or breaks the page's policy, fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, FloatRect, Locator, Page, Request, expect, sync_playwright

from benchmarks.browser import CHROMIUM, QUIET
from benchmarks.server import free_port, serving
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.engine import Engine
from packs.corporate.drafts import prepare
from tests.support.once_a_run import greedy_patterns

POLICY = "Content Security Policy"
HERE = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
# As the browser's own arrows lead from page to page; done when the page's script has run and come to its end. A browser that is short of
# time draws "running" and "notRunning" at once, and nothing changes: so it looks once more after a while.
COME_TO = """address => new Promise((done, fail) => {
    const app = document.querySelector('.stApp');
    const rest = () => { if (app.dataset.testScriptState === 'notRunning') done(); };
    new MutationObserver(rest).observe(app, {attributeFilter: ['data-test-script-state']});
    setTimeout(rest, 15000);
    setTimeout(() => fail(new Error(`${address} did not come to its end`)), 60000);
    history.pushState({}, '', address);
    dispatchEvent(new PopStateEvent('popstate', {state: {}}));
})"""


def until_whole(page: Page) -> None:
    """Wait for the page's last mark and for the server to rest."""
    # While a page is drawn over another, both may have it for a moment.
    page.locator("#page-done").last.wait_for(state="attached", timeout=60_000)
    # A click's rerun begins a moment after the click; some fields are drawn a moment after the rest.
    page.wait_for_timeout(250)
    page.locator('.stApp[data-test-script-state="notRunning"]').wait_for(timeout=60_000)
    # What Streamlit's program fetches when it is first needed, such as the numbers of a list's pages, has a grey box in its place.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)


def places(*elements: Locator) -> list[FloatRect]:
    """Where these elements of a page are in its window, all at one moment: between two looks the page may move."""
    handles = [element.element_handle() for element in elements]
    return elements[0].page.evaluate("elements => elements.map(element => element.getBoundingClientRect().toJSON())", handles)


def come_to(page: Page, address: str) -> None:
    """From a page of the tracker to another: the tracker's program in the browser is not loaded anew."""
    page.evaluate(COME_TO, address)
    until_whole(page)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def port() -> int:
    """Where the servers of test files listen, one after another: what the browser has compiled of Streamlit's own code serves the next."""
    return free_port()


@pytest.fixture(scope="session")
def guard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the server of ``site`` asked of anybody outside."""
    return tmp_path_factory.mktemp("guard") / "asked"


@pytest.fixture(scope="session")
def site(county_store: Store, engine: Engine, guard: Path) -> Iterator[str]:
    """The app over the shared synthetic county, with the councillors' draft that the nightly load leaves there, and a guard on its sockets:
    whatever tests do in it, it asks nobody outside."""
    with greedy_patterns():
        prepare(engine, open_casework(county_store.settings))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_GUARD", str(guard))
        with serving(county_store.path, "tests.browser.guarded_server") as address:
            yield address
    assert not guard.exists(), guard.read_text()


@pytest.fixture(scope="module")
def panel_site(place: Store, port: int) -> Iterator[str]:
    """The app over a file's own store with a panel, which is its fixture ``place``."""
    with serving(place.path, port=port) as address:
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

    def look_at(self, address: str) -> None:
        """Open a page, in the tracker's window where it is open already."""
        if urlsplit(self.page.url)[:2] == urlsplit(address)[:2]:
            come_to(self.page, address)
        else:
            self.open(address)

    def whole(self) -> None:
        until_whole(self.page)

    def until(self, text: str) -> None:
        """Wait for words on the page."""
        self.page.get_by_text(text).first.wait_for(timeout=60_000)
        self.whole()

    def in_scheme(self, scheme: str) -> None:
        """Look at the page that is open in the light or in the dark."""
        self.page.emulate_media(color_scheme=scheme)
        self.whole()

    def end(self) -> None:
        """Whatever comes after is not this visit's."""
        self.page.remove_listener("request", self._note)
        self.page.remove_listener("console", self._note_said)
        assert self.outside == [], "the page asked for something outside this machine"
        assert self.violations == [], "the page did something that its content security policy does not allow"

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


def leave(tab: Page) -> None:
    """Go away and leave nothing behind: what the browser keeps for the site is thrown away."""
    if tab.url.startswith("http"):
        tab.evaluate("localStorage.clear(); sessionStorage.clear()")
    tab.context.clear_cookies()
    tab.goto("about:blank")


@pytest.fixture(scope="module")
def afresh(tab: Page) -> None:
    """A file's first visit is of somebody who has not been here before."""
    leave(tab)


@pytest.fixture
def look(tab: Page, afresh: None, window: dict) -> Iterator[Visit]:
    """A visit that writes nothing: the next one of its file goes on from its last page."""
    tab.emulate_media(media="null", color_scheme=window["color_scheme"])
    tab.set_viewport_size(window["viewport"])
    look = Visit(tab)
    yield look
    look.end()


@pytest.fixture
def visit(tab: Page, look: Visit) -> Iterator[Visit]:
    """A visit of somebody who has not been here before, and of whom nothing is left."""
    leave(tab)
    yield look
    leave(tab)
