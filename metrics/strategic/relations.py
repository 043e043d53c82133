"""How the figures of one day hang together, as any reader knows: whichever table, and whichever pack, they stand in.

Everything follows from the figures' keys and from what ``measures.toml`` declares of the lists; counts decide nothing. The tests search
the records of many counties for a relation that is missing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from pandas import DateOffset, Timestamp

from metrics.disclosure.cells import Key
from metrics.disclosure.tables import Tables
from metrics.engine.engine import Engine
from metrics.engine.policy import Rule
from metrics.strategic.declared import Grouped, Measure, declaration, plan_of
from metrics.strategic.dimensions import COUNTY, PARALLEL, PLAN, dimensions
from metrics.strategic.flow import ENTERED, LEFT, REASONS, needs
from metrics.strategic.named_populations import MEMBERS, OPTION
from metrics.strategic.relations_of_populations import relate_populations, tie_option
from metrics.strategic.series import Series, backlog_key, keys_of

IN_CARE = "in_care"
FIRST_REVIEW, SECOND_REVIEW, LATER_REVIEW = "first_review", "second_review_after_first", "later_review"


@dataclass(frozen=True)
class Listed:
    """A measure of the scorecard that is a rule's, with the rule."""

    measure: Measure
    rule: Rule

    def key(self, day: str, group: str) -> Key:
        """Those whom the rule asks about: of a milestone, all for whom its date has come; of two sides of a share, both."""
        numerator, denominator = keys_of(self.measure, day, group)
        return denominator if self.measure.counted_by == "pair" or self.rule.measure.is_milestone else numerator

    def backlog(self, tables: Tables, counted: Series, day: str, group: str) -> list[Key] | None:
        """Those whom a milestone does not judge, as a number aside: in care as the others are, and in no figure of it. Nothing where it
        judges all; None where it is not known how many, of a day that only an earlier pack tells of."""
        key = backlog_key(self.rule.policy, self.rule.id, day, group)
        if key[0] not in counted.with_backlog:
            return []
        return [tables.aside(key, counted.counts[key])] if key in counted.counts else None


def in_care(day: str, group: str = COUNTY) -> Key:
    return (IN_CARE, day, group, "all")


def lists_of(engine: Engine, measures: Iterable[Measure]) -> tuple[Listed, ...]:
    """The measures that list children by a rule of a policy in use."""
    asked = (one for one in measures if one.rule)
    return tuple(Listed(one, engine.rule(one.policy, one.rule)) for one in asked)


def stocks(tables: Tables) -> dict[str, set[str]]:
    """{day: county and services that have figures of it}."""
    found: dict[str, set[str]] = {}
    for key in tables.printed:
        if key[0] == IN_CARE:
            found.setdefault(key[1], set()).add(key[2])
    return found


def relate_days(tables: Tables, counted: Series, lists: tuple[Listed, ...]) -> None:
    """Everything that holds within a day, and within a period of coming and leaving."""
    days = stocks(tables)
    for step in (
        _services_in_county,
        _groupings,
        _shares,
        _populations,
        _nested_lists,
        _grouped_lists,
        _options,
        _with_and_without_plan,
    ):
        step(tables, counted, lists, days)
    _needs_and_reasons(tables)


def _services_in_county(tables: Tables, counted: Series, lists: tuple[Listed, ...], days: dict[str, set[str]]) -> None:
    for key in sorted(key for key in tables.printed if key[2] == COUNTY and key[1] in days):
        parts = [(*key[:2], service, key[3]) for service in sorted(days[key[1]] - {COUNTY})]
        if not parts or not tables.has(*parts):
            continue
        # A service with nobody in care and nobody on a list has no figures, and may have children in proceedings.
        if key[3] == MEMBERS and sum(map(tables.count, parts)) < tables.count(key):
            tables.apart(key, *parts)
        else:
            tables.total(key, parts)


def _groupings(tables: Tables, counted: Series, lists: tuple[Listed, ...], days: dict[str, set[str]]) -> None:
    for (day, group), (grouping, (_, categories)) in product(_groups(days), dimensions().items()):
        parts = [(grouping, day, group, category) for category in categories]
        if tables.has(in_care(day, group), *parts):
            tables.total(in_care(day, group), parts)


def _shares(tables: Tables, counted: Series, lists: tuple[Listed, ...], days: dict[str, set[str]]) -> None:
    """A list within those it is a share of; and those for whom a milestone's date has come within the children in care."""
    shares = [one for one in counted.measures if one.is_share and not (one.of_period or one.of_three_years)]
    for (day, group), measure in product(_groups(days), shares):
        part, whole = keys_of(measure, day, group)
        if tables.has(part, whole):
            tables.nested(whole, part)
            if measure.counted_by == "milestone":
                tables.nested(in_care(day, group), whole)


def _populations(tables: Tables, counted: Series, lists: tuple[Listed, ...], days: dict[str, set[str]]) -> None:
    relate_populations(tables, counted, ((one.measure, one.rule) for one in lists), _groups(days))


def _nested_lists(tables: Tables, counted: Series, lists: tuple[Listed, ...], days: dict[str, set[str]]) -> None:
    for whole, part in product(lists, lists):
        if (whole.rule.measure.id, part.rule.measure.id) not in declaration().nested or whole.rule.policy != part.rule.policy:
            continue
        if whole.rule.parameters.get("option") != part.rule.parameters.get("option") or whole.rule.limits:
            continue
        for day, group in _groups(days):
            beside = whole.backlog(tables, counted, day, group)
            if beside is not None and tables.has(whole.key(day, group), part.key(day, group)):
                tables.within([whole.key(day, group), *beside], part.key(day, group), aside=bool(beside))
    for second, later in product(lists, lists):
        if (second.rule.measure.id, later.rule.measure.id) == (SECOND_REVIEW, LATER_REVIEW):
            for day, group in _groups(days):
                in_time, asked = keys_of(second.measure, day, group)[0], later.key(day, group)
                if tables.has(in_time, asked):
                    tables.within([asked], in_time)


def _grouped_lists(tables: Tables, counted: Series, lists: tuple[Listed, ...], days: dict[str, set[str]]) -> None:
    """A list within the categories of a grouping that its children can have."""
    for one in lists:
        for entry, categories in categories_of(one, counted.as_at):
            for day, group in _groups(days):
                wholes = [(entry.grouping, day, group, category) for category in categories]
                part = keys_of(one.measure, day, group)[0] if entry.of_share else one.key(day, group)
                outside = entry.outside_key(one.rule.policy, one.rule.id, day, group)
                # In a record that has children outside it does not hold, and nothing follows.
                holds = not entry.count_outside or counted.counts.get(outside) == 0
                if holds and tables.has(part, *wholes):
                    tables.within(wholes, part)


def categories_of(one: Listed, as_at: date) -> Iterator[tuple[Grouped, list[str]]]:
    """What is declared of a list and the groupings, with the categories that it lies within."""
    for entry in declaration().grouped:
        asked = all(one.rule.parameters.get(name) == value for name, value in entry.parameters.items())
        if entry.measure == one.rule.measure.id and asked:
            every = dimensions()[entry.grouping][1]
            chosen = [category for category in every if category in (entry.within or set(every) - {*entry.outside})]
            yield entry, chosen
    start = held_since(one, as_at)
    if start and start <= months_before(as_at, 12):
        yield Grouped(one.rule.measure.id, "age"), [category for category in dimensions()["age"][1] if category != "Under 1"]


def months_before(day: date, months: int) -> date:
    return (Timestamp(day) - DateOffset(months=months)).date()


def held_since(one: Listed, day: date) -> date | None:
    """The day since which, at the latest, the children of a list have been in care; None where that is not known of it."""
    parameter = declaration().held.get(one.rule.measure.id)
    if parameter is None:
        return None
    return months_before(day, one.rule.number(parameter, day)) if parameter else limit_from(one, day)


def limit_from(one: Listed, day: date) -> date | None:
    """The day since which, at the latest, what a list asks about has been so; None where the rule has no limit."""
    limit = one.rule.limit_on(day)
    if limit is None:
        return None
    if limit.unit == "months":
        return months_before(day, limit.amount)
    return day - timedelta(days=limit.amount * (7 if limit.unit == "weeks" else 1))


def _options(tables: Tables, counted: Series, lists: tuple[Listed, ...], days: dict[str, set[str]]) -> None:
    """The lists of an option within the table of plans: alone, or in a parallel plan."""
    declared = declaration().options
    for one, (day, group) in product(lists, _groups(days)):
        if one.rule.measure.id not in declared["measures"] or one.measure.category:
            continue
        option, listed = one.rule.text("option"), one.key(day, group)
        alone, parallel = (PLAN, day, group, plan_of(option)), (PLAN, day, group, PARALLEL)
        if not tables.has(listed, alone, parallel):
            continue
        if one.rule.measure.id in declared["only"]:
            tables.within([alone], listed)
            continue
        if one.rule.measure.id in declared["all"] and not one.rule.limits:
            tie_option(tables, listed, option)
        else:
            whole = (OPTION, day, group, option)
            if not tables.has(whole):
                # Of a day that only an earlier pack tells of, those with the option are at least as many as any list of them.
                known = [alone, *(other.key(day, group) for other in lists if other.rule.parameters.get("option") == option)]
                children = counted.counts.get(whole, max(tables.count(key) for key in known if tables.has(key)))
                tables.implied(whole, children, f"{option.replace('_', ' ')} among the options, {group}")
            tie_option(tables, whole, option)
            rest = tables.within([whole], listed)
            for entry in (entry for entry in declaration().grouped if entry.measure == one.rule.measure.id and entry.others):
                categories = [(entry.grouping, day, group, category) for category in entry.others]
                if tables.has(*categories):
                    tables.within(categories, rest)


def _with_and_without_plan(tables: Tables, counted: Series, lists: tuple[Listed, ...], days: dict[str, set[str]]) -> None:
    """Nobody is both without a plan and on the list of an option."""
    declared = declaration()
    without = [one for one in lists if one.rule.measure.id in declared.without_plan]
    having = [one for one in lists if one.rule.measure.id in declared.options["measures"]]
    for one, other, (day, group) in product(without, having, _groups(days)):
        if tables.has(in_care(day, group), one.key(day, group), other.key(day, group)):
            tables.apart(in_care(day, group), one.key(day, group), other.key(day, group))


def _needs_and_reasons(tables: Tables) -> None:
    for key in sorted(key for key in tables.printed if key[0] in (ENTERED, LEFT) and key[3] == "all"):
        parts = [(*key[:3], category) for category in (needs() if key[0] == ENTERED else REASONS)]
        if tables.has(*parts):
            tables.total(key, parts)


def _groups(days: dict[str, set[str]]) -> list[tuple[str, str]]:
    return [(day, group) for day in sorted(days) for group in sorted(days[day])]
