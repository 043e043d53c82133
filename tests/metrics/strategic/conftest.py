"""What the searches and the attacks of this folder share: children of a made-up county, and what always holds of their figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from data.store.store import Night, Store
from data.synthetic import write_county
from metrics.disclosure.cells import Key
from metrics.nightly import run_nightly
from metrics.strategic.dimensions import COUNTY
from tests.deep import DEEP
from tests.metrics.strategic.pool import ALL, SETTINGS, Pool, make_pools
from tests.metrics.strategic.search import Found, Search
from tests.support.once_a_run import kept_once, made_once

# June, the end of a quarter as September is, in the deep suite.
DAYS = (date(2026, 3, 31), *([date(2026, 6, 30)] if DEEP else []), date(2026, 9, 30), date(2026, 10, 31))
MARCH, SEPTEMBER, OCTOBER = 0, len(DAYS) - 2, len(DAYS) - 1
FEW = 12  # children of the county as it is who are in a figure of a period, before it is searched for sums of three
SEED, CHILDREN = 7, 400
SIZES = np.geomspace(60, 3000, 240)


@pytest.fixture(scope="package")
def pools_of(night_of, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, int], tuple[Pool, ...]]:
    """The pools of a county that is made up from a seed, with so many children in care; each made once a run."""

    @cache
    def made(seed: int, children: int) -> tuple[Pool, ...]:
        return kept_once(tmp_path_factory, f"pools-{seed}-{children}", lambda: make_pools(night_of(seed, children), DAYS))

    return made


@pytest.fixture(scope="package")
def night_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, int], Night]:
    """The night of a county that is made up from a seed, with so many children in care; each loaded once."""

    @cache
    def loaded(seed: int, children: int) -> Night:
        def load(folder: Path) -> None:
            (night,) = write_county(folder / "county", children=children, seed=seed, nights=1, as_at=DAYS[-1])
            run_nightly(Store(folder / "store"), night, DAYS[-1])

        return Store(made_once(tmp_path_factory, f"county-{seed}-{children}", load) / "store").shown()

    return loaded


@pytest.fixture(scope="package")
def pool_with_backlog(night_of) -> Pool:
    """The same county, in which no review is judged of those who came before England's policy applied: a good half of its children. As it
    is and muddled in both ways; in the deep suite in each way alone too."""
    settings = replace(SETTINGS, applies_from={"england": date(2024, 4, 1)})
    (pool,) = make_pools(night_of(SEED, CHILDREN), DAYS[:1], settings, ALL if DEEP else ALL[::3])
    return pool


@pytest.fixture(scope="package")
def pools(pools_of) -> tuple[Pool, ...]:
    return pools_of(SEED, CHILDREN)


@pytest.fixture(scope="package")
def found_by_day(pools: tuple[Pool, ...], tmp_path_factory: pytest.TempPathFactory) -> list[list[Found]]:
    return kept_once(tmp_path_factory, "found-by-day", lambda: [list(held_in(pool)) for pool in pools])


@pytest.fixture(scope="package")
def found_by_pair(pools: tuple[Pool, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, int], list[Found]]:
    """What holds of two packs together: of all pairs in the deep suite, else of March and September (a printed period lies between them)
    and of March and October (none does)."""
    pairs = list(combinations(range(len(pools)), 2)) if DEEP else [(MARCH, SEPTEMBER), (MARCH, OCTOBER)]
    return kept_once(
        tmp_path_factory,
        "found-by-pair",
        lambda: {pair: list(held_between(*(pools[place] for place in pair))) for pair in pairs},
    )


def breaks(pools: Sequence[Pool], one: Found) -> bool:
    """Whether a child of another county shows that what was found in a first one does not follow from the definitions."""
    known, terms = {key for pool in pools for key in pool.keys}, one.terms
    if not all(key in known for key, _ in terms):
        return False
    # Sums of three figures are looked for in the records as they are.
    rows = pools[0].places == 0 if len(terms) > 3 else slice(None)
    off = columns_of(pools, [key for key, _ in terms])[rows] @ np.array([factor for _, factor in terms])
    return bool((off != 0).any() if one.equal else (off < 0).any())


def held_in(pool: Pool) -> Iterator[Found]:
    """All that holds of the county's figures, and so of each service's on the reporting date, whose children are some of the county's."""
    printed, day = pool.figures.keys, pool.answer.as_at.isoformat()
    keys = sorted(key for key in printed if key[2] == COUNTY)
    for one in _held(pool, keys, columns_of((pool,), keys)):
        yield one
        for service in pool.answer.services if len(one.terms) < 4 else ():
            terms = tuple(((*key[:2], service, key[3]), factor) for key, factor in one.terms)
            if all(key[1] == day and key in printed for key, _ in terms):
                yield Found(tuple(sorted(terms)), one.equal)
    for key in sorted(key for key in printed if key[2] in pool.answer.services):
        yield Found(tuple(sorted([((*key[:2], COUNTY, key[3]), 1), (key, -1)])), False)


def held_between(earlier: Pool, later: Pool) -> Iterator[Found]:
    """All that holds of the county's figures in two packs together, and not within the one or the other."""
    printed = [{key for key in pool.figures.keys if key[2] == COUNTY} for pool in (earlier, later)]
    keys = sorted(printed[0] | printed[1])
    for one in _held(later, keys, columns_of((earlier, later), keys)):
        if not any(all(key in pack for key, _ in one.terms) for pack in printed):
            yield one


def columns_of(pools: Iterable[Pool], keys: Sequence[Key]) -> np.ndarray:
    """The children of the pools, who are the same in each, by how often each is counted in these figures."""
    columns: dict[Key, np.ndarray] = {}
    for pool in pools:
        columns |= {key: pool.matrix[:, place] for place, key in enumerate(pool.keys)}
    return np.stack([columns[key] for key in keys], axis=1)


def _held(pool: Pool, keys: list[Key], matrix: np.ndarray) -> Iterator[Found]:
    random = np.random.default_rng(7)
    in_care = pool.matrix[:, pool.keys.index(("in_care", pool.answer.as_at.isoformat(), COUNTY, "all"))].sum()
    # As floats, which hold these numbers exactly and are multiplied ten times as fast.
    counties = np.array([random.poisson(size / in_care, len(matrix)) for size in SIZES], dtype=float) @ matrix.astype(float)
    search = Search(keys, matrix, counties)
    every = range(len(search.keys))
    yield from (*search.equal(), *search.nested(), *search.apart(every), *search.covered(every))
    flows = [column for column, key in enumerate(keys) if "/" in key[1]]
    sound = pool.places == 0
    several = Search([keys[column] for column in flows], matrix[sound][:, flows], counties[:, flows], least=FEW)
    yield from several.sums(range(len(several.keys)))
