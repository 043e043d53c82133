"""The steps of every journey as a table: made once for the night's own date and kept with the night; for another day on demand.

The table ``journey_step`` has a row for each step that a child has begun in a period of care: route, step, state, days, entered_year
(the calendar year in which the financial year of entry began), child_number, child_id, service, team, worker, entered_care, from_date,
to_date, stopped_date, stopped. It says how things stood at the close of one day, so a night keeps its own date's alone: of earlier
dates nobody asks every day. Beside it ``journeys_kept`` tells the day, and by which definitions it was made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from data.contract.contract import code_sets
from data.parsed_sql import execute
from data.settings import Settings
from metrics.answers.journeys.routes import ROUTES
from metrics.engine.counting import definitions
from metrics.engine.engine import Engine
from metrics.engine.gate import View
from metrics.engine.scope import Scope
from metrics.engine.whole_council import Lasting, Why
from metrics.spine import definition, written

HERE = Path(__file__).parent
TABLE = "journey_step"
FILES = ("periods", "stages_plan", "stages_adoption", "stages_home", "stages_lasting", "steps")
DEFINITIONS = {
    "01_reporting.sql": ("episode",),
    "02_legal_statuses.sql": ("legal_status",),
    "04_placements.sql": ("placement", "interruption", "placement_lived_in"),
    "05_plans.sql": ("plan", "ticked_plan"),
    "06_placement_orders.sql": ("placement_order_run", "recorded_placement_order"),
    "09_teams.sql": ("department", "department_by_name", "recorded_team", "allocated"),
    "11_care_left.sql": ("left_care",),
    "05_homes.sql": ("home_placement",),
}
KEPT = """
create or replace temp table journeys_kept as
select $as_at::date as as_at, $fingerprint as fingerprint
"""


@cache
def _sql() -> str:
    text = "\n".join((HERE / f"{name}.sql").read_text(encoding="utf-8") for name in FILES)
    for file, names in DEFINITIONS.items():
        for name in names:
            text = text.replace(f"{{{name}}}", definition(file, name))
    return f"create or replace temp table {TABLE} as\n{text}"


def _reasons(*groups: str) -> list[str]:
    """The reasons for leaving care that belong to one of the groups."""
    codes = code_sets()["episode_ceased_reason"].codes.values()
    return [code.code for code in codes if set(groups) & set(code.groups)]


@cache
def _parameters() -> dict[str, list]:
    return {
        "routes": [route.id for route in ROUTES],
        "options": [list(route.options) for route in ROUTES],
        "adopted": _reasons("adoption"),
        "to_family": _reasons("special_guardianship", "child_arrangements"),
        "home": sorted(set(_reasons("return_home")) & set(_reasons("permanence"))),
        "permanence": _reasons("permanence"),
    }


def fingerprint(settings: Settings) -> str:
    """A short hash of all that decides a step: a night's stored steps are used only while this is what it was."""
    roles = [settings.allocated_worker_contains, settings.allocated_worker_equals]
    meaning = json.dumps([definitions(), _sql(), _parameters(), roles])
    return hashlib.sha256(meaning.encode()).hexdigest()[:16]


def make_steps(connection: duckdb.DuckDBPyConnection, as_at: date, settings: Settings, keep: bool = False) -> None:
    """Make the steps of every journey as at the close of a day, on a connection that holds the spine of that day.

    Temporary tables of this connection, unless they are to be kept in the night's own database.
    """
    execute(connection, written(_sql(), keep), {"as_at": as_at, **_parameters()})
    connection.execute(written(KEPT, keep), {"as_at": as_at, "fingerprint": fingerprint(settings)})


def _kept(engine: Engine, day: date) -> bool:
    """Whether the night keeps the day's steps, by the definitions in use now: one published before they were kept does not."""
    if day != engine.as_at:
        return False
    with engine.view(Scope.nobody(), (day,), ()) as view:
        if not view.has("journeys_kept"):
            return False
        marked = view.execute("select as_at, fingerprint from journeys_kept").fetchone()
    return marked == (day, fingerprint(engine.settings))


@contextmanager
def steps_on(engine: Engine, day: date, scope: Scope) -> Iterator[View]:
    """The night with the day's steps in ``journey_step``. Raises QuestionError for a day after the night."""

    def make(cursor: duckdb.DuckDBPyConnection) -> None:
        make_steps(cursor, day, engine.settings, keep=True)

    with engine.view(scope, (day,), (), table=None if _kept(engine, day) else Lasting(TABLE, Why.JOURNEYS, make)) as view:
        yield view
