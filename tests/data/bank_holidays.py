"""England's bank holidays as ``data/bank_holidays.csv``, from the library that keeps them.

python -m tests.data.bank_holidays        write the file again, after the library has changed
"""

from __future__ import annotations

import csv
import io

import holidays

from data.calendar import BANK_HOLIDAYS, FIRST, LAST

COLUMNS = ("day", "name")


def as_text() -> str:
    """The file's text: a row a day, in order; ISO dates."""
    kept = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 1))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((day.isoformat(), name) for day, name in sorted(kept.items()))
    return text.getvalue()


if __name__ == "__main__":
    BANK_HOLIDAYS.write_text(as_text(), encoding="utf-8")
