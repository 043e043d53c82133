"""The ways that a panel member, a team manager and an analyst take, in a real browser."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
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
def odd_site(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[str]:
    """The app over a night whose every text tries to be more than text."""
    store = odd_night.publish_odd_night(tmp_path_factory, tmp_path_factory.mktemp("odd"))
    with (store.path / "settings.toml").open("a", encoding="utf-8") as file:
        file.write("\n[sign_in]\nanalyst_on_this_machine = true\n")
    with serving(store.path, port=port) as address:
        yield address


@pytest.fixture(scope="module")
def listed(engine: Engine):
    """The children whose plan has been long-term fostering for 12 months, those that may be named."""
    return engine.children("hertfordshire", ["ltf_12m"], SCOPE).query("name.notna()")


def test_the_first_visitor_of_a_fresh_process_may_come_to_any_page_and_to_an_address_that_people_have_kept(
    county_store: Store, visit: Visit
):
    with serving(county_store.path) as site:
        visit.open(f"{site}/children?rule=ltf_12m&date=2026-09-30")
        visit.until("Long-term fostering plan for 12 months or more: ")
        assert "As at 30/09/2026" in visit.page.inner_text(".stApp")
        assert visit.page.get_by_text("Page not found").count() == 0
        expect(visit.page.get_by_test_id("stTopNav")).to_be_visible()
        kept = {"countywide?by=team": "Thirteen months", "weekly": "which this council does not use", "": "Thirteen months"}
        for page, words in kept.items():
            visit.open(f"{site}/{page}")
            visit.until(words)
            assert visit.page.get_by_text("Page not found").count() == 0
            assert visit.page.url.endswith(page)


def test_from_a_tile_to_its_children_to_a_child_and_why(site: str, look: Visit, listed):
    look.look_at(f"{site}/")
    tile = look.page.locator(".tile", has_text="Long-term fostering plan for 12 months or more")
    number = int(tile.locator(".figure").inner_text())
    look.page.get_by_role("link", name=f"List the {number} children").first.click()
    look.until(f"Long-term fostering plan for 12 months or more: {number} children")
    assert "rule=ltf_12m" in look.page.url
    assert len(look.table("Children on the list")) == number + 1
    look.page.get_by_role("link", name=listed.iloc[0]["child_id"], exact=True).click()
    look.until("Why this child is on each list")
    expect(look.page.locator("h2").first).to_have_text(f"{listed.iloc[0]['child_id']} · {listed.iloc[0]['name']}")
    expect(look.page.locator(".chart .main-svg").first).to_be_visible()
    assert len(look.table("Extract rows behind: Long-term fostering")) > 1


def test_a_cell_of_the_heat_table_opens_its_children_from_the_keyboard(site: str, look: Visit):
    look.look_at(f"{site}/?by=team")
    cell = look.page.locator("table.heat tbody tr:not(.group):not(.total) td a").first
    number = cell.inner_text()
    cell.focus()
    look.page.keyboard.press("Enter")
    look.page.wait_for_url("**/children?**")
    look.whole()
    assert len(look.table("Children on the list")) == int(number) + 1


def test_another_day_can_be_typed_and_stands_in_the_address(site: str, look: Visit):
    look.look_at(f"{site}/")
    box = look.page.get_by_role("combobox", name="Reporting date")
    box.click()
    box.fill("15/10/2026")
    look.page.keyboard.press("Enter")
    look.until("As at 15/10/2026")
    assert "date=2026-10-15" in look.page.url
    look.page.reload()
    look.until("As at 15/10/2026")


def test_a_day_that_is_none_is_said_as_it_was_typed(site: str, look: Visit):
    look.look_at(f"{site}/")
    box = look.page.get_by_role("combobox", name="Reporting date")
    box.click()
    box.fill("![x](http://elsewhere.example/x.png)")
    look.page.keyboard.press("Enter")
    look.until("'![x](http://elsewhere.example/x.png)' is not a date up to 31/10/2026. Type a date such as 31/10/2026.")


def test_a_team_stands_in_the_address_and_the_back_button_goes_back(site: str, look: Visit, engine: Engine):
    service = engine.groups(asking())["service"].iloc[0]
    look.look_at(f"{site}/team")
    look.page.get_by_role("combobox", name="Service").click()
    look.page.get_by_role("option", name=service, exact=True).click()
    look.until(f"{service}: ")
    assert "service=" in look.page.url
    look.page.go_back()
    look.until("County: ")
    assert "service=" not in look.page.url
    look.page.go_forward()
    look.until(f"{service}: ")


def test_one_press_of_back_leads_from_a_list_and_from_a_child_to_the_page_before(site: str, visit: Visit):
    visit.open(f"{site}/team")
    visit.page.get_by_role("link", name=re.compile(r"^List the \d+ children")).first.click()
    visit.page.wait_for_url("**/children?**")
    visit.whole()
    visit.page.locator("#list-children tbody a").first.click()
    visit.until("Why this child is on each list")
    visit.page.go_back()
    visit.page.wait_for_url("**/children?**")
    visit.whole()
    visit.page.go_back()
    visit.page.wait_for_url("**/team**")


def test_the_menu_names_jobs_marks_the_one_of_the_page_and_none_is_empty(site: str, look: Visit):
    look.look_at(f"{site}/actions")
    jobs = look.page.get_by_test_id("stTopNavSection")
    assert jobs.all_inner_texts() == ["Overview", "My team", "Children", "Panel", "Councillors", "Data"]
    marked = [job.inner_text() for job in jobs.all() if job.evaluate("job => getComputedStyle(job).boxShadow") != "none"]
    assert marked == ["Panel"]
    for job in jobs.all():
        job.click()
        expect(look.page.get_by_test_id("stTopNavDropdownLink").first).to_be_visible()
        look.page.keyboard.press("Escape")


def test_a_child_is_found_by_identifier(site: str, look: Visit, listed):
    look.look_at(f"{site}/data_quality")
    box = look.page.get_by_role("textbox", name="Find a child")
    box.fill(listed.iloc[0]["legacy_id"])
    box.press("Enter")
    look.until(f"{listed.iloc[0]['child_id']} · ")


def test_what_is_downloaded_is_the_list(site: str, look: Visit, listed):
    look.look_at(f"{site}/children?rule=ltf_12m")
    with look.page.expect_download() as download:
        look.page.get_by_role("button", name="Download as CSV").click()
    assert re.fullmatch(r"long-term-fostering-plan-for-12-months-or-more-2026-10-31\.csv", download.value.suggested_filename)
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(listed["child_id"]) <= {row["Child ID"] for row in rows}
    assert len(rows) + 1 == len(look.table("Children on the list"))
    assert rows[0]["Since"] == f"{listed.iloc[0]['since']:%Y-%m-%d}"


@pytest.mark.parametrize("page", ["", "children?rule=ltf_12m", "team", "child?child=001", "data_quality", "figures"])
def test_text_that_tries_to_be_code_is_only_text(odd_site: str, look: Visit, page: str):
    dialogs: list[str] = []

    def noted(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    look.page.on("dialog", noted)
    look.look_at(f"{odd_site}/{page}")
    look.page.remove_listener("dialog", noted)
    assert look.page.locator("img").count() == 0
    assert look.page.locator('a[href^="http"], a[href^="//"]').count() == 0
    assert dialogs == []
    if page.startswith("children"):
        row = look.table("Children on the list")[1:]
        assert any(odd_night.TEAM in cell for cells in row for cell in cells)
