"""Every file that a role may take away is made for that role: its bytes are read back, and nothing of anybody else's child is in them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.comments import Comment
from pypdf import PdfWriter

from access.roles import RIGHTS, Right, Role
from metrics.engine.scope import Names
from tests.access.council import MASKED, Council, own_child, sign_in_as
from tests.deep import DEEP
from tests.pages.council import FIRST_PANEL
from tests.pages.screen import Screen
from tests.support.reading_files import everything_in, found_anywhere
from ui.components import downloads

SEES = [role for role in Role if Right.SEE_CHILDREN in RIGHTS[role].rights]
READERS: list[tuple[Role, Names | None]] = [*((role, None) for role in SEES), *MASKED]
# The pages with a pack, a summary or a calendar; on the others a list is taken away.
OF_PACKS = ("calendar", "child", "panel", "team", "weekly")
CELLS = [
    (role, names, page)
    for role, names in READERS
    for page in sorted(RIGHTS[role].pages)
    if page != "corporate_parenting"  # numbers alone, and its draft takes half a minute (tests/packs/test_corporate.py)
]
# One reader of each kind of file in every run, and some of the lists.
USUAL = {
    (Role.PANEL_CHAIR, Names.INITIALS, "panel"),
    (Role.HEAD_OF_SERVICE, None, "children"),
    (Role.TEAM_MANAGER, None, "team"),
    (Role.TEAM_MANAGER, Names.IDENTIFIER, "weekly"),
    (Role.ANALYST, None, "team"),
    (Role.WORKER, None, "child"),
    (Role.WORKER, Names.INITIALS, "child"),
    (Role.REVIEWING_OFFICER, None, "calendar"),
}
# Their files take longest to make, of figures alone.
OF_FIGURES = ("countywide", "journeys", "figures", "coverage")
LISTS = [cell for cell in CELLS if cell[2] not in (*OF_PACKS, *OF_FIGURES)]
CHOSEN = CELLS if DEEP else [cell for cell in CELLS if cell in USUAL or cell in LISTS[::24]]
Offered = list[tuple[str, Callable[[], bytes]]]


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Offered:
    """Every file that a page offers from now on: its name, and how it is made."""
    kept: Offered = []
    monkeypatch.setattr(
        downloads.streamlit, "download_button", lambda label, made, file_name, **how: kept.append((file_name, made))
    )
    return kept


def visits(council: Council, role: Role, page: str) -> list[dict[str, str]]:
    """The ways in which a page is asked for."""
    if page == "child":
        return [{"child": own_child(council, role)}]
    return [{}, {"panel": FIRST_PANEL.isoformat()}] if page == "panel" and DEEP else [{}]


def files(council: Council, offered: Offered, role: Role, page: str) -> dict[str, str]:
    """Every file of a page: its name, and all that is in it and in its name."""
    read: dict[str, str] = {}
    for choices in visits(council, role, page):
        offered.clear()
        screen = Screen(page, **choices)
        if page == "countywide":
            screen.app.switch_page("pages/countywide.py").run()
        assert not screen.broken, (page, choices)
        read |= {name: f"{name}\n{everything_in(made())}" for name, made in offered}
    return read


@pytest.mark.parametrize(
    ("role", "names", "page"), CHOSEN, ids=lambda value: getattr(value, "value", value) or "as the role says"
)
def test_a_file_is_made_for_the_role_and_holds_nothing_of_anybody_elses_children(
    council: Council, monkeypatch, offered: Offered, role: Role, names: Names | None, page: str
):
    sign_in_as(monkeypatch, council, role, names)
    foreign = council.foreign(role, names)
    called = {mark for marks in council.marks.values() for mark in marks if not mark.isdigit()} - council.staff
    read = files(council, offered, role, page)
    for name, text in read.items():
        # A calendar is copied to telephones: nobody is named in it.
        assert found_anywhere(text, foreign | called if name.endswith(".ics") else foreign) == set(), name
    if (role, names, page) in USUAL:
        assert read, "there is nothing to look at"
        mine = frozenset().union(*(council.marks[child] for child in council.own(role)))
        assert any(found_anywhere(text, mine) for text in read.values())


def test_the_search_for_foreign_children_in_files_would_find_them(council: Council, monkeypatch, offered: Offered):
    """The same files, as somebody takes them away who may see everybody, are full of the children whom others may not see."""
    sign_in_as(monkeypatch, council, Role.HEAD_OF_SERVICE)
    read = files(council, offered, Role.HEAD_OF_SERVICE, "team")
    assert {name.rpartition(".")[2] for name in read} == {"csv", "xlsx"}
    for role, names in ((Role.WORKER, None), (Role.TEAM_MANAGER, Names.IDENTIFIER)):
        theirs = council.foreign(role, names)
        assert sum(len(found_anywhere(text, theirs)) > 5 for text in read.values()) > 3, role


def _workbook(hide: Callable[[Workbook], None]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    hide(book)
    book.save(file)
    return file.getvalue()


def _hidden_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("Other")
    sheet.sheet_state, sheet["A1"] = "veryHidden", "Ava Quill-East1"


def _hidden_column(book: Workbook) -> None:
    book.active["C3"] = "Ava Quill-East1"
    book.active.column_dimensions["C"].hidden = True


def _comment(book: Workbook) -> None:
    book.active["A1"].comment = Comment("Ava Quill-East1", "Pat")


def _header(book: Workbook) -> None:
    book.active.oddHeader.left.text = "Ava Quill-East1"


def _properties(book: Workbook) -> None:
    book.properties.keywords = "Ava Quill-East1"


def _document(properties: bool) -> bytes:
    document, file = Document(), io.BytesIO()
    paragraph = document.add_paragraph("Ava Quill")
    paragraph.add_run("-East1")  # in two runs
    if properties:
        paragraph.clear()
        document.core_properties.comments = "Ava Quill-East1"
    document.save(file)
    return file.getvalue()


def _pdf() -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Keywords": "Ava Quill-East1"})
    writer.write(file)
    return file.getvalue()


HIDDEN = {
    "a hidden sheet": lambda: _workbook(_hidden_sheet),
    "a hidden column": lambda: _workbook(_hidden_column),
    "a comment": lambda: _workbook(_comment),
    "the head of a page": lambda: _workbook(_header),
    "a workbook's properties": lambda: _workbook(_properties),
    "a name in two runs": lambda: _document(properties=False),
    "a document's properties": lambda: _document(properties=True),
    "a PDF's properties": _pdf,
    "a calendar's folded line": lambda: b"BEGIN:VEVENT\r\nSUMMARY:Ava Qui\r\n ll-East1\r\nEND:VEVENT\r\n",
    "a text with its mark": lambda: "\ufeffAva Quill-East1".encode(),
}


@pytest.mark.parametrize("place", HIDDEN)
def test_a_name_is_found_wherever_it_is_hidden(place: str):
    marks = {"Ava Quill-East1", "Quill-East1", "012000100"}
    assert found_anywhere(everything_in(HIDDEN[place]()), marks) == marks - {"012000100"}
