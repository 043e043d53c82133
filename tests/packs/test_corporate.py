"""The Corporate Parenting pack: figures equal the engine's, the finished files give nobody away, and what cannot be safe is refused."""

from __future__ import annotations

import io
import zipfile
from copy import copy
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from pypdf import PdfReader

from casework.publishing.commentary import save_commentary
from casework.publishing.publications import publications
from casework.records.errors import CaseworkError
from casework.records.records import Commentary
from casework.storage.opening import open_casework
from data.pdf_texts import page_texts
from data.store.store import Store
from metrics.disclosure.cells import HIDDEN, DisclosureError
from metrics.engine.engine import Engine
from metrics.strategic.answer import strategic_pack
from metrics.strategic.comparators import ComparatorsError, read_comparators
from metrics.strategic.identities import CommentaryError
from metrics.strategic.series import keys_of
from packs.corporate import document, workbook
from packs.corporate.charts import SVG, card_charts, contents, draw, trend_charts
from packs.corporate.drafts import KIND, prepare
from packs.corporate.headlines import charts_of, headlines, shaped
from packs.corporate.publishing import finish, publish_pack
from tests.support.scopes import asking

pytestmark = pytest.mark.usefixtures("greedy")

AS_AT = date(2026, 10, 31)


def over(store: Store) -> Engine:
    """The engine of a council that uses England's policy too, and knows its population."""
    return Engine(store.current(), replace(store.settings, policies=("hertfordshire", "england"), population_under_18=270_000))


@pytest.fixture(scope="module")
def nations(small_store) -> Engine:
    return over(small_store)


@pytest.fixture(scope="module")
def one_policy(small_store) -> Engine:
    """The engine of a council that uses Hertfordshire's policy alone, which keeps the days that it has computed."""
    return Engine(small_store.current(), small_store.settings)


@pytest.fixture(scope="module")
def casework(nations, tmp_path_factory):
    return open_casework(nations.settings, tmp_path_factory.mktemp("casework"))


@pytest.fixture(scope="module")
def answer(nations, casework):
    return prepare(nations, casework, AS_AT).pack


@pytest.fixture(scope="module")
def made(nations, casework, answer):
    return finish(nations, casework, answer)


@pytest.fixture(scope="module")
def pages(made) -> list[str]:
    """The text of every page of the PDF."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(made.document)).pages]


@pytest.fixture(scope="module")
def laid(answer):
    """The workbook as it is laid out, without commentary. Shared: load its content, never change it."""
    return workbook._lay_out(answer, {}, workbook.DRAFT)


def test_an_open_figure_is_the_engines_own(nations, answer):
    figures = nations.figures("hertfordshire", asking(), "county", [AS_AT]).set_index("rule")
    listed = {measure.rule: keys_of(measure, AS_AT.isoformat())[0] for measure in answer.measures if measure.rule}
    for rule, row in figures.iterrows():
        key = listed[rule]
        assert answer.system.cells[key].count == row["children"]
        assert answer.printed[key] in (row["children"], HIDDEN)
    assert answer.printed[("in_care", AS_AT.isoformat(), "county", "all")] == figures["population"].iloc[0]


def test_small_numbers_are_hidden_and_true_zeros_are_printed(answer):
    here = [cell for cell in answer.system.cells.values() if cell.printed and cell.here]
    assert any(answer.printed[cell.key] == HIDDEN for cell in here) and any(answer.printed[cell.key] == 0 for cell in here)
    for cell in here:
        assert (answer.printed[cell.key] == HIDDEN) or not 1 <= cell.count <= 5
        assert answer.printed[cell.key] != HIDDEN or cell.count > 0


def test_the_finished_workbook_holds_no_identifier_name_worker_or_team(nations, made, pages):
    with zipfile.ZipFile(io.BytesIO(made.workbook)) as parts:
        text = " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist() if not name.endswith(".png"))
        assert not any("chart" in name and name.endswith(".xml") for name in parts.namelist())
        assert not any("comment" in name for name in parts.namelist())
    rules = [rule.id for rule in nations.policies["hertfordshire"].rules]
    children = nations.children("hertfordshire", rules, asking(roles=None), AS_AT)
    paper = " ".join(pages)
    for column in ("child_id", "name", "worker", "team"):
        found = {str(value) for value in children[column].dropna() if "recorded" not in str(value)}
        assert found and not [value for value in found if f">{value}<" in text or value in paper]


def test_the_workbook_has_no_hidden_sheet_formula_or_cached_value(made):
    book = load_workbook(io.BytesIO(made.workbook))
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    assert not list(book.defined_names)
    assert {cell.data_type for sheet in book for row in sheet for cell in row if cell.value is not None} <= {"s", "n"}
    for sheet in book:
        for row in sheet:
            assert not [cell for cell in row if cell.value == HIDDEN and cell.number_format != "@"]


def test_the_pdf_says_what_the_workbook_says(answer, made, laid):
    reader = PdfReader(io.BytesIO(made.document))
    assert reader.trailer["/Root"]["/Lang"].lower() == "en-gb" and reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.read_back(answer, made.document) == workbook.read_back(laid) == answer.printed


def test_passing_over_the_drawings_of_the_pdf_loses_no_letter(made, pages):
    assert page_texts(made.document) == pages and all(pages)


def test_one_hidden_figure_open_in_the_pdf_refuses_the_pack(answer):
    small = next(cell for cell in answer.system.cells.values() if cell.here and cell.printed and 1 <= cell.count <= 5)
    leaking = replace(answer, printed={**answer.printed, small.key: small.count})
    content = document._lay_out(leaking, {}, workbook.DRAFT)
    with pytest.raises(DisclosureError, match="small number and is not hidden"):
        document.audit_document(answer, content, answer.printed)


def test_a_row_that_the_pdf_lacks_refuses_the_pack(answer):
    trend = answer.table("trend")
    shorter = tuple(replace(table, rows=table.rows[:-1]) if table is trend else table for table in answer.tables)
    content = document._lay_out(replace(answer, tables=shorter), {}, workbook.DRAFT)
    with pytest.raises(DisclosureError, match=f"Thirteen months, {trend.rows[-1].label}"):
        document.audit_document(answer, content, answer.printed)


def test_what_other_councils_have_stands_in_its_columns_with_year_and_source(one_policy, tmp_path):
    source = "Children looked after in England, table A1"
    kept = f'measure,area,value,year,source\nin_care_rate,England,64,2024/25,"{source}"\nsame_placement,England,70,2024/25,"{source}"\n'
    (tmp_path / "comparators.csv").write_text(kept, encoding="utf-8")
    engine = copy(one_policy)
    engine.settings = replace(one_policy.settings, population_under_18=270_000, folder=tmp_path)
    answer = strategic_pack(engine, AS_AT)
    said = {row.id: [answer.said(figure) for figure in row.figures] for row in answer.table("scorecard").rows}
    assert said["in_care_rate"][-2:] == ["not published", "64 (2024/25)"] and said["in_care"][-1] == "not published"
    assert said["same_placement"][-1] == "70% (2024/25)"
    cells = load_workbook(io.BytesIO(workbook.make_workbook(answer, {}).content))["Definitions"]
    assert [row[5].value for row in cells if row[2].value == "England: 64 (2024/25)"] == [source]


def test_the_plans_say_why_they_differ_from_the_list_of_the_same_name(answer, pages):
    """The scorecard's list leaves out who has a pathway plan instead; the children by plan do not."""
    sentence = answer.table("plan").sentence
    assert "No current plan here includes children who have a pathway plan" in sentence
    assert any(sentence[:60] in " ".join(page.split()) for page in pages)


def test_a_chart_leaves_out_what_its_table_hides(answer):
    rows = {row.label: row for row in answer.table("trend").rows}
    charts = trend_charts(answer, SVG)
    assert charts
    for chart in charts:
        said = [str(answer.value(figure)) for figure in rows[chart.title].figures]
        assert [point.rsplit(" ", 1)[1] for point in chart.alt.rstrip(".").split(": ", 1)[1].split(", ")] == said


MONTHS = ["Oct 2025", "Nov 2025", "Dec 2025", "Jan 2026"]


def test_a_hidden_month_leaves_nothing_in_a_charts_picture():
    """The picture is the same whatever the hidden number was, and says nothing of it: no point, no line to or from it, no axis."""
    drawn = contents("Adoption plan", MONTHS, [12, HIDDEN, 14, 9])
    assert drawn["values"] == [12, HIDDEN, 14, 9]
    assert drawn["top"] == 14 * 1.2 and drawn["ticks"] == [0, 5, 10, 15]
    (svg,) = draw([drawn], SVG)
    (whole,) = draw([contents("Adoption plan", MONTHS, [12, 13, 14, 9])], SVG)
    points, lines = _drawn(svg)
    all_points, all_lines = _drawn(whole)
    assert (points, all_points) == (3, 4) and (lines, all_lines) == (1, 3)


def _drawn(svg: bytes) -> tuple[int, int]:
    """How many points and how many pieces of the line a chart has: those in the line's own colour."""
    shapes = [shape for shape in etree.fromstring(svg).iter() if "#243b53" in (shape.get("fill"), shape.get("stroke"))]
    return sum(shape.get("fill") == "#243b53" for shape in shapes), sum(shape.get("stroke") == "#243b53" for shape in shapes)


@given(values=st.lists(st.integers(0, 200_000), min_size=1, max_size=13))
def test_a_charts_grid_is_of_whole_children_and_has_room_for_every_value(values):
    drawn = contents("In care", MONTHS, values)
    assert drawn["ticks"][0] == 0 and all(isinstance(tick, int) for tick in drawn["ticks"])
    assert 2 <= len(drawn["ticks"]) <= 8 and drawn["ticks"][-1] <= drawn["top"] >= max(values)
    assert len({after - before for before, after in pairwise(drawn["ticks"])}) == 1


def test_the_charts_of_the_pdf_are_drawn_not_photographed_and_the_workbooks_are_pictures(answer, made):
    """Lines stay sharp in print; a title's own marks are letters, never markup."""
    assert not any(len(page.images) for page in PdfReader(io.BytesIO(made.document)).pages)
    with zipfile.ZipFile(io.BytesIO(made.workbook)) as parts:
        pictures = [parts.read(name) for name in parts.namelist() if name.endswith(".png")]
    assert len(pictures) == len(answer.charted) and all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert draw([contents("#panic() $1 *bold* \\", MONTHS, [1, 2, 3, 4])], SVG)


def test_a_status_or_direction_is_hidden_with_its_figure(answer):
    for entry in answer.system.derived:
        if any(answer.printed.get(key, HIDDEN) == HIDDEN for key in entry.needs):
            assert answer.printed[entry.key] == HIDDEN


def test_flipping_one_hidden_cell_open_refuses_the_pack(answer, laid):
    key, sheet, place = next(one for one in laid.places if one[0] in answer.system.cells and answer.printed[one[0]] == HIDDEN)
    book = load_workbook(io.BytesIO(laid.content))
    for other, sheet, place in laid.places:
        if other == key:
            book[sheet][place].value = answer.system.cells[key].count
    written = io.BytesIO()
    book.save(written)
    with pytest.raises(DisclosureError, match="has not been written"):
        workbook.audit_workbook(answer, replace(laid, content=written.getvalue()))


def test_two_places_that_differ_refuse_the_pack(laid):
    key = ("in_care", AS_AT.isoformat(), "county", "all")
    _, sheet, place = next(one for one in laid.places if one[0] == key)
    book = load_workbook(io.BytesIO(laid.content))
    book[sheet][place].value = 1
    written = io.BytesIO()
    book.save(written)
    with pytest.raises(DisclosureError, match="in_care"):
        workbook.read_back(replace(laid, content=written.getvalue()))


def test_what_was_published_binds_the_next_month_and_stands_in_the_ledger_once(one_policy, tmp_path):
    engine, casework = one_policy, open_casework(one_policy.settings, tmp_path)
    september = publish_pack(engine, casework, date(2026, 9, 30), "A. Councillor").pack
    assert [entry.period for entry in publications(casework, KIND)] == ["2026-09-30"]
    october = prepare(engine, casework, AS_AT).pack
    shared = set(september.printed) & set(october.printed) & set(october.system.cells)
    assert shared and all(september.printed[key] == october.printed[key] for key in shared)
    assert {cell.published for cell in october.system.cells.values()} == {"", "open", "hidden"}
    assert "is shown as published" not in october.note, "the records are those that were published"
    finish(engine, casework, october)
    with pytest.raises(CaseworkError):
        publish_pack(engine, casework, AS_AT, " ")


def test_commentary_is_plain_text_and_names_no_child(nations, tmp_path, answer):
    casework = open_casework(nations.settings, tmp_path)
    period = AS_AT.isoformat()
    first = save_commentary(casework, Commentary(KIND, period, "in_care", "=1+1 *bold* #panic()"), "A. Councillor")
    made = finish(nations, casework, answer)
    sheet = load_workbook(io.BytesIO(made.workbook))["Front"]
    assert [cell.data_type for row in sheet for cell in row if cell.value == "=1+1 *bold* #panic()"] == ["s"]
    assert "=1+1 *bold* #panic()" in PdfReader(io.BytesIO(made.document)).pages[0].extract_text()
    child = nations.children("hertfordshire", ["ltf_12m"], asking(roles=None), AS_AT).iloc[0]
    for words in (f"We heard of {child['name'].upper()}.", f"See {child['child_id']}, please"):
        first = save_commentary(casework, replace(first, text=words), "A. Councillor")
        with pytest.raises(CommentaryError, match="remove it"):
            finish(nations, casework, answer)


def test_a_policy_that_is_not_in_use_is_not_supplied_and_never_zero(one_policy):
    answer = strategic_pack(one_policy, AS_AT)
    said = {row.id: [answer.said(figure) for figure in row.figures] for row in answer.table("scorecard").rows}
    assert set(said["three_placements"][:9]) == {"not in use", "not yet"}
    assert said["in_care_rate"][8] == "not supplied"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("measure,area,value\n", "row 1"),
        ("measure,area,value,year,source\nin_care,England,many,2025,DfE\n", "row 2, column value: 'many'"),
        ("measure,area,value,year,source\nnothing,England,7,2025,DfE\n", "row 2, column measure: 'nothing'"),
        ("measure,area,value,year,source\nin_care,Wales,7,2025,DfE\n", "row 2, column area: 'Wales'"),
        ("measure,area,value,year,source\nin_care,England,7,last year,DfE\n", "row 2, column year"),
        ("measure,area,value,year,source\nin_care,England,7,2025,DfE\nin_care,England,8,2025,DfE\n", "row 3"),
    ],
)
def test_comparators_are_read_strictly(tmp_path, text, message):
    (tmp_path / "comparators.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ComparatorsError, match=message):
        read_comparators(tmp_path, {"in_care"})


def test_the_first_page_of_the_pdf_has_the_headlines_with_direction_and_status_in_words(answer, pages):
    every = headlines(answer)
    assert 5 <= len(every) <= 6
    pages = [" ".join(page.split()) for page in pages]
    for one in every:
        assert f"{one.title} {answer.said(one.now)} " in pages[0]
        assert f"Since {answer.compared_with:%d/%m/%Y}: {answer.said(one.direction)}" in pages[0]
        assert not one.status.key or shaped(answer.said(one.status)) in pages[0]
    assert "no target set" not in pages[0]
    assert "Commentary" in pages[0] and min(len(page) for page in pages) > 200
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))


def test_codes_stand_in_the_annex_only_and_no_column_is_not_yet(answer, pages):
    paper = " ".join(" ".join(pages).split())
    tabled, annex = paper.split(" Annex ", 1)
    codes = [measure.reference for measure in answer.measures]
    assert not [code for code in codes if f" {code} " in tabled] and all(f"{code} " in annex for code in codes)
    flow = answer.table("flow")
    empty = [
        title for place, title in enumerate(flow.headings[1:]) if {row.figures[place].words for row in flow.rows} == {"not yet"}
    ]
    assert empty and not [title for title in empty if title in paper] and "not yet not yet" not in paper


def test_a_headline_that_differs_from_its_table_refuses_the_pack(answer, monkeypatch):
    """A hidden number that stands open on the first page alone, and a headline that is missing."""
    one = headlines(answer)[0]
    said = document.cards(answer)
    monkeypatch.setattr(document, "cards", lambda pack: [said[0] | {"now": "12,345"}, *said[1:]])
    with pytest.raises(DisclosureError, match=f"{one.now.key[0]}.*two different values"):
        document.audit_document(answer, document._lay_out(answer, {}, workbook.DRAFT), answer.printed)
    monkeypatch.setattr(document, "cards", lambda pack: [said[1], *said[1:]])
    with pytest.raises(DisclosureError, match=f"The headlines, {one.title}: this row is missing"):
        document.audit_document(answer, document._lay_out(answer, {}, workbook.DRAFT), answer.printed)


def test_a_headlines_chart_draws_what_is_printed_and_says_it(answer):
    for one, chart in zip(headlines(answer), charts_of(answer), strict=True):
        printed = [(period, answer.said(figure)) for period, figure in one.periods if figure.key]
        assert chart is None or chart.alt == f"{one.title}: {', '.join(f'{period} {said}' for period, said in printed)}."
        assert chart is not None or sum(value[0].isdigit() for _, value in printed) < 2
    drawn, open_too = card_charts(
        [("A", [("1", 12), ("2", HIDDEN), ("3", 9)]), ("A", [("1", 12), ("2", 10), ("3", 9)])], ["count"] * 2
    )
    assert _drawn(drawn.svg) == (2, 0) and _drawn(open_too.svg) == (3, 2)
