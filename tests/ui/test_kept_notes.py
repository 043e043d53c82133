"""Words not yet saved come back from the disk as they were, and a file that is damaged costs nothing but itself."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.records.errors import Conflict
from casework.records.records import Action, Discussion
from ui.context import browser, kept_notes
from ui.context.browser import Choices, Memory
from ui.context.kept_notes import CHOICES, KEPT_SECONDS, Draft

TEXT = st.text(st.characters(blacklist_categories=("Cs",)))
DAYS = st.none() | st.dates()
DISCUSSIONS = st.builds(
    Discussion, st.integers(1, 9), TEXT, st.frozensets(TEXT), TEXT, TEXT, TEXT, DAYS, st.integers(0, 9), st.integers(0, 9)
)
ACTIONS = st.builds(Action, st.integers(1, 9), TEXT, TEXT, TEXT, DAYS)
VALUES = TEXT | DAYS | st.frozensets(TEXT)
DRAFTS = st.builds(
    Draft,
    DISCUSSIONS | ACTIONS,
    st.dictionaries(TEXT, VALUES, max_size=3),
    st.lists(st.builds(Conflict, TEXT, VALUES, VALUES, VALUES), max_size=2).map(tuple),
    TEXT,
    st.none() | st.datetimes(timezones=st.just(UTC)),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(drafts=st.dictionaries(TEXT, DRAFTS, max_size=3), name=TEXT)
def test_every_draft_comes_back_as_it_was(tmp_path: Path, drafts: dict, name: str):
    file = kept_notes.place(tmp_path, "browser")
    kept_notes.write(file, {"drafts": drafts, "who is writing": name})
    assert kept_notes.read(file) == {"drafts": drafts, "who is writing": name}


def test_only_this_account_may_read_them(tmp_path: Path):
    file = kept_notes.place(tmp_path, "browser")
    kept_notes.write(file, {"who is writing": "Anna Reid"})
    assert file.stat().st_mode & 0o077 == file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"is": "Draft", "of": {"no": 1}}', '{"is": "notes"}', '{"is": "wish", "of": {}}']
)
def test_a_damaged_file_is_logged_without_its_words_and_read_as_none(tmp_path: Path, content: str, caplog):
    file = tmp_path / "browser.json"
    file.write_text(content, "utf-8")
    assert kept_notes.read(file) == {}
    assert "cannot be read" in caplog.text and "wish" not in caplog.text


PLACES = {kept_notes.DRAFTS: kept_notes.place, CHOICES: kept_notes.place_of_person}


@pytest.mark.parametrize("folder", PLACES)
def test_what_nobody_has_touched_for_two_weeks_goes_and_choices_after_400_days(tmp_path: Path, folder: str):
    place, kept = PLACES[folder], KEPT_SECONDS[folder]
    old, young = place(tmp_path, "old"), place(tmp_path, "young")
    for file, age in ((old, kept + 60), (young, kept - 3600)):
        kept_notes.write(file, {"drafts": {"a": Draft(Discussion(1, "C1"), {"due": date(2026, 1, 1)})}})
        os.utime(file, (time.time() - age,) * 2)
    kept_notes.write(place(tmp_path, "new"), {})
    assert not old.exists() and young.exists()


def test_choices_that_are_used_are_kept_for_longer_and_words_not_saved_are_not(tmp_path: Path):
    ages = {}
    for folder, place in PLACES.items():
        file = place(tmp_path, "one")
        kept_notes.write(file, {"columns": {"children": "full"}})
        os.utime(file, (time.time() - 1_000_000,) * 2)
        assert (Choices if folder == CHOICES else Memory)(file).lasting == {"columns": {"children": "full"}}
        ages[folder] = time.time() - file.stat().st_mtime
    assert ages[CHOICES] < 60 < 999_000 < ages[kept_notes.DRAFTS]


def test_what_another_process_has_kept_of_a_person_is_not_lost(tmp_path: Path):
    one, other = Choices(kept_notes.place_of_person(tmp_path, "one")), Choices(kept_notes.place_of_person(tmp_path, "one"))
    one.remember("columns", {"children": "full"})
    other.remember("first page", {"team": "North"})
    assert kept_notes.read(one.file) == {"columns": {"children": "full"}, "first page": {"team": "North"}}


def test_a_person_has_one_file_whatever_the_browser_and_another_person_has_another(tmp_path: Path, monkeypatch):
    who = SimpleNamespace(signed_in=True, identity="Anna@council.example")
    cookie = {"_streamlit_xsrf": None}
    monkeypatch.setattr(browser, "reader_or_nobody", lambda: who)
    monkeypatch.setattr(browser, "store", lambda: SimpleNamespace(path=tmp_path))
    monkeypatch.setattr(browser.streamlit, "context", SimpleNamespace(cookies=cookie))
    memories = browser.Memories()
    monkeypatch.setattr(browser, "_memories", lambda: memories)
    first = browser.choices()
    first.remember("columns", {"children": "full"})
    cookie["_streamlit_xsrf"] = f"2|{'0' * 8}|{'a' * 32}|1"
    who.identity = "anna@COUNCIL.example"
    assert browser.choices() is first and browser.memory() is not first and browser.in_this_browser() == ""
    who.identity = "ben@council.example"
    assert browser.choices().lasting == {}
    who.signed_in = False
    assert browser.choices() is browser.memory() and browser.in_this_browser() == " in this browser"
    assert {file.parent.name for file in tmp_path.rglob("*.json")} == {CHOICES}
    assert "anna" not in "".join(f"{file.name} {file.read_text(encoding='utf-8')}" for file in tmp_path.rglob("*.json")).lower()


def test_a_disk_that_refuses_is_logged_and_stops_nothing(tmp_path: Path, caplog):
    (tmp_path / "drafts").write_text("in the way", "utf-8")
    kept_notes.write(kept_notes.place(tmp_path, "browser"), {"at": datetime.now(UTC)})
    assert "cannot be written" in caplog.text
