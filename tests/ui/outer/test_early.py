"""What a browser is told to fetch with a page."""

from __future__ import annotations

import re

import pytest
from starlette.types import Receive, Scope, Send

from tests.ui.outer.browser import Behind, Browser, Clock
from ui.components import scripts
from ui.context.browser_sessions import BrowserSessions
from ui.outer import own_files
from ui.outer.early import OF_A_PAGE, PRESSED, added, early_files, stylesheet
from ui.outer.headers import hash_of
from ui.outer.own_files import STATIC

FIRST_PAGE = (STATIC / "index.html").read_bytes()
NAMED = re.compile(r'<link rel="modulepreload" crossorigin href="\./([^"]+)">')
OTHERS = re.compile(r'<script defer src="\./([^"]+)"></script>')
DRAWING = re.compile(r'<script defer src="\./([^"]+)" data-library="\./([^"]+)"></script>')


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


@pytest.mark.parametrize(("path", "charts"), [("/", False), ("/countywide", False), ("/journeys?step=a", True), ("/team", False)])
def test_a_page_names_what_its_widgets_need_and_the_charts_library_where_it_begins_with_a_chart(visitor, path, charts):
    answer = visitor.get(path)
    html = answer.body.decode()
    assert answer["content-length"] == str(len(answer.body))
    assert answer.all("etag") == [], "it was another file's"
    assert "script-src 'self'" in answer["content-security-policy"]
    own = NAMED.findall(FIRST_PAGE.decode())
    named = [name for name in NAMED.findall(html) if name not in own]
    library, drawing = own_files.address(own_files.LIBRARY), own_files.address(own_files.CHARTS)
    assert named == [*early_files(), *([library] if charts else [])]
    assert DRAWING.findall(html) == [(drawing, library)]
    assert OTHERS.findall(html) == [own_files.address(own_files.TABLES), own_files.address(own_files.LINKS)]
    # Nothing else is changed.
    page = path.strip("/").partition("?")[0] or "countywide"
    assert html.replace(added(page).decode(), "").replace(stylesheet().decode(), "") == FIRST_PAGE.decode()


def test_our_stylesheet_stands_before_everything_in_the_body_of_a_page(visitor):
    html = visitor.get("/team").body.decode()
    assert html.count(own_files.address(own_files.STYLESHEET)) == 1
    assert f'<body><link rel="stylesheet" href="./{own_files.address(own_files.STYLESHEET)}">' in html


def test_a_page_with_kinds_of_fields_of_its_own_names_those_too():
    usual = set(NAMED.findall(added("team").decode()))
    for page, widgets in OF_A_PAGE.items():
        more = set(NAMED.findall(added(page).decode())) - usual - {own_files.address(own_files.LIBRARY)}
        assert len(more) >= len(widgets) and all((STATIC / name).is_file() for name in more), page


def test_the_script_that_stands_in_a_page_is_named_in_the_policy_and_finds_in_streamlits_files_what_it_asks_for(visitor):
    answer = visitor.get("/team")
    inline = re.findall(r"<script>(.*?)</script>", answer.body.decode(), re.DOTALL)
    assert inline[-1] == scripts.text(scripts.EARLY)
    for script in inline:
        assert hash_of(script.encode()) in answer["content-security-policy"]
    # As Streamlit's own files have them; without them the script would do nothing.
    stylesheet = next((STATIC / "static" / "css").glob("index.*.css")).read_text(encoding="utf-8")
    for family in re.findall(r'"([^"]+)"', scripts.text(scripts.EARLY).partition("of [")[2].partition("]")[0]):
        assert f"font-family:{family};" in stylesheet
    assert "BACKEND_BASE_URL" in streamlits_script("index.*.js")
    assert "data-test-connection-state" in streamlits_script("index.*.js")


def test_the_style_of_what_can_be_pressed_is_the_one_that_streamlits_script_would_put_there():
    name, style = re.fullmatch(r'<style id="([^"]+)">(.*)</style>', PRESSED).groups()  # type: ignore[union-attr]
    script = streamlits_script("styled-components.*.js")
    assert name in script
    template = re.search(r"`\s*(@layer \{[^`]*\})\s*`\.trim\(\)", script)
    assert template, "the script writes its style as before"
    assert re.sub(r"\$\{\w+\}", "data-react-aria-pressable", template[1]).split() == style.split()


def streamlits_script(name: str) -> str:
    return next((STATIC / "static" / "js").glob(name)).read_text(encoding="utf-8")


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
