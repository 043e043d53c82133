"""Which terms a SELECT speaks of, and where: read from the tree into which DuckDB parses it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import duckdb

from metrics.engine.terms import columns, made, terms

QUERIES = ("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE")


@dataclass(frozen=True)
class Mention:
    """A term in the text of a SELECT: from ``start`` up to ``end``, in characters."""

    start: int
    end: int
    term: str


@dataclass(frozen=True)
class Spoken:
    """The terms of a SELECT: ``tables`` with the columns that it uses, in the order in which they first come; ``macros``; and every
    mention in the text, in its order."""

    tables: dict[str, tuple[str, ...]]
    macros: tuple[str, ...]
    mentions: tuple[Mention, ...]


@dataclass
class _Reading:
    sql: bytes
    tables: dict[str, dict[str, None]] = field(default_factory=dict)
    macros: dict[str, None] = field(default_factory=dict)
    mentions: dict[tuple[int, int], str] = field(default_factory=dict)

    def mention(self, place: int, name: str, term: str) -> None:
        """Note a term where the text names it. The text is UTF-8 and the place counts bytes."""
        end = place + len(name.encode())
        if place < len(self.sql) and self.sql[place:end].decode(errors="ignore").casefold() == name.casefold():
            before = len(self.sql[:place].decode())
            self.mentions[(before, before + len(name))] = term

    def use(self, table: str, column: str) -> None:
        self.tables.setdefault(table, {})[column] = None


# Name in this SELECT -> the table of the spine that it is; None for any other.
Scope = dict[str, str | None]


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """A database with nothing in it: it only reads text."""
    return duckdb.connect()


@cache
def spoken(sql: str) -> Spoken:
    """The terms of one SELECT. Nothing for a text that DuckDB cannot parse: such a measure has a problem, and no figure."""
    with _parser().cursor() as cursor:
        [(text,)] = cursor.execute("select json_serialize_sql($sql)", {"sql": sql}).fetchall()
    tree = json.loads(text)
    reading = _Reading(sql.encode())
    for statement in tree.get("statements", ()):
        _query(reading, statement["node"], frozenset())
    tables = {table: tuple(used) for table, used in reading.tables.items()}
    mentions = tuple(Mention(start, end, term) for (start, end), term in sorted(reading.mentions.items()))
    return Spoken(tables, tuple(reading.macros), mentions)


def _query(reading: _Reading, node: dict, named: frozenset[str]) -> None:
    """One query: its WITH first, each of whose names hides a table of the same name from there on."""
    for entry in node.get("cte_map", {}).get("map", ()):
        _query(reading, entry["value"]["query_node"], named)
        named |= {entry["key"]}
    if node["type"] != "SELECT_NODE":
        for part in (*node.get("children", ()), node.get("left"), node.get("right")):
            if part:
                _query(reading, part, named)
        return
    scope: Scope = {}
    _from(reading, node["from_table"], named, scope)
    for part in ("select_list", "where_clause", "group_expressions", "having", "qualify", "modifiers"):
        _expression(reading, node.get(part), named, scope)
    _joins(reading, node["from_table"], named, scope)


def _from(reading: _Reading, node: dict, named: frozenset[str], scope: Scope) -> None:
    """The tables that a SELECT is from, into its scope."""
    kind = node["type"]
    if kind == "JOIN":
        _from(reading, node["left"], named, scope)
        _from(reading, node["right"], named, scope)
    elif kind == "SUBQUERY":
        scope[node["alias"]] = None
        _query(reading, node["subquery"]["node"], named)
    elif kind in ("BASE_TABLE", "TABLE_FUNCTION"):
        name = node["table_name"] if kind == "BASE_TABLE" else node["function"]["function_name"]
        known = name not in named and bool(columns(name))
        scope[node["alias"] or name] = name if known else None
        if known:
            reading.tables.setdefault(name, {})
            reading.mention(node["query_location"], name, name)
        if kind == "TABLE_FUNCTION":
            _expression(reading, node["function"]["arguments"], named, scope)


def _joins(reading: _Reading, node: dict, named: frozenset[str], scope: Scope) -> None:
    """What tables are joined on: conditions, and columns that both have."""
    if node["type"] != "JOIN":
        return
    for side in ("left", "right"):
        _joins(reading, node[side], named, scope)
    _expression(reading, node.get("condition"), named, scope)
    for column in node.get("using_columns", ()):
        for table in _tables_with(scope, column):
            reading.use(table, column)


def _tables_with(scope: Scope, column: str) -> Iterator[str]:
    return (table for table in scope.values() if table and column in columns(table))


def _expression(reading: _Reading, node: object, named: frozenset[str], scope: Scope) -> None:
    if isinstance(node, list):
        for part in node:
            _expression(reading, part, named, scope)
    elif isinstance(node, dict):
        if node.get("type") in QUERIES:
            _query(reading, node, named)
            return
        if node.get("type") == "COLUMN_REF":
            _column(reading, node, scope)
        elif node.get("type") == "STAR":
            named_tables = [scope.get(node["relation_name"])] if node["relation_name"] else list(scope.values())
            for table in named_tables:
                if table:
                    for column in columns(table):
                        reading.use(table, column)
        elif node.get("class") == "FUNCTION" and node["function_name"] in made() and node["function_name"] in terms():
            reading.macros[node["function_name"]] = None
            reading.mention(node["query_location"], node["function_name"], node["function_name"])
        for part in node.values():
            _expression(reading, part, named, scope)


def _column(reading: _Reading, node: dict, scope: Scope) -> None:
    """A column, by the table that it names, else by the first in the scope that has it."""
    *qualifier, column = node["column_names"]
    table = scope.get(qualifier[-1]) if qualifier else next(_tables_with(scope, column), None)
    if table and column in columns(table):
        reading.use(table, column)
        reading.mention(node["query_location"], ".".join(node["column_names"]), f"{table}.{column}")
