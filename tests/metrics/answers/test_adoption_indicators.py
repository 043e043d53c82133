"""The adoption indicators: who is counted, from which day to which, and the average; against the reference reading as well."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from data.settings import Settings
from metrics.answers.england.adoption_indicators import indicators
from metrics.engine.policy import FOLDER, PolicyError
from tests.deep import examples
from tests.generated.adopted import adopted_case
from tests.metrics.answers.adoption_answers import answers, as_plain, behind, engine_over
from tests.metrics.cases.national_child import NationalChild, national
from tests.metrics.one_night import each
from tests.reference.adoption_indicators import steps
from tests.support.builder import records
from tests.support.scopes import asking

A1, A2 = "entry_to_adoptive_family", "order_to_match"


def days_of(one: NationalChild, indicator: str, day: str = "2025-12-31", without: tuple[str, ...] = ()):
    """(days, remark) of one adopted child; None for a child who is not among the adopted."""
    found = behind(answers(records(one, not_supplied=without), day)[indicator])
    return (found[one.identifier][2], found[one.identifier][3]) if found else None


def days_of_each(cases: list[tuple], indicator: str) -> dict[str, tuple]:
    """{sentence: (days, remark)} of adopted children, who share a night."""
    answered = each([records(one) for _, one, _ in cases], lambda night: behind(answers(night, "2025-12-31")[indicator]))
    return {sentence: found["A"][2:4] for (sentence, *_), found in zip(cases, answered, strict=True)}


def adopted(reason: str = "E12", end: str = "2025-06-30") -> NationalChild:
    return national(born="2023-01-01").adopted("2024-01-31", end, reason)


def ordered() -> NationalChild:
    return adopted().legal("E1", "2024-06-01", "2025-06-30")


@pytest.mark.parametrize(
    ("sentence", "one", "day", "counted"),
    [
        ("adopted that day", adopted().placement("A6", "2024-09-01"), "2025-06-30", True),
        ("adopted tomorrow", adopted().placement("A6", "2024-09-01"), "2025-06-29", False),
        ("adopted three years before, less a day", adopted().placement("A6", "2024-09-01"), "2028-06-29", True),
        ("adopted three years before to the day", adopted().placement("A6", "2024-09-01"), "2028-06-30", False),
        ("adopted unopposed", adopted("E11").placement("A4", "2024-09-01"), "2025-12-31", True),
        ("left for another reason", adopted("E4A").placement("A6", "2024-09-01"), "2025-12-31", False),
        ("placed for adoption, not adopted", national().in_care("2024-01-31").placement("A6", "2024-09-01"), "2025-12-31", False),
    ],
)
def test_who_is_counted(sentence, one, day, counted):
    assert (days_of(one, A1, day) is not None) == counted


FOSTERED = ("U6", "2024-02-14", "2024-09-01")


def test_days_from_entry_to_moving_in_with_the_adoptive_family():
    cases = [
        ("to the move to adopters", adopted().placement(*FOSTERED).placement("A6", "2024-09-01"), (214, None)),
        ("from the entry that the episode records", national().adopted("2024-03-01", "2025-06-30", entered="2024-01-31")
            .placement("A6", "2024-09-01"), (214, None)),
        ("early permanence carers who adopt: to the move to them", adopted().placement("U5", "2024-02-14", "2024-09-01")
            .placement("A5", "2024-09-01"), (14, None)),
        ("a foster carer who adopts: to the move to that carer", adopted().placement(*FOSTERED).placement("A3", "2024-09-01"), (14, None)),
        ("early permanence, and other people adopt", adopted().placement("U5", "2024-02-14", "2024-09-01")
            .placement("A6", "2024-09-01"), (214, None)),
        ("the record says that the carer adopted", adopted().placement(*FOSTERED).placement("A6", "2024-09-01")
            .permanence_record(adopted_by_carer_flag=True), (14, None)),
        ("a hospital stay on the way", adopted().placement("A6", "2024-09-01", "2025-01-01", postcode="Z")
            .placement("T1", "2025-01-01", "2025-01-09").placement("A6", "2025-01-09", postcode="Z"), (214, None)),
        ("a first family that did not last", adopted().placement("A6", "2024-09-01", "2024-12-01")
            .placement("U6", "2024-12-01", "2025-01-15").placement("A6", "2025-01-15"), (350, None)),
        ("no adoptive placement: the recorded day", adopted().placement("U6", "2024-02-14")
            .permanence_record(placed_for_adoption_date="2024-09-01"), (214, None)),
        ("no adoptive placement, early permanence carers adopt", adopted()
            .permanence_record(placed_ffa_cp_date="2024-02-14", placed_for_adoption_date="2024-09-01", adopted_by_carer_flag=True),
            (14, None)),
        ("a recorded day before this period of care", adopted().permanence_record(placed_for_adoption_date="2024-01-30"),
            (None, "no day of moving in recorded")),
        ("nothing recorded", adopted().placement("U6", "2024-02-14"), (None, "no day of moving in recorded")),
    ]  # fmt: skip
    assert days_of_each(cases, A1) == {sentence: expected for sentence, _, expected in cases}


def test_days_from_placement_order_to_match():
    cases = [
        ("order to match", ordered().permanence(matched="2024-07-01"), (30, None)),
        ("the same day", ordered().permanence(matched="2024-06-01"), (0, None)),
        ("the match came first", ordered().permanence(matched="2024-05-01"), (0, "the match came first")),
        ("the later of two matches", ordered().permanence(matched="2024-07-01").match("ADOPTION", "2024-07-31"), (60, None)),
        ("a match that ended before the adoption", ordered().permanence(matched="2024-07-01")
            .match("ADOPTION", "2024-07-31", ended="2024-12-01"), (30, None)),
        ("a match that ended with the adoption", ordered().match("ADOPTION", "2024-07-31", ended="2025-06-30"), (60, None)),
        ("a decision reversed after the match", ordered().permanence(matched="2024-07-01", reversed="2024-08-01"),
            (None, "no match recorded")),
        ("the recorded order", adopted().permanence(order="2024-06-01", matched="2024-07-01"), (30, None)),
        ("the legal status before the recorded order", ordered().permanence(order="2024-05-01", matched="2024-07-01"), (30, None)),
        ("an order renewed the next day is one order", adopted().legal("E1", "2024-06-01", "2024-06-20").legal("E1", "2024-06-21")
            .permanence(matched="2024-07-01"), (30, None)),
        ("no placement order", adopted("E11").permanence(matched="2024-07-01"), (None, "no placement order")),
        ("no match", ordered(), (None, "no match recorded")),
    ]  # fmt: skip
    assert days_of_each(cases, A2) == {sentence: expected for sentence, _, expected in cases}


def three_children() -> dict:
    slow = national("slow", born="2023-01-01").adopted("2023-01-31", "2025-06-30").placement("A6", "2024-09-01")
    return records(
        slow,
        national("quick", born="2024-01-01").adopted("2024-01-31", "2025-06-30").placement("A6", "2024-03-01"),
        national("unknown", born="2024-01-01").adopted("2024-01-31", "2025-06-30"),
    )


def test_the_average_is_the_days_over_the_children_counted():
    answer = answers(three_children(), "2025-12-31")[A1]
    assert (answer.total_days, answer.children, answer.left_out) == (579 + 30, 2, 1)
    assert answer.average == 304.5
    assert answer.in_time == 1
    assert list(answer.behind["child_id"]) == ["slow", "quick", "unknown"]


def test_the_threshold_is_months_to_the_day():
    def in_time(moved: str) -> int:
        return answers(records(adopted().placement("A6", moved)), "2025-12-31")[A1].in_time

    assert (in_time("2025-03-31"), in_time("2025-04-01")) == (1, 0)


def test_with_nobody_adopted_there_is_no_average():
    answer = answers(records(national().in_care("2024-01-31")), "2025-12-31")[A1]
    assert (answer.total_days, answer.children, answer.average) == (0, 0, None)


def test_with_neither_source_of_matches_the_second_is_not_supplied():
    night = records(ordered().placement("A6", "2024-09-01"), not_supplied=("ssd_permanence", "local_carer_matches"))
    found = answers(night, "2025-12-31")
    assert found[A2].missing == ("ssd_permanence or local_carer_matches",)
    assert (found[A2].children, found[A2].average) == (None, None)
    assert found[A1].children == 1
    one_source = records(ordered().match("ADOPTION", "2024-07-01"), not_supplied=("ssd_permanence",))
    assert answers(one_source, "2025-12-31")[A2].total_days == 30


def test_a_restricted_child_is_counted_and_not_named():
    night = three_children()
    night["local_restrictions"] = [
        {"restriction_id": "1", "person_id": "slow", "restriction_type": "ADOPTION", "start_date": date(2024, 1, 1), "end_date": None,
         "allowed_roles": "adoption", "source_row": 2},
    ]  # fmt: skip
    seen = answers(night, "2025-12-31", asking(roles=frozenset()))[A1]
    assert seen.total_days == 609
    assert list(seen.behind["child_id"]) == ["quick", "unknown", "Restricted record"]
    told = seen.behind.iloc[-1].dropna()
    # Days that a brother or sister beside it has too would tell whose record it is.
    assert set(told.index) == {"child_id", "service", "team"}
    assert sum(counted for counted, _ in seen.by_year.values()) == seen.children
    allowed = answers(night, "2025-12-31", asking(roles=frozenset({"Adoption"})))[A1]
    assert "slow" in list(allowed.behind["child_id"])


def test_a_team_sees_the_children_who_were_its_own_and_nobody_else():
    assert answers(three_children(), "2025-12-31", asking(teams=("Alpha",), roles=None))[A1].children == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('id = "order_to_match"', 'id = "match_to_order"'), "there is no such indicator"),
        (("years = 3", "years = 0"), "years 0 is not a whole number of 1 or more"),
        (("threshold_months = 14\n", ""), "the key 'threshold_months' is missing"),
        (("threshold_months = 14", "threshold_months = 14\nweeks = 3"), "the key 'weeks' is not known"),
    ],
)
def test_a_wrong_indicator_in_a_councils_own_policy_is_refused_with_file_and_reason(tmp_path, change, says):
    text = (FOLDER / "england.toml").read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "england.toml").write_text(text.replace(*change, 1), encoding="utf-8")
    engine = engine_over(records(national()), date(2025, 12, 31), Settings(policies=("england",), folder=tmp_path))
    with pytest.raises(PolicyError) as refused:
        indicators(engine, "england")
    assert "england.toml, indicator" in str(refused.value)
    assert says in str(refused.value)


@given(st.randoms(use_true_random=False).map(adopted_case))
@effort(max_examples=examples(4, 60), deadline=None, suppress_health_check=list(HealthCheck))
def test_the_product_and_the_reference_reading_agree_on_a_generated_case(generated):
    night, day = generated
    for indicator, answer in answers(night, day).items():
        assert as_plain(behind(answer)) == steps(night, indicator, day)
