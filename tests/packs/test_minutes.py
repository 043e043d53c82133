"""The minutes: a Word document that says what the records say, names nobody who may not be named, and keeps every word a word."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

import tracker
from casework.freezing.frozen import frozen_figures
from casework.records.records import RESTRICTED_RECORD
from metrics.engine.engine import QuestionError
from metrics.engine.plain import plain_rows
from packs.minutes.document import minutes, write_minutes
from packs.saving import PackError
from tests.packs.panel_month import FIRST, SECOND, SHOWN, Month, make_month
from tests.support.scopes import asking

POLICY = "hertfordshire"


@pytest.fixture(scope="module")
def month(tmp_path_factory) -> Month:
    made = make_month(tmp_path_factory.mktemp("month"), tmp_path_factory)
    yield made
    made.casework.close()


@pytest.fixture(scope="module")
def content(month: Month) -> bytes:
    return minutes(month.engine, POLICY, FIRST, month.casework, asking())


@pytest.fixture
def document(content: bytes):
    return Document(BytesIO(content))


def _words(document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _rows(document, first_heading: str, last_heading: str) -> list[tuple[str, ...]]:
    tables = [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in document.tables]
    return next(rows[1:] for rows in tables if (rows[0][0], rows[0][-1]) == (first_heading, last_heading))


def test_the_head_has_the_date_the_policy_and_the_night_with_its_hash(document, month: Month):
    actual = _words(document)
    frozen = month.first.freeze
    council = month.engine.settings.council
    for said in ("Permanence Panel, 30/09/2026", council, frozen.night_name, frozen.night_hash, "frozen by Pat Clerk"):
        assert said in actual
    assert f"data load hash {frozen.night_hash[:12]}" in document.sections[0].footer.paragraphs[0].text


def test_the_figures_are_those_that_were_frozen(document, month: Month):
    frozen = [row["children"] for row in plain_rows(frozen_figures(month.casework, month.first.id))]
    rows = _rows(document, "Figure", "Out of")
    actual = [children for _, children, _ in rows]
    assert actual == ["not supplied" if children is None else f"{children:,}" for children in frozen]
    assert "not supplied" in actual and "4" in actual
    populations = [row["population"] for row in plain_rows(frozen_figures(month.casework, month.first.id))]
    assert [out_of.split(" ")[0] for *_, out_of in rows if out_of] == [
        f"{count:,}" for count, children in zip(populations, frozen, strict=True) if children is not None
    ]


def test_each_child_has_its_heading_and_what_was_said(document):
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 2"]
    assert len(headings) == 3 and "1. 001, aged 11, North" in headings
    actual = _words(document)
    assert "Barriers: Court delay; Health or disability" in actual
    for said in ("Discussion: Long talk", "Decision: Wait for court", "Outcome: Waiting", "Next panel: 04/11/2026"):
        assert said in actual
    rows = _rows(document, "Action", "State")
    assert ("Ask the court", "Zoë Ångström", "20/10/2026", "open") in rows


def test_what_was_said_of_a_child_stays_on_a_page_with_its_actions(document):
    texts = [paragraph.text.split(":")[0] for paragraph in document.paragraphs if paragraph.paragraph_format.keep_with_next]
    assert {"Lists", "Barriers", "Discussion", "Decision", "Outcome", "Next panel"} <= set(texts)
    assert any("children in care on" in text for text in texts), "what leads to a table"
    for table in document.tables:
        kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
        assert kept == [True] * (len(kept) - 1) + [False]


def test_a_restricted_child_is_counted_and_nothing_is_said_of_it(document, content: bytes, month: Month):
    assert any(RESTRICTED_RECORD in paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 2")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        every = b" ".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    assert b"secret" not in every and b">003" not in every
    allowed = Document(BytesIO(minutes(month.engine, POLICY, FIRST, month.casework, asking(roles=frozenset({"director"})))))
    assert "secret decision" in _words(allowed)


def test_words_of_people_stay_words(document, content: bytes):
    assert f"Discussion: {SHOWN}" in _words(document)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                etree.fromstring(archive.read(name))


def test_the_action_log_comes_first_by_owner_with_what_earlier_panels_are_owed(month: Month, document):
    owners = [row[0] for row in _rows(document, "Owner", "Panel")]
    assert owners == sorted(owners, key=str.casefold) and "Zoë Ångström" in owners
    assert ("Ann", "05/10/2026", "001", "Tell the school", "done on 04/10/2026", "30/09/2026") in _rows(
        document, "Owner", "Panel"
    )

    document = Document(BytesIO(minutes(month.engine, POLICY, SECOND, month.casework, asking())))
    rows = _rows(document, "Owner", "Panel")
    assert ("Zoë Ångström", "20/10/2026", "001", "Ask the court", "open, 15 days overdue", "30/09/2026") in rows
    assert ("=Sam", "03/11/2026", "002", SHOWN, "open, 1 day overdue", "30/09/2026") in rows
    assert [row[2] for row in rows].count(RESTRICTED_RECORD) == 1 and len(rows) == 3
    assert "No child was discussed." in _words(document) and "4 children on the agenda were not discussed." in _words(document)


def test_the_themes_and_the_next_panel(document):
    assert _rows(document, "Barrier", "Children") == [("Court delay", "1"), ("Health or disability", "1")]
    actual = [paragraph.text for paragraph in document.paragraphs]
    assert actual[actual.index("Next panel") + 1] == "04/11/2026"


def test_it_is_accessible_a4_british_english_and_says_what_it_is(document):
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    languages = {language.get(qn("w:val")) for language in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"} and document.core_properties.language == "en-GB"
    assert document.core_properties.title == "Permanence Panel, minutes of 30/09/2026"
    assert document.core_properties.author == "Permanence Tracker"
    assert document.paragraphs[0].style.name == "Title"
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    sections = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert sections == ["Action log", "Attendance", "The figures", "Children discussed", "Themes of the month", "Next panel"]


def test_what_cannot_be_asked_is_refused(month: Month, tmp_path):
    with pytest.raises(QuestionError, match="no panel of hertfordshire on 01/10/2026"):
        write_minutes(month.engine, tmp_path / "m.docx", POLICY, FIRST.replace(month=10, day=1), month.casework, asking())
    with pytest.raises(QuestionError, match="there are panels on: none yet"):
        write_minutes(month.engine, tmp_path / "m.docx", POLICY, FIRST, None, asking())
    with pytest.raises(PackError, match="a Word document, so its name must end in .docx"):
        write_minutes(month.engine, tmp_path / "m.xlsx", POLICY, FIRST, month.casework, asking())
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_them(month: Month, tmp_path, capsys):
    command = ["pack", "minutes", "--store", str(month.store), "--out", str(tmp_path / "minutes.docx")]
    with pytest.raises(SystemExit, match="2"):
        tracker.main(command)
    assert "--panel-date" in capsys.readouterr().err
    assert tracker.main([*command, "--panel-date", "2026-09-30"]) == 0
    assert "Permanence Panel, 30/09/2026" in _words(Document(str(tmp_path / "minutes.docx")))
