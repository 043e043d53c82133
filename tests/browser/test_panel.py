"""A panel in real browsers: prepared, discussed by two people at once, frozen; kept over reloads; usable by everybody."""

from __future__ import annotations

import io
from datetime import date

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from casework.agenda.actions import actions, save_action
from casework.agenda.agenda import agenda, build_agenda
from casework.agenda.discussions import discussion
from casework.panels import plan_panel
from casework.records.records import Action
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.engine import Engine
from tests.browser.barriers import barriers_found, in_turn
from tests.browser.conftest import Visit
from tests.browser.keyboard import focused, tab_to
from tests.support.copies import copy_of

pytestmark = pytest.mark.slow

DAY = date(2026, 10, 31)
NOBODY = frozenset()


@pytest.fixture(scope="module")
def place(county_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A copy of the shared county with a panel whose agenda is made."""
    folder = tmp_path_factory.mktemp("panel") / "store"
    store = copy_of(county_store, folder)
    casework, engine = open_casework(store.settings, folder), Engine(store.current(), store.settings)
    panel = plan_panel(casework, "hertfordshire", DAY, "Jo Clerk")
    items = build_agenda(casework, panel.id, engine, ["placement_order_12m", "return_home_6m"], "Jo Clerk")
    save_action(casework, Action(panel.id, items[0].child_id, "Write to the court", "Sam", date(2026, 10, 1)), "Jo Clerk")
    casework.close()
    return store


@pytest.fixture(scope="module")
def child_id(place: Store) -> str:
    casework = open_casework(place.settings, place.path)
    return agenda(casework, 1, NOBODY)[0].child_id


def named(visit: Visit, name: str) -> None:
    box = visit.page.get_by_role("textbox", name="Your name")
    box.fill(name)
    box.press("Enter")
    visit.whole()


def test_a_name_and_unsaved_words_outlast_a_link_and_a_reload(panel_site: str, visit: Visit, child_id: str):
    visit.open(f"{panel_site}/panel?panel={DAY}")
    named(visit, "Anna Reid")
    visit.page.get_by_role("link", name=child_id, exact=True).last.click()
    visit.until("Why on the agenda")
    expect(visit.page.get_by_role("textbox", name="Your name")).to_have_value("Anna Reid")
    visit.page.get_by_role("textbox", name="Discussion").fill("Half a thought")
    visit.page.get_by_role("textbox", name="Decision").focus()
    visit.until("Not saved yet.")
    visit.page.reload()
    visit.until("Not saved yet.")
    expect(visit.page.get_by_role("textbox", name="Discussion")).to_have_value("Half a thought")
    visit.page.get_by_role("button", name="Discard unsaved changes").click()
    visit.whole()
    expect(visit.page.get_by_role("textbox", name="Discussion")).to_have_value("")


def test_one_press_saves_what_was_just_typed(panel_site: str, visit: Visit, place: Store, child_id: str):
    other = [item.child_id for item in agenda(open_casework(place.settings, place.path), 1, NOBODY)][1]
    visit.open(f"{panel_site}/panel?panel={DAY}&child={other}")
    named(visit, "Anna Reid")
    visit.page.get_by_role("textbox", name="Decision").fill("Typed and saved at once")
    visit.page.get_by_role("button", name="Save", exact=True).click()
    visit.until("Saved.")
    assert discussion(open_casework(place.settings, place.path), 1, other, NOBODY).decision == "Typed and saved at once"


def test_two_people_who_write_about_one_child_both_keep_their_words(
    panel_site: str, visit: Visit, chromium: Browser, place: Store, child_id: str
):
    other = chromium.new_context(viewport={"width": 1440, "height": 1000})
    first, second = visit, Visit(other.new_page())
    for person, name in ((first, "Anna Reid"), (second, "Sam Okafor")):
        person.open(f"{panel_site}/panel?panel={DAY}&child={child_id}")
        named(person, name)
        person.page.get_by_role("textbox", name="Decision").fill(f"Decision of {name}")
        person.page.get_by_role("textbox", name="Discussion").focus()
        person.until("Not saved yet.")
    first.page.get_by_role("button", name="Save", exact=True).click()
    first.until("Saved.")
    second.page.get_by_role("button", name="Save", exact=True).click()
    second.until("Anna Reid saved a different decision")
    expect(second.page.get_by_text("Decision of Anna Reid").first).to_be_visible()
    expect(second.page.get_by_role("textbox", name="Decision")).to_have_value("Decision of Sam Okafor")
    second.page.get_by_role("textbox", name="Decision").fill("Both agree")
    second.page.get_by_role("button", name="Save", exact=True).click()
    second.until("Saved.")
    assert discussion(open_casework(place.settings, place.path), 1, child_id, NOBODY).decision == "Both agree"
    second.end()
    other.close()


def _pages(child_id: str) -> tuple[str, ...]:
    at_child = f"panel?panel={DAY}&child={child_id}"
    return (f"panel?panel={DAY}", at_child, f"{at_child}&view=meeting", "actions", "patterns", "barriers")


def key(visit: Visit, keys: str) -> None:
    visit.page.keyboard.press(keys)
    visit.page.wait_for_timeout(400)
    visit.whole()


def test_a_meeting_is_run_from_the_keyboard_alone_and_loses_no_word(panel_site: str, visit: Visit, place: Store):
    visit.open(f"{panel_site}/panel?panel={DAY}")
    named(visit, "Anna Reid")
    first, second = visit.page.locator('.scroll[aria-label^="Agenda"] tbody a').all_inner_texts()[4:6]
    visit.open(f"{panel_site}/panel?panel={DAY}&child={first}&view=meeting")
    expect(visit.page.get_by_test_id("stHeader")).to_be_hidden()
    expect(visit.page.get_by_role("combobox", name="Reporting date")).to_be_hidden()
    tab_to(visit, "Decision")
    # Letters are letters: only with Alt are they keys.
    visit.page.keyboard.type("No plans, send papers")
    expect(visit.page.get_by_role("heading", name=first)).to_be_visible()
    key(visit, "Alt+n")
    visit.until(f"{second} · ")
    assert "Next child" in focused(visit)
    key(visit, "Alt+p")
    visit.until(f"{first} · ")
    expect(visit.page.get_by_role("textbox", name="Decision")).to_have_value("No plans, send papers")
    tab_to(visit, "What is to be done")
    visit.page.keyboard.type("Write to the court")
    key(visit, "Alt+s")
    visit.until(f"{second} · ")
    casework = open_casework(place.settings, place.path)
    assert discussion(casework, 1, first, NOBODY).decision == "No plans, send papers"
    assert [one.text for one in actions(casework, NOBODY, child_id=first)] == ["Write to the court"]
    casework.close()


@pytest.mark.parametrize(("place_in_list", "schemes"), in_turn(range(6)))
def test_no_page_of_the_panel_has_a_barrier(
    panel_site: str, look: Visit, child_id: str, place_in_list: int, schemes: tuple[str, ...]
):
    look.look_at(f"{panel_site}/{_pages(child_id)[place_in_list]}")
    assert barriers_found(look, schemes) == []


def test_overdue_actions_are_folded_on_the_screen_and_whole_on_paper(panel_site: str, visit: Visit):
    visit.open(f"{panel_site}/panel?panel={DAY}")
    table = visit.page.locator('.scroll[aria-label="Actions to chase"]')
    expect(visit.page.get_by_text("1 action is overdue, by 30 days")).to_be_visible()
    expect(table).to_be_hidden()
    sheets = PdfReader(io.BytesIO(visit.page.pdf(prefer_css_page_size=True))).pages
    assert "Write to the court" in sheets[0].extract_text()


def test_a_panel_is_frozen_from_the_keyboard(panel_site: str, visit: Visit, place: Store):
    visit.open(f"{panel_site}/panel?panel={DAY}")
    named(visit, "Jo Clerk")
    summary = visit.page.locator("summary", has_text="Freeze or close the panel")
    summary.focus()
    summary.press("Enter")
    box = visit.page.get_by_role("checkbox", name="Keep them permanently")
    box.focus()
    box.press("Space")
    visit.whole()
    button = visit.page.get_by_role("button", name="Freeze the panel")
    expect(button).to_be_enabled()
    button.press("Enter")
    visit.until("by Jo Clerk: the lists and figures as at 31/10/2026")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Download the frozen pack").click()
    assert download.value.suggested_filename == "permanence panel 2026-10-31.xlsx"
