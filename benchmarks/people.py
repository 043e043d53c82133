"""Several people at once: a page's time while 30 or 60 people open one every 3 to 9 seconds, over its time for one person alone.

Everybody has signed in, and all that they see is in the record of access.
"""

from __future__ import annotations

import asyncio
import random
import statistics
from collections.abc import Callable, Sequence

from benchmarks.machine import Figure, Times
from benchmarks.published import published_store
from benchmarks.server import Server
from benchmarks.signed_in import cookies_of, identity_of, people_sign_in
from benchmarks.visitor import Place, Visitor
from metrics.engine.engine import Engine
from metrics.engine.scope import NO_ROLES, Scope
from metrics.strategic.declared import panel_policy

# People at once, and the bar of their 95th percentile over one person's median.
BARS = {30: 4.0, 60: 15.0}
SECONDS_BETWEEN = (3.0, 9.0)
SECONDS_ALONE_BETWEEN = 0.3
PAGES = ("countywide", "children", "team", "drift", "panel", "data_quality", "figures", "journeys", "child")
SEED = 7
ROLE = "analyst"  # who may open all of these pages


def _places(engine: Engine) -> list[Place]:
    """The pages as people open them: every team, a dozen children, every list, and the pages without a choice."""
    policy = engine.policies[panel_policy(engine)]
    groups = engine.groups(Scope.whole_council(roles=NO_ROLES)).to_dict("records")
    rules = [rule.id for rule in policy.rules]
    children = engine.children(policy.id, rules, Scope.whole_council(roles=NO_ROLES))["child_id"].drop_duplicates().head(12)
    teams = [Place("team", (("service", group["service"]), ("team", group["team"]))) for group in groups]
    lists = [Place("children", (("rule", rule),)) for rule in rules]
    records = [Place("child", (("child", child),)) for child in children]
    others = [Place(page) for page in ("countywide", "drift", "panel", "data_quality", "figures", "journeys")]
    return [*teams, *lists, *records, *others * 4]


async def _person(
    address: str, cookie: str, places: Sequence[Place], chance: random.Random, until: float
) -> list[tuple[str, float]]:
    clock = asyncio.get_running_loop().time
    took = []
    async with Visitor(address, cookie) as visitor:
        await asyncio.sleep(chance.uniform(0, SECONDS_BETWEEN[1]))
        while clock() < until:
            place = chance.choice(places)
            took.append((place.page, await visitor.open(place, new_session=chance.random() < 0.5)))
            await asyncio.sleep(chance.uniform(*SECONDS_BETWEEN))
    return took


async def _crowd(address: str, cookies: Sequence[str], places: Sequence[Place], seconds: float) -> list[tuple[str, float]]:
    until = asyncio.get_running_loop().time() + seconds
    coming = (_person(address, cookie, places, random.Random(SEED + number), until) for number, cookie in enumerate(cookies))
    return [one for took in await asyncio.gather(*coming) for one in took]


async def _alone(address: str, cookie: str, places: Sequence[Place], openings: int) -> list[tuple[str, float]]:
    chance = random.Random(SEED)
    took = []
    async with Visitor(address, cookie) as visitor:
        for _ in range(openings):
            place = chance.choice(places)
            took.append((place.page, await visitor.open(place, new_session=chance.random() < 0.5)))
            await asyncio.sleep(SECONDS_ALONE_BETWEEN)
    return took


def _percentile(took: Sequence[tuple[str, float]], percent: int) -> float:
    return statistics.quantiles([seconds for _, seconds in took], n=100, method="inclusive")[percent - 1]


def _by_page(took: Sequence[tuple[str, float]]) -> str:
    pages = sorted({page for page, _ in took})
    return ", ".join(f"{page} {Times(tuple(seconds for name, seconds in took if name == page))}" for page in pages)


def _figure(people: int, alone: list[tuple[str, float]], took: list[tuple[str, float]]) -> Figure:
    one, p95 = _percentile(alone, 50), _percentile(took, 95)
    measured = {
        "one person": f"median {one * 1000:.0f} ms of {len(alone)} pages",
        f"{people} people": f"p50 {_percentile(took, 50) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms of {len(took)} pages",
        "by page": _by_page(took),
    }
    return Figure(f"{people} people at once: p95 over one person's median", p95 / one, BARS[people], " times", measured)


def run(county: int, seconds: float, progress: Callable[[str], None]) -> list[Figure]:
    """30 and 60 people for so many seconds each, on a county's night, after one person alone on the same server."""
    figures = []
    with published_store(county, progress) as store:
        places, server = _places(Engine(store.current(), store.settings)), Server(store.path)
        address = server.address
        with people_sign_in(store.path, address, ROLE, max(BARS)):
            try:
                server.start()
                progress(f"{max(BARS)} people sign in")
                cookies = [cookies_of(address, identity_of(number)) for number in range(max(BARS))]
                progress("opening every page once")
                asyncio.run(_alone(address, cookies[0], places, 3 * len(places)))
                progress("one person alone")
                alone = asyncio.run(_alone(address, cookies[0], places, 100))
                for people in BARS:
                    progress(f"{people} people at once, for {seconds:.0f} seconds")
                    figures.append(_figure(people, alone, asyncio.run(_crowd(address, cookies[:people], places, seconds))))
            finally:
                server.stop()
    return figures
