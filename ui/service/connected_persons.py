"""Connected persons: open options by stage, each month's activity, and every open option with its dates."""

from __future__ import annotations

import pandas

from metrics.answers.service.connected_persons import ACTIVITIES, MEASURE, STAGES
from metrics.engine.policy import Rule
from ui.components import kinds
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, show_table
from ui.context import address
from ui.context.page_context import PageContext
from ui.service.answers import answer
from ui.service.lists import begun, list_link, tracking_list, wording
from words.numbers import children

ALL = "all"


def show(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The whole page for a county, service or team."""
    rule = context.policy.rule_over(MEASURE)
    if not begun(context, chosen, rule):
        return
    scope = context.within(**chosen)
    stages = answer(context, "connected stages", scope)
    latest = stages.iloc[-1]
    split = ", ".join(f"{stage} {latest[stage]:,}" for stage in STAGES)
    open_now = children(int(latest["children"]))
    link = element("a", open_now, href=list_link(context, rule, **chosen)) if latest["children"] else open_now
    words = f" with a connected person's option open, by the furthest stage reached: {split}."
    write(element("p", element("strong", link), words), wording(context, rule))
    _options(context, chosen, answer(context, "connected options", scope), rule)
    section("Activity month by month")
    activity = answer(context, "connected activity", scope)
    columns = [Column("month_to", of="as_at"), *(Column(name.replace(" ", "_"), of=name) for name in ACTIVITIES)]
    explained = (
        "The number of options in each month: a child may have more than one. "
        "A child who has left care is counted under their last team."
    )
    name, note = "connected persons activity", element("p", explained, class_="quiet")
    show_table(activity, columns, "Activity by month", "connected activity", name=name, after=[note], one="month")
    section("Open by stage at each month end, as now known")
    columns = [
        Column("as_at"),
        *named(*STAGES),
        Column("children"),
    ]
    words = "Each child is counted once, at the furthest stage reached."
    name, note = "connected persons stages", element("p", words, class_="quiet")
    show_table(stages, columns, "Open by stage", "connected stages", name=name, after=[note], one="month")


def _outcomes(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Which option is the primary one, in a word."""
    primary = frame["is_primary"].map({True: "primary", False: "contingency"}, na_action="ignore")
    return frame.assign(primary=primary.astype(object))


def _options(context: PageContext, chosen: dict[str, str | None], every: pandas.DataFrame, rule: Rule) -> None:
    section("Open options")
    shown = address.switch("Stage", [ALL, *STAGES], "stage", str.capitalize)
    frame = _outcomes(every if shown == ALL else kinds.narrow(every, every["stage"] == shown))
    more = (
        Column("child_stage", of="stage"),
        Column("detail"),
        Column("option"),
        Column("carer", of="carer_label"),
        Column("primary_or_contingency", of="primary"),
        *named(
            "days_open",
            "referral_date",
            "viability_date",
            "viability_outcome",
            "assessment_start_date",
            "assessment_end_date",
            "assessment_outcome",
            "panel_date",
            "court_application_date",
            "legal_status",
            "placement",
        ),
    )
    empty = "No option here is open at this stage"
    tracking_list(
        context,
        chosen,
        frame,
        more,
        usual="Longest open first",
        rule=rule,
        title="Open options",
        key="connected persons",
        part=shown,
        empty=empty,
        rows=("option", None),
        narrowed_by=("stage",),
    )
