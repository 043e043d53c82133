"""An Annex A workbook: what each cell becomes, what is refused, and what it cannot tell."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from openpyxl import Workbook, load_workbook

from data.errors import NightRefused
from data.formats.annex_a.headings import find_headings, fold
from data.formats.reading import recognise
from data.settings import Settings
from tests.support.workbooks import AS_AT, CHILD, Book, headings, load, write_book

pytestmark = pytest.mark.slow

DAY = date(2020, 5, 4)


def test_a_child_of_list_8_is_a_person_in_care_with_a_status_a_placement_a_plan_and_a_worker(tmp_path):
    book = load(tmp_path, {})
    assert book.rows("select pers_person_id, pers_sex, pers_ethnicity, pers_dob from ssd_person") == [
        ("1", "F", "WBRI", date(2015, 3, 1))
    ]
    assert book.rows(
        "select clae_person_id, clae_cla_episode_start_date, clae_entered_care_date, clae_cla_primary_need_code, "
        "clae_cla_episode_ceased_date, clae_cla_episode_start_reason from ssd_cla_episodes"
    ) == [("1", DAY, DAY, "N1", None, None)]
    assert book.rows(
        "select lega_legal_status, lega_legal_status_start_date, lega_legal_status_end_date from ssd_legal_status"
    ) == [("C2", date(2020, 9, 1), None)]
    assert book.rows(
        "select clap_cla_placement_type, clap_cla_placement_start_date, clap_cla_placement_provider from ssd_cla_placement"
    ) == [("U6", date(2021, 2, 3), "PR4")]
    assert book.rows("select lacp_ticks, lacp_options, lacp_cla_care_plan_start_date from ssd_cla_care_plan") == [
        (["LTFOST18"], ["long_term_fostering"], AS_AT)
    ]
    assert book.rows("select invo_professional_team, invo_professional_id from ssd_involvements") == [
        ("Children in Care Team 1", "Eugene Swift")
    ]
    assert book.rows("select source_row from ssd_cla_episodes") == [(2,)]


def test_dates_as_cells_texts_and_numbers(tmp_path):
    cells = (
        DAY,
        datetime(2020, 5, 4, 13, 5),
        "04/05/2020",
        "2020-05-04",
        "4-May-2020",
        "\u00a004/05/2020 ",
        43955,  # a day that lost its format, as Excel counts it
        20200504,
    )
    book = load(tmp_path, *({"child": number, "started": cell} for number, cell in enumerate(cells)))
    read = dict(book.rows("select clae_person_id, clae_cla_episode_start_date from ssd_cla_episodes"))
    assert {cells[int(child)]: day for child, day in read.items()} == dict.fromkeys(cells, DAY)


def test_what_stands_for_no_date_is_empty(tmp_path):
    cells = (None, "#N/A", "N/A", "  ", "\u00a0", time(0), 0, date(1900, 1, 1))
    book = load(tmp_path, *({"child": number, "ceased": cell} for number, cell in enumerate(cells)))
    read = dict(book.rows("select clae_person_id, clae_cla_episode_ceased_date from ssd_cla_episodes"))
    assert read == {str(number): None for number in range(len(cells))}
    assert book.rows("from rejects") == []


def test_a_date_that_cannot_be_read_quarantines_its_row_and_names_file_sheet_row_heading_and_value(tmp_path):
    cells = ("05/13/2020", "soon", 2015, "#REF!", "31/02/2020")
    book = load(tmp_path, {}, *({"child": number, "status_start": cell} for number, cell in enumerate(cells, start=2)))
    found = book.rows("select person_id, column_name, value, reason from rejects order by person_id")
    assert [row[:3] for row in found] == [
        (str(number), "Start date of current legal status", str(cell)) for number, cell in enumerate(cells, start=2)
    ]
    for row, (*_, reason) in enumerate(found, start=3):
        assert reason.startswith(f"book.xlsx, List 8, row {row}: status_start (start date of current legal status) is '")
        assert "write it as 31/10/2026" in reason
    assert book.rows("select clae_person_id from ssd_cla_episodes") == [("1",)]


def test_words_letters_codes_and_curly_quotes_are_codes(tmp_path):
    book = load(
        tmp_path,
        {"child": "1", "legal_status": "E1", "placement_type": "d) U4: Foster placement - long term", "plan": "b) Adoption"},
        {"child": 2.0, "legal_status": "Full care order", "placement_type": "K2", "plan": "ADOPTION", "sex": "Male"},
        {
            "child": "0003",
            "legal_status": "V2 - Section 20",
            "placement_type": "Children’s homes",
            "plan": "Adoption",
            "sex": "a) Male",
        },
    )
    assert book.rows("select pers_person_id, pers_sex from ssd_person order by 1") == [("0003", "M"), ("1", "F"), ("2", "M")]
    assert book.rows("select lega_legal_status from ssd_legal_status order by lega_person_id") == [("V2",), ("E1",), ("C2",)]
    assert book.rows("select clap_cla_placement_type from ssd_cla_placement order by clap_person_id") == [
        ("K2",),
        ("U4",),
        ("K2",),
    ]
    assert book.rows("select distinct lacp_ticks from ssd_cla_care_plan") == [(["ADOPTION"],)]


def test_an_unknown_code_is_left_empty_and_flagged_and_the_child_stays(tmp_path):
    book = load(tmp_path, {"placement_type": "Caravan"})
    assert book.rows("select clap_cla_placement_type from ssd_cla_placement") == [(None,)]
    ((message,),) = book.rows("select message from flags where rule = 'value_not_read'")
    assert message.startswith("book.xlsx, List 8, row 2: placement_type (placement Type) is 'Caravan', which is not in the list")


def test_a_plan_in_unknown_words_is_not_readable_and_a_blank_one_is_no_plan(tmp_path):
    book = load(
        tmp_path, {"plan": "Staying put for good"}, {"child": 2, "plan": None}, {"child": 3, "plan": "#N/A"}, {"child": 4}
    )
    assert book.rows("select lacp_person_id from unreadable_plans") == [("1",)]
    assert book.rows("select lacp_person_id from ssd_cla_care_plan") == [("4",)]


def test_a_status_or_placement_without_its_start_is_not_used_and_flagged(tmp_path):
    book = load(tmp_path, {"status_start": None, "placement_start": "#N/A"})
    assert book.rows("from ssd_legal_status") == [] and book.rows("from ssd_cla_placement") == []
    assert [rule for (rule,) in book.rows("select rule from flags where rule = 'no_start_date'")] == ["no_start_date"] * 2
    assert book.rows("select clae_person_id from ssd_cla_episodes") == [("1",)]


def test_a_row_without_the_day_care_started_is_quarantined(tmp_path):
    book = load(tmp_path, {}, {"child": 2, "started": None})
    assert book.rows("select person_id, rule, column_name from rejects") == [
        ("2", "missing_value", "Date Started to be Looked After")
    ]


def test_two_rows_for_one_period_of_care_and_two_periods(tmp_path):
    book = load(tmp_path, {"placement_type": "U4"}, {"placement_type": "K2"}, {"started": date(2025, 12, 1)})
    assert book.rows("select clap_cla_placement_type from ssd_cla_placement order by clap_cla_id") == [("K2",), ("U6",)]
    assert book.rows("select source_row from flags where rule = 'two_rows_for_a_period'") == [(3,)]


def test_lists_9_to_11_are_pathway_plans_adoption_and_adopters(tmp_path):
    path = write_book(
        tmp_path / "book.xlsx",
        {
            8: [{**CHILD, "legal_status": "E1: Placement order"}, {**CHILD, "child": 3, "legal_status": "E1: Placement order"}],
            9: [{"child": 1, "date_of_birth": date(2009, 3, 1), "pathway_plan_review": date(2025, 10, 1)}, {"child": 7}],
            10: [{"child": 1, "decision": date(2021, 1, 1), "placement_order": date(2021, 5, 1), "reversed_reason": "RD2"},
                 {"child": 9, "adoption_order": date(2026, 2, 1)}],
            11: [{"adopter": 50, "family": 5, "approved": date(2024, 1, 1), "early_permanence": "Yes"},
                 {"adopter": 51, "family": 5, "approved": date(2024, 1, 9), "left_process": date(2024, 6, 1)},
                 {"adopter": 60, "left_process": date(2024, 6, 1), "left_reason": 1}],
        },
    )  # fmt: skip
    book = Book(path)
    assert book.rows("select clea_person_id, clea_pathway_plan_review_date from ssd_care_leavers order by 1") == [
        ("1", date(2025, 10, 1)), ("7", None)
    ]  # fmt: skip
    assert book.rows(
        "select perm_person_id, perm_cla_id, perm_adm_decision_date, perm_placement_order_date, perm_permanence_order_type "
        "from ssd_permanence order by 1"
    ) == [("1", "1-20200504", date(2021, 1, 1), date(2021, 5, 1), None), ("9", None, None, None, "Adoption")]
    assert book.rows("select adopter_id, approved_date, left_date, early_permanence from local_prospective_adopters order by 1") == [
        ("5", date(2024, 1, 9), None, True), ("60", None, date(2024, 6, 1), None)
    ]  # fmt: skip
    assert {person for (person,) in book.rows("select pers_person_id from ssd_person")} == {"1", "3", "7", "9"}
    assert book.rows("select person_id from flags where rule = 'not_on_list_10'") == [("3",)]


def test_a_list_without_rows_and_a_missing_one_are_not_supplied_and_said(tmp_path):
    book = Book(write_book(tmp_path / "book.xlsx", {8: [CHILD], 10: []}))
    supplied = book.supplied()
    assert not supplied["ssd_permanence"] and not supplied["ssd_care_leavers"] and supplied["ssd_cla_care_plan"]
    assert "book.xlsx, sheet List 10, has headings and no row" in book.report.text()
    assert not any(
        supplied[name] for name in ("ssd_cla_reviews", "ssd_cla_visits", "earlier_records", "plan_starts", "fostering_plans")
    )
    assert book.rows("select clar_cla_review_date from ssd_cla_reviews") == [(date(2026, 1, 12),)]


def test_fostering_is_told_by_words_that_say_with_whom(tmp_path):
    told = load(tmp_path / "told", {"plan": "LTFOST18"}, {"child": 2, "plan": "Long Term Fostering - Connected Person"})
    assert "fostering_plans" not in told.supplied()
    untold = load(tmp_path / "not", {"plan": "LTFOST18"}, {"child": 2, "plan": "f) Long term fostering"})
    assert untold.supplied()["fostering_plans"] is False


def test_headings_in_another_order_with_other_signs_and_a_title_above(tmp_path):
    named = {
        "Child Unique ID": "ID of the child (unique)",
        "Date of Birth": "DOB",
        "Child's Legal Status": "CHILD’S  LEGAL\nSTATUS",
        "Start Date of Most Recent Placement": "Start date - latest placement",
    }
    book = Book(write_book(tmp_path / "book.xlsx", {8: [CHILD, {**CHILD, "child": 2, "status_start": "soon"}]}, named, above=3))
    assert book.rows("select lega_legal_status from ssd_legal_status") == [("C2",)]
    assert book.rows("select reason[:27] from rejects") == [("book.xlsx, List 8, row 6: s",)]


def test_every_heading_of_every_list_is_its_own_column_and_no_other(tmp_path):
    for number in (8, 9, 10, 11):
        names = headings(number)
        found = find_headings(f"annex_a_list_{number}", list(reversed(names)), "here")
        assert not found.not_read and not found.absent
        assert all(fold(names[::-1][at]) == fold(found.shown[column]) for column, at in found.positions.items())


def _refused(path) -> str:
    with pytest.raises(NightRefused) as refused:
        Book(path)
    return str(refused.value)


def test_a_missing_heading_is_named_with_the_nearest_and_so_are_two_for_one_column(tmp_path):
    said = _refused(write_book(tmp_path / "a.xlsx", {8: [CHILD]}, {"Date Ceased to be Looked After": "Ceased on"}))
    assert said == (
        "a.xlsx, sheet List 8, has no heading for 'Date Ceased to be Looked After'; add the column with that heading."
    )
    said = _refused(write_book(tmp_path / "b.xlsx", {8: [CHILD]}, {"Placement Provider": "Placement Type"}))
    assert "b.xlsx, sheet List 8, has two headings for 'Placement Type'" in said and "leave one of them" in said


def test_workbooks_that_cannot_be_used_are_refused_in_words(tmp_path):
    book = Workbook()
    book.active.title = "Sheet1"
    book.active.append(["Something", "else"])
    (tmp_path / "none").mkdir()
    book.save(tmp_path / "none" / "other.xlsx")
    with pytest.raises(NightRefused, match=r"other.xlsx has no sheet List 8 .* its sheets are Sheet1\. Name the sheet List 8"):
        Book(tmp_path / "none")
    for name, content, words in (
        ("old.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is protected by a password, or an old .xls file"),
        ("cut.xlsx", b"PK\x03\x04" + b"x" * 50, "cannot be opened"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(NightRefused, match=words):
            Book(tmp_path / name)
    write_book(tmp_path / "two" / "a.xlsx", {8: [CHILD]})
    write_book(tmp_path / "two" / "b.xlsx", {8: [CHILD]})
    assert "has two Annex A workbooks, a.xlsx and b.xlsx" in _refused(tmp_path / "two")
    write_book(tmp_path / "both" / "a.xlsx", {8: [CHILD]})
    (tmp_path / "both" / "ssd_legal_status.csv").write_text("x\n", encoding="utf-8")
    assert "has ssd_legal_status.csv beside an Annex A workbook" in _refused(tmp_path / "both")
    assert "has no row of List 8 (children in care) that can be used" in _refused(write_book(tmp_path / "no.xlsx", {8: []}))


def test_a_workbook_alone_in_its_folder_is_known_by_its_headings_whatever_its_sheets_are_called(tmp_path):
    path = write_book(tmp_path / "book.xlsx", {8: [CHILD]})
    book = load_workbook(path)
    book["List 8"].title = "Children in care"
    book.save(path)
    (tmp_path / "~$book.xlsx").write_bytes(b"x")  # Excel's, of a workbook that is open
    assert recognise(tmp_path) == "annex-a"
    loaded = Book(tmp_path)
    assert loaded.rows("select count(*) from ssd_cla_episodes") == [(1,)]
    assert not any("~$" in one for one in loaded.report.warnings)


def test_an_old_workbook_alone_in_its_folder_is_told_to_be_one(tmp_path):
    (tmp_path / "Annex A.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert "Annex A.xls is protected by a password, or an old .xls file: save it as .xlsx" in _refused(tmp_path)


def test_a_formula_without_its_value_is_refused_by_its_cell(tmp_path):
    path = write_book(tmp_path / "book.xlsx", {8: [CHILD]})
    book = load_workbook(path)
    column = headings(8).index("Date Ceased to be Looked After") + 1
    book["List 8"].cell(2, column).value = "=A2+1"
    book.save(path)
    said = _refused(path)
    assert (
        "book.xlsx, sheet List 8, cell" in said and "has a formula whose value is not stored; open the workbook in Excel" in said
    )


def test_the_tables_beside_a_workbook_are_read_and_rows_of_other_children_set_aside(tmp_path):
    write_book(tmp_path / "book.xlsx", {8: [CHILD]})
    meetings = (
        "meeting_id,person_id,meeting_type,meeting_date,meeting_status\n1,1,PPM,2026-01-05,HELD\n2,999,PPM,2026-01-05,HELD\n"
    )
    (tmp_path / "local_meetings.csv").write_text(meetings, encoding="utf-8")
    assert recognise(tmp_path) == "annex-a"
    book = Book(tmp_path, settings=Settings())
    assert book.rows("select person_id from local_meetings") == [("1",)]
    assert "local_meetings.csv: 1 rows are about people who are not in the workbook; no figure uses them." in book.report.warnings


PATHWAY = {"child": 7, "date_of_birth": date(2006, 3, 1)}


def test_a_table_that_no_row_says_anything_of_is_not_supplied_and_the_report_says_why(tmp_path):
    """As of a workbook whose columns of plans, teams and pathway plans were left empty."""
    children = [{**CHILD, "plan": None, "team": None}, {**CHILD, "child": 2, "plan": "", "team": None}]
    path = write_book(tmp_path / "book.xlsx", {8: children, 9: [PATHWAY]})
    said = [one for one in Book(path).report.warnings if "no row has a value under" in one]
    assert said == [
        f"book.xlsx, sheet {sheet}: no row has a value under '{heading}', so {table} is not supplied. Fill the column in, and load the "
        "workbook again."
        for sheet, heading, table in (
            ("List 8", "What is the permanence plan for this child?", "ssd_cla_care_plan (Care plans)"),
            ("List 8", "Allocated Team", "ssd_department (Teams and services)"),
            ("List 9", "Latest Pathway Plan Review Date", "ssd_care_leavers (Care leavers and pathway plans)"),
        )
    ]


@pytest.mark.parametrize("plan", ["f) Long-term fostering", "Anything else"])
def test_one_value_is_enough(tmp_path, plan):
    reviewed = {**PATHWAY, "child": 8, "pathway_plan_review": date(2026, 1, 5)}
    children = [{**CHILD, "plan": None}, {**CHILD, "child": 2, "plan": plan}]
    path = write_book(tmp_path / "book.xlsx", {8: children, 9: [PATHWAY, reviewed]})
    assert not [one for one in Book(path).report.warnings if "no row has a value under" in one]


@pytest.mark.parametrize(
    ("children", "said"),
    [
        ((1,), "1 child with a placement order on List 8 is not on List 10: each is flagged."),
        ((1, 2), "2 children with a placement order on List 8 are not on List 10: each is flagged."),
    ],
)
def test_one_is_told_from_several(tmp_path, children, said):
    rows = [{**CHILD, "child": child, "legal_status": "E1"} for child in children]
    path = write_book(tmp_path / "book.xlsx", {8: rows, 10: [{"child": 9, "decision": date(2025, 1, 6)}]})
    assert said in Book(path).report.warnings
