"""Printed, a page has every row of its tables, the headings again on each sheet, its mark, day and scope, and nothing to press."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from benchmarks.server import serving
from casework.agenda.agenda import agenda, build_agenda
from casework.agenda.discussions import save_discussion
from casework.agenda.themes import themes
from casework.changes.restricted import hidden_children
from casework.panels import plan_panel
from casework.records.records import Discussion
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.answers.drift.drift import movements
from metrics.engine.engine import Engine
from packs.corporate.drafts import prepare
from tests.browser.barriers import SCHEMES, barriers_found, in_turn
from tests.browser.conftest import Visit
from tests.deep import some
from tests.support.copies import copy_of
from tests.support.once_a_run import greedy_patterns
from tests.support.scopes import asking
from ui.drift.children import GROUPS
from ui.shell.navigation import titles

pytestmark = pytest.mark.slow

SCOPE = asking(roles=frozenset())
POLICY = "hertfordshire"
DAY = date(2026, 10, 31)
# The pages with forms: what is for pressing alone goes, and its headings with it.
ALWAYS = ("panel", "drift", "barriers")
PAPER_WIDE = 1047  # A4 on its side between the margins, in the pixels of a page
TO_PRESS = re.compile(
    r"Download|Find a child|Reporting date|Sort by|Prepare a panel|Make the agenda|Deploy|keyboard_arrow|How is this (figure|list) made"
    r"|What changed since you last looked|Freeze, close|Write commentary|What if\?|For your own calendar|1 to 100 of"
)


@pytest.fixture(scope="module")
def store(every_policy_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A council that uses every policy, with a panel whose agenda has everybody on it who is on a list."""
    store = copy_of(every_policy_store, tmp_path_factory.mktemp("printing") / "store")
    casework, engine = open_casework(store.settings, store.path), Engine(store.current(), store.settings)
    panel = plan_panel(casework, POLICY, DAY, "Jo Clerk")
    build_agenda(casework, panel.id, engine, [rule.id for rule in engine.policies[POLICY].rules], "Jo Clerk")
    with greedy_patterns():  # the councillors' page would look for the best one: for so many policies that takes half a minute
        prepare(engine, casework)
    casework.close()
    return store


@pytest.fixture(scope="module")
def paper_site(store: Store, port: int) -> Iterator[str]:
    with serving(store.path, port=port) as address:
        yield address


@pytest.fixture
def window(request: pytest.FixtureRequest) -> dict:
    return {"color_scheme": getattr(request, "param", "light"), "viewport": {"width": 1440, "height": 900}}


def printed(look: Visit, address: str) -> list[str]:
    """The text of each sheet."""
    look.look_at(address)
    for chart in look.page.locator(".chart").all():
        chart.locator(".main-svg").first.wait_for()
    content = look.page.pdf(prefer_css_page_size=True)
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages]


def printed_on(sheets: list[str], identifiers: list[str]) -> Counter:
    """How often each identifier stands on the paper."""
    text = "\n".join(sheets)
    return Counter({one: len(re.findall(rf"\b{re.escape(one)}\b", text)) for one in set(identifiers)})


def check_sheets(sheets: list[str], title: str, scope: str, heading: str | None = None) -> None:
    """Every sheet has its mark, day, scope and number; a table that runs over several begins each with its headings."""
    for number, sheet in enumerate(sheets, start=1):
        words = " ".join(sheet.split())
        assert "OFFICIAL-SENSITIVE" in words and "As at 31/10/2026" in words
        assert f"{title}: {scope}" in words and f"Page {number} of {len(sheets)}" in words
        assert not TO_PRESS.search(words)
        if heading and re.search(r"\b\d{9}\b", words):
            assert heading in words


def test_a_team_page_prints_every_child_of_the_county(paper_site: str, look: Visit, engine: Engine):
    rules = [rule.id for rule in engine.policies[POLICY].rules]
    listed = engine.children(POLICY, rules, SCOPE)["child_id"]
    coming = engine.coming_next(POLICY, SCOPE)["child_id"]
    named = [child for child in [*listed, *coming] if child.isdigit()]
    assert len(listed) > 80
    sheets = printed(look, f"{paper_site}/team")
    assert printed_on(sheets, named) == Counter(named)
    check_sheets(sheets, "Team", "County", "Child ID")


def test_one_teams_page_prints_its_children_and_says_its_name(paper_site: str, look: Visit, engine: Engine):
    rules = [rule.id for rule in engine.policies[POLICY].rules]
    group = engine.groups(asking()).sort_values("children").iloc[-1]
    mine = SCOPE.narrowed(group["service"], group["team"])
    every = [*engine.children(POLICY, rules, mine)["child_id"], *engine.coming_next(POLICY, mine)["child_id"]]
    # A restricted record says so twice in its row: for the child and for the worker.
    named = [child for child in every if child.isdigit()]
    sheets = printed(look, f"{paper_site}/team?service={group['service']}&team={group['team']}")
    assert printed_on(sheets, named) == Counter(named)
    check_sheets(sheets, "Team", f"Service {group['service']}, team {group['team']}")


def test_a_list_prints_every_child(paper_site: str, look: Visit, engine: Engine):
    # A restricted record says so twice in its row: for the child and for the worker.
    listed = [child for child in engine.children(POLICY, ["ltf_12m"], SCOPE)["child_id"] if child.isdigit()]
    sheets = printed(look, f"{paper_site}/children?rule=ltf_12m")
    assert printed_on(sheets, listed) == Counter(listed)
    check_sheets(sheets, "List of children", "County", "Child ID")


def test_a_long_table_prints_the_rows_of_its_other_pages_too(paper_site: str, look: Visit):
    """Each row as it looks where it stands on the screen: the words, their emphasis and the look of the cells, but no link."""
    look.look_at(f"{paper_site}/action_planning")
    tables = look.page.locator("table[data-rows]")
    expect(tables).to_have_count(1)
    on_screen = []
    whole = """table => [...table.querySelectorAll("tbody tr")].map(row => [...row.cells].map(cell => {
        const bare = cell.cloneNode(true);
        bare.querySelectorAll("a").forEach(link => link.replaceWith(...link.childNodes));
        return [cell.tagName, cell.className, cell.scope ?? "", bare.innerHTML].join(" | ") }))"""
    for number in range(1, look.page.get_by_role("button", name=re.compile("^Page [0-9]")).count() + 1):
        look.page.get_by_role("button", name=f"Page {number}", exact=True).click()
        expect(look.page.get_by_text(re.compile(f"^{number * 100 - 99} to "))).to_be_visible()
        look.whole()
        on_screen += tables.evaluate(whole)
    assert len(on_screen) > 100 and any("<strong>" in cell for row in on_screen for cell in row)
    for _ in range(2):
        look.page.emulate_media(media="print")
        expect(tables.locator("tbody tr:visible")).to_have_count(len(on_screen))
        assert tables.evaluate(whole) == on_screen
        look.page.emulate_media(media="screen")
        expect(tables.locator("tbody.on-paper")).to_have_count(0)


def test_rows_that_come_as_data_bring_nothing_but_words_emphasis_and_links_of_ours(paper_site: str, look: Visit):
    look.look_at(f"{paper_site}/action_planning")
    words = (
        "<img src='/x'><a href='javascript:1'>one</a> <strong class='a' id='page-done' style='color: red' title='x'>two</strong> &lt;b&gt; "
        "<a href='https://elsewhere.example/'>three</a> <a href='//elsewhere.example'>four</a> <a href='child?child=1#a'>five</a> "
        "<script>document.title = 'six'</script><style>p { color: red }</style>"
    )
    addresses = ["javascript:1", "//elsewhere.example", "https://elsewhere.example", "child?child=1", "./", "#list"]
    look.page.evaluate(
        """([words, addresses]) => {
            const [first] = document.querySelectorAll("table.from-data"), table = first.cloneNode(true);
            const each = { each: [words, ...addresses], of: [0, 1, 2, 3, 4, 5, 6] };
            table.dataset.rows = JSON.stringify({ first: 0, last: 1, columns: [
                { look: "wide", words: { each: [words], of: [0] } },
                ...addresses.map(address => ({ look: null, words: { each: ["&amp;"], of: [0] }, addresses: { each: [address], of: [0] } }))
            ] });
            first.replaceWith(table);
        }""",
        [words, addresses],
    )
    made = look.page.locator("table.from-data").first.locator("tbody tr > *")
    expect(made).to_have_count(1 + len(addresses))
    bare = '<a>one</a> <strong class="a">two</strong> &lt;b&gt; <a>three</a> <a>four</a> <a href="child?child=1#a">five</a> '
    assert made.first.inner_html() == bare + "document.title = 'six'p { color: red }"
    assert made.first.evaluate("cell => [cell.tagName, cell.className, cell.scope].join()") == "TH,wide,row"
    links = ['<a href="child?child=1">&amp;</a>', '<a href="./">&amp;</a>', '<a href="#list">&amp;</a>']
    assert [cell.inner_html() for cell in made.all()[1:]] == ["&amp;"] * 3 + links


def test_the_countywide_page_prints_services_and_thirteen_months(paper_site: str, look: Visit, engine: Engine):
    sheets = printed(look, f"{paper_site}/?by=team")
    words = " ".join(" ".join(sheets).split())
    # A name that runs over two lines is read in pieces; its numbers stand in one row.
    figures = engine.figures(POLICY, SCOPE, "team", [DAY])
    assert all(word in words for team in engine.groups(asking())["team"] for word in team.split())
    assert look.page.locator("table.heat.shares tbody tr:not(.group):not(.total)").count() == figures["team"].nunique()
    assert all(rule.title in words for rule in engine.policies[POLICY].rules if rule.level == "countywide")
    assert all(f"{day:%d/%m/%Y}" in words for day in engine.trend_dates(DAY))
    check_sheets(sheets, "Countywide", "County")


def test_the_drift_page_prints_every_child_of_a_figure(paper_site: str, look: Visit, engine: Engine):
    first = engine.trend_dates(DAY, 2)[0]
    children = movements(engine, POLICY, SCOPE, first, DAY).children
    changed = children[(children["rule"] == "no_current_plan") & children["movement"].isin(GROUPS["joined or left"])]
    named = [child for child in changed["child_id"] if child.isdigit()]
    assert named
    sheets = printed(look, f"{paper_site}/drift?rule=no_current_plan")
    assert printed_on(sheets, named) == Counter(named)
    check_sheets(sheets, "Drift between panels", "County")


def test_a_childs_page_prints_the_lists_that_the_child_is_on(paper_site: str, look: Visit, engine: Engine):
    child = engine.children(POLICY, ["ltf_12m"], SCOPE).query("name.notna()").iloc[0]
    sheets = printed(look, f"{paper_site}/child?child={child['child_id']}")
    words = " ".join(" ".join(sheets).split())
    assert f"{child['child_id']} · {child['name']}" in words and "Long-term fostering plan for 12 months or more" in words
    # Folded on the screen: the other policies' lists, what is coming up, and the records behind the lists of the chosen policy.
    folded = look.page.locator("details.printed")
    assert folded.count() >= 2 and not folded.first.evaluate("fold => fold.open")
    assert "Row in the file" in words and "Plan: Long-term fostering to 18" in words
    check_sheets(sheets, "Child", f"Child {child['child_id']}")


def test_a_panels_discussion_is_readable_in_both_schemes_and_printed_as_it_is_written(paper_site: str, look: Visit, store: Store):
    casework = open_casework(store.settings, store.path)
    child = next(item.child_id for item in agenda(casework, 1, frozenset()) if not item.restricted)
    barrier = themes(casework)[0]
    written = Discussion(1, child, frozenset({barrier.code}), "Said so", "Decided so", outcome="Case closed")
    save_discussion(casework, written, "Jo Clerk")
    casework.close()
    look.look_at(f"{paper_site}/panel?panel={DAY}&child={child}")
    # Here alone a page shows what is chosen in a field of many.
    assert barriers_found(look, SCHEMES) == []
    look.page.emulate_media(media="print")
    for label, value in (("Discussion", "Said so"), ("Decision", "Decided so"), ("Outcome", "Case closed")):
        box = look.page.get_by_label(label).first
        expect(box).to_be_visible()
        expect(box).to_have_value(value)
    expect(look.page.get_by_text(barrier.label).first).to_be_visible()
    expect(look.page.get_by_text("Add an action").first).to_be_hidden()


def test_the_agenda_prints_every_child_on_it(paper_site: str, look: Visit, store: Store, engine: Engine):
    casework = open_casework(store.settings, store.path)
    items = [item.child_id for item in agenda(casework, 1, hidden_children(casework, engine, SCOPE, DAY))]
    casework.close()
    named = [child for child in items if child.isdigit()]
    assert len(named) > 60
    sheets = printed(look, f"{paper_site}/panel?panel={DAY}")
    assert printed_on(sheets, named) == Counter(named)
    check_sheets(sheets, "Permanence Panel", "County", "Child ID")


@pytest.mark.parametrize(("page", "schemes"), in_turn(sorted(titles())))
def test_every_page_has_no_barrier_and_no_table_that_is_cut_off_on_paper(
    paper_site: str, look: Visit, engine: Engine, page: str, schemes: tuple[str, ...]
):
    """Of a council that uses every policy: there each page of the menu is."""
    listed = engine.children(POLICY, ["ltf_12m"], SCOPE).query("name.notna()")
    look.look_at(f"{paper_site}/{page}" + (f"?child={listed.iloc[0]['child_id']}" if page == "child" else ""))
    for chart in look.page.locator(".chart").all():
        chart.locator(".main-svg").first.wait_for()
    assert barriers_found(look, schemes) == []
    look.page.emulate_media(media="print")
    look.page.set_viewport_size({"width": PAPER_WIDE, "height": 700})
    cut = look.page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] :is(table, .scroll, pre)')].filter(part => part.checkVisibility())
            .filter(part => part.getBoundingClientRect().right > window.innerWidth + 1
                || (part.matches('.scroll') && part.scrollHeight > part.clientHeight + 1
                    && getComputedStyle(part).overflowY != 'visible'))
            .map(part => `${part.tagName} ${part.innerText.slice(0, 60)}: ${part.getBoundingClientRect().right}`)"""
    )
    assert cut == []
    left_out = look.page.evaluate(
        """() => [...document.querySelectorAll('table.data tbody tr')]
            .filter(row => !row.checkVisibility() && !row.closest('details:not([open])')).map(row => row.innerText.slice(0, 60))"""
    )
    assert left_out == []


@pytest.mark.parametrize("page", [*ALWAYS, *some(sorted({*titles()} - {"child", *ALWAYS}), 3)])
def test_no_sheet_of_any_page_is_empty_or_ends_with_a_heading(paper_site: str, look: Visit, page: str):
    sheets = printed(look, f"{paper_site}/{page}" + (f"?panel={DAY}" if page == "panel" else ""))
    headings = look.page.locator("[data-testid=stMain] :is(h2, h3, table.data thead tr)").all_inner_texts()
    last_words = [" ".join(text.split()) for text in headings if text.strip()]
    for number, sheet in enumerate(sheets, start=1):
        words = " ".join(sheet.split())
        assert words.split(f"Page {number} of {len(sheets)}")[1].strip(), f"nothing stands on sheet {number}"
        assert not TO_PRESS.search(words)
        assert not [text for text in last_words if words.endswith(f" {text}")], f"sheet {number} ends with a heading"


def test_paper_says_what_was_chosen_in_fields_that_it_does_not_have(paper_site: str, look: Visit):
    for sheet in printed(look, f"{paper_site}/countywide?trend=ltf_12m&by=team"):
        assert "County, Rows: Teams, Figure: Long-term fostering plan for 12 months or more" in " ".join(sheet.split())
    look.page.emulate_media(media="print")
    expect(look.page.locator("h3.paper-only")).to_have_text("Long-term fostering plan for 12 months or more")
    expect(look.page.locator("h3.paper-only")).to_be_visible()


def test_a_chart_stands_on_one_sheet_with_its_heading_and_what_is_said_of_it(paper_site: str, look: Visit):
    with_chart = [sheet for sheet in printed(look, f"{paper_site}/countywide") if "Thirteen months" in sheet]
    assert len(with_chart) == 1
    assert "No current plan" in with_chart[0] and "Every month end is as now known" in " ".join(with_chart[0].split())


@pytest.mark.parametrize("window", ["light", "dark"], indirect=True)
def test_paper_is_black_on_white_in_the_dark_theme_too(paper_site: str, look: Visit):
    look.look_at(f"{paper_site}/children?rule=ltf_12m")
    look.page.emulate_media(media="print")
    for part in ("h1", "table.data tbody th", "table.data tbody td", "p.quiet"):
        assert look.page.locator(part).first.evaluate("part => getComputedStyle(part).color") == "rgb(0, 0, 0)"
    for part in (".stApp", "[data-testid=stMain]", "body"):
        assert look.page.locator(part).first.evaluate("part => getComputedStyle(part).backgroundColor") == "rgb(255, 255, 255)"
