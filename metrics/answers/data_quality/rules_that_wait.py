"""Which rules a data load can count, and for which extracts the others wait: for the load report, *Data sources* and ``map``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from data.contract.contract import titles, who_supplies
from metrics.engine.absence import from_stored
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from words.labels import NOT_SUPPLIED

RULES = "select policy, rule, missing from rule_state order by rowid"
Rule = tuple[str, str]


@dataclass(frozen=True)
class Waiting:
    """Rules (policy, rule) that wait for the same extracts, and who could supply these. A name such as *a or b* is either of them."""

    tables: tuple[str, ...]
    rules: tuple[Rule, ...]

    @property
    def who(self) -> str:
        return who_supplies(self.tables)


@dataclass(frozen=True)
class RuleCoverage:
    """Of the rules in use: those with a figure, those that wait, and those that a mistake stops or the load does not count."""

    counted: tuple[Rule, ...]
    waiting: tuple[Waiting, ...]
    others: tuple[Rule, ...]

    @property
    def total(self) -> int:
        return len(self.counted) + len(self.others) + sum(len(one.rules) for one in self.waiting)


def _coverage(rows: Iterable[tuple[str, str, str | None]]) -> RuleCoverage:
    waiting: dict[tuple[str, ...], list[Rule]] = defaultdict(list)
    counted, others = [], []
    for policy, rule, stored in rows:
        absence = from_stored(stored)
        if absence is None:
            counted.append((policy, rule))
        elif absence.word == NOT_SUPPLIED:
            waiting[absence.tables].append((policy, rule))
        else:
            others.append((policy, rule))
    # What most rules wait for first.
    groups = sorted(waiting.items(), key=lambda group: (-len(group[1]), group[0]))
    return RuleCoverage(tuple(counted), tuple(Waiting(names, tuple(rules)) for names, rules in groups), tuple(others))


def coverage_of(connection: duckdb.DuckDBPyConnection) -> RuleCoverage:
    """That of a data load being made: ``connection`` holds the lists that ``list_children`` made."""
    return _coverage(connection.execute(RULES).fetchall())


def rule_coverage(engine: Engine) -> RuleCoverage:
    """That of the data load shown, with the settings of now."""
    with engine.view(Scope.nobody(), (engine.as_at,)) as view:
        return _coverage(view.execute(RULES).fetchall())


def rule_lines(found: RuleCoverage) -> tuple[str, ...]:
    """How many rules have a figure, and a line for each set of extracts that others wait for, with those rules and who could supply it.

    Rules that a mistake stops are named elsewhere (*not available*).
    """
    lines = [f"Rules with a figure: {len(found.counted):,} of {found.total:,}."]
    for one in found.waiting:
        names = ", ".join(f"{policy}.{rule}" for policy, rule in one.rules)
        wait = "waits" if len(one.rules) == 1 else "wait"
        lines.append(
            f"  {len(one.rules):,} {wait} for {titles(one.tables, with_names=True)}: {names}. Who could supply it: {one.who}."
        )
    return tuple(lines)
