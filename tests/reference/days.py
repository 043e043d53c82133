"""Days, ages and the order of rows: the small words that every other definition uses."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

Records = dict[str, list[dict]]


def rows_of(records: Records, table: str) -> list[dict]:
    """The rows of a table; none where the table was not supplied."""
    return records.get(table, [])


def in_force(start: date | None, end: date | None, day: date) -> bool:
    """[start, end) covers the day: it has started, and has not ended by then."""
    return start is not None and start <= day and (end is None or end > day)


def by_start_then_identifier(start: date, identifier: str | None) -> tuple:
    """The order of rows: by start, then by identifier, compared by length and then as text ('9' comes before '10')."""
    identifier = identifier or ""
    return start, len(identifier), identifier


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months on, or that month's last day where it has no such day."""
    month_count = day.year * 12 + (day.month - 1) + months
    year, month = month_count // 12, month_count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def whole_years(birth: date | None, day: date) -> int | None:
    """Age in whole years; someone born on 29 February turns on 1 March in other years."""
    if birth is None:
        return None
    birthday_to_come = (day.month, day.day) < (birth.month, birth.day)
    return day.year - birth.year - (1 if birthday_to_come else 0)


def within(start: date, day: date | None, end: date) -> bool:
    """A date that is known, and lies from the start to the end, both included."""
    return day is not None and start <= day <= end


def by_day(ended: date | None, day: date) -> bool:
    """Something that has happened, and had by the close of the day."""
    return ended is not None and ended <= day


def begun_by(records: Records, table: str, column: str, day: date) -> Records:
    """The records without the rows of a table that start after the day: nothing that starts after it exists on it."""
    return records | {table: [row for row in rows_of(records, table) if row[column] <= day]}
