"""The councillors' page: published packs as they were published; for analysts the one draft of a period, which says that it is one."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from casework.publishing.publications import ledger, publications, published_file
from casework.records.records import DOCUMENT, WORKBOOK
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.engine import Engine
from packs.corporate.drafts import KIND, prepare
from packs.corporate.publishing import publish_pack
from tests.pages.screen import Screen
from tests.support.copies import copy_of
from tests.support.scopes import asking
from ui.corporate import draft
from ui.corporate.draft import AS_PDF, AS_WORKBOOK
from ui.shell.printing import as_style_text

pytestmark = pytest.mark.usefixtures("greedy")


@pytest.fixture
def store(drafted_store: Store, tmp_path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A copy, since commentary and publications are written beside its nights."""
    store = copy_of(drafted_store, tmp_path / "store", with_casework=True)
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    return store


@pytest.fixture
def nothing_is_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments, **named):
        raise AssertionError("a pattern was worked out")

    monkeypatch.setattr("packs.corporate.drafts.strategic_pack", refused)


@pytest.fixture(scope="module")
def published_store(drafted_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The store with its draft published. Copy it."""
    store = copy_of(drafted_store, tmp_path_factory.mktemp("published") / "store", with_casework=True)
    engine, casework = Engine(store.current(), store.settings), open_casework(store.settings)
    publish_pack(engine, casework, engine.as_at, "Jo Clerk")
    casework.close()
    return store


@pytest.fixture
def published(published_store: Store, tmp_path, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = copy_of(published_store, tmp_path / "store", with_casework=True)
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    return store


def for_councillors(store: Store) -> None:
    with (store.path / "settings.toml").open("a", encoding="utf-8") as file:
        file.write('reader_without_sign_in = "councillor"\n')


def press(screen: Screen, label: str) -> None:
    next(button for button in screen.app.button if button.label == label).click().run()


def labels(screen: Screen) -> set[str]:
    return {button.label for button in screen.app.button}


def on_page(screen: Screen) -> dict[str, list[list[str]]]:
    """Every table of figures on the page, cell by cell, the headings first."""
    tables = {name: [[text for text, _ in row] for row in rows] for name, rows in screen.tables.items()}
    return {name: rows for name, rows in tables.items() if name not in ("What each measure means", "Packs published so far")}


def in_workbook(content: bytes) -> dict[str, list[list[str]]]:
    """The same of a workbook: the sheets with a table of figures, numbers as they are read."""
    found = {}
    for sheet in load_workbook(io.BytesIO(content)):
        if sheet.title in ("Front", "Definitions"):
            continue
        rows = []
        for row in sheet.iter_rows(min_row=4):
            if row[0].value is None:
                break
            label, *values = row
            cells = [f"{one.value:,}" + ("%" if "%" in one.number_format else "") if one.data_type == "n" and one.value is not None
                     else one.value or "" for one in values]  # fmt: skip
            rows.append([str(label.value).split("\n")[0], *cells])
        found[sheet["A1"].value.rsplit(",", 1)[0]] = rows
    return found


@cache
def on_paper(content: bytes) -> str:
    """All that a PDF says, without its spaces."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def rows_not_in_document(tables: dict[str, list[list[str]]], content: bytes) -> list[list[str]]:
    """The rows of figures that do not stand in the PDF, each whole and after the one before it.

    The PDF has the codes of the measures in its annex alone.
    """
    paper = on_paper(content)
    absent = []
    for title, (_, *all_rows) in tables.items():
        rows = _as_on_paper(all_rows)
        places = [found.end() for found in re.finditer(re.escape(re.sub(r"\s", "", title)), paper)]
        after = {start: _rows_after(paper, start, rows) for start in places}
        absent += min(after.values(), key=len, default=rows)
    return absent


def _with_figures(rows: list[list[str]]) -> list[list[str]]:
    """A table, the headings first, without the columns in which no row has a figure yet."""
    empty = {place for place in range(len(rows[0])) if all(row[place] == "not yet" for row in rows[1:])}
    return [[cell for place, cell in enumerate(row) if place not in empty] for row in rows]


def _as_on_paper(rows: list[list[str]]) -> list[list[str]]:
    return [[re.sub(r"^[A-Z]{1,3}[0-9]+[a-z]? ", "", row[0]), *row[1:]] for row in rows]


def _rows_after(paper: str, place: int, rows: list[list[str]]) -> list[list[str]]:
    absent = []
    for row in rows:
        text = re.sub(r"\s", "", "".join(row))
        found = paper.find(text, place)
        if found < 0:
            absent.append(row)
        else:
            place = found + len(text)
    return absent


def says_the_same(screen: Screen, workbook: bytes, document: bytes) -> bool:
    """Whether the page shows what the two files show, in every cell, and hides what they hide; columns with no figure yet are in the
    workbook alone, and the codes of measures in the workbook and in the tables that the paper has in its annex."""
    page = on_page(screen)
    cells = [cell for rows in page.values() for row in rows[1:] for cell in row[1:]]
    assert len(page) == 11 and len(cells) > 800 and cells.count("[c]") > 100 and any(cell.endswith("%") for cell in cells)
    coded = ("By service", "Numerators and denominators")
    assert page == {
        title: _with_figures(rows if title in coded else [rows[0], *_as_on_paper(rows[1:])])
        for title, rows in in_workbook(workbook).items()
    }
    assert rows_not_in_document(page, document) == []
    for title, rows in page.items():
        place, cell = next(((number, cell) for number, row in enumerate(rows) for cell in row if cell == "[c]"), (0, ""))
        if cell:  # nothing but the hidden row itself would do
            opened = [*rows[:place], ["7777" if one == "[c]" else one for one in rows[place]], *rows[place + 1 :]]
            assert rows_not_in_document({title: opened}, document) == [_as_on_paper(opened[1:])[place - 1]]
    return True


def test_an_analyst_sees_the_nights_draft_protected_at_once(store, nothing_is_solved):
    screen = Screen("corporate_parenting")
    assert not screen.broken
    assert "Draft: not published · as at 31/10/2026" in screen.text and "by The nightly load" in screen.text
    assert {"Scorecard", "Thirteen months", "Numerators and denominators", "By service", "What each measure means"} <= set(
        screen.tables
    )
    cells = [cell for name in ("Thirteen months", "By service") for row in screen.tables[name][1:] for cell, _ in row[1:]]
    assert "[c]" in cells and not set(cells) & {"1", "2", "3", "4", "5"}
    assert {button.label: button.disabled for button in screen.app.button}["Publish"]


def test_a_date_that_a_reader_picks_gets_no_pattern_of_its_own(store, nothing_is_solved):
    screen = Screen("corporate_parenting", date="2026-09-15")
    assert not screen.broken and "There is no draft as at 15/09/2026." in screen.text
    assert "Scorecard" not in screen.tables
    press(screen, "Make the draft as at 15/09/2026")
    assert "Type your name here" in screen.text
    assert len(ledger(open_casework(store.settings), KIND).drafts) == 1


def test_a_councillor_sees_nothing_that_is_not_published(store, nothing_is_solved):
    for_councillors(store)
    for choices in ({}, {"date": "2026-09-15"}):
        screen = Screen("corporate_parenting", **choices)
        assert not screen.broken and "Nothing has been published yet." in screen.text
        assert not screen.tables and "Draft" not in screen.text and "[c]" not in screen.text
        assert not labels(screen) & {"Publish", "Make the pack", "Save the commentary", "Make the draft again"}


def test_the_margins_of_a_pack_on_paper_have_its_own_day(published, monkeypatch):
    def margins(**choices: str) -> str:
        return "\n".join(part.proto.body for part in Screen(page, **choices).app.get("html") if "@page" in part.proto.body)

    for_councillors(published)
    own, other = as_style_text("As at 31/10/2026"), as_style_text("As at 15/09/2026")
    page = "corporate_parenting"
    assert own in margins(date="2026-09-15") and other not in margins(date="2026-09-15")


def test_a_councillor_sees_a_published_pack_as_it_was_published_with_its_two_files(published, monkeypatch):
    for_councillors(published)
    monkeypatch.setattr("packs.corporate.drafts.strategic_pack", None)
    screen = Screen("corporate_parenting")
    assert not screen.broken and "Published by Jo Clerk" in screen.text and "Draft" not in screen.text
    assert "Scorecard" in screen.tables and not labels(screen) & {"Publish", "Save the commentary"}
    # The pack has its own day and says its own data load: today's would be others than what is read.
    assert [box.label for box in screen.app.selectbox] == ["Pack"]
    assert "The pack as at 31/10/2026" in screen.text
    assert re.findall("data load ([^ ]+) ", screen.text) == [published.current().name]
    # What a councillor reads first is said without codes, and is what the scorecard says.
    first, scorecard = screen.text.partition("Scorecard")[0], screen.tables["Scorecard"]
    assert "The headlines" in first and not re.search(r"\b(CP|PT)\d", first)
    for title in ("Children in care", "No current plan"):
        (row,) = ([text for text, _ in row] for row in scorecard if row[0][0] == title)
        now = row[[text for text, _ in scorecard[0]].index("31/10/2026")]
        assert re.search(rf"{title}\s+{re.escape(now)}\s", first)
    assert {button.label for button in screen.app.get("download_button")} == {AS_WORKBOOK, AS_PDF}
    casework = open_casework(published.settings)
    (entry,) = publications(casework)
    workbook = load_workbook(io.BytesIO(published_file(casework, entry.id, WORKBOOK).content))
    assert "Published" in {cell.value for row in workbook["Front"] for cell in row}
    assert published_file(casework, entry.id, DOCUMENT).content.startswith(b"%PDF")
    # A pack of the first version of the records has no files.
    with casework.engine.begin() as connection:
        connection.exec_driver_sql("drop trigger publication_file_kept_delete")
        connection.exec_driver_sql("delete from publication_file")
    screen = Screen("corporate_parenting")
    assert not screen.broken and "published before the ledger kept packs" in screen.text


def test_settings_that_change_make_the_draft_anew_beside_the_first(store):
    before = prepare(Engine(store.current(), store.settings), open_casework(store.settings)).pack.printed
    with (store.path / "settings.toml").open("a", encoding="utf-8") as file:
        file.write("disclosure_threshold = 7\ndisclosure_range = 7\n")
    screen = Screen("corporate_parenting")
    assert not screen.broken and "numbers from 1 to 7" in screen.text
    casework = open_casework(store.settings)
    first, second = ledger(casework, KIND).drafts
    again = prepare(Engine(store.current(), store.settings), casework)
    assert again.draft.id == second.id != first.id, "what the page worked out is what the command line gives"
    hidden = {key for key, value in before.items() if value == "[c]"}
    assert all(again.pack.printed[key] == "[c]" for key in hidden & set(again.pack.printed))
    assert "shows numbers that are small under the current settings; do not pass it on" in second.reasons
    assert "because it is a small number now" in second.reasons
    assert any("What has changed since the previous draft" in part.label for part in screen.app.expander)


def test_a_newer_load_leaves_the_draft_and_says_so(store, nothing_is_solved, monkeypatch):
    real = Store.current

    def reloaded(self):
        night = real(self)
        return replace(night, manifest={**night.manifest, "seal": "another"})

    monkeypatch.setattr(Store, "nights", lambda self: [reloaded(self)])
    monkeypatch.setattr(Store, "current", reloaded)
    screen = Screen("corporate_parenting")
    assert not screen.broken and "This draft can be made again: the data load shown is now" in screen.text
    assert "Make the draft again" in labels(screen)


def test_commentary_stands_by_the_scorecard_and_a_pack_is_published_once_it_has_been_read(store):
    screen = Screen("corporate_parenting")
    screen.app.text_input(key="your name").set_value("Jo Clerk").run()
    words = next(area for area in screen.app.text_area if area.label.startswith("Commentary on CP1"))
    words.set_value("More brothers and sisters came together <b>this</b> year.").run()
    press(screen, "Save the commentary")
    assert "More brothers and sisters came together <b>this</b> year." in screen.text
    assert "Nothing has been published yet." in screen.text
    press(screen, "Make the pack")
    assert {button.label for button in screen.app.get("download_button")} >= {AS_WORKBOOK, AS_PDF}
    made = screen.app.session_state[draft.MADE][1]
    assert says_the_same(screen, made.workbook, made.document)
    front = load_workbook(io.BytesIO(made.workbook))["Front"]
    assert "Draft: not published" in {cell.value for row in front for cell in row}
    assert next(button for button in screen.app.button if button.label == "Publish").disabled
    screen.app.checkbox(key="corporate read").check().run()
    press(screen, "Publish")
    assert not screen.broken and "Published by Jo Clerk" in screen.text and "Draft: not published" not in screen.text
    assert "More brothers and sisters came together <b>this</b> year." in screen.text
    assert [row["Published by"] for row in screen.rows("Packs published so far")] == ["Jo Clerk"]
    casework = open_casework(store.settings)
    (entry,) = publications(casework)
    assert entry.period == "2026-10-31" and entry.kind == "corporate"
    files = [published_file(casework, entry.id, what).content for what in (WORKBOOK, DOCUMENT)]
    assert says_the_same(screen, *files)
    front = load_workbook(io.BytesIO(published_file(casework, entry.id, WORKBOOK).content))["Front"]
    assert {"Published", "More brothers and sisters came together <b>this</b> year."} <= {
        cell.value for row in front for cell in row
    }


def test_commentary_that_names_a_child_is_not_kept(store, engine):
    child = engine.children("hertfordshire", ["ltf_12m"], asking()).query("name.notna()").iloc[0]
    screen = Screen("corporate_parenting")
    screen.app.text_input(key="your name").set_value("Jo Clerk").run()
    words = next(area for area in screen.app.text_area if area.label.startswith("Commentary on CP1"))
    words.set_value(f"{child['name']} is waiting.").run()
    press(screen, "Save the commentary")
    assert "remove it" in screen.text and child["name"] not in screen.text
