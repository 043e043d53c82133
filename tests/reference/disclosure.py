"""The slow reference reading of what an outsider can work out: write down every table of whole numbers that fits what is printed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from metrics.disclosure.cells import HIDDEN, Key, TableSystem


def every_table(system: TableSystem, printed: Mapping[Key, int | float | str], most: int) -> dict[Key, np.ndarray]:
    """Every table in which no figure is over ``most``: for each figure not known, its value in each of them."""
    known = {key: cell.count for key, cell in system.cells.items() if cell.published == "open"}
    known |= {key: int(value) for key, value in printed.items() if value != HIDDEN and key in system.cells}
    unknown = [key for key in system.cells if key not in known]
    choices = [np.arange(1 if system.cells[key].printed else 0, most + 1) for key in unknown]
    tables = dict(zip(unknown, (axis.ravel() for axis in np.meshgrid(*choices, indexing="ij")), strict=True))
    fits = np.ones(np.prod([len(choice) for choice in choices], dtype=int), dtype=bool)
    for entry in system.relations:
        fits &= sum(factor * tables.get(key, known.get(key)) for key, factor in entry.terms) == entry.constant
    return {key: values[fits] for key, values in tables.items()}
