"""Attack a finished pack as an outsider would, and refuse it where the attack succeeds.

What goes in is what was read back from the finished file, with the relations that any reader knows and what has been published
before. The true counts are used only to judge which figures are small, never in the attack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from metrics.disclosure.cells import HIDDEN, Cell, Derived, DisclosureError, Key, TableSystem
from metrics.disclosure.ranges import Clue, Puzzle, puzzles
from metrics.disclosure.read_back import Printed, broken_rules, wrong


@dataclass(frozen=True)
class Finding:
    """One small figure that is hidden or implied: the tightest range an outsider can derive, and the values it must hold.

    ``impossible`` are the wanted values that can be ruled out.
    """

    key: Key
    words: str
    low: int
    wanted: tuple[int, int]
    impossible: tuple[int, ...]
    puzzle: Puzzle = field(repr=False, compare=False)

    @property
    def high(self) -> int | None:
        """The largest value; None where nothing limits it. It is worked out when it is asked for: no verdict hangs on it."""
        return self.puzzle.high(self.key)

    @property
    def safe(self) -> bool:
        return not self.impossible

    def told(self) -> str:
        """The finding as a sentence."""
        high = "more" if self.high is None else self.high
        return (
            f"{self.words} could be worked out from it as {self.low} to {high}, when every value from {self.wanted[0]} to "
            f"{self.wanted[1]} must stay possible; hide more or print less."
        )


@dataclass(frozen=True)
class Audit:
    """Everything the attack found. ``faults`` are sentences about figures that should not stand as they do."""

    findings: tuple[Finding, ...]
    faults: tuple[str, ...]

    @property
    def safe(self) -> bool:
        return not self.faults and all(finding.safe for finding in self.findings)

    def require_safe(self) -> None:
        """Raises DisclosureError, naming the first figure that is given away."""
        for fault in self.faults:
            raise DisclosureError(f"The pack has not been written: {fault}")
        for finding in self.findings:
            if not finding.safe:
                raise DisclosureError(f"The pack has not been written: {finding.told()}")


def audit(system: TableSystem, printed: Printed, threshold: int = 5, top: int = 0) -> Audit:
    """Attack a pack. ``printed`` holds what was read back for every count and derived figure of it: a number, or ``[c]``.

    Percentages and rates are on their own scale (a percentage as 12, not 0.12). ``threshold`` and ``top`` as for ``protect``.
    """
    faults = wrong(system, printed)
    if faults or not threshold:
        return Audit((), tuple(faults))
    width, made = max(threshold, top), _puzzles(system, printed)
    attack = {key: puzzle for puzzle in made for key in puzzle.keys}
    small = {cell.key: cell for cell in system.cells.values() if cell.is_small(threshold) and cell.key in attack}
    for puzzle in made:
        puzzle.look_for([key for key in puzzle.keys if key in small], range(1, width + 1))
    bare = _Bare(system, printed)
    findings = tuple(_finding(cell, attack[key], bare, width) for key, cell in small.items())
    return Audit(findings, tuple(broken_rules(system, printed, threshold)))


def _finding(cell: Cell, puzzle: Puzzle, bare: _Bare, top: int) -> Finding:
    low = puzzle.low(cell.key)
    bottom = bare.bottom(cell.key) if low > 1 else 1
    wanted = (bottom, bottom + top - 1)
    return Finding(cell.key, cell.name, low, wanted, puzzle.impossible(cell.key, range(wanted[0], wanted[1] + 1)), puzzle)


class _Bare:
    """The same pack with everything hidden but its zeros and what is known already: no pattern can tell less than this."""

    def __init__(self, system: TableSystem, printed: Printed) -> None:
        self._system, self._printed = system, printed
        self._attack: dict[Key, Puzzle] | None = None

    def bottom(self, key: Key) -> int:
        if self._attack is None:
            bare = {key: 0 if self._printed[key] == 0 else HIDDEN for key in self._printed}
            self._attack = {key: puzzle for puzzle in _puzzles(self._system, bare) for key in puzzle.keys}
        return max(1, self._attack[key].low(key))


def _puzzles(system: TableSystem, printed: Printed) -> list[Puzzle]:
    known, unknown = {}, {}
    for key, cell in system.cells.items():
        if cell.published == "open":
            known[key] = cell.count
        elif cell.printed and cell.here and printed[key] != HIDDEN:
            known[key] = int(printed[key])
        else:
            unknown[key] = 1 if cell.printed else 0
    clues = [_clue(dict(entry.terms), entry.constant, entry.constant, known) for entry in system.relations]
    clues += [clue for entry in system.derived for clue in _rounded(entry, printed[entry.key], known)]
    return puzzles(unknown, clues)


def _clue(terms: Mapping[Key, float], low: float, high: float, known: Mapping[Key, int]) -> Clue:
    fixed = sum(factor * known[key] for key, factor in terms.items() if key in known)
    return Clue({key: factor for key, factor in terms.items() if key not in known}, low - fixed, high - fixed)


def _rounded(entry: Derived, value: int | float | str, known: Mapping[Key, int]) -> list[Clue]:
    """What a printed percentage or rate says of the counts that it was made from."""
    if entry.per is None or value == HIDDEN:
        return []
    half, count = 0.5 * 10**-entry.decimals + 1e-9, entry.needs[0]
    low, high = float(value) - half, float(value) + half
    if entry.population is not None:
        return [_clue({count: entry.per}, low * entry.population, high * entry.population, known)]
    whole = entry.needs[1]
    return [
        _clue({count: entry.per, whole: -low}, 0, float("inf"), known),
        _clue({count: entry.per, whole: -high}, float("-inf"), 0, known),
    ]
