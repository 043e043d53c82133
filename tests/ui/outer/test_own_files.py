"""The files that a browser fetches and keeps: the stylesheet and scripts of ours, and Streamlit's."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from ui.outer import own_files
from ui.outer.own_files import STATIC

FILES = (own_files.STYLESHEET, own_files.TABLES, own_files.LINKS, own_files.CHARTS, own_files.LIBRARY)
KINDS = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}
STREAMLITS = [next((STATIC / "static").rglob(f"*{suffix}")) for suffix in KINDS]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_answered_as_it_is_and_kept_by_the_browser_for_good(browser, path):
    address = f"/{own_files.address(path)}"
    answer = browser.get(address)
    assert (answer.status, answer.body) == (200, own_files.content(path))
    assert answer["content-type"].startswith(KINDS[path.suffix]) and answer["x-content-type-options"] == "nosniff"
    assert answer["cache-control"] == "public, immutable, max-age=31536000"
    assert answer.all("set-cookie") == []
    assert browser.behind.reached == []
    assert browser.get(address, "POST").status == 405
    assert browser.get(address, origin="http://evil.example").status == 403


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_that_changes_has_another_name(path):
    assert hashlib.sha256(own_files.content(path)).hexdigest()[:12] in own_files.address(path)


@pytest.mark.parametrize("path", [*FILES, *STREAMLITS], ids=lambda path: path.name)
def test_a_file_is_what_it_is_on_the_disk_but_for_a_comment_before_the_charts_library(path):
    """By it Chromium compiles the library while it is fetched; it must stand before everything else, and alone on its line."""
    comment = b"//# allFunctionsCalledOnLoad\n" if path == own_files.LIBRARY else b""
    assert own_files.content(path) == comment + path.read_bytes()


@pytest.mark.parametrize("path", STREAMLITS, ids=lambda path: path.suffix)
def test_a_file_of_streamlits_is_answered_as_it_is_without_asking_streamlit(browser, path):
    answer = browser.get(f"/{path.relative_to(STATIC).as_posix()}")
    assert (answer.status, answer.body) == (200, path.read_bytes())
    assert answer["content-type"].startswith(KINDS[path.suffix]) and answer["x-content-type-options"] == "nosniff"
    assert answer["cache-control"] == "public, immutable, max-age=31536000"
    assert browser.behind.reached == []


@pytest.mark.parametrize("path", [*FILES, *STREAMLITS], ids=lambda path: path.name)
def test_scripts_and_styles_are_compressed_for_a_browser_that_takes_it(browser, path):
    address = f"/{own_files.address(path)}" if path in FILES else f"/{path.relative_to(STATIC).as_posix()}"
    plain = browser.get(address)
    answer = browser.get(address, **{"accept-encoding": "gzip, deflate, br, zstd"})
    if path.suffix == ".woff2":
        assert answer == plain and answer.all("content-encoding") == answer.all("vary") == []
        return
    assert plain.all("content-encoding") == [] and plain["vary"] == answer["vary"] == "Accept-Encoding"
    assert answer["content-encoding"] == "gzip" and gzip.decompress(answer.body) == plain.body == own_files.content(path)
    assert int(answer["content-length"]) == len(answer.body) < len(plain.body)


@pytest.mark.parametrize(
    "path", ["static/../index.html", "static/js/../../index.html", "static/js/absent.js", "static", "index.html"]
)
def test_what_is_no_file_below_streamlits_folder_is_streamlits_to_answer(path):
    assert own_files.answer(f"/{path}") is None


def test_the_names_are_not_streamlits(browser):
    assert not (STATIC / own_files.ADDRESS).parent.exists()
    browser.get("/static/tracker/other.js")
    assert len(browser.behind.reached) == 1


def test_below_a_path_of_its_own_they_are_answered_there(browser, monkeypatch):
    monkeypatch.setattr("streamlit.config.get_option", {"server.baseUrlPath": "tracker"}.get)
    assert browser.get(f"/tracker/{own_files.address(own_files.CHARTS)}").body == own_files.CHARTS.read_bytes()
