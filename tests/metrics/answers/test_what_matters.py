"""The written summary: what is beyond the ordinary, worked out by hand, and every sentence word for word."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data.settings import Settings
from metrics.answers.reported import PANEL, ROW_COLUMNS, Reported
from metrics.answers.what_matters.moves import Compared, usual_change
from metrics.answers.what_matters.what_matters import what_matters
from metrics.answers.what_matters.words import LastPanel
from metrics.engine.engine import QuestionError
from tests.deep import examples
from tests.support.builder import Child, child, department, records, row
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking

POLICY, RULE = "hertfordshire", "plan_residential"
TITLE = "Residential plan"
TEAMS = (department("T1", "Alpha", "S1", "North"), department("T2", "Beta", "S1", "North"))
AS_AT = date(2026, 10, 31)
SEPTEMBER = date(2026, 9, 30)
MONTHS = 15
LAST = LastPanel(SEPTEMBER, SEPTEMBER)
PLAN, OTHER = "RESPLMT", "OTHERPLN"
PANEL_SAYS = "Since the panel of 30/09/2026"
QUIET = "more than in any of the 12 earlier months with figures."
ENOUGH = "by 3 children or more and by "


def month_ends(count: int = MONTHS, last: date = AS_AT) -> tuple[date, ...]:
    days = [last]
    while len(days) < count:
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    return tuple(reversed(days))


def _child(name: str, listed_from: str | None, team: str = "T1", until: str | None = None) -> Child:
    """A child in care since 2024, with a residential plan from a day on (None: never); before and after it another plan."""
    one = child(name, born="2015-01-01").in_care("2024-01-31").worker(team, "2024-01-31")
    if listed_from is None:
        return one.plan(OTHER, "2024-02-01")
    one.plan(PLAN, listed_from, until)
    return one if until is None else one.plan(OTHER, until)


@cache
def county(new: int = 0, left: int = 0, stay: int = 20, in_beta: int = 0, beside: int = 20) -> RecordsEngine:
    """``stay`` children on the list throughout, of whom ``left`` leave it in October, and ``new`` who join it then (``in_beta`` of
    these in Beta); ``beside`` children in Beta are never on it."""
    stayed = [_child(f"S{place}", "2024-02-01", until="2026-10-15" if place < left else None) for place in range(stay)]
    joined = [_child(f"N{place}", "2026-10-15", "T2" if place < in_beta else "T1") for place in range(new)]
    others = [_child(f"B{place}", None, "T2") for place in range(beside)]
    night = records(*stayed, *joined, *others, departments=TEAMS)
    return RecordsEngine(night, month_ends(), Settings(policies=(POLICY,)), rules=(RULE,))


def says(engine: RecordsEngine, scope=None, last: LastPanel | None = LAST, **more) -> list[str]:
    answer = what_matters(engine, POLICY, scope or asking(), last=last, rules=(RULE,), **more)
    return [sentence.text for sentence in answer.sentences]


@pytest.mark.parametrize(
    ("counts", "months", "usual"),
    [
        ([5, 6, 4, 4, 4, 4, 4], 1, 2),
        ([5, 6, 4, 4, 4, 4], 1, None),
        ([5, None, 4, 4, 4, 4, 4, 4, 4], 1, 0),
        ([5, None, 4, 4, 4, 4, 4], 1, None),
        ([0, 1, 2, 3, 4, 5, 6, 7], 2, 2),
        ([], 1, None),
    ],
)
def test_the_usual_change_is_the_largest_before_and_six_are_needed(counts, months, usual):
    assert usual_change(counts, months) == usual


def test_a_rise_beyond_every_month_before_is_told_and_one_within_is_not():
    assert says(county(new=3))[0] == f"{PANEL_SAYS}, {TITLE} rose from 20 to 23 (worse): {QUIET}"
    assert says(county(new=2))[0] == f"{PANEL_SAYS}, no figure has changed {ENOUGH}{QUIET}"


def test_a_fall_is_better():
    assert says(county(left=4))[0] == f"{PANEL_SAYS}, {TITLE} fell from 20 to 16 (better): {QUIET}"


def test_what_is_told_first_is_worse_then_better_and_the_numbers_stand_behind_the_words():
    engine = RecordsEngine(
        records(
            *(_child(f"S{place}", "2024-02-01", until="2026-10-15" if place < 6 else None) for place in range(20)),
            *(_child(f"B{place}", None, "T2") for place in range(20)),
            departments=TEAMS,
        ),
        month_ends(),
        Settings(policies=(POLICY,)),
    )
    answer = what_matters(engine, POLICY, asking(), last=LAST, rules=("plan_other", RULE))
    assert [(move.rule.id, move.before, move.now, move.usual, move.worse) for move in answer.moved] == [
        ("plan_other", 20, 26, 0, True),
        (RULE, 20, 14, 0, False),
    ]
    first = answer.sentences[0]
    assert first.text == (
        f"{PANEL_SAYS}, Plan recorded as other rose from 20 to 26 (worse) and {TITLE} fell from 20 to 14 (better): {QUIET}"
    )
    assert [part.rule for part in first.parts if part.rule] == ["plan_other", RULE]


def test_a_team_is_named_where_its_own_figure_became_worse_beyond_its_months_before():
    teams = says(county(new=7, in_beta=5))[1]
    assert teams == f"By team: Beta rose from 0 to 5 on {TITLE}."
    assert says(county(new=8, in_beta=4))[1] == (
        "In no team has a figure become worse by 5 children or more and by more than it has changed there before."
    )
    assert says(county(new=8, in_beta=4, beside=12))[1] == (
        "Not in the one team with 20 children or more has a figure become worse by 5 children or more and by more than it has changed "
        "there before."
    )
    assert says(county(stay=19, beside=19))[1] == "No team has 20 children in care, so none is compared by itself."


def test_one_team_alone_has_no_sentence_about_teams():
    told = says(county(new=7, stay=30), asking(teams=("Alpha",)))
    assert told[0] == f"{PANEL_SAYS}, {TITLE} rose from 30 to 37 (worse): {QUIET}"
    assert told[1] == "No child reaches a limit in the next 28 days (no later panel is known)."


def test_where_few_children_are_in_care_no_change_is_told():
    few = says(county(new=9, stay=10, beside=0))
    assert few[0] == "19 children are in care here on 31/10/2026: too few to tell a change from chance."
    assert says(county(new=10, stay=10, beside=0))[0] == f"{PANEL_SAYS}, {TITLE} rose from 10 to 20 (worse): {QUIET}"
    assert says(county(stay=1, beside=0))[0] == "1 child is in care here on 31/10/2026: too few to tell a change from chance."
    assert says(county(stay=1, beside=0), asking(teams=("Beta",)))[0] == "No child is in care here on 31/10/2026."


def test_before_the_first_panel_the_month_end_before_is_compared():
    assert says(county(new=3), last=None)[0].startswith(
        f"Since 30/09/2026 (no earlier panel is compared with), {TITLE} rose from 20 to 23"
    )


def test_a_panel_whose_lists_are_of_another_day_says_so_and_longer_times_are_compared_with_longer_ones():
    later = says(county(new=3), last=LastPanel(date(2026, 10, 5), SEPTEMBER))[0]
    assert later.startswith("Since the panel of 05/10/2026 (lists of 30/09/2026), ")
    quarter = date(2026, 7, 31)
    told = says(county(new=3), last=LastPanel(quarter, quarter))[0]
    assert told == (
        f"Since the panel of 31/07/2026, {TITLE} rose from 20 to 23 (worse): more than over any 3 months "
        "among the 14 earlier months with figures."
    )


def test_what_was_reported_is_what_the_panel_is_told_and_is_no_month_end_of_the_months_before():
    engine = county(new=3)
    frozen = engine.children(POLICY, [RULE], asking(roles=None), SEPTEMBER).assign(in_care=True)
    rows = frozen[ROW_COLUMNS].iloc[:15]
    reported = Reported(SEPTEMBER, POLICY, "night", PANEL, "the panel", rows, (RULE,))
    assert says(engine, last=LastPanel(SEPTEMBER, SEPTEMBER, reported))[0] == (
        f"{PANEL_SAYS}, {TITLE} rose from 15 to 23 (worse): {QUIET}"
    )


def test_where_the_records_begin_late_nobody_can_tell():
    engine = county(new=3, left=1)
    few = Compared(SEPTEMBER, AS_AT, month_ends(6, SEPTEMBER), 1)
    assert not few.can_tell and Compared(SEPTEMBER, AS_AT, month_ends(7, SEPTEMBER), 1).can_tell
    first = date(2026, 6, 30)
    engine.settings = replace(engine.settings, records_from=first)
    assert says(engine)[0] == "There are too few months before to tell what is ordinary: 3 earlier changes, of 6 needed."
    assert says(engine, last=None, as_at=first) == [
        "The records begin on 30/06/2026: there is no earlier day to compare with.",
        "No child reaches a limit in the next 28 days (no later panel is known).",
    ]


def _returning(name: str, since: str) -> Child:
    return child(name, born="2015-01-01").in_care("2024-01-31").worker("T1", "2024-01-31").plan("RETURN6M", since)


@pytest.mark.parametrize(
    ("since", "panel", "sentence"),
    [
        ("2026-05-14", date(2026, 11, 13), "No child reaches a limit by the panel of 13/11/2026."),
        (
            "2026-05-14",
            date(2026, 11, 14),
            "If nothing changes, 1 child reaches a limit by the panel of 14/11/2026: Return-home plan for 6 months or more (1).",
        ),
        (
            "2026-05-28",
            None,
            "If nothing changes, 1 child reaches a limit in the next 28 days (no later panel is known): "
            "Return-home plan for 6 months or more (1).",
        ),
        ("2026-05-29", None, "No child reaches a limit in the next 28 days (no later panel is known)."),
    ],
)
def test_who_reaches_a_limit_by_the_next_panel(since, panel, sentence):
    night = records(*(_child(f"S{place}", "2024-02-01") for place in range(20)), _returning("R", since), departments=TEAMS)
    answer = what_matters(RecordsEngine(night, month_ends(), Settings(policies=(POLICY,))), POLICY, asking(), next_panel=panel)
    assert next(one.text for one in answer.sentences if one.about == "coming") == sentence


def test_restricted_records_are_counted_each_once_and_nobody_is_named():
    canaries = [_returning(f"CANARY{place}", "2026-05-10").plan("ADOPTION", "2025-11-20") for place in range(2)]
    night = records(*(_child(f"S{place}", "2024-02-01") for place in range(20)), *canaries, departments=TEAMS)
    night["local_restrictions"] += [
        row("local_restrictions", person_id=f"CANARY{place}", start_date="2026-01-01", allowed_roles="IRO") for place in range(2)
    ]
    seen, named = (
        what_matters(RecordsEngine(night, month_ends(), Settings(policies=(POLICY,))), POLICY, asking(roles=roles))
        for roles in (frozenset(), frozenset({"iro"}))
    )
    assert seen.text == named.text and "CANARY" not in seen.text
    assert seen.coming and seen.coming.children == 2


def test_a_figure_without_its_extract_is_named_and_is_not_zero():
    engine = RecordsEngine(records(_child("A", "2024-02-01")), month_ends(), Settings(policies=(POLICY,)))
    engine.supplied = dict.fromkeys(engine.supplied, False)
    assert says(engine) == ["The figure is not supplied."]
    every = what_matters(engine, POLICY, asking())
    assert [sentence.text for sentence in every.sentences] == ["None of the 8 figures can be counted: not supplied."]


def test_days_in_the_wrong_order_are_refused():
    with pytest.raises(QuestionError, match="give a panel before 31/10/2026"):
        says(county(), last=LastPanel(AS_AT, AS_AT))
    with pytest.raises(QuestionError, match="give one after 31/10/2026"):
        says(county(), next_panel=AS_AT)


SINCE = re.compile(r"^Since (?:the panel of )?30/09/2026(?: \(no earlier panel is compared with\))?, (.*)\.$")
ROSE = re.compile(rf"{TITLE} (rose|fell) from (\d+) to (\d+)")
FLOORS = re.compile(r"by (\d+) children or more and by more than in any of the (\d+) earlier months with figures$")


def _on_list(engine: RecordsEngine, day: date, team: str | None = None) -> int:
    """Slowly: the children of the list on a day, one by one."""
    rows = engine.children(POLICY, [RULE], asking(roles=None), day)
    return len(rows if team is None else rows[rows["team"] == team])


@hypothesis_settings(max_examples=examples(3, 60), deadline=None)
@given(
    counts=st.fixed_dictionaries(
        {
            "new": st.integers(0, 9),
            "left": st.integers(0, 6),
            "stay": st.integers(8, 24),
            "in_beta": st.integers(0, 6),
            "beside": st.sampled_from([0, 4, 19, 20]),
        }
    )
)
@example(counts={"new": 2, "left": 0, "stay": 20, "in_beta": 2, "beside": 20})
@example(counts={"new": 9, "left": 0, "stay": 20, "in_beta": 6, "beside": 4})
def test_every_sentence_is_true_of_the_lists(counts):
    """Each sentence is read as a stranger would read it, and held against the lists counted child by child."""
    engine = county(**counts)
    ends = month_ends(14, SEPTEMBER)[-13:]
    teams = (None, "Alpha", "Beta")
    before, now = ({team: _on_list(engine, day, team) for team in teams} for day in (SEPTEMBER, AS_AT))
    series = [_on_list(engine, day) for day in ends]
    usual = max(abs(late - early) for early, late in zip(series, series[1:], strict=False))
    in_care = {group.team: int(group.children) for group in engine.groups(asking(), AS_AT).itertuples()}
    change = now[None] - before[None]
    for sentence in what_matters(engine, POLICY, asking(), last=LAST, rules=(RULE,)).sentences:
        text = sentence.text
        if said := SINCE.match(text):
            if rose := ROSE.match(said[1]):
                assert (int(rose[2]), int(rose[3])) == (before[None], now[None])
                assert (rose[1] == "rose") == (change > 0) and abs(change) > usual
            else:
                floor, months = map(int, FLOORS.search(said[1]).groups())  # type: ignore[union-attr]
                assert months == len(series) - 1 and not (abs(change) >= floor and abs(change) > usual)
        elif text.startswith("By team: "):
            for team, first, last in re.findall(rf"(Alpha|Beta) rose from (\d+) to (\d+) on {TITLE}", text):
                assert (int(first), int(last)) == (before[team], now[team]) and int(last) > int(first)
        elif text.startswith("No team has 20 children"):
            assert all(children < 20 for children in in_care.values())
        elif "has a figure become worse by 5" in text:
            looked_at = [team for team, children in in_care.items() if children >= 20]
            assert looked_at and (text.startswith("In no team") == (len(looked_at) == len(in_care)))
            assert all(now[team] - before[team] < 5 for team in looked_at)
        elif "too few to tell" in text:
            assert text.startswith(f"{sum(in_care.values())} ") and sum(in_care.values()) < 20
        else:
            assert text == "No child reaches a limit in the next 28 days (no later panel is known)."
