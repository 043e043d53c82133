"""The pre-proceedings and proceedings tracker: every child on the way to court, in care or not."""

from __future__ import annotations

from metrics.answers.service.proceedings import BEFORE, IN_COURT
from ui.components.section_headings import section
from ui.components.tables import Column, named
from ui.context.page_context import PageContext
from ui.service.answers import answer
from ui.service.lists import alerts, heading_line, is_supplied, tracking_list
from words.dates import british

PLANNING = named("planning_meeting_date", "family_meeting_date", "options_open", "viability_done", "plan", "placement")
BEFORE_COURT = (
    Column("in_care", of="detail"),
    Column("proceedings_decision", of="since"),
    *named("weeks", "family_id", "legal_planning_date", "initial_meeting_date", "legal_gateway_outcome"),
    *PLANNING,
)
COURT = (
    Column("in_care", of="detail"),
    *named("issued_date", "weeks", "first_hearing_date", "final_evidence_due_date", "final_hearing_date", "legal_status"),
    *PLANNING,
)
PLANNING_IN_TIME = ("planning_meeting_before_final_hearing", "planning_meeting_in_proceedings")


def show_before(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The children in pre-proceedings."""
    _show(context, chosen, BEFORE, "pre-proceedings", BEFORE_COURT)


def show_court(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The children in care proceedings, and the planning that has to keep pace with the court."""
    _show(context, chosen, IN_COURT, "proceedings", COURT)
    if watched := [rule for rule in context.policy.rules if rule.measure.id in PLANNING_IN_TIME]:
        section("Planning in time for the court")
        alerts(context, watched, chosen)


def _show(context: PageContext, chosen: dict[str, str | None], measure: str, question: str, more) -> None:
    rule = context.policy.rule_over(measure)
    section(f"{rule.title}, {british(context.as_at)}")
    if not is_supplied(context, rule):
        return
    frame = answer(context, question, context.within(**chosen))
    heading_line(context, rule, frame)
    tracking_list(
        context,
        chosen,
        frame,
        more,
        usual="Longest first",
        rule=rule,
        title=rule.title,
        key=question,
        empty=f"No child here is in {question}",
    )
