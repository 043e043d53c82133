"""Reading the synthetic county's files in tests, as plain rows of text."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from data.contract.contract import tables

AS_AT = date(2026, 10, 31)


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_id(folder: Path, table: str) -> dict[str, dict[str, str]]:
    return {row[tables()[table].key]: row for row in rows(folder, table)}


def contents(folders: list[Path]) -> list[bytes]:
    return [path.read_bytes() for folder in folders for path in sorted(folder.iterdir())]
