"""A reader's own team as the first page: remembered for the browser, and never in the way of an address that says more."""

from __future__ import annotations

import pytest

from metrics.engine.engine import Engine
from tests.pages.screen import Screen
from tests.support.scopes import asking
from ui.context import kept_notes
from ui.context.browser import Memory
from ui.shell.first_page import FIRST


@pytest.fixture
def browser(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Memory:
    """The notes about one browser, which outlast a visit."""
    found = Memory(kept_notes.place(tmp_path, "browser"))
    monkeypatch.setattr("ui.shell.first_page.choices", lambda: found)
    return found


@pytest.fixture
def team(engine: Engine) -> dict[str, str]:
    return engine.groups(asking()).iloc[0][["service", "team"]].to_dict()


def test_a_team_is_opened_first_until_the_reader_stops_it(browser: Memory, team: dict[str, str]):
    title = f"{team['team']}: "
    assert title not in Screen().text
    Screen("team", **team).app.button(key="remember the first page").click().run()
    assert kept_notes.read(browser.file)[FIRST] == team
    first = Screen()
    assert title in first.text and dict(first.app.query_params).keys() >= {"service", "team"}
    # The menu and addresses that say more lead where they say.
    first.app.switch_page("pages/countywide.py").run()
    assert title not in first.text and "County: " in first.text
    assert "County: " in Screen(by="team").text
    Screen("team", **team).app.button(key="forget the first page").click().run()
    assert "County: " in Screen().text


def test_a_team_that_there_is_no_longer_does_not_stand_in_the_way(browser: Memory):
    browser.remember(FIRST, {"service": "No such service", "team": "No such team"})
    screen = Screen()
    assert not screen.broken and not screen.alerts and "County: " in screen.text


def test_the_whole_council_is_not_offered(browser: Memory):
    assert not [button for button in Screen("team").app.button if button.key == "remember the first page"]
