"""Lists in a real browser: sorted and followed with the keyboard alone, headings and the latest month in sight, in a narrow window too."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.barriers import SCHEMES, barriers_found
from tests.browser.conftest import Visit, places
from tests.deep import some

pytestmark = pytest.mark.slow

LIST = "#list-children"


@pytest.fixture(params=some(SCHEMES, 2))
def window(request: pytest.FixtureRequest) -> dict:
    return {"color_scheme": request.param, "viewport": {"width": 800, "height": 700}}


def test_a_list_is_sorted_with_the_keyboard_and_stays_in_sight(site: str, visit: Visit):
    visit.open(f"{site}/children?rule=ltf_12m&sex=Male&columns_children=full")
    page = visit.page
    page.locator(f"{LIST} thead a", has_text="Age").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**sort_children=-age**")
    visit.whole()
    assert page.locator(f"{LIST} th[aria-sort]").get_attribute("aria-sort") == "descending"
    cells = page.locator(f"{LIST} tbody td:nth-child(4)").all_inner_texts()
    ages = [int(cell) for cell in cells if cell]
    assert ages == sorted(ages, reverse=True) and len(ages) > 15
    assert cells[: len(ages)] == [str(age) for age in ages], "a restricted record, whose age is not told, comes last"
    (box,) = places(page.locator(LIST))
    # A window scrolls by whole pixels, and a list may begin at a part of one.
    assert -1 < box["y"] < 700, "the list is in sight again"
    page.locator(LIST).focus()
    page.keyboard.press("End")
    page.wait_for_timeout(300)
    assert page.locator(LIST).evaluate("box => box.scrollTop") > 100
    box, top = places(page.locator(LIST), page.locator(f"{LIST} thead th").first)
    assert top["y"] >= box["y"] - 1, "the headings stay"
    assert barriers_found(visit, SCHEMES) == []


def test_both_files_of_a_list_can_be_taken_away(site: str, look: Visit, tmp_path: Path):
    look.look_at(f"{site}/children?rule=ltf_12m&sex=Male&sort_children=-age")
    for label, name in (("Download as CSV", "list.csv"), ("Download as Excel", "list.xlsx")):
        with look.page.expect_download() as download:
            look.page.get_by_text(label).click()
        download.value.save_as(tmp_path / name)
    (sheet,) = load_workbook(tmp_path / "list.xlsx").worksheets
    lines = (tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "Filter: sex: Male. Sorted by: Age, highest first." in sheet["A2"].value
    assert [row[0] for row in sheet.iter_rows(min_row=5, values_only=True)] == [line.split(",")[0] for line in lines[1:]]


def test_the_files_of_a_folded_table_are_in_sight_while_it_is_open(site: str, look: Visit):
    look.look_at(f"{site}/children?rule=ltf_12m")
    child = look.page.locator(f"{LIST} tbody a").first.inner_text()
    look.look_at(f"{site}/child?child={child}")
    fold, files = look.page.get_by_text("The timeline as a table"), look.page.locator(".st-key-files-folded-timeline")
    expect(files).to_be_hidden()
    fold.click()
    expect(files).to_be_visible()
    with look.page.expect_download() as download:
        files.get_by_role("button", name="Download as Excel").click()
    assert download.value.suggested_filename == f"{child}-timeline-2026-10-31.xlsx"
    assert barriers_found(look, SCHEMES) == []
    fold.click()
    expect(files).to_be_hidden()


@pytest.mark.parametrize(("page", "choice"), [("drift", "moved"), ("calendar", "kind")])
def test_a_number_that_leads_to_a_list_of_its_own_page_brings_it_into_sight(site: str, look: Visit, page: str, choice: str):
    look.look_at(f"{site}/{page}")
    # The second time the list is there already.
    for _ in range(2):
        look.page.locator(f'table.data tbody a[href^="{page}?"][href*="{choice}="]').first.click()
        look.page.wait_for_url(f"**{choice}=**")
        look.whole()
        expect(look.page.locator('[id^="list-"] thead').first).to_be_in_viewport()


@pytest.mark.parametrize(("page", "date"), [("countywide", "31/10/2026"), ("corporate_parenting", "31/10/26")])
def test_the_latest_month_is_in_sight_in_a_narrow_window(site: str, look: Visit, page: str, date: str):
    look.look_at(f"{site}/{page}")
    months = look.page.locator("table.months thead th")
    latest = months.nth(months.count() - 1)
    latest.scroll_into_view_if_needed()
    edge, box = places(latest, look.page.locator(".scroll", has=look.page.locator("table.months")))
    assert edge["x"] + edge["width"] <= box["x"] + box["width"] + 1 <= 801
    assert latest.inner_text() == date


def test_the_days_of_a_list_are_in_sight_in_a_narrow_window(site: str, look: Visit):
    look.look_at(f"{site}/team")
    every = look.page.locator('.scroll[aria-label^="Children on the lists"]')
    box, days = places(every, every.locator("thead th", has_text="Days over"))
    assert days["x"] + days["width"] <= box["x"] + box["width"] + 1


def test_in_a_narrow_window_a_table_of_numbers_is_whole_and_choices_stand_in_lines(site: str, look: Visit):
    look.look_at(f"{site}/drift")
    box = look.page.locator('.scroll[aria-label^="Movements on each list"]')
    assert box.evaluate("box => [box.scrollWidth <= box.clientWidth, box.querySelectorAll('thead th').length]") == [True, 9]
    for pair in (("Find a child", "Reporting date"), ("Service", "Team")):
        first, second = places(*(look.page.get_by_label(name, exact=True).first for name in pair))
        assert abs(first["y"] - second["y"]) < 3, pair
    sizes = look.page.get_by_test_id("stButtonGroup").filter(has_text="Short").get_by_role("radio")
    chosen, switch = places(look.page.get_by_label("Sort by").first, sizes.first)
    assert abs(chosen["y"] - switch["y"]) < 3 and abs(chosen["height"] - switch["height"]) < 4
