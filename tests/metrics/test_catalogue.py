"""A measure's file is checked when it is read, with an error that names the file, the key and why."""

from __future__ import annotations

import pytest

from metrics.catalogue import CatalogueError, measures, read_measure

GOOD = """-- title: A title
-- asks: Which children?
-- why: Because,
--      over two lines.
-- kind: measure
-- parameters: option
-- needs: ssd_cla_care_plan
-- source: 2.2
select 1 where $option = 'a'
"""


def _written(tmp_path, text: str):
    path = tmp_path / "a_measure.sql"
    path.write_text(text)
    return path


def test_every_measure_of_the_product_reads():
    assert {"no_current_plan", "option_in_plan", "subject_to_placement_order"} <= set(measures())


def test_a_header_may_run_over_several_lines(tmp_path):
    measure = read_measure(_written(tmp_path, GOOD))
    assert measure.why == "Because, over two lines."
    assert measure.parameters == ("option",)
    assert measure.sql == "select 1 where $option = 'a'"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("-- asks: Which children?\n", ""), "no 'asks'"),
        (("-- kind:", "-- kinds:"), "has no key"),
        (("ssd_cla_care_plan", "ssd_care_plan"), "'ssd_care_plan' is not a table of the contract"),
        (("-- parameters: option\n", ""), "['option']"),
        (("$option", "'b'"), "['option']"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_reason(tmp_path, change, says):
    with pytest.raises(CatalogueError) as refused:
        read_measure(_written(tmp_path, GOOD.replace(*change)))
    assert "a_measure.sql" in str(refused.value)
    assert says in str(refused.value)


def test_a_measure_lacks_a_table_it_needs_and_one_of_those_of_which_any_will_do():
    supplied = dict.fromkeys(("ssd_cla_care_plan", "ssd_permanence", "local_carer_matches"), False)
    measure = measures()["adoption_plan_without_placement"]
    assert measure.missing(supplied) == ("ssd_cla_care_plan", "ssd_permanence or local_carer_matches")
    assert measure.missing(supplied | {"ssd_cla_care_plan": True, "ssd_permanence": True}) == ()
    assert measure.not_supplied(supplied | {"ssd_permanence": True}) == ("local_carer_matches",)
