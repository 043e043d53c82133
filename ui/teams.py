"""The choice of a service and a team, in the address."""

from __future__ import annotations

from collections.abc import Callable

import streamlit

from ui import address, asking
from ui.now import Now

NAMES = ("service", "team")
EVERY = ""


def choose(now: Now) -> dict[str, str | None]:
    """The service and team that the address or the reader chooses; None for all of them. Raises NotThere."""
    groups = asking.groups(now)
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        services = [EVERY, *sorted(groups["service"].unique())]
        words = "All services"
        service = address.choose("Service", services, "service", NAMES, lambda name: name or words, known=tonight(now, "service"))
        here = groups if service == EVERY else groups[groups["service"] == service]
        teams = [EVERY, *sorted(here["team"].unique())]
        team = address.choose("Team", teams, "team", NAMES, lambda name: name or "All teams", known=tonight(now, "team"))
    return {"service": service or None, "team": team or None}


def tonight(now: Now, column: str) -> Callable[[str], bool]:
    """Whether a service or team is there on the night's own day: then it is there on an earlier one too, if with nobody."""
    return lambda name: name in set(asking.groups(now.on_the_night)[column])


def name_of(chosen: dict[str, str | None]) -> str:
    """The team, service or county that is chosen, by name."""
    return chosen["team"] or chosen["service"] or "County"
