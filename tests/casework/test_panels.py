"""Panels, themes, publications: what may be kept, and what stays permanently."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from casework.agenda.discussions import child_discussions, discussion, discussions, save_discussion
from casework.agenda.themes import add_theme, save_theme, themes, themes_in_use
from casework.changes.history import history
from casework.changes.restricted import NOBODY
from casework.freezing.around import panels_around
from casework.panels import close_panel, find_panel, panels, plan_panel, previous_panel, save_panel
from casework.publishing.publications import ledger, publications, publish
from casework.records.errors import CaseworkError
from casework.records.records import RESTRICTED_RECORD, Discussion, Publication, Theme

FIRST, SECOND = date(2026, 11, 30), date(2026, 12, 29)
SHOWN = Publication("corporate", "2026 Q3", datetime(2026, 11, 1, 9, tzinfo=UTC), "Pat", "night", "{}", "[]", "a" * 64)


def test_a_panel_is_planned_once_for_a_policy_and_a_date(casework, panel):
    assert plan_panel(casework, "hertfordshire", FIRST, "Sam") == panel
    assert plan_panel(casework, "salford", FIRST, "Sam").id != panel.id
    assert find_panel(casework, "hertfordshire", SECOND) is None


def test_the_previous_panel_is_the_one_of_the_same_policy_before(casework, panel):
    plan_panel(casework, "salford", date(2026, 12, 15), "Pat")
    later = plan_panel(casework, "hertfordshire", SECOND, "Pat")
    assert previous_panel(casework, later.id) == panel
    assert previous_panel(casework, panel.id) is None
    assert panels(casework, "hertfordshire") == (later, panel)


def test_a_closed_panel_can_be_opened_again_and_its_history_says_so(casework, panel):
    closed = close_panel(casework, panel.id, "Sam")
    assert closed.status == "closed"
    assert save_panel(casework, replace(closed, status="open"), "Kim").status == "open"
    assert [revision.who for revision in history(casework, closed, NOBODY)] == ["Kim", "Sam", "Pat Clerk"]


def test_a_panel_that_is_not_there_and_a_state_that_is_none_are_refused(casework, panel):
    with pytest.raises(CaseworkError, match="no panel number 99"):
        close_panel(casework, 99, "Pat")
    with pytest.raises(CaseworkError, match="'finished' is not the state"):
        save_panel(casework, replace(panel, status="finished"), "Pat")


@pytest.mark.parametrize(("day", "allowed"), [(FIRST, False), (date(2026, 12, 1), True), (date(2026, 11, 29), False)])
def test_the_next_panel_for_a_child_is_after_this_one(casework, panel, day, allowed):
    said = Discussion(panel.id, "C1", next_panel_date=day)
    if allowed:
        assert save_discussion(casework, said, "Pat").next_panel_date == day
    else:
        with pytest.raises(CaseworkError, match="must be after this one of 30/11/2026"):
            save_discussion(casework, said, "Pat")


def test_a_restricted_childs_discussion_has_no_words_for_those_without_the_role(casework, panel):
    save_discussion(casework, Discussion(panel.id, "C1", frozenset({"health"}), "Words.", "More.", "And.", SECOND), "Pat")
    hidden = frozenset({"C1"})
    assert discussions(casework, panel.id, hidden) == (Discussion(panel.id, RESTRICTED_RECORD, id=1, version=1),)
    for ask in (
        lambda: discussion(casework, panel.id, "C1", hidden),
        lambda: child_discussions(casework, "C1", hidden),
        lambda: history(casework, discussion(casework, panel.id, "C1", NOBODY), hidden),
        lambda: save_discussion(casework, discussions(casework, panel.id, hidden)[0], "Pat"),
    ):
        with pytest.raises(CaseworkError, match="restricted"):
            ask()


def test_all_that_panels_said_of_a_child_newest_first(casework, panel):
    later = plan_panel(casework, "hertfordshire", SECOND, "Pat")
    second = save_discussion(casework, Discussion(later.id, "C1", summary="Later."), "Pat")
    first = save_discussion(casework, Discussion(panel.id, "C1", summary="Earlier."), "Pat")
    save_discussion(casework, Discussion(panel.id, "C2", summary="Another."), "Pat")
    assert child_discussions(casework, "C1", NOBODY) == (second, first)


def test_the_council_adds_relabels_and_retires_barriers(casework, panel):
    added = add_theme(casework, "  Family group conference  not held ", "Pat")
    assert (added.code, added.label, added.active) == (
        "family_group_conference_not_held",
        "Family group conference not held",
        True,
    )
    assert themes(casework)[-1] == added
    save_discussion(casework, Discussion(panel.id, "C1", frozenset({added.code})), "Pat")
    save_theme(casework, replace(added, label="No conference", active=False), "Sam")
    assert added.code not in {theme.code for theme in themes(casework, active_only=True)}
    # What was said keeps its barrier, and its history the old label.
    assert discussion(casework, panel.id, "C1", NOBODY).themes == {added.code}
    assert themes_in_use(casework)[added.code] == 1
    assert [change.before for change in history(casework, added, NOBODY)[0].changes] == ["Family group conference not held", True]


@pytest.mark.parametrize(
    ("theme", "says"),
    [(Theme("health", "Again"), "already"), (Theme("Bad Code", "x"), "cannot be a theme's code"), (Theme("good", "  "), "label")],
)
def test_a_barrier_that_cannot_be_is_refused(casework, theme, says):
    with pytest.raises(CaseworkError, match=says):
        add_theme(casework, theme.label, "Pat", theme.code)


def state(casework) -> str:
    return ledger(casework, "corporate").state


def test_the_ledger_of_publications_is_added_to_and_never_repeats(casework):
    entered = publish(casework, SHOWN, state(casework))
    assert publications(casework) == (entered,)
    assert replace(entered, id=0) == SHOWN
    with pytest.raises(CaseworkError, match="already in the ledger of publications"):
        publish(casework, SHOWN, state(casework))
    other = publish(casework, replace(SHOWN, period="2026 Q4"), state(casework))
    assert publications(casework, kind="corporate", period="2026 Q4") == (other,)
    with pytest.raises(CaseworkError, match="Enter your name"):
        publish(casework, replace(SHOWN, period="2027 Q1", published_by=""), state(casework))


def test_the_panels_around_a_day_are_the_last_with_earlier_lists_and_the_next_one(casework):
    october, november, december = (plan_panel(casework, "hertfordshire", date(2026, month, 4), "Pat") for month in (10, 11, 12))
    plan_panel(casework, "slough", date(2026, 10, 30), "Pat")

    def around(day, panel=None):
        last, after = panels_around(casework, "hertfordshire", day, panel)
        return last and last.panel_date, after

    assert around(date(2026, 10, 4)) == (None, date(2026, 11, 4))
    assert around(date(2026, 10, 5)) == (date(2026, 10, 4), date(2026, 11, 4))
    assert around(date(2026, 11, 4)) == (date(2026, 10, 4), date(2026, 12, 4))
    assert around(date(2026, 12, 4)) == (date(2026, 11, 4), None)
    # The papers of November's panel look ahead to December's; those of December's, to its own day.
    assert around(date(2026, 10, 31), november) == (date(2026, 10, 4), date(2026, 12, 4))
    assert around(date(2026, 11, 30), december) == (date(2026, 11, 4), date(2026, 12, 4))
    assert around(date(2026, 12, 4), december) == (date(2026, 11, 4), None)
    assert around(date(2026, 10, 31), october) == (None, date(2026, 11, 4))
    assert panels_around(None, "hertfordshire", date(2026, 10, 31)) == (None, None)
