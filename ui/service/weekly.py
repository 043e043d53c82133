"""The Weekly Tracking Tool: the headline share, teams or workers, thirteen months, and the children without a meeting."""

from __future__ import annotations

import io

import pandas
import streamlit

from access.roles import Right
from metrics.answers.service.weekly import ALERTS, MEASURE, PAGE
from metrics.engine.plain import boxed_rows
from ui.components import charts, downloads, teams
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, paged, show_table
from ui.components.tiles import about_rule
from ui.context import address, cached_answers
from ui.context.page_context import PageContext
from ui.service.answers import answer
from ui.service.lists import alerts, child_columns, is_supplied, list_link, split_line, wording
from words.dates import british, on_axis
from words.few import FEWEST_IN_CARE, is_few, share_words, shares_told
from words.labels import TOO_FEW
from words.numbers import children, has, share

# What the document reports of its own authority, beside which the share can be read.
REPORTED = "Hertfordshire's document reports that 90.3% of children had had a planning meeting."
# The whole council by name, in the files of its figures.
COUNCIL = Column("council", of="county")


def show_headline(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The share of the tracked children with a planning meeting, and how many are without."""
    rule = context.policy.rule_over(MEASURE)
    section(f"{teams.name_of(context, chosen)}: Weekly Tracking Tool on {british(context.as_at)}")
    if not is_supplied(context, rule):
        return
    trend = answer(context, "weekly headline", context.within(**chosen))
    latest, before = trend.iloc[-1], trend.iloc[-2]
    if not latest["population"]:
        write(element("p", "No child here is on the Weekly Tracking Tool.", class_="empty"), wording(context, rule))
        return
    was = "" if is_few(before["population"]) else share(before["with_meeting"], before["population"])
    look = "figure words" if is_few(latest["population"]) else "figure"
    write(
        element(
            "div",
            element("p", share_words(latest["with_meeting"], latest["population"]), class_=look),
            about_rule(context, rule),
            class_="tile alone",
        ),
        element(
            "p",
            element("strong", f"{latest['with_meeting']:,} of {children(latest['population'])}"),
            f" who should have a permanence plan {has(latest['with_meeting'])} had a permanency planning meeting, or a discussion in its "
            "place; ",
            element("strong", f"{latest['without_meeting']:,} {has(latest['without_meeting'])} not"),
            f". On {british(before['as_at'])} it was {was}, as now known." if was else ".",
        ),
        element("p", REPORTED, class_="quiet"),
        wording(context, rule),
    )


def _told(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Weekly tracking with its shares as they are shown: of too few children, that they are."""
    return frame.assign(share=shares_told(frame["share"], frame["population"]))


def show_groups(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The teams of the county or service, or the workers of a team."""
    by = "worker" if chosen["team"] else "team"
    section(f"{by.capitalize()}s")
    frame = _told(answer(context, f"weekly {by}s", context.within(**chosen))).rename(columns={by: "group"})
    if by == "team":
        groups = cached_answers.groups(context).drop_duplicates("team").set_index("team")["service"]
        frame = frame.assign(service=frame["group"].map(groups)).sort_values(["service", "group"], kind="stable")

    def team_here(row: dict) -> str | None:
        here = {"policy": context.linked_policy, "service": row.get("service"), "team": row["group"]}
        return address.link(PAGE, context.linked_day, **here) if by == "team" else None

    def the_list(row: dict) -> str | None:
        return (
            list_link(context, context.policy.rule_over(MEASURE), **{**chosen, by: row["group"]})
            if row["without_meeting"]
            else None
        )

    columns = [
        Column(by, of="group", leads_to=team_here),
        *([Column("service")] if by == "team" and not chosen["service"] else []),
        Column("on_tool", of="population"),
        Column("with_meeting"),
        Column("without_meeting", leads_to=the_list),
        Column("share_with_meeting", of="share"),
    ]
    show_table(frame, columns, f"Weekly tracking by {by}", "weekly groups", one=by)


def figure(trend: pandas.DataFrame) -> dict:
    """The share at each month end as a line from zero to a hundred, with a gap where there are too few children to tell."""
    days = [day.date().isoformat() for day in trend["as_at"]]
    told = trend["share"].mask(trend["population"] < FEWEST_IN_CARE)
    shares = [None if pandas.isna(value) else round(float(value), 1) for value in told]
    texts = ["" if value is None else f"{value:.0f}" for value in shares]
    line = charts.numbered_line(days, shares, texts, f"{charts.ON_DAY}: %{{y:.1f}}%<extra></extra>")
    layout = {
        "height": 274,
        "margin": {"l": 70, "r": 25, "t": 20, "b": 60},
        "showlegend": False,
        "xaxis": {"tickvals": days, "ticktext": [on_axis(day) for day in trend["as_at"]], "showgrid": False},
        "yaxis": {"range": [0, 112], "tickvals": [0, 25, 50, 75, 100], "title": {"text": "per cent"}},
    }
    return {"data": [line], "layout": layout}


def show_trend(context: PageContext, chosen: dict[str, str | None]) -> None:
    """Thirteen months of the share, as a chart and a table."""
    section("Thirteen months, as now known")
    trend = answer(context, "weekly headline", context.within(**chosen))
    shares = (share_words(row["with_meeting"], row["population"]) for row in boxed_rows(trend))
    points = ", ".join(f"{british(day)} {words or 'nobody'}" for day, words in zip(trend["as_at"], shares, strict=True))
    words = f"Share with a planning meeting at each month end, as now known: {points}"
    if trend["population"].lt(FEWEST_IN_CARE).all():
        # A chart without a point would look broken.
        write(element("p", f"Fewer than {FEWEST_IN_CARE} children at each month end: {TOO_FEW}.", class_="quiet"))
    else:
        charts.show(figure(trend), alt=words)
    told = _told(trend)
    columns = (
        Column("as_at"),
        Column("on_tool", of="population"),
        *named("with_meeting", "without_meeting"),
        Column("share_with_meeting", of="share"),
    )
    with streamlit.expander("Table of months"):
        caption = "Weekly tracking by month end, as now known"
        show_table(told, columns, caption, "weekly trend", name="weekly tracking trend", taken=told, more=[COUNCIL], one="month")


def show_children(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The children with no meeting held, and whether one is booked."""
    section("Children without a planning meeting")
    frame = answer(context, "weekly children", context.within(**chosen))
    write(split_line(frame))
    more = (
        Column("entered_care", of="since"),
        *named("limit_date", "days_over", "booked_date", "plan", "legal_status", "placement", "last_review_date", "service"),
    )
    name = teams.name_of(context, chosen)
    paged(
        frame,
        child_columns(context, chosen, more),
        f"No planning meeting, {name}",
        PAGE,
        f"weekly tracking {name}",
        "Every child here on the Weekly Tracking Tool has had a planning meeting.",
        "child",
        "children",
        usual="Longest in care first",
        definition=downloads.defined(context, context.policy.rule_over(MEASURE)),
    )


def offer_pack(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The Monday pack of what is chosen, as a workbook. It is made when the button is pressed, not before."""

    def made() -> bytes:
        from packs.weekly.pack import ask_weekly, weekly_workbook  # openpyxl is slow to import, and only this button needs it

        file = io.BytesIO()
        weekly_workbook(ask_weekly(context.engine, context.policy_id, context.within(**chosen), context.as_at)).save(file)
        return file.getvalue()

    name = f"weekly {teams.name_of(context, chosen)} {context.as_at.isoformat()}.xlsx"
    downloads.offer_file("Download the Monday pack (Excel)", made, name, downloads.XLSX, "monday pack", Right.TAKE_TEAM_PACK)


def show(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The whole page for a county, service or team."""
    show_headline(context, chosen)
    offer_pack(context, chosen)
    if not context.engine.absence(context.policy.rule_over(MEASURE), context.as_at):
        show_children(context, chosen)
        show_groups(context, chosen)
        show_trend(context, chosen)
    section("Also to watch")
    alerts(context, context.policy.rules_over(ALERTS).values(), chosen)
