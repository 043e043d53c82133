"""What the load found: files, rows quarantined, rows flagged, each with the record to mend in the case system."""

from __future__ import annotations

import pandas

from data.contract.contract import tables
from metrics.answers.data_quality.moved import FIGURES_KEPT, TABLES_KEPT
from metrics.engine.engine import Engine
from metrics.engine.scope import RESTRICTED, WITHIN, Scope

NOT_IN_CARE = "Not in care on the night"

FOUND = """
with restricted as ({restricted}),

found as (
    select
        found.*,
        coalesce(spine.service, $not_in_care) as service,
        coalesce(spine.team, $not_in_care) as team,
        coalesce(spine.worker, $not_in_care) as worker
    from {found} as found
    left join spine on spine.child_id = found.person_id and spine.as_at = $as_at
)

select {columns}
from found as listed
where {within}
    and (listed.person_id is null or listed.person_id not in (select person_id from restricted))
order by listed.rule, listed.table_name, listed.source_row
"""

EVERYTHING = "listed.*"
# The text of a row that could not be split may name anybody.
WITHOUT_TEXTS = """
    listed.* replace (
        case when listed.rule <> 'structure' or $roles::varchar[] is null then listed.value end as value
    )
"""


def load_report(engine: Engine) -> pandas.DataFrame:
    """One row a file.

    Columns: extract, file_name, supplied, encoding, rows_read, rows_used, rows_quarantined, extra_columns, absent_columns, note.
    """
    with engine.cursor((engine.as_at,), ()) as cursor:
        frame = cursor.execute("select * from load_files").df()
    frame.insert(0, "extract", frame["table_name"].map(lambda name: tables()[name].title))
    return frame


def moved(engine: Engine) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """What moved since the night before, as the load told it; both empty on a first night, and on one loaded by an older version.

    Tables: extract, table_name, since, rows_before, rows_tonight, people_before, people_tonight. Figures that moved by more than ever
    before between two nights: policy, rule, since, before, tonight, most_before (none: no move is known).
    """
    with engine.cursor((engine.as_at,)) as cursor:
        kept = cursor.execute("select count(*) from duckdb_tables() where table_name in (?, ?)", [TABLES_KEPT, FIGURES_KEPT])
        if kept.fetchone()[0] < 2:
            return pandas.DataFrame(), pandas.DataFrame()
        frame = cursor.execute(f"select * from {TABLES_KEPT}").df()
        figures = cursor.execute(f"select * from {FIGURES_KEPT} order by policy, rule").df()
    frame.insert(0, "extract", frame["table_name"].map(lambda name: tables()[name].title))
    return frame, figures


def is_supplied(engine: Engine, table_name: str, column_name: str) -> bool:
    """Whether an extract came with a column. What nobody was asked is not supplied, which is not the same as not known."""
    with engine.cursor((engine.as_at,), ()) as cursor:
        absent = cursor.execute("select absent_columns from load_files where table_name = ?", [table_name]).fetchone()
    return absent is not None and column_name not in (absent[0] or "").split(", ")


def _found(engine: Engine, table: str, scope: Scope, columns: str = EVERYTHING) -> pandas.DataFrame:
    sql = FOUND.format(restricted=RESTRICTED, within=WITHIN, found=table, columns=columns)
    parameters = {
        "as_at": engine.as_at,
        "not_in_care": NOT_IN_CARE,
        "roles": None if scope.roles is None else sorted(scope.roles),
        **scope.parameters,
    }
    with engine.cursor((engine.as_at,), ()) as cursor:
        frame = cursor.execute(sql, parameters).df()
    frame["source_row"] = frame["source_row"].astype("Int64")
    frame.insert(1, "extract", frame["table_name"].map(lambda name: tables()[name].title))
    return frame


def rejects(engine: Engine, scope: Scope) -> pandas.DataFrame:
    """The rows that no figure uses.

    Columns: rule, extract, table_name, source_row, record_id, person_id, column_name, value, reason, service, team, worker.
    A row whose person is in care on the night has that child's team, so that its manager can have it mended.
    """
    return _found(engine, "rejects", scope, WITHOUT_TEXTS)


def flags(engine: Engine, scope: Scope) -> pandas.DataFrame:
    """The rows that are used and look wrong.

    Columns: rule, extract, table_name, source_row, record_id, person_id, message, mend, service, team, worker.
    """
    return _found(engine, "flags", scope)
