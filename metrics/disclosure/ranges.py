"""The auditor's arithmetic: which whole numbers a figure could be, given all that is printed.

A model of its own, built from relations and printed figures alone. It shares nothing with ``weak_points``: whole numbers instead
of fractions, and no idea of which figures the protector meant to hide. That a value is possible is never taken from the solver's
word: the table of whole numbers that shows it is checked against every clue.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from metrics.disclosure.cells import DisclosureError, Key

NOTED = 64  # more than any value that is asked about, but for a total of many services
NEAR = 1e-6
STEPS = 12  # figures set one after another to whole numbers, before the search in whole numbers is asked


@dataclass(frozen=True)
class Clue:
    """``low <= sum(factor x figure) <= high``: an equation of the tables, or what a rounded percentage says."""

    terms: Mapping[Key, float]
    low: float
    high: float


@dataclass
class Puzzle:
    """Figures that hang together and are not known, with the least each can be and every clue about them."""

    keys: Sequence[Key]
    lowest: Sequence[int]
    clues: Sequence[Clue]

    def __post_init__(self) -> None:
        self._place = {key: place for place, key in enumerate(self.keys)}
        fixed = sum(abs(clue.low) for clue in self.clues if math.isfinite(clue.low))
        self._told = fixed + sum(self.lowest)
        self._ceiling = 2 * self._told + 1000
        sizes = np.array([len(clue.terms) for clue in self.clues], dtype=np.int32)
        self._start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
        self._places = np.array([self._place[key] for clue in self.clues for key in clue.terms], dtype=np.int32)
        self._factors = np.array([factor for clue in self.clues for factor in clue.terms.values()], dtype=float)
        self._sides = np.array([[clue.low for clue in self.clues], [clue.high for clue in self.clues]], dtype=float)
        self._lowest = np.array(self.lowest)
        # The values below NOTED that each figure has in a table found already.
        self._met = np.zeros((len(self.keys), NOTED), dtype=bool)
        self._last: np.ndarray | None = None
        self._solvers: dict[highspy.HighsVarType, highspy.Highs] = {}

    def _solver(self, kind: highspy.HighsVarType) -> highspy.Highs:
        """The solver in fractions, or in whole numbers: each is built when it is first asked, and goes on from where it stood."""
        if kind not in self._solvers:
            self._solvers[kind] = self._model(kind)
        return self._solvers[kind]

    def _model(self, kind: highspy.HighsVarType) -> highspy.Highs:
        solver, lp, size = _Silent(), highspy.HighsLp(), len(self.keys)
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("simplex_strategy", 0)  # whichever way suits what has changed since the last question
        lp.num_col_, lp.num_row_ = size, len(self.clues)
        lp.col_cost_, lp.integrality_ = np.zeros(size), [kind] * size
        lp.col_lower_, lp.col_upper_ = np.array(self.lowest, dtype=float), np.full(size, float(self._ceiling))
        lp.row_lower_, lp.row_upper_ = self._sides
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = self._start, self._places, self._factors
        solver.passModel(lp)
        return solver

    def low(self, key: Key) -> int:
        """The smallest value that the figure could have."""
        return self._end(key, 1)

    def high(self, key: Key) -> int | None:
        """The largest value that the figure could have; None where nothing limits it."""
        high = self._end(key, -1)
        return None if high > self._told + 500 else high

    def impossible(self, key: Key, values: Iterable[int]) -> tuple[int, ...]:
        """Those of the values that the figure cannot have in any table of whole numbers that fits what is printed."""
        place = self._place[key]
        return tuple(value for value in values if not self._has_met(place, value) and not self._can_be(place, value))

    def look_for(self, keys: Iterable[Key], values: Iterable[int]) -> None:
        """Look for tables that give many of the figures a value at once, so that ``low`` and ``impossible`` need not ask for each."""
        places = np.array([self._place[key] for key in keys], dtype=int)
        for value in (value for value in values if value < NOTED):
            waiting = places[~self._met[places, value]]
            while len(waiting):
                self._draw(waiting, value)
                before, waiting = waiting, waiting[~self._met[waiting, value]]
                if len(waiting) == len(before):
                    break

    def _draw(self, places: np.ndarray, value: int) -> None:
        """Look for a table with the figures as near to a value as they can be together; none passes it from where it was last."""
        size = len(self.keys)
        costs, low, high = np.zeros(size), self._lowest.astype(float), np.full(size, float(self._ceiling))
        if self._last is not None:
            above, below = places[self._last[places] > value], places[self._last[places] < value]
            costs[above], costs[below] = 1, -1
            low[above], high[below] = np.maximum(low[above], value), value
        self._set(costs, low, high)
        status, values = self._run(highspy.HighsVarType.kContinuous)
        self._set(np.zeros(size), self._lowest.astype(float), np.full(size, float(self._ceiling)))
        if status == highspy.HighsModelStatus.kOptimal:
            self._accepted(values)

    def _set(self, costs: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        solver, columns = self._solver(highspy.HighsVarType.kContinuous), np.arange(len(costs), dtype=np.int32)
        solver.changeColsCost(len(columns), columns, costs)
        solver.changeColsBounds(len(columns), columns, low, high)

    def _run(self, kind: highspy.HighsVarType) -> tuple[highspy.HighsModelStatus, np.ndarray]:
        solver = self._solver(kind)
        solver.run()
        return solver.getModelStatus(), np.array(solver.getSolution().col_value)

    def _has_met(self, place: int, value: int) -> bool:
        return value < NOTED and bool(self._met[place, value])

    def _can_be(self, place: int, value: int) -> bool:
        return value >= self.lowest[place] and self._solve(place, 0, (value, value)) is not None

    def _end(self, key: Key, sign: int) -> int:
        place = self._place[key]
        if sign > 0 and self._has_met(place, self.lowest[place]):
            return self.lowest[place]
        table = self._solve(place, sign, (self.lowest[place], self._ceiling))
        if table is None:
            raise DisclosureError(f"What is printed about {', '.join(key)} contradicts itself; the pack cannot be published.")
        return int(table[place])

    def _solve(self, place: int, cost: int, bounds: tuple[float, float]) -> np.ndarray | None:
        """Look for a table with the least (cost 1) or the most (cost -1) of a figure within its bounds; None where there is none.

        Fractions first: an answer in whole numbers is then the answer. Where it is not, a table of whole numbers with the next whole
        value is looked for from there, and only then in whole numbers from the start.
        """
        status, values = self._asked(highspy.HighsVarType.kContinuous, place, cost, bounds)
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status == highspy.HighsModelStatus.kOptimal:
            table = self._accepted(values)
            if table is None:
                end = bounds if not cost else (cost * math.ceil(cost * values[place] - NEAR),) * 2
                table = self._rounded(place, end) if bounds[0] <= end[0] <= end[1] <= bounds[1] else None
            if table is not None:
                return table
        status, values = self._asked(highspy.HighsVarType.kInteger, place, cost, bounds)
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        table = self._accepted(values) if status == highspy.HighsModelStatus.kOptimal else None
        if table is None:
            raise DisclosureError(f"{', '.join(self.keys[0])} could not be audited: the solver gave {status.name}.")
        return table

    def _asked(
        self, kind: highspy.HighsVarType, place: int, cost: int, bounds: tuple[float, float]
    ) -> tuple[highspy.HighsModelStatus, np.ndarray]:
        solver = self._solver(kind)
        solver.changeColCost(place, cost)
        solver.changeColBounds(place, *bounds)
        status, values = self._run(kind)
        solver.changeColCost(place, 0)
        solver.changeColBounds(place, self.lowest[place], self._ceiling)
        return status, values

    def _rounded(self, place: int, bounds: tuple[float, float]) -> np.ndarray | None:
        """A table of whole numbers with a figure within its bounds, found by setting one broken figure after another to the whole number
        next to it; None where that leads nowhere, which says nothing."""
        solver, changed = self._solver(highspy.HighsVarType.kContinuous), [place]
        solver.changeColBounds(place, *bounds)
        table = None
        for _ in range(STEPS):
            status, values = self._run(highspy.HighsVarType.kContinuous)
            if status != highspy.HighsModelStatus.kOptimal:
                break
            broken = np.flatnonzero(np.abs(values - np.rint(values)) >= NEAR)
            if not len(broken):
                table = self._accepted(values)
                break
            changed.append(int(broken[0]))
            solver.changeColBounds(changed[-1], *(float(np.rint(values[broken[0]])),) * 2)
        for one in changed:
            solver.changeColBounds(one, self.lowest[one], self._ceiling)
        return table

    def _accepted(self, values: np.ndarray) -> np.ndarray | None:
        """The solver's table, where it is one of whole numbers and fits what is printed; what it shows to be possible is kept."""
        table = np.rint(values).astype(int)
        if np.abs(values - table).max() >= NEAR or not self._fits(table):
            return None
        noted = np.flatnonzero(table < NOTED)
        self._met[noted, table[noted]] = True
        self._last = table
        return table

    def _fits(self, table: np.ndarray) -> bool:
        """Whether a table of whole numbers agrees with every clue, reckoned here and not by the solver."""
        sums = np.add.reduceat(self._factors * table[self._places], self._start[:-1]) if len(self._places) else np.zeros(0)
        return bool(
            (table >= self._lowest).all() and (sums >= self._sides[0] - NEAR).all() and (sums <= self._sides[1] + NEAR).all()
        )


class _Silent(highspy.Highs):
    """The solver without the callbacks that print a banner before any option can forbid it."""

    def enableCallbacks(self) -> None:
        pass


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
