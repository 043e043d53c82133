"""The Corporate Parenting Panel's pack as a tagged PDF for the agenda papers, from the same protected answer as the workbook.

Every word reaches the document as data, never as its markup. The finished document is read back and attacked, as the workbook is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from data.pdf_texts import page_texts
from metrics.disclosure.cells import DisclosureError, Key
from metrics.strategic.answer import StrategicPack
from metrics.strategic.figures import Figure, Row, Table
from metrics.strategic.layout import DIRECTIONS
from packs.corporate.charts import SVG, trend_charts
from packs.corporate.headlines import CODED, HEADLINES, Headline, cards, charts_of, headlines, row_label
from packs.corporate.workbook import DRAFT, WIDE
from packs.typesetting import make_pdf
from words.dates import british
from words.standing import SHAPES, shaped

TEMPLATE = Path(__file__).with_name("document.typ")
USUAL_WIDTH = 12
NUMBER = r"(\[c\]|[\d,]+%?)"
# What a status and a direction may say: a status stands behind its shape.
MARKS = {
    "status": f"(?:[{''.join(SHAPES.values())}] )?" + rf"(\[c\]|{'|'.join(SHAPES)})",
    "direction": rf"(\[c\]|{'|'.join(DIRECTIONS)})",
}
END = "(?= |$)"


def make_document(
    pack: StrategicPack, commentary: Mapping[str, str], attacked: Mapping[Key, int | float | str], standing: str = DRAFT
) -> bytes:
    """The pack as the bytes of a PDF (PDF/UA-1), audited as read back. ``commentary``: measure id -> words; ``attacked``: what the
    workbook shows, which has been attacked. Raises DisclosureError."""
    content = _lay_out(pack, commentary, standing)
    audit_document(pack, content, attacked)
    return content


def audit_document(pack: StrategicPack, content: bytes, attacked: Mapping[Key, int | float | str]) -> None:
    """Read the finished document back: it must show what was attacked in the workbook, and nothing else. Raises DisclosureError."""
    said = read_back(pack, content)
    if said != attacked:
        pack.require_safe(said)
        raise DisclosureError("The workbook and the PDF do not show the same figures; make the pack again.")


def read_back(pack: StrategicPack, content: bytes) -> dict[Key, int | str]:
    """What stands in the finished document for every figure, read from its headlines and rows. Raises DisclosureError where one of them
    is not found, or a figure stands in two ways.

    A paper that an older version made has the codes of the measures in every table, and the columns that have no figure yet.
    """
    paper = " ".join(" ".join(page_texts(content)).split())
    found: dict[Key, int | str] = {}
    place = paper.find(HEADLINES)
    for one in headlines(pack):
        place = _read(paper, place, _headline_pattern(one), one.figures, f"{HEADLINES}, {one.title}", found)
    for table in pack.tables:
        start = re.search(f"{_exactly(f'{table.title} {table.sentence}'.strip())} {_exactly(table.headings[0])}", paper)
        place = start.end() if start else -1
        empty = table.empty_columns
        for row in table.rows:
            place = _read(paper, place, _row_pattern(pack, row, empty), row.figures, f"{table.title}, {row.label}", found)
    return found


def _read(paper: str, place: int, pattern: str, figures: Sequence[Figure], what: str, found: dict[Key, int | str]) -> int:
    """Read one line after a place, and give the place after it."""
    read = re.compile(pattern).search(paper, max(place, 0))
    if place < 0 or read is None:
        raise DisclosureError(f"{what}: this row is missing from the finished PDF; make it again.")
    for key, text in zip((figure.key for figure in figures if figure.key), read.groups(), strict=True):
        value = int(text.strip("%").replace(",", "")) if text[0].isdigit() else text
        if found.setdefault(key, value) != value:
            raise DisclosureError(f"{', '.join(key)} has two different values in the finished PDF; make it again.")
    return read.end()


def _headline_pattern(one: Headline) -> str:
    status = f" {_pattern(one.status)}" if one.status.key or one.status.words else ""
    target = f" {_exactly(one.target.words)}" if one.target.words else ""
    since = f"{_exactly(one.since)}: {_pattern(one.direction)}"
    return f"{_exactly(one.title)} {_pattern(one.now)}{status}{target} {since}{END}"


def _row_pattern(pack: StrategicPack, row: Row, empty: Collection[int]) -> str:
    said = (
        f"(?: {_exactly(figure.words)})?" if place in empty else f" {_pattern(figure)}"
        for place, figure in enumerate(row.figures)
        if figure.key or figure.words
    )
    code = next((one.reference for one in pack.measures if row.label.startswith(f"{one.reference} ")), "")
    label = f"(?:{code} )?{_exactly(row.label.removeprefix(f'{code} '))}" if code else _exactly(row.label)
    return f"{label}{''.join(said)}{END}"


def _pattern(figure: Figure) -> str:
    if not figure.key:
        return _exactly(figure.words)
    return MARKS[figure.key[0]] if figure.kind == "words" else NUMBER


def _exactly(text: str) -> str:
    """The text as it may stand in a column: broken after a hyphen or a stroke as well as between words."""
    return re.sub(r"(\\-|/)", r"\1 ?", re.escape(" ".join(text.split())))


def _lay_out(pack: StrategicPack, commentary: Mapping[str, str], standing: str) -> bytes:
    charts, small = trend_charts(pack, SVG), charts_of(pack)
    given = _content(pack, commentary, standing)
    given["charts"] = [{"file": f"chart{place}.svg", "alt": chart.alt} for place, chart in enumerate(charts)]
    for place, (card, chart) in enumerate(zip(given["cards"], small, strict=True)):
        card["chart"] = {"file": f"card{place}.svg", "alt": chart.alt} if chart else None
    pictures = {f"chart{place}.svg": chart.picture for place, chart in enumerate(charts)}
    pictures |= {f"card{place}.svg": chart.svg for place, chart in enumerate(small) if chart}
    return make_pdf(TEMPLATE, given, pictures)


def _content(pack: StrategicPack, commentary: Mapping[str, str], standing: str) -> dict:
    tables = {table.id: table for table in pack.tables}
    return {
        "council": pack.council,
        "as_at": british(pack.as_at),
        "standing": standing,
        "invented": pack.invented,
        "note": pack.note,
        "population": pack.population,
        "headlines": HEADLINES,
        "cards": cards(pack),
        "commentary": [[pack.without_code(title), text] for title, text in pack.said_of(commentary)],
        "tables": [_table(pack, table) for name, table in tables.items() if name not in CODED],
        "annex": [_table(pack, tables[name]) for name in CODED],
        "definitions": [
            [f"{one.reference} {one.title}", one.definition, one.numerator, one.denominator or "none", one.source]
            for one in pack.measures
        ],
    }


def _table(pack: StrategicPack, table: Table) -> dict:
    """A table as it is printed."""
    empty = table.empty_columns
    places = [place for place in range(len(table.headings) - 1) if place not in empty]
    return {
        "id": table.id,
        "title": table.title,
        "sentence": table.sentence,
        "headings": [table.headings[0], *(table.headings[place + 1] for place in places)],
        "widths": [WIDE.get(table.headings[place + 1], USUAL_WIDTH) for place in places],
        "rows": [
            [row_label(pack, table.id, row), *(shaped(pack.said(row.figures[place])) for place in places)] for row in table.rows
        ],
    }
