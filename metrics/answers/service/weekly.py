"""The Weekly Tracking Tool: who has had a permanency planning meeting, of those who should, by team."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

import pandas

from metrics.answers.service.lists import ask_whole, children_with, read_sql
from metrics.engine.engine import GROUPS, Engine, QuestionError
from metrics.engine.scope import Scope
from metrics.engine.whole_council import Whole, Why

PAGE, MEASURE = "weekly", "weekly_tracking_no_meeting"
TRACKED = Whole("tracked_count", Why.WEEKLY, {"tracked_row": read_sql("weekly")}, child=None)
# The measures of the figures to watch beside it, where the policy has rules over them.
ALERTS = (
    "no_planning_meeting",
    "second_review_in_time",
    "meeting_before_second_review",
    "placement_order_review",
    "placement_order_not_matched",
    "placement_moves_under_age",
    "drift_without_panel",
)


class TrackedRow(TypedDict):
    """A row of ``tracked``: missing counts are None, and so is the share of nobody."""

    as_at: date
    population: int
    with_meeting: int | None
    without_meeting: int | None
    share: float | None


class WorkerRow(TrackedRow):
    """A row of ``tracked`` by worker."""

    worker: str


def tracked(
    engine: Engine, policy_id: str, scope: Scope, by: str = "county", dates: Iterable[date] | None = None
) -> pandas.DataFrame:
    """The headline: of the children on the Weekly Tracking Tool, the share with a planning meeting held.

    ``by`` is one of county, service, team, worker; ``dates`` default to the night's own. The population is the rule's own: entered
    care within so many months, in care for more than so many, under so old at entry. Columns: as_at, <by>, population,
    with_meeting, without_meeting, share (percent of the population; missing where there is nobody). The counts of meetings
    are missing where the rule has no figure.
    """
    if by not in GROUPS:
        raise QuestionError(f"'{by}' is not a way to group; use one of {', '.join(GROUPS)}.")
    asked = engine.rule_over(policy_id, MEASURE)
    days = tuple(dates or (engine.as_at,))
    named = {"rule_id": asked.id, "meetings": asked.parameters["meetings"]}
    frame = ask_whole(engine, policy_id, TRACKED, days, scope, **named).assign(county=engine.council)
    counts = ["population", "with_meeting"]
    found = frame.groupby(["as_at", by])[counts].sum().astype("Int64").reset_index()
    if by == "county":
        whole = pandas.MultiIndex.from_product([pandas.to_datetime(list(days)), [engine.council]], names=["as_at", by])
        found = found.set_index(["as_at", by]).reindex(whole, fill_value=0).reset_index()
    if engine.absence(asked, days[-1]):
        found["with_meeting"] = pandas.array([None] * len(found), dtype="Int64")
    found["without_meeting"] = found["population"] - found["with_meeting"]
    share = found["with_meeting"].astype("Float64") * 100 / found["population"].astype("Float64").where(found["population"] > 0)
    return found.assign(share=share)


def without_meeting(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """The children on the Weekly Tracking Tool with no planning meeting (``Engine.children``); booked_date is the next one booked."""
    meetings = engine.rule_over(policy_id, MEASURE).parameters["meetings"]
    return children_with(engine, policy_id, "booked", (MEASURE,), scope, as_at, meetings=meetings)
