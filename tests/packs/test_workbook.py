"""Cells that data cannot turn into something else, names that Excel takes, and rows that are high enough."""

from __future__ import annotations

import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from packs.excel.printing import set_up_page
from packs.excel.table_sheet import HEADING_ROW, TableSheet, add_table
from packs.excel.workbook import (
    LONGEST_TEXT,
    MOST_LINES,
    lines_needed,
    new_workbook,
    safe_text,
    set_widths,
    sheet_name,
    write,
    write_link,
)
from tests.deep import examples
from words.shown import named

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.invalid","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    " =1+1",
    "=\n1",
    "#N/A",
    "#REF!",
    "TRUE",
    "0012",
    "1E5",
    "2026-10-31",
    "{=1}",
    "<b>&amp;</b>",
    "'quoted",
    "\U0001f600 é ß",
    "  spaces  ",
]


def _written(tmp_path, text):
    workbook = new_workbook("t", "s", {})
    write(workbook.create_sheet("S"), 1, 1, text, "text")
    workbook.save(tmp_path / "one.xlsx")
    return load_workbook(tmp_path / "one.xlsx")["S"]["A1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_comes_back_as_the_text_it_was(tmp_path, text):
    cell = _written(tmp_path, text)
    assert (cell.value, cell.data_type) == (text, "s")


def as_excel_reads(text: str) -> str:
    """What Excel makes of the text of a file: _x0041_ is A (ECMA-376, ST_Xstring). openpyxl leaves it as it is."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


ESCAPES = st.lists(
    st.sampled_from(["_", "x0041", "_x0041_", "_x005F_", "_x000a_", "x", "a", "&", "_x00g1_", "_X0041_"]), max_size=8
)


@settings(max_examples=examples(20, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ESCAPES.map("".join).filter(str.strip))
def test_what_looks_like_an_escape_is_read_by_excel_as_it_was_written(tmp_path, text):
    workbook = new_workbook(text, "s", {"About": text})
    sheet = workbook.create_sheet(sheet_name(text, set()))
    write(sheet, 1, 1, text, "heading")
    write_link(sheet, 2, 1, text, sheet.title)
    set_up_page(sheet, text, text)
    workbook.save(tmp_path / "one.xlsx")
    back = load_workbook(tmp_path / "one.xlsx")
    read = back.active
    assert as_excel_reads(read["A1"].value) == as_excel_reads(read["A2"].value) == text
    assert as_excel_reads(read["A2"].hyperlink.display) == text
    assert read["A2"].hyperlink.location == "'{}'!A1".format(read.title.replace("'", "''"))
    # A sheet's name holds nothing that could be read as an escape: formulas and charts name it as it is.
    assert as_excel_reads(read.title) == read.title
    with zipfile.ZipFile(tmp_path / "one.xlsx") as file:
        foot = etree.fromstring(file.read("xl/worksheets/sheet1.xml")).findtext(".//{*}oddHeader")
    assert as_excel_reads(foot).replace("&&", "&").endswith("&A") and " ".join(text.split()) in as_excel_reads(foot).replace(
        "&&", "&"
    )
    # These are read as they are.
    assert back.properties.title == text


@pytest.mark.parametrize("text", ["a\x0bb", "a\x00b", "a\x1fb", "a\ud800b", "a\uffffb"])
def test_what_a_workbook_cannot_hold_is_marked_where_it_stood(tmp_path, text):
    cell = _written(tmp_path, text)
    assert (cell.value, cell.data_type) == ("a\ufffdb", "s")


def test_text_too_long_for_a_cell_is_cut_and_says_so(tmp_path):
    cell = _written(tmp_path, "=" + "x" * 40_000)
    assert len(cell.value) == LONGEST_TEXT and cell.value.endswith("x…") and cell.data_type == "s"


def test_line_ends_of_every_system_are_one_line_end():
    assert safe_text("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_an_empty_cell_is_empty_and_a_number_is_a_number(tmp_path):
    assert _written(tmp_path, None).value is None
    assert _written(tmp_path, 0).value == 0


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1 No current plan", "1 No current plan"),
        ("2 Return-home plan for 6 months or more", "2 Return-home plan for 6…"),
        ("a/b\\c?d*e[f]g:h", "a b c d e f g h"),
        ("'quoted'", "quoted"),
        ("", "Sheet"),
        ("x" * 40, "x" * 30 + "…"),
    ],
)
def test_a_sheets_name_is_one_that_excel_takes(text, name):
    assert sheet_name(text, set()) == name


def test_no_two_sheets_have_one_name_whatever_their_letter_case():
    taken: set[str] = set()
    names = [sheet_name(f"{first} name that is cut somewhere in it", taken) for first in ("A long", "a LONG")]
    assert len({name.casefold() for name in names}) == 2 and all(len(name) <= 31 for name in names)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("one", 10, 1), ("one two three four", 10, 2), ("a\nb\n\nc", 10, 4), ("x" * 25, 10, 3), ("ab " * 10, 10, 4)],
)
def test_a_text_takes_as_many_lines_as_its_words_need(text, width, lines):
    assert lines_needed(text, width) == lines


def test_a_row_is_as_high_as_its_link_needs():
    sheet = new_workbook("t", "s", {}).create_sheet("S")
    set_widths(sheet, (20,))
    write_link(sheet, 1, 1, "Short", "S")
    write_link(sheet, 2, 1, "Drift not considered by the Practice and Resources Panel", "S")
    assert sheet.row_dimensions[1].height is None
    assert sheet.row_dimensions[2].height > 2 * 13


@pytest.mark.parametrize(
    ("rows", "width", "pages"),
    [(50, 60, 0), (80, 60, 0), (66, 60, 1), (125, 60, 2), (92, 85, 0)],
    ids=["one page", "half a page over", "a few rows over", "a few rows over two pages", "letters too small already"],
)
def test_no_last_page_has_a_few_rows_only_where_the_letters_stay_large_enough(rows: int, width: float, pages: int):
    """A portrait page has room for about sixty rows; ``pages``: what the sheet is fitted to, 0 for as many as there are."""
    sheet = new_workbook("t", "s", {}).create_sheet("S")
    set_widths(sheet, (width, width))
    for row in range(1, rows + 1):
        write(sheet, row, 1, "text", "text")
    set_up_page(sheet, "OFFICIAL-SENSITIVE", "foot", 1, orientation="portrait")
    assert sheet.page_setup.fitToHeight == pages


def test_the_foot_of_a_page_has_nothing_in_the_middle_that_its_line_could_run_into():
    sheet = new_workbook("t", "s", {}).create_sheet("S")
    set_up_page(
        sheet, "OFFICIAL-SENSITIVE", "A council: 29/11/2026, a team with a very long name, data load 2026-11-29-0007-7a5c2578"
    )
    assert sheet.oddFooter.center.text is None
    assert "7a5c2578 · Permanence Tracker" in sheet.oddFooter.left.text


@pytest.mark.parametrize(
    ("text", "fits"),
    [("A word. " * 10, True), ("A word. " * 400, True), ("A word. " * 1_250, False), ("A line\n" * 60, False)],
)
def test_a_row_of_a_table_is_one_row_however_long_its_text(text: str, fits: bool):
    """Otherwise who sorts or filters the sheet would part a child from the rest of the text."""
    workbook = new_workbook("A table", "Of two", {})
    children = [{"child_id": "C1", "decision": text}, {"child_id": "C2", "decision": "Short."}]
    add_table(workbook, TableSheet("A table", "Two rows.", named("child_id", "decision"), "None."), children, "foot")
    (sheet,) = workbook.worksheets
    rows = list(sheet.iter_rows(min_row=HEADING_ROW + 1, values_only=True))
    assert rows == [("C1", text), ("C2", "Short.")] and sheet.auto_filter.ref == "A4:B6"
    assert (lines_needed(text, sheet.column_dimensions["B"].width) <= MOST_LINES) == fits
