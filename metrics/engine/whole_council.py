"""The computations that read everybody's records, restricted ones too, each under a name that says why it must.

There is no other way to the records themselves (``Engine.whole_council``, ``View.make``); ``tests/test_gate.py`` lists who uses which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import duckdb


class Why(Enum):
    """Why a computation reads the whole council."""

    PANEL_FACTS = "what became of a panel's decisions is counted, restricted children included"
    PUBLISHED_FIGURES = "published figures count everybody, and leave through the disclosure control alone"
    IDENTITIES = "words that are to be published are searched for the name of anybody"
    MENDING = "a row to correct is listed under the child's team, or under none where the child is not in care"
    JOURNEYS = "the steps of every child's journey are made once for a day, and then read through the gate"
    ADOPTED = "the indicators average over all who were adopted, whose records of care end with it"
    ADOPTION_STEPS = "the days between the stages of adoption are counted over all journeys"
    MEETINGS = "a restricted child has a meeting due, overdue or booked as well"
    CALENDAR = "a restricted child has hearings, reviews and visits to come as well"
    CONNECTED = "what was done in a month counts under the team of the day, which may not be the scope's on another"
    SIBLINGS = "a restricted child is a brother or sister as well: the group counts the child and does not vanish"
    WEEKLY = "the share with a planning meeting counts restricted children's meetings"
    MOVEMENTS = "who came from another team, or went to one, can only be seen from lists outside the scope"


@dataclass(frozen=True)
class Lasting:
    """A table that the night does not keep for a day: what makes it, on a cursor whose tables last, from everybody's records.

    It passes the gate as the tables of a night do.
    """

    name: str
    why: Why
    make: Callable[[duckdb.DuckDBPyConnection], None]


@dataclass(frozen=True)
class Whole:
    """A table that is worked out of everybody's records.

    ``steps``: SELECTs by the name of the table that each makes; the last gives the rows, with service, team and worker. ``child``: its
    column that names the child; None where it gives counts. ``keeps``: what stays of a restricted child's row, beside a mask for
    child and worker; None where such a row is dropped. ``hides_unknown``: whether a child whom the extracts do not hold is hidden
    as well.
    """

    name: str
    why: Why
    steps: dict[str, str]
    child: str | None = "child_id"
    keeps: tuple[str, ...] | None = None
    hides_unknown: bool = False
