"""How a sheet prints: A4 landscape, as wide as the page, headings on every page, and what it is at the foot."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from packs.workbook import safe_text

A4 = 9
LONGEST_FOOT = 120


def set_up_page(sheet: Worksheet, sensitivity: str, foot: str, heading_row: int | None = None, one_page: bool = False) -> None:
    """Set a finished sheet up for printing.

    ``heading_row`` is repeated on every page and stays in sight on the screen; ``one_page`` fits the whole sheet on one.
    """
    sheet.page_setup.orientation = "landscape"
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
    sheet.oddFooter.right.text = "Page &P of &N"
    for part in (sheet.oddHeader.center, sheet.oddHeader.right, sheet.oddFooter.left, sheet.oddFooter.right):
        part.size = 8
    sheet.sheet_view.showGridLines = False
    if heading_row:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
        sheet.freeze_panes = f"A{heading_row + 1}"


def _plain(text: str) -> str:
    """Text for a header or footer, where & begins a code and the whole may have 255 letters."""
    text = " ".join(safe_text(text).split())
    return (text if len(text) <= LONGEST_FOOT else text[: LONGEST_FOOT - 1] + "…").replace("&", "&&")
