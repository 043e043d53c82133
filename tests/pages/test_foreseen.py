"""What the first visitor would wait for is asked before anybody comes: by the same keys, for nobody's eyes, and giving way to pages."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
import streamlit

from data.store.store import Store
from metrics.engine.engine import Engine
from metrics.engine.gate import View
from tests.pages.screen import Screen
from tests.pages.test_access_record import watch
from tests.support.copies import copy_of
from tests.support.scopes import asking
from ui.context import memory, page_context
from ui.context.page_context import NothingToShow
from ui.shell import foreseen

ROOT = Path(__file__).parent.parent.parent
STARTS_AND_ENDS = """
from ui.shell import foreseen

foreseen.start()
print("started")
"""
PEOPLE = """
[[person]]
identity = "{}"
roles = ["{}"]
"""
SIGN_IN = """
[sign_in]
provider = "https://login.example.gov.uk"
address = "https://tracker.example.gov.uk"
client_id = "tracker"
client_secret_variable = "A"
cookie_secret_variable = "B"
"""


@pytest.fixture(autouse=True)
def nothing_in_memory() -> Iterator[None]:
    """No answer is, nor a count that an engine keeps."""
    streamlit.cache_data.clear()
    page_context.engine_of.clear()
    yield
    streamlit.cache_data.clear()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that reach a night from now on."""
    found: list[str] = []
    execute = View.execute

    def noted(view: View, sql: str, parameters=None):
        found.append(sql)
        return execute(view, sql, parameters)

    monkeypatch.setattr(View, "execute", noted)
    return found


def _team(engine: Engine) -> dict[str, str]:
    return engine.groups(asking())[["service", "team"]].iloc[0].to_dict()


def _text(page: str, choices: dict[str, str]) -> str:
    """What a page says, but for how long ago the data load was published."""
    return re.sub(r"\([^()]*\) · policy", "· policy", Screen(page, **choices).text)


def test_the_first_visitor_asks_nothing_that_was_not_foreseen(asked: list[str], engine: Engine):
    team = _team(engine)
    places: list[tuple[str, dict]] = [
        ("countywide", {}),
        ("team", {}),
        ("team", {"service": team["service"]}),
        ("team", team),
    ]
    before = [_text(page, choices) for page, choices in places]
    assert asked
    streamlit.cache_data.clear()
    foreseen.make_ready()
    asked.clear()
    assert [_text(page, choices) for page, choices in places] == before
    assert asked == []


def test_every_policys_countywide_page_is_foreseen(asked: list[str], every_policy_store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TRACKER_STORE", str(every_policy_store.path))
    foreseen.make_ready()
    asked.clear()
    for policy in every_policy_store.settings.policies:
        Screen("countywide", policy=policy)
    assert asked == []


def test_a_data_load_is_asked_once(asked: list[str]):
    key = foreseen.make_ready()
    assert asked
    asked.clear()
    assert foreseen.make_ready(key) == key and asked == []


def test_nothing_is_recorded_of_what_nobody_is_shown(county_store: Store):
    watched = watch(county_store)
    foreseen.make_ready()
    assert watched.entries == []


def test_it_is_asked_for_those_who_see_the_whole_council_alone(
    county_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    store = copy_of(county_store, tmp_path / "store")
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    (store.path / "settings.toml").write_text(SIGN_IN, encoding="utf-8")
    held = "".join(
        PEOPLE.format(f"{role.replace(' ', '.')}@{place}.gov.uk", role)
        for place, role in enumerate(("councillor", "administrator", "analyst", "panel member", "analyst"))
    )
    bounded = '[[person]]\nidentity = "m@example.gov.uk"\nroles = ["team manager"]\nteams = ["East 1"]\n'
    (store.path / "people.toml").write_text(held + bounded, encoding="utf-8")
    found = foreseen._see_the_whole_council(store.settings)
    assert [person.identity.partition("@")[0] for person in found] == ["analyst", "panel.member"]
    (store.path / "people.toml").write_text(bounded, encoding="utf-8")
    assert foreseen._see_the_whole_council(store.settings) == []


def test_it_stops_between_two_questions(asked: list[str]):
    foreseen.make_ready(stopped=lambda seconds: bool(asked))
    assert 0 < len(asked) < 5


def test_the_teams_are_asked_about_after_a_while(asked: list[str]):
    """Whoever stops the server in between does not wait for them."""
    waited: list[float] = []

    def stopped(seconds: float) -> bool:
        waited.append(seconds)
        return seconds > 0

    foreseen.make_ready(stopped=stopped)
    assert max(waited) == waited[-1] == foreseen.SECONDS_BEFORE_TEAMS and asked
    asked.clear()
    Screen("countywide")
    assert asked == []


def test_it_gives_way_to_a_page(asked: list[str]):
    ready = Event()

    def make_ready() -> None:
        foreseen.make_ready()
        ready.set()

    with memory.page():
        thread = Thread(target=make_ready)
        thread.start()
        assert not ready.wait(0.5) and asked == []
    assert ready.wait(60) and asked
    thread.join()


def test_a_load_that_cannot_be_read_is_tried_again(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    """Its name is in the log; what a fault of another kind says may name a child, and is not."""
    stopped, tried = Event(), []

    def make_ready(last, stopped_after) -> tuple:
        tried.append(last)
        if len(tried) == 4:
            stopped.set()
        if len(tried) < 4:
            raise [NothingToShow("no store"), ValueError("Zoë Oak"), NothingToShow("no store")][len(tried) - 1]
        return ("key",)

    monkeypatch.setattr(foreseen, "make_ready", make_ready)
    monkeypatch.setattr(foreseen, "server_is_there", lambda: True)
    monkeypatch.setattr(foreseen, "SECONDS_BETWEEN", 0.001)
    monkeypatch.setattr(foreseen, "SECONDS_AFTER_FAULT", 0.001)
    with caplog.at_level(logging.INFO, logger="tracker.app"):
        foreseen._keep_ready(stopped)
    assert len(tried) == 4
    assert "ValueError" in caplog.text and "Oak" not in caplog.text and "no store" not in caplog.text


def test_it_ends_with_the_server():
    done = subprocess.run([sys.executable, "-c", STARTS_AND_ENDS], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout.split()) == (0, ["started"]) and "Traceback" not in done.stderr
