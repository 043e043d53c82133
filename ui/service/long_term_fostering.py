"""The long-term fostering tracking list: waiting for a match, waiting for ratification, and for how long."""

from __future__ import annotations

from metrics.answers.service.long_term_fostering import MATCH, MEASURES, PAPERS, RATIFICATION
from metrics.engine.policy import Rule
from ui.components import kinds, teams
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, show_table
from ui.context import address
from ui.context.page_context import PageContext
from ui.service.answers import answer
from ui.service.lists import alerts, begun, is_supplied, tracking_list, wording
from words.columns import heading
from words.numbers import children

ALL = "all"
SHOWN = {ALL: "All", MATCH: heading(MATCH), RATIFICATION: heading(RATIFICATION)}


def show(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The whole page for a county, service or team."""
    rule, ratified = (context.policy.rule_over(measure) for measure in MEASURES)
    if not begun(context, chosen, rule) or not is_supplied(context, ratified):
        return
    scope = context.within(**chosen)
    trend, every = answer(context, "fostering trend", scope), answer(context, "fostering children", scope)
    latest, age = trend.iloc[-1], ratified.parameters["ratified_by_review_age"]
    write(
        element(
            "p",
            element("strong", children(int(latest["children"]))),
            " on the tracking list: ",
            element("strong", f"{latest[MATCH]:,} waiting for a match"),
            ", ",
            element("strong", f"{latest[RATIFICATION]:,} aged {age} or over waiting for ratification by review"),
            ".",
        ),
        wording(context, rule),
        wording(context, ratified),
    )
    _children(context, chosen, every, rule)
    section("Papers of the search")
    alerts(context, [one for one in context.policy.rules if one.measure.id in PAPERS], chosen)
    section("Thirteen months, as now known")
    columns = (
        Column("as_at"),
        *named(MATCH, RATIFICATION),
        Column("on_list", of="children"),
    )
    name = f"long-term fostering trend {teams.name_of(context, chosen)}"
    show_table(trend, columns, "The tracking list by month end, as now known", "fostering trend", name=name, one="month")


def _children(context: PageContext, chosen: dict[str, str | None], every, rule: Rule) -> None:
    section("Children")
    shown = address.switch("Show", list(SHOWN), "show", lambda name: SHOWN[name])
    frame = every if shown == ALL else kinds.narrow(every, every["waits_for"] == shown)
    more = (
        Column("waits_for"),
        Column("days_waiting", of="days_over"),
        Column("waiting_since", of="since"),
        *named(
            "clock",
            "detail",
            "family_finding_date",
            "match_date",
            "placement",
            "placement_start",
            "provider",
            "plan",
            "legal_status",
            "last_review_date",
        ),
    )
    empty = "No child here is on this part of the list"
    tracking_list(
        context,
        chosen,
        frame,
        more,
        usual="Longest wait first",
        rule=rule,
        title=SHOWN[shown],
        key="long-term fostering",
        part=shown,
        empty=empty,
    )
