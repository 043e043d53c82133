"""The figures on a page: number, change, share, target; thirteen months as a table, and each as a chart."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker
from openpyxl.utils import get_column_letter
from openpyxl.utils.units import pixels_to_EMU
from openpyxl.worksheet.worksheet import Worksheet

from metrics.answers.headlines import Headline
from metrics.engine.absence import Absence
from packs.excel.charts import line_chart
from packs.excel.charts import place as place_chart
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.workbook import fit, lines_needed, merge, set_widths, write, write_across, write_link, write_row
from packs.lists.answers import SHEETS, PanelAnswers
from words import few
from words.columns import heading, headings
from words.dates import british
from words.labels import AS_NOW_KNOWN, NOT_SUPPLIED, TOO_FEW, figure_title
from words.numbers import children

NUMBER_WIDTH, TITLE_WIDTH, MONTH_WIDTH = 6, 42, 11
FIRST_MONTH = 3
NUMBER_PIXELS, TITLE_PIXELS, MONTH_PIXELS = (7 * width + 5 for width in (NUMBER_WIDTH, TITLE_WIDTH, MONTH_WIDTH))
CHARTS_ACROSS, CHART_ROWS, CHART_PIXELS_HIGH = 4, 10, 195
FEW = 8
NARROW = 1.16  # the words in a share's place are in small type: so many more of them stand in a line, as LibreOffice draws them
NOTE = (
    "Change is from the last month end before the reporting date. Every month end here is as now known, from this data load: what "
    "was reported then may differ. A child can be on more than one list."
)


def add_figures(workbook: Workbook, answers: PanelAnswers, list_sheets: dict[str, str]) -> None:
    """Add the sheet of figures. ``list_sheets`` is rule id -> the name of the sheet with its children."""
    sheet = workbook.create_sheet(SHEETS["figures"])
    months = len(answers.headlines[0].trend)
    last_column = FIRST_MONTH + months - 1
    set_widths(sheet, (NUMBER_WIDTH, TITLE_WIDTH, *(MONTH_WIDTH,) * months))
    write_across(sheet, 1, f"The figures on {british(answers.as_at)}: {answers.scope_words}", "title", last_column)
    write_across(sheet, 2, f"{children(answers.in_care)} in care. {NOTE}", "sentence", last_column)
    row = _table(sheet, 4, answers, list_sheets)
    row = _trend(sheet, row + 1, answers)
    _charts(sheet, row + 1, answers.headlines, trend_row=row - len(answers.headlines), last_column=last_column)
    set_up_page(sheet, SENSITIVITY, answers.line, one_page=True)
    rows = -(-len(answers.headlines) // CHARTS_ACROSS) * CHART_ROWS
    sheet.print_area = f"A1:{sheet.cell(row + rows, last_column).coordinate}"


def _table(sheet: Worksheet, row: int, answers: PanelAnswers, list_sheets: dict[str, str]) -> int:
    change = f"{heading('change')} {british(answers.headlines[0].compared_with)}, {AS_NOW_KNOWN}"
    titles = (
        *headings("", "title", "children"),
        change,
        heading("share"),
        heading("target"),
        None,
        heading("against_target"),
        None,
    )
    widths = (NUMBER_WIDTH, TITLE_WIDTH, *(MONTH_WIDTH,) * 7)
    write_row(sheet, row, titles, ("heading", "heading", *("heading of figures",) * 3, *("heading",) * 4), widths)
    _join(sheet, row)
    for number, headline in enumerate(answers.headlines, start=1):
        row += 1
        write(sheet, row, 1, number, "count")
        write_link(sheet, row, 2, figure_title(headline.rule), list_sheets[headline.rule.id])
        write_figure(sheet, row, 3, headline.children, "count", headline.absence)
        write_figure(sheet, row, 4, headline.change, "change", headline.absence)
        write_share(sheet, row, 5, headline)
        for column, words in enumerate((_target_words(headline), None, headline.standing, None), start=6):
            write(sheet, row, column, words, "words after a figure")
        _join(sheet, row)
    return write_few(sheet, row + 1, populations(answers), FIRST_MONTH + 7)


def populations(answers: PanelAnswers) -> tuple[int | None, ...]:
    """Of how many children each figure is a share."""
    return tuple(headline.population if headline.children is not None else None for headline in answers.headlines)


def _join(sheet: Worksheet, row: int) -> None:
    """Target and standing take two month columns each."""
    for column in (6, 8):
        merge(sheet, row, column, column + 1)


def _target_words(headline: Headline) -> str:
    target = headline.rule.target
    return f"{headline.rule.bound} {target.percent:g}%, tolerance {target.tolerance:g}" if target else ""


def write_figure(
    sheet: Worksheet, row: int, column: int, value: float | None, style: str, absence: Absence | None = None
) -> None:
    """Put a figure; where there is none, the words for why (``absence``), never zero."""
    word = absence.word if absence else NOT_SUPPLIED
    write(sheet, row, column, word if value is None else value, "absent" if value is None else style)


def write_share(sheet: Worksheet, row: int, column: int, headline: Headline) -> None:
    """Put the share that a figure is; of too few children, that they are."""
    if headline.children is not None and headline.is_few:
        write_told(sheet, row, column, TOO_FEW)
    else:
        write_figure(sheet, row, column, headline.share, "share", headline.absence)


def write_told(sheet: Worksheet, row: int, column: int, told: float | str | None) -> None:
    """Put a share as a part of one, or the words in its place, in a row as high as they need; nothing where there is none."""
    write(sheet, row, column, told, "absent" if isinstance(told, str) else "share")
    if isinstance(told, str):
        fit(sheet, row, lines_needed(told, sheet.column_dimensions[get_column_letter(column)].width * NARROW))


def write_few(sheet: Worksheet, row: int, populations: Iterable[int | None], last_column: int) -> int:
    """Say below a table of shares how few are too few, where it says of some of its shares that they are: None is the population of a
    share that it does not give. Gives the next free row."""
    if all(population is None or not few.is_few(population) for population in populations):
        return row
    write_across(sheet, row, few.FEW, "note", last_column)
    return row + 1


def figure_words(value: int | None) -> str:
    """A figure as a chart's words say it."""
    return NOT_SUPPLIED if value is None else f"{value:,}"


def _trend(sheet: Worksheet, row: int, answers: PanelAnswers) -> int:
    days = [day for day, _ in answers.headlines[0].trend]
    widths = (NUMBER_WIDTH, TITLE_WIDTH, *(MONTH_WIDTH,) * len(days))
    styles = ("heading", "heading", *("heading of dates",) * len(days))
    write_row(sheet, row, (*headings("", "children_at_close"), *days), styles, widths)
    for number, headline in enumerate(answers.headlines, start=1):
        row += 1
        write(sheet, row, 1, number, "count")
        write(sheet, row, 2, figure_title(headline.rule), "text")
        for column, (_, count) in enumerate(headline.trend, start=FIRST_MONTH):
            write_figure(sheet, row, column, count, "count", headline.absence)
    return row + 1


def _charts(sheet: Worksheet, row: int, headlines: tuple[Headline, ...], trend_row: int, last_column: int) -> None:
    """A grid of charts as wide as the tables, four across; a figure that is not supplied has none."""
    pixels = chart_pixels(last_column)
    # Words in a figure's cells would be drawn as zero.
    drawn = [(trend_row + place, headline) for place, headline in enumerate(headlines) if headline.children is not None]
    for place, (values_row, headline) in enumerate(drawn):
        chart = line_chart(figure_title(headline.rule), sheet, values_row, trend_row - 1, FIRST_MONTH, last_column)
        if max(count or 0 for _, count in headline.trend) < FEW:
            chart.y_axis.majorUnit = 1  # no halves of children
        down, across = divmod(place, CHARTS_ACROSS)
        points = ", ".join(f"{british(day)} {figure_words(count)}" for day, count in headline.trend)
        words = f"{figure_title(headline.rule)}, children at each month end, as now known: {points}"
        place_chart(sheet, chart, marker(across * pixels, row + down * CHART_ROWS), (pixels - 8, CHART_PIXELS_HIGH), words)


def chart_pixels(last_column: int) -> int:
    """How wide a chart is when so many stand across a sheet of months."""
    return (NUMBER_PIXELS + TITLE_PIXELS + MONTH_PIXELS * (last_column - FIRST_MONTH + 1)) // CHARTS_ACROSS


def marker(pixels: int, row: int) -> AnchorMarker:
    """The place so many pixels from the sheet's left edge, at the top of a row (both from zero, as drawings count)."""
    column, left = 0, pixels
    for width in (NUMBER_PIXELS, TITLE_PIXELS):
        if left < width:
            break
        column, left = column + 1, left - width
    else:
        column, left = column + left // MONTH_PIXELS, left % MONTH_PIXELS
    return AnchorMarker(col=column, colOff=pixels_to_EMU(left), row=row - 1)
