"""One asking of drift.sql: which dates, which rules, whose scope, and the lists as they were reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pandas

from data.contract.contract import code_sets
from metrics.answers.reported import ROW_COLUMNS, Reported
from metrics.engine.engine import Engine
from metrics.engine.plain import plain_columns, plain_rows
from metrics.engine.policy import Rule
from metrics.engine.scope import Scope
from metrics.engine.whole_council import Whole, Why

HERE = Path(__file__).parent
NEW, RE_ENTERED, MOVED_IN = JOINED = ("new", "re-entered", "moved in")
STILL = "still"
RESOLVED, LEFT_CARE, MOVED_OUT = LEFT = ("resolved", "left care", "moved out")
MOVEMENTS = (*JOINED, STILL, *LEFT)
RECORDED_LATE, TAKEN_OFF = LATE = ("recorded late", "taken off since")

COUNTED = """
select
    first_date,
    second_date,
    rule,
    movement,
    case when second_here then second_service else first_service end as service,
    case when second_here then second_team else first_team end as team,
    case when second_here then second_worker else first_worker end as worker,
    count(*) as children
from (
{}
) as moved
group by all
"""
COUNTS = """
select first_date, second_date, rule, movement, sum(children)::bigint as children
from moved_count
group by all
"""
# What stays of a restricted record: neither the other team, nor when and why care was left.
KEPT = ("rule", "service", "team", "since", "limit_date", "days_over")
KEPT_OF_MOVED = (
    *KEPT,
    "movement",
    "recorded_late",
    "first_service_here",
    "first_team_here",
    "second_service_here",
    "second_team_here",
)

# Beside the days that a cursor has computed: the night's own tables, which the cursor's of the same name hide.
LIST_COLUMNS = "policy, rule, as_at, child_id, service, team, worker, since, limit_date, days_over, on_list"
LISTED = """(
    select {columns} from listed
    union all
    select {columns} from {night}.listed where as_at = any($kept::date[])
)"""
KNOWN = """(
    select as_at, child_id, service, team, worker, in_care from known_on_day
    union all
    select as_at, child_id, service, team, worker, true from {night}.spine where as_at = any($kept::date[])
    union all
    select as_at, child_id, service, team, worker, false from {night}.not_in_care_on_day where as_at = any($kept::date[])
)"""


# A list as it was reported, bound a column at a time.
REPORTED = """(
    select
        unnest($reported_rule::varchar[]) as rule,
        unnest($reported_child_id::varchar[]) as child_id,
        unnest($reported_service::varchar[]) as service,
        unnest($reported_team::varchar[]) as team,
        unnest($reported_worker::varchar[]) as worker,
        unnest($reported_since::date[]) as since,
        unnest($reported_limit_date::date[]) as limit_date,
        unnest($reported_days_over::bigint[]) as days_over,
        unnest($reported_in_care::boolean[]) as was_in_care
)"""
# Lists reported before it.
EARLIER = """(
    select
        unnest($earlier_as_at::date[]) as as_at,
        unnest($earlier_rule::varchar[]) as rule,
        unnest($earlier_child_id::varchar[]) as child_id,
        unnest($earlier_service::varchar[]) as service,
        unnest($earlier_team::varchar[]) as team,
        unnest($earlier_worker::varchar[]) as worker
)"""
EARLIER_COLUMNS = ["rule", "child_id", "service", "team", "worker"]


@cache
def _text(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


@cache
def _reasons() -> dict[str, str]:
    """Why an episode ceased, by code. An episode that another was to follow on the same day says nothing about leaving care."""
    codes = code_sets()["episode_ceased_reason"].codes.values()
    return {code.code: "not recorded" if "continues" in code.groups else code.label for code in codes}


class Question:
    """The movements between pairs of dates (``pairs``, oldest first) of the rules in a scope.

    ``looked_at`` are the dates before the first pair on whose lists a child may have been before.
    """

    def __init__(
        self,
        engine: Engine,
        policy_id: str,
        scope: Scope,
        pairs: Sequence[tuple[date, date]],
        rules: Sequence[Rule],
        reported: Reported | None = None,
        earlier: Sequence[Reported] = (),
    ) -> None:
        self.engine = engine
        self.scope = scope
        self.rules = tuple(rules)
        self.reported = reported
        first, second = pairs[0][0], pairs[-1][1]
        before = [day for day in engine.reporting_dates if day < first]
        older = [one for one in earlier if one.as_at < first]
        self.looked_at = tuple(sorted({*before, *(one.as_at for one in older)}))
        self.days = tuple(sorted({*before, *(day for pair in pairs for day in pair)}))
        self.first_day = first
        self.parameters: dict[str, object] = {
            "policy_id": policy_id,
            "rules": [rule.id for rule in rules],
            "dates": list(self.days),
            "first_dates": [pair[0] for pair in pairs],
            "second_dates": [pair[1] for pair in pairs],
            "first_day": first,
            "second_day": second,
            "tonight": engine.as_at,
            "movements": list(MOVEMENTS),
            "differences": list(LATE),
            "as_reported": reported is not None,
            **_lists(reported),
            **_earlier(older),
        }

    def counts(self) -> dict[tuple[date, date, str, str], int]:
        """How many children made each movement: (first date, second date, rule, movement) -> children."""
        frame = self._asked(self._whole("moved_count", {}, COUNTED.replace("{}", _text("drift"))), COUNTS)
        *key, children = plain_columns(frame).values()
        return dict(zip(zip(*key, strict=True), children, strict=True))

    def children(self) -> pandas.DataFrame:
        """The children behind the movements of one pair (``Movements.children``)."""
        steps = {"moved": "drift", "left_care": "drift_left_care"}
        whole = self._whole("moved_child", steps, _text("moved_children"), KEPT_OF_MOVED)
        frame = self._asked(whole, _text("drift_children"))
        frame["left_reason"] = frame["left_reason"].map(lambda reason: _reasons().get(reason, reason))
        return with_whole_numbers(frame)

    def late_recording(self) -> pandas.DataFrame | None:
        """How the first list as now known differs from the one reported (``Movements.late``); None where no list was reported."""
        if not self.reported:
            return None
        whole = self._whole("late_child", {}, _text("drift_late"), (*KEPT, "difference"))
        return with_whole_numbers(self._asked(whole, _text("late_children")))

    def _whole(self, name: str, beside: dict[str, str], last: str, keeps: tuple[str, ...] | None = None) -> Whole:
        """A table of movements: counts, or the children with what is kept of a restricted one. A child whom the extracts no longer hold
        may have been restricted since, and nobody could tell."""
        steps = {step: _text(file) for step, file in beside.items()} | {f"{name}_row": last}
        named = self._tables()
        formatted = {step: sql.format(**named) for step, sql in steps.items()}
        child = None if keeps is None else "child_id"
        return Whole(name, Why.MOVEMENTS, formatted, child=child, keeps=keeps, hides_unknown=True)

    def _to_compute(self) -> list[date]:
        """Only those days are computed that the night does not keep."""
        kept = self.engine.kept(self.days, self.rules)
        return [day for day in self.days if day not in kept]

    def _tables(self) -> dict[str, str]:
        to_compute = self._to_compute()
        beside = to_compute and len(to_compute) < len(self.days)
        night = f"{self.engine.night.database.stem}.main"
        return {
            "listed": LISTED.format(columns=LIST_COLUMNS, night=night) if beside else "listed",
            "known": KNOWN.format(night=night) if beside else "known_on_day",
            "reported": REPORTED,
            "earlier": EARLIER,
        }

    def _asked(self, whole: Whole, sql: str) -> pandas.DataFrame:
        """The answer of the SQL over a table of movements."""
        to_compute = self._to_compute()
        parameters = self.parameters | {"kept": [day for day in self.days if day not in to_compute]}
        dates = to_compute or self.days
        with self.engine.view(self.scope, dates, self.rules, hidden_on=self.first_day) as view:
            view.make(whole, parameters)
            return view.execute(sql, {name: value for name, value in parameters.items() if f"${name}" in sql}).df()


def _lists(reported: Reported | None) -> dict[str, list]:
    """A list as it was reported, a parameter for each column; empty ones where none is asked about."""
    rows = plain_rows(reported.rows.reindex(columns=ROW_COLUMNS)) if reported else []
    return {f"reported_{name}": [row[name] for row in rows] for name in ROW_COLUMNS}


def _earlier(older: Sequence[Reported]) -> dict[str, list]:
    """Who was on the lists reported before the first, a parameter for each column."""
    rows = [{**row, "as_at": one.as_at} for one in older for row in plain_rows(one.rows[EARLIER_COLUMNS])]
    return {f"earlier_{name}": [row[name] for row in rows] for name in (*EARLIER_COLUMNS, "as_at")}


def with_whole_numbers(frame: pandas.DataFrame) -> pandas.DataFrame:
    """The frame with its whole numbers as such, missing ones too."""
    return frame.astype({"age": "Int64", "days_over": "Int64"})
