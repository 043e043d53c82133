"""What recurs in the panels' records: barriers, the days from a decision to permanence, and results of actions."""

from __future__ import annotations

from datetime import date

import pandas

from casework.agenda.patterns import TimeToPermanence, theme_patterns, time_to_permanence
from casework.agenda.results import actions_and_lists
from metrics.engine.plain import boxed_rows
from ui.components import downloads
from ui.components.heat import FEW, shade
from ui.components.markup import Markup, element, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, scrolling, show_table
from ui.context import address
from ui.context.page_context import PageContext
from ui.context.panel_records import every_panel, records
from words.columns import heading
from words.dates import british, month
from words.few import is_few
from words.numbers import children, counted, has, number

BY = {"rule": "Lists", "service": "Services", "age": "Ages", "month": "Months"}
OF_ACTIONS = {"kind": "Kinds of action", "theme": "Barriers"}
# What a file of barriers holds: a theme is the code of a barrier.
THEMES = (
    Column("group", of="title"),
    Column("code", of="theme"),
    Column("barrier", of="label"),
    Column("children_discussed", of="discussed"),
)
ROUTES = (
    *named("route", "children"),
    Column("median_days_to_permanence", of="median_days"),
)
RESULTS = (
    *named("actions", "off"),
    Column("still_listed", of="still"),
    Column("not_yet_known", of="not_yet"),
)


def show(context: PageContext) -> None:
    """The three questions, in counts."""
    held = [one for one in every_panel(context) if one.policy_id == context.policy_id and one.panel_date <= context.as_at]
    if not held:
        write(element("p", f"No panel of {context.policy.name} has been held by {british(context.as_at)}.", class_="empty"))
        return
    first, last = held[-1].panel_date, held[0].panel_date
    write(
        element(
            "p",
            f"{counted(len(held), 'panel')}, {british(first)} to {british(last)}. Small counts of children are not hidden "
            "here, so do not publish this page.",
            class_="quiet",
        )
    )
    _themes(context, first, last)
    _time(time_to_permanence(records(context), context.engine, context.policy_id))
    _actions(context)


def _themes(context: PageContext, first: date, last: date) -> None:
    section("Barriers that panels recorded")
    by = address.switch("Barriers by", list(BY), "by", BY.__getitem__)
    frame = theme_patterns(records(context), context.engine, context.policy_id, by, first, last)
    if frame.empty:
        write(element("p", "No barriers have been recorded yet.", class_="empty"))
        return
    titles = {rule.id: rule.title for rule in context.policy.rules}
    frame["title"] = [titles.get(group, _month(group) if by == "month" else group) for group in frame["group"]]
    caption = f"Children for whom each barrier was recorded, by {by}"
    write(
        matrix(frame, caption),
        element(
            "p",
            f"Each child counts once in a column. Stronger shading: a larger share of the children discussed. {FEW}",
            class_="quiet",
        ),
    )
    kept, about = frame[["title", "theme", "label", "children", "discussed"]], downloads.About(caption, "figure")
    downloads.offer(kept, f"barriers by {by}", f"barriers {by}", THEMES, about, look=downloads.Look.LINKS)


def _month(group: str) -> str:
    return month(date.fromisoformat(f"{group}-01"))


def matrix(frame: pandas.DataFrame, caption: str) -> Markup:
    """Barriers down, groups across: children, and their share of the children discussed in the group. Most frequent barriers first."""
    groups = frame.drop_duplicates("group")
    counts = {(row["theme"], row["group"]): int(row["children"]) for row in boxed_rows(frame)}
    order = frame.groupby(["theme", "label"])["children"].sum().sort_values(ascending=False, kind="stable").index
    discussed = dict(zip(groups["group"], groups["discussed"].astype(int), strict=True))
    told = {group for group, of in discussed.items() if not is_few(of)}
    highest = max((count / discussed[group] for (_, group), count in counts.items() if group in told), default=0)

    def cell(theme: str, group: str) -> Markup:
        count = counts.get((theme, group), 0)
        part = element("small", f"{count / discussed[group]:.0%}") if count and group in told else ""
        return element("td", number(count), part, class_=shade(count, discussed[group], highest))

    head = element(
        "tr", element("th", heading("barrier"), scope="col"), *(element("th", title, scope="col") for title in groups["title"])
    )
    rows = [
        element("tr", element("th", label, scope="row"), *(cell(theme, group) for group in groups["group"]))
        for theme, label in order
    ]
    total = element(
        "tr",
        element("th", heading("children_discussed"), scope="row"),
        *(element("td", number(discussed[group])) for group in groups["group"]),
        class_="total",
    )
    whole = element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", head),
        element("tbody", *rows, total),
        class_="data heat patterns",
    )
    return scrolling(whole, caption)


def time_words(found: TimeToPermanence) -> str:
    """How many children panels decided about, how many of them have reached permanence, and how long it took or has taken so far."""
    sentences = [f"Panels have recorded a decision about {children(found.decisions)}."]
    if found.median_days is not None:
        days = counted(round(found.median_days), "day")
        within = f", within {days}" if found.reached == 1 else f"; half of those within {days}"
        sentences.append(f"{number(found.reached)} of them {has(found.reached)} reached permanence since{within}.")
    if found.open_median_days is not None:
        days = counted(round(found.open_median_days), "day")
        waiting = f"is still waiting, for {days}" if found.still_open == 1 else f"are still waiting, half for {days} or more"
        sentences.append(f"{number(found.still_open)} {waiting} so far.")
    if found.median_days is not None and found.still_open:
        sentences.append(
            "The time to permanence above is of those who have reached it, so it understates how long children wait."
        )
    if found.left_otherwise:
        sentences.append(f"{number(found.left_otherwise)} left care another way.")
    return " ".join(sentences)


def _time(found: TimeToPermanence) -> None:
    section("From a panel's decision to permanence")
    if not found.decisions:
        write(element("p", "No panel has recorded a decision yet.", class_="empty"))
        return
    write(element("p", time_words(found)))
    if found.routes:
        frame, caption = (
            pandas.DataFrame([vars(route) for route in found.routes]),
            "Routes to permanence after a panel's decision",
        )
        show_table(frame, ROUTES, caption, "routes", name="routes to permanence", one="route")


def _actions(context: PageContext) -> None:
    section("Results of actions")
    by = address.switch("Actions by", list(OF_ACTIONS), "actions_by", OF_ACTIONS.__getitem__)
    frame = actions_and_lists(records(context), context.policy_id, by)
    if frame.empty:
        write(element("p", "No actions have been completed yet.", class_="empty"))
        return
    columns = (Column("barrier" if by == "theme" else "action_kind", of="label"), *RESULTS)
    note = (
        "Shows whether the child was off every list they came from at the first frozen panel after the action was completed. "
        "This does not show that the action was the cause."
    )
    caption = f"Completed actions, and whether the child left the lists, by {by}"
    explained = element("p", note, class_="quiet")
    show_table(frame, columns, caption, f"actions by {by}", name=f"completed actions by {by}", after=[explained])
