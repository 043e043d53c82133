"""A head of service's *Drift*, *Journeys* and *Data sources*: however they are asked for, nothing of another service's children, lists or
teams is in what is sent, nor in a file."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from access.roles import Role
from metrics.answers.drift.drift import movements
from metrics.answers.journeys import journeys
from tests.access.council import Council, sign_in_as
from tests.access.messages import marks_in, sent
from tests.access.test_files import Offered, offered
from tests.pages.screen import Screen
from tests.support.ages import without_age
from tests.support.reading_files import everything_in, found_anywhere
from tests.support.scopes import asking

__all__ = ["offered"]
HEAD = Role.HEAD_OF_SERVICE
YEAR_BEFORE = "2025-10-31"
# Movements of a year, of which many are between services; and what may be forged.
VISITS = [
    ("drift", {"from": YEAR_BEFORE, "moved": "all"}),
    ("drift", {"from": YEAR_BEFORE, "moved": "left", "rule": "no_current_plan"}),
    ("drift", {"from": "2026-10-31", "as": "reported", "moved": "all"}),
    ("journeys", {"route": "adoption", "step": "entry_to_placed"}),
    ("journeys", {"route": "home"}),
    ("data_sources", {}),
]


def _own_service(council: Council) -> str:
    reach = council.person(HEAD).reach
    assert reach
    return reach.services[0]


def _other_teams(council: Council) -> set[str]:
    """The teams and services of the others, on any of the dates looked at."""
    every = [council.engine.groups(asking(), day) for day in (council.engine.as_at, date.fromisoformat(YEAR_BEFORE))]
    pairs = {pair for groups in every for pair in zip(groups["service"], groups["team"], strict=True)}
    own = {name for service, team in pairs if service == _own_service(council) for name in (service, team)}
    return {name for pair in pairs for name in pair} - own


@pytest.mark.parametrize(
    ("page", "choices"), VISITS, ids=lambda value: value if isinstance(value, str) else "-".join(value.values())
)
def test_however_a_page_is_asked_for_nothing_of_another_service_is_sent(
    council: Council, monkeypatch, offered: Offered, page: str, choices: dict[str, str]
):
    sign_in_as(monkeypatch, council, HEAD)
    screen = Screen(page, **choices)
    assert not screen.broken and not screen.alerts, screen.alerts
    said = sent(screen.app)
    files = [f"{name}\n{everything_in(made())}" for name, made in offered]
    foreign, others = council.foreign(HEAD), _other_teams(council)
    assert len(others) > 3
    assert files
    mine = frozenset().union(*(council.marks[child] for child in council.own(HEAD)))
    assert page == "data_sources" or any(found_anywhere(text, mine) for text in files), "there is nobody to look at"
    for text in (said, *files):
        assert {name for name in others if name in text} == set()
    assert marks_in(said, foreign) == set()
    for text in files:
        assert found_anywhere(text, foreign) == set()


def test_as_somebody_who_sees_everybody_the_same_pages_would_fail_the_search(council: Council, monkeypatch):
    sign_in_as(monkeypatch, council, Role.PANEL_CHAIR)
    for page, choices in (VISITS[0], VISITS[3]):
        said = sent(Screen(page, **choices).app)
        assert len(marks_in(said, council.foreign(HEAD))) > 2 and sum(name in said for name in _other_teams(council)) > 3, page


def test_the_figures_are_those_of_the_own_services(council: Council, monkeypatch):
    sign_in_as(monkeypatch, council, HEAD)
    engine, service = council.engine, _own_service(council)
    first = date.fromisoformat(YEAR_BEFORE)
    screen = Screen("drift", **{"from": YEAR_BEFORE})
    rows = screen.rows(f"Movements on each list from {first:%d/%m/%Y} to {engine.as_at:%d/%m/%Y}")
    policy = screen.app.query_params.get("policy", ["hertfordshire"])[0]
    theirs = movements(engine, policy, asking(services=(service,)), first, engine.as_at)
    for row, one in zip(rows, theirs.rules, strict=True):
        told = [row[name] for name in row if name.startswith(("Opening", "Joined", "Left", "Closing")) and name != "Left care"]
        assert [None if text == "not supplied" else int(text.replace(",", "")) for text in told] == [
            one.opening, one.joined, one.left, one.closing,
        ]  # fmt: skip
        assert "Moved in" in row and "Moved out" in row
    assert sum(one.moved_out or 0 for one in theirs.rules) > 0
    assert "or not one of your children on the other date, whatever list the child was on" in screen.text
    answer = journeys(engine, "all", asking(services=(service,)))
    whole = journeys(engine, "all", asking())
    rows = Screen("journeys", route="all").rows("All children: the steps")
    assert [int(row["Children"].replace(",", "")) for row in rows] == [step.figures().started for step in answer.steps]
    assert answer.steps[0].figures().started < whole.steps[0].figures().started


def test_a_child_leads_to_a_page_where_there_is_one_for_the_reader(council: Council, monkeypatch):
    sign_in_as(monkeypatch, council, HEAD)
    gone: list[tuple] = []
    linked: list[tuple] = []
    for rule in council.engine.policies["hertfordshire"].rules:
        screen = Screen("drift", **{"from": YEAR_BEFORE, "moved": "all", "rule": rule.id})
        rows = screen.tables.get(f"{rule.title}: all", [[]])[1:]
        gone += [row[0] for row in rows if "not one of yours on the second date" in str(row)]
        linked += [row[0] for row in rows if row[0][1]]
    assert gone and all(link is None for _, link in gone)
    assert all(f"{text} · " in Screen.at(link).text for text, link in linked[:3]) and len(linked) > 3
    assert "or you do not have access." in Screen("child", child=gone[0][0]).text


def test_data_sources_tell_a_head_of_service_what_runs_and_not_how_many_rows_the_council_has(council: Council, monkeypatch):
    sign_in_as(monkeypatch, council, Role.ANALYST)
    analysts = Screen("data_sources")
    caption = "Every extract that the tracker can read"
    sign_in_as(monkeypatch, council, HEAD)
    screen = Screen("data_sources")
    rows = screen.rows(caption)
    counted = {"Used", "Note"}
    assert rows == [{name: text for name, text in row.items() if name not in counted} for row in analysts.rows(caption)]
    assert set(analysts.rows(caption)[0]) - set(rows[0]) == counted and any(row["Note"] for row in analysts.rows(caption))
    assert "Rules with a figure" in screen.text and "Read from" in analysts.text and "Read from" not in screen.text
    assert "rows_used" not in sent(screen.app) and "rows fit a child" not in sent(screen.app)


def test_another_services_address_is_not_there(council: Council, monkeypatch):
    groups = council.engine.groups(asking())
    other = next(service for service in groups["service"] if service != _own_service(council))
    sign_in_as(monkeypatch, council, HEAD)
    for page in ("drift", "journeys"):
        theirs, nobodys = (Screen(page, service=name) for name in (other, "Nowhere"))
        assert without_age(theirs.text.replace(other, "X")) == without_age(nobodys.text.replace("Nowhere", "X"))
        assert "which is not available here" in theirs.text and isinstance(theirs.app, AppTest)


def test_what_changed_leads_to_nobody_who_has_gone(council: Council, monkeypatch):
    sign_in_as(monkeypatch, council, Role.TEAM_MANAGER)
    (rows,) = [rows for title, rows in Screen("changes", since=YEAR_BEFORE).tables.items() if title.startswith("What changed")]
    gone = [row[0] for row in rows[1:] if "(moved out)" in str(row)]
    linked = [row[0] for row in rows[1:] if row[0][1]]
    assert gone and linked
    for text, link in (*gone[:2], *linked[:2]):
        there = Screen("child", child=text).text
        assert (link is None) == ("or you do not have access." in there), text
