"""The figures of a pack as one system: what is printed, what follows from it by subtraction, and how they hang together.

Everything here is a plain fact about the pack. Which figures are hidden is decided in ``protect`` and attacked in ``auditor``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.errors import TrackerError

HIDDEN = "[c]"
# The key of a number that no table and no reader has a name for, such as who came in one month: it ties others together, and nobody is
# found by it alone.
ASIDE = "aside"
# A figure's identity: texts that name measure, period, group and category. The same key is the same figure in every pack.
Key = tuple[str, ...]


class DisclosureError(TrackerError):
    """The figures cannot be published as they are; the message names the figure and what to do."""


@dataclass(frozen=True)
class Cell:
    """One count of children.

    ``printed`` is False for a count that never stands in a pack but follows from it. ``published`` says how an earlier pack
    printed it: ``"open"``, ``"hidden"``, or ``""`` for not at all. ``here`` is False for a figure that only an earlier pack
    printed. ``cost`` is what hiding it costs the reader. ``drafted`` says what drafts made of it that nobody published
    (``metrics.disclosure.drafts``): ``"open"``, ``"hidden"`` (in one of them at least), or ``"implied"``.
    """

    key: Key
    count: int
    printed: bool = True
    cost: float = 1.0
    words: str = ""
    published: str = ""
    here: bool = True
    drafted: str = ""

    @property
    def name(self) -> str:
        return self.words or ", ".join(self.key)

    @property
    def known(self) -> bool:
        """Known to everyone whatever is hidden now: a true zero, or a figure that an earlier pack printed."""
        return self.printed and (self.published == "open" or (self.count == 0 and not self.published))

    @property
    def is_free(self) -> bool:
        """Whether no published pack binds it."""
        return not self.published or bool(self.drafted)

    def is_withdrawn(self, threshold: int) -> bool:
        """Whether a draft printed it, so that it is known, and it is hidden from now on all the same."""
        return self.published == "open" and (self.drafted == "hidden" or (self.drafted == "open" and self.is_small(threshold)))

    @property
    def lowest(self) -> int:
        """The least an outsider can suppose when it is hidden: zeros are printed, so a hidden figure is at least 1."""
        return 1 if self.printed else 0

    def is_small(self, threshold: int) -> bool:
        return 1 <= self.count <= threshold and self.key[0] != ASIDE


@dataclass(frozen=True)
class Relation:
    """``sum(coefficient x count) = constant``, which every reader knows.

    The constant is 0 except where figures already published have since been revised in the records: then it is the
    difference, and the outsider is supposed to know even that.
    """

    terms: tuple[tuple[Key, int], ...]
    constant: int = 0


@dataclass(frozen=True)
class Derived:
    """Something printed that is made of counts: a percentage, a rate, an average, a change, a status, a direction.

    It is hidden when any count in ``needs`` is, or when ``base`` counts fewer than ``at_least``. Where ``per`` is given the
    value is ``per * needs[0] / divisor``, the divisor being ``needs[1]`` or the published ``population``, to ``decimals`` places.
    """

    key: Key
    needs: tuple[Key, ...]
    base: Key | None = None
    at_least: int = 0
    per: float | None = None
    population: float | None = None
    decimals: int = 0


@dataclass(frozen=True)
class TableSystem:
    """Every figure of a pack, with the relations between them. Build one with ``tables.Tables``."""

    cells: Mapping[Key, Cell]
    relations: tuple[Relation, ...]
    derived: tuple[Derived, ...] = ()
    revised: tuple[Relation, ...] = field(default=())

    def name(self, key: Key) -> str:
        return self.cells[key].name


@dataclass(frozen=True)
class Pattern:
    """Which figures of a system are hidden. No safe pattern costs less than ``bound``.

    ``method`` says how it was found: ``"exact"`` (nothing cheaper is safe), ``"near"`` (hardly anything), or ``"greedy"``.
    """

    hidden: frozenset[Key]
    cost: float = 0.0
    bound: float = 0.0
    method: str = "greedy"

    def printed(self, system: TableSystem) -> dict[Key, int | str]:
        """What stands in the pack for every count of it: the count, or ``[c]``."""
        here = (cell for cell in system.cells.values() if cell.printed and cell.here)
        return {cell.key: HIDDEN if cell.key in self.hidden else cell.count for cell in here}

    def hides(self, system: TableSystem, key: Key) -> bool:
        """Whether the count or derived figure of that key is hidden. Raises KeyError for a key that the system has not."""
        if key in system.cells:
            return key in self.hidden
        return hides_derived({entry.key: entry for entry in system.derived}[key], system, self.hidden)


def hides_derived(entry: Derived, system: TableSystem, hidden: frozenset[Key]) -> bool:
    too_few = entry.base is not None and system.cells[entry.base].count < entry.at_least
    return too_few or any(key in hidden for key in entry.needs)
