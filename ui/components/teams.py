"""The choice of a service and a team, in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import streamlit

from ui.context import address, cached_answers
from ui.context.page_context import PageContext
from words.labels import RESTRICTED_RECORD

NAMES = ("service", "team")
EVERY = ""


def choose(
    context: PageContext,
    names: Iterable[str] = NAMES,
    workers_of: Callable[[dict[str, str | None]], Iterable[str | None]] | None = None,
) -> dict[str, str | None]:
    """The service and team (and worker) that the address or the reader chooses; None for all of them. Raises NotThere.

    ``names``: the choices that the page has in its address. ``workers_of``: the workers of a service and team, on a page that offers
    the choice of one.
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
        chosen = {"service": service or None, "team": team or None}
        if workers_of is None:
            return chosen
        workers = [EVERY, *sorted({name for name in workers_of(chosen) if isinstance(name, str)} - {RESTRICTED_RECORD})]
        worker = address.choose(
            "Worker", workers, "worker", names, lambda name: name or "All workers", known=partial(is_worker, context)
        )
    return {**chosen, "worker": worker or None}


def choose_worker_too(context: PageContext) -> dict[str, str | None]:
    """The service, team and worker, on a page whose figures can be of one worker's children: those who have a child in care."""
    return choose(
        context, (*NAMES, "worker"), lambda chosen: cached_answers.figures(context, "worker", context.within(**chosen))["worker"]
    )


def is_worker(context: PageContext, name: str) -> bool:
    """Whether somebody of this name has a child on the reporting date or on the night's own day."""
    return any(name in set(cached_answers.figures(day, "worker")["worker"]) for day in (context, context.on_the_night))


def tonight(context: PageContext, column: str) -> Callable[[str], bool]:
    """Whether a service or team is there on the night's own day: then it is there on an earlier one too, if with nobody."""
    return lambda name: name in set(cached_answers.groups(context.on_the_night)[column])


def name_of(context: PageContext, chosen: dict[str, str | None]) -> str:
    """The worker, team or service that is chosen, by name; what the whole council is called where none is."""
    return chosen.get("worker") or chosen["team"] or chosen["service"] or context.area.title
