"""The auditor's arithmetic: which whole numbers a figure could be, given all that is printed.

A model of its own, built from relations and printed figures alone. It shares nothing with ``weak_points``: another library
interface, whole numbers instead of fractions, and no idea of which figures the protector meant to hide.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from metrics.disclosure.cells import DisclosureError, Key

INFEASIBLE = 2


@dataclass(frozen=True)
class Clue:
    """``low <= sum(factor x figure) <= high``: an equation of the tables, or what a rounded percentage says."""

    terms: Mapping[Key, float]
    low: float
    high: float


@dataclass
class Puzzle:
    """Figures that hang together and are not known, with every clue about them. ``tables`` are solutions already met."""

    keys: Sequence[Key]
    lowest: Sequence[int]
    clues: Sequence[Clue]
    tables: list[np.ndarray] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._place = {key: place for place, key in enumerate(self.keys)}
        told = sum(abs(clue.low) for clue in self.clues if math.isfinite(clue.low))
        self._told = told + sum(self.lowest)
        self._ceiling = 2 * self._told + 1000
        entries = [(row, self._place[key], factor) for row, clue in enumerate(self.clues) for key, factor in clue.terms.items()]
        if entries:
            rows, columns, factors = zip(*entries, strict=True)
            matrix = csr_array((factors, (rows, columns)), shape=(len(self.clues), len(self.keys)))
            self._clues = [LinearConstraint(matrix, [clue.low for clue in self.clues], [clue.high for clue in self.clues])]
        else:
            self._clues = []

    def range(self, key: Key) -> tuple[int, int | None]:
        """The smallest and the largest value the figure could have; None where nothing limits it."""
        low, high = self._end(key, 1), self._end(key, -1)
        return low, (None if high > self._told + 500 else high)

    def impossible(self, key: Key, values: Iterable[int]) -> tuple[int, ...]:
        """Those of the values that the figure cannot have in any table of whole numbers that fits what is printed."""
        place = self._place[key]
        met = {int(table[place]) for table in self.tables}
        return tuple(value for value in values if value not in met and not self._solve(np.zeros(len(self.keys)), {place: value}))

    def _end(self, key: Key, sign: int) -> int:
        place = self._place[key]
        if sign > 0 and any(table[place] == self.lowest[place] for table in self.tables):
            return int(self.lowest[place])
        objective = np.zeros(len(self.keys))
        objective[place] = sign
        if not self._solve(objective, {}):
            raise DisclosureError(f"What is printed about {', '.join(key)} contradicts itself; the pack cannot be published.")
        return int(self.tables[-1][place])

    def _solve(self, objective: np.ndarray, fixed: Mapping[int, int]) -> bool:
        lower, upper = np.array(self.lowest, dtype=float), np.full(len(self.keys), float(self._ceiling))
        for place, value in fixed.items():
            lower[place] = max(lower[place], value)
            upper[place] = value
        if (lower > upper).any():
            return False
        answer = milp(objective, constraints=self._clues, integrality=np.ones(len(self.keys)), bounds=Bounds(lower, upper))
        if answer.status == INFEASIBLE:
            return False
        if answer.x is None or answer.status != 0:
            raise DisclosureError(f"{', '.join(self.keys[0])} could not be audited: {answer.message}")
        self.tables.append(np.rint(answer.x).astype(int))
        return True


def puzzles(unknown: Mapping[Key, int], clues: Iterable[Clue]) -> list[Puzzle]:
    """Split the unknown figures (key: lowest possible value) into puzzles that tell nothing about one another."""
    group = {key: key for key in unknown}

    def root(key: Key) -> Key:
        while group[key] != key:
            group[key] = group[group[key]]
            key = group[key]
        return key

    clues = [clue for clue in clues if clue.terms]
    for clue in clues:
        first, *others = clue.terms
        for other in others:
            group[root(other)] = root(first)
    keys: dict[Key, list[Key]] = {}
    about: dict[Key, list[Clue]] = {}
    for key in unknown:
        keys.setdefault(root(key), []).append(key)
    for clue in clues:
        about.setdefault(root(next(iter(clue.terms))), []).append(clue)
    return [Puzzle(members, [unknown[key] for key in members], about.get(name, [])) for name, members in keys.items()]
