"""What seems to be the table of restrictions and would not be read: under another name, in another kind of file, or in another place.

It is the one optional table whose loss would show what it hides, so every road into a data load asks here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from data.errors import NightRefused
from data.restrictions.restrictions import RESTRICTIONS

WORD = "restrict"
LIKE = 0.85


def seems_restrictions(name: str) -> bool:
    """Whether a file, sheet or table of this name may be the one of restrictions."""
    plain = re.sub(r"\.\w+$", "", name.strip().lower())
    return WORD in plain or bool(difflib.get_close_matches(plain, [RESTRICTIONS], cutoff=LIKE))


def refuse_in_folder(extracts: Path, read: Iterable[Path]) -> None:
    """Refuse a folder of which only ``read`` is read, without the restrictions, where another of its files seems to be it; refuse a single
    file beside which such a file lies. Raises NightRefused."""
    taken = {path.resolve() for path in read}
    folder = extracts if extracts.is_dir() else extracts.absolute().parent
    mistaken = next(
        (path for path in sorted(folder.iterdir()) if path.resolve() not in taken and seems_restrictions(path.name)), None
    )
    if mistaken is None:
        return
    if extracts.is_dir():
        raise NightRefused(
            f"{mistaken.name} is not read, and {RESTRICTIONS}.csv is not in {extracts}: name it {RESTRICTIONS}.csv, exported as CSV or "
            "Parquet, or take it out of the folder."
        )
    raise NightRefused(
        f"{mistaken.name} lies beside {extracts.name} and would not be read: put it, as {RESTRICTIONS}.csv, and what {extracts.name} is or "
        "holds into one folder and give that folder, or take it away from there."
    )


def refuse_sheet(workbook: str, sheets: Iterable[str]) -> None:
    """Refuse a workbook without the restrictions beside it, of whose ``sheets`` that are not read one seems to be it: NightRefused."""
    if mistaken := next(filter(seems_restrictions, sheets), None):
        raise NightRefused(
            f"{workbook}, sheet {mistaken}, is not read, and there is no {RESTRICTIONS}.csv beside it: export the sheet as "
            f"{RESTRICTIONS}.csv, give it in mapping.toml, or take it out of the workbook."
        )


def refuse_table(where: str, names: Iterable[str]) -> None:
    """Refuse a database without the table of restrictions, one of whose other tables seems to be it. Raises NightRefused."""
    if mistaken := next(filter(seems_restrictions, names), None):
        raise NightRefused(
            f"There is no table {RESTRICTIONS} in the {where}, but one named {mistaken}; if that is it, ask for a view of it under the "
            f"name of the table, and if not, for an empty table {RESTRICTIONS}."
        )
