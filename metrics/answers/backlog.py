"""The backlog apart: what began before the council's policy applied, or before its records reach, with its own numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas

from metrics.engine.counts import COUNTY, GROUPS, WORKER
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.plain import COUNT, DAY, TEXT, Kind, typed_frame
from metrics.engine.scope import Scope
from words.labels import BACKLOG


def backlog(
    engine: Engine, policy_id: str, scope: Scope, by: str = "county", dates: Iterable[date] | None = None
) -> pandas.DataFrame:
    """How many children of each rule began before the policy or before the records, by group and date.

    ``by`` is one of county, service, team, worker; ``dates`` default to the night's own. Columns: as_at, rule, <by>, and for each of
    ``BACKLOG`` a column of children. A group without any has no row. Of a list these are among the figure's children; of a milestone
    they are apart from those overdue.
    """
    if by not in GROUPS:
        raise QuestionError(f"'{by}' is not a way to group; use one of {', '.join(GROUPS)}.")
    counted: dict[tuple[date, str, str], dict[str, int]] = {}
    for day, of_day in engine.counts(policy_id, scope, dates, by == WORKER).items():
        for name, sizes in of_day.sums(by).items():
            for (rule, began), children in sizes.backlogs.items():
                counted.setdefault((day, rule, engine.council if by == COUNTY else name), {})[began] = children
    keys = sorted(counted)
    kinds: dict[str, Kind] = {"as_at": DAY, "rule": TEXT, by: TEXT}
    columns: dict[str, list] = {name: [key[place] for key in keys] for place, name in enumerate(kinds)}
    columns |= {began: [counted[key].get(began, 0) for key in keys] for began in BACKLOG}
    return typed_frame(columns, kinds | dict.fromkeys(BACKLOG, COUNT))


def backlog_children(
    engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None, rules: Iterable[str] | None = None
) -> pandas.DataFrame:
    """The children whom ``backlog`` counts, of these rules (all unless given): the columns of ``Engine.children``, by rule."""
    asked = [rule.id for rule in engine.policy(policy_id).rules] if rules is None else list(rules)
    found = engine.backlog_children(policy_id, asked, scope, as_at)
    return found.sort_values("rule", key=lambda column: column.map(asked.index), kind="stable", ignore_index=True)
