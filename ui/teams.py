"""The choice of a service and a team, in the address."""

from __future__ import annotations

import streamlit

from ui import address, asking
from ui.markup import element, write
from ui.now import Now
from ui.words import british

NAMES = ("service", "team")
EVERY = ""


def choose(now: Now) -> dict[str, str | None]:
    """The service and team that the address or the reader chooses; None for all of them."""
    groups = asking.groups(now)
    asked_team = address.given("team", NAMES)
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        services = [EVERY, *sorted(groups["service"].unique())]
        service = address.choose("Service", services, "service", NAMES, lambda name: name or "All services")
        here = groups if service == EVERY else groups[groups["service"] == service]
        teams = [EVERY, *sorted(here["team"].unique())]
        team = address.choose("Team", teams, "team", NAMES, lambda name: name or "All teams")
    if asked_team and asked_team not in teams:
        write(element("p", f"The team {asked_team} has no children in care here on {british(now.as_at)}.", class_="notice"))
    return {"service": service or None, "team": team or None}


def name_of(chosen: dict[str, str | None]) -> str:
    """The team, service or county that is chosen, by name."""
    return chosen["team"] or chosen["service"] or "County"
