"""What the searches and the attacks of this folder share: children of a made-up county, and what always holds of their figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from data.store import Store
from data.synthetic import write_county
from metrics.nightly import run_nightly
from metrics.strategic.answer import laid_out
from metrics.strategic.dimensions import COUNTY
from metrics.strategic.figures import Figures
from tests.metrics.strategic.pool import Pool, make_pools
from tests.metrics.strategic.search import CHANCE, Found, Search

DAYS = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 10, 31))
FEW = 12  # children of the county as it is who are in a figure of a period, before it is searched for sums of three
SIZES = np.geomspace(60, 3000, 240)


@pytest.fixture(scope="package")
def pools(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pool, ...]:
    (night,) = write_county(tmp_path_factory.mktemp("county"), children=400, seed=7, nights=1, as_at=DAYS[-1])
    store = Store(tmp_path_factory.mktemp("store"))
    run_nightly(store, night, DAYS[-1])
    return make_pools(store.current(), DAYS)


@pytest.fixture(scope="package")
def found_by_day(pools: tuple[Pool, ...]) -> list[list[Found]]:
    return [list(held_in(pool)) for pool in pools]


def laid(pool: Pool) -> Figures:
    return laid_out(pool.engine, pool.answer, {})[0]


def held_in(pool: Pool, chance: int = CHANCE) -> Iterator[Found]:
    """All that holds of the county's figures, and so of each service's on the reporting date, whose children are some of the county's."""
    random, place = np.random.default_rng(7), {key: column for column, key in enumerate(pool.keys)}
    printed, day = laid(pool).keys, pool.answer.as_at.isoformat()
    keys = sorted(key for key in printed if key[2] == COUNTY)
    matrix = pool.matrix[:, [place[key] for key in keys]]
    share = pool.matrix[:, place[("in_care", day, COUNTY, "all")]].sum()
    counties = np.array([random.poisson(size / share, len(matrix)) for size in SIZES]) @ matrix
    search = Search(keys, matrix, counties, chance, chance)
    every = range(len(search.keys))
    for one in (*search.equal(), *search.nested(), *search.apart(every), *search.covered(every)):
        yield one
        for service in pool.answer.services:
            terms = tuple(((*key[:2], service, key[3]), factor) for key, factor in one.terms)
            if all(key[1] == day and key in printed for key, _ in terms):
                yield Found(tuple(sorted(terms)), one.equal)
    flows = [column for column, key in enumerate(keys) if "/" in key[1]]
    sound = pool.places == 0
    several = Search([keys[column] for column in flows], matrix[sound][:, flows], counties[:, flows], least=FEW)
    yield from several.sums(range(len(several.keys)))
    for key in sorted(key for key in printed if key[2] in pool.answer.services):
        yield Found(tuple(sorted([((*key[:2], COUNTY, key[3]), 1), (key, -1)])), False)
