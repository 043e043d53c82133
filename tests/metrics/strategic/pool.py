"""Children from whom counties are drawn: who is counted in which figure, child by child, so that a county's counts are one sum.

Half of the pool is a made-up county as it is. The other half has the same children with their placements, plans, matches, visits and
legal statuses dealt out anew among them: habits of the made-up county do not hold there, so what holds for every child of the
pool follows from the definitions.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from types import SimpleNamespace

import duckdb
import numpy as np

from data.settings import Settings
from data.store import Night
from metrics.counting import list_children, supplied_tables
from metrics.disclosure.cells import Key
from metrics.engine import Engine
from metrics.policy import policies_in_use
from metrics.scope import Scope
from metrics.spine import build_spine
from metrics.strategic.dimensions import COUNTY, grouped_children
from metrics.strategic.flow import ENTERED, LEFT, moves
from metrics.strategic.series import Series
from metrics.timeliness import timeliness

SETTINGS = Settings(policies=("hertfordshire", "england"), population_under_18=270_000)
# The tables that are dealt out together, with the column that says whose row it is.
DEALT = (
    {"ssd_cla_placement": "clap_person_id"},
    {"ssd_cla_care_plan": "lacp_person_id", "unreadable_plans": "lacp_person_id"},
    {"ssd_legal_status": "lega_person_id", "ssd_permanence": "perm_person_id"},
    {"local_carer_matches": "person_id", "local_permanence_options": "person_id"},
    {"ssd_cla_visits": "clav_person_id"},
    {"ssd_care_leavers": "clea_person_id"},
)
PEOPLE = "select distinct clae_person_id from ssd_cla_episodes order by hash(clae_person_id || $salt)"


class PoolEngine(Engine):
    """The engine over a copy in memory of a night's tables, with the dates that it is given."""

    def __init__(self, night: Night, dates: Iterable[date], settings: Settings = SETTINGS, deal_anew: bool = False) -> None:
        self.settings, self.policies = settings, policies_in_use(settings)
        self.reporting_dates = tuple(sorted(set(dates)))
        self.night = SimpleNamespace(as_at=self.reporting_dates[-1], database=Path("memory"), name="in memory")
        self._connection = duckdb.connect()
        self._connection.execute(f"attach '{night.database}' as kept (read_only)")
        self._connection.execute("copy from database kept to memory")
        self._connection.execute("detach kept")
        for number, tables in enumerate(DEALT if deal_anew else ()):
            self._deal(number, tables)
        build_spine(self._connection, self.reporting_dates, settings, keep=True)
        list_children(self._connection, self.policies.values(), self.reporting_dates, settings, keep=True)
        self.supplied = supplied_tables(self._connection.cursor())
        self._computed, self._lock = OrderedDict(), Lock()
        self._stored_are_current, self._later_restrictions = True, None

    def _deal(self, number: int, tables: dict[str, str]) -> None:
        before, after = (
            [row[0] for row in self._connection.execute(PEOPLE, {"salt": f"{salt}{number}"}).fetchall()] for salt in "ab"
        )
        self._connection.execute(
            "create or replace temp table dealt as select unnest($before::varchar[]) as old, unnest($after::varchar[]) as new",
            {"before": before, "after": after},
        )
        for table, column in tables.items():
            self._connection.execute(f"update {table} set {column} = dealt.new from dealt where dealt.old = {table}.{column}")


@dataclass(frozen=True)
class Pool:
    """``matrix`` has a row a child and a column a key: how often the child is counted in it."""

    keys: tuple[Key, ...]
    matrix: np.ndarray
    answers: tuple[Series, ...]

    def counts(self, times: np.ndarray) -> dict[Key, int]:
        """The counts of the county that has each child so many times."""
        return dict(zip(self.keys, (times @ self.matrix).tolist(), strict=True))


def counted_children(engine: Engine, counted: Series) -> dict[Key, Counter[str]]:
    """{key: {child: times counted}} for every count of the answer, from the lists that the product keeps child by child."""
    found: dict[Key, Counter[str]] = {key: Counter() for key in counted.counts}

    def put(child: str, *keys: Key) -> None:
        for key in keys:
            if key in found:
                found[key][child] += 1

    with engine.cursor((engine.as_at,)) as cursor:
        for day, child, service in cursor.execute("select as_at, child_id, service from spine").fetchall():
            put(child, *(("in_care", f"{day}", group, "all") for group in (COUNTY, service)))
        rows = cursor.execute("select policy, rule, as_at, child_id, service from listed where days_over >= 0").fetchall()
        for policy, rule, day, child, service in rows:
            put(child, *((f"{policy}.{rule}", f"{day}", group, "all") for group in (COUNTY, service)))
            for measure in counted.measures:
                if measure.counted_by == "pair" and rule in (measure.rule, measure.other_rule):
                    put(child, *((f"{policy}.{measure.rule}", f"{day}", group, "of") for group in (COUNTY, service)))
        for policy, rule, day, child, service, state in cursor.execute(
            "select policy, rule, as_at, child_id, service, state from milestone"
        ).fetchall():
            for group in (COUNTY, service):
                if state in ("done in time", "done late", "overdue"):
                    put(child, (f"{policy}.{rule}", f"{day}", group, "due"))
                if state == "done in time":
                    put(child, (f"{policy}.{rule}", f"{day}", group, "in time"))
    day = counted.as_at.isoformat()
    for child, service, dimension, category in grouped_children(engine, counted.as_at):
        put(child, *((dimension, day, group, category) for group in (COUNTY, service)))
    _put_flows(engine, counted, put)
    return found


def _put_flows(engine: Engine, counted: Series, put) -> None:
    spans = {key[1]: key for key in counted.counts if key[0] in (ENTERED, LEFT)}
    known = {column.flow.id: column.flow for column in counted.columns if column.flow}
    for one in moves(engine, counted.as_at):
        for what, day, category in ((ENTERED, one.entered, one.need), (LEFT, one.left, one.reason)):
            for name in spans if day else ():
                if known[name].first_date <= day <= known[name].last_date:
                    put(one.child_id, *((what, name, COUNTY, kind) for kind in ("all", category)))
    for year in {key[1] for key in counted.counts if key[3] == "counted"}:
        for answer in timeliness(engine, "england", Scope(roles=None), date(int(year[:4]) + 1, 3, 31)):
            for row in answer.behind[answer.behind["days"].notna()].itertuples():
                names = ("counted", "in time") if row.in_time else ("counted",)
                put(row.child_id, *((answer.indicator.id, year, COUNTY, name) for name in names))
