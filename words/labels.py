"""Labels that stand in many places: states, what stands where a number would be, the whole council's name, levels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import pandas

from words.dates import british
from words.numbers import number

# What stands where a number would be.
NOT_SUPPLIED, NOT_AVAILABLE, NOT_COUNTED, NOT_KEPT = "not supplied", "not available", "not counted", "not kept"
# What stands where there are so few children that a share or a change says nothing.
TOO_FEW = "too few to tell"
# What stands for the identifier of a child whose record the reader may not see, and the same within a sentence.
RESTRICTED_RECORD = "Restricted record"
RESTRICTED = RESTRICTED_RECORD.lower()
# How something that is due stands.
# What began before the council's policy applied, or before its records reach: a group of its own, and no breach.
BEFORE_POLICY, BEFORE_RECORDS = BACKLOG = ("before the policy", "before the records")
BACKLOG_EXPLAINED = (
    "A stage that began before the policy applied, or before the records can be relied on, is not counted as overdue and is in no figure. "
    "A child who was on a list before the policy applied is counted in that list and again here."
)
DONE_IN_TIME, DONE_LATE, DONE, DUE, OVERDUE, NO_DATE = "done in time", "done late", "done", "due", "overdue", "no date"
OF_DONE = (DONE_IN_TIME, DONE_LATE, DONE)
# How a sentence of a document stands with the rules that track it.
TRACKED, WAITS_FOR_EXTRACT = "tracked", "waits for an extract"
POLICY_NOT_IN_USE, NOT_TRACKED = "policy not in use", "not tracked"
# What a record says, or does not.
NO_PLAN, NO_DECISION, NO_OWNER = "no current plan", "no decision recorded", "no owner"
NOT_RECORDED, NOT_KNOWN, NONE_NAMED, NAME_NOT_RECORDED = "not recorded", "not known", "none named", "Name not recorded"
YES, NO = "yes", "no"
# Of which knowledge a figure of an earlier day is.
AS_NOW_KNOWN, AS_REPORTED, AS_FIRST_REPORTED = "as now known", "as reported", "as first reported"


@dataclass(frozen=True)
class Area:
    """What the whole council is called: ``name`` within a sentence (county), ``title`` on its own, ``wide`` for all of it."""

    name: str

    @property
    def title(self) -> str:
        return self.name.capitalize()

    @property
    def wide(self) -> str:
        return f"{self.title}wide"


@dataclass(frozen=True)
class Part(Area):
    """What somebody who may see a part of the council calls all that they see: the service, the team or the caseload by its name."""

    @property
    def title(self) -> str:
        return self.name

    @property
    def wide(self) -> str:
        return self.name


# By the values of the setting ``area``.
AREAS = {name: Area(name) for name in ("county", "borough", "city")}


class Named(Protocol):
    """What a person may see (``metrics.engine.scope.Reach``), as it is called."""

    @property
    def words(self) -> str: ...


class PanelArea(Protocol):
    """An area that has a panel of its own (``metrics.engine.scope.PanelArea``)."""

    @property
    def name(self) -> str: ...


class Narrowed(Protocol):
    """What may be narrowed to services, teams, workers and the area of a panel (``metrics.engine.scope.Scope``); None: to none of them."""

    @property
    def services(self) -> tuple[str, ...] | None: ...
    @property
    def teams(self) -> tuple[str, ...] | None: ...
    @property
    def workers(self) -> tuple[str, ...] | None: ...
    @property
    def panel_area(self) -> PanelArea | None: ...
    @property
    def reach(self) -> Named | None: ...


def scope_name(scope: Narrowed, area: Area) -> str:
    """A scope as a heading says it: its workers, teams, services or panel's area, or the whole council."""
    for chosen in (scope.workers, scope.teams, scope.services):
        if chosen is not None:
            return ", ".join(chosen) if chosen else "nobody"
    if scope.panel_area is not None:
        return scope.panel_area.name
    return area.title if scope.reach is None else scope.reach.words


class Absent(Protocol):
    """Why there is no figure (``metrics.engine.absence.Absence``): ``word`` stands in its place."""

    @property
    def word(self) -> str: ...


class Listing(Protocol):
    """A measure (``metrics.engine.catalogue.Measure``): whether it lists what is overdue."""

    @property
    def is_milestone(self) -> bool: ...


class Counted(Protocol):
    """A rule (``metrics.engine.policy.Rule``), of which a figure is the number of children on its list."""

    @property
    def title(self) -> str: ...
    @property
    def measure(self) -> Listing: ...


def figure_title(rule: Counted) -> str:
    """A rule's title where its number stands beside it. Of what has to be done by a date, the number is of those of whom it is overdue:
    *Out of borough placement approved: 15* would be read as 15 approvals."""
    return f"{rule.title}: {OVERDUE}" if rule.measure.is_milestone else rule.title


def plan_words(plan: str | None, child_id: str) -> str | None:
    """A child's plan as a list says it: that there is none, where there is none. Of a restricted record a list says nothing."""
    return plan or (None if child_id == RESTRICTED_RECORD else NO_PLAN)


def figure(count: int | None, absence: Absent | None = None) -> str:
    """A figure as a tile or cell shows it: never zero where there is none, but the words for why (``absence``)."""
    if count is None or pandas.isna(count):
        return absence.word if absence else NOT_SUPPLIED
    return number(count)


def change(difference: int | None, since: date) -> str:
    """How a figure moved since a day."""
    if difference is None:
        return f"no figure at {british(since)} to compare with"
    if difference == 0:
        return f"no change since {british(since)}, {AS_NOW_KNOWN}"
    return f"{abs(difference):,} {'more' if difference > 0 else 'fewer'} than at {british(since)}, {AS_NOW_KNOWN}"
