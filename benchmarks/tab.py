"""Every page in a fresh tab of a real Chromium, to its last number and chart, over the first words of an empty Streamlit app."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.machine import Figure, Times, clock, ratios
from benchmarks.published import published_store
from benchmarks.server import ROOT, Server

CHROMIUM = "/usr/bin/chromium"
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run")
RATIO_BAR = 1.5
EMPTY = "An empty app"
FIRST = "countywide"
# The page's last mark is there, nothing is still to be drawn, and each chart has its picture.
WHOLE = """() => document.querySelector('#page-done') && !document.querySelector('[data-testid="stSkeleton"]')
    && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(chart => chart.querySelector('.main-svg'))"""
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


def _open(browser: Browser, address: str, whole: str) -> None:
    """Open an address in a browser window that has never been here, and wait until the page is whole."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    try:
        page = context.new_page()
        page.goto(address, wait_until="commit")
        page.wait_for_function(whole, timeout=LONGEST_WAIT)
    finally:
        context.close()


def page_figures(address: str, empty: str, pages: Sequence[str], runs: int, progress: Callable[[str], None]) -> list[Figure]:
    """A figure for each page of the app at ``address``, over the app at ``empty``, opened in turns."""
    figures = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        _open(browser, empty, DRAWN)
        for page in pages:
            progress(f"opening {page}")
            pairs = [
                (clock(lambda: _open(browser, f"{address}/{page}", WHOLE)), clock(lambda: _open(browser, empty, DRAWN)))  # noqa: B023
                for _ in range(runs)
            ]
            ours, theirs = (Times(tuple(times)) for times in zip(*pairs, strict=True))
            ratio, spread = ratios(ours, theirs)
            measured = {"the page": str(ours), "an empty app": str(theirs), "ratios": spread}
            figures.append(Figure(f"{page} in a fresh tab over an empty app", ratio, RATIO_BAR, " times", measured))
        browser.close()
    return figures


def run(county: int, runs: int, progress: Callable[[str], None]) -> list[Figure]:
    """Every page at a county's size, with all policies in use; in the first of them is the first visitor after a load."""
    policies = sorted(path.stem for path in (ROOT / "policies").glob("*.toml"))
    with published_store(county, progress, f"policies = {policies}\n") as store:
        pages = [FIRST, *sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != FIRST)]
        server = Server(store.path)
        with _empty_app() as empty:
            try:
                server.start()
                return page_figures(server.address, empty, pages, runs, progress)
            finally:
                server.stop()
