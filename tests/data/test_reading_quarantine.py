"""Which rows are kept out of every figure, with which reason, and that none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.contract.contract import tables
from data.errors import NightRefused
from data.settings import Settings
from tests.data.small_night import SMALL, Reading, read, small
from tests.support.extracts import write_extracts

LENIENT = Settings(quarantine_limit_percent=100)


def placement(**columns) -> dict:
    return {**SMALL["ssd_cla_placement"][0], **columns}


def read_placements(tmp_path, *placements):
    return read(tmp_path, small(ssd_cla_placement=list(placements)), LENIENT)


def test_an_identifier_that_is_missing(tmp_path):
    reading = read_placements(tmp_path, placement(clap_cla_placement_id=""), placement(clap_person_id="-1"), placement())
    assert reading.rejects() == [("ssd_cla_placement", 2, "missing_identifier"), ("ssd_cla_placement", 3, "missing_identifier")]
    assert reading.values("select column_name from rejects order by source_row") == ["clap_cla_placement_id", "clap_person_id"]


def test_a_value_without_which_the_row_says_nothing(tmp_path):
    reading = read_placements(tmp_path, placement(clap_cla_placement_start_date="1900-01-01"))
    assert reading.rejects() == [("ssd_cla_placement", 2, "missing_value")]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("ssd_cla_placement", {"clap_cla_placement_end_date": "2025-01-30"}),
        ("ssd_cla_episodes", {"clae_cla_episode_ceased_date": "2025-01-30"}),
        ("ssd_cla_care_plan", {"lacp_cla_care_plan_end_date": "2025-02-19"}),
    ],
)
def test_an_episode_plan_or_placement_that_ends_before_it_starts(tmp_path, table, columns):
    reading = read(tmp_path, small(**{table: [{**SMALL[table][0], **columns}, *SMALL[table][1:]]}), LENIENT)
    assert reading.rejects() == [(table, 2, "ends_before_it_starts")]


def test_one_that_ends_on_the_day_it_starts_is_used(tmp_path):
    assert read_placements(tmp_path, placement(clap_cla_placement_end_date="2025-01-31")).rejects() == []


def test_a_legal_status_that_ends_before_it_starts_is_used_and_flagged(tmp_path):
    status = {**SMALL["ssd_legal_status"][0], "lega_legal_status_end_date": "30/01/2025"}
    reading = read(tmp_path, small(ssd_legal_status=[status]))
    assert reading.rejects() == []
    assert reading.flags() == [("ends_before_it_starts", "ssd_legal_status", 2)]


def test_a_code_outside_its_list(tmp_path):
    reading = read_placements(tmp_path, placement(clap_cla_placement_type="Q9"))
    assert reading.rows("select source_row, rule, column_name, value from rejects") == [
        (2, "unknown_code", "clap_cla_placement_type", "Q9")
    ]


def test_an_empty_code_is_no_fault_unless_the_row_says_nothing_without_it(tmp_path):
    assert read_placements(tmp_path / "a", placement(clap_cla_placement_type=" ")).rejects() == []
    status = {**SMALL["ssd_legal_status"][0], "lega_legal_status": ""}
    assert read(tmp_path / "b", small(ssd_legal_status=[status])).rejects() == [("ssd_legal_status", 2, "missing_value")]


def test_a_row_for_a_person_who_is_not_in_the_extract(tmp_path):
    reading = read_placements(tmp_path, placement(clap_person_id="1"))
    assert reading.rows("select record_id, person_id, rule, value from rejects") == [
        ("ssd_cla_placement-1", "1", "unknown_person", "1")
    ]


def test_a_row_for_a_person_who_was_quarantined_is_a_row_for_nobody(tmp_path):
    people = [{**SMALL["ssd_person"][0], "pers_dob": "31/02/2015"}, *SMALL["ssd_person"][1:]]
    reading = read(tmp_path, small(ssd_person=people), LENIENT)
    assert ("ssd_person", 2, "unreadable_date") in reading.rejects()
    assert ("ssd_cla_episodes", 2, "unknown_person") in reading.rejects()


def test_of_rows_with_one_key_the_first_good_one_stays(tmp_path):
    bad = placement(clap_cla_placement_id="7", clap_cla_placement_start_date="nonsense")
    stranger = placement(clap_cla_placement_id="7", clap_person_id="999")
    good = placement(clap_cla_placement_id="7")
    other = placement(clap_cla_placement_id="7", clap_cla_placement_start_date="2025-02-02")
    reading = read_placements(tmp_path, bad, stranger, good, other)
    assert reading.rejects() == [
        ("ssd_cla_placement", 2, "unreadable_date"),
        ("ssd_cla_placement", 3, "duplicate"),
        ("ssd_cla_placement", 5, "duplicate"),
    ]
    assert reading.values("select source_row from ssd_cla_placement") == [4]
    assert "also on row 4, which is used" in reading.values("select reason from rejects where source_row = 5")[0]


def counts(reading: Reading, table: str) -> tuple[int, int, int, int]:
    file = reading.file(table)
    return file.rows_read, file.rows_used, file.rows_quarantined, file.rows_repeated


def test_a_row_that_is_the_same_as_an_earlier_one_is_left_out_and_counted_whatever_it_holds(tmp_path):
    """intake.md 6. None of them refuses the file, and nobody has to correct one."""
    bad = placement(clap_cla_placement_id="7", clap_cla_placement_start_date="nonsense")
    stranger = placement(clap_cla_placement_id="8", clap_person_id="999")
    good = placement(clap_cla_placement_id="9")
    reading = read_placements(tmp_path, bad, stranger, good, bad, stranger, good, good)
    assert reading.rejects() == [("ssd_cla_placement", 2, "unreadable_date"), ("ssd_cla_placement", 3, "unknown_person")]
    assert reading.values("select source_row from ssd_cla_placement") == [4]
    assert counts(reading, "ssd_cla_placement") == (7, 1, 2, 4)


def test_rows_that_differ_in_one_column_are_not_the_same(tmp_path):
    """Each column that the contract has, empty too, and a value that cannot be read."""
    table = tables()["ssd_cla_placement"]
    one = placement(clap_cla_placement_id="7")
    for at, column in enumerate(column for column in table.columns if column.name != table.key):
        other = one | {column.name: "" if one.get(column.name) else "nonsense"}
        reading = read_placements(tmp_path / str(at), one, other)
        assert counts(reading, "ssd_cla_placement") == (2, 1, 1, 0), column.name


def test_rows_with_two_values_that_cannot_be_read_are_two_and_both_are_flagged(tmp_path):
    """In a column that no rule needs each is left empty: what is left of the rows is then the same."""
    rows = [placement(clap_cla_placement_id="7", clap_cla_placement_distance=far) for far in ("12 miles", "14 miles", "12 miles")]
    reading = read_placements(tmp_path, *rows)
    assert reading.rejects() == [("ssd_cla_placement", 3, "duplicate")]
    assert counts(reading, "ssd_cla_placement") == (3, 1, 1, 1)


def test_rows_with_too_many_fields_are_no_repeats_of_one_another(tmp_path):
    """What the surplus says is not known, so that each counts towards the limit."""
    folder = write_extracts(tmp_path, small(ssd_cla_placement=[placement(clap_cla_placement_id=str(one)) for one in range(400)]))
    path = folder / "ssd_cla_placement.csv"
    header, first, *others = path.read_text(encoding="utf-8").splitlines()
    surplus = [f"{first},{number}" for number in range(8)]
    path.write_text("\n".join([header, first, *surplus, *others, ""]), encoding="utf-8")
    with pytest.raises(NightRefused, match="has 8 rows with too many or too few fields"):
        Reading(folder)


def doubled(extracts: Path, folder: Path) -> Path:
    """The same files with every row twice, as an export writes them that joins two addresses to every record."""
    folder.mkdir()
    for path in extracts.iterdir():
        header, body = path.read_bytes().split(b"\n", 1)
        (folder / path.name).write_bytes(b"\n".join([header, body + body]))
    return folder


@pytest.mark.slow
def test_a_county_whose_files_hold_every_row_twice_has_the_same_rows_and_faults_with_a_warning_for_each(tmp_path, county_nights):
    """The limit of 2% is for rows at fault, not for repeats."""
    once, again = Reading(county_nights[-1]), Reading(doubled(county_nights[-1], tmp_path / "doubled"))
    for file in once.report.files:
        columns = ", ".join(tables()[file.table_name].column_names)
        asked = f"select {columns} from {file.table_name} order by all"
        assert again.rows(asked) == once.rows(asked)
        repeated = file.rows_read + file.rows_repeated
        assert counts(again, file.table_name) == (file.rows_read * 2, file.rows_used, file.rows_quarantined, repeated)
        said = f"{file.file_name}: {repeated:,} of {file.rows_read * 2:,} rows are the same as an earlier row"
        assert not file.rows_read or any(one.startswith(said) for one in again.report.warnings)
    for asked in ("from rejects order by all", "select rule, person_id from flags order by all"):
        assert again.rows(asked) == once.rows(asked)


def test_few_repeats_are_counted_without_a_warning(tmp_path):
    rows = [placement(clap_cla_placement_id=str(number)) for number in range(50)]
    for more, warned in ((1, False), (2, True)):
        reading = read(tmp_path / str(more), small(ssd_cla_placement=[*rows, *rows[:more]]))
        assert counts(reading, "ssd_cla_placement") == (50 + more, 50, 0, more)
        assert any("the same as an earlier row" in one for one in reading.report.warnings) == warned


def test_a_refusal_counts_and_shows_the_rows_at_fault_not_the_repeats(tmp_path):
    rows = [placement(clap_cla_placement_id=str(number)) for number in range(50)]
    bad = [placement(clap_cla_placement_id=f"b{number}", clap_cla_placement_start_date="x") for number in range(3)]
    with pytest.raises(NightRefused, match=r"has 3 of 56 rows that cannot be used.*the first is row 54.*\(rows 54, 55, 56\)"):
        read(tmp_path, small(ssd_cla_placement=[rows[0], *rows, rows[0], *bad, rows[0]]), Settings())


def test_a_person_who_is_there_twice_is_the_person_of_the_first_row(tmp_path):
    people = [*SMALL["ssd_person"], SMALL["ssd_person"][1]]
    reading = read(tmp_path / "same", small(ssd_person=people))
    assert reading.rejects() == [] and counts(reading, "ssd_person") == (4, 3, 0, 1)
    people = [*SMALL["ssd_person"], SMALL["ssd_person"][1] | {"pers_surname": "Other"}]
    reading = read(tmp_path / "other", small(ssd_person=people), LENIENT)
    assert reading.rows("select source_row, rule, record_id, person_id from rejects") == [(5, "duplicate", "002", "002")]


def test_rows_without_a_key_are_repeats_only_when_all_of_them_is_the_same(tmp_path):
    row = {"perm_table_id": "", "perm_person_id": "001", "perm_placement_order_date": "2026-01-01"}
    other = {**row, "perm_placement_order_date": "2026-02-01"}
    reading = read(tmp_path, small(ssd_permanence=[row, other, row]))
    assert reading.rejects() == [] and counts(reading, "ssd_permanence") == (3, 2, 0, 1)


def test_keys_that_differ_in_leading_zeros_or_letter_case_are_different(tmp_path):
    reading = read_placements(tmp_path, *(placement(clap_cla_placement_id=key) for key in ("7", "07", "a7", "A7")))
    assert reading.rejects() == []


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"clap_person_id": "", "clap_cla_placement_start_date": "x", "clap_cla_placement_type": "Q9"}, "missing_identifier"),
        ({"clap_cla_placement_start_date": "x", "clap_cla_placement_type": "Q9", "clap_person_id": "999"}, "unreadable_date"),
        ({"clap_cla_placement_start_date": "", "clap_cla_placement_type": "Q9"}, "unknown_code"),
        ({"clap_cla_placement_start_date": "", "clap_person_id": "999"}, "missing_value"),
        ({"clap_cla_placement_end_date": "2024-01-01", "clap_person_id": "999"}, "ends_before_it_starts"),
    ],
)
def test_a_row_with_several_faults_has_one_reason_the_first(tmp_path, columns, rule):
    assert read_placements(tmp_path, placement(**columns)).rejects() == [("ssd_cla_placement", 2, rule)]


def test_every_reason_is_one_sentence_that_names_the_column(tmp_path):
    reading = read_placements(
        tmp_path,
        placement(clap_person_id=""),
        placement(clap_cla_placement_start_date="x"),
        placement(clap_cla_placement_type="Q9 {value}'s"),
        placement(clap_cla_placement_start_date=""),
        placement(clap_cla_placement_end_date="2024-01-01"),
        placement(clap_person_id="999"),
    )
    assert len(reading.rejects()) == 6
    for reason, column in reading.rows("select reason, column_name from rejects"):
        assert column in reason and reason.endswith("."), reason


def test_the_load_report_accounts_for_every_row(tmp_path):
    reading = read_placements(tmp_path, placement(), placement(clap_person_id="999"))
    file = reading.file("ssd_cla_placement")
    assert (file.rows_read, file.rows_used, file.rows_quarantined) == (2, 1, 1)
    assert reading.rows(
        "select rows_read, rows_used, rows_quarantined, rows_repeated from load_files where table_name = 'ssd_cla_placement'"
    ) == [(2, 1, 1, 0)]
    assert "ssd_cla_placement.csv" in reading.report.text()
