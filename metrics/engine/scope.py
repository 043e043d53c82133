"""What is asked about, and what the person asking may see. The gate (``metrics/engine/gate.py``) applies it before any row leaves the
database."""

from __future__ import annotations

from dataclasses import dataclass, replace

# Somebody without a role sees no restricted record. Without a sign-in that is everybody.
NO_ROLES: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scope:
    """Services, teams and workers to look at (None: all of them; an empty tuple: none), and the roles of the person asking.

    A record that the extracts restrict (``local_restrictions``) stays in every count, and is named only to the roles that
    its restriction allows. ``roles=None`` names everybody: see ``whole_council_with_names``. No field has a default: anyone who asks
    says for whom.
    """

    services: tuple[str, ...] | None
    teams: tuple[str, ...] | None
    workers: tuple[str, ...] | None
    roles: frozenset[str] | None

    @classmethod
    def whole_council(cls, *, roles: frozenset[str]) -> Scope:
        """Every service, team and worker, as somebody with these roles sees them."""
        return cls(None, None, None, roles)

    @classmethod
    def whole_council_with_names(cls) -> Scope:
        """Everything, restricted records by name.

        For the analyst's commands, which read the extracts anyway, and for what is kept whole and masked when it is read: the panels'
        records. ``tests/test_gate.py`` lists the places.
        """
        return cls(None, None, None, None)

    @classmethod
    def nobody(cls) -> Scope:
        """No child at all: for questions about the load."""
        return cls((), (), (), NO_ROLES)

    def narrowed(self, service: str | None = None, team: str | None = None, worker: str | None = None) -> Scope:
        """What may be seen of one service, team or worker; what is not named stays as it is."""
        return replace(
            self,
            services=self.services if service is None else (service,),
            teams=self.teams if team is None else (team,),
            workers=self.workers if worker is None else (worker,),
        )

    def widened(self) -> Scope:
        """Every service, team and worker, as the same roles see them."""
        return replace(self, services=None, teams=None, workers=None)

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole council that is looked at."""
        return self.services is None and self.teams is None and self.workers is None

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The columns by which the scope narrows, with the names that it lets through."""
        by_column = {"service": self.services, "team": self.teams, "worker": self.workers}
        return {column: names for column, names in by_column.items() if names is not None}
