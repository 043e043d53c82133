"""A real headless Chromium on the real server. A request that leaves this machine, or breaks the page's policy, fails the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.server import serving
from data.store.store import Store
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
def site(county_store: Store) -> Iterator[str]:
    """The app over the shared synthetic county."""
    with serving(county_store.path) as address:
        yield address


@pytest.fixture(scope="session")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over a night whose every text tries to be more than text."""
    store = publish_odd_night(tmp_path_factory.mktemp("odd"))
    with (store.path / "settings.toml").open("a", encoding="utf-8") as file:
        file.write("\n[sign_in]\nanalyst_on_this_machine = true\n")
    with serving(store.path) as address:
        yield address


class Visit:
    """One reader's window: opens pages, waits until they are whole."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.outside: list[str] = []
        self.violations: list[str] = []
        page.on("console", lambda said: self.violations.append(said.text) if POLICY in said.text else None)
        page.on("request", lambda request: None if request.url.startswith(HERE) else self.outside.append(request.url))

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
    assert visit.violations == [], "the page did something that its content security policy does not allow"
