"""The adoption tracker: before and after the agency decision, days between stages, the longest journeys, and adopters by stage."""

from __future__ import annotations

import streamlit

from data.contract.contract import titles
from metrics.answers.service.adopters import TABLE
from metrics.answers.service.adoption import ADOPTED, AFTER, BEFORE, STAGES, STEPS
from ui.components import downloads, kinds, teams
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.split import split_words
from ui.components.tables import Column, named, paged, show_table
from ui.context import address
from ui.context.page_context import PageContext
from ui.service.answers import answer
from ui.service.lists import child_columns, heading_line, is_supplied, list_link
from words.dates import british
from words.numbers import children, counted

LONGEST = 10
SHOWN = {"adoption": "Adoption considered or planned", "legal": "Legal planning meeting only", "all": "All"}
LEGAL = "legal planning meeting held"


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
    frame = every if shown == "all" else kinds.narrow(every, legal if shown == "legal" else ~legal)
    more = (
        Column("tracked_for", of="detail"),
        *named("since", "clock"),
        Column("days_on_tracker", of="days_over"),
        *named("entered_care", "legal_planning_date", "planning_meeting_date"),
        Column("planning_meeting_booked", of="booked_date"),
        *named("review_due_date", "plan", "legal_status", "placement"),
    )
    name = teams.name_of(context, chosen)
    file_name = f"before agency decision {name}"
    empty = f"No child here before an agency decision on {british(context.as_at)}."
    caption = f"Before the agency decision, {name}"
    paged(
        frame,
        child_columns(context, chosen, more),
        caption,
        "before decision",
        file_name,
        empty,
        "child",
        "children",
        usual="Longest first",
        definition=downloads.defined(context, rule),
        narrowed_by=("show",),
    )


def show_after(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The children with an agency decision, by stage, with the day of each stage; and those who left care to permanence."""
    rule = context.policy.rule_over(AFTER)
    section(rule.title)
    if not is_supplied(context, rule):
        return
    every = answer(context, "journeys", context.within(**chosen))
    ended = context.policy.rule_over(ADOPTED)
    left = every[every["rule"] == ended.id]
    frame = every[every["rule"] == rule.id]
    heading_line(context, rule, frame)
    link = element("a", children(len(left)), href=list_link(context, ended, **chosen)) if len(left) else children(0)
    write(element("p", f"{ended.title}: ", link, f" ({split_words(left['detail'])})." if len(left) else "."))
    name = teams.name_of(context, chosen)
    file_name = f"after agency decision {name}"
    empty = f"No child here after an agency decision on {british(context.as_at)}."
    caption = f"After the agency decision, {name}"
    columns = child_columns(context, chosen, _journey_columns())
    paged(
        frame,
        columns,
        caption,
        "after decision",
        file_name,
        empty,
        "child",
        "children",
        usual="Decision, longest ago first",
        definition=downloads.defined(context, rule),
    )


def _journey_columns() -> list[Column]:
    stages = (name for name in STAGES if name != "order_date")
    return [
        Column("stage", of="detail"),
        *named("days_in_stage", "days_so_far", *stages, "adopter_id", "legal_status", "placement"),
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
        Column("from_and_to", of="step"),
        *named("children", "median_days", "longest_days"),
    )
    months = "For children with an agency decision, and those adopted in the last 12 months, who have reached both stages."
    note = element("p", months, class_="quiet")
    show_table(medians, columns, "Days between the stages", "medians", after=[note], taken=medians, one="step")
    section("The longest journeys")
    every = answer(context, "journeys", scope)
    longest = every[every["days_so_far"].notna()].sort_values("days_so_far", ascending=False, kind="stable").head(LONGEST)
    steps = named(*(step.name for step in STEPS[:5]))
    more = (
        Column("stage", of="detail"),
        *named("days_so_far", "days_in_stage"),
        *steps,
    )
    caption = f"The longest journeys, {teams.name_of(context, chosen)}"
    file_name = "longest journeys"
    empty = "No child here is on this journey."
    paged(
        longest,
        child_columns(context, chosen, more),
        caption,
        "longest journeys",
        file_name,
        empty,
        "journey",
        usual="Longest first",
    )


def show_adopters(context: PageContext) -> None:
    """Prospective adopters of the whole county: they have no team."""
    section("Prospective adopters")
    if not context.engine.supplied[TABLE]:
        write(element("p", f"Not supplied. It needs the extract {titles((TABLE,))}.", class_="empty"))
        return
    stages, frame = answer(context, "adopters by stage"), answer(context, "adopters")
    columns = named("stage", "adopters", "early_permanence", "median_days", "longest_days")
    show_table(stages, columns, "Prospective adopters by stage", "adopter stages", one="stage")
    words = (
        f"{counted(len(frame), 'prospective adopter')} across the whole {context.area.name}, whichever service or team is chosen"
    )
    with streamlit.expander("Every prospective adopter"):
        write(element("p", f"{words}. Of these: {split_words(frame['stage'])}." if len(frame) else "None.", class_="quiet"))
        every = (
            *named("adopter_id", "stage", "since", "days", "waits_for"),
            Column("is_early", of="early"),
        )
        frame = frame.assign(early=frame["early_permanence"].map({True: "yes", False: ""}))
        file_name = "prospective adopters"
        empty = "No prospective adopter has started stage 1."
        paged(frame, every, "Prospective adopters", "adopters", file_name, empty, "prospective adopter")
