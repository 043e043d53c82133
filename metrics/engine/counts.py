"""The counts behind figures: how many of a team are on each list on a day, how many of what each list says began before the policy or the
records, and how many those are of whom the figures are a share.

Counts name no child and are the same for everybody, so those of the whole council are kept in memory once they were asked for, by team or
by worker, and the gate says which of them are a scope's. What they cannot tell, such as somebody's own cases, is counted for the scope
and kept under it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import TypeVar

from metrics.engine.gate import View
from metrics.engine.rows import FigureRow
from metrics.populations import CHILDREN_IN_CARE

# Teams and workers of a day whose counts are kept: of a county every policy's trend, and far more.
GROUPS_KEPT = 200_000
NO_POLICY = ""  # of which children in care alone are counted
COUNTY, SERVICE, TEAM, WORKER = GROUPS = ("county", "service", "team", "worker")

OF_DAYS = """
select as_at, service, team, {worker} as worker, population, null as rule, null as backlog, sum(children)::bigint as children
from population
where as_at = any($dates::date[]) and population = any($populations::varchar[])
group by all
union all
select as_at, service, team, {worker}, null, rule, null, sum(children)::bigint
from figure
where policy = $policy_id and as_at = any($dates::date[])
group by all
union all
select as_at, service, team, {worker}, null, rule, backlog, sum(children)::bigint
from backlog_figure
where policy = $policy_id and as_at = any($dates::date[])
group by all
"""
RULES = """
select rule_state.rule, rule_state.missing is null as has_figure, rule_population.as_at, rule_population.population
from rule_state
left join rule_population
    on rule_population.policy = rule_state.policy
    and rule_population.rule = rule_state.rule
    and rule_population.as_at = any($dates::date[])
where rule_state.policy = $policy_id
"""
# Service and team, and the worker where it is counted by worker (else empty).
Group = tuple[str, str, str]


Name = TypeVar("Name")


def _add(ours: dict[Name, int], theirs: Mapping[Name, int]) -> None:
    for name, children in theirs.items():
        ours[name] = ours.get(name, 0) + children


@dataclass
class Sizes:
    """Of a group: the children of each population, those on the list of each rule, and those of each rule and kind of backlog
    (``words.labels.BACKLOG``)."""

    populations: dict[str, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    backlogs: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, other: Sizes) -> None:
        _add(self.populations, other.populations)
        _add(self.rules, other.rules)
        _add(self.backlogs, other.backlogs)


@dataclass
class Counts:
    """A policy's on one day. ``rules``: whether each of those that the night knows has a figure; ``population_of``: the name of whom it is
    a share of."""

    rules: dict[str, bool] = field(default_factory=dict)
    population_of: dict[str, str] = field(default_factory=dict)
    groups: dict[Group, Sizes] = field(default_factory=dict)
    _sums: dict[str, dict[str, Sizes]] = field(default_factory=dict, repr=False, compare=False)

    def sums(self, by: str) -> dict[str, Sizes]:
        """The sizes by the names of one of GROUPS; of the county by an empty name. They are summed once, when all groups are there."""
        if by not in self._sums:
            # A county figure of zero children in care is still a figure.
            sums = {"": Sizes({CHILDREN_IN_CARE: 0})} if by == COUNTY else {}
            for group, sizes in self.groups.items():
                sums.setdefault("" if by == COUNTY else group[GROUPS.index(by) - 1], Sizes()).add(sizes)
            self._sums[by] = sums
        return self._sums[by]

    @property
    def workers(self) -> tuple[str, ...]:
        """Of counts by worker: those who have a child in care, or on a list, by name."""
        return tuple(self.there(WORKER, self.rules))

    def there(self, by: str, rules: Container[str]) -> list[str]:
        """The names by one of GROUPS that have a child in care, or on the list of one of these rules, in order.

        A team may have nobody in care and still have children on a rule that goes beyond those in care.
        """
        return sorted(
            name
            for name, sizes in self.sums(by).items()
            if CHILDREN_IN_CARE in sizes.populations or any(rule in rules for rule in sizes.rules)
        )

    @property
    def size(self) -> int:
        """How much is kept of it: something, where there is no group too."""
        return len(self.groups) + 1

    def of_groups(self, within: Callable[[str, str, str], bool]) -> Counts:
        """Those of some services, teams and workers."""
        groups = {group: sizes for group, sizes in self.groups.items() if within(*group)}
        return Counts(self.rules, self.population_of, groups)


def counted(view: View, policy_id: str, days: Sequence[date], by_worker: bool = False) -> dict[date, Counts]:
    """What a view counts by team, or by worker too, on some days, and what the night knows of the policy's rules."""
    found = {day: Counts() for day in days}
    for rule, has_figure, day, population in view.execute(RULES, {"policy_id": policy_id, "dates": list(days)}).fetchall():
        for counts in found.values():
            counts.rules[rule] = has_figure
        if population is not None:
            found[day].population_of[rule] = population
    populations = {day: {CHILDREN_IN_CARE, *counts.population_of.values()} for day, counts in found.items()}
    sql = OF_DAYS.format(worker="worker" if by_worker else "''")
    asked = {"policy_id": policy_id, "dates": list(days), "populations": sorted(set().union(*populations.values()))}
    for day, service, team, worker, population, rule, backlog, children in view.execute(sql, asked).fetchall():
        if population is not None and population not in populations[day]:
            continue
        sizes = found[day].groups.setdefault((service, team, worker), Sizes())
        if population is not None:
            sizes.populations[population] = children
        elif backlog is None:
            sizes.rules[rule] = children
        else:
            sizes.backlogs[rule, backlog] = children
    return found


def figure_rows(
    policy_id: str,
    rules: Iterable[str],
    council: str,
    by: str,
    days: Mapping[date, Counts],
) -> list[FigureRow]:
    """The figures by one of GROUPS, the oldest day first, then by the group's name."""
    order = list(rules)
    found = []
    for day, counts in sorted(days.items()):
        sums = counts.sums(by)
        # A load may know rules that the policy no longer has.
        known = [(rule, counts.rules[rule], counts.population_of.get(rule)) for rule in order if rule in counts.rules]
        for name in counts.there(by, {rule for rule, _, _ in known}):
            listed, populations = sums[name].rules, sums[name].populations
            in_care = populations.get(CHILDREN_IN_CARE, 0)
            for rule, has_figure, population in known:
                children = listed.get(rule, 0) if has_figure else None
                out_of = None if population is None else populations.get(population, 0)
                found.append(FigureRow(day, policy_id, rule, council if by == COUNTY else name, children, out_of, in_care))
    return found


class KeptCounts:
    """Counts by whose they are and the day, those asked for longest ago making room. Safe to share between threads; nobody may change what
    it gives."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Hashable, date], Counts] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def of(
        self, whose: Hashable, days: Sequence[date], asked: Callable[[Sequence[date]], dict[date, Counts]]
    ) -> dict[date, Counts]:
        """The counts of some days; ``asked`` gives those of days that are not kept. ``whose``: all that decides them but the day."""
        with self._lock:
            found = {day: self._kept[whose, day] for day in days if (whose, day) in self._kept}
        if missing := [day for day in days if day not in found]:
            found |= asked(missing)
        with self._lock:
            for day in days:
                # Somebody else may have asked for the same meanwhile.
                before = self._kept.pop((whose, day), None)
                self._size += found[day].size - (before.size if before else 0)
                self._kept[whose, day] = found[day]
            while self._size > GROUPS_KEPT:
                self._size -= self._kept.popitem(last=False)[1].size
        return found
