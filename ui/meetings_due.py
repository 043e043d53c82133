"""Meetings due: overdue, due in 4 weeks, booked; by team, and child by child with the reason for the due date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pandas

from data.contract.contract import titles
from metrics.answers.meetings_due import meetings_due
from metrics.answers.meetings_due.meetings_due import PAGE
from metrics.engine.plain import boxed_rows
from metrics.engine.policy import Rule
from ui.components import downloads, teams
from ui.components.child_link import child_link
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, paged, show_table
from ui.context import address, cached_answers
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered
from words.dates import british
from words.numbers import counted

NAMES = ("service", "team", "meeting", "show")
SHOWN = {"all": "All", "overdue": "Overdue", "soon": "Due in 4 weeks", "booked": "Booked"}
COUNTS = ("overdue", "overdue_not_booked", "soon", "soon_not_booked", "booked")


@remembered(24)
def _meetings(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return meetings_due.meetings_due(engine_of(key), policy_id, scope_of(scope), as_at)


def choose_meeting(context: PageContext) -> Rule:
    """The meeting that the page is about, in the address."""
    rules = {rule.id: rule for rule in meetings_due.rules(context.engine, context.policy_id)}
    return rules[
        address.choose("Meeting", list(rules), "meeting", NAMES, lambda rule_id: rules[rule_id].title, width=address.WIDE)
    ]


def show(context: PageContext, rule: Rule, chosen: dict[str, str | None]) -> None:
    """One kind of meeting in a county, service or team: the counts, and the children."""
    if absence := context.engine.absence(rule, context.as_at):
        write(element("p", f"{rule.title}: {absence.word}. {absence.why}", class_="empty"))
        return
    every = _meetings(context.key, context.policy_id, scope_key(context.within(**chosen)), context.as_at)
    frame = every[every["rule"] == rule.id]
    _heading(context, rule, frame, teams.name_of(context, chosen))
    _by_group(context, rule, frame, chosen)
    _list(context, rule, frame, chosen)


def _heading(context: PageContext, rule: Rule, frame: pandas.DataFrame, name: str) -> None:
    overdue, soon, booked = (frame[state] for state in meetings_due.STATES)
    section(f"{rule.title}: {name}, {british(context.as_at)}")
    last_day = british(context.as_at + timedelta(days=meetings_due.SOON_DAYS))
    how = element(
        "a",
        "How is this figure made?",
        href=address.link(address.FIGURES, context.linked_day, rule=rule.id, policy=rule.policy),
        class_="screen-only",
    )
    without = rule.measure.not_supplied(context.engine.supplied)
    write(
        element(
            "p",
            element("strong", f"{overdue.sum():,} overdue"),
            f", {(overdue & booked).sum():,} of them with a meeting booked; ",
            element("strong", f"{soon.sum():,} due by {last_day}"),
            f", {(soon & booked).sum():,} of them booked; ",
            element("strong", f"{booked.sum():,} booked"),
            " in all.",
        ),
        element("p", f"{rule.wording}. ", how, class_="quiet"),
        element("p", f"Counted without {titles(without)}, which was not supplied.", class_="quiet") if without else "",
    )


def _teams(context: PageContext, chosen: dict[str, str | None]) -> list[str]:
    """The teams of the county, or of the service that is chosen."""
    groups = cached_answers.groups(context)
    here = groups if chosen["service"] is None else groups[groups["service"] == chosen["service"]]
    return sorted(here["team"].unique())


def _by_group(context: PageContext, rule: Rule, frame: pandas.DataFrame, chosen: dict[str, str | None]) -> None:
    """The counts by team, each number leading to its children; for one team, by worker."""
    by = "worker" if chosen["team"] else "team"
    found = meetings_due.counts(frame, by, sorted(frame["worker"].unique()) if chosen["team"] else _teams(context, chosen))
    if found.empty:
        return

    def leads_to(count: str, shown: str) -> Callable[[dict], str | None]:
        def link(row: dict) -> str | None:
            here = {**chosen, "team": row["team"], "meeting": rule.id, "show": shown}
            return address.link(PAGE, context.linked_day, policy=context.linked_policy, **here) if row[count] else None

        return link

    def column(count: str) -> Column:
        shown = count.removesuffix("_not_booked")
        return Column(count, leads_to=leads_to(count, shown) if by == "team" and shown == count else None)

    columns = [Column(by), *map(column, COUNTS)]
    show_table(found, columns, f"Meetings by {by}", "meetings by group", name=f"meetings due by {by}", taken=found, one=by)


def _in_words(row: dict) -> str:
    """How a due date stands on the day."""
    if pandas.isna(row["due_date"]):
        return "no due date"
    days = int(row["days_over"])
    if row["state"] == "overdue":
        return f"{counted(days, 'day')} overdue" if days else "overdue today"
    return f"in {counted(-days, 'day')}" if row["state"] == "due" else row["state"]


def _list(context: PageContext, rule: Rule, frame: pandas.DataFrame, chosen: dict[str, str | None]) -> None:
    """The children, a row each."""
    section("Children")
    show = address.switch("Show", list(SHOWN), "show", lambda name: SHOWN[name])
    frame = frame[frame[list(meetings_due.STATES)].any(axis=1) if show == "all" else frame[show]]
    frame = frame.assign(standing=[_in_words(row) for row in boxed_rows(frame)])

    columns = [
        Column("child_id", leads_to=child_link(context)),
        *named("legacy_id", "name", "age", "team", "worker", "due_date", "standing"),
        Column("reason_for_date", of="reason"),
        *named("booked_date", "booked_meeting", "chair", "legal_status", "placement", "last_review_date"),
    ]
    name = teams.name_of(context, chosen)
    paged(
        frame,
        [column for column in columns if not chosen.get(column.name)],
        f"{rule.title}, {SHOWN[show].lower()}, {name}",
        "meetings due",
        f"{rule.title} {show} {name}",
        f"No meeting here is {SHOWN[show].lower() if show != 'all' else 'overdue, due in 4 weeks or booked'}.",
        "child",
        "children",
        usual="Due date, longest ago first",
        definition=downloads.defined(context, rule),
        pressed=("show", "team"),
    )
