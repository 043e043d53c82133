"""The councillors' page: the same protected figures as the pack, and a draft that says so."""

from __future__ import annotations

from tests.pages.screen import Screen


def test_the_page_shows_every_table_protected_and_says_that_it_is_a_draft():
    screen = Screen("corporate_parenting")
    assert not screen.broken
    assert "Draft: not published" in screen.text
    assert {"Scorecard", "Thirteen months", "Numerators and denominators", "By service", "What each measure means"} <= set(
        screen.tables
    )
    cells = [cell for name in ("Thirteen months", "By service") for row in screen.tables[name][1:] for cell, _ in row[1:]]
    assert "[c]" in cells and not set(cells) & {"1", "2", "3", "4", "5"}
    assert {button.label: button.disabled for button in screen.app.button}["Publish"]
