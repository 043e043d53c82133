"""The engine over a handful of records in memory, with the standing dates that a test wishes: the same SQL, without a store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from data.contract.contract import tables
from data.settings import Settings
from metrics.engine.computed import ComputedDays, Database, Days
from metrics.engine.counting import list_children, questions_of, supplied_tables
from metrics.engine.counts import KeptCounts
from metrics.engine.engine import Engine
from metrics.engine.kept_views import KeptViews
from metrics.spine import KEPT, build_spine
from tests.support.builder import Records
from tests.support.product import policies_with, product_connection


class RecordsEngine(Engine):
    """An engine whose night keeps the lists of ``kept`` dates; the last of them, or ``as_at``, is the night's own.

    ``rules``: those of the policies that the night has, or all."""

    def __init__(
        self,
        records: Records,
        kept: Iterable[date],
        settings: Settings | None = None,
        as_at: date | None = None,
        rules: Iterable[str] | None = None,
    ) -> None:
        days = tuple(sorted(set(kept)))
        self.settings = settings or Settings()
        self.policies = policies_with(self.settings, rules)
        # DuckDB calls a database in memory so.
        self.night = SimpleNamespace(as_at=as_at or days[-1], database=Path("memory"), name="in memory")
        self._connection = product_connection(records, [table for table in tables() if table not in records])
        self.reporting_dates = days
        self._compute()

    def _compute(self) -> None:
        """The spine and the lists of the standing dates, from the records that the connection holds."""
        rules = [rule for policy in self.policies.values() for rule in policy.rules]
        build_spine(self._connection, self.reporting_dates, self.settings, keep=KEPT, questions=questions_of(rules))
        kept = list_children(self._connection, self.policies.values(), self.reporting_dates, self.settings, keep=True)
        self.supplied = supplied_tables(self._connection.cursor())
        self._computed = ComputedDays(self._beside)
        self._spine_is_kept, self._kept_rules, self.problems = True, kept, ()
        self._hiding, self._only_invented = None, True
        self._views, self._counts, self._hidden = KeptViews(), KeptCounts(), {}

    def _beside(self, days: Days) -> Database:
        """A schema of these days beside the records, which are in memory already."""
        schema = f"days_{days[0]:%Y%m%d}_{days[-1]:%Y%m%d}_{len(days)}_{abs(hash(days))}"
        self._connection.execute(f"create schema if not exists {schema}")
        return Database(self._connection, (f"memory.{schema}", "memory.main"))
