"""Connected persons: the open options by stage, and each month's activity from referral to conclusion."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas

from data.contract.contract import code_sets
from metrics.answers.service.lists import ask, ask_whole, by_detail, read_sql
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from metrics.engine.whole_council import Whole, Why

MEASURE = "connected_assessment_open"
STAGES = ("referral", "viability", "assessment", "panel", "court")
ACTIVITIES = (
    "referral",
    "viability",
    "assessment begun",
    "assessment ended",
    "panel",
    "court application",
    "order",
    "closed",
)
ACTIVITY = Whole("activity_of_month", Why.CONNECTED, {"activity_row": read_sql("connected_activity")}, child=None)


def stage_of(detail: str) -> str:
    """The stage that a detail of the list begins with: *panel*, also of *panel; no step for more than 6 months ...*."""
    return detail.split("; ")[0]


def by_stage(engine: Engine, policy_id: str, scope: Scope, dates: Iterable[date]) -> pandas.DataFrame:
    """The children with an option open at the close of each date, by stage: as_at, the five stages, children (all of them)."""
    days = list(dates)
    found = by_detail(engine, engine.rule_over(policy_id, MEASURE), scope, days)
    found = found.assign(detail=found["detail"].map(stage_of, na_action="ignore"))
    counts = found.pivot_table(index="as_at", columns="detail", values="children", aggfunc="sum")
    counts = counts.reindex(index=pandas.to_datetime(days), columns=list(STAGES)).fillna(0).astype("int64")
    return counts.assign(children=counts.sum(axis=1)).rename_axis(index="as_at", columns=None).reset_index()


def activity(engine: Engine, policy_id: str, scope: Scope, dates: Iterable[date]) -> pandas.DataFrame:
    """What was done in the month up to each date but the first, in options, not children: as_at, and the eight activities."""
    days = sorted(dates)
    rule = engine.rule_over(policy_id, MEASURE)
    types = rule.parameters["option_types"]
    found = ask_whole(engine, policy_id, ACTIVITY, days, scope, rules=[rule.id], option_types=types)
    counts = found.pivot_table(index="as_at", columns="activity", values="options", aggfunc="sum")
    counts = counts.reindex(index=pandas.to_datetime(days[1:]), columns=list(ACTIVITIES)).fillna(0).astype("int64")
    return counts.rename_axis(index="as_at", columns=None).reset_index()


def open_options(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """The open options, a row each, the longest open first.

    Columns: child_id, legacy_id, name, age, service, team, worker, legal_status, placement, stage (the child's, as the rule has it),
    detail (the stage, and whether nothing has been recorded for long), option (in words), carer_label, is_primary, days_open, and
    the days and outcomes of the stages that were reached by the date.
    A restricted record is one row without a name and without anything of its options.
    """
    day = as_at or engine.as_at
    rule = engine.rule_over(policy_id, MEASURE)
    types = rule.parameters["option_types"]
    frame = engine.children(policy_id, (rule.id,), scope, day)
    frame = frame.assign(stage=frame["detail"].map(stage_of, na_action="ignore"))
    whose = ["child_id", "legacy_id", "name", "age", "service", "team", "worker", "legal_status", "placement", "stage", "detail"]
    options = ask(engine, policy_id, "connected_options", (day,), scope, rules=[rule.id], option_types=types)
    named = frame[whose].assign(key=frame["child_id"].where(frame["name"].notna()).astype(object))
    options = options.rename(columns={"child_id": "key"}).astype({"key": object})
    words = {code.code: code.label for code in code_sets()["option_type"].codes.values()}
    found = named.merge(options, on="key", how="left").drop(columns=["key", "option_id"])
    found.insert(9, "option", found.pop("option_type").map(words, na_action="ignore"))
    found = found.astype({"days_open": "Int64"})
    return found.sort_values("days_open", ascending=False, kind="stable", na_position="last", ignore_index=True)
