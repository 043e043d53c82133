"""Which panel takes up what another left of a child, where panels are held by area of the council."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from casework.records.records import Action, Discussion, Panel
from metrics.engine.engine import Engine
from metrics.engine.people import people
from metrics.engine.scope import Scope

Record = TypeVar("Record", Action, Discussion)


def areas_of(engine: Engine, child_ids: Iterable[str], day: date) -> dict[str, str]:
    """The area to whose panel each of these children goes by the team of a day; "" for one whose team is in no area. A child whom nobody
    has on the day, or whom the extracts do not know, is not in it."""
    found = people(engine, child_ids, Scope.whole_council_with_names(), day)
    found = found[found["service"].notna() | found["team"].notna()]
    named = zip(found["child_id"], found["service"], found["team"], strict=True)
    return {child: engine.settings.panel_area(service, team) for child, service, team in named}


@dataclass(frozen=True)
class TakingUp:
    """What ``this`` panel takes up of the panels before it. ``held``: every panel of its policy; ``area_of``: the area whose panel each
    child goes to by now (``areas_of``).

    What a panel of an area left goes to the panel of the area where the child is by now, that of a panel of the whole council to the
    council's. Where no such panel is prepared after it, it goes to the other kind, so that no child is lost when a council begins or
    ends to hold its panels by area.
    """

    this: Panel
    held: tuple[Panel, ...]
    area_of: Mapping[str, str]

    def takes(self, left_by: Panel, child_id: str) -> bool:
        """Whether this panel takes up what an earlier one left of a child."""
        # A child whom nobody has now, or whose team is in no area, stays with the area that had the child.
        home = self.area_of.get(child_id) or left_by.area
        if self.this.area:
            return home == self.this.area and (left_by.area != "" or not self._prepared("", left_by))
        return left_by.area == "" or not self._prepared(home, left_by)

    def _prepared(self, area: str, after: Panel) -> bool:
        return any(one.area == area and one.panel_date > after.panel_date for one in self.held)


def by_area(held: Iterable[Panel]) -> bool:
    """Whether any of these panels is an area's: else every panel takes up what those before it left."""
    return any(one.area for one in held)


def taken_up(engine: Engine, this: Panel, held: Iterable[Panel], records: Iterable[Record]) -> list[Record]:
    """The records of ``this`` panel, and those that it takes up of the other panels of its policy (``held``: all of them)."""
    every, records = {one.id: one for one in held}, list(records)
    if not by_area(every.values()):
        return records
    taking = TakingUp(this, tuple(every.values()), areas_of(engine, {one.child_id for one in records}, engine.as_at))
    return [one for one in records if one.panel_id == this.id or taking.takes(every[one.panel_id], one.child_id)]
