"""Each pack is offered with its own name, made for the reader when the button is pressed, and not before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from access.person import on_this_machine
from packs.panel.freezing import pack_to_freeze
from tests.packs.panel_month import Month, make_month
from tests.support.scopes import asking
from ui.components import downloads, pack_downloads
from ui.context.page_context import PageContext

pytestmark = pytest.mark.slow

POLICY = "hertfordshire"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Iterator[Month]:
    made = make_month(tmp_path_factory.mktemp("month"), tmp_path_factory)
    yield made
    made.casework.close()


@pytest.fixture
def month(made: Month, monkeypatch) -> Month:
    monkeypatch.setenv("TRACKER_STORE", str(made.store))
    return made


@pytest.fixture
def here(month: Month) -> PageContext:
    return PageContext(
        (str(month.store), month.engine.night.name, 0, 0),
        month.engine,
        month.engine.as_at,
        POLICY,
        on_this_machine(),
        asking(),
        (),
    )


@pytest.fixture
def offered(monkeypatch) -> list[tuple]:
    """What was offered: label, the making, name."""
    buttons: list[tuple] = []
    monkeypatch.setattr(downloads, "offer_file", lambda label, made, name, mime, key, right: buttons.append((label, made, name)))
    return buttons


def test_the_panels_pack_and_minutes_are_those_of_the_panel(month: Month, here: PageContext, offered):
    pack_downloads.offer_panel(here, month.first)
    pack_downloads.offer_minutes(here, month.first)
    (_, pdf, pdf_name), (_, pack, pack_name), (_, full, full_name), (_, words, words_name) = offered
    assert any("The panel of 30/09/2026" in page.extract_text() for page in PdfReader(BytesIO(pdf())).pages)
    assert "Sources" in load_workbook(BytesIO(full())).sheetnames and "Sources" not in load_workbook(BytesIO(pack())).sheetnames
    assert "The panel of 30/09/2026" in load_workbook(BytesIO(pack()))["Agenda"]["A2"].value
    assert Document(BytesIO(words())).paragraphs[0].text == "Permanence Panel, 30/09/2026"
    assert (pdf_name, pack_name, full_name, words_name) == (
        "permanence panel 2026-09-30 as at 2026-10-31.pdf",
        "permanence panel 2026-09-30 as at 2026-10-31.xlsx",
        "permanence panel 2026-09-30 as at 2026-10-31 full.xlsx",
        "permanence panel minutes 2026-09-30.docx",
    )


def test_a_teams_pack_is_the_teams_and_a_childs_summary_has_what_panels_said(here: PageContext, offered):
    pack_downloads.offer_team(here, asking(teams=("North",)), "North")
    pack_downloads.offer_child(here, "001")
    (_, team, _), _, (_, child, _) = offered
    assert load_workbook(BytesIO(team()))["Front"]["A1"].value == "Team pack: North"
    cells = load_workbook(BytesIO(child()))["Child summary"]["A"]
    assert "Panel of 30/09/2026" in [cell.value for cell in cells]


def test_what_a_panel_freezes_has_its_agenda_and_the_actions_chased(month: Month):
    planned = load_workbook(BytesIO(pack_to_freeze(month.engine, month.second.panel_date, casework=month.casework).content))
    assert "The panel of 04/11/2026: County. 4 to discuss" in planned["Agenda"]["A2"].value
    assert "2 overdue" in planned["Actions"]["A2"].value
    new = load_workbook(BytesIO(pack_to_freeze(month.engine, date(2026, 12, 2), casework=month.casework).content))
    assert "The panel of 02/12/2026: County. 0 to discuss" in new["Agenda"]["A2"].value
