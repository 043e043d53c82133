"""The choice of a service and a team, in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit

from ui.context import address, cached_answers
from ui.context.page_context import PageContext

NAMES = ("service", "team")
EVERY = ""


def choose(context: PageContext, names: Iterable[str] = NAMES) -> dict[str, str | None]:
    """The service and team that the address or the reader chooses; None for all of them. Raises NotThere.

    ``names``: the choices that the page has in its address.
    """
    groups = cached_answers.groups(context)
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        services = [EVERY, *sorted(groups["service"].unique())]
        words = "All services"
        service = address.choose(
            "Service", services, "service", names, lambda name: name or words, known=tonight(context, "service")
        )
        here = groups if service == EVERY else groups[groups["service"] == service]
        teams = [EVERY, *sorted(here["team"].unique())]
        team = address.choose("Team", teams, "team", names, lambda name: name or "All teams", known=tonight(context, "team"))
    return {"service": service or None, "team": team or None}


def tonight(context: PageContext, column: str) -> Callable[[str], bool]:
    """Whether a service or team is there on the night's own day: then it is there on an earlier one too, if with nobody."""
    return lambda name: name in set(cached_answers.groups(context.on_the_night)[column])


def name_of(context: PageContext, chosen: dict[str, str | None]) -> str:
    """The team or service that is chosen, by name; what the whole council is called where none is."""
    return chosen["team"] or chosen["service"] or context.area.title
