"""The ways that a panel member, a team manager and an analyst take, in a real browser."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, expect

from benchmarks.server import serving
from data.store.store import Store
from metrics.engine.engine import Engine
from tests.browser.conftest import Visit
from tests.pages import odd_night
from tests.support.scopes import asking

pytestmark = pytest.mark.slow

SCOPE = asking(roles=frozenset())


@pytest.fixture(scope="module")
def listed(engine: Engine):
    """The children whose plan has been long-term fostering for 12 months, those that may be named."""
    return engine.children("hertfordshire", ["ltf_12m"], SCOPE).query("name.notna()")


def test_the_first_visitor_of_a_fresh_process_may_come_to_any_page(county_store: Store, visit: Visit):
    with serving(county_store.path) as site:
        visit.open(f"{site}/children?rule=ltf_12m&date=2026-09-30")
        visit.until("Long-term fostering plan for 12 months or more: ")
        assert "As at 30/09/2026" in visit.page.inner_text(".stApp")
        assert visit.page.get_by_text("Page not found").count() == 0
        expect(visit.page.get_by_test_id("stTopNav")).to_be_visible()


def test_an_address_that_people_have_kept_goes_on_working(county_store: Store, visit: Visit):
    with serving(county_store.path) as site:
        kept = {"countywide?by=team": "Thirteen months", "weekly": "which this council does not use", "": "Thirteen months"}
        for page, words in kept.items():
            visit.open(f"{site}/{page}")
            visit.until(words)
            assert visit.page.get_by_text("Page not found").count() == 0
            assert visit.page.url.endswith(page)


def test_from_a_tile_to_its_children_to_a_child_and_why(site: str, visit: Visit, listed):
    visit.open(site)
    tile = visit.page.locator(".tile", has_text="Long-term fostering plan for 12 months or more")
    number = int(tile.locator(".figure").inner_text())
    visit.page.get_by_role("link", name=f"List the {number} children").first.click()
    visit.until(f"Long-term fostering plan for 12 months or more: {number} children")
    assert "rule=ltf_12m" in visit.page.url
    assert len(visit.table("Children on the list")) == number + 1
    visit.page.get_by_role("link", name=listed.iloc[0]["child_id"], exact=True).click()
    visit.until("Why this child is on each list")
    expect(visit.page.locator("h2").first).to_have_text(f"{listed.iloc[0]['child_id']} · {listed.iloc[0]['name']}")
    expect(visit.page.get_by_test_id("stPlotlyChart").locator(".main-svg").first).to_be_visible()
    assert len(visit.table("Extract rows behind: Long-term fostering")) > 1


def test_a_cell_of_the_heat_table_opens_its_children_from_the_keyboard(site: str, visit: Visit):
    visit.open(f"{site}/?by=team")
    cell = visit.page.locator("table.heat tbody tr:not(.group):not(.total) td a").first
    number = cell.inner_text()
    cell.focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/children?**")
    visit.whole()
    assert len(visit.table("Children on the list")) == int(number) + 1


def test_another_day_can_be_typed_and_stands_in_the_address(site: str, visit: Visit):
    visit.open(site)
    box = visit.page.get_by_role("combobox", name="Reporting date")
    box.click()
    box.fill("15/10/2026")
    visit.page.keyboard.press("Enter")
    visit.until("As at 15/10/2026")
    assert "date=2026-10-15" in visit.page.url
    visit.page.reload()
    visit.until("As at 15/10/2026")


def test_a_day_that_is_none_is_said_as_it_was_typed(site: str, visit: Visit):
    visit.open(site)
    box = visit.page.get_by_role("combobox", name="Reporting date")
    box.click()
    box.fill("![x](http://elsewhere.example/x.png)")
    visit.page.keyboard.press("Enter")
    visit.until("'![x](http://elsewhere.example/x.png)' is not a date up to 31/10/2026. Type a date such as 31/10/2026.")


def test_a_team_stands_in_the_address_and_the_back_button_goes_back(site: str, visit: Visit, engine: Engine):
    service = engine.groups(asking())["service"].iloc[0]
    visit.open(f"{site}/team")
    visit.page.get_by_role("combobox", name="Service").click()
    visit.page.get_by_role("option", name=service, exact=True).click()
    visit.until(f"{service}: ")
    assert "service=" in visit.page.url
    visit.page.go_back()
    visit.until("County: ")
    assert "service=" not in visit.page.url
    visit.page.go_forward()
    visit.until(f"{service}: ")


def test_the_menu_names_jobs_marks_the_one_of_the_page_and_none_is_empty(site: str, visit: Visit):
    visit.open(f"{site}/actions")
    jobs = visit.page.get_by_test_id("stTopNavSection")
    assert jobs.all_inner_texts() == ["Overview", "My team", "Children", "Panel", "Councillors", "Data"]
    marked = [job.inner_text() for job in jobs.all() if job.evaluate("job => getComputedStyle(job).boxShadow") != "none"]
    assert marked == ["Panel"]
    for job in jobs.all():
        job.click()
        expect(visit.page.get_by_test_id("stTopNavDropdownLink").first).to_be_visible()
        visit.page.keyboard.press("Escape")


def test_a_child_is_found_by_identifier(site: str, visit: Visit, listed):
    visit.open(f"{site}/data_quality")
    box = visit.page.get_by_role("textbox", name="Find a child")
    box.fill(listed.iloc[0]["legacy_id"])
    box.press("Enter")
    visit.until(f"{listed.iloc[0]['child_id']} · ")


def test_what_is_downloaded_is_the_list(site: str, visit: Visit, listed):
    visit.open(f"{site}/children?rule=ltf_12m")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Download as CSV").click()
    assert re.fullmatch(r"ltf_12m 2026-10-31\.csv", download.value.suggested_filename)
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(listed["child_id"]) <= {row["Child ID"] for row in rows}
    assert len(rows) + 1 == len(visit.table("Children on the list"))
    assert rows[0]["Since"] == f"{listed.iloc[0]['since']:%Y-%m-%d}"


@pytest.mark.parametrize("page", ["", "children?rule=ltf_12m", "team", "child?child=001", "data_quality", "figures"])
def test_text_that_tries_to_be_code_is_only_text(odd_site: str, visit: Visit, page: str):
    dialogs: list[str] = []

    def noted(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    visit.page.on("dialog", noted)
    visit.open(f"{odd_site}/{page}")
    visit.page.remove_listener("dialog", noted)
    assert visit.page.locator("img").count() == 0
    assert visit.page.locator('a[href^="http"], a[href^="//"]').count() == 0
    assert dialogs == []
    if page.startswith("children"):
        row = visit.table("Children on the list")[1:]
        assert any(odd_night.TEAM in cell for cells in row for cell in cells)


@pytest.mark.parametrize("page", ["", "children?rule=ltf_12m", "team", "child", "data_quality", "figures"])
def test_nothing_is_cut_off_at_800_pixels(site: str, visit: Visit, page: str, listed):
    visit.page.set_viewport_size({"width": 800, "height": 1000})
    visit.open(f"{site}/{page}" + (f"?child={listed.iloc[0]['child_id']}" if page == "child" else ""))
    # A thing may reach past its box only within a box that scrolls.
    cut = visit.page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] :is(h1, h2, h3, p, dd, a, button, input, .scroll, .tile)')]
            .filter(part => part.checkVisibility() && !part.parentElement.closest('.scroll') && !part.closest('.unseen'))
            .filter(part => part.getBoundingClientRect().right > window.innerWidth + 1)
            .map(part => part.outerHTML.slice(0, 120))"""
    )
    assert cut == []
