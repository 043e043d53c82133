"""The panel's page says who would be on its agenda if it were made now, so that nobody is left off it unseen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.agenda.agenda import agenda, build_agenda
from casework.panels import close_panel, panel, plan_panel, save_panel
from casework.storage.database import Casework
from metrics.engine.engine import Engine
from tests.pages.screen import Screen
from tests.pages.test_panel import LISTS, NOBODY, OCTOBER, POLICY, casework, press, store
from words.labels import RESTRICTED_RECORD

__all__ = ["casework", "store"]
SAID = "not on this agenda, and would be on it if it were made now"


@pytest.fixture
def left_out(casework: Casework, engine: Engine) -> set[str]:
    """The children of an agenda's lists who are not on it: it was made for one service, and is now for all."""
    this = plan_panel(casework, POLICY, OCTOBER, "Jo Clerk")
    every = {item.child_id for item in build_agenda(casework, this.id, engine, LISTS, "Jo Clerk")}
    on = {item.child_id for item in build_agenda(casework, this.id, engine, LISTS, "Jo Clerk", ("Children Looked After",))}
    save_panel(casework, replace(panel(casework, this.id), services=()), "Jo Clerk")
    assert every > on > set()
    return every - on


def test_who_is_not_on_the_agenda_is_said_and_listed_until_it_is_made_again(casework: Casework, left_out: set[str]):
    screen = Screen("panel")
    sentence = f"{len(left_out)} children are {SAID}."
    assert f"{sentence} Making the agenda again adds them." in screen.text
    rows = screen.rows(sentence)
    assert len(rows) == len(left_out) and {row["Child ID"] for row in rows} - {RESTRICTED_RECORD} <= left_out
    # The lists that it was made from are chosen already.
    screen.app.text_input(key="your name").set_value("Jo Clerk").run()
    press(screen, "Make the agenda")
    assert SAID not in screen.text
    (this,) = [panel(casework, 1)]
    assert left_out <= {item.child_id for item in agenda(casework, this.id, NOBODY)}


def test_of_a_closed_panel_nothing_is_said(casework: Casework, left_out: set[str]):
    close_panel(casework, 1, "Jo Clerk")
    assert SAID not in Screen("panel").text
