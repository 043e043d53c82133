"""Which file of a folder is which table of the contract, and the hash by which a file is known again."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from data.contract.contract import tables
from data.contract.systems import NOT_NAMED, System
from data.errors import NightRefused

KINDS = (".csv", ".parquet")
MOST_SHOWN = 6  # files of a folder in which none is a table
# What scheduled exports write before or behind a table's name, what separates it taken out: a day, a day and a time, or a month.
# Of digits alone, by their number.
DAYS = {6: ("%Y%m",), 8: ("%Y%m%d", "%d%m%Y"), 12: ("%Y%m%d%H%M",), 14: ("%Y%m%d%H%M%S",)}
DAYS_IN_WORDS = ("%d%b%Y", "%d%B%Y", "%b%Y", "%B%Y")
YEARS = range(2000, 2100)
NEAR = 31  # days: a name may have the month alone


@dataclass(frozen=True)
class TableName:
    """What a file's name says: the table of the contract, and the day or the month (its first day) that stands beside it, if one does."""

    table: str
    day: date | None = None


def read_name(path: Path, names: Collection[str] | None = None) -> TableName | None:
    """The table that a file is by its name, whatever the letter case; None for none. ``names``: of these tables; left out: the contract's.

    A database's schema before the table (``dbo.ssd_person.csv``) and a date before or behind it (``ssd_person_20261031.csv``) are taken
    for what they are; any other words may say that it is another file (``ssd_person old.csv``). A file named as a table alone is a table
    that was fetched from a database, in the form of a CSV.
    """
    known = tables() if names is None else names
    if path.suffix.lower() not in KINDS and path.name not in known:
        return None
    stem = path.stem.strip().lower()
    if stem in known:
        return TableName(stem)
    found = _name_pattern(tuple(known)).fullmatch(stem)
    beside = [found[side] for side in ("before", "behind") if found[side]] if found else []
    day = _day(beside[0]) if len(beside) == 1 else None
    return TableName(found["table"], day) if found and (not beside or day) else None


@cache
def _name_pattern(tables: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, tables), key=len, reverse=True))
    schema = r"(?:(?:\w+|\[\w+\])\.)*"
    return re.compile(rf"(?:(?P<before>.*?\d)[-_. ]+)??{schema}\[?(?P<table>{names})\]?(?:[-_. ]+(?P<behind>.*))?")


def _day(text: str) -> date | None:
    """The day, or the first of the month, that a text beside a table's name is; None where it is something else."""
    joined = re.sub(r"(?<=\d)t(?=\d)|[-_.: ]", "", text)
    for form in DAYS.get(len(joined), ()) if joined.isdecimal() else DAYS_IN_WORDS:
        with suppress(ValueError):
            day = datetime.strptime(joined, form).date()
            if day.year in YEARS:
                return day
    return None


def table_of(path: Path) -> str:
    """The table of the contract that a file is by its name (``read_name``); "" for none."""
    name = read_name(path)
    return name.table if name else ""


def lasting_name(path: Path) -> str:
    """A file's name, without a schema or a date beside the name of its table: by it the file is known from one load to the next."""
    table = table_of(path)
    return path.name if not table or path.stem.strip().lower() == table else f"{table}{path.suffix.lower()}"


def two_files(table: str, one: Path, other: Path, folder: Path) -> NightRefused:
    """That a table has two files of a folder."""
    return NightRefused(f"{one.name} and {other.name} are both the table {table}; leave one of them in {folder}.")


def tables_in(folder: Path) -> dict[str, Path]:
    """{table of the contract: its file} of a folder. Raises NightRefused for a table that has two files."""
    found: dict[str, Path] = {}
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        name = table_of(path)
        if name in found:
            raise two_files(name, found[name], path, folder)
        if name:
            found[name] = path
    return found


@dataclass(frozen=True)
class FoundFiles:
    """The file of each table that was supplied, a warning for each CSV or Parquet file of the folder that is none of them, and which
    required tables have no file, as a sentence ("" for none)."""

    tables: dict[str, Path]
    warnings: tuple[str, ...]
    missing: str = ""


def find_files(extracts: Path, system: System = NOT_NAMED) -> FoundFiles:
    """The files of a folder. Raises NightRefused when it is not there, holds no table, or has two files of one table.

    Of a required table without a file, a file with nearly its name is pointed out; one into which the ``system`` is known to write nothing
    is not missed.
    """
    if not extracts.is_dir():
        raise NightRefused(f"There is no folder {extracts}; give the folder that holds the extracts.")
    found = tables_in(extracts)
    strays = sorted(path for path in extracts.iterdir() if path.is_file() and path not in found.values())
    if not found:
        raise NightRefused(_nothing(extracts))
    missing = [
        name for name, table in tables().items() if table.required and name not in found and name not in system.lacks_tables
    ]
    lacking = ""
    if missing:
        also = f" {', '.join(f'{name}.csv' for name in missing[1:])} {'is' if len(missing) == 2 else 'are'} missing too."
        lacking = f"{_missing(missing[0], strays, extracts)}{also if missing[1:] else ''}"
    said = [_stray(path, found) for path in strays if path.suffix.lower() in KINDS or _may_be_meant(path)]
    return FoundFiles(found, (*_of_several_days(found), *said), lacking)


def _days(found: Mapping[str, Path]) -> dict[date, list[str]]:
    """The days in files' names, each with its files."""
    days: dict[date, list[str]] = {}
    for path in found.values():
        if (name := read_name(path)) and name.day:
            days.setdefault(name.day, []).append(path.name)
    return days


def of_another_day(found: Mapping[str, Path], as_at: date) -> list[str]:
    """A sentence where the newest day in the files' names is not near the day of the load: they may be another export's."""
    days = _days(found)
    if not days or abs(as_at - max(days)).days <= NEAR:
        return []
    day = max(days)
    return [
        f"By its name {days[day][0]} is of {day:%d/%m/%Y}, and no file's name has a later day, while the load is as at {as_at:%d/%m/%Y}. "
        "Export again, or give the day of the files with --as-at."
    ]


def _of_several_days(found: Mapping[str, Path]) -> list[str]:
    """A sentence where the days in the files' names differ: the older ones may be left over from an earlier export."""
    days = _days(found)
    if len(days) < 2:
        return []
    newest = max(days)
    older = [name for day, names in sorted(days.items()) if day != newest for name in names]
    shown = ", ".join(older[:MOST_SHOWN]) + (f" and {len(older) - MOST_SHOWN} more" if len(older) > MOST_SHOWN else "")
    return [
        f"By their names the files are of several days: {days[newest][0]} is the newest, and {shown} {'is' if len(older) == 1 else 'are'} "
        "older. Export again what was left over from an earlier day."
    ]


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
    found = [name for name in tables() if re.search(rf"(?<![a-z]){name}(?![a-z])", path.name.lower())]
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
