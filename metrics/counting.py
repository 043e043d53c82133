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
from metrics.spine import written

LISTS = Path(__file__).parent / "lists.sql"
CREATE = """
create or replace temp table measured (
    policy varchar,
    rule varchar,
    as_at date,
    child_number bigint,
    since date,
    recorded_since date,
    observed_since date,
    limit_date date,
    detail varchar
);
create or replace temp table due (
    policy varchar,
    rule varchar,
    as_at date,
    child_number bigint,
    since date,
    limit_date date,
    done_date date,
    state varchar,
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
MEASURE = """
insert into measured
with rule_limit as (
    select
        unnest($limit_dates::date[]) as as_at,
        unnest($limit_months::integer[]) as months,
        unnest($limit_days::integer[]) as days
),

listed_child as (
{measure}
)

select
    $policy_id,
    $rule_id,
    listed_child.as_at,
    listed_child.child_number,
    listed_child.clock_start,
    {recorded_start},
    {observed_start},
    case
        when rule_limit.days is not null then listed_child.clock_start + rule_limit.days
        else months_after(listed_child.clock_start, rule_limit.months)
    end,
    listed_child.detail
from listed_child
join rule_limit using (as_at)
order by listed_child.as_at desc
"""

# The clock of an option says which it is, recorded or observed; of other clocks there is one only.
STARTS = {
    True: {"recorded_start": "listed_child.recorded_start", "observed_start": "listed_child.observed_start"},
    False: {"recorded_start": "null", "observed_start": "null"},
}

# A milestone may fall due for a child more than once: the one that stands for the child is the first that is not done, else the
# last that was. Done by the close of its due date is in time; not done by then is overdue.
MILESTONE = """
insert into due
with listed_child as (
{measure}
),

standing as (
    select *
    from listed_child
    qualify row_number() over (
        partition by as_at, child_number
        order by
            done_date is null and due_date is not null desc,
            case when done_date is null then due_date end,
            due_date desc,
            done_date desc,
            clock_start desc
    ) = 1
)

select
    $policy_id,
    $rule_id,
    as_at,
    child_number,
    clock_start,
    due_date,
    done_date,
    case
        when done_date <= due_date then 'done in time'
        when done_date is not null and due_date is not null then 'done late'
        when done_date is not null then 'done'
        when due_date is null then 'no date'
        when due_date <= as_at then 'overdue'
        else 'due'
    end,
    detail
from standing
"""


@cache
def definitions() -> str:
    """Everything that a figure's meaning is written in, save the measure itself."""
    folder = LISTS.parent
    files = [folder / "vocabulary.sql", *sorted((folder / "spine").glob("*.sql")), LISTS]
    return "".join(path.read_text(encoding="utf-8") for path in files)


def fingerprint(rule: Rule, settings: Settings) -> str:
    """A short hash of all that decides a rule's list: the definitions, the measure, its parameters and limits, and the roles.

    A night's stored lists are used only while this is what it was when they were made.
    """
    limits = [(limit.amount, limit.unit, str(limit.starts)) for limit in rule.limits]
    roles = [settings.allocated_worker_contains, settings.allocated_worker_equals]
    measure = [rule.measure.sql, rule.measure.clock, rule.parameters]
    meaning = json.dumps([definitions(), MEASURE, MILESTONE, *measure, limits, roles], sort_keys=True)
    return hashlib.sha256(meaning.encode()).hexdigest()[:16]


def _limits(rule: Rule, reporting_dates: list[date]) -> dict[str, list]:
    """A rule's limit on each reporting date, as parameters: in months, or else in days."""
    months: list[int | None] = []
    days: list[int | None] = []
    for as_at in reporting_dates:
        limit = rule.limit_on(as_at)
        in_months = limit is None or limit.unit == "months"
        months.append((limit.amount if limit else 0) if in_months else None)
        days.append(None if in_months else limit.amount * (7 if limit.unit == "weeks" else 1))
    return {"limit_dates": reporting_dates, "limit_months": months, "limit_days": days}


def supplied_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, bool]:
    """Which tables of the contract tonight's extracts brought."""
    return dict(connection.execute("select table_name, supplied from supplied").fetchall())


def list_children(
    connection: duckdb.DuckDBPyConnection,
    policies: Iterable[Policy],
    reporting_dates: Iterable[date],
    settings: Settings,
    progress: Callable[[str], None] = lambda text: None,
    keep: bool = False,
) -> None:
    """Run every rule of the policies over the spine of this connection.

    Leaves the tables ``listed`` (every child whose clock runs, with ``days_over`` negative before the limit; of an option's clock also
    ``recorded_since`` and ``observed_since``, the earlier of which is ``since``),
    ``milestone`` (each child's state on a rule with due dates), ``rule_state`` (a rule's fingerprint, and the tables it lacks:
    such a rule has no list), ``figure``, ``milestone_figure`` and ``population``;
    temporary ones, unless they are to be kept in the night's own database.
    """
    days = sorted(set(reporting_dates))
    supplied = supplied_tables(connection)
    connection.execute(written(CREATE, keep))
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
            named = {"policy_id": policy.id, "rule_id": rule.id}
            if rule.measure.kind == "milestone":
                connection.execute(MILESTONE.format(measure=rule.measure.sql), {**named, **rule.parameters})
                continue
            sql = MEASURE.format(measure=rule.measure.sql, **STARTS[rule.measure.of_option])
            connection.execute(sql, {**named, **_limits(rule, days), **rule.parameters})
    connection.execute(written(LISTS.read_text(encoding="utf-8"), keep))
