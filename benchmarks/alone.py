"""One piece of work in a process of its own, so that its memory and its start are its own: ``python -m benchmarks.alone``.

The time is that of the work; the process's start (Python, and the libraries that it imports) is told apart.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from benchmarks.machine import BUILD, memory_at_most

HOUSE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Alone:
    """``seconds`` of the work, ``start`` of the process before it, ``memory`` in bytes at most, and what there was in it."""

    seconds: float
    start: float
    memory: int
    count: int


def run_alone(work: str, extracts: Path, as_at: date) -> Alone:
    """Do a piece of work (``main`` has their names) on a folder of extracts, in a new process and a new folder."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        command = [sys.executable, "-m", "benchmarks.alone", work, str(extracts), as_at.isoformat(), folder]
        started = time.perf_counter()
        done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True)
        whole = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with status {done.returncode}: {done.stderr}")
    measured = json.loads(done.stdout)
    return Alone(**(measured | {"start": whole - measured["seconds"]}))


def _nightly(extracts: Path, as_at: date, folder: Path) -> Alone:
    from data.store.store import Store
    from metrics.nightly import run_nightly

    store = Store(folder / "store")
    started = time.perf_counter()
    result = run_nightly(store, extracts, as_at)
    return Alone(time.perf_counter() - started, 0, memory_at_most(), result.children_in_care)


def _plain_load(extracts: Path, as_at: date, folder: Path) -> Alone:
    from benchmarks.plain_load import plain_files, plain_load

    files = plain_files(extracts)
    started = time.perf_counter()
    rows = plain_load(files, folder / "plain.duckdb")
    return Alone(time.perf_counter() - started, 0, memory_at_most(), rows)


def _database_settings():
    from data.database_address import DatabaseAddress
    from data.settings import Settings

    return Settings(database=DatabaseAddress(url=os.environ["BENCH_DATABASE"], schema="benchmark_ssd"))


def _read(extracts: Path | None, as_at: date) -> Alone:
    import duckdb

    from data.formats.gathering import gathered

    if not extracts:
        # Imported when a load meets a database; here with the process's start, as every library is.
        import data.formats.database.fetching  # noqa: F401

    settings = _database_settings()
    started = time.perf_counter()
    with gathered(extracts, settings) as came, duckdb.connect() as connection:
        report = came.read(connection, settings, as_at)
    return Alone(time.perf_counter() - started, 0, memory_at_most(), report.rows_read)


def _fetch(extracts: Path, as_at: date, folder: Path) -> Alone:
    from data.formats.database.connecting import connected
    from data.formats.database.fetching import CONNECTIONS, fetch

    started = time.perf_counter()
    with connected(_database_settings(), CONNECTIONS) as opened:
        fetched = fetch(opened, _database_settings(), folder)
    return Alone(time.perf_counter() - started, 0, memory_at_most(), len(fetched.tables))


def main() -> None:
    work, extracts, as_at, folder = sys.argv[1:]
    doing = {
        "nightly": _nightly,
        "plain_load": _plain_load,
        "read_files": lambda extracts, as_at, folder: _read(extracts, as_at),
        "read_database": lambda extracts, as_at, folder: _read(None, as_at),
        "fetch": _fetch,
    }[work]
    print(json.dumps(asdict(doing(Path(extracts), date.fromisoformat(as_at), Path(folder)))))


if __name__ == "__main__":
    main()
