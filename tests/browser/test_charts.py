"""Charts in a real browser: each is drawn once, and again when its numbers or its width change; its colours follow the theme, and paper.

Those out of sight keep nobody waiting: they are drawn when the browser is idle, when the reader comes near, and before printing.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from benchmarks.server import ROOT
from metrics.engine.engine import Engine
from tests.browser.conftest import Visit
from tests.support.scopes import asking
from ui.outer.early import BEGIN_WITH_A_CHART

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
# A browser that is always busy: what waits for it to be idle never comes.
BUSY = "window.requestIdleCallback = () => 0"
LOW = 700
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"
OUT_OF_SIGHT, IN_SIGHT, MANY = "drift?rule=no_current_plan", "journeys", "corporate_parenting"
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


@pytest.fixture
def busy(counted: Page) -> Page:
    """The same in a low window of a browser that is never idle."""
    counted.set_viewport_size({"width": 1440, "height": LOW})
    counted.add_init_script(BUSY)
    return counted


def colour(page: Page, of: str, which: str) -> str:
    return page.locator(f".chart {of}").first.evaluate(f"part => getComputedStyle(part).{which}")


def drawn(page: Page) -> None:
    expect(page.locator(".chart .main-svg").first).to_be_visible(timeout=30_000)


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
    # The page itself named the script, though the browser would have taken it compressed.
    assert counted.locator('head script[defer][src*="/charts."]').count() == 1
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


def undrawn(page: Page, address: str) -> Visit:
    """A visit of a page whose charts are out of sight, in a browser that is never idle: they have their places and are not drawn,
    though what draws them is there."""
    visit = Visit(page)
    visit.open(address)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=30_000)
    page.wait_for_function("() => window.Plotly", timeout=30_000)
    page.wait_for_timeout(500)
    assert page.locator(".chart").count() and drawings(page) == 0
    return visit


def test_a_chart_out_of_sight_is_drawn_when_the_reader_comes_near_and_nothing_moves(site: str, busy: Page):
    visit = undrawn(busy, f"{site}/{OUT_OF_SIGHT}")
    chart = busy.get_by_role("img", name="No current plan, month by month: to 31/10/2025 joined ")
    before = busy.evaluate(HEIGHT), chart.bounding_box()["height"]  # type: ignore[index]
    # To where its upper edge is still 200 pixels below the window.
    busy.get_by_test_id("stMain").evaluate("(main, far) => main.scrollBy(0, far)", chart.bounding_box()["y"] - LOW - 200)  # type: ignore[index]
    drawn(busy)
    assert chart.bounding_box()["y"] > LOW  # type: ignore[index]
    assert (busy.evaluate(HEIGHT), chart.bounding_box()["height"]) == before  # type: ignore[index]
    assert drawings(busy) == 1
    visit.end()


def test_charts_out_of_sight_are_drawn_one_after_another_when_the_browser_is_idle(site: str, counted: Page):
    counted.add_init_script(
        "const idle = requestIdleCallback; window.turns = 0; window.requestIdleCallback = work => idle(() => { turns += 1; work(); })"
    )
    visit = Visit(counted)
    visit.open(f"{site}/{MANY}")
    charts = counted.locator(".chart").count()
    expect(counted.locator(".chart:has(.main-svg)")).to_have_count(charts, timeout=30_000)
    assert drawings(counted) == charts > 5
    assert counted.evaluate("turns") >= charts
    visit.end()


def test_a_chart_in_sight_waits_for_nothing(site: str, busy: Page):
    visit = opened(busy, f"{site}/{IN_SIGHT}")
    assert drawings(busy) == 1
    visit.end()


@cache
def imported(module: str) -> frozenset[str]:
    """The modules of ours that a module imports, and what those import."""
    path = ROOT / f"{module.replace('.', '/')}.py"
    if not path.is_file():
        return frozenset()
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "ui":
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return frozenset(found.union(*map(imported, found)))


def pages_with_charts() -> list[str]:
    pages = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    return [page for page in pages if "ui.components.charts" in imported(f"pages.{page}")]


@pytest.mark.parametrize("page", pages_with_charts())
def test_the_charts_library_is_fetched_with_a_page_that_begins_with_a_chart(site: str, counted: Page, engine: Engine, page: str):
    child = engine.children("hertfordshire", ["no_current_plan"], asking())["child_id"].iloc[0]
    visit = Visit(counted)
    visit.open(f"{site}/{page}" + (f"?child={child}" if page == "child" else ""))
    upper_edges = [chart.bounding_box()["y"] for chart in counted.locator(".chart").all()]  # type: ignore[index]
    assert any(edge < 1000 for edge in upper_edges) == (page in BEGIN_WITH_A_CHART)
    named = counted.locator('head link[rel="modulepreload"][href*="/plotly-basic.min."]').count()
    assert named == (page in BEGIN_WITH_A_CHART)
    visit.end()


def test_paper_has_the_charts_that_nobody_has_seen_yet(site: str, busy: Page):
    visit = undrawn(busy, f"{site}/{OUT_OF_SIGHT}")
    sheets = PdfReader(io.BytesIO(busy.pdf(prefer_css_page_size=True))).pages
    assert LEGEND in " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert drawings(busy) == 1
    visit.end()


def test_every_chart_is_drawn_where_the_page_is_shown_as_paper(site: str, busy: Page):
    visit = undrawn(busy, f"{site}/{MANY}")
    busy.emulate_media(media="print")
    expect(busy.locator(".chart:has(.main-svg)")).to_have_count(busy.locator(".chart").count(), timeout=30_000)
    visit.end()


def test_a_chart_in_a_fold_is_drawn_when_the_fold_is_opened(site: str, counted: Page):
    """In sight at once; further down as soon as the browser is idle."""
    visit = Visit(counted)
    for page in (IN_SIGHT, OUT_OF_SIGHT):
        visit.open(f"{site}/{page}")
        drawn(counted)
        counted.evaluate(
            """() => {
                const chart = document.querySelector('.chart'), fold = document.createElement('details');
                chart.before(fold);
                fold.append(chart.cloneNode());
                chart.remove();
            }"""
        )
        counted.wait_for_timeout(300)
        assert drawings(counted) == 1
        counted.evaluate("document.querySelector('details:has(.chart)').open = true")
        drawn(counted)
        assert drawings(counted) == 2
    visit.end()
