"""Two finished packs attacked together: what a reader has who lays one beside the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from metrics.disclosure.auditor import Audit, audit
from metrics.disclosure.cells import HIDDEN, Cell, DisclosureError, Key, Relation, TableSystem
from metrics.disclosure.ledger import Publication


def attack(
    system: TableSystem, printed: Mapping[Key, int | float | str], earlier: Publication, threshold: int = 5, top: int = 0
) -> Audit:
    """Attack the union of what two packs print: ``printed`` was read back from this one, ``earlier`` is one that was published.

    Every figure and every relation of the earlier pack takes part, also those that have nothing to do with this one.
    """
    cells = {cell.key: cell for cell in earlier.cells}
    cells |= {key: _laid_beside(cell, cells[key]) if key in cells else cell for key, cell in system.cells.items()}
    terms = dict.fromkeys(entry.terms for entry in (*system.relations, *earlier.relations))
    relations = tuple(Relation(one, sum(factor * cells[key].count for key, factor in one)) for one in terms)
    return audit(replace(system, cells=cells, relations=relations), printed, threshold, top)


def _laid_beside(cell: Cell, earlier: Cell) -> Cell:
    """A figure of both: known where either prints it, whatever the system says that it was solved beside."""
    return replace(
        cell, published="open" if "open" in (cell.published, earlier.published) else cell.published or earlier.published
    )


def require_as_recorded(earlier: Publication, said: Mapping[Key, int | float | str]) -> None:
    """Raises DisclosureError where a published file does not say what the ledger records of it. ``said`` was read back from the file."""
    for cell in earlier.cells:
        if cell.published and cell.key in said:
            recorded = HIDDEN if cell.published == "hidden" else cell.count
            if said[cell.key] != recorded:
                raise DisclosureError(
                    f"{cell.name} is {said[cell.key]} in the file of {earlier.title} and {recorded} in the ledger; "
                    "run tracker.py casework check."
                )
