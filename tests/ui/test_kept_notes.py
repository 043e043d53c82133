"""Words not yet saved come back from the disk as they were, and a file that is damaged costs nothing but itself."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.records.errors import Conflict
from casework.records.records import Action, Discussion
from ui.context import kept_notes
from ui.context.kept_notes import KEPT_SECONDS, Draft

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


def test_what_nobody_has_touched_for_two_weeks_goes(tmp_path: Path):
    old, young = kept_notes.place(tmp_path, "old"), kept_notes.place(tmp_path, "young")
    for file, age in ((old, KEPT_SECONDS + 60), (young, KEPT_SECONDS - 3600)):
        kept_notes.write(file, {"drafts": {"a": Draft(Discussion(1, "C1"), {"due": date(2026, 1, 1)})}})
        os.utime(file, (time.time() - age,) * 2)
    kept_notes.write(kept_notes.place(tmp_path, "new"), {})
    assert not old.exists() and young.exists()


def test_a_disk_that_refuses_is_logged_and_stops_nothing(tmp_path: Path, caplog):
    (tmp_path / "drafts").write_text("in the way", "utf-8")
    kept_notes.write(kept_notes.place(tmp_path, "browser"), {"at": datetime.now(UTC)})
    assert "cannot be written" in caplog.text
