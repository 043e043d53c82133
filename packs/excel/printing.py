"""How a sheet prints: A4, as wide as the page, headings on every page, and what it is at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from data.version import PRODUCT
from packs.excel.styles import LINE
from packs.excel.workbook import cell_text, safe_text

A4 = 9
LONGEST_FOOT = 120
USUAL_ROW = 15  # points
INCH = 72
A4_POINTS = (210 / 25.4 * INCH, 297 / 25.4 * INCH)
# A last page no fuller than this part of the pages before it is saved, where letters of ten points are still printed at six.
REST, SMALLEST = 0.2, 0.6
LONGER = 1.5  # than the pages on which a sheet should stand: letters of ten points are then printed at six or more
SIDES, TOP_AND_FOOT, SPARE = 0.8 * INCH, 1.2 * INCH, 30  # the margins, and what is left free, in points


def set_up_page(
    sheet: Worksheet,
    sensitivity: str,
    foot: str,
    heading_row: int | None = None,
    one_page: bool = False,
    orientation: str = "landscape",
    repeated: int = 0,
) -> None:
    """Set a finished sheet up for printing.

    ``heading_row`` is repeated on every page and stays in sight on the screen; ``one_page`` fits the whole sheet on one. ``repeated``: so
    many columns say whose row it is, and stand on every page where a sheet is too wide for one. A sheet without such is one page wide.
    """
    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if one_page else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.HeaderFooter.scaleWithDoc = False  # as large on a sheet that is scaled as on any other
    sheet.print_area = f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    sheet.oddHeader.center.text = _plain(sensitivity)
    sheet.oddHeader.right.text = "&A"
    # In one part with the line, which would run into one in the middle; a portrait page has no room for both.
    sheet.oddFooter.left.text = _plain(foot) + (f" · {PRODUCT}" if orientation == "landscape" else "")
    sheet.oddFooter.right.text = "Page &P of &N"
    header, footer = sheet.oddHeader, sheet.oddFooter
    for part in (header.center, header.right, footer.left, footer.right):
        part.size = 8
    sheet.sheet_view.showGridLines = False
    if heading_row:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
        sheet.freeze_panes = f"A{heading_row + 1}"
    if one_page or not heading_row:
        return
    widths = [sheet.column_dimensions[get_column_letter(column)].width for column in range(1, sheet.max_column + 1)]
    pages = pages_wide(widths, repeated, orientation)
    if pages == 1:
        _leave_no_rest(sheet, heading_row)
        return
    sheet.page_setup.fitToWidth = pages
    sheet.page_setup.pageOrder = "overThenDown"  # a child's row goes on on the next page
    sheet.print_title_cols = f"A:{get_column_letter(repeated)}"


def pages_wide(widths: Sequence[float], repeated: int, orientation: str = "landscape") -> int:
    """How many pages a table is wide, its first ``repeated`` columns on each: on fewer, letters of ten points would be less than six."""
    if not repeated:
        return 1
    most, again = _room(orientation), _points_of(widths[:repeated])
    pages, used = 1, again
    for width in widths[repeated:]:
        used += (points := _points_of([width]))
        if used > most and used > again + points:
            pages, used = pages + 1, again + points
    return pages


def columns_on_first_page(widths: Sequence[float], repeated: int, orientation: str = "landscape") -> int:
    """How many of a table's columns stand on its first page."""
    if pages_wide(widths, repeated, orientation) == 1:
        return len(widths)
    return max(sum(used <= _room(orientation) for used in accumulate(_points_of([width]) for width in widths)), 1)


def _room(orientation: str) -> float:
    """How wide a sheet may be, in points, that is printed on one page at six points or more."""
    return (_page_points(orientation)[0] - SIDES) / SMALLEST


def _leave_no_rest(sheet: Worksheet, heading_row: int) -> None:
    """On a sheet as wide as the page whose last page would have a few rows only: make it a little smaller and a page shorter."""
    wide, high = _page_points(sheet.page_setup.orientation)
    scale = min(1, (wide - SIDES) / _points_wide(sheet))
    page = (high - TOP_AND_FOOT) / scale
    heading = sheet.row_dimensions[heading_row].height or USUAL_ROW
    given = [dimension.height for dimension in sheet.row_dimensions.values() if dimension.height]
    # Every page after the first has the heading again.
    length = sum(given) + USUAL_ROW * (sheet.max_row - len(given)) - heading
    pages, rest = divmod(length, page - heading)
    if pages and 0 < rest < pages * page * REST and scale / (1 + rest / (pages * page)) >= SMALLEST:
        sheet.page_setup.fitToHeight = int(pages)


def _page_points(orientation: str) -> tuple[float, float]:
    """How wide and high a page is."""
    return A4_POINTS[::-1] if orientation == "landscape" else A4_POINTS


def mark_annex(sheet: Worksheet) -> None:
    """Say on the tab of a sheet that is set up, and at the head of its pages, that it is of the annex."""
    sheet.sheet_properties.tabColor = LINE
    sheet.oddHeader.right.text = "Annex: &A"


def keep_sections_whole(sheet: Worksheet, starts: list[int], at_most: int | None = None) -> None:
    """On a sheet that is set up, begin a new page before each section that would otherwise be cut by the end of one.

    ``starts`` are the rows on which sections begin. A sheet that is scaled to fit has no page breaks of its own, so this one is
    printed at a fixed scale, at which it is as wide as the page. ``at_most``: a sheet that is a little too long for so many pages is made
    smaller to fit them, and then cut where they end.
    """
    wide, high = _page_points(sheet.page_setup.orientation)
    scale = min(100, int(98 * (wide - SIDES) / _points_wide(sheet)))  # Excel and LibreOffice measure a digit a little differently
    page = (high - TOP_AND_FOOT) * 100 / scale - SPARE
    if at_most and at_most * page < _points(sheet, 1, sheet.max_row + 1) < at_most * page * LONGER:
        sheet.page_setup.fitToHeight = at_most
        return
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    sheet.page_setup.scale = scale
    used = _points(sheet, 1, starts[0])
    for start, end in pairwise([*starts, sheet.max_row + 1]):
        height = _points(sheet, start, end)
        if used % page + height > page > height:
            sheet.row_breaks.append(Break(id=start - 1))
            used = 0
        used += height


def _points_wide(sheet: Worksheet) -> float:
    """How wide the columns are together."""
    return _points_of([dimension.width for dimension in sheet.column_dimensions.values()])


def _points_of(widths: Sequence[float]) -> float:
    """Columns so many digits wide, in points: seven pixels a digit and five more, of which there are 96 an inch."""
    return sum((7 * width + 5) * 72 / 96 for width in widths)


def _points(sheet: Worksheet, first: int, end: int) -> float:
    """The height of the rows from the first to the one before the end."""
    return sum(sheet.row_dimensions[row].height or USUAL_ROW for row in range(first, end))


def _plain(text: str) -> str:
    """Text for a header or footer, where & begins a code and the whole may have 255 letters."""
    text = " ".join(safe_text(text).split())
    return cell_text(text if len(text) <= LONGEST_FOOT else text[: LONGEST_FOOT - 1] + "…").replace("&", "&&")
