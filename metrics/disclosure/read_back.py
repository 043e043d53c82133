"""What can be seen to be wrong with a finished pack before any attack: figures that should not stand as they do."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.disclosure.cells import HIDDEN, Derived, Key, TableSystem

Printed = Mapping[Key, int | float | str]


def wrong(system: TableSystem, printed: Printed) -> list[str]:
    """Figures that are missing, unknown or not what was counted: such a pack is not worth attacking."""
    here = {key: cell for key, cell in system.cells.items() if cell.printed and cell.here}
    wanted = {*here, *(entry.key for entry in system.derived)}
    faults = [f"{', '.join(key)} is not in the finished pack." for key in wanted - printed.keys()]
    faults += [f"{', '.join(key)} is in the pack but should not be." for key in printed.keys() - wanted]
    if faults:
        return sorted(faults)
    for key, cell in here.items():
        if printed[key] == HIDDEN and cell.count == 0:
            faults.append(f"{cell.name} is 0 and is hidden; true zeros are printed.")
        elif printed[key] not in (HIDDEN, cell.count):
            faults.append(f"{cell.name} is given as {printed[key]!r}, which is not its count.")
    return faults + [fault for entry in system.derived for fault in _wrong_value(entry, system, printed[entry.key])]


def _wrong_value(entry: Derived, system: TableSystem, value: int | float | str) -> list[str]:
    if value == HIDDEN or entry.per is None:
        return []
    if isinstance(value, str) or abs(round(value, entry.decimals) - value) > 1e-9:
        return [f"{', '.join(entry.key)} is given as {value!r}, with more than its {entry.decimals} decimals."]
    divisor = entry.population if entry.population is not None else system.cells[entry.needs[1]].count
    if abs(entry.per * system.cells[entry.needs[0]].count - value * divisor) > (0.5 * 10**-entry.decimals + 1e-9) * divisor:
        return [f"{', '.join(entry.key)} is given as {value}, which does not follow from its counts."]
    return []


def broken_rules(system: TableSystem, printed: Printed, threshold: int) -> list[str]:
    """Figures that stand open, or hidden, against the plain rules."""
    withdrawn = {key for key, cell in system.cells.items() if cell.is_withdrawn(threshold)}
    open_cells = {key for key, cell in system.cells.items() if cell.published == "open" and key not in withdrawn}
    open_cells |= {key for key in system.cells if printed.get(key, HIDDEN) != HIDDEN}
    faults = [
        f"{system.name(key)} was hidden in an earlier draft, or is a small number now, and is not hidden."
        for key in sorted(withdrawn & open_cells)
    ]
    for cell in system.cells.values():
        if cell.here and cell.printed and cell.published == "open" and not cell.drafted and printed[cell.key] == HIDDEN:
            faults.append(f"{cell.name} has been published as {cell.count} and is now hidden; print it as it was.")
        elif cell.published == "hidden" and cell.key in open_cells:
            faults.append(f"{cell.name} has been published as {HIDDEN} and is not hidden now.")
        elif cell.is_small(threshold) and not cell.published and cell.key in open_cells:
            faults.append(f"{cell.name} is a small number and is not hidden.")
    for entry in system.derived:
        hidden = [key for key in entry.needs if key not in open_cells]
        if printed[entry.key] == HIDDEN:
            continue
        if hidden:
            faults.append(f"{', '.join(entry.key)} is shown although {system.name(hidden[0])} is hidden.")
        elif entry.base is not None and system.cells[entry.base].count < entry.at_least:
            faults.append(f"{', '.join(entry.key)} is based on fewer than {entry.at_least} children.")
    return faults
