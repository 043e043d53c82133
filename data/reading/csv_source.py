"""How DuckDB is asked for a CSV file: nothing left to be guessed, every column text, and what does not fit kept in sight."""

from __future__ import annotations

import re
from pathlib import Path

# Read as NULL, so that an empty field ('') differs from a field that is not there; a control character, so no export holds it.
ABSENT_FIELD = "\x01"
LONGEST_ROW = 4_000_000
# The option for a file in which a row that cannot be split is an error.
FAULTLESS = "ignore_errors = false"


def csv_source(width: int, parallel: bool, faults: str, absent: str = ABSENT_FIELD, wrapped: bool = False) -> str:
    """``read_csv`` over ``$path`` as columns c0, c1 ... and one more than the ``width`` of the header.

    A row with too few fields has NULL in its last column, one with too many has something beyond it. ``faults`` is the
    reader's option for rows that cannot be split at all. One thread is needed where fields hold line breaks. ``absent``: what is read as
    NULL too. ``wrapped``: some fields may be as in ``unwrapped``.
    """
    columns = ", ".join(f"c{at}: 'varchar'" for at in range(width + 1))
    source = (
        "read_csv($path, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
        f"nullstr = '{absent}', null_padding = true, parallel = {str(parallel).lower()}, "
        f"max_line_size = {LONGEST_ROW}, columns = {{{columns}}}, {faults})"
    )
    fields = ", ".join(f"{unwrapped(f'c{at}')} as c{at}" for at in range(width + 1))
    return f"(select {fields} from {source})" if wrapped else source


def unwrapped(column: str) -> str:
    """SQL for a text without what keeps Excel from reading it as a number or a date: ``="0012"`` is 0012."""
    within = '(?:[^"]|"")*'
    inside = f"regexp_extract({column}, '^\\s*=\"({within})\"\\s*$', 1)"
    return (
        f"case when contains({column}, '=\"') and regexp_full_match({column}, '\\s*=\"{within}\"\\s*') "
        f"then replace({inside}, '\"\"', '\"') else {column} end"
    )


def misfit(width: int) -> str:
    """SQL over a row of ``csv_source``: ``few`` or ``many`` fields, or NULL for a row that fits the header."""
    return f"case when c{width - 1} is null then 'few' when c{width} is not null then 'many' end"


def escape_path(path: Path) -> str:
    """A path as DuckDB's readers need it: they take ``*``, ``?`` and ``[`` for patterns."""
    return re.sub(r"([\[*?])", r"[\1]", str(path))


def first_line(fault: Exception) -> str:
    """What DuckDB says of a file, without its pages of advice."""
    return str(fault).splitlines()[0].rstrip(".")
