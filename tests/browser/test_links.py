"""A link to another page is followed within the open one, as the menu is; every other link is the browser's own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from metrics.engine.engine import Engine
from tests.browser.conftest import Visit
from tests.support.ages import without_age
from tests.support.scopes import asking

pytestmark = pytest.mark.slow

LIST = "children?rule=ltf_12m"
# Gone when the browser begins the app anew.
MARK, MARKED = "() => { window.stillOpen = true; }", "() => window.stillOpen === true"


@pytest.fixture(scope="module")
def child(engine: Engine) -> str:
    """The first child of the list whose page may be opened."""
    return engine.children("hertfordshire", ["ltf_12m"], asking(roles=frozenset())).query("name.notna()").iloc[0]["child_id"]


@pytest.fixture
def on_the_list(site: str, visit: Visit) -> Visit:
    visit.open(f"{site}/{LIST}")
    visit.page.evaluate(MARK)
    return visit


def link_to(visit: Visit, child: str) -> Locator:
    return visit.page.get_by_role("link", name=child, exact=True)


def heading(visit: Visit) -> Locator:
    return visit.page.locator("h1")


def test_a_link_to_another_page_does_not_begin_the_app_anew_and_the_browser_can_go_back(
    site: str, on_the_list: Visit, child: str
):
    visit = on_the_list
    link_to(visit, child).click()
    expect(heading(visit)).to_have_text("Child")
    visit.whole()
    assert visit.page.url == f"{site}/child?child={child}" and visit.page.evaluate(MARKED)
    expect(visit.page).to_have_title("Child · Permanence Tracker")
    visit.page.go_back()
    expect(heading(visit)).to_have_text("List of children")
    visit.whole()
    assert visit.page.url == f"{site}/{LIST}" and visit.page.evaluate(MARKED)
    visit.until("Long-term fostering plan for 12 months or more: ")
    visit.page.go_forward()
    expect(heading(visit)).to_have_text("Child")
    visit.whole()
    assert visit.page.url == f"{site}/child?child={child}"


def test_what_the_page_shows_is_what_its_address_shows_in_a_fresh_window(site: str, on_the_list: Visit, child: str):
    """No choice of the page before comes along, and none that was made there earlier comes back."""
    visit = on_the_list
    visit.page.get_by_role("link", name="How is this figure made?").first.click()
    expect(heading(visit)).to_have_text("How figures are made")
    visit.whole()
    assert visit.page.evaluate(MARKED)
    within = visit.page.locator(".stMain").inner_text()
    visit.open(visit.page.url)
    assert without_age(visit.page.locator(".stMain").inner_text()) == without_age(within)


def test_the_keyboard_goes_on_from_the_new_pages_heading(site: str, on_the_list: Visit, child: str):
    visit = on_the_list
    visit.page.mouse.wheel(0, 2_000)
    link_to(visit, child).focus()
    visit.page.keyboard.press("Enter")
    expect(heading(visit)).to_have_text("Child")
    visit.whole()
    expect(heading(visit)).to_be_focused()
    expect(heading(visit)).to_be_in_viewport()


def test_a_link_for_a_new_window_opens_one(site: str, on_the_list: Visit, child: str):
    visit = on_the_list
    with visit.page.context.expect_page() as opened:
        link_to(visit, child).click(modifiers=["ControlOrMeta"])
    expect(opened.value).to_have_url(re.compile(r"/child\?child="))
    opened.value.close()
    assert visit.page.url == f"{site}/{LIST}"


def test_a_link_within_the_page_is_followed_by_the_browser(site: str, on_the_list: Visit):
    """A heading that sorts leads to the same page in another order, and back to the list (``to_the_list.js``)."""
    visit = on_the_list
    visit.page.locator("thead").get_by_role("link", name="Name").first.click()
    visit.page.wait_for_url(re.compile("sort"))
    visit.whole()
    assert not visit.page.evaluate(MARKED)
    expect(visit.page.locator('[id^="list-"]').first).to_be_in_viewport()


def test_without_a_connection_the_browser_follows_a_link(site: str, on_the_list: Visit, child: str):
    visit = on_the_list
    visit.page.evaluate(
        """() => document.querySelector('[data-test-connection-state]').setAttribute('data-test-connection-state', 'PINGING')"""
    )
    link_to(visit, child).click()
    visit.page.wait_for_url(re.compile("child="))
    visit.whole()
    assert not visit.page.evaluate(MARKED)
    expect(heading(visit)).to_have_text("Child")


def test_a_page_that_the_menu_does_not_know_is_asked_of_the_server(site: str, on_the_list: Visit):
    visit = on_the_list
    link = '<a href="nothing_here">there</a>'
    visit.page.evaluate("link => { document.querySelector('[data-testid=\"stHtml\"]:has(h1)').innerHTML += link; }", link)
    visit.page.get_by_role("link", name="there", exact=True).click()
    visit.page.wait_for_url(re.compile("/nothing_here$"))
    visit.page.wait_for_load_state()
    assert not visit.page.evaluate(MARKED)
