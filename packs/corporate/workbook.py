"""The Corporate Parenting Panel's pack as a workbook: laid out, read back from the finished file, attacked, and only then given out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image
from openpyxl.utils import get_column_letter

from metrics.disclosure.cells import DisclosureError, Key
from metrics.strategic.answer import StrategicPack
from metrics.strategic.figures import Figure, Table
from packs.corporate.charts import PNG, Chart, trend_charts
from packs.excel.printing import set_up_page
from packs.excel.workbook import new_workbook, sheet_name, write_across, write_row
from words.columns import entry, headings
from words.dates import british

LABEL_WIDTH, FIGURE_WIDTH, LAST = 46, 12, 12
DRAFT, PUBLISHED = "Draft: not published", "Published"
STYLES = {"count": "count", "percent": "percent", "rate": "count", "days": "count"}
CHART_ROWS, CHART_PIXELS, CHART_COLUMNS = 11, (400, 200), "ACH"
WIDE = {
    entry(name).heading: entry(name).sheet
    for name in ("target", "status", "direction", "statistical_neighbours", "england_average")
}


@dataclass(frozen=True)
class Made:
    """A finished workbook, and where each figure stands in it: key -> (sheet, cell)."""

    content: bytes
    places: tuple[tuple[Key, str, str], ...]


def make_workbook(pack: StrategicPack, commentary: Mapping[str, str], standing: str = DRAFT) -> Made:
    """The pack as a workbook, audited as read back. ``commentary``: measure id -> words. Raises DisclosureError."""
    made = _lay_out(pack, commentary, standing)
    audit_workbook(pack, made)
    return made


def read_back(made: Made) -> dict[Key, int | float | str]:
    """What stands in the finished file for every figure. Raises DisclosureError where two places differ."""
    workbook = load_workbook(io.BytesIO(made.content))
    found: dict[Key, int | float | str] = {}
    for key, sheet, place in made.places:
        value = workbook[sheet][place].value
        if found.setdefault(key, value) != value:
            raise DisclosureError(
                f"{', '.join(key)} is {found[key]!r} in one place and {value!r} in another in the finished pack; make it again."
            )
    return found


def audit_workbook(pack: StrategicPack, made: Made) -> None:
    """Attack the finished file. Raises DisclosureError naming the figure that is given away."""
    pack.require_safe(read_back(made))


def _lay_out(pack: StrategicPack, commentary: Mapping[str, str], standing: str) -> Made:
    workbook = new_workbook(
        f"Corporate Parenting Panel pack, {british(pack.as_at)}",
        f"{pack.council}. Numbers only; no child is named. {standing}.",
        {"as_at": pack.as_at.isoformat()},
    )
    charts = trend_charts(pack, PNG)
    places: list[tuple[Key, str, str]] = []
    _front(workbook, pack, commentary, standing)
    taken = {"front"}
    for table in pack.tables:
        _sheet(workbook, pack, table, taken, places, charts if table.id == "trend" else (), standing)
    _definitions(workbook, pack, standing)
    written = io.BytesIO()
    workbook.save(written)
    return Made(_with_words(written.getvalue(), charts), tuple(places))


def _foot(pack: StrategicPack, standing: str) -> str:
    return f"{pack.council}, as at {british(pack.as_at)}. {standing}"


def _front(workbook: Workbook, pack: StrategicPack, commentary: Mapping[str, str], standing: str) -> None:
    sheet = workbook.create_sheet("Front")
    for column, width in ((1, 46), (2, 100)):
        sheet.column_dimensions[get_column_letter(column)].width = width
    write_across(sheet, 1, "Corporate Parenting Panel pack", "title", 2)
    write_across(sheet, 2, f"{pack.council}, as at {british(pack.as_at)}", "subtitle", 2)
    write_across(sheet, 3, standing, "warning", 2)
    row = 4
    if pack.invented:
        write_across(sheet, row, "SYNTHETIC: all the children in these numbers are invented.", "warning", 2)
        row += 1
    write_across(sheet, row + 1, pack.note, "sentence", 2)
    facts = (
        ("Policy of the tracker", pack.policy_name),
        ("Population under 18", pack.population),
        ("Direction", f"since {british(pack.compared_with)}"),
    )
    row += 3
    for label, fact in facts:
        write_row(sheet, row, (label, fact), ("label", "text"), (46, 100))
        row += 1
    said = pack.said_of(commentary)
    write_across(sheet, row + 1, "Commentary" if said else "No commentary has been written.", "subtitle", 2)
    for row, (title, text) in enumerate(said, start=row + 2):  # noqa: B020 the rows go on
        write_row(sheet, row, (title, text), ("label", "text"), (46, 100))
    set_up_page(sheet, "Numbers only", _foot(pack, standing))


def _sheet(workbook, pack: StrategicPack, table: Table, taken: set[str], places: list, charts, standing: str) -> None:
    sheet = workbook.create_sheet(sheet_name(table.title, taken))
    widths = (LABEL_WIDTH, *(WIDE.get(title, FIGURE_WIDTH) for title in table.headings[1:]))
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    last = min(len(widths), LAST)
    write_across(sheet, 1, f"{table.title}, {british(pack.as_at)}", "title", last)
    write_across(sheet, 2, f"{table.sentence} {pack.note}".strip(), "sentence", last)
    write_row(sheet, 4, table.headings, ("heading", *("heading of figures",) * (len(widths) - 1)), widths)
    row = 4
    for row, line in enumerate(table.rows, start=5):
        label = f"{line.label}\n{line.note}" if line.note else line.label
        values = [pack.value(figure) for figure in line.figures]
        styles = [_style(figure, value, line.level) for figure, value in zip(line.figures, values, strict=True)]
        write_row(sheet, row, (label, *values), ("total label" if line.level else "text", *styles), widths)
        for column, figure in enumerate(line.figures, start=2):
            if figure.key:
                places.append((figure.key, sheet.title, f"{get_column_letter(column)}{row}"))
    row = _pictures(sheet, row + 2, charts) if charts else row
    set_up_page(sheet, "Numbers only", _foot(pack, standing), heading_row=None if charts else 4, one_page=bool(charts))
    if charts:
        sheet.print_area = f"A1:{get_column_letter(len(widths))}{row}"


def _style(figure: Figure, value: object, level: str) -> str:
    if isinstance(value, str):
        return "absent" if value else "text"
    return "total" if level and figure.kind == "count" else STYLES[figure.kind]


def _pictures(sheet, row: int, charts: tuple[Chart, ...]) -> int:
    for place, chart in enumerate(charts):
        picture = Image(io.BytesIO(chart.picture))
        picture.width, picture.height = CHART_PIXELS
        down, across = divmod(place, 3)
        sheet.add_image(picture, f"{CHART_COLUMNS[across]}{row + down * CHART_ROWS}")
    return row + -(-len(charts) // 3) * CHART_ROWS


def _definitions(workbook: Workbook, pack: StrategicPack, standing: str) -> None:
    sheet = workbook.create_sheet("Definitions")
    widths = (8, 36, 60, 34, 34, 40)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    write_across(sheet, 1, "What each measure means", "title", len(widths))
    titles = headings("", "measure", "definition", "numerator", "denominator", "source")
    write_row(sheet, 3, titles, ("heading",) * len(widths), widths)
    row = 3
    for row, one in enumerate(pack.measures, start=4):
        values = (one.reference, one.title, one.definition, one.numerator, one.denominator or "none", one.source)
        write_row(sheet, row, values, ("text",) * len(widths), widths)
    title_of = {measure.id: measure.title for measure in pack.measures}
    for (measure, area), found in pack.published.items():
        row += 1
        values = ("", title_of[measure], f"{area}: {found.words}", "", "", found.source)
        write_row(sheet, row, values, ("text",) * len(widths), widths)
    set_up_page(sheet, "Numbers only", _foot(pack, standing), heading_row=3)


def _with_words(content: bytes, charts: tuple[Chart, ...]) -> bytes:
    """The workbook with each picture's words as its text alternative, which openpyxl itself cannot write."""
    alts = iter(charts)
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
                text = re.sub(r'descr="[^"]*"', lambda _: f'descr="{escape(next(alts).alt)}"', data.decode())
                data = re.sub(r'name="Image \d+"', 'name="Chart"', text).encode()
            new.writestr(name, data)
    return written.getvalue()
