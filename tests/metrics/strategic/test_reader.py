"""Packs of random counties, attacked by a reader who goes by what holds of children, not by what the protection registers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

import numpy as np
import pytest

from metrics.disclosure.auditor import audit
from metrics.disclosure.cells import HIDDEN, Derived, DisclosureError, Key
from metrics.disclosure.ledger import Publication, publication
from metrics.disclosure.protect import protect
from metrics.strategic.answer import laid_out
from metrics.strategic.dimensions import COUNTY
from metrics.strategic.series import Series, keys_of
from tests.deep import examples
from tests.metrics.strategic.pool import Pool
from tests.metrics.strategic.reader import Reader
from tests.metrics.strategic.search import Found

COUNTIES = examples(3, 400)
YEARS = examples(1, 200)
SERVICES = 3
THRESHOLD = 5


def county(pools: Sequence[Pool], random: np.random.Generator, children: float) -> np.ndarray:
    """How often each child of the pools is in a county of about so many, with the children only who are in its services whenever they
    are in care: the largest of the last pool."""
    last, may = pools[-1], np.ones(len(pools[-1].matrix), dtype=bool)
    size = {name: last.answer.counts[("in_care", last.answer.as_at.isoformat(), name, "all")] for name in last.answer.services}
    services = sorted(size, key=size.get, reverse=True)[:SERVICES]
    for pool in pools:
        in_care, *kept = (
            pool.matrix[:, pool.keys.index(("in_care", pool.answer.as_at.isoformat(), name, "all"))]
            for name in (COUNTY, *services)
        )
        may &= (in_care == 0) | (sum(kept) > 0)
    return random.poisson(children / (in_care * may).sum(), len(may)) * may


def answer_of(pool: Pool, times: np.ndarray) -> Series:
    """The county's answer; services without children in care are none of its own."""
    answer = pool.of(times)
    day = answer.as_at.isoformat()
    services = tuple(name for name in answer.services if answer.counts[("in_care", day, name, "all")])
    kept = {key: count for key, count in answer.counts.items() if key[2] in (COUNTY, *services)}
    return Series(
        answer.as_at, answer.measures, answer.columns, answer.months, services, kept, answer.averages, answer.absent, answer.spans
    )


@dataclass(frozen=True)
class Printed:
    """What a pack prints: every count, or ``[c]``; and the percentages and rates that are open, with what each is made of."""

    counts: dict[Key, int | str]
    rounded: tuple[tuple[Derived, float], ...] = ()

    def beside(self, other: Printed) -> Printed:
        return Printed(self.counts | other.counts, (*self.rounded, *other.rounded))


def finished(pool: Pool, answer: Series, past: tuple[Publication, ...] = ()) -> tuple[Printed, Publication]:
    """What the pack prints, protected in the quick way, and its record."""
    figures, _ = laid_out(pool.engine, answer, {}, past)
    system = figures.tables.system()
    pattern = protect(system, THRESHOLD, rounds=0)
    values = figures.values(system, lambda key: pattern.hides(system, key), HIDDEN)
    rounded = tuple((one, values[one.key]) for one in system.derived if one.per is not None and values[one.key] != HIDDEN)
    printed = Printed(pattern.printed(system), rounded)
    return printed, publication(f"{answer.as_at:%d/%m/%Y}", system, printed.counts)


def small_of(printed: Printed, counts: Mapping[Key, int]) -> list[Key]:
    return [key for key, value in printed.counts.items() if value == HIDDEN and 1 <= counts[key] <= THRESHOLD]


def at_least_two(printed: Printed, counts: Mapping[Key, int], found: Sequence[Found]) -> set[Key]:
    """The small figures that a reader knows not to be 1: of them as many values are asked, from their lowest on."""
    reader = Reader(printed.counts, found, counts, printed.rounded)
    return {key for key in small_of(printed, counts) if reader.range({key: 1}, (1, 1))[0] > 1 + 1e-6}


def given_away(
    printed: Printed, counts: Mapping[Key, int], found: Iterable[Found], shares, of: set[Key] | None = None
) -> list[str]:
    """The small figures (of some, where these are given), and the few who are in a whole and not in its part, that a reader can narrow to
    fewer values than five."""
    found, said = list(found), printed.counts
    asked = [key for key in small_of(printed, counts) if of is None or key in of]
    reader = Reader(said, found, counts, printed.rounded) if asked else None
    actual, bare = [], None
    for key in asked:
        low, high = reader.range({key: 1}, (1, 2 * THRESHOLD))
        lowest = 1.0
        if low > 1 + 1e-6:  # no pattern tells less than one that hides everything but the zeros
            bare = bare or Reader({one: 0 if counts[one] == 0 else HIDDEN for one in said}, found, counts)
            lowest = max(1.0, bare.range({key: 1}, (1, 1))[0])
        if low > lowest + 1e-6 or high < lowest + THRESHOLD - 1 - 1e-6:
            actual.append(f"{', '.join(key)}: {low:g} to {high:g}")
    for part, whole in shares:
        both = part in said and whole in said and 1 <= counts[whole] - counts[part] <= THRESHOLD
        if both and HIDDEN not in (said[part], said[whole]):
            actual.append(f"{', '.join(whole)} less {', '.join(part)}")
    return actual


def shares_of(answer: Series) -> list[tuple[Key, Key]]:
    periods = {key[1] for key in answer.counts}
    pairs = [
        keys_of(one, period, group)
        for one in answer.measures
        if one.is_share
        for period in periods
        for group in (COUNTY, *answer.services)
    ]
    return [pair for pair in pairs if all(key in answer.counts for key in pair)]


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, COUNTIES, 20))
def test_no_small_figure_of_a_random_county_can_be_worked_out(pools, found_by_day, first):
    refused = 0
    for number in range(first, min(first + 20, COUNTIES)):
        random = np.random.default_rng(number)
        place = number % len(pools)
        pool, children = pools[place], 60 * 50 ** random.random()
        answer = answer_of(pool, county([pool], random, children))
        try:
            printed, _ = finished(pool, answer)
        except DisclosureError as error:
            assert "leave out the tables" in str(error), error
            refused += 1
            continue
        actual = given_away(printed, answer.counts, found_by_day[place], shares_of(answer))
        assert not actual, f"county {number} of {children:.0f} children: {actual[:3]}"
    assert refused <= 3, "nearly every county, however small, can have its pack"


@pytest.mark.slow
@pytest.mark.parametrize("number", range(YEARS))
def test_no_small_figure_follows_from_the_packs_of_a_year_together(pools, found_by_day, found_by_pair, number, record_property):
    """Published in their order, each beside those before it: all of them together, and every pair of them.

    What all of them leave open from 1 to 5 each pair leaves open, which says less. So the pairs are asked only of figures that all of
    them together show not to be 1.
    """
    random = np.random.default_rng(1000 + number)
    children = 60 * 50 ** random.random()
    times = county(pools, random, children)
    past: tuple[Publication, ...] = ()
    packs, counts, shares, found, cells = {}, {}, [], [], 0
    for place, (pool, holds) in enumerate(zip(pools, found_by_day, strict=True)):
        answer = answer_of(pool, times)
        try:
            printed, record = finished(pool, answer, past)
        except DisclosureError as error:
            assert past and "leave out the tables" in str(error), error
            continue  # refused beside what is published, by name: it is not published, and the next one is
        past += (record,)
        packs[place] = printed
        counts |= answer.counts
        shares += shares_of(answer)
        found += holds
    assert len(packs) > 1
    everything = reduce(Printed.beside, packs.values())
    together = [*found, *(one for holds in found_by_pair.values() for one in holds)]
    actual = given_away(everything, counts, together, shares)
    assert not actual, f"county {number} of {children:.0f}, all packs: {actual[:3]}"
    narrowed = at_least_two(everything, counts, together)
    for other, one in combinations(packs, 2):
        first, second = packs[other].counts, packs[one].counts
        same = first.keys() & second.keys()
        assert same and all(first[key] == second[key] for key in same), "one pattern a period"
        both = packs[other].beside(packs[one])
        actual = given_away(both, counts, [*found, *found_by_pair.get((other, one), ())], shares, narrowed)
        assert not actual, f"county {number} of {children:.0f}, packs {other} and {one}: {actual[:3]}"
        cells += len(small_of(both, counts))
    pairs = len(packs) * (len(packs) - 1) // 2
    record_property("attacked", f"{children:.0f} children, {len(packs)} packs, {pairs} pairs, {cells} small figures in them")


def test_the_reader_works_out_what_an_unprotected_relation_gives(pools, found_by_day):
    """Adopted by year 2 and 5 hidden beside 8 and 8, adopted in three years 15 and 18 open: the reader says 2 and 5."""
    years = ["2022/23", "2023/24", "2024/25", "2025/26"]
    counts = {("left", year, COUNTY, "adoption"): count for year, count in zip(years, (5, 2, 8, 8), strict=True)}
    counts |= {("entry_to_adoptive_family", year, COUNTY, "counted"): count for year, count in (("2024/25", 15), ("2025/26", 18))}
    printed = {key: HIDDEN if count <= THRESHOLD else count for key, count in counts.items()}
    adopted = []
    for last in (2, 3):
        parts = [(("left", year, COUNTY, "adoption"), -1) for year in years[last - 2 : last + 1]]
        adopted.append(Found(((("entry_to_adoptive_family", years[last], COUNTY, "counted"), 1), *parts), True))
    actual = given_away(Printed(printed), counts, adopted, [])
    assert actual == ["left, 2022/23, county, adoption: 5 to 5", "left, 2023/24, county, adoption: 2 to 2"]


@pytest.mark.parametrize(
    ("per", "population", "value", "left"), [(100, None, 4, "2.8 to 3.6"), (10_000, 9_000, 3, "2.25 to 3.15")]
)
def test_the_reader_works_out_what_a_percentage_or_a_rate_gives(per, population, value, left):
    few, whole = ("few", "2026-03-31", COUNTY, "all"), ("whole", "2026-03-31", COUNTY, "all")
    counts = {few: 3, whole: 80}
    made = Derived(("made",), (few, whole) if population is None else (few,), per=per, population=population)
    printed = Printed({few: HIDDEN, whole: 80}, ((made, value),))
    assert given_away(printed, counts, [], []) == [f"{', '.join(few)}: {left}"]


def test_audit_agrees_with_the_reader_on_a_random_county(pools, found_by_day):
    pool = pools[-1]
    answer = answer_of(pool, county([pool], np.random.default_rng(5), 300))
    figures, _ = laid_out(pool.engine, answer, {})
    system = figures.tables.system()
    pattern = protect(system, THRESHOLD, rounds=0)
    derived = figures.values(system, lambda key: pattern.hides(system, key), HIDDEN)
    assert audit(system, pattern.printed(system) | derived, THRESHOLD).safe
    assert not given_away(finished(pool, answer)[0], answer.counts, found_by_day[-1], shares_of(answer))
