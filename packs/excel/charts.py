"""Native Excel charts, small enough to stand side by side."""

from __future__ import annotations

from functools import cache
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference, ScatterChart, Series
from openpyxl.chart._chart import ChartBase
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.title import Title, title_maker
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RichTextProperties
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import pixels_to_EMU
from openpyxl.worksheet.worksheet import Worksheet

from packs.excel.styles import DARK, FONT, INK, LINE, WARM
from packs.excel.workbook import safe_text, shown_text

HUNDREDTHS_OF_A_POINT = 100
LINE_WIDTH = 22225  # 1.75 points, in the units of drawings


class _Described(OneCellAnchor):
    """The place of a chart, which gives the chart's frame its words for anyone who cannot see it: openpyxl makes frames without any."""

    tagname = OneCellAnchor.tagname
    __elements__, __attrs__, __nested__ = OneCellAnchor.__elements__, OneCellAnchor.__attrs__, OneCellAnchor.__nested__
    words = ""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "graphicFrame" and value is not None:
            value.nvGraphicFramePr.cNvPr.descr = self.words
        super().__setattr__(name, value)


def place(sheet: Worksheet, chart: ChartBase, at: AnchorMarker, pixels: tuple[int, int], words: str) -> None:
    """Put a chart on a sheet, so many pixels wide and high, with ``words`` that say what it shows."""
    wide, high = pixels
    chart.anchor = _Described(_from=at, ext=XDRPositiveSize2D(pixels_to_EMU(wide), pixels_to_EMU(high)))
    chart.anchor.words = shown_text(words)
    sheet.add_chart(chart)


# Charts share the letters of their axes and titles, which nobody changes: openpyxl makes them of a hundred parts.
@cache
def _letters(points: float, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=int(points * HUNDREDTHS_OF_A_POINT), b=bold, solidFill=INK, latin=Font(typeface=FONT))


@cache
def _rich_text(points: float) -> RichText:
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=_letters(points)), endParaRPr=_letters(points))
    return RichText(bodyPr=RichTextProperties(rot=0), p=[paragraph])


def _title(text: str) -> Title:
    title = title_maker(safe_text(text))
    for paragraph in title.tx.rich.p:
        paragraph.pPr = ParagraphProperties(defRPr=_letters(9, bold=True))
        for run in paragraph.r or ():
            run.rPr = _letters(9, bold=True)
    title.overlay = False
    return title


def line_chart(title: str, sheet: Worksheet, row: int, heading_row: int, first_column: int, last_column: int) -> LineChart:
    """A small line over the values of one row, against the dates in the heading row, from zero up, its last value written."""
    chart = LineChart()
    chart.title = _title(title)
    chart.legend = None
    chart.add_data(Reference(sheet, first_column, row, last_column, row), from_rows=True, titles_from_data=False)
    chart.set_categories(Reference(sheet, first_column, heading_row, last_column, heading_row))
    line = chart.series[0]
    line.smooth = False
    line.marker.symbol = "none"
    line.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=DARK, w=LINE_WIDTH))
    last = DataLabel(idx=last_column - first_column, dLblPos="t", txPr=_rich_text(9), **_only_the_value())
    line.dLbls = DataLabelList(dLbl=[last], **(_only_the_value() | {"showVal": False}))
    _axes(chart)
    return chart


def flow_chart(title: str, sheet: Worksheet, first_row: int, heading_row: int, first_column: int, last_column: int) -> BarChart:
    """Two small bars a month over the values of two rows, who joined and who left, against the dates in the heading row."""
    chart = BarChart()
    chart.title = _title(title)
    chart.type, chart.grouping, chart.gapWidth = "col", "clustered", 60
    for row, name, colour in ((first_row, "Joined", WARM), (first_row + 1, "Left", DARK)):
        chart.add_data(Reference(sheet, first_column, row, last_column, row), from_rows=True, titles_from_data=False)
        chart.series[-1].tx = SeriesLabel(v=name)
        chart.series[-1].graphicalProperties = GraphicalProperties(solidFill=colour)
    chart.set_categories(Reference(sheet, first_column, heading_row, last_column, heading_row))
    chart.legend.position = "b"
    chart.legend.txPr = _rich_text(7)
    _axes(chart)
    return chart


def _only_the_value() -> dict[str, bool]:
    return {
        "showVal": True,
        "showSerName": False,
        "showCatName": False,
        "showLegendKey": False,
        "showPercent": False,
        "showBubbleSize": False,
    }


def _axes(chart: LineChart | BarChart | ScatterChart) -> None:
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False  # or Excel hides it
        axis.txPr = _rich_text(7)
        axis.title = None
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    chart.x_axis.number_format = "mmm yy"
    if isinstance(chart, LineChart):
        chart.x_axis.tickLblSkip = 4
        chart.x_axis.tickMarkSkip = 1
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.scaling.min = 0
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE))


DASHES = ("solid", "dash", "sysDot", "dashDot", "lgDash", "sysDash", "lgDashDot", "sysDashDotDot")
COLOURS = ("243B53", "B45309", "0F766E", "9D174D", "1D4ED8", "4D7C0F", "6B21A8", "52606D")


def curves_chart(
    title: str, sheet: Worksheet, heading_row: int, last_row: int, first_column: int, last_column: int
) -> ScatterChart:
    """A line for every column after the first, against the first: each with a dash of its own, so that none rests on its colour."""
    chart = ScatterChart()
    chart.title = _title(title)
    chart.style = 2
    chart.scatterStyle = "lineMarker"
    across = Reference(sheet, first_column, heading_row + 1, first_column, last_row)
    for place, column in enumerate(range(first_column + 1, last_column + 1)):
        line = Series(Reference(sheet, column, heading_row, column, last_row), across, title_from_data=True)
        line.smooth = False
        line.marker.symbol = "none"
        look = LineProperties(solidFill=COLOURS[place % len(COLOURS)], w=LINE_WIDTH, prstDash=DASHES[place % len(DASHES)])
        line.graphicalProperties = GraphicalProperties(ln=look)
        chart.series.append(line)
    _axes(chart)
    chart.x_axis.number_format = "0"
    chart.x_axis.scaling.min = 0
    chart.x_axis.majorUnit = 6
    chart.y_axis.number_format = "0%"
    chart.y_axis.scaling.max = 1
    chart.legend.position = "r"
    chart.legend.txPr = _rich_text(8)
    return chart
