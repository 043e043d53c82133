"""The adoption tracker: before and after the agency decision, days between stages, the longest journeys, and adopters by stage."""

from __future__ import annotations

import streamlit

from metrics.answers.service.adopters import TABLE
from metrics.answers.service.adoption import ADOPTED, AFTER, BEFORE, STAGES, STEPS
from ui.components import downloads, teams
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import Column, paged, sorted_by, table
from ui.context import address
from ui.context.page_context import PageContext
from ui.service.answers import answer
from ui.service.lists import child_columns, details, heading_line, is_supplied, list_link
from ui.words import british, children, counted, titles

LONGEST = 10
SHOWN = {"adoption": "Adoption considered or planned", "legal": "Legal planning meeting only", "all": "All"}
LEGAL = "legal planning meeting held"
BEFORE_ORDERS = {
    "Longest first": ([], []),
    "Entered care, longest ago first": (["entered_care"], [True]),
    "Meeting booked, soonest first": (["booked_date"], [True]),
    "Age, youngest first": (["age"], [True]),
    "Team and worker": (["team", "worker"], [True, True]),
}
AFTER_ORDERS = {
    "Decision, longest ago first": ([], []),
    "Longest in the stage": (["days_in_stage"], [False]),
    "Longest journey": (["days_so_far"], [False]),
    "Age, youngest first": (["age"], [True]),
    "Team and worker": (["team", "worker"], [True, True]),
}


def show_before(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The pre-ADM tracker."""
    rule = context.policy.rule_over(BEFORE)
    section(rule.title)
    if not is_supplied(context, rule):
        return
    every = answer(context, "before decision", context.within(**chosen))
    heading_line(context, rule, every)
    shown = address.switch("Show", list(SHOWN), "show", lambda name: SHOWN[name])
    legal = every["detail"].eq(LEGAL).fillna(False).astype(bool)
    frame = {"adoption": every[~legal], "legal": every[legal], "all": every}[shown]
    if not frame.empty:
        frame = sorted_by(frame, BEFORE_ORDERS, "before decision")
    more = (
        Column("detail", "On the tracker for", "some"),
        Column("since", "Since", "day"),
        Column("clock", "Clock", "short"),
        Column("days_over", "Days", "number"),
        Column("entered_care", "Entered care", "day"),
        Column("legal_planning_date", "Legal planning meeting", "day"),
        Column("planning_meeting_date", "Last planning meeting", "day"),
        Column("booked_date", "Planning meeting booked", "day"),
        Column("review_due_date", "Next review due", "day"),
        Column("plan", "Plan", "some"),
        Column("legal_status", "Legal status", "code"),
        Column("placement", "Placement", "some"),
    )
    name = teams.name_of(chosen)
    file_name = f"before agency decision {name} {context.as_at.isoformat()}".lower()
    empty = f"No child here before an agency decision on {british(context.as_at)}."
    caption = f"Before the agency decision, {name}"
    paged(
        frame, child_columns(context, chosen, more), caption, "before decision", file_name, empty, "child", "children", tall=True
    )


def show_after(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The children with an agency decision, by stage, with the day of each stage; and those just adopted."""
    rule = context.policy.rule_over(AFTER)
    section(rule.title)
    if not is_supplied(context, rule):
        return
    every = answer(context, "journeys", context.within(**chosen))
    ended = context.policy.rule_over(ADOPTED)
    adopted = every[every["rule"] == ended.id]
    frame = every[every["rule"] == rule.id]
    heading_line(context, rule, frame)
    link = element("a", children(len(adopted)), href=list_link(context, ended, **chosen)) if len(adopted) else children(0)
    write(element("p", f"{ended.title}: ", link, "."))
    if not frame.empty:
        frame = sorted_by(frame, AFTER_ORDERS, "after decision")
    name = teams.name_of(chosen)
    file_name = f"after agency decision {name} {context.as_at.isoformat()}".lower()
    empty = f"No child here after an agency decision on {british(context.as_at)}."
    caption = f"After the agency decision, {name}"
    columns = child_columns(context, chosen, _journey_columns("Stage"))
    paged(frame, columns, caption, "after decision", file_name, empty, "child", "children", tall=True)


def _journey_columns(of_stage: str) -> list[Column]:
    stages = (Column(name, title, "day") for name, title in STAGES.items() if name != "order_date")
    return [
        Column("detail", of_stage, "some"),
        Column("days_in_stage", "Days in the stage", "days"),
        Column("days_so_far", "Days since entry", "days"),
        *stages,
        Column("legal_status", "Legal status", "code"),
        Column("placement", "Placement", "some"),
    ]


def show_days(context: PageContext, chosen: dict[str, str | None]) -> None:
    """How long each step takes, and the journeys that have taken longest."""
    section("Days between the stages")
    if absence := context.engine.absence(context.policy.rule_over(AFTER), context.as_at):
        write(element("p", f"{absence.word.capitalize()}: see above.", class_="empty"))
        return
    scope = context.within(**chosen)
    medians = answer(context, "medians", scope)
    columns = (
        Column("step", "From and to", "wide"),
        Column("children", "Children", "number"),
        Column("median_days", "Median days", "days"),
        Column("longest_days", "Longest", "days"),
    )
    months = "Over the children with an agency decision and those adopted in the last six months who have reached both stages."
    write(table(medians, columns, "Days between the stages"), element("p", months, class_="quiet"))
    downloads.offer(medians, f"days between stages {context.as_at.isoformat()}", "medians")
    section("The longest journeys")
    every = answer(context, "journeys", scope)
    longest = every[every["days_so_far"].notna()].sort_values("days_so_far", ascending=False, kind="stable").head(LONGEST)
    steps = [Column(step.name, f"{STAGES[step.start]} to {STAGES[step.end].lower()}", "days") for step in STEPS[:5]]
    more = (
        Column("detail", "Stage", "some"),
        Column("days_so_far", "Days since entry", "days"),
        Column("days_in_stage", "Days in the stage", "days"),
        *steps,
    )
    caption = f"The longest journeys, {teams.name_of(chosen)}"
    file_name = f"longest journeys {context.as_at.isoformat()}"
    empty = "No journey here is under way."
    paged(longest, child_columns(context, chosen, more), caption, "longest journeys", file_name, empty, "journey")


def show_adopters(context: PageContext) -> None:
    """Prospective adopters of the whole county: they have no team."""
    section("Prospective adopters")
    if not context.engine.supplied[TABLE]:
        write(element("p", f"Not supplied. It needs the extract {titles((TABLE,))}.", class_="empty"))
        return
    stages, frame = answer(context, "adopters by stage"), answer(context, "adopters")
    columns = (
        Column("stage", "Stage", "some"),
        Column("adopters", "Adopters", "number"),
        Column("early_permanence", "For early permanence", "number"),
        Column("median_days", "Median days in it", "days"),
        Column("longest_days", "Longest", "days"),
    )
    write(table(stages, columns, "Prospective adopters by stage"))
    words = f"{counted(len(frame), 'prospective adopter')} of the whole county, whatever service or team is chosen"
    with streamlit.expander("Every prospective adopter"):
        write(element("p", f"{words}. Of these: {details(frame, 'stage')}." if len(frame) else "None.", class_="quiet"))
        every = (
            Column("adopter_id", "Adopters", "code"),
            Column("stage", "Stage", "some"),
            Column("since", "Since", "day"),
            Column("days", "Days", "number"),
            Column("waits_for", "Waits for", "some"),
            Column("early", "Early permanence", "some"),
        )
        frame = frame.assign(early=frame["early_permanence"].map({True: "yes", False: ""}))
        file_name = f"prospective adopters {context.as_at.isoformat()}"
        empty = "No prospective adopter has begun stage 1."
        paged(frame, every, "Prospective adopters", "adopters", file_name, empty, "prospective adopter", tall=True)
