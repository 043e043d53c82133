"""What a person writes is kept, and they see that it is kept: on a slow server, with impatient hands, over a reload and a restart."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from benchmarks.server import Server
from casework.agenda.actions import actions
from casework.agenda.agenda import agenda, build_agenda
from casework.agenda.discussions import discussion
from casework.panels import plan_panel
from casework.storage.database import Casework
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.engine import Engine
from tests.browser.conftest import Visit, places
from tests.support.copies import copy_of

pytestmark = pytest.mark.slow

DAY = date(2026, 10, 31)
NOBODY = frozenset()
SLOW = "tests.browser.slow_server"
PATIENCE = 60_000


@pytest.fixture(scope="module")
def place(county_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A copy of the shared county with a panel whose agenda is made."""
    folder = tmp_path_factory.mktemp("writing") / "store"
    store = copy_of(county_store, folder)
    casework, engine = open_casework(store.settings, folder), Engine(store.current(), store.settings)
    panel = plan_panel(casework, "hertfordshire", DAY, "Jo Clerk")
    build_agenda(casework, panel.id, engine, ["placement_order_12m", "return_home_6m"], "Jo Clerk")
    casework.close()
    return store


@pytest.fixture(scope="module")
def casework(place: Store) -> Iterator[Casework]:
    kept = open_casework(place.settings, place.path)
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def slow(place: Store, port: int) -> Iterator[Server]:
    server = Server(place.path, SLOW, port=port)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def slow_site(slow: Server) -> str:
    return slow.address


@pytest.fixture(scope="module")
def children(casework: Casework) -> Iterator[str]:
    """A child of the agenda whom no other test has written about, each time one is asked for."""
    return iter([item.child_id for item in agenda(casework, 1, NOBODY)])


def until(kept: Callable[[], bool], seconds: float = 30) -> bool:
    """Wait for the records to hold something."""
    ends = time.monotonic() + seconds
    while not kept() and time.monotonic() < ends:
        time.sleep(0.2)
    return kept()


def at_child(visit: Visit, site: str, child: str, name: str = "Anna Reid") -> None:
    """Come to a child's discussion as somebody with a name."""
    visit.open(f"{site}/panel?panel={DAY}&child={child}")
    if name:
        box = visit.page.get_by_role("textbox", name="Your name")
        box.fill(name)
        box.press("Enter")
        visit.whole()


def box(visit: Visit, label: str) -> Locator:
    return visit.page.get_by_role("textbox", name=label, exact=True).first


def press(visit: Visit, label: str) -> None:
    visit.page.get_by_role("button", name=label, exact=True).click()


def see_message(visit: Visit, words: str) -> None:
    expect(visit.page.locator("p.saved", has_text=words).first).to_be_visible(timeout=PATIENCE)


def test_save_and_add_the_action_at_once_keep_both(slow_site: str, visit: Visit, casework: Casework, children):
    child = next(children)
    at_child(visit, slow_site, child)
    box(visit, "Decision").fill("File the care plan")
    box(visit, "What is to be done").fill("Write to the court")
    press(visit, "Save")
    press(visit, "Add the action")
    see_message(visit, "Saved.")
    see_message(visit, "The action is added.")
    visit.whole()
    assert discussion(casework, 1, child, NOBODY).decision == "File the care plan"
    assert [action.text for action in actions(casework, NOBODY, child_id=child)] == ["Write to the court"]
    expect(visit.page.get_by_text("Not saved yet.")).to_have_count(0)
    expect(box(visit, "What is to be done")).to_have_value("")
    # Beside the button: within the row of buttons, or under it.
    button, words = places(
        visit.page.get_by_role("button", name="Save", exact=True), visit.page.locator("p.saved", has_text="Saved.").first
    )
    assert abs(words["y"] - button["y"]) < 80


def test_a_double_click_keeps_it_once_and_says_so(slow_site: str, visit: Visit, casework: Casework, children):
    child = next(children)
    at_child(visit, slow_site, child)
    box(visit, "Discussion").fill("The report is late")
    visit.page.get_by_role("button", name="Save", exact=True).dblclick()
    see_message(visit, "Saved.")
    visit.whole()
    box(visit, "What is to be done").fill("Chase the report")
    visit.page.get_by_role("button", name="Add the action", exact=True).dblclick()
    see_message(visit, "The action is added.")
    visit.whole()
    assert discussion(casework, 1, child, NOBODY).summary == "The report is late"
    assert [action.text for action in actions(casework, NOBODY, child_id=child)] == ["Chase the report"]
    expect(visit.page.locator("p.notice[role=alert]")).to_have_count(0)
    expect(visit.page.get_by_text("Not saved yet.")).to_have_count(0)


def test_save_and_leave_at_once_keeps_it_and_the_next_page_says_so(slow_site: str, visit: Visit, casework: Casework, children):
    child = next(children)
    at_child(visit, slow_site, child)
    box(visit, "Decision").fill("Leave at once")
    press(visit, "Save")
    visit.page.goto(f"{slow_site}/data_quality")
    expect(visit.page.get_by_test_id("stToast").filter(has_text="Save: done.")).to_be_visible(timeout=PATIENCE)
    assert until(lambda: discussion(casework, 1, child, NOBODY).decision == "Leave at once")


def test_words_typed_while_the_page_is_being_drawn_are_not_wiped(slow_site: str, visit: Visit, casework: Casework, children):
    child = next(children)
    at_child(visit, slow_site, child)
    box(visit, "Discussion").fill("First thought")
    box(visit, "Decision").click()  # the page is drawn again, and takes its time
    box(visit, "Decision").press_sequentially("A decision that takes a while to type", delay=120)
    press(visit, "Save")
    see_message(visit, "Saved.")
    said = discussion(casework, 1, child, NOBODY)
    assert (said.summary, said.decision) == ("First thought", "A decision that takes a while to type")


def test_without_a_name_the_button_asks_for_it_and_the_name_saves(slow_site: str, visit: Visit, casework: Casework, children):
    child = next(children)
    at_child(visit, slow_site, child, name="")
    box(visit, "Decision").fill("By somebody")
    press(visit, "Save")
    asked = visit.page.get_by_role("textbox", name="Your name, to save")
    expect(asked).to_be_visible(timeout=PATIENCE)
    assert discussion(casework, 1, child, NOBODY).version == 0
    asked.fill("Sam Okafor")
    asked.press("Enter")
    see_message(visit, "Saved.")
    assert discussion(casework, 1, child, NOBODY).decision == "By somebody"


def test_a_name_typed_at_the_top_and_a_press_at_once(slow_site: str, visit: Visit, casework: Casework, children):
    child = next(children)
    at_child(visit, slow_site, child, name="")
    box(visit, "Decision").fill("Signed late")
    box(visit, "Your name").fill("Sam Okafor")
    press(visit, "Save")
    see_message(visit, "Saved.")
    assert discussion(casework, 1, child, NOBODY).decision == "Signed late"


def test_two_people_who_save_at_the_same_time_both_keep_their_words(
    slow_site: str, visit: Visit, chromium: Browser, casework: Casework, children
):
    child = next(children)
    other = chromium.new_context(viewport={"width": 1440, "height": 1000})
    people = [visit, Visit(other.new_page())]
    for person, name in zip(people, ("Anna Reid", "Sam Okafor"), strict=True):
        at_child(person, slow_site, child, name)
    box(people[0], "Discussion").fill("Anna's summary")
    box(people[1], "Decision").fill("Sam's decision")
    for person in people:
        press(person, "Save")
    for person in people:
        see_message(person, "Saved.")
    said = discussion(casework, 1, child, NOBODY)
    assert (said.summary, said.decision) == ("Anna's summary", "Sam's decision")
    people[1].end()
    other.close()


def test_words_not_saved_outlast_a_reload_and_a_restart_of_the_server(
    place: Store, slow: Server, visit: Visit, casework: Casework, children
):
    child = next(children)
    at_child(visit, slow.address, child)
    box(visit, "Discussion").fill("Half a thought")
    box(visit, "Decision").click()
    visit.until("Not saved yet.")
    # The server goes while the person is typing: these letters have never been sent.
    box(visit, "Decision").press_sequentially("Typed while the server went away")
    slow.stop(kill=True)
    expect(box(visit, "Decision")).to_be_disabled(timeout=PATIENCE)
    slow.start()
    expect(box(visit, "Decision")).to_be_enabled(timeout=PATIENCE)
    expect(box(visit, "Discussion")).to_have_value("Half a thought")
    visit.whole()
    press(visit, "Save")
    see_message(visit, "Saved.")
    said = discussion(casework, 1, child, NOBODY)
    assert (said.summary, said.decision) == ("Half a thought", "Typed while the server went away")
    box(visit, "Outcome (empty: the child comes back to the next panel)").fill("Later")
    box(visit, "Decision").click()
    visit.until("Not saved yet.")
    slow.stop(kill=True)
    slow.start()
    visit.page.reload()
    visit.until("Not saved yet.")
    expect(box(visit, "Outcome (empty: the child comes back to the next panel)")).to_have_value("Later")
    expect(box(visit, "Your name")).to_have_value("Anna Reid")
    files = list(Path(place.path, "drafts").glob("*.json"))
    assert files and all(file.stat().st_mode & 0o077 == 0 for file in files)
