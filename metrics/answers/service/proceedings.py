"""The pre-proceedings and proceedings tracker: every child on the way to court, in care or not."""

from __future__ import annotations

from datetime import date

import pandas

from metrics.answers.service.connected_persons import MEASURE as CONNECTED
from metrics.answers.service.lists import children_with
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope

BEFORE, IN_COURT = "in_pre_proceedings", "in_proceedings"


def court(engine: Engine, policy_id: str, measure: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """The children in pre-proceedings (``BEFORE``) or proceedings (``IN_COURT``), the longest first.

    The columns of ``Engine.children`` (placement says *not in care*), and: weeks (whole ones, since the decision or the issue),
    family_id, initial_meeting_date, legal_gateway_outcome; issued_date, first_hearing_date, and final_evidence_due_date and
    final_hearing_date as the court has set them; legal_planning_date, family_meeting_date (family group conference or network
    meeting) and planning_meeting_date (the last held); options_open and viability_done (connected persons' options, and those
    with a viability assessment). Restricted records have none of these.
    """
    types = engine.rule_over(policy_id, CONNECTED).parameters["option_types"]
    frame = children_with(engine, policy_id, "proceedings", (measure,), scope, as_at, option_types=types)
    return frame.astype(dict.fromkeys(("weeks", "options_open", "viability_done"), "Int64"))
