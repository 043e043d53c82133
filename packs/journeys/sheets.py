"""A route's sheet in the pack of journeys: its steps by year of entry, the curves as a table and a chart, the ten longest."""

from __future__ import annotations

import pandas
from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker
from openpyxl.worksheet.worksheet import Worksheet

from metrics.answers.journeys import ALL_YEARS, RouteAnswer, StepAnswer, YearFigures
from metrics.answers.journeys.curves import MONTHS
from metrics.answers.journeys.words import NOT_REACHED, STATES, TOO_FEW, left_out_words
from metrics.engine.plain import plain_rows
from packs.excel.charts import curves_chart, place
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import keep_sections_whole, set_up_page
from packs.excel.table_sheet import STYLES
from packs.excel.workbook import set_widths, write, write_across, write_row
from packs.journeys.answers import JourneyAnswers
from packs.journeys.front import not_supplied_words
from words.columns import heading, headings
from words.dates import british
from words.labels import NOT_SUPPLIED
from words.shown import named

HEADINGS = headings(
    *("step", "year", "started", "reached", "waiting", "ended", "quarter", "half", "three_quarters", "median_reached")
)
WIDTHS = (32, 18, 16, 24, 24, 14, 14, 14, 14, 18)
LAST = len(WIDTHS)
HEADING_STYLES = ("heading", "heading", *("heading of figures",) * (LAST - 2))
LONGEST = named("child_id", "legacy_id", "team", "worker", "entered_date", "from_date", "to_date", "days")
LONGEST_STYLES = tuple(STYLES.get(column.entry.kind, "text") for column in LONGEST)
HEADING_HEIGHT = 44  # points: three lines of bold letters
CHART_PIXELS, CHART_ROWS = (983, 359), 20  # wide and high, and the rows of the sheet that it covers


def add_route(workbook: Workbook, answer: RouteAnswer, answers: JourneyAnswers, name: str) -> None:
    """Add one route's sheet, called ``name``. A step that is not supplied says so in words."""
    sheet = workbook.create_sheet(name)
    set_widths(sheet, WIDTHS)
    write_across(sheet, 1, f"{answer.route.title}: {answers.scope_words}", "title", LAST)
    write_across(sheet, 2, f"{answer.route.about}. As at {british(answer.as_at)}.", "sentence", LAST)
    row = _figures(sheet, 4, answer)
    row = _left_out(sheet, row + 1, answer)
    curves = row + 1
    chart, row = _curves(sheet, curves, answer)
    longest = _longest(sheet, row + 1, answer, answers.longest)
    set_up_page(sheet, SENSITIVITY, answers.line)
    # Neither a table of curves, nor its chart, nor the ten of a step is cut by the end of a page.
    keep_sections_whole(sheet, [curves, *([chart] if chart else []), *longest])


def _figures(sheet: Worksheet, row: int, answer: RouteAnswer) -> int:
    write_row(sheet, row, HEADINGS, HEADING_STYLES, WIDTHS)
    sheet.row_dimensions[row].height = HEADING_HEIGHT
    for of_step in answer.steps:
        if of_step.missing:
            row += 1
            write(sheet, row, 1, of_step.step.title, "text")
            write_across(sheet, row, not_supplied_words(of_step), "text", LAST, first_column=2)
        for figures in of_step.years:
            row += 1
            style = "label" if figures.year == ALL_YEARS else "text"
            write(sheet, row, 1, of_step.step.title, style)
            write(sheet, row, 2, figures.year, style)
            for column, value in enumerate(_values(figures), start=3):
                write(sheet, row, column, value, "absent" if isinstance(value, str) else "count")
    return row + 1


def _values(figures: YearFigures) -> tuple[int | float | str, ...]:
    counts = (figures.started, figures.reached, figures.waiting, figures.ended)
    if figures.too_few:
        return (*counts, *(TOO_FEW,) * 4)
    median = "nobody yet" if figures.median_reached is None else figures.median_reached
    return (*counts, *(NOT_REACHED if days is None else days for days in figures.quarters), median)


def _left_out(sheet: Worksheet, row: int, answer: RouteAnswer) -> int:
    for of_step in answer.steps:
        if not of_step.missing and (words := left_out_words(of_step)):
            write_across(sheet, row, f"{of_step.step.title}: {words}", "note", LAST)
            row += 1
    return row


def _curves(sheet: Worksheet, row: int, answer: RouteAnswer) -> tuple[int | None, int]:
    """The share still waiting by months, a column a step, over all the years; and its chart. Gives the row on which the chart begins
    (None: there is none) and the next free row."""
    steps = [of_step for of_step in answer.steps if not of_step.missing and not of_step.figures().too_few]
    write_across(
        sheet, row, "The share still waiting, by months from the start of each step, all years together", "subtitle", LAST
    )
    if not steps:
        write_across(sheet, row + 1, "Too few children for a curve.", "text", LAST)
        return None, row + 2
    row += 1
    write(sheet, row, 1, heading("month"), "heading")
    for column, of_step in enumerate(steps, start=2):
        write(sheet, row, column, of_step.step.title, "heading of figures")
    sheet.row_dimensions[row].height = HEADING_HEIGHT
    heading_row = row
    read = [of_step.figures().waits.curve().by_month().set_index("month")["waiting"] for of_step in steps]
    for month in MONTHS:
        if not any(month in shares.index for shares in read):
            break
        row += 1
        write(sheet, row, 1, month, "count")
        for column, shares in enumerate(read, start=2):
            write(sheet, row, column, float(shares[month]) if month in shares.index else None, "share")
    chart = curves_chart("Share still waiting, by months", sheet, heading_row, row, 1, 1 + len(steps))
    by_step = "; ".join(f"{of_step.step.title}: {_shares(shares)}" for of_step, shares in zip(steps, read, strict=True))
    words = f"Share still waiting, by months from the start of each step, a line for each step. {by_step}"
    place(sheet, chart, AnchorMarker(row=row + 1), CHART_PIXELS, words)
    return row + 2, row + 2 + CHART_ROWS


def _shares(shares: pandas.Series) -> str:
    """The share still waiting at the years of a curve, and where it ends."""
    years = [month for month in shares.index if month and month % 12 == 0]
    return ", ".join(f"{shares[month]:.0%} after {month} months" for month in dict.fromkeys((*years, shares.index[-1])))


def _longest(sheet: Worksheet, row: int, answer: RouteAnswer, found: dict[tuple[str, str], pandas.DataFrame]) -> list[int]:
    """The ten longest of each step, each under headings of its own, which a page would lack. Gives the rows on which the steps begin."""
    write_across(sheet, row, "The ten longest waits in each step, including children still waiting", "subtitle", LAST)
    starts: list[int] = []
    for of_step in answer.steps:
        starts.append(row + 1 if starts else row)  # the first with the title
        row = _longest_of(sheet, row + 1, of_step, found.get((answer.route.id, of_step.step.id)))
    return starts


def _longest_of(sheet: Worksheet, row: int, of_step: StepAnswer, found: pandas.DataFrame | None) -> int:
    if found is None:
        write_across(sheet, row, f"{of_step.step.title}: {NOT_SUPPLIED}.", "text", LAST)
        return row
    titles = (heading("step"), *(column.heading for column in LONGEST), heading("state"))
    of_columns = ("heading", *("heading of figures" if style == "count" else "heading" for style in LONGEST_STYLES), "heading")
    write_row(sheet, row, titles, of_columns, WIDTHS)
    styles = ("text", *LONGEST_STYLES, "text")
    for child in plain_rows(found):
        row += 1
        values = (of_step.step.title, *(child[column.name] for column in LONGEST), STATES[child["state"]])
        write_row(sheet, row, values, styles, WIDTHS)
    return row
