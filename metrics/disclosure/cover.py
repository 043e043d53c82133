"""The least costly set of figures that meets every condition found so far: a small integer programme for each group of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import highspy
import numpy as np

from metrics.disclosure.linear_programme import quiet_solver
from metrics.disclosure.vulnerable_cells import Condition

NODES = 5_000  # of one group's search: work, not time, so that every machine gives up at the same place


class Cover:
    """Conditions that share no figure are solved apart, and a group is solved again only when it gains a condition."""

    def __init__(self, costs: Sequence[float], gap: float) -> None:
        self._costs, self._gap = costs, gap
        self._conditions: dict[Condition, None] = {}
        self._solved: dict[frozenset[Condition], tuple[set[int], float]] = {}

    def add(self, conditions: Iterable[Condition]) -> None:
        self._conditions |= dict.fromkeys(conditions)

    def cheapest(self) -> tuple[set[int], float] | None:
        """The figures to hide, and the cost that no choice can be below; None where a group would take too much work."""
        chosen: set[int] = set()
        bound = 0.0
        for group in self._groups():
            if group not in self._solved:
                answer = self._solve(sorted(group, key=lambda entry: (entry.cell, entry.weights)))
                if answer is None:
                    return None
                self._solved[group] = answer
            chosen |= self._solved[group][0]
            bound += self._solved[group][1]
        return chosen, bound

    def _groups(self) -> list[frozenset[Condition]]:
        groups: list[tuple[set[int], list[Condition]]] = []
        for condition in self._conditions:
            figures, members = {index for index, _ in condition.weights}, [condition]
            apart = []
            for group in groups:
                if group[0] & figures:
                    figures |= group[0]
                    members = group[1] + members
                else:
                    apart.append(group)
            groups = [*apart, (figures, members)]
        return [frozenset(members) for _, members in groups]

    def _solve(self, conditions: Sequence[Condition]) -> tuple[set[int], float] | None:
        figures = sorted({index for condition in conditions for index, _ in condition.weights})
        column = {index: place for place, index in enumerate(figures)}
        solver = quiet_solver()
        solver.setOptionValue("mip_max_nodes", NODES)
        solver.setOptionValue("mip_rel_gap", self._gap)
        for index in figures:
            solver.addVar(0.0, 1.0)
            solver.changeColCost(column[index], self._costs[index])
            solver.changeColIntegrality(column[index], highspy.HighsVarType.kInteger)
        for condition in conditions:
            places = np.array([column[index] for index, _ in condition.weights], dtype=np.int32)
            weights = np.array([weight for _, weight in condition.weights])
            solver.addRow(1.0, highspy.kHighsInf, len(places), places, weights)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        chosen = {index for index, value in zip(figures, solver.getSolution().col_value, strict=True) if value > 0.5}
        return chosen, solver.getInfo().mip_dual_bound
