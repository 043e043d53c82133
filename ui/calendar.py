"""What is coming, by week and by day, for the council, a service, a team or a worker; and the file for a calendar program."""

from __future__ import annotations

from datetime import date

import pandas
import streamlit

from access.roles import Right
from data.contract.contract import titles
from metrics.answers.calendar.calendar import (
    KINDS,
    OVERDUE,
    PAGE,
    WEEKS,
    by_week,
    calendar,
    last_day,
    mondays,
    not_supplied,
)
from metrics.answers.kinds.kinds import PANEL_AREA
from packs.calendar.events import with_panels
from ui.components import downloads, teams
from ui.components.child_link import child_link
from ui.components.markup import element, write
from ui.components.panel_answers import with_records
from ui.components.panel_area import of_panel_area
from ui.components.section_headings import section
from ui.components.tables import Column, named, paged, show_table
from ui.context import address
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.panel_records import records_if_any
from ui.context.remembered import remembered
from words.columns import heading
from words.dates import british

EVERY = ""
NAMES = ("service", "team", "worker", "kind", "week")
ALL_WEEKS = "all"
WEEKEND = (5, 6)
OF_EACH_RULE = (
    "What a rule asks for by a day is an entry of that rule: where several policies ask for the same visit, meeting or paper, it has an "
    "entry for each. The number of children is on the list of each rule."
)


@remembered(24)
def _of_children(key: Key, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return calendar(engine_of(key), scope_of(scope), as_at)


def _events(context: PageContext, chosen: dict[str, str | None]) -> pandas.DataFrame:
    """The events of the choice. Panels are planned during the day, so theirs are asked for again every time."""
    frame = _of_children(context.key, scope_key(context.within(**chosen)), context.as_at)
    return with_records(context, lambda casework: with_panels(frame, context.engine, casework, context.as_at), frame)


def choose(context: PageContext) -> dict[str, str | None]:
    """The service, team and worker that the address or the reader chooses; None for all of them."""
    return teams.choose(context, NAMES, of_worker=True)


def show(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The weeks, and the events of the chosen week and kind."""
    frame = _events(context, chosen)
    name = teams.name_of(context, chosen)
    section(f"{name}: {british(context.as_at)} to {british(last_day(context.as_at))}")
    lacking = not_supplied(context.engine)
    if lacking:
        write(element("p", f"Without {titles(lacking)}, which was not supplied.", class_="quiet"))
    _overdue(context, chosen, frame)
    _weeks(context, chosen, frame)
    _list(context, chosen, frame, name)
    _file(context, chosen)


def _link(context: PageContext, chosen: dict[str, str | None], **choices: str | None) -> str:
    return address.link(PAGE, context.linked_day, **{**chosen, **choices})


def _overdue(context: PageContext, chosen: dict[str, str | None], frame: pandas.DataFrame) -> None:
    """What is overdue, by kind, each number leading to its list."""
    late = frame[frame["state"] == OVERDUE]
    if late.empty:
        return
    parts: list[object] = []
    for kind in KINDS:
        count = int((late["kind"] == kind).sum())
        if count:
            words = f"{heading(f'kind_{kind}').lower()}: {count:,}"
            parts += ["; " if parts else "", element("a", words, href=_link(context, chosen, kind=kind, week=OVERDUE))]
    write(element("p", element("strong", "Overdue"), ", whenever it was due: ", *parts, "."))


def _weeks(context: PageContext, chosen: dict[str, str | None], frame: pandas.DataFrame) -> None:
    """How much of each kind each week has, each number leading to its events."""
    weeks = by_week(frame, context.as_at)
    kinds = [kind for kind in KINDS if weeks[kind].any()]
    shown = weeks.rename(columns={kind: f"kind_{kind}" for kind in (*KINDS, "all")})

    def column(kind: str) -> Column:
        def leads_to(row: dict) -> str | None:
            if not row[f"kind_{kind}"]:
                return None
            return _link(context, chosen, week=row["week"].isoformat(), kind=kind if kind != "all" else None)

        return Column(f"kind_{kind}", leads_to=leads_to)

    columns = [Column("week"), *map(column, (*kinds, "all"))]
    after = [element("p", OF_EACH_RULE, class_="quiet")] if len(context.engine.policies) > 1 else []
    show_table(
        shown, columns, "Events by week", "calendar by week", name="calendar by week", after=after, taken=shown, one="week"
    )


def _usual_week(as_at: date) -> str:
    """The week that one looks ahead to: the reporting date's own, or the next where only its weekend is left, since a load of Sunday
    night is read on Monday."""
    this, coming = mondays(as_at, 2)
    return (coming if as_at.weekday() in WEEKEND else this).isoformat()


def _kind_words(kind: str) -> str:
    return heading(f"kind_{kind}") if kind else "All kinds"


def _list(context: PageContext, chosen: dict[str, str | None], frame: pandas.DataFrame, name: str) -> None:
    """The events, a row each, of one week or of all, of one kind or of all."""
    said = {day.isoformat(): f"Week from {british(day)}" for day in mondays(context.as_at)}
    said |= {ALL_WEEKS: f"All {WEEKS} weeks", OVERDUE: "Overdue"}
    section("Events")
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        week = address.choose("Week", list(said), "week", NAMES, lambda value: said[value], usual=_usual_week(context.as_at))
        kind = address.choose("Kind", [EVERY, *KINDS], "kind", NAMES, _kind_words)
        if week == OVERDUE:
            here = frame[frame["state"] == OVERDUE]
        elif week == ALL_WEEKS:
            here = frame[frame["state"] != OVERDUE]
        else:
            here = frame[frame["week"] == pandas.Timestamp(week)]
        here = here[here["kind"] == kind] if kind else here
        here = here.assign(
            kind_of_event=here["kind"].map(_kind_words),
            weekday=here["event_date"].dt.day_name(),
        ).drop(columns=["kind", "week", "record_id", *([] if context.engine.settings.panel_areas else [PANEL_AREA])])

    columns = [
        Column("event_date"),
        *named("weekday", "kind_of_event", "what"),
        Column("child_id", leads_to=child_link(context)),
        *named("legacy_id", "name", "team"),
        *of_panel_area(context.engine.settings),
        *named("worker", "state", "booked_date"),
        Column("about", of="detail"),
    ]
    paged(
        here,
        [column for column in columns if not chosen.get(column.name)],
        f"Events, {said[week].lower()}, {name}",
        "calendar",
        f"calendar {name} {said[week]}",
        f"Nothing is known for the {said[week].lower()}." if week != OVERDUE else "Nothing here is overdue.",
        "event",
        usual="Date, earliest first",
        narrowed_by=("kind",),
        pressed=("week", "kind"),
    )


def _file(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The file for a calendar program. Its own name names nobody either."""
    whose = "one worker" if chosen["worker"] else teams.name_of(context, chosen)
    section("For your own calendar", on_paper=False)
    write(
        element(
            "p",
            f"The file has the {WEEKS} weeks above for {whose}, with the child's identifier and no name of anybody. It has nothing that is "
            "overdue. Import it again after a data load: events that moved are moved, and not added a second time.",
            class_="screen-only",
        )
    )

    def made() -> bytes:
        from packs.calendar.file import calendar_file

        scope = context.within(**chosen)
        return calendar_file(context.engine, scope, context.as_at, records_if_any(context.key))

    downloads.offer_file(
        "Download the calendar (.ics)",
        made,
        f"calendar {whose} {context.as_at.isoformat()}.ics",
        downloads.ICS,
        "calendar file",
        Right.TAKE_CALENDAR,
    )
