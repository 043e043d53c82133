"""Whichever way a tool writes "empty", the night is the one with nothing written; and what identifiers, dates and births come to."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.contract.contract import tables
from data.errors import NightRefused
from data.formats.gathering import gathered
from data.reading.decoding import BLOCK, decode
from data.settings import Settings
from tests.data.small_night import AS_AT, SMALL, Reading, people, read, small
from tests.deep import examples
from tests.support.extracts import write_extracts
from tests.support.returns import Returns, episode, write_returns

pytestmark = pytest.mark.slow

LENIENT = Settings(quarantine_limit_percent=100)

WORDS = ["NULL", "null", "\\N", "None", "NaN", "nan", "NaT", "#N/A", "N/A", " NULL ", "n/a", " "]
SENTINELS = ["0001-01-01", "1753-01-01 00:00:00", "30/12/1899", "1899-12-31", "1900-01-01", "01-Jan-1900", "19000101"]
OPEN_ENDS = ["2099-12-31", "31/12/2099", "9999-12-31", "9999-12-31 23:59:59.997", "2100-01-01", "31-Dec-9999", "99991231"]
FULL = small(
    ssd_professionals=[{"prof_professional_name": "Null"}],
    ssd_permanence=[{"perm_person_id": "001", "perm_placement_order_date": "2026-01-01"}],
    ssd_cla_reviews=[{"clar_cla_id": "P1", "clar_cla_review_date": "2026-01-01"}],
    ssd_cla_visits=[{"clav_person_id": "001", "clav_cla_visit_date": "2026-01-01"}],
    local_meetings=[{"person_id": "001", "meeting_type": "PPM", "meeting_date": "2026-01-01"}],
    local_permanence_options=[{"person_id": "001", "option_type": "SGO", "referral_date": "2026-01-01"}],
    local_carer_matches=[{"person_id": "001", "match_type": "LTF", "match_date": "2026-01-01"}],
    local_restrictions=[{"person_id": "002", "restriction_type": "OTHER", "start_date": "2026-01-01"}],
    local_prospective_adopters=[{"approved_date": "2026-01-01"}],
)
READS_WORDS = ("identifier", "date", "code", "text", "flag", "number", "plan")


def what_it_holds(reading: Reading) -> dict[str, list]:
    """Everything that a night is made of, save the hashes of its files."""
    names = [*(name for name in tables()), "rejects", "flags", "unreadable_plans", "restricted_records", "supplied"]
    held = {name: reading.rows(f"from {name} order by all") for name in names}
    reading.con.close()
    return held


def blanks(draw, records: dict) -> dict:
    """The records, with every empty cell that words may stand in filled with some way of writing empty."""
    written: dict[str, list[dict]] = {}
    for name, rows in records.items():
        table = tables()[name]
        written[name] = []
        for number, row in enumerate(rows, start=1):
            filled = {table.key: f"{name}-{number}", **row}
            for column in table.columns:
                if filled.get(column.name) or (column.kind == "text" and not column.empty_words):
                    continue
                ways = [*WORDS, *(["-1", "-1.0"] if column.kind == "identifier" else [])]
                ways += SENTINELS if column.kind == "date" else []
                ways += OPEN_ENDS if column.name in table.ends else []
                filled[column.name] = draw(st.sampled_from(["", *ways]))
            written[name].append(filled)
    return written


@settings(max_examples=examples(3, 60), deadline=None)
@given(st.data())
def test_every_way_of_writing_empty_gives_the_night_of_true_empties(data):
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        plain = what_it_holds(Reading(write_extracts(Path(one), FULL)))
        other = what_it_holds(Reading(write_extracts(Path(two), blanks(data.draw, FULL))))
    assert plain["rejects"] == []
    assert other == plain


# Codes are read as words only when they are looked up, after the first look at a file's faults.
NEEDED = [(name, column.name) for name in FULL for column in tables()[name].coded if column.filled]


@pytest.mark.parametrize("word", ["", " ", "NULL"])
def test_a_row_without_a_code_that_is_needed_is_set_aside_however_empty_is_written(tmp_path, word):
    """Of every table that has such codes: a row more for each of them."""
    night, expected = {**FULL}, []
    for number, (table, column) in enumerate(NEEDED):
        night[table] = [*night[table], {**FULL[table][0], tables()[table].key: f"more {number}", column: word}]
        expected.append((table, len(night[table]) + 1, "missing_value"))
    assert expected and read(tmp_path, night, LENIENT).rejects() == sorted(expected)


def test_two_rows_are_one_that_differ_in_white_space_around_a_code_alone(tmp_path):
    (row,) = FULL["ssd_permanence"]
    rows = [{**row, "perm_table_id": "", "perm_decision_reversed_reason": text} for text in ("RD1", " RD1 ")]
    file = read(tmp_path, {**FULL, "ssd_permanence": rows}).file("ssd_permanence")
    assert (file.rows_used, file.rows_quarantined, file.rows_repeated) == (1, 0, 1)


def test_a_name_stays_the_word_it_is(tmp_path):
    words = [word for word in WORDS if word.strip()]
    named = [
        {"pers_person_id": f"N{number}", "pers_dob": "2016-01-01", "pers_surname": word, "pers_forename": word}
        for number, word in enumerate(words)
    ]
    reading = read(tmp_path, small(ssd_person=[*SMALL["ssd_person"], *named]))
    names = "select pers_forename, pers_surname from ssd_person where pers_person_id like 'N%' order by source_row"
    assert reading.rows(names) == [(word, word) for word in words]


def test_a_day_from_the_end_of_2099_on_is_open_as_an_end_and_a_day_before_is_not(tmp_path):
    ends = ["2099-12-30", *OPEN_ENDS]
    rows = [{**SMALL["ssd_cla_placement"][0], "clap_cla_placement_end_date": end} for end in ends]
    reading = read(tmp_path, small(ssd_cla_placement=rows))
    read_as = reading.values("select clap_cla_placement_end_date::varchar from ssd_cla_placement order by source_row")
    assert reading.rejects() == [] and read_as == ["2099-12-30"] + [None] * len(OPEN_ENDS)


def test_a_start_in_2150_is_still_a_slip_of_the_pen(tmp_path):
    rows = [{**SMALL["ssd_cla_placement"][0], "clap_cla_placement_start_date": "2150-01-01"}]
    assert read(tmp_path, small(ssd_cla_placement=rows)).rejects() == [("ssd_cla_placement", 2, "unreadable_date")]


GUID = "6f9619ff-8b86-d011-b42d-00c04fc964ff"


@pytest.mark.parametrize(
    ("in_people", "elsewhere", "read_as"),
    [
        (GUID, GUID.upper(), GUID.upper()),
        (GUID.upper(), "{" + GUID + "}", GUID.upper()),
        ("1001", "1001.0", "1001"),
        ("1001.0", " 1001 ", "1001"),
        ('="0012"', "0012", "0012"),
        ('="1001.0"', "1001", "1001"),
        ("0012", "0012.0", "0012"),
    ],
)
def test_two_tables_that_write_one_identifier_in_two_ways_still_join(tmp_path, in_people, elsewhere, read_as):
    persons = [*SMALL["ssd_person"], {"pers_person_id": in_people, "pers_dob": "2016-01-01"}]
    episode = {"clae_person_id": elsewhere, "clae_cla_episode_start_date": "2025-01-01"}
    reading = read(tmp_path, small(ssd_person=persons, ssd_cla_episodes=[*SMALL["ssd_cla_episodes"], episode]))
    assert reading.rejects() == []
    assert reading.values("select clae_person_id from ssd_cla_episodes where source_row = 5") == [read_as]


def test_other_identifiers_stay_as_they_are_written(tmp_path):
    others = ["12", "012", "1001.5", "1001.00.0", "a.0", "1001.", ".0", "abcd-ef"]
    persons = [*SMALL["ssd_person"], *({"pers_person_id": other, "pers_dob": "2016-01-01"} for other in others)]
    assert set(others) <= set(read(tmp_path, small(ssd_person=persons)).values("select pers_person_id from ssd_person"))


def test_one_number_written_in_two_ways_is_one_person_twice_or_refuses_the_night(tmp_path):
    one = {"pers_person_id": "1001", "pers_dob": "2016-01-01", "pers_surname": "Elm"}
    again = {**one, "pers_person_id": "1001.0"}
    reading = read(tmp_path / "same", small(ssd_person=[*SMALL["ssd_person"], one, again]))
    assert reading.rejects() == [] and reading.file("ssd_person").rows_repeated == 1
    with pytest.raises(NightRefused, match=r"ssd_person.csv has 1001 and 1001.0 for two people \(rows 5 and 6\)"):
        read(tmp_path / "two", small(ssd_person=[*SMALL["ssd_person"], one, {**again, "pers_dob": "2012-12-01"}]))


@pytest.mark.parametrize(
    ("expected", "read_as", "flag"),
    [
        ("2025-01-20", "2025-01-20", "estimated_birth"),
        # Care began on 31/01/2025, so the child was born by then.
        ("2025-03-01", "2025-01-31", "estimated_birth"),
        ("2026-11-01", None, "missing_date_of_birth"),
    ],
)
def test_an_expected_birth_that_has_passed_is_the_birth_of_a_child_in_care_and_is_marked(tmp_path, expected, read_as, flag):
    reading = read(tmp_path, small(ssd_person=people({"pers_dob": "", "pers_expected_dob": expected}, {}, {})))
    assert reading.values("select pers_dob::varchar from ssd_person where pers_person_id = '001'") == [read_as]
    assert reading.flags() == [(flag, "ssd_person", 2)]


def test_an_expected_birth_of_a_child_who_was_never_in_care_is_not_used(tmp_path):
    unborn = {"pers_person_id": "009", "pers_expected_dob": "2025-01-20"}
    reading = read(tmp_path, small(ssd_person=[*SMALL["ssd_person"], unborn]))
    assert reading.values("select pers_dob from ssd_person where pers_person_id = '009'") == [None]
    assert reading.flags() == []


def test_dq_is_a_placement_type_that_is_not_known(tmp_path):
    placement = {**SMALL["ssd_cla_placement"][0], "clap_cla_placement_type": "DQ"}
    reading = read(tmp_path, small(ssd_cla_placement=[placement]))
    assert (reading.rejects(), reading.values("select clap_cla_placement_type from ssd_cla_placement")) == ([], [None])


@pytest.mark.parametrize("doubled", [False, True])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_every_value_that_is_kept_from_excel_is_read_as_what_it_is(tmp_path, kind, doubled):
    """``="2026-01-31"`` in every column: identifiers, dates, codes, flags, numbers, plans and texts."""
    night = small(
        local_carer_matches=[{"person_id": "001", "match_type": "LTF", "match_date": "2026-01-31"}],
        ssd_cla_visits=[{"clav_person_id": "001", "clav_cla_visit_date": "2026-01-31", "clav_cla_visit_seen": "Y"}],
    )
    night["ssd_cla_placement"][0] |= {"clap_cla_placement_distance": "12.5", "clap_cla_placement_postcode": "HD1 2AB"}
    night["ssd_person"][1]["pers_surname"] = 'Beech "Bo"'

    def kept(value: str) -> str:
        text = value.replace('"', '""')
        return f' ="{text}" ' if doubled else f'="{text}"'

    plain = Reading(write_extracts(tmp_path / "plain", night, kind=kind))
    wrapped = {name: [{column: kept(value) for column, value in row.items()} for row in rows] for name, rows in night.items()}
    reading = Reading(write_extracts(tmp_path / "kept", wrapped, kind=kind))
    assert reading.rejects() == [] and reading.flags() == plain.flags()
    for name, table in tables().items():
        given = ", ".join(column.name for column in table.columns if column.name != table.key)
        assert reading.rows(f"select {given} from {name} order by all") == plain.rows(f"select {given} from {name} order by all")


@pytest.mark.parametrize("separator", ["\n", "\r\n"])
def test_a_value_that_is_kept_from_excel_beside_rows_at_fault(tmp_path, separator):
    """Rows are counted, split and named as in any other file."""
    rows = ['="1",="001",="2025-01-31",="U6"', '="2",="002"', '="3",="003",="soon",="U6"', '="","","",=""', ""]
    folder = write_extracts(tmp_path, SMALL)
    head = "clap_cla_placement_id,clap_person_id,clap_cla_placement_start_date,clap_cla_placement_type"
    more = ",clap_cla_id,clap_cla_placement_end_date"
    (folder / "ssd_cla_placement.csv").write_bytes(
        separator.join([head + more, *(f"{row},," if row else "" for row in rows)]).encode()
    )
    reading = Reading(folder, Settings(quarantine_limit_percent=100))
    assert reading.file("ssd_cla_placement").rows_used == 1
    assert [(row, rule) for row, rule in reading.rows("select source_row, rule from rejects order by all")] == [
        (3, "structure"),
        (4, "unreadable_date"),
    ]
    assert reading.rows("select value from rejects where rule = 'unreadable_date'") == [("soon",)]


def test_the_mark_is_found_where_two_blocks_of_a_file_meet(tmp_path):
    text = "x" * (BLOCK - 1) + '="1"\n'
    (tmp_path / "a.csv").write_text(text)
    assert decode(tmp_path / "a.csv", Settings(), tmp_path).wrapped
    (tmp_path / "b.csv").write_text(text.replace("=", "x"))
    assert not decode(tmp_path / "b.csv", Settings(), tmp_path).wrapped


def test_identifiers_that_are_kept_from_excel_are_read_as_what_they_are(tmp_path):
    """``="001"`` in every file, without quotation marks around it and with them."""
    plain = Reading(write_extracts(tmp_path / "plain", SMALL))
    folder = write_extracts(tmp_path / "kept", SMALL)
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)(?<=[,\n])(\d{3})(?=,|$)", r'="\1"', text), encoding="utf-8")
    assert '="001"' in (folder / "ssd_person.csv").read_text(encoding="utf-8")
    for name in SMALL:
        assert Reading(folder).rows(f"from {name} order by all") == plain.rows(f"from {name} order by all")


def test_returns_that_are_kept_from_excel_are_read_as_what_they_are(tmp_path):
    episodes = [episode("01/05/2024", "S", end="01/06/2024", ceased="X1"), episode("01/06/2024", "L", "E1")]
    reviews = [{"CHILD": "1", "DOB": "01/03/2015", "REVIEW": "01/07/2024", "REVIEW_CODE": "PN1"}]
    returns = {2024: {"Episodes": episodes[:1]}, 2025: {"Episodes": episodes, "Reviews": reviews}}
    plain, kept = Returns(write_returns(tmp_path / "plain", returns)), write_returns(tmp_path / "kept", returns)
    for path in kept.iterdir():
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        wrapped = [",".join(f'="{field}"' if field else "" for field in row.split(",")) for row in rows]
        path.write_text("\n".join([header, *wrapped, ""]), encoding="utf-8")
    read = Returns(kept)
    assert read.flags() == plain.flags()
    for name in ("ssd_person", "ssd_cla_episodes", "ssd_legal_status", "ssd_cla_placement", "ssd_cla_reviews"):
        assert read.rows(f"from {name} order by all") == plain.rows(f"from {name} order by all")


def test_a_councils_own_csv_file_that_is_kept_from_excel_is_read_as_what_it_is(tmp_path):
    mapping = """
[local_meetings]
file = "meetings.csv"
[local_meetings.columns]
person_id = "child"
meeting_date = "held"
meeting_type = "kind"
meeting_status = ""
[local_meetings.values.meeting_type]
planning = "PPM"
"""
    (tmp_path / "mapping.toml").write_text(mapping, encoding="utf-8")
    (tmp_path / "meetings.csv").write_text('child,held,kind\n="001",="05/01/2026",="Planning"\n', encoding="utf-8")
    store = Settings(folder=tmp_path)
    with gathered(write_extracts(tmp_path / "night", SMALL), store) as came, duckdb.connect() as con:
        came.read(con, store, AS_AT)
        found = con.execute("select person_id, meeting_date::varchar, meeting_type from local_meetings").fetchall()
    assert found == [("001", "2026-01-05", "PPM")]
