"""Choose which figures to hide: every small one, and the least costly others that keep them hidden.

Exact, by cutting planes: the least costly pattern that meets the conditions known so far is attacked, every weakness gives a
condition that all safe patterns meet, until there is no weakness. Greedy: each weakness is corrected as it is found, cheapest first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import islice

from metrics.disclosure.cells import DisclosureError, Pattern, TableSystem
from metrics.disclosure.cover import Cover
from metrics.disclosure.linear_programme import NEAR
from metrics.disclosure.opened import Opened
from metrics.disclosure.vulnerable_cells import Condition, Outsider, Weakness

ROUNDS = 12


def protect(system: TableSystem, threshold: int = 5, top: int = 0, *, rounds: int = ROUNDS, gap: float = 0.02) -> Pattern:
    """The pattern of hidden figures: the least costly, or within ``gap`` of it, where ``rounds`` suffice; else the best found (0: greedy).

    The search is cut by its work, never by the clock: page, pack and command line must find the same pattern, since what one of them
    shows and another hides could be put together.

    ``threshold`` is the largest count that is hidden (0 hides nothing); an outsider's range for any of them must hold as many
    values as the larger of ``threshold`` and ``top``. Raises DisclosureError naming a figure that cannot be kept hidden. The
    pattern is a proposal: only ``auditor.audit`` of the finished pack says that it is safe.
    """
    return Search(Outsider(system, threshold, max(threshold, top))).pattern(rounds, gap)


class Search:
    """One search for a pattern: the conditions met with so far, and the groups of figures already found sound."""

    def __init__(self, outsider: Outsider) -> None:
        self.outsider = outsider
        self._sound: set[tuple[int, ...]] = set()
        self._wide: set[tuple[int, ...]] = set()
        self._conditions: dict[Condition, None] = {}
        self._asking: dict[int, list[Condition]] = {}

    def pattern(self, rounds: int, gap: float) -> Pattern:
        """The greedy pattern, bettered round by round, until no safe one can be cheaper by more than ``gap``."""
        best, bound = self._thinned(self._mended(set(self.outsider.primary))), 0.0
        cover = Cover([cell.cost for cell in self.outsider.cells], gap / 2)
        for _ in range(rounds):
            cover.add(self._conditions)
            found = cover.cheapest()
            if found is None:
                break
            chosen, bound = found
            best = min(best, self._mended(self.outsider.primary | chosen, below=self._cost(best)), key=self._cost)
            if self._cost(best) <= bound * (1 + gap) + NEAR:
                break
        return self._as_pattern(self._thinned(best), bound, gap)

    def weaknesses(self, hidden: set[int], below: float = math.inf) -> list[Weakness]:
        """What is wrong with a pattern, looking only at groups of figures not yet found sound.

        Whole numbers last, which cost most; and not at all for a pattern that is no cheaper than ``below``, for it is not wanted.
        """
        groups = [group for group in self.outsider.components(hidden) if group not in self._sound]
        found = [weakness for group in groups for weakness in self._narrow(group)]
        if not found and self._cost(hidden) >= below:
            return []
        found = found or [weakness for group in groups for weakness in self.outsider.gaps(group)]
        self._sound.update(() if found else groups)
        return found

    def _narrow(self, group: tuple[int, ...], first: bool = False) -> list[Weakness]:
        """Every figure of a group whose range is too narrow, or only the first."""
        if self._is_known_wide(group):
            return []
        found = list(islice(self.outsider.weaknesses(group), 1 if first else None))
        if not found:
            self._wide.add(group)
        return found

    def _is_known_wide(self, group: tuple[int, ...]) -> bool:
        return group in self._wide or group in self._sound

    def _mended(self, hidden: set[int], below: float = math.inf) -> set[int]:
        """The pattern with what each weakness asks for hidden too, cheapest first, until there is none; or until it is known to be no
        cheaper than ``below``, and its ranges are wide."""
        while weaknesses := self.weaknesses(hidden, below):
            for condition in [self._learn(weakness, hidden) for weakness in weaknesses]:
                hidden = hidden | self._least(condition, hidden)
        return hidden

    def _learn(self, weakness: Weakness, hidden: set[int]) -> Condition:
        """The condition of a weakness; where its duals are of no help, that some figure beside its group be hidden."""
        condition = weakness.condition
        if condition is None or condition.met(hidden):
            beside = self.outsider.neighbours(weakness.component)
            if not beside:
                raise DisclosureError(self.outsider.refusal(weakness.cell))
            condition = Condition(weakness.cell, tuple((index, 1.0) for index in sorted(beside)))
        if condition not in self._conditions:
            self._conditions[condition] = None
            for index, _ in condition.weights:
                self._asking.setdefault(index, []).append(condition)
        return condition

    def _least(self, condition: Condition, hidden: set[int]) -> set[int]:
        """The figures to hide besides, by least cost for what they give, until the condition is met."""
        missing = 1 - sum(weight for index, weight in condition.weights if index in hidden)
        chosen: set[int] = set()
        cells = self.outsider.cells
        for index, weight in sorted(condition.weights, key=lambda entry: (cells[entry[0]].cost / entry[1], entry[0])):
            if missing <= NEAR:
                break
            if index not in hidden:
                chosen.add(index)
                missing -= weight
        return chosen

    def _thinned(self, hidden: set[int]) -> set[int]:
        """The pattern with every extra figure shown again that turns out not to be needed, dearest first."""
        cells, opened = self.outsider.cells, Opened(self.outsider, hidden)
        for index in sorted(hidden - self.outsider.primary, key=lambda index: (-cells[index].cost, index)):
            without = hidden - {index}
            if not all(condition.met(without) for condition in self._asking.get(index, ())):
                continue
            groups = [group for group in self.outsider.beside(index, without) if not self._is_known_wide(group)]
            if opened.stays_wide(index, groups):
                self._wide.update(groups)
                hidden = without
            elif all(self._is_wide(group, without) for group in groups):
                hidden = without
            else:
                opened.close(index)
        return self._mended(hidden)

    def _is_wide(self, group: tuple[int, ...], hidden: set[int]) -> bool:
        weaknesses = self._narrow(group, first=True)
        if weaknesses:
            self._learn(weaknesses[0], hidden)
        return not weaknesses

    def _cost(self, hidden: Iterable[int]) -> float:
        return sum(self.outsider.cells[index].cost for index in hidden if index not in self.outsider.primary)

    def _as_pattern(self, hidden: set[int], bound: float, gap: float) -> Pattern:
        cells, cost = self.outsider.cells, self._cost(hidden)
        method = "exact" if cost <= bound + NEAR else "near" if cost <= bound * (1 + gap) + NEAR else "greedy"
        held = {index for index in self.outsider.always if cells[index].printed}
        keys = frozenset(cells[index].key for index in hidden | held | self.outsider.withdrawn)
        return Pattern(keys, cost, bound, method)
