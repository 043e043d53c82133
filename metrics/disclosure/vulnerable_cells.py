"""Where a pattern of hidden figures can be broken, and what hiding would mend it.

The outsider's linear programme: every relation, every open figure exactly, hidden figures at least 1, implied ones at least 0.
Its duals say which open figures gave the answer away: hiding enough of those is a condition that every safe pattern must meet.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from metrics.disclosure.cells import DisclosureError, TableSystem
from metrics.disclosure.linear_programme import NEAR, Asked, Programme
from metrics.disclosure.ranges import Clue, Puzzle


@dataclass(frozen=True)
class Condition:
    """``sum(weight of each figure hidden) >= 1`` in every safe pattern; ``cell`` is the figure that asks for it."""

    cell: int
    weights: tuple[tuple[int, float], ...]

    def met(self, hidden: Collection[int]) -> bool:
        return sum(weight for index, weight in self.weights if index in hidden) >= 1 - NEAR


@dataclass(frozen=True)
class Weakness:
    """One figure whose range is too narrow, and the condition that its duals give (None where the duals are of no help)."""

    cell: int
    condition: Condition | None
    component: tuple[int, ...]


class Outsider:
    """What a reader can work out from a system under any pattern; figures are known here by their place in ``keys``."""

    def __init__(self, system: TableSystem, threshold: int, top: int) -> None:
        self.cells = list(system.cells.values())
        place = {cell.key: index for index, cell in enumerate(self.cells)}
        self.rows = [[(place[key], factor) for key, factor in entry.terms] for entry in system.relations]
        self.touching: list[list[int]] = [[] for _ in self.cells]
        for number, row in enumerate(self.rows):
            for index, _ in row:
                self.touching[index].append(number)
        self.top = top
        self.always = {i for i, cell in enumerate(self.cells) if not cell.printed or cell.published == "hidden"}
        self.optional = {i for i, cell in enumerate(self.cells) if cell.printed and cell.here and not cell.known} - self.always
        self.withdrawn = {i for i, cell in enumerate(self.cells) if cell.here and cell.is_withdrawn(threshold)}
        self.primary = {i for i in self.optional if self.cells[i].is_small(threshold)}
        small = {i for i, cell in enumerate(self.cells) if cell.is_small(threshold) and not cell.known}
        self.small = small & (self.always | self.primary)
        self.bottom = self._bottoms()
        self._whole: set[int] = set()  # whose bottom has been looked for in whole numbers

    def components(self, hidden: Collection[int]) -> list[tuple[int, ...]]:
        """The figures not known under the pattern, in groups that tell nothing about one another."""
        waiting, groups = self.always | set(hidden), []
        while waiting:
            groups.append(self._group(waiting.pop(), waiting))
        return groups

    def beside(self, index: int, hidden: Collection[int]) -> list[tuple[int, ...]]:
        """The groups that a figure, open under the pattern, stands beside."""
        waiting, groups = self.always | set(hidden), []
        for number in self.touching[index]:
            for other, _ in self.rows[number]:
                if other in waiting:
                    waiting.discard(other)
                    groups.append(self._group(other, waiting))
        return groups

    def _group(self, first: int, waiting: set[int]) -> tuple[int, ...]:
        """All that hangs together with a figure, taken out of ``waiting``."""
        group, edge = [first], [first]
        passed: set[int] = set()
        while edge:
            ahead = [number for number in self.touching[edge.pop()] if number not in passed]
            passed.update(ahead)
            for number in ahead:
                for index, _ in self.rows[number]:
                    if index in waiting:
                        waiting.discard(index)
                        group.append(index)
                        edge.append(index)
        return tuple(sorted(group))

    def weaknesses(self, component: tuple[int, ...]) -> Iterator[Weakness]:
        """Every small figure of a component whose range does not reach from its bottom to so many values above."""
        asked = list(self.asked(component))
        if not asked:
            return
        programme = self.programme(component)
        for index, sign, room in asked:
            if not programme.is_seen(index, sign, room) and programme.reach(index, sign, room) < room - NEAR:
                yield Weakness(index, self._condition(index, sign, room, programme.prices(index, sign)), component)

    def asked(self, component: tuple[int, ...]) -> Iterator[Asked]:
        """How far below and above its true count each small figure of a component must be able to be."""
        for index in component:
            if index in self.small:
                count, bottom = self.cells[index].count, self.bottom[index]
                for sign, room in ((1, count - bottom), (-1, bottom + self.top - 1 - count)):
                    if room > 0:
                        yield index, sign, room

    def programme(self, component: tuple[int, ...]) -> Programme:
        return Programme(self.cells, self.rows, self.touching, component)

    def gaps(self, component: tuple[int, ...]) -> list[Weakness]:
        """Small figures whose range is wide enough, but not in whole numbers: a value within it can be ruled out."""
        small = [index for index in component if index in self.small]
        if not small:
            return []
        puzzle, found = self.puzzle(component), []
        puzzle.look_for([self.cells[index].key for index in small], range(1, self.top + 1))
        for index in small:
            impossible = puzzle.impossible(self.cells[index].key, self._wanted(index))
            if self.bottom[index] in impossible and self._raised(index):
                impossible = puzzle.impossible(self.cells[index].key, self._wanted(index))
            if impossible:
                found.append(Weakness(index, None, component))
        return found

    def _wanted(self, index: int) -> range:
        return range(self.bottom[index], self.bottom[index] + self.top)

    def _raised(self, index: int) -> bool:
        """Whether a figure's lowest value with everything hidden is higher in whole numbers than in fractions: that one counts. It is
        looked for once."""
        if index in self._whole:
            return False
        self._whole.add(index)
        component = next(group for group in self.components(self.optional) if index in group)
        lowest, before = self.puzzle(component).low(self.cells[index].key), self.bottom[index]
        self.bottom[index] = max(before, lowest)
        return lowest > before

    def puzzle(self, component: tuple[int, ...]) -> Puzzle:
        """A component in whole numbers."""
        inside, clues = set(component), []
        for number in sorted({number for index in component for number in self.touching[index]}):
            terms = {self.cells[index].key: factor for index, factor in self.rows[number] if index in inside}
            side = sum(factor * self.cells[index].count for index, factor in self.rows[number] if index in inside)
            clues.append(Clue(terms, side, side))
        return Puzzle([self.cells[index].key for index in component], [self.cells[index].lowest for index in component], clues)

    def neighbours(self, component: tuple[int, ...]) -> set[int]:
        """The open figures that could still be hidden beside a component."""
        inside = set(component)
        beside = {index for cell in component for number in self.touching[cell] for index, _ in self.rows[number]}
        return (beside - inside) & self.optional

    def _condition(self, index: int, sign: int, room: int, prices: dict[int, float]) -> Condition | None:
        weights, given = [], 0.0
        for other, price in prices.items():
            cell = self.cells[other]
            worth = price * (cell.count - cell.lowest) / room if price > 0 else 1.0
            if abs(price) < NEAR or worth < NEAR:
                continue
            if other in self.always or other in self.primary:
                given += worth
            elif other in self.optional:
                weights.append((other, worth))
        if given >= 1 - NEAR:
            return None
        shares = tuple((other, min(1.0, worth / (1 - given))) for other, worth in weights)
        if sum(share for _, share in shares) < 1 - NEAR:
            raise DisclosureError(self.refusal(index))
        return Condition(index, shares)

    def refusal(self, index: int) -> str:
        """The sentence that says a figure cannot be kept hidden."""
        cell = self.cells[index]
        what = "is a small number" if cell.printed else "is never printed, but is a small number that follows from what is"
        return (
            f"{cell.name} {what}, and hiding every other figure of this pack would still give it away within fewer than "
            f"{self.top} values, because of figures that are already known; leave out the tables that it is in or follows from."
        )

    def _bottoms(self) -> dict[int, int]:
        """The lowest value that each small figure could be brought to with everything hidden: 1, but never less than its
        parts that are not zero, since zeros are printed."""
        bottoms = {}
        for component in self.components(self.optional):
            small = [index for index in component if index in self.small]
            if not small:
                continue
            for index, value in self.programme(component).lowest(small).items():
                bottoms[index] = max(1, math.ceil(value - NEAR))
        return bottoms
