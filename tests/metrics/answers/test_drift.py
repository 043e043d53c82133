"""Drift between two dates: boundary days by hand, and the identity that holds for anyone who is asked about."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

import pandas
import pytest

from metrics.answers.drift.drift import flows, movements, why_or_where
from metrics.answers.drift.question import MOVEMENTS
from metrics.answers.reported import ROW_COLUMNS, Reported
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.scope import Reach, Scope
from tests.support.builder import Child, child, department, records, row
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking
from words.labels import RESTRICTED_RECORD

POLICY, RULE = "hertfordshire", "plan_residential"
EVERYTHING = asking(roles=None)
AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)
MONTHS = (date(2026, 6, 30), date(2026, 7, 31), AUGUST, SEPTEMBER, OCTOBER)
TEAMS = (
    department("T1", "Alpha", "S1", "North"),
    department("T2", "Beta", "S1", "North"),
    department("T3", "Gamma", "S2", "South"),
)


def _resident(name: str = "A", since: str = "2026-01-01", until: str | None = None, **person: str) -> Child:
    """A child whose plan is a residential placement, from one day until another: on the list at once."""
    return child(name, **person).plan("RESPLMT", since, until)


def _listed(night: Engine, first: date = SEPTEMBER, second: date = OCTOBER, scope: Scope = EVERYTHING) -> pandas.DataFrame:
    """The rows of all who were on the residential plan's list on one of two dates."""
    return movements(night, POLICY, scope, first, second, (RULE,)).children


def _moved(night: Engine, first: date = SEPTEMBER, second: date = OCTOBER, scope: Scope = EVERYTHING) -> dict:
    """{child: movement} of the residential plan's list."""
    listed = _listed(night, first, second, scope)
    return dict(zip(listed["child_id"], listed["movement"], strict=True))


def _row(night: Engine, name: str, scope: Scope = EVERYTHING) -> dict:
    """What is told of one child from September to October."""
    listed = _listed(night, scope=scope)
    (row,) = listed[listed["child_id"] == name].to_dict("records")
    return row


# From one day until another on the list, and what that is from 30 September to 31 October.
CLOSES = [
    ("2026-09-30", None, "still"),
    ("2026-10-01", None, "new"),
    ("2026-10-31", None, "new"),
    ("2026-11-01", None, None),
    ("2026-01-01", "2026-10-31", "resolved"),
    ("2026-01-01", "2026-11-01", "still"),
    ("2026-01-01", "2026-09-30", None),
    ("2026-01-01", "2026-10-01", "resolved"),
]
LEAVERS = [
    (_resident("L0").in_care("2026-01-01", "2026-10-31", ceased="E4A"), "2026-10-31", "Returned home, planned"),
    (_resident("L1").in_care("2026-01-01", "2026-10-05"), "2026-10-05", "not recorded"),
    (_resident("L2").in_care("2026-01-01", "2026-10-05", ceased="X1"), "2026-10-05", "not recorded"),
    (_resident("L3", born="2008-10-31").in_care("2026-01-01"), "2026-10-31", "turned 18"),
    (_resident("L4", born="2008-10-31").in_care("2026-01-01", "2026-10-31", ceased="E5"), "2026-10-31", "Independent, supported"),
    (_resident("L5", born="2008-10-20").in_care("2026-01-01", "2026-10-31", ceased="E5"), "2026-10-20", "turned 18"),
    (_resident("L6", born="2008-10-20").in_care("2026-01-01", "2026-10-19", ceased="E5"), "2026-10-19", "Independent, supported"),
    (_resident("L7", died="2026-10-07").in_care("2026-01-01"), "2026-10-07", "died"),
    (
        _resident("L8").in_care("2026-01-01").legal("C2", "2026-01-01", "2026-10-09").legal("V4", "2026-10-01"),
        "2026-10-09",
        "short breaks only",
    ),
    (
        _resident("L9")
        .in_care("2026-01-01", "2026-10-05", ceased="E4A")
        .in_care("2026-10-10", "2026-10-12", ceased="E41", period="B"),
        "2026-10-12",
        "RO/CAO",
    ),
]  # fmt: skip


def _handed_over(
    name: str, day: str, until: str | None = None, ceased: str | None = None, plan_until: str | None = None
) -> Child:
    """A child on the list who goes from the service North to South on a day."""
    one = _resident(name, until=plan_until).in_care("2026-01-01", until, ceased=ceased)
    return one.worker("T1", "2026-01-01", day).worker("T3", day)


def _back(name: str, plan_until: str = "2026-08-01") -> Child:
    """A child who came off the list in the summer and is on it again since 20 October."""
    return child(name).in_care("2026-01-01").plan("RESPLMT", "2026-06-01", plan_until).plan("RESPLMT", "2026-10-20")


HANDED_OVER = ("2026-09-15", "2026-09-20", "2026-09-29", "2026-09-30", "2026-10-01", "2026-10-15", "2026-10-31", "2026-11-01")


@pytest.fixture(scope="module")
def night() -> Engine:
    """One night of the children of most of these tests, who do not touch each other."""
    closes = [_resident(f"C{number}", *days).in_care("2026-01-01") for number, (*days, _) in enumerate(CLOSES)]
    others = [
        _back("BACK"),
        child("BETWEEN").in_care("2026-01-01").plan("RESPLMT", "2026-07-01", "2026-07-30").plan("RESPLMT", "2026-10-20"),
        _resident("STAYS").in_care("2026-01-01"),
        _resident("RETURNS", until="2026-10-10")
        .in_care("2026-01-01", "2026-10-05", ceased="E4A")
        .in_care("2026-10-20", period="AGAIN"),
        _resident("RESOLVED", until="2026-10-12").in_care("2026-01-01"),
        _resident("LEAVES").in_care("2026-01-01", "2026-10-12", ceased="E4A"),
        _resident("LEAVES LATER").in_care("2026-01-01", "2026-11-01", ceased="E4A"),
    ]
    teams = [
        *(_handed_over(f"MOVES {day}", day) for day in HANDED_OVER),
        _handed_over("OFF AFTER", "2026-10-15", plan_until="2026-10-20"),
        _handed_over("LEFT AFTER", "2026-10-15", until="2026-10-20", ceased="E4A"),
        _handed_over("LEFT BEFORE", "2026-12-01", until="2026-10-20", ceased="E4A"),
        _back("CAME BACK").worker("T1", "2026-01-01", "2026-09-15").worker("T3", "2026-09-15"),
    ]
    everybody = records(*closes, *(one for one, *_ in LEAVERS), *others, *teams, departments=TEAMS)
    return RecordsEngine(everybody, MONTHS, rules=(RULE,))


def test_the_close_of_each_date_decides(night):
    moved = _moved(night)
    assert [moved.get(f"C{number}") for number in range(len(CLOSES))] == [movement for *_, movement in CLOSES]


def test_one_who_was_on_an_earlier_month_ends_list_and_not_on_the_first_has_re_entered(night):
    told = _row(night, "BACK")
    assert (told["movement"], told["earlier_date"].date()) == ("re-entered", date(2026, 7, 31))


def test_one_who_was_on_the_list_between_month_ends_only_is_new(night):
    assert _moved(night)["BETWEEN"] == "new"


def test_the_first_date_itself_is_no_earlier_list(night):
    assert _moved(night, OCTOBER, OCTOBER)["STAYS"] == "still"


def test_one_who_leaves_care_and_returns_without_the_plan_is_resolved(night):
    assert _moved(night)["RETURNS"] == "resolved"


def test_leaving_care_has_its_day_and_its_reason(night):
    left = _listed(night).set_index("child_id").loc[[f"L{number}" for number in range(len(LEAVERS))]]
    actual = [(row.movement, row.left_date.date().isoformat(), row.left_reason) for row in left.itertuples()]
    assert actual == [("left care", day, reason) for _, day, reason in LEAVERS]


def test_born_on_29_february_is_18_on_1_march():
    engine = RecordsEngine(
        records(_resident(born="2008-02-29").in_care("2026-01-01")),
        (date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)),
        rules=(RULE,),
    )
    to_february = movements(engine, POLICY, EVERYTHING, date(2026, 2, 27), date(2026, 2, 28), (RULE,))
    assert list(to_february.children["movement"]) == ["still"]
    to_march = movements(engine, POLICY, EVERYTHING, date(2026, 2, 28), date(2026, 3, 1), (RULE,)).children.iloc[0]
    assert (to_march["movement"], to_march["left_date"].date(), to_march["left_reason"]) == (
        "left care",
        date(2026, 3, 1),
        "turned 18",
    )


def test_a_move_between_teams_is_a_movement_of_the_teams_and_not_of_the_county(night):
    name = "MOVES 2026-10-15"
    expected = {
        EVERYTHING: "still",
        asking(teams=("Alpha",)): "moved out",
        asking(teams=("Gamma",)): "moved in",
        asking(services=("South",)): "moved in",
        asking(teams=("Beta",)): None,
    }
    assert {scope: _moved(night, scope=scope).get(name) for scope in expected} == expected
    told = _row(night, name, asking(roles=None, teams=("Alpha",)))
    assert (told["team"], told["second_team"]) == ("Alpha", "Gamma")


def test_a_teams_opening_and_closing_are_made_of_those_who_moved():
    moves = RecordsEngine(records(_handed_over("A", "2026-10-15"), departments=TEAMS), (SEPTEMBER, OCTOBER), rules=(RULE,))
    (told,) = movements(moves, POLICY, asking(teams=("Alpha",)), SEPTEMBER, OCTOBER, (RULE,)).rules
    assert (told.opening, told.left, told.closing) == (1, 1, 0)


def test_a_child_who_moves_team_and_comes_off_the_list_is_resolved_for_the_team_that_had_the_child(night):
    assert _moved(night, scope=asking(teams=("Alpha",)))["OFF AFTER"] == "resolved"
    assert "OFF AFTER" not in _moved(night, scope=asking(teams=("Gamma",)))
    assert _row(night, "OFF AFTER")["second_team"] == "Gamma"


NORTH, SOUTH = Reach(services=("North",), words="North"), Reach(services=("South",), words="South")
BOTH = Reach(services=("North", "South"), words="both")


def test_who_sees_some_services_has_a_child_by_the_service_of_each_date(night):
    cases = [
        ("2026-09-29", None, "still"),
        ("2026-09-30", None, "still"),
        ("2026-10-01", "moved out", "moved in"),
        ("2026-10-31", "moved out", "moved in"),
        ("2026-11-01", "still", None),
    ]
    north, south, both = (_moved(night, scope=asking(reach=reach)) for reach in (NORTH, SOUTH, BOTH))
    for day, of_north, of_south in cases:
        name = f"MOVES {day}"
        assert (north.get(name), south.get(name), both.get(name)) == (of_north, of_south, "still"), day


def test_what_became_of_a_child_after_it_went_to_another_service_is_not_told(night):
    """Whether it stayed on the list, came off it or left care there: the same row, of the first date alone."""
    names = ["MOVES 2026-10-15", "OFF AFTER", "LEFT AFTER"]
    rows = [_row(night, name, asking(reach=NORTH)) for name in names]
    told = rows[0]
    assert (told["movement"], told["team"], told["first_team"]) == ("moved out", "Alpha", "Alpha")
    assert all(pandas.isna(told[column]) for column in ("second_service", "second_team", "left_reason"))
    assert told["days_over"] == (SEPTEMBER - told["limit_date"].date()).days, "as on the first date"
    assert why_or_where(told) == "not one of yours on the second date"
    same = pandas.DataFrame(rows).drop(columns=["child_id", "name", "age"]).astype(str)
    assert len(same.drop_duplicates()) == 1
    north = _moved(night, scope=asking(services=("North",)))
    assert [north[name] for name in names] == ["moved out", "resolved", "left care"]


def test_who_leaves_care_before_going_elsewhere_has_left_care(night):
    assert why_or_where(_row(night, "LEFT BEFORE", asking(reach=NORTH))) == "Returned home, planned, 20/10/2026"


def test_what_was_before_a_child_came_from_another_service_is_not_told(night):
    assert _moved(night, scope=asking(services=("South",)))["CAME BACK"] == "re-entered"
    told = _row(night, "CAME BACK", asking(reach=SOUTH))
    assert told["movement"] == "new" and pandas.isna(told["earlier_date"])
    late = _row(night, "MOVES 2026-10-15", asking(reach=SOUTH))
    assert pandas.isna(late["first_team"]) and why_or_where(late) == "not one of yours on the first date"


def test_between_teams_that_one_person_sees_a_move_is_told(night):
    assert why_or_where(_row(night, "MOVES 2026-10-15", asking(teams=("Alpha",), reach=BOTH))) == "to Gamma"


def test_a_list_that_was_reported_tells_of_the_services_seen_alone(night):
    """The child was reported under North, and as now known was South's by then."""
    known = _listed(night, SEPTEMBER, SEPTEMBER)
    was_north = known[known["child_id"] == "MOVES 2026-10-15"].assign(child_id="MOVES 2026-09-20", in_care=True)[ROW_COLUMNS]
    reported = Reported(SEPTEMBER, POLICY, "a load", "night", "the load", was_north, (RULE,))

    def late(scope: Scope) -> dict:
        found = movements(night, POLICY, scope, SEPTEMBER, OCTOBER, (RULE,), reported=reported).late
        (row,) = found[found["child_id"] == "MOVES 2026-09-20"].to_dict("records")
        return row

    for reach, difference in ((NORTH, "taken off since"), (SOUTH, "recorded late")):
        told = late(asking(reach=reach))
        assert told["difference"] == difference and pandas.isna(told["other_team"])
    assert late(asking(services=("North",)))["other_team"] == "Gamma"


# What others' rows say, changed: half of them come off their lists, the others have other days, teams and workers.
OTHERS_CHANGED = (
    "delete from listed where service != $service and hash(child_id) % 2 = 0",
    """update listed
    set since = since - 9, days_over = days_over + 9, service = 'Elsewhere', team = 'Other', worker = 'X', on_list = true
    where service != $service""",
    "update spine set service = 'Elsewhere', team = 'Other', worker = 'X' where service != $service",
    "update not_in_care_on_day set service = 'Elsewhere', team = 'Other', worker = 'X' where service != $service",
)


def _wandering(name: str, random: Random) -> Child:
    """A child who goes from team to team, on the list and off it, and perhaps leaves care."""
    days = sorted(f"2026-{random.randint(6, 10):02}-{random.randint(1, 30):02}" for _ in range(4))
    one = child(name).in_care("2026-01-01", random.choice([None, None, days[3]]), ceased="E4A")
    teams = random.sample(["T1", "T2", "T3"], 3)
    one.worker(teams[0], "2026-01-01", days[1]).worker(teams[1], days[1], days[2]).worker(teams[2], days[2])
    return one.plan("RESPLMT", "2026-01-01", days[0]).plan("RESPLMT", days[random.randint(1, 3)])


def test_nothing_that_another_services_lists_say_changes_what_a_service_is_told():
    """So no figure, movement, day or team of another service can be worked out from it."""
    random, seen = Random(1), Counter[str]()
    wandering = records(*(_wandering(f"C{number}", random) for number in range(60)), departments=TEAMS)
    for service, reach in (("North", NORTH), ("South", SOUTH)):
        engine, scope = RecordsEngine(wandering, MONTHS, rules=(RULE,)), asking(roles=None, reach=reach)
        told = []
        for changes in ((), OTHERS_CHANGED):
            for sql in changes:
                engine._connection.execute(sql, {"service": service})
            pairs = [movements(engine, POLICY, scope, first, second, (RULE,)).children for first, second in pairwise(MONTHS)]
            told.append([*(frame.to_csv() for frame in pairs), flows(engine, POLICY, scope, MONTHS, (RULE,)).to_csv()])
            seen.update(movement for frame in pairs for movement in frame["movement"])
        assert told[0] == told[1]
    assert min(seen[movement] for movement in MOVEMENTS) > 0, seen


def test_what_is_dated_after_the_second_date_does_not_exist_on_it(night):
    assert _moved(night)["LEAVES LATER"] == "still"


def test_a_day_of_its_own_is_computed_beside_the_month_ends(night):
    names = ("BACK", "RESOLVED", "LEAVES")
    for first, second, expected in (
        (date(2026, 10, 11), date(2026, 10, 25), ["re-entered", "resolved", "left care"]),
        (date(2026, 10, 11), OCTOBER, ["re-entered", "resolved", "left care"]),
        (SEPTEMBER, date(2026, 10, 12), [None, "resolved", "left care"]),
    ):
        moved = _moved(night, first, second)
        assert [moved.get(name) for name in names] == expected


def test_a_rule_that_is_not_supplied_has_no_figure():
    engine = RecordsEngine(
        records(_resident().in_care("2026-01-01"), not_supplied=("ssd_care_leavers",)), MONTHS, rules=(RULE, "no_current_plan")
    )
    answer = movements(engine, POLICY, EVERYTHING, SEPTEMBER, OCTOBER)
    actual = {one.rule.id: one for one in answer.rules}
    assert actual["no_current_plan"].absence.tables == ("ssd_care_leavers",)
    assert actual["no_current_plan"].opening is actual["no_current_plan"].new is actual["no_current_plan"].closing is None
    assert (actual[RULE].opening, actual[RULE].absence) == (1, None)
    months = flows(engine, POLICY, EVERYTHING, MONTHS).set_index("rule")
    assert months.loc["no_current_plan", ["opening", "joined", "left", "closing"]].isna().all().all()
    assert months.loc[RULE, "opening"].tolist() == [1, 1, 1, 1]


# From and until when a record is restricted.
RESTRICTED = [("2026-01-01", None), ("2026-10-31", None), (None, "2026-10-01")]


def test_a_record_that_is_restricted_on_either_date_is_counted_and_not_named():
    names = [f"CANARY {number}" for number in range(len(RESTRICTED))]
    left = (_resident(name).in_care("2026-01-01", "2026-10-10", ceased="E12").worker("T1", "2026-01-01") for name in names)
    restricted = records(*left, departments=TEAMS)
    restricted["local_restrictions"] += [
        row("local_restrictions", person_id=name, start_date=start, end_date=end, allowed_roles="IRO")
        for name, (start, end) in zip(names, RESTRICTED, strict=True)
    ]
    engine = RecordsEngine(restricted, MONTHS, rules=(RULE,))
    answer = movements(engine, POLICY, asking(), SEPTEMBER, OCTOBER, (RULE,))
    assert list(answer.children["child_id"]) == [RESTRICTED_RECORD] * 3
    assert answer.rules[0].left_care == 3
    assert "CANARY" not in answer.children.to_csv() and "Adopted" not in answer.children.to_csv()
    named = movements(engine, POLICY, asking(roles=frozenset({"iro"})), SEPTEMBER, OCTOBER, (RULE,)).children
    assert sorted(named["child_id"]) == names and set(named["left_reason"]) == {"Adopted, consent dispensed"}


def test_questions_that_cannot_be_answered_are_refused_in_a_sentence(night):
    with pytest.raises(QuestionError, match="The first date, 31/10/2026, is after the second, 30/09/2026"):
        movements(night, POLICY, EVERYTHING, OCTOBER, SEPTEMBER)
    with pytest.raises(QuestionError, match="later than the load of 31/10/2026"):
        movements(night, POLICY, EVERYTHING, OCTOBER, date(2026, 11, 1))
    with pytest.raises(QuestionError, match="two dates or more"):
        flows(night, POLICY, EVERYTHING, (OCTOBER,))
    with pytest.raises(QuestionError, match="The policy 'herts' is not in use"):
        movements(night, "herts", EVERYTHING, SEPTEMBER, OCTOBER)


@pytest.mark.parametrize("first", [date(2026, 9, 30), date(2026, 9, 12)])
def test_opening_and_closing_are_the_figures_of_the_two_dates_in_every_scope(engine, first):
    groups = engine.groups(asking())
    scopes = [
        EVERYTHING,
        *(asking(services=(name,)) for name in groups["service"].unique()),
        *(asking(teams=(name,)) for name in groups["team"]),
    ]
    for scope in scopes:
        figures = engine.figures(POLICY, scope, dates=(first, engine.as_at)).set_index(["as_at", "rule"])["children"]
        answer = movements(engine, POLICY, scope, first, engine.as_at)
        for one in answer.rules:
            assert one.opening == figures[(first.isoformat(), one.rule.id)]
            assert one.closing == figures[(engine.as_at.isoformat(), one.rule.id)]
            assert one.opening + one.joined - one.left == one.closing
            assert one.new + one.re_entered + one.moved_in == one.joined
            assert one.resolved + one.left_care + one.moved_out == one.left


def test_the_flows_close_where_the_next_open_and_agree_with_the_children(engine):
    dates = engine.trend_dates(engine.as_at)
    actual = flows(engine, POLICY, EVERYTHING, dates)
    assert len(actual) == 12 * len(engine.policies[POLICY].rules)
    for _, months in actual.groupby("rule"):
        assert months["closing"].tolist()[:-1] == months["opening"].tolist()[1:]
        assert (months["opening"] + months["joined"] - months["left"] == months["closing"]).all()
    assert actual["joined"].sum() > 20 and actual["left_care"].sum() > 5 and actual["re_entered"].sum() > 0
    answer = movements(engine, POLICY, EVERYTHING, dates[-3], dates[-2])
    month = actual[actual["second_date"] == answer.second.isoformat()].set_index("rule")
    for one in answer.rules:
        for name in ("opening", "new", "re_entered", "joined", "still", "resolved", "left_care", "left", "closing"):
            assert getattr(one, name) == month.loc[one.rule.id, name]
