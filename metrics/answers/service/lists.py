"""What the trackers of teams and services add to the engine's lists: what more is recorded of the children on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas

from metrics.engine.engine import Engine
from metrics.engine.policy import Rule
from metrics.engine.scope import Scope
from metrics.engine.whole_council import Whole
from metrics.spine import definition
from words.labels import RESTRICTED_RECORD

FOLDER = Path(__file__).parent
# The definitions of the spine that a question asks again, of its own children.
DEFINITIONS = {"pre_proceedings": "10_pre_proceedings.sql"}

BY_DETAIL = """
select
    as_at,
    detail,
    sum(children)::bigint as children
from listed_count
where policy = $policy_id
    and rule = $rule
    and as_at = any($dates::date[])
    and on_list
group by all
order by as_at, detail
"""


def read_sql(name: str) -> str:
    """One of this folder's questions, with the spine's own definitions where it names them."""
    text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    for defined, file in DEFINITIONS.items():
        text = text.replace(f"{{{defined}}}", definition(file, defined))
    return text


def ask(
    engine: Engine, policy_id: str | None, name: str, days: Iterable[date], scope: Scope, **parameters: object
) -> pandas.DataFrame:
    """The answer to one of this folder's questions, within the scope. Of a restricted record there is a row without anything in it.

    ``policy_id`` is None for a question that no policy's rules answer."""
    sql = read_sql(name)
    dates = list(days)
    given = {"policy_id": policy_id, "dates": dates, "as_at": dates[-1], **parameters}
    with engine.view(scope, dates, engine.policy(policy_id).rules if policy_id else ()) as view:
        return view.execute(sql, {name: value for name, value in given.items() if f"${name}" in sql}).df()


def ask_whole(
    engine: Engine, policy_id: str, whole: Whole, days: Iterable[date], scope: Scope, **parameters: object
) -> pandas.DataFrame:
    """What was worked out of the whole council, of the scope."""
    dates = list(days)
    with engine.view(scope, dates, engine.policy(policy_id).rules) as view:
        view.make(whole, {"policy_id": policy_id, "dates": dates, "as_at": dates[-1], **parameters})
        return view.execute(f"select * from {whole.name}").df()


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
    more = ask(engine, policy_id, name, (day,), scope, rules=rules, **parameters)
    return with_more(engine.children(policy_id, rules, scope, day), more)


def with_more(frame: pandas.DataFrame, more: pandas.DataFrame) -> pandas.DataFrame:
    """Lists of children with the further columns of another frame about them; nothing further of a restricted record."""
    more = more[more["child_id"] != RESTRICTED_RECORD]
    named = frame.assign(key=frame["child_id"].where(frame["name"].notna()).astype(object))
    more = more.rename(columns={"child_id": "key"}).astype({"key": object})
    return named.merge(more, on="key", how="left", validate="many_to_one").drop(columns="key")


def by_detail(engine: Engine, rule: Rule, scope: Scope, dates: Iterable[date]) -> pandas.DataFrame:
    """How many children of a rule's list have each detail, by date: as_at, detail, children."""
    days = list(dates)
    with engine.view(scope, days, (rule,)) as view:
        return view.execute(BY_DETAIL, {"policy_id": rule.policy, "rule": rule.id, "dates": days}).df()
