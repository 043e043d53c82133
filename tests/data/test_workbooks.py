"""The council's own workbooks: the same rows as from a file, faults that name sheet, row and heading, and nothing invented."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900

from data.contract import code_matching
from data.contract.contract import code_sets, tables
from data.errors import NightRefused
from data.formats.files import archive
from data.formats.files.workbook import cell_text
from data.formats.gathering import gathered
from data.formats.reading import read_extracts
from data.formats.workbooks.drafting import draft_sheets, draft_text
from data.formats.workbooks.making import make_tables
from data.formats.workbooks.mapping import MappingError, read_mapping
from data.reading import parsing
from data.reading.file_reading import FileReader
from data.reading.own_tables import read_own_table
from data.reading.reading import CREATE_RECORDS
from data.settings import Settings
from tests.data.small_night import AS_AT, people, small
from tests.deep import examples
from tests.support.extracts import write_extracts
from tests.support.few_rows import connection_for_few_rows
from tests.support.workbooks import CHILD, write_book

pytestmark = pytest.mark.slow

HEADINGS = ("Child", "Date of\nmeeting", "Type ", "Status", "Chair")
MEETINGS = """
[[local_meetings]]
file = "meetings.xlsx"
sheet = "Panel"
header_row = 3
[local_meetings.columns]
person_id = "child"
meeting_date = "Date of meeting"
meeting_type = "Type"
meeting_status = "Status"
[local_meetings.values.meeting_type]
"Planning mtg" = "PPM"
"""


def book(folder: Path, sheets: dict[str, list[tuple]], name: str = "meetings.xlsx") -> Path:
    folder.mkdir(exist_ok=True)
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(folder / name)
    return folder / name


def meetings(*rows: tuple, sheet: str = "Panel") -> dict[str, list[tuple]]:
    return {sheet: [("Permanence meetings",), (), HEADINGS, *rows]}


class Load:
    """The small night with a store's mapping beside it, read."""

    def __init__(
        self, folder: Path, mapping: str = MEETINGS, records: dict | None = None, settings: Settings | None = None
    ) -> None:
        store = folder / "store"
        store.mkdir(exist_ok=True)
        (store / "mapping.toml").write_text(mapping, encoding="utf-8")
        extracts = write_extracts(folder / "night", small() if records is None else records)
        self.con = connection_for_few_rows()
        with gathered(extracts, settings or Settings(folder=store)) as came:
            self.report = came.read(self.con, Settings(), AS_AT)

    def rows(self, query: str) -> list[tuple]:
        return self.con.execute(query).fetchall()

    def meetings(self) -> list[tuple]:
        return self.rows("select person_id, meeting_type, meeting_date, meeting_status from local_meetings order by source_row")

    @property
    def supplied(self) -> bool:
        return self.rows("select supplied from supplied where table_name = 'local_meetings'") == [(True,)]

    @property
    def warning(self) -> str:
        return next(warning for warning in self.report.warnings if "local_meetings" in warning or "meetings.xlsx" in warning)


DAY = datetime(2026, 5, 4)


def test_rows_are_read_as_the_mapping_says_and_each_has_its_place_for_a_name(tmp_path):
    rows = [
        ("001", DAY, "planning  MTG", "held", "Pat"),
        (),
        ("002", "05/05/2026", "PPM", "Booked", None),
        (None, None, None, None, "Total"),
    ]
    book(tmp_path / "store", meetings(*rows))
    load = Load(tmp_path)
    assert load.meetings() == [("001", "PPM", date(2026, 5, 4), "HELD"), ("002", "PPM", date(2026, 5, 5), "BOOKED")]
    assert load.rows("select meeting_id, source_row from local_meetings order by 2") == [
        ("meetings/Panel/4", 4),
        ("meetings/Panel/6", 6),
    ]
    assert load.supplied


def test_a_fault_names_the_workbook_the_sheet_the_row_and_the_heading(tmp_path):
    many = [("001", DAY, "PPM", "HELD")] * 99
    book(tmp_path / "store", meetings(*many, ("001", "next week", "PPM", "HELD")))
    load = Load(tmp_path)
    (reason,) = load.rows("select reason from rejects where table_name = 'local_meetings'")[0]
    assert reason.startswith(
        "meetings.xlsx, sheet Panel, row 103, column \"Date of meeting\": meeting_date (day of the meeting) is 'next week'"
    )
    assert len(load.meetings()) == 99


def test_two_sheets_are_one_table_and_rows_keep_their_own_numbers(tmp_path):
    second = """
[[local_meetings]]
file = "meetings.xlsx"
sheet = "Old ones"
[local_meetings.columns]
person_id = "Child"
meeting_date = "Day"
meeting_status = ""
[local_meetings.fixed]
meeting_type = "FGC"
"""
    sheets = meetings(*[("001", DAY, "PPM", "HELD")] * 60) | {"Old ones": [("Child", "Day"), ("003", DAY), ("002", "?!")]}
    book(tmp_path / "store", sheets)
    load = Load(tmp_path, MEETINGS + second)
    assert load.meetings()[-1] == ("003", "FGC", date(2026, 5, 4), None) and len(load.meetings()) == 61
    (reason,) = load.rows("select reason from rejects where table_name = 'local_meetings'")[0]
    assert reason.startswith('meetings.xlsx, sheet Old ones, row 3, column "Day": ')


def test_children_named_by_the_other_number_are_found_and_never_taken_for_somebody_else(tmp_path):
    records = small(ssd_person=people({"pers_legacy_id": "L1"}, {"pers_legacy_id": "003"}, {"pers_legacy_id": None}))
    book(
        tmp_path / "store", meetings(*[("L1", DAY, "PPM", "HELD")] * 3, ("003", DAY, "FGC", "HELD"), ("001", DAY, "PPM", "HELD"))
    )
    load = Load(tmp_path, MEETINGS.replace("header_row", 'person = "pers_legacy_id"\nheader_row'), records)
    assert [row[:2] for row in load.meetings()] == [("001", "PPM")] * 3 + [("002", "FGC")]
    (value,) = load.rows("select value from rejects where table_name = 'local_meetings'")[0]
    assert value == "pers_legacy_id 001"
    assert "1 rows are about people who are not in ssd_person" in load.warning


@pytest.mark.parametrize(
    ("rows", "change", "said"),
    [
        ([("001", DAY, "PPM", "HELD")], ("meetings.xlsx", "other.xlsx"), "There is no file"),
        ([("001", DAY, "PPM", "HELD")], ('"Panel"', '"Pannel"'), "has no sheet 'Pannel'; it has Panel"),
        ([("001", DAY, "PPM", "HELD")], ('"Type"', '"Typ"'), "row 3 has no column headed 'Typ'; it has 'type'"),
        ([("001", DAY, "PPM", "HELD")], ("header_row = 3", "header_row = 2"), "it has nothing"),
        ([("001", DAY, "wrong", "HELD")] * 3, ("", ""), "'wrong' (3 rows)"),
        (
            [("X", DAY, "PPM", "HELD")] * 2 + [("001", DAY, "PPM", "HELD")],
            ("", ""),
            "2 of 3 rows name people who are not in ssd_person",
        ),
        ([], ("", ""), "it has no rows below its header"),
    ],
)
def test_what_cannot_be_trusted_is_not_supplied_and_says_why(tmp_path, rows, change, said):
    book(tmp_path / "store", meetings(*rows))
    load = Load(tmp_path, MEETINGS.replace(*change) if change[0] else MEETINGS)
    assert not load.supplied and load.meetings() == []
    assert said in load.report.text() and len(load.rows("select 1 from ssd_person")) == 3


def test_a_file_that_is_no_workbook_is_said_to_be_none(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "meetings.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + b"protected" * 50)
    assert "protected by a password" in Load(tmp_path).warning
    (tmp_path / "store" / "meetings.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    assert (
        "neither a workbook (.xlsx, .xlsm) nor a CSV"
        in Load(tmp_path, MEETINGS.replace("meetings.xlsx", "meetings.xls")).report.text()
    )


def test_a_workbook_of_restrictions_that_cannot_be_read_refuses_the_load(tmp_path):
    mapping = """
[local_restrictions]
file = "restricted.xlsx"
[local_restrictions.columns]
person_id = "Child"
restriction_type = "Why"
start_date = "From"
end_date = ""
allowed_roles = ""
"""
    with pytest.raises(NightRefused, match="There is no file"):
        Load(tmp_path, mapping)


def test_a_table_that_came_as_a_file_too_refuses_the_load(tmp_path):
    book(tmp_path / "store", meetings(("001", DAY, "PPM", "HELD")))
    records = small(local_meetings=[{"person_id": "001", "meeting_type": "PPM", "meeting_date": "2026-01-01"}])
    with pytest.raises(NightRefused, match="are both the table local_meetings; leave one of the two"):
        Load(tmp_path, records=records)


def test_a_csv_file_may_be_mapped_too(tmp_path):
    (tmp_path / "store").mkdir()
    text = 'Child,Date,Type\n001,04/05/2026,"Planning\nmtg"\n'
    (tmp_path / "store" / "log.csv").write_text(text, encoding="utf-8-sig")
    mapping = """
[local_meetings]
file = "log.csv"
[local_meetings.columns]
person_id = "Child"
meeting_date = "Date"
meeting_type = "Type"
meeting_status = ""
[local_meetings.values.meeting_type]
"planning mtg" = "PPM"
"""
    assert Load(tmp_path, mapping).meetings() == [("001", "PPM", date(2026, 5, 4), None)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("[[local_meetings]]", "[[local_meeting]]"),
            "line 2: local_meeting is not a table of the contract; did you mean local_meetings",
        ),
        (("[[local_meetings]]", "[[ssd_person]]"), "ssd_person comes from the case system"),
        (("sheet =", "sheat ="), "sheat is not a key of local_meetings; did you mean sheet"),
        (("meeting_date =", "meeting_day ="), "local_meetings has no column meeting_day; did you mean meeting_date"),
        (('meeting_status = "Status"\n', ""), "local_meetings says nothing of meeting_status"),
        (('"Status"', '"?"'), "meeting_status of local_meetings is still ?"),
        (('"Type"', '""'), "meeting_type of local_meetings cannot be empty"),
        (('"PPM"', '"?"'), "'Planning mtg' of meeting_type has no value yet"),
        (('"PPM"', '"PMP"'), "'Planning mtg' of meeting_type is given PMP, which is not one of PPM"),
        (("header_row = 3", "header_row = 0"), "header_row of local_meetings is not a row, 1 or more"),
        (('file = "meetings.xlsx"', ""), "local_meetings needs a file or a query, and not both"),
        (("header_row = 3", 'person = "legacy"'), "person of local_meetings is neither pers_person_id nor pers_legacy_id"),
        (("header_row = 3", "header_row = "), "cannot be read as TOML"),
    ],
)
def test_a_mistake_in_the_mapping_is_named_with_its_line(tmp_path, change, said):
    (tmp_path / "mapping.toml").write_text(MEETINGS.replace(*change), encoding="utf-8")
    with pytest.raises(MappingError) as found:
        read_mapping(tmp_path)
    assert said in str(found.value) and str(tmp_path / "mapping.toml") in str(found.value)


ONE_SHEET_OF_ALL = """
[local_meetings.rows]
column = "Type"
keep = ["Planning  MTG", "PPM"]
leave_out = ["Core group", "Strategy", ""]
"""


def test_rows_that_the_mapping_leaves_out_are_counted_and_the_others_keep_their_numbers(tmp_path):
    rows = [
        ("001", DAY, "core  GROUP", "held", None),
        ("nobody", "no day", "Core group", "=A4", None),
        ("001", DAY, "planning mtg", "held", None),
        ("002", DAY, None, None, None),
        (None, None, None, None, "Total"),
        ("002", DAY, "PPM", "held", None),
        ("003", DAY, "Strategy", "held", None),
    ]
    book(tmp_path / "store", meetings(*rows))
    load = Load(tmp_path, MEETINGS + ONE_SHEET_OF_ALL)
    assert [row[:2] for row in load.meetings()] == [("001", "PPM"), ("002", "PPM")]
    assert load.rows("select source_row from local_meetings order by 1") == [(6,), (9,)]
    assert load.rows("select 1 from rejects where table_name = 'local_meetings'") == []
    said = "4 rows left out by mapping.toml ('Core group' 2, empty 1, 'Strategy' 1)."
    assert f"meetings.xlsx, sheet Panel: {said}" in load.report.text()
    assert load.rows("select note from load_files where table_name = 'local_meetings'") == [(said,)]


def test_a_row_that_is_neither_kept_nor_left_out_is_not_used_and_named(tmp_path):
    listed = [("001", DAY, "PPM", "HELD"), ("002", DAY, "Strategy", "HELD")] * 60
    book(tmp_path / "store", meetings(*listed, ("003", DAY, "Stratergy", "HELD")))
    load = Load(tmp_path, MEETINGS + ONE_SHEET_OF_ALL)
    assert len(load.meetings()) == 60 and load.supplied
    assert load.rows("select rule, source_row, person_id, value, reason from rejects where table_name = 'local_meetings'") == [
        (
            "unlisted_row", 124, "003", "Stratergy",
            "meetings.xlsx, sheet Panel, row 124: column \"Type\" is 'Stratergy', which mapping.toml neither keeps nor leaves out: add "
            "it to keep or leave_out.",
        )
    ]  # fmt: skip
    assert load.rows("select rows_read, rows_used, rows_quarantined from load_files where table_name = 'local_meetings'") == [
        (61, 60, 1)
    ]


def test_many_rows_that_are_neither_make_the_table_not_supplied_with_every_text(tmp_path):
    rows = [
        ("001", DAY, "PPM", "HELD"),
        ("001", DAY, "Huddle", "HELD"),
        ("003", DAY, "Huddle", "HELD"),
        ("002", DAY, "LAC", "HELD"),
    ]
    book(tmp_path / "store", meetings(*rows))
    load = Load(tmp_path, MEETINGS + ONE_SHEET_OF_ALL)
    assert not load.supplied and load.meetings() == []
    assert "Neither kept nor left out are rows with 'Huddle' 2, 'LAC' 1." in load.warning
    assert "the first is row 5: column \"Type\" is 'Huddle', which mapping.toml neither keeps nor leaves out" in load.warning


def test_which_rows_count_may_be_said_by_a_column_that_is_no_column_of_the_table(tmp_path):
    (tmp_path / "store").mkdir()
    text = "Child,Date,Kind\n001,04/05/2026,Planning\n002,04/05/2026,Core group\n,,Planning\n"
    (tmp_path / "store" / "log.csv").write_text(text, encoding="utf-8-sig")
    mapping = """
[local_meetings]
file = "log.csv"
[local_meetings.rows]
column = "KIND"
keep = ["planning"]
leave_out = ["core group"]
[local_meetings.columns]
person_id = "Child"
meeting_date = "Date"
meeting_status = ""
[local_meetings.fixed]
meeting_type = "PPM"
"""
    load = Load(tmp_path, mapping)
    assert load.meetings() == [("001", "PPM", date(2026, 5, 4), None)] and "1 row left out by mapping.toml" in load.report.text()
    assert "has no column headed 'Sort'" in Load(tmp_path, mapping.replace("KIND", "Sort")).warning


def test_a_restriction_that_is_neither_kept_nor_left_out_refuses_the_load(tmp_path):
    mapping = """
[local_restrictions]
file = "meetings.xlsx"
sheet = "Panel"
header_row = 3
[local_restrictions.rows]
column = "Type"
keep = ["Locked"]
leave_out = ["Open"]
[local_restrictions.columns]
person_id = "Child"
restriction_type = "Type"
start_date = "Date of meeting"
end_date = ""
allowed_roles = ""
[local_restrictions.values.restriction_type]
"Locked" = "ADOPTION"
"""
    rows = [("001", DAY, "Locked", None)] * 99 + [("002", DAY, "Open", None)]
    book(tmp_path / "store", meetings(*rows, ("003", DAY, "Loked", None)))
    with pytest.raises(
        NightRefused, match="row 104: column \"Type\" is 'Loked', which mapping.toml neither keeps nor leaves out"
    ):
        Load(tmp_path, mapping)
    book(tmp_path / "store", meetings(*rows))
    assert Load(tmp_path, mapping).rows("select distinct person_id from restricted_records") == [("001",)]


def test_other_rows_kept_make_another_data_load(tmp_path):
    book(tmp_path / "store", meetings(("001", DAY, "PPM", "HELD"), ("002", DAY, "FGC", "HELD")))
    extracts = write_extracts(tmp_path / "night", small())
    found = []
    for keep in ('["PPM"]', '["PPM", "FGC"]'):
        rows = f'[local_meetings.rows]\ncolumn = "Type"\nkeep = {keep}\n'
        (tmp_path / "store" / "mapping.toml").write_text(MEETINGS + rows, encoding="utf-8")
        with gathered(extracts, Settings(folder=tmp_path / "store")) as came:
            found.append(came.fingerprint(Settings()))
    assert found[0] != found[1] and "FGC" not in str(found)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ('column = "Type"', ""),
            "line 14: rows of local_meetings needs column: the heading of the column that says what a row is",
        ),
        (('column = "Type"', 'column = "?"'), "rows of local_meetings needs column"),
        (("leave_out", "leave"), "leave is not a key of the rows of local_meetings; did you mean leave_out"),
        (('keep = ["Planning  MTG", "PPM"]', "keep = []"), "rows of local_meetings keeps no row"),
        (
            ('keep = ["Planning  MTG", "PPM"]', 'keep = "PPM"'),
            "keep of the rows of local_meetings is not a list of texts in quotes",
        ),
        (('"Strategy"', "7"), "leave_out of the rows of local_meetings is not a list of texts in quotes"),
        (('"Strategy"', '"?"'), "leave_out of the rows of local_meetings still has ?: replace it"),
        (('"Strategy"', '"ppm "'), "'PPM' is both kept and left out in the rows of local_meetings; use one"),
    ],
)
def test_a_mistake_in_which_rows_count_is_named_with_its_line(tmp_path, change, said):
    (tmp_path / "mapping.toml").write_text(MEETINGS + ONE_SHEET_OF_ALL.replace(*change), encoding="utf-8")
    with pytest.raises(MappingError) as found:
        read_mapping(tmp_path)
    assert said in str(found.value) and str(tmp_path / "mapping.toml") in str(found.value)


def test_a_draft_finds_headings_numbers_and_values(tmp_path):
    rows = [("L1", DAY, "Planing meeting", "held", "Pat"), ("L2", DAY, "PPM", "held", "Pat")]
    path = book(tmp_path, meetings(*rows) | {"Rota": [("Monday", "Tuesday"), ("Pat", "Sam")]})
    known = {"pers_person_id": frozenset({"001", "002"}), "pers_legacy_id": frozenset({"L1", "L2"})}
    drafts, others = draft_sheets(path, known)
    assert others == ["Rota"]
    (draft,) = drafts
    assert (draft.table.name, draft.sheet, draft.header_row, draft.person) == ("local_meetings", "Panel", 3, "pers_legacy_id")
    assert draft.columns == {
        "person_id": "Child",
        "meeting_type": "Type",
        "meeting_date": "Date of meeting",
        "meeting_status": "Status",
        "chair": "Chair",
    }
    assert list(draft.unknown["meeting_type"]) == ["Planing meeting"] and draft.sample[0]["person_id"] == "L1"
    text = draft_text(path, drafts, others, tmp_path)
    assert "L1" not in text and 'file = "meetings.xlsx"' in text
    (tmp_path / "mapping.toml").write_text(text.replace('"?"  # perhaps', '"PPM"  # perhaps'), encoding="utf-8")
    (sheet,) = read_mapping(tmp_path)["local_meetings"]
    assert sheet.values == {"meeting_type": {"planing meeting": "PPM"}}


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, "text", ""),
        (True, "flag", "Y"),
        (7.0, "identifier", "7"),
        (7.25, "number", "7.25"),
        (12345678901, "identifier", "12345678901"),
        (datetime(2026, 5, 4), "date", "2026-05-04"),
        (datetime(2026, 5, 4, 9, 30), "date", "2026-05-04 09:30:00"),
        (date(2026, 5, 4), "text", "2026-05-04"),
        ("\u00a0 Pat \n", "text", "Pat"),
        ("a\nb", "text", "a b"),
        ("#N/A", "text", "#N/A"),
        (46146, "date", "2026-05-04"),
        (46146, "identifier", "46146"),
        (2026, "date", "2026"),
        (0, "date", ""),
        (time(0), "date", ""),
        (float("inf"), "number", "inf"),
    ],
)
def test_a_cell_as_text(value, kind, text):
    assert cell_text(value, kind, CALENDAR_WINDOWS_1900) == text


def test_a_cell_means_the_same_in_a_mapped_workbook_and_in_annex_a(tmp_path):
    """Each cell in a column of dates of either: 46146 is Monday 4 May 2026 as Excel counts."""
    cells = [DAY, 46146, 46146.75, "04/05/2026", " 4 May 2026 ", "2026-05-04 00:00:00", 0, time(0), None, "\u00a0"]
    book(tmp_path / "store", meetings(*[("001", cell, "PPM", "HELD") for cell in cells]))
    mapped = Load(tmp_path).rows(
        "select source_row - 3, meeting_date from local_meetings where meeting_date is not null order by 1"
    )
    rows = [CHILD | {"child": number, "last_review": cell} for number, cell in enumerate(cells, start=1)]
    path = write_book(tmp_path / "annex" / "book.xlsx", {8: rows})
    with duckdb.connect() as con:
        read_extracts(con, path, Settings(), AS_AT)
        found = con.execute(
            "select clar_cla_person_id::integer, clar_cla_review_date from ssd_cla_reviews order by all"
        ).fetchall()
    assert found == mapped == [(number, date(2026, 5, 4)) for number in (1, 2, 3, 4, 6)]


def test_a_formula_without_its_value_is_not_an_empty_cell(tmp_path):
    path = book(tmp_path / "store", meetings(("001", DAY, "PPM", "=A4"), ("002", DAY, "PPM", "HELD")))
    load = Load(tmp_path)
    assert not load.supplied
    assert "meetings.xlsx, sheet Panel, cell D4 has a formula whose value is not stored" in load.warning
    # One in a column that is not mapped says nothing.
    opened = load_workbook(path)
    opened["Panel"].cell(4, 4).value, opened["Panel"].cell(4, 5).value = "HELD", "=A4"
    opened.save(path)
    (tmp_path / "again").mkdir()
    assert len(Load(tmp_path / "again", MEETINGS.replace('"meetings.xlsx"', f'"{path.as_posix()}"')).meetings()) == 2


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "harm", [lambda text: text[: len(text) // 2], lambda text: b"\xff\xfe<", lambda text: text.replace(b'"', b"'x", 9)]
)
def test_a_damaged_workbook_is_not_supplied_and_gives_no_traceback(tmp_path, part, harm):
    path = book(tmp_path / "store", meetings(("001", DAY, "PPM", "HELD")))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, harm(content) if name == part else content)
    load = Load(tmp_path)
    assert not load.supplied and "meetings.xlsx" in load.warning


def test_a_workbook_that_unpacks_to_fill_a_disk_is_not_opened(tmp_path, monkeypatch):
    book(tmp_path / "store", meetings(("001", DAY, "PPM", "HELD")))
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    assert "unpacks to far more than extracts are" in Load(tmp_path).warning


def test_two_tables_of_one_sheet_each_have_their_own_rows(tmp_path):
    second = """
[[local_contact_arrangements]]
file = "meetings.xlsx"
sheet = "Panel"
header_row = 3
"""
    table = next(
        table
        for table in tables().values()
        if table.name.startswith("local_") and table.name not in ("local_meetings", "local_restrictions") and table.person
    )
    needed = {
        column.name: HEADINGS[0] if column.name == table.person else HEADINGS[1] if column.kind == "date" else HEADINGS[4]
        for column in table.columns
        if column.required and column.name != table.key
    }
    second = second.replace("local_contact_arrangements", table.name) + f"[{table.name}.columns]\n"
    second += "".join(f"{name} = {heading!r}\n".replace("\\n", " ") for name, heading in needed.items())
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "mapping.toml").write_text((MEETINGS + second).replace("'", '"'), encoding="utf-8")
    book(tmp_path / "store", meetings(("001", DAY, "PPM", "HELD", "x")))
    with gathered(write_extracts(tmp_path / "night", small()), Settings(folder=tmp_path / "store")) as came:
        made = {name: own.path.read_text(encoding="utf-8") for name, own in came.own.items()}
        assert set(made) == {"local_meetings", table.name} and len(came.fingerprint(Settings())) == len(small()) + 2
    for name, text in made.items():
        assert text.splitlines()[0] == ",".join(tables()[name].column_names)


def test_children_named_by_the_other_number_make_another_data_load(tmp_path):
    book(tmp_path / "store", meetings(("001", DAY, "PPM", "HELD")))
    extracts = write_extracts(tmp_path / "night", small())
    found = []
    for person in ("pers_person_id", "pers_legacy_id"):
        (tmp_path / "store" / "mapping.toml").write_text(
            MEETINGS.replace("header_row", f'person = "{person}"\nheader_row'), encoding="utf-8"
        )
        with gathered(extracts, Settings(folder=tmp_path / "store")) as came:
            found.append(came.fingerprint(Settings()))
    assert found[0] != found[1] and found[0].keys() == found[1].keys()


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12),
    st.sampled_from(["001", "002", "PPM", "HELD", "04/05/2026", "#REF!", "=A1", '"', "a\nb"]),
)


@hypothesis_settings(max_examples=examples(6, 150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=6))
@example(rows=[("001", DAY, "PPM", '"'), (None, None, None, "x\ny")])
def test_no_cell_breaks_a_load_or_makes_a_row(tmp_path, rows):
    book(tmp_path, meetings(*rows))
    (tmp_path / "mapping.toml").write_text(MEETINGS, encoding="utf-8")
    with duckdb.connect() as con, TemporaryDirectory() as made:
        con.execute(CREATE_RECORDS)
        parsing.define_macros(con)
        lists = code_matching.read_code_lists(None)
        con.execute("create table ssd_person as select unnest(['001', '002', '003']) as pers_person_id")
        own = make_tables(Settings(folder=tmp_path), Path(made))["local_meetings"]
        report, _ = read_own_table(FileReader(con, Settings(), Path(made), lists), tables()["local_meetings"], own)
        used = con.execute("select person_id, meeting_type from local_meetings").fetchall()
    assert report.rows_used == len(used) <= sum(any(cell is not None for cell in row) for row in rows)
    assert {person for person, _ in used} <= {"001", "002", "003"} and {kind for _, kind in used} <= set(_types())


def _types() -> list[str]:
    return list(code_sets()[tables()["local_meetings"].column("meeting_type").codes or ""].codes)


KINDS_OF_ROWS = st.sampled_from(["PPM", "ppm ", "planning mtg", "Core group", "strategy", "", None, "Huddle", "Huddle?", 7])


@hypothesis_settings(max_examples=examples(8, 150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.sampled_from(["001", "002", "X", None]), st.sampled_from([DAY, "soon", None]), KINDS_OF_ROWS)))
@example(rows=[("001", DAY, "Core group"), (None, None, None), ("X", DAY, "Huddle")])
def test_every_row_is_used_left_out_or_named_and_none_is_dropped_in_silence(tmp_path, rows):
    book(tmp_path, meetings(*rows))
    (tmp_path / "mapping.toml").write_text(MEETINGS + ONE_SHEET_OF_ALL, encoding="utf-8")
    with duckdb.connect() as con, TemporaryDirectory() as made:
        con.execute(CREATE_RECORDS)
        parsing.define_macros(con)
        lists = code_matching.read_code_lists(None)
        con.execute("create table ssd_person as select unnest(['001', '002', '003']) as pers_person_id")
        own = make_tables(Settings(folder=tmp_path), Path(made))["local_meetings"]
        trusting = Settings(quarantine_limit_percent=100)
        reader = FileReader(con, trusting, Path(made), lists)
        report, _ = reader.read(
            tables()["local_meetings"], own.path, unused={row.row: (row.text, row.reason) for row in own.unlisted}
        )
        used = con.execute("select source_row from local_meetings").fetchall()
        rejects = dict(con.execute("select source_row, rule from rejects").fetchall())
    kept, left_out = ("ppm", "planning mtg"), ("core group", "strategy", "")
    said = {
        number: " ".join(str(row[2] if row[2] is not None else "").lower().split()) for number, row in enumerate(rows, start=4)
    }
    there = {number for number, row in enumerate(rows, start=4) if any(cell not in (None, "") for cell in row)}
    out = [number for number in there if said[number] in left_out]
    assert sum(own.left_out.values()) == len(out)
    assert {row for (row,) in used} | set(rejects) == there - set(out)
    assert {row for row, rule in rejects.items() if rule == "unlisted_row"} == {
        number for number in there if said[number] not in (*kept, *left_out)
    }
    assert report.rows_read == len(there) - len(out) == len(used) + len(rejects)
