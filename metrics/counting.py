"""From measures to lists: every rule of a policy over the spine, with its limit, for all reporting dates in one pass.

A measure is a list of children and the number is its length, so what is kept is the list; the figures by team are its counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from data.settings import Settings
from metrics.policy import Policy, Rule

CREATE = """
create or replace temp table listed (
    policy varchar,
    rule varchar,
    as_at date,
    child_number bigint,
    child_id varchar,
    service varchar,
    team varchar,
    worker varchar,
    since date,
    limit_date date,
    days_over integer,
    detail varchar
);
create or replace temp table rule_state (
    policy varchar,
    rule varchar,
    fingerprint varchar,
    missing varchar
);
"""

# A rule's limit may change on a date, so each reporting date carries its own.
LIMITS = "create or replace temp table rule_limit (as_at date, months integer, days integer)"

LIST = """
insert into listed
with measured as (
{measure}
),

limited as (
    select
        measured.*,
        case
            when rule_limit.days is not null then measured.clock_start + rule_limit.days
            else months_after(measured.clock_start, rule_limit.months)
        end as limit_date
    from measured
    join rule_limit using (as_at)
)

select
    $policy_id,
    $rule_id,
    limited.as_at,
    limited.child_number,
    spine.child_id,
    spine.service,
    spine.team,
    spine.worker,
    limited.clock_start,
    limited.limit_date,
    limited.as_at - limited.limit_date,
    limited.detail
from limited
join spine using (as_at, child_number)
order by limited.as_at desc, limited.child_number
"""

FIGURES = """
create or replace temp table figure as
select policy, rule, as_at, service, team, count(*) as children
from listed
where days_over >= 0
group by all;
create or replace temp table population as
select as_at, service, team, count(*) as children
from spine
group by all;
"""


@cache
def _definitions() -> str:
    """Everything that a figure's meaning is written in, save the measure itself."""
    folder = Path(__file__).parent
    files = [folder / "vocabulary.sql", *sorted((folder / "spine").glob("*.sql"))]
    return "".join(path.read_text(encoding="utf-8") for path in files)


def fingerprint(rule: Rule, settings: Settings) -> str:
    """A short hash of all that decides a rule's list: the definitions, the measure, its parameters and limits, and the roles.

    A night's stored lists are used only while this is what it was when they were made.
    """
    limits = [(limit.amount, limit.unit, str(limit.starts)) for limit in rule.limits]
    roles = [settings.allocated_worker_contains, settings.allocated_worker_equals]
    meaning = json.dumps([_definitions(), LIST, rule.measure.sql, rule.parameters, limits, roles], sort_keys=True)
    return hashlib.sha256(meaning.encode()).hexdigest()[:16]


def _limit_rows(rule: Rule, reporting_dates: Iterable[date]) -> list[tuple]:
    rows = []
    for as_at in reporting_dates:
        limit = rule.limit_on(as_at)
        if limit is None:
            rows.append((as_at, 0, None))
        elif limit.unit == "months":
            rows.append((as_at, limit.amount, None))
        else:
            rows.append((as_at, None, limit.amount * (7 if limit.unit == "weeks" else 1)))
    return rows


def supplied_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, bool]:
    """Which tables of the contract tonight's extracts brought."""
    return dict(connection.execute("select table_name, supplied from supplied").fetchall())


def list_children(
    connection: duckdb.DuckDBPyConnection,
    policies: Iterable[Policy],
    reporting_dates: Iterable[date],
    settings: Settings,
    progress: Callable[[str], None] = lambda text: None,
) -> None:
    """Run every rule of the policies over the spine of this connection.

    Leaves the temporary tables ``listed`` (every child whose clock runs, with ``days_over`` negative before the limit),
    ``rule_state`` (a rule's fingerprint, and the tables it lacks: such a rule has no list), ``figure`` and ``population``.
    """
    days = sorted(set(reporting_dates))
    supplied = supplied_tables(connection)
    connection.execute(CREATE)
    for policy in policies:
        for rule in policy.rules:
            missing = rule.measure.missing(supplied)
            connection.execute(
                "insert into rule_state values (?, ?, ?, ?)",
                [policy.id, rule.id, fingerprint(rule, settings), ", ".join(missing) or None],
            )
            if missing:
                continue
            progress(f"rule: {rule.title}")
            connection.execute(LIMITS)
            connection.executemany("insert into rule_limit values (?, ?, ?)", _limit_rows(rule, days))
            connection.execute(
                LIST.format(measure=rule.measure.sql),
                {"policy_id": policy.id, "rule_id": rule.id, **rule.parameters},
            )
    connection.execute(FIGURES)
