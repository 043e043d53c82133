"""Every term that a measure's SQL speaks of has a definition that is true of the SQL, and worked examples that there are."""

from __future__ import annotations

import csv
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.engine.catalogue import measures
from metrics.engine.counting import definitions
from metrics.engine.sql_terms import spoken
from metrics.engine.terms import COLUMNS_OF, EVERYWHERE, columns, made, term_of, terms
from metrics.spine import FILES, TERM, _statements
from tests.metrics.worked_examples import WORKED_EXAMPLES

MEASURES = measures()
LOADED = ("codes", "supplied", "calendar_day", "working_day", "reporting_dates", "role_word", "council_authority")


def _case_terms() -> set[str]:
    with WORKED_EXAMPLES.open(encoding="utf-8", newline="") as file:
        return {row["term"] for row in csv.DictReader(file) if row["rule"] == "term"}


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.id)
def test_every_table_column_and_function_that_a_measure_uses_is_defined(measure):
    found = spoken(measure.sql)
    assert found.mentions
    for name in (*found.tables, *found.macros):
        assert terms()[name].words.endswith(".")
        assert name in made() or name in LOADED
    undefined = [f"{table}.{column}" for table in found.tables for column in columns(table) if term_of(table, column) is None]
    assert undefined == []
    for mention in found.mentions:
        table, _, column = mention.term.partition(".")
        said = measure.sql[mention.start : mention.end]
        assert said.split(".")[-1] == (column or table)


def test_every_definition_names_something_that_there_is():
    tables = [name for name in (*made(), *LOADED) if columns(name)]
    for name in terms():
        table, _, column = name.partition(".")
        if not column:
            assert name in made() or name in LOADED
        elif table == EVERYWHERE:
            assert any(column in columns(one) for one in tables), name
        elif column == EVERYWHERE:
            assert terms()[name].words.startswith(COLUMNS_OF)
            assert columns(terms()[name].words.removeprefix(COLUMNS_OF))
        else:
            assert column in columns(table), name


def test_definitions_and_worked_examples_lead_to_each_other():
    named = {case for term in terms().values() for case in term.cases}
    assert named == _case_terms()


def test_to_define_a_term_in_other_words_computes_no_list_again():
    """What a night keeps stays in use: the definitions are for readers, and no figure changes with them."""
    assert "-- term: " not in definitions()
    assert "-- cases: " not in definitions()
    text = "-- Why.\n-- term: one: Words\n--      over lines.\n-- cases: Plan\ncreate one;\n"
    assert TERM.sub("", text) == "-- Why.\ncreate one;\n"


def test_a_definition_changes_no_statement_of_the_spine():
    """The words of a comment are no table that a statement needs."""
    for _, name, statement in _statements():
        assert not re.search(r"^--", statement, re.MULTILINE), name
    assert sum(path.read_text(encoding="utf-8").count("\n-- term: ") for path in FILES) > 100


def test_a_name_in_a_with_hides_the_table_of_that_name():
    hidden = spoken("with spine as (select 1 as age) select spine.age from spine")
    assert (hidden.tables, hidden.mentions) == ({}, ())
    inside = spoken("with plan as (select plan.turn from plan) select turn from plan")
    assert inside.tables == {"plan": ("turn",)}


def test_columns_are_found_through_aliases_joins_stars_and_subqueries():
    sql = """select s.age, turn, (select max(plan.start_date) from plan)
from spine as s
left join ticked_plan using (child_number, plan_row)
where exists (select * from period where period.child_number = s.child_number)"""
    assert spoken(sql).tables == {
        "spine": ("age", "child_number", "plan_row"),
        "ticked_plan": ("turn", "child_number", "plan_row"),
        "plan": ("start_date",),
        "period": ("child_number", "entered_care"),
    }


def test_a_macro_and_a_table_macro_are_terms_and_an_extract_is_not():
    sql = "select months_after(held.meeting_date, 3), lower(x.a) from first_planning_meeting(['PPM']) as held, ssd_person as x"
    found = spoken(sql)
    assert found.macros == ("months_after",)
    assert found.tables == {"first_planning_meeting": ("meeting_date",)}
    assert [sql[one.start : one.end] for one in found.mentions] == ["months_after", "held.meeting_date", "first_planning_meeting"]


def test_a_text_that_cannot_be_read_has_no_terms():
    assert spoken("select from from").mentions == ()


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="aé€\U0001f600 '", max_size=20))
def test_mentions_count_characters_whatever_stands_before_them(text):
    sql = f"select '{text.replace(chr(39), chr(39) * 2)}' as said, spine.age from spine"
    assert [sql[one.start : one.end] for one in spoken(sql).mentions] == ["spine.age", "spine"]


BEYOND_CARE = {
    "asked",
    "in_care_or_court",
    "in_care_or_relinquished",
    "in_pre_proceedings",
    "in_proceedings",
    "left_care",
    "under_age_in_care_or_court",
}


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.id)
def test_a_measure_says_what_it_is_a_share_of_who_answers_for_it_and_when_it_was_read(measure):
    review = measure.review
    assert review.missing == ()
    assert review.owner and review.checked_by
    assert review.next_review
    assert review.out_of == measure.population.title
    # A list of others than children in care is no share of those.
    others = {
        "known_on_day",
        "followed_on_day",
        "left_care_on_day",
        "left_care_in_year",
        "unplanned_return_on_day",
        "not_in_care_on_day",
    } & set(spoken(measure.sql).tables)
    assert not others or measure.population.id in BEYOND_CARE
