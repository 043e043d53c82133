"""What the load found: files, rows quarantined, rows flagged, each with the record to correct in the case system."""

from __future__ import annotations

import pandas

from data.contract.contract import tables
from metrics.answers.data_quality.moved import FIGURES_KEPT, TABLES_KEPT
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from metrics.engine.whole_council import Whole, Why

NOT_IN_CARE = "Not in care on that date"
NO_CHILD = "Child not known"  # a row without an identifier may be of a child in care

FOUND = """
select
    {columns},
    coalesce(spine.service, {nobody}) as service,
    coalesce(spine.team, {nobody}) as team,
    coalesce(spine.worker, {nobody}) as worker
from {table} as found
left join spine on spine.child_id = found.person_id and spine.as_at = $as_at
"""

# Where the row's child is not in care on the night, or the row does not say which child it is of.
NOBODY = "case when nullif(trim(found.person_id), '') is null then $no_child else $not_in_care end"
EVERYTHING = "found.*"
# The text of a row that could not be split may name anybody.
WITHOUT_TEXTS = "found.* replace (case when found.rule <> 'structure' or $names_everybody then found.value end as value)"


def load_report(engine: Engine) -> pandas.DataFrame:
    """One row a file.

    Columns: extract, file_name, supplied, encoding, rows_read, rows_used, rows_quarantined, rows_repeated, extra_columns, absent_columns,
    note.
    """
    with engine.view(Scope.nobody(), (engine.as_at,), ()) as view:
        frame = view.execute("select * from load_files").df()
    if "rows_repeated" not in frame:
        frame["rows_repeated"] = 0  # a load by an older version, which counted them among those quarantined
    frame.insert(0, "extract", frame["table_name"].map(lambda name: tables()[name].title))
    return frame


def moved(engine: Engine) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """What moved since the night before, as the load told it; both empty on a first night, and on one loaded by an older version.

    Tables: extract, table_name, since, rows_before, rows_tonight, people_before, people_tonight. Figures that moved by more than ever
    before between two nights: policy, rule, since, before, tonight, most_before (none: no move is known).
    """
    with engine.view(Scope.nobody(), (engine.as_at,)) as view:
        if not (view.has(TABLES_KEPT) and view.has(FIGURES_KEPT)):
            return pandas.DataFrame(), pandas.DataFrame()
        frame = view.execute(f"select * from {TABLES_KEPT}").df()
        figures = view.execute(f"select * from {FIGURES_KEPT} order by policy, rule").df()
    frame.insert(0, "extract", frame["table_name"].map(lambda name: tables()[name].title))
    return frame, figures


def is_supplied(engine: Engine, table_name: str, column_name: str) -> bool:
    """Whether an extract came with a column. What nobody was asked is not supplied, which is not the same as not known."""
    with engine.view(Scope.nobody(), (engine.as_at,), ()) as view:
        asked = {"table": table_name}
        absent = view.execute("select absent_columns from load_files where table_name = $table", asked).fetchone()
    return absent is not None and column_name not in (absent[0] or "").split(", ")


def _found(engine: Engine, table: str, scope: Scope, columns: str = EVERYTHING) -> pandas.DataFrame:
    found = Whole(
        "found", Why.MENDING, {"found_row": FOUND.format(table=table, columns=columns, nobody=NOBODY)}, child="person_id"
    )
    asked = {
        "as_at": engine.as_at,
        "not_in_care": NOT_IN_CARE,
        "no_child": NO_CHILD,
        "names_everybody": scope.roles is None,
    }
    with engine.view(scope, (engine.as_at,), ()) as view:
        view.make(found, asked)
        frame = view.execute("select * from found order by rule, table_name, source_row").df()
    frame["source_row"] = frame["source_row"].astype("Int64")
    frame.insert(1, "extract", frame["table_name"].map(lambda name: tables()[name].title))
    return frame


def rejects(engine: Engine, scope: Scope) -> pandas.DataFrame:
    """The rows that no figure uses.

    Columns: rule, extract, table_name, source_row, record_id, person_id, column_name, value, reason, service, team, worker.
    A row whose person is in care on the night has that child's team, so that its manager can have it corrected.
    """
    return _found(engine, "rejects", scope, WITHOUT_TEXTS)


def flags(engine: Engine, scope: Scope) -> pandas.DataFrame:
    """The rows that are used and look wrong.

    Columns: rule, extract, table_name, source_row, record_id, person_id, message, mend, service, team, worker.
    """
    return _found(engine, "flags", scope)
