"""What a rule would list under another limit or period, beside what it lists; and the line that would make it so.

Nothing is changed: the rule with its limit changed is asked of the same engine, through the same gate, as any other.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas

from data.settings import FILE_NAME, Settings, read_settings
from metrics.engine.absence import Absence
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.own_limits import can_be_set, own_limits, periods_of
from metrics.engine.policy import UNITS, PolicyError, Rule
from metrics.engine.scope import Scope

TO_BE_AGREED = "to be agreed"
COUNTS = """
select as_at, service, team, rule, children
from figure
where policy = any($policies::varchar[])
    and rule = any($rules::varchar[])
    and as_at = any($dates::date[])
"""


@dataclass(frozen=True)
class WhatIf:
    """A rule beside itself with one period changed.

    ``by_team``: service, team, today and what_if (children on the list on the day). ``trend``: as_at, today and what_if, oldest first.
    ``absence``: why there are no figures, or None.
    """

    rule: Rule
    changed: Rule
    by_team: pandas.DataFrame
    trend: pandas.DataFrame
    absence: Absence | None


def usual(rule: Rule, name: str, as_at: date) -> int | str | None:
    """What a period of a rule is on a day, by one of the names of ``can_be_set``; None where the rule has no limit in that unit."""
    limit = rule.limit_on(as_at)
    if name in UNITS and not (name in periods_of(rule) and not limit):
        return limit.amount if limit and limit.unit == name else None
    value = periods_of(replace(rule, parameters=rule.parameters_on(as_at)))[name]
    return value if isinstance(value, int) else str(value)


def changed_rule(rule: Rule, name: str, value: int | str) -> Rule:
    """The rule with one period changed, on every date. Raises QuestionError, saying what it could be."""
    entry = {name: value}
    try:
        limits, changes = own_limits(rule, Settings(limits={rule.policy: {rule.id: entry}}))
    except PolicyError as error:
        raise QuestionError(str(error).split(": ", 1)[-1]) from error
    # A limit holds on every date, whatever the council has set from a day on.
    of_the_limit = not changes or changes[0].parameter == rule.over
    always = tuple(limit for limit in limits if limit.starts is None) if of_the_limit else rule.limits
    # A list under another value is another list, and none of the policy's: a day's tables are everybody's.
    return replace(
        rule,
        policy=f"{rule.policy} tried",
        id=f"{rule.id} if {name} = {value}",
        limits=always,
        changes=(*rule.changes, *changes),
        target=None,
    )


def what_if(engine: Engine, policy_id: str, rule_id: str, name: str, value: int | str, scope: Scope, as_at: date) -> WhatIf:
    """The counts of a rule by team on a day and over thirteen months, as they are and as they would be.

    Raises QuestionError for a period that the rule does not have, or a value that it cannot have.
    """
    rule = engine.rule(policy_id, rule_id)
    changed = changed_rule(rule, name, value)
    dates = engine.trend_dates(as_at)
    named = {"policies": [rule.policy, changed.policy], "rules": [rule.id, changed.id]}
    frames = []
    for part in engine.parts(dates):
        with engine.view(scope, part, (rule, changed)) as view:
            frames.append(view.execute(COUNTS, named | {"dates": list(part)}).df())
    counted = pandas.concat(frames, ignore_index=True)
    counted["rule"] = counted["rule"].map({rule.id: "today", changed.id: "what_if"})
    on_day = counted[counted["as_at"] == pandas.Timestamp(as_at)]
    return WhatIf(
        rule,
        changed,
        _beside(on_day, ["service", "team"]),
        _beside(counted, ["as_at"], pandas.Index(pandas.to_datetime(list(dates)), name="as_at")),
        engine.absence(rule, as_at) or engine.absence(changed, as_at),
    )


def _beside(counted: pandas.DataFrame, by: list[str], every: pandas.Index | None = None) -> pandas.DataFrame:
    """The counts side by side; a group or a date on neither list is left out, unless it is one of ``every``."""
    found = counted.pivot_table(index=by, columns="rule", values="children", aggfunc="sum")
    found = found.reindex(columns=["today", "what_if"])
    if every is not None:
        found = found.reindex(every)
    return found.fillna(0).astype("int64").rename_axis(columns=None).reset_index()


def _value(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else f'"{value}"'


def _table(rule: Rule, entry: dict[str, object], brackets: int) -> str:
    lines = [f'"{key}" = {_value(value)}' if "." in key else f"{key} = {_value(value)}" for key, value in entry.items()]
    return "\n".join((f"{'[' * brackets}limits.{rule.policy}.{rule.id}{']' * brackets}", *lines))


def drafted_line(rule: Rule, name: str, value: int | str, starts: date, settings: Settings) -> str:
    """The tables of settings.toml that would change a period from a day on, to be agreed: with those that the rule has there already, in
    whose place they go.

    What is drafted is read as settings are, so that it can be used as it stands. Raises QuestionError where it cannot.
    """
    there = settings.limits.get(rule.policy, {}).get(rule.id, ())
    before = (there,) if isinstance(there, dict) else tuple(there)
    entries = [*before, {name: value, "from": starts, "agreed_by": TO_BE_AGREED}]
    text = "\n\n".join(_table(rule, entry, 2 if before else 1) for entry in entries) + "\n"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE_NAME).write_text(text, encoding="utf-8")
        read = read_settings(Path(folder))
    fault = read.rule_faults.get((rule.policy, rule.id))
    try:
        own_limits(replace(rule, limits=tuple(limit for limit in rule.limits if not _is_own(limit, before)), changes=()), read)
    except PolicyError as error:
        fault = str(error)
    if fault:
        raise QuestionError(fault.split(": ", 1)[-1])
    return text


def _is_own(limit: object, entries: tuple[dict, ...]) -> bool:
    """Whether a limit is one that the settings have already, rather than the policy's."""
    return any(getattr(limit, "starts", None) == entry.get("from") for entry in entries)


def names(rule: Rule) -> tuple[str, ...]:
    """The periods that can be changed, the rule's own first; none for a rule whose due date is in the records, or that has a mistake."""
    own = [name for name in can_be_set(rule) if name not in UNITS]
    limit = rule.limits[-1].unit if rule.limits else ""
    return () if rule.problem else tuple(dict.fromkeys([*([limit] if limit else []), *own, *can_be_set(rule)]))
