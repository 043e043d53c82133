"""What the trackers of teams and services add to the engine's lists: what more is recorded of the children on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas

from metrics.engine.engine import Engine
from metrics.engine.policy import Rule
from metrics.engine.scope import WITHIN, Scope

FOLDER = Path(__file__).parent

BY_DETAIL = """
select
    listed.as_at,
    listed.detail,
    count(*) as children
from listed
where listed.policy = $policy_id
    and listed.rule = $rule
    and listed.as_at = any($dates::date[])
    and listed.days_over >= 0
    and {within}
group by all
order by listed.as_at, listed.detail
"""


def read_sql(name: str) -> str:
    """One of this folder's questions. It asks of children on lists, under the name ``listed``, within a scope."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8").replace("{within}", WITHIN)


def ask(
    engine: Engine, policy_id: str | None, name: str, days: Iterable[date], scope: Scope, **parameters: object
) -> pandas.DataFrame:
    """The answer to one of this folder's questions, of everybody in the scope: counts may leave it, children may not.

    ``policy_id`` is None for a question that no policy's rules answer."""
    sql = read_sql(name)
    dates = list(days)
    given = {"policy_id": policy_id, "dates": dates, "as_at": dates[-1], **scope.parameters, **parameters}
    with engine.cursor(dates, engine.policy(policy_id).rules if policy_id else ()) as cursor:
        return cursor.execute(sql, {name: value for name, value in given.items() if f"${name}" in sql}).df()


def children_with(
    engine: Engine,
    policy_id: str,
    name: str,
    measures: tuple[str, ...],
    scope: Scope,
    as_at: date | None = None,
    **parameters: object,
) -> pandas.DataFrame:
    """The children on the lists of the rules over the measures (``Engine.children``), with further columns of a question of this folder.

    A restricted record is a row of the list still, without a name and without anything further.
    """
    day = as_at or engine.as_at
    rules = [engine.rule_over(policy_id, measure).id for measure in measures]
    frame = engine.children(policy_id, rules, scope, day)
    more = ask(engine, policy_id, name, (day,), scope, rules=rules, **parameters)
    named = frame.assign(key=frame["child_id"].where(frame["name"].notna()).astype(object))
    more = more.rename(columns={"child_id": "key"}).astype({"key": object})
    return named.merge(more, on="key", how="left", validate="many_to_one").drop(columns="key")


def by_detail(engine: Engine, rule: Rule, scope: Scope, dates: Iterable[date]) -> pandas.DataFrame:
    """How many children of a rule's list have each detail, by date: as_at, detail, children."""
    parameters = {"policy_id": rule.policy, "rule": rule.id, "dates": list(dates), **scope.parameters}
    with engine.cursor(parameters["dates"], (rule,)) as cursor:
        return cursor.execute(BY_DETAIL.format(within=WITHIN), parameters).df()
