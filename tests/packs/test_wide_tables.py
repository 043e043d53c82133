"""A table that is too wide for a page of letters that can be read goes on on the next, with the child on each."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from packs.excel.printing import A4_POINTS, INCH, SMALLEST, columns_on_first_page, pages_wide
from packs.excel.table_sheet import HEADING_ROW, TableSheet, add_table
from packs.excel.workbook import new_workbook
from words.shown import Column, named

# Columns so many digits wide take seven pixels a digit and five more each; a landscape page has room for so many pixels at six tenths.
ROOM = (A4_POINTS[1] - 0.8 * INCH) / SMALLEST * 96 / 72
WHOLE = (ROOM - 5) / 7


def _sheet(tmp_path, columns, rows=3, **how):
    workbook = new_workbook("t", "s", {})
    values = [{column.name: f"{column.name} of {row}" for column in columns} for row in range(rows)]
    add_table(workbook, TableSheet("List", "All of them.", columns, "None.", note="So it is."), values, "foot", **how)
    workbook.save(tmp_path / "wide.xlsx")
    return load_workbook(tmp_path / "wide.xlsx")["List"]


def _list(more: int, first: tuple[str, ...] = ("child_id", "legacy_id", "name")) -> tuple[Column, ...]:
    return (*named(*first), *(Column("detail", of=f"detail {number}") for number in range(more)))


@pytest.mark.parametrize(
    ("widths", "repeated", "pages", "first"),
    [
        ([WHOLE], 1, 1, 1),
        ([WHOLE / 2 - 1, WHOLE / 2 - 1], 1, 1, 2),
        ([10, WHOLE / 2, WHOLE / 2 + 1], 1, 2, 2),
        # A column that is as wide as a page by itself needs no page more for the child beside it.
        ([10, WHOLE], 1, 1, 2),
        ([10, *[WHOLE / 4] * 3], 1, 1, 4),
        ([10, *[WHOLE / 4] * 4], 1, 2, 4),
        # The child is on each of them: of sixteen quarters fifteen would fit without.
        ([10, *[WHOLE / 4] * 6], 1, 2, 4),
        ([10, *[WHOLE / 4] * 7], 1, 3, 4),
        # Nothing says whose row it would be on the second page.
        ([WHOLE, WHOLE], 0, 1, 2),
    ],
)
def test_pages_are_as_many_as_six_points_ask_for(widths, repeated, pages, first):
    assert pages_wide(widths, repeated) == pages
    assert columns_on_first_page(widths, repeated) == first


def test_a_list_of_usual_width_is_one_page_wide(tmp_path):
    sheet = _sheet(tmp_path, _list(3))
    assert sheet.page_setup.fitToWidth == 1 and sheet.print_title_cols is None
    assert str(sheet.merged_cells).count(f"A2:{'F'}2") == 1


def test_a_wide_list_is_several_with_the_child_on_each(tmp_path):
    sheet = _sheet(tmp_path, _list(20))
    assert sheet.page_setup.fitToWidth > 1 and sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_cols == "$A:$C" and sheet.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"
    assert sheet.page_setup.pageOrder == "overThenDown"
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    (sentence,) = (one for one in sheet.merged_cells.ranges if one.min_row == 2)
    across = [*widths, *[sheet.column_dimensions["D"].width] * (sentence.max_col - 3)]
    assert sum(7 * width + 5 for width in across) <= ROOM, "the sentences on top stand on the first page"


def test_a_wide_table_of_no_children_and_one_for_one_page_stay_one_page_wide(tmp_path):
    assert _sheet(tmp_path, _list(20, ("team",))).page_setup.fitToWidth == 1
    assert _sheet(tmp_path, _list(20), one_page=True).page_setup.fitToWidth == 1
