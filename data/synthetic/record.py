"""What the case system holds about one person: rows, when each was recorded, and what was filled in later.

Every recorded fact has two days: the day it happened (in the row's own columns) and the day it was recorded (kept here, never
written). A night shows only what had been recorded by then, so late recording shows by itself when two nights are compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from data.contract.contract import tables

from .careers import KEPT_YEARS
from .chance import BRITISH, ISO, TIMED, YEAR

# Files whose dates are British, or carry a time of day: the contract says that the loader must live with both.
DATE_FORMS = {"ssd_cla_visits": BRITISH, "local_meetings": BRITISH, "ssd_legal_status": TIMED}
COLUMNS = {name: {column: place for place, column in enumerate(table.column_names)} for name, table in tables().items()}
PERIODS = {
    name: (COLUMNS[name][table.period[0]], COLUMNS[name][table.period[1]]) for name, table in tables().items() if table.period
}
KEPT_DAYS = int(KEPT_YEARS * YEAR)


def day_text(table: str, day: int | None) -> str:
    """A day as that table's file writes it."""
    return DATE_FORMS.get(table, ISO)[day]


@dataclass(slots=True)
class Row:
    """One row of a file.

    ``changes``: (day recorded, column's place, text) in order of day. ``removed``: the day from which the row is no
    longer in the extract, 0 for never.
    """

    table: str
    recorded: int
    values: list[str]
    changes: list[tuple[int, int, str]] = field(default_factory=list)
    removed: int = 0

    def set(self, column: str, text: str) -> None:
        """Overwrite a column permanently, whatever was to be filled in later."""
        place = COLUMNS[self.table][column]
        self.values[place] = text
        self.changes = [change for change in self.changes if change[1] != place]

    def get(self, column: str) -> str:
        """The column's final text."""
        place = COLUMNS[self.table][column]
        texts = [text for _, where, text in self.changes if where == place]
        return texts[-1] if texts else self.values[place]

    def copy(self) -> Row:
        return Row(self.table, self.recorded, list(self.values), list(self.changes), self.removed)


class Record:
    """All rows of one person. ``person`` and ``legacy`` are the two identifiers; ``as_at`` the last night's day; ``family`` is shared by
    brothers and sisters."""

    def __init__(self, number: int, person: str, legacy: str, as_at: int) -> None:
        self.number = number
        self.person = person
        self.legacy = legacy
        self.as_at = as_at
        self.oldest = as_at - KEPT_DAYS
        self.family = f"F{number:06d}"
        self.siblings = 0  # brothers and sisters in care at the same time
        self.together = 0  # those of them who live with the child
        self.rows: list[Row] = []
        self._counter = 0

    def identifier(self) -> str:
        """The next row identifier of this person: unique in the county, with leading zeros for the first children."""
        self._counter += 1
        return f"{self.number:06d}{self._counter:03d}"

    def add(self, table: str, recorded: int, values: list[str], changes: list[tuple[int, int, str]] | None = None) -> Row | None:
        """Add a row; one that no night can show is left out."""
        if recorded > self.as_at:
            return None
        if changes:
            changes.sort(key=_day_recorded)
        row = Row(table, recorded, values, changes or [])
        self.rows.append(row)
        return row

    def spell(
        self,
        table: str,
        values: list[str],
        start: int,
        end: int,
        recorded: int,
        ended_recorded: int,
        ceased: tuple[tuple[int, str], ...] = (),
    ) -> Row | None:
        """Add a row that lasts from start to end (0: open). ``ceased``: other columns that are filled when the end is.

        A spell that ended more than six years before the last night is left out, as the SSD leaves it out.
        """
        if start > self.as_at or (end and end < self.oldest):
            return None
        start_place, end_place = PERIODS[table]
        values[start_place] = day_text(table, start)
        changes = []
        if end and end <= self.as_at:
            on = max(ended_recorded, recorded)
            changes = [(on, end_place, day_text(table, end)), *((on, place, text) for place, text in ceased)]
        return self.add(table, recorded, values, changes)

    def stages(self, table: str, values: list[str], stages: list[tuple[str, int, str, int]]) -> Row | None:
        """Add a row whose columns are filled as things happen. A stage is (column, day or 0, text, days until recorded)."""
        places = COLUMNS[table]
        known = sorted(
            (day + lag, place, text) for column, day, text, lag in stages if 0 < day <= self.as_at for place in (places[column],)
        )
        if not known:
            return None
        recorded = known[0][0]
        for day, place, text in known:
            if day == recorded:
                values[place] = text
        return self.add(table, recorded, values, [change for change in known if change[0] > recorded])


def _day_recorded(change: tuple[int, int, str]) -> int:
    return change[0]
