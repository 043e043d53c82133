"""Every count that the scorecard stands on: by measure, period, county or service. Nothing here is protected yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise, product

from data.sql_results import one_value
from metrics.answers.data_quality.load_quality import is_supplied
from metrics.answers.england.adoption_indicators import IndicatorFigure, adoption_indicators
from metrics.disclosure.cells import Key
from metrics.engine.absence import NOT_AVAILABLE, NOT_SUPPLIED
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.policy_pages import STATUTORY
from metrics.engine.scope import NO_ROLES, Scope
from metrics.engine.whole_council import Why
from metrics.strategic import periods
from metrics.strategic.declared import MISSING, OUTSIDE, Grouped, Measure, declaration, measures_of, panel_policy
from metrics.strategic.dimensions import COUNTY, NEEDS, PLAN, count_dimensions, dimensions, grouped_children
from metrics.strategic.flow import ENTERED, LEFT, NEED_COLUMN, REASONS, flows, needs, reaches_back_to
from metrics.strategic.named_populations import OPTION, population_key
from words.labels import BACKLOG

NOT_YET, BY_YEAR = "not yet", "by year only"
NOT_IN_USE = "not in use"
BACKLOG_KEY = "backlog"
OF_YEAR, IN_TIME_OF_YEAR = "counted, adopted in the year", "in time, adopted in the year"
EVERYONE = Scope.whole_council(roles=NO_ROLES)
VISITS = "visit_at_interval"
STATES = """
select listed.rule, listed.as_at, listed.service, listed.state, sum(listed.children)::bigint as children
from milestone_figure as listed
where listed.policy = $policy_id and listed.as_at = any($dates::date[])
group by all
"""

LISTED = """
select listed.child_id, listed.service
from listed
where listed.as_at = $as_at and listed.policy = $policy and listed.rule = $rule and listed.on_list
"""

POPULATION = """
select known.child_id, known.service
from population_member as member
join rule_population using (as_at, population)
join known_on_day as known using (as_at, child_number)
where member.as_at = $as_at and rule_population.policy = $policy and rule_population.rule = $rule
"""

# Stands for a numerator or a denominator that a measure has not: nothing is ever counted under it.
NO_KEY: Key = ()


@dataclass(frozen=True)
class Column:
    """A column of the scorecard: the day a stock is taken, and the period of a flow, None where it has none. ``why`` it is empty, if so."""

    id: str
    title: str
    day: date
    flow: periods.Period | None
    why: str = ""


@dataclass(frozen=True)
class Series:
    """All counts of the pack. ``absent`` says in words why a figure is not there; ``averages`` are days, by indicator and year.

    ``spans``: every period over which coming and leaving are counted, printed or not, by its name.
    """

    as_at: date
    measures: tuple[Measure, ...]
    columns: tuple[Column, ...]
    months: tuple[date, ...]
    services: tuple[str, ...]
    counts: dict[Key, int] = field(repr=False)
    averages: dict[tuple[str, str], float] = field(repr=False)
    absent: dict[Key, str] = field(repr=False)
    spans: dict[str, periods.Period] = field(default_factory=dict, repr=False)

    @cached_property
    def with_backlog(self) -> frozenset[str]:
        """The rules that do not judge everybody, on some day at least."""
        return frozenset(key[0] for key, count in self.counts.items() if count and key[3] == BACKLOG_KEY)

    def column(self, column_id: str) -> Column:
        return next(column for column in self.columns if column.id == column_id)


def period_of(measure: Measure, column: Column, as_at: date) -> tuple[str | None, str]:
    """The period of a measure in a column, as its keys have it; None and the reason in words where there is none."""
    if measure.of_three_years:
        if column.id == periods.NOW:
            return periods.last_year_end(as_at).id, ""
        if column.flow is None or column.id != column.flow.id or "Q" in column.id or column.why:
            return None, column.why or BY_YEAR
        return column.flow.id, ""
    if column.why:
        return None, column.why
    if measure.of_period:
        return (column.flow.id, "") if column.flow else (None, NOT_YET if column.id == periods.NOW else "")
    return column.day.isoformat(), ""


def keys_of(measure: Measure, period: str, group: str = COUNTY) -> tuple[Key, Key]:
    """The keys of a measure's numerator and denominator, each NO_KEY where the measure has none."""
    in_care = ("in_care", period, group, "all")
    if measure.counted_by in ("stock", "rate"):
        return in_care, NO_KEY
    if measure.counted_by in (ENTERED, LEFT):
        return (measure.counted_by, period, group, "all"), NO_KEY
    if measure.counted_by == "outcome":
        return (LEFT, period, group, measure.reason), (LEFT, period, group, "all")
    if measure.of_three_years:
        counted = (measure.indicator, period, group, "counted")
        return (NO_KEY if measure.counted_by == "average" else (measure.indicator, period, group, "in time")), counted
    if measure.category:
        return (PLAN, period, group, measure.category), in_care
    rule = f"{measure.policy}.{measure.rule}" if measure.policy else measure.id
    if measure.counted_by == "milestone":
        return (rule, period, group, "in time"), (rule, period, group, "due")
    return (rule, period, group, "all"), population_key(measure.out_of, period, group) if measure.out_of else in_care


def one_key(measures: Iterable[Measure]) -> Callable[[Key], Key]:
    """From a key as an earlier version wrote it to that of the same figure now: one key for one number."""
    measures = tuple(measures)
    plans = {f"{one.policy}.{one.rule}": one.category for one in measures if one.category}
    pairs = {f"{one.policy}.{one.rule}": one for one in measures if one.counted_by == "pair" and one.out_of}

    def name(key: Key) -> Key:
        texts = [periods.one_name(text) for text in key]
        for place in [place for place, text in enumerate(texts) if text in pairs and texts[place + 3 : place + 4] == ["of"]]:
            texts[place : place + 4] = population_key(pairs[texts[place]].out_of, texts[place + 1], texts[place + 2])
        for place in [place for place, text in enumerate(texts) if text in plans]:
            texts[place + 3] = plans[texts[place]]
            texts[place] = PLAN
        return tuple(texts)

    return name


def series(engine: Engine, as_at: date | None = None) -> Series:
    """Every count on a day (unless given, the night's own), in the years and quarters before it, and by service on the day."""
    day = as_at or engine.as_at
    measures = measures_of(engine)
    months = engine.trend_dates(day)
    columns = _columns(engine, day, months[-1 - engine.settings.direction_months])
    dates = tuple(sorted({*months, *(column.day for column in columns if not column.why)}))
    counts: dict[Key, int] = {}
    absent: dict[Key, str] = {}
    _count_stocks(engine, measures, dates, day, counts)
    _count_milestones(engine, measures, dates, day, counts)
    spans = _spans(engine, columns, months, day)
    _count_flows(engine, columns, spans, day, counts, absent)
    averages = _count_adoptions(engine, measures, columns, day, counts)
    services = tuple(sorted({key[2] for key in counts if key[0] == "in_care"} - {COUNTY}, key=str.casefold))
    _drop_unseen(engine, measures, counts)
    _fill(engine, measures, columns, services, day, counts, absent)
    _count_groupings(engine, services, day, counts, absent)
    _count_outside(engine, measures, services, day, counts)
    _count_beside(engine, measures, services, day, counts)
    return Series(day, measures, columns, months, services, counts, averages, absent, {span.id: span for span in spans})


def _columns(engine: Engine, as_at: date, compared: date) -> tuple[Column, ...]:
    reach = reaches_back_to(engine)

    def why(first: date) -> str:
        return "" if reach and reach <= first else NOT_AVAILABLE

    years = [Column(year.id, year.id, year.last_date, year, why(year.first_date)) for year in periods.previous_years(as_at)]
    quarters = [
        Column(quarter.id, quarter.id, quarter.last_date, quarter, NOT_YET if quarter.last_date > as_at else "")
        for quarter in periods.quarters(as_at)
    ]
    before = Column(periods.COMPARED, f"{compared:%d/%m/%Y}", compared, None)
    return (*years, *quarters, before, Column(periods.NOW, f"{as_at:%d/%m/%Y}", as_at, periods.to_date(as_at)))


def _count_stocks(engine: Engine, measures, dates, as_at: date, counts: dict[Key, int]) -> None:
    """Children in care and the lists of rules: the engine's own figures, by county on every date and by service on the day."""
    for policy in dict.fromkeys((panel_policy(engine), *(policy for policy in [engine.policy_providing(STATUTORY)] if policy))):
        counted = [one for one in measures if one.policy == policy and one.counted_by in ("rule", "pair")]
        of_rule = {rule: one for one in counted for rule in (one.other_rule, one.rule) if rule}
        for by, days in ((COUNTY, dates), ("service", (as_at,))):
            for row in engine.figure_rows(policy, EVERYONE, by, days):
                period, group = f"{row.as_at:%Y-%m-%d}", COUNTY if by == COUNTY else row.group
                if by != COUNTY and group == COUNTY:
                    raise QuestionError(
                        f"A service is named '{COUNTY}', as the whole is; give it another name in ssd_department."
                    )
                counts[("in_care", period, group, "all")] = row.in_care
                one = of_rule.get(row.rule)
                if one is None or row.children is None:
                    continue
                listed, out_of = keys_of(one, period, group)
                counts[listed if row.rule == one.rule else (f"{policy}.{row.rule}", period, group, "all")] = row.children
                if row.rule == one.rule and row.population is not None:
                    counts[out_of] = row.population
    own = {f"{one.policy}.{one.rule}" for one in measures if one.rule}
    for measure in measures:
        if measure.counted_by == "pair":
            others = [key for key in counts if key[0] == f"{measure.policy}.{measure.other_rule}"]
            for key in [key for key in counts if key[0] == f"{measure.policy}.{measure.rule}"]:
                if (f"{measure.policy}.{measure.other_rule}", *key[1:]) not in counts:
                    # A share of the two needs both.
                    del counts[key]
            for key in others if f"{measure.policy}.{measure.other_rule}" not in own else ():
                del counts[key]


def _count_milestones(engine: Engine, measures, dates, as_at: date, counts: dict[Key, int]) -> None:
    """Done in time, of what is done or overdue."""
    policy = engine.policy_providing(STATUTORY)
    if policy is None:
        return
    asked = {measure.rule for measure in measures if measure.counted_by == "milestone" and measure.rule}
    asked = {rule for rule in asked if not engine.absence(engine.rule(policy, rule), as_at)}
    for part in engine.parts(dates):
        with engine.whole_council(Why.PUBLISHED_FIGURES, part, engine.policies[policy].rules if asked else ()) as cursor:
            rows = cursor.execute(STATES, {"policy_id": policy, "dates": list(part)}).fetchall()
        for rule in asked:
            for day in part:
                for group in (COUNTY, *({row[2] for row in rows} if day == as_at else ())):
                    keys = (*_milestone_keys(policy, rule, day, group), backlog_key(policy, rule, f"{day}", group))
                    counts |= {} if keys[0] in counts else dict.fromkeys(keys, 0)
        for rule, day, service, state, children in rows:
            for group in (COUNTY, service) if day == as_at else (COUNTY,):
                in_time, due = _milestone_keys(policy, rule, day, group)
                if rule in asked and state in BACKLOG:
                    counts[backlog_key(policy, rule, f"{day}", group)] += children
                if rule in asked and state in ("done in time", "done late", "overdue"):
                    counts[due] += children
                    counts[in_time] += children if state == "done in time" else 0


def _milestone_keys(policy: str, rule: str, day: date, group: str) -> tuple[Key, Key]:
    name, period = f"{policy}.{rule}", day.isoformat()
    return (name, period, group, "in time"), (name, period, group, "due")


def backlog_key(policy: str, rule: str, day: str, group: str) -> Key:
    """The key of those whom a milestone does not judge, since it began before the policy or the records: never printed."""
    return (f"{policy}.{rule}", day, group, BACKLOG_KEY)


def _spans(engine: Engine, columns, months: tuple[date, ...], as_at: date) -> tuple[periods.Period, ...]:
    """The periods of the columns; and, printed or not, the quarters of their years and the times between the days on which
    children are counted, since other figures of a pack, and earlier packs, stand on these."""
    shown = [column.flow for column in columns if column.flow and not column.why]
    quarters = [quarter for span in shown for quarter in periods.quarters(span.last_date) if quarter.last_date <= as_at]
    reach = reaches_back_to(engine)
    days = sorted({*months, *(column.day for column in columns if not column.why)})
    between = [periods.between(first, last) for first, last in pairwise(days) if reach and reach <= first]
    dates = {(span.first_date, span.last_date) for span in shown}
    return tuple(dict.fromkeys([*shown, *quarters, *(one for one in between if (one.first_date, one.last_date) not in dates)]))


def _count_flows(engine: Engine, columns, spans, as_at: date, counts: dict[Key, int], absent: dict[Key, str]) -> None:
    counted = flows(engine, spans, as_at)
    supplied = is_supplied(engine, *NEED_COLUMN)
    for span in spans:
        for what, category in ((ENTERED, "all"), (LEFT, "all"), *((LEFT, reason) for reason in REASONS)):
            counts[(what, span.id, COUNTY, category)] = counted[(what, span.id, category)]
        for need in needs():
            if supplied:
                counts[(ENTERED, span.id, COUNTY, need)] = counted[(ENTERED, span.id, need)]
            else:
                absent[(ENTERED, span.id, COUNTY, need)] = NOT_SUPPLIED


def _count_groupings(engine: Engine, services, as_at: date, counts: dict[Key, int], absent: dict[Key, str]) -> None:
    counted, day = count_dimensions(engine, as_at), as_at.isoformat()
    for dimension, (_, categories) in dimensions().items():
        supplied = dimension not in NEEDS or is_supplied(engine, *NEEDS[dimension])
        for key in ((dimension, day, group, category) for group in (COUNTY, *services) for category in categories):
            if supplied:
                counts[key] = counted[(dimension, *key[2:])]
            else:
                absent[key] = NOT_SUPPLIED
    for (dimension, group, option), children in counted.items():
        if dimension == OPTION:
            counts[(OPTION, day, group, option)] = children


def _count_outside(engine: Engine, measures, services, as_at: date, counts: dict[Key, int]) -> None:
    """Those on a list who are outside the categories that hold it in a sound record: never printed, they say whether these hold it."""
    for one, entry in product(measures, declaration().grouped):
        listed = keys_of(one, as_at.isoformat())[0]
        if not (
            entry.count_outside
            and one.rule
            and listed in counts
            and engine.rule(one.policy, one.rule).measure.id == entry.measure
        ):
            continue
        for group in (COUNTY, *services):
            counts[entry.outside_key(one.policy, one.rule, as_at.isoformat(), group)] = 0
        for _, service in children_outside(engine, one, entry, as_at):
            for group in (COUNTY, service):
                counts[entry.outside_key(one.policy, one.rule, as_at.isoformat(), group)] += 1


def children_outside(engine: Engine, one: Measure, entry: Grouped, as_at: date) -> list[tuple[str, str]]:
    """(child id, service) of those on a measure's list whose category is none of the entry's."""
    inside = {
        child
        for child, _, grouping, category in grouped_children(engine, as_at)
        if grouping == entry.grouping and category in entry.within
    }
    with engine.whole_council(Why.PUBLISHED_FIGURES, (as_at,), (engine.rule(one.policy, one.rule),)) as cursor:
        rows = cursor.execute(LISTED, {"as_at": as_at, "policy": one.policy, "rule": one.rule}).fetchall()
    return [row for row in rows if row[0] not in inside]


def _count_beside(engine: Engine, measures, services, as_at: date, counts: dict[Key, int]) -> None:
    """Those of a population who are not of the categories that it is in a sound record, and those of the categories who are not of it:
    never printed, they say whether these records hold to it."""
    for key, children in children_beside(engine, measures, as_at).items():
        counts |= dict.fromkeys(((*key[:2], group, key[3]) for group in (COUNTY, *services)), 0)
        for _, service in children:
            for group in (COUNTY, service):
                counts[(*key[:2], group, key[3])] += 1


def children_beside(engine: Engine, measures: Iterable[Measure], as_at: date) -> dict[Key, list[tuple[str, str]]]:
    """{key for the whole council: (child id, service)} of what ``_count_beside`` counts."""
    found: dict[Key, list[tuple[str, str]]] = {}
    grouped = grouped_children(engine, as_at)
    for one in measures:
        if not one.out_of or not one.rule:
            continue
        rule, name = engine.rule(one.policy, one.rule), population_key(one.out_of, as_at.isoformat(), COUNTY)[0]
        entry = declaration().populations.get(rule.measure.population.id)
        if entry is None or not entry.grouping or entry.key(OUTSIDE, name, as_at.isoformat(), COUNTY) in found:
            continue
        categories = entry.those(dimensions()[entry.grouping][1])
        inside = {
            (child, service) for child, service, grouping, one in grouped if grouping == entry.grouping and one in categories
        }
        with engine.whole_council(Why.PUBLISHED_FIGURES, (as_at,), (rule,)) as cursor:
            rows = cursor.execute(POPULATION, {"as_at": as_at, "policy": one.policy, "rule": one.rule}).fetchall()
        members = {(child, service) for child, service in rows}
        for word, children in ((OUTSIDE, members - inside), (MISSING, inside - members)):
            found[entry.key(word, name, as_at.isoformat(), COUNTY)] = sorted(children)
    return found


def _count_adoptions(engine: Engine, measures, columns, as_at: date, counts) -> dict[tuple[str, str], float]:
    """The adoption indicators over the three years to each 31 March that the extracts reach back to."""
    averages: dict[tuple[str, str], float] = {}
    reach = reaches_back_to(engine)
    policy = engine.policy_providing(STATUTORY)
    if policy is None:
        return averages
    years = {column.flow for column in columns if column.flow and "Q" not in column.id and column.id == column.flow.id}
    for year in sorted(years | {periods.last_year_end(as_at)}, key=lambda year: year.first_date):
        if not reach or reach.replace(day=1) > year.last_date.replace(year=year.last_date.year - 3):
            continue
        for answer in adoption_indicators(engine, policy, EVERYONE, year.last_date):
            if answer.missing:
                continue
            counts[(answer.indicator.id, year.id, COUNTY, "counted")] = answer.children
            counts[(answer.indicator.id, year.id, COUNTY, "in time")] = answer.in_time
            if answer.average is not None:
                averages[(answer.indicator.id, year.id)] = answer.average
            counts |= _adopted_by_year(answer, year)
    return averages


def _adopted_by_year(answer: IndicatorFigure, last: periods.Period) -> dict[Key, int]:
    """The children behind an indicator by the year of their adoption: not printed, but its three years are made of these."""
    first = periods.financial_year(last.first_date) - answer.indicator.years + 1
    found: dict[Key, int] = {}
    for start in range(first, first + answer.indicator.years):
        name = periods.year(start).id
        counted, in_time = answer.by_year.get(start, (0, 0))
        found |= {
            (answer.indicator.id, name, COUNTY, OF_YEAR): counted,
            (answer.indicator.id, name, COUNTY, IN_TIME_OF_YEAR): in_time,
        }
    return found


def _drop_unseen(engine: Engine, measures, counts: dict[Key, int]) -> None:
    """Visits of a day that the extract of visits does not reach back to by a year: nobody would have been seen to be visited."""
    with engine.whole_council(Why.PUBLISHED_FIGURES, (engine.as_at,), ()) as cursor:
        first = one_value(cursor.execute("select min(clav_cla_visit_date) from ssd_cla_visits"))
    visits = {f"{one.policy}.{one.rule}" for one in measures if one.measure == VISITS}
    for key in [key for key in counts if key[0] in visits]:
        if first is None or date.fromisoformat(key[1]) < first + timedelta(days=365):
            del counts[key]


def _fill(engine: Engine, measures, columns, services, as_at: date, counts, absent) -> None:
    """A service that has nobody on a list has none, which is a figure; what could not be counted says why."""
    for measure in measures:
        for column in columns:
            period, _ = period_of(measure, column, as_at)
            for key in keys_of(measure, period) if period else ():
                if key and key not in counts:
                    gone = NOT_SUPPLIED if column.id == periods.NOW or not _counted(measure, counts) else NOT_AVAILABLE
                    if _has_mistake(engine, measure, as_at):
                        gone = NOT_AVAILABLE
                    absent[key] = NOT_IN_USE if measure.is_statutory and not measure.policy else gone
        if not measure.of_period and not measure.of_three_years:
            here = [keys_of(measure, as_at.isoformat(), group) for group in services]
            for pair in here:
                for key in pair:
                    if key and (*key[:2], COUNTY, key[3]) in counts:
                        counts.setdefault(key, 0)


def _has_mistake(engine: Engine, measure: Measure, as_at: date) -> bool:
    """Whether one of the rules that a measure counts is not available."""
    if measure.policy not in engine.policies:
        return False
    rules = [rule for rule in engine.policies[measure.policy].rules if rule.id in (measure.rule, measure.other_rule)]
    absences = [engine.absence(rule, as_at) for rule in rules]
    return any(absence.word == NOT_AVAILABLE for absence in absences if absence)


def _counted(measure: Measure, counts: dict[Key, int]) -> bool:
    """Whether a measure could be counted for any period at all."""
    name = keys_of(measure, "")[0] or keys_of(measure, "")[1]
    return any(key[0] == name[0] for key in counts)
