"""The one gate: every answer reads a night through it, and sees the children of its scope alone, restricted records without a name.

``Engine.view`` gives a ``View``. On it a table that names children is already narrowed and masked, whatever the SQL says:

* the tables by day (``spine``, ``listed``, ``milestone``, ``known_on_day``, ``journey_step``) hold the rows of the scope. A restricted
  child's row stays, with its group, rule, dates and days (``KEPT_OF_RESTRICTED``) and nothing more;
* the extracts hold the rows of the children of the scope on the dates asked about, and none of a restricted child's;
* ``listed_by_name`` is ``listed`` with what each child is called; ``listed_unnamed`` has the columns alone that stay of a restricted child;
* counts (``figure``, ``population``, ``backlog_figure``, ``milestone_figure``, ``listed_count``, ``milestone_count``) hold everybody of the
  scope, and no child;
* a table that the gate does not know shows nothing.

What can only be worked out of everybody's records, restricted ones too, is a named computation (``metrics/engine/whole_council.py``);
its rows pass the gate as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

import duckdb
import numpy
import pandas

from data.parsed_sql import execute
from metrics.engine.gated_tables import (
    BY_TEAM,
    BY_WAY_OF,
    COUNTED,
    KEPT_COUNTS,
    KEPT_OF_RESTRICTED,
    KEPT_WHOLE,
    MADE,
    MADE_OF,
    PLAIN,
    UNNAMED,
    child_columns,
    gated,
    named_columns,
    table_macros,
)
from metrics.engine.scope import Reach, Scope
from metrics.engine.whole_council import Whole
from words.labels import RESTRICTED_RECORD

# The children whose records these roles may not see, from the one table that a night keeps of them
# (data/restrictions/restrictions.py). A restriction hides the child on every date before its own end: one that began last week hides
# last month's list too, and one whose dates are missing hides permanently.
RESTRICTED = """
    select distinct restriction.person_id
    from restricted_records as restriction
    where (restriction.end_date is null or restriction.end_date > $hidden_on)
        and restriction.person_id is not null
        and $roles::varchar[] is not null
        and not list_has_any(
            list_transform(
                regexp_split_to_array(coalesce(restriction.allowed_roles, ''), '[,;]'),
                lambda role: lower(trim(role))
            ),
            list_transform($roles::varchar[], lambda role: lower(role))
        )
"""
HIDDEN = "create temp table gate_hidden as select unnest($ids::varchar[]) as person_id"
# A worker's name is as lists have it (``09_teams.sql``). With it a row of a day on which another had the child is not the worker's.
HAS_CASES = """
select distinct
    involvement.invo_person_id as child_id,
    coalesce(nullif(trim(professional.prof_professional_name), ''), involvement.invo_professional_id) as worker
from ssd_involvements as involvement
left join ssd_professionals as professional on professional.prof_professional_id = involvement.invo_professional_id
where list_contains($workers::varchar[], involvement.invo_professional_id)
union
select distinct
    involvement.invo_person_id,
    null
from ssd_involvements as involvement
where list_contains($reviewing_officers::varchar[], involvement.invo_professional_id)
    and involvement.invo_involvement_start_date <= $tonight
    and (involvement.invo_involvement_end_date is null or involvement.invo_involvement_end_date > $tonight)
    and list_bool_or(list_transform($roles::varchar[], lambda role: contains(upper(involvement.invo_professional_role_id), upper(role))))
order by all
"""
CHOSEN = "create temp table gate_{column} as select unnest($names::varchar[]) as name"
# The services and teams of the area that is looked at and of the others, and whether a row is the area's (``Settings.panel_area``).
AREA = tuple(
    f"create temp table {table} as select lower(trim(name)) as name from (select unnest($names::varchar[]) as name)"
    for table in ("gate_area", "gate_other_area")
)
IN_AREA = """(
    coalesce(lower({team}), '') in (select name from gate_area)
    or (
        coalesce(lower({service}), '') in (select name from gate_area)
        and coalesce(lower({team}), '') not in (select name from gate_other_area)
    )
)"""
# What of a person's reach is by name, and whose cases it holds: of a worker with the worker's name, so that another's days are not seen.
REACHED = "create temp table gate_reach_{column} as select unnest($names::varchar[]) as name"
CASES = """create temp table gate_case as
select unnest($children::varchar[]) as child_id, unnest($workers::varchar[]) as worker"""
TELLS = "create temp macro {name}(_service, _team, _worker, _child_id) as ({tests})"
# The children of the scope: those who are in it on one of the dates asked about, and those of the rows of another table that are.
CHILDREN = """
create temp table gate_child as
select distinct listed.child_id
from {known} as listed
where listed.as_at = any($dates::date[]) and {within}
"""
MORE_CHILDREN = "insert into gate_child select listed.{child} from {source} as listed where {within}"
TABLES = """
select database_name || '.' || schema_name, table_name from duckdb_tables() where not temporary
union all
select database_name || '.' || schema_name, view_name from duckdb_views() where not temporary and not internal
"""
WORD = re.compile(r"\w+")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# The gate's own tables, the raw ones by their full names, and DuckDB's ways of reading a table whose name stands in a text.
CLOSED_WORDS = r'\b(gate_\w+|whole_\w+|restricted_records|query|query_table|duckdb_\w+|(main|temp|{databases})"?\s*\.)'


class GateError(RuntimeError):
    """An answer's SQL reaches past the gate: a mistake in the product, never in what somebody asked."""


class Answer:
    """What a question gave, and no way back to the database."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def df(self) -> pandas.DataFrame:
        return self._cursor.df()

    def fetchall(self) -> list[tuple]:
        return self._cursor.fetchall()

    def fetchone(self) -> tuple | None:
        return self._cursor.fetchone()

    def fetchnumpy(self) -> dict[str, numpy.ndarray]:
        return self._cursor.fetchnumpy()


class View:
    """A night as one person may see it. It belongs to one thread, and to the ``with`` block that opened it.

    ``cursor`` is raw and has no temporary tables of the gate yet; ``tables`` are those that it can read, by their full names
    (``tables_of``). ``days``: the dates asked about. ``hidden``: the identifiers of the children whose records are restricted.
    """

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        tables: Mapping[str, str],
        scope: Scope,
        days: Iterable[date],
        hidden: frozenset[str],
    ) -> None:
        self._cursor = cursor
        self._tables = tables
        self._scope = scope
        self._days = list(days)
        databases = sorted({full.split(".")[0] for full in tables.values()})
        self._closed = re.compile(CLOSED_WORDS.format(databases="|".join(databases)))
        self._made: set[str] = set()
        self._whole: dict[str, Whole] = {}
        self._hides = bool(hidden)
        self.is_plain = True
        if hidden:
            cursor.execute(HIDDEN, {"ids": list(hidden)})
        for column, names in scope.chosen.items():
            cursor.execute(CHOSEN.format(column=column), {"names": list(names)})
        if scope.panel_area is not None:
            for statement, named in zip(AREA, (scope.panel_area.names, scope.panel_area.others), strict=True):
                cursor.execute(statement, {"names": list(named)})
        self._open_reach()

    def _open_reach(self) -> None:
        """Put what a person may see into tables, for ``_reached``."""
        reach = self._scope.reach
        if reach is None:
            return
        for column, names in reach.named.items():
            self._cursor.execute(REACHED.format(column=column), {"names": list(names)})
        if reach.cases:
            children, workers = zip(*reach.cases, strict=True)
            self._cursor.execute(CASES, {"children": list(children), "workers": list(workers)})

    def about(self, days: Iterable[date]) -> None:
        """Ask about other dates from now on: the children of the scope are those of these dates."""
        if self._days == list(days):
            return
        self._days = list(days)
        if "gate_child" in self._made:
            self._made.remove("gate_child")
            self._cursor.execute("drop table gate_child")
            self._narrow()
            self._add_children(self._made)

    def close(self) -> None:
        self._cursor.close()

    def execute(self, sql: str, parameters: Mapping[str, object] | None = None) -> Answer:
        """Ask a question of the tables as this person may see them. Raises GateError for SQL that would reach past the gate."""
        return self._run(sql, parameters)

    def define(self, script: str) -> None:
        """Make temporary views and macros of an answer's own, over the tables as this person may see them."""
        names = re.findall(r"create or replace temp (?:view|macro) (\w+)", script)
        self._made |= set(names)
        self.is_plain = False
        self._run(script, None)

    def has(self, table: str) -> bool:
        """Whether the night has a table: one that was published by an older version may not."""
        return table in self._tables

    def make(self, whole: Whole, parameters: Mapping[str, object]) -> None:
        """Work out a table of the whole council, and show it under its name as this person may see it.

        ``parameters``: those of every step; in its SQL ``in_scope(service, team, worker, child_id)`` tells whether a row is in the scope,
        and ``in_reach`` of the same whether the person may see it at all, whatever is looked at.
        Raises GateError for a second such table, and after ``define``.
        """
        if not self.is_plain:
            raise GateError(f"'{whole.name}' must be the first that is made on a view.")
        # It reads the records themselves, so the gate's views stand aside.
        for name in self._made - {"gate_child"}:
            self._cursor.execute(f"drop view {name}")
        self._made &= {"gate_child"}
        self.is_plain = False
        self._cursor.execute(TELLS.format(name="in_scope", tests=self._within("_{}", "_child_id")))
        reach = self._scope.reach
        self._cursor.execute(
            TELLS.format(name="in_reach", tests="true" if reach is None else self._reached(reach, "_{}", "_child_id"))
        )
        for name, sql in whole.steps.items():
            given = {key: value for key, value in parameters.items() if re.search(rf"\${key}\b", sql)}
            execute(self._cursor, f"create temp table {name} as {sql}", given)
        *beside, last = whole.steps
        for name in beside:
            self._cursor.execute(f"drop table {name}")
        self._cursor.execute(f"alter table {last} rename to whole_{whole.name}")
        self._whole[whole.name] = whole

    def _run(self, sql: str, parameters: Mapping[str, object] | None) -> Answer:
        new = _words_of(sql, self._closed) - self._made
        for name in sorted(new):
            self._open(name, sql.lower())
        self._add_children(new)
        return Answer(execute(self._cursor, sql, parameters))

    def _open(self, name: str, sql: str) -> None:
        """Put the gate's own view before a table that the SQL may read."""
        if name in table_macros() and re.search(rf"\b{name}\s*\(", sql):
            raise GateError(f"The macro '{name}' reads the records themselves; define it over the gate's tables.")
        if name in self._whole:
            text = self._of_whole(self._whole[name])
        elif name in PLAIN or not (name in self._tables or name in MADE):
            return
        else:
            text = self._text(name) if gated(name) else f"select error('The gate does not know the table {name}.') as closed"
        self._made.add(name)
        self._cursor.execute(f"create temp view {name} as {text}")

    def _narrow(self) -> None:
        """Note who the children of the scope are on the dates asked about."""
        if "gate_child" in self._made:
            return
        self._made.add("gate_child")
        if "known_on_day" in self._tables:
            text = CHILDREN.format(known=self._source("known_on_day"), within=self._within())
            self._cursor.execute(text, {"dates": self._days})
        else:
            self._cursor.execute("create temp table gate_child (child_id varchar)")

    def _add_children(self, names: Iterable[str]) -> None:
        """A child of whom a row of the scope tells may have left care long since."""
        if not self._narrows:
            return
        for name in names:
            whole = self._whole.get(name)
            if name == "journey_step" or (whole is not None and whole.child is not None):
                self._narrow()
                source, child = (f"whole_{name}", whole.child) if whole else (self._source(name), "child_id")
                self._cursor.execute(
                    MORE_CHILDREN.format(child=child, source=source, within=self._within(child=f"listed.{child}"))
                )

    def _full(self, text: str) -> str:
        """SQL with the full name of each table in braces, and the columns of ``ssd_person`` for ``{names}``."""
        full = {**self._tables, "names": named_columns(self._scope.names)}
        return PLACEHOLDER.sub(lambda found: full[found.group(1)], text)

    @property
    def _narrows(self) -> bool:
        """Whether some children are out of scope."""
        return not self._scope.is_whole

    def _within(self, column: str = "listed.{}", child: str = "listed.child_id") -> str:
        """The condition that a row belongs to the scope. Its names stand in tables, never in the SQL."""
        tests = self._chosen(column)
        if self._scope.reach is not None:
            tests.append(self._reached(self._scope.reach, column, child))
        return " and ".join(tests) or "true"

    def _chosen(self, column: str = "listed.{}") -> list[str]:
        tests = [f"{column.format(name)} in (select name from gate_{name})" for name in self._scope.chosen]
        if self._scope.panel_area is not None:
            tests.append(IN_AREA.format(service=column.format("service"), team=column.format("team")))
        return tests

    @staticmethod
    def _reached(reach: Reach, column: str, child: str) -> str:
        """The condition that the person may see a row at all."""
        tests = [f"{column.format(name)} in (select name from gate_reach_{name})" for name in reach.named]
        if reach.cases:
            tests.append(f"{child} in (select child_id from gate_case where worker is null)")
            tests.append(f"row({child}, {column.format('worker')}) in (select row(child_id, worker) from gate_case)")
        return f"({' or '.join(tests)})" if tests else "false"

    def _text(self, name: str) -> str:
        if name in COUNTED:
            return self._counted(*COUNTED[name])
        if name in KEPT_COUNTS:
            return self._kept_counts(name)
        if name in UNNAMED:
            kept = ", ".join(KEPT_OF_RESTRICTED[UNNAMED[name]])
            return f"select {kept} from {self._source(UNNAMED[name])} as listed where {self._within()}"
        if name in KEPT_OF_RESTRICTED:
            keeps, masked, hidden = KEPT_OF_RESTRICTED[name], ("child_id", "worker"), self._is_hidden("child_id")
            columns = (*keeps, *masked) if name in KEPT_WHOLE else ()
            return self._masked(self._source(name), keeps, masked, hidden, columns=columns)
        return self._rows_of_named(name)

    def _source(self, name: str) -> str:
        return self._full(MADE_OF.get(name, f"{{{name}}}"))

    def _counted(self, table: str, columns: str, only: str = "") -> str:
        kept = f"{self._within()} and {only}" if only else self._within()
        return f"select {columns}, count(*) as children from {self._source(table)} as listed where {kept} group by all"

    def _kept_counts(self, name: str) -> str:
        """The counts that the night keeps, where they tell whose are the scope's: else they are counted."""
        reach = self._scope.reach
        if (reach is None or not reach.cases) and (self._scope.workers is None or name not in BY_TEAM):
            return f"select * from {self._full(f'{{{name}}}')} as listed where {self._within()}"
        return self._counted(*KEPT_COUNTS[name])

    def _is_hidden(self, column: str) -> str:
        return f"listed.{column} in (select person_id from gate_hidden)" if self._hides else ""

    def _masked(
        self,
        source: str,
        keeps: Iterable[str],
        masked: Sequence[str],
        hidden: str,
        child: str = "listed.child_id",
        columns: Sequence[str] = (),
    ) -> str:
        """The rows of the scope; those of which ``hidden`` holds with the columns of ``keeps`` and nothing else.

        ``masked``: the columns in which they say that a record is restricted. ``columns``: all of the source, where they are known.
        Where it cannot be told whether a row is hidden, it is.
        """
        within = self._within(child=child)
        if not hidden:
            return f"select * from {source} as listed where {within}"
        said = {name: name for name in keeps}
        said |= {name: f"case when not gate_is_hidden then {name} else '{RESTRICTED_RECORD}' end as {name}" for name in masked}
        others = f"columns(* exclude ({', '.join([*said, 'gate_is_hidden'])}))"
        empty = "case when not gate_is_hidden then {0} end as {0}".format
        shown = [said.get(name, empty(name)) for name in columns] or [
            *said.values(),
            f"case when not gate_is_hidden then {others} end",
        ]
        # One look at each row: the source stands in the text once, and so do the tests of the scope.
        rows = f"select listed.*, {hidden} as gate_is_hidden from {source} as listed where {within}"
        return f"select {', '.join(shown)} from ({rows})"

    def _of_whole(self, whole: Whole) -> str:
        source = f"whole_{whole.name}"
        columns = [row[0] for row in self._cursor.execute(f"describe {source}").fetchall()]
        if whole.child is None:
            if not any("in_scope(" in sql for sql in whole.steps.values()):
                raise GateError(f"The SQL of '{whole.name}' counts without asking in_scope of each child.")
            if named := {"child_id", "child_number", "person_id", "legacy_id", "name"} & set(columns):
                raise GateError(f"The counts of '{whole.name}' have a column '{sorted(named)[0]}'.")
            # Its own SQL asks in_scope of each child before it counts.
            return f"select * from {source} as listed where {' and '.join(self._chosen()) or 'true'}"
        child = f"listed.{whole.child}"
        hidden = self._is_hidden(whole.child)
        if whole.hides_unknown and self._scope.roles is not None:
            unknown = self._full(f"listed.{whole.child} not in (select pers_person_id from {{ssd_person}})")
            hidden = f"{hidden} or {unknown}" if hidden else unknown
        if whole.keeps is None:
            kept = f" and not coalesce({hidden}, false)" if hidden else ""
            return f"select * from {source} as listed where {self._within(child=child)}{kept}"
        masked = [name for name in (whole.child, "worker") if name in columns]
        return self._masked(source, whole.keeps, masked, hidden, child, columns)

    def _rows_of_named(self, name: str) -> str:
        """Rows of an extract, and what else belongs to one child: of the children of the scope whose records may be seen."""
        column = child_columns().get(name)
        columns = named_columns(self._scope.names) if name == "ssd_person" else "*"
        rows = f"select rowid, {columns} from {self._full(f'{{{name}}}')} as listed"
        if column is not None:
            kept = self._named(column)
            return f"{rows} where {kept}" if kept else rows
        leads, other, its = BY_WAY_OF[name]
        kept = self._named(child_columns()[other])
        by_way = self._full(f"select {its} from {{{other}}} as listed where {kept}")
        return f"{rows} where listed.{leads} in ({by_way})" if kept else rows

    def _named(self, column: str) -> str:
        tests = [f"not ({self._is_hidden(column)})"] if self._hides else []
        if self._narrows:
            self._narrow()
            tests.append(f"listed.{column} in (select child_id from gate_child)")
        return " and ".join(tests)


@lru_cache(maxsize=1_000)
def _words_of(sql: str, closed: re.Pattern[str]) -> frozenset[str]:
    """The words of an answer's SQL, which may be tables. Raises GateError for one that is closed to it."""
    lowered = sql.lower()
    if found := closed.search(lowered):
        raise GateError(f"An answer's SQL may not say '{found.group(0)}'; the gate gives the tables by their plain names.")
    return frozenset(WORD.findall(lowered))


def tables_of(cursor: duckdb.DuckDBPyConnection, schemas: Sequence[str]) -> dict[str, str]:
    """The tables and views that a raw cursor finds in these schemas, in order, each with its full name."""
    order = {schema: place for place, schema in enumerate(schemas)}
    here = [row for row in cursor.execute(TABLES).fetchall() if row[0] in order]
    return {name: f"{schema}.{name}" for schema, name in sorted(here, key=lambda row: order[row[0]], reverse=True)}


def hidden_children(cursor: duckdb.DuckDBPyConnection, scope: Scope, day: date) -> frozenset[str]:
    """The identifiers of the children whose records this scope's roles may not see on a day. ``cursor`` is raw."""
    if scope.roles is None:
        return frozenset()
    asked = {"hidden_on": day, "roles": sorted(scope.roles)}
    return frozenset(row[0] for row in cursor.execute(RESTRICTED, asked).fetchall())


def cases_of(
    cursor: duckdb.DuckDBPyConnection, reach: Reach, tonight: date, roles: Iterable[str]
) -> tuple[tuple[str, str | None], ...]:
    """The cases of a reach's workers and reviewing officers (``Reach.cases``). ``cursor`` is raw; ``roles``: the words by which an
    involvement is a reviewing officer's."""
    asked = {
        "workers": list(reach.workers),
        "reviewing_officers": list(reach.reviewing_officers),
        "tonight": tonight,
        "roles": list(roles),
    }
    return tuple((child, worker) for child, worker in cursor.execute(HAS_CASES, asked).fetchall())


def groups_within(scope: Scope, by_worker: bool) -> Callable[[str, str, str], bool] | None:
    """Whether the counts of a service, team and worker belong to a scope, for counts that were kept elsewhere (``View._kept_counts``).

    None where counts cannot tell: of somebody's own cases, or of a worker's by team.
    """
    reach, area, chosen = scope.reach, scope.panel_area, scope.chosen
    if (scope.workers is not None and not by_worker) or (reach is not None and reach.cases):
        return None

    def within(service: str, team: str, worker: str) -> bool:
        names = {"service": service, "team": team, "worker": worker}
        return (
            all(names[column] in some for column, some in chosen.items())
            and (area is None or area.has(service, team))
            and (reach is None or any(names[column] in some for column, some in reach.named.items()))
        )

    return within


def rows_within(rows: pandas.DataFrame, scope: Scope) -> pandas.Series:
    """Which rows of a list that was kept elsewhere belong to a scope: by service, team, worker and area, and by child for a person's
    cases."""
    mask = pandas.Series(True, index=rows.index)
    for column, names in scope.chosen.items():
        mask &= rows[column].isin(names)
    if scope.panel_area is not None:
        mask &= pandas.Series(
            [scope.panel_area.has(*pair) for pair in zip(rows["service"], rows["team"], strict=True)],
            index=rows.index,
            dtype=bool,
        )
    if scope.reach is not None:
        seen = pandas.Series(False, index=rows.index)
        for column, names in scope.reach.named.items():
            seen |= rows[column].isin(names)
        if scope.reach.cases:
            cases = set(scope.reach.cases)
            pairs = zip(rows["child_id"], rows["worker"], strict=True)
            seen |= pandas.Series(
                [(child, None) in cases or (child, worker) in cases for child, worker in pairs], index=rows.index, dtype=bool
            )
        mask &= seen
    return mask
