"""A load is refused once, with every fault of every file, whatever the extracts come as; an optional file's fault is that file's."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import tracker
from data.errors import NightRefused
from data.formats.files.archive import unpacked
from data.formats.gathering import gathered
from data.formats.reading import own_date
from data.settings import Settings
from tests.data.small_night import SMALL, rewrite
from tests.support.extracts import csv_text, write_extracts
from tests.support.few_rows import connection_for_few_rows
from tests.support.returns import COLUMNS, episode
from tests.support.workbooks import CHILD, write_book

AS_AT = date(2026, 10, 31)


def load(extracts: Path, settings: Settings | None = None):
    with gathered(extracts, settings or Settings()) as came, connection_for_few_rows() as con:
        return came.read(con, settings or Settings(), AS_AT)


def refusals(extracts: Path, settings: Settings | None = None) -> list[str]:
    """Why a load is refused, a line each; every line is a sentence."""
    with pytest.raises(NightRefused) as refused:
        load(extracts, settings)
    lines = str(refused.value).splitlines()
    assert all(line.endswith(".") for line in lines), lines
    return lines


def undecodable(folder: Path, table: str) -> None:
    path = folder / f"{table}.csv"
    path.write_bytes(path.read_bytes() + b"\xff\xff\n")


def ragged(folder: Path, table: str) -> None:
    rewrite(folder, table, lambda text: text + f"{text.splitlines()[1]},more\n" + "x,y\n" * 30)


def three_faults(folder: Path) -> Path:
    """A folder with a file that does not decode, one without a column and one with ragged rows."""
    write_extracts(folder, SMALL)
    undecodable(folder, "ssd_cla_episodes")
    rewrite(folder, "ssd_legal_status", lambda text: text.replace("lega_person_id", "who"))
    ragged(folder, "ssd_cla_placement")
    return folder


THREE = [
    "ssd_cla_episodes.csv is not utf-8",
    "ssd_legal_status.csv has no column lega_person_id",
    "ssd_cla_placement.csv has 31 rows with too many or too few fields",
]


def test_every_fault_of_a_folder_is_said_in_the_order_of_its_tables(tmp_path):
    said = refusals(three_faults(tmp_path / "extracts"))
    assert [line.startswith(start) for line, start in zip(said, THREE, strict=True)] == [True] * 3, said


def test_so_it_is_of_a_zip(tmp_path):
    folder, archive = three_faults(tmp_path / "extracts"), tmp_path / "extracts.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in folder.iterdir():
            packed.write(path, path.name)
    with unpacked(archive) as extracts:
        assert len(refusals(extracts)) == 3


def test_a_file_that_is_missing_does_not_hide_what_is_wrong_with_the_others(tmp_path):
    folder = three_faults(tmp_path / "extracts")
    (folder / "ssd_involvements.csv").unlink()
    (folder / "ssd_department.csv").unlink()
    said = refusals(folder)
    assert said[0].startswith("ssd_involvements.csv is missing") and "ssd_department.csv is missing too" in said[0]
    assert len(said) == 4


@pytest.mark.parametrize("missing", [False, True])
def test_without_people_the_other_files_are_not_said_to_be_of_strangers(tmp_path, missing):
    folder = write_extracts(tmp_path / "extracts", SMALL)
    undecodable(folder, "ssd_person")
    if missing:
        (folder / "ssd_person.csv").unlink()
    ragged(folder, "ssd_legal_status")
    said = refusals(folder)
    assert [line.split()[0] for line in said] == ["ssd_person.csv", "ssd_legal_status.csv"]
    assert "rows with too many or too few fields" in said[1]


def test_people_who_are_refused_for_their_rows_are_not_looked_for_in_the_other_files(tmp_path):
    folder = write_extracts(tmp_path / "extracts", SMALL)
    rewrite(folder, "ssd_person", lambda text: text.replace("2015-03-01", "soon").replace("2018-06-15", "later"))
    (said,) = refusals(folder)
    assert said.startswith("ssd_person.csv has 2 of 3 rows that cannot be used")


def test_where_periods_of_care_say_who_a_child_is_nobody_is_looked_for_without_them(tmp_path):
    folder = write_extracts(tmp_path / "extracts", SMALL)
    undecodable(folder, "ssd_cla_episodes")
    rewrite(folder, "ssd_cla_placement", lambda text: text.replace("001", ""))
    (said,) = refusals(folder, Settings(system="mosaic"))
    assert said.startswith("ssd_cla_episodes.csv is not utf-8")


def test_restrictions_refuse_beside_other_faults(tmp_path):
    folder = three_faults(tmp_path / "extracts")
    (folder / "local_restrictions.csv").write_bytes(b"")
    said = refusals(folder)
    assert len(said) == 4 and said[3] == "local_restrictions.csv is empty (0 bytes); export it again."


def test_the_same_words_are_said_once(tmp_path):
    folder = write_extracts(tmp_path / "extracts", SMALL)
    undecodable(folder, "ssd_person")
    assert len(refusals(folder)) == 1


# SSDA903


def returns(folder: Path, years=(2024, 2025)) -> Path:
    """Two returns of one child, whose files are named as what they are."""
    folder.mkdir()
    for year in years:
        rows = {
            "Header": [{"CHILD": "1", "SEX": "1", "DOB": "01/03/2015", "ETHNIC": "WBRI"}],
            "Episodes": [episode("01/06/2023", "S")],
            "Reviews": [{"CHILD": "1", "DOB": "01/03/2015", "REVIEW": f"01/05/{year - 1}", "REVIEW_CODE": "PN1"}],
            "UASC": [{"CHILD": "1", "SEX": "1", "DOB": "01/03/2015", "DUC": "01/03/2033"}],
        }
        for table, some in rows.items():
            (folder / f"{year}-{table}.csv").write_text(csv_text(COLUMNS[table].split(), some))
    return folder


def test_every_fault_of_returns_is_said(tmp_path):
    folder = returns(tmp_path / "returns")
    assert load(folder).rows_read
    undecodable(folder, "2024-Episodes")
    rewrite(folder, "2025-Header", lambda text: text.replace("ETHNIC", "E"))
    ragged(folder, "2024-Reviews")
    ragged(folder, "2025-UASC")
    (folder / "local_meetings.csv").write_text("meeting_id\n")
    (folder / "local_restrictions.csv").write_bytes(b"")
    said = refusals(folder)
    assert [line.split()[0] for line in said] == [
        "2025-Header.csv",
        "2024-Episodes.csv",
        "2024-Reviews.csv",
        "2025-UASC.csv",
        "local_restrictions.csv",
    ]
    assert "seems to be the Header table of the SSDA903 return, but it has no column ETHNIC" in said[0]
    assert not any("not in any Header" in line for line in said)


def test_a_day_is_found_for_returns_that_are_refused(tmp_path):
    folder = returns(tmp_path / "returns")
    rewrite(folder, "2025-Header", lambda text: text.replace("ETHNIC", "E"))
    assert own_date(folder) == date(2024, 3, 31)


@pytest.mark.parametrize("spoil", [undecodable, ragged])
def test_a_years_table_that_cannot_be_read_says_what_else_can_be_done(tmp_path, spoil):
    folder = returns(tmp_path / "returns")
    spoil(folder, "2024-Reviews")
    (said,) = refusals(folder)
    assert said.endswith(
        "Or take the Reviews files of all years out of the folder: what needs them is then not supplied. Without those of one year alone "
        "figures would be wrong."
    )
    for path in folder.glob("*-Reviews.csv"):
        path.unlink()
    assert not next(file for file in load(folder).files if file.table_name == "ssd_cla_reviews").supplied


def test_a_years_table_without_a_column_refuses_where_other_years_have_theirs(tmp_path):
    folder = returns(tmp_path / "returns")
    rewrite(folder, "2024-Reviews", lambda text: text.replace("REVIEW_CODE", "CODE"))
    (said,) = refusals(folder)
    assert said.startswith("2024-Reviews.csv seems to be the Reviews table") and "Reviews files of all years" in said
    (folder / "2025-Reviews.csv").unlink()
    assert any("2024-Reviews.csv was not read: it seems to be the Reviews table" in said for said in load(folder).warnings)


@pytest.mark.parametrize("content", [b"\xff\xfe\xff", b"Report of reviews\n1,2\n", b"\0\0\0\n"])
def test_a_file_named_as_the_tables_of_other_years_whose_columns_are_not_named_refuses(tmp_path, content):
    folder = returns(tmp_path / "returns")
    (folder / "2024-Reviews.csv").write_bytes(content)
    (said,) = refusals(folder)
    assert said.startswith(
        "2024-Reviews.csv is named as the Reviews tables of other years, but its first line does not name their columns"
    )
    assert "Reviews files of all years" in said
    (folder / "2024-Reviews.csv").rename(folder / "Old reviews.csv")
    assert any(said.startswith("Old reviews.csv is neither a table of the return") for said in load(folder).warnings)


@pytest.mark.parametrize("table", ["Header", "Episodes"])
def test_an_empty_table_that_every_return_has_refuses(tmp_path, table):
    folder = returns(tmp_path / "returns")
    (folder / f"2024-{table}.csv").write_bytes(b"")
    assert refusals(folder) == [
        f"2024-{table}.csv is named as the {table} tables of other years, but it is empty (0 bytes). Export it again."
    ]


@pytest.mark.parametrize("name", ["2024-Reviews.csv", "Other.csv"])
def test_an_empty_file_of_a_return_is_said_to_be_empty(tmp_path, name):
    folder = returns(tmp_path / "returns")
    (folder / "2024-Reviews.csv").unlink()
    (folder / name).write_bytes(b"")
    (said,) = (said for said in load(folder).warnings if name in said)
    assert said.startswith(f"{name} is empty (0 bytes) and was not read.")
    assert ("named as the Reviews tables of other years" in said) == (name == "2024-Reviews.csv")


def test_a_supplement_that_cannot_be_read_is_not_supplied(tmp_path):
    folder = returns(tmp_path / "returns")
    (folder / "local_care_plan.csv").write_bytes(b"")
    report = load(folder)
    assert "Care plans (supplement) is not supplied: local_care_plan.csv is empty (0 bytes); export it again." in report.warnings
    assert not next(file for file in report.files if file.table_name == "ssd_cla_care_plan").supplied
    assert "local_care_plan.csv: not supplied: it cannot be read." in report.text()


def test_every_damaged_xml_is_named(tmp_path):
    child = "<CHILD><HEADER><CHILDID>1</CHILDID><SEX>1</SEX><DOB>01/03/2015</DOB></HEADER></CHILD>"
    for year in (2024, 2025):
        (tmp_path / f"{year}.xml").write_text(f"<EXPSSDA903>{child}<CHILD>")
    said = refusals(tmp_path)
    assert [line.split()[0] for line in said] == ["2024.xml", "2025.xml"]


# Annex A

YOUNG_PERSON = {"child": 7, "date_of_birth": date(2006, 3, 1), "pathway_plan_review": date(2026, 1, 5)}
ADOPTER = {"adopter": 9, "enquiry": date(2025, 1, 5)}
LISTS = {8: [CHILD], 9: [YOUNG_PERSON], 10: [{"child": 1}], 11: [ADOPTER]}


def book(folder: Path, change=lambda book: None) -> Path:
    """A workbook of lists 8 to 11, changed."""
    path = write_book(folder / "book.xlsx", LISTS)
    changed = load_workbook(path)
    change(changed)
    changed.save(path)
    return path


def rename(sheet: str, heading: str):
    """Change a heading of a sheet into one that nobody knows."""

    def change(book) -> None:
        cell = next(cell for cell in book[sheet][1] if cell.value == heading)
        cell.value = "Whatever"

    return change


def of_table(report, table: str):
    return next(file for file in report.files if file.table_name == table)


FED = {"ssd_care_leavers": "List 9", "ssd_permanence": "List 10", "local_prospective_adopters": "List 11"}


@pytest.mark.parametrize(("table", "sheet"), FED.items())
def test_a_list_that_no_load_needs_and_that_cannot_be_read_is_not_supplied(tmp_path, table, sheet):
    heading = {"List 9": "Date of Birth", "List 10": "Date of Placement Order", "List 11": "Date application approved"}[sheet]
    report = load(book(tmp_path, rename(sheet, heading)))
    (said,) = (said for said in report.warnings if "is not supplied: book.xlsx" in said)
    assert said.startswith(sheet) and f"has no heading for '{heading}'" in said
    assert f"book.xlsx, {sheet}: not supplied: it cannot be read." in report.text()
    file = of_table(report, table)
    assert not file.supplied and not file.rows_read
    assert of_table(report, "ssd_cla_episodes").rows_used == 1
    others = [name for name in FED if name not in (table, "ssd_permanence")]  # what is said of one child on List 10 is too little
    assert all(of_table(report, name).rows_used for name in others)


def test_a_list_without_headings_or_with_a_formula_without_its_value_is_not_supplied(tmp_path):
    def change(book) -> None:
        book["List 9"].delete_rows(1, 2)
        book["List 10"]["A2"] = "=1+1"

    report = load(book(tmp_path, change))
    said = [said for said in report.warnings if "is not supplied: book.xlsx" in said]
    assert [line.partition(" (")[0] for line in said] == ["List 9", "List 10"]


def test_list_8_refuses_with_what_is_wrong_beside_the_workbook(tmp_path):
    def change(book) -> None:
        rename("List 8", "Date of Birth")(book)
        rename("List 9", "Date of Birth")(book)

    folder = book(tmp_path / "annex", change).parent
    (folder / "local_restrictions.csv").write_bytes(b"")
    said = refusals(folder)
    assert len(said) == 2
    assert "sheet List 8, has no heading for 'Date of Birth'" in said[0] and said[1].startswith("local_restrictions.csv is empty")


# The file of spellings


def written(tmp_path: Path, extracts: Path, capsys) -> tuple[int, str]:
    status = tracker.main(["check", "--extracts", str(extracts), "--write-spellings", str(tmp_path / "new.csv")])
    return status, "".join(capsys.readouterr())


def test_spellings_are_written_whatever_cannot_be_read_of_an_optional_file(tmp_path, capsys):
    legal = [{**SMALL["ssd_legal_status"][0], "lega_legal_status": "C2"}]
    folder = write_extracts(tmp_path / "extracts", SMALL | {"ssd_legal_status": legal})
    (folder / "ssd_permanence.csv").write_bytes(b"")
    (folder / "local_meetings.csv").write_bytes(b"\xff\xfe\xff")
    status, said = written(tmp_path, folder, capsys)
    assert status == 0 and "ssd_permanence is not supplied: ssd_permanence.csv is empty" in said


def test_spellings_are_written_and_every_fault_said_where_the_load_is_refused(tmp_path, capsys):
    folder = three_faults(tmp_path / "extracts")
    rewrite(folder, "ssd_cla_care_plan", lambda text: text.replace("LTFOST18", "Whatever"))
    rewrite(folder, "ssd_involvements", lambda text: text.replace("ALLOC", ""))
    status, said = written(tmp_path, folder, capsys)
    assert status == 1 and all(start in said for start in THREE)


@pytest.mark.parametrize("make", [returns, lambda folder: book(folder, rename("List 9", "Date of Birth")).parent])
def test_spellings_of_other_formats_are_written_beside_what_cannot_be_read(tmp_path, capsys, make):
    folder = make(tmp_path / "extracts")
    (folder / "local_meetings.csv").write_bytes(b"")
    status, said = written(tmp_path, folder, capsys)
    assert status == 0, said
