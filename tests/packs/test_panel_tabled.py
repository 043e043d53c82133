"""What a panel tables, as a workbook and as a PDF: the same summary, tables and rows; nobody missing from a list."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path

import pytest
from pypdf import PdfReader

import tracker
from data.pdf_texts import page_texts
from metrics.engine.engine import Engine
from metrics.engine.plain import plain_rows
from packs.lists.children import clock_code
from packs.panel.document import LONGEST_LINE, TEMPLATE, content, panel_document
from packs.panel.pack import panel_workbook, write_panel_pack
from packs.panel.questions import PanelPack, ask_pack
from packs.typesetting import make_pdf
from tests.packs.panel_month import FIRST, SECOND, Month, make_month
from tests.packs.reading_back import list_sheets, table, words
from tests.support.scopes import asking
from words.labels import RESTRICTED_RECORD

POLICY = "hertfordshire"
TABLED = ["Front", "What moved", "Agenda", "Decisions due", "Actions overdue", "Coming next"]


@pytest.fixture(scope="module")
def asked(engine: Engine) -> PanelPack:
    return ask_pack(engine, POLICY, None, asking())


@pytest.fixture(scope="module")
def workbook(asked: PanelPack):
    return panel_workbook(asked)


@pytest.fixture(scope="module")
def month(tmp_path_factory) -> Month:
    made = make_month(tmp_path_factory.mktemp("tabled"), tmp_path_factory)
    yield made
    made.casework.close()


@pytest.fixture(scope="module")
def second(month: Month) -> PanelPack:
    return ask_pack(month.engine, POLICY, None, asking(), month.casework, month.second)


def _text(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def test_the_papers_begin_with_what_matters_and_have_no_annex(workbook, asked: PanelPack):
    rules = asked.answers.rules
    assert workbook.sheetnames[: len(TABLED)] == TABLED
    assert len(workbook.sheetnames) == len(TABLED) + len(rules)
    front = [cell.value for cell in workbook["Front"]["A"] if cell.value]
    at = front.index("What matters first")
    assert front[at + 1 : at + 1 + len(asked.matters.sentences)] == [sentence.text for sentence in asked.matters.sentences]
    assert "The annex" in words(workbook["Front"])
    linked = {cell.hyperlink.location for row in workbook["Front"] for cell in row if cell.hyperlink}
    assert len(linked) == len(workbook.sheetnames) - 1


def test_what_moved_is_the_answer_and_says_what_is_beyond_the_usual(workbook, asked: PanelPack):
    rows = table(workbook["What moved"], "Beyond the usual")
    beyond = {move.rule.title: move.worse for move in asked.matters.moved}
    for one, row in zip(asked.drift.movements.rules, rows, strict=True):
        assert (row["Figure"], row["Joined"], row["Left"]) == (one.rule.title, one.joined, one.left)
        assert row["Change"] == one.closing - one.opening
        assert row["Usual change"] == asked.matters.usual[one.rule.id]
        expected = (
            {True: "▲ worse", False: "▼ better", None: "● changed"}[beyond[one.rule.title]] if one.rule.title in beyond else "no"
        )
        assert row["Beyond the usual"] == expected
        if expected != "no":
            assert abs(row["Change"]) > row["Usual change"]


def test_what_moved_says_why_the_pages_change_can_be_another_where_a_panel_froze_the_first_list(workbook, second: PanelPack):
    assert second.drift.movements.reported is not None
    moved = words(panel_workbook(second)["What moved"])
    assert "so their change can differ" in moved and "so their change can differ" not in words(workbook["What moved"])


def test_every_child_of_every_list_is_on_it_a_line_each(workbook, engine: Engine, asked: PanelPack):
    for rule, sheet in zip(asked.answers.rules, list_sheets(workbook), strict=True):
        rows = plain_rows(engine.children(POLICY, [rule.id], asking()))
        there = table(sheet, "Child ID")
        assert [row["Child ID"] for row in there] == [row["child_id"] for row in rows]
        if rule.measure.of_option:
            codes = {"observed": "O", "recorded": "R"}
            said = [row["clock"] and codes[row["clock"].split(" ")[0]] + "*" * ("(" in row["clock"]) for row in rows]
            assert [row["R/O"] for row in there] == said
        assert sheet.page_setup.orientation == "portrait"


@pytest.mark.parametrize(
    ("recorded", "observed", "code"),
    [(None, None, None), (2, None, "R"), (2, 2, "R"), (2, 3, "R*"), (2, 1, "O*")],
)
def test_a_clocks_code_is_recorded_or_observed_with_a_star_where_the_other_is_another_day(recorded, observed, code):
    days = [None if day is None else date(2026, 10, day) for day in (recorded, observed)]
    assert clock_code(*days) == code


def test_who_comes_next_is_who_reaches_a_limit_by_the_next_panel(month: Month, second: PanelPack, engine: Engine):
    assert second.answers.coming_days == (SECOND - month.engine.as_at).days
    day = next(day for day in engine.reporting_dates if len(engine.coming_next(POLICY, asking(), day, within_days=28)))
    coming = engine.coming_next(POLICY, asking(), day, within_days=28)
    rows = table(panel_workbook(ask_pack(engine, POLICY, day, asking()))["Coming next"], "Days left")
    assert [row["Child ID"] for row in rows] == list(coming["child_id"])


def test_decisions_due_are_those_an_earlier_panel_wants_again_by_this_one(month: Month, second: PanelPack):
    rows = table(panel_workbook(second)["Decisions due"], "Next panel")
    assert [(row["Child ID"], row["Next panel"], row["Panel"], row["On the agenda"]) for row in rows] == [
        ("001", SECOND, FIRST, "yes"),
        ("002", SECOND, FIRST, "yes"),
        (RESTRICTED_RECORD, None, FIRST, None),
    ]
    assert rows[0]["Decision"] == "Wait for court" and not rows[2]["Decision"]
    earlier = ask_pack(month.engine, POLICY, None, asking(), month.casework, month.first)
    assert earlier.records.due == ()


def test_actions_overdue_are_by_owner_with_their_days(second: PanelPack):
    rows = table(panel_workbook(second)["Actions overdue"], "Owner")
    assert [(row["Owner"], row["Child ID"], row["Days overdue"]) for row in rows] == [
        (row["owner"], row["child_id"], row["days_overdue"]) for row in second.records.overdue
    ]
    assert ("Zoë Ångström", "001", 11) in [(row["Owner"], row["Child ID"], row["Days overdue"]) for row in rows]


def test_the_pdf_says_what_the_workbook_says_row_by_row(asked: PanelPack, workbook):
    content = panel_document(asked)
    pages = _text(content)
    assert page_texts(content) == pages and all(pages), "passing over its drawings loses no letter"
    paper = " ".join(" ".join(pages).split())
    assert asked.matters.text in paper
    place = 0
    for sheet in list_sheets(workbook):
        for row in table(sheet, "Child ID"):
            said = " ".join(str(row[name]) for name in ("Child ID", "Age", "Team") if row[name] is not None)
            place = paper.find(said[:40].strip(), place)
            assert place >= 0, row
            place += 1
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page and "OFFICIAL-SENSITIVE" in page
    assert PdfReader(BytesIO(content)).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_pdf_names_no_restricted_child_and_words_of_people_stay_words(second: PanelPack):
    paper = " ".join(" ".join(_text(panel_document(second))).split())
    assert "secret" not in paper and not re.search(r"\b003\b", paper)
    assert "@SUM(A1)" in paper


def test_the_command_writes_either_and_the_annex_is_in_the_workbook_only(month: Month, tmp_path: Path, capsys):
    command = ["pack", "panel", "--store", str(month.store), "--panel-date", "2026-11-04", "--out"]
    assert tracker.main([*command, str(tmp_path / "papers.pdf")]) == 0
    assert (tmp_path / "papers.pdf").read_bytes().startswith(b"%PDF")
    assert tracker.main([*command, str(tmp_path / "full.pdf"), "--full"]) == 1
    assert "The annex is in the workbook only" in capsys.readouterr().err
    assert not (tmp_path / "full.pdf").exists()
    write_panel_pack(month.engine, tmp_path / "full.xlsx", scope=asking(), casework=month.casework, full=True)


def test_what_the_annex_alone_tells_is_not_asked_for_what_is_tabled(engine):
    """The tabled workbook is the same, asked without the annex's questions as with them."""
    short = ask_pack(engine, POLICY, None, asking(), full=False)
    assert (short.answers.services, short.answers.teams, short.answers.backlog, short.drift.flows) == ((), (), (), ())
    whole = ask_pack(engine, POLICY, None, asking())
    assert whole.answers.services and whole.answers.teams and whole.drift.flows
    cells = [
        [[cell.value for cell in row] for sheet in panel_workbook(pack).worksheets for row in sheet.iter_rows()]
        for pack in (short, whole)
    ]
    assert cells[0] == cells[1]


def test_a_panel_of_a_thousand_children_in_care_tables_eight_pages(asked: PanelPack):
    """As many children as a county of that size lists, brings to a panel and expects on the lists before the next."""
    said, listed = content(asked), (53, 109, 9, 18, 31, 23, 244, 88)
    lists = [dict(one) for one in said["lists"]]
    pool = [row for one in lists for row in one["rows"]]
    assert len(lists) == len(listed)
    for one, many in zip(lists, listed, strict=True):
        one["rows"] = list(islice(cycle(one["rows"] or pool), many))
    coming = next(one for one in said["sections"] if one["title"].startswith("Coming next"))
    agenda = coming | {"title": "Agenda"}
    sections = [one | {"rows": list(islice(cycle(one["rows"]), 25))} for one in (agenda, coming)]
    whole = said | {"lists": lists, "sections": [said["sections"][0], *sections]}
    assert len(_text(make_pdf(TEMPLATE, whole))) <= 8


def test_what_a_row_of_the_papers_says_has_room_on_one_line(asked: PanelPack):
    for one in (*content(asked)["sections"], *content(asked)["lists"]):
        for place, heading in enumerate(one["headings"]):
            longest = max((len(line) for row in one["rows"] for line in row[place].split("\n")), default=0)
            assert one["widths"][place] > min(longest, LONGEST_LINE)
            assert one["widths"][place] > max(map(len, heading.split()))
