"""From the text of a plan to its ticked options, whatever the system made of it."""

from __future__ import annotations

import json

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data.contract.code_matching import read_code_lists
from data.contract.contract import code_sets, tables
from data.contract.plans import match_plans
from data.settings import Settings
from tests.data.small_night import SMALL, read, small
from tests.deep import examples

KEYS = [key for key in code_sets()["plan_option"].codes if key != "SPECGUARD"]
BLANK = dict.fromkeys(KEYS, "")


def understood(texts: list[str]) -> dict[str, tuple[list[str] | None, bool]]:
    """{text: (ticks, recovered)}; ticks are None for a text that cannot be read."""
    with duckdb.connect() as con:
        con.execute("create temp table stage as select unnest($texts) as lacp_cla_care_plan_json", {"texts": texts})
        match_plans(con, read_code_lists(None), tables()["ssd_cla_care_plan"].column("lacp_cla_care_plan_json"))
        found = con.execute("select text, ticks, recovered, known from match_lacp_cla_care_plan_json").fetchall()
    return {text: (ticks if known else None, recovered) for text, ticks, recovered, known in found}


def ticks(text: str) -> list[str] | None:
    return understood([text])[text][0]


def ticks_of_each(answers: list) -> list[list[str] | None]:
    """The ticks of plans that have these answers to one of the questions."""
    texts = [json.dumps({**BLANK, "ADOPTION": answer}) for answer in answers]
    told = understood(texts)
    return [told[text][0] for text in texts]


def test_any_other_answer_is_a_tick():
    answers = ["Y", "yes", "1", "true", True, 1, "x", "Option 2"]
    assert ticks_of_each(answers) == [["ADOPTION"]] * len(answers)


def test_an_empty_answer_and_the_four_words_are_no_tick():
    answers = ["", " ", None, "N", "n", "No", "NO", "False", "false", False, "0", 0]
    assert ticks_of_each(answers) == [[]] * len(answers)


def test_several_ticks_are_parallel_planning_in_the_order_of_the_list():
    assert ticks(json.dumps({"OTHERPLN": "Y", "ADOPTION": "Y", "RETURN1M": "Y"})) == ["RETURN1M", "ADOPTION", "OTHERPLN"]


def test_keys_have_any_order_and_letter_case_and_unknown_ones_are_ignored():
    assert ticks('{"colour": "Y", "ltfost18": "Y", "Adoption": "N"}') == ["LTFOST18"]


def test_bare_codes_and_the_seven_values_of_annex_a_are_one_tick():
    expected = {
        "LTFOST18": ["LTFOST18"],
        " ltfost18 ": ["LTFOST18"],
        '"LTFOST18"': ["LTFOST18"],
        '["LTFOST18", "ADOPTION"]': ["LTFOST18", "ADOPTION"],
        "a) Return to family": ["RETURNEV"],
        "B) ADOPTION": ["ADOPTION"],
        "c) SGO/CAO": ["SPECGUARD"],
        "d) supported living": ["SUPPLIV"],
        "E) Long-Term Residential Placement": ["RESPLMT"],
        "F) Long-Term Fostering": ["LTFOST18"],
        "g)Other": ["OTHERPLN"],
        "Long term  fostering": ["LTFOST18"],
        "Special Guardianship Order": ["SPECGUARD"],
        "{}": [],
        "null": [],
        "[]": [],
    }
    assert {text: found for text, (found, _) in understood(list(expected)).items()} == expected


def test_anything_else_cannot_be_read():
    texts = [
        "to be agreed",
        "h) nothing",
        "12",
        '{"colour": "Y"}',
        '["LTFOST18", "blue"]',
        "LTFOST18 or perhaps not",
        "{'ADOPTION': 'Y'}",
    ]
    assert {text: found for text, (found, _) in understood(texts).items()} == dict.fromkeys(texts)


WHOLE = json.dumps({**BLANK, "LTFOST18": "Y", "OTHERPLN": "A long answer"})


def test_a_text_cut_after_a_tick_gives_that_tick_and_says_that_it_was_recovered():
    assert understood([WHOLE[: WHOLE.index("RESPLMT")]]).popitem()[1] == (["LTFOST18"], True)


def test_a_text_cut_before_any_tick_cannot_be_read():
    assert ticks(WHOLE[: WHOLE.index("LTFOST18")]) is None
    assert ticks(WHOLE[: WHOLE.index('Y"')]) is None


def test_a_text_cut_after_all_ten_blank_answers_is_a_blank_plan():
    assert understood([json.dumps(BLANK)[:-1]]).popitem()[1] == ([], True)
    assert ticks(json.dumps(BLANK)[:-3]) is None


@pytest.mark.parametrize("answer", ['the "best" plan', '"quoted"', 'N" maybe', 'an end"'])
def test_an_unescaped_quotation_mark_is_part_of_an_answer_and_so_a_tick(answer):
    text = json.dumps({**BLANK, "OTHERPLN": "ANSWER"}).replace("ANSWER", answer)
    assert understood([text]).popitem()[1] == (["OTHERPLN"], True)


answers = st.sampled_from(["", "Y", "N", "no", "False", "0", "yes", "1"]) | st.text(
    st.characters(codec="ascii", categories=("L", "N", "P", "Zs")), max_size=12
)
plans = st.dictionaries(st.sampled_from([*KEYS, "COLOUR"]), answers | st.none() | st.booleans() | st.integers(0, 2))


def reference(plan: dict) -> list[str] | None:
    if plan and not set(plan) & set(KEYS):
        return None
    answers = {key: "" if answer is None else str(answer).strip().lower() for key, answer in plan.items()}
    return [key for key in KEYS if answers.get(key, "") not in ("", "n", "no", "false", "0", "null")]


@settings(max_examples=examples(15, 60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(plans, min_size=1, max_size=25))
@example([{"ADOPTION": '"'}, {"ADOPTION": "\\"}])
def test_whole_objects_agree_with_the_reference_reading(many):
    expected = {json.dumps(plan): (reference(plan), False) for plan in many}
    assert understood(list(expected)) == expected


@settings(max_examples=examples(15, 60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["", "Y", "N", "No", "Yes, agreed"]), min_size=1), st.data())
def test_a_cut_text_never_invents_a_tick_and_is_never_called_blank_unless_all_ten_were_read(answers, data):
    plan = {**BLANK, **answers}
    text = json.dumps(plan)
    cut = text[: data.draw(st.integers(1, len(text)))]
    found, recovered = understood([cut])[cut]
    if found is None:
        # Nothing ticked was whole before the cut.
        assert not [key for key in reference(plan) if f'"{key}": "{plan[key]}"' in cut]
    else:
        assert recovered == (cut != text)
        assert found == [key for key in reference(plan) if f'"{key}": "{plan[key]}"' in cut]
        assert found or all(f'"{key}": "{plan[key]}"' in cut for key in KEYS)


def plan_row(**columns) -> dict:
    return {**SMALL["ssd_cla_care_plan"][0], **columns}


def test_ticks_and_options_stand_in_the_typed_table(tmp_path):
    texts = [json.dumps({"RETURN1M": "Y", "RETURN6M": "Y", "ADOPTION": "Y"}), "", WHOLE[: WHOLE.index("RESPLMT")]]
    reading = read(tmp_path, small(ssd_cla_care_plan=[plan_row(lacp_cla_care_plan_json=text) for text in texts]))
    columns = "lacp_ticks, lacp_options, lacp_recovered, lacp_cla_care_plan_json"
    assert reading.rows(f"select {columns} from ssd_cla_care_plan order by source_row") == [
        (["RETURN1M", "RETURN6M", "ADOPTION"], ["return_home", "adoption"], False, texts[0]),
        ([], [], False, None),
        (["LTFOST18"], ["long_term_fostering"], True, texts[2]),
    ]
    assert reading.flags() == [("plan_recovered", "ssd_cla_care_plan", 4)]


def test_a_plan_that_cannot_be_read_is_quarantined_and_its_dates_are_kept(tmp_path):
    bad = plan_row(lacp_cla_care_plan_json="see file", lacp_cla_care_plan_end_date="31/12/2025")
    reading = read(tmp_path, small(ssd_cla_care_plan=[plan_row(), bad]))
    assert reading.rejects() == [("ssd_cla_care_plan", 3, "unreadable_plan")]
    assert reading.rows(
        "select lacp_table_id, lacp_person_id, strftime(columns('date'), '%d/%m/%Y'), source_row from unreadable_plans"
    ) == [("ssd_cla_care_plan-2", "001", "20/02/2025", "31/12/2025", 3)]


def test_where_the_end_is_the_forms_completion_no_plan_has_an_end(tmp_path):
    plan = plan_row(lacp_cla_care_plan_end_date="2025-03-01")
    reading = read(tmp_path, small(ssd_cla_care_plan=[plan]), Settings(plan_end_is_completion=True))
    assert reading.values("select lacp_cla_care_plan_end_date from ssd_cla_care_plan") == [None]
