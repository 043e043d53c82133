"""The choice of a service, a team and a worker, in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import streamlit

from ui.context import address, cached_answers
from ui.context.page_context import PageContext

NAMES = ("service", "team")
WORKER = "worker"
WITH_WORKER = (*NAMES, WORKER)
EVERY = ""


def choose(context: PageContext, names: Iterable[str] = NAMES, of_worker: bool = False) -> dict[str, str | None]:
    """The service and team (and worker) that the address or the reader chooses; None for all of them. Raises NotThere.

    ``names``: the choices that the page has in its address. ``of_worker``: the page can be of one worker's children.
    """
    groups = cached_answers.groups(context)
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        pairs = set(zip(groups["service"].tolist(), groups["team"].tolist(), strict=True))
        services = [EVERY, *sorted({service for service, _ in pairs})]
        words = "All services"
        service = address.choose(
            "Service", services, "service", names, lambda name: name or words, known=tonight(context, "service")
        )
        teams = [EVERY, *sorted({team for of, team in pairs if service in (EVERY, of)})]
        team = address.choose("Team", teams, "team", names, lambda name: name or "All teams", known=tonight(context, "team"))
        chosen = {"service": service or None, "team": team or None}
        return {**chosen, WORKER: choose_worker(context, names, chosen)} if of_worker else chosen


def choose_worker(
    context: PageContext, names: Iterable[str], within: Mapping[str, str | None] | None = None, width: int = 330
) -> str | None:
    """The worker that the address or the reader chooses, of the whole council or of a service and team; None for all. Raises NotThere.

    Offered are those who have a child in care, or on a list of the policy, on the reporting date: a restricted record's worker too, who
    is hidden in its row and counted all the same.
    """
    workers = [EVERY, *cached_answers.workers(context, context.within(**within or {}))]
    known = partial(is_worker, context)
    return address.choose("Worker", workers, WORKER, names, lambda name: name or "All workers", width=width, known=known) or None


def is_worker(context: PageContext, name: str) -> bool:
    """Whether somebody of this name has a child on the reporting date or on the night's own day."""
    return any(name in cached_answers.workers(day) for day in (context, context.on_the_night))


def tonight(context: PageContext, column: str) -> Callable[[str], bool]:
    """Whether a service or team is there on the night's own day: then it is there on an earlier one too, if with nobody."""
    return lambda name: name in set(cached_answers.groups(context.on_the_night)[column])


def name_of(context: PageContext, chosen: dict[str, str | None]) -> str:
    """The worker, team or service that is chosen, by name; what the whole council is called where none is."""
    return chosen.get("worker") or chosen["team"] or chosen["service"] or context.area.title
