"""Days and months that a spreadsheet has swapped: it read British dates as American, where it could, and left the others as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from data.errors import NightRefused

DAY_FIRST = re.compile(r"\s*(\d{1,2})/\d{1,2}/\d{2,4}\b")
FEWEST = 5  # dates of each kind: so many are on such days by chance once in more than a thousand columns
LAST_MONTH = 12


class DateColumns:
    """Looks at the cells of a sheet's columns of dates as they are read. ``headings``: the place of each on the sheet, and its heading."""

    def __init__(self, headings: Mapping[int, str]) -> None:
        self.headings = headings
        self.seen: Counter[tuple[int, str, bool]] = Counter()

    def look_at(self, row: Sequence[object]) -> None:
        for at in self.headings:
            value = row[at] if at < len(row) else None
            if isinstance(value, date):
                self.seen[at, "cell", value.day > LAST_MONTH] += 1
            elif isinstance(value, str) and (written := DAY_FIRST.match(value)):
                self.seen[at, "text", int(written[1]) > LAST_MONTH] += 1

    def refuse_swapped(self, place: str) -> None:
        """Raises NightRefused where a column has dates up to the 12th of a month as cells alone, and later ones as texts alone.

        ``place``: the file and sheet, in words.
        """
        for at, heading in self.headings.items():
            cells, texts = self.seen[at, "cell", False], self.seen[at, "text", True]
            if min(cells, texts) >= FEWEST and not self.seen[at, "cell", True] and not self.seen[at, "text", False]:
                raise NightRefused(
                    f"{place} has in '{heading}' {cells:,} dates that are all on the 1st to the 12th of a month, and {texts:,} that are "
                    "text and all later in it: Excel has read British dates as American, and swapped day and month where it could. Open "
                    "the export again with the region set to the United Kingdom, and save it."
                )
