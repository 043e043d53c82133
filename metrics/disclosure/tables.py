"""Say what a pack prints and how its figures hang together, in the words of its tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from metrics.disclosure.cells import ASIDE, Cell, Derived, DisclosureError, Key, Relation, TableSystem
from metrics.disclosure.ledger import Publication, settled

HIGHEST_LEVEL = 3  # a total of totals of totals is as dear as anything gets


class Tables:
    """Collects the figures of a pack; ``system`` gives them as one ``TableSystem``.

    A key may be given again by a second table, with the same count: it is the same figure. ``past`` is every pack already
    published: a figure that one of them printed keeps the count it was published with.
    """

    def __init__(self, past: Iterable[Publication] = ()) -> None:
        self._past = tuple(past)
        self._before = {cell.key: cell for pack in self._past for cell in pack.cells if cell.printed}
        self._cells: dict[Key, Cell] = {}
        self._weights: dict[Key, float] = {}
        self._relations: dict[Relation, None] = {}
        self._derived: dict[Key, Derived] = {}
        self._levels: dict[Key, int] = {}

    def cell(self, key: Key, count: int, words: str = "", weight: float = 1.0) -> Key:
        """A count that the pack prints. ``words`` names it in messages; a larger ``weight`` is hidden less gladly."""
        self._weights[key] = max(weight, self._weights.get(key, 0.0))
        return self._put(Cell(key, _whole(key, count), words=words))

    def implied(self, key: Key, count: int, words: str = "") -> Key:
        """A count that is not printed but that a reader can work out, or narrow down, from what is."""
        return self._put(Cell(key, _whole(key, count), printed=False, words=words))

    def has(self, *keys: Key) -> bool:
        """Whether all these are figures of this pack, or were printed in an earlier one."""
        return all(key in self._cells or key in self._before for key in keys)

    @property
    def printed(self) -> set[Key]:
        """Every count that a reader has before them: of this pack, and of those before it."""
        return {key for key, cell in self._cells.items() if cell.printed} | self._before.keys()

    def aside(self, key: Key, count: int) -> Key:
        """A number that only ties figures of different days or periods together: never protected for its own sake. Gives its key."""
        return self.implied((ASIDE, *key), count)

    def count(self, key: Key) -> int:
        return self._known(key).count

    def _known(self, key: Key) -> Cell:
        return self._cells.get(key) or self._before[key]

    def total(self, total: Key, parts: Sequence[Key]) -> None:
        """The total is the sum of its parts: services in the county, quarters in the year so far, categories in all."""
        self.relation({total: 1, **dict.fromkeys(parts, -1)})
        self._rank(total, parts)

    def nested(self, whole: Key, part: Key, remainder: Key | None = None) -> Key:
        """The part lies within the whole; what is left over becomes an implied figure, whose key is returned."""
        if self.count(part) > self.count(whole) and not self._are_before(whole, part):
            raise DisclosureError(
                f"{self._known(part).name} counts more than {self._known(whole).name}, which it lies within; check the two definitions."
            )
        rest = self.within([whole], part, remainder)
        self._rank(whole, [part, rest])
        return rest

    def within(self, wholes: Sequence[Key], part: Key, remainder: Key | None = None, *, aside: bool = False) -> Key:
        """The part lies within the wholes together, as any reader takes it to; where the records do not hold to that, nothing follows.
        What is left over becomes an implied figure, whose key is returned; or, ``aside``, no figure at all."""
        rest = remainder or (*((ASIDE,) if aside else ()), "rest", *(text for whole in wholes for text in whole), "less", *part)
        if rest not in self._cells:
            left = max(0, sum(map(self.count, wholes)) - self.count(part))
            self.implied(rest, left, f"{' and '.join(self._known(whole).name for whole in wholes)} less {self._known(part).name}")
        if self.count(part) <= sum(map(self.count, wholes)):
            self.tie({**dict.fromkeys(wholes, 1), part: -1, rest: -1})
        return rest

    def apart(self, whole: Key, *parts: Key, aside: bool = False) -> Key:
        """Parts of a whole that have nobody in common. The others of the whole become an implied figure, as for ``within``."""
        rest = (*((ASIDE,) if aside else ()), "rest", *whole, "less", *parts[0])
        rest += tuple(text for part in parts[1:] for text in ("and", *part))
        left = self.count(whole) - sum(map(self.count, parts))
        names = " and ".join(self._known(part).name for part in parts)
        self.implied(rest, max(0, left), f"{self._known(whole).name} less {names}")
        if left >= 0:
            self.tie({whole: 1, **dict.fromkeys(parts, -1), rest: -1})
        return rest

    def _rank(self, whole: Key, parts: Sequence[Key]) -> None:
        """A total is dearer to hide than its parts."""
        self._levels[whole] = max([self._levels.get(whole, 0), *(self._levels.get(part, 0) + 1 for part in parts)])

    def grid(
        self,
        inner: Sequence[Sequence[Key]],
        row_totals: Sequence[Key] | None = None,
        column_totals: Sequence[Key] | None = None,
        grand_total: Key | None = None,
    ) -> None:
        """A table of rows and columns with the totals that it has."""
        if row_totals:
            for total, row in zip(row_totals, inner, strict=True):
                self.total(total, row)
        if column_totals:
            for total, column in zip(column_totals, zip(*inner, strict=True), strict=True):
                self.total(total, column)
        if grand_total:
            self.total(grand_total, row_totals or column_totals or [key for row in inner for key in row])

    def share(
        self, key: Key, numerator: Key, denominator: Key, *, per: float = 100, decimals: int = 0, at_least: int = 10
    ) -> None:
        """A percentage: never on fewer than ``at_least`` children, nor beside a hidden count. The others become implied."""
        self.nested(denominator, numerator)
        self._derive(Derived(key, (numerator, denominator), denominator, at_least, per, decimals=decimals))

    def rate(self, key: Key, count: Key, population: float, *, per: float = 10_000, decimals: int = 0) -> None:
        """A rate of a published population, such as children in care per 10,000: with the population it gives the count."""
        self._derive(Derived(key, (count,), per=per, population=population, decimals=decimals))

    def derived(self, key: Key, needs: Sequence[Key], base: Key | None = None, at_least: int = 0) -> None:
        """Any other figure or mark made of counts: a change, a status, a direction, a point of a chart; an average
        (``base`` the number it is taken over, ``at_least`` 11)."""
        self._derive(Derived(key, tuple(needs), base, at_least))

    def same_as(self, one: Key, other: Key) -> None:
        """Two keys are one figure, under two names."""
        self.relation({one: 1, other: -1})

    def flow(self, before: Key, after: Key, entered: Key, left: Key) -> None:
        """Those at the end are those at the start, with who came and without who left, as any reader takes it."""
        self.tie({after: 1, before: -1, entered: -1, left: 1})

    def relation(self, terms: Mapping[Key, int]) -> None:
        """Any other equation between counts: ``sum(coefficient x count) = 0``. It must hold, or DisclosureError names it."""
        if self._off(terms) and not self._are_before(*terms):
            counts = ", ".join(f"{self._known(key).name} {self.count(key)}" for key in terms)
            raise DisclosureError(f"These figures do not add up, so the pack cannot be published: {counts}.")
        self.tie(terms)

    def tie(self, terms: Mapping[Key, int]) -> None:
        """An equation that any reader takes to hold. Where the records do not hold to it, the outsider is supposed to know by how much."""
        self._relations[Relation(tuple(sorted(terms.items())), self._off(terms))] = None

    def _off(self, terms: Mapping[Key, int]) -> int:
        unknown = [key for key in terms if not self.has(key)]
        if unknown:
            raise DisclosureError(f"{', '.join(unknown[0])} is part of a sum but has not been given as a figure; add it first.")
        return sum(factor * self.count(key) for key, factor in terms.items())

    def _are_before(self, *keys: Key) -> bool:
        """Whether a figure among these is known from an earlier pack only, whose records may have been others."""
        return any(key not in self._cells for key in keys)

    def system(self) -> TableSystem:
        """The whole, with past publications in it. A past figure that a relation joins to a revised one is listed as such."""
        cells = {key: replace(cell, cost=self._cost(cell)) for key, cell in self._cells.items()}
        here = {key for key, cell in cells.items() if cell.printed}
        own = {entry: any(key in here for key, _ in entry.terms) for entry in self._relations}
        # What ties figures of earlier packs only is a matter of those packs.
        older = tuple(entry for entry, is_own in own.items() if not is_own)
        only_older = {key for entry in older for key, _ in entry.terms} - here
        only_older -= {key for entry, is_own in own.items() if is_own for key, _ in entry.terms}
        between = Publication("", tuple(cells.pop(key) for key in sorted(only_older & cells.keys())), older)
        relations = tuple(entry for entry, is_own in own.items() if is_own)
        return settled(TableSystem(cells, relations, tuple(self._derived.values())), (between, *self._past))

    def _cost(self, cell: Cell) -> float:
        level = min(self._levels.get(cell.key, 0), HIGHEST_LEVEL)
        return round(self._weights.get(cell.key, 1.0) * math.log2(1 + cell.count) * 2**level, 1)

    def _put(self, cell: Cell) -> Key:
        there = self._cells.get(cell.key)
        if there is not None and there.count != cell.count:
            raise DisclosureError(f"{cell.name} is {there.count} in one table and {cell.count} in another; they must agree.")
        if there is None or (cell.printed and not there.printed):
            self._cells[cell.key] = cell
        return cell.key

    def _derive(self, entry: Derived) -> None:
        missing = [key for key in entry.needs if key not in self._cells]
        if missing:
            raise DisclosureError(
                f"{', '.join(entry.key)} is made of {', '.join(missing[0])}, which has not been given; add it first."
            )
        if entry.key in self._cells or self._derived.get(entry.key, entry) != entry:
            raise DisclosureError(f"{', '.join(entry.key)} is given twice, as two different figures; give each a key of its own.")
        self._derived[entry.key] = entry


def _whole(key: Key, count: int) -> int:
    if int(count) != count or count < 0:
        raise DisclosureError(f"{', '.join(key)} is {count!r}; a figure to be protected is a count of children, 0 or more.")
    return int(count)
