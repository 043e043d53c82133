"""The flows of thirteen months in a pack: for each list, who joined, who left and who was on it at the end, and each as a chart."""

from __future__ import annotations

from typing import Literal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from metrics.engine.policy import Rule
from packs.drift.answers import DriftAnswers
from packs.excel.charts import flow_chart
from packs.excel.charts import place as place_chart
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.workbook import set_widths, write_across, write_row
from packs.lists.answers import SHEETS, PanelAnswers
from packs.lists.figures import (
    CHART_PIXELS_HIGH,
    CHART_ROWS,
    CHARTS_ACROSS,
    FIRST_MONTH,
    MONTH_WIDTH,
    NUMBER_WIDTH,
    TITLE_WIDTH,
    chart_pixels,
    figure_words,
    marker,
    write_figure,
)
from words.columns import headings
from words.dates import british

HEADING_ROW = 4
SERIES: tuple[tuple[Literal["joined", "left", "closing"], str], ...] = (
    ("joined", "joined"),
    ("left", "left"),
    ("closing", "on the list then, as now known"),
)
NOTE = (
    "As now known, from this data load. The number at the end is the number before, plus those who joined, minus those who left."
)

ONE_DAY = "Not supplied: this data load shows one day, so nothing is known of who joined and left before it."


def add_flows(workbook: Workbook, answers: PanelAnswers, drift: DriftAnswers) -> None:
    """Add the sheet of flows: three rows a rule, and a chart of who joined and who left; none for what is not supplied."""
    sheet = workbook.create_sheet(SHEETS["flows"])
    if not drift.flows:
        write_across(sheet, 1, f"Flows: {answers.scope_words}", "title", FIRST_MONTH)
        write_across(sheet, 2, ONE_DAY, "sentence", FIRST_MONTH)
        set_up_page(sheet, SENSITIVITY, answers.line)
        return
    months = list(dict.fromkeys(flow["second_date"] for flow in drift.flows))
    last_column = FIRST_MONTH + len(months) - 1
    widths = (NUMBER_WIDTH, TITLE_WIDTH, *(MONTH_WIDTH,) * len(months))
    set_widths(sheet, widths)
    since = british(drift.flows[0]["first_date"])
    write_across(sheet, 1, f"Thirteen months of flows since {since}: {answers.scope_words}", "title", last_column)
    write_across(sheet, 2, NOTE, "sentence", last_column)
    styles = ("heading", "heading", *("heading of dates",) * len(months))
    write_row(sheet, HEADING_ROW, (*headings("", "children_in_month"), *months), styles, widths)
    row, drawn = HEADING_ROW + 1, []
    for number, headline in enumerate(answers.headlines, start=1):
        rule = headline.rule
        flows = [flow for flow in drift.flows if flow["rule"] == rule.id]
        if flows[0]["closing"] is not None:
            drawn.append((row, rule))
        for place, (name, words) in enumerate(SERIES):
            write_row(sheet, row, (None if place else number, f"{rule.title}: {words}"), ("count", "text"), widths[:2])
            for column, flow in enumerate(flows, start=FIRST_MONTH):
                write_figure(sheet, row, column, flow[name], "count", headline.absence)
            row += 1
    _charts(sheet, row + 1, drawn, drift, last_column)
    set_up_page(sheet, SENSITIVITY, answers.line, one_page=True)
    rows = -(-len(drawn) // CHARTS_ACROSS) * CHART_ROWS
    sheet.print_area = f"A1:{sheet.cell(row + rows, last_column).coordinate}"


def _charts(sheet: Worksheet, row: int, drawn: list[tuple[int, Rule]], drift: DriftAnswers, last_column: int) -> None:
    pixels = chart_pixels(last_column)
    for place, (values_row, rule) in enumerate(drawn):
        chart = flow_chart(rule.title, sheet, values_row, HEADING_ROW, FIRST_MONTH, last_column)
        down, across = divmod(place, CHARTS_ACROSS)
        months = "; ".join(
            f"{british(flow['second_date'])} {figure_words(flow['joined'])} joined, {figure_words(flow['left'])} left"
            for flow in drift.flows
            if flow["rule"] == rule.id
        )
        words = f"{rule.title}, in the month to each of these days, as now known: {months}"
        place_chart(sheet, chart, marker(across * pixels, row + down * CHART_ROWS), (pixels - 8, CHART_PIXELS_HIGH), words)
