"""Extracts in any form that the tracker reads, by one door: which form a folder has, its files' hashes, its date, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import duckdb

from data.contract.systems import named
from data.errors import NightRefused
from data.formats.ssda903.folder import NEEDED, find_return_files, last_return_day, look_at
from data.formats.ssda903.reading import read_returns
from data.reading.folder import fingerprint as fingerprint_of_dataset
from data.reading.folder import sha256_of
from data.reading.load_report import LoadReport
from data.reading.own_tables import OwnTable
from data.reading.reading import read_night
from data.settings import Settings

SSD, SSDA903 = "ssd", "ssda903"
FORMATS = (SSD, SSDA903)


def recognise(extracts: Path) -> str:
    """The form of a folder's files: SSDA903 where one is a return as XML, or has the columns of its Episodes or Header, and none is
    ssd_person; else the Standard Safeguarding Dataset. Raises NightRefused for a folder that is not there."""
    found = look_at(extracts)
    return SSDA903 if (found.xml or any(name in found.tables for name in NEEDED)) and "ssd_person" not in found.contract else SSD


def read_extracts(
    con: duckdb.DuckDBPyConnection,
    extracts: Path,
    settings: Settings,
    as_at: date,
    progress: Callable[[str], None] = lambda line: None,
    *,
    form: str | None = None,
    spellings: Path | None = None,
    scratch: Path | None = None,
    own: Mapping[str, OwnTable] | None = None,
) -> LoadReport:
    """Read a folder into the contract's tables of ``con``, whatever its form (``form``: one of FORMATS; recognised when left out), and
    ``own``, the tables made of the council's own workbooks.

    For the tables that it makes and for what it raises, see ``read_night``.
    """
    recognised = recognise(extracts)
    if form and form != recognised and recognised == SSDA903:
        raise NightRefused(f"{extracts} holds an SSDA903 return; leave --format out, or give --format {SSDA903}.")
    read = read_returns if (form or recognised) == SSDA903 else read_night
    return read(con, extracts, settings, as_at, progress, spellings=spellings, scratch=scratch, own=own)


def own_date(extracts: Path, form: str | None = None) -> date | None:
    """The day that the files themselves give for the load: that of the newest return, if it is past. None where they give none."""
    if (form or recognise(extracts)) != SSDA903:
        return None
    last = last_return_day(extracts)
    return last if last and last <= date.today() else None


def fingerprint(extracts: Path, settings: Settings, form: str | None = None) -> dict[str, str]:
    """{file name: SHA-256 of its bytes} of every file of a folder that is read. Raises NightRefused."""
    if (form or recognise(extracts)) == SSDA903:
        return {path.name: sha256_of(path) for path in find_return_files(extracts).paths}
    return fingerprint_of_dataset(extracts, named(settings.system))
