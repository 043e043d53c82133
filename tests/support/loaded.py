"""A folder of extracts in any form, loaded and counted, for comparing one with another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from data.formats.reading import read_extracts
from data.settings import Settings
from metrics.engine.policies import policies_and_problems
from tests.support.few_rows import connection_for_few_rows
from tests.support.product import count_rules


class Loaded:
    """The extracts of a folder as at the first of the dates, with the spine and the lists of every date."""

    def __init__(self, folder: Path, settings: Settings, dates: Sequence[date]) -> None:
        self.folder = folder
        self.con = connection_for_few_rows()
        self.report = read_extracts(self.con, folder, settings, dates[0])
        self.policies = policies_and_problems(settings).policies
        self.absences = count_rules(self.con, dates, settings)

    def set(self, query: str, **asked) -> set:
        """The rows of a query; a row of one column is its value."""
        rows = self.con.execute(query, asked or None).fetchall()
        return {row[0] if len(row) == 1 else row for row in rows}
