"""``nightly`` itself, killed every 50 milliseconds of its run: one whole night is always shown and the next run succeeds.

Run as a program (STORE EXTRACTS ATTEMPT) it says when it begins and loads the extracts as a night of their own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from data.night.night import Night
from data.store.store import Store, open_night
from metrics.nightly import run_nightly
from tests.deep import examples
from tests.support.killing import READY, Reader, kill_often, start

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
    print(READY, flush=True)
    run_nightly(Store(store), Path(extracts), NIGHT)


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
    attempts = iter(range(KILLS))

    def start_loading() -> subprocess.Popen:
        process = start("-m", "tests.metrics.test_nightly_kill", str(store), str(extracts), str(next(attempts)))
        assert process.stdout.readline().strip() == READY
        return process

    with Reader(store, _what_is_wrong, pause_seconds=0.02) as reader:
        killed = kill_often(start_loading, [STEP_SECONDS * (number + 1) for number in range(KILLS)])
    assert killed > KILLS / 4
    assert reader.faults == []
    assert reader.reads > KILLS

    last = run_nightly(Store(store), county_nights[1], NIGHT)
    after = Store(store)
    assert after.current().name == last.night.name
    assert [problem for night in after.nights() for problem in after.verify(night)] == []
    assert list((store / "building").iterdir()) == []


if __name__ == "__main__":
    _load(*sys.argv[1:])
