"""Whose records are restricted: a row that cannot be used still hides its child, and nothing of a file is lost without a word."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.contract.contract import tables
from data.errors import NightRefused
from data.reading.reading import CREATE_RECORDS
from data.reading.typed_tables import create_empty
from data.restrictions.restrictions import CREATE, KEEP
from data.settings import Settings
from tests.data.small_night import SMALL, Reading, people, read, rewrite, small
from tests.deep import examples
from tests.support.extracts import write_extracts

pytestmark = pytest.mark.slow

LENIENT = Settings(quarantine_limit_percent=100)
GOOD = {"person_id": "002", "restriction_type": "ADOPTION", "start_date": "2026-01-01", "allowed_roles": "adoption"}


def restricted(tmp_path, *rows: dict, **changes) -> Reading:
    """The small night with a file of these restrictions, each the good one with changes."""
    return read(tmp_path, small(local_restrictions=[GOOD | row for row in rows], **changes), LENIENT)


def hidden(reading: Reading) -> list[tuple]:
    """(child, end_date, allowed_roles) of the night's people whose records are restricted."""
    return reading.rows(
        "select person_id, end_date::varchar, allowed_roles from restricted_records "
        "join ssd_person on pers_person_id = person_id order by all"
    )


def test_a_row_that_can_be_used_hides_its_child_as_it_says(tmp_path):
    reading = restricted(tmp_path, {"end_date": "2026-12-31"})
    assert hidden(reading) == [("002", "2026-12-31", "adoption")]
    assert reading.flags() == [] and reading.report.warnings == ()


def test_no_file_is_no_restriction(tmp_path):
    assert read(tmp_path).rows("from restricted_records") == []


@pytest.mark.parametrize(
    ("changes", "rule", "column"),
    [
        ({"start_date": "31/02/2026"}, "unreadable_date", "start_date"),
        ({"end_date": "2026-13-31"}, "unreadable_date", "end_date"),
        ({"restriction_type": "ADOPTON"}, "unknown_code", "restriction_type"),
        ({"restriction_type": ""}, "missing_value", "restriction_type"),
        ({"restriction_id": ""}, "missing_identifier", "restriction_id"),
        ({"end_date": "2025-12-31"}, "ends_before_it_starts", "end_date"),
    ],
)
def test_a_row_that_cannot_be_used_hides_its_child_from_everybody(tmp_path, changes, rule, column):
    reading = restricted(tmp_path, changes)
    assert reading.rejects() == [("local_restrictions", 2, rule)]
    assert hidden(reading) == [("002", None, None)]
    assert reading.flags() == [("restriction_not_read", "local_restrictions", 2)]
    assert reading.report.warnings == (
        "local_restrictions.csv: row 2 cannot be used, and the child is hidden from everybody until it is corrected.",
    )
    assert reading.rows("select record_id, person_id, message, mend from flags") == [
        (
            None,
            None,
            f"The row cannot be used ({column}), so its child is hidden from everybody, whatever roles it allows",
            f"Correct {column} on this row of the file.",
        )
    ]


def test_only_an_end_before_the_start_contradicts_it(tmp_path):
    ends = {"001": "2025-12-31", "002": "2026-01-01", "003": "2026-01-02"}
    reading = restricted(tmp_path, *({"person_id": child, "end_date": end} for child, end in ends.items()))
    assert hidden(reading) == [("001", None, None), ("002", "2026-01-01", "adoption"), ("003", "2026-01-02", "adoption")]


def test_a_second_row_of_one_identifier_hides_its_own_child_too(tmp_path):
    reading = restricted(tmp_path, {"restriction_id": "R1"}, {"restriction_id": "R1", "person_id": "003"})
    assert hidden(reading) == [("002", None, "adoption"), ("003", None, None)]


def test_an_identifier_that_is_written_otherwise_hides_whoever_it_may_mean(tmp_path):
    """The identifier of a child a way of writing it: 001 and L1, 002 and L2, and so on."""
    ways = ("{}", "000{}", "00 {}", "0-0{}", "{}.0", "l{}", "L {}")
    # These have their zeros within: they mean nobody that can be told.
    of_nobody = ("l-000{}", "L0{}")
    every = list(enumerate((*ways, *of_nobody), start=1))
    numbers = [{"pers_person_id": f"00{number}", "pers_legacy_id": f"L{number}", "pers_surname": way} for number, way in every]
    persons = [SMALL["ssd_person"][0] | one for one in numbers]
    reading = restricted(tmp_path, *({"person_id": way.format(number)} for number, way in every), ssd_person=persons)
    assert hidden(reading) == [(f"00{number}", None, None) for number, way in every if way in ways]
    expected = [(f"restriction_{'not_read' if way in ways else 'of_nobody'}", "local_restrictions", 1 + at) for at, way in every]
    assert sorted(reading.flags()) == sorted(expected)


def test_an_identifier_that_may_mean_two_children_hides_both(tmp_path):
    numbers = people({"pers_legacy_id": "a-7"}, {"pers_person_id": "A07"}, {"pers_person_id": "a7"})
    reading = restricted(tmp_path, {"person_id": "A7"}, ssd_person=numbers, **_only_child_one())
    assert [row[0] for row in hidden(reading)] == ["001", "a7"]


def test_an_identifier_of_one_child_hides_no_other_that_resembles_it(tmp_path):
    numbers = people({"pers_person_id": "7"}, {"pers_person_id": "07"}, {})
    reading = restricted(tmp_path, {"person_id": "07", "start_date": "soon"}, ssd_person=numbers, **_only_child_one("7"))
    assert [row[0] for row in hidden(reading)] == ["07"]


@pytest.mark.parametrize("written", ["002", " 002"])
@pytest.mark.parametrize("start", ["2026-01-01", "soon"])
def test_an_identifier_that_is_ones_first_number_and_anothers_legacy_number_hides_both(tmp_path, written, start):
    numbers = people({"pers_legacy_id": "002"}, {}, {})
    reading = restricted(tmp_path, {"person_id": written, "start_date": start}, ssd_person=numbers)
    assert [row[0] for row in hidden(reading)] == ["001", "002"]


def test_letter_case_does_not_tell_one_childs_number_from_anothers_legacy_number(tmp_path):
    numbers = people({"pers_legacy_id": "K7"}, {"pers_person_id": "k7"}, {})
    reading = restricted(tmp_path, {"person_id": "k7"}, ssd_person=numbers, **_only_child_one())
    assert [row[0] for row in hidden(reading)] == ["001", "k7"]


def _only_child_one(number: str = "001") -> dict:
    """The small night's other files, of the first child alone."""
    names = {"ssd_cla_episodes": "clae_person_id", "ssd_legal_status": "lega_person_id", "ssd_cla_placement": "clap_person_id"}
    names |= {"ssd_cla_care_plan": "lacp_person_id", "ssd_involvements": "invo_person_id"}
    return {table: [{**SMALL[table][0], column: number}] for table, column in names.items()}


def test_an_identifier_of_nobody_hides_nobody_and_says_so(tmp_path):
    reading = restricted(tmp_path, {"person_id": "999"})
    assert hidden(reading) == []
    assert reading.values("select person_id from restricted_records") == ["999"]
    assert reading.report.warnings == ("local_restrictions.csv: row 2 names nobody of ssd_person, and hides nobody.",)


def test_a_child_whose_own_row_is_quarantined_stays_hidden_by_the_identifier(tmp_path):
    born = people({}, {"pers_dob": "31/02/2015"}, {})
    reading = restricted(tmp_path, {}, ssd_person=born)
    assert "002" in reading.values("select person_id from restricted_records")


@pytest.mark.parametrize("written", ["", "-1", " ", "-", "0"])
def test_a_row_that_names_no_child_refuses_the_night(tmp_path, written):
    with pytest.raises(NightRefused, match=r"local_restrictions.csv restricts a record on row 3, .* person_id .*take it out"):
        restricted(tmp_path, {}, {"person_id": written})


@pytest.mark.parametrize("tail", ["R9,002,ADOPTION\n", "R9,002,ADOPTION,2026-01-01,,a,b\n", 'R9,0"02,ADOPTION,"x" y,,adoption\n'])
def test_a_row_whose_fields_do_not_fit_refuses_the_night(tmp_path, tail):
    folder = write_extracts(tmp_path, small(local_restrictions=[GOOD]))
    rewrite(folder, "local_restrictions", lambda text: text + tail)
    with pytest.raises(NightRefused, match="local_restrictions.csv"):
        Reading(folder, LENIENT)


@pytest.mark.parametrize("quoted", ["adoption", ""])
def test_quotation_marks_that_take_rows_into_themselves_refuse_the_night(tmp_path, quoted):
    folder = write_extracts(tmp_path, small(local_restrictions=[GOOD, GOOD | {"person_id": "001"}, GOOD | {"person_id": "003"}]))

    def swallow(text: str) -> str:
        heading, first, second, third = text.splitlines()
        before = first.removesuffix("adoption")
        return "\n".join([heading, f'{before}"{quoted}', second, f'{third}"', ""])

    rewrite(folder, "local_restrictions", swallow)
    with pytest.raises(NightRefused, match="local_restrictions.csv has a quotation mark near row 2"):
        Reading(folder, LENIENT)


def test_another_copy_beside_the_file_of_restrictions_is_let_be(tmp_path):
    folder = write_extracts(tmp_path, small(local_restrictions=[GOOD]))
    (folder / "local_restrictions - Copy.csv").write_text("anything\n", encoding="utf-8")
    assert [row[0] for row in hidden(Reading(folder))] == ["002"]


@pytest.mark.parametrize(
    ("twin", "also"),
    [
        ({"pers_forename": " bob", "pers_surname": "BEECH", "pers_dob": "2018-06-15"}, True),
        ({"pers_forename": "Bob", "pers_surname": "Beech", "pers_dob": "2018-06-16"}, False),
        ({"pers_forename": "Rob", "pers_surname": "Beech", "pers_dob": "2018-06-15"}, False),
        ({"pers_forename": "Bob", "pers_surname": "Beech", "pers_dob": ""}, False),
    ],
)
def test_the_same_name_and_birth_date_under_another_number_is_hidden_alike(tmp_path, twin, also):
    reading = restricted(tmp_path, {}, ssd_person=people({}, {}, twin))
    assert hidden(reading) == [("002", None, "adoption")] + ([("003", None, "adoption")] if also else [])


def test_children_without_a_name_are_not_alike(tmp_path):
    nameless = {"pers_forename": " ", "pers_surname": " ", "pers_dob": "2018-06-15"}
    reading = restricted(tmp_path, {}, ssd_person=people({}, nameless, nameless))
    assert hidden(reading) == [("002", None, "adoption")]


@settings(max_examples=examples(6, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "restriction_id": st.sampled_from(["R1", "R2", "R3", ""]),
                "person_id": st.sampled_from(["001", "002", "003"]),
                "restriction_type": st.sampled_from(["ADOPTION", "adoption", "SECRET", ""]),
                "start_date": st.sampled_from(["2026-01-01", "", "1/13/2026"]),
                "end_date": st.sampled_from(["", "2026-12-31", "2025-01-01", "never"]),
                "allowed_roles": st.sampled_from(["", "adoption"]),
            }
        ),
        max_size=6,
    )
)
def test_whatever_is_wrong_with_a_row_its_child_is_restricted(tmp_path_factory, rows):
    reading = read(tmp_path_factory.mktemp("any"), small(local_restrictions=rows), LENIENT)
    assert {row[0] for row in hidden(reading)} == {row["person_id"] for row in rows}
    quarantined = {number - 2 for _, number, _ in reading.rejects()}
    closed = {rows[number]["person_id"] for number in quarantined}
    assert closed == {child for child, end, roles in hidden(reading) if end is None and roles is None} - {
        row["person_id"]
        for number, row in enumerate(rows)
        if number not in quarantined and not row["end_date"] and not row["allowed_roles"] and row["person_id"] not in closed
    }


def test_restrictions_are_matched_by_equality_never_each_with_every_person():
    """Each restriction beside every person is a hundred times the work for a council of ten times the size."""
    with duckdb.connect() as con:
        con.execute(CREATE_RECORDS)
        for name in ("ssd_person", "local_restrictions"):
            create_empty(con, tables()[name])
        con.execute("insert into ssd_person (pers_person_id, pers_legacy_id) select 'P' || range, 'L' || range from range(1000)")
        con.execute("insert into local_restrictions (person_id) select 'P' || range from range(1000)")
        con.execute(CREATE)
        ((_, plan),) = con.execute(f"explain (format json) {KEEP}", {"as_at": date(2026, 10, 31)}).fetchall()
    assert '"HASH_JOIN"' in plan
    assert not [join for join in ("NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN", "CROSS_PRODUCT", "IE_JOIN") if f'"{join}"' in plan]
