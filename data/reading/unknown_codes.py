"""The values that are in no list of codes: all of them, with how often each stands, and a file of spellings to fill in."""

from __future__ import annotations

import csv
import difflib
import io
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.contract import code_matching
from data.contract.contract import Table, code_sets, tables
from data.contract.systems import named
from data.errors import NightRefused
from data.night import durable
from data.reading import parsing
from data.reading.file_reading import FileReader
from data.reading.folder import find_files
from data.settings import Settings

COLUMNS = ("codes", "text", "code", "column", "rows", "perhaps")


@dataclass(frozen=True)
class UnknownCode:
    """A text of a coded column that is in no list and no spelling: the list, the table and column, and in how many rows it stands."""

    codes: str
    table: str
    column: str
    text: str
    rows: int


@dataclass(frozen=True)
class CodedFile:
    """A file that may have unknown codes: its table, where it is, and its name."""

    table: Table
    path: Path
    shown: str


def dataset_files(extracts: Path, settings: Settings) -> list[CodedFile]:
    """The files of a folder that are tables of the contract. Raises NightRefused as ``find_files`` does."""
    found = find_files(extracts, named(settings.system)).tables
    return [CodedFile(table, found[table.name], found[table.name].name) for table in tables().values() if table.name in found]


def find_unknown_codes(
    con: duckdb.DuckDBPyConnection,
    files: Iterable[CodedFile],
    settings: Settings,
    spellings: Path | None,
    progress: Callable[[str], None] = lambda line: None,
) -> list[UnknownCode]:
    """Every value of the files that is in no list of codes, a file after the other. Nothing else is judged: of a file that cannot be read
    at all, whoever loads it says what is wrong."""
    parsing.define_macros(con)
    lists = code_matching.read_code_lists(spellings)
    unknown: list[UnknownCode] = []
    with tempfile.TemporaryDirectory(prefix="spellings-") as folder:
        reader = FileReader(con, settings, Path(folder), lists)
        for file in files:
            if not file.table.coded:
                continue
            try:
                reader.stage(file.table, file.path)
            except NightRefused:
                progress(f"{file.shown}: cannot be read")
                continue
            matched = code_matching.match_codes(con, lists, file.table.coded)
            for column in (column for column in file.table.coded if matched[column.name].unknown):
                texts = code_matching.unknown_texts(con, column)
                unknown += [UnknownCode(column.codes or "", file.table.name, column.name, text, rows) for text, rows in texts]
            progress(f"{file.shown}: values looked up in the lists of codes")
    return unknown


def write_spellings(path: Path, unknown: list[UnknownCode]) -> int:
    """Write a file of spellings with a line for each unknown text of a list, and give their number.

    The column code holds ``?`` for whoever knows the system to replace; ``perhaps`` names the code whose words are nearest, if any.
    """
    lines: dict[tuple[str, str], list[UnknownCode]] = {}
    for one in unknown:
        lines.setdefault((one.codes, code_matching.fold(one.text)), []).append(one)
    rows = [
        {
            "codes": codes,
            "text": places[0].text,
            "code": code_matching.TO_FILL_IN,
            "column": ", ".join(dict.fromkeys(place.column for place in places)),
            "rows": sum(place.rows for place in places),
            "perhaps": nearest_code(codes, folded),
        }
        for (codes, folded), places in lines.items()
    ]
    durable.make_folder(path.parent)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    durable.write_text(path, text.getvalue())
    return len(rows)


def nearest_code(codes: str, folded: str) -> str:
    """The code of a list whose words are nearest to a text, with its label; "" where none is near."""
    known = code_sets()[codes]
    words = {code_matching.fold(code.label): code.code for code in known.codes.values()} | known.spellings
    near = difflib.get_close_matches(folded, [text for text, code in words.items() if code], n=1, cutoff=0.6)
    return f"{words[near[0]]}: {known.codes[words[near[0]]].label}" if near else ""
