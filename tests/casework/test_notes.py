"""Notes about a child outside panels: by whom and when, changed with history, and for those alone who may see the child."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.changes.history import history
from casework.changes.restricted import NOBODY
from casework.notes import LONGEST, notes, save_note
from casework.records.errors import CaseworkError, EditedMeanwhile
from casework.records.records import Note
from tests.support.scopes import asking

EVERYBODY = asking(roles=frozenset())


@pytest.fixture
def child(engine) -> dict:
    """A child whose record may be seen, with its team."""
    rules = [rule.id for rule in engine.policies["hertfordshire"].rules]
    return engine.children("hertfordshire", rules, EVERYBODY).query("name.notna()").iloc[0].to_dict()


def test_a_note_says_who_wrote_it_and_when_and_its_older_words_stay(casework, engine, child):
    first = save_note(casework, engine, EVERYBODY, Note(child["child_id"], "Ask about contact"), "Anna Reid")
    save_note(casework, engine, EVERYBODY, Note(child["child_id"], "School meeting on Friday"), "Sam Okafor")
    save_note(casework, engine, EVERYBODY, replace(first, text="Ask about contact at Christmas"), "Jo Clerk")
    newest, oldest = notes(casework, engine, EVERYBODY, child["child_id"])
    assert (newest.note.text, newest.who) == ("School meeting on Friday", "Sam Okafor")
    assert (oldest.note.text, oldest.who, oldest.changed_who) == ("Ask about contact at Christmas", "Anna Reid", "Jo Clerk")
    assert oldest.at <= newest.at <= oldest.changed_at
    changes = [(one.who, change.before) for one in history(casework, oldest.note, NOBODY) for change in one.changes]
    assert ("Jo Clerk", "Ask about contact") in changes


def test_two_people_who_change_one_note_both_keep_their_words(casework, engine, child):
    note = save_note(casework, engine, EVERYBODY, Note(child["child_id"], "One"), "Anna Reid")
    save_note(casework, engine, EVERYBODY, replace(note, text="Two"), "Sam Okafor")
    with pytest.raises(EditedMeanwhile):
        save_note(casework, engine, EVERYBODY, replace(note, text="Three"), "Anna Reid")
    assert notes(casework, engine, EVERYBODY, child["child_id"])[0].note.text == "Two"


@pytest.mark.parametrize(("text", "words"), [(" \n", "Write the note first"), ("x" * (LONGEST + 1), "up to 4,000 characters")])
def test_a_note_has_words_and_not_too_many(casework, engine, child, text, words):
    with pytest.raises(CaseworkError, match=words):
        save_note(casework, engine, EVERYBODY, Note(child["child_id"], text), "Anna Reid")


def test_a_child_outside_the_scope_is_the_same_as_one_who_is_not_there_to_read_and_to_write(casework, engine, child):
    other = next(team for team in engine.groups(EVERYBODY)["team"] if team != child["team"])
    elsewhere = asking(teams=(other,), roles=frozenset())
    note = save_note(casework, engine, EVERYBODY, Note(child["child_id"], "Seen by the team"), "Anna Reid")
    sentences = set()
    for scope, asked in ((elsewhere, child["child_id"]), (EVERYBODY, "NOBODY")):
        with pytest.raises(CaseworkError) as read:
            notes(casework, engine, scope, asked)
        with pytest.raises(CaseworkError) as written:
            save_note(casework, engine, scope, replace(note, child_id=asked), "Anna Reid")
        sentences |= {str(one.value).replace(asked, "CHILD") for one in (read, written)}
    assert sentences == {"There is no child with the identifier CHILD, or you do not have access."}
    assert notes(casework, engine, asking(teams=(child["team"],), roles=frozenset()), child["child_id"])[0].note == note


def test_a_note_cannot_be_moved_to_another_child(casework, engine, child):
    note = save_note(casework, engine, EVERYBODY, Note(child["child_id"], "About this child"), "Anna Reid")
    rules = [rule.id for rule in engine.policies["hertfordshire"].rules]
    every = engine.children("hertfordshire", rules, EVERYBODY).query("name.notna()")["child_id"]
    other = next(one for one in every if one != child["child_id"])
    with pytest.raises(CaseworkError, match="about somebody else"):
        save_note(casework, engine, EVERYBODY, replace(note, child_id=other), "Anna Reid")
