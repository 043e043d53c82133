"""Which file of a folder is which table of the return: by its columns, whatever its name."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from data.contract.contract import Table, read_tables
from data.errors import NightRefused, Refusals
from data.formats.ssda903.nearly import Nearly, nearly_a_table
from data.formats.ssda903.xml_files import is_return
from data.reading.decoding import open_text
from data.reading.folder import read_name, two_files
from data.reading.folder import table_of as table_in_contract
from data.reading.header import fold_name

HERE = Path(__file__).parent
DAY = re.compile(r"\d{2}/(?P<month>\d{2})/(?P<year>\d{4})")
XML_DECOM = re.compile(rf"<DECOM>\s{{0,100}}{DAY.pattern}", re.IGNORECASE)
BLOCK, LONGEST_START = 1 << 20, 200
SUPPLEMENT = "local_care_plan"
NOT_USED = ("ssda903_oc3", "ssda903_previous_permanence", "ssda903_missing", "ssda903_oc2", "ssda903_dolo")
NEEDED = ("ssda903_header", "ssda903_episodes")
# Columns of Episodes that every return has, and without which it says neither where a child lives nor why care began, changed or ended. A
# value may be empty; a column may not be missing.
ALWAYS_THERE = {"ssda903_episodes": ("rne", "ls", "place", "rec")}
# The contract's tables that the return's episodes are read into, which therefore cannot stand beside them.
FROM_EPISODES = ("ssd_person", "ssd_cla_episodes", "ssd_legal_status", "ssd_cla_placement")


@cache
def return_tables() -> dict[str, Table]:
    """The return's tables, and the supplement, by name."""
    return read_tables(HERE / "tables.toml")


@dataclass(frozen=True)
class ReturnFiles:
    """The files of a folder: of each table of the return, returns as XML, the supplement of care plans, tables of the contract, others;
    ``nearly``: those of the others that seem to be a table of the return."""

    tables: dict[str, tuple[Path, ...]]
    supplement: Path | None
    contract: dict[str, Path]
    strays: tuple[Path, ...]
    xml: tuple[Path, ...] = ()
    nearly: tuple[tuple[Path, Nearly], ...] = ()

    @property
    def paths(self) -> list[Path]:
        """Every file that is read, in the order of names."""
        found = [path for paths in self.tables.values() for path in paths]
        return sorted([*found, *self.xml, *self.contract.values(), *([self.supplement] if self.supplement else [])])


def find_return_files(extracts: Path) -> tuple[ReturnFiles, Refusals]:
    """The files of a folder told apart, and what of them refuses the load: there is no Header or no Episodes, or a file seems to be a table
    and lacks something of it.

    Raises NightRefused for a folder that is not there, and for what stands in it twice.
    """
    found, refusals = look_at(extracts), Refusals()
    for name in FROM_EPISODES:
        if name in found.contract:
            raise NightRefused(
                f"{extracts} has {found.contract[name].name} beside an SSDA903 return, which is read into the same table; leave one of the "
                "two in the folder."
            )
    if found.xml and found.tables:
        csv_file = next(iter(found.tables.values()))[0]
        raise NightRefused(
            f"{extracts} has the return as XML ({found.xml[0].name}) and as CSV ({csv_file.name}); leave one of the two."
        )
    for path, seems in found.nearly:
        if seems.table in NEEDED:
            refusals.found.append(NightRefused(f"{path.name} {_seems(seems)}. Export it again, or take it out of the folder."))
        elif seems.table in found.tables and seems.table not in NOT_USED:
            mend = f"Export it again, or take it out of the folder if it is no table of the return.{advice_on(seems.table)}"
            refusals.found.append(NightRefused(f"{path.name} {_seems(seems)}. {mend}"))
    nearly = {seems.table for _, seems in found.nearly}
    for path in found.strays:
        table = _named_as(path, found)
        empty = not path.stat().st_size
        # A year without any review may have an empty file of them; one without children has no return.
        if table and path not in dict(found.nearly) and (table in NEEDED or not empty):
            wrong = "it is empty (0 bytes)" if empty else "its first line does not name their columns"
            refusals.found.append(
                NightRefused(
                    f"{path.name} is named as the {return_tables()[table].title} tables of other years, but {wrong}. "
                    f"Export it again.{advice_on(table)}"
                )
            )
    for name in NEEDED:
        if name not in found.tables and name not in nearly and not found.xml:
            title, columns = return_tables()[name].title, ", ".join(_signature(return_tables()[name])).upper()
            refusals.found.append(
                NightRefused(
                    f"{extracts} has no {title} table of the SSDA903 return: no file has all its columns ({columns}). "
                    "Export it again; the names of the files do not matter."
                )
            )
    return found, refusals


def advice_on(table: str) -> str:
    """What else can be done where the file of a year cannot be read: to leave out that year's alone would make wrong figures."""
    if table in NEEDED:
        return ""
    title = return_tables()[table].title
    return (
        f" Or take the {title} files of all years out of the folder: what needs them is then not supplied. Without those of one year alone "
        "figures would be wrong."
    )


def look_at(extracts: Path) -> ReturnFiles:
    """The same without asking whether it is a return. Raises NightRefused for a folder that is not there.

    A folder in which nothing has changed is looked at once.
    """
    if not extracts.is_dir():
        raise NightRefused(f"There is no folder {extracts}; give the folder, zip or workbook that holds the extracts.")
    with os.scandir(extracts) as entries:
        found = {extracts / entry.name: entry.stat() for entry in entries if entry.is_file()}
    return _look_at(extracts, tuple((path, found[path].st_size, found[path].st_mtime_ns) for path in sorted(found)))


@lru_cache(maxsize=4)
def _look_at(extracts: Path, files: tuple[tuple[Path, int, int], ...]) -> ReturnFiles:
    found: dict[str, list[Path]] = {}
    contract: dict[str, Path] = {}
    strays = []
    supplement = None
    for path in (path for path, _, _ in files if path.suffix.lower() in (".csv", ".parquet")):
        if read_name(path, [SUPPLEMENT]):
            if supplement:
                raise two_files(SUPPLEMENT, supplement, path, extracts)
            supplement = path
        elif name := table_in_contract(path):
            if name in contract:
                raise two_files(name, contract[name], path, extracts)
            contract[name] = path
        elif table := table_of(path):
            found.setdefault(table, []).append(path)
        else:
            strays.append(path)
    xml = tuple(path for path, _, _ in files if path.suffix.lower() == ".xml" and is_return(path))
    ordered = {name: tuple(found[name]) for name in return_tables() if name in found}
    nearly = tuple((path, seems) for path in strays if path.suffix.lower() == ".csv" and (seems := _nearly(path)))
    return ReturnFiles(ordered, supplement, contract, tuple(strays), xml, nearly)


def warnings_of(found: ReturnFiles) -> list[str]:
    """A sentence for each file that was not read."""
    seem = dict(found.nearly)
    return [
        f"{path.name} was not read: it {_seems(seem[path])}." if path in seem else _stray(path, found) for path in found.strays
    ]


def _named_as(path: Path, found: ReturnFiles) -> str:
    """The table whose files of other years have the same name as a file, but for digits; "" for none, and for one that is not used."""
    name = _without_digits(path)
    tables = {table for table, paths in found.tables.items() if name in map(_without_digits, paths)}
    return tables.pop() if len(tables) == 1 and tables.isdisjoint(NOT_USED) and re.search("[a-z]", name) else ""


def _without_digits(path: Path) -> str:
    return re.sub(r"\d+", "", path.stem.lower())


def _stray(path: Path, found: ReturnFiles) -> str:
    if not path.stat().st_size:
        named = _named_as(path, found)
        said = (
            f"It is named as the {return_tables()[named].title} tables of other years: what"
            if named
            else "If it is a table of the return, what"
        )
        return f"{path.name} is empty (0 bytes) and was not read. {said} that year's has is missing, so export it again."
    return f"{path.name} is neither a table of the return nor of the contract, and was not read."


def _seems(seems: Nearly) -> str:
    return f"seems to be the {return_tables()[seems.table].title} table of the SSDA903 return, but {seems.wrong}"


def _nearly(path: Path) -> Nearly | None:
    own = {name: table for name, table in return_tables().items() if name != SUPPLEMENT}
    columns = {name: [column for column in table.column_names if column != "line"] for name, table in own.items()}
    try:
        with open_text(path, errors="replace") as file:
            return nearly_a_table(file, columns, {name: _signature(table) for name, table in own.items()})
    except (OSError, csv.Error):
        return None  # what cannot be read seems to be nothing


def table_of(path: Path) -> str | None:
    """The table of the return that a CSV file is, by the columns that its first line names; None for none."""
    try:
        # Whoever reads the file says what does not decode.
        with open_text(path, errors="replace") as file:
            names = {fold_name(name) for name in next(csv.reader(file), [])}
    except (OSError, csv.Error):
        return None
    own = _own_names(names)
    fitting = [table for table in return_tables().values() if table.name != SUPPLEMENT and own.issuperset(_signature(table))]
    return max(fitting, key=lambda table: len(_signature(table)), default=None).name if fitting else None  # type: ignore[union-attr]


def _own_names(names: set[str]) -> set[str]:
    return names | ({"child"} if "childid" in names else set())


def _signature(table: Table) -> list[str]:
    return [*(column.name for column in table.columns if column.required), *ALWAYS_THERE.get(table.name, ())]


def xml_starts(path: Path) -> Iterator[re.Match[str]]:
    """The first day of each episode of a return as XML, block by block, so that a large file needs no more memory than a small one."""
    rest = ""
    with path.open(encoding="utf-8", errors="replace") as file:
        while block := file.read(BLOCK):
            text, read = rest + block, 0
            for found in XML_DECOM.finditer(text):
                yield found
                read = found.end()
            # What may be the beginning of one that the next block ends.
            rest = text[max(read, len(text) - LONGEST_START) :]


def last_return_day(extracts: Path) -> date | None:
    """The 31 March that ends the year of the newest start of an episode; None where no date can be read."""
    found = look_at(extracts)
    starts = [day for path in found.xml for day in xml_starts(path)]
    for path in found.tables.get("ssda903_episodes", ()):
        with open_text(path, errors="replace") as file:
            rows = csv.DictReader(file)
            column = next((name for name in rows.fieldnames or () if fold_name(name) == "decom"), "")
            starts += [day for row in rows if (day := DAY.fullmatch((row[column] or "").strip()))]
    if not starts:
        return None
    year, month = max((int(day["year"]), int(day["month"])) for day in starts)
    return date(year + (month > 3), 3, 31)
