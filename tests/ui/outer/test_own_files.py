"""The scripts of ours that a browser fetches and keeps."""

from __future__ import annotations

import hashlib

import pytest

from ui.outer import own_files
from ui.outer.early import STATIC

FILES = (own_files.CHARTS, own_files.LIBRARY)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_answered_as_it_is_and_kept_by_the_browser_for_good(browser, path):
    address = f"/{own_files.address(path)}"
    answer = browser.get(address)
    assert (answer.status, answer.body) == (200, path.read_bytes())
    assert answer["content-type"].startswith("text/javascript") and answer["x-content-type-options"] == "nosniff"
    assert answer["cache-control"] == "public, immutable, max-age=31536000"
    assert answer.all("set-cookie") == []
    assert browser.behind.reached == []
    assert browser.get(address, "POST").status == 405
    assert browser.get(address, origin="http://evil.example").status == 403


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_that_changes_has_another_name(path):
    assert hashlib.sha256(path.read_bytes()).hexdigest()[:12] in own_files.address(path)


def test_the_names_are_not_streamlits(browser):
    assert not (STATIC / own_files.ADDRESS).parent.exists()
    browser.get("/static/tracker/other.js")
    assert len(browser.behind.reached) == 1


def test_below_a_path_of_its_own_they_are_answered_there(browser, monkeypatch):
    monkeypatch.setattr("streamlit.config.get_option", {"server.baseUrlPath": "tracker"}.get)
    assert browser.get(f"/tracker/{own_files.address(own_files.CHARTS)}").body == own_files.CHARTS.read_bytes()
