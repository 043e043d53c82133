"""A page as a reader has it: its words, its tables and its links, through Streamlit's own test harness."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from unittest.mock import MagicMock
from urllib.parse import parse_qsl, urlsplit

from plotly.graph_objects import Figure
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime import Runtime
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test, local_script_runner


class _Navigated(PagesManager):
    """As in a server that has run ``app.py`` before. The harness forgets that at every run; a page's file would then run by itself
    first, hand over to ``app.py`` (``ui.context.page_context.page_context``), and the press of a button would be lost on the way."""

    def __init__(self, *arguments, **named) -> None:
        PagesManager.uses_pages_directory = False
        super().__init__(*arguments, **named)


app_test.PagesManager = _Navigated
# The harness reads what every installed package says of itself for each visit anew: more work than most of our pages are.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@cache
def _runtime(spec: type[Runtime]) -> MagicMock:
    """The harness's stand-in for the server, made once: it sets what it needs of it at every visit. No browser is connected to it, so there
    are no cookies and no headers."""
    runtime = MagicMock(spec=spec)
    runtime.get_client.return_value = None
    return runtime


app_test.MagicMock = _runtime


def _wait_for_the_script(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    """The harness looks a thousand times a second whether the script is done, and holds it up each time."""
    runner._script_thread.join(timeout)
    if runner._script_thread.is_alive():
        runner.request_stop()
        runner.join()
        raise RuntimeError(f"the page's script did not come to its end in {timeout} seconds")


local_script_runner.require_widgets_deltas = _wait_for_the_script
APP = Path(__file__).parent.parent.parent / "app.py"


class _Tables(HTMLParser):
    """Every table of a page as rows of cells; a cell is its text, and where its link leads."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, list[list[tuple[str, str | None]]]] = {}
        self.rows: list[list[tuple[str, str | None]]] = []
        self.caption, self.text, self.link, self.within = "", "", None, ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.rows = []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td", "caption"):
            self.text, self.link, self.within = "", None, tag
        elif tag == "small":
            self.text += " "
        elif tag == "a" and self.within:
            self.link = dict(attributes)["href"]

    def handle_data(self, data: str) -> None:
        if self.within:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self.caption = self.text
        elif tag in ("th", "td"):
            self.rows[-1].append((self.text.strip(), self.link))
        elif tag == "table":
            self.tables[self.caption] = self.rows
        if tag == self.within:
            self.within = ""


_FROM_DATA = re.compile(r'(<table [^>]*data-rows="([^"]*)"[^>]*>.*?<tbody>).*?(</tbody>)', re.DOTALL)


def drawn(html: str) -> str:
    """A piece of HTML once the browser has made the rows of its long tables (``ui/components/scripts/tables.js``)."""

    def rows_of(found: re.Match) -> str:
        head, data, end = found.groups()
        come = json.loads(unescape(data))
        return head + "".join(_row(come["columns"], row) for row in range(come["first"], come["last"])) + end

    return _FROM_DATA.sub(rows_of, html)


def _row(columns: list[dict], row: int) -> str:
    def of(values: dict | None) -> str:
        return (values["each"][values["of"][row]] if values else None) or ""

    cells = []
    for column in columns:
        words, address = of(column["words"]), of(column.get("addresses"))
        said = f'<a href="{escape(address)}">{words}</a>' if address and words else words
        cells.append(f'<td class="{of(column["looks"]) if "looks" in column else column["look"] or ""}">{said}</td>')
    return f"<tr>{''.join(cells)}</tr>"


@dataclass(frozen=True)
class Chart:
    """A chart: its text alternative, its figure as plotly's dictionary, and its element's other attributes."""

    alt: str
    figure: dict
    attributes: dict[str, str | None]


class _Charts(HTMLParser):
    """Every chart of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.charts: list[Chart] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        if named.get("class") == "chart":
            self.charts.append(Chart(str(named.pop("aria-label")), json.loads(str(named.pop("data-figure"))), named))


def charts_in(html: str) -> list[Chart]:
    """The charts of a piece of HTML."""
    parser = _Charts()
    parser.feed(html)
    return parser.charts


class Screen:
    """One reader's visit. The store is the one that TRACKER_STORE names."""

    def __init__(self, page: str = "countywide", **choices: str) -> None:
        # A busy machine is not a fault of the page: how long pages take is measured in the benchmarks.
        self.app = AppTest.from_file(str(APP), default_timeout=300)
        for name, value in choices.items():
            self.app.query_params[name] = value
        if page != "countywide":
            # As a link leads there: no other page comes first. A page's file stem is its address, as the harness takes it to be.
            self.app.switch_page(f"pages/{page}.py")
        self.app.run()
        for chart in self.charts:
            # Our charts are sent as they are drawn. Raises ValueError for what plotly does not know.
            Figure(chart.figure)

    @classmethod
    def at(cls, link: str) -> Screen:
        """The page that a link of ours leads to."""
        parts = urlsplit(link)
        return cls(parts.path.removeprefix("./") or "countywide", **dict(parse_qsl(parts.query)))

    @property
    def html(self) -> str:
        return "\n".join(drawn(part.proto.body) for part in self.app.get("html") if "<style>" not in part.proto.body)

    @property
    def text(self) -> str:
        """Everything that we write on the page, as it is read."""
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", self.html)))

    @property
    def tables(self) -> dict[str, list[list[tuple[str, str | None]]]]:
        """{caption: rows of (text, link)}, the heading row first."""
        parser = _Tables()
        parser.feed(self.html)
        return parser.tables

    def rows(self, caption: str) -> list[dict[str, str]]:
        """A table's rows by heading."""
        heading, *rows = self.tables[caption]
        titles = [title for title, _ in heading]
        return [dict(zip(titles, (text for text, _ in row), strict=True)) for row in rows]

    @property
    def charts(self) -> list[Chart]:
        """The charts, each with its figure as it is sent."""
        return [
            chart for part in self.app.get("html") if 'class="chart"' in part.proto.body for chart in charts_in(part.proto.body)
        ]

    @property
    def alerts(self) -> list[str]:
        """What the page warns of."""
        found = re.findall(r'<p class="notice"[^>]*>(.*?)</p>', self.html, flags=re.DOTALL)
        return [unescape(re.sub(r"<[^>]*>", "", text)) for text in found]

    @property
    def broken(self) -> bool:
        """Whether anything stopped the page."""
        return bool(self.app.exception) or "This page could not be shown" in self.text or 'id="page-done"' not in self.html
