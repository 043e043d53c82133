"""Which file of a folder is which table of the contract, and the hash by which a file is known again."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from data.contract.contract import tables
from data.contract.systems import NOT_NAMED, System
from data.errors import NightRefused

KINDS = (".csv", ".parquet")
MOST_SHOWN = 6  # files of a folder in which none is a table


def table_of(path: Path) -> str:
    """The table of the contract that a file is by its name, whatever the letter case; "" for none. A file named as a table alone is a table
    that was fetched from a database, in the form of a CSV."""
    name = path.stem.strip().lower()
    return name if (path.suffix.lower() in KINDS or path.name in tables()) and name in tables() else ""


def tables_in(folder: Path) -> dict[str, Path]:
    """{table of the contract: its file} of a folder. Raises NightRefused for a table that has two files."""
    found: dict[str, Path] = {}
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        name = table_of(path)
        if name in found:
            raise NightRefused(f"{found[name].name} and {path.name} are both the table {name}; leave one of them in {folder}.")
        if name:
            found[name] = path
    return found


def find_files(extracts: Path, system: System = NOT_NAMED) -> tuple[dict[str, Path], tuple[str, ...]]:
    """The file of each table that was supplied, and a warning for each CSV or Parquet file of the folder that is none of them.

    Raises NightRefused when the folder is not there, when a table has two files, or when a required one has none (a file with
    nearly its name is pointed out; not if the ``system`` is known to write nothing into that table).
    """
    if not extracts.is_dir():
        raise NightRefused(f"There is no folder {extracts}; give the folder that holds the extracts.")
    found = tables_in(extracts)
    strays = sorted(path for path in extracts.iterdir() if path.is_file() and path not in found.values())
    if not found:
        raise NightRefused(_nothing(extracts))
    for table in tables().values():
        if table.required and table.name not in found and table.name not in system.lacks_tables:
            raise NightRefused(_missing(table.name, strays, extracts))
    return found, tuple(_stray(path, found) for path in strays if path.suffix.lower() in KINDS or _may_be_meant(path))


def _missing(table: str, strays: list[Path], extracts: Path) -> str:
    near = difflib.get_close_matches(table, [path.stem.lower() for path in strays], n=1, cutoff=0.7)
    likely = next((path for path in strays if near and path.stem.lower() == near[0]), None)
    if likely is None:
        return f"{table}.csv is missing from {extracts}; every data load needs it, so export it again."
    return f"{table}.csv is missing from {extracts}, which does hold {likely.name}; if that is the table, name it {table}.csv."


def _nothing(extracts: Path) -> str:
    """What to say of a folder in which no file is a table: what it does hold."""
    holds = sorted(extracts.iterdir())
    shown = ", ".join(f"the folder {path.name}" if path.is_dir() else path.name for path in holds[:MOST_SHOWN])
    more = f" and {len(holds) - MOST_SHOWN} more" if len(holds) > MOST_SHOWN else ""
    return (
        f"{extracts} holds no table of the Standard Safeguarding Dataset (ssd_person.csv and others), no SSDA903 return and no Annex A "
        f"workbook. It holds {shown + more or 'nothing'}: give the folder with the files in it, each under the name of its table."
    )


def _stray(path: Path, found: dict[str, Path]) -> str:
    absent = [name for name in tables() if name not in found]
    near = _named_in(path) or next(iter(difflib.get_close_matches(path.stem.strip().lower(), absent, n=1, cutoff=0.8)), "")
    if near in found:
        return f"{path.name} was not read: the table {near} is read from {found[near].name}. Leave one of the two in the folder."
    advice = f"; if it is the table {near}, name it {near}.csv" if near else ""
    return f"{path.name} is not a table of the contract and was not read{advice}."


def _may_be_meant(path: Path) -> bool:
    """Whether a file of another kind may be meant as a table. Workbooks with the council's own tables may be mapped."""
    name = _named_in(path)
    return name.startswith("ssd_") or (bool(name) and not path.suffix.lower().startswith(".xls"))


def _named_in(path: Path) -> str:
    """The table whose name stands in a file's, with something before or behind it, such as dbo. or a date; "" for none."""
    found = [name for name in tables() if re.search(rf"(?<![a-z_]){name}(?![a-z])", path.name.lower())]
    return max(found, key=len, default="")


def add_own_tables(found: dict[str, Path], own: Mapping[str, Path]) -> dict[str, Path]:
    """The files of a folder and, for other tables, ``own``: those made of the council's own workbooks. Raises NightRefused where a table
    has both."""
    for name, path in own.items():
        if name in found:
            raise NightRefused(
                f"{found[name].name} and {path.name}, which mapping.toml names, are both the table {name}; leave one of the two."
            )
    return found | dict(own)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
