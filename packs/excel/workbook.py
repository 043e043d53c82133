"""What every sheet of every pack is made of: cells that data cannot turn into formulas, sentences, links and names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import zip_longest

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from data.version import VERSION
from packs.excel.styles import FONT, named_styles

LONGEST_TEXT = 32_767
LONGEST_SHEET_NAME = 31
LONGEST_TO_FIT = 4000
LETTERS_A_DIGIT = 1.08  # text is a little narrower than the digits that widths are measured in
LINE_HEIGHT, HIGHEST_ROW = 13, 400  # points; Excel's rows end at 409
MOST_LINES = (HIGHEST_ROW - 2) // LINE_HEIGHT
WIDEST = 120  # digits: a sheet with a wider column is printed too small
LINE_HEIGHTS = {"title": 24, "subtitle": 19, "warning": 17}
HEADED = {"heading": 0.88, "heading of figures": 0.8}  # bold letters are wider, and figures stand a step from the edge
WITHOUT_LINES = ("sentence", "note")
# What XML cannot hold: Excel would call the file damaged.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as A. The stroke that begins such a group is itself written as a group: _x005F_.
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class _Lettering(Font):
    """A font whose parts are written in the schema's order, which is not openpyxl's."""

    tagname = Font.tagname
    __nested__, __attrs__ = Font.__nested__, Font.__attrs__
    __elements__ = (
        *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
        *("sz", "color", "name", "family", "charset", "scheme"),
    )

    @classmethod
    def of(cls, font: Font) -> _Lettering:
        return cls(**{name: getattr(font, name) for name in cls.__elements__})


class Pack(Workbook):
    """A workbook with the packs' named styles; ``looks`` is each style as its cells carry it."""

    _fonts: IndexedList

    def __init__(self) -> None:
        super().__init__()
        self.looks = {}
        for style in named_styles():
            self.add_named_style(style)
            self.looks[style.name.removeprefix("Pack ")] = style.as_tuple()

    def save(self, filename: object) -> None:
        """As openpyxl's own, valid by the schema."""
        self._fonts = IndexedList(_Lettering.of(font) for font in self._fonts)
        super().save(filename)


def new_workbook(title: str, subject: str, about: dict[str, str]) -> Pack:
    """An empty workbook with the pack's styles and document properties. No person is named as its author."""
    workbook = Pack()
    workbook.remove(workbook.active)
    # Excel measures column widths in the digits of this style's font; openpyxl gives no other way to it.
    workbook._named_styles["Normal"].font = Font(name=FONT, size=10)
    workbook.properties.creator = "Permanence Tracker"
    workbook.properties.version = VERSION
    workbook.properties.title = safe_text(title)
    workbook.properties.subject = safe_text(subject)
    for name, value in about.items():
        workbook.custom_doc_props.append(StringProperty(name=name, value=safe_text(value)))
    return workbook


def shown_text(text: str) -> str:
    """Text that a file can hold: what cannot be shown becomes a visible replacement mark; one line end everywhere."""
    if text.isprintable():
        return text
    return UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def safe_text(text: str) -> str:
    """Text that a cell can hold: as ``shown_text``, and what is too long ends in dots."""
    text = shown_text(text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def cell_text(text: str) -> str:
    """Text as the file carries it where Excel reads escapes (cells, headings, headers, feet, links): what was written is what is read.

    Titles of charts, and the properties of the file, are read as they are and need only ``safe_text``.
    """
    return ESCAPE.sub("_x005F_", safe_text(text))


def write(sheet: Worksheet, row: int, column: int, value: object, style: str) -> None:
    """Put a value into a cell. Text stays text whatever it begins with; None leaves the cell empty but styled."""
    cell = sheet.cell(row, column)
    cell._style = sheet.parent.looks[style]  # cell.style = name, without its search for the name in every cell
    if isinstance(value, str):
        # What cell.value = text would look for in every text (a formula, an error, a letter that no file holds) is no matter here.
        cell._value, cell.data_type = cell_text(value), "s"
    elif value is not None:
        cell.value = value


def merge(sheet: Worksheet, row: int, first_column: int, last_column: int) -> None:
    """Make one cell of several side by side, which keep their own styles: openpyxl's way goes over the borders of every one."""
    sheet.merged_cells.add(CellRange(min_col=first_column, min_row=row, max_col=last_column, max_row=row))


def write_row(sheet: Worksheet, row: int, values: tuple, styles: tuple[str, ...], widths: tuple[float, ...]) -> None:
    """Put values side by side from the first column on, each in its own style, in a row as high as its longest text needs."""
    lines = 1
    for column, (value, style, width) in enumerate(zip(values, styles, widths, strict=True), start=1):
        write(sheet, row, column, value, style)
        if isinstance(value, str) and len(value) > width / 2:
            lines = max(lines, lines_needed(value, width * HEADED.get(style, 1)))
    if lines > 1:
        fit(sheet, row, lines)


def fit(sheet: Worksheet, row: int, lines: int) -> None:
    """Make a row high enough: LibreOffice, and Excel for merged cells, leave it as the file says."""
    dimension = sheet.row_dimensions[row]
    dimension.height = max(dimension.height or 0, min(lines * LINE_HEIGHT + 2, HIGHEST_ROW))


@lru_cache(maxsize=20_000)
def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column so many digits wide, broken between words, or within one that is too long."""
    lines, room = 0, max(int(width * LETTERS_A_DIGIT), 1)
    for paragraph in text[:LONGEST_TO_FIT].split("\n"):
        used = room + 1
        for word in paragraph.replace("-", "- ").split(" "):
            if used + 1 + len(word) <= room:
                used += 1 + len(word)
            else:
                more = max(-(-len(word) // room), 1)
                lines, used = lines + more, len(word) - (more - 1) * room
    return lines


def wide_enough(texts: Iterable[str], width: float) -> float:
    """The width, in digits, at which each text fits the highest row there is: no less than ``width``, and no more than a page can be read
    at."""
    long = [text for text in texts if len(text) > MOST_LINES]
    while width < WIDEST and any(lines_needed(text, width) > MOST_LINES for text in long):
        width = min(width * 1.25, WIDEST)
    return width


def write_spans(sheet: Worksheet, row: int, spans: Iterable[tuple[int, int, object, str]]) -> int:
    """Put values side by side, each across its columns (first, last, value, style), and give the next free row.

    The row is as high as its longest text needs; what no row can hold runs on in the rows below it.
    """
    spans = tuple(spans)
    widths = [_width(sheet, first, last) for first, last, *_ in spans]
    parts = [
        split_to_fit(value, width) if isinstance(value, str) else [value]
        for (_, _, value, _), width in zip(spans, widths, strict=True)
    ]
    for part in zip_longest(*parts):
        lines = 1
        for (first, last, _, style), width, value in zip(spans, widths, part, strict=True):
            write(sheet, row, first, value, style)
            for column in range(first + 1, last + 1):
                write(sheet, row, column, None, style)
            if last > first:
                merge(sheet, row, first, last)
            if isinstance(value, str):
                lines = max(lines, lines_needed(value, width))
        fit(sheet, row, lines)
        row += 1
    return row


def split_to_fit(text: str, width: float) -> list[str]:
    """A text as pieces that each fit the highest row there is, broken between words where there are any."""
    text, pieces = safe_text(text), []
    while lines_needed(text, width) > MOST_LINES or len(text) > LONGEST_TO_FIT:
        fits, too_much = 0, min(len(text), LONGEST_TO_FIT)
        while too_much - fits > 1:
            middle = (fits + too_much) // 2
            fits, too_much = (middle, too_much) if lines_needed(text[:middle], width) <= MOST_LINES else (fits, middle)
        cut = max(text.rfind(" ", 0, fits), text.rfind("\n", 0, fits)) + 1 or fits
        pieces.append(text[:cut].rstrip())
        text = text[cut:]
    return [*pieces, text]


def write_across(sheet: Worksheet, row: int, text: str, style: str, last_column: int, first_column: int = 1) -> None:
    """Put a sentence across several columns, in a row as high as its lines need (Excel fits no merged cell).

    A title stays in its own cell and runs on over the empty ones beside it.
    """
    write(sheet, row, first_column, text, style)
    if style in LINE_HEIGHTS:
        sheet.row_dimensions[row].height = LINE_HEIGHTS[style]
        return
    if style not in WITHOUT_LINES:
        for column in range(first_column + 1, last_column + 1):
            write(sheet, row, column, None, style)
    merge(sheet, row, first_column, last_column)
    fit(sheet, row, lines_needed(text, _width(sheet, first_column, last_column)))


def _width(sheet: Worksheet, first: int, last: int) -> float:
    """How many digits the columns from the first to the last have room for."""
    return sum(sheet.column_dimensions[get_column_letter(column)].width for column in range(first, last + 1))


def write_link(sheet: Worksheet, row: int, column: int, text: str, sheet_name: str) -> None:
    """Put a link to another sheet of the pack, in a row as high as it needs."""
    write(sheet, row, column, text, "link")
    lines = lines_needed(text, _width(sheet, column, column))
    if lines > 1:
        fit(sheet, row, lines)
    location = "'{}'!A1".format(sheet_name.replace("'", "''"))
    sheet.cell(row, column).hyperlink = Hyperlink(ref="", location=location, display=cell_text(text))


def set_widths(sheet: Worksheet, widths: tuple[float, ...]) -> None:
    """Column widths, in digits, from the first column on."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def sheet_name(text: str, taken: set[str]) -> str:
    """A sheet's name that Excel takes: no longer than 31 letters, cut at a word, unlike the others; it is added to ``taken``."""
    # Formulas and charts name a sheet without escapes, so a name has none: what would be read as one is broken up.
    plain = ESCAPE.sub("-", NOT_IN_A_SHEET_NAME.sub(" ", safe_text(text)))
    name = " ".join(plain.split()).strip("'") or "Sheet"
    if len(name) > LONGEST_SHEET_NAME:
        kept = name[: LONGEST_SHEET_NAME - 1]
        name = (kept.rsplit(" ", 1)[0] if " " in kept[10:] else kept).rstrip(" ,;-") + "…"
    unlike, number = name, 1
    while unlike.casefold() in taken:
        number += 1
        unlike = f"{name[: LONGEST_SHEET_NAME - len(str(number)) - 1]} {number}"
    taken.add(unlike.casefold())
    return unlike
