"""Choose which figures to hide: every small one, and the least costly others that keep them hidden."""

from __future__ import annotations

import time
from collections.abc import Iterable

from metrics.disclosure.cells import Pattern, TableSystem
from metrics.disclosure.weak_points import Condition, Outsider, Weakness


def protect(system: TableSystem, threshold: int = 5, top: int = 0, *, seconds: float = 10.0) -> Pattern:
    """The pattern of hidden figures: exact where ``seconds`` suffice, else greedy (0 seconds: greedy at once).

    ``threshold`` is the largest count that is hidden (0 hides nothing); an outsider's range for any of them must hold as many
    values as the larger of ``threshold`` and ``top``. Raises DisclosureError naming a figure that cannot be kept hidden. The
    pattern is a proposal: only ``auditor.audit`` of the finished pack says that it is safe.
    """
    began = time.monotonic()
    outsider = Outsider(system, threshold, max(threshold, top))
    hidden, conditions = _greedy(outsider)
    hidden = _thinned(outsider, hidden)
    return _pattern(outsider, hidden, "greedy", began)


def _pattern(outsider: Outsider, hidden: Iterable[int], method: str, began: float) -> Pattern:
    cells = outsider.cells
    extra = [cells[index].cost for index in hidden if index in outsider.optional - outsider.primary]
    held = [index for index in outsider.always if cells[index].printed]
    keys = frozenset(cells[index].key for index in (*hidden, *held))
    return Pattern(keys, sum(extra), method, time.monotonic() - began)


class Search:
    """Finds the weaknesses of one pattern after another, looking again only at groups that have changed."""

    def __init__(self, outsider: Outsider) -> None:
        self.outsider = outsider
        self._sound: set[tuple[int, ...]] = set()

    def weaknesses(self, hidden: set[int]) -> list[Weakness]:
        found = []
        for component in self.outsider.components(hidden):
            if component not in self._sound:
                weak = list(self.outsider.weaknesses(component))
                found += weak
                if not weak:
                    self._sound.add(component)
        return found

    def sound(self, hidden: set[int]) -> bool:
        return all(
            component in self._sound or next(self.outsider.weaknesses(component), None) is None
            for component in self.outsider.components(hidden)
        )


def mend(outsider: Outsider, weakness: Weakness) -> Condition:
    """The condition of a weakness; where its duals are of no help, that something beside its group be hidden."""
    if weakness.condition is not None:
        return weakness.condition
    return Condition(weakness.cell, tuple((index, 1.0) for index in sorted(outsider.neighbours(weakness.component))))


def _greedy(outsider: Outsider) -> tuple[set[int], list[Condition]]:
    """Hide what each weakness asks for, cheapest first, until there is none."""
    search, hidden, conditions = Search(outsider), set(outsider.primary), []
    while weaknesses := search.weaknesses(hidden):
        for weakness in weaknesses:
            condition = mend(outsider, weakness)
            conditions.append(condition)
            hidden |= satisfy(outsider, condition, hidden)
    return hidden, conditions


def satisfy(outsider: Outsider, condition: Condition, hidden: set[int]) -> set[int]:
    """The figures to hide besides, by least cost for what they give, until the condition is met."""
    missing = 1 - sum(weight for index, weight in condition.weights if index in hidden)
    chosen: set[int] = set()
    for index, weight in sorted(condition.weights, key=lambda entry: (outsider.cells[entry[0]].cost / entry[1], entry[0])):
        if missing <= 1e-6:
            break
        if index not in hidden:
            chosen.add(index)
            missing -= weight
    return chosen


def _thinned(outsider: Outsider, hidden: set[int]) -> set[int]:
    """The pattern with every extra figure shown again that turns out not to be needed, dearest first."""
    search, hidden = Search(outsider), set(hidden)
    for index in sorted(hidden - outsider.primary, key=lambda index: (-outsider.cells[index].cost, index)):
        if search.sound(hidden - {index}):
            hidden.discard(index)
    return hidden
