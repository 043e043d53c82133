"""Journeys to permanence: who is counted, in which state each wait stands, boundary days; the curve against one worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

import numpy
import pandas
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from data.settings import Settings
from metrics.answers.journeys import OUT_OF_ORDER, children, journeys, longest, route_of, years_counted
from metrics.answers.journeys.curves import Waits
from metrics.engine.engine import QuestionError
from metrics.engine.scope import Scope
from tests.metrics.cases.national_child import NationalChild, national
from tests.metrics.one_night import prefix, together
from tests.support.builder import records
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking

EVERYBODY = asking(roles=None)
DAY = "2026-06-30"


def engine(*each: NationalChild, day: str = DAY, not_supplied: tuple[str, ...] = ()) -> RecordsEngine:
    return RecordsEngine(records(*each, not_supplied=not_supplied), [date.fromisoformat(day)], Settings())


def begun(asked: RecordsEngine, route: str, step: str, scope: Scope = EVERYBODY) -> pandas.DataFrame:
    """The children who have begun a step."""
    rows = children(asked, route, scope)
    return rows[rows["step"] == step]


def _one_state(rows: pandas.DataFrame) -> tuple | None:
    assert len(rows) <= 1
    return None if rows.empty else tuple(rows.iloc[0][["state", "days", "stopped"]].where(lambda cell: cell.notna(), None))


@pytest.fixture(scope="module")
def together_asked() -> Callable[[str], pandas.DataFrame]:
    """The children of every table below in one night, each under a number of its own, on a route; each route is asked once."""
    night = together([records(one) for one in written_down()])
    asked = RecordsEngine(night, [date.fromisoformat(DAY)], Settings())
    return cache(lambda route: children(asked, route, EVERYBODY))


def written_down() -> list[NationalChild]:
    return [
        *(one for _, one, *_ in (*ENTRY, *RATIFIED, *ADOPTION, *HOMES, *FOSTERING, *FAMILY_AND_HOME)),
        *LEFT.values(),
        *SEVERAL.values(),
    ]


def rows_among(asked: Callable[[str], pandas.DataFrame], one: NationalChild, route: str) -> pandas.DataFrame:
    """All that is told of a child of one of the tables on a route."""
    rows = asked(route)
    return rows[rows["child_id"].str.startswith(prefix(written_down().index(one)))]


def state_among(asked: Callable[[str], pandas.DataFrame], one: NationalChild, route: str, step: str) -> tuple | None:
    """(state, days, why it ended) of the one wait of a child of the tables; None where the child never began it."""
    rows = rows_among(asked, one, route)
    return _one_state(rows[rows["step"] == step])


def left(start: str, end: str, reason: str) -> NationalChild:
    return national().adopted(start, end, reason)


ENTRY = [
    ("a plan on the day of entry", national().in_care("2026-01-31").plan("RETURN6M", "2026-01-31"), ("reached", 0, None)),
    ("a plan from before entry", national().in_care("2026-01-31").plan("RETURN6M", "2026-01-03"), ("reached", 0, None)),
    ("29 days before entry: not of this period", national().in_care("2026-01-31").plan("RETURN6M", "2026-01-02"),
        ("waiting", 150, None)),
    ("a blank plan is no plan", national().in_care("2026-01-31").plan("", "2026-02-10"), ("waiting", 150, None)),
    ("the first of two", national().in_care("2026-01-31").plan("RETURN6M", "2026-02-10").plan("ADOPTION", "2026-03-10"),
        ("reached", 10, None)),
    ("a plan in force for no whole day", national().in_care("2026-01-31").plan("RETURN6M", "2026-02-10", "2026-02-10"),
        ("waiting", 150, None)),
    ("a plan made tomorrow", national().in_care("2026-01-31").plan("RETURN6M", "2026-07-01"), ("waiting", 150, None)),
    ("a plan made on the day", national().in_care("2026-01-31").plan("RETURN6M", "2026-06-30"), ("reached", 150, None)),
    ("over a leap day", national().in_care("2024-02-28").plan("RETURN6M", "2024-03-01"), ("reached", 2, None)),
    ("not over one", national().in_care("2026-02-28").plan("RETURN6M", "2026-03-01"), ("reached", 1, None)),
    ("left before a plan", left("2026-01-31", "2026-03-01", "E4A"), ("ended another way", 29, "left care")),
    ("left on the day", left("2026-01-31", "2026-06-30", "E4A"), ("ended another way", 150, "left care")),
    ("leaves tomorrow", left("2026-01-31", "2026-07-01", "E4A"), ("waiting", 150, None)),
    ("entered on the day", national().in_care("2026-06-30"), ("waiting", 0, None)),
    ("enters tomorrow", national().in_care("2026-07-01"), None),
    ("in care for no whole day", left("2026-03-01", "2026-03-01", "E4A"), None),
    ("turned 18", national(born="2008-03-01").in_care("2026-01-31"), ("ended another way", 29, "turned 18")),
    ("18 tomorrow", national(born="2008-07-01").in_care("2026-01-31"), ("waiting", 150, None)),
    ("18 on the day", national(born="2008-06-30").in_care("2026-01-31"), ("ended another way", 150, "turned 18")),
    ("born on a leap day: 18 on 1 March", national(born="2008-02-29").in_care("2026-01-31"),
        ("ended another way", 29, "turned 18")),
    ("died", national(died="2026-02-10").in_care("2026-01-31"), ("ended another way", 10, "died")),
    ("short breaks only", national().in_care("2026-01-31").legal("V4", "2026-01-31"), None),
    ("short breaks from a day on", national().in_care("2026-01-31").legal("C2", "2026-01-31", "2026-03-01").legal("V4", "2026-03-01"),
        ("ended another way", 29, "left care")),
    ("short breaks from tomorrow", national().in_care("2026-01-31").legal("C2", "2026-01-31", "2026-07-01").legal("V4", "2026-07-01"),
        ("waiting", 150, None)),
    ("short breaks beside a care order", national().in_care("2026-01-31").legal("C2", "2026-01-31").legal("V4", "2026-03-01"),
        ("waiting", 150, None)),
    ("an episode of no whole day after care ended", left("2026-01-31", "2026-03-01", "E4A").in_care("2026-03-01", "2026-03-01",
        entered="2026-03-01"), ("ended another way", 29, "left care")),
    ("an episode of no whole day, with an entry before it", national().in_care("2026-03-01", "2026-03-01", entered="2026-01-31"),
        None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "one", "expected"), ENTRY)
def test_entry_to_a_plan(together_asked, sentence, one, expected):
    assert state_among(together_asked, one, "all", "entry_to_plan") == expected


WAYS_OUT = [
    ("E11", "reached"), ("E12", "reached"), ("E4A", "reached"), ("E41", "reached"), ("E45", "reached"),
    ("E4B", "ended another way"), ("E2", "ended another way"), ("E6", "ended another way"),
]  # fmt: skip
LEFT = {reason: left("2026-01-31", "2026-03-01", reason) for reason, _ in WAYS_OUT}


@pytest.mark.parametrize(("reason", "expected"), WAYS_OUT)
def test_which_ways_out_of_care_are_permanence(together_asked, reason, expected):
    assert state_among(together_asked, LEFT[reason], "all", "entry_to_permanence")[:2] == (expected, 29)


def _matched(**dates: str) -> NationalChild:
    return national().in_care("2026-01-31").match("LTF", "2026-02-10", **dates)


RATIFIED = [
    ("after the match", _matched(ratified="2026-02-20"), ("reached", 20)),
    ("before the match", _matched(ratified="2026-02-01"), ("reached", 10)),
    ("tomorrow", _matched(ratified="2026-07-01"), ("waiting", 150)),
    ("never", _matched(), ("waiting", 150)),
    ("ended on the day", _matched(ratified="2026-02-20", ended="2026-06-30"), ("waiting", 150)),
    ("ends tomorrow", _matched(ratified="2026-02-20", ended="2026-07-01"), ("reached", 20)),
]


@pytest.mark.parametrize(("sentence", "one", "expected"), RATIFIED)
def test_a_ratified_long_term_match_is_permanence_from_its_ratification_while_it_stands(together_asked, sentence, one, expected):
    assert state_among(together_asked, one, "all", "entry_to_permanence")[:2] == expected


# Children who each have a test of their own.
SEVERAL = {
    "comes again": left("2026-01-31", "2026-03-01", "E4A").in_care("2026-03-10", period="AGAIN").plan("RETURN6M", "2026-04-09"),
    "a gap": left("2026-01-31", "2026-03-01", "E4A").in_care("2026-03-10"),
    "short breaks after": left("2026-01-31", "2026-03-01", "E4A")
    .in_care("2026-03-01")
    .legal("C2", "2026-01-31", "2026-03-01")
    .legal("V4", "2026-03-01"),
    "an earlier home": national()
    .in_care("2024-01-31", "2024-06-01", period="FIRST")
    .placement("U6", "2024-01-31", "2024-06-01")
    .in_care("2025-01-31", period="AGAIN")
    .placement("A3", "2025-03-01"),
    "every stage": left("2025-01-31", "2026-02-28", "E12")
    .plan("ADOPTION", "2025-03-01")
    .legal("E1", "2025-05-01", "2026-02-28")
    .permanence_record(adm_decision_date="2025-04-01", matched_date="2025-06-01")
    .placement("A6", "2025-06-15", "2026-02-28"),
}


def test_coming_into_care_again_starts_a_new_journey(together_asked):
    rows = rows_among(together_asked, SEVERAL["comes again"], "all").query("step == 'entry_to_plan'")
    assert sorted(zip(rows["state"], rows["days"], strict=True)) == [("ended another way", 29), ("reached", 30)]


def test_a_gap_within_one_recorded_period_of_care_is_one_journey(together_asked):
    assert state_among(together_asked, SEVERAL["a gap"], "all", "entry_to_plan") == ("waiting", 150, None)


def adopting() -> NationalChild:
    return national(born="2024-01-01").in_care("2025-01-31").plan("ADOPTION", "2025-03-01")


def decided() -> NationalChild:
    return adopting().permanence_record(adm_decision_date="2025-04-01")


def ordered(end: str | None = None) -> NationalChild:
    return decided().legal("E1", "2025-05-01", end)


ADOPTION = [
    ("no adoption in the plan: not on the route", national().in_care("2025-01-31").plan("RETURN6M", "2025-03-01"), "entry_to_plan",
        None),
    ("plan", adopting(), "entry_to_plan", ("reached", 29, None)),
    ("no decision yet", adopting(), "plan_to_decision", ("waiting", 486, None)),
    ("decision", decided(), "plan_to_decision", ("reached", 31, None)),
    ("decision on the day of the plan", adopting().permanence_record(adm_decision_date="2025-03-01"), "plan_to_decision",
        ("reached", 0, None)),
    ("decision before the plan", adopting().permanence_record(adm_decision_date="2025-02-28"), "plan_to_decision",
        (OUT_OF_ORDER, 0, None)),
    ("decision tomorrow", adopting().permanence_record(adm_decision_date="2026-07-01"), "plan_to_decision", ("waiting", 486, None)),
    ("no decision date, but an order", adopting().legal("E1", "2025-05-01"), "plan_to_decision",
        ("ended another way", 61, "went on without it")),
    ("no decision: no order awaited", adopting(), "decision_to_order", None),
    ("the plan became another", decided().plan("LTFOST18", "2025-06-01"), "decision_to_order",
        ("ended another way", 61, "the plan changed")),
    ("and came back", decided().plan("LTFOST18", "2025-06-01").plan("ADOPTION", "2025-07-01"), "decision_to_order",
        ("waiting", 455, None)),
    ("the plan ended and none came", national(born="2024-01-01").in_care("2025-01-31").plan("ADOPTION", "2025-03-01", "2025-06-01")
        .permanence_record(adm_decision_date="2025-04-01"), "decision_to_order", ("waiting", 455, None)),
    ("order", ordered(), "decision_to_order", ("reached", 30, None)),
    ("the recorded order", decided().permanence_record(placement_order_date="2025-05-01"), "decision_to_order", ("reached", 30, None)),
    ("an order before the decision", decided().legal("E1", "2025-03-31"), "decision_to_order", (OUT_OF_ORDER, 0, None)),
    ("no match", ordered(), "order_to_match", ("waiting", 425, None)),
    ("another plan while the order is in force", ordered().plan("LTFOST18", "2025-06-01"), "order_to_match", ("waiting", 425, None)),
    ("the order ended, and the plan changed", ordered("2025-07-01").plan("LTFOST18", "2025-06-01"), "order_to_match",
        ("ended another way", 61, "the plan changed")),
    ("match", ordered().permanence(matched="2025-06-01"), "order_to_match", ("reached", 31, None)),
    ("the match came first", ordered().permanence(matched="2025-04-01"), "order_to_match", ("reached", 0, None)),
    ("a match that fell through", ordered().permanence(matched="2025-06-01", reversed="2025-06-20"), "order_to_match",
        ("waiting", 425, None)),
    ("moved in", ordered().match("ADOPTION", "2025-06-01").placement("A6", "2025-06-15"), "match_to_placed", ("reached", 14, None)),
    ("lived with them before the match", ordered().match("ADOPTION", "2025-06-01").placement("U5", "2025-02-10", "2025-06-15")
        .placement("A5", "2025-06-15"), "match_to_placed", ("reached", 0, None)),
    ("early permanence", ordered().placement("U5", "2025-02-10", "2025-06-15").placement("A5", "2025-06-15"), "entry_to_placed",
        ("reached", 10, None)),
    ("the family did not last", ordered().placement("A6", "2025-06-15", "2025-09-01").placement("U6", "2025-09-01"),
        "entry_to_placed", ("waiting", 515, None)),
    ("placed without a recorded match", ordered().placement("A6", "2025-06-15"), "order_to_match",
        ("ended another way", 45, "went on without it")),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "one", "step", "expected"), ADOPTION)
def test_the_steps_of_adoption(together_asked, sentence, one, step, expected):
    assert state_among(together_asked, one, "adoption", step) == expected


def test_short_breaks_after_care_end_a_journey_for_the_reason_that_the_episode_before_gives(together_asked):
    assert state_among(together_asked, SEVERAL["short breaks after"], "all", "entry_to_permanence") == ("reached", 29, None)


def test_a_home_of_an_earlier_period_of_care_does_not_begin_the_adoptive_home(together_asked):
    assert state_among(together_asked, SEVERAL["an earlier home"], "adoption", "entry_to_placed") == ("reached", 29, None)


def _early(one: NationalChild, **more: str) -> NationalChild:
    return one.permanence_record(placed_ffa_cp_date="2025-02-10", adopted_by_carer_flag=True, **more)


# While nobody has adopted, early permanence is no home with the adoptive family until the child is placed for adoption.
HOMES = [
    ("adopted", _early(left("2025-01-31", "2026-02-28", "E12")), ("reached", 10, None)),
    ("not yet", _early(national().in_care("2025-01-31").plan("ADOPTION", "2025-02-01")), ("waiting", 515, None)),
    (
        "placed",
        _early(national().in_care("2025-01-31").plan("ADOPTION", "2025-02-01"), placed_for_adoption_date="2025-06-01"),
        ("reached", 10, None),
    ),
]


@pytest.mark.parametrize(("sentence", "one", "expected"), HOMES)
def test_early_permanence_carers_who_adopted_took_the_child_in_on_the_day_recorded_though_no_placement_says_so(
    together_asked, sentence, one, expected
):
    assert state_among(together_asked, one, "adoption", "entry_to_placed") == expected


def test_an_adopted_child_has_every_stage(together_asked):
    rows = rows_among(together_asked, SEVERAL["every stage"], "adoption").set_index("step")
    assert [rows.loc[step.id, "days"] for step in route_of("adoption").steps] == [29, 31, 30, 31, 14, 258, 135, 393]
    assert set(rows["state"]) == {"reached"}


FOSTERING = [
    ("awaiting a match", national().in_care("2025-01-31").plan("LTFOST18", "2025-03-01"), "plan_to_match", ("waiting", 486, None)),
    ("the plan changed", national().in_care("2025-01-31").plan("LTFOST18", "2025-03-01").plan("ADOPTION", "2025-04-01"),
        "plan_to_match", ("ended another way", 31, "the plan changed")),
    ("matched", national().in_care("2025-01-31").plan("LTFOST18", "2025-03-01").match("LTF", "2025-04-01"), "plan_to_match",
        ("reached", 31, None)),
    ("in a long-term placement", national().in_care("2025-01-31").placement("U4", "2025-04-01"), "entry_to_placed",
        ("reached", 60, None)),
    ("living there before the match", national().in_care("2025-01-31").match("LTF", "2025-05-01").placement("U1", "2025-04-01"),
        "match_to_placed", ("reached", 0, None)),
    ("a hospital stay is looked through", national().in_care("2025-01-31").placement("U4", "2025-04-01", "2026-06-29")
        .placement("T1", "2026-06-29"), "entry_to_placed", ("reached", 60, None)),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "one", "step", "expected"), FOSTERING)
def test_the_steps_of_long_term_fostering(together_asked, sentence, one, step, expected):
    assert state_among(together_asked, one, "long_term_fostering", step) == expected


FAMILY_AND_HOME = [
    ("family", left("2025-01-31", "2025-05-01", "E45").plan("LTRELFR", "2025-03-01"), "plan_to_order", ("reached", 61, None)),
    ("home", left("2025-01-31", "2025-05-01", "E4A").plan("RETURN6M", "2025-03-01"), "plan_to_home", ("reached", 61, None)),
    (
        "home",
        left("2025-01-31", "2025-05-01", "E4B").plan("RETURN6M", "2025-03-01"),
        "plan_to_home",
        ("ended another way", 61, "left care"),
    ),
]


@pytest.mark.parametrize(("route", "one", "step", "expected"), FAMILY_AND_HOME)
def test_the_steps_of_family_and_of_home(together_asked, route, one, step, expected):
    assert state_among(together_asked, one, route, step) == expected


def test_without_the_permanence_record_the_stages_that_need_it_are_not_supplied():
    without = adopting().legal("E1", "2025-05-01")
    answer = journeys(engine(without, not_supplied=("ssd_permanence",)), "adoption", EVERYBODY)
    assert answer.step("plan_to_decision").missing == ("ssd_permanence",)
    assert answer.step("plan_to_decision").years == ()
    assert answer.step("entry_to_plan").missing == () and answer.step("entry_to_plan").figures().reached == 1
    neither = journeys(engine(without, not_supplied=("ssd_permanence", "local_carer_matches")), "adoption", EVERYBODY)
    assert neither.step("order_to_match").missing == ("ssd_permanence or local_carer_matches",)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [("2026-06-30", 2021, 2026), ("2026-03-31", 2020, 2025), ("2026-04-01", 2020, 2026), ("2026-04-02", 2021, 2026)],
)
def test_the_years_counted_began_in_the_six_years_to_the_day(day, first, last):
    assert years_counted(date.fromisoformat(day)) == tuple(range(last, first - 1, -1))


def test_the_year_of_entry_turns_on_1_april_and_earlier_entries_are_listed_and_not_counted():
    each = [national(name).in_care(day) for name, day in (("A", "2026-03-31"), ("B", "2026-04-01"), ("C", "2019-05-01"))]
    # Of one who entered so long ago, the first plan that is left need not be the first there was.
    each.append(national("D").in_care("2018-05-01").plan("RETURN6M", "2021-05-01"))
    generated = engine(*each)
    step = journeys(generated, "all", EVERYBODY).step("entry_to_plan")
    assert [(figures.year, figures.started) for figures in step.years[:3]] == [("All years", 2), ("2026/27", 1), ("2025/26", 1)]
    assert list(longest(generated, "all", "entry_to_plan", EVERYBODY)["child_id"]) == ["C", "A", "B"]
    assert list(longest(generated, "all", "entry_to_plan", EVERYBODY, year="2026/27")["child_id"]) == ["B"]
    assert (step.started_before, step.waiting_before) == (2, 1)


def test_an_unknown_route_is_refused():
    with pytest.raises(QuestionError, match="not a route"):
        journeys(engine(national()), "sideways", EVERYBODY)


def test_a_restricted_child_is_counted_and_not_named_and_a_team_sees_its_own():
    night = records(
        national("A").in_care("2026-01-31").worker("T1", "2026-01-31"),
        national("B").adopted("2026-01-31", "2026-03-01", "E4A").worker("T1", "2026-01-31", "2026-03-01"),
        national("C").in_care("2026-01-31").worker("T2", "2026-01-31"),
    )
    night["local_restrictions"] = [
        {"restriction_id": "1", "person_id": "A", "restriction_type": "ADOPTION", "start_date": date(2026, 1, 1), "end_date": None,
         "allowed_roles": "adoption", "source_row": 2},
    ]  # fmt: skip
    generated = RecordsEngine(night, [date.fromisoformat(DAY)], Settings())

    def seen(**scope):
        return sorted(begun(generated, "all", "entry_to_plan", asking(**scope))["child_id"])

    assert seen() == ["B", "C", "Restricted record"]
    assert seen(roles=frozenset({"Adoption"})) == ["A", "B", "C"]
    assert seen(teams=("T1",), roles=None) == ["A", "B"]
    assert seen(teams=(), roles=None) == []
    hidden = begun(generated, "all", "entry_to_plan", asking()).set_index("child_id").loc["Restricted record"]
    assert pandas.isna(hidden["name"]) and pandas.isna(hidden["legacy_id"]) and hidden["worker"] == "Restricted record"


def product_limit(waits: list[tuple[int, bool]]) -> list[tuple[int, Fraction]]:
    """The share still waiting after each day on which a wait ended, by hand: those who were waiting, less those who reached it."""
    share, points = Fraction(1), []
    for day in sorted({days for days, _ in waits}):
        at_risk = sum(days >= day for days, _ in waits)
        reached = sum(days == day and finished for days, finished in waits)
        share *= Fraction(at_risk - reached, at_risk)
        points.append((day, share))
    return points


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=5, max_size=40))
@effort(deadline=None)
def test_the_curve_is_the_product_limit_worked_by_hand(waits):
    asked = Waits(numpy.array([days for days, _ in waits]), numpy.array([finished for _, finished in waits]))
    drawn, by_hand = asked.curve(), product_limit(waits)
    assert drawn.points["days"].tolist() == [0, *(day for day, _ in by_hand)]
    assert drawn.points["waiting"].tolist() == pytest.approx([1, *(float(share) for _, share in by_hand)])
    assert drawn.points["at_risk"].tolist()[1:] == [sum(days >= day for days, _ in waits) for day, _ in by_hand]
    for left_over, found in zip((Fraction(3, 4), Fraction(1, 2), Fraction(1, 4)), asked.quarters(), strict=True):
        assert found == next((day for day, share in by_hand if share <= left_over), None)


# (day, share waiting, low, high) after each day: scipy 1.17.1, stats.ecdf(...).sf and its confidence_interval(0.95, method="log-log").
SCIPY = {
    "reached, waiting and several on a day": (
        "3+ 3+ 3 10+ 10 25+ 40+ 40 61+ 90 120+ 120+ 200 365+ 400",
        [
            (3, 0.8666666666666667, 0.5639120057089515, 0.9648844959164715),
            (10, 0.7944444444444444, 0.48790519572439356, 0.9288700887839272),
            (25, 0.715, 0.4039721115057765, 0.8832364052445923),
            (40, 0.6355555555555555, 0.3298250072645599, 0.8309244134780105),
            (61, 0.5447619047619047, 0.24730003882205573, 0.7679217517261937),
            (90, 0.5447619047619047, 0.24730003882205573, 0.7679217517261937),
            (120, 0.3268571428571428, 0.08640807626519335, 0.6000986368885615),
            (200, 0.3268571428571428, 0.08640807626519335, 0.6000986368885615),
            (365, 0.1634285714285714, 0.011346652069821566, 0.48066816249133515),
            (400, 0.1634285714285714, 0.011346652069821566, 0.48066816249133515),
        ],
    ),
    "all reached: no interval at 0": (
        "0+ 0+ 5+ 9+ 30+ 31+",
        [
            (0, 0.6666666666666667, 0.19461663680623487, 0.9044341643225164),
            (5, 0.5, 0.11094826035143802, 0.8037092368500567),
            (9, 0.33333333333333337, 0.04608224341204509, 0.6755643579693009),
            (30, 0.16666666666666663, 0.007723104040172138, 0.5168017818449094),
            (31, 0.0, None, None),
        ],
    ),
    "no interval at 1, before the first reached": (
        "1 2 7+ 7+ 9+ 11",
        [
            (1, 1.0, None, None),
            (2, 1.0, None, None),
            (7, 0.5, 0.05784708299514461, 0.844861281190374),
            (9, 0.25, 0.008947824416603157, 0.6653253427888655),
            (11, 0.25, 0.008947824416603157, 0.6653253427888655),
        ],
    ),
    "nobody reached": ("4 8 15 16 23", [(day, 1.0, None, None) for day in (4, 8, 15, 16, 23)]),
}


@pytest.mark.parametrize("case", SCIPY)
def test_the_curve_and_its_interval_are_those_of_scipy(case):
    written, expected = SCIPY[case]
    each = [(int(wait.rstrip("+")), wait.endswith("+")) for wait in written.split()]  # "3+": reached after 3 days
    asked = Waits(numpy.array([days for days, _ in each]), numpy.array([reached for _, reached in each]))
    drawn = asked.curve().points.iloc[1:]
    assert drawn["days"].tolist() == [day for day, *_ in expected]
    for place, column in enumerate(("waiting", "low", "high"), start=1):
        wanted = numpy.array([point[place] for point in expected], dtype=float)
        numpy.testing.assert_allclose(drawn[column].to_numpy(dtype=float), wanted, rtol=0, atol=1e-9, equal_nan=True)


def waits(days: list[int], reached: bool) -> Waits:
    return Waits(numpy.array(days), numpy.array([reached] * len(days)))


def test_a_curve_when_nobody_or_everybody_reached_the_stage_and_with_too_few():
    few, five = waits([1, 2, 3, 4], True), [1, 2, 3, 4, 5]
    assert few.too_few and not few.curve().drawn
    assert (few.quarters(), few.median_reached()) == ((None, None, None), None)
    assert (waits(five, True).quarters(), waits(five, True).median_reached()) == ((2, 3, 4), 3)
    assert waits(five, True).curve().points["waiting"].iloc[-1] == 0
    assert (waits(five, False).quarters(), waits(five, False).median_reached()) == ((None, None, None), None)
    assert waits([0] * 5, True).quarters() == (0, 0, 0)


def test_a_figure_is_the_length_of_its_children():
    start = date(2026, 1, 31)
    each = [
        national(f"R{number}").in_care(start.isoformat()).plan("RETURN6M", (start + timedelta(number)).isoformat())
        for number in (10, 20, 30)
    ]
    each += [national(f"W{number}").in_care(start.isoformat()) for number in (1, 2)]
    figures = journeys(engine(*each), "all", EVERYBODY).step("entry_to_plan").figures("2025/26")
    assert (figures.started, figures.reached, figures.waiting, figures.ended) == (5, 3, 2, 0)
    assert (figures.quarters, figures.median_reached) == ((20, 30, None), 20.0)
