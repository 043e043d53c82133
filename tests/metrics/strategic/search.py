"""The search for relations that nobody wrote down: what always holds between up to three figures, and whether it is registered.

What holds for every child of a pool holds for every county made of its children, and the other way round: so children are searched,
and counties only say whether a relation is worth the name, since it must be seen in many where its figures are not 0 and differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import highspy
import numpy as np

from metrics.disclosure.cells import Key, Relation
from metrics.disclosure.linear_programme import quiet_solver

# How many children must be expected to break a relation that is none, before it counts that no child does. None of 25 expected is seen
# with a probability of e^-25. About a hundred million combinations of figures are tried, so one search in 700 names one by chance.
CHANCE = 25
SAME = 60  # how many children must be in two figures before it counts that they are in both
SOME = 64  # children who are looked at first
COUNTIES = 20  # of 240, in which its figures are not 0 and differ
Terms = tuple[tuple[Key, int], ...]


@dataclass(frozen=True)
class Found:
    """``sum(factor x figure)`` is 0 in every county, or never below 0."""

    terms: Terms
    equal: bool

    def told(self) -> str:
        signs = {1: "+", -1: "-"}
        return " ".join(f"{signs[factor]} [{', '.join(key)}]" for key, factor in self.terms) + (" = 0" if self.equal else " >= 0")


def _months(day: str) -> int:
    """A month end by its number."""
    return 12 * int(day[:4]) + int(day[5:7])


def _without_day(key: Key) -> Key:
    """A figure whatever the day: a stock's, or a period's."""
    return (key[0], "/" if "/" in key[1] else "day", *key[2:])


class Search:
    """``matrix``: a row a child, a column a key; ``counties``: a row a county."""

    def __init__(
        self, keys: Sequence[Key], matrix: np.ndarray, counties: np.ndarray, least: int = CHANCE, chance: int = CHANCE
    ) -> None:
        self._chance = chance
        support = (matrix > 0).sum(axis=0)
        kept = [place for place in range(len(keys)) if support[place] >= least]
        self.keys, self.matrix = [keys[place] for place in kept], matrix[:, kept].astype(np.float32)
        self.counties, self.support = counties[:, kept], support[kept]
        self._named: dict[Key, list[int]] = {}
        for place, key in enumerate(self.keys):
            self._named.setdefault(_without_day(key), []).append(place)
        self.inside = self._inside()
        self._present = self.matrix > 0
        self._holder = self._holders()
        self.among = self._among()

    def _inside(self) -> np.ndarray:
        """Which figures lie within which: no child is counted oftener in the one than in the other."""
        broken = np.zeros((len(self.keys), len(self.keys)), dtype=np.float32)
        for times in range(1, int(self.matrix.max()) + 1):
            at_least = (self.matrix >= times).astype(np.float32)
            broken += at_least.T @ (1 - at_least)
        return broken == 0

    def _holders(self) -> np.ndarray:
        """For each figure, the narrowest other one that holds it; -1 where none does but the whole pool."""
        holds = self.inside & (self.support[None, :] > self.support[:, None])
        return np.where(holds.any(axis=1), np.where(holds, self.support[None, :], np.inf).argmin(axis=1), -1)

    def _among(self) -> np.ndarray:
        """How large a share of the narrowest figure that holds a figure (row) is in another (column)."""
        present = self._present.astype(np.float32)
        together = present.T @ present
        shares = together[self._holder] / self.support[self._holder][:, None]
        return np.where(self._holder[:, None] >= 0, shares, together.diagonal()[None, :] / len(present))

    def _in_neither(self, part: int, one: int, other: int) -> float:
        """How many children of a figure would be in neither of two others, if they were like all of the narrowest figure that holds it."""
        rows = self._present[:, self._holder[part]] if self._holder[part] >= 0 else np.ones(len(self._present), dtype=bool)
        neither = rows & ~self._present[:, one] & ~self._present[:, other]
        return self.support[part] * neither.sum() / rows.sum()

    def _seen(self, *places: int) -> bool:
        """Whether enough counties have all these figures, no two of them the same."""
        counts = self.counties[:, list(places)]
        differ = np.ones(len(counts), dtype=bool)
        for one in range(len(places)):
            for other in range(one):
                differ &= counts[:, one] != counts[:, other]
        return int(((counts > 0).all(axis=1) & differ).sum()) >= COUNTIES

    def _found(self, equal: bool, **factors: Sequence[int]) -> Found:
        terms = [(self.keys[place], 1) for place in factors["plus"]] + [(self.keys[place], -1) for place in factors["minus"]]
        return Found(tuple(sorted(terms)), equal)

    def equal(self) -> Iterator[Found]:
        """The same number under two names, and sums of two figures that are a third."""
        size = len(self.keys)
        same = self.inside & self.inside.T
        for one, other in np.argwhere(np.triu(same, 1)):
            if self.support[one] >= SAME:
                yield self._found(True, plus=[one], minus=[other])
        numbers = np.random.default_rng(1).integers(-(2**40), 2**40, len(self.matrix))
        marks = numbers @ self.matrix.astype(np.int64)
        order = np.argsort(marks)
        for one in range(size):
            sums = marks[one] + marks[one + 1 :]
            places = np.searchsorted(marks[order], sums).clip(max=size - 1)
            for other in np.flatnonzero(marks[order][places] == sums) + one + 1:
                whole = order[places[other - one - 1]]
                if (self.matrix[:, one] + self.matrix[:, other] == self.matrix[:, whole]).all() and self._seen(one, other, whole):
                    yield self._found(True, plus=[one, other], minus=[whole])

    def sums(self, places: Sequence[int]) -> Iterator[Found]:
        """Three figures that make a fourth."""
        numbers = np.random.default_rng(2).integers(-(2**40), 2**40, len(self.matrix))
        marks = (numbers @ self.matrix.astype(np.int64))[list(places)]
        order = np.argsort(marks)
        for one in range(len(places)):
            for other in range(one + 1, len(places)):
                sums = marks[one] + marks[other] + marks[other + 1 :]
                at = np.searchsorted(marks[order], sums).clip(max=len(places) - 1)
                for third in np.flatnonzero(marks[order][at] == sums):
                    yield self._found(
                        True,
                        plus=[places[one], places[other], places[other + 1 + third]],
                        minus=[places[order[at[third]]]],
                    )

    def nested(self) -> Iterator[Found]:
        present = (self.matrix > 0).astype(np.float32)
        together = present.T @ present
        order = np.argsort(self.support, kind="stable")
        for part, whole in np.argwhere(self.inside & ~self.inside.T):
            # Of how many would it be expected that they are not in the whole, if they were like the others of a group they are all in?
            holders = order[self.inside[part, order] & ~self.inside[order, whole] & (self.support[order] > self.support[part])]
            if not len(holders):
                continue
            holder = holders[0]
            expected = self.support[part] * (1 - together[holder, whole] / self.support[holder])
            # A child seldom changes from one month to the next: of figures of two days, four times as many must be expected.
            same = self.keys[part][1] == self.keys[whole][1] or any("/" in self.keys[one][1] for one in (part, whole))
            enough = expected >= (self._chance if same else 4 * self._chance)
            if enough and self._holds_elsewhere(part, whole) and self._seen(part, whole):
                yield self._found(False, plus=[whole], minus=[part])

    def _holds_elsewhere(self, part: int, whole: int) -> bool:
        """Whether one day's figure lies within another's on most other days that are as far apart: a definition holds on any day."""
        days = [self.keys[place][1] for place in (part, whole)]
        if days[0] == days[1] or "/" in "".join(days):
            return True
        wanted = _months(days[1]) - _months(days[0])
        others = [
            self.inside[one, other]
            for one, other in product(*(self._named[_without_day(self.keys[place])] for place in (part, whole)))
            if one != part and _months(self.keys[other][1]) - _months(self.keys[one][1]) == wanted
        ]
        return 2 * sum(others) >= len(others)

    def apart(self, places: Sequence[int]) -> Iterator[Found]:
        """Two figures that have no child in common, within a third; the narrowest such third."""
        matrix = (self.matrix > 0).astype(np.float32)
        together = matrix.T @ matrix
        for one in places:
            wholes = [whole for whole in places if self.inside[one, whole] and whole != one]
            for other in (other for other in places if other > one and together[one, other] == 0):
                both = [whole for whole in wholes if self.inside[other, whole] and whole != other]
                for whole in self._narrowest(both):
                    expected = self.support[one] * self.support[other] / self.support[whole]
                    if expected >= self._chance and self._seen(one, other, whole):
                        yield self._found(False, plus=[whole], minus=[one, other])

    def _narrowest(self, places: list[int]) -> list[int]:
        return [
            one
            for one in places
            if not any(self.inside[other, one] and not self.inside[one, other] for other in places if other != one)
        ]

    def covered(self, places: Sequence[int]) -> Iterator[Found]:
        """A figure whose children are all in the one or the other of two, and not in one alone."""
        places = np.array(places)
        for part in places:
            of_part = self.matrix[self.matrix[:, part] > 0]
            not_inside = np.flatnonzero(~self.inside[part, places])
            outside = of_part[:, places[not_inside]] < of_part[:, [part]]
            left = outside.sum(axis=0)
            # Each of the two must leave out as many as are expected to be in neither, and the other has those.
            few = 2 * self._chance
            can = (left >= few) & (left <= len(of_part) - few)
            outside, left, can = outside[:, can], left[can], not_inside[can]
            chance = 1 - self.among[part, places[can]]
            expected = np.minimum(left[:, None] * chance[None, :], left[None, :] * chance[:, None])
            # Some of the children show of nearly all pairs that a child is outside both.
            some = outside[:: max(1, len(outside) // SOME)].astype(np.float32)
            for one, other in np.argwhere(np.triu(some.T @ some == 0, 1) & (expected >= few)):
                if (outside[:, one] & outside[:, other]).any():
                    continue
                three = part, places[can[one]], places[can[other]]
                if self._in_neither(*three) >= self._chance and self._seen(*three):
                    yield self._found(False, plus=three[1:], minus=[part])


def _in_two(one: int, other: int) -> bool:
    """Whether there is a bit of the first and another bit of the second."""
    return bool(one and other) and (one != other or one & (one - 1) != 0)


class Registered:
    """What follows from the relations of a system, for figures that are never below 0: asked of a linear programme."""

    def __init__(self, relations: Sequence[Relation]) -> None:
        keys = sorted({key for entry in relations for key, _ in entry.terms})
        self.place = {key: place for place, key in enumerate(keys)}
        self.relations = relations
        self._sums = [
            (self.place[whole[0]], [self.place[key] for key, factor in entry.terms if factor < 0])
            for entry in relations
            for whole in [[key for key, factor in entry.terms if factor > 0]]
            if len(whole) == 1
        ]
        self._pieces = [(total, sum(1 << piece for piece in set(pieces))) for total, pieces in self._sums]
        self._above = self._closure()
        self._solver = quiet_solver()
        for _ in keys:
            self._solver.addVar(0.0, 1.0)
        for entry in relations:
            places = np.array([self.place[key] for key, _ in entry.terms], dtype=np.int32)
            self._solver.addRow(0.0, 0.0, len(places), places, np.array([factor for _, factor in entry.terms], dtype=float))

    def _closure(self) -> list[int]:
        """For each figure, as bits, those that it lies within by one nesting after another."""
        up: list[set[int]] = [set() for _ in self.place]
        for whole, parts in self._sums:
            for part in parts:
                up[part].add(whole)
            if len(parts) == 1:
                up[whole].add(parts[0])
        above = [1 << place for place in range(len(up))]
        waiting = set(range(len(up)))
        down: list[set[int]] = [set() for _ in up]
        for part, wholes in enumerate(up):
            for whole in wholes:
                down[whole].add(part)
        while waiting:
            place = waiting.pop()
            for part in down[place]:
                if above[part] | above[place] != above[part]:
                    above[part] |= above[place]
                    waiting.add(part)
        return above

    def _is_below(self, part: int, whole: int) -> bool:
        return bool(self._above[part] >> whole & 1)

    def implies(self, found: Found) -> bool:
        if any(key not in self.place for key, _ in found.terms):
            return False
        plus = [self.place[key] for key, factor in found.terms if factor > 0]
        minus = [self.place[key] for key, factor in found.terms if factor < 0]
        if not found.equal and len(plus) == 1 and self._is_plain(plus[0], minus):
            return True
        return self._never_below(plus, minus) and (not found.equal or self._never_below(minus, plus))

    def _is_plain(self, whole: int, parts: list[int]) -> bool:
        if len(parts) == 1:
            return self._is_below(parts[0], whole)
        one, other = (self._above[part] for part in parts)
        return any(self._is_below(total, whole) and _in_two(one & pieces, other & pieces) for total, pieces in self._pieces)

    def _never_below(self, plus: list[int], minus: list[int]) -> bool:
        costs = {**dict.fromkeys(plus, 1.0), **dict.fromkeys(minus, -1.0)}
        for place, cost in costs.items():
            self._solver.changeColCost(place, cost)
        self._solver.run()
        assert self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        least = self._solver.getInfo().objective_function_value
        for place in costs:
            self._solver.changeColCost(place, 0.0)
        return least > -1e-6
