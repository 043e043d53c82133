"""What matters first, in two or three sentences: what moved since the last panel beyond the ordinary, in which teams, and who comes next.

The sentences are made of parts, some with the list or team that they are about, so that a page links what a sheet and a PDF print.
Restricted records are counted, and nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from metrics.answers.reported import Reported
from metrics.answers.what_matters import words
from metrics.answers.what_matters.moves import (
    FEWEST_MOVED,
    FEWEST_MOVED_IN_TEAM,
    Compared,
    Move,
    compared,
    counts_by,
    moved_by,
    moves,
    rules_that_can_be_told,
    usual_changes,
)
from metrics.answers.what_matters.words import Coming, LastPanel, Sentence
from metrics.engine.counts import COUNTY, Counts, Sizes
from metrics.engine.engine import COMING, Engine, QuestionError
from metrics.engine.gate import View
from metrics.engine.policy import Rule
from metrics.engine.rows import GroupRow
from metrics.engine.scope import Scope
from words.few import FEWEST_IN_CARE

SQL = Path(__file__).parent / "coming.sql"
DAYS_AHEAD = 28  # where no next panel is planned
CHILDREN = "children"  # of all rules together


@dataclass(frozen=True)
class WhatMatters:
    """``sentences`` to print in their order. Behind them: ``moved`` (the scope's figures), ``teams`` (of single teams, only what is
    worse), and ``coming``, None where nothing can be counted. ``usual``: rule -> its usual change, where that can be told."""

    as_at: date
    since: date
    sentences: tuple[Sentence, ...]
    moved: tuple[Move, ...] = ()
    teams: tuple[Move, ...] = ()
    coming: Coming | None = None
    usual: Mapping[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All of it as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)


def what_matters(
    engine: Engine,
    policy_id: str,
    scope: Scope,
    as_at: date | None = None,
    last: LastPanel | None = None,
    next_panel: date | None = None,
    rules: Iterable[str] | None = None,
) -> WhatMatters:
    """What matters on a day (unless given, the night's own) to the scope: the council, a service or a team.

    ``last``: the panel before, whose lists are of a day before ``as_at``; without one the month end before is compared with.
    ``next_panel``: the day of the next panel, after ``as_at``; without one, the next DAYS_AHEAD days are looked at. ``rules``: those of
    the policy to speak of (all unless given). Raises QuestionError for days in the wrong order and for an unknown policy or rule.
    """
    day = as_at or engine.as_at
    if last is not None and last.as_at >= day:
        raise QuestionError(f"The lists of the last panel are of {last.as_at:%d/%m/%Y}; give a panel before {day:%d/%m/%Y}.")
    if next_panel is not None and next_panel <= day:
        raise QuestionError(f"The next panel is on {next_panel:%d/%m/%Y}; give one after {day:%d/%m/%Y}.")
    every = engine.policy(policy_id).rules
    asked = every if rules is None else tuple(engine.rule(policy_id, rule_id) for rule_id in rules)
    since = last.as_at if last else engine.trend_dates(day, 2)[0]
    absences = [(rule, absence) for rule in asked if (absence := engine.absence(rule, day))]
    absent = {rule.id for rule, _ in absences}
    counted = [rule for rule in asked if rule.id not in absent]
    missing = words.missing(absences, len(asked))
    if not counted:
        return WhatMatters(day, since, missing)
    coming = _coming(engine, policy_id, scope, day, counted, next_panel)
    if since == day:
        return WhatMatters(day, since, (words.no_earlier_day(day), words.coming(coming, day), *missing), coming=coming)
    groups = engine.group_rows(scope, day)
    in_care = sum(row["children"] for row in groups)
    reported = last.reported if last else None
    days = compared(engine, since, day, reported is not None)
    moved: tuple[Move, ...] = ()
    teams: tuple[Move, ...] = ()
    usual: Mapping[str, int] = {}
    if in_care < FEWEST_IN_CARE:
        said: tuple[Sentence, ...] = (words.too_few(in_care, day),)
    elif not days.can_tell:
        said = (words.too_early(days),)
    else:
        counts = counts_by(engine, policy_id, scope, "county", days, reported)
        usual = usual_changes(counts, counted, days)
        told = rules_that_can_be_told(counts, counted, days)
        moved = moves(counts, told, ("",), days, FEWEST_MOVED)
        in_teams = _in_teams(groups)
        teams = _teams(engine, policy_id, scope, told, in_teams, days, reported)
        large = sum(children >= FEWEST_IN_CARE for children in in_teams.values())
        said = (
            *([words.moved(moved, last, days)] if told else []),
            *(words.of_teams(teams, len(in_teams), large) if told else ()),
            *words.not_compared([rule for rule in counted if rule not in told], len(asked), days),
        )
    return WhatMatters(day, since, (*said, words.coming(coming, day), *missing), moved, teams, coming, usual)


def _in_teams(groups: Sequence[GroupRow]) -> dict[str, int]:
    """Team -> its children in care, whatever service it is of."""
    in_care: dict[str, int] = {}
    for row in groups:
        in_care[row["team"]] = in_care.get(row["team"], 0) + row["children"]
    return in_care


def _teams(
    engine: Engine,
    policy_id: str,
    scope: Scope,
    rules: Sequence[Rule],
    in_care: Mapping[str, int],
    days: Compared,
    reported: Reported | None,
) -> tuple[Move, ...]:
    """What became worse in single teams, where there is more than one and it has children enough."""
    enough = [team for team, children in in_care.items() if children >= FEWEST_IN_CARE]
    if len(in_care) < 2 or not enough:
        return ()
    ends = counts_by(engine, policy_id, scope, "team", days, reported, (days.since, days.as_at))
    moved = moved_by(ends, rules, enough, days, FEWEST_MOVED_IN_TEAM)
    if not moved:
        return ()
    # What is ordinary for a team is asked of those alone that moved at all.
    counts = counts_by(engine, policy_id, scope, "team", days, reported)
    return tuple(one for one in moves(counts, rules, moved, days, FEWEST_MOVED_IN_TEAM) if one.worse)


@cache
def _sql() -> str:
    return SQL.read_text(encoding="utf-8").format(which=COMING)


def _coming(engine: Engine, policy_id: str, scope: Scope, day: date, rules: Sequence[Rule], next_panel: date | None) -> Coming:
    """Who reaches a limit by the next panel; each child once, restricted records too."""
    until = next_panel or day + timedelta(days=DAYS_AHEAD)
    rule_ids, days_before = tuple(rule.id for rule in rules), (until - day).days

    def ask(view: View, days: Sequence[date]) -> dict[date, Counts]:
        return {one: _counts(view, policy_id, rule_ids, one, days_before) for one in days}

    counts = engine.kept_counts(("coming", policy_id, rule_ids, days_before), scope, (day,), rules, ask)
    found = counts[day].sums(COUNTY)[""]
    by_rule = [(rule, found.rules.get(rule.id, 0)) for rule in rules]
    most_first = sorted((one for one in by_rule if one[1]), key=lambda one: -one[1])
    return Coming(found.populations.get(CHILDREN, 0), tuple(most_first), until, next_panel is not None)


def _counts(view: View, policy_id: str, rules: Sequence[str], day: date, days_before: int) -> Counts:
    """Who comes, by team, where a child is in one team: those of each rule, and CHILDREN, each once."""
    found = Counts()
    asked = {"policy_id": policy_id, "rules": list(rules), "as_at": day, "days_before": days_before}
    for service, team, rule, children in view.execute(_sql(), asked).fetchall():
        sizes = found.groups.setdefault((service, team, ""), Sizes())
        if rule is None:
            sizes.populations[CHILDREN] = children
        else:
            sizes.rules[rule] = children
    return found
