"""Every page can be used by everybody: no serious or critical violation that axe knows of, in light and in dark; nothing is cut off."""

from __future__ import annotations

import pytest

from metrics.engine.engine import Engine
from tests.browser.barriers import SCHEMES, barriers_found, in_turn
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


# A thing may reach past its box only within a box that scrolls.
CUT_OFF = """() => [...document.querySelectorAll('[data-testid=stMain] :is(h1, h2, h3, p, dd, a, button, input, .scroll, .tile)')]
    .filter(part => part.checkVisibility() && !part.parentElement.closest('.scroll') && !part.closest('.unseen'))
    .filter(part => part.getBoundingClientRect().right > window.innerWidth + 1)
    .map(part => part.outerHTML.slice(0, 120))"""

# axe looks at no text of a drawing. Words within a bar stand on the bar's colour.
FAINT = """() => {
    const lightness = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
        .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
        .reduce((sum, part, place) => sum + part * [.2126, .7152, .0722][place], 0);
    const contrast = (one, other) => (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
    const page = lightness(getComputedStyle(document.querySelector('.stApp')).backgroundColor);
    return [...document.querySelectorAll('.chart text:not(.bartext-inside)')].filter(words => words.textContent)
        .filter(words => contrast(lightness(getComputedStyle(words).fill), page) < 4.5).map(words => words.textContent);
}"""


@pytest.mark.parametrize(("page", "schemes"), in_turn(PAGES))
def test_a_page_has_no_barrier_and_nothing_is_cut_off_at_800_pixels(
    site: str, look: Visit, engine: Engine, page: str, schemes: tuple[str, ...]
):
    if page == "child":
        named = engine.children("hertfordshire", ["ltf_12m"], asking(roles=frozenset())).query("name.notna()")
        page += f"?child={named.iloc[0]['child_id']}"
    look.look_at(f"{site}/{page}")
    for chart in look.page.locator(".chart").all():
        chart.locator(".main-svg").first.wait_for()
    assert barriers_found(look, schemes) == []
    assert look.page.evaluate(FAINT) == []
    look.page.set_viewport_size({"width": 800, "height": 1000})
    assert look.page.evaluate(CUT_OFF) == []


def test_what_a_reader_opens_has_no_barrier(site: str, look: Visit):
    """The matches of a search, and what a tile says behind its (i)."""
    look.look_at(f"{site}/")
    box = look.page.get_by_role("textbox", name="Find a child")
    box.fill("zz")
    box.press("Enter")
    look.until(NOBODY)
    box.fill("an")
    box.press("Enter")
    look.until(" found on ")
    about = look.page.locator(".about > summary").first
    about.focus()
    look.page.keyboard.press("Enter")
    look.page.locator(".about[open] a").first.wait_for()
    assert barriers_found(look, SCHEMES) == []


def test_a_page_says_its_language_and_its_name(site: str, look: Visit):
    look.look_at(f"{site}/")
    assert look.page.locator("html").get_attribute("lang") == "en"
    assert look.page.title() == "Countywide · Permanence Tracker"
