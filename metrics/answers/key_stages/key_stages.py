"""Key stages: for every child of a policy with due dates, how each stage stands on a day; and how often each state comes up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas

from metrics.answers.milestone_states import Counted, counted_in
from metrics.engine.engine import Engine
from metrics.engine.policy import Rule
from metrics.engine.scope import Scope
from words.labels import BACKLOG, DONE, DONE_IN_TIME, DONE_LATE, DUE, NO_DATE, OVERDUE

HERE = Path(__file__).parent
IN_TIME, LATE = DONE_IN_TIME, DONE_LATE
POSSIBLE, NOT_YET = "possible", "not yet"
STATES = (OVERDUE, DUE, IN_TIME, LATE, DONE, NO_DATE, POSSIBLE, NOT_YET, *BACKLOG)

COUNTS = """
select rule, state, sum(children)::bigint as children
from (
    select rule, state, children
    from milestone_figure
    where policy = $policy_id and as_at = $as_at
    union all
    select rule, case when on_list then 'possible' else 'not yet' end, 1
    from listed
    where policy = $policy_id and as_at = $as_at and rule = any($possible::varchar[])
)
group by all
"""


def _asked(engine: Engine, policy_id: str, as_at: date) -> dict[str, object]:
    possible = [rule.id for rule in engine.policy(policy_id).rules if rule.measure.kind == "measure"]
    return {"policy_id": policy_id, "as_at": as_at, "possible": possible}


def stages(
    engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None, child_id: str | None = None
) -> pandas.DataFrame:
    """A row a child and stage: every child in care in the scope, and those who left care and for whom something is followed.

    Columns: as_at, place (a number that a child's rows share), child_id, legacy_id, name, age (years), service, team, worker,
    in_care, entered_care, rule (missing for a child of whom no stage asks anything), state, since, due_date, done_date,
    days_over (of what is not done; negative before the due date), detail. Restricted records have a state and no more.
    """
    day = as_at or engine.as_at
    sql = (HERE / "key_stages.sql").read_text(encoding="utf-8")
    parameters = {**_asked(engine, policy_id, day), "child_id": child_id}
    with engine.view(scope, (day,), engine.policy(policy_id).rules) as view:
        frame = view.execute(sql, parameters).df()
    for count in ("age", "days_over"):
        frame[count] = frame[count].astype("Int64")
    return frame


def counts(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> list[tuple[Rule, Counted | None]]:
    """(stage, {state: children}) of everybody in the scope, in the policy's order; None where a stage has no figure, and for what is done
    of a stage whose clock starts again then: it is not counted."""
    day = as_at or engine.as_at
    with engine.view(scope, (day,), engine.policy(policy_id).rules) as view:
        rows = view.execute(COUNTS, _asked(engine, policy_id, day)).fetchall()
    found = {(rule, state): children for rule, state, children in rows}
    return [
        (rule, None if engine.absence(rule, day) else counted_in(rule, STATES, found)) for rule in engine.policy(policy_id).rules
    ]
