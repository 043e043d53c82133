"""What is asked about, and what the person asking may see. The gate (``metrics/engine/gate.py``) applies it before any row leaves the
database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from data.settings import area_of

# Somebody without a role sees no restricted record. Without a sign-in that is everybody.
NO_ROLES: frozenset[str] = frozenset()


class Names(Enum):
    """How children are named to somebody: the least first."""

    IDENTIFIER = "identifier"
    INITIALS = "initials"
    FULL = "full"


@dataclass(frozen=True)
class Reach:
    """The children whom a person may see: those of these services or teams, on the day asked about; of these workers' caseloads on that
    day; and those whose reviewing officer tonight is one of these. Empty: no child.

    Services and teams by name; workers and reviewing officers by ``prof_professional_id``, since two may have one name. ``words``: what
    all of it is called on a page. ``cases``: whom the workers and reviewing officers have by tonight's involvements (``Engine.settled``):
    the child, with the worker's name as lists have it, or None where the child is seen whoever the worker is.
    """

    services: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    reviewing_officers: tuple[str, ...] = ()
    words: str = "nobody"
    cases: tuple[tuple[str, str | None], ...] = ()

    @property
    def named(self) -> dict[str, tuple[str, ...]]:
        """The columns by whose names children are seen, with the names."""
        return {column: names for column, names in {"service": self.services, "team": self.teams}.items() if names}


@dataclass(frozen=True)
class PanelArea:
    """An area of the council that has a panel of its own, of all its ``areas`` (``Settings.panel_areas``): the services and teams whose
    children go to it (``metrics.answers.kinds.kinds.area_named``)."""

    name: str
    areas: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for area, names in self.areas for name in names if area == self.name)

    @property
    def others(self) -> tuple[str, ...]:
        """The services and teams of the other areas."""
        return tuple(name for area, names in self.areas for name in names if area != self.name)

    def has(self, service: str | None, team: str | None) -> bool:
        """Whether the children of a team go to the area's panel."""
        return area_of(self.areas, service, team) == self.name


@dataclass(frozen=True)
class Scope:
    """Services, teams and workers to look at (None: all of them; an empty tuple: none), and what the person asking may see.

    ``panel_area``: the area whose panel the children go to (None: whichever). ``reach``: the children whom the person may see at all (None:
    everybody); what is looked at never goes beyond it. ``names``: how children are named. ``roles``: a record that the extracts restrict
    (``local_restrictions``) stays in every count, and is named only to the roles that its restriction allows. ``roles=None`` names
    everybody: see ``whole_council_with_names``. No field has a default: anyone who asks says for whom.
    """

    services: tuple[str, ...] | None
    teams: tuple[str, ...] | None
    workers: tuple[str, ...] | None
    roles: frozenset[str] | None
    reach: Reach | None
    names: Names
    panel_area: PanelArea | None

    @classmethod
    def of_person(cls, reach: Reach | None, roles: frozenset[str], names: Names) -> Scope:
        """All that a person may see (``access.person.Person.scope``)."""
        return cls(None, None, None, roles, reach, names, None)

    @classmethod
    def whole_council(cls, *, roles: frozenset[str]) -> Scope:
        """Every service, team and worker, as somebody with these roles sees them."""
        return cls(None, None, None, roles, None, Names.FULL, None)

    @classmethod
    def whole_council_with_names(cls) -> Scope:
        """Everything, restricted records by name.

        For the analyst's commands, which read the extracts anyway, and for what is kept whole and masked when it is read: the panels'
        records. ``tests/test_gate.py`` lists the places.
        """
        return cls(None, None, None, None, None, Names.FULL, None)

    @classmethod
    def nobody(cls) -> Scope:
        """No child at all: for questions about the load."""
        return cls((), (), (), NO_ROLES, Reach(), Names.IDENTIFIER, None)

    def narrowed(self, service: str | None = None, team: str | None = None, worker: str | None = None) -> Scope:
        """What may be seen of one service, team or worker; what is not named stays as it is."""
        return replace(
            self,
            services=self.services if service is None else (service,),
            teams=self.teams if team is None else (team,),
            workers=self.workers if worker is None else (worker,),
        )

    def of_area(self, area: PanelArea | None) -> Scope:
        """What may be seen of the children who go to one area's panel."""
        return replace(self, panel_area=area)

    def widened(self) -> Scope:
        """Every service, team and worker, as the same person sees them."""
        return replace(self, services=None, teams=None, workers=None, panel_area=None)

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole council that is looked at."""
        return not self.chosen and self.panel_area is None and self.reach is None

    @property
    def sees_everybody_by_name(self) -> bool:
        """Whether the person may see every child's name, restricted records apart, and so what was written for the whole council."""
        return self.reach is None and self.names is Names.FULL

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The columns by which the scope narrows, with the names that it lets through."""
        by_column = {"service": self.services, "team": self.teams, "worker": self.workers}
        return {column: names for column, names in by_column.items() if names is not None}
