"""Text to types, strictly, as SQL: what the contract's dates, numbers, flags and identifiers may look like.

Each macro gives NULL for what it cannot read; a date may still be out of range (``FIRST_DATE`` to ``LAST_DATE``).
Casts are only used on text whose form is already known, because DuckDB's own are generous: '3/4/26' is 26 April of the
year 3, 'epoch' is 1 January 1970, '1_000' is a thousand. Empty text is NULL here, and the caller tells "empty" from
"cannot be read" by looking at the text.
"""

from __future__ import annotations

import duckdb

# The common forms first, by LIKE, which is several times faster than the regular expression that the rest go through.
MACROS = r"""
create or replace temp macro read_date(written) as
    case
        when written like '____-__-__'
            then try_cast(written as date)
        when written like '__/__/____'
            then try_strptime(written, '%d/%m/%Y')::date
        when written like '____-__-__ __:__:__'
            then case when try_cast(written as timestamp) is not null then try_cast(left(written, 10) as date) end
        when regexp_full_match(
            trim(written),
            '\d{4}-\d{2}-\d{2}([ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?'
        )
            then try_cast(left(trim(written), 10) as date)
        when regexp_full_match(trim(written), '\d{1,2}/\d{1,2}/\d{4}([ T]([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?)?')
            then try_strptime(regexp_extract(written, '\d{1,2}/\d{1,2}/\d{4}'), '%d/%m/%Y')::date
    end;

create or replace temp macro read_number(written) as
    case
        when regexp_full_match(trim(written), '[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?')
            then try_cast(trim(written) as double)
    end;

create or replace temp macro read_flag(written) as
    case lower(trim(written))
        when 'y' then true
        when 'yes' then true
        when 'true' then true
        when '1' then true
        when 'n' then false
        when 'no' then false
        when 'false' then false
        when '0' then false
    end;

create or replace temp macro read_identifier(written) as
    case
        when written >= '.' and written < '~'
            and not contains(written, ' ') and not contains(written, chr(9)) and not contains(written, chr(160))
            then written
        when not regexp_full_match(written, '[\s\x{a0}]*(-1)?[\s\x{a0}]*')
            then regexp_replace(written, '^[\s\x{a0}]+|[\s\x{a0}]+$', '', 'g')
    end;
"""

# A day before the first or after the last is a slip of the pen. The sentinel is what case systems write for "no date".
FIRST_DATE = SENTINEL = "date '1900-01-01'"
LAST_DATE = "date '2100-12-31'"
READERS = {"date": "read_date", "number": "read_number", "flag": "read_flag"}
TYPES = {"date": "date", "number": "double", "flag": "boolean"}
HOW_TO_WRITE = {
    "date": "write it as 31/10/2026 or 2026-10-31, between 1900 and 2100",
    "number": "write digits alone, such as 12.5",
    "flag": "write Y or N",
}


def define_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``read_date``, ``read_number``, ``read_flag`` and ``read_identifier`` known to this connection."""
    con.execute(MACROS)
