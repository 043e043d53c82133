"""A first mapping of a workbook: each sheet's likely table, columns and values, by their names and by what is in them."""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

from data.contract import code_matching
from data.contract.code_matching import TO_FILL_IN, CodeLists, fold
from data.contract.contract import Column, Table, tables
from data.formats.workbooks.mapping import LEGACY, PERSON
from data.formats.workbooks.sheets import open_sheets
from data.reading import parsing
from data.reading.unknown_codes import nearest_code

DATE = re.compile(r"\d{4}-\d{2}-\d{2}( .*)?|\d{1,2}/\d{1,2}/\d{4}( .*)?|\d{1,2}-[A-Za-z]{3}-\d{4}")
ROWS_LOOKED_AT = 500
HEADINGS_WITHIN = 20
LIKE = 0.55
MOSTLY = 0.6
SAMPLE = 5
MOST_VALUES = 60
# Words that councils write for a child's number.
PERSON_WORDS = (
    "child id",
    "person id",
    "client id",
    "mosaic id",
    "lcs id",
    "ics number",
    "case id",
    "system id",
    "unique id",
    "id",
)
HEAD = """# Which sheet, file or query is which table of the contract (docs/how-to/map-your-own-workbooks.md).
# Drafted from {name}. Check every line. "?" is to be filled in: give the heading of the column, or "" if there is none.
# If some rows of a sheet do not belong in its table, say which count ([<table>.rows], on the same page).
"""


@dataclass(frozen=True)
class Seen:
    """A column of a sheet: its heading, and what it holds in the rows that were looked at."""

    heading: str
    texts: tuple[str, ...]

    def share(self, of: Iterable[bool]) -> float:
        """How many of its values are so, from 0 to 1."""
        found = list(of)
        return sum(found) / len(found) if found else 0.0

    @property
    def dates(self) -> float:
        return self.share(bool(DATE.fullmatch(text)) for text in self.texts)

    def known(self, people: frozenset[str]) -> float:
        return self.share(text in people for text in self.texts)


@dataclass(frozen=True)
class Draft:
    """A sheet's likely mapping. ``columns``: {column of the contract: heading}; ``sample``: its first rows, as these columns;
    ``unknown``: {column: {text that is no code: the code that is nearest, or ""}}."""

    table: Table
    sheet: str
    header_row: int
    person: str
    columns: Mapping[str, str]
    sample: tuple[dict[str, str], ...]
    unknown: Mapping[str, Mapping[str, str]]


def draft_sheets(path: Path, people: Mapping[str, frozenset[str]], table: str | None = None) -> tuple[list[Draft], list[str]]:
    """The likely mapping of each sheet of a workbook or CSV file, and the names of the sheets that are like no table.

    ``people``: the identifiers known to the store, by PERSON and LEGACY; ``table``: the only one to think of. Raises NightRefused.
    """
    drafts, others = [], []
    with open_sheets(path) as sheets, duckdb.connect() as con:
        parsing.define_macros(con)
        lists = code_matching.read_code_lists(None)
        for sheet in sheets:
            draft = _draft(con, lists, sheet.name, list(islice(sheet.texts(), ROWS_LOOKED_AT)), people, table)
            if draft:
                drafts.append(draft)
            else:
                others.append(sheet.name)
    return drafts, others


def _draft(
    con: duckdb.DuckDBPyConnection,
    lists: CodeLists,
    sheet: str,
    rows: list[list[str]],
    people: Mapping[str, frozenset[str]],
    only: str | None,
) -> Draft | None:
    header_row = _header_row(rows)
    if not header_row:
        return None
    headings, body = rows[header_row - 1], [row for row in rows[header_row:] if any(row)]
    seen = [
        Seen(heading, tuple(row[at] for row in body if at < len(row) and row[at]))
        for at, heading in enumerate(headings)
        if heading
    ]
    candidates = [tables()[only]] if only else [table for table in tables().values() if not table.required]
    matched = [(table, _match(table, seen, people)) for table in candidates]
    fits = [(_fit(con, lists, table, sheet, len(seen), found), table, found) for table, found in matched]
    best, table, found = max(fits, key=lambda fit: fit[0], default=(0.0, None, {}))
    if table is None or not found or best < LIKE and not only:
        return None
    columns = {name: one.heading for name, one in found.items()}
    legacy = found.get(table.person or "", Seen("", ())).known(people.get(LEGACY, frozenset()))
    plain = found.get(table.person or "", Seen("", ())).known(people.get(PERSON, frozenset()))
    sample = [
        {name: row[headings.index(heading)] for name, heading in columns.items() if headings.index(heading) < len(row)}
        for row in body
    ]
    unknown = {
        name: _unknown(con, lists, table.column(name), one.texts)
        for name, one in found.items()
        if table.column(name).kind == "code"
    }
    return Draft(table, sheet, header_row, LEGACY if legacy > plain else PERSON, columns, tuple(sample[:SAMPLE]), unknown)


def _header_row(rows: Sequence[Sequence[str]]) -> int:
    """The number of the row that names the columns: of the first ones, that with most words; 0 for a sheet without any."""
    words = [
        sum(bool(cell) and not DATE.fullmatch(cell) and not cell.isdigit() for cell in row) for row in rows[:HEADINGS_WITHIN]
    ]
    return words.index(max(words)) + 1 if words and max(words) > 1 else 0


def _match(table: Table, seen: Sequence[Seen], people: Mapping[str, frozenset[str]]) -> dict[str, Seen]:
    """The likeliest column of the sheet for each of the table's, best first, no column twice."""
    scores = sorted(
        ((_score(table, column, one, people), column.name, place) for column in table.columns for place, one in enumerate(seen)),
        key=lambda found: -found[0],
    )
    chosen: dict[str, int] = {}
    for score, name, place in scores:
        if score >= LIKE and name not in chosen and place not in chosen.values():
            chosen[name] = place
    return {name: seen[chosen[name]] for name in table.column_names if name in chosen}


def _score(table: Table, column: Column, seen: Seen, people: Mapping[str, frozenset[str]]) -> float:
    if column.kind == "date" and seen.texts and seen.dates < MOSTLY or column.kind != "date" and seen.dates >= MOSTLY:
        return 0.0
    if column.name == table.person:
        known = max((seen.known(one) for one in people.values()), default=0.0)
        named = max(_alike(seen.heading, words) for words in PERSON_WORDS)
        return 1 + known if known >= MOSTLY else named * (0.9 if not any(people.values()) else 0.6)
    if column.name == table.key:
        distinct = len(set(seen.texts)) == len(seen.texts) and bool(seen.texts)
        return _alike(seen.heading, column.name.replace("_", " ")) if distinct else 0.0
    return max(
        _alike(seen.heading, column.name.replace("_", " ")), _alike(seen.heading, column.means), _short(table, column, seen)
    )


def _short(table: Table, column: Column, seen: Seen) -> float:
    """A heading such as Date, Type or Status, where the table has one such column that needs a value."""
    last = column.name.split("_")[-1]
    return 0.7 if column.required and last == fold(seen.heading) else 0.0


def _alike(heading: str, words: str) -> float:
    one, other = _words(heading), _words(words)
    shared = len(one & other) / max(len(one | other), 1)
    return max(shared, difflib.SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other))).ratio() - 0.15)


def _words(text: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"[a-z]+", text.lower()) if word not in ("the", "of", "a", "day", "was", "s")}


def _fit(
    con: duckdb.DuckDBPyConnection, lists: CodeLists, table: Table, sheet: str, width: int, found: Mapping[str, Seen]
) -> float:
    """How much of what the table needs was found in a sheet, from 0 to 1; more for each of the sheet's columns that has a place, for codes
    that are in their lists, and for a sheet of the table's name."""
    needed = [column.name for column in table.columns if column.required and column.name != table.key]
    if table.person and table.person not in found:
        return 0.0
    named = _alike(sheet, table.title.replace("(local)", "")) if sheet else 0.0
    coded = [(table.column(name), one) for name, one in found.items() if table.column(name).kind == "code"]
    known = sum(1 - len(_unknown(con, lists, column, one.texts)) / max(len(set(one.texts)), 1) for column, one in coded)
    return sum(name in found for name in needed) / max(len(needed), 1) + len(found) / width + known / 2 + named / 2


def _unknown(con: duckdb.DuckDBPyConnection, lists: CodeLists, column: Column, texts: Iterable[str]) -> dict[str, str]:
    con.execute(
        f"create or replace temp table stage as select unnest($texts::varchar[]) as {column.name}", {"texts": list(texts)}
    )
    matched = code_matching.match_codes(con, lists, [column], as_written=False)[column.name]
    found = code_matching.unknown_texts(con, column) if matched.unknown else []
    return {
        text: nearest_code(column.codes or "", fold(text)) if place < MOST_VALUES else "" for place, (text, _) in enumerate(found)
    }


def draft_text(path: Path, drafts: Sequence[Draft], others: Sequence[str], store: Path) -> str:
    """The drafts as mapping.toml has them. No value out of a child's record stands in it but the texts for which a code is to be given."""
    try:
        written = (
            Path(os.path.relpath(path.absolute(), store.absolute())).as_posix() if store in path.parents else path.absolute()
        )
    except ValueError:  # another drive of Windows
        written = path.absolute()
    lines = [HEAD.format(name=path.name)]
    for draft in drafts:
        lines += [*_lines(draft, Path(written).as_posix()), ""]
    lines += [f"# The sheet {_quoted(name)} is like no table of the contract." for name in others]
    return "\n".join(lines).rstrip() + "\n"


def _lines(draft: Draft, file: str) -> Iterator[str]:
    table = draft.table
    yield f"# {table.title}"
    yield f"[[{table.name}]]"
    yield f"file = {_quoted(file)}"
    if draft.sheet:
        yield f"sheet = {_quoted(draft.sheet)}"
    yield f"header_row = {draft.header_row}"
    if table.person:
        yield f"person = {_quoted(draft.person)}"
    yield f"[{table.name}.columns]"
    for column in table.columns:
        if column.name in draft.columns:
            yield f"{column.name} = {_quoted(draft.columns[column.name])}"
        elif column.required and column.name != table.key:
            yield f'{column.name} = "{TO_FILL_IN}"  # {column.means}'
    absent = [column.name for column in table.columns if not column.required and column.name not in draft.columns]
    if absent:
        yield f"# not found, and not needed: {', '.join(absent)}"
    for name, texts in draft.unknown.items():
        if texts:
            yield f"[{table.name}.values.{name}]"
        for text, near in islice(texts.items(), MOST_VALUES):
            yield f'{_quoted(text)} = "{TO_FILL_IN}"' + (f"  # perhaps {near}" if near else "")
        if (more := len(texts) - MOST_VALUES) > 0:
            yield f"# and {more:,} more texts: is this the column?"


def _quoted(text: str) -> str:
    """A text as TOML has it."""
    return json.dumps(text, ensure_ascii=False)
