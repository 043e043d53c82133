"""What changed for the children of a team or worker since this person last looked: lists, placements, plans, reviews, panel decisions."""

from __future__ import annotations

from datetime import date, timedelta

import pandas

from casework.agenda.discussions import discussions
from casework.records.records import Discussion, Panel
from casework.storage.database import Casework
from metrics.answers.changes import changes as record_changes
from metrics.answers.drift.question import JOINED, LEFT
from metrics.engine.people import people
from metrics.engine.plain import boxed_rows
from ui.components import days, teams
from ui.components.child_link import link_to_seen
from ui.components.markup import element, write
from ui.components.panel_answers import with_records
from ui.components.section_headings import section
from ui.components.tables import Column, named, paged
from ui.context import address, browser
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.panel_records import every_panel, hidden
from ui.context.remembered import remembered
from ui.drift.answers import Asked, movements
from ui.service.lists import child_columns
from words.dates import british
from words.labels import NO_DECISION, RESTRICTED_RECORD
from words.numbers import counted

PAGE, SINCE, LOOKED = "changes", "since", "looked"
NAMES = ("service", "team", "worker", SINCE)
WEEK, FOUR_WEEKS = timedelta(7), timedelta(28)
COLUMNS = ["child_id", "legacy_id", "name", "team", "worker", "change_date", "what", "says"]
NEVER = "You have not opened the changes of these children{here} before, so the last 4 weeks are shown."
EXPLAINED = (
    "Dates are those in the record as now known: a late entry appears under the date it is recorded for. Joining or leaving a list has no "
    "date of its own."
)


def show(context: PageContext) -> None:
    """The choice of team and worker, and what changed for their children since a day: the last load looked at, unless another is chosen."""
    chosen = teams.choose(context, NAMES, of_worker=True)
    last = _last_looked(context, chosen)
    latest = context.as_at - timedelta(1)
    usual = min(last or context.as_at - FOUR_WEEKS, latest)
    offered = dict.fromkeys((usual, context.as_at - WEEK, context.as_at - FOUR_WEEKS))
    since = days.choose(
        "Changes since",
        SINCE,
        "changes since",
        list(offered),
        usual,
        latest,
        "The data load that you last looked at here, or any earlier day.",
        NAMES,
        words=lambda text: f"{text} (last looked)" if last and text == british(last) else text,
        # What the records date, and what panels decided, is told from before a load that shows one day.
        first=min(context.engine.records_from, usual),
    )
    days.show_refused()
    frame = _frame(context, chosen, since)
    whose = chosen["worker"] or teams.name_of(context, chosen)
    section(f"{whose}: {counted(len(frame), 'change')} since {british(since)}")
    write(
        element("p", NEVER.format(here=browser.in_this_browser()), class_="quiet") if last is None else "",
        element("p", EXPLAINED, class_="quiet"),
    )
    link = link_to_seen(context, frame["child_id"])
    columns = [
        Column("child_id", leads_to=link) if column.name == "child_id" else column
        for column in child_columns(context, chosen, named("what", "says", "change_date"))
        if column.name != "age"
    ]
    paged(
        frame,
        columns,
        f"What changed since {british(since)}",
        "changes",
        f"changes {whose} since {since.isoformat()}",
        "Nothing has changed.",
        "change",
        usual="Lists, panel decisions, then by date",
    )


def offer(context: PageContext, chosen: dict[str, str | None]) -> None:
    """A link from a team's own page."""
    href = address.link(PAGE, context.linked_day, policy=context.linked_policy, **chosen)
    write(element("p", element("a", "What changed since you last looked", href=href), class_="screen-only"))


def _last_looked(context: PageContext, chosen: dict[str, str | None]) -> date | None:
    """The load before tonight's that this person looked at for these children; None for the first time. Notes that they look now."""
    memory, tonight = browser.choices(), context.engine.as_at
    every: dict[str, dict] = memory.lasting.get(LOOKED, {})
    key = " / ".join(chosen[name] or "" for name in ("service", "team", "worker"))
    known = every.get(key, {"latest": tonight, "before": None})
    if known["latest"] != tonight:
        known = {"latest": tonight, "before": known["latest"] if known["latest"] < tonight else known["before"]}
    if every.get(key) != known:
        memory.remember(LOOKED, {**every, key: known})
    return known["before"]


def _frame(context: PageContext, chosen: dict[str, str | None], since: date) -> pandas.DataFrame:
    recorded = _recorded(context.key, scope_key(context.within(**chosen)), since, context.as_at)
    parts = [_lists(context, chosen, since), _decisions(context, chosen, since), recorded]
    full = [part for part in parts if len(part)]
    if not full:
        return pandas.DataFrame(columns=COLUMNS)
    return pandas.concat([part[COLUMNS].astype(object) for part in full], ignore_index=True)


@remembered(48)
def _recorded(key: Key, scope: ScopeKey, since: date, as_at: date) -> pandas.DataFrame:
    return record_changes.changes(engine_of(key), scope_of(scope), since, as_at)


def _lists(context: PageContext, chosen: dict[str, str | None], since: date) -> pandas.DataFrame:
    """Who joined and left the policy's lists. Restricted records are counted, as on the lists."""
    titles = {rule.id: rule.title for rule in context.policy.rules}
    answer = movements(context, Asked(since, context.as_at, None, chosen))
    if answer.absence:
        why = f"Who joined and left lists is {answer.absence.word}. {answer.absence.why}"
        write(element("p", why, class_="notice"))
    moved = answer.children
    moved = moved[moved["movement"].isin((*JOINED, *LEFT))]
    what = moved["movement"].isin(JOINED).map({True: "Joined a list", False: "Left a list"})
    says = [f"{titles[rule]} ({movement})" for rule, movement in zip(moved["rule"], moved["movement"], strict=True)]
    return moved.assign(what=what, says=says, change_date=None)


def _decisions(context: PageContext, chosen: dict[str, str | None], since: date) -> pandas.DataFrame:
    """What panels of any policy decided about the children in care of the team or worker on the day."""

    def asked(casework: Casework | None) -> list[tuple[Panel, Discussion]]:
        if casework is None:
            return []
        held = [panel for panel in every_panel(context) if since < panel.panel_date <= context.as_at]
        return [(panel, one) for panel in held for one in discussions(casework, panel.id, hidden(context))]

    none: list[tuple[Panel, Discussion]] = []
    said = with_records(context, asked, none)
    known = people(
        context.engine, {one.child_id for _, one in said} - {RESTRICTED_RECORD}, context.within(**chosen), context.as_at
    )
    who = {row["child_id"]: row for row in boxed_rows(known)}
    rows = [
        {
            **who[one.child_id],
            "change_date": panel.panel_date,
            "what": f"Panel decision ({panel.area})" if panel.area else "Panel decision",
            "says": one.decision or NO_DECISION,
        }
        for panel, one in said
        if one.child_id in who
    ]
    return pandas.DataFrame(rows, columns=COLUMNS)
