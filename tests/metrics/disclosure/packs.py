"""Small packs to protect and attack: figures named by one word each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metrics.disclosure.auditor import Audit, audit
from metrics.disclosure.cells import HIDDEN, Derived, Key, Pattern, TableSystem
from metrics.disclosure.ledger import Publication, publication
from metrics.disclosure.tables import Tables

Stands = dict[Key, int | float | str]


def tables(
    counts: Mapping[str, int],
    totals: Mapping[str, Iterable[str]] | None = None,
    nested: Iterable[tuple[str, str]] = (),
    past: Iterable[Publication] = (),
) -> Tables:
    """A pack in the making, with its totals and what lies within what."""
    made = Tables(past)
    for name, count in counts.items():
        made.cell((name,), count)
    for total, parts in (totals or {}).items():
        made.total((total,), [(part,) for part in parts])
    for whole, part in nested:
        made.nested((whole,), (part,))
    return made


def pack(*given, **named) -> TableSystem:
    """The same, made."""
    return tables(*given, **named).system()


def printed(system: TableSystem, pattern: Pattern) -> Stands:
    """What a finished pack would hold under a pattern, percentages and marks included."""
    stands: Stands = dict(pattern.printed(system))
    for entry in system.derived:
        stands[entry.key] = HIDDEN if pattern.hides(system, entry.key) else value_of(system, entry)
    return stands


def value_of(system: TableSystem, entry: Derived) -> int | float | str:
    """The value of a percentage or rate, or a mark such as a status."""
    if entry.per is None:
        return "green"
    divisor = entry.population or system.cells[entry.needs[1]].count
    return round(entry.per * system.cells[entry.needs[0]].count / divisor, entry.decimals)


def hiding(system: TableSystem, *names: str) -> Stands:
    """What a pack would hold if only these figures were hidden, with what is made of them."""
    return printed(system, Pattern(frozenset((name,) for name in names)))


def derived_range(answer: Audit, *key: str) -> tuple[int, int | None]:
    """The tightest range the audit found for a small figure."""
    return next((finding.low, finding.high) for finding in answer.findings if finding.key == key)


def attacked(system: TableSystem, *hidden: str) -> Audit:
    """The audit of the pack with only these figures hidden."""
    return audit(system, hiding(system, *hidden))


def published(system: TableSystem, *hidden: str) -> Publication:
    """The pack on record, as if it had been published with these figures hidden."""
    return publication("An earlier pack", system, hiding(system, *hidden))
