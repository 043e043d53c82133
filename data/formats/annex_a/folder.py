"""The workbook of a data load: the file itself, or the one in a folder, with the tables of the contract that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data.errors import NightRefused
from data.formats.annex_a.workbook import is_workbook
from data.formats.files.workbook import KINDS
from data.reading.folder import KINDS as TABLE_KINDS
from data.reading.folder import tables_in

# The contract's tables that the workbook is read into, which therefore cannot stand beside it.
FROM_LISTS = ("ssd_person", "ssd_cla_episodes", "ssd_legal_status", "ssd_cla_placement")


@dataclass(frozen=True)
class WorkbookFiles:
    """The workbook, the contract's tables beside it by name, and what is neither."""

    workbook: Path
    contract: dict[str, Path]
    strays: tuple[Path, ...]

    @property
    def paths(self) -> list[Path]:
        """Every file that is read, in the order of names."""
        return sorted([self.workbook, *self.contract.values()])


def workbooks(extracts: Path) -> list[Path]:
    """The Annex A workbooks of a folder, or the file itself where it is one."""
    if extracts.is_file():
        return [extracts] if is_workbook(extracts) else []
    return [path for path in sorted(extracts.iterdir()) if path.is_file() and is_workbook(path)]


def find_workbook(extracts: Path) -> WorkbookFiles:
    """The files of a data load. Raises NightRefused where there is no workbook, or two, or a table beside it that it is read into."""
    if extracts.is_file():
        return WorkbookFiles(extracts, {}, ())
    if not extracts.is_dir():
        raise NightRefused(f"There is no file or folder {extracts}; give the workbook, or the folder that holds it.")
    files = [path for path in sorted(extracts.iterdir()) if path.is_file()]
    # A workbook whose sheets are named in another way may be told by its headings, if it is the only one.
    files = [path for path in files if not path.name.startswith("~$")]  # what Excel keeps beside a workbook that is open
    books = workbooks(extracts) or [path for path in files if path.suffix.lower() in (*KINDS, ".xls")]
    if not books:
        raise NightRefused(f"{extracts} has no Annex A workbook: no .xlsx file with a sheet List 8 (children in care).")
    if len(books) > 1:
        raise NightRefused(f"{extracts} has two Annex A workbooks, {books[0].name} and {books[1].name}; leave one of them in it.")
    contract = tables_in(extracts)
    others = [path for path in files if path != books[0] and path not in contract.values()]
    for name in FROM_LISTS:
        if name in contract:
            raise NightRefused(
                f"{extracts} has {contract[name].name} beside an Annex A workbook, which is read into the same table; leave one of the two "
                "in the folder."
            )
    strays = tuple(path for path in others if path.suffix.lower() in (*TABLE_KINDS, *KINDS))
    return WorkbookFiles(books[0], contract, strays)
