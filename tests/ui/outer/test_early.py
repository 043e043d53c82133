"""What a browser is told to fetch with a page."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from tests.ui.outer.browser import Behind, Browser, Clock
from ui.context.browser_sessions import BrowserSessions
from ui.outer import own_files
from ui.outer.early import STATIC, WITH_CHARTS, early_files

ROOT = Path(__file__).parents[3]
FIRST_PAGE = (STATIC / "index.html").read_bytes()
NAMED = re.compile(r'<link rel="modulepreload" crossorigin href="\./([^"]+)">')
SCRIPT = re.compile(r'<script defer src="\./([^"]+)"(?: data-library="\./([^"]+)")?></script>')
CHARTS_MODULE = "ui.components.charts"


class FirstPage(Behind):
    """Answers as Streamlit does: with its first page, in pieces."""

    kind, status = b"text/html; charset=utf-8", 200

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached.append(scope)
        headers = [(b"content-type", self.kind), (b"content-length", str(len(FIRST_PAGE)).encode()), (b"etag", b'"a"')]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        half = len(FIRST_PAGE) // 2
        await send({"type": "http.response.body", "body": FIRST_PAGE[:half], "more_body": True})
        await send({"type": "http.response.body", "body": FIRST_PAGE[half:]})


@pytest.fixture
def visitor() -> Browser:
    return Browser(BrowserSessions(Clock()), FirstPage())


@pytest.mark.parametrize(("path", "charts"), [("/", True), ("/countywide", True), ("/drift?rule=a", True), ("/team", False)])
def test_a_page_names_what_its_widgets_need_and_the_charts_library_where_it_has_charts(visitor, path, charts):
    answer = visitor.get(path)
    html = answer.body.decode()
    assert answer["content-length"] == str(len(answer.body))
    assert answer.all("etag") == [], "it was another file's"
    assert "script-src 'self'" in answer["content-security-policy"]
    own = NAMED.findall(FIRST_PAGE.decode())
    added = [name for name in NAMED.findall(html) if name not in own]
    assert sorted(added) == sorted(early_files())
    library, drawing = own_files.address(own_files.LIBRARY), own_files.address(own_files.CHARTS)
    # In this order: a deferred script runs after the one before it.
    assert SCRIPT.findall(html) == [*([(library, "")] if charts else []), (drawing, library)]
    # Nothing else is changed.
    links = "|".join(re.escape(f'<link rel="modulepreload" crossorigin href="./{name}">') for name in added)
    assert SCRIPT.sub("", re.sub(links, "", html)) == FIRST_PAGE.decode()


def test_a_page_is_not_compressed_before_files_are_named_in_it(visitor):
    """Streamlit compresses every page but the first for a browser that asks for it, and every browser does."""
    for path, kept in (("/countywide", False), ("/", False), ("/static/js/a.js", True), ("/_stcore/health", True)):
        visitor.get(path, **{"accept-encoding": "gzip, deflate, br"})
        assert (b"accept-encoding" in dict(visitor.behind.reached[-1]["headers"])) is kept, path


def test_what_is_named_is_there_and_was_not_named_before():
    files = early_files()
    assert len(files) > 20
    for name in files:
        assert (STATIC / name).is_file()
        assert name not in FIRST_PAGE.decode()


@pytest.mark.parametrize(
    ("path", "kind", "status"),
    [("/countywide", b"text/plain", 200), ("/countywide", b"text/html", 404), ("/favicon.png", b"text/html", 200)],
)
def test_other_answers_are_left_alone(visitor, path, kind, status):
    visitor.behind.kind, visitor.behind.status = kind, status
    answer = visitor.get(path)
    assert answer.status == status
    assert answer.body == FIRST_PAGE[: len(FIRST_PAGE) // 2], "the first piece is passed on as it comes"
    assert answer["content-length"] == str(len(FIRST_PAGE))


@cache
def _imported(module: str) -> frozenset[str]:
    """The modules of ours that a module imports, and what those import."""
    path = ROOT / f"{module.replace('.', '/')}.py"
    if not path.is_file():
        return frozenset()
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "ui":
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return frozenset(found.union(*map(_imported, found)))


def test_the_pages_with_charts_are_those_that_draw_some():
    pages = {path.stem for path in (ROOT / "pages").glob("*.py") if CHARTS_MODULE in _imported(f"pages.{path.stem}")}
    assert pages == WITH_CHARTS
