"""Every workbook and document that the tracker writes is valid by ECMA-376, and says in words what each of its pictures shows."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator
from pypdf import PdfReader

from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.engine import Engine
from packs.child.summary import write_child_summary
from packs.corporate.drafts import prepare
from packs.corporate.publishing import Finished, finish
from packs.journeys.pack import write_journeys_pack
from packs.minutes.document import write_minutes
from packs.panel.pack import write_panel_pack
from packs.team.pack import write_team_pack
from packs.weekly.pack import write_weekly_pack
from tests.packs.panel_month import FIRST, SECOND, make_month
from tests.support.scopes import asking

POLICY = "hertfordshire"
AS_AT = date(2026, 10, 31)
# Text in the cells themselves is valid by the schema; Excel moves it into a table of its own when it saves, as it does for every
# workbook that openpyxl writes.
INLINE = "inline-string cell"
KINDS = ("panel", "tabled", "papers", "team", "weekly", "journeys", "child", "minutes", "corporate")


@pytest.fixture(scope="module")
def corporate(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    casework = open_casework(engine.settings, tmp_path_factory.mktemp("corporate"))
    return finish(engine, casework, prepare(engine, casework, AS_AT).pack)


@pytest.fixture(scope="module")
def service_engine(service_county_store: Store) -> Engine:
    """The engine of a council that uses the service level's policy, which the Monday pack is about."""
    return Engine(service_county_store.current(), service_county_store.settings)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("every file")


@pytest.fixture
def file(request: pytest.FixtureRequest, folder: Path, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a kind, written once."""
    kind = request.param
    out = folder / f"{kind}.{'docx' if kind == 'minutes' else 'xlsx'}"
    if out.exists():
        return out
    if kind in ("papers", "minutes"):
        month = make_month(folder / f"{kind} month", tmp_path_factory)
        if kind == "papers":
            return write_panel_pack(
                month.engine, out, POLICY, casework=month.casework, panel_date=SECOND, scope=asking(), full=True
            )
        return write_minutes(month.engine, out, POLICY, FIRST, month.casework, asking())
    if kind == "corporate":
        out.write_bytes(request.getfixturevalue("corporate").workbook)
        return out
    group = engine.groups(asking()).sort_values("children").iloc[-1]
    child = engine.children(POLICY, ["ltf_12m"], asking(roles=frozenset())).query("name.notna()").iloc[0]["child_id"]
    ways = {
        "panel": lambda: write_panel_pack(engine, out, scope=asking(), full=True),
        "tabled": lambda: write_panel_pack(engine, out, scope=asking()),
        "team": lambda: write_team_pack(engine, out, POLICY, group["service"], group["team"], full=True),
        "weekly": lambda: write_weekly_pack(request.getfixturevalue("service_engine"), out),
        "journeys": lambda: write_journeys_pack(engine, out, None, None),
        "child": lambda: write_child_summary(engine, out, child, asking()),
    }
    return ways[kind]()


def _parts(file: Path, begins: str) -> dict[str, etree._Element]:
    with zipfile.ZipFile(file) as whole:
        names = [name for name in whole.namelist() if name.startswith(begins) and name.endswith(".xml")]
        return {name: etree.fromstring(whole.read(name)) for name in names}


@pytest.mark.parametrize("file", KINDS, indirect=True)
def test_a_file_is_valid_by_the_schema(file: Path):
    found = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=20).validate(file)
    assert [f"{one.part_uri} {one.path}: {one.description}" for one in found.errors if INLINE not in one.description] == []


@pytest.mark.parametrize("file", KINDS, indirect=True)
def test_every_chart_and_picture_has_words(file: Path):
    drawings = _parts(file, "xl/drawings/") | _parts(file, "word/document")
    frames = [
        (name, frame.get("descr") or "")
        for name, drawing in drawings.items()
        for frame in drawing.iter("{*}cNvPr", "{*}docPr")
        if frame.getparent().tag.endswith(("nvGraphicFramePr", "nvPicPr", "inline", "anchor"))
    ]
    charts = len(_parts(file, "xl/charts/"))
    assert len(frames) >= charts
    assert charts or file.stem not in ("panel", "team", "journeys")
    assert [name for name, words in frames if len(words) < 20 or words == "Picture"] == []


@pytest.mark.parametrize("file", ("panel", "team"), indirect=True)
def test_a_charts_words_say_its_numbers(file: Path):
    (drawing, *_) = _parts(file, "xl/drawings/").values()
    words = [frame.get("descr") for frame in drawing.iter("{*}cNvPr")]
    assert words and all("31/10/2026" in said and "as now known" in said for said in words)


@pytest.mark.parametrize("file", ("journeys",), indirect=True)
def test_a_scatter_chart_says_its_style(file: Path):
    scatters = [chart for whole in _parts(file, "xl/charts/").values() for chart in whole.iter("{*}scatterChart")]
    assert scatters
    assert {chart.find("{*}scatterStyle").get("val") for chart in scatters} == {"lineMarker"}


def test_the_pdf_has_words_for_every_picture(corporate: Finished):
    def figures(node) -> list:
        node = node.get_object()
        kids = node.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        below = [
            found for kid in kids if hasattr(kid, "get_object") and hasattr(kid.get_object(), "get") for found in figures(kid)
        ]
        return ([node] if node.get("/S") == "/Figure" else []) + below

    found = figures(PdfReader(io.BytesIO(corporate.document)).trailer["/Root"]["/StructTreeRoot"])
    assert found and all(len(str(figure.get("/Alt", ""))) > 20 for figure in found)
