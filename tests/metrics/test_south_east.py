"""The practice guidance: its cases, and its rules against the reference reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort

from data.settings import Settings
from metrics.engine.counting import list_children
from metrics.engine.policy import FOLDER
from metrics.engine.policy_files import read_policy
from metrics.spine import build_spine
from tests.deep import examples
from tests.generated.south_east import generated_cases, make_case
from tests.metrics.cases import south_east_entry, south_east_home, south_east_lists, south_east_orders, south_east_reviews
from tests.metrics.cases.milestones import MilestoneCase
from tests.metrics.cases.south_east_child import guided
from tests.metrics.comparing import answers_by_case, differences, flags_of, milestones_and_lists, tables_missing, told_of_cases
from tests.metrics.one_night import each
from tests.metrics.spine.observed_nights import observed_connection
from tests.reference.south_east import MEASURES, MILESTONES, milestones, rule_list
from tests.support.builder import Records, records
from tests.support.product import policies_with, product_connection

SETTINGS = Settings(policies=("south_east",))
CASES = (
    *south_east_entry.CASES,
    *south_east_orders.CASES,
    *south_east_reviews.CASES,
    *south_east_home.CASES,
    *south_east_lists.CASES,
)


def product(records: Records, days: list[date]) -> dict[tuple[str, date], dict[str, tuple]]:
    """{(rule, day): {child: answer}}: (since, due, done, state, detail) of a milestone, (since, limit, over, detail) of a list."""
    return milestones_and_lists(records, days, SETTINGS, MILESTONES, MEASURES)


def reference(records: Records, days: list[date]) -> dict[tuple[str, date], dict[str, tuple]]:
    """The same, by the reference reading."""
    states = {(rule, day): milestones(records, rule, day, SETTINGS) for rule in MILESTONES for day in days}
    return states | {(rule, day): rule_list(records, rule, day, SETTINGS) for rule in MEASURES for day in days}


@pytest.fixture(scope="module")
def answered() -> dict[int, dict]:
    """{id of a case: {child: the product's answer}}."""
    return answers_by_case(CASES, product, without={})


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_a_rules_boundary_day(case, answered):
    readings = [answered[id(case)]]
    if not tables_missing(case.records):
        readings.append(reference(case.records, [case.as_at])[(case.rule, case.as_at)])
    for children in readings:
        if isinstance(case, MilestoneCase):
            assert {child: (state, due, done) for child, (_, due, done, state, _) in children.items()} == case.expected
            assert case.detail in (None, *(answer[-1] for answer in children.values()))
        else:
            assert {child: answer[:3] for child, answer in children.items()} == case.expected
            assert {child: children[child][3] for child in case.details} == case.details


def test_every_rule_has_its_boundary_cases():
    counts = {rule: sum(case.rule == rule for case in CASES) for rule in (*MILESTONES, *MEASURES)}
    assert min(counts.values()) >= 6, counts
    assert {rule.id for rule in read_policy(FOLDER / "south_east.toml").rules} == set(counts)


@given(generated_cases())
@effort(max_examples=examples(2, 60), deadline=None, suppress_health_check=list(HealthCheck))
def test_the_product_and_the_reference_reading_agree_on_a_generated_case(generated):
    assert differences(product(*generated), reference(*generated)) == []


def test_they_agree_on_many_generated_cases_and_the_generated_cases_are_worth_asking_about():
    some = [make_case(Random(seed)) for seed in range(165, 165 + examples(60, 960))]
    details, states = set(), set()
    for night, days, actual in told_of_cases(some, product, 60):
        assert differences(actual, reference(night, days)) == []
        details |= {(rule, answer[-1]) for (rule, _), children in actual.items() for answer in children.values()}
        states |= {(rule, c[3]) for (rule, _), children in actual.items() if rule in MILESTONES for c in children.values()}
    situations = {words.split(":")[0] for rule, words in details if rule == "ppm_due"}
    assert len(situations) == 14
    assert {state for rule, state in states if rule == "ppm_due"} == {"overdue", "due", "no date", "done in time", "done late"}
    assert {rule for rule, _ in details} == {*MILESTONES, *MEASURES}


SITUATION = 'id = "other", first = "4 weeks", after = "entry to care", review = "12 months", words = "any other situation"'


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('first = "7 working days"', 'first = "7 workdays"'), "situation 3: its first period '7 workdays' is not so many"),
        (('review = "12 weeks"', 'review = "twelve weeks"'), "situation 4: its review period"),
        (('id = "foster",', 'id = "fostering",'), "situation 9: there is no situation 'fostering'"),
        (('id = "foster",', 'id = "residential",'), "the situation 'residential' is there twice"),
        (('after = "the remand", ', ""), "situation 1: it has the keys id, words, first, after, review"),
        (('first = "4 weeks", after = "the remand"', 'first = 4, after = "the remand"'), "situation 1: its values are texts"),
        ((f"    {{ {SITUATION} }},\n", ""), "the last situation must be 'other'"),
    ],
)
def test_a_wrong_table_of_situations_is_refused_with_file_rule_and_reason(tmp_path, change, says):
    text = (FOLDER / "south_east.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "south_east.toml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    policy = read_policy(path)
    assert [rule.id for rule in policy.rules if rule.problem] == ["ppm_due"]
    assert "south_east.toml, line" in policy.rule("ppm_due").problem
    assert says in policy.rule("ppm_due").problem


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("1 day", date(2025, 2, 1)),
        ("3 days", date(2025, 2, 3)),
        ("1 week", date(2025, 2, 7)),
        ("2 weeks", date(2025, 2, 14)),
        ("1 month", date(2025, 2, 28)),
        ("1 working day", date(2025, 2, 3)),
        ("10 working days", date(2025, 2, 14)),
    ],
)
def test_an_analyst_changes_a_period_in_the_table_and_the_due_date_follows(tmp_path, monkeypatch, period, due):
    text = (FOLDER / "south_east.toml").read_text(encoding="utf-8")
    changed = SITUATION.replace("4 weeks", period)
    assert SITUATION in text
    path = tmp_path / "south_east.toml"
    path.write_text(text.replace(SITUATION, changed), encoding="utf-8")
    case = next(case for case in CASES if case.rule == "ppm_due" and "on 27 February a first meeting" in case.sentence)
    connection = product_connection(case.records)
    build_spine(connection, [case.as_at], SETTINGS)
    policy = read_policy(path)
    list_children(connection, [replace(policy, rules=(policy.rule("ppm_due"),))], [case.as_at], SETTINGS)
    [found] = connection.execute("select limit_date, detail from milestone where rule = 'ppm_due'").fetchall()
    assert found == (due, f"any other situation: {period} from entry to care")


def section_20(order: str, started: str, *, ended: str | None = None, order_ended: str | None = None) -> Records:
    """A child in care by section 20, and by an order from some day on."""
    one = guided().legal("V2", "2025-01-31", ended).legal(order, started, order_ended)
    return records(one.in_care("2025-01-31", placement="H1"))


BESIDE_AN_ORDER = {
    "order today": (section_20("C1", "2025-03-10"), "10/03/2025"),
    "order tomorrow": (section_20("C1", "2025-03-11"), None),
    "ended": (section_20("C1", "2025-03-10", ended="2025-03-10"), None),
    "ends tomorrow": (section_20("C1", "2025-03-10", ended="2025-03-11"), "10/03/2025"),
    "same day": (section_20("C1", "2025-01-31"), "31/01/2025"),
    "placement order": (section_20("E1", "2025-02-10"), None),
    "order over": (section_20("C1", "2025-02-10", order_ended="2025-03-10"), None),
}


@pytest.fixture(scope="module")
def beside_an_order() -> dict[str, dict[str, str]]:
    """What is said of the child of each of these cases, which share a night."""
    nights = [night for night, _ in BESIDE_AN_ORDER.values()]
    day = date(2025, 3, 10)
    said = each(nights, lambda night: flags_of(night, "section_20_left_open", day, SETTINGS))
    return dict(zip(BESIDE_AN_ORDER, said, strict=True))


@pytest.mark.parametrize("case", BESIDE_AN_ORDER)
def test_section_20_left_open_beside_a_care_order_is_flagged(beside_an_order, case):
    _, began = BESIDE_AN_ORDER[case]
    says = f"Section 20 of 31/01/2025 is open beside a care order of {began}."
    assert beside_an_order[case] == ({"A": says} if began else {})


@pytest.mark.parametrize(
    ("shown", "done"),
    [
        ({}, date(2025, 5, 21)),  # by the record alone, the day after the second review
        ({"2025-05-20": ("return_home",)}, date(2025, 5, 20)),  # first shown on the day of the review: the plan was there
        ({"2025-05-22": ("return_home",)}, date(2025, 5, 21)),  # first shown after the day on which it is recorded to begin
        ({"2025-05-20": ()}, date(2025, 5, 21)),  # a load that showed no option
        # Shown before the review and after it: the plan was there in between.
        ({"2025-05-01": ("return_home",), "2025-05-25": ("return_home",)}, date(2025, 5, 1)),
        ({"2025-05-01": ("adoption",), "2025-05-25": ("return_home",)}, date(2025, 5, 1)),
        # So long apart that nobody knows, or with a load between them that showed none.
        ({"2025-04-15": ("return_home",), "2025-05-25": ("return_home",)}, date(2025, 5, 21)),
        ({"2025-05-01": ("return_home",), "2025-05-15": (), "2025-05-25": ("return_home",)}, date(2025, 5, 21)),
        ({"2025-05-01": ("adoption",), "2025-05-15": (), "2025-05-25": ("return_home",)}, date(2025, 5, 21)),
        ({"2025-01-30": ("return_home",)}, date(2025, 5, 21)),  # before this period of care
    ],
)
def test_a_plan_that_an_earlier_load_showed_was_there_then(shown, done):
    one = guided().in_care("2025-01-31", placement="H1").review("2025-02-27").review("2025-05-20").plan("RETURN6M", "2025-05-21")
    day = date(2025, 6, 10)
    nights = {date.fromisoformat(night): {"A": options} for night, options in {**shown, "2025-06-10": ("return_home",)}.items()}
    connection = observed_connection(records(one), nights, [day], SETTINGS)
    list_children(connection, policies_with(SETTINGS, ["plan_by_second_review"]).values(), [day], SETTINGS)
    found = connection.execute("select done_date, state from milestone where rule = 'plan_by_second_review'").fetchall()
    assert found == [(done, "done in time" if done <= date(2025, 5, 20) else "done late")]
