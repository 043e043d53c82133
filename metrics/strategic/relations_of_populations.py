"""How the children that a list is a share of hang together with the children in care, the groupings, and one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product

from metrics.disclosure.cells import Key
from metrics.disclosure.tables import Tables
from metrics.engine.policy import Rule
from metrics.strategic.declared import MISSING, OUTSIDE, Measure, Peopled, declaration, plan_of
from metrics.strategic.dimensions import AGES, PARALLEL, PLAN, dimensions
from metrics.strategic.named_populations import OPTION, WITH_OPTION, population_key
from metrics.strategic.series import Series, keys_of


@dataclass(frozen=True)
class Printed:
    """A population that is printed of a day and a group: its key, what is declared of it, and a rule that names it."""

    key: Key
    entry: Peopled
    rule: Rule

    def number(self, parameter: str) -> int:
        return self.rule.number(parameter, self.day)

    @property
    def option(self) -> str:
        return self.rule.text(self.entry.option)

    def alike(self, other: Rule) -> bool:
        """Whether another rule has the same parameters as this population binds, as far as it has them."""
        mine = {name: self.rule.parameters_on(self.day).get(name) for name in self.rule.measure.population.parameters}
        theirs = other.parameters_on(self.day)
        return all(theirs[name] == value for name, value in mine.items() if name in theirs)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.key[1])

    def of(self, grouping: str, categories: Iterable[str]) -> list[Key]:
        return [(grouping, *self.key[1:3], category) for category in categories]


def relate_populations(
    tables: Tables, counted: Series, rules: Iterable[tuple[Measure, Rule]], groups: list[tuple[str, str]]
) -> None:
    """Everything that holds of populations within a day. ``rules``: the scorecard's, with their measures."""
    rules = list(rules)
    for day, group in groups:
        here = _printed(tables, rules, day, group)
        for one in here:
            _beside_those_in_care(tables, one)
            _of_categories(tables, counted, one)
            _of_ages(tables, one)
            _with_option(tables, one)
            _of_a_list(tables, one, rules)
        for one, other in product(here, here):
            _beside_one_another(tables, one, other)


def in_care(key: Key) -> Key:
    """The children in care of a figure's day and group."""
    return ("in_care", *key[1:3], "all")


def _printed(tables: Tables, rules: list[tuple[Measure, Rule]], day: str, group: str) -> list[Printed]:
    found: dict[Key, Printed] = {}
    for measure, rule in rules:
        if not measure.out_of:
            continue
        key = population_key(measure.out_of, day, group)
        entry = declaration().populations[rule.measure.population.id]
        if tables.has(key, in_care(key)) and (not entry.measures or rule.measure.id in entry.measures):
            found.setdefault(key, Printed(key, entry, rule))
    return list(found.values())


def _beside_those_in_care(tables: Tables, one: Printed) -> None:
    if one.entry.in_care == "within":
        tables.nested(in_care(one.key), one.key)
    if one.entry.in_care == "holds":
        tables.nested(one.key, in_care(one.key))


def _of_categories(tables: Tables, counted: Series, one: Printed) -> None:
    """Those of some categories, where the records hold to it; else the categories are at least among them, where they are."""
    if not one.entry.grouping:
        return
    parts = one.of(one.entry.grouping, one.entry.those(dimensions()[one.entry.grouping][1]))
    if not tables.has(*parts):
        return
    outside, missing = (counted.counts.get(one.entry.key(word, one.key[0], *one.key[1:3])) for word in (OUTSIDE, MISSING))
    if missing == 0:
        if outside == 0:
            tables.total(one.key, parts)
        else:
            tables.apart(one.key, *parts)
    elif outside == 0:
        tables.within(parts, one.key)


def _of_ages(tables: Tables, one: Printed) -> None:
    """Those under an age, or of an age at least, beside the groups of ages."""
    if not (one.entry.under or one.entry.over):
        return
    if one.entry.under:
        months = 12 * one.number(one.entry.under)
        wholly = [name for name, (_, end) in AGES.items() if 12 * end <= months]
        partly = [name for name, (first, end) in AGES.items() if 12 * first < months < 12 * end]
    else:
        months = one.number(one.entry.over) * (1 if one.entry.over.endswith("months") else 12)
        wholly = [name for name, (first, _) in AGES.items() if 12 * first >= months]
        partly = [name for name, (first, end) in AGES.items() if 12 * first < months < 12 * end]
    parts, others = one.of("age", wholly), one.of("age", partly)
    if not tables.has(*parts, *others) or not (parts or others):
        return
    if one.entry.everyone and one.entry.in_care == "within" and not others:
        tables.total(one.key, parts)
        return
    if one.entry.in_care == "within":
        tables.within([*parts, *others], one.key)
    if one.entry.everyone and parts:
        tables.apart(one.key, *parts)


def _with_option(tables: Tables, one: Printed) -> None:
    """Those who have an option of the plan are of its plan alone, or of the parallel plans."""
    if not one.entry.option:
        return
    day, group = one.key[1:3]
    alone, parallel = (PLAN, day, group, plan_of(one.option)), (PLAN, day, group, PARALLEL)
    whole = (OPTION, day, group, one.option)
    if one.entry.id != WITH_OPTION:
        if tables.has(whole):
            tables.nested(one.key, whole)
        elif tables.has(alone):
            tables.nested(one.key, alone)
    elif tables.has(alone, parallel):
        tie_option(tables, whole, one.option)


def tie_option(tables: Tables, whole: Key, option: str) -> None:
    """The children with an option have it alone or in a parallel plan. ``whole``: the figure of all of them."""
    _, day, group, _ = whole
    alone, parallel = (PLAN, day, group, plan_of(option)), (PLAN, day, group, PARALLEL)
    beside = ("beside others", day, group, option)
    others = max(0, tables.count(whole) - tables.count(alone))
    tables.implied(beside, others, f"{option.replace('_', ' ')} in a parallel plan, {group}")
    tables.within([parallel], beside)
    tables.total(whole, [alone, beside])


def _of_a_list(tables: Tables, one: Printed, rules: list[tuple[Measure, Rule]]) -> None:
    """Those who are a measure's list; with a limit, its list is among them."""
    for measure, rule in rules:
        if rule.measure.id != one.entry.list_of or not one.alike(rule):
            continue
        listed = keys_of(measure, *one.key[1:3])[0]
        if tables.has(listed) and rule.limits:
            tables.nested(one.key, listed)
        elif tables.has(listed):
            tables.total(one.key, [listed])


def _beside_one_another(tables: Tables, one: Printed, other: Printed) -> None:
    if other.entry.id in one.entry.holds and one.alike(other.rule):
        tables.nested(one.key, other.key)
    if one.entry.apart == other.entry.id and one.key < other.key:
        tables.total(in_care(one.key), [one.key, other.key])
