"""A measure's file is checked when it is read, with an error that names the file, the key and why."""

from __future__ import annotations

import pytest

from metrics.engine.catalogue import measures, read_measure

GOOD = """-- title: A title
-- asks: Which children?
-- why: Because,
--      over two lines.
-- kind: measure
-- parameters: option
-- needs: ssd_cla_care_plan
-- source: 2.2
select as_at, child_number, entered_care as clock_start, plan_shown as detail
from spine
where plan_shown = $option
"""


def _written(tmp_path, text: str):
    path = tmp_path / "a_measure.sql"
    path.write_text(text)
    return path


def test_every_measure_of_the_product_reads():
    assert {"no_current_plan", "option_in_plan", "subject_to_placement_order"} <= set(measures())
    assert [measure.problem for measure in measures().values() if measure.problem] == []


def test_a_header_may_run_over_several_lines(tmp_path):
    measure = read_measure(_written(tmp_path, GOOD))
    assert measure.why == "Because, over two lines."
    assert measure.parameters == ("option",)
    assert measure.sql.startswith("select as_at") and measure.sql.endswith("where plan_shown = $option")
    assert measure.problem == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("-- asks: Which children?\n", ""), "a_measure.sql: the header has no 'asks'; add a line '-- asks: ...'"),
        (("-- kind:", "-- kinds:"), "line 5: the header line '-- kinds: measure' has no key; did you mean \"kind\"?"),
        (("-- kind: measure", "-- kind: measures"), "line 5: the kind 'measures' is not one of measure, milestone"),
        (("-- source: 2.2", "-- kind: measure"), "line 8: the header has 'kind' twice"),
        (
            ("ssd_cla_care_plan", "ssd_care_plan"),
            "line 7: 'ssd_care_plan' is not a table of the contract; did you mean \"ssd_cla_care_plan\"?",
        ),
        (
            ("-- source: 2.2", "-- source: 2.2\n-- uses: ssd_cla_review"),
            "line 9: 'ssd_cla_review' is not a table of the contract; did you mean \"ssd_cla_reviews\"?",
        ),
        (
            ("-- source: 2.2", "-- source: 2.2\n-- evidence: planss"),
            "line 9: there is no evidence 'planss'; did you mean \"plans\"?",
        ),
        (("-- source: 2.2", "-- source: 2.2\n-- clock: options"), "line 9: the clock 'options' is not 'option'"),
        (("-- parameters: option\n", ""), "line 10: the SQL uses $option, which is not among the header's parameters"),
        (
            ("$option", "$optoin"),
            'line 11: the SQL uses $optoin, which is not among the header\'s parameters; did you mean "$option"?',
        ),
        (("= $option", "= 'b'"), "line 6: the SQL does not use the parameter 'option'"),
        (
            ("where plan_shown", "where plan_shwn"),
            'line 11: Referenced column "plan_shwn" not found in FROM clause; did you mean "plan_shown"',
        ),
        (("from spine", "from spines"), 'line 10: Table with name spines does not exist; did you mean "spine"'),
        (("where plan_shown =", "where plan_shown = ="), "line 11: syntax error"),
        (("plan_shown as detail", "months_aftr(entered_care, 3)::varchar as detail"), 'did you mean "months_after"'),
        (
            ("as clock_start", "as clock_strt"),
            'gives no column "clock_start", which a measure must have; did you mean "clock_strt"',
        ),
        (("entered_care as clock_start", "age as clock_start"), 'the column "clock_start" is BIGINT; it must be a date'),
        (("child_number,", "child_id as child_number,"), 'the column "child_number" is VARCHAR; it must be a whole number'),
        (("entered_care as clock_start", "null as clock_start"), 'the column "clock_start" is nothing but null'),
        (
            ("where plan_shown = $option", "where plan_shown = $option; drop table spine"),
            "a measure is one SELECT and nothing else",
        ),
        (
            ("-- kind: measure", "-- kind: milestone"),
            'gives no column "due_date", which a milestone must have',
        ),
        (("-- source: 2.2", "-- source: 2.2\n-- clock: option"), 'gives no column "recorded_start"'),
        (("-- source: 2.2", "-- source: 2.2\n-- ownr: Us"), 'did you mean "owner"?'),
        (("-- source: 2.2", "-- source: 2.2\n-- owner: "), "line 9: 'owner' has no words"),
        (
            ("-- source: 2.2", "-- source: 2.2\n-- reviewed: 28/11/2026"),
            "line 9: 'reviewed' is '28/11/2026'; write a date such as",
        ),
        (("-- source: 2.2", "-- source: 2.2\n-- reviewed: 2026-11-31"), "or 'not yet'"),
        (
            ("-- source: 2.2", "-- source: 2.2\n-- next_review: not yet"),
            "line 9: 'next_review' is 'not yet'; write a date such as",
        ),
        (("-- source: 2.2", "-- source: 2.2\n-- next_review: 20271128"), "line 9: 'next_review' is '20271128'"),
        (
            ("-- source: 2.2", "-- source: 2.2\n-- reviewed: 2026-11-28\n-- next_review: 2026-11-28"),
            "line 10: 'next_review' is 2026-11-28, and the definition was reviewed on 2026-11-28; give a later day",
        ),
        (("-- source: 2.2", "-- source: 2.2\n-- low_is_good: yes"), "line 9: 'low_is_good' is 'yes'; write true"),
        (("-- source: 2.2", "-- source: 2.2\n-- low_is_good: over"), "or over a limit (neither is, unless the rule has a limit"),
        (("-- source: 2.2", "-- source: 2.2\n-- due: clock_start"), "'due: clock_start' is a milestone's, and this is a measure"),
    ],
)
def test_a_mistake_is_told_when_the_file_is_read_with_its_line_and_a_remedy(tmp_path, change, says):
    assert change[0] in GOOD
    problem = read_measure(_written(tmp_path, GOOD.replace(*change))).problem
    assert "a_measure.sql" in problem
    assert says in problem


def test_a_file_that_cannot_be_read_as_text_has_a_problem_too(tmp_path):
    path = tmp_path / "a_measure.sql"
    path.write_bytes(GOOD.replace("A title", "Caf\xe9").encode("cp1252"))
    assert "is not UTF-8" in read_measure(path).problem


def test_a_semicolon_at_the_end_and_an_empty_line_at_the_top_are_no_mistake(tmp_path):
    text = GOOD.replace("select as_at", "\nselect as_at").replace("= $option\n", "= $option;\n\n")
    assert read_measure(_written(tmp_path, text)).problem == ""
    wrong = read_measure(_written(tmp_path, text.replace("where plan_shown", "where plan_shwn"))).problem
    assert "line 12" in wrong


def test_a_measure_lacks_a_table_it_needs_and_one_of_those_of_which_any_will_do():
    supplied = dict.fromkeys(("ssd_cla_care_plan", "ssd_permanence", "local_carer_matches"), False)
    measure = measures()["adoption_plan_without_placement"]
    assert measure.missing(supplied) == ("ssd_cla_care_plan", "ssd_permanence or local_carer_matches")
    assert measure.missing(supplied | {"ssd_cla_care_plan": True, "ssd_permanence": True}) == ()
    assert measure.not_supplied(supplied | {"ssd_permanence": True}) == ("local_carer_matches",)
