"""What if, on How figures are made: another limit on the screen, the counts beside today's, and the line to agree."""

from __future__ import annotations

from data.settings import read_settings
from metrics.answers.what_if import what_if
from tests.pages.screen import Screen
from tests.support.scopes import asking

RULE, PERIOD = "return_home_6m", "what if value hertfordshire return_home_6m months"
DRAFT = "what if draft hertfordshire return_home_6m"


def _with(months: int) -> Screen:
    screen = Screen("figures", rule=RULE)
    assert not screen.broken and "This is what holds today." in screen.text
    screen.app.number_input(key=PERIOD).set_value(months).run()
    assert not screen.broken
    return screen


def test_another_limit_is_shown_beside_todays_and_nothing_is_changed(engine, county_store):
    screen, answer = _with(3), what_if(engine, "hertfordshire", RULE, "months", 3, asking(), engine.as_at)
    last = answer.trend.iloc[-1]
    assert f"{last['what_if']} children on 31/10/2026, in place of {last['today']:,}." in screen.text
    months = screen.rows("What if, over thirteen months: Return-home plan for 6 months or more")
    assert [(row["Today's limit"], row["What if"]) for row in months] == [
        (f"{row['today']:,}", f"{row['what_if']:,}") for row in answer.trend.to_dict("records")
    ]
    teams = screen.rows("What if, by team: Return-home plan for 6 months or more")
    assert sum(int(row["What if"]) for row in teams) == last["what_if"]
    assert county_store.settings.limits == {}


def test_the_line_is_drafted_to_be_agreed(tmp_path):
    screen = _with(3)
    screen.app.button(key=DRAFT).click().run()
    assert not screen.broken
    (tmp_path / "settings.toml").write_text(screen.app.code[0].value, encoding="utf-8")
    entry = read_settings(tmp_path).limits["hertfordshire"][RULE]
    assert (entry["months"], entry["agreed_by"], entry["from"].isoformat()) == (3, "to be agreed", "2026-11-01")
