"""The engine's answers as typed rows, for whoever reads them by name: what is in a row is declared here, and missing is None."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypedDict, TypeVar, cast, get_type_hints

import pandas

from metrics.engine.plain import COUNT_OR_NONE, DAY, TEXT, YES_OR_NO, Kind, plain_rows, typed_frame

FIGURE_COLUMNS: dict[str, Kind] = {
    "as_at": DAY,
    "policy": TEXT,
    "rule": TEXT,
    "group": TEXT,
    "children": COUNT_OR_NONE,
    "population": COUNT_OR_NONE,
    "in_care": COUNT_OR_NONE,
}
CHILD_COLUMNS: dict[str, Kind] = {
    "as_at": DAY,
    "policy": TEXT,
    "rule": TEXT,
    "child_id": TEXT,
    "legacy_id": TEXT,
    "name": TEXT,
    "age": COUNT_OR_NONE,
    "service": TEXT,
    "team": TEXT,
    "worker": TEXT,
    "plan": TEXT,
    "since": DAY,
    "recorded_since": DAY,
    "observed_since": DAY,
    "clock": TEXT,
    "limit_date": DAY,
    "days_over": COUNT_OR_NONE,
    "on_list": YES_OR_NO,
    "backlog": TEXT,
    "legal_status": TEXT,
    "placement": TEXT,
    "last_review_date": DAY,
    "detail": TEXT,
}
COMING_COLUMNS = CHILD_COLUMNS | {"due_in": COUNT_OR_NONE}


class FigureRow(NamedTuple):
    """A row of ``Engine.figures``: how many ``children`` of a group a rule lists (None: no figure), of the ``population`` that it is a
    share of (None: not supplied); and how many of the group are ``in_care``."""

    as_at: date
    policy: str
    rule: str
    group: str
    children: int | None
    population: int | None
    in_care: int


class GroupRow(TypedDict):
    """A row of ``Engine.groups``: a team, and how many children in care it has."""

    service: str
    team: str
    children: int


class ChildRow(TypedDict):
    """A row of ``Engine.children``: a child on a rule's list. Restricted records have no name, age, plan, placement, review or detail."""

    as_at: date
    policy: str
    rule: str
    child_id: str
    legacy_id: str | None
    name: str | None
    age: int | None
    service: str
    team: str
    worker: str
    plan: str | None
    since: date
    recorded_since: date | None
    observed_since: date | None
    clock: str | None
    limit_date: date | None
    days_over: int
    on_list: bool
    backlog: str | None
    legal_status: str | None
    placement: str | None
    last_review_date: date | None
    detail: str | None


class ComingRow(ChildRow):
    """A row of ``Engine.coming_next``: a child who will reach a limit in ``due_in`` days."""

    due_in: int


Row = TypeVar("Row")


def typed_rows(frame: pandas.DataFrame, kind: type[Row]) -> list[Row]:
    """The rows of an answer, each a ``kind`` (a TypedDict) and whatever columns more there are.

    Raises KeyError where a column of it is missing.
    """
    missing = [name for name in get_type_hints(kind) if name not in frame.columns]
    if missing:
        raise KeyError(f"{kind.__name__} has columns that the answer has not: {', '.join(missing)}")
    return cast("list[Row]", plain_rows(frame))


def figures_frame(rows: Iterable[FigureRow], by: str) -> pandas.DataFrame:
    """Figures that are grouped ``by`` something as a frame (``Engine.figures``)."""
    columns = dict(zip(FIGURE_COLUMNS, zip(*rows, strict=True), strict=False)) or dict.fromkeys(FIGURE_COLUMNS, ())
    return typed_frame(columns, FIGURE_COLUMNS).rename(columns={"group": by})
