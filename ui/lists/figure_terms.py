"""The terms of a measure's SQL: each leads to its definition, the SQL that makes it, and the worked examples that show it."""

from __future__ import annotations

import pandas

from metrics.engine.catalogue import Measure
from metrics.engine.sql_terms import Spoken, spoken
from metrics.engine.terms import columns, made, term_of, terms
from ui.components.markup import Markup, element, folded, joined, write
from ui.components.tables import Column, bare_table, named
from words.numbers import counted

TABLE, MACRO = "a table", "a function"
EXPLAINED = (
    "Every underlined word in the SQL links to its definition here: what it means, the SQL that makes it, and the "
    "worked examples that test it."
)
CASES = named("term", Column("case", of="sentence"), "as_at", "expected")


def examples_anchor(table: str) -> str:
    """The place on the page where the worked examples of a table or function stand."""
    return f"examples-{table}"


def anchor(term: str) -> str:
    """The place on the page where a term is defined."""
    return f"term-{term}"


def linked(measure: Measure) -> Markup:
    """A measure's file, each term of its SQL a link to the term's definition on the page."""
    text, before = measure.text, max(measure.text.find(measure.sql), 0)
    parts: list[object] = []
    last = 0
    for mention in spoken(measure.sql).mentions:
        start, end = before + mention.start, before + mention.end
        parts += [text[last:start], element("a", text[start:end], href=f"#{anchor(mention.term)}")]
        last = end
    return joined([*parts, text[last:]])


def show_terms(measure: Measure, examples: pandas.DataFrame) -> None:
    """Every table and function of the SQL with its definition. ``examples``: the worked examples of terms (term, as_at, sentence,
    expected)."""
    found = spoken(measure.sql)
    parts = [_table(name, found, examples) for name in found.tables] + [_macro(name, examples) for name in found.macros]
    if parts:
        write(element("h2", "The terms used in the SQL"), element("p", EXPLAINED, class_="quiet"), *parts)


def _definition(name: str, kind: str, *more: object) -> Markup:
    """A term's own definition. It opens by itself where a link leads into it."""
    words = terms()[name].words
    return folded(joined((element("strong", name), f" ({kind}): {words}")), *more, anchor=anchor(name))


def _table(name: str, found: Spoken, examples: pandas.DataFrame) -> Markup:
    used = [column for column in columns(name) if column in found.tables[name]]
    rest = [column for column in columns(name) if column not in used]
    cases = [*terms()[name].cases, *(case for column in used for case in _cases(name, column))]
    return _definition(
        name,
        TABLE,
        _columns(name, used, f"Columns of {name} in this SQL", examples) if used else "",
        folded(f"Other columns: {len(rest)}", _columns(name, rest, f"Other columns of {name}")) if rest else "",
        _making(name),
        _examples(name, cases, examples),
    )


def _macro(name: str, examples: pandas.DataFrame) -> Markup:
    return _definition(name, MACRO, _making(name), _examples(name, terms()[name].cases, examples))


def _cases(name: str, column: str) -> tuple[str, ...]:
    term = term_of(name, column)
    return term.cases if term else ()


def _columns(name: str, shown: list[str], caption: str, examples: pandas.DataFrame | None = None) -> Markup:
    """Columns with what they mean; each has its own place on the page. With ``examples``, how many there are of each, and where."""

    rows = [{"sql_column": column, "meaning": term.words if (term := term_of(name, column)) else ""} for column in shown]
    frame = pandas.DataFrame(rows)
    columns_shown = [
        Column("sql_column", says=lambda row: element("span", row["sql_column"], id=anchor(f"{name}.{row['sql_column']}"))),
        Column("meaning"),
    ]
    if examples is not None:
        counts = examples["term"].value_counts()
        cases = [", ".join(f"{case.capitalize()}: {counts[case]}" for case in _cases(name, column)) for column in shown]
        frame = frame.assign(worked_examples=cases)
        to_examples = f"#{examples_anchor(name)}"
        columns_shown.append(Column("worked_examples", leads_to=lambda row: to_examples if row["worked_examples"] else None))
    return bare_table(frame, columns_shown, caption)


def _making(name: str) -> Markup:
    """The SQL that makes a term; a sentence for what the loader itself puts beside the extracts."""
    making = made().get(name)
    if making is None:
        return element("p", "Made by each data load from the lists of codes, the calendar and the extracts.", class_="quiet")
    title = f"The SQL that makes it: metrics/{making.file}"
    shown = element("pre", making.sql, class_="scroll", role="region", tabindex="0", aria_label=f"The SQL that makes {name}")
    return folded(title, shown)


def _examples(name: str, cases: list[str] | tuple[str, ...], examples: pandas.DataFrame) -> Markup:
    wanted = list(dict.fromkeys(cases))
    rows = examples[examples["term"].isin(wanted)]
    if rows.empty:
        return element("p", "There is no worked example of this term.", class_="quiet")
    shown = rows.assign(term=rows["term"].str.capitalize())
    title = f"{counted(len(rows), 'worked example')}"
    return folded(title, bare_table(shown, CASES, f"Worked examples of the term {name}"), anchor=examples_anchor(name))
