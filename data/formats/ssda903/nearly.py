"""A CSV file that is no table of the return as it stands, and yet seems to be one: which, and what is wrong with it."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TextIO

from data.reading.header import SEPARATORS, fold_name

LOOKED_AT = 10  # lines in which the columns may stand below a title
SHARE = 0.6  # of a table's columns, by which it is known


@dataclass(frozen=True)
class Nearly:
    """The table that a file seems to be, and what is wrong, as the end of a sentence."""

    table: str
    wrong: str


def nearly_a_table(file: TextIO, columns: Mapping[str, Collection[str]], needed: Mapping[str, Collection[str]]) -> Nearly | None:
    """What a file seems to be. ``columns``: the tables' columns in lower case, and those that each must have (``needed``)."""
    lines = [line.rstrip("\r\n") for line in islice(file, LOOKED_AT)]
    found = [
        (share, -at, table, separator, names)
        for at, line in enumerate(lines)
        for separator in (",", *SEPARATORS)
        if len(names := {fold_name(name.strip('"')) for name in next(csv.reader([line], delimiter=separator), [])}) > 1
        for table in columns
        if (share := len(names.intersection(columns[table])) / len(columns[table])) >= SHARE
    ]
    if not found:
        return None
    _, above, table, separator, names = max(found, key=lambda one: one[:3])
    missing = [name.upper() for name in needed[table] if name not in names]
    wrong = [
        "its columns are not separated by commas" if separator != "," else "",
        f"its columns are named on line {1 - above}, and must be on the first" if above else "",
        f"it has no column {', '.join(missing)}" if missing else "",
    ]
    return Nearly(table, "; ".join(filter(None, wrong)) or "its first line is not as it should be")
