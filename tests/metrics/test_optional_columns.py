"""A column that no rule needs can't cost a child: whatever stands in it, every child in care stays, and so does every list."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

import metrics
from data.contract.contract import tables
from data.reading.reading import read_night
from data.settings import Settings
from tests.data.small_night import AS_AT, SMALL, small
from tests.deep import examples
from tests.support.extracts import write_extracts
from tests.support.product import count_rules

POLICIES = ("hertfordshire", "hertfordshire_service", "south_east", "salford", "cheshire_east", "slough", "england")
OPTIONAL = [(table.name, column) for table in tables().values() for column in table.columns if column.optional]
JUDGED = ("code", "date", "number", "flag")
HERE = Path(metrics.__file__).parent
# Where the definitions decide: the spine, the measures, and the answers that count beside them.
DECIDING = (
    "spine/*.sql",
    "measures/*/*.sql",
    "engine/lists.sql",
    "answers/journeys/*.sql",
    "answers/england/adoption_indicators.sql",
    "answers/drift/drift*.sql",
    "answers/service/adopters.sql",
)
# Rules that use these have an answer for "not known": no distance is no far placement, no provider is no known provider, no need code
# says nothing of a child, an immigration status with no days is in force, and
# without a final hearing no meeting is due before it.
NOT_KNOWN_IS_AN_ANSWER = {
    "clap_cla_placement_provider",
    "clap_cla_placement_distance",
    "clae_cla_primary_need_code",
    "immi_immigration_status_start_date",
    "immi_immigration_status_end_date",
    "final_hearing_date",
}


def deciding_sql() -> str:
    found = {pattern: sorted(HERE.glob(pattern)) for pattern in DECIDING}
    assert all(found.values()), "every pattern finds a file"
    return "\n".join(path.read_text(encoding="utf-8") for paths in found.values() for path in paths)


def test_no_column_by_which_a_definition_decides_may_be_left_empty_for_a_bad_value():
    sql = deciding_sql()
    wrong = {column.name for _, column in OPTIONAL if re.search(rf"\b{column.name}\b", sql)} - NOT_KNOWN_IS_AN_ANSWER
    assert wrong == set()
    assert not [column.name for _, column in OPTIONAL if column.required or column.filled]


def test_a_column_by_which_nothing_decides_costs_no_row():
    sql = deciding_sql() + (HERE / "answers" / "service" / "proceedings.sql").read_text(encoding="utf-8")
    needless = {
        column.name
        for table in tables().values()
        for column in table.columns
        if column.kind in JUDGED and not column.required and not re.search(rf"\b{column.name}\b", sql)
    }
    assert needless <= {column.name for _, column in OPTIONAL}


def records(values: dict[str, object]) -> dict:
    """Three children in care with every table that has an optional column; ``values`` stand in those columns."""
    plain = {
        **small(),
        "ssd_permanence": [{"perm_person_id": "001", "perm_placement_order_date": "2026-01-01", "perm_table_id": "1"}],
        "ssd_pre_proceedings": [{"prep_person_id": "002", "prep_pre_pro_decision_date": "2026-01-01", "prep_table_id": "1"}],
        "ssd_immigration_status": [{"immi_person_id": "003"}],
        "local_carer_matches": [{"person_id": "001", "match_type": "LTF", "match_date": "2026-01-01"}],
        "local_care_proceedings": [{"person_id": "003", "issued_date": "2026-01-01"}],
        "local_prospective_adopters": [{"approved_date": "2026-01-01"}],
        "ssd_care_leavers": [{"clea_person_id": "003"}],
        "ssd_mother": [{"moth_childs_person_id": "001"}],
        "local_documents": [{"person_id": "001", "document_type": "ALERT", "sent_date": "2026-01-01"}],
    }
    plain["ssd_cla_placement"] = [
        {**SMALL["ssd_cla_placement"][0], "clap_person_id": child, "clap_cla_placement_id": child}
        for child in ("001", "002", "003")
    ]
    written: dict[str, list[dict]] = {}
    for name, rows in plain.items():
        here = {column.name: values[column.name] for table, column in OPTIONAL if table == name and column.name in values}
        written[name] = [{**row, **here} for row in rows]
    return written


def lists_of(values: dict[str, object]) -> tuple[list, list, list]:
    """Children in care, every list of every policy, and the rows quarantined."""
    chosen, days = Settings(policies=POLICIES), [date(2026, 6, 30), AS_AT]
    with TemporaryDirectory() as folder, duckdb.connect() as con:
        read_night(con, write_extracts(Path(folder), records(values)), chosen, AS_AT)
        count_rules(con, days, chosen)
        asked = (
            "select as_at, child_id from spine order by all",
            "select * from listed order by all",
            "from rejects order by all",
        )
        return tuple(con.execute(sql).fetchall() for sql in asked)


@cache
def lists_without() -> tuple[list, list, list]:
    return lists_of({})


garbage = st.one_of(
    st.sampled_from(
        ["N0", "N9", "12 miles", "31/02/2026", "9999", "?", "not known", "PR9", "X", "-", "1e999", '"', "a,b", "tbc\nlater"]
    ),
    st.text(st.characters(blacklist_categories=("Cs", "Cc"), max_codepoint=0x2FFF), min_size=1, max_size=12),
)


@settings(max_examples=examples(3, 12), deadline=None)
@given(st.dictionaries(st.sampled_from([column.name for _, column in OPTIONAL]), garbage, min_size=4))
def test_whatever_stands_in_such_columns_every_child_and_every_list_stays(values):
    in_care, lists, rejects = lists_of(values)
    assert len(in_care) == 6 and rejects == []
    # A value that happens to be one of the list, or a number, is no garbage, and rules may use it.
    known = {name for name, value in values.items() if name in NOT_KNOWN_IS_AN_ANSWER and is_a_value(name, value)}
    if not known:
        assert (in_care, lists) == lists_without()[:2]


def is_a_value(name: str, value: str) -> bool:
    plain = value.strip().upper()
    return plain.startswith("PR") or bool(re.match(r"[+-]?[\d.]", plain))


def test_a_value_that_cannot_be_read_is_flagged_with_its_file_row_column_and_value():
    values = {column.name: "Q?9" for _, column in OPTIONAL}
    with TemporaryDirectory() as folder, duckdb.connect() as con:
        report = read_night(con, write_extracts(Path(folder), records(values)), Settings(), AS_AT)
        flags = con.execute(
            "select table_name, source_row, message from flags where rule = 'value_not_read' order by source_row"
        ).fetchall()
        for table, column in OPTIONAL:
            actual = [flag for flag in flags if flag[2].startswith(column.name)]
            assert actual and {name for name, _, _ in actual} == {table} and actual[0][1] == 2, column.name
            assert all("'Q?9'" in message for _, _, message in actual)
            assert con.execute(f"select count({column.name}) from {table}").fetchone()[0] == 0
            assert any(
                f"{table}.csv: {len(actual):,} values of {column.name} were left empty" in text for text in report.warnings
            )
