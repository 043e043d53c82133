"""What began before the policy, or before the records, is a group of its own: on a milestone never overdue, on a list marked."""

from __future__ import annotations

from datetime import date

import pytest

from data.settings import Settings
from metrics.answers.backlog import backlog
from metrics.answers.child.child import child
from metrics.engine.engine import QuestionError
from metrics.engine.plain import plain_rows
from metrics.engine.policies import policies_in_use
from metrics.engine.policy import PolicyError
from tests.metrics.cases.national_child import national
from tests.support.builder import records
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking

pytestmark = pytest.mark.slow

FIRST = "first_review_20d"
DAY = date(2026, 3, 31)
STATES = "select child_id, state from milestone where rule = $rule order by child_id"


def _engine(*children, rules=None, **settings) -> RecordsEngine:
    return RecordsEngine(records(*children), (DAY,), Settings(policies=("england",), **settings), rules=rules)


def _states(engine: RecordsEngine, rule: str = FIRST) -> dict[str, str]:
    with engine.view(asking(), (DAY,), [engine.rule("england", rule)]) as view:
        return dict(view.execute(STATES, {"rule": rule}).fetchall())


def _entered(name: str, day: str):
    return national(name).in_care(day)


def test_a_milestone_that_started_before_the_policy_is_never_overdue():
    states = {"2025-03-31": "before the policy", "2025-04-01": "overdue", "2025-04-02": "overdue"}
    engine = _engine(*(_entered(day, day) for day in states), rules=[FIRST], applies_from={"england": date(2025, 4, 1)})
    assert _states(engine) == states
    assert sorted(engine.children("england", [FIRST], asking())["child_id"]) == ["2025-04-01", "2025-04-02"]


def test_a_milestone_that_started_before_the_records_cannot_be_judged():
    states = {"2020-03-30": "before the records", "2020-03-31": "overdue", "2020-04-01": "overdue"}
    assert _states(_engine(*(_entered(day, day) for day in states), rules=[FIRST])) == states


def test_before_the_records_goes_before_the_policy_and_what_was_done_is_apart_too():
    one = _entered("A", "2021-05-01").review("2021-05-20")
    before_both = {"records_from": date(2021, 6, 1), "applies_from": {"england": date(2022, 1, 1)}}
    assert _states(_engine(one, rules=[FIRST], **before_both)) == {"A": "before the records"}
    assert _states(_engine(one, rules=[FIRST], records_from=date(2021, 5, 1))) == {"A": "done in time"}


def test_a_later_start_is_judged_although_an_earlier_one_is_before_the_policy():
    # Two placements, each with its visit in the first week: the policy applies between the two.
    one = (
        _entered("A", "2025-01-06")
        .placement("U6", "2025-01-06", "2025-06-02", id="H1")
        .placement("U6", "2025-06-02", id="H2", urn="X")
    )
    engine = _engine(one, rules=["visit_1w"], applies_from={"england": date(2025, 3, 1)})
    assert _states(engine, "visit_1w") == {"A": "overdue"}


def test_a_rules_own_day_goes_before_its_policys():
    settings = Settings(policies=("england",), applies_from={"england": date(2025, 4, 1), f"england.{FIRST}": date(2025, 6, 1)})
    england = policies_in_use(settings)["england"]
    assert (england.rule(FIRST).applies_from, england.rule("visit_1w").applies_from) == (date(2025, 6, 1), date(2025, 4, 1))


def test_a_list_is_not_shortened_and_marks_who_was_on_it_before():
    applies = date(2025, 8, 1)
    # Twenty-six weeks after these days of issue: the day before the policy applies, the day, and the day after.
    issued = {"A": "2025-01-30", "B": "2025-01-31", "C": "2025-02-01", "D": "2019-01-01"}
    children = [national(name).in_care(day).proceedings(day) for name, day in issued.items()]
    engine = _engine(*children, rules=["proceedings_26w"], applies_from={"england": applies})
    listed = engine.children("england", ["proceedings_26w"], asking()).set_index("child_id")["backlog"]
    assert listed.fillna("new").to_dict() == {"A": "before the policy", "B": "new", "C": "new", "D": "before the policy"}
    (row,) = backlog(engine, "england", asking()).query("rule == 'proceedings_26w'").to_dict("records")
    assert (row["before the policy"], row["before the records"]) == (2, 0)


@pytest.fixture(scope="module")
def one_before() -> RecordsEngine:
    """Of two children, one entered care the day before the policy applied."""
    return _engine(_entered("A", "2025-03-31"), _entered("B", "2026-01-05"), applies_from={"england": date(2025, 4, 1)})


@pytest.mark.parametrize("by", ["county", "service", "team", "worker"])
def test_the_backlog_is_counted_by_group_and_its_children_are_listed_apart(one_before, by):
    engine = one_before
    counted = backlog(engine, "england", asking(), by)
    assert counted[counted["rule"] == FIRST][["before the policy", "before the records"]].to_numpy().tolist() == [[1, 0]]
    apart = engine.children("england", [FIRST], asking(), apart=True).set_index("child_id")
    assert apart["backlog"].fillna("new").to_dict() == {"A": "before the policy", "B": "new"}
    assert apart.loc["A", "detail"] == "not held; not done"
    assert FIRST not in set(engine.coming_next("england", asking(), within_days=10_000)["rule"])


def test_the_backlogs_children_are_those_on_the_lists_and_apart_that_began_before():
    children = [
        *(_entered(name, day) for name, day in {"A": "2025-03-31", "B": "2026-01-05"}.items()),
        *(national(name).in_care(day).proceedings(day) for name, day in {"C": "2019-01-01", "D": "2025-09-01"}.items()),
    ]
    engine = _engine(*children, applies_from={"england": date(2025, 8, 1)})
    rules = [rule.id for rule in engine.policy("england").rules]
    every = engine.children("england", rules, asking(), apart=True)
    began_before = every[every["backlog"].notna()].reset_index(drop=True)
    assert engine.backlog_children("england", rules, asking()).equals(began_before)
    assert {FIRST, "proceedings_26w"} <= set(began_before["rule"]) and len(began_before) < len(every)


def test_a_restricted_record_stays_in_the_count_of_the_backlog():
    one = _entered("A", "2025-03-31")._add("local_restrictions", person_id="A", start_date=date(2025, 1, 1), allowed_roles="")
    engine = _engine(one, rules=[FIRST], applies_from={"england": date(2025, 4, 1)})
    assert backlog(engine, "england", asking()).query("rule == @FIRST")["before the policy"].tolist() == [1]
    (row,) = plain_rows(engine.children("england", [FIRST], asking(), apart=True))
    assert (row["backlog"], row["name"], row["detail"]) == ("before the policy", None, None)


def test_the_childs_own_page_says_what_is_apart(one_before):
    (row,) = child(one_before, "A", asking()).rules.query("rule == @FIRST").to_dict("records")
    assert (row["on_list"], row["is_apart"], row["backlog"]) == (False, True, "before the policy")


def test_a_day_before_the_records_is_refused_in_a_sentence():
    engine = _engine(_entered("A", "2025-03-31"), rules=[FIRST], records_from=date(2025, 1, 1))
    assert not engine.figures("england", asking(), dates=[date(2025, 1, 1)]).empty
    with pytest.raises(QuestionError, match="31/12/2024 is before the records, which reach back to 01/01/2025"):
        engine.figures("england", asking(), dates=[date(2024, 12, 31)])
    assert min(engine.trend_dates(DAY, 36)) == date(2025, 1, 31)


@pytest.mark.parametrize(
    ("name", "says"), [("salford", "the policy 'salford' is not in use"), ("england.visit_2w", "has no rule 'visit_2w'")]
)
def test_a_policy_or_rule_that_there_is_not_is_refused(name, says):
    with pytest.raises(PolicyError, match=says):
        policies_in_use(Settings(policies=("england",), applies_from={name: DAY}))
