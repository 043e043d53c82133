"""Small packs to protect and attack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metrics.disclosure.cells import HIDDEN, Key, Pattern, TableSystem
from metrics.disclosure.tables import Tables


def pack(
    counts: Mapping[str, int], totals: Mapping[str, Iterable[str]] | None = None, nested: Iterable[tuple[str, str]] = ()
) -> TableSystem:
    """A system whose figures are named by one word each."""
    tables = Tables()
    for name, count in counts.items():
        tables.cell((name,), count)
    for total, parts in (totals or {}).items():
        tables.total((total,), [(part,) for part in parts])
    for whole, part in nested:
        tables.nested((whole,), (part,))
    return tables.system()


def printed(system: TableSystem, pattern: Pattern) -> dict[Key, int | float | str]:
    """What a finished pack would hold under a pattern, percentages and marks included."""
    stands: dict[Key, int | float | str] = dict(pattern.printed(system))
    for entry in system.derived:
        stands[entry.key] = HIDDEN if pattern.hides(system, entry.key) else derived_value(system, entry.key)
    return stands


def derived_value(system: TableSystem, key: Key) -> int | float | str:
    """The value of a percentage or rate, or a mark such as a status."""
    entry = next(entry for entry in system.derived if entry.key == key)
    if entry.per is None:
        return "green"
    divisor = entry.population or system.cells[entry.needs[1]].count
    return round(entry.per * system.cells[entry.needs[0]].count / divisor, entry.decimals) if divisor else 0


def hiding(system: TableSystem, *names: str) -> dict[Key, int | float | str]:
    """What a pack would hold if only these figures were hidden, with what is made of them."""
    return printed(system, Pattern(frozenset((name,) for name in names)))
