"""What holds on every page: it runs, it says which night and which day, and its address can be sent to somebody."""

from __future__ import annotations

import re

import pytest

from data.store.store import Store
from metrics.engine.engine import Engine
from tests.pages.screen import Screen
from tests.support.scopes import asking
from ui.context import cached_answers
from ui.shell import frame
from ui.shell.navigation import OF_EVERY_POLICY, OF_THE_LOAD

PAGES = (
    "countywide",
    "children",
    "drift",
    "team",
    "child",
    "journeys",
    "data_sources",
    "data_quality",
    "figures",
    "coverage",
    "calendar",
    "changes",
    "corporate_parenting",
)


# With no child chosen, no limit that changed between the two days, and no draft made.
CHANGE_WITH_MORE_THAN_THE_DAY = ("child", "figures", "corporate_parenting")
TILE = re.compile(r'class="tile[ "]')


@pytest.mark.parametrize("page", ["countywide", "team", "corporate_parenting", "england", "weekly"])
def test_every_tile_says_what_it_means_behind_an_i(page: str, every_policy_store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TRACKER_STORE", str(every_policy_store.path))
    first, *tiles = TILE.split(Screen(page).html)
    assert "About: " not in first and len(tiles)
    assert all("<summary" in tile and "About: " in tile for tile in tiles)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_its_night_and_its_day(page: str):
    screen = Screen(page)
    assert not screen.broken
    assert "As at 31/10/2026 · data load of 31/10/2026, published" in screen.text
    assert ("all policies in use" if page in OF_EVERY_POLICY else "policy: Hertfordshire") in screen.text


@pytest.mark.parametrize("page", PAGES)
def test_any_other_day_can_be_asked_for_where_it_changes_what_is_shown(page: str):
    day, other = (Screen(page, date=date) for date in ("2026-10-15", "2026-05-31"))
    assert not day.broken and not other.broken
    of_the_load = page in OF_THE_LOAD
    assert f"As at {'31' if of_the_load else '15'}/10/2026 · data load of 31/10/2026" in day.text
    if page not in CHANGE_WITH_MORE_THAN_THE_DAY:
        assert (_without_days(day.text) == _without_days(other.text)) == of_the_load
    assert [box.label for box in day.app.selectbox].count("Reporting date") == (not of_the_load)
    # A link leads on to the chosen day all the same.
    assert day.app.query_params["date"] == "2026-10-15"
    links = [link for table in day.tables.values() for row in table for _, link in row if link and link.startswith("figures?")]
    assert all("date=2026-10-15" in link for link in links)


def _without_days(text: str) -> str:
    return re.sub(r"\d\d/\d\d/\d{4}|\d+ (hours?|minutes?)", "", text)


def test_a_chosen_day_goes_with_the_reader_to_the_next_page():
    screen = Screen("countywide")
    screen.app.selectbox(key="reporting date").set_value("30/09/2026").run()
    assert "As at 30/09/2026" in screen.text
    screen.app.query_params.clear()
    screen.app.switch_page("pages/team.py").run()
    assert "As at 30/09/2026" in screen.text


def test_going_back_to_an_address_without_a_day_shows_the_nights_own():
    screen = Screen("countywide", date="2026-09-30")
    screen.app.query_params.clear()
    screen.app.run()
    assert "As at 31/10/2026" in screen.text


def test_a_child_is_found_from_every_page_by_either_identifier(engine: Engine):
    rules = [rule.id for rule in engine.policies["hertfordshire"].rules]
    frame = engine.children("hertfordshire", rules, asking())
    child = frame[frame["name"].notna() & frame["legacy_id"].notna()].iloc[0]
    for identifier in (child["child_id"], child["legacy_id"]):
        screen = Screen("figures")
        screen.app.text_input(key="find a child").set_value(f"  {identifier} ").run()
        assert f"{child['child_id']} · {child['name']}" in screen.text


def test_a_page_that_breaks_gives_a_reference_number_and_logs_no_name(monkeypatch, caplog):
    def fall(*arguments, **named):
        raise ValueError("Ava Bickerton, born 10/03/2023")

    monkeypatch.setattr("ui.context.cached_answers.headlines", fall)
    screen = Screen("countywide")
    assert "This page could not be shown. Please give your analyst the reference number" in screen.text
    assert "Bickerton" not in screen.html + caplog.text
    assert not screen.app.exception
    (record,) = [record for record in caplog.records if record.name == "tracker.app"]
    assert "ValueError" in record.getMessage() and "pages/countywide.py" in record.getMessage()
    assert record.getMessage().split()[1].rstrip(":") in screen.text


def test_what_is_being_worked_out_is_said_before_it_is_done_and_no_longer_after(monkeypatch):
    done: list[str] = []
    say, headlines = frame._say, cached_answers.headlines
    monkeypatch.setattr(frame, "_say", lambda place, doing: done.append(doing) or say(place, doing))
    monkeypatch.setattr(cached_answers, "headlines", lambda *asked, **named: done.append("figures") or headlines(*asked, **named))
    screen = Screen("countywide")
    assert done[:3] == ["Opening the data load", "Working out Countywide as at 31/10/2026", "figures"]
    assert not screen.broken and 'class="working"' not in screen.html
