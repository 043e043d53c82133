"""The meetings that the practice guidance asks for: overdue, due in 4 weeks, booked, with the reason for the due date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas

from metrics.engine.engine import Engine
from metrics.engine.plain import codes_in_words
from metrics.engine.policy import Rule
from metrics.engine.scope import Scope
from metrics.engine.whole_council import Whole, Why

PAGE = "meetings_due"
SOON_DAYS = 28
HERE = Path(__file__).parent
# Every meeting overdue, due or booked, the restricted records' too: of these only the dates are shown.
MEETING = Whole(
    "meeting_due",
    Why.MEETINGS,
    {"meeting": (HERE / "meetings.sql").read_text(encoding="utf-8")},
    keeps=("as_at", "rule", "child_number", "service", "team", "state", "since", "limit_date", "booked_date"),
)
# The measures whose rules end in a meeting, and the meeting that, once booked, will answer them.
MEETINGS = {
    "planning_meeting_by_situation": ("PPM", "FINAL_CARE_PLANNING"),
    "head_of_service_review": ("HOS_REVIEW",),
    "final_care_planning_meeting": ("FINAL_CARE_PLANNING",),
    "final_care_planning_before_decision": ("FINAL_CARE_PLANNING",),
    "unapproved_placement_review": ("HOS_REVIEW", "PPM"),
    "placed_with_parents_ratified": ("PERMANENCE_PANEL",),
    "placed_with_parents_review": ("PERMANENCE_PANEL",),
}
STATES = ("overdue", "soon", "booked")


def rules(engine: Engine, policy_id: str) -> tuple[Rule, ...]:
    """The rules of the policy that end in a meeting, in its order. Raises QuestionError where the policy is not in use."""
    return tuple(rule for rule in engine.policy(policy_id).rules if rule.measure.id in MEETINGS)


def meetings_due(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """Each child with a meeting overdue, due or booked, a row a rule, the longest overdue first.

    Columns: as_at, rule, child_id, legacy_id, name, age (years), service, team, worker, state (the milestone's), since, due_date,
    days_over (negative: still to come), reason (the situation, and what the date is counted from), booked_date (the next
    meeting booked for a day after the reporting date), booked_meeting, chair, plan, legal_status, placement, last_review_date;
    and overdue, soon (due within 28 days), booked: true or false. Restricted records are rows without a name.
    """
    day = as_at or engine.as_at
    sql = (HERE / "meetings_due.sql").read_text(encoding="utf-8")
    asked = rules(engine, policy_id)
    parameters = {
        "policy_id": policy_id,
        "as_at": day,
        "kinds": [{"rule": rule.id, "meeting_type": kind} for rule in asked for kind in MEETINGS[rule.measure.id]],
    }
    with engine.view(scope, (day,), asked) as view:
        view.make(MEETING, parameters)
        frame = codes_in_words(view.execute(sql).df())
    for count in ("age", "days_over"):
        frame[count] = frame[count].astype("Int64")
    frame["overdue"] = frame["state"] == "overdue"
    frame["soon"] = (frame["state"] == "due") & (frame["days_over"] >= -SOON_DAYS).fillna(False).astype(bool)
    frame["booked"] = frame["booked_date"].notna()
    return frame


def counts(frame: pandas.DataFrame, by: str, names: list[str]) -> pandas.DataFrame:
    """How many are overdue, due soon and booked in each group, zero for a group with none.

    ``frame`` is of one rule; ``names`` are the groups to show. Columns: <by>, overdue, overdue_not_booked, soon,
    soon_not_booked, booked.
    """
    not_booked = {f"{state}_not_booked": frame[state] & ~frame["booked"] for state in ("overdue", "soon")}
    marked = frame.assign(**not_booked)
    columns = ["overdue", "overdue_not_booked", "soon", "soon_not_booked", "booked"]
    found = marked.groupby(by)[columns].sum()
    return found.reindex(names, fill_value=0).astype("int64").rename_axis(by).reset_index()
