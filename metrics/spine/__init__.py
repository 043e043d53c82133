"""The spine: one row per child in care per reporting date, with every term of the definitions.

The files run in the order of their names. They read the typed tables of a night and a table ``reporting_dates``, and leave two
tables: ``spine`` and ``option_clock``. A night keeps both for its standing dates; any other day is computed by the very
same files for a set of one, as temporary tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from data.calendar import FIRST, LAST, bank_holidays
from data.contract.contract import code_sets
from data.parsed_sql import execute
from data.settings import Settings

HERE = Path(__file__).parent
FILES = tuple(sorted(HERE.glob("*.sql")))
# The files whose tables a night keeps; for other days beside a night, those of every file are kept in memory.
KEPT = ("06_option_clocks.sql", "10_spine.sql", "11_known.sql")
EVERY = tuple(path.name for path in FILES)
# The files that are for some policies' rules only.
FURTHER = tuple(name for name in EVERY if name >= "21")
MADE = re.compile(r"^(?:create or replace temp (?:table|view|macro)) (\w+)", re.MULTILINE)
TABLE = re.compile(r"^create or replace temp table (\w+) as\b", re.MULTILINE)
# The words that define a term, above the SQL that makes it: read by metrics/engine/terms.py, and no part of what a figure means.
TERM = re.compile(r"^-- (?P<key>term|cases): (?P<words>.*(?:\n--  .*)*)\n", re.MULTILINE)
COMMENT = re.compile(r"^--.*\n", re.MULTILINE)
# Every day, and how many working days there have been up to and with it.
CALENDAR = """
create or replace temp table calendar_day as
with every_day as (
    select unnest(generate_series($first::date, $last::date, interval 1 day))::date as day
),

closed as (
    select unnest($closed::date[]) as day
)

select
    every_day.day,
    (sum((isodow(every_day.day) <= 5 and closed.day is null)::integer) over so_far)::integer as number
from every_day
left join closed using (day)
window so_far as (order by every_day.day rows unbounded preceding)
order by every_day.day
"""
WORKING_DAYS = """
create or replace temp table working_day as
select number, min(day) as day
from calendar_day
where number > 0
group by number
"""
# How DESCRIBE writes the type of a column that is null on every row.
NULL = '"NULL"'
# What the nights so far showed of the plans (see metrics/spine/observed.py).
HISTORY = {"observed_night": "as_at date", "observed_plan": "child_id varchar, as_at date, options varchar[]"}
# The small tables of our own making, and their columns.
FILLED = {
    "council_authority": {"authority": "varchar", "place": "varchar"},
    "role_word": {"role": "varchar", "words": "varchar"},
    "reporting_dates": {"as_at": "date", "records_from": "date"},
    "codes": {"code_set": "varchar", "code": "varchar", "label": "varchar", "groups": "varchar[]", "place_in_list": "integer"},
    "allocated_worker_role": {"matches": "varchar", "text": "varchar"},
}
VOCABULARY = HERE.parent / "vocabulary.sql"


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def written(sql: str, keep: bool) -> str:
    """The SQL as it is, or, to ``keep`` its tables in the night's own database, with tables and views that are not temporary."""
    return sql.replace("create or replace temp ", "create or replace ") if keep else sql


def definition(file: str, name: str) -> str:
    """One definition of the spine, as the text of its SELECT: for a question about other children than those of the spine."""
    text = (HERE / file).read_text(encoding="utf-8")
    found = re.search(rf"create or replace temp (?:table|view) {name} as\n(.*?);\n", text, flags=re.DOTALL)
    if found is None:
        raise LookupError(f"{file} defines no {name}")
    return found.group(1)


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple], keep: bool) -> None:
    """A small table of our own making (``FILLED``): a few hundred rows at the most, bound a column at a time."""
    columns = FILLED[table]
    values = zip(*rows, strict=True) if rows else [()] * len(columns)
    cells = ", ".join(f"unnest(${name}::{kind}[]) as {name}" for name, kind in columns.items())
    bound = {name: list(cell) for name, cell in zip(columns, values, strict=True)}
    execute(connection, written(f"create or replace temp table {table} as select {cells}", keep), bound)


def _add_calendar(connection: duckdb.DuckDBPyConnection, keep: bool) -> None:
    """The working days, unless the night has them already."""
    if not connection.execute("select 1 from duckdb_tables() where table_name = 'working_day'").fetchone():
        execute(connection, written(CALENDAR, keep), {"first": FIRST, "last": LAST, "closed": list(bank_holidays())})
        execute(connection, written(WORKING_DAYS, keep))


def add_history(connection: duckdb.DuckDBPyConnection, keep: bool) -> None:
    """The tables of what the nights observed, empty, unless the night has them: one published before they were kept has not."""
    there = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    for table, columns in HISTORY.items():
        if table not in there:
            connection.execute(written(f"create or replace temp table {table} ({columns})", keep))


def _codes() -> list[tuple]:
    """The lists of codes that the spine's definitions speak of."""
    spoken = (
        "legal_status",
        "placement_type",
        "episode_start_reason",
        "episode_ceased_reason",
        "event_type",
        "plan_option",
        "meeting_type",
        "match_type",
        "primary_need",
        "document_type",
        "sent_to",
    )
    return [
        (name, code.code, code.label, list(code.groups), place)
        for name in spoken
        for place, code in enumerate(code_sets()[name].codes.values())
    ]


@cache
def _statements() -> tuple[tuple[str, str, str], ...]:
    """Every statement of the spine in turn: (file, the name that it makes, its text)."""
    found = []
    for path in FILES:
        for statement in re.split(r";\n", path.read_text(encoding="utf-8")):
            made = MADE.search(statement)
            if made:
                # The words of comments are no names of tables that it needs.
                found.append((path.name, made.group(1), COMMENT.sub("", statement)))
    return tuple(found)


def made_by(files: Collection[str]) -> set[str]:
    """The names of what some of the spine's files make."""
    return {name for file, name, _ in _statements() if file in files}


def build_for(
    connection: duckdb.DuckDBPyConnection,
    questions: Iterable[str],
    there: Collection[str],
    make: Callable[[duckdb.DuckDBPyConnection, str], object] = execute,
) -> set[str]:
    """Beside a spine, and for its dates, the further tables that the questions' SQL reads; no others. Gives their names.

    ``there``: the names of what the connection has of the spine already; the definitions are what they were when it was made.
    ``make``: what runs a statement that makes one; beside a spine without rows, ``make_without_rows``.
    """
    named = {word for sql in questions for word in re.findall(r"\w+", sql)}
    needed = {}
    for _, name, statement in reversed(_statements()):
        if name in named and name not in there:
            named |= set(re.findall(r"\w+", statement))
            needed[name] = statement
    for statement in reversed(needed.values()):
        make(connection, statement)
    return set(needed)


def make_without_rows(
    connection: duckdb.DuckDBPyConnection, statement: str, parameters: Mapping[str, object] | None = None
) -> None:
    """What a statement of the spine makes, with no row in it: of a table DuckDB says the columns, and is not asked for its rows."""
    table = TABLE.search(statement)
    if table is None:
        execute(connection, statement)
        return
    described = connection.execute(f"describe {statement[table.end() :]}", parameters).fetchall()
    # Of a column that is null on every row, a table makes one of whole numbers.
    columns = ", ".join(f"{name} {'integer' if kind == NULL else kind}" for name, kind, *_ in described)
    connection.execute(f"create temp table {table.group(1)} ({columns})")


def build_without_rows(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The spine with every table, view and macro, and no row in any, beside the contract's tables. Gives the names of what there is.

    The tables that some rules ask for besides (``FURTHER``) are not among them (``build_for``).
    """
    small = {table: ", ".join(f"{name} {kind}" for name, kind in columns.items()) for table, columns in FILLED.items()}
    for table, columns in (HISTORY | small).items():
        connection.execute(f"create temp table {table} ({columns})")
    make_without_rows(connection, CALENDAR, {"first": FIRST, "last": FIRST, "closed": []})
    make_without_rows(connection, WORKING_DAYS)
    execute(connection, _text(VOCABULARY))
    for file, _, statement in _statements():
        if file not in FURTHER:
            make_without_rows(connection, statement)
    return made_by(EVERY) - made_by(FURTHER)


def _authorities(settings: Settings) -> list[tuple]:
    """The council's own authority and its neighbours, as the extract of placements writes them, in small letters."""
    own = [(settings.authority_code.strip().lower(), "own")] if settings.authority_code else []
    return own + [(text.strip().lower(), "neighbour") for text in settings.neighbouring_authorities]


def _role_words(settings: Settings) -> list[tuple]:
    """The council's words for each role that a policy names, in small letters."""
    return [(role, " ".join(text.lower().split())) for role, words in settings.roles for text in words]


def _roles(settings: Settings) -> list[tuple]:
    contains = [("contains", text.upper()) for text in settings.allocated_worker_contains]
    return contains + [("equals", text.upper()) for text in settings.allocated_worker_equals]


def build_spine(
    connection: duckdb.DuckDBPyConnection,
    reporting_dates: Iterable[date],
    settings: Settings,
    progress: Callable[[str], None] = lambda text: None,
    keep: Collection[str] = (),
    night: date | None = None,
    questions: Iterable[str] | None = None,
) -> None:
    """Compute the spine for a set of dates, in one pass: the tables ``spine`` and ``option_clock``, and what they were made with.

    ``connection`` holds a night's typed tables, and what the nights up to it observed; if it holds none, all clocks are recorded.
    ``settings`` gives the roles that make a worker the allocated one, the words for those who approve, the council's neighbours, and
    how far the records reach: by default back from the ``night``'s own date (unless given, the latest of the dates). The tables are
    temporary ones of this connection (and hide
    any stored ones), save those of the files to ``keep`` (``KEPT`` or ``EVERY``), which stay in its database. ``questions``: the SQL of
    the rules that are to be asked of it, whose further tables (``FURTHER``) are made; unless given, all of them.
    """
    lasting = bool(keep)
    _add_calendar(connection, lasting)
    add_history(connection, lasting)
    _fill(connection, "council_authority", _authorities(settings), lasting)
    _fill(connection, "role_word", _role_words(settings), lasting)
    days = sorted(set(reporting_dates))
    reach = settings.records_reach(night or days[-1])
    _fill(connection, "reporting_dates", [(day, reach) for day in days], lasting)
    execute(connection, written(_text(VOCABULARY), lasting))
    _fill(connection, "codes", _codes(), lasting)
    _fill(connection, "allocated_worker_role", _roles(settings), lasting)
    files = [path for path in FILES if questions is None or path.name not in FURTHER]
    for path in files:
        progress(f"spine: {path.stem[3:].replace('_', ' ')}")
        execute(connection, written(_text(path), path.name in keep))
    if questions is not None:
        progress("spine: what the rules ask for besides")
        build_for(connection, questions, made_by([path.name for path in files]))
