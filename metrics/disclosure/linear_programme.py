"""The protector's linear programme, and the solver it is given to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import highspy
import numpy as np

from metrics.disclosure.cells import Cell, DisclosureError

NEAR = 1e-6
Row = Sequence[tuple[int, int]]


class _Quiet(highspy.Highs):
    """The solver without callbacks, which we do not use and which print a banner before any option can forbid it."""

    def enableCallbacks(self) -> None:
        pass


def quiet_solver() -> highspy.Highs:
    """A solver that prints nothing. It keeps its number of threads: one process can have only one such number."""
    solver = _Quiet()
    solver.setOptionValue("output_flag", False)
    return solver


class Programme:
    """The linear programme of one component: built once, then asked again with other objectives from where it stood."""

    def __init__(
        self, cells: Sequence[Cell], rows: Sequence[Row], touching: Sequence[Sequence[int]], component: tuple[int, ...]
    ) -> None:
        self._cells, self._terms, self._component = cells, rows, component
        self._column = {index: column for column, index in enumerate(component)}
        self._rows = sorted({number for index in component for number in touching[index]})
        self._solver = quiet_solver()
        self._solver.passModel(self._model())
        self._asked: int | None = None
        self._counts = np.array([cells[index].count for index in component], dtype=float)
        # The least and the most that each figure was in any table found so far: what lies between needs no asking.
        self._least, self._most = self._counts.copy(), self._counts.copy()

    def _model(self) -> highspy.HighsLp:
        cells, size = self._cells, len(self._component)
        start, indices, values, sides = [0], [], [], []
        for number in self._rows:
            side = 0
            for index, factor in self._terms[number]:
                if index in self._column:
                    indices.append(self._column[index])
                    values.append(factor)
                    side += factor * cells[index].count
            sides.append(float(side))
            start.append(len(indices))
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = size, len(sides)
        lp.col_cost_ = np.zeros(size)
        lp.col_lower_ = np.array([cells[index].lowest for index in self._component], dtype=float)
        lp.col_upper_ = np.full(size, highspy.kHighsInf)
        lp.row_lower_ = lp.row_upper_ = np.array(sides)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = np.array(start), np.array(indices)
        lp.a_matrix_.value_ = np.array(values, dtype=float)
        return lp

    def _solve(self) -> None:
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self._solver.clearSolver()
            self._solver.run()
        status = self._solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            name = self._cells[self._component[0]].name
            raise DisclosureError(f"{name} and the figures related to it could not be checked: the solver gave {status.name}.")
        found = np.array(self._solver.getSolution().col_value)
        np.minimum(self._least, found, out=self._least)
        np.maximum(self._most, found, out=self._most)

    def is_seen(self, index: int, sign: int, far: int) -> bool:
        """Whether a table found already has the figure as far below (sign 1) or above (sign -1) its true count."""
        column = self._column[index]
        seen = self._counts[column] - self._least[column] if sign > 0 else self._most[column] - self._counts[column]
        return bool(seen >= far - NEAR)

    def lowest(self, indices: Sequence[int]) -> dict[int, float]:
        """The least that each figure can be, or 1 where it is seen to be that or less."""
        size = len(self._component)
        columns, costs = np.arange(size, dtype=np.int32), np.zeros(size)
        waiting = self._above_one(indices)
        while waiting:
            # All at once, as long as that brings some of them down to 1.
            costs[:] = 0
            costs[[self._column[index] for index in waiting]] = 1
            self._solver.changeColsCost(size, columns, costs)
            self._solve()
            before, waiting = waiting, self._above_one(waiting)
            if len(waiting) == len(before):
                break
        self._solver.changeColsCost(size, columns, np.zeros(size))
        found = dict.fromkeys(indices, 1.0)
        for index in waiting:
            if self._above_one([index]):
                found[index] = self._cells[index].count - self.reach(index, 1, 0)
        return found

    def _above_one(self, indices: Iterable[int]) -> list[int]:
        """Those of the figures that have been above 1 in every table found."""
        return [index for index in indices if self._least[self._column[index]] > 1 + NEAR]

    def reach(self, index: int, sign: int, far: int) -> float:
        """How far below (sign 1) or above (sign -1) its true count an outsider must reckon the figure could be: ``far`` is enough."""
        cell, column = self._cells[index], self._column[index]
        if self._asked is not None:
            self._solver.changeColCost(self._asked, 0.0)
            self._solver.changeColBounds(self._asked, self._cells[self._component[self._asked]].lowest, highspy.kHighsInf)
        self._asked = column
        self._solver.changeColCost(column, float(sign))
        self._solver.changeColBounds(column, cell.lowest, cell.count + far if sign < 0 else highspy.kHighsInf)
        self._solve()
        return sign * (cell.count - self._solver.getSolution().col_value[column])

    def prices(self, index: int, sign: int) -> dict[int, float]:
        """After ``reach``: how much of the figure's movement each figure of the component's relations stands for."""
        duals = self._solver.getSolution().row_dual
        prices: dict[int, float] = {index: float(sign)}
        for number, dual in zip(self._rows, duals, strict=True):
            if abs(dual) > NEAR:
                for other, factor in self._terms[number]:
                    prices[other] = prices.get(other, 0.0) - factor * dual
        return prices
