"""Two people who write at once lose nothing, and every change says who made it and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from casework.agenda.actions import save_action
from casework.agenda.discussions import discussion, save_discussion
from casework.changes.history import history
from casework.changes.restricted import NOBODY
from casework.publishing.commentary import commentary, save_commentary
from casework.records.errors import CaseworkError, Conflict, EditedMeanwhile
from casework.records.records import Action, Discussion


@pytest.fixture
def begun(casework, panel) -> Discussion:
    """A discussion in its first version."""
    new = discussion(casework, panel.id, "C1", NOBODY)
    return save_discussion(casework, replace(new, summary="Waiting.", themes=frozenset({"court_delay"})), "Ann")


def test_a_record_comes_back_as_it_was_saved(casework, panel, begun):
    assert discussion(casework, panel.id, "C1", NOBODY) == begun
    assert begun == Discussion(panel.id, "C1", frozenset({"court_delay"}), "Waiting.", id=begun.id, version=1)


def test_fields_that_one_side_changed_merge_by_themselves(casework, begun):
    save_discussion(casework, replace(begun, decision="Chase the court."), "Ann")
    saved = save_discussion(casework, replace(begun, outcome="Agreed.", next_panel_date=date(2027, 1, 4)), "Bob")
    assert (saved.decision, saved.outcome, saved.next_panel_date, saved.version) == (
        "Chase the court.", "Agreed.", date(2027, 1, 4), 3,
    )  # fmt: skip


def test_barriers_merge_as_a_set(casework, begun):
    save_discussion(casework, replace(begun, themes=frozenset({"court_delay", "health"})), "Ann")
    saved = save_discussion(casework, replace(begun, themes=frozenset({"no_match_found"})), "Bob")
    assert saved.themes == {"health", "no_match_found"}


def test_a_field_that_both_changed_is_refused_with_all_three_values_and_kept(casework, begun):
    theirs = save_discussion(casework, replace(begun, decision="Theirs."), "Ann")
    mine = replace(begun, decision="Mine.", outcome="Mine too.")
    with pytest.raises(EditedMeanwhile, match="Ann has saved another version .*decision") as refused:
        save_discussion(casework, mine, "Bob")
    assert refused.value.conflicts == (Conflict("decision", "", "Theirs.", "Mine."),)
    assert (refused.value.current, refused.value.mine, refused.value.who) == (theirs, mine, "Ann")
    assert discussion(casework, begun.panel_id, "C1", NOBODY) == theirs
    kept = history(casework, begun, NOBODY)[0]
    assert (kept.applied, kept.who, kept.version, kept.based_on) == (False, "Bob", None, 1)
    assert {change.field: change.after for change in kept.changes} == {"decision": "Mine.", "outcome": "Mine too."}


def test_after_choosing_the_words_save_again(casework, begun):
    save_discussion(casework, replace(begun, decision="Theirs."), "Ann")
    with pytest.raises(EditedMeanwhile) as refused:
        save_discussion(casework, replace(begun, decision="Mine."), "Bob")
    saved = save_discussion(casework, replace(refused.value.current, decision="Theirs. Mine."), "Bob")
    assert (saved.decision, saved.version) == ("Theirs. Mine.", 3)


def test_two_who_begin_the_same_record_write_in_one(casework, panel):
    new = discussion(casework, panel.id, "C2", NOBODY)
    first = save_discussion(casework, replace(new, summary="Ann's words."), "Ann")
    second = save_discussion(casework, replace(new, decision="Bob's words."), "Bob")
    assert (second.id, second.summary, second.decision, second.version) == (first.id, "Ann's words.", "Bob's words.", 2)
    with pytest.raises(EditedMeanwhile):
        save_discussion(casework, replace(new, summary="Cat's words."), "Cat")


def test_saving_what_is_there_already_makes_no_history(casework, begun):
    assert save_discussion(casework, begun, "Bob") == begun
    assert len(history(casework, begun, NOBODY)) == 1


def test_the_history_says_who_and_when_and_what_was_before(casework, begun):
    before = datetime.now(UTC)
    save_discussion(casework, replace(begun, decision="Chase.", themes=frozenset()), "  Bob   Builder ")
    newest, oldest = history(casework, begun, NOBODY)
    assert (newest.who, newest.version, newest.based_on, newest.applied) == ("Bob Builder", 2, 1, True)
    assert before <= newest.at <= datetime.now(UTC)
    assert {change.field: (change.before, change.after) for change in newest.changes} == {
        "decision": ("", "Chase."),
        "themes": (frozenset({"court_delay"}), frozenset()),
    }
    assert oldest.version == 1


def test_a_day_in_the_history_is_a_day(casework, begun):
    save_discussion(casework, replace(begun, next_panel_date=date(2027, 2, 28)), "Ann")
    assert history(casework, begun, NOBODY)[0].changes[0].after == date(2027, 2, 28)


@pytest.mark.parametrize("who", ["", "   ", None, "x" * 201])
def test_nobody_writes_without_a_name(casework, begun, who):
    with pytest.raises(CaseworkError, match="Enter your name"):
        save_discussion(casework, replace(begun, decision="Anonymous."), who)
    assert discussion(casework, begun.panel_id, "C1", NOBODY) == begun


def test_a_record_cannot_be_moved_to_another_child(casework, begun):
    with pytest.raises(CaseworkError, match="about somebody else"):
        save_discussion(casework, replace(begun, child_id="C9"), "Bob")


def test_a_version_that_never_was_is_refused(casework, begun):
    with pytest.raises(CaseworkError, match="no version 7"):
        save_discussion(casework, replace(begun, version=7, decision="?"), "Bob")


def test_an_unknown_barrier_is_refused_and_nothing_of_the_change_is_kept(casework, begun):
    with pytest.raises(CaseworkError, match="'bad_luck' is not in the list of barriers"):
        save_discussion(casework, replace(begun, decision="x", themes=frozenset({"bad_luck"})), "Bob")
    assert discussion(casework, begun.panel_id, "C1", NOBODY) == begun


def test_two_actions_of_the_same_words_are_two(casework, panel):
    first = save_action(casework, Action(panel.id, "C1", "Ring the court."), "Ann")
    second = save_action(casework, Action(panel.id, "C1", "Ring the court."), "Ann")
    assert first.id != second.id


def test_commentary_is_kept_and_merged_like_every_other_record(casework):
    empty = commentary(casework, "corporate", "2026 Q3", "children_in_care")
    assert (empty.text, empty.version) == ("", 0)
    saved = save_commentary(casework, replace(empty, text="Steady."), "Ann")
    assert commentary(casework, "corporate", "2026 Q3", "children_in_care") == saved
    with pytest.raises(EditedMeanwhile):
        save_commentary(casework, replace(empty, text="Rising."), "Bob")


@pytest.mark.parametrize(("length", "refused"), [(10_000, False), (10_001, True)])
def test_a_text_has_an_end(casework, begun, length, refused):
    changed = replace(begun, summary="x" * length)
    if refused:
        with pytest.raises(CaseworkError, match="The text of 'summary' may have up to 10,000 characters; this one has 10,001"):
            save_discussion(casework, changed, "Ann")
    else:
        assert save_discussion(casework, changed, "Ann").version == 2


@pytest.mark.parametrize(
    ("day", "refused"),
    [(date(1989, 12, 31), True), (date(1990, 1, 1), False), (date(2099, 12, 31), False), (date(2100, 1, 1), True)],
)
def test_a_day_far_from_the_records_is_refused(casework, begun, day, refused):
    changed = replace(begun, next_panel_date=day)
    if refused:
        with pytest.raises(CaseworkError, match="The date of 'next panel date' is .*; give one from 01/01/1990 to 31/12/2099"):
            save_discussion(casework, changed, "Ann")
    else:
        assert save_discussion(casework, changed, "Ann").next_panel_date == day
