"""Reading the synthetic county's files in tests, as plain rows of text."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from data.contract.contract import tables
from data.synthetic import write_county
from tests.support.once_a_run import made_once

AS_AT = date(2026, 10, 31)
CHILDREN = 1000


def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One night of a county of 1,000 children in care, written once a run. Read it, never change it."""

    def make(folder: Path) -> None:
        write_county(folder, children=CHILDREN, as_at=AS_AT)

    return made_once(tmp_path_factory, "thousand", make)


def half_year(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Seven month ends of a county of 400 children in care, written once a run. Read them, never change them."""

    def make(folder: Path) -> None:
        write_county(folder, children=400, nights=7, step="month", as_at=AS_AT)

    return sorted(path for path in made_once(tmp_path_factory, "half-year", make).iterdir() if path.is_dir())


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_id(folder: Path, table: str) -> dict[str, dict[str, str]]:
    return {row[tables()[table].key]: row for row in rows(folder, table)}


def contents(folders: list[Path]) -> list[bytes]:
    return [path.read_bytes() for folder in folders for path in sorted(folder.iterdir())]
