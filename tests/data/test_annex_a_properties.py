"""Whatever the cells of a workbook hold, it loads or is refused in a sentence, and nothing in the tables was not in a cell."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from data.errors import NightRefused
from tests.deep import examples
from tests.support.workbooks import CHILD, Book, headings, write_book

pytestmark = pytest.mark.slow

QUICK = settings(max_examples=examples(4, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXT = st.text(max_size=12).map(lambda text: ILLEGAL_CHARACTERS_RE.sub("", text)).filter(lambda text: not text.startswith("="))
CELL = st.one_of(
    st.none(),
    TEXT,
    st.sampled_from(["#N/A", "a) Yes", "f) U6: x", "E1", "31/02/2020", "NULL", "b) Adoption", "\u00a0", '"', ",", "-1"]),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)),
    st.just(time(0)),
)
COLUMNS = ("child", "sex", "date_of_birth", "started", "status_start", "legal_status", "last_review", "plan", "ceased", "ceased_reason",
           "placement_start", "placement_type", "team", "worker", "uasc")  # fmt: skip
ROW = st.dictionaries(st.sampled_from(COLUMNS), CELL, max_size=4)


@QUICK
@given(st.lists(ROW, min_size=1, max_size=4))
def test_any_cells(tmp_path, rows):
    children = [{**CHILD, "child": number, **row} for number, row in enumerate(rows, start=1)]
    try:
        book = Book(write_book(tmp_path / "book.xlsx", {8: children}))
    except NightRefused as refused:
        assert "book.xlsx" in str(refused)
        return
    ((read, used, rejected),) = [
        (file.rows_read, file.rows_used, file.rows_quarantined)
        for file in book.report.sources
        if file.table_name == "annex_a_list_8"
    ]
    assert read == used + rejected == len(rows)
    for reason, row in book.rows("select reason, source_row from rejects"):
        assert reason.startswith(f"book.xlsx, List 8, row {row}: ")
    # Every date in the tables stood in a cell, as a date or as Excel counts it.
    cells = [cell for child in children for cell in child.values()]
    days = {cell.date() if isinstance(cell, datetime) else cell for cell in cells if isinstance(cell, date)}
    days |= {date(1899, 12, 30) + timedelta(int(cell)) for cell in cells if isinstance(cell, (int, float)) and 0 < cell < 10**6}
    for (day,) in book.rows(
        "select clae_cla_episode_start_date from ssd_cla_episodes union select clap_cla_placement_start_date from ssd_cla_placement "
        "union select lega_legal_status_start_date from ssd_legal_status union select pers_dob from ssd_person where pers_dob is not null"
    ):
        assert day in days
    assert len(book.rows("select distinct clae_person_id from ssd_cla_episodes")) <= len(rows)


@QUICK
@given(st.lists(st.one_of(TEXT, st.sampled_from(headings(8) + headings(10))), max_size=40))
def test_any_headings(tmp_path, names):
    book = write_book(tmp_path / "book.xlsx", {8: [CHILD]}, dict(zip(headings(8), names, strict=False)))
    try:
        Book(book)
    except NightRefused as refused:
        assert "book.xlsx" in str(refused)


@settings(QUICK, max_examples=examples(6, 150))
@given(st.data())
def test_any_byte_of_the_file_changed(tmp_path, data):
    if not (tmp_path / "whole.xlsx").exists():
        write_book(tmp_path / "whole.xlsx", {8: [CHILD]})
    whole = bytearray((tmp_path / "whole.xlsx").read_bytes())
    for place, byte in data.draw(st.lists(st.tuples(st.integers(0, 999_999), st.integers(0, 255)), min_size=1, max_size=3)):
        whole[place * len(whole) // 1_000_000] = byte
    (tmp_path / "book.xlsx").write_bytes(whole)
    try:
        Book(tmp_path / "book.xlsx")
    except NightRefused as refused:
        assert "book.xlsx" in str(refused)
