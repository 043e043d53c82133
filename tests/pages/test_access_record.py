"""Whoever is shown a child is in the record of access first; where it cannot be written, nothing is shown."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from access.record.entries import AccessRecordError, Entry
from access.record.record import AccessRecord, Asked, open_access_record
from access.record.verifying import problems
from data.store.store import Store
from metrics.answers.child.identifiers import identifiers
from metrics.engine.engine import Engine
from tests.deep import some
from tests.pages.council import shown
from tests.pages.screen import Screen
from tests.support.copies import copy_of
from tests.support.scopes import asking
from ui.components import markup
from ui.context import access_record, browser_sessions
from ui.shell.navigation import OF_POLICIES, PAGES

RULES = ["ltf_12m", "return_home_6m", "no_current_plan"]
OF_ONE_CHILD = ("child", "action_planning", "key_stages", "panel", "siblings")
EVERY_PAGE = [stem for pages in (*PAGES.values(), *OF_POLICIES.values()) for stem in pages]


@dataclass
class Watched:
    """The record of a store, from now on."""

    record: AccessRecord

    def __post_init__(self) -> None:
        self.before = max((entry.position for entry in self.record.entries(Asked(most=1))), default=0)

    @property
    def entries(self) -> list[Entry]:
        return [entry for entry in reversed(self.record.entries(Asked(most=10_000))) if entry.position > self.before]

    @property
    def children(self) -> set[str]:
        return {child for entry in self.entries for child in self.record.children_of(entry)}


def watch(store: Store) -> Watched:
    return Watched(open_access_record(store.settings, store.path))


def everything(screen: Screen) -> str:
    """All that a page has sent to the browser: markup, labels, options, charts."""
    found: list[str] = []

    def gather(node) -> None:
        found.append(str(getattr(node, "proto", "")))
        for child in getattr(node, "children", {}).values():
            gather(child)

    gather(screen.app._tree)
    # A figure's own signs are written as escapes, which would stand before a word as letters of it.
    found += [json.dumps(chart.figure, ensure_ascii=False) for chart in screen.charts]
    return "\n".join(found)


def children_on(screen: Screen, known: dict[str, str]) -> set[str]:
    return {known[word] for word in re.findall(r"[A-Za-z0-9-]+", everything(screen)) if word in known}


@pytest.fixture
def engine_of_borough(borough: Store, monkeypatch: pytest.MonkeyPatch) -> Engine:
    return shown(borough, monkeypatch)


@pytest.mark.parametrize("page", sorted({*some(EVERY_PAGE, 5), "action_planning", "child", "children", "panel"}))
def test_every_child_on_a_page_is_in_the_record(page: str, borough: Store, engine_of_borough: Engine):
    known = identifiers(engine_of_borough, asking())
    watched = watch(borough)
    child = next(iter(engine_of_borough.children("hertfordshire", ["ltf_12m"], asking())["child_id"]))
    screen = Screen(page, **({"child": child} if page in OF_ONE_CHILD else {}))
    assert not screen.broken
    assert children_on(screen, known) <= watched.children
    assert page in [entry.subject for entry in watched.entries if entry.kind == "page"]
    assert {entry.identity for entry in watched.entries} == {"analyst on this machine"}
    assert problems(watched.record) == []


def test_no_name_is_in_the_record(county_store: Store, engine: Engine):
    watched = watch(county_store)
    for page in ("children", "team", "child"):
        Screen(page)
    content = b"".join(path.read_bytes() for path in sorted(Path(county_store.path).glob("access.*")))
    names = {str(name) for name in engine.children("hertfordshire", RULES, asking())["name"].dropna()}
    assert watched.children and names
    assert [name for name in names if name.encode() in content] == []


def test_what_is_searched_for_is_not_in_the_record(county_store: Store):
    screen = Screen("figures")
    screen.app.text_input(key="find a child").set_value("Qwertyuiop").run()
    Screen("child", child="Asdfghjkl")
    Screen("team", team="Zxcvbnm")
    content = b"".join(path.read_bytes() for path in sorted(Path(county_store.path).glob("access.*")))
    assert [word for word in (b"Qwertyuiop", b"Asdfghjkl", b"Zxcvbnm") if word in content] == []


def test_who_asks_for_what_is_not_there_is_in_the_record(county_store: Store, engine: Engine):
    child = engine.children("hertfordshire", RULES, asking())["child_id"].iloc[0]
    watched = watch(county_store)
    Screen("child", child="Asdfghjkl").app.run()
    Screen("team", team="Zxcvbnm")
    Screen("child", child=child)
    found = [(entry.subject, entry.choices, entry.children) for entry in watched.entries if entry.kind == "not found"]
    assert found == [("child", "child", 0), ("team", "team", 0)]


def test_a_child_that_a_search_shows_is_in_the_record(county_store: Store, engine: Engine):
    child = engine.children("hertfordshire", RULES, asking())["child_id"].iloc[0]
    watched = watch(county_store)
    Screen("figures").app.text_input(key="find a child").set_value(child).run()
    assert child in watched.children


def test_the_same_thing_is_recorded_once_a_session(county_store: Store):
    watched = watch(county_store)
    screen = Screen("children")
    count = len(watched.entries)
    screen.app.run()
    screen.app.run()
    assert len(watched.entries) == count >= 2
    Screen("children")
    assert len(watched.entries) == 2 * count


def test_where_the_record_cannot_be_written_nothing_is_shown(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    def refuse(*arguments, **named):
        raise AccessRecordError("The record of access: the disk is full; make room and try again.")

    monkeypatch.setattr(AccessRecord, "add", refuse)
    for page in ("children", "child", "countywide"):
        screen = Screen(page)
        assert screen.alerts == [
            "Nothing is shown, because the record of who sees what cannot be written. "
            "The record of access: the disk is full; make room and try again."
        ]
        assert screen.tables == {}
        assert children_on(screen, identifiers(engine, asking())) == set()


def test_where_only_the_children_cannot_be_recorded_no_child_is_shown(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    """The disk fills up while the page is made."""

    def refuse(*arguments, **named):
        raise AccessRecordError("The record of access: the disk is full; make room and try again.")

    monkeypatch.setattr(access_record.Recorder, "show_children", refuse)
    screen = Screen("children")
    assert "Nothing is shown, because the record of who sees what cannot be written." in screen.text
    assert children_on(screen, identifiers(engine, asking())) == set()


def test_the_record_is_written_before_the_page_is_sent(county_store: Store, monkeypatch: pytest.MonkeyPatch):
    """A server that is killed between the two has recorded what nobody saw, and never the other way round."""
    watched, sent = watch(county_store), []

    def send(body, **named):
        if "child=" in str(body):
            sent.append(set(re.findall(r"child=([^\"&]+)", str(body))) <= watched.children)

    monkeypatch.setattr(markup.streamlit, "html", send)
    Screen("children")
    assert sent and all(sent)


def test_a_file_is_recorded_with_its_hash_and_its_children(county_store: Store, engine: Engine, monkeypatch: pytest.MonkeyPatch):
    import hashlib

    from ui.components import downloads

    pressed = {}
    monkeypatch.setattr(downloads.streamlit, "download_button", lambda label, made, **named: pressed.update({named["key"]: made}))
    screen = Screen("children")
    assert not screen.broken
    watched = watch(county_store)
    made = {key: give() for key, give in pressed.items() if key.startswith("download children")}
    assert set(made) == {"download children", "download children excel"}
    assert [(entry.kind, entry.subject, entry.sha256) for entry in watched.entries] == [
        ("file", "children.csv", hashlib.sha256(made["download children"]).hexdigest()),
        ("file", "children excel.xlsx", hashlib.sha256(made["download children excel"]).hexdigest()),
    ]
    listed = set(engine.children("hertfordshire", RULES, asking())["child_id"])
    assert all(set(watched.record.children_of(entry)) <= listed and entry.children > 5 for entry in watched.entries)


def test_somebody_takes_so_many_files_in_an_hour_and_no_more(county_store: Store, tmp_path, monkeypatch, caplog):
    from ui.components import downloads

    store = copy_of(county_store, tmp_path / "store")
    with (store.path / "settings.toml").open("a", encoding="utf-8") as file:
        file.write("\nfiles_an_hour = 3\n")
    shown(store, monkeypatch)
    pressed = {}
    monkeypatch.setattr(downloads.streamlit, "download_button", lambda label, made, **named: pressed.update({named["key"]: made}))
    assert not Screen("children").broken
    watched, take = watch(store), pressed["download children"]
    first = [take() for _ in range(3)]
    with pytest.raises(access_record.TooManyFiles, match="3 files within an hour is the most that one person may take"):
        take()
    assert [entry.kind for entry in watched.entries] == ["file"] * 3 and "a file was refused" in caplog.text
    later = datetime.now(UTC) + timedelta(hours=1, seconds=1)
    monkeypatch.setattr(access_record, "record_of", lambda place, settings: replace(watched.record, clock=lambda: later))
    assert not Screen("children").broken
    assert pressed["download children"]() == first[0]


def test_a_file_that_cannot_be_recorded_is_not_given(monkeypatch: pytest.MonkeyPatch):
    class Refusing:
        def take_file(self, name, data):
            raise AccessRecordError("full")

    with pytest.raises(AccessRecordError):
        access_record.before_file("list.csv", b"P1", Refusing(), "session")


LIST = "Entries of the record of access"


def test_administrators_find_who_looked_at_a_child(county_store: Store, engine: Engine):
    child = engine.children("hertfordshire", RULES, asking())["child_id"].iloc[0]
    Screen("child", child=child)
    screen = Screen("access_record")
    assert not screen.broken
    screen.app.text_input(key="access child").set_value(f" {child} ").run()
    # The store is shared with other tests, and other people may have looked at the child there.
    rows = screen.rows(LIST)
    assert all(int(row["Children"]) >= 1 for row in rows)
    assert ("analyst on this machine", "Child") in {(row["Who"], row["Page, file or command"]) for row in rows}
    screen.app.text_input(key="access child").set_value("nobody").run()
    assert "No entry of the record of access answers this." in screen.text
    screen.app.text_input(key="access child").set_value("").run()
    screen.app.text_input(key="access who").set_value("somebody else").run()
    assert LIST not in screen.tables
    screen.app.text_input(key="access who").set_value("analyst on this machine").run()
    screen.app.selectbox(key="access kind").set_value("page").run()
    assert {row["What"] for row in screen.rows(LIST)} == {"page"}


@pytest.mark.parametrize(("seconds", "ended"), [(-1, False), (0, True), (5, True)])
def test_somebody_who_was_signed_out_is_shown_nothing_more(
    county_store: Store, engine: Engine, monkeypatch: pytest.MonkeyPatch, seconds: int, ended: bool
):
    """Sign-out everywhere ends the sessions that began before it, to the second."""
    began = int(browser_sessions.SESSIONS.clock())
    session = browser_sessions.BrowserSession(browser_sessions.Ticket(began, "0" * 32), began + 1.0)
    monkeypatch.setattr(browser_sessions, "current", lambda: session)
    at = datetime.fromtimestamp(began + seconds, UTC)
    monkeypatch.setattr(AccessRecord, "signed_out_at", lambda self, identity: at)
    screen = Screen("children")
    assert ("This session has ended" in screen.text) is ended
    assert bool(children_on(screen, identifiers(engine, asking()))) is not ended
    assert session.ended is ended


def test_a_session_that_has_ended_is_shown_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    began = int(browser_sessions.SESSIONS.clock())
    session = browser_sessions.BrowserSession(browser_sessions.Ticket(began, "0" * 32), began + 1.0, ended=True)
    monkeypatch.setattr(browser_sessions, "current", lambda: session)
    screen = Screen("children")
    assert "This session has ended" in screen.text and screen.tables == {}
    assert children_on(screen, identifiers(engine, asking())) == set()
