"""From records to files: what each night shows of a record, as lines of CSV under the contract's columns."""

from __future__ import annotations

import csv
from bisect import bisect_left
from pathlib import Path

from data.contract.contract import tables
from data.errors import NightRefused
from data.invented import NOTICE_NAME

from .record import Record, Row

# Columns that real extracts have and the contract does not name, and the file that begins with a byte-order mark.
EXTRA_COLUMNS = {"ssd_person": ("pers_upn",), "ssd_permanence": ("perm_number_of_adopters",)}
BYTE_ORDER_MARK = ("ssd_department",)

NOTICE = """All data in this folder is invented.

It describes a synthetic county: no child, worker, team or place in these files exists. Every surname ends with letters
and a number, as no real one does, every postcode is in the area ZZ, which does not exist. Faults that real extracts have are in it
on purpose.
"""

Lines = list[dict[str, list[str]]]  # for each night, a file's lines


class _Line:
    """Where the csv writer leaves the line that it has just written."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


_line = _Line()
_write_row = csv.writer(_line, lineterminator="\n").writerow


def line(table: str, values: list[str]) -> str:
    """One line of a table's file."""
    extra = EXTRA_COLUMNS.get(table)
    _write_row([*values, *[""] * len(extra)] if extra else values)
    return _line.text


def new_lines(nights: list[int]) -> Lines:
    return [{name: [] for name in tables()} for _ in nights]


def show(record: Record, nights: list[int], lines: Lines) -> None:
    """Add to each night's lines what the record's rows said on that night: nothing recorded after it, no end not yet known."""
    for row in record.rows:
        _show_row(row, nights, lines)


def _show_row(row: Row, nights: list[int], lines: Lines) -> None:
    first = bisect_left(nights, row.recorded)
    last = bisect_left(nights, row.removed) if row.removed else len(nights)
    values, changes = row.values, row.changes
    done = 0
    text = ""
    for place in range(first, last):
        changed = not text
        while done < len(changes) and changes[done][0] <= nights[place]:
            if done == 0:
                values = list(values)
            values[changes[done][1]] = changes[done][2]
            changed = True
            done += 1
        if changed:
            text = line(row.table, values)
        lines[place][row.table].append(text)


def begin_folder(folder: Path) -> None:
    """Make a folder for invented files, with the notice that all is invented.

    Raises NightRefused where it holds files without the notice: they may be a council's extracts, and would be written over.
    """
    notice = folder / NOTICE_NAME
    if folder.is_dir() and not notice.exists() and any(folder.iterdir()):
        raise NightRefused(
            f"{folder} holds files that are not invented (it has no {NOTICE_NAME}); give an empty or a new folder."
        )
    folder.mkdir(parents=True, exist_ok=True)
    notice.write_text(NOTICE, encoding="utf-8")


def begin_files(folder: Path) -> None:
    """Make a night's folder (``begin_folder``): every file of the contract with its heading."""
    begin_folder(folder)
    for name, table in tables().items():
        mark = "\ufeff" if name in BYTE_ORDER_MARK else ""
        heading = ",".join((*table.column_names, *EXTRA_COLUMNS.get(name, ())))
        (folder / f"{name}.csv").write_bytes(f"{mark}{heading}\n".encode())


def append(folder: Path, lines: dict[str, bytes]) -> None:
    """Add lines to a night's files."""
    for name, text in lines.items():
        with (folder / f"{name}.csv").open("ab") as file:
            file.write(text)


def packed(lines: Lines) -> list[dict[str, bytes]]:
    """The lines as bytes, files without any left out."""
    return [{name: "".join(texts).encode() for name, texts in night.items() if texts} for night in lines]
