"""Which rows of a staged file no figure may use, each with the first reason that applies and what to do about it.

Works on the view ``numbered`` (see staging) and the temporary tables ``match_<column>``; leaves the temporary table
``faults``: row, source_row, record_id, person_id, rule, column_name, value, reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import duckdb

from data.contract.code_matching import CodeLists, Matched, match_texts, texts_of
from data.contract.contract import Column, Table
from data.contract.plans import match_plans
from data.errors import NightRefused
from data.parsed_sql import execute
from data.reading import parsing
from data.reading.header import Header
from data.reading.staging import unread, unread_columns
from data.sql_results import one_row, one_value

LONGEST_VALUE = 200
REPEAT = "repeat"  # why a row is left out that is not quarantined: an earlier one says all that it says
NO_FAULTS = """
    create or replace temp table faults (
        row bigint, source_row integer, record_id varchar, person_id varchar,
        rule varchar, column_name varchar, value varchar, reason varchar
    )
"""


@dataclass(frozen=True)
class Branch:
    """One way for a row to be at fault, as SQL: when it is, and the rule, column, value and reason. ``of_form``: it has ``trouble``."""

    when: str
    fault: str
    of_form: bool = False


@dataclass(frozen=True)
class Doubts:
    """What a first look at a staged file saw, as far as it goes: whether a row is at ``fault`` for what it holds, ``repeated`` (perhaps),
    or about a ``stranger`` (perhaps); the columns that no rule needs of which a value would be left empty (``unread``); and what became of
    its codes and plans (``matched``, by the column's name)."""

    fault: bool
    repeated: bool
    stranger: bool
    unread: frozenset[str]
    matched: Mapping[str, Matched]

    def any_row(self) -> bool:
        """Whether any row may be at fault."""
        return self.fault or self.repeated or self.stranger


def first_look(con: duckdb.DuckDBPyConnection, table: Table, header: Header, lists: CodeLists) -> Doubts:
    """One question about the whole of ``stage``, which mostly saves the many that find and explain its faults."""
    stranger = f"bool_or({_stranger(table)})" if table.person else "false"
    optional = {
        column.name: f"bool_or({where})" for column, _, where, _ in _may_be_unread(table, header) if column.kind != "code"
    }
    texts = [texts_of(lists, column) for column in table.coded]
    asked = [f"bool_or({_at_fault(table, {})})", _repeated(table, header), stranger, *optional.values(), *texts]
    fault, repeated, other, *rest = one_row(execute(con, f"select {', '.join(asked)} from stage"))
    found = zip(table.coded, rest[len(optional) :], strict=True)
    matched = {column.name: match_texts(con, lists, column, some) for column, some in found}
    matched |= {column.name: match_plans(con, lists, column) for column in table.columns if column.kind == "plan"}
    unknown = {column for column in table.columns if column.name in matched and matched[column.name].unknown}
    fault = fault or any(not column.optional for column in unknown)
    # What was read as a word only now may be empty where a value is needed, or make two rows one.
    fault = fault or any(column.filled and matched[column.name].read for column in table.coded)
    repeated = repeated or any(matched[column.name].read for column in table.coded)
    unread = {name for name, some in zip(optional, rest, strict=False) if some} | {one.name for one in unknown if one.optional}
    return Doubts(bool(fault), bool(repeated), bool(other), frozenset(unread), matched)


def find_faults(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    matched: Mapping[str, Matched],
    unsplit: tuple[tuple[int, str], ...],
    fault: bool,
) -> None:
    """Make ``faults`` for the rows in ``numbered``, one row for each row at fault, all reasons but repeats, duplicates and persons.

    ``unsplit`` are the records that could not be split into fields: (row, text); ``fault``: there may be others.
    """
    con.execute(NO_FAULTS)
    if fault:
        _judge(con, table, _reasons(table, matched))
    for row, text in unsplit:
        con.execute(
            f"insert into faults values (null, $row, null, null, 'structure', null, left($text, {LONGEST_VALUE}), $reason)",
            {
                "row": row,
                "text": text.strip("\r\n"),
                "reason": "The row cannot be split into the columns that the header names: look for a comma or a quotation mark "
                "inside a field, and export it with such fields in quotation marks.",
            },
        )


def add_unused(con: duckdb.DuckDBPyConnection, table: Table, unused: Mapping[int, tuple[str, str]]) -> None:
    """Make these rows faults, before any other reason: {number of the row: (value, reason)}."""
    rows = [(row, value, reason) for row, (value, reason) in unused.items()]
    con.execute(
        "create or replace temp table unused_row as "
        "select unnest($rows::integer[]) as source_row, unnest($texts::varchar[]) as value, unnest($reasons::varchar[]) as reason",
        dict(zip(("rows", "texts", "reasons"), map(list, zip(*rows, strict=True)), strict=True)),
    )
    con.execute("delete from faults where source_row in (select source_row from unused_row)")
    con.execute(
        f"""
        insert into faults
        select
            numbered.row,
            numbered.source_row,
            {table.key},
            {_person(table)},
            'unlisted_row',
            null,
            left(unused_row.value, {LONGEST_VALUE}),
            unused_row.reason
        from numbered
        join unused_row using (source_row)
        """
    )
    con.execute("drop table unused_row")


def _judge(con: duckdb.DuckDBPyConnection, table: Table, branches: list[Branch]) -> None:
    person, reasons = _person(table), "\n".join(f"when {one.when} then {one.fault}" for one in branches)
    con.execute(
        f"""
        insert into faults
        with judged as (
            select
                numbered.row,
                numbered.source_row,
                case when coalesce(trouble not in ('few', 'many'), true) then {table.key} end as record_id,
                case when coalesce(trouble not in ('few', 'many'), true) then {person} end as person_id,
                case {reasons} end as fault
            from numbered
        )
        select
            row,
            source_row,
            record_id,
            person_id,
            fault.rule as rule,
            fault.column_name as column_name,
            left(fault.value, {LONGEST_VALUE}) as value,
            fault.reason as reason
        from judged
        where fault is not null
        """
    )


def flag_unread(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    header: Header,
    unread: Collection[str],
    any_faults: bool,
) -> list[tuple[str, int, str]]:
    """Flag every value of a column that no rule needs which cannot be read, or is in no list: it is left empty, and its row is used.

    ``unread``: the columns that have such values (``Doubts``). Gives (column, rows, what the first flag says) for the load report.
    """
    found: list[tuple[str, int, str]] = []
    used = "anti join faults on faults.row = numbered.row" if any_faults else ""
    for column, value, where, why in (one for one in _may_be_unread(table, header) if one[0].name in unread):
        seen = con.execute(
            f"""
            insert into flags
            select
                'value_not_read',
                '{table.name}',
                source_row,
                {table.key},
                {_person(table)},
                {quoted(_called(column) + " is '")} || left({value}, {LONGEST_VALUE}) || {quoted(f"', which is {why}: left empty")},
                {quoted(_mend(column))}
            from numbered
            {used}
            where {where}
            order by source_row
            returning message
            """
        ).fetchall()
        found += [(column.name, len(seen), seen[0][0])] if seen else []
    return found


def _may_be_unread(table: Table, header: Header) -> list[tuple[Column, str, str, str]]:
    """The columns of a file that no rule needs: (column, its text, when it cannot be read, why not), all but the first as SQL or words."""
    return [
        (column, f"numbered.{column.name}", _unknown(column), f"not in the list {column.codes}")
        if column.kind == "code"
        else (column, unread(column), f"{unread(column)} is not null", f"not a {column.kind}")
        for column in table.columns
        if column.optional and column.name in header.positions
    ]


def all_sound(
    con: duckdb.DuckDBPyConnection, table: Table, header: Header, matched: Mapping[str, Matched], into: str, rows: int
) -> bool:
    """Whether the table ``into`` has so many ``rows``, and no row in it could be at fault or is one of two alike: then every file is sound
    (``sound_files``), which is quicker asked of all at once than of each."""
    if table.key in header.positions:
        return False
    asked = f"count(*), bool_or({_faults(table, matched)}), count(distinct hash({_short(table, header)}))"
    found, fault, different = one_row(execute(con, f"select {asked} from {into} as stage"))
    return found == different == rows and not fault


def sound_files(
    con: duckdb.DuckDBPyConnection, table: Table, header: Header, matched: Mapping[str, Matched], into: str
) -> dict[str, int]:
    """Of several files whose rows stand in the table ``into`` (its column ``file`` says which), those of which no row is at fault or could
    be: none is repeated, is about somebody unknown, or has a value that would be left empty.

    Gives {file: rows} of those whose rows are numbered from its first on.
    """
    found = execute(
        con,
        f"""
        select file, count(*)
        from {into} as stage
        group by file
        having not coalesce(bool_or({_faults(table, matched)}), false)
            and min(source_row) = 2
            and max(source_row) = count(*) + 1
        """,
    ).fetchall()
    repeated = _files_with_repeats(con, table, header, into) if found else set()
    return {file: rows for file, rows in found if file not in repeated}


def _faults(table: Table, matched: Mapping[str, Matched]) -> str:
    """When a row is at fault, or could be, for whatever it is but a repeat."""
    faults = [_at_fault(table, matched)]
    faults += [f"({_unknown(column)})" for column in table.coded if column.optional and matched[column.name].unknown]
    return " or ".join([*faults, _stranger(table)] if table.person else faults)


def _short(table: Table, header: Header) -> str:
    """What mostly tells the rows of a file apart, and is hashed sooner than every column: identifiers and dates."""
    short = [column.name for column in table.columns if column.kind in ("identifier", "date") and column.name in header.positions]
    return ", ".join(["file", *short])


def _files_with_repeats(con: duckdb.DuckDBPyConnection, table: Table, header: Header, into: str) -> set[str]:
    """The files of ``into`` in which a row could be a repeat or a duplicate."""
    if table.key not in header.positions:
        differ = f"select count(*) = count(distinct hash({_short(table, header)})) from {into}"
        if one_value(execute(con, differ)):
            return set()
    asked = f"select file from {into} group by file having {_repeated(table, header)}"
    return {file for (file,) in execute(con, asked).fetchall()}


def _mend(column: Column) -> str:
    own = ", or add it to spellings.csv if it is your system's own word for a code" if column.kind == "code" else ""
    return f"Correct {column.name} in the case system{own}."


def _person(table: Table) -> str:
    """The column that says whose row it is, so that a restricted child's row is hidden where rows at fault are shown."""
    return table.person or ("pers_person_id" if table.name == "ssd_person" else "null::varchar")


def _stranger(table: Table) -> str:
    return f"not exists (from ssd_person where pers_person_id = stage.{table.person})"


def _reasons(table: Table, matched: Mapping[str, Matched]) -> list[Branch]:
    """What puts a row at fault, in the order in which a reason is given; of codes and plans, those that were ``matched``."""
    filled = [column for column in table.columns if column.filled]
    plans = [column for column in table.columns if column.kind == "plan"]
    branches = [*_structure()]
    branches += [_missing(column, "missing_identifier") for column in filled if column.kind == "identifier"]
    branches += [_unreadable(column) for column in table.columns if column.kind in parsing.READERS and not column.optional]
    branches += [_unknown_code(column) for column in table.coded if not column.optional and _any_unknown(matched, column)]
    branches += [_unreadable_plan(column) for column in plans if _any_unknown(matched, column)]
    branches += [_missing(column, "missing_value") for column in filled if column.kind != "identifier"]
    if table.refuse_backwards and table.period:
        branches.append(_backwards(*(table.column(name) for name in table.period)))
    return branches


def _at_fault(table: Table, matched: Mapping[str, Matched]) -> str:
    """When a row is at fault for what it holds. A row has ``trouble`` for one reason alone, whichever: that is asked once."""
    return " or ".join(["trouble is not null", *(f"({one.when})" for one in _reasons(table, matched) if not one.of_form)])


def _structure() -> list[Branch]:
    return [
        _branch(
            "trouble = 'few'", "structure", None, "null", "The row has fewer fields than the header names; export it again.", True
        ),
        _branch(
            "trouble = 'many'",
            "structure",
            None,
            "null",
            "The row has more fields than the header names: look for a comma inside a field, and export it with such fields in "
            "quotation marks.",
            True,
        ),
    ]


def _missing(column: Column, rule: str) -> Branch:
    return _branch(f"{column.name} is null", rule, column, "null", f"{_called(column)} is empty; fill it in in the case system.")


def _unreadable(column: Column) -> Branch:
    article = f"a {column.kind}" if column.kind != "flag" else "yes or no"
    how = parsing.HOW_TO_WRITE[column.kind]
    return _branch(
        f"starts_with(trouble, '{column.name}=')",
        f"unreadable_{column.kind}",
        column,
        f"trouble[{len(column.name) + 2}:]",
        f"{_called(column)} is '{{value}}', which cannot be read as {article}; {how}.",
        True,
    )


def _any_unknown(matched: Mapping[str, Matched], column: Column) -> bool:
    return column.name in matched and matched[column.name].unknown


def _unknown(column: Column) -> str:
    return f"{column.name} in (select text from match_{column.name} where not known)"


def _unknown_code(column: Column) -> Branch:
    reason = f"{_called(column)} is '{{value}}', which is not in the list {column.codes}; correct it, or add it to spellings.csv."
    return _branch(_unknown(column), "unknown_code", column, column.name, reason)


def _unreadable_plan(column: Column) -> Branch:
    reason = f"{_called(column)} is '{{value}}', from which no option can be read; enter the plan again in the case system."
    return _branch(_unknown(column), "unreadable_plan", column, column.name, reason)


def _backwards(start: Column, end: Column) -> Branch:
    reason = f"{_called(end)} is {{value}}, before {start.name}; correct whichever of the two is wrong."
    return _branch(f"{end.name} < {start.name}", "ends_before_it_starts", end, f"strftime({end.name}, '%d/%m/%Y')", reason)


def _called(column: Column) -> str:
    return f"{column.name} ({column.means[0].lower()}{column.means[1:]})"


def _branch(when: str, rule: str, column: Column | None, value: str, reason: str, of_form: bool = False) -> Branch:
    """``when`` and ``value`` are SQL; ``reason`` is text in which {value} stands for the value."""
    words = quoted(reason)
    if "{value}" in reason:
        words = f"replace({words}, '{{value}}', left({value}, {LONGEST_VALUE}))"
    name = quoted(column.name) if column else "null::varchar"
    return Branch(when, f"{{'rule': '{rule}', 'column_name': {name}, 'value': {value}::varchar, 'reason': {words}}}", of_form)


def quoted(text: str) -> str:
    """A text of the contract as a SQL literal. Never used for what a file holds."""
    return "'" + text.replace("'", "''") + "'"


def find_repeats(con: duckdb.DuckDBPyConnection, table: Table, header: Header) -> None:
    """Put every row that is the same as an earlier one, every column as it is read, among ``faults``, in place of any other reason: such a
    row adds nothing, so it is left out and counted, and is nobody's to correct. A row with too few or too many fields is none, since it is
    not known what all of it says. (Of several values that cannot be read and that rules need, the first alone is compared.)"""
    columns = ", ".join([*table.column_names, *unread_columns(table, header)])
    con.execute(
        f"""
        create or replace temp table repeat as
        with keys as (
            select {table.key} as key
            from stage
            where {table.key} is not null
            group by {table.key}
            having count(*) > 1
        )
        select row, source_row
        from numbered
        where ({table.key} is null or {table.key} in (select key from keys))
            and (trouble is null or trouble not in ('few', 'many'))
        qualify row_number() over (partition by {columns}, trouble order by row) > 1
        """
    )
    con.execute("delete from faults where row in (select row from repeat)")
    con.execute(f"insert into faults select row, source_row, null, null, '{REPEAT}', null, null, null from repeat")
    con.execute("drop table repeat")


def find_duplicates(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Add to ``faults`` every row that has the key of an earlier good one and differs from it.

    The first good row stays: one that is in no list of faults and, where the table names a person, is for someone known.
    """
    known = f"{table.person} in (select pers_person_id from ssd_person)" if table.person else "true"
    con.execute(
        f"""
        insert into faults
        with alike as (
            select row, source_row, {known} as known, {table.key} as key
            from numbered
            where {table.key} is not null and row not in (select row from faults where row is not null)
        ),
        ordered as (
            select
                row,
                key,
                row_number() over first_good as place,
                first_value(source_row) over first_good as used_row
            from alike
            window first_good as (partition by key order by known desc, row)
        )
        select
            numbered.row,
            numbered.source_row,
            numbered.{table.key},
            {_person(table)},
            'duplicate',
            '{table.key}',
            ordered.key,
            '{table.key} ' || ordered.key || ' is also on row ' || used_row
                || ', which is used; give each record its own identifier, or remove one of them from the export.'
        from ordered
        join numbered on numbered.row = ordered.row
        where ordered.place > 1
        """
    )


def _repeated(table: Table, header: Header) -> str:
    """Whether any row of ``stage`` could be a repeat or a duplicate. A row without the key of a table that must have one is at fault for
    that."""
    columns = ", ".join(name for name in table.column_names if name in header.positions)
    by_key = f"count({table.key}) > count(distinct {table.key})"
    if table.column(table.key).filled:
        return by_key
    if table.key not in header.positions:
        return f"count(*) > count(distinct hash({columns}))"
    return f"{by_key} or count(*) filter ({table.key} is null) > count(distinct hash({columns})) filter ({table.key} is null)"


def refuse_two_people_of_one_number(con: duckdb.DuckDBPyConnection, file_name: str) -> None:
    """Refuse the night when numbers that are read as one (1001 and 1001.0, a GUID in two letter cases) seem to be two people's.

    To read them as one would give a child another's record. Raises NightRefused; rows that are alike are one person, twice.
    """
    two = con.execute(
        """
        with one_number as (
            select pers_person_id
            from numbered
            where row not in (select row from faults where row is not null)
            group by pers_person_id
            having count(*) > 1 and min(key_text) <> max(key_text)
        )
        select pers_person_id, min(source_row), max(source_row), min(trim(key_text)), max(trim(key_text))
        from numbered
        join one_number using (pers_person_id)
        where row not in (select row from faults where row is not null)
        group by pers_person_id
        having count(distinct trim(key_text)) > 1
            and count(distinct row(pers_dob, lower(trim(pers_forename)), lower(trim(pers_surname)))) > 1
        order by 2
        limit 1
        """
    ).fetchone()
    if two:
        number, first, other, one, another = two
        raise NightRefused(
            f"{file_name} has {one} and {another} for two people (rows {first} and {other}), but both are read as {number}; give each "
            "person a number of their own."
        )


def find_unknown_persons(con: duckdb.DuckDBPyConnection, table: Table, people: str) -> None:
    """Add to ``faults`` every remaining row for a person who is not among the used rows of ``ssd_person``.

    ``people``: the file or table that people come from, as whoever exports it calls it.
    """
    con.execute(
        f"""
        insert into faults
        with strangers as (
            select *
            from numbered
            anti join ssd_person on ssd_person.pers_person_id = numbered.{table.person}
        )
        select
            row,
            source_row,
            {table.key},
            {table.person},
            'unknown_person',
            '{table.person}',
            {table.person},
            '{table.person} ' || {table.person} || {quoted(f" is not in {people}; export that person, or correct the identifier.")}
        from strangers
        where row not in (select row from faults where row is not null)
        """
    )
