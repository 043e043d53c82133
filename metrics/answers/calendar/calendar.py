"""What is coming for each child: hearings, what has to be done before them, reviews, meetings, visits and births, by day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TypedDict

import pandas

from metrics.answers.kinds.kinds import with_panel_area
from metrics.engine.catalogue import place_of
from metrics.engine.engine import Engine
from metrics.engine.policy import Rule
from metrics.engine.scope import Scope
from metrics.engine.whole_council import Whole, Why

PAGE = "calendar"
WEEKS = 13
HERE = Path(__file__).parent
# In the order in which a page shows them. A panel has a date and no child: the panels' records have it.
HEARING, EVIDENCE, COURT_STEP, REVIEW, MEETING, BOOKED, VISIT, PAPER, BIRTH, PANEL = KINDS = (
    "hearing",
    "evidence",
    "court_step",
    "review",
    "meeting",
    "booked",
    "visit",
    "paper",
    "birth",
    "panel",
)
OVERDUE = "overdue"
# What a rule asks for by a day, by the subject of its measure (the folder of its file); any other is a meeting's.
KIND_OF_SUBJECT = {"visits": VISIT, "papers": PAPER}
# The measures whose rules ask for a step before a court's date or the second review. Where one is in use, its own rows are the step.
STEPS = ("final_care_planning_meeting", "review_before_hearing", "paper_before_second_review")
# The restricted records' too: of these only what comes on which day is shown.
EVENT = Whole(
    "calendar_event",
    Why.CALENDAR,
    {"event": (HERE / "events.sql").read_text(encoding="utf-8")},
    keeps=("as_at", "kind", "child_number", "service", "team", "event_date", "state", "what", "policy"),
)
# Without these a page says that what they hold is missing from it.
TABLES = ("local_care_proceedings", "ssd_cla_reviews", "local_meetings", "local_documents", "ssd_permanence")


class CalendarRow(TypedDict):
    """A row of ``calendar``."""

    kind: str
    record_id: str | None
    child_id: str | None
    service: str | None
    team: str | None
    event_date: date
    state: str
    what: str
    detail: str | None
    booked_date: date | None
    policy: str | None
    panel_area: str | None


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def mondays(as_at: date, weeks: int = WEEKS) -> list[date]:
    """The Mondays of so many weeks, of which the reporting date's own is the first."""
    return [week_of(as_at) + timedelta(days=7 * number) for number in range(weeks)]


def last_day(as_at: date, weeks: int = WEEKS) -> date:
    """The Sunday of the last of so many weeks, of which the reporting date's own is the first."""
    return week_of(as_at) + timedelta(days=7 * weeks - 1)


def rules(engine: Engine) -> tuple[Rule, ...]:
    """The rules in use that ask for something by a day: the milestones that can be counted."""
    return tuple(
        rule
        for policy in engine.policies.values()
        for rule in policy.rules
        if rule.measure.is_milestone and not rule.problem and engine.absence(rule) is None
    )


def _kind(rule: Rule) -> str:
    if rule.measure.id in STEPS:
        return COURT_STEP
    return KIND_OF_SUBJECT.get(Path(place_of(rule.measure.id)).parent.name, MEETING)


def not_supplied(engine: Engine) -> tuple[str, ...]:
    """The tables that the calendar reads and the load does not have."""
    return tuple(table for table in TABLES if not engine.supplied[table])


def calendar(engine: Engine, scope: Scope, as_at: date | None = None, weeks: int = WEEKS) -> pandas.DataFrame:
    """What is coming from the reporting date to the end of so many weeks, and what is overdue, a row each, soonest first.

    Columns: as_at, kind (of ``KINDS`` but ``PANEL``), record_id (which tells two events of one child and kind apart), child_id,
    legacy_id, name, service, team, worker, event_date, state (*overdue*, *booked* or *to come*), what (the hearing, meeting or rule in
    words), detail, booked_date, policy (of a rule; else empty), panel_area (where the council
    has areas with a panel of their own), week (the Monday of the event's week; for what is overdue, none).
    A restricted record's row has no name, identifier or detail. What is due on the reporting date and not done by its close is overdue.

    Before each court date stands what has to be done before it: the final care planning meeting before the final evidence is filed
    (South East practice guidance, 8), the agency decision and the review before the issues resolution hearing (Slough, 8), and the
    minutes before the second review (Hertfordshire, 3.2).
    """
    day = as_at or engine.as_at
    asked = rules(engine)
    kinds = [
        {
            "policy": rule.policy,
            "rule": rule.id,
            "kind": _kind(rule),
            "title": rule.title,
        }
        for rule in asked
    ]
    with engine.view(scope, (day,), asked) as view:
        steps = sorted(set(STEPS) - {rule.measure.id for rule in asked})
        view.make(EVENT, {"as_at": day, "until": last_day(day, weeks), "rules": kinds, "steps": steps})
        frame = view.execute((HERE / "calendar.sql").read_text(encoding="utf-8")).df()
    return with_weeks(with_panel_area(frame.assign(panel_area=None), engine.settings))


def with_weeks(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Events with the Monday of each one's week; none for what is overdue."""
    days = pandas.to_datetime(frame["event_date"])
    weeks = days - pandas.to_timedelta(days.dt.weekday, unit="D")
    return frame.assign(week=weeks.where(frame["state"] != OVERDUE))


def by_week(frame: pandas.DataFrame, as_at: date, weeks: int = WEEKS) -> pandas.DataFrame:
    """How many of each kind there are in each week, zero where there is none. Columns: week (the Monday), each of ``KINDS``, all."""
    counted = frame.pivot_table(index="week", columns="kind", values="what", aggfunc="size", fill_value=0, observed=True)
    counted = counted.reindex(index=pandas.DatetimeIndex(mondays(as_at, weeks)), columns=list(KINDS), fill_value=0).astype(
        "int64"
    )
    return counted.assign(all=counted.sum(axis=1)).rename_axis("week").reset_index()
