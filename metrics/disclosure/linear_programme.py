"""The protector's linear programme, and the solver it is given to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import highspy
import numpy as np

from metrics.disclosure.cells import Cell, DisclosureError

NEAR = 1e-6
Row = Sequence[tuple[int, int]]
Asked = tuple[int, int, int]  # a figure, below (1) or above (-1) its true count, and how far


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

    def _solve(self) -> np.ndarray:
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
        return found

    def is_seen(self, index: int, sign: int, far: int) -> bool:
        """Whether a table found already has the figure as far below (sign 1) or above (sign -1) its true count."""
        column = self._column[index]
        seen = self._counts[column] - self._least[column] if sign > 0 else self._most[column] - self._counts[column]
        return bool(seen >= far - NEAR)

    def lowest(self, indices: Sequence[int]) -> dict[int, float]:
        """The least that each figure can be, or 1 where it is seen to be that or less."""
        found = dict.fromkeys(indices, 1.0)
        for index, sign, far in self._together([(index, 1, self._cells[index].count - 1) for index in indices]):
            if not self.is_seen(index, sign, far):
                found[index] = self._cells[index].count - self.reach(index, sign, 0)
        return found

    def shows(self, asked: Sequence[Asked], likely: Collection[int]) -> bool:
        """Whether each figure can be as far from its true count as asked, with those that are fixed as they are. Those that are ``likely``
        to fail are asked first."""
        # What was found before may have had a fixed figure otherwise.
        self._least[:] = self._most[:] = self._counts
        first = [one for one in asked if one[0] in likely]
        return all(self._can_be(*one) for one in first) and all(self._can_be(*one) for one in self._together(asked))

    def _can_be(self, index: int, sign: int, far: int) -> bool:
        return self.is_seen(index, sign, far) or self.reach(index, sign, far) >= far - NEAR

    def fix(self, index: int, fixed: bool) -> None:
        """Take a figure to be known, or no longer."""
        cell = self._cells[index]
        self._solver.changeColBounds(self._column[index], *((cell.count,) * 2 if fixed else (cell.lowest, highspy.kHighsInf)))

    def _together(self, asked: Iterable[Asked]) -> list[Asked]:
        """Bring all figures as far as asked at once, as long as that brings some there. Gives what is left to be asked one by one."""
        left: list[Asked] = []
        waiting = list(asked)
        for way in (1, -1):
            together = [one for one in waiting if one[1] == way and not self.is_seen(*one)]
            while together:
                self._draw(together)
                before, together = together, [one for one in together if not self.is_seen(*one)]
                if len(together) == len(before):
                    break
            left += together
        return left

    def _draw(self, together: Sequence[Asked]) -> None:
        self._ask_nothing()
        for index, sign, far in together:
            self._solver.changeColCost(self._column[index], float(sign))
            if sign < 0:
                self._solver.changeColBounds(self._column[index], self._cells[index].lowest, self._cells[index].count + far)
        self._solve()
        for index, _, _ in together:
            self._solver.changeColCost(self._column[index], 0.0)
            self._solver.changeColBounds(self._column[index], self._cells[index].lowest, highspy.kHighsInf)

    def reach(self, index: int, sign: int, far: int) -> float:
        """How far below (sign 1) or above (sign -1) its true count an outsider must reckon the figure could be: ``far`` is enough."""
        cell, column = self._cells[index], self._column[index]
        self._ask_nothing()
        self._asked = column
        self._solver.changeColCost(column, float(sign))
        self._solver.changeColBounds(column, cell.lowest, cell.count + far if sign < 0 else highspy.kHighsInf)
        return sign * (cell.count - float(self._solve()[column]))

    def _ask_nothing(self) -> None:
        if self._asked is not None:
            self._solver.changeColCost(self._asked, 0.0)
            self._solver.changeColBounds(self._asked, self._cells[self._component[self._asked]].lowest, highspy.kHighsInf)

    def prices(self, index: int, sign: int) -> dict[int, float]:
        """After ``reach``: how much of the figure's movement each figure of the component's relations stands for."""
        duals = self._solver.getSolution().row_dual
        prices: dict[int, float] = {index: float(sign)}
        for number, dual in zip(self._rows, duals, strict=True):
            if abs(dual) > NEAR:
                for other, factor in self._terms[number]:
                    prices[other] = prices.get(other, 0.0) - factor * dual
        return prices
