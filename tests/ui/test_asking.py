"""Answers kept in memory are given only to anyone who may have them, and only for the night they are of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from access.person import on_this_machine
from metrics.engine.engine import Engine
from tests.support.scopes import asking
from ui.context import cached_answers, page_context
from ui.context.page_context import PageContext
from ui.context.remembered import remembered


@pytest.fixture
def here(county_store, monkeypatch) -> PageContext:
    monkeypatch.setenv("TRACKER_STORE", str(county_store.path))
    key, engine, problems = page_context.open_night()
    return PageContext(key, engine, engine.as_at, "hertfordshire", on_this_machine(), asking(roles=frozenset()), problems)


def test_one_engine_serves_everybody(here: PageContext):
    assert page_context.open_night()[1] is here.engine


def test_other_settings_are_another_engine(county_store, here: PageContext):
    store, night, stamp, size, restrictions = here.key
    assert page_context.engine_of((store, night, stamp + 1, size, restrictions)) is not here.engine


def test_a_narrower_scope_never_gets_a_wider_ones_answer(here: PageContext):
    everybody = cached_answers.children(here)
    team = everybody["team"].iloc[0]
    narrow = cached_answers.children(here, scope=here.within(team=team))
    assert 0 < len(narrow) < len(everybody)
    assert set(narrow["team"]) == {team}
    assert len(cached_answers.children(here, scope=asking(teams=(), roles=frozenset()))) == 0


def test_the_roles_are_part_of_what_is_remembered(here: PageContext, monkeypatch):
    asked = []
    monkeypatch.setattr(Engine, "children", lambda self, policy, rules, scope, as_at, **more: asked.append(scope.roles) or [])
    cached_answers.children(here, ("no_current_plan",), asking(workers=("x",), roles=frozenset({"iro"})))
    cached_answers.children(here, ("no_current_plan",), asking(workers=("x",), roles=frozenset({"iro", "head"})))
    cached_answers.children(here, ("no_current_plan",), asking(workers=("x",), roles=frozenset({"head", "iro"})))
    cached_answers.children(here, ("no_current_plan",), asking(workers=("x",), roles=None))
    assert asked == [frozenset({"iro"}), frozenset({"iro", "head"}), None]


def test_another_day_is_another_answer(here: PageContext):
    earlier = replace(here, as_at=here.engine.reporting_dates[-2])
    assert cached_answers.headlines(earlier)[0].trend[-1][0] == here.engine.reporting_dates[-2]
    assert cached_answers.headlines(here)[0].trend[-1][0] == here.engine.as_at


def test_what_a_page_does_to_an_answer_stays_on_that_page(here: PageContext):
    mine = cached_answers.children(here)
    mine["child_id"] = "gone"
    assert "gone" not in set(cached_answers.children(here)["child_id"])


def test_an_answer_is_never_kept_for_less_than_all_that_was_asked():
    """Streamlit leaves out what begins with an underscore."""
    with pytest.raises(TypeError, match="would give one answer for every _person"):
        remembered(1)(lambda key, _person: key)


def test_everybody_has_an_answer_of_their_own():
    @remembered(2)
    def answer(name: str, day: int) -> list[str]:
        return [name]

    answer("Ann", 1).append("changed")
    assert answer("Ann", 1) == ["Ann"] and answer("Ben", 1) == ["Ben"]


def test_there_is_one_way_to_keep_an_answer():
    written = {path.as_posix() for path in Path("ui").rglob("*.py") if "cache_data(" in path.read_text(encoding="utf-8")}
    assert written == {"ui/context/remembered.py"}
