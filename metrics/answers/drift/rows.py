"""Rows of the answers about drift, as ``metrics.engine.rows.typed_rows`` gives them: missing is None."""

from __future__ import annotations

from datetime import date
from typing import TypedDict


class MovedRow(TypedDict):
    """A row of ``Movements.children``: a child who was on either list of a rule, and how they moved."""

    rule: str
    movement: str
    child_id: str
    legacy_id: str | None
    name: str | None
    age: int | None
    service: str
    team: str
    worker: str
    first_service: str | None
    first_team: str | None
    second_service: str | None
    second_team: str | None
    since: date
    limit_date: date | None
    days_over: int
    left_date: date | None
    left_reason: str | None
    earlier_date: date | None
    recorded_late: bool


class LateRow(TypedDict):
    """A row of ``Movements.late``: a child by whom the first list as now known differs from the one reported."""

    rule: str
    difference: str
    child_id: str
    legacy_id: str | None
    name: str | None
    age: int | None
    service: str
    team: str
    worker: str
    since: date
    limit_date: date | None
    days_over: int
    other_team: str | None


class FlowRow(TypedDict):
    """A row of ``flow_rows``: how a rule's list moved from one day to the next; the counts are None where the rule has no figures."""

    first_date: date
    second_date: date
    rule: str
    opening: int | None
    new: int | None
    re_entered: int | None
    moved_in: int | None
    joined: int | None
    still: int | None
    resolved: int | None
    left_care: int | None
    moved_out: int | None
    left: int | None
    closing: int | None
