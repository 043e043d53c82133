"""The terms that a measure's SQL speaks of, each with its own definition: the tables of the spine, their columns, and the macros.

A definition stands in a comment above the SQL that makes the term (``-- term: spine.age: ...``), and names the worked examples that
show it (``-- cases: ...``). A column that means the same in every table is defined once, as ``*.as_at``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from metrics.engine.dry_run import columns_of
from metrics.spine import FILES, TERM

HERE = Path(__file__).parents[1]
VOCABULARY = HERE / "vocabulary.sql"
EVERYWHERE = "*"
# A macro that gives all the columns of a table, and some more.
COLUMNS_OF = "the columns of "
MADE = re.compile(r"^create or replace temp (?P<kind>table|view|macro) (?P<name>\w+)(?P<takes>\(.*?\))?", re.MULTILINE)


@dataclass(frozen=True)
class Term:
    """One term. ``name``: *spine*, *spine.age* or *months_after*; ``words``: its definition; ``cases``: the terms of the worked examples
    that show it; ``file``: where it stands, from the folder metrics."""

    name: str
    words: str
    cases: tuple[str, ...]
    file: str


@dataclass(frozen=True)
class Made:
    """The SQL that makes a table or a macro. ``is_table``: whether a SELECT can be from it; ``takes``: how many values it is given."""

    name: str
    sql: str
    file: str
    is_table: bool
    takes: int = 0


def _files() -> tuple[Path, ...]:
    return (VOCABULARY, *FILES)


def _name(path: Path) -> str:
    return path.relative_to(HERE).as_posix()


@cache
def terms() -> dict[str, Term]:
    """Every term that is defined, by its name."""
    found: dict[str, Term] = {}
    for path in _files():
        for entry in TERM.finditer(path.read_text(encoding="utf-8")):
            words = re.sub(r"\n--\s+", " ", entry["words"]).strip()
            if entry["key"] == "term":
                name, _, said = words.partition(": ")
                if name in found:
                    raise ValueError(f"{path.name}: the term {name} is defined twice, here and in {found[name].file}.")
                found[name] = last = Term(name, said, (), _name(path))
            else:
                found[last.name] = Term(last.name, last.words, tuple(case.strip() for case in words.split(";")), last.file)
    return found


@cache
def made() -> dict[str, Made]:
    """The SQL of every table, view and macro of the spine and the vocabulary, without the definitions above it."""
    found = {}
    for path in _files():
        for statement in re.split(r";\n", path.read_text(encoding="utf-8")):
            sql = TERM.sub("", statement)
            start = MADE.search(sql)
            if start:
                takes = len(start["takes"].split(",")) if start["takes"] else 0
                is_table = start["kind"] != "macro" or sql[start.end() :].lstrip().startswith("as table")
                text = re.sub(r"\n{2,}(?=create )", "\n", sql.strip("\n"))
                found[start["name"]] = Made(start["name"], text, _name(path), is_table, takes)
    return found


@cache
def columns(table: str) -> tuple[str, ...]:
    """The columns of a table of the spine, or of a macro that is one; empty for anything else, such as a table of the extracts."""
    making = made().get(table)
    if making and not making.is_table or not making and table not in terms():
        return ()
    given = ", ".join(["null"] * making.takes) if making else ""
    return columns_of(f"{table}({given})" if given else table)


def term_of(table: str, column: str) -> Term | None:
    """The definition of a column: the table's own, that of every table, or that of the table whose columns it has. None: there is none."""
    defined = terms()
    own = defined.get(f"{table}.{column}") or defined.get(f"{EVERYWHERE}.{column}")
    other = defined.get(f"{table}.{EVERYWHERE}")
    if own is None and other is not None and other.words.startswith(COLUMNS_OF):
        return term_of(other.words.removeprefix(COLUMNS_OF), column)
    return own
