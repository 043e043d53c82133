"""``nightly`` itself, killed every 50 milliseconds of its run: one whole night is always shown and the next run succeeds.

Run as a program (STORE EXTRACTS) it loads the extracts for each line that it is sent, an attempt's number and after how many seconds to
kill it, in a process that it forks, and says how that ended.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from data.night.night import Night
from data.store.store import Store, open_night
from metrics.nightly import run_nightly
from tests.deep import examples
from tests.support.killing import ROOT, Reader

NIGHT = date(2026, 10, 31)
KILLS = int(os.environ.get("TRACKER_KILLS", examples(5, 100)))
# The moments of the kills are spread over the load's first seconds, or every 50 ms of a longer time when there are many.
STEP_SECONDS = max(0.05, 2.1 / KILLS)


def _load(store: str, extracts: str, attempt: str) -> None:
    workers = Path(extracts) / "ssd_professionals.csv"
    lines = workers.read_text(encoding="utf-8").splitlines()
    # Each attempt is a night of its own, or the first whole one would make all others "unchanged".
    workers.write_text(
        "\n".join([*lines[:1], f"attempt-{attempt}-{os.getpid()},Nobody,Nothing", *lines[2:]]) + "\n", encoding="utf-8"
    )
    run_nightly(Store(store), Path(extracts), NIGHT)


def _loads(store: str, extracts: str) -> None:
    """One program for all loads, which has what they import and has opened no database."""
    for line in sys.stdin:
        attempt, seconds = line.split()
        child = os.fork()
        if not child:
            _load(store, extracts, attempt)
            os._exit(0)
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


@contextmanager
def killed_after(store: Path, extracts: Path) -> Iterator[Callable[[int, float], bool]]:
    """Kill -9 a load after so many seconds; gives whether it was still running."""
    words = [sys.executable, "-m", "tests.metrics.test_nightly_kill", str(store), str(extracts)]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:

        def killed(attempt: int, seconds: float) -> bool:
            process.stdin.write(f"{attempt} {seconds}\n")
            return int(process.stdout.readline()) == -signal.SIGKILL

        yield killed


def _what_is_wrong(night: Night) -> str | None:
    with open_night(night) as connection:
        children = (
            connection.cursor()
            .execute(
                "select sum(children) from population where population = 'children_in_care' and as_at = $as_at",
                {"as_at": night.as_at},
            )
            .fetchone()[0]
        )
    return None if children == night.manifest["children_in_care"] else f"{night.name} shows {children} children"


@pytest.mark.slow
def test_a_night_killed_at_any_moment_leaves_one_whole_night_shown(tmp_path, county_nights):
    extracts, store = tmp_path / "extracts", tmp_path / "store"
    run_nightly(Store(store), county_nights[0], date(2026, 10, 30))
    shutil.copytree(county_nights[1], extracts)
    with Reader(store, _what_is_wrong, pause_seconds=0.02) as reader, killed_after(store, extracts) as kill:
        killed = sum(kill(number, STEP_SECONDS * (number + 1)) for number in range(KILLS))
    assert killed > KILLS / 4
    assert reader.faults == []
    assert reader.reads > KILLS

    last = run_nightly(Store(store), county_nights[1], NIGHT)
    after = Store(store)
    assert after.current().name == last.night.name
    assert [problem for night in after.nights() for problem in after.verify(night)] == []
    assert list((store / "building").iterdir()) == []


if __name__ == "__main__":
    _loads(*sys.argv[1:])
