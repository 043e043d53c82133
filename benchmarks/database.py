"""The dataset read from PostgreSQL against the same rows from CSV files, and the memory that fetching takes as the rows grow."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path

import psycopg

from benchmarks.alone import Alone, run_alone
from benchmarks.machine import Figure, Times, gigabytes, ratios
from benchmarks.nightly import AS_AT, county_extracts

RATIO_BAR = 1.5
MEMORY_BAR = 1.1
LARGER = 5
BLOCK = 1 << 20
SCHEMA = "benchmark_ssd"
# The address reaches the process that is measured by this variable, as a council's own would by its settings.
ADDRESS = "BENCH_DATABASE"


def _fill(url: str, extracts: Path) -> int:
    """Write the files into the database's own schema, which is emptied first, and give the rows."""
    rows = 0
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"drop schema if exists {SCHEMA} cascade")
        connection.execute(f"create schema {SCHEMA}")
        for path in sorted(extracts.glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                columns = ", ".join(f"{name} text" for name in next(csv.reader(file)))
            connection.execute(f"create table {SCHEMA}.{path.stem} ({columns})")  # type: ignore[arg-type]
            with connection.cursor() as cursor:
                statement = f"copy {SCHEMA}.{path.stem} from stdin (format csv, header)"
                # In blocks: a process that is started from this one counts this one's memory as its own.
                with cursor.copy(statement) as copied, path.open("rb") as file:  # type: ignore[arg-type]
                    while block := file.read(BLOCK):
                        copied.write(block)
                rows += cursor.rowcount
    return rows


def run(children: int, runs: int, url: str, progress: Callable[[str], None]) -> list[Figure]:
    """The ratio for a county of so many children in care, and the growth of the memory with five times as many.

    ``url``: a PostgreSQL database that may be written to; without one nothing is measured.
    """
    if not url:
        progress("database: left out; give a PostgreSQL database that may be written to with --database postgresql://...")
        return []
    os.environ[ADDRESS] = url
    extracts = county_extracts(children, progress)
    rows = _fill(url, extracts)
    ours: list[Alone] = []
    theirs: list[Alone] = []
    for run in range(1, runs + 1):
        progress(f"from the database and from files, run {run} of {runs}")
        ours.append(run_alone("read_database", extracts, AS_AT))
        theirs.append(run_alone("read_files", extracts, AS_AT))
    small = run_alone("fetch", extracts, AS_AT)
    many = _fill(url, larger := county_extracts(children * LARGER, progress))
    large = run_alone("fetch", larger, AS_AT)
    mine, others = (Times(tuple(one.seconds for one in times)) for times in (ours, theirs))
    ratio, spread = ratios(mine, others)
    starts = [Times(tuple(one.start for one in times)) for times in (ours, theirs)]
    about = {
        "from the database": f"{mine}; {rows:,} rows; the process's start, with the libraries of databases, is {starts[0]} more",
        "from files": f"{others}; the process's start is {starts[1]} more",
        "ratios": spread,
    }
    memory = {f"{rows:,} rows": gigabytes(small.memory), f"{many:,} rows": gigabytes(large.memory)}
    return [
        Figure(f"reading from PostgreSQL over reading CSV, {children:,} children in care", ratio, RATIO_BAR, " times", about),
        Figure("memory of fetching, five times the rows over once", large.memory / small.memory, MEMORY_BAR, " times", memory),
    ]
