"""Text to types, strictly, as SQL: what the contract's dates, numbers, flags and identifiers may look like.

Each macro gives NULL for what it cannot read; a date may still be out of range (``FIRST_DATE`` to ``LAST_DATE``).
Casts are only used on text whose form is already known, because DuckDB's own are generous: '3/4/26' is 26 April of the
year 3, 'epoch' is 1 January 1970, '1_000' is a thousand. Empty text is NULL here, and the caller tells "empty" from
"cannot be read" by looking at the text (``is_empty``).

Empty is also what tools write for it: NULL, None, NaN and the like, alone in an identifier, a date, a code, a number or a flag (a
surname Null is a surname), and the days that stand for "no date".
"""

from __future__ import annotations

import duckdb

from data.parsed_sql import execute

# The common forms first, by LIKE, which is several times faster than the regular expression that the rest go through.
MACROS = r"""
create or replace temp macro is_empty(written) as
    regexp_full_match(written, '(?i)[\s\x{a0}]*(null|\\n|none|nan|nat|#n/a|n/a)?[\s\x{a0}]*');

-- Most codes are told from such a word by their first letter alone, which is far quicker.
create or replace temp macro read_words(written) as
    case
        when written = ''
            then null
        when (written >= '0' and written < 'N') or (written >= 'O' and written < '\') or not is_empty(written)
            then trim(written)
    end;

-- A text's letters and digits in lower case, with one space wherever there is anything else.
create or replace temp macro letters_of(written) as
    trim(regexp_replace(lower(written), '[^a-z0-9]+', ' ', 'g'));

create or replace temp macro read_date(written) as
    case
        when strlen(written) < 8
            then null
        when written like '____-__-__'
            then try_cast(written as date)
        when written like '__/__/____'
            then try_strptime(written, '%d/%m/%Y')::date
        when written like '____-__-__ __:__:__'
            then case when try_cast(written as timestamp) is not null then try_cast(left(written, 10) as date) end
        -- Midnight in a British summer is 23:00 of the day before in UTC. (Before 1972 London had other times, and days that mean none.)
        when trim(written) >= '1972' and regexp_full_match(
            trim(written),
            '\d{4}-\d{2}-\d{2}[ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)? ?(Z|[+-]00(:?00)?)'
        )
            then timezone('Europe/London', try_cast(left(trim(written), 16) || ':00+00' as timestamptz))::date
        when regexp_full_match(
            trim(written),
            '\d{4}-\d{2}-\d{2}([ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?'
        )
            then try_cast(left(trim(written), 10) as date)
        when regexp_full_match(trim(written), '\d{1,2}/\d{1,2}/\d{4}([ T]([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?)?')
            then try_strptime(regexp_extract(written, '\d{1,2}/\d{1,2}/\d{4}'), '%d/%m/%Y')::date
        when regexp_full_match(trim(written), '\d{1,2}-[A-Za-z]{3}-\d{4}( \d{2}:\d{2}(:\d{2}([.,]\d+)?)?)?')
            then try_strptime(regexp_extract(written, '\d{1,2}-[A-Za-z]{3}-\d{4}'), '%d-%b-%Y')::date
        when regexp_full_match(trim(written), '\d{8}')
            then try_strptime(trim(written), '%Y%m%d')::date
    end;

-- Of the two commonest forms alone.
create or replace temp macro plain_date(written) as
    case
        when written like '____-__-__'
            then try_cast(written as date)
        when written like '__/__/____'
            then try_strptime(written, '%d/%m/%Y')::date
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
        when 't' then true
        when '1' then true
        when 'n' then false
        when 'no' then false
        when 'false' then false
        when 'f' then false
        when '0' then false
    end;

-- A GUID is the same in any letter case, and 1001.0 is 1001 that passed through a table of decimals.
create or replace temp macro read_unusual_identifier(written) as
    case
        when written = '' or regexp_full_match(written, '(?i)[\s\x{a0}]*(-1(\.0)?|null|\\n|none|nan|nat|#n/a|n/a)?[\s\x{a0}]*')
            then null
        when regexp_full_match(written, '[\s\x{a0}]*\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?[\s\x{a0}]*')
            then upper(regexp_extract(written, '[0-9A-Fa-f][0-9A-Fa-f-]{35}'))
        else regexp_replace(regexp_replace(written, '^[\s\x{a0}]+|[\s\x{a0}]+$', '', 'g'), '^(\d+)\.0$', '\1')
    end;

-- The common form first. ="0012" is 0012 in a form in which Excel keeps its zeros.
create or replace temp macro read_identifier(written) as
    case
        when written > '/' and written < '~' and (written < '=' or written >= '>') and strlen(written) < 36
            and not contains(written, ' ') and not contains(written, chr(9)) and not contains(written, chr(160))
            and not contains(written, '.') and (written < ':' or strlen(written) > 4 or not is_empty(written))
            then written
        else read_unusual_identifier(regexp_replace(written, '^\s*="(.*)"\s*$', '\1'))
    end;

-- An identifier that stands as it is written: no space, full stop or equals sign at its start, no GUID, and no word for nothing.
create or replace temp macro is_plain_identifier(written) as
    strlen(written) < 36 and regexp_full_match(written, '[0-9:-<>-MO-\[\]-mo-}][!-\-/-~]*|[Nn\\][!-\-/-~]{4,}');
"""

# A day before the first or after the last is a slip of the pen. The sentinels are what systems and spreadsheets write for "no date"; as
# an end, so is any day from OPEN on.
FIRST_DATE = "date '1900-01-02'"
LAST_DATE = "date '2100-12-31'"
OPEN = "date '2099-12-31'"
SENTINELS = "'0001-01-01 1753-01-01 1899-12-30 1899-12-31 1900-01-01'"
READERS = {"date": "read_date", "number": "read_number", "flag": "read_flag"}
TYPES = {"date": "date", "number": "double", "flag": "boolean"}
HOW_TO_WRITE = {
    "date": "write it as 31/10/2026 or 2026-10-31, between 1900 and 2100",
    "number": "write digits alone, such as 12.5",
    "flag": "write Y or N",
}


def define_macros(con: duckdb.DuckDBPyConnection, schema: str = "") -> None:
    """Make ``is_empty``, ``letters_of`` and ``read_...`` (date, number, flag, identifier, words) known to this connection, or, within
    ``schema``, to every connection that searches it."""
    execute(con, MACROS.replace("temp macro ", f"macro {schema}.") if schema else MACROS)
