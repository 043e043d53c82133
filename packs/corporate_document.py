"""The Corporate Parenting Panel's pack as a tagged PDF for the agenda papers, from the same protected answer as the workbook.

Every word reaches the document as data, never as its markup.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst

from metrics.strategic.answer import StrategicPack
from packs.corporate import DRAFT
from packs.corporate_charts import trend_charts

TEMPLATE = Path(__file__).with_name("corporate.typ")


def make_document(pack: StrategicPack, commentary: Mapping[str, str], standing: str = DRAFT) -> bytes:
    """The pack as the bytes of a PDF (PDF/UA-1). ``commentary``: measure id -> words."""
    charts = trend_charts(pack)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number, chart in enumerate(charts):
            (root / f"chart{number}.png").write_bytes(chart.png)
        given = _content(pack, commentary, standing)
        given["charts"] = [{"file": f"chart{place}.png", "alt": chart.alt} for place, chart in enumerate(charts)]
        (root / "pack.json").write_text(json.dumps(given), encoding="utf-8")
        (root / "pack.typ").write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        return typst.compile(str(root / "pack.typ"), root=str(root), format="pdf", pdf_standards=["ua-1"])


def _content(pack: StrategicPack, commentary: Mapping[str, str], standing: str) -> dict:
    titles = {measure.id: f"{measure.reference} {measure.title}" for measure in pack.measures}
    return {
        "council": pack.council,
        "as_at": f"{pack.as_at:%d/%m/%Y}",
        "standing": standing,
        "invented": pack.invented,
        "note": pack.note,
        "population": pack.population,
        "commentary": [[titles[one], text] for one, text in commentary.items() if text.strip() and one in titles],
        "tables": [
            {
                "id": table.id,
                "title": table.title,
                "sentence": table.sentence,
                "headings": table.headings,
                "rows": [[row.label, *(pack.said(figure) for figure in row.figures)] for row in table.rows],
            }
            for table in pack.tables
        ],
        "definitions": [
            [f"{one.reference} {one.title}", one.definition, one.numerator, one.denominator or "none", one.source]
            for one in pack.measures
        ],
    }
