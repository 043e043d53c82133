"""Answers kept in memory are given only to whoever may have them, and only for the night they are of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metrics.engine import Engine
from metrics.scope import Scope
from ui import asking, now
from ui.now import Now


@pytest.fixture
def here(county_store, monkeypatch) -> Now:
    monkeypatch.setenv("TRACKER_STORE", str(county_store.path))
    key, engine, problems = now.open_night()
    return Now(key, engine, engine.as_at, "hertfordshire", Scope(roles=frozenset()), problems)


def test_one_engine_serves_everybody(here: Now):
    assert now.open_night()[1] is here.engine


def test_other_settings_are_another_engine(county_store, here: Now):
    store, night, stamp, size, restrictions = here.key
    assert now.engine_of((store, night, stamp + 1, size, restrictions)) is not here.engine


def test_a_narrower_scope_never_gets_a_wider_ones_answer(here: Now):
    everybody = asking.children(here)
    team = everybody["team"].iloc[0]
    narrow = asking.children(here, scope=here.within(team=team))
    assert 0 < len(narrow) < len(everybody)
    assert set(narrow["team"]) == {team}
    assert len(asking.children(here, scope=Scope(teams=(), roles=frozenset()))) == 0


def test_the_roles_are_part_of_what_is_remembered(here: Now, monkeypatch):
    asked = []
    monkeypatch.setattr(Engine, "children", lambda self, policy, rules, scope, as_at: asked.append(scope.roles) or [])
    asking.children(here, ("no_current_plan",), Scope(workers=("x",), roles=frozenset({"iro"})))
    asking.children(here, ("no_current_plan",), Scope(workers=("x",), roles=frozenset({"iro", "head"})))
    asking.children(here, ("no_current_plan",), Scope(workers=("x",), roles=frozenset({"head", "iro"})))
    asking.children(here, ("no_current_plan",), Scope(workers=("x",), roles=None))
    assert asked == [frozenset({"iro"}), frozenset({"iro", "head"}), None]


def test_another_day_is_another_answer(here: Now):
    earlier = replace(here, as_at=here.engine.reporting_dates[-2])
    assert asking.headlines(earlier)[0].trend[-1][0] == here.engine.reporting_dates[-2]
    assert asking.headlines(here)[0].trend[-1][0] == here.engine.as_at


def test_what_a_page_does_to_an_answer_stays_on_that_page(here: Now):
    mine = asking.children(here)
    mine["child_id"] = "gone"
    assert "gone" not in set(asking.children(here)["child_id"])
