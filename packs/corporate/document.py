"""The Corporate Parenting Panel's pack as a tagged PDF for the agenda papers, from the same protected answer as the workbook.

Every word reaches the document as data, never as its markup. The finished document is read back and attacked, as the workbook is.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst
from pypdf import PdfReader

from metrics.disclosure.cells import DisclosureError, Key
from metrics.strategic.answer import StrategicPack
from metrics.strategic.figures import Figure
from packs.corporate.charts import trend_charts
from packs.corporate.workbook import DRAFT, WIDE
from words.dates import british

TEMPLATE = Path(__file__).with_name("document.typ")
USUAL_WIDTH = 12
NUMBER, MARK = r"(\[c\]|[\d,]+%?)", r"(\[c\]|[a-z][a-z ]*?)"


def make_document(pack: StrategicPack, commentary: Mapping[str, str], standing: str = DRAFT) -> bytes:
    """The pack as the bytes of a PDF (PDF/UA-1), audited as read back. ``commentary``: measure id -> words. Raises DisclosureError."""
    content = _lay_out(pack, commentary, standing)
    audit_document(pack, content)
    return content


def audit_document(pack: StrategicPack, content: bytes) -> None:
    """Attack the finished document. Raises DisclosureError naming the figure that is given away."""
    pack.require_safe(read_back(pack, content))


def read_back(pack: StrategicPack, content: bytes) -> dict[Key, int | str]:
    """What stands in the finished document for every figure, read from its rows. Raises DisclosureError where a row is not found, or
    a figure stands in two ways."""
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    paper, place = " ".join(" ".join(pages).split()), 0
    found: dict[Key, int | str] = {}
    for table in pack.tables:
        place = paper.find(f"{table.title} {table.sentence}".strip(), place)
        for row in table.rows:
            said = " ".join(_pattern(figure) for figure in row.figures if figure.key or figure.words)
            read = re.compile(f"{_exactly(row.label)} {said}(?= |$)").search(paper, max(place, 0))
            if place < 0 or read is None:
                raise DisclosureError(f"{table.title}, {row.label}: this row is missing from the finished PDF; make it again.")
            place = read.end()
            for key, text in zip((figure.key for figure in row.figures if figure.key), read.groups(), strict=True):
                value = int(text.strip("%").replace(",", "")) if text[0].isdigit() else text
                if found.setdefault(key, value) != value:
                    raise DisclosureError(f"{', '.join(key)} has two different values in the finished PDF; make it again.")
    return found


def _pattern(figure: Figure) -> str:
    if not figure.key:
        return _exactly(figure.words)
    return MARK if figure.kind == "words" else NUMBER


def _exactly(text: str) -> str:
    """The text as it may stand in a column: broken after a hyphen or a stroke as well as between words."""
    return re.sub(r"(\\-|/)", r"\1 ?", re.escape(" ".join(text.split())))


def _lay_out(pack: StrategicPack, commentary: Mapping[str, str], standing: str) -> bytes:
    charts = trend_charts(pack)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number, chart in enumerate(charts):
            (root / f"chart{number}.svg").write_bytes(chart.svg)
        given = _content(pack, commentary, standing)
        given["charts"] = [{"file": f"chart{place}.svg", "alt": chart.alt} for place, chart in enumerate(charts)]
        (root / "pack.json").write_text(json.dumps(given), encoding="utf-8")
        (root / "pack.typ").write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        return typst.compile(str(root / "pack.typ"), root=str(root), format="pdf", pdf_standards=["ua-1"])


def _content(pack: StrategicPack, commentary: Mapping[str, str], standing: str) -> dict:
    return {
        "council": pack.council,
        "as_at": british(pack.as_at),
        "standing": standing,
        "invented": pack.invented,
        "note": pack.note,
        "population": pack.population,
        "commentary": pack.said_of(commentary),
        "tables": [
            {
                "id": table.id,
                "title": table.title,
                "sentence": table.sentence,
                "headings": table.headings,
                "widths": [WIDE.get(title, USUAL_WIDTH) for title in table.headings[1:]],
                "rows": [[row.label, *(pack.said(figure) for figure in row.figures)] for row in table.rows],
            }
            for table in pack.tables
        ],
        "definitions": [
            [f"{one.reference} {one.title}", one.definition, one.numerator, one.denominator or "none", one.source]
            for one in pack.measures
        ],
    }
