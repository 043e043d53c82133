"""No way around the gate: who reads the records themselves, who is given every name, and whose scope is asked for. Read from the source."""

from __future__ import annotations

import ast
import re
from functools import cache

from metrics.engine.engine import Engine
from metrics.engine.gated_tables import CLOSED, PLAIN, gated
from metrics.engine.whole_council import Why
from tests.test_architecture import ROOT, sources

GATE = {"metrics/engine/gate.py", "metrics/engine/gated_tables.py", "metrics/engine/kept_views.py"}
# Who opens a night, or holds what it was opened as.
OPENS = {
    "data/night/night.py",
    "data/restrictions/restrictions.py",
    "data/store/store.py",
    "metrics/answers/reported.py",
    "metrics/engine/computed.py",
    "metrics/engine/engine.py",
}
# Which computation reads the whole council, and why.
WHOLE_COUNCIL = {
    ("metrics/answers/calendar/calendar.py", Why.CALENDAR),
    ("metrics/answers/data_quality/load_quality.py", Why.MENDING),
    ("metrics/answers/drift/question.py", Why.MOVEMENTS),
    ("metrics/answers/england/adoption_indicators.py", Why.ADOPTED),
    ("metrics/answers/journeys/kept.py", Why.JOURNEYS),
    ("metrics/answers/meetings_due/meetings_due.py", Why.MEETINGS),
    ("metrics/answers/panel/panel_facts.py", Why.PANEL_FACTS),
    ("metrics/answers/service/adoption.py", Why.ADOPTION_STEPS),
    ("metrics/answers/service/connected_persons.py", Why.CONNECTED),
    ("metrics/answers/service/weekly.py", Why.WEEKLY),
    ("metrics/answers/siblings.py", Why.SIBLINGS),
    ("metrics/strategic/dimensions.py", Why.PUBLISHED_FIGURES),
    ("metrics/strategic/flow.py", Why.PUBLISHED_FIGURES),
    ("metrics/strategic/identities.py", Why.IDENTITIES),
    ("metrics/strategic/series.py", Why.PUBLISHED_FIGURES),
}
# Who asks with every name: the analyst's commands; and what is kept whole and masked whenever it is read.
WITH_NAMES = {
    "casework/agenda/agenda.py",
    "casework/agenda/taking_up.py",
    "casework/freezing/freezing.py",
    "casework/synthetic/panels.py",
    "commands/answering.py",
    "commands/calendar.py",
    "commands/drift.py",
    "packs/panel/papers.py",
}
# Who puts a scope together field by field: its own constructors, and the key under which an answer is remembered.
MAKES_A_SCOPE = {"metrics/engine/scope.py", "ui/context/cached_answers.py"}


@cache
def _trees() -> dict[str, ast.Module]:
    return {path.as_posix(): ast.parse((ROOT / path).read_text(encoding="utf-8")) for path in sources()}


@cache
def _nodes(name: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(_trees()[name]))


@cache
def _said(name: str) -> str:
    """A file without its comments, spaced in one way."""
    return ast.unparse(_trees()[name])


@cache
def _attributes(name: str) -> frozenset[str]:
    return frozenset(node.attr for node in _nodes(name) if isinstance(node, ast.Attribute))


@cache
def _called(name: str) -> frozenset[str]:
    calls = [node.func for node in _nodes(name) if isinstance(node, ast.Call)]
    return frozenset(call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls)


def test_a_raw_connection_is_opened_in_the_places_listed_alone():
    of_night = {"open_night", "open_beside", "_connection", "_cursor"}
    found = {
        name
        for name in _trees()
        if name.split("/")[0] in {"data", "metrics", "casework", "packs", "commands"}
        and (_called(name) | _attributes(name)) & of_night
    }
    assert found - GATE - {"data/reading/reading.py"} <= OPENS
    assert not [name for name in _trees() if "engine.cursor" in _said(name)]


def test_the_engine_gives_no_raw_cursor_but_for_the_whole_council():
    public = {name for name in vars(Engine) if not name.startswith("_")}
    assert "cursor" not in public and {"view", "whole_council"} <= public


def test_who_reads_the_whole_council_is_listed_with_why():
    found = {
        (name, Why[node.attr])
        for name in _trees()
        for node in _nodes(name)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Why"
    }
    assert found == WHOLE_COUNCIL
    calls = {name for name in _trees() if {"Lasting", "Whole"} & _called(name) or "engine.whole_council(" in _said(name)}
    assert calls <= {name for name, _ in WHOLE_COUNCIL}


def test_every_reason_is_used():
    assert {why for _, why in WHOLE_COUNCIL} == set(Why)


def test_who_asks_with_every_name_is_listed():
    found = {name for name in _trees() if "whole_council_with_names" in _attributes(name)}
    assert found == WITH_NAMES
    made = {name for name in _trees() if {"Scope", "cls"} & _called(name)}
    assert {name for name in made if "Scope(" in _said(name) or name in MAKES_A_SCOPE} <= MAKES_A_SCOPE


def _defaults(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """The parameters of a function that have a default."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    some = positional[len(positional) - len(arguments.defaults) :] if arguments.defaults else []
    named = [one for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if default is not None]
    return [one.arg for one in (*some, *named)]


def test_a_scope_is_never_optional():
    """On a page it is the context's, so that a part of a page may be given a narrower one."""
    found = [
        f"{name}: {node.name}"
        for name in _trees()
        for node in _nodes(name)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and {"scope", "roles"} & set(_defaults(node))
        and not (name.startswith("ui/") and node.args.args and node.args.args[0].arg == "context")
    ]
    assert found == []


def test_scope_and_mask_are_applied_in_the_gate_alone():
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in (ROOT / "metrics").rglob("*.sql")}
    texts |= {name: _said(name) for name in _trees() if name.startswith(("metrics/", "packs/", "casework/"))}
    sign = re.compile(
        r"case\s+when\s+(not\s+)?hidden|\{within\}|\{restricted\}|\$(services|teams|workers|roles)\b"
        r"|\bgate_\w+|\bwhole_(?!council)\w+|\b(from|join) restricted_records"
    )
    found = {name: sorted({match.group(0) for match in sign.finditer(text)}) for name, text in texts.items() if sign.search(text)}
    assert set(found) <= GATE, found


def test_every_table_of_a_night_is_known_to_the_gate(engine: Engine):
    """A table that is added shows nothing until somebody has said here what it is."""
    named = {row[0] for row in engine._connection.cursor().execute("select table_name from duckdb_tables()").fetchall()}
    views = {
        row[0]
        for row in engine._connection.cursor().execute("select view_name from duckdb_views() where not internal").fetchall()
    }
    tables = named | views
    assert {name for name in tables if not (gated(name) or name in PLAIN or name in CLOSED)} == set()
    assert {name for name in CLOSED | PLAIN if gated(name)} == set()
