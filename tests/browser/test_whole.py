"""A page is whole for a test when all of it is there, also what the browser fetches when it is first needed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow

NUMBERS = "**/Pagination.*.js"


def test_a_grey_box_stands_for_the_numbers_of_a_lists_pages_until_they_have_come(site: str, visit: Visit):
    held: list[Route] = []
    visit.page.route(NUMBERS, lambda route: held.append(route))
    try:
        visit.page.goto(f"{site}/figures")
        visit.page.locator("#page-done").last.wait_for(state="attached", timeout=60_000)
        numbers, box = visit.page.get_by_test_id("stPagination"), visit.page.get_by_test_id("stSkeleton")
        expect(box).not_to_have_count(0)
        assert held and numbers.count() == 0
        for route in held:
            route.continue_()
        visit.whole()
        assert numbers.count() > 0 and box.count() == 0
    finally:
        visit.page.unroute(NUMBERS)
