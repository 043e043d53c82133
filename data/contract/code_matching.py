"""Codes as real extracts have them, to the codes of our lists: k3, ``PCCHAN ``, ``C2: full care order``, or words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from data.contract.contract import Column, code_sets, read_spellings
from data.errors import NightRefused
from data.sql_results import one_row, one_value

# What stands for a code in a file of spellings until somebody has filled it in: it is in no list, so a line that was forgotten refuses
# the load, and nothing is guessed.
TO_FILL_IN = "?"
MOST_TEXTS = 500


@dataclass(frozen=True)
class Matched:
    """The coded columns of ``stage`` whose texts have to be ``replaced`` by their codes, and those with a text that is in no list
    (``unknown``). Each of them has a table ``match_<column>``; in every other column each text is its code."""

    replaced: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()

    def __or__(self, other: Matched) -> Matched:
        return Matched(self.replaced | other.replaced, self.unknown | other.unknown)


def load_code_lists(con: duckdb.DuckDBPyConnection, spellings: Path | None) -> None:
    """Make the temporary tables ``code_list`` and ``code_spelling`` from the contract's lists and a council's own spellings.

    ``code_list``: codes (the list's name), code, place (in the list), option_name (its first group), label (folded),
    valid_from and valid_to (collection years, to 31 March). ``code_spelling``: codes, text (folded), code ('' = known, but
    no code of the list). The council's spellings replace ours. Raises NightRefused when its file names a list or code
    that does not exist.
    """
    listed = [
        (name, code.code, place, code.groups[0] if code.groups else None, fold(code.label), code.valid_from, code.valid_to)
        for name, codes in code_sets().items()
        for place, code in enumerate(codes.codes.values())
    ]
    spelt = {(name, text): code for name, codes in code_sets().items() for text, code in codes.spellings.items()}
    if spellings is not None and spellings.exists():
        spelt |= _own_spellings(spellings)
    con.execute(
        "create or replace temp table code_list (codes varchar, code varchar, place integer, option_name varchar, "
        "label varchar, valid_from integer, valid_to integer)"
    )
    con.execute("create or replace temp table code_spelling (codes varchar, text varchar, code varchar)")
    _fill(con, "code_list", listed)
    _fill(con, "code_spelling", [(name, text, code) for (name, text), code in spelt.items()])


def drop_code_lists(con: duckdb.DuckDBPyConnection) -> None:
    """Take ``code_list`` and ``code_spelling`` away again."""
    con.execute("drop table code_list")
    con.execute("drop table code_spelling")


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


def _fill(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    places = ", ".join(f"unnest($c{at})" for at in range(len(rows[0])))
    columns = {f"c{at}": list(values) for at, values in enumerate(zip(*rows, strict=True))}
    con.execute(f"insert into {table} select {places}", columns)


def match_codes(con: duckdb.DuckDBPyConnection, columns: Iterable[Column], *, as_written: bool = True) -> Matched:
    """Find the code of every text of some coded columns of ``stage``; where texts are not all codes already, in a temporary table
    ``match_<column>``: text, code, and whether it is known.

    A text's first word is its code when it is in the list, less what follows a ``:`` or ``-`` and a prefix such as ``f)``; so is a code
    in brackets at its end. Else the whole text is looked for among the spellings and then among the labels: white space and letter
    case apart; then by its letters and digits alone (so that hyphens, curly quotes and a last full stop make no difference), if that
    gives one code only. Where every text is a code, or a spelling in one word, just as its list has it, which is
    mostly so, nothing else is asked.

    ``as_written``: ``stage`` has the columns as the file has them, so that white space goes, and with it what tools write for empty.
    """
    coded = list(columns)
    texts = _texts(con, coded)
    # As most systems write them: each text is its code, and there is nothing to look for.
    others = [column for column in coded if not texts[column.name] <= _plain_codes(column.codes or "")]
    replaced, unknown = set(), set()
    for column in others:
        if as_written:
            _read_words(con, column)
        _match(con, column)
        plain, known = one_row(
            con.execute(
                "select coalesce(bool_and(code is not distinct from text), true), coalesce(bool_and(known), true) "
                f"from match_{column.name}"
            )
        )
        replaced |= set() if plain else {column.name}
        unknown |= set() if known else {column.name}
    return Matched(frozenset(replaced), frozenset(unknown))


def _read_words(con: duckdb.DuckDBPyConnection, column: Column) -> None:
    name = column.name
    differ = f"select exists (from (select distinct {name} as text from stage) where text is distinct from read_words(text))"
    if one_value(con.execute(differ)):
        con.execute(f"update stage set {name} = read_words({name}) where {name} is distinct from read_words({name})")


def _match(con: duckdb.DuckDBPyConnection, column: Column) -> None:
    con.execute(
        f"""
        create or replace temp table match_{column.name} as
        with plain as (
            select code as text, code
            from code_list
            where codes = $codes and regexp_full_match(code, '[A-Z0-9_]+')
            union
            select text, min(code)
            from code_spelling
            where codes = $codes
                and regexp_full_match(text, '[a-z0-9]+')
                and upper(text) not in (select code from code_list where codes = $codes)
            group by text
        )
        select written.text, nullif(plain.code, '') as code, plain.text is not null as known
        from (select distinct {column.name} as text from stage where {column.name} is not null) as written
        left join plain on plain.text = written.text
        """,
        {"codes": column.codes},
    )
    if one_value(con.execute(f"select coalesce(bool_and(known), true) from match_{column.name}")):
        return
    con.execute(
        rf"""
        create or replace temp table match_{column.name} as
        with written as (
            select distinct {column.name} as text
            from stage
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


def _texts(con: duckdb.DuckDBPyConnection, columns: list[Column]) -> dict[str, set[str]]:
    """Every text of some columns of ``stage``, or, where a column has more than any list has codes, one more than that."""
    if not columns:
        return {}
    parts = [
        f"select '{name}', text from (select distinct {name} as text from stage where {name} is not null limit {MOST_TEXTS + 1})"
        for name in (column.name for column in columns)
    ]
    found: dict[str, set[str]] = {column.name: set() for column in columns}
    for name, text in con.execute(" union all ".join(parts)).fetchall():
        found[name].add(text)
    return found


@cache
def _plain_codes(codes: str) -> frozenset[str]:
    """The codes of a list that are a word of capitals and digits alone, which ``match_codes`` always takes for themselves."""
    return frozenset(code for code in code_sets()[codes].codes if re.fullmatch("[A-Z0-9]+", code))


def unknown_texts(con: duckdb.DuckDBPyConnection, column: Column) -> list[tuple[str, int]]:
    """Every text of a column of ``stage`` that is in no list, and its number of rows, most frequent first. Needs ``match_<column>``."""
    return con.execute(
        f"select text, count(*) from stage join match_{column.name} on text = {column.name} where not known "
        "group by text order by count(*) desc, text"
    ).fetchall()
