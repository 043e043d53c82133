"""The text of a care plan to its ticked options.

The SSD has a JSON object of ten keys; LCS cuts it at 1,000 characters and does not escape quotes; Mosaic has one of Annex A's
seven values; others a bare code. What can be read is read, and what was recovered from broken text says so.
"""

from __future__ import annotations

import duckdb

from data.contract.code_matching import CodeLists, Matched, need_code_lists
from data.contract.contract import Column, code_sets
from data.parsed_sql import execute
from data.sql_results import one_value

NOT_TICKED = ("", "n", "no", "false", "0", "null")


def match_plans(con: duckdb.DuckDBPyConnection, lists: CodeLists, column: Column) -> Matched:
    """Make the temporary table ``match_<column>``: every plan text in ``stage`` with what it ticks. Gives whether any is unknown.

    Columns: text, ``ticks`` (codes, in the list's order), ``options`` (their distinct option names, in that order),
    ``recovered`` (read from broken JSON), ``known`` (false: no tick can be told, and the row is to be quarantined).
    Broken JSON with no tick among what can be read is known to be blank only when all of the SSD's keys were read.
    """
    if column.codes is None:
        raise ValueError(f"the column {column.name} names no list of codes")
    keys = [code.code for code in code_sets()[column.codes].codes.values()]
    need_code_lists(con, lists)
    # A table of its own: as part of the query below, DuckDB would go through the whole file again for every key.
    con.execute(
        f"create or replace temp table plan_text as "
        f"select distinct {column.name} as text from stage where {column.name} is not null"
    )
    execute(
        con,
        rf"""
        create or replace temp table match_{column.name} as
        with
        {_READ_OBJECTS},
        {_RECOVER_BROKEN},
        {_READ_WORDS},
        ticked as (
            select * from objects
            union all
            select * from recovered_objects
            union all
            select * from words
        ),
        options as (
            select
                ticked.text,
                list(code_list.code order by code_list.place) filter (code_list.code is not null) as ticks,
                list(code_list.option_name order by code_list.place) filter (code_list.code is not null) as names
            from ticked
            left join code_list on code_list.codes = $codes and list_contains(ticked.found, code_list.code)
            group by ticked.text
        )
        select
            ticked.text,
            coalesce(options.ticks, []) as ticks,
            list_filter(coalesce(options.names, []), lambda name, place: list_position(options.names, name) = place) as options,
            ticked.recovered,
            ticked.known
        from ticked
        join options on options.text = ticked.text
        """,
        {"codes": column.codes, "keys": keys, "not_ticked": list(NOT_TICKED), "ssd_keys": len(keys) - 1},
    )
    unknown = one_value(con.execute(f"select coalesce(bool_or(not known), false) from match_{column.name}"))
    return Matched(plain=False, unknown=unknown)


# Each of the three gives text, found (the codes it ticks), recovered, known.
_READ_OBJECTS = r"""
        kinds as (
            select
                text,
                case
                    when json_valid(text) then json_type(text)
                    when starts_with(text, '{') then 'BROKEN'
                    else 'WORDS'
                end as kind
            from plan_text
        ),
        pairs as (
            select
                kinds.text,
                upper(trim(pair.key)) as key,
                lower(trim(coalesce(json_extract_string(pair.value, '$'), ''))) as answer
            from kinds, json_each(case when kind = 'OBJECT' then text end) as pair
            where kinds.kind = 'OBJECT'
        ),
        objects as (
            select
                kinds.text,
                list(pairs.key) filter (
                    list_contains($keys, pairs.key) and not list_contains($not_ticked, pairs.answer)
                ) as found,
                false as recovered,
                count(pairs.key) = 0 or coalesce(bool_or(list_contains($keys, pairs.key)), false) as known
            from kinds
            left join pairs on pairs.text = kinds.text
            where kinds.kind = 'OBJECT'
            group by kinds.text
        )"""

# A whole answer ends in a quote with a comma, a brace or nothing behind it. A quote with anything else behind it stood inside
# the answer, which is therefore some text, which is a tick.
_RECOVER_BROKEN = r"""
        broken as (
            select
                text,
                unnest($keys) as key,
                upper(text) as upper_text
            from kinds
            where kind = 'BROKEN'
        ),
        answers as (
            select
                text,
                key,
                '"\s*' || key || '\s*"\s*:\s*("([^"]*)"\s*([^\s]?)|([A-Z0-9.]+)\s*[,}])' as form,
                regexp_matches(upper_text, form) as answered,
                lower(trim(regexp_extract(upper_text, form, 2) || regexp_extract(upper_text, form, 4))) as answer,
                regexp_extract(upper_text, form, 3) as behind
            from broken
        ),
        recovered_objects as (
            select
                text,
                list(key) filter (
                    answered and (
                        behind not in ('', ',', '}')
                        or not list_contains($not_ticked, answer)
                    )
                ) as found,
                true as recovered,
                coalesce(len(found), 0) > 0 or count(*) filter (answered) >= $ssd_keys as known
            from answers
            group by text
        )"""

_READ_WORDS = r"""
        phrases as (
            select
                text,
                lower(trim(regexp_replace(trim(text, ' "'), '[\s\x{a0}]+', ' ', 'g'))) as folded
            from kinds
            where kind not in ('OBJECT', 'BROKEN', 'ARRAY', 'NULL')
            union all
            select text, ''
            from kinds
            where kind = 'NULL' or kind = 'ARRAY' and json_array_length(text) = 0
            union all
            select text, lower(trim(unnest(from_json(text, '["varchar"]'))))
            from kinds
            where kind = 'ARRAY'
        ),
        meanings as (
            select
                text,
                coalesce(
                    (select min(code) from code_list where codes = $codes and lower(code) = folded),
                    (
                        select min(code) from code_spelling
                        where codes = $codes
                            and regexp_matches(folded, '^\(?[a-g]\)')
                            and starts_with(code_spelling.text, ltrim(folded, '(')[1:2])
                    ),
                    (select min(code) from code_spelling where codes = $codes and text = folded),
                    (select min(code) from code_list where codes = $codes and label = folded),
                    case when folded = '' then '' end
                ) as code
            from phrases
        ),
        words as (
            select
                text,
                list(code) filter (code <> '') as found,
                false as recovered,
                bool_and(code is not null) as known
            from meanings
            group by text
        )"""
