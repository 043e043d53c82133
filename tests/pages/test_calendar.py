"""The page Calendar: the weeks, the list behind each number, and what it says when there is nothing."""

from __future__ import annotations

from metrics.answers.calendar.calendar import by_week, calendar
from metrics.engine.engine import Engine
from tests.pages.screen import Screen
from tests.support.scopes import asking
from words.labels import RESTRICTED_RECORD


def test_the_weeks_are_those_of_the_answer_and_each_number_leads_to_its_events(engine: Engine):
    weeks = by_week(calendar(engine, asking()), engine.as_at)
    rows = Screen("calendar").rows("Events by week")
    assert [int(row["All"]) for row in rows] == weeks["all"].tolist()
    second = weeks.iloc[1]
    screen = Screen("calendar", week=second["week"].date().isoformat(), kind="review")
    assert not screen.broken
    assert f"{second['review']} event" in screen.text


def test_a_teams_calendar_has_its_own_children_only(engine: Engine):
    team = calendar(engine, asking())["team"].mode().iloc[0]
    coming = calendar(engine, asking(teams=(team,)))["state"].ne("overdue").sum()
    screen = Screen("calendar", team=team, week="all")
    assert not screen.broken
    assert coming > 20 and f"{coming:,} events" in screen.text


def test_on_a_weekend_the_page_opens_with_the_coming_week():
    """The load is of Saturday 31/10/2026."""
    for day, week in (("2026-10-31", "02/11/2026"), ("2026-10-30", "26/10/2026")):
        screen = Screen("calendar", date=day)
        (box,) = (box for box in screen.app.selectbox if box.label == "Week")
        assert box.options[0] == "Week from 26/10/2026"
        assert f"Week from {week}" in (box.value, box.options[box.index])


def test_a_week_without_events_says_so():
    screen = Screen("calendar", kind="birth", week="overdue")
    assert not screen.broken and "Nothing here is overdue." in screen.text


def test_a_worker_who_has_children_but_no_event_of_a_kind_is_an_answer(engine: Engine):
    frame = calendar(engine, asking())
    every = set(engine.figures("hertfordshire", asking(), "worker")["worker"])
    quiet = sorted(every - set(frame["worker"].dropna()) - {RESTRICTED_RECORD})
    worker = quiet[0] if quiet else sorted(every - {RESTRICTED_RECORD})[0]
    screen = Screen("calendar", worker=worker, week="all")
    assert not screen.broken and not screen.alerts
    assert worker in screen.text
    assert any("the worker 'Nobody At All'" in alert for alert in Screen("calendar", worker="Nobody At All").alerts)
