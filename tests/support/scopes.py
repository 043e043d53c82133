"""Whose question a test asks: anybody without a role over the whole council, unless it says otherwise."""

from __future__ import annotations

from metrics.engine.scope import NO_ROLES, Names, PanelArea, Reach, Scope


def asking(
    services: tuple[str, ...] | None = None,
    teams: tuple[str, ...] | None = None,
    workers: tuple[str, ...] | None = None,
    roles: frozenset[str] | None = NO_ROLES,
    reach: Reach | None = None,
    names: Names = Names.FULL,
    panel_area: PanelArea | None = None,
) -> Scope:
    """A scope; ``roles=None`` names everybody, as the analyst's commands do."""
    return Scope(services, teams, workers, roles, reach, names, panel_area)
