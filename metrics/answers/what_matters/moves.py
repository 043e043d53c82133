"""Which figures moved since the last panel by more than they ordinarily do.

Ordinary is what a figure did before: the largest change over as many months in the month ends up to the last panel. A change is told
where it is larger than that, and is of at least so many children. Where too few children are in care, or too few month ends are known,
nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.answers.reported import Reported
from metrics.engine.engine import Engine
from metrics.engine.gate import rows_within
from metrics.engine.policy import Rule
from metrics.engine.scope import Scope

FEWEST_MOVED, FEWEST_MOVED_IN_TEAM = 3, 5  # a smaller change is not told, whatever went before
FEWEST_CHANGES, MONTHS_BEFORE, MOST_MONTHS = 6, 12, 12
DAYS_IN_MONTH = 365.25 / 12
Counts = dict[tuple[date, str, str], int | None]


@dataclass(frozen=True)
class Move:
    """A figure that moved beyond the ordinary: ``before`` and ``now`` children, ``team`` where it is one team's (else empty)."""

    rule: Rule
    before: int
    now: int
    usual: int
    team: str = ""

    @property
    def rose(self) -> bool:
        return self.now > self.before

    @property
    def worse(self) -> bool | None:
        """Whether children are worse off for it; None where neither direction is better."""
        return None if self.rule.low_is_good is None else self.rose == self.rule.low_is_good


@dataclass(frozen=True)
class Compared:
    """What was compared: the day before (``since``), the month ends whose changes are ordinary, and over how many ``months``."""

    since: date
    as_at: date
    history: tuple[date, ...]
    months: int

    @property
    def can_tell(self) -> bool:
        """Whether there are month ends enough to say what is ordinary."""
        return len(self.history) - self.months >= FEWEST_CHANGES

    @property
    def dates(self) -> tuple[date, ...]:
        return tuple(sorted({*self.history, self.since, self.as_at}))


def compared(engine: Engine, since: date, as_at: date, reported: bool) -> Compared:
    """The month ends to compare a change from ``since`` to ``as_at`` with: up to ``since``, or before it where its list is ``reported``."""
    months = min(MOST_MONTHS, max(1, round((as_at - since).days / DAYS_IN_MONTH)))
    *earlier, last = engine.trend_dates(since, MONTHS_BEFORE + months + 2)
    ends = [*earlier, last] if not reported and (last + timedelta(days=1)).day == 1 else earlier
    return Compared(since, as_at, tuple(ends[-(MONTHS_BEFORE + months) :]), months)


def usual_change(counts: Sequence[int | None], months: int) -> int | None:
    """The largest change over so many months among month ends, oldest first; None where too few are known."""
    pairs = zip(counts, counts[months:], strict=False)
    changes = [abs(late - early) for early, late in pairs if early is not None and late is not None]
    return max(changes) if len(changes) >= FEWEST_CHANGES else None


def counts_by(
    engine: Engine,
    policy_id: str,
    scope: Scope,
    by: str,
    days: Compared,
    reported: Reported | None,
    dates: Iterable[date] | None = None,
) -> Counts:
    """(day, rule, group) -> children, None where there is no figure; the first day's as ``reported``, where they were.

    ``by`` is *county*, whose group is empty, or *team*. A group that has nobody on a day is not there. ``dates``: those of the days to
    count, unless it is all of them.
    """
    asked = [day for day in dates or days.dates if reported is None or day != days.since]
    rows = engine.figure_rows(policy_id, scope, by, asked)
    found: Counts = {(row.as_at, row.rule, "" if by == "county" else row.group): row.children for row in rows}
    return found if reported is None else _first_as_reported(found, by, days.since, scope, reported)


def _first_as_reported(found: Counts, by: str, since: date, scope: Scope, reported: Reported) -> Counts:
    if by == "county":
        return found | {(since, rule, ""): count for rule, count in reported.figures(scope).items()}
    here = reported.rows[rows_within(reported.rows, scope)].groupby(["rule", "team"]).size()
    groups = {group for _, _, group in found} | {team for _, team in here.index}
    return found | {(since, rule, group): int(here.get((rule, group), 0)) for rule in reported.counted for group in groups}


def usual_changes(counts: Counts, rules: Sequence[Rule], days: Compared) -> dict[str, int]:
    """Rule -> the usual change of the whole scope's figure; a rule of which too few months are known is not there."""
    found = {rule.id: usual_change([counts.get((day, rule.id, "")) for day in days.history], days.months) for rule in rules}
    return {rule: usual for rule, usual in found.items() if usual is not None}


def rules_that_can_be_told(counts: Counts, rules: Iterable[Rule], days: Compared) -> list[Rule]:
    """The rules that have a figure on both days, and changes enough before them to say what is ordinary."""
    known = _known(counts)

    def is_told(of_rule: set[date]) -> bool:
        ends = [0 if day in of_rule else None for day in days.history]
        return {days.since, days.as_at} <= of_rule and usual_change(ends, days.months) is not None

    return [rule for rule in rules if is_told(known.get(rule.id, set()))]


def _known(counts: Counts) -> dict[str, set[date]]:
    """The days on which each rule has a figure."""
    found: dict[str, set[date]] = {}
    for (day, rule, _), count in counts.items():
        if count is not None:
            found.setdefault(rule, set()).add(day)
    return found


def moved_by(counts: Counts, rules: Iterable[Rule], groups: Iterable[str], days: Compared, fewest: int) -> list[str]:
    """The groups of which a figure moved by at least ``fewest`` children from the first of the days to the last."""

    def moved(rule: str, group: str) -> int:
        before, now = (counts.get((day, rule, group)) or 0 for day in (days.since, days.as_at))
        return abs(now - before)

    return [group for group in groups if any(moved(rule.id, group) >= fewest for rule in rules)]


def moves(counts: Counts, rules: Sequence[Rule], groups: Sequence[str], days: Compared, fewest: int) -> tuple[Move, ...]:
    """The figures of the groups that moved by more than ordinary, and by at least ``fewest`` children; the most unusual first.

    A rule of which this cannot be told (``rules_that_can_be_told``) is left out.
    """
    found = []
    every = _known(counts)
    for rule in rules:
        known = every.get(rule.id, set())
        for group in groups:
            # A day that counts the rule and has nobody of the group counts nobody there.
            series = {day: counts.get((day, rule.id, group), 0) if day in known else None for day in days.dates}
            before, now = series[days.since], series[days.as_at]
            usual = usual_change([series[day] for day in days.history], days.months)
            if before is None or now is None or usual is None:
                continue
            if abs(now - before) > usual and abs(now - before) >= fewest:
                found.append(Move(rule, before, now, usual, group))
    return tuple(sorted(found, key=lambda one: (_order(one.worse), -abs(one.now - one.before) / max(one.usual, 1))))


def _order(worse: bool | None) -> int:
    """What is worse stands first, and what is neither last."""
    return 2 if worse is None else int(not worse)
