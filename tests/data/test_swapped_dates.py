"""A workbook in which Excel read British dates as American: day and month are swapped where that gives a date, and the others are text."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.errors import NightRefused
from data.formats.files.swapped_dates import DateColumns
from data.formats.gathering import gathered
from data.settings import Settings
from tests.data.small_night import SMALL
from tests.support.extracts import write_extracts
from tests.support.workbooks import load

DAYS = [date(2020, 5, 1) + timedelta(days=at) for at in range(30)]


def swapped(day: date) -> date | str:
    """What Excel set to America makes of a British date."""
    return date(day.year, day.day, day.month) if day.day <= 12 else f"{day:%d/%m/%Y}"


WRITTEN = {
    "dates": lambda day: day,
    "texts": lambda day: f"{day:%d/%m/%Y}",
    "dates and texts": lambda day: day if day.day % 2 else f"{day:%d/%m/%Y}",
    "dates, and texts early in the month": lambda day: f"{day:%d/%m/%Y}" if day.day <= 12 else day,
}


def test_swapped_dates_refuse_an_annex_a_workbook_with_the_heading(tmp_path):
    children = [{"child": at, "started": swapped(day)} for at, day in enumerate(DAYS)]
    with pytest.raises(NightRefused) as refused:
        load(tmp_path, *children)
    said = str(refused.value)
    assert "book.xlsx, sheet List 8 has in 'Date Started to be Looked After' 12 dates that are all on the 1st to the 12th" in said
    assert "18 that are text and all later in it: Excel has read British dates as American" in said


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_any_other_way_of_writing_dates_is_read_as_it_stands(tmp_path, write):
    book = load(tmp_path, *({"child": at, "started": write(day)} for at, day in enumerate(DAYS)))
    read = dict(book.rows("select clae_person_id, clae_cla_episode_start_date from ssd_cla_episodes"))
    assert read == {str(at): day for at, day in enumerate(DAYS)}


@pytest.mark.parametrize(("dates", "texts", "refused"), [(5, 5, True), (4, 20, False), (20, 4, False)])
def test_a_few_dates_tell_nothing(dates, texts, refused):
    columns = DateColumns({1: "Day"})
    rows = [[None, date(2020, 1 + at % 12, 3)] for at in range(dates)] + [["x", f"{20 + at % 5}/06/2020"] for at in range(texts)]
    for row in [*rows, [None], ["x", None], ["x", "not known"]]:
        columns.look_at(row)
    if not refused:
        columns.refuse_swapped("a sheet")
        return
    with pytest.raises(NightRefused, match="a sheet has in 'Day' 5 dates"):
        columns.refuse_swapped("a sheet")


def own_workbook(folder: Path, cells: list[object]) -> Settings:
    """A store whose mapping names a workbook of meetings on such days."""
    (folder / "mapping.toml").write_text(
        """
[[local_meetings]]
file = "meetings.xlsx"
sheet = "Panel"
header_row = 1
[local_meetings.columns]
person_id = "Child"
meeting_date = "Day"
meeting_status = ""
[local_meetings.fixed]
meeting_type = "PPM"
""",
        encoding="utf-8",
    )
    book = Workbook()
    book.active.title = "Panel"
    book.active.append(["Child", "Day"])
    for cell in cells:
        book.active.append(["001", cell])
    book.save(folder / "meetings.xlsx")
    return Settings(folder=folder)


def test_swapped_dates_leave_a_council_s_own_workbook_not_supplied(tmp_path):
    extracts = write_extracts(tmp_path / "extracts", SMALL)
    settings = own_workbook(tmp_path, [swapped(day) for day in DAYS])
    with gathered(extracts, settings) as came:
        assert "Excel has read British dates as American" in str(came.own["local_meetings"].fault)
    settings = own_workbook(tmp_path, DAYS)
    with gathered(extracts, settings) as came:
        assert not came.own["local_meetings"].fault
