"""The data dictionary of the docs, made from the contract.

After a change to the contract: ``python -m data.contract.dictionary > docs/reference/data-dictionary.md``.
"""

from __future__ import annotations

from data.contract.contract import Code, Column, Table, code_sets, tables

HEAD = """# Data dictionary

Made from `data/contract/contract.toml` and `data/contract/codes/*.csv` by `python -m data.contract.dictionary`; a test keeps it up to date.

The extracts of a data load are one folder of files: one file for each table, named `<table>.csv` or `<table>.parquet`. Columns may
come in any order and in any letter case. Dates are ISO (`2026-10-31`, with or without a time), British (`31/10/2026`), `31-Oct-2026`
or `20261031`. A date with a time in UTC (`2026-06-30T23:00:00Z`) is the day in London.

*Needed* columns must be in the file. *Filled* columns must also have a value in every row, or the row is quarantined. No rule needs
the *optional* columns: a value there that cannot be read, or is in no list, is left empty and flagged, and the row is used. In any
other column such a value quarantines the row.

Some tools write a word for an empty value: `NULL`, `None`, `NaN`, `NaT`, `N/A`, `#N/A` or `\\N`, in any letter case. Where such a word
is the whole value of an identifier, date, code, number, flag or plan, it is read as empty. In names and free text it is kept (a surname
may be Null), except in texts marked *no words*. These dates are also read as empty: `0001-01-01`, `1753-01-01`, `1899-12-30`,
`1899-12-31` and `1900-01-01`. A date marked *end* has not happened yet if it is 31/12/2099 or later. Identifiers are text and keep their
leading zeros. `-1` is empty, `1001.0` is `1001`, and a GUID is the same in any letter case. A value kept from Excel, `="0012"`, is
read as what stands in it, in every column.
"""


def _needed(table: Table, column: Column) -> str:
    marks = {
        "filled": column.filled,
        "needed": column.required and not column.filled,
        "optional": column.optional,
        "end": column.name in table.ends,
        "no words": column.empty_words,
    }
    return ", ".join(word for word, holds in marks.items() if holds)


def _column(table: Table, column: Column) -> str:
    codes = f", list [{column.codes}](#{column.codes.replace('_', '-')})" if column.codes else ""
    also = f" Also called {', '.join(f'`{name}`' for name in column.also)}." if column.also else ""
    return f"| `{column.name}` | {column.kind}{codes} | {_needed(table, column)} | {column.means}.{also} |"


def _table(table: Table) -> str:
    optional = "Optional: without it, rules that need it show *not supplied*."
    required = "Required: without it the load is refused." if table.required else optional
    rows = "\n".join(_column(table, column) for column in table.columns)
    about = f"{table.title}. {required} Who usually has it: {table.who}."
    return f"## {table.name}\n\n{about}\n\n| column | kind | | means |\n|---|---|---|---|\n{rows}\n"


def _code(code: Code) -> str:
    groups = ", ".join(code.groups).replace("_", " ")
    return f"| `{code.code}` | {code.label} | {groups} | {code.valid_from or ''} | {code.valid_to or ''} |"


def _codes(name: str) -> str:
    rows = "\n".join(_code(code) for code in code_sets()[name].codes.values())
    heading = f"### {name.replace('_', '-')}\n\n| code | means | groups | from | to |\n|---|---|---|---|---|\n"
    return heading + rows + "\n"


def dictionary() -> str:
    """The whole page as Markdown."""
    lists = "\n".join(_codes(name) for name in code_sets())
    note = (
        "Years are collection years, to 31 March. Further spellings: data/contract/codes/spellings.csv, and the council's own.\n"
    )
    return "\n".join([HEAD, *(_table(table) for table in tables().values()), "## Lists of codes\n", note, lists])


if __name__ == "__main__":
    print(dictionary(), end="")
