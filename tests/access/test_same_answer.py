"""A child who may not be seen and one who does not exist: the same words, and the same work, so that the time tells nothing either.

A clock would flicker. Time is what the questions take that are asked of the data load and of the records; they are written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import Engine, event

from access.roles import Role
from metrics.engine.gate import View
from tests.access.council import Council, sign_in_as
from tests.access.messages import sent
from tests.deep import some
from tests.pages.council import FIRST_PANEL
from tests.pages.screen import Screen
from tests.support.ages import without_age
from ui.shell import printing

PAGES: dict[str, dict[str, str]] = {
    "child": {},
    "key_stages": {},
    "action_planning": {},
    "panel": {"panel": FIRST_PANEL.isoformat()},
}
# Who looks, and at whom: at somebody else's child, or at one whose record is restricted.
BOUNDED = (Role.TEAM_MANAGER, Role.WORKER, Role.REVIEWING_OFFICER, Role.HEAD_OF_SERVICE)
CELLS = [
    (role, page)
    for role in (*BOUNDED, Role.PANEL_CHAIR, Role.ANALYST)
    for page in PAGES
    if not (page == "panel" and role in BOUNDED)  # it is no page of theirs
]
NOBODY, NOBODY_EITHER = "999000001", "999000002"


@dataclass
class Asked:
    """Every question that is asked, in order."""

    questions: list[str] = field(default_factory=list)

    def taken(self) -> list[str]:
        """The questions since they were last taken."""
        taken, self.questions = self.questions, []
        return taken


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    watched, execute = Asked(), View.execute

    def ask(self: View, sql: str, parameters=None):
        watched.questions.append(sql)
        return execute(self, sql, parameters)

    def note(connection, cursor, statement: str, *rest) -> None:
        watched.questions.append(statement)

    monkeypatch.setattr(View, "execute", ask)
    event.listen(Engine, "before_cursor_execute", note)
    yield watched
    event.remove(Engine, "before_cursor_execute", note)


def unseen(council: Council, role: Role) -> str:
    """A child whom somebody of a role may not see."""
    return council.stranger(role) if role in BOUNDED else min(council.restricted)


def told(screen: Screen, asked_for: str) -> str:
    return without_age(sent(screen.app).replace(asked_for, "X"))


@pytest.mark.parametrize(("role", "page"), some(CELLS, 3), ids=lambda value: getattr(value, "value", value))
def test_an_address_of_a_child_who_may_not_be_seen(council: Council, monkeypatch, asked: Asked, role: Role, page: str):
    sign_in_as(monkeypatch, council, role)
    monkeypatch.setattr(printing, "show", lambda *about: None)  # the minute of printing may pass between the two
    hidden = unseen(council, role)
    assert len(hidden) == len(NOBODY)
    answers: dict[str, tuple[str, list[str]]] = {}
    for child in (NOBODY, hidden, NOBODY_EITHER):  # the first finds nothing in memory yet
        asked.taken()
        screen = Screen(page, child=child, **PAGES[page])
        assert not screen.broken
        answers[child] = told(screen, child), asked.taken()
    assert answers[hidden] == answers[NOBODY_EITHER]
    assert any("select" in question for question in answers[hidden][1])


def by_number(council: Council, child: str) -> str:
    return child


def by_older_number(council: Council, child: str) -> str:
    return next(mark for mark in council.marks[child] if mark.isdigit() and mark != child)


def by_name(council: Council, child: str) -> str:
    return next(mark for mark in council.marks[child] if " " in mark)


@pytest.mark.parametrize("known_by", [by_number, by_older_number, by_name])
@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.PANEL_CHAIR])
def test_a_search_for_a_child_who_may_not_be_seen(council: Council, monkeypatch, asked: Asked, role: Role, known_by):
    sign_in_as(monkeypatch, council, role)
    monkeypatch.setattr(printing, "show", lambda *about: None)
    hidden = known_by(council, unseen(council, role))
    # As long and of the same kinds of signs.
    nobody, either = ("".join("9q"[sign.isalpha()] if sign.isalnum() else sign for sign in hidden[:-1]) + end for end in "79")
    answers: dict[str, tuple[str, list[str]]] = {}
    for words in (nobody, hidden, either):
        screen = Screen("figures")
        asked.taken()
        screen.app.text_input(key="find a child").set_value(words).run()
        answers[words] = told(screen, words), asked.taken()
        assert "No child matches that, or you do not have access." in answers[words][0]
    assert answers[hidden] == answers[either]
    assert answers[hidden][1]


def test_a_child_who_may_be_seen_is_answered_otherwise(council: Council, monkeypatch, asked: Asked):
    """What the tests above compare differs where it should."""
    sign_in_as(monkeypatch, council, Role.PANEL_CHAIR)
    seen = min(council.seen[Role.TEAM_MANAGER] & council.own(Role.PANEL_CHAIR))
    texts, questions = [], []
    for child in (NOBODY, seen):
        asked.taken()
        texts.append(told(Screen("child", child=child), child))
        questions.append(asked.taken())
    assert texts[0] != texts[1] and len(questions[1]) > len(questions[0])
