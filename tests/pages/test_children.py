"""The list of one rule's children: the engine's rows, the filters; test_odd_nights has the restricted record."""

from __future__ import annotations

import pytest

from metrics.answers.kinds.kinds import categories, kinds
from metrics.engine.engine import Engine
from metrics.strategic.dimensions import COUNTY, count_dimensions
from tests.pages.screen import Screen
from tests.support.scopes import asking
from words.dates import british
from words.labels import RESTRICTED_RECORD

RULE = "ltf_12m"
CAPTION = "Children on the list: Long-term fostering plan for 12 months or more"


@pytest.fixture(scope="module")
def frame(engine: Engine):
    return engine.children("hertfordshire", [RULE], asking(roles=frozenset()))


def test_the_list_is_the_engines_in_its_order(frame):
    screen = Screen("children", rule=RULE)
    rows = screen.rows(CAPTION)
    assert [row["Child ID"] for row in rows] == list(frame["child_id"])[:100]
    first = frame.iloc[0]
    assert rows[0]["Days over"] == f"{first['days_over']:,}"
    assert rows[0]["Since"] == british(first["since"])
    assert rows[0]["Limit date"] == british(first["limit_date"])
    assert f"{len(frame)} children on 31/10/2026" in screen.text


def test_the_columns_are_those_of_a_panels_list():
    (row, *_) = Screen("children", rule=RULE).rows(CAPTION)
    assert set(row) == {
        *("Child ID", "Legacy ID", "Name", "Age", "Service", "Team", "Worker", "Plan", "Since", "Clock", "Limit date"),
        *("Days over", "Legal status", "Placement", "Last review", "Detail"),
    }


def test_a_list_whose_clock_is_not_an_options_has_no_column_for_it():
    (row, *_) = Screen("children", rule="no_current_plan").rows("Children on the list: No current plan")
    assert "Since" in row and "Clock" not in row


@pytest.mark.parametrize(("rule", "says_more"), [("return_home_6m", False), ("plan_residential", False), ("ltf_12m", True)])
def test_a_detail_that_says_what_the_plan_says_has_no_column(engine: Engine, rule: str, says_more: bool):
    title = engine.rule("hertfordshire", rule).title
    rows = Screen("children", rule=rule).rows(f"Children on the list: {title}")
    assert rows and all(("Detail" in row) is says_more for row in rows)
    listed = engine.children("hertfordshire", [rule], asking(roles=frozenset()))
    known = listed[listed["name"].notna()]
    assert len(known) > 1 and bool(known["detail"].ne(known["plan"]).any()) is says_more


def test_a_filter_of_the_address_is_the_boxs_too(frame):
    team = frame["team"].value_counts().index[0]
    screen = Screen("children", rule=RULE, team=team)
    assert screen.app.selectbox(key="choose team").value == team
    assert len(screen.rows(CAPTION)) == (frame["team"] == team).sum()
    screen.app.selectbox(key="choose team").set_value("").run()
    assert len(screen.rows(CAPTION)) == len(frame)
    assert "team" not in screen.app.query_params


def test_the_rule_always_stands_in_the_address():
    assert Screen("children").app.query_params["rule"] == "no_current_plan"


def test_a_group_with_nobody_on_the_list_is_an_answer(engine: Engine, frame):
    empty = set(engine.groups(asking())["team"]) - set(frame["team"])
    assert empty
    screen = Screen("children", rule=RULE, team=min(empty))
    assert "No child is on this list on 31/10/2026 with these filters." in screen.text
    assert "0 children on 31/10/2026" in screen.text


def test_the_details_add_up_to_the_list(frame):
    text = Screen("children", rule=RULE).text
    for detail, count in frame["detail"].fillna("restricted record").value_counts().items():
        assert f"{detail}: {count}" in text


def test_another_order_can_be_chosen(frame):
    screen = Screen("children", rule=RULE)
    screen.app.selectbox(key="choose sort_children").set_value("child_id").run()
    assert [row["Child ID"] for row in screen.rows(CAPTION)] == sorted(frame["child_id"])[:100]


def test_the_kinds_are_those_by_which_children_are_counted(engine: Engine):
    found = kinds(engine, asking(roles=None), engine.as_at)
    counted = count_dimensions(engine, engine.as_at)
    for name, dimension in (
        ("age_group", "age"),
        ("sex", "sex"),
        ("legal_status", "legal_status"),
        ("placement", "placement"),
        ("plan", "plan"),
    ):
        every = found[name].value_counts().to_dict()
        assert set(every) <= set(categories()[name])
        assert every == {
            category: number for (kind, where, category), number in counted.items() if (kind, where) == (dimension, COUNTY)
        }
    assert 0 < (found["unaccompanied"] == "Yes").sum() < len(found) / 2


@pytest.mark.parametrize(
    ("kind", "category"),
    [("unaccompanied", "Yes"), ("unaccompanied", "No"), ("sex", "Male"), ("age_group", "10 to 15"), ("placement", "Residential")],
)
def test_a_kind_of_child_narrows_the_list_and_says_so(frame, engine: Engine, kind: str, category: str):
    found = kinds(engine, asking(roles=frozenset()), engine.as_at)
    those = {*found[found[kind] == category]["child_id"], RESTRICTED_RECORD}  # of which kind it is is hidden, so it stays
    screen = Screen("children", rule=RULE, **{kind: category})
    expected = [child for child in frame["child_id"] if child in those]
    listed = [row["Child ID"] for row in screen.rows(CAPTION)] if expected else []
    assert listed == expected[:100]
    assert f"Filtered by {kind.replace('_', ' ')}: {category}. {len(expected)} of {len(frame)} children." in screen.text
    assert f"{len(frame)} children on 31/10/2026" in screen.text, "the figure is still of every child"


def test_two_kinds_are_both_asked_for(frame, engine: Engine):
    found = kinds(engine, asking(roles=frozenset()), engine.as_at).set_index("child_id")
    screen = Screen("children", rule=RULE, sex="Female", age_group="10 to 15")
    those = {*found[(found["sex"] == "Female") & (found["age_group"] == "10 to 15")].index, RESTRICTED_RECORD}
    assert [row["Child ID"] for row in screen.rows(CAPTION)] == [child for child in frame["child_id"] if child in those][:100]


def test_a_kind_that_there_is_not_is_refused():
    screen = Screen("children", rule=RULE, sex="Robot")
    assert not screen.broken
    assert any("the sex 'Robot'" in text for text in screen.alerts)
