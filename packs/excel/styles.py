"""How the cells of every pack look: one named style for each kind of value, fonts always named."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

FONT = "Arial"
WARM = "E08A1E"  # beside DARK in a chart: told apart in print without colour too
INK, QUIET, LINE, DARK, PALE, WARNING = "1F2933", "52606D", "CBD2D9", "243B53", "F0F4F8", "9B1C1C"
DATE, SHORT_DATE = "dd/mm/yyyy", "dd/mm/yy"
COUNT, CHANGE, SHARE = "#,##0", "+#,##0;-#,##0;0", "0.0%"
TEXT = "@"


def _border(line: str | None) -> Border:
    """A table's cell: a line above or below, and a faint one that keeps it from its neighbour."""
    if line is None:
        return Border()
    faint = Side(style="hair", color=LINE)
    return Border(left=faint, right=faint, **{line: Side(style="thin", color=LINE)})


def _style(
    name: str,
    number_format: str = "General",
    size: float = 10,
    bold: bool = False,
    colour: str = INK,
    fill: str | None = None,
    wrap: bool = True,
    across: str = "left",
    up: str = "top",
    line: str | None = "bottom",
    indent: int | None = None,
) -> NamedStyle:
    """``indent``: steps from the edge; unless given, figures stand one from theirs."""
    steps = (1 if across == "right" else 0) if indent is None else indent
    return NamedStyle(
        name=name,
        number_format=number_format,
        font=Font(name=FONT, size=size, bold=bold, color=colour),
        fill=PatternFill("solid", fgColor=fill) if fill else PatternFill(),
        alignment=Alignment(horizontal=across, vertical=up, wrap_text=wrap, indent=steps),
        border=_border(line),
    )


def named_styles() -> list[NamedStyle]:
    """The styles, by kind of value: ``Pack text``, ``Pack date``, ``Pack count`` and so on."""
    link = _style("Pack link", TEXT, colour="0B5394")
    link.font = Font(name=FONT, size=10, color="0B5394", underline="single")
    return [
        _style("Pack title", size=16, bold=True, colour=DARK, wrap=False, line=None),
        _style("Pack subtitle", size=12, bold=True, colour=DARK, wrap=False, line=None),
        _style("Pack sentence", line=None),
        _style("Pack note", size=9, colour=QUIET, line=None),
        _style("Pack warning", size=11, bold=True, colour=WARNING, wrap=False, line=None),
        _style("Pack heading", TEXT, bold=True, colour="FFFFFF", fill=DARK, up="center"),
        _style("Pack heading of dates", SHORT_DATE, bold=True, colour="FFFFFF", fill=DARK, across="right", up="center"),
        _style("Pack heading of figures", TEXT, bold=True, colour="FFFFFF", fill=DARK, across="right", up="center"),
        _style("Pack text", TEXT),
        # Right of a figure, which would otherwise run into it on paper: "0" and "6 months" would be read as 06 months.
        _style("Pack words after a figure", TEXT, indent=1),
        _style("Pack label", TEXT, bold=True, fill=PALE),
        _style("Pack date", DATE, wrap=False),
        _style("Pack count", COUNT, across="right", wrap=False),
        _style("Pack change", CHANGE, across="right", wrap=False),
        _style("Pack share", SHARE, across="right", wrap=False),
        _style("Pack percent", '0"%"', across="right", wrap=False),
        _style("Pack absent", TEXT, size=9, colour=QUIET, across="right"),
        _style("Pack total", COUNT, bold=True, fill=PALE, across="right", wrap=False, line="top"),
        _style("Pack total label", TEXT, bold=True, fill=PALE, line="top"),
        link,
    ]
