"""Slough's aims and the monitoring group: every worked example checked against the product and the reference reading."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort

from data.settings import Settings
from metrics.engine.counting import list_children
from metrics.engine.policies import policies_in_use
from metrics.engine.policy import FOLDER
from metrics.engine.policy_files import read_policy
from metrics.spine import build_spine
from tests.deep import examples
from tests.generated.national import generated_cases, make_case
from tests.generated.strategies import DEPARTMENTS
from tests.metrics.cases import siblings, slough, slough_court, slough_monitoring, slough_planning
from tests.metrics.cases.milestones import MilestoneCase
from tests.metrics.cases.national_child import national
from tests.metrics.comparing import answers_by_case, differences, flags_of, milestones_and_lists, told_of_cases
from tests.metrics.one_night import each
from tests.metrics.spine.observed_nights import observed_connection
from tests.reference.adoption_papers import RULES as PAPERS
from tests.reference.slough import MEASURES, MILESTONES, RULES, milestones, rule_list
from tests.support.builder import records
from tests.support.product import policies_with, product_connection

# The generated nights reach further back than six years, and the reading judges all of it.
SETTINGS = Settings(policies=("slough",), records_from=date(2000, 1, 1))
CASES = (
    *slough.CASES,
    *slough_planning.CASES,
    *slough_court.CASES,
    *slough_monitoring.CASES,
    *siblings.APART_CASES,
    *siblings.TOGETHER_CASES,
    *siblings.MEETING_CASES,
)


def product(night, days) -> dict:
    """{(rule, day): {child: answer}}: (since, due, done, state, detail) of a milestone, (since, limit, over, detail) of a list."""
    return milestones_and_lists(night, days, SETTINGS, MILESTONES, MEASURES)


def reference(night, keys) -> dict:
    """The same, less the details of milestones."""
    return {(rule, day): (milestones if rule in MILESTONES else rule_list)(night, rule, day, SETTINGS) for rule, day in keys}


def without_details(answers: dict) -> dict:
    """The answers, with those of milestones less their details."""
    return {
        (rule, day): {child: answer[:4] if rule in MILESTONES else answer for child, answer in children.items()}
        for (rule, day), children in answers.items()
    }


@pytest.fixture(scope="module")
def answered() -> dict[int, dict]:
    """{id of a case: {child: the product's answer}}."""
    return answers_by_case(CASES, product, without={})


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_a_rules_boundary_day(case, answered):
    told = reference(case.records, [(case.rule, case.as_at)])[(case.rule, case.as_at)]
    for children in (answered[id(case)], told):
        if isinstance(case, MilestoneCase):
            assert {child: (state, due, done) for child, (_, due, done, state, *_) in children.items()} == case.expected
        else:
            assert {child: answer[:3] for child, answer in children.items()} == case.expected
            assert {child: children[child][3] for child in case.details} == case.details
    if isinstance(case, MilestoneCase) and case.detail is not None:
        assert [answer[4] for answer in answered[id(case)].values()] == [case.detail]


def test_every_rule_has_its_boundary_cases_and_no_two_say_the_same():
    counts = Counter(case.rule for case in CASES)
    assert {rule: counts[rule] for rule in RULES if counts[rule] < 5} == {}
    assert {rule.id for rule in read_policy(FOLDER / "slough.toml").rules} - set(PAPERS) == set(counts) == set(RULES)
    said = [(case.rule, case.sentence) for case in CASES]
    assert sorted(set(said)) == sorted(said)


@given(generated_cases())
@effort(max_examples=examples(2, 60), deadline=None, suppress_health_check=list(HealthCheck))
def test_they_agree_on_every_list_of_a_generated_case(generated):
    answers = product(*generated)
    assert differences(without_details(answers), reference(generated[0], answers)) == []


def test_they_agree_on_many_generated_cases_and_the_generated_cases_are_worth_asking_about():
    some = [make_case(Random(seed)) for seed in range(61, 61 + examples(60, 800))]
    seen = set()
    for night, _, actual in told_of_cases(some, product, 60):
        assert differences(without_details(actual), reference(night, actual)) == []
        for (rule, _), children in actual.items():
            seen |= {(rule, answer[3] if rule in MILESTONES else answer[2] == 0) for answer in children.values()}
    assert {rule for rule, _ in seen} == set(RULES)
    assert sum(on_the_day is True for _, on_the_day in seen) >= 5
    states = ("due", "overdue", "done in time", "done late")
    # The last gateway of all is always still to be reviewed.
    assert {("gateway_review_6w", state) for state in states[:2]} <= seen
    assert {("unborn_gateway_2w", state) for state in states} <= seen
    assert {("return_authorised", state) for state in states[1:]} <= seen
    assert {("review_before_irh", state) for state in states[:3]} <= seen


QUIET = national().meeting("LEGAL_GATEWAY", "2025-01-31")


@pytest.mark.parametrize(
    ("one", "day", "flagged"),
    [
        (QUIET, "2025-07-31", False),
        (QUIET, "2025-08-01", True),
        (national().meeting("LEGAL_GATEWAY", "2025-01-31").meeting("LEGAL_GATEWAY", "2025-07-31"), "2025-08-01", False),
        (national().meeting("LEGAL_GATEWAY", "2025-01-31").before_court("2025-02-03", "2025-07-31"), "2025-08-01", False),
        (national().meeting("LEGAL_GATEWAY", "2025-01-31").in_care("2025-02-10").legal("C1", "2025-03-14"), "2025-08-01", False),
    ],
    ids=["six months", "a day more", "reviewed", "stepped down", "an order made"],
)
def test_a_gateway_with_nothing_recorded_for_more_than_six_months_is_flagged(one, day, flagged):
    found = flags_of(records(one), "gateway_left_open", date.fromisoformat(day), SETTINGS)
    assert set(found) == ({"A"} if flagged else set())
    assert not found or found["A"].startswith("Since the legal gateway of 31/01/2025 no review")


def _matched(left: str | None, ended: str | None = None):
    one = national().in_care("2025-01-31").placement("U4", "2025-01-31", left, id="HOME")
    return one.match("LTF", "2025-03-01", ended=ended, placement="HOME")


MATCHED = {
    "left today": (_matched("2025-06-01").placement("U6", "2025-06-01"), True),
    "leaves tomorrow": (_matched("2025-06-02").placement("U6", "2025-06-02"), False),
    "ended": (_matched("2025-06-01", ended="2025-06-01").placement("U6", "2025-06-01"), False),
    "in hospital": (_matched("2025-05-20").placement("T1", "2025-05-20"), False),
    "lives there": (_matched(None), False),
}


@pytest.fixture(scope="module")
def matched() -> dict[str, dict[str, str]]:
    """What is said of the child of each of these cases, which share a night."""
    nights = [records(one) for one, _ in MATCHED.values()]
    said = each(nights, lambda night: flags_of(night, "match_left_open", date(2025, 6, 1), SETTINGS))
    return dict(zip(MATCHED, said, strict=True))


@pytest.mark.parametrize("case", MATCHED)
def test_a_match_left_open_when_the_child_left_its_home_is_flagged(matched, case):
    says = "The long-term match of 01/03/2025 is open, but the child left that home on 01/06/2025."
    assert matched[case] == ({"A": says} if MATCHED[case][1] else {})


def test_every_aim_has_the_target_that_the_policy_states():
    rules = policies_in_use(SETTINGS)["slough"].rules
    aims = {rule.id for rule in rules if rule.source.startswith("4 Aim")}
    assert {rule.id for rule in rules if rule.target} == {*aims, "early_permanence_considered"}
    assert {(rule.target.percent, rule.target.tolerance) for rule in rules if rule.target} == {(0, 0)}


def test_a_councils_own_target_goes_before_the_documents():
    own_target = {"slough": {"ltf_unmatched": {"target_percent": 5, "tolerance_percent": 1, "agreed_by": "the board"}}}
    rule = policies_in_use(Settings(policies=("slough",), targets=own_target))["slough"].rule("ltf_unmatched")
    assert (rule.target.percent, rule.target.tolerance, rule.target.agreed_by) == (5, 1, "the board")


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("{ percent = 101 }", "the percent 101 is not a number from 0 to 100"),
        ("{ percent = 'none' }", "the percent 'none' is not a number"),
        ("{ tolerance = 1 }", "the percent None is not a number"),
        ("{ percent = 0, tolerance = -1 }", "the tolerance -1 is not a number"),
        ("{ percent = 0, months = 4 }", "a target has the keys percent and tolerance"),
    ],
)
def test_a_wrong_target_is_refused_with_file_rule_and_reason(tmp_path, target, says):
    text = (FOLDER / "slough.toml").read_text(encoding="utf-8")
    path = tmp_path / "slough.toml"
    path.write_text(text.replace("target = { percent = 0 }", f"target = {target}", 1), encoding="utf-8")
    problem = read_policy(path).rule("pre_proceedings_16w").problem
    assert "slough.toml, line" in problem and "rule 'pre_proceedings_16w', key 'target'" in problem
    assert says in problem


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ({}, None),  # by the record alone, the plan of 1 May came after the conference of 1 April
        ({"2025-04-10": ("adoption",)}, None),  # first shown after it
        ({"2025-04-01": ("adoption",)}, None),  # first shown on its very day
        ({"2025-03-31": ("adoption",)}, date(2025, 3, 31)),  # first shown the day before: the plan was there already
        ({"2025-03-31": ()}, None),  # a load that showed no option
        ({"2025-01-30": ("adoption",)}, None),  # before this period of care
    ],
)
def test_a_first_plan_that_was_typed_again_is_the_one_that_earlier_loads_showed(shown, expected):
    one = national().in_care("2025-01-31").plan("ADOPTION", "2025-05-01").meeting("FGC", "2025-04-01")
    day = date(2025, 6, 10)
    nights = {date.fromisoformat(night): {"A": options} for night, options in {**shown, "2025-06-10": ("adoption",)}.items()}
    connection = observed_connection(records(one), nights, [day], SETTINGS)
    list_children(connection, policies_with(SETTINGS, ["fgc_before_plan"]).values(), [day], SETTINGS)
    listed = connection.execute("select since from listed where rule = 'fgc_before_plan' and days_over >= 0").fetchall()
    assert listed == ([] if expected is None else [(expected,)])


def test_a_child_not_in_care_has_the_team_of_the_allocated_worker_else_of_the_last_one():
    before_court = [national().before_court("2025-01-31") for _ in range(4)]
    cases = (
        (before_court[0].worker("T1", "2025-01-01"), "Alpha Team"),
        (before_court[1].worker("T1", "2024-01-01", "2024-06-01"), "Alpha Team"),
        (before_court[2].worker("T1", "2024-01-01", "2025-02-01").worker("T2", "2025-02-01"), "Beta Team"),
        (before_court[3], "No team recorded"),
        (
            national(born=None).expected("2025-07-01").relinquished("2025-06-01").worker("T1", "2025-05-01", "2025-06-05"),
            "Alpha Team",
        ),
    )

    def teams(night) -> dict[str, tuple]:
        connection = product_connection(night)
        build_spine(connection, [date(2025, 6, 10)], SETTINGS)
        rows = connection.execute("select child_id, team, in_care from known_on_day").fetchall()
        assert len(rows) == len(cases)
        return {child: rest for child, *rest in rows}

    found = each([records(one, departments=DEPARTMENTS) for one, _ in cases], teams)
    assert found == [{"A": [team, False]} for _, team in cases]
