"""A dated line of the settings for any rule: a limit, or a period by its name. What a rule cannot use is refused, never ignored."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from data.settings import Settings, read_settings
from metrics.engine.engine import Engine
from metrics.engine.own_limits import can_be_set, own_limits
from metrics.engine.policies import policies_and_problems, policies_in_use
from metrics.engine.policy import Rule
from tests.deep import examples
from tests.generated import hertfordshire
from tests.metrics.cases.hertfordshire_child import served
from tests.metrics.comparing import differences, milestones_and_lists, told_of_cases
from tests.reference import limits as limits_reading
from tests.reference.hertfordshire_service import milestones as reference_milestones
from tests.support.builder import records
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking

EVERY = ("hertfordshire", "hertfordshire_service", "salford", "south_east", "slough", "england")
CHANGE = date(2025, 5, 10)
STATES = "select as_at, limit_date, done_date, state from milestone where policy = $policy and rule = $rule order by as_at"


def _with(policy: str, rule: str, *entries: dict) -> Rule:
    given = entries[0] if len(entries) == 1 else entries
    return policies_in_use(Settings(policies=(policy,), limits={policy: {rule: given}}))[policy].rule(rule)


def _states(engine: Engine, policy: str, rule: str) -> list[tuple]:
    with engine.view(asking(), engine.reporting_dates, [engine.rule(policy, rule)]) as view:
        return view.execute(STATES, {"policy": policy, "rule": rule}).fetchall()


def _second_review(one, days: list[date]) -> list[tuple]:
    limits = {"hertfordshire_service": {"second_review": {"other_weeks": 12, "from": CHANGE}}}
    settings = Settings(policies=("hertfordshire_service",), limits=limits)
    engine = RecordsEngine(records(one), days, settings, rules=["second_review"])
    return _states(engine, "hertfordshire_service", "second_review")


# Entered care on 31 January 2025: sixteen weeks are 23 May, twelve 25 April.
def test_a_milestones_period_holds_from_its_day_on_and_not_before():
    days = [date(2025, 5, 9), CHANGE, date(2025, 5, 11)]
    assert _second_review(served().in_care("2025-01-31"), days) == [
        (days[0], date(2025, 5, 23), None, "due"),
        (days[1], date(2025, 4, 25), None, "overdue"),
        (days[2], date(2025, 4, 25), None, "overdue"),
    ]


@pytest.mark.parametrize(
    ("held", "due", "state"),
    [
        ("2025-05-09", date(2025, 5, 23), "done in time"),
        ("2025-05-10", date(2025, 4, 25), "done late"),
        ("2025-05-11", date(2025, 4, 25), "done late"),
    ],
)
def test_what_was_done_is_judged_by_the_period_of_the_day_on_which_it_was_done(held, due, state):
    one = served().in_care("2025-01-31").review("2025-02-27").review(held)
    days = [date(2025, 5, 12), date(2025, 8, 31)]
    assert _second_review(one, days) == [(day, due, date.fromisoformat(held), state) for day in days]


def test_both_readings_agree_on_a_changed_period_of_generated_cases():
    some = [hertfordshire.make_case(Random(seed)) for seed in range(examples(40, 300))]
    every = sorted(day for _, days, *_ in some for day in days)
    starts = every[len(every) // 2]
    limits = {"hertfordshire_service": {"second_review": {"other_weeks": 10, "from": starts}}}
    settings = Settings(policies=("hertfordshire_service",), limits=limits, records_from=date(2000, 1, 1))

    def product(night, days) -> dict:
        return milestones_and_lists(night, days, settings, ("second_review",), ())

    judged = set()
    for night, _, actual in told_of_cases([case[:2] for case in some], product, 40):
        for (_, day), children in actual.items():
            plain = reference_milestones(night, "second_review", day, settings)
            expected = {
                name: (*limits_reading.milestone(answer[:4], day, [(starts, 10, "weeks")]), answer[4])
                if answer[4] == "not in care proceedings"
                else answer
                for name, answer in plain.items()
            }
            assert differences(children, expected) == []
            judged |= {((answer[2] or day) >= starts, answer[3]) for answer in children.values()}
    assert {(True, "done late"), *((after, state) for after in (True, False) for state in ("done in time", "overdue"))} <= judged


def test_the_other_period_of_the_rule_stays_as_it_is():
    one = served().in_care("2025-01-31").proceedings("2025-03-03")
    assert _second_review(one, [date(2025, 5, 12)]) == [(date(2025, 5, 12), date(2025, 5, 9), None, "overdue")]


def test_a_lists_parameter_holds_from_its_day_on_and_a_past_date_keeps_what_held_then():
    # In care since 31 August 2022, at 30 months and at 36; a move on 10 January 2024.
    limits = {"england": {"not_same_placement_2y": {"months": 12, "from": date(2025, 6, 1)}}}
    one = served("2015-01-01").in_care("2022-08-31").placement("U6", "2022-08-31", "2024-01-10", id="A")
    one = one.placement("U6", "2024-01-10", id="B", urn="SC9")
    days = [date(2025, 5, 31), date(2025, 6, 1), date(2025, 6, 2)]
    settings = Settings(policies=("england",), limits=limits)
    engine = RecordsEngine(records(one), days, settings, rules=["not_same_placement_2y"])
    listed = [len(engine.children("england", ["not_same_placement_2y"], asking(), day)) for day in days]
    assert listed == [1, 0, 0]


def test_a_list_without_a_limit_is_given_one():
    rule = _with("hertfordshire", "plan_residential", {"months": 3, "from": CHANGE})
    assert (rule.limit_on(date(2025, 5, 9)), rule.limit_on(CHANGE).words) == (None, "3 months")


@pytest.mark.parametrize("name", ["months", "over_months"])
def test_a_limit_that_says_whom_the_share_is_out_of_is_one_number_whichever_of_its_names_the_line_gives(name):
    """Entered care on 31 January 2025 with no planning meeting: four months are over on 31 May, five on 30 June."""
    limits = {"hertfordshire_service": {"weekly_no_ppm": {name: 5, "from": date(2025, 6, 1)}}}
    days = [date(2025, 5, 31), date(2025, 6, 1), date(2025, 6, 30), date(2025, 7, 1)]
    settings = Settings(policies=("hertfordshire_service",), limits=limits)
    engine = RecordsEngine(records(served().in_care("2025-01-31")), days, settings, rules=["weekly_no_ppm"])
    rule = engine.rule("hertfordshire_service", "weekly_no_ppm")
    assert [(rule.limit_on(day).words, rule.number("over_months", day)) for day in days] == [
        ("more than 4 months", 4),
        *[("more than 5 months", 5)] * 3,
    ]
    assert rule.limit_on(days[1]).after
    listed = [len(engine.children("hertfordshire_service", ["weekly_no_ppm"], asking(), day)) for day in days]
    figures = engine.figures("hertfordshire_service", asking(), dates=days)
    asked = figures[figures["rule"] == "weekly_no_ppm"].sort_values("as_at")["population"].tolist()
    assert listed == [0, 0, 0, 1] and asked == [0, 0, 0, 1]


def test_before_the_councils_own_limit_the_policys_stands():
    one, settings = served().in_care("2025-01-31"), Settings(policies=("hertfordshire_service",))
    engine = RecordsEngine(records(one), [date(2025, 6, 1)], settings, rules=["weekly_no_ppm"])
    assert len(engine.children("hertfordshire_service", ["weekly_no_ppm"], asking(), date(2025, 6, 1))) == 1


def test_a_milestone_with_one_period_needs_no_name_for_it():
    rule = _with("south_east", "final_care_planning", {"weeks": 20, "from": CHANGE})
    assert [rule.number("weeks", day) for day in (date(2025, 5, 9), CHANGE)] == [26, 20]


def test_a_period_of_a_table_of_situations_is_named_by_its_situation():
    rule = _with("south_east", "ppm_due", {"foster.review": "6 months", "from": CHANGE})

    def reviews(day: date) -> dict[str, str]:
        return {entry["id"]: entry["review"] for entry in rule.parameters_on(day)["situations"]}

    assert reviews(date(2025, 5, 9))["foster"] == "3 months"
    assert reviews(CHANGE)["foster"] == "6 months"
    assert {key: value for key, value in reviews(CHANGE).items() if key != "foster"} == {
        key: value for key, value in reviews(date(2025, 5, 9)).items() if key != "foster"
    }


@pytest.mark.parametrize(
    ("policy", "rule", "entry", "says"),
    [
        (
            "hertfordshire",
            "return_home_6m",
            {"month": 5},
            "'month' is not a period of hertfordshire.return_home_6m; did you mean",
        ),
        (
            "england",
            "visit_interval",
            {"weeks": 4},
            "It can have first_year_months, first_year_weeks, lasting_months, other_weeks.",
        ),
        ("hertfordshire_service", "second_review", {"proceeding_weeks": 12}, 'did you mean "proceedings_weeks"?'),
        ("hertfordshire_service", "ppm_10_weeks", {"under_age": 10}, "'under_age' is not a period"),
        ("hertfordshire_service", "second_review", {"other_weeks": "12 weeks"}, "other_weeks is '12 weeks'; give a whole number"),
        ("south_east", "ppm_due", {"foster.review": 6}, 'foster.review is 6; give a period such as "3 months"'),
        (
            "hertfordshire_service",
            "weekly_no_ppm",
            {"weeks": 16},
            "'weeks' cannot be set: the limit of hertfordshire_service.weekly_no_ppm is in months",
        ),
        ("hertfordshire_service", "weekly_no_ppm", {"months": 5, "over_months": 4}, "two limits without a date"),
        ("south_east", "plan_by_second_review", {"weeks": 4}, "is due by is a date in the records"),
    ],
)
def test_what_a_rule_cannot_use_is_refused_with_what_it_could_be(policy, rule, entry, says):
    refused = _with(policy, rule, entry)
    assert says in refused.problem and f"limits.{policy}.{rule}" in refused.problem


def test_two_values_of_one_period_from_one_day_are_refused():
    twice = ({"other_weeks": 12, "from": CHANGE}, {"other_weeks": 13, "from": CHANGE})
    assert "two limits from 10/05/2025" in _with("hertfordshire_service", "second_review", *twice).problem
    both = ({"other_weeks": 12, "from": CHANGE}, {"proceedings_weeks": 13, "from": CHANGE})
    assert _with("hertfordshire_service", "second_review", *both).problem == ""


def test_every_rule_that_has_a_period_can_be_set_by_each_name_that_it_is_said_to_have():
    """No name that a refusal offers is itself refused."""
    for policy in policies_in_use(Settings(policies=EVERY)).values():
        for rule in policy.rules:
            for name in can_be_set(rule):
                limits, changes = own_limits(
                    rule, Settings(limits={policy.id: {rule.id: {name: "2 months" if "." in name else 2}}})
                )
                assert (limits, changes) != (rule.limits, ()), f"{policy.id}.{rule.id}.{name}"


def test_a_line_in_the_file_is_read_and_a_refusal_names_its_line(tmp_path: Path):
    (tmp_path / "settings.toml").write_text(
        'policies = ["hertfordshire_service"]\n\n[limits.hertfordshire_service.second_review]\nother_weeks = 12\nfrom = 2026-12-01\n'
        "\n[limits.hertfordshire_service.ppm_before_second_review]\nweeks = 3\n",
        encoding="utf-8",
    )
    found = policies_and_problems(read_settings(tmp_path))
    assert found.policies["hertfordshire_service"].rule("second_review").number("other_weeks", date(2026, 12, 1)) == 12
    (problem,) = found.problems
    assert problem.startswith(
        "settings.toml, line 7, limits.hertfordshire_service.ppm_before_second_review: 'weeks' is not a period"
    )
