"""What changed since this person last looked: the day is remembered load by load, and the lists agree with the drift page."""

from __future__ import annotations

from datetime import date, timedelta

from metrics.answers.changes.changes import changes
from metrics.answers.drift.drift import movements
from metrics.answers.drift.question import JOINED, LEFT
from metrics.engine.engine import Engine
from tests.pages.screen import Screen
from tests.support.scopes import asking
from ui.changes import LOOKED
from ui.context.browser import MEMORY

SEEN = asking(roles=frozenset())
DAY, SINCE = date(2026, 10, 31), date(2026, 10, 3)


def test_every_movement_and_every_recorded_change_of_a_team_is_there(engine: Engine):
    team = engine.groups(asking()).sort_values("children").iloc[-1]
    scope = SEEN.narrowed(team["service"], team["team"])
    moved = movements(engine, "hertfordshire", scope, SINCE, DAY).children
    moved = moved[moved["movement"].isin((*JOINED, *LEFT))]
    recorded = changes(engine, scope, SINCE)
    assert len(moved) and len(recorded)
    screen = Screen("changes", service=team["service"], team=team["team"])
    assert f"{team['team']}: {len(moved) + len(recorded)} changes since 03/10/2026" in screen.text
    rows = screen.rows("What changed since 03/10/2026")
    listed = [row["Child ID"] for row in rows if row["What"] in ("Joined a list", "Left a list")]
    assert sorted(listed) == sorted(moved["child_id"])
    assert len(rows) == len(moved) + len(recorded)


def test_the_load_last_looked_at_is_remembered_and_stays_until_the_next_load():
    screen = Screen("changes")
    assert "You have not opened the changes of these children in this browser before" in screen.text
    key, known = next(iter(screen.app.session_state[MEMORY].lasting[LOOKED].items()))
    assert known == {"latest": DAY, "before": None}
    # As if the look before had been at the load of a fortnight ago.
    screen.app.session_state[MEMORY].lasting[LOOKED] = {key: {"latest": DAY - timedelta(14), "before": None}}
    for _ in range(2):
        screen.app.run()
        assert "since 17/10/2026" in screen.text and "before, so those of 4 weeks" not in screen.text
    assert screen.app.session_state[MEMORY].lasting[LOOKED][key] == {"latest": DAY, "before": DAY - timedelta(14)}


def test_another_day_can_be_chosen_and_one_that_is_none_is_refused():
    assert "since 30/09/2026" in Screen("changes", since="2026-09-30").text
    refused = Screen("changes", since="2026-10-31")
    assert any("which is the latest date available" in alert for alert in refused.alerts)
