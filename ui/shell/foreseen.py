"""What the first visitor would wait for is made ready before anybody comes: when the server starts, and for each new data load.

The server imports what pages need, and then asks what the whole council's page and each team's page will ask first, by the same functions
and under the same keys as the pages. It is a thread of its own that gives way to every page. It shows nothing to anybody, so that it
writes nothing into the record of access; no child's own record is asked for.
"""

from __future__ import annotations

import atexit
import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from threading import Event, Thread

from streamlit.runtime import exists as server_is_there

import ui
from access.people import read_people
from access.person import Person
from access.roles import Right
from access.sign_in import person_without_sign_in
from casework.panels import panels
from casework.records.records import Panel
from data.errors import TrackerError
from data.settings import Settings
from ui.context import address, cached_answers, memory
from ui.context.page_context import Key, NothingToShow, PageContext, open_night, store
from ui.context.panel_records import records_if_any
from ui.lists import what_matters

LOG = logging.getLogger("tracker.app")
SECONDS_BETWEEN, SECONDS_AFTER_FAULT = 10.0, 300.0  # how often it looks for a new data load
SECONDS_OF_START = 0.2
# A team's page waits for a tenth of a second without it, so it comes once those who waited for the start have been served.
SECONDS_BEFORE_TEAMS = 20.0
LONGEST_END = 10.0  # seconds, for a question that is being asked when the server stops
# Together no more than an answer of each is kept in memory for.
MOST_SCOPES, MOST_TEAMS = 4, 40

Ask = Callable[[], object]


def start() -> None:
    """Import what pages are made of, and begin to look for data loads, for as long as the server runs."""
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    memory.start()
    stopped = Event()
    thread = Thread(target=_keep_ready, args=(stopped,), name="foreseen answers", daemon=True)
    thread.start()
    # Python must not end under a question that is being asked.
    atexit.register(_end, stopped, thread)


def _end(stopped: Event, thread: Thread) -> None:
    stopped.set()
    thread.join(LONGEST_END)


def _keep_ready(stopped: Event) -> None:
    # Until then an answer would be kept where no page looks.
    while not server_is_there():
        if stopped.wait(SECONDS_OF_START):
            return
    LOG.info("the app is ready")
    last: Key | None = None
    wait = 0.0
    while not stopped.wait(wait):
        wait = SECONDS_BETWEEN
        try:
            last = make_ready(last, stopped.wait)
        except NothingToShow:
            continue
        except TrackerError as error:
            # Every page says so too.
            LOG.warning("the first answers are not ready: %s", error)
            wait = SECONDS_AFTER_FAULT
        except Exception as error:
            # The message may name a child.
            LOG.error("the first answers are not ready: %s", type(error).__name__)
            wait = SECONDS_AFTER_FAULT


def make_ready(last: Key | None = None, stopped: Callable[[float], bool] = lambda seconds: False) -> Key:
    """Ask what is foreseen of the data load that is shown now, unless it is the ``last``. Gives its key.

    ``stopped`` waits for so many seconds, and says whether the server has stopped. Raises NothingToShow where there is no data load, and
    whatever a page would.
    """
    key, engine, _ = open_night()
    if key == last:
        return key
    casework = records_if_any(key)
    held = panels(casework) if casework else ()
    contexts = [
        PageContext(key, engine, engine.as_at, policy, person, person.scope, ())
        for person in _see_the_whole_council(engine.settings)
        for policy in engine.policies
    ]
    for seconds, questions in ((0.0, of_the_whole), (SECONDS_BEFORE_TEAMS, of_teams)):
        if stopped(seconds):
            return key
        for ask in (ask for context in contexts for ask in questions(context, held)):
            memory.wait_until_quiet()
            if stopped(0.0):
                return key
            ask()
    return key


def _see_the_whole_council(settings: Settings) -> list[Person]:
    """Those who open the whole council's page: one for each way of seeing it."""
    everybody = [person_without_sign_in(settings)]
    if settings.sign_in.is_configured:
        everybody = [entry.alone() for entry in read_people(store().path).entries]
    by_scope = {
        person.scope: person
        for person in everybody
        if person.reach is None and person.may(Right.SEE_CHILDREN) and person.may_open(address.COUNTYWIDE)
    }
    return list(by_scope.values())[:MOST_SCOPES]


def of_the_whole(context: PageContext, held: Sequence[Panel]) -> Iterator[Ask]:
    """What the whole council's page asks."""
    rules = tuple(rule.id for rule in context.policy.rules if rule.level == "countywide")
    # The counts behind every figure, which the engine keeps.
    yield lambda: cached_answers.groups(context)
    yield lambda: cached_answers.headlines(context)
    yield lambda: cached_answers.workers(context)
    if rules:
        yield lambda: what_matters.answer_of(context, rules, held)


def of_teams(context: PageContext, held: Sequence[Panel]) -> Iterator[Ask]:
    """What the page of each service and team asks, of the policy that it begins with."""
    if context.policy_id == next(iter(context.engine.policies)):
        groups = cached_answers.groups(context)
        pairs = list(zip(groups["service"].tolist(), groups["team"].tolist(), strict=True))
        services = [(service, None) for service in dict.fromkeys(service for service, _ in pairs)]
        for service, team in [(None, None), *services, *pairs][:MOST_TEAMS]:
            yield from _of_a_team(context, held, service, team)


def _of_a_team(context: PageContext, held: Sequence[Panel], service: str | None, team: str | None) -> Iterator[Ask]:
    chosen = {"service": service, "team": team}
    scope = context.within(**chosen)
    rules = tuple(rule.id for rule in context.policy.rules)
    yield lambda: what_matters.answer_of(context, rules, held, **chosen)
    yield lambda: cached_answers.listed_and_coming(context, scope)
