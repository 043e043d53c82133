"""Every page can be used by everybody: no serious or critical violation that axe knows of, in light and in dark."""

from __future__ import annotations

import pytest

from metrics.engine.engine import Engine
from tests.browser.barriers import SCHEMES, grave_barriers
from tests.browser.conftest import Visit
from tests.support.scopes import asking
from ui.shell.child_search import NOBODY

pytestmark = pytest.mark.slow

PAGES = (
    "",
    "?by=team",
    "children?rule=ltf_12m",
    "drift?rule=no_current_plan",
    "journeys?route=adoption&step=order_to_match",
    "team",
    "calendar",
    "changes",
    "child",
    "corporate_parenting",
    "data_sources",
    "data_quality",
    "figures?rule=placement_order_12m",
    "coverage?document=south_east",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_no_serious_barrier(site: str, visit: Visit, engine: Engine, page: str):
    if page == "child":
        named = engine.children("hertfordshire", ["ltf_12m"], asking(roles=frozenset())).query("name.notna()")
        page += f"?child={named.iloc[0]['child_id']}"
    visit.open(f"{site}/{page}")
    for chart in visit.page.get_by_test_id("stPlotlyChart").all():
        chart.locator(".main-svg").first.wait_for()
    for scheme in SCHEMES:
        visit.in_scheme(scheme)
        assert grave_barriers(visit) == [], scheme


def test_what_a_reader_opens_has_no_serious_barrier(site: str, visit: Visit):
    """The matches of a search, and what a tile says behind its (i)."""
    visit.open(site)
    box = visit.page.get_by_role("textbox", name="Find a child")
    box.fill("zz")
    box.press("Enter")
    visit.until(NOBODY)
    box.fill("an")
    box.press("Enter")
    visit.until(" found on ")
    about = visit.page.locator(".about > summary").first
    about.focus()
    visit.page.keyboard.press("Enter")
    visit.page.locator(".about[open] a").first.wait_for()
    for scheme in SCHEMES:
        visit.in_scheme(scheme)
        assert grave_barriers(visit) == [], scheme


def test_a_page_says_its_language_and_its_name(site: str, visit: Visit):
    visit.open(site)
    assert visit.page.locator("html").get_attribute("lang") == "en"
    assert visit.page.title() == "Countywide · Permanence Tracker"
