"""Codes as real extracts have them, to the codes of our lists: k3, ``PCCHAN ``, ``C2: full care order``, or words alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from weakref import WeakSet

import duckdb

from data.contract.contract import Column, code_sets, read_spellings
from data.errors import NightRefused
from data.parsed_sql import execute
from data.sql_results import one_row, one_value

# What stands for a code in a file of spellings until somebody has filled it in: it is in no list, so a line that was forgotten refuses
# the load, and nothing is guessed.
TO_FILL_IN = "?"
CODE_LIST = {
    "codes": "varchar",
    "code": "varchar",
    "place": "integer",
    "option_name": "varchar",
    "label": "varchar",
}
CODE_SPELLING = {"codes": "varchar", "text": "varchar", "code": "varchar"}


@dataclass(frozen=True)
class CodeLists:
    """The contract's lists of codes with a council's own spellings. ``spelt``: {(list, folded text): code, '' for no code of the list};
    ``made_on``: the connections that have the tables of them (``need_code_lists``)."""

    spelt: Mapping[tuple[str, str], str]
    made_on: WeakSet[duckdb.DuckDBPyConnection] = field(default_factory=WeakSet, compare=False, repr=False)

    @cached_property
    def plain(self) -> dict[str, dict[str, str]]:
        """{list: {text: its code}} of the texts that are taken as they stand: codes of capitals and digits, and spellings in one word."""
        found = {
            name: {code: code for code in codes.codes if re.fullmatch("[A-Z0-9_]+", code)} for name, codes in code_sets().items()
        }
        for (name, text), code in self.spelt.items():
            if re.fullmatch("[a-z0-9]+", text) and text.upper() not in code_sets()[name].codes:
                found[name][text] = code
        return found

    @cached_property
    def respelt(self) -> dict[str, dict[str, str]]:
        """What of ``plain`` is not its own code."""
        return {name: {text: code for text, code in texts.items() if text != code} for name, texts in self.plain.items()}


@dataclass(frozen=True)
class Matched:
    """What became of a coded column. ``plain``: every text is its own code, so that nothing has to be replaced; ``unknown``: a text is in
    no list; ``read``: texts of ``stage`` were read as words, so that some may be empty now. Where nothing has to be replaced there is no
    table ``match_<column>``."""

    plain: bool
    unknown: bool
    read: bool = False


def read_code_lists(spellings: Path | None) -> CodeLists:
    """The contract's lists, and a council's own spellings, which replace ours. Raises NightRefused when its file names a list or code that
    does not exist."""
    spelt = {(name, text): code for name, codes in code_sets().items() for text, code in codes.spellings.items()}
    if spellings is not None and spellings.exists():
        spelt |= _own_spellings(spellings)
    return CodeLists(spelt)


def need_code_lists(con: duckdb.DuckDBPyConnection, lists: CodeLists) -> None:
    """Make the temporary tables ``code_list`` and ``code_spelling`` of the lists, unless the connection has them: many loads need neither.

    ``code_list``: codes (the list's name), code, place (in the list), option_name (its first group), label (folded). ``code_spelling``:
    codes, text (folded), code ('' = known, but no code of the list).
    """
    if con in lists.made_on:
        return
    lists.made_on.add(con)
    _make(con, "code_list", CODE_LIST, _listed())
    _make(con, "code_spelling", CODE_SPELLING, [(name, text, code) for (name, text), code in lists.spelt.items()])


@cache
def _listed() -> list[tuple]:
    return [
        (name, code.code, place, code.groups[0] if code.groups else None, fold(code.label))
        for name, codes in code_sets().items()
        for place, code in enumerate(codes.codes.values())
    ]


def _make(con: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], rows: list[tuple]) -> None:
    values = ", ".join(f"unnest(${name}::{kind}[]) as {name}" for name, kind in columns.items())
    bound = {name: list(cells) for name, cells in zip(columns, zip(*rows, strict=True), strict=True)}
    con.execute(f"create or replace temp table {table} as select {values}", bound)


def fold(text: str) -> str:
    """The form in which texts are compared: lower case, white space made single spaces."""
    return " ".join(text.split()).lower()


def _own_spellings(path: Path) -> dict[tuple[str, str], str]:
    try:
        read = read_spellings(path)
    except (KeyError, AttributeError, UnicodeDecodeError) as fault:
        raise NightRefused(f"{path} cannot be read ({fault!r}); it needs the columns codes, text, code, in UTF-8.") from None
    for name, texts in read.items():
        if name not in code_sets():
            raise NightRefused(f"{path} names the list {name}, which does not exist; use one of {', '.join(code_sets())}.")
        for text, code in texts.items():
            if code == TO_FILL_IN:
                raise NightRefused(
                    f"{path} has no code yet for '{text}' of the list {name}: replace {TO_FILL_IN} by its code, or by nothing if it is "
                    "no code of that list."
                )
            if code and code not in code_sets()[name].codes:
                raise NightRefused(f"{path} gives '{text}' the code {code}, which is not in the list {name}.")
    return {(name, text): code for name, texts in read.items() for text, code in texts.items()}


def _most(lists: CodeLists, column: Column) -> int:
    """One text more than a column's list takes as they stand: of so many, one has to be looked for."""
    return len(lists.plain[column.codes or ""]) + 1


def texts_of(lists: CodeLists, column: Column) -> str:
    """SQL for the texts of a coded column of ``stage``, up to one more than can be taken as they stand."""
    return f"list(distinct {column.name}) filter ({column.name} is not null)[:{_most(lists, column)}]"


def match_codes(
    con: duckdb.DuckDBPyConnection, lists: CodeLists, columns: Sequence[Column], *, as_written: bool = True, of: str = "stage"
) -> dict[str, Matched]:
    """``match_texts`` for some coded columns of the table ``of``, by the column's name."""
    texts = _texts(con, lists, columns, of)
    return {column.name: match_texts(con, lists, column, texts[column.name], as_written=as_written, of=of) for column in columns}


def _texts(con: duckdb.DuckDBPyConnection, lists: CodeLists, columns: Sequence[Column], of: str) -> dict[str, list[str]]:
    """What ``texts_of`` gives of some columns. Of many rows, a branch for each column takes half the time of a list for each."""
    if not columns:
        return {}
    asked = [
        f"select '{column.name}', text from (select distinct {column.name} as text from {of} where {column.name} is not null "
        f"limit {_most(lists, column)})"
        for column in columns
    ]
    found: dict[str, list[str]] = {column.name: [] for column in columns}
    for name, text in execute(con, " union all ".join(asked)).fetchall():
        found[name].append(text)
    return found


def _read_words(con: duckdb.DuckDBPyConnection, column: Column, of: str) -> bool:
    """Read the texts of a column of a table as words. Gives whether that changed any."""
    name = column.name
    differ = f"select exists (from (select distinct {name} as text from {of}) where text is distinct from read_words(text))"
    if not one_value(con.execute(differ)):
        return False
    con.execute(f"update {of} set {name} = read_words({name}) where {name} is distinct from read_words({name})")
    return True


def match_texts(
    con: duckdb.DuckDBPyConnection,
    lists: CodeLists,
    column: Column,
    texts: list[str] | None,
    *,
    as_written: bool = True,
    of: str = "stage",
) -> Matched:
    """Look up every text of a coded column of the table ``of``, and say what became of it. ``texts``: what ``texts_of`` gives.

    Where something has to be replaced, the temporary table ``match_<column>`` has every text, its code, and whether it is known. A text's
    first word is its code when it is in the list, less what follows a ``:`` or ``-`` and a prefix such as ``f)``; so is a code
    in brackets at its end. Else the whole text is looked for among the spellings and then among the labels: white space and letter
    case apart; then by its letters and digits alone (so that hyphens, curly quotes and a last full stop make no difference), if that
    gives one code only. Where every text is a code, or a spelling in one word, just as its list has it, which is
    mostly so, nothing else is asked.

    ``as_written``: the table has the columns as the file has them, so that white space goes, and with it what tools write for empty.
    """
    plain, texts = lists.plain[column.codes or ""], texts or []
    read = as_written and not plain.keys() >= set(texts) and _read_words(con, column, of)
    if read:
        texts = _texts(con, lists, [column], of)[column.name]
    if plain.keys() >= set(texts):
        codes = [plain[text] or None for text in texts]
        if codes == texts:
            return Matched(plain=True, unknown=False, read=read)
        con.execute(
            f"create or replace temp table match_{column.name} as "
            "select unnest($texts::varchar[]) as text, unnest($codes::varchar[]) as code, true as known",
            {"texts": texts, "codes": codes},
        )
        return Matched(plain=False, unknown=False, read=read)
    need_code_lists(con, lists)
    execute(
        con,
        rf"""
        create or replace temp table match_{column.name} as
        with written as (
            select distinct {column.name} as text
            from {of}
            where {column.name} is not null
        ),
        folded as (
            select
                text,
                upper(regexp_extract(text, '^[\s\x{{a0}}]*(?:\(?[A-Za-z]\)[\s\x{{a0}}]*)?([^\s\x{{a0}}:\-]*)', 1)) as first_word,
                upper(regexp_extract(text, '[\[(]\s*([A-Za-z][A-Za-z0-9]+)\s*[\])][\s\x{{a0}}]*$', 1)) as last_word,
                lower(trim(regexp_replace(text, '[\s\x{{a0}}]+', ' ', 'g'))) as folded,
                letters_of(regexp_replace(text, '^[\s\x{{a0}}]*\(?[A-Za-z]\)', '')) as letters
            from written
        ),
        words as (
            select letters_of(text) as letters, code from code_spelling where codes = $codes
            union all
            select letters_of(label), code from code_list where codes = $codes
        ),
        by_letters as (
            select letters, min(code) as code from words where letters <> '' group by letters having min(code) = max(code)
        ),
        matched as (
            select
                folded.text,
                coalesce(
                    (select min(code) from code_list where codes = $codes and code = folded.first_word),
                    (select min(code) from code_spelling where codes = $codes and text = folded.folded),
                    (select min(code) from code_list where codes = $codes and label = folded.folded),
                    (select min(code) from code_list where codes = $codes and code = folded.last_word),
                    by_letters.code,
                    case when folded.folded = '' then '' end
                ) as code
            from folded
            left join by_letters on by_letters.letters = folded.letters
        )
        select
            text,
            nullif(code, '') as code,
            code is not null as known
        from matched
        """,
        {"codes": column.codes},
    )
    unknown, plain = one_row(
        con.execute(f"select bool_or(not known), bool_and(code is not distinct from text) from match_{column.name}")
    )
    return Matched(plain, unknown, read)


def unknown_texts(con: duckdb.DuckDBPyConnection, column: Column) -> list[tuple[str, int]]:
    """Every text of a column of ``stage`` that is in no list, and its number of rows, most frequent first.

    Needs ``match_<column>``, which a column with such texts has."""
    return con.execute(
        f"select matched.text, count(*) from stage join match_{column.name} as matched on matched.text = stage.{column.name} "
        "where not matched.known group by matched.text order by count(*) desc, matched.text"
    ).fetchall()
