"""The adoption tracker: before and after the agency decision, the days between the stages, their medians, the longest journeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas

from metrics.answers.service.lists import ask_whole, children_with, read_sql, with_more
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from metrics.engine.whole_council import Whole, Why
from words.columns import heading

BEFORE, AFTER, ADOPTED = "before_agency_decision", "after_agency_decision", "adopted"
STAGES = ("entered_care", "decision_date", "placement_order_date", "match_date", "placed_date", "order_date")


# The days of the stages are counted for the medians, restricted records' too; nothing else of these is kept.
JOURNEY = Whole(
    "adoption_journey",
    Why.ADOPTION_STEPS,
    {"journey_row": read_sql("adoption_journeys")},
    keeps=("service", "team", "adopted", *STAGES, "until"),
)


@dataclass(frozen=True)
class Step:
    """From one stage of the journey to another: ``name`` is the column with its days."""

    name: str
    start: str
    end: str

    @property
    def title(self) -> str:
        return heading(self.name)


STEPS = (
    Step("days_to_decision", "entered_care", "decision_date"),
    Step("days_to_placement_order", "decision_date", "placement_order_date"),
    Step("days_to_match", "placement_order_date", "match_date"),
    Step("days_to_placed", "match_date", "placed_date"),
    Step("days_to_order", "placed_date", "order_date"),
    Step("days_entry_to_placed", "entered_care", "placed_date"),
    Step("days_entry_to_order", "entered_care", "order_date"),
)


def _days(ends: pandas.Series, starts: pandas.Series) -> pandas.Series:
    return (pandas.to_datetime(ends) - pandas.to_datetime(starts)).dt.days.astype("Int64")


def _with_days(frame: pandas.DataFrame) -> pandas.DataFrame:
    """The days of each step, of the whole journey so far, and since the last stage that was reached."""
    reached = frame[list(STAGES)].apply(pandas.to_datetime).max(axis=1)
    return frame.assign(
        **{step.name: _days(frame[step.end], frame[step.start]) for step in STEPS},
        days_in_stage=_days(frame["until"], reached),
        days_so_far=_days(frame["until"], frame["entered_care"]),
    ).drop(columns="until")


def before_decision(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """The pre-ADM tracker: the children of ``Engine.children`` with what is held and booked.

    Further columns, all days: entered_care, legal_planning_date and planning_meeting_date (the last held in this period of care, the
    legal one also in the time before it that led to it; for a child not in care the last of all), booked_date (the next planning
    meeting), review_due_date (the next review due).
    """
    return children_with(engine, policy_id, "adoption_before", (BEFORE,), scope, as_at)


def journeys(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """Every journey after the agency decision: the children of ``Engine.children``, those just adopted among them.

    Further columns: adopted; adopter_id, of the match that names them; the day of each stage (``STAGES``); the days between stages
    (``STEPS``; below zero where the record has the later stage first); days_in_stage since the last stage reached; days_so_far since
    entry to care. Of an adopted child both are counted to the adoption. Who left care under another order has none of these.
    """
    day = as_at or engine.as_at
    rules = [engine.rule_over(policy_id, measure).id for measure in (AFTER, ADOPTED)]
    return _with_days(with_more(engine.children(policy_id, rules, scope, day), _stages(engine, policy_id, scope, day)))


def _stages(engine: Engine, policy_id: str, scope: Scope, day: date) -> pandas.DataFrame:
    """Every journey of the scope: child_id, adopted, the day of each stage, the adopters of the match, and until when it ran."""
    after, adopted = (engine.rule_over(policy_id, measure).id for measure in (AFTER, ADOPTED))
    every = ask_whole(engine, policy_id, JOURNEY, (day,), scope, rules=[after, adopted], adopted=adopted)
    return every[["child_id", "adopted", *STAGES, "adopter_id", "until"]]


def medians(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """How long each step takes, over all journeys in the scope that have both its stages; restricted records are counted.

    Columns: step, children, median_days, longest_days (missing where no journey has both).
    """
    every = _with_days(_stages(engine, policy_id, scope, as_at or engine.as_at))
    rows = [(step.title, every[step.name].count(), every[step.name].median(), every[step.name].max()) for step in STEPS]
    found = pandas.DataFrame(rows, columns=["step", "children", "median_days", "longest_days"])
    return found.astype({"children": "Int64", "median_days": "Float64", "longest_days": "Int64"})
