"""Charts in a real browser: each is drawn once, and again when its numbers or its width change; its colours follow the theme, and paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow

# Counts how often plotly draws, from before it comes.
COUNTING = """(() => {
    let library;
    window.drawings = [];
    Object.defineProperty(window, 'Plotly', {get: () => library, set: plotly => {
        library = {...plotly};
        for (const name of ['newPlot', 'relayout'])
            library[name] = (...given) => { window.drawings.push(name); return plotly[name](...given); };
    }});
})()"""
WORDS, LINES, PAPER_WORDS = ".xtick text", ".gridlayer path", "rgb(0, 0, 0)"
WIDTHS = "chart => [chart.clientWidth, chart.querySelector('.main-svg').clientWidth]"
LEGEND = "On the list at the end"


@pytest.fixture
def counted(chromium: Browser, site: str) -> Iterator[Page]:
    """A window of somebody who has not been here before, which counts what plotly draws."""
    context = chromium.new_context(viewport={"width": 1440, "height": 1000}, color_scheme="light")
    page = context.new_page()
    page.add_init_script(COUNTING)
    yield page
    context.close()


def colour(page: Page, of: str, which: str) -> str:
    return page.locator(f".chart {of}").first.evaluate(f"part => getComputedStyle(part).{which}")


def drawn(page: Page) -> None:
    expect(page.locator(".chart .main-svg").first).to_be_visible()


def opened(page: Page, address: str) -> Visit:
    """A visit of a page whose chart has been drawn."""
    visit = Visit(page)
    visit.open(address)
    drawn(page)
    return visit


def drawings(page: Page) -> int:
    """How many charts plotly has drawn.

    One that comes before the page's stylesheet is then made as wide as that has it, which is not counted.
    """
    return page.evaluate("drawings.filter(name => name === 'newPlot').length")


def test_a_chart_is_drawn_once_and_again_as_wide_as_its_window(site: str, counted: Page):
    visit = opened(counted, f"{site}/drift?rule=no_current_plan")
    visit.whole()
    # The page itself named both scripts, though the browser would have taken it compressed.
    assert counted.locator('head script[defer][src*="/charts."]').count() == 1
    assert counted.locator('head link[rel="modulepreload"][href*="/plotly-basic.min."]').count() == 1
    assert drawings(counted) == 1
    counted.set_viewport_size({"width": 800, "height": 1000})
    counted.wait_for_function("document.querySelector('.chart .main-svg').clientWidth < 800")
    box, drawing = counted.locator(".chart").evaluate(WIDTHS)
    assert box == drawing
    assert drawings(counted) == 1
    visit.end()


def test_other_numbers_are_drawn_and_the_same_are_left_alone(site: str, counted: Page):
    visit = opened(counted, f"{site}/?trend=placement_order_12m")
    before = counted.locator(".chart").get_attribute("aria-label")
    counted.evaluate("document.querySelector('.chart').classList.add('marked')")
    counted.get_by_role("radio", name="Teams").click()
    counted.wait_for_url("**by=team**")
    visit.whole()
    assert counted.locator(".chart.marked .main-svg").count()
    assert drawings(counted) == 1
    counted.get_by_role("combobox", name="Figure").click()
    counted.keyboard.press("ArrowDown")
    counted.keyboard.press("Enter")
    counted.wait_for_function("before => document.querySelector('.chart')?.getAttribute('aria-label') !== before", arg=before)
    drawn(counted)
    visit.whole()
    assert counted.locator(".chart").count() == 1 and counted.locator(".marked").count() == 0
    assert drawings(counted) == 2
    visit.end()


def test_a_chart_that_is_put_back_or_shown_later_is_drawn(site: str, counted: Page):
    """As Streamlit moves a part of the page, or folds it."""
    visit = opened(counted, f"{site}/drift?rule=no_current_plan")
    counted.evaluate("(window.chart = document.querySelector('.chart')).replaceWith(window.place = document.createElement('p'))")
    counted.wait_for_function("!chart.querySelector('.main-svg')")
    counted.evaluate("chart.style.display = 'none', place.replaceWith(chart)")
    counted.wait_for_timeout(300)
    assert drawings(counted) == 1
    counted.evaluate("chart.style.display = ''")
    drawn(counted)
    assert drawings(counted) == 2
    visit.end()


def test_whoever_comes_from_a_page_without_charts_sees_them(site: str, counted: Page):
    visit = Visit(counted)
    visit.open(f"{site}/figures")
    assert counted.evaluate("typeof Plotly") == "undefined"
    visit.look_at(f"{site}/drift?rule=no_current_plan")
    drawn(counted)
    expect(counted.locator(".chart .legendtext").filter(has_text=LEGEND)).to_be_visible()
    assert drawings(counted) == 1
    visit.end()


def test_colours_follow_the_theme_and_paper_and_nothing_is_drawn_for_it(site: str, counted: Page):
    visit = opened(counted, f"{site}/drift?rule=no_current_plan")
    visit.whole()
    before = counted.evaluate("drawings.length")
    light = colour(counted, WORDS, "fill"), colour(counted, LINES, "stroke")
    visit.in_scheme("dark")
    dark = colour(counted, WORDS, "fill"), colour(counted, LINES, "stroke")
    assert light[0] != dark[0] and light[1] != dark[1]
    counted.pdf()
    assert counted.evaluate("drawings.length") == before
    counted.emulate_media(media="print")
    assert colour(counted, WORDS, "fill") == colour(counted, ".legendtext", "fill") == PAPER_WORDS
    assert counted.locator(".chart").evaluate("chart => getComputedStyle(chart).breakInside") == "avoid"
    visit.end()


def test_a_chart_is_a_picture_with_its_words_and_nothing_to_press_with_the_keyboard(site: str, look: Visit):
    look.look_at(f"{site}/drift?rule=no_current_plan")
    drawn(look.page)
    chart = look.page.get_by_role("img", name="No current plan, month by month: to 31/10/2025 joined ")
    expect(chart).to_have_class("chart js-plotly-plot")
    assert chart.locator("a, button, [tabindex], .modebar-btn, .modebar-btn--logo").count() == 0
    assert chart.bounding_box()["height"] == 353  # type: ignore[index]


def test_a_point_says_its_day_and_number_beside_the_pointer(site: str, look: Visit):
    look.look_at(f"{site}/drift?rule=no_current_plan")
    drawn(look.page)
    look.page.locator(".chart .point").last.hover(force=True)
    expect(look.page.locator(".chart .hovertext")).to_contain_text("31/10/2026: ")
