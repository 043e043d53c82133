"""Nobody is left off an agenda unseen: what making it again would change, after children joined its lists, left them or moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from casework.agenda.agenda import add_to_agenda, agenda, build_agenda, remove_from_agenda, since_made
from casework.agenda.discussions import save_discussion
from casework.changes.restricted import NOBODY
from casework.panels import panel, plan_panel, save_panel
from casework.records.records import Discussion
from metrics.engine.engine import Engine
from tests.packs.nights import engine_of, night
from words.labels import RESTRICTED_RECORD

DAY = date(2026, 11, 30)
RESIDENTIAL, HOME = "RESPLMT", "RETURN6M"
RULE = "plan_residential"
TEAMS = {"T1": "North", "T2": "South"}
AREAS = (("East", ("North",)), ("West", ("South",)))


@pytest.fixture(scope="module")
def of(tmp_path_factory: pytest.TempPathFactory, without_journeys: None) -> Callable[..., Engine]:
    """The engine of a night of children: {child: team or (team, plan)}. The same children are loaded once."""

    @cache
    def loaded(children: tuple) -> Engine:
        return engine_of(tmp_path_factory.mktemp("night"), night(dict(children), TEAMS))

    def made(areas: tuple = (), **children: str | tuple[str, str]) -> Engine:
        rows = {
            child: (where, RESIDENTIAL, f"W{child}") if isinstance(where, str) else (*where, f"W{child}")
            for child, where in children.items()
        }
        engine = loaded(tuple(rows.items()))
        return Engine(engine.night, replace(engine.settings, panel_areas=areas)) if areas else engine

    return made


def _planned(casework, engine, area="", services=None):
    found = plan_panel(casework, "hertfordshire", DAY, "Pat", area=area)
    build_agenda(casework, found.id, engine, [RULE], "Pat", services)
    return panel(casework, found.id)


def _changed(casework, this, engine, hidden=NOBODY):
    found = since_made(casework, panel(casework, this.id), engine, hidden)
    return [item.child_id for item in found.joined], [item.child_id for item in found.left]


def test_nothing_has_changed_on_the_night_it_was_made(casework, of):
    engine = of(A="T1", B="T2")
    assert _changed(casework, _planned(casework, engine), engine) == ([], [])


def test_a_child_who_joined_the_lists_and_one_who_left_them_are_told_until_it_is_made_again(casework, of):
    this = _planned(casework, of(A="T1", B="T2"))
    later = of(A="T1", B=("T2", HOME), C="T2")
    assert _changed(casework, this, later) == (["C"], ["B"])
    assert {item.child_id for item in agenda(casework, this.id, NOBODY)} == {"A", "B"}
    build_agenda(casework, this.id, later, this.lists, "Pat", this.services)
    assert {item.child_id for item in agenda(casework, this.id, NOBODY)} == {"A", "C"}
    assert _changed(casework, this, later) == ([], [])
    # B is on the list again: off the agenda by no hand, so it is told.
    assert _changed(casework, this, of(A="T1", B="T2", C="T2")) == (["B"], [])


def test_only_the_lists_and_services_that_it_was_made_from_count(casework, of):
    this = _planned(casework, of(A="T1", B="T2"), services=("North",))
    assert (this.lists, this.services) == ((RULE,), ("North",))
    assert _changed(casework, this, of(A="T1", B="T2", C="T2", D="T1", E=("T1", HOME))) == (["D"], [])


def test_whoever_was_added_taken_off_or_discussed_is_not_told(casework, of):
    engine = of(A="T1", B="T2", C="T1", E=("T1", HOME))
    this = _planned(casework, engine)
    items = {item.child_id: item for item in agenda(casework, this.id, NOBODY)}
    remove_from_agenda(casework, items["A"], "Discussed elsewhere", "Pat")
    add_to_agenda(casework, this.id, "E", "The team asks", "Pat", NOBODY)
    save_discussion(casework, Discussion(this.id, "B", decision="Wait"), "Pat")
    assert _changed(casework, this, of(A="T1", B=("T2", HOME), C="T1", E=("T1", HOME))) == ([], [])


def test_a_child_who_moves_between_the_agendas_of_two_areas_of_one_day_is_told_to_the_area_where_the_child_is(casework, of):
    before = of(AREAS, A="T1", B="T2")
    west = _planned(casework, before, "West")
    moved = of(AREAS, A="T2", B="T2")
    east = _planned(casework, moved, "East")
    on = {one.area: {item.child_id for item in agenda(casework, one.id, NOBODY)} for one in (east, west)}
    assert on == {"East": set(), "West": {"B"}}, "A is on neither"
    assert _changed(casework, west, moved) == (["A"], [])
    assert _changed(casework, east, moved) == ([], [])


def test_a_child_whom_the_reader_may_not_see_counts_without_a_name(casework, of):
    this = _planned(casework, of(A="T1"))
    assert _changed(casework, this, of(A="T1", C="T2"), frozenset({"C"})) == ([RESTRICTED_RECORD], [])


def test_of_an_agenda_that_was_not_made_or_made_before_its_lists_were_kept_nothing_is_told(casework, of):
    engine = of(A="T1")
    unmade = plan_panel(casework, "hertfordshire", DAY, "Pat")
    assert _changed(casework, unmade, engine) == ([], [])
    older = save_panel(casework, replace(_planned(casework, engine), lists=(), services=()), "Pat")
    assert _changed(casework, older, of(A="T1", C="T2")) == ([], [])
