"""What refuses a night: the contract's last section, file by file, with one sentence that says what to do."""

from __future__ import annotations

import re

import duckdb
import pytest

from data.errors import NightRefused
from data.reading.reading import read_night
from data.settings import Settings
from tests.data.small_night import AS_AT, SMALL, Reading, rewrite, small
from tests.support.extracts import write_extracts


@pytest.fixture
def folder(tmp_path):
    return write_extracts(tmp_path / "extracts", SMALL)


def refusal(folder, settings=None, lines=1) -> str:
    with duckdb.connect() as con, pytest.raises(NightRefused) as refused:
        read_night(con, folder, settings or Settings(), AS_AT)
    message = str(refused.value)
    assert len(message.splitlines()) == lines and all(line.endswith(".") for line in message.splitlines()), message
    return message


def header_of(folder, table):
    return (folder / f"{table}.csv").read_text().splitlines()[0]


def test_the_small_night_is_read_without_a_fault(folder):
    reading = Reading(folder)
    assert reading.rejects() == [] and reading.flags() == [] and reading.report.warnings == ()


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    assert "no folder" in refusal(tmp_path / "nowhere")


def test_a_required_file_that_is_missing_is_refused(folder):
    (folder / "ssd_legal_status.csv").unlink()
    assert refusal(folder).startswith("ssd_legal_status.csv is missing")


def test_a_missing_file_names_the_file_that_is_nearly_it(folder):
    (folder / "ssd_person.csv").rename(folder / "ssd_persons.csv")
    assert "hold ssd_persons.csv; if that is the table, name it ssd_person.csv" in refusal(folder)


def test_a_table_in_two_files_is_refused(folder):
    (folder / "ssd_person.parquet").write_bytes(b"anything")
    assert re.search(r"ssd_person.csv and ssd_person.parquet are both the table ssd_person", refusal(folder))


def test_a_required_column_that_is_missing_is_refused_and_names_its_near_match(folder):
    rewrite(folder, "ssd_cla_episodes", lambda text: text.replace("clae_entered_care_date", "clae_entered_care_dat"))
    assert "has no column clae_entered_care_date, but has clae_entered_care_dat" in refusal(folder)


def test_a_file_without_commas_says_so(folder):
    rewrite(folder, "ssd_department", lambda text: text.replace(",", ";"))
    assert "not separated by commas" in refusal(folder)


def test_two_columns_of_one_name_are_refused_whatever_their_letter_case(folder):
    rewrite(folder, "ssd_department", lambda text: text.replace("dept_team_name", " DEPT_TEAM_ID"))
    assert "two columns named dept_team_id" in refusal(folder)


@pytest.mark.parametrize("table", ["ssd_person", "ssd_department"])
def test_a_file_of_no_bytes_is_refused(folder, table):
    (folder / f"{table}.csv").write_bytes(b"")
    assert refusal(folder) == f"{table}.csv is empty (0 bytes); export it again."


@pytest.mark.parametrize("content", ["\n", "\n\n\n", "   \n"])
def test_a_file_without_a_header_is_refused(folder, content):
    rewrite(folder, "ssd_department", lambda text: content)
    assert "no header" in refusal(folder)


@pytest.mark.parametrize("table", ["ssd_person", "ssd_cla_episodes"])
def test_no_people_or_no_episodes_are_refused(folder, table):
    rewrite(folder, table, lambda text: text.splitlines()[0] + "\n")
    assert "has no rows below its header" in refusal(folder)


def test_any_other_table_without_rows_is_read_and_is_not_supplied(tmp_path):
    reading = Reading(write_extracts(tmp_path, small(ssd_legal_status=[], ssd_department=[], local_events=[])))
    for table in ("ssd_legal_status", "ssd_department", "local_events"):
        file = reading.file(table)
        assert (file.rows_read, file.supplied, file.file_name) == (0, False, f"{table}.csv")
        assert file.note == "it has no rows below its header, so the table is not supplied."
    assert reading.values("select table_name from supplied where supplied order by 1") == sorted(
        {"ssd_person", "ssd_cla_episodes", "ssd_cla_placement", "ssd_cla_care_plan", "ssd_involvements"}
    )


def test_a_last_line_without_its_ending_is_refused(folder):
    rewrite(folder, "ssd_person", lambda text: text[:-1])
    assert "ssd_person.csv is cut short: its last line (line 4)" in refusal(folder)


def test_a_last_line_without_its_ending_is_read_where_the_settings_allow_it(folder):
    rewrite(folder, "ssd_person", lambda text: text[:-1])
    assert Reading(folder, Settings(final_line_ending_required=False)).file("ssd_person").rows_used == 3


def test_a_last_row_that_is_cut_in_the_middle_is_refused_whatever_the_settings_say(folder):
    rewrite(folder, "ssd_person", lambda text: text[: text.rindex("Cedar")])
    message = refusal(folder, Settings(final_line_ending_required=False))
    assert "cut short: its last row (row 4) has too few fields" in message


def test_a_quotation_mark_that_is_never_closed_is_refused(folder):
    rewrite(folder, "ssd_person", lambda text: text.replace("Bob", '"Bob'))
    assert "quotation mark that is never closed (the last one is on line 3)" in refusal(folder)


def test_two_quotation_marks_that_swallow_the_rows_between_are_refused(folder):
    rewrite(folder, "ssd_person", lambda text: text.replace("Ann", '"Ann').replace("Cy", 'Cy"'))
    assert "quotation mark" in refusal(folder)


def test_two_quotation_marks_that_swallow_rows_are_refused_even_when_the_fields_come_out_right(folder):
    rewrite(folder, "ssd_person", lambda text: text.replace("L1", '"L1').replace("L3", 'L3"'))
    assert "near row 2 that is not closed until a later row" in refusal(folder)


def test_nul_characters_are_refused(folder):
    rewrite(folder, "ssd_person", lambda text: text.replace("Bob", "B\0b"))
    assert "NUL character on line 3" in refusal(folder)


def test_utf_16_without_a_byte_order_mark_is_refused(folder):
    path = folder / "ssd_person.csv"
    path.write_bytes(path.read_text().encode("utf-16-le"))
    assert "NUL character on line 1" in refusal(folder)


def test_bytes_that_are_not_utf_8_are_refused_with_their_row_and_byte(folder):
    path = folder / "ssd_person.csv"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Bob", b"B\xf6b"))
    assert f"is not utf-8: row 3 (byte {content.index(b'Bob') + 1}) does not decode" in refusal(folder)


def test_bytes_that_even_the_fallback_cannot_decode_are_refused(folder):
    path = folder / "ssd_person.csv"
    path.write_bytes(path.read_bytes().replace(b"Bob", b"B\x81b"))
    assert "is not cp1252: row 3" in refusal(folder, Settings(fallback_encoding="cp1252"))


def test_utf_16_cut_inside_a_letter_is_refused(folder):
    path = folder / "ssd_person.csv"
    path.write_bytes(path.read_text().encode("utf-16")[:-1])
    assert "does not decode" in refusal(folder)


def test_more_rows_with_a_wrong_number_of_fields_than_a_handful_are_refused(tmp_path):
    people = [{"pers_person_id": str(number), "pers_dob": "2015-01-01"} for number in range(1000)]
    episodes = [{"clae_person_id": "1", "clae_cla_episode_start_date": "2025-01-01"}]
    folder = write_extracts(tmp_path, small(ssd_person=people, ssd_cla_episodes=episodes))
    for table in ("ssd_legal_status", "ssd_cla_placement", "ssd_cla_care_plan", "ssd_involvements"):
        rewrite(folder, table, lambda text: text.splitlines()[0] + "\n")
    add = "5000,one,too,many,fields,,,,,,\n"
    rewrite(folder, "ssd_person", lambda text: text + add * 5)
    assert Reading(folder).file("ssd_person").rows_quarantined == 5
    rewrite(folder, "ssd_person", lambda text: text + add)
    assert "6 rows with too many or too few fields (the first is row 1002)" in refusal(folder)


def test_more_than_two_percent_of_a_file_quarantined_is_refused(tmp_path):
    def night(bad):
        people = [{"pers_person_id": str(number), "pers_dob": "32/01/2015" if number < bad else ""} for number in range(100)]
        return write_extracts(
            tmp_path / str(bad),
            small(
                ssd_person=people,
                ssd_cla_episodes=[{"clae_person_id": "99", "clae_cla_episode_start_date": "2025-01-01"}],
                ssd_legal_status=[],
                ssd_cla_placement=[],
                ssd_cla_care_plan=[],
                ssd_involvements=[],
            ),
        )

    assert Reading(night(2)).file("ssd_person").rows_quarantined == 2
    message = refusal(night(3))
    assert "ssd_person.csv has 3 of 100 rows that cannot be used, more than 2%; the first is row 2:" in message
    assert "32/01/2015" in message


def test_one_row_of_a_small_file_may_be_quarantined_and_two_may_not(tmp_path):
    placements = SMALL["ssd_cla_placement"]
    bad = {**placements[0], "clap_cla_placement_type": "Q9"}
    one = write_extracts(tmp_path / "one", small(ssd_cla_placement=[*placements, bad]))
    assert Reading(one).rejects() == [("ssd_cla_placement", 3, "unknown_code")]
    assert "2 of 3 rows" in refusal(write_extracts(tmp_path / "two", small(ssd_cla_placement=[*placements, bad, bad])))


def test_a_damaged_parquet_file_is_refused(tmp_path):
    folder = write_extracts(tmp_path, SMALL, kind="parquet")
    path = folder / "ssd_person.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    assert refusal(folder).startswith("ssd_person.parquet cannot be read")


def test_a_file_with_one_field_too_many_in_its_first_row_keeps_its_header_and_quarantines_the_row(folder):
    # DuckDB's own detection drops the header and this row without a word.
    rewrite(folder, "ssd_person", lambda text: text.replace("2015-03-01,,", "2015-03-01,,,1"))
    rewrite(folder, "ssd_cla_episodes", lambda text: text.replace(",001,", ",002,"))
    for table in ("ssd_legal_status", "ssd_cla_placement", "ssd_cla_care_plan", "ssd_involvements"):
        rewrite(folder, table, lambda text: text.splitlines()[0] + "\n")
    reading = Reading(folder)
    assert reading.rejects() == [("ssd_person", 2, "structure")]
    assert reading.values("select pers_person_id from ssd_person order by 1") == ["002", "003"]


def test_spellings_that_name_no_code_of_ours_are_refused(folder, tmp_path):
    spellings = tmp_path / "spellings.csv"
    spellings.write_text("codes,text,code\nlegal_status,Full order,C9\n")
    with pytest.raises(NightRefused, match="gives 'full order' the code C9, which is not in the list legal_status"):
        Reading(folder, spellings=spellings)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty (0 bytes)"),
        (b"\n", "no header"),
        (b"nothing;of;the;kind\n1;2;3\n", "not separated by commas"),
        (b"event_id,event_id\n1,2\n", "two columns named event_id"),
        (b"event_id,person_id\n1,2\n", "has no column event_type"),
        (b"event_id,person_id,event_type,event_date\n1,2,\xff,2026-01-01\n", "local_events.csv"),
        (b'event_id,person_id,event_type,event_date\n1,2,"X,2026-01-01\n', "quotation mark"),
    ],
)
def test_an_optional_file_that_cannot_be_read_is_not_supplied_and_a_warning_says_why(folder, content, why):
    (folder / "local_events.csv").write_bytes(content)
    reading = Reading(folder)
    file = reading.file("local_events")
    assert (file.supplied, file.rows_used, file.note) == (False, 0, "not supplied: the file cannot be read.")
    (said,) = [warning for warning in reading.report.warnings if warning.startswith("local_events is not supplied: ")]
    assert why in said and said.endswith(".")
    assert reading.values("select count(*) from local_events") == [0] and reading.file("ssd_person").rows_used == 3


@pytest.mark.parametrize("content", [b"", b"restriction_id;person_id\n"])
def test_whose_records_are_restricted_is_never_left(folder, content):
    (folder / "local_restrictions.csv").write_bytes(content)
    assert "local_restrictions.csv" in refusal(folder)


FIRST_LINES = {
    "PowerShell's": ("#TYPE System.Data.DataRow\n", "begins with the line #TYPE, which PowerShell writes"),
    "Excel's": ("sep=,\n", "begins with the line sep=, which only Excel reads"),
    "a title": (
        "Report of people,,,\n\n",
        "names no column of ssd_person in its first line, which begins with 'Report of people'",
    ),
}


@pytest.mark.parametrize(("line", "said"), FIRST_LINES.values(), ids=FIRST_LINES)
def test_a_line_above_the_columns_is_named_and_points_to_no_case_system(folder, line, said):
    for path in folder.glob("*.csv"):
        path.write_text(line + path.read_text())
    message = refusal(folder, lines=len(SMALL))
    assert said in message
    assert "look like those of" not in message


def test_a_file_without_its_header_is_told_from_one_without_a_column(folder):
    rewrite(folder, "ssd_person", lambda text: text.partition("\n")[2])
    assert "names no column of ssd_person in its first line" in refusal(folder)


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_in_every_file_point_to_no_case_system(folder, separator):
    for path in folder.glob("*.csv"):
        path.write_text(path.read_text().replace(",", separator))
    message = refusal(folder, lines=len(SMALL))
    assert "not separated by commas" in message and "look like those of" not in message


def test_a_second_byte_order_mark_and_letters_that_nobody_sees_are_no_part_of_a_name(folder):
    path = folder / "ssd_person.csv"
    path.write_text("\ufeff\u200b" + path.read_text(), encoding="utf-8-sig")
    assert Reading(folder).file("ssd_person").rows_used == 3


def test_a_folder_in_which_nothing_can_be_a_load_says_what_it_holds(tmp_path):
    (tmp_path / "SSD").mkdir()
    (tmp_path / "List 8.csv").write_text("Child Unique ID,Date of Birth\n1,01/03/2015\n")
    message = refusal(tmp_path)
    assert "holds no table of the Standard Safeguarding Dataset" in message
    assert "It holds List 8.csv, the folder SSD: give the folder with the files in it" in message


def test_a_refusal_counts_every_reason_and_shows_three_rows_of_each_with_their_cause(tmp_path):
    """intake.md 7. The cause is said of each reason, not of the first row's alone."""
    placements = [{**SMALL["ssd_cla_placement"][0], "clap_cla_placement_id": str(number)} for number in range(100)]
    for at in range(10, 15):
        placements[at]["clap_cla_placement_start_date"] = "45000"
    placements[3]["clap_person_id"] = "999"
    for at in (20, 21):
        placements[at]["clap_cla_placement_type"] = "Q9"
    message = refusal(write_extracts(tmp_path, small(ssd_cla_placement=placements)))
    assert "has 8 of 100 rows that cannot be used, more than 2%; the first is row 5:" in message
    assert "By reason: unreadable date in clap_cla_placement_start_date, 5 (rows 12, 13, 14 and 2 more); " in message
    assert "unknown code in clap_cla_placement_type, 2 (rows 22, 23); unknown person in clap_person_id, 1 (row 5)." in message
    assert "as Excel counts days" in message and "Q9" in message


def test_a_refusal_names_every_column_and_every_table_that_is_missing(tmp_path):
    folder = write_extracts(tmp_path, SMALL)
    path = folder / "ssd_cla_placement.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    lacking = header
    for name in ("clap_cla_placement_start_date", "clap_cla_placement_end_date", "clap_cla_placement_type"):
        lacking = lacking.replace(name, f"x{name[5:9]}{len(lacking)}")
    path.write_text("\n".join([lacking, *rows, ""]), encoding="utf-8")
    message = refusal(folder)
    assert "has no column clap_cla_placement_" in message
    assert sum(name in message for name in ("start_date", "end_date", "placement_type")) == 3 and " too." in message
    for name in ("ssd_cla_placement", "ssd_legal_status", "ssd_involvements"):
        (folder / f"{name}.csv").unlink()
    message = refusal(folder)
    assert all(f"{name}.csv" in message for name in ("ssd_cla_placement", "ssd_legal_status", "ssd_involvements"))
    assert message.endswith("are missing too.")


def test_an_optional_file_of_ragged_rows_is_not_supplied_and_says_why(tmp_path):
    """intake.md 6: misshapen, as empty or undecodable."""
    events = [
        {"event_id": str(at), "person_id": "001", "event_type": "SUPERVISION", "event_date": "2026-01-01"} for at in range(10)
    ]
    folder = write_extracts(tmp_path, small(local_events=events))
    path = folder / "local_events.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *(f"{row},more" for row in rows), ""]), encoding="utf-8")
    reading = Reading(folder)
    assert not reading.file("local_events").supplied and reading.rejects() == []
    assert any(
        one.startswith("local_events is not supplied: local_events.csv has 10 rows with too many")
        for one in reading.report.warnings
    )
