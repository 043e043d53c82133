"""A reader who reckons with everything that is printed: which values a hidden figure can have, by a linear programme of the tests' own.

What the reader knows is not what the protection registers: it is what was found to hold of children, and sums written down here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

import highspy
import numpy as np

from metrics.disclosure.cells import HIDDEN, Derived, Key
from metrics.disclosure.linear_programme import quiet_solver
from metrics.strategic.dimensions import COUNTY, dimensions
from metrics.strategic.flow import ENTERED, LEFT, REASONS, needs
from tests.metrics.strategic.search import Found

FAR = 1e5
NEAR = 1e-6
Sum = tuple[Key, tuple[Key, ...]]


def sums(keys: Iterable[Key]) -> list[Sum]:
    """(the whole, its parts): services, groupings, needs and reasons, quarters and the years that they make."""
    keys = set(keys)
    days = {key[1] for key in keys if key[0] == "in_care"}
    services = {day: sorted({key[2] for key in keys if key[:2] == ("in_care", day)} - {COUNTY}) for day in days}
    found = [
        (key, [(*key[:2], name, key[3]) for name in services[key[1]]]) for key in keys if key[2] == COUNTY and key[1] in days
    ]
    for day, (grouping, (_, categories)) in product(days, dimensions().items()):
        for group in (COUNTY, *services[day]):
            found.append((("in_care", day, group, "all"), [(grouping, day, group, one) for one in categories]))
    for key in [key for key in keys if key[0] in (ENTERED, LEFT)]:
        if key[3] == "all":
            found.append((key, [(*key[:3], one) for one in (needs() if key[0] == ENTERED else REASONS)]))
        year, *so_far = key[1].split(" to Q")
        if " Q" not in year:
            quarters = range(1, int(so_far[0]) + 1) if so_far else range(1, 5)
            found.append((key, [(key[0], f"{year} Q{quarter}", *key[2:]) for quarter in quarters]))
            found += [(key, [(key[0], f"{year} to Q{number}", *key[2:]), *[(key[0], f"{year} Q{one}", *key[2:]) for one in rest]])
                      for number in (2, 3) if not so_far or int(so_far[0]) > number
                      for rest in [range(number + 1, (int(so_far[0]) if so_far else 4) + 1)]]  # fmt: skip
    return [(whole, tuple(parts)) for whole, parts in found if parts and whole in keys and keys.issuperset(parts)]


class Reader:
    """``printed``: a number or ``[c]`` for every count; what is found to hold, sums, and the percentages and rates that are printed
    (``rounded``: what each is made of, and its value) are what the reader goes by."""

    def __init__(
        self,
        printed: Mapping[Key, int | str],
        found: Iterable[Found],
        counts: Mapping[Key, int],
        rounded: Iterable[tuple[Derived, float]] = (),
    ) -> None:
        self.hidden = [key for key, value in printed.items() if value == HIDDEN]
        self._place = {key: place for place, key in enumerate(self.hidden)}
        self._true = np.array([counts[key] for key in self.hidden], dtype=float)
        self._tables = [self._true]
        self._solver = quiet_solver()
        for _ in self.hidden:
            self._solver.addVar(1.0, FAR)
        for terms, equal in (
            *((one.terms, one.equal) for one in found if self._holds(one, printed, counts)),
            *(([(whole, 1), *((part, -1) for part in parts)], True) for whole, parts in sums(printed)),
        ):
            known = sum(factor * printed[key] for key, factor in terms if printed[key] != HIDDEN)
            unknown = [(self._place[key], float(factor)) for key, factor in terms if printed[key] == HIDDEN]
            if unknown and (equal or self._matters(unknown, known)):
                places, factors = zip(*unknown, strict=True)
                high = -known if equal else FAR * 10
                self._solver.addRow(-known, high, len(places), np.array(places, dtype=np.int32), np.array(factors))
        for entry, value in rounded:
            self._add_rounded(entry, value, printed)

    def _add_rounded(self, entry: Derived, value: float, printed: Mapping[Key, int | str]) -> None:
        """A percentage of a whole lies within half a unit of what is printed, and so its count within some numbers; a rate alike."""
        half = 0.5 * 10**-entry.decimals
        for end, sign in ((value - half, 1), (value + half, -1)):
            terms = {entry.needs[0]: sign * entry.per}
            least = sign * end * entry.population if entry.population else 0.0
            if not entry.population:
                terms[entry.needs[1]] = -sign * end
            known = sum(factor * printed[key] for key, factor in terms.items() if printed[key] != HIDDEN)
            unknown = {self._place[key]: factor for key, factor in terms.items() if printed[key] == HIDDEN}
            if unknown:
                places = np.array(list(unknown), dtype=np.int32)
                self._solver.addRow(least - known - NEAR, FAR**2, len(unknown), places, np.array(list(unknown.values())))

    @staticmethod
    def _holds(one: Found, printed: Mapping[Key, int | str], counts: Mapping[Key, int]) -> bool:
        """Whether a relation found is one of this county: sums of three are found in the county as it is, and are habits of it."""
        if not all(key in printed for key, _ in one.terms):
            return False
        off = sum(factor * counts[key] for key, factor in one.terms)
        assert not one.equal or not off or len(one.terms) > 3, one.told()
        return not off or not one.equal

    def _matters(self, unknown: list[tuple[int, float]], known: int) -> bool:
        """Whether an inequality can ever fail for figures near their true values."""
        return any(factor < 0 for _, factor in unknown) or known < 0

    def range(self, terms: Mapping[Key, int], enough: tuple[float, float]) -> tuple[float, float]:
        """The least and the most that a sum of figures could be; as far as ``enough``, where that is shown already."""
        cost = np.zeros(len(self.hidden))
        for key, factor in terms.items():
            cost[self._place[key]] = factor
        seen = np.array(self._tables) @ cost
        low, high = seen.min(), seen.max()
        if low > enough[0] + NEAR:
            low = self._end(cost, 1)
        if high < enough[1] - NEAR:
            high = self._end(cost, -1)
        return low, high

    def _end(self, cost: np.ndarray, sign: int) -> float:
        places = np.arange(len(cost), dtype=np.int32)
        self._solver.changeColsCost(len(cost), places, cost * sign)
        self._solver.run()
        assert self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        table = np.array(self._solver.getSolution().col_value)
        self._tables.append(table)
        return float(table @ cost)
