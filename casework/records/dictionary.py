"""The tables of the panel's records as a page of the docs, docs/reference/casework-dictionary.md.

After a change to the tables: ``python -m casework.records.dictionary > docs/reference/casework-dictionary.md``.
"""

from __future__ import annotations

from sqlalchemy import Table

from casework.records import kept_models  # noqa: F401 its tables belong to the metadata
from casework.records.models import Base, Moment

KINDS = {"Text": "text", "Integer": "whole number", "Boolean": "yes or no", "Date": "date", "JSON": "list or fields (JSON)",
         "LargeBinary": "bytes"}  # fmt: skip
BEGINNING = """# The tables of the panel's records

Made from the models by `python -m casework.records.dictionary`. A table marked *Kept* can be added to, and never changed. Times are UTC.
"""


def dictionary() -> str:
    """The whole page, in Markdown."""
    models = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    tables = sorted((table for table in models if isinstance(table, Table)), key=lambda table: table.name)
    return BEGINNING + "".join(_table(table, models[table]) for table in tables)


def _table(table: Table, model: type) -> str:
    kept = " *Kept.*" if model.__module__ == kept_models.__name__ or table.name == "revision" else ""
    lines = [f"\n## {table.name}\n", f"{' '.join((model.__doc__ or '').split())}{kept}\n", "| column | kind | may be empty | refers to |",
             "|---|---|---|---|"]  # fmt: skip
    for column in table.columns:
        kind = "date and time" if isinstance(column.type, Moment) else KINDS[type(column.type).__name__]
        target = ", ".join(key.target_fullname for key in column.foreign_keys)
        lines.append(f"| `{column.name}` | {kind} | {'yes' if column.nullable else ''} | {target} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(dictionary(), end="")
