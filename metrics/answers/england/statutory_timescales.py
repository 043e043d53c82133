"""How the children stand on a policy's milestones: done in time, done late, overdue, due."""

from __future__ import annotations

from datetime import date

import pandas

from metrics.answers.milestone_states import counted_in
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from words.labels import BACKLOG, DONE, DONE_IN_TIME, DONE_LATE, DUE, NO_DATE, OVERDUE

STATES = (DONE_IN_TIME, DONE_LATE, OVERDUE, DUE, DONE, NO_DATE, *BACKLOG)

STANDING = """
select
    rule,
    state,
    sum(children)::bigint as children
from milestone_figure
where policy = $policy_id
    and as_at = $as_at
group by all
"""


def standings(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """One row a milestone of the policy, in its order: how many children are in each state on a day.

    Columns: rule, title, each of STATES (missing where the rule has no figure: ``Engine.absence`` says why; what is done is missing too
    where the clock starts again then, since nothing counts it), and in_time_percent: those done in time, of all that are done or overdue
    (missing where there are none).
    """
    day = as_at or engine.as_at
    with engine.view(scope, (day,), engine.policies[policy_id].rules) as view:
        rows = view.execute(STANDING, {"policy_id": policy_id, "as_at": day}).fetchall()
    counted = {(rule, state): children for rule, state, children in rows}
    found = []
    for rule in engine.policies[policy_id].rules:
        if not rule.measure.is_milestone:
            continue
        states = dict.fromkeys(STATES) if engine.absence(rule, day) else counted_in(rule, STATES, counted)
        found.append({"rule": rule.id, "title": rule.title, **states, "in_time_percent": _in_time(states)})
    frame = pandas.DataFrame(found, columns=["rule", "title", *STATES, "in_time_percent"])
    return frame.astype(dict.fromkeys(STATES, "Int64") | {"in_time_percent": "Float64"})


def _in_time(states: dict[str, int | None]) -> float | None:
    in_time, late, overdue = (states[state] for state in ("done in time", "done late", "overdue"))
    if in_time is None or late is None or overdue is None or in_time + late == 0:
        return None
    return in_time * 100 / (in_time + late + overdue)
