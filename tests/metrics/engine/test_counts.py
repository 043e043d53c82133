"""Figures from counts that are kept in memory are those that the gate itself counts, whoever asks and in whatever order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from metrics.answers.what_matters.what_matters import what_matters
from metrics.engine import counts
from metrics.engine.counts import WORKER, Counts, KeptCounts, Sizes
from metrics.engine.engine import COMING, GROUPS, Engine
from metrics.engine.gate import groups_within
from metrics.engine.rows import FigureRow
from metrics.engine.scope import NO_ROLES, Names, PanelArea, Reach, Scope

POLICY = "hertfordshire"
EVERYBODY = Scope.whole_council(roles=NO_ROLES)


def _teams(engine: Engine) -> list[tuple[str, str]]:
    groups = engine.groups(EVERYBODY)
    return list(zip(groups["service"], groups["team"], strict=True))


def _area(teams: list[tuple[str, str]]) -> PanelArea:
    """A service and one team of another, written in other letters."""
    return PanelArea("South", (("North", (teams[0][0].upper(),)), ("South", (f" {teams[0][1].lower()} ", teams[-1][0]))))


SCOPES: dict[str, Callable[[list[tuple[str, str]]], Scope]] = {
    "the whole council": lambda teams: EVERYBODY,
    "a service": lambda teams: EVERYBODY.narrowed(teams[0][0]),
    "a team": lambda teams: EVERYBODY.narrowed(*teams[-1]),
    "a team of another service": lambda teams: EVERYBODY.narrowed("Nowhere", teams[0][1]),
    "an area": lambda teams: EVERYBODY.of_area(_area(teams)),
    "who may see a team": lambda teams: Scope.of_person(Reach(teams=(teams[1][1],)), NO_ROLES, Names.INITIALS),
    "who may see a team and a service": lambda teams: Scope.of_person(
        Reach(services=(teams[0][0],), teams=(teams[-1][1],)), NO_ROLES, Names.FULL
    ),
    "who may see a team and looks at another": lambda teams: Scope.of_person(
        Reach(teams=(teams[1][1],)), NO_ROLES, Names.FULL
    ).narrowed(*teams[0]),
    "who may see nobody": lambda teams: Scope.of_person(Reach(), NO_ROLES, Names.FULL),
    "no team": lambda teams: replace(EVERYBODY, teams=()),
}
EMPTY = {"a team of another service", "who may see a team and looks at another", "who may see nobody", "no team"}


def _counted_by_the_gate(engine: Engine, scope: Scope, by: str, days: tuple[date, ...]) -> list[FigureRow]:
    found: dict[date, Counts] = {}
    rules = engine.policy(POLICY).rules
    for part in engine.parts(days):
        with engine.view(scope, part, rules) as view:
            found |= counts.counted(view, POLICY, part, by == WORKER)
    return counts.figure_rows(POLICY, [rule.id for rule in rules], engine.settings.council, by, found)


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("whose", SCOPES)
def test_counts_in_memory_are_narrowed_as_the_gate_narrows(engine: Engine, whose: str, by: str):
    scope = SCOPES[whose](_teams(engine))
    days = (engine.reporting_dates[-3], engine.as_at)
    expected = _counted_by_the_gate(engine, scope, by, days)
    assert engine.figure_rows(POLICY, scope, by, days) == expected
    assert engine.figure_rows(POLICY, scope, by, days) == expected, "and when they are asked for again"


LISTED = """select rule, child_number from listed_unnamed as listed where policy = $policy_id and as_at = $as_at and ({which})"""


def _coming_by_the_gate(engine: Engine, scope: Scope, day: date, days_before: int) -> tuple[int, dict[str, int]]:
    """Who reaches a limit, child by child: each once, and those of each rule."""
    with engine.view(scope, (day,), engine.policy(POLICY).rules) as view:
        asked = {"policy_id": POLICY, "as_at": day, "days_before": days_before}
        rows = view.execute(LISTED.format(which=COMING), asked).fetchall()
    return len({child for _, child in rows}), {rule: len({child for of, child in rows if of == rule}) for rule, _ in rows}


def test_who_comes_next_is_narrowed_as_the_gate_narrows(engine: Engine):
    children = engine.coming_next(POLICY, EVERYBODY)
    known = children[children["name"].notna()]
    cases = tuple(zip(known["child_id"], known["worker"], strict=True))
    scopes = {whose: made(_teams(engine)) for whose, made in SCOPES.items()}
    scopes["a worker"] = EVERYBODY.narrowed(worker=known["worker"].iloc[0])
    scopes["somebody with own cases"] = Scope.of_person(Reach(workers=("W",), cases=cases[:3]), NO_ROLES, Names.FULL)
    some = set()
    for whose, scope in scopes.items():
        for day, ahead in ((engine.reporting_dates[-3], 28), (engine.as_at, 28), (engine.as_at, 90)):
            seen = what_matters(engine, POLICY, scope, day, next_panel=day + timedelta(days=ahead)).coming
            assert seen is not None
            found = (seen.children, {rule.id: number for rule, number in seen.by_rule})
            assert found == _coming_by_the_gate(engine, scope, day, ahead), (whose, day, ahead)
            some |= {(whose, found[0])} if found[0] else set()
    assert {whose for whose, _ in some} >= {
        "the whole council",
        "who may see a team",
        "a worker",
        "somebody with own cases",
    }
    assert not {whose for whose, _ in some} & EMPTY and len({number for _, number in some}) > 2


def test_some_scopes_are_counted_apart_and_others_are_not_empty(engine: Engine):
    """The comparison above compares something."""
    rows = {whose: engine.figure_rows(POLICY, SCOPES[whose](_teams(engine)), "team") for whose in SCOPES}
    empty = {whose for whose, found in rows.items() if not found}
    assert empty == EMPTY
    assert len({tuple(found) for found in rows.values()}) > 5


def test_counts_by_team_tell_nothing_of_a_workers_children_and_none_of_somebodys_own_cases():
    cases = Reach(teams=("East 1",), workers=("W1",), cases=(("A", "Ann Smith"),))
    assert groups_within(EVERYBODY.narrowed(worker="Ann Smith"), by_worker=False) is None
    assert groups_within(Scope.of_person(cases, NO_ROLES, Names.FULL), by_worker=False) is None
    assert groups_within(Scope.of_person(cases, NO_ROLES, Names.FULL), by_worker=True) is None


def test_a_workers_counts_are_those_of_the_worker(engine: Engine):
    for worker in engine.workers(POLICY, EVERYBODY)[:5]:
        scope = EVERYBODY.narrowed(worker=worker)
        for by in GROUPS:
            assert engine.figure_rows(POLICY, scope, by) == _counted_by_the_gate(engine, scope, by, (engine.as_at,))
        assert engine.workers(POLICY, scope) == (worker,)


def test_what_is_kept_for_one_person_is_given_to_nobody_else(engine: Engine):
    """Two whose own cases only the gate can tell, one after the other and again."""
    cases = [
        (row["child_id"], row["worker"])
        for row in engine.children(POLICY, ["ltf_12m"], EVERYBODY)[["child_id", "worker"]].to_dict("records")
    ]
    one, other = (
        Scope.of_person(Reach(workers=("W",), cases=some), NO_ROLES, Names.FULL) for some in (tuple(cases[:2]), tuple(cases[2:7]))
    )
    for _ in range(2):
        for scope, number in ((one, 2), (other, 5)):
            for by in ("county", "worker"):
                rows = [row for row in engine.figure_rows(POLICY, scope, by) if row.rule == "ltf_12m"]
                assert sum(row.children or 0 for row in rows) == number


def test_the_workers_offered_are_those_of_the_figures(engine: Engine):
    for scope in (EVERYBODY, EVERYBODY.narrowed(*_teams(engine)[0]), Scope.of_person(Reach(), NO_ROLES, Names.FULL)):
        for day in (engine.as_at, engine.reporting_dates[-2]):
            by_worker = engine.figure_rows(POLICY, scope, "worker", [day])
            assert engine.workers(POLICY, scope, day) == tuple(sorted({row.group for row in by_worker}))


def test_days_that_are_kept_are_not_asked_for_again_and_the_oldest_make_room(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(counts, "GROUPS_KEPT", 4)
    asked: list[date] = []

    def ask(days) -> dict[date, Counts]:
        asked.extend(days)
        return {day: Counts(groups={("North", "East 1", ""): Sizes()}) for day in days}

    first, second, third = (date(2026, month, 1) for month in (1, 2, 3))
    kept = KeptCounts()
    assert list(kept.of("a", [first, second], ask)) == [first, second]
    kept.of("a", [first], ask)
    assert asked == [first, second]
    kept.of("b", [first], ask)
    assert asked == [first, second, first], "another policy's are others"
    kept.of("a", [third], ask)
    kept.of("a", [second], ask)
    assert asked[3:] == [third, second]


def test_one_question_gives_the_lists_and_who_comes_next(engine: Engine):
    rules = [rule.id for rule in engine.policy(POLICY).rules]
    teams = _teams(engine)
    compared: Counter[str] = Counter()
    for scope in (
        EVERYBODY,
        EVERYBODY.narrowed(*teams[0]),
        Scope.of_person(Reach(teams=(teams[1][1],)), NO_ROLES, Names.INITIALS),
    ):
        for day in (engine.as_at, engine.reporting_dates[-2]):
            listed, coming = engine.listed_and_coming(POLICY, scope, day)
            for one, other in (
                (listed, engine.children(POLICY, rules, scope, day)),
                (coming, engine.coming_next(POLICY, scope, day)),
            ):
                assert list(one.columns) == list(other.columns)
                assert one.astype(object).where(one.notna(), None).equals(other.astype(object).where(other.notna(), None))
            compared += Counter(listed=len(listed), coming=len(coming))
    assert compared["listed"] > 20 and compared["coming"] > 2
