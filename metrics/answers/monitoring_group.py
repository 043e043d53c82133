"""The Permanence Monitoring Group's weekly list: its children with their reasons and weeks, and how many by team and reason."""

from __future__ import annotations

from datetime import date

import pandas

from metrics.engine.engine import Engine
from metrics.engine.scope import Scope

PAGE = MEASURE = "monitoring_group"
# The reasons that the measure gives, in the order of the document, and what it writes between two of them.
REASONS = ("came into care", "final order", "relinquished", "connected carers", "at home", "section 20")
BETWEEN = "; "

BY_TEAM = """
with watched as (
    select
        service,
        team,
        days_over,
        children,
        list_transform(
            $reasons::varchar[],
            lambda reason: children * len(list_filter(string_split(detail, $between), lambda given: given = reason))
        ) as counts
    from listed_count
    where policy = $policy_id
        and rule = $rule_id
        and as_at = $as_at
        and on_list
)

select
    service,
    team,
    sum(children)::bigint as children,
    coalesce(sum(children) filter (where days_over < 7), 0)::bigint as this_week,
    list_transform(
        generate_series(1, len($reasons::varchar[])),
        lambda place: list_sum(list_transform(list(counts), lambda count: coalesce(count[place], 0)))::bigint
    ) as counts
from watched
group by service, team
order by service, team
"""


def by_team(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """How many children each team has on the list, restricted records too.

    Columns: service, team, children, this_week (came on the list in the last seven days), and one for each of REASONS; a child
    with two reasons is counted under both.
    """
    day = as_at or engine.as_at
    rule = engine.rule_over(policy_id, MEASURE)
    named = {"policy_id": policy_id, "rule_id": rule.id, "as_at": day, "between": BETWEEN, "reasons": list(REASONS)}
    with engine.view(scope, (day,), (rule,)) as view:
        rows = view.execute(BY_TEAM, named).fetchall()
    columns = ["service", "team", "children", "this_week", *REASONS]
    return pandas.DataFrame([(*row[:4], *row[4]) for row in rows], columns=columns)


def weekly_list(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """The children on the list, longest first: the columns of ``Engine.children``, and weeks (whole weeks on the list).

    ``detail`` holds the reasons, one after another; for a restricted record it is missing.
    """
    frame = engine.children(policy_id, [engine.rule_over(policy_id, MEASURE).id], scope, as_at)
    return frame.assign(weeks=frame["days_over"] // 7)


def with_reason(frame: pandas.DataFrame, reason: str) -> pandas.DataFrame:
    """Those of the list who are on it for this reason, among others; a restricted record tells none."""
    return frame[frame["detail"].fillna("").str.split(BETWEEN, regex=False).map(lambda given: reason in given)]
