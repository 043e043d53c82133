"""What changed for some children since a day: a new placement, another plan, a review held."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas

from data.contract.contract import in_words
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope

SQL = Path(__file__).with_suffix(".sql")


def changes(engine: Engine, scope: Scope, since: date, as_at: date | None = None) -> pandas.DataFrame:
    """What the records of the scope's children in care date after ``since`` and up to the day, newest first, a row a change.

    Columns: child_id, legacy_id, name, team, worker, change_date, what (New placement, New plan, Review held), says (the placement or
    the plan). A plan entered again with the same options is no new plan. Restricted records are left out: a child's changes are told
    to those who may see the child. Raises QuestionError for a date after the night, or before the records.
    """
    day = as_at or engine.as_at
    with engine.view(scope, (day,), ()) as view:
        frame = view.execute(SQL.read_text(encoding="utf-8"), {"since": since, "as_at": day}).df()
    placement = frame["placement"].map(lambda code: in_words("placement_type", code), na_action="ignore")
    return frame.assign(says=frame["says"].fillna(placement).fillna("")).drop(columns="placement")
