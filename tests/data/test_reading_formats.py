"""What a good file may look like: encodings, line endings, letter case and order of columns, CSV or Parquet."""

from __future__ import annotations

import csv
import io
import re
import shutil
from datetime import date

import duckdb
import pytest

from data.contract.contract import tables
from data.errors import NightRefused
from data.formats.reading import fingerprint
from data.reading.reading import read_night
from data.settings import Settings
from tests.data.small_night import AS_AT, SMALL, Reading, people, read, rewrite, small
from tests.support.extracts import write_extracts

NAMES = "select pers_forename from ssd_person order by source_row"


@pytest.mark.parametrize(
    ("encoding", "as_reported"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("utf-16-be", "utf-16"), ("cp1252", "cp1252")],
)
def test_every_encoding_of_the_contract_is_read_letter_by_letter(tmp_path, encoding, as_reported):
    names = ["Zoë", "Siân’s", "€ Łukasz" if encoding != "cp1252" else "€"]
    records = small(ssd_person=people(*({"pers_forename": name} for name in names)))
    folder = write_extracts(tmp_path, records, encoding=encoding)
    if encoding == "utf-16-be":
        path = folder / "ssd_person.csv"
        path.write_bytes("\ufeff".encode("utf-16-be") + path.read_bytes())
        for other in folder.glob("*.csv"):
            if other != path:
                other.write_bytes("\ufeff".encode("utf-16-be") + other.read_bytes())
    reading = Reading(folder, Settings(fallback_encoding="cp1252"))
    assert reading.values(NAMES) == names
    assert reading.file("ssd_person").encoding == as_reported


@pytest.mark.parametrize("line_ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(tmp_path, line_ending):
    assert read(tmp_path, line_ending=line_ending).file("ssd_person").rows_used == 3


def test_line_endings_of_two_kinds_in_one_file_are_read(tmp_path):
    folder = rewrite(write_extracts(tmp_path, SMALL), "ssd_person", lambda text: text.replace("\n", "\r\n", 2))
    assert Reading(folder).values(NAMES) == ["Ann", "Bob", "Cy"]


def test_columns_are_found_by_name_in_any_order_letter_case_and_spacing(tmp_path):
    folder = write_extracts(tmp_path, SMALL)

    def reorder(text):
        records = list(csv.DictReader(io.StringIO(text)))
        names = list(reversed(records[0]))
        lines = [",".join(f" {name.upper()} " for name in names)]
        lines += [",".join(record[name] for name in names) for record in records]
        return "\n".join(lines) + "\n"

    rewrite(folder, "ssd_person", reorder)
    assert Reading(folder).rows("select pers_person_id, pers_forename, pers_dob from ssd_person order by 1") == [
        ("001", "Ann", date(2015, 3, 1)),
        ("002", "Bob", date(2018, 6, 15)),
        ("003", "Cy", date(2012, 12, 24)),
    ]


def test_file_names_may_have_any_letter_case(tmp_path):
    folder = write_extracts(tmp_path, SMALL)
    (folder / "ssd_person.csv").rename(folder / "SSD_Person.CSV")
    reading = Reading(folder)
    assert reading.file("ssd_person").file_name == "SSD_Person.CSV"
    assert set(fingerprint(folder, Settings())) == {
        "SSD_Person.CSV",
        *(f"{table}.csv" for table in SMALL if table != "ssd_person"),
    }


def test_a_column_of_another_name_is_read_as_ours(tmp_path):
    folder = write_extracts(tmp_path, SMALL)
    rewrite(folder, "ssd_cla_care_plan", lambda text: text.replace("lacp_table_id", "lacp_cla_care_plan_id"))
    assert Reading(folder).values("select lacp_table_id from ssd_cla_care_plan") == ["ssd_cla_care_plan-1"]


def test_extra_columns_are_ignored_and_named_and_absent_ones_are_empty(tmp_path):
    folder = write_extracts(tmp_path, small(ssd_department=[{"dept_team_id": "T1", "dept_colour": "blue"}]))
    rewrite(
        folder,
        "ssd_person",
        lambda text: "\n".join(",".join(line.split(",")[i] for i in (0, 6, 8)) for line in text.split()) + "\n",
    )
    reading = Reading(folder)
    assert reading.file("ssd_department").extra_columns == "dept_colour"
    assert reading.file("ssd_person").absent_columns.startswith("pers_legacy_id, pers_forename")
    assert "ssd_department.csv: columns not read: dept_colour." in reading.report.text()
    assert reading.rows("select pers_person_id, pers_forename, pers_dob from ssd_person order by 1")[0] == (
        "001",
        None,
        date(2015, 3, 1),
    )


def test_a_file_that_is_no_table_is_named_and_not_read(tmp_path):
    folder = write_extracts(tmp_path, SMALL)
    (folder / "read me.txt").write_text("hello")
    (folder / "notes.csv").write_text("hello\n")
    (folder / "ssd_cla_review.csv").write_text("a\n1\n")
    assert Reading(folder).report.warnings == (
        "notes.csv is not a table of the contract and was not read.",
        "ssd_cla_review.csv is not a table of the contract and was not read; "
        "if it is the table ssd_cla_reviews, name it ssd_cla_reviews.csv.",
    )


def test_every_table_stands_there_with_the_contracts_columns_supplied_or_not(tmp_path):
    reading = read(tmp_path)
    for table in tables().values():
        columns = reading.values(f"select column_name from (describe {table.name})")
        assert tuple(columns[: len(table.columns)]) == table.column_names and columns[len(table.columns)] == "source_row"
    assert dict(reading.rows("from supplied"))["ssd_person"] is True
    assert dict(reading.rows("from supplied"))["local_meetings"] is False
    assert len(reading.rows("from load_files")) == len(tables())


def test_parquet_gives_the_same_tables_as_csv(tmp_path):
    from_csv, from_parquet = read(tmp_path / "a"), read(tmp_path / "b", kind="parquet")
    for table in SMALL:
        query = f"from {table} order by source_row"
        assert from_csv.rows(query) == from_parquet.rows(query)
    assert from_parquet.file("ssd_person").encoding == "parquet"


def test_parquet_with_its_own_types_is_read_as_text_first(tmp_path):
    folder = write_extracts(tmp_path, SMALL)
    (folder / "ssd_cla_placement.csv").unlink()
    with duckdb.connect() as con:
        con.execute(
            f"""
            copy (
                select
                    12 as clap_cla_placement_id,
                    '001' as clap_person_id,
                    7.0::double as clap_cla_id,
                    timestamp '2025-01-31 23:30:00' as clap_cla_placement_start_date,
                    date '2025-03-01' as clap_cla_placement_end_date,
                    'U6' as clap_cla_placement_type,
                    12.5::decimal(5, 1) as clap_cla_placement_distance
            ) to '{folder / "ssd_cla_placement.parquet"}' (format parquet)
            """
        )
    columns = (
        "clap_cla_placement_id, clap_cla_id, clap_cla_placement_start_date, clap_cla_placement_end_date, "
        "clap_cla_placement_distance"
    )
    assert Reading(folder).rows(f"select {columns} from ssd_cla_placement") == [
        ("12", "7", date(2025, 1, 31), date(2025, 3, 1), 12.5)
    ]


def test_texts_with_line_breaks_quotation_marks_and_commas_come_through_and_rows_keep_their_numbers(tmp_path):
    text = 'First line, with a comma\nand a "second"\n\nand a last'
    notes = [
        {"person_id": "001", "note_type": "SUPERVISION", "note_date": "2026-01-01", "text": text},
        {"person_id": "001", "note_type": "SUPERVISION", "note_date": "2026-01-02", "text": "short"},
        {"person_id": "009", "note_type": "SUPERVISION", "note_date": "2026-01-02", "text": "for nobody"},
    ]
    reading = read(tmp_path, small(local_case_notes=notes))
    assert reading.rows("select text, source_row from local_case_notes order by 2") == [(text, 2), ("short", 3)]
    assert reading.rejects() == [("local_case_notes", 4, "unknown_person")]


def test_blank_lines_are_no_rows_but_are_counted_in_the_row_numbers(tmp_path):
    folder = write_extracts(tmp_path, SMALL)
    rewrite(folder, "ssd_person", lambda text: text.replace("\n", "\n\n\n", 2) + "\n\n")
    reading = Reading(folder)
    assert reading.rows("select source_row, pers_person_id from ssd_person order by 1") == [(4, "001"), (7, "002"), (8, "003")]
    assert reading.file("ssd_person").rows_read == 3


def test_rows_after_one_that_could_not_be_split_keep_their_numbers(tmp_path):
    folder = write_extracts(tmp_path, small(ssd_department=[{"dept_team_id": f"T{number}"} for number in range(4)]))
    rewrite(folder, "ssd_department", lambda text: text.replace("T1,,,", "T1,a,b,c,d,e,f,g"))
    reading = Reading(folder)
    assert reading.rows("select source_row, dept_team_id from ssd_department order by 1") == [(2, "T0"), (4, "T2"), (5, "T3")]
    assert reading.rows("select source_row, rule, value from rejects") == [(3, "structure", "T1,a,b,c,d,e,f,g")]


def test_a_folder_whose_name_looks_like_a_pattern_is_read(tmp_path):
    assert read(tmp_path / "night [1] *?").file("ssd_person").rows_used == 3


def test_the_fingerprint_changes_with_the_content_and_not_with_the_time(tmp_path):
    folder = write_extracts(tmp_path, SMALL)
    before = fingerprint(folder, Settings())
    (folder / "ssd_person.csv").touch()
    assert (
        fingerprint(folder, Settings())
        == before
        == {file.file_name: file.sha256 for file in Reading(folder).report.files if file.supplied}
    )
    rewrite(folder, "ssd_person", lambda text: text.replace("Ann", "Anne"))
    assert {name for name in before if fingerprint(folder, Settings())[name] != before[name]} == {"ssd_person.csv"}


def test_nothing_of_the_reading_is_left_behind(tmp_path):
    folder = rewrite(
        write_extracts(tmp_path / "night", SMALL, encoding="utf-8"), "ssd_person", lambda text: text.replace("\n", "\r\n", 2)
    )
    path = folder / "ssd_department.csv"
    path.write_bytes(path.read_text().encode("utf-16"))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = sorted(tmp_path.rglob("*"))
    with duckdb.connect() as con:
        read_night(con, folder, Settings(), AS_AT, scratch=scratch)
        made = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    assert made == {*tables(), "supplied", "rejects", "flags", "unreadable_plans", "restricted_records", "load_files"}
    assert sorted(tmp_path.rglob("*")) == before


def test_many_notes_of_many_lines_are_all_read(tmp_path):
    text = 'One line, and\nanother with a "word" in it.\n\n' + "x" * 700
    notes = [
        {"person_id": "001", "note_type": "SUPERVISION", "note_date": "2026-01-01", "text": f"{number} {text}"}
        for number in range(50_000)
    ]
    reading = read(tmp_path, small(local_case_notes=notes))
    assert reading.file("local_case_notes").rows_used == 50_000
    wrong = "select count(*) from local_case_notes where text not like (source_row - 2) || ' One line%' or length(text) < 745"
    assert reading.values(wrong) == [0]


# What a spreadsheet writes below and between the rows that were filled in.
EMPTY_ROWS = {"separators": ",,,,", "spaces": " , ,\t,,", "quotation marks": '"","","",,'}


@pytest.mark.parametrize("empty", EMPTY_ROWS.values(), ids=EMPTY_ROWS)
@pytest.mark.parametrize("line_ending", ["\n", "\r\n"])
def test_rows_without_any_value_are_left_out_and_the_others_keep_their_numbers(tmp_path, empty, line_ending):
    header = "dept_team_id,dept_team_name,dept_team_parent_id,dept_team_parent_name,dept_note"
    lines = [header, empty, "T1,Team 1,S,South,", *[empty] * 60, 'T2,"Team\n2",S,South,', "x,,,", *[empty] * 60]
    folder = write_extracts(tmp_path, SMALL)
    (folder / "ssd_department.csv").write_bytes(line_ending.join([*lines, ""]).encode())
    reading = Reading(folder)
    file = reading.file("ssd_department")
    assert (file.rows_read, file.rows_used, file.rows_quarantined) == (3, 2, 1)
    assert reading.rows("select dept_team_id, source_row from ssd_department") == [("T1", 3), ("T2", 64)]
    assert reading.rows("select source_row, rule from rejects") == [(65, "structure")]


def test_a_row_with_a_value_but_no_identifier_is_quarantined_beside_rows_without_any(tmp_path):
    header = "dept_team_id,dept_team_name,dept_team_parent_id,dept_team_parent_name"
    rows = [f"T{at},Team {at},S,South" for at in range(60)]
    lines = [header, *rows, ",,,", ",Nameless,,", ",,,"]
    folder = write_extracts(tmp_path, SMALL)
    (folder / "ssd_department.csv").write_text("\n".join([*lines, ""]))
    reading = Reading(folder)
    assert reading.file("ssd_department").rows_used == 60
    assert reading.rows("select source_row, rule from rejects") == [(63, "missing_identifier")]


STRAYS = {
    "ssd_cla_reviews_old.csv": "if it is the table ssd_cla_reviews, name it ssd_cla_reviews.csv.",
    "old_ssd_cla_reviews_2026-10-31.csv": "if it is the table ssd_cla_reviews, name it ssd_cla_reviews.csv.",
    "ssd_cla_reviews_2026-13-31.csv": "if it is the table ssd_cla_reviews, name it ssd_cla_reviews.csv.",
    "ssd_cla_reviews.txt": "if it is the table ssd_cla_reviews, name it ssd_cla_reviews.csv.",
    "ssd_cla_reviews.csv.txt": "if it is the table ssd_cla_reviews, name it ssd_cla_reviews.csv.",
    "local_meetings.xlsx": None,  # mapping.toml may name it
    "ssd_person (1).csv": "the table ssd_person is read from ssd_person.csv. Leave one of the two in the folder.",
    "Copy of ssd_person.csv": "the table ssd_person is read from ssd_person.csv. Leave one of the two in the folder.",
    "read me.txt": None,
}


@pytest.mark.parametrize(("name", "said"), STRAYS.items(), ids=STRAYS)
def test_a_file_that_may_be_meant_as_a_table_is_named_with_what_to_do(tmp_path, name, said):
    folder = write_extracts(tmp_path, SMALL)
    (folder / name).write_text("a,b\n1,2\n")
    warnings = Reading(folder).report.warnings
    assert len(warnings) == bool(said)
    assert all(one.startswith(name) and one.endswith(said) for one in warnings)


FILE_NAMES = [
    "dbo.{}.csv",
    "[dbo].[{}].csv",
    "HDM.dbo.{}.CSV",
    "{}_20261031.csv",
    "{}_20261031_063000.csv",
    "{} 31-10-2026.csv",
    "{}-31-Oct-2026.csv",
    "{}_2026-10-31T06.30.csv",
    "{}.2026.10.31.csv",
    "{}_2026-10.csv",
    "{} October 2026.csv",
    "20261031_{}.csv",
    "2026-10-31 dbo.{}.csv",
    "DBO.{}_20261031.csv",
]


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_schema_or_a_date_in_the_names_of_files_is_accepted(tmp_path, name):
    """intake.md 7. Of every table, so that none is taken for another that begins alike."""
    folder = write_extracts(tmp_path, {table: [] for table in tables()} | SMALL)
    once = Reading(folder)
    for path in folder.glob("*.csv"):
        path.rename(folder / name.format(path.stem))
    reading = Reading(folder)
    assert [(file.table_name, file.rows_used) for file in reading.report.files] == [
        (file.table_name, file.rows_used) for file in once.report.files
    ]
    assert {file.file_name for file in reading.report.files} == {name.format(table) for table in tables()}
    assert len(reading.report.warnings) == len(once.report.warnings)


@pytest.mark.parametrize("other", ["ssd_person_20261031.csv", "dbo.ssd_person.csv", "ssd_person_20260930.csv"])
def test_two_files_of_one_table_are_refused_whatever_stands_beside_its_name(tmp_path, other):
    """Which of them is the newer, nobody can tell from a name."""
    folder = write_extracts(tmp_path, SMALL)
    shutil.copy(folder / "ssd_person.csv", folder / other)
    with pytest.raises(NightRefused, match=f"{re.escape(other)}.* both the table ssd_person; leave one of them"):
        Reading(folder)


def test_a_file_whose_name_has_an_older_day_than_the_others_is_named(tmp_path):
    folder = write_extracts(tmp_path, SMALL)
    for path in folder.glob("*.csv"):
        day = "2026-09-30" if path.stem in ("ssd_cla_placement", "ssd_department") else "2026-10-31"
        path.rename(path.with_name(f"{path.stem}_{day}.csv"))
    (said,) = Reading(folder).report.warnings
    assert "ssd_cla_placement_2026-09-30.csv, ssd_department_2026-09-30.csv are older" in said


@pytest.mark.parametrize(("name", "warned"), [("{}_20260101.csv", True), ("{}_20261030.csv", False), ("{}_2026-10.csv", False)])
def test_files_whose_names_have_a_day_far_from_the_loads_are_warned_of(tmp_path, name, warned):
    folder = write_extracts(tmp_path, SMALL)
    for path in folder.glob("*.csv"):
        path.rename(folder / name.format(path.stem))
    said = [one for one in Reading(folder).report.warnings if "is of 01/01/2026" in one and "--as-at" in one]
    assert bool(said) == warned
