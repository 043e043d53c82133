"""Of which kind each child in care is, by the groups by which every list can be filtered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas

from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from metrics.spine import definition
from metrics.strategic.dimensions import dimensions

SQL = Path(__file__).with_suffix(".sql")
YES, NO = "Yes", "No"


def categories() -> dict[str, tuple[str, ...]]:
    """Each kind -> its categories, in the order in which they are read."""
    every = dimensions()
    same = {name: every[name][1] for name in ("legal_status", "placement", "plan")}
    return {"age_group": every["age"][1], "sex": every["sex"][1], "unaccompanied": (YES, NO), **same}


def kinds(engine: Engine, scope: Scope, as_at: date) -> pandas.DataFrame:
    """The children in care of the scope whose records may be seen: child_id, the kinds of ``categories``, and worker."""
    unaccompanied = definition("26_guidance.sql", "unaccompanied_on_day")
    sql = SQL.read_text(encoding="utf-8").replace("{unaccompanied_on_day}", unaccompanied)
    with engine.view(scope, (as_at,), ()) as view:
        return view.execute(sql, {"as_at": as_at}).df()
