"""The eight tasks for which people come to the tracker, each from its first page to its end with the keyboard alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from casework.agenda.actions import actions
from casework.agenda.agenda import agenda
from casework.agenda.discussions import discussion
from casework.panels import panel, plan_panel
from casework.records.records import CLOSED
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.engine import Engine
from tests.browser.conftest import Visit
from tests.browser.keyboard import choose, focused, press, tab_to, write
from tests.support.copies import copy_of
from tests.support.scopes import asking

pytestmark = pytest.mark.slow

DAY = date(2026, 10, 31)
NOBODY: frozenset[str] = frozenset()


def taken(visit: Visit, words: str, place: Path) -> Path:
    """The file that a button gives."""
    with visit.page.expect_download() as download:
        press(visit, words)
    file = place / download.value.suggested_filename
    download.value.save_as(file)
    return file


def arrived(visit: Visit, address: str) -> None:
    """Come to another page by a link: whoever goes on from there begins at its heading."""
    visit.page.wait_for_url(address)
    visit.whole()
    assert visit.page.evaluate("document.activeElement.tagName") == "H1"


def to(visit: Visit, job: str, page: str) -> None:
    """Another page, by the menu."""
    press(visit, job)
    visit.page.get_by_test_id("stTopNavDropdownLink").first.wait_for()
    for _ in visit.page.get_by_test_id("stTopNavDropdownLink").all():
        if focused(visit) == page:
            break
        visit.page.keyboard.press("ArrowDown")
    assert focused(visit) == page
    visit.page.keyboard.press("Enter")
    visit.page.get_by_role("heading", level=1, name=page, exact=True).wait_for()
    visit.whole()


@pytest.fixture(scope="module")
def longest(engine: Engine) -> dict:
    """The child who has been longest over the limit of long-term fostering."""
    return engine.children("hertfordshire", ["ltf_12m"], asking()).query("name.notna()").iloc[0].to_dict()


def test_a_head_of_service_finds_which_team_drifts_and_why(site: str, visit: Visit):
    visit.open(f"{site}/?by=team")
    drifting = visit.page.locator("table.heat tbody tr:not(.group):not(.total)", has=visit.page.locator("td a")).first
    team = drifting.locator("th a").inner_text()
    press(visit, team)
    arrived(visit, "**/team?**")
    expect(visit.page.locator("h2").first).to_contain_text(team)
    figure = visit.page.locator(".tile:has(.to-list)").first
    children = int(figure.locator(".figure").inner_text())
    press(visit, figure.locator(".to-list a").inner_text())
    arrived(visit, "**/children?**")
    assert len(visit.table("Children on the list")) == children + 1
    press(visit, visit.page.locator("#list-children tbody a").first.inner_text())
    arrived(visit, "**/child?**")
    behind = '.scroll[aria-label^="Extract rows behind"]'
    why = visit.page.locator(f"details:has({behind}) > summary").first
    press(visit, why.inner_text())
    expect(visit.page.locator(behind).first).to_be_visible()


def test_a_team_managers_monday(site: str, visit: Visit, engine: Engine, tmp_path: Path):
    team = engine.groups(asking()).sort_values("children").iloc[-1]["team"]
    visit.open(f"{site}/team")
    choose(visit, "Team", team)
    visit.until(f"{team}: ")
    (front, *_) = load_workbook(taken(visit, "Download the month (Excel)", tmp_path)).worksheets
    assert team in " ".join(str(cell) for row in front.iter_rows(values_only=True) for cell in row)
    press(visit, "What changed")
    arrived(visit, "**/changes?**")
    expect(visit.page.locator("h2").first).to_contain_text(team)


def test_a_worker_looks_at_their_children_and_writes_a_note(panel_site: str, visit: Visit, engine: Engine):
    listed = engine.children("hertfordshire", ["ltf_12m"], asking()).query("name.notna() and worker.notna()").iloc[0]
    visit.open(f"{panel_site}/team?team={listed['team']}".replace(" ", "+"))
    choose(visit, "Worker", listed["worker"])
    visit.until(f"{listed['worker']}: ")
    press(visit, listed["child_id"])
    arrived(visit, "**/child?**")
    press(visit, "Write a note")
    visit.whole()
    write(visit, "Note", "Rang the school")
    press(visit, "Keep the note")
    visit.whole()
    write(visit, "Your name", "Sam Okafor")
    visit.page.keyboard.press("Enter")
    visit.whole()
    press(visit, "Keep the note")
    visit.until("The note is kept.")
    expect(visit.page.locator("p.words-of", has_text="Rang the school")).to_be_visible()


def test_an_analyst_sends_a_team_its_corrections(site: str, visit: Visit, tmp_path: Path):
    visit.open(f"{site}/")
    to(visit, "Data", "Data quality")
    field = visit.page.get_by_role("combobox", name="Team of the rows")
    field.wait_for()
    tab_to(visit, "Team of the rows")
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_timeout(400)
    visit.whole()
    team = field.input_value()
    assert f"rows_team={quote_plus(team)}" in visit.page.url
    shown = visit.page.locator('.scroll[aria-label="Rows not used"] tbody tr').count()
    assert shown
    tab_to(visit, "Rows not used: extract")
    (sheet,) = load_workbook(taken(visit, "Download as Excel", tmp_path)).worksheets
    assert team in str(sheet["A2"].value) and sheet.max_row - 4 == shown


def test_a_reviewing_officer_checks_a_child(site: str, visit: Visit, longest: dict, tmp_path: Path):
    visit.open(f"{site}/")
    write(visit, "Find a child", longest["legacy_id"])
    visit.page.keyboard.press("Enter")
    visit.until(f"{longest['child_id']} · {longest['name']}")
    press(visit, "The timeline as a table")
    assert len(visit.table("Timeline")) > 1 or visit.page.locator("details[open]").count()
    file = taken(visit, "Download the child summary", tmp_path)
    assert load_workbook(file).worksheets


@pytest.fixture(scope="module")
def place(county_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A copy of the shared county with a panel that is planned and has no agenda yet."""
    store = copy_of(county_store, tmp_path_factory.mktemp("keyboard") / "store")
    casework = open_casework(store.settings, store.path)
    plan_panel(casework, "hertfordshire", DAY, "Jo Clerk")
    casework.close()
    return store


def test_a_chair_prepares_runs_and_closes_a_panel(panel_site: str, visit: Visit, place: Store):
    visit.open(f"{panel_site}/panel?panel={DAY}")
    write(visit, "Your name", "Anna Reid")
    visit.page.keyboard.press("Enter")
    visit.whole()
    choose(visit, "Lists", "Return-home")
    visit.page.keyboard.press("Escape")
    press(visit, "Make the agenda")
    visit.page.get_by_role("button", name="Start the meeting").wait_for()
    visit.whole()
    press(visit, "Start the meeting")
    visit.page.wait_for_url("**view=meeting**")
    visit.whole()
    assert visit.page.evaluate("!!document.fullscreenElement"), "the meeting fills the monitor"
    expect(visit.page.get_by_test_id("stHeader")).to_be_hidden()
    casework = open_casework(place.settings, place.path)
    first, second = [item.child_id for item in agenda(casework, 1, NOBODY) if item.child_id.isdigit()][:2]
    press(visit, first)
    visit.until(f"{first} · ")
    assert visit.page.evaluate("!!document.fullscreenElement"), "a link to a child leaves the full screen as it is"
    write(visit, "Decision", "Apply to revoke the order")
    write(visit, "What is to be done", "Write to the court")
    visit.page.keyboard.press("Alt+s")
    visit.until(f"{second} · ")
    assert discussion(casework, 1, first, NOBODY).decision == "Apply to revoke the order"
    assert [one.text for one in actions(casework, NOBODY, child_id=first)] == ["Write to the court"]
    press(visit, "Leave the meeting screen")
    visit.whole()
    expect(visit.page.get_by_test_id("stHeader")).to_be_visible()
    assert visit.page.evaluate("!document.fullscreenElement")
    press(visit, "Back to the agenda")
    visit.whole()
    press(visit, "Freeze or close the panel")
    visit.whole()
    press(visit, "Close the panel")
    visit.until("The panel is closed.")
    assert panel(casework, 1).status == CLOSED
    casework.close()


def test_a_clerk_makes_the_papers(panel_site: str, visit: Visit, tmp_path: Path):
    """After the chair: of the panel as it stands."""
    visit.open(f"{panel_site}/")
    to(visit, "Panel", "Permanence Panel")
    papers = PdfReader(taken(visit, "Download the papers (PDF)", tmp_path))
    assert "Permanence Panel" in papers.pages[0].extract_text()
    assert taken(visit, "Download the minutes", tmp_path).suffix == ".docx"


def test_a_councillor_reads_the_pack(site: str, visit: Visit, tmp_path: Path):
    visit.open(f"{site}/")
    to(visit, "Councillors", "Corporate parenting")
    expect(visit.page.locator("h2").first).to_contain_text("headlines")
    press(visit, "About: Children in care")
    expect(visit.page.locator("details.about[open]").first).to_be_visible()
    press(visit, "Make the pack")
    visit.whole()
    paper = PdfReader(taken(visit, "Download the PDF", tmp_path))
    assert len(paper.pages) > 1
