"""Facts about the children that a panel discussed, from tonight's extracts: age, service, and when permanence was reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas

from metrics.engine.engine import Engine
from metrics.engine.whole_council import Why

SQL = Path(__file__).with_suffix(".sql")


def panel_facts(engine: Engine, decisions: Mapping[str, date]) -> pandas.DataFrame:
    """What is known tonight of children, each with the day of the panel's decision.

    Columns: child_id, decision_date, birth_date, service (of a child in care tonight), in_care, permanence_date and route (the
    first step to permanence on or after the decision: adopted, special guardianship, child arrangements, returned home as
    planned, matched or placed for adoption, long-term match ratified), left_date (when the child left care and is not back).
    Every child is named, restricted ones too: for counts only.
    """
    parameters = {"child_ids": list(decisions), "decision_dates": list(decisions.values()), "as_at": engine.as_at}
    with engine.whole_council(Why.PANEL_FACTS, (engine.as_at,), ()) as cursor:
        return cursor.execute(SQL.read_text(encoding="utf-8"), parameters).df()
