"""Every page in a fresh tab of a real Chromium, to its last number, over the first words of an empty Streamlit app.

The clock stops when everything that the page has is there: its text, tiles and tables to the last one, the place of each chart, and every
chart that is in sight. Charts further down are drawn when the browser is idle, as for every reader; the benchmark looks beforehand
that they come.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from benchmarks.browser import CHROMIUM, QUIET
from benchmarks.machine import Figure, Times, clock, ratios
from benchmarks.published import published_store
from benchmarks.server import ROOT, Server
from data.settings import FILE_NAME
from data.synthetic import SETTINGS

WINDOW: ViewportSize = {"width": 1440, "height": 1000}
RATIO_BAR = 1.5
EMPTY = "An empty app"
FIRST = "countywide"
CHARTS = "[...document.querySelectorAll('.chart')]"
DRAWN_CHARTS = f"{CHARTS}.filter(chart => chart.querySelector('.main-svg')).length"
IN_SIGHT = f"""{CHARTS}.filter(chart => {{
    const {{top, bottom, width}} = chart.getBoundingClientRect();
    return width && bottom > 0 && top < innerHeight;
}})"""
# The page's last mark is there, nothing is grey any more, and it has so many charts, of which those in sight are drawn.
WHOLE = f"""() => document.querySelector('#page-done') && !document.querySelector('[data-testid="stSkeleton"]')
    && {CHARTS}.length >= %d && {IN_SIGHT}.every(chart => chart.querySelector('.main-svg'))"""
SETTLED = 3_000  # milliseconds after its last mark, by when all the charts of a page have come
DRAWN = f"() => document.querySelector('.stApp')?.innerText.includes('{EMPTY}')"
LONGEST_WAIT = 120_000  # milliseconds


@contextmanager
def _empty_app() -> Iterator[str]:
    """An app that says two words; gives its address."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "empty.py"
        script.write_text(f"import streamlit\n\nstreamlit.write({EMPTY!r})\n", encoding="utf-8")
        server = Server(Path(folder), script=script)
        try:
            server.start()
            yield server.address
        finally:
            server.stop()


@contextmanager
def _fresh_tab(browser: Browser) -> Iterator[Page]:
    """A browser window that has never been anywhere."""
    context = browser.new_context(viewport=WINDOW)
    try:
        yield context.new_page()
    finally:
        context.close()


def _open(browser: Browser, address: str, whole: str) -> None:
    """Open an address in a fresh tab, and wait until the page is whole."""
    with _fresh_tab(browser) as page:
        page.goto(address, wait_until="commit")
        page.wait_for_function(whole, timeout=LONGEST_WAIT)


def _charts(browser: Browser, address: str) -> int:
    """How many charts a page has, each drawn without the reader's doing. Raises RuntimeError where one is not."""
    with _fresh_tab(browser) as page:
        page.goto(address)
        page.locator("#page-done").last.wait_for(state="attached", timeout=LONGEST_WAIT)
        page.wait_for_timeout(SETTLED)
        charts, drawn = int(page.evaluate(f"{CHARTS}.length")), int(page.evaluate(DRAWN_CHARTS))
        if drawn < charts:
            raise RuntimeError(f"{charts - drawn} of the {charts} charts of {address} were not drawn")
        return charts


def _figure(name: str, ours: Sequence[float], empty: Sequence[float]) -> Figure:
    mine, theirs = Times(tuple(ours)), Times(tuple(empty))
    ratio, spread = ratios(mine, theirs)
    measured = {"the page, to all that it has and the charts in sight": str(mine), "an empty app": str(theirs), "ratios": spread}
    return Figure(f"{name} in a fresh tab over an empty app", ratio, RATIO_BAR, " times", measured)


def page_figures(address: str, empty: str, pages: Sequence[str], runs: int, progress: Callable[[str], None]) -> list[Figure]:
    """A figure for the first visitor of the app at ``address``, who comes to its first page, then one for each page; over the app at
    ``empty``, opened in turns."""

    def opened(at: str, whole: str) -> float:
        return clock(lambda: _open(browser, at, whole))

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        opened(empty, DRAWN)
        progress("the first visitor")
        figures = [_figure("the first visitor's page", [opened(f"{address}/{FIRST}", WHOLE % 1)], [opened(empty, DRAWN)])]
        for page in pages:
            progress(f"opening {page}")
            here = f"{address}/{page}"
            whole = WHOLE % _charts(browser, here)
            pairs = [(opened(here, whole), opened(empty, DRAWN)) for _ in range(runs)]
            figures.append(_figure(page, *zip(*pairs, strict=True)))
        browser.close()
    return figures


def run(county: int, runs: int, progress: Callable[[str], None]) -> list[Figure]:
    """The first visitor after a load, and every page, at a county's size with the settings of ``make run``: all policies are in use."""
    settings = (SETTINGS / FILE_NAME).read_text(encoding="utf-8")
    with published_store(county, progress, settings) as store:
        pages = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
        server = Server(store.path)
        with _empty_app() as empty:
            try:
                server.start()
                return page_figures(server.address, empty, pages, runs, progress)
            finally:
                server.stop()
