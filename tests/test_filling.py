"""A synthetic store that is filled: by nightly's own loads, whole at every moment, and finished however often it was stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

import commands.filling as filling_commands
from casework.panels import panels, plan_panel
from casework.storage.opening import open_casework
from data.filling import (
    FILE,
    LOADS,
    PACKS,
    PANELS,
    STOPPED_AFTER,
    Filling,
    FillingUnreadable,
    end_filling,
    read_filling,
    words_on_filling,
    write_filling,
)
from data.store.store import Store
from data.synthetic.nights import night_dates
from tracker import main
from ui.context.page_context import open_night

LAST = date(2026, 10, 31)
NIGHTS = 3
NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
# What a shell starts in the background ignores an interruption, and so would the process that such a run of the tests starts.
INTERRUPTIBLE = """
import os, signal
from pathlib import Path
import tracker
from commands import filling

filling.SETTINGS = Path(os.environ["TRACKER_TEST_SETTINGS"])
signal.signal(signal.SIGINT, signal.default_int_handler)
tracker.run()
"""
PLAN = ["demo-store", "--children", "40", "--nights", str(NIGHTS), "--as-at", LAST.isoformat()]


def fill(store: Path) -> int:
    return main([*PLAN, "--store", str(store)])


def loads(store: Path) -> list[date]:
    """The days of the nights, in the order of their publication."""
    return [night.as_at for night in reversed(Store(store).nights())]


@pytest.fixture(scope="module", autouse=True)
def _at_the_tests_own_pace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The filling makes way for the pages' readers for as long as its process lives, and here that is the tests' own.

    The panels are of one policy, so the others need not be counted here.
    """
    settings = tmp_path_factory.mktemp("settings")
    (settings / "settings.toml").write_text('policies = ["hertfordshire"]\n', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "nice", lambda more: 0, raising=False)
        patch.setattr(filling_commands, "SETTINGS", settings)
        patch.setenv("TRACKER_TEST_SETTINGS", str(settings))
        yield


class Pulled(Exception):
    """The plug."""


def pull_the_plug(*arguments):
    raise Pulled


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Path:
    """A store whose loads are all in, stopped while its panels were invented."""
    store = tmp_path_factory.mktemp("filling") / "store"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("casework.synthetic.panels.close_panel", pull_the_plug)
        with pytest.raises(Pulled):
            fill(store)
    return store


@pytest.fixture
def store(loaded, tmp_path) -> Path:
    return Path(shutil.copytree(loaded, tmp_path / "store"))


@pytest.fixture
def packs(monkeypatch) -> list[date]:
    """The days up to which packs were added: to work them out takes most of a filling, and is of other tests."""
    added = []
    monkeypatch.setattr(filling_commands, "_add_packs", lambda store, filling: added.append(filling.as_at))
    return added


def panels_of(store: Path) -> list[tuple[date, str]]:
    casework = open_casework(Store(store).settings, store)
    found = [(held.panel_date, held.status) for held in panels(casework)]
    casework.close()  # what is left open changes its files whenever Python puts it away
    return found


def test_panels_that_were_half_made_are_begun_again_and_a_full_store_is_left_alone(store, packs, capfd):
    assert loads(store) == night_dates(LAST, NIGHTS, "half-month")
    assert (read_filling(store).step, read_filling(store).done, len(panels_of(store))) == (PANELS, NIGHTS, 1)
    assert fill(store) == 0
    assert panels_of(store) == [(date(2026, 11, 10), "open"), (date(2026, 10, 6), "closed")]
    assert "were incomplete" in capfd.readouterr().err and list(store.glob("before-restore-*.db"))
    assert (read_filling(store), packs) == (None, [LAST])
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*") if path.is_file()}
    assert fill(store) == 0
    assert capfd.readouterr().err == ""
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*") if path.is_file()} == before


def test_a_panel_that_somebody_planned_meanwhile_stays(store, packs, capfd):
    filling_commands._begin_again(Store(store))
    plan_panel(open_casework(Store(store).settings, store), "hertfordshire", date(2026, 12, 1), "A clerk")
    write_filling(store, replace(read_filling(store), step=LOADS))
    assert fill(store) == 0
    assert panels_of(store) == [(date(2026, 12, 1), "open")]
    assert "Invented panels were not added" in capfd.readouterr().err and read_filling(store) is None


def test_a_pack_that_was_published_before_the_filling_stopped_is_not_published_again(store, monkeypatch):
    published, drafted = [], []
    monkeypatch.setattr("packs.corporate.publishing.publish_pack", lambda engine, casework, day, who: published.append(day))
    monkeypatch.setattr("commands.corporate.prepare_draft", drafted.append)
    filling = replace(read_filling(store), step=PACKS, done=NIGHTS, moment=None)
    filling_commands._add_packs(Store(store), filling)
    monkeypatch.setattr("casework.publishing.publications.publications", lambda casework, kind, period: (period,))
    filling_commands._add_packs(Store(store), filling)
    assert (published, len(drafted)) == ([date(2026, 9, 30)], 2)
    (said,) = words_on_filling(store, datetime.now(UTC))
    assert "packs are being added now" in said


@pytest.mark.parametrize(
    ("day", "quarter"), [("2026-01-01", "2025-12-31"), ("2026-03-31", "2025-12-31"), ("2026-04-01", "2026-03-31")]
)
def test_a_pack_is_up_to_the_last_quarter_that_has_ended(day, quarter):
    assert filling_commands.quarter_before(date.fromisoformat(day)).isoformat() == quarter


def test_a_councils_own_store_is_left_alone(county_store):
    assert main(["demo-store", "--store", str(county_store.path)]) == 0
    assert read_filling(county_store.path) is None


def test_a_filling_that_stopped_goes_on_to_the_day_that_its_county_was_drawn_up_to(tmp_path, monkeypatch, packs, capfd):
    real = filling_commands.run_nightly
    monkeypatch.setattr(filling_commands, "run_nightly", lambda *each: pull_the_plug() if loads(tmp_path) else real(*each))
    with pytest.raises(Pulled):
        fill(tmp_path)
    assert (len(loads(tmp_path)), read_filling(tmp_path).done) == (1, 1)
    monkeypatch.setattr(filling_commands, "run_nightly", real)
    capfd.readouterr()
    assert main(["demo-store", "--store", str(tmp_path), "--as-at", "2027-01-01", "--nights", "9"]) == 0
    assert (loads(tmp_path), read_filling(tmp_path)) == (night_dates(LAST, NIGHTS, "half-month"), None)
    said = capfd.readouterr()
    assert said.out.splitlines() == ["There is a data load that the pages can show."]
    assert "3 of 3 data loads: 31/10/2026" in said.err and len(said.err.splitlines()) < 10


@pytest.mark.parametrize("error", [KeyboardInterrupt(), duckdb.InterruptException("x"), RuntimeError("Query interrupted")])
def test_however_an_interruption_comes_out_it_is_one_sentence(store, packs, monkeypatch, capfd, error):
    def interrupted(*arguments):
        raise error

    monkeypatch.setattr(filling_commands, "_add_packs", interrupted)
    write_filling(store, replace(read_filling(store), step=PACKS))
    assert fill(store) == 1
    assert capfd.readouterr().err.splitlines()[-1] == "tracker: Stopped. Run it again to continue."


def test_another_error_of_the_program_is_not_taken_for_an_interruption(store, monkeypatch):
    def broken(*arguments):
        raise RuntimeError("broken")

    monkeypatch.setattr(filling_commands, "_add_packs", broken)
    write_filling(store, replace(read_filling(store), step=PACKS))
    with pytest.raises(RuntimeError, match="broken"):
        fill(store)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_an_interruption_is_one_sentence_and_leaves_whole_nights(tmp_path):
    command = [sys.executable, "-c", INTERRUPTIBLE, *PLAN, "--store", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert "pages can show" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=120)
    assert running.returncode == 1
    assert "Traceback" not in said and said.rstrip().endswith("tracker: Stopped. Run it again to continue.")
    store = Store(tmp_path)
    assert store.current() and all(not store.verify(night) for night in store.nights())
    assert read_filling(tmp_path).step == LOADS


@pytest.mark.parametrize(
    ("step", "done", "later", "sentence"),
    [
        (LOADS, 7, timedelta(0), "still being added: 7 of 26 data loads so far"),
        (LOADS, 7, STOPPED_AFTER, "still being added"),
        (LOADS, 7, STOPPED_AFTER + timedelta(seconds=1), "stopped after 7 of 26 data loads. To finish it, stop the tracker"),
        (PANELS, 26, timedelta(0), "all 26 data loads are in, and panels are being added now"),
        (PACKS, 26, timedelta(0), "all 26 data loads are in, and packs are being added now"),
    ],
)
def test_every_page_can_say_how_far_it_is(tmp_path, step, done, later, sentence):
    write_filling(tmp_path, Filling(LAST, 1000, 26, done, step), NOW)
    (said,) = words_on_filling(tmp_path, NOW + later)
    assert sentence in said


def test_a_page_says_it_above_the_figures_of_the_newest_load(store, monkeypatch):
    monkeypatch.setenv("TRACKER_STORE", str(store))
    key, _, troubles = open_night()
    assert key[1] == Store(store).current().name
    assert [said for said in troubles if "all 3 data loads are in, and panels are being added now" in said] == [troubles[0]]
    end_filling(store)
    assert not [said for said in open_night()[2] if "history" in said]


def test_a_store_that_is_not_being_filled_says_nothing(tmp_path):
    assert words_on_filling(tmp_path, NOW) == ()


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"as_at": "2026-10-31"}), json.dumps({"moment": "yesterday"})])
def test_a_damaged_file_is_said_and_stops_no_page(tmp_path, text):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(FillingUnreadable, match="cannot be read"):
        read_filling(tmp_path)
    assert "cannot be read" in words_on_filling(tmp_path, NOW)[0]
    assert fill(tmp_path) == 1
