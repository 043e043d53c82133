"""How figures of different days and periods hang together: quarters in a year, years in three, coming and leaving, time in care."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise, product

from data.calendar import bank_holidays
from metrics.disclosure.cells import ASIDE, Key
from metrics.disclosure.tables import Tables
from metrics.engine.engine import QuestionError
from metrics.strategic import periods
from metrics.strategic.declared import declaration
from metrics.strategic.dimensions import COUNTY, NO_PLAN, PLAN, dimensions
from metrics.strategic.flow import ENTERED, LEFT
from metrics.strategic.periods import Period
from metrics.strategic.relations import (
    FIRST_REVIEW,
    LATER_REVIEW,
    SECOND_REVIEW,
    Listed,
    categories_of,
    held_since,
    in_care,
    limit_from,
    months_before,
    stocks,
)
from metrics.strategic.series import IN_TIME_OF_YEAR, OF_YEAR, Series, keys_of

ADOPTED = "adoption"
# What a child has permanently: those who have it change only by who comes and who leaves.
LASTING = ("sex", "ethnicity")
MILESTONES = (FIRST_REVIEW, SECOND_REVIEW)


def relate_times(tables: Tables, counted: Series, lists: tuple[Listed, ...]) -> None:
    """Everything that ties one day, quarter or year to another, of this pack and of those before it."""
    _quarters_in_years(tables, counted)
    _months_in_quarters(tables, counted)
    _stocks_and_flows(tables)
    _children_who_stayed(tables, counted, lists)
    _reviews_once_due(tables, counted, lists)
    _newly_come(tables, counted, lists)
    _newly_so_long_in_care(tables, lists)
    _between_packs(tables)
    _adopted_in_three_years(tables, counted)


def review_due_since(one: Listed, day: date) -> date:
    """Of the children in care on a day, those who came by this date have had their first review, or it is overdue.

    Raises QuestionError where the rule has a mistake: what its figures tell of others is then not known.
    """
    if one.rule.problem:
        raise QuestionError(
            f"The pack cannot be made safe while {one.rule.policy}.{one.rule.id} cannot be counted. Mend this first: {one.rule.problem}"
        )
    wanted, entered, closed = one.rule.number("working_days", day), day, set(bank_holidays())
    while wanted:
        wanted -= entered.weekday() < 5 and entered not in closed
        entered -= timedelta(days=1)
    return entered


def _flow(what: str, period: str, category: str = "all") -> Key:
    return (what, period, COUNTY, category)


def spans(tables: Tables) -> Iterator[Period]:
    """Every period of which somebody who came or left is printed."""
    for name in sorted({key[1] for key in tables.printed if key[0] in (ENTERED, LEFT)}):
        yield periods.named(name)


def _quarters_in_years(tables: Tables, counted: Series) -> None:
    """A year, and the year so far, is its quarters: those that are not printed are implied, where any period within it is printed."""
    flows: dict[tuple[str, str, int], list[Period]] = {}
    for key in sorted(key for key in tables.printed if key[0] in (ENTERED, LEFT)):
        one = periods.named(key[1])
        flows.setdefault((key[0], key[3], periods.financial_year(one.first_date)), []).append(one)
    for (what, category, year), printed in flows.items():
        quarters = periods.quarters(date(year, 4, 1))
        for span in printed if len(printed) > 1 else ():
            parts = [
                quarter for quarter in quarters if quarter.last_date <= span.last_date and quarter.first_date >= span.first_date
            ]
            if len(parts) < 2:
                continue
            keys = [_flow(what, quarter.id, category) for quarter in parts]
            for key in keys:
                if not tables.has(key):
                    tables.implied(key, counted.counts.get(key, 0), ", ".join(key))
            if tables.has(*(_flow(what, span.id, category), *keys)):
                tables.tie({_flow(what, span.id, category): 1, **dict.fromkeys(keys, -1)})


def _months(counted: Series) -> list[Period]:
    return sorted(
        (span for name, span in counted.spans.items() if name.startswith("20") and "-" in name), key=lambda span: span.last_date
    )


def _months_in_quarters(tables: Tables, counted: Series) -> None:
    """Between two days on which children are counted some came and some left: never printed, but the children in care on both days
    are, and the quarter or the year of the months may be."""
    months = {(span.first_date, span.last_date): span for span in _months(counted)}
    for span in months.values():
        before, after = (in_care(day.isoformat()) for day in (span.first_date - timedelta(days=1), span.last_date))
        if tables.has(before, after):
            entered, left = (tables.aside(key, counted.counts[key]) for key in (_flow(what, span.id) for what in (ENTERED, LEFT)))
            tables.flow(before, after, entered, left)
    for whole in list(spans(tables)):
        parts = [span for span in months.values() if whole.first_date <= span.first_date and span.last_date <= whole.last_date]
        parts = sorted(parts, key=lambda span: span.first_date)
        follow = all(before.last_date + timedelta(days=1) == after.first_date for before, after in pairwise(parts))
        is_whole = follow and parts and (parts[0].first_date, parts[-1].last_date) == (whole.first_date, whole.last_date)
        for what in (ENTERED, LEFT) if is_whole else ():
            keys = [_known(tables, what, span) for span in parts]
            if tables.has(_flow(what, whole.id), *keys):
                tables.tie({_flow(what, whole.id): 1, **dict.fromkeys(keys, -1)})


def _stocks_and_flows(tables: Tables) -> None:
    """Those at the end are those at the start, with who came and without who left. Where one of the two is not counted, still: who came
    is in care at the end or has left, and who left was in care at the start or has come."""
    for span in spans(tables):
        before, after = (in_care(day.isoformat()) for day in (span.first_date - timedelta(days=1), span.last_date))
        entered, left = (_flow(what, span.id) for what in (ENTERED, LEFT))
        if tables.has(before, after, entered, left):
            tables.flow(before, after, entered, left)
        elif tables.has(after, entered, left):
            tables.within([after, left], entered, aside=True)
        elif tables.has(before, entered, left):
            tables.within([before, entered], left, aside=True)


@dataclass(frozen=True)
class Step:
    """From one day that children are counted on to a later one, with the figures of who came and who left in between."""

    first: date
    last: date
    entered: tuple[Key, ...]
    left: tuple[Key, ...]


def _known(tables: Tables, what: str, span: Period) -> Key:
    """Who came or left in a period: a figure, or a number aside."""
    printed = _flow(what, span.id)
    return printed if tables.has(printed) else (ASIDE, *printed)


def _around(tables: Tables, printed: list[Period], what: str, first: date, last: date) -> tuple[Key, ...]:
    """The shortest printed period that holds all the days after one day up to another; none where there is none."""
    found = [span for span in printed if span.first_date <= first + timedelta(days=1) and last <= span.last_date]
    keys = [_flow(what, span.id) for span in sorted(found, key=lambda span: span.last_date - span.first_date)]
    return tuple(key for key in keys if tables.has(key))[:1]


def _steps(tables: Tables, counted: Series) -> list[Step]:
    """Every printed period, and every run of up to twelve months, of which both are figures and which begins and ends on a counted day;
    and for the other days the shortest printed period around both."""
    printed = list(spans(tables))
    found: list[tuple[Period, ...]] = [(span,) for span in printed]
    months = _months(counted)
    found += [tuple(months[first : first + long]) for long in range(1, 13) for first in range(len(months) - long + 1)]
    steps = []
    for run in found:
        entered, left = (tuple(_known(tables, what, span) for span in run) for what in (ENTERED, LEFT))
        first, last = run[0].first_date - timedelta(days=1), run[-1].last_date
        follow = all(before.last_date + timedelta(days=1) == after.first_date for before, after in pairwise(run))
        if follow and tables.has(*entered, *left, *(in_care(day.isoformat()) for day in (first, last))):
            steps.append(Step(first, last, entered, left))
    exact = {(step.first, step.last) for step in steps}
    for first, last in combinations(sorted(map(date.fromisoformat, stocks(tables))), 2):
        entered, left = (_around(tables, printed, what, first, last) for what in (ENTERED, LEFT))
        if entered and left and (first, last) not in exact:
            steps.append(Step(first, last, entered, left))
    return steps


def _reviews_once_due(tables: Tables, counted: Series, lists: tuple[Listed, ...]) -> None:
    """A review that was due, or held in time, stays so for as long as the child stays; and who stays comes to be due."""
    firsts, seconds, laters = ([one for one in lists if one.rule.measure.id == name] for name in (*MILESTONES, LATER_REVIEW))
    for step in _steps(tables, counted):
        then, now = step.first.isoformat(), step.last.isoformat()
        for one in (*firsts, *seconds):
            for before, after in zip(keys_of(one.measure, then), keys_of(one.measure, now), strict=True):
                if tables.has(before, after):
                    tables.within([after, *step.left], before, aside=True)
        for one in laters:
            if tables.has(one.key(then, COUNTY), one.key(now, COUNTY)):
                tables.within([one.key(now, COUNTY), *step.left], one.key(then, COUNTY), aside=True)
        for one in firsts:
            (in_time, due), (in_time_now, due_now) = keys_of(one.measure, then), keys_of(one.measure, now)
            if tables.has(in_time, due, in_time_now):
                not_due = tables.within([in_care(then)], due)
                tables.within([in_time, not_due, *step.entered], in_time_now, aside=True)
            beside = one.backlog(tables, counted, now, COUNTY)
            if beside is not None and step.first <= review_due_since(one, step.last) and tables.has(due_now):
                tables.within([due_now, *step.left, *beside], in_care(then), aside=True)
            for other in seconds if months_before(step.first, -3) <= step.last else ():
                if tables.has(in_time, other.key(now, COUNTY)):
                    tables.within([other.key(now, COUNTY), *step.left], in_time, aside=True)
    printed = list(spans(tables))
    for one, span, day in product(firsts, printed, sorted(map(date.fromisoformat, stocks(tables)))):
        entered, due = _flow(ENTERED, span.id), one.key(day.isoformat(), COUNTY)
        beside = one.backlog(tables, counted, day.isoformat(), COUNTY)
        if beside is not None and span.last_date <= review_due_since(one, day) and tables.has(entered, due):
            for left in _around(tables, printed, LEFT, span.first_date - timedelta(days=1), day):
                tables.within([due, left, *beside], entered, aside=True)


def _children_who_stayed(tables: Tables, counted: Series, lists: tuple[Listed, ...]) -> None:
    """Those on a list for so many months were in care all the while, and no older; soon after they came a first review was due.

    A reader takes those with a plan for so long to have had it all the while. A clock goes on over up to 28 days without a plan, so that
    of a few this is not so: the outsider is supposed to know more than is true, never less.
    """
    groups = stocks(tables)
    days = sorted(map(date.fromisoformat, groups))
    reviews = [one for one in lists if one.rule.measure.id == MILESTONES[0]]
    without = [one for one in lists if one.rule.measure.id in declaration().without_plan]
    for one, day in product(lists, days):
        start, part = held_since(one, day), one.key(day.isoformat(), COUNTY)
        if start is None or not tables.has(part):
            continue
        for then in (then for then in days if start <= then <= day):
            due = [
                [review.key(then.isoformat(), COUNTY), *beside]
                for review in reviews
                if start <= review_due_since(review, then)
                and (beside := review.backlog(tables, counted, then.isoformat(), COUNTY)) is not None
            ]
            wholes = next((keys for keys in due if tables.has(keys[0])), [in_care(then.isoformat())])
            if then < day or wholes != [in_care(then.isoformat())]:
                tables.within(wholes, part, aside=True)
            if then < day:
                _as_then(tables, counted, one, then, day)
            has_plan = then < day and one.rule.measure.id in declaration().options["measures"]
            no_plan = (*(other.key(then.isoformat(), COUNTY) for other in without), (PLAN, then.isoformat(), COUNTY, NO_PLAN))
            for without_plan in no_plan if has_plan else ():
                if tables.has(without_plan):
                    tables.apart(in_care(then.isoformat()), without_plan, part, aside=True)
        for service, review in product(sorted(groups[day.isoformat()] - {COUNTY}), reviews):
            keys = [asked.key(day.isoformat(), service) for asked in (review, one)]
            beside = review.backlog(tables, counted, day.isoformat(), service)
            if beside is not None and start <= review_due_since(review, day) and tables.has(*keys):
                tables.within([keys[0], *beside], keys[1], aside=bool(beside))
    for one, other, day in product(lists, lists, days):
        if (one.rule.measure.id, other.rule.measure.id) == (LATER_REVIEW, SECOND_REVIEW):
            start, part = months_before(day, one.rule.number("months", day)), keys_of(one.measure, day.isoformat())[0]
            for then in (then for then in days if start <= then < day):
                whole, beside = other.key(then.isoformat(), COUNTY), other.backlog(tables, counted, then.isoformat(), COUNTY)
                if beside is not None and tables.has(part, whole):
                    tables.within([whole, *beside], part, aside=True)


def _as_then(tables: Tables, counted: Series, one: Listed, then: date, day: date) -> None:
    """A list of children under an age was under it on an earlier day, and those in one placement since before that day had it then."""
    for entry, categories in categories_of(one, counted.as_at):
        since = limit_from(one, day) if entry.of_share else None
        stayed = since is not None and since <= then
        # That a child is of an age at least says nothing of an earlier day.
        if not (stayed or (entry.grouping == "age" and entry.outside)):
            continue
        wholes = [(entry.grouping, then.isoformat(), COUNTY, category) for category in categories]
        part = keys_of(one.measure, day.isoformat())[0] if entry.of_share else one.key(day.isoformat(), COUNTY)
        if tables.has(part, *wholes):
            tables.within(wholes, part, aside=True)


def _newly_come(tables: Tables, counted: Series, lists: tuple[Listed, ...]) -> None:
    """Those who can only have come of late came in the periods that reach back so far: children under 1, and those whose first review
    is not due yet."""
    ends: dict[date, list[Period]] = {}
    printed = list(spans(tables))
    for span in (*printed, *counted.spans.values()):
        if tables.has(_known(tables, ENTERED, span)) and span not in ends.setdefault(span.last_date, []):
            ends[span.last_date].append(span)
    days = sorted(date.fromisoformat(day) for day in stocks(tables))
    for day in days:
        babies = ("age", day.isoformat(), COUNTY, "Under 1")
        for first in (months_before(day, 12), day - timedelta(days=366)):
            within_a_year = _covering(ends, day, first)
            if within_a_year and tables.has(babies):
                tables.within([_known(tables, ENTERED, span) for span in within_a_year], babies, aside=True)
                break
        for review in (one for one in lists if one.rule.measure.id == MILESTONES[0]):
            due, beside = review.key(day.isoformat(), COUNTY), review.backlog(tables, counted, day.isoformat(), COUNTY)
            if beside is None:
                continue
            late = _covering(ends, day, review_due_since(review, day))
            if late and tables.has(due, in_care(day.isoformat())):
                not_due = tables.within([in_care(day.isoformat())], due)
                tables.within([*(_known(tables, ENTERED, span) for span in late), *beside], not_due, aside=True)
            for later in (later for later in days if later >= day and tables.has(due)):
                for entered in _around(tables, printed, ENTERED, review_due_since(review, day), later):
                    tables.within([due, entered, *beside], in_care(later.isoformat()), aside=True)
    _reviewed_since(tables, lists, ends)


def _reviewed_since(tables: Tables, lists: tuple[Listed, ...], ends: dict[date, list[Period]]) -> None:
    """Whose first review was held in time, and was not yet due on an earlier day, came since; and so whose second was not yet due."""
    days = sorted(date.fromisoformat(day) for day in stocks(tables))
    firsts, seconds = ([one for one in lists if one.rule.measure.id == name] for name in MILESTONES)
    for first, before, after in product(firsts, days, days):
        in_time = keys_of(first.measure, after.isoformat())[0]
        if before > after or not tables.has(in_time):
            continue
        due = review_due_since(first, before)
        for whole, start in (
            *(((keys_of(first.measure, before.isoformat())[0], due),) if before < after else ()),
            *((second.key(before.isoformat(), COUNTY), months_before(due, 3)) for second in seconds),
        ):
            recent = _covering(ends, after, start) if tables.has(whole) else []
            if recent:
                tables.within([whole, *(_known(tables, ENTERED, span) for span in recent)], in_time, aside=True)


def _newly_so_long_in_care(tables: Tables, lists: tuple[Listed, ...]) -> None:
    """Those who have been in care so long, and had not been on an earlier day, came in between, so long ago (give or take a day)."""
    days = sorted(date.fromisoformat(day) for day in stocks(tables))
    printed = sorted(spans(tables), key=lambda span: span.last_date - span.first_date)
    for one, (before, after) in product(lists, combinations(days, 2)):
        keys = [one.key(day.isoformat(), COUNTY) for day in (before, after)]
        if not declaration().held.get(one.rule.measure.id) or not tables.has(*keys):
            continue
        first, last = held_since(one, before), held_since(one, after)
        if first is None or last is None:
            continue
        span = next((span for span in printed if span.first_date <= first + timedelta(days=2) and last <= span.last_date), None)
        if span and tables.has(_flow(ENTERED, span.id)):
            tables.within([keys[0], _flow(ENTERED, span.id)], keys[1], aside=True)


def _covering(ends: dict[date, list[Period]], last: date, first: date) -> list[Period]:
    """The fewest printed periods that follow one another up to a day and reach back before another; none where there are none."""
    found: list[Period] = []
    while last > first:
        here = ends.get(last)
        if not here:
            return []
        enough = [span for span in here if span.first_date <= first + timedelta(days=1)]
        chosen = (
            min(enough, key=lambda span: -span.first_date.toordinal()) if enough else min(here, key=lambda span: span.first_date)
        )
        found.append(chosen)
        last = chosen.first_date - timedelta(days=1)
    return found


def _between_packs(tables: Tables) -> None:
    """Between two reporting dates: what a child has permanently changes only by coming and leaving; age only grows."""
    days = sorted({date.fromisoformat(key[1]) for key in tables.printed if key[0] == "sex"})
    known = {(span.first_date, span.last_date): span for span in spans(tables)}
    for before, after in pairwise(days):
        span = known.get((before + timedelta(days=1), after))
        if span is None or not tables.has(_flow(ENTERED, span.id), _flow(LEFT, span.id)):
            continue
        first, last = before.isoformat(), after.isoformat()
        for grouping in LASTING:
            _lasting(tables, grouping, first, last, span)
        young, old = dimensions()["age"][1][0], dimensions()["age"][1][4]
        tables.within([("age", first, COUNTY, young), _flow(ENTERED, span.id)], ("age", last, COUNTY, young), aside=True)
        tables.within([("age", last, COUNTY, old), _flow(LEFT, span.id)], ("age", first, COUNTY, old), aside=True)


def _lasting(tables: Tables, grouping: str, first: str, last: str, span: Period) -> None:
    categories = [
        one for one in dimensions()[grouping][1] if tables.has((grouping, first, COUNTY, one), (grouping, last, COUNTY, one))
    ]
    if len(categories) < len(dimensions()[grouping][1]):
        return
    for category in categories:
        before, after = ((grouping, day, COUNTY, category) for day in (first, last))
        tables.within([before, _flow(ENTERED, span.id)], after, aside=True)
        tables.within([after, _flow(LEFT, span.id)], before, aside=True)


def _adopted_in_three_years(tables: Tables, counted: Series) -> None:
    """An indicator's children are those adopted in each of its years, and these are among the children who left care by adoption."""
    for key in sorted(key for key in tables.printed if key[3] in ("counted", "in time") and key[2] == COUNTY):
        what = OF_YEAR if key[3] == "counted" else IN_TIME_OF_YEAR
        parts = [(key[0], year, COUNTY, what) for year in _three_years(counted, key)]
        if not all(part in counted.counts for part in parts):
            continue
        for part in parts:
            tables.implied(part, counted.counts[part], ", ".join(part))
            if what == OF_YEAR:
                _among_adopted(tables, part)
            else:
                whole = (*part[:3], OF_YEAR)
                tables.implied(whole, counted.counts[whole], ", ".join(whole))
                tables.nested(whole, part)
        tables.tie({key: 1, **dict.fromkeys(parts, -1)})


def _three_years(counted: Series, key: Key) -> list[str]:
    last = int(key[1][:4])
    return [periods.year(start).id for start in range(last - 2, last + 1)]


def _among_adopted(tables: Tables, part: Key) -> None:
    """Those of a year whom an indicator counts are among those adopted in it. Where they are all of them, a reader takes it so."""
    adopted = (LEFT, part[1], COUNTY, ADOPTED)
    if tables.has(adopted):
        if tables.count(adopted) == tables.count(part):
            tables.same_as(adopted, part)
        else:
            tables.within([adopted], part)
    elif part[0] != "entry_to_adoptive_family" and tables.has(("entry_to_adoptive_family", *part[1:])):
        tables.within([("entry_to_adoptive_family", *part[1:])], part)
