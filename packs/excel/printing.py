"""How a sheet prints: A4, as wide as the page, headings on every page, and what it is at the foot."""

from __future__ import annotations

from itertools import pairwise

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
PORTRAIT_SCALE = 90  # per cent
PORTRAIT_POINTS = (297 / 25.4 - 1.2) * 72 * 100 / PORTRAIT_SCALE - 30  # what is left between the margins, with some to spare


def set_up_page(
    sheet: Worksheet,
    sensitivity: str,
    foot: str,
    heading_row: int | None = None,
    one_page: bool = False,
    orientation: str = "landscape",
) -> None:
    """Set a finished sheet up for printing.

    ``heading_row`` is repeated on every page and stays in sight on the screen; ``one_page`` fits the whole sheet on one.
    """
    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if one_page else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.print_area = f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    sheet.oddHeader.center.text = _plain(sensitivity)
    sheet.oddHeader.right.text = "&A"
    sheet.oddFooter.left.text = _plain(foot)
    # A portrait page has no room for it between the line and the page's number.
    sheet.oddFooter.center.text = PRODUCT if orientation == "landscape" else None
    sheet.oddFooter.right.text = "Page &P of &N"
    header, footer = sheet.oddHeader, sheet.oddFooter
    for part in (header.center, header.right, footer.left, footer.center, footer.right):
        part.size = 8
    sheet.sheet_view.showGridLines = False
    if heading_row:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
        sheet.freeze_panes = f"A{heading_row + 1}"


def mark_annex(sheet: Worksheet) -> None:
    """Say on the tab of a sheet that is set up, and at the head of its pages, that it is of the annex."""
    sheet.sheet_properties.tabColor = LINE
    sheet.oddHeader.right.text = "Annex: &A"


def keep_sections_whole(sheet: Worksheet, starts: list[int]) -> None:
    """On a portrait sheet that is set up, begin a new page before each section that would otherwise be cut by the end of one.

    ``starts`` are the rows on which sections begin. A sheet that is scaled to fit has no page breaks of its own, so this one is
    printed at a fixed scale, at which sixteen columns of 6.3 digits are as wide as the page.
    """
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    sheet.page_setup.scale = PORTRAIT_SCALE
    used = _points(sheet, 1, starts[0])
    for start, end in pairwise([*starts, sheet.max_row + 1]):
        height = _points(sheet, start, end)
        if used % PORTRAIT_POINTS + height > PORTRAIT_POINTS > height:
            sheet.row_breaks.append(Break(id=start - 1))
            used = 0
        used += height


def _points(sheet: Worksheet, first: int, end: int) -> float:
    """The height of the rows from the first to the one before the end."""
    return sum(sheet.row_dimensions[row].height or USUAL_ROW for row in range(first, end))


def _plain(text: str) -> str:
    """Text for a header or footer, where & begins a code and the whole may have 255 letters."""
    text = " ".join(safe_text(text).split())
    return cell_text(text if len(text) <= LONGEST_FOOT else text[: LONGEST_FOOT - 1] + "…").replace("&", "&&")
