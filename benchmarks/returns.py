"""Reading nine SSDA903 returns into typed tables, checked and flagged, against pandas merely reading the same files with their dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas

from benchmarks.machine import Figure, ratios, turn_about
from data.formats.reading import read_extracts
from data.formats.ssda903.folder import look_at, return_tables
from data.formats.ssda903.writing import write_returns
from data.reading.reading import read_night
from data.settings import Settings
from data.synthetic import write_county

AS_AT = date(2026, 3, 31)
BAR = 1.0


def read_with_pandas(files: dict[Path, list[str]]) -> int:
    """Read CSV files, every column as text but the named ones, which are dates; gives the rows."""
    rows = 0
    for path, dates in files.items():
        frame = pandas.read_csv(path, dtype=str)
        for name in dates:
            frame[name] = pandas.to_datetime(frame[name], format="%d/%m/%Y")
        rows += len(frame)
    return rows


def _dates(folder: Path) -> dict[Path, list[str]]:
    found = look_at(folder)
    files = {}
    for table, paths in found.tables.items():
        dates = [column.name.upper() for column in return_tables()[table].columns if column.kind == "date"]
        for path in paths:
            written = path.read_text(encoding="utf-8").splitlines()[0].split(",")
            files[path] = [name for name in dates if name in written]
    return files


def _read(folder: Path) -> None:
    with duckdb.connect() as connection:
        read_extracts(connection, folder, Settings(), AS_AT)


def run(children: int, runs: int, progress: Callable[[str], None]) -> list[Figure]:
    """The ratio, for a county of so many children in care."""
    with TemporaryDirectory() as place:
        county, folder = Path(place) / "county", Path(place) / "returns"
        progress(f"writing the nine returns of {children:,} children in care")
        write_county(county, children=children, as_at=AS_AT)
        with duckdb.connect() as connection:
            read_night(connection, county, Settings(), AS_AT)
            files = len(write_returns(connection, folder, AS_AT, Settings()))
        dates = _dates(folder)
        rows = read_with_pandas(dates)
        progress(f"reading both in turns, {runs} times")
        ours, plain = turn_about(lambda: _read(folder), lambda: read_with_pandas(dates), runs)
        ratio, spread = ratios(ours, plain)
        measured = {"ours": str(ours), "pandas": f"{plain}; {rows:,} rows in {files} files", "ratios": spread}
    return [Figure(f"reading SSDA903 returns over pandas, {children:,} children in care", ratio, BAR, " times", measured)]
