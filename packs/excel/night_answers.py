"""What every pack says of itself: the council, the night, the reporting date and the scope that its answers are of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from data.invented import is_invented
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from words.dates import british, british_time
from words.labels import AREAS, Area, scope_name

SENSITIVITY = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True)
class CouncilAnswers:
    """Answers about the children of a council; ``area`` is what the whole of it is called."""

    council: str
    area: Area

    @property
    def invented(self) -> bool:
        """The council says that its children are not real."""
        return is_invented(self.council)


class NightFields(TypedDict):
    """The fields of ``NightAnswers``, by name."""

    council: str
    area: Area
    night: str
    night_as_at: date
    published_at: datetime
    as_at: date
    scope: Scope
    withheld: str | None


@dataclass(frozen=True)
class NightAnswers(CouncilAnswers):
    """Answers of one night, for one reporting date and scope. ``withheld``: why every child is a restricted record in them, if so."""

    night: str
    night_as_at: date
    published_at: datetime
    as_at: date
    scope: Scope
    withheld: str | None

    @property
    def scope_words(self) -> str:
        """The scope as a heading says it."""
        return scope_name(self.scope, self.area)

    @property
    def line(self) -> str:
        """The night, day and scope, as the foot of every page says them."""
        return f"{self.council}: {british(self.as_at)}, {self.scope_words}, data load {self.night}"

    @property
    def words(self) -> dict[str, str]:
        """What a front sheet says of the answers, by its label."""
        return {
            "Reporting date": f"{british(self.as_at)}, at the close of the day",
            "Data load": f"{self.night}, extracts as at {british(self.night_as_at)}",
            "Published": british_time(self.published_at),
        }

    def facts(self, *labels: str) -> tuple[tuple[str, str], ...]:
        """Some of the words, each with its label."""
        return tuple((label, self.words[label]) for label in labels)


def about_night(engine: Engine, as_at: date | None, scope: Scope) -> NightFields:
    """The fields of ``NightAnswers`` as an engine knows them; ``as_at`` is the night's own day unless given."""
    return {
        "council": engine.council,
        "area": AREAS[engine.settings.area],
        "night": engine.night.name,
        "night_as_at": engine.night.as_at,
        "published_at": engine.night.published_at,
        "as_at": as_at or engine.as_at,
        "scope": scope,
        "withheld": engine.withheld,
    }
