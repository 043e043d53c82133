"""Extracts in any form that the tracker reads, by one door: which form a folder has, its files' hashes, its date, and its rows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb

from data.contract.systems import named
from data.errors import NightRefused
from data.formats.annex_a import reading as annex_a
from data.formats.annex_a.folder import find_workbook, workbooks
from data.formats.files.workbook import KINDS as WORKBOOKS
from data.formats.ssda903 import reading as ssda903
from data.formats.ssda903.folder import NEEDED, find_return_files, last_return_day, look_at
from data.night import durable
from data.reading.folder import find_files, lasting_name
from data.reading.load_report import LoadReport
from data.reading.own_tables import OwnTable
from data.reading.reading import read_night
from data.reading.unknown_codes import UnknownCode, dataset_files, find_unknown_codes
from data.settings import Settings

SSD, SSDA903, ANNEX_A = "ssd", "ssda903", "annex-a"
FORMATS = (SSD, SSDA903, ANNEX_A)
FORM_NAMES = {SSDA903: "an SSDA903 return", ANNEX_A: "an Annex A workbook"}
EXCEL = (*WORKBOOKS, ".xls")
READERS = {SSD: read_night, SSDA903: ssda903.read_returns, ANNEX_A: annex_a.read_workbook}


def recognise(extracts: Path) -> str:
    """The form of the extracts: an Annex A workbook, or the files of a folder.

    These are SSDA903 where one is a return as XML, or has the columns of its Episodes or Header; Annex A where one is a workbook with a
    List 8; and the Standard Safeguarding Dataset where one is ssd_person, or nothing says otherwise. Raises NightRefused for a folder that
    is not there, or that holds a return and a workbook.
    """
    if extracts.is_file() and extracts.suffix.lower() in EXCEL:
        return ANNEX_A
    found = look_at(extracts)
    if "ssd_person" in found.contract:
        return SSD
    returned = {*found.tables, *(seems.table for _, seems in found.nearly)}
    is_return, books = bool(found.xml) or not returned.isdisjoint(NEEDED), workbooks(extracts)
    if is_return and books:
        raise NightRefused(
            f"{extracts} holds an SSDA903 return and an Annex A workbook, {books[0].name}; leave one of the two in it."
        )
    if is_return:
        return SSDA903
    # A workbook whose sheets have other names may be told by its headings; an old one is told to be old.
    only_books = not found.contract and not found.strays and any(path.suffix.lower() in EXCEL for path in extracts.iterdir())
    return ANNEX_A if books or only_books else SSD


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
    """Read extracts into the contract's tables of ``con``, whatever their form (``form``: one of FORMATS; recognised when left out), and
    ``own``, the tables made of the council's own workbooks.

    For the tables that it makes and for what it raises, see ``read_night``.
    """
    recognised = recognise(extracts) if form != ANNEX_A else ANNEX_A
    chosen = form or recognised
    if chosen != recognised and recognised in FORM_NAMES:
        raise NightRefused(f"{extracts} holds {FORM_NAMES[recognised]}; leave --format out, or give --format {recognised}.")
    return READERS[chosen](con, extracts, settings, as_at, progress, spellings=spellings, scratch=scratch, own=own)


def find_unknown_values(
    con: duckdb.DuckDBPyConnection,
    extracts: Path,
    settings: Settings,
    spellings: Path | None,
    progress: Callable[[str], None] = lambda line: None,
    *,
    form: str | None = None,
) -> list[UnknownCode]:
    """Every value of the extracts that is in no list of codes, whatever their form. Raises NightRefused for what cannot be read."""
    chosen = form or recognise(extracts)
    with tempfile.TemporaryDirectory(prefix="coded-") as folder:
        if chosen == SSDA903:
            files = ssda903.coded_files(extracts, Path(folder))
        elif chosen == ANNEX_A:
            files = annex_a.coded_files(extracts, Path(folder))
        else:
            files = dataset_files(extracts, settings)
        return find_unknown_codes(con, files, settings, spellings, progress)


def own_date(extracts: Path, form: str | None = None) -> date | None:
    """The day that the files themselves give for the load: that of the newest return, if it is past. None where they give none."""
    if (form or recognise(extracts)) != SSDA903:
        return None
    last = last_return_day(extracts)
    return last if last and last <= date.today() else None


def files_read(extracts: Path, settings: Settings, form: str | None = None) -> list[Path]:
    """Every file that is read, in the order of names. Raises NightRefused for a folder that cannot be told apart; what its files lack is
    said when they are read."""
    chosen = form or recognise(extracts)
    if chosen == SSDA903:
        return find_return_files(extracts)[0].paths
    if chosen == ANNEX_A:
        return find_workbook(extracts).paths
    return sorted(find_files(extracts, named(settings.system)).tables.values())


def fingerprint(extracts: Path, settings: Settings, form: str | None = None) -> dict[str, str]:
    """{file name, as ``lasting_name`` gives it: SHA-256 of its bytes} of every file that is read. Raises NightRefused."""
    paths = files_read(extracts, settings, form)
    # Hashing lets other threads run, so two files at a time use both cores.
    with ThreadPoolExecutor(max_workers=2) as both:
        return {lasting_name(path): digest for path, digest in zip(paths, both.map(durable.sha256, paths), strict=True)}
