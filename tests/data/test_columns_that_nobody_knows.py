"""Columns, headings and elements that nobody knows are named once for each table, whatever the extracts come as; those that a format itself
has, and that nothing is made of, are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from data.formats.gathering import gathered
from data.reading.load_report import LoadReport
from data.settings import Settings
from tests.data.small_night import AS_AT, SMALL
from tests.support.extracts import csv_text, write_extracts
from tests.support.few_rows import connection_for_few_rows
from tests.support.returns import COLUMNS, episode
from tests.support.workbooks import CHILD, write_book


def load(extracts: Path, settings: Settings | None = None) -> LoadReport:
    with gathered(extracts, settings or Settings()) as came, connection_for_few_rows() as con:
        return came.read(con, settings or Settings(), AS_AT)


def not_read(report: LoadReport) -> list[str]:
    return [line for line in report.text().splitlines() if "columns not read" in line]


def of_table(report: LoadReport) -> dict[str, str]:
    """{table of the contract: the columns of it that nobody knows}."""
    return {file.table_name: file.extra_columns for file in report.files if file.extra_columns}


ROWS = {
    "Header": {"CHILD": "1", "SEX": "1", "DOB": "01/03/2015", "ETHNIC": "WBRI"},
    "Episodes": episode("01/06/2023", "S"),
    "Reviews": {"CHILD": "1", "DOB": "01/03/2015", "REVIEW": "01/02/2024", "REVIEW_CODE": "PN1"},
    "UASC": {"CHILD": "1", "SEX": "1", "DOB": "01/03/2015", "DUC": "01/03/2033"},
    "AD1": {"CHILD": "1", "DATE_INT": "01/02/2024", "DATE_MATCH": "01/02/2024"},
    "PlacedAdoption": {"CHILD": "1", "DATE_PLACED": "01/02/2024"},
    "SWEpisodes": {"CHILD": "1", "SW_ID": "7", "SW_DECOM": "01/02/2024"},
    "OC2": {"CHILD": "1", "SDQ_SCORE": "7"},
}


def returns(folder: Path, extra: dict[str, list[str]]) -> Path:
    """Three returns with every table, each with the columns of its year's return and some more."""
    folder.mkdir()
    for year in (2023, 2024, 2025):
        for table, row in ROWS.items():
            columns = [*COLUMNS[table].split(), *extra.get(table, [])]
            (folder / f"{year}-{table}.csv").write_text(csv_text(columns, [{**dict.fromkeys(columns, ""), **row}]))
    return folder


def test_a_returns_own_columns_are_known(tmp_path):
    report = load(returns(tmp_path / "returns", {}))
    assert not_read(report) == [] and of_table(report) == {}


def test_other_columns_of_returns_are_named_once_for_each_table(tmp_path):
    extra = {"Episodes": ["LA", "YEAR"], "Reviews": ["YEAR"], "AD1": ["Unnamed: 0"], "PlacedAdoption": ["YEAR"], "OC2": ["YEAR"]}
    report = load(returns(tmp_path / "returns", extra))
    assert not_read(report) == [
        "2023-Episodes.csv and 2 more: columns not read: LA, YEAR.",
        "2023-Reviews.csv and 2 more: columns not read: YEAR.",
        "2023-AD1.csv and 2 more: columns not read: Unnamed: 0.",
        "2023-PlacedAdoption.csv and 2 more: columns not read: YEAR.",
    ]
    assert of_table(report) == {"ssd_cla_episodes": "LA, YEAR", "ssd_cla_reviews": "YEAR", "ssd_permanence": "Unnamed: 0, YEAR"}


def test_years_whose_columns_differ_are_told_apart(tmp_path):
    folder = returns(tmp_path / "returns", {"Header": ["YEAR"]})
    path = folder / "2024-Header.csv"
    path.write_text(path.read_text().replace("YEAR", "LA"))
    report = load(folder)
    assert not_read(report) == [
        "2023-Header.csv and 1 more: columns not read: YEAR.",
        "2024-Header.csv: columns not read: LA.",
    ]
    assert of_table(report) == {"ssd_person": "YEAR, LA"}


XML = """<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID><UPN>A1</UPN><SEX>1</SEX><DOB>01/03/2015</DOB><ETHNIC>WBRI</ETHNIC><UASC>0</UASC>
<MOTHER>0</MOTHER><MC_DOB/>{header}<AREVIEW><REVIEW>01/02/2024</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
<AMISSING><MISSING>M</MISSING><MIS_START>01/02/2024</MIS_START><MIS_END/></AMISSING><OC2><SDQ_SCORE>7</SDQ_SCORE><SDQ_REASON/></OC2>
</HEADER><EPISODE><DECOM>01/06/2023</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL><PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC/><REC/>
<REASON_PLACE_CHANGE/><HOME_POST/><PL_POST/><URN/>{episode}</EPISODE>{child}</CHILD></EXPSSDA903>"""


def test_elements_of_xml_that_nobody_knows_are_named(tmp_path):
    (tmp_path / "return.xml").write_text(XML.format(header="", episode="", child=""))
    assert not_read(load(tmp_path)) == []
    (tmp_path / "return.xml").write_text(
        XML.format(
            header="<DOLO><DOLO_START>01/02/2024</DOLO_START></DOLO>",
            episode="<Distance>3</Distance>",
            child="<SWEPISODE><SW_ID>7</SW_ID></SWEPISODE>",
        )
    )
    report = load(tmp_path)
    assert not_read(report) == [
        "return.xml: columns not read: DOLO, DOLO_START, SWEPISODE.",
        "return.xml: columns not read: DISTANCE.",
    ]
    assert of_table(report) == {"ssd_person": "DOLO, DOLO_START, SWEPISODE", "ssd_cla_episodes": "DISTANCE"}


# Annex A's own headings of which nothing is made.
OF_LISTS = {
    8: [
        "Age",
        "Does the Child have a Disability",
        "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
        "Date of Last Health Assessment",
        "Date of Last Dental Check",
        "Number of Placements in the Last 12 months",
        "Placement Location",
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
        "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
        "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        "Did the child accept a Return Interview after their last missing episode (Y/N)?",
    ],
    9: [
        "Age of Child (Years)",
        "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
        "Does the Child have a Disability",
        "Allocated Team",
        "Allocated Worker",
        "Allocated Personal Advisor",
        "Eligibility Category",
        "LA in Touch",
        "Latest Date of Contact",
        "Type of Accommodation",
        "Suitability of Accommodation",
        "Activity Status",
    ],
    10: ["Family identifier", "Age of Child (Years)", "Does the Child have a Disability"],
    11: ["Gender", "Ethnicity", "Disability", "Date application submitted", "No. of children placed", "Date of Adoption Order"],
}
LISTS = {
    8: [CHILD],
    9: [{"child": 1, "date_of_birth": date(2007, 3, 1), "pathway_plan_review": date(2026, 1, 5)}],
    10: [{"child": 1, "decision": date(2025, 1, 6)}],
    11: [{"adopter": 9, "enquiry": date(2025, 1, 6)}],
}


def book_with(path: Path, more: dict[int, list[str]]) -> Path:
    """A workbook of the lists that are read, with more headings."""
    book = load_workbook(write_book(path, LISTS))
    for number, texts in more.items():
        sheet = book[f"List {number}"]
        for heading in texts:
            sheet.cell(1, sheet.max_column + 1, heading)
    book.save(path)
    return path


def test_annex_as_own_headings_are_known(tmp_path):
    report = load(book_with(tmp_path / "book.xlsx", OF_LISTS))
    assert not_read(report) == [] and of_table(report) == {}


def test_headings_that_nobody_knows_are_named_for_each_list(tmp_path):
    report = load(book_with(tmp_path / "book.xlsx", {8: ["Locality", "Age at placement"], 10: ["Family finder"], 11: ["Agency"]}))
    assert not_read(report) == [
        "book.xlsx, List 8: columns not read: Locality, Age at placement.",
        "book.xlsx, List 10: columns not read: Family finder.",
        "book.xlsx, List 11: columns not read: Agency.",
    ]
    assert of_table(report) == {
        "ssd_cla_episodes": "Locality, Age at placement",
        "ssd_permanence": "Family finder",
        "local_prospective_adopters": "Agency",
    }


MAPPING = """
[[local_meetings]]
file = "meetings.xlsx"
sheet = "{sheet}"
[local_meetings.columns]
person_id = "Child"
meeting_date = "Held"
meeting_status = ""
[local_meetings.fixed]
meeting_type = "PPM"
[local_meetings.rows]
column = "Kind"
keep = ["PPM"]
"""


def test_headings_of_the_councils_own_sheets_that_mapping_does_not_name(tmp_path):
    book = Workbook()
    for sheet, more in (("North", ["Chair", None, "Venue"]), ("South", ["Venue", "Notes"])):
        rows = book.create_sheet(sheet)
        rows.append(["Child", "Held", "Kind", *more])
        rows.append(["001", date(2026, 1, 5), "PPM", "x", "y"])
    book.save(tmp_path / "meetings.xlsx")
    (tmp_path / "mapping.toml").write_text(MAPPING.format(sheet="North") + MAPPING.format(sheet="South"), encoding="utf-8")
    report = load(write_extracts(tmp_path / "night", SMALL), Settings(folder=tmp_path))
    assert not_read(report) == ["local_meetings of 2 sheets: columns not read: Chair, Venue, Notes."]
    assert of_table(report) == {"local_meetings": "Chair, Venue, Notes"}


def test_a_sheet_whose_every_heading_is_named_is_quiet(tmp_path):
    (tmp_path / "meetings.csv").write_text("Child,Held,Kind\n001,2026-01-05,PPM\n", encoding="utf-8")
    mapping = MAPPING.format(sheet="").replace("meetings.xlsx", "meetings.csv")
    (tmp_path / "mapping.toml").write_text(mapping, encoding="utf-8")
    report = load(write_extracts(tmp_path / "night", SMALL), Settings(folder=tmp_path))
    assert not_read(report) == [] and next(file for file in report.files if file.table_name == "local_meetings").rows_used == 1
