"""A line of the log says when, how grave and what, and is one line."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

import pytest

from benchmarks.server import ROOT, free_port
from ui.outer import logs


def line(message: str) -> str:
    record = logging.LogRecord("tracker.app", logging.WARNING, "layer.py", 1, "%s", (message,), None)
    record.created = 1_793_419_506.0
    return logs.OneLine().format(record)


def test_a_line_says_when_in_utc_how_grave_and_what():
    assert line("refused: 2\u00a0%") == r"2026-10-31T04:05:06Z WARNING tracker.app: refused: 2\xa0%"


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\x1b[2K", "\u2028", "\u202e", "\x00"])
def test_what_is_logged_cannot_begin_another_line_or_hide_one(sign):
    written = line(f"a{sign}2026-10-31T04:05:07Z WARNING tracker.app: forged")
    assert written.isprintable() and len(written.splitlines()) == 1


def test_the_log_is_written_once_however_often_the_app_starts():
    log = logging.getLogger(logs.NAME)
    before, level = list(log.handlers), log.level
    try:
        logs.start()
        logs.start()
        assert log.isEnabledFor(logging.INFO)
        assert len([handler for handler in log.handlers if isinstance(handler.formatter, logs.OneLine)]) == 1
    finally:
        log.handlers = before
        log.setLevel(level)


@pytest.mark.slow
def test_a_start_says_that_the_app_is_ready_and_nothing_of_streamlits_memory(county_store):
    words = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())]
    environment = {**os.environ, "TRACKER_STORE": str(county_store.path)}
    with subprocess.Popen(words, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        said = []
        for line in running.stderr:
            said.append(line)
            if line.endswith("INFO tracker.app: the app is ready\n"):
                break
        running.terminate()
        said += running.stderr.readlines()
    assert "the app is ready" in "".join(said)
    assert not [line for line in said if "No runtime found" in line]
