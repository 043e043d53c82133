"""On a page the panels' records are for somebody: what their roles let them write, of whom they may see, in their own name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casework.agenda.actions import actions, give_action, save_action
from casework.agenda.agenda import build_agenda
from casework.agenda.discussions import discussion, save_discussion
from casework.changes.history import history
from casework.changes.restricted import NOBODY, hidden_children
from casework.freezing.freezing import freeze
from casework.notes import save_note
from casework.panels import plan_panel
from casework.records.actor import Actor
from casework.records.errors import CaseworkError
from casework.records.records import Action, AgendaItem, Discussion, Note, Panel
from casework.storage.database import Casework
from metrics.engine.engine import Engine
from metrics.engine.scope import Reach, Scope
from tests.support.scopes import asking

OUTSIDE = "No child with that identifier, or you do not have access."
NOT_ALLOWED = "None of your roles allows this change"
ALL = frozenset({Action, AgendaItem, Discussion, Note, Panel})


@pytest.fixture
def children(engine: Engine) -> list[str]:
    """A child of each of two teams, whose scopes are below."""
    frame = engine.children("hertfordshire", [rule.id for rule in engine.policies["hertfordshire"].rules], asking())
    frame = frame[frame["name"].notna()].drop_duplicates("team")
    return frame["child_id"].head(2).tolist()


def _as(casework: Casework, engine: Engine, scope: Scope, *kinds: type, name: str = "Ann Smith (ann@x)") -> Casework:
    return replace(casework, actor=Actor(name, frozenset(kinds) or ALL, engine, scope))


def _team_of(engine: Engine, child: str) -> Scope:
    with engine.view(asking(), (engine.as_at,), ()) as view:
        (team,) = view.execute(
            "select team from known_on_day where child_id = $child and as_at = $day", {"child": child, "day": engine.as_at}
        ).fetchone()
    return asking(reach=Reach(teams=(team,)))


def test_a_child_outside_is_written_about_in_no_record_and_in_no_words_of_its_own(casework, engine, panel, children):
    mine, other = children
    acting = _as(casework, engine, _team_of(engine, mine))
    for child in (other, "NOBODY"):
        for write in (
            lambda child=child: save_discussion(acting, Discussion(panel.id, child, summary="x"), "Ann"),
            lambda child=child: save_action(acting, Action(panel.id, child, "x"), "Ann"),
            lambda child=child: give_action(acting, Action(panel.id, "", "x"), [mine, child], "Ann", NOBODY),
        ):
            with pytest.raises(CaseworkError) as refused:
                write()
            assert str(refused.value) == OUTSIDE
    with pytest.raises(CaseworkError):
        save_note(acting, engine, acting.actor.scope, Note(other, "x"), "Ann")
    assert actions(casework, NOBODY) == () and discussion(casework, panel.id, other, NOBODY).version == 0


def test_what_is_kept_is_in_the_name_of_the_person_who_has_signed_in_whatever_name_is_sent(casework, engine, panel, children):
    mine = children[0]
    acting = _as(casework, engine, _team_of(engine, mine))
    saved = save_action(acting, Action(panel.id, mine, "Ask the court"), "The director")
    assert [one.who for one in history(casework, saved, NOBODY)] == ["Ann Smith (ann@x)"]
    unsigned = _as(casework, engine, asking(), name="")
    saved = save_action(unsigned, Action(panel.id, mine, "Ask again"), "Pat Clerk")
    assert [one.who for one in history(casework, saved, NOBODY)] == ["Pat Clerk"]


def test_a_kind_of_record_that_no_role_may_write_is_refused(casework, engine, panel, children):
    mine = children[0]
    noting = _as(casework, engine, _team_of(engine, mine), Note)
    save_note(noting, engine, noting.actor.scope, Note(mine, "Seen"), "Ann")
    for write in (
        lambda: save_discussion(noting, Discussion(panel.id, mine, summary="x"), "Ann"),
        lambda: save_action(noting, Action(panel.id, mine, "x"), "Ann"),
        lambda: give_action(noting, Action(panel.id, "", "x"), [mine], "Ann", NOBODY),
        lambda: plan_panel(noting, "hertfordshire", date(2026, 12, 30), "Ann"),
        lambda: build_agenda(noting, panel.id, engine, ["no_current_plan"], "Ann"),
        lambda: freeze(noting, engine, "hertfordshire", engine.as_at, "Ann", None),
    ):
        with pytest.raises(CaseworkError, match=NOT_ALLOWED):
            write()


def test_the_actions_and_records_of_other_teams_are_not_there(casework, engine, panel, children):
    mine, other = children
    for child in (mine, other):
        save_action(casework, Action(panel.id, child, f"About {child}"), "Pat")
    scope = _team_of(engine, mine)
    assert [one.child_id for one in actions(_as(casework, engine, scope), NOBODY)] == [mine]
    assert hidden_children(casework, engine, scope) & {mine, other} == {other}
    assert {one.child_id for one in actions(_as(casework, engine, asking()), NOBODY)} == {mine, other}
