"""The engine over a handful of records in memory, with the standing dates that a test wishes: the same SQL, without a store."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from threading import Lock
from types import SimpleNamespace

import metrics
from data.contract import tables
from data.settings import Settings
from metrics.counting import list_children, supplied_tables
from metrics.engine import Engine
from metrics.policies import policies_in_use
from metrics.spine import build_spine
from tests.builder import Records
from tests.product import product_connection

VOCABULARY = Path(metrics.__file__).parent / "vocabulary.sql"


class WorldEngine(Engine):
    """An engine whose night keeps the lists of ``kept`` dates; the last of them, or ``as_at``, is the night's own."""

    def __init__(
        self, records: Records, kept: Iterable[date], settings: Settings | None = None, as_at: date | None = None
    ) -> None:
        days = tuple(sorted(set(kept)))
        self.settings = settings or Settings()
        self.policies = policies_in_use(self.settings)
        # DuckDB calls a database in memory so.
        self.night = SimpleNamespace(as_at=as_at or days[-1], database=Path("memory"), name="in memory")
        self._connection = product_connection(records, [table for table in tables() if table not in records])
        build_spine(self._connection, days, self.settings, keep=True)
        kept = list_children(self._connection, self.policies.values(), days, self.settings, keep=True)
        macros = VOCABULARY.read_text(encoding="utf-8")
        self._connection.execute(macros.replace("create or replace temp macro", "create or replace macro"))
        self.reporting_dates = days
        self.supplied = supplied_tables(self._connection.cursor())
        self._computed = OrderedDict()
        self._lock = Lock()
        self._spine_is_kept, self._kept_rules, self.problems = True, kept, ()
        self._later_restrictions = None
