"""The Permanence Monitoring Group's weekly list: its children with their reasons and weeks, and how many by team and reason."""

from __future__ import annotations

from datetime import date

import pandas

from metrics.engine.engine import Engine
from metrics.engine.scope import Scope

PAGE = MEASURE = "monitoring_group"
# The reasons that the measure gives, in the order of the document, what it writes between two of them, and before what else it says:
# when an unborn child is expected, and when the group last considered the child.
REASONS = ("came into care", "final order", "relinquished", "connected carers", "at home", "section 20")
BETWEEN, BESIDES = "; ", " · "
CONSIDERED = "last considered on "

BY_TEAM = """
with watched as (
    select
        service,
        team,
        days_over,
        children,
        list_transform(
            $reasons::varchar[],
            lambda reason: children * len(
                list_filter(string_split(split_part(detail, $besides, 1), $between), lambda given: given = reason)
            )
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
    named = {
        "policy_id": policy_id,
        "rule_id": rule.id,
        "as_at": day,
        "between": BETWEEN,
        "besides": BESIDES,
        "reasons": list(REASONS),
    }
    with engine.view(scope, (day,), (rule,)) as view:
        rows = view.execute(BY_TEAM, named).fetchall()
    columns = ["service", "team", "children", "this_week", *REASONS]
    return pandas.DataFrame([(*row[:4], *row[4]) for row in rows], columns=columns)


def weekly_list(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """The children on the list, longest first: the columns of ``Engine.children``, and

    weeks (whole weeks on the list), reasons (one after another, with the expected date of an unborn child), considered_date (when the
    group last considered the child; missing where it never did), considered (that in words). Of a restricted record the last three are
    missing, as its ``detail`` is.
    """
    frame = engine.children(policy_id, [engine.rule_over(policy_id, MEASURE).id], scope, as_at)
    parts = frame["detail"].str.rsplit(BESIDES, n=1)
    considered = parts.str[1]
    dates = considered.where(considered.str.startswith(CONSIDERED, na=False)).str.removeprefix(CONSIDERED)
    return frame.assign(
        weeks=frame["days_over"] // 7,
        reasons=parts.str[0],
        considered=considered,
        considered_date=pandas.to_datetime(dates, format="%d/%m/%Y"),
    )


def has_reason(frame: pandas.DataFrame, reason: str) -> pandas.Series:
    """Which of the list are on it for this reason, among others; a restricted record tells none."""
    given = frame["reasons"].fillna("").str.split(BESIDES, regex=False).str[0].str.split(BETWEEN, regex=False)
    return given.map(lambda reasons: reason in reasons)
