"""The pre-proceedings and proceedings tracker: every child on the way to court, in care or not."""

from __future__ import annotations

from metrics.answers.service.proceedings import BEFORE, IN_COURT
from ui.components.section_headings import section
from ui.components.tables import Column
from ui.context.page_context import PageContext
from ui.service.answers import answer
from ui.service.lists import heading_line, is_supplied, tracking_list
from ui.words import british

PLANNING = (
    Column("planning_meeting_date", "Last planning meeting", "day"),
    Column("family_meeting_date", "Family meeting", "day"),
    Column("options_open", "Family carers explored", "number"),
    Column("viability_done", "With viability assessed", "number"),
    Column("plan", "Plan", "some"),
    Column("placement", "Placement", "some"),
)
BEFORE_COURT = (
    Column("detail", "In care", "some"),
    Column("since", "Decision", "day"),
    Column("weeks", "Weeks", "number"),
    Column("family_id", "Family", "code"),
    Column("legal_planning_date", "Legal planning meeting", "day"),
    Column("initial_meeting_date", "First meeting", "day"),
    Column("legal_gateway_outcome", "Legal gateway", "some"),
    *PLANNING,
)
COURT = (
    Column("detail", "In care", "some"),
    Column("issued_date", "Issued", "day"),
    Column("weeks", "Weeks", "number"),
    Column("first_hearing_date", "First hearing", "day"),
    Column("final_evidence_due_date", "Final evidence due", "day"),
    Column("final_hearing_date", "Final hearing", "day"),
    Column("legal_status", "Legal status", "code"),
    *PLANNING,
)
ORDERS = {
    "Longest first": ([], []),
    "Age, youngest first": (["age", "days_over"], [True, False]),
    "Family": (["family_id", "days_over"], [True, False]),
    "Team and worker": (["team", "worker", "days_over"], [True, True, False]),
    "Final hearing, soonest first": (["final_hearing_date", "days_over"], [True, False]),
}


def show_before(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The children in pre-proceedings."""
    orders = {name: order for name, order in ORDERS.items() if "hearing" not in name}
    _show(context, chosen, BEFORE, "pre-proceedings", BEFORE_COURT, orders)


def show_court(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The children in care proceedings."""
    orders = {name: order for name, order in ORDERS.items() if name != "Family"}
    _show(context, chosen, IN_COURT, "proceedings", COURT, orders)


def _show(context: PageContext, chosen: dict[str, str | None], measure: str, question: str, more, orders) -> None:
    rule = context.policy.rule_over(measure)
    section(f"{rule.title}, {british(context.as_at)}")
    if not is_supplied(context, rule):
        return
    frame = answer(context, question, context.within(**chosen))
    heading_line(context, rule, frame)
    tracking_list(context, chosen, frame, more, orders, title=rule.title, key=question, empty=f"No child here is in {question}")
