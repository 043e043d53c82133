"""How figures of different days and periods hang together: quarters in a year, years in three, coming and leaving, time in care."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise, product

from metrics.disclosure.cells import Key
from metrics.disclosure.tables import Tables
from metrics.strategic import periods
from metrics.strategic.dimensions import COUNTY, dimensions
from metrics.strategic.flow import ENTERED, LEFT
from metrics.strategic.periods import Period
from metrics.strategic.relations import Listed, held_since, in_care, months_before, stocks
from metrics.strategic.series import IN_TIME_OF_YEAR, OF_YEAR, Series

ADOPTED = "adoption"
# What a child has for good: those who have it change only by who comes and who leaves.
LASTING = ("sex", "ethnicity")
# By so many days after coming into care the first review has been held or is overdue (20 working days, with bank holidays).
REVIEW_DUE_DAYS = 35


def relate_times(tables: Tables, counted: Series, lists: tuple[Listed, ...]) -> None:
    """Everything that ties one day, quarter or year to another, of this pack and of those before it."""
    _quarters_in_years(tables, counted)
    _children_who_stayed(tables, counted, lists)
    _stocks_and_flows(tables)
    _newly_come(tables, lists)
    _between_packs(tables)
    _adopted_in_three_years(tables, counted)


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


def _stocks_and_flows(tables: Tables) -> None:
    for span in spans(tables):
        before, after = (in_care(day.isoformat()) for day in (span.first_date - timedelta(days=1), span.last_date))
        entered, left = (_flow(what, span.id) for what in (ENTERED, LEFT))
        if tables.has(before, after, entered, left):
            tables.flow(before, after, entered, left)


def _children_who_stayed(tables: Tables, counted: Series, lists: tuple[Listed, ...]) -> None:
    """Those on a list for so many months were in care all the while, and soon after they came their first review was due."""
    days = sorted(date.fromisoformat(day) for day in stocks(tables))
    reviews = [one for one in lists if one.rule.measure.id == "first_review"]
    for one, day in product(lists, days):
        start, part = held_since(one, day), one.key(day.isoformat(), COUNTY)
        if start is None or not tables.has(part):
            continue
        for then in (then for then in days if start <= then <= day):
            due = [review.key(then.isoformat(), COUNTY) for review in reviews if (then - start).days >= REVIEW_DUE_DAYS]
            whole = next((key for key in due if tables.has(key)), in_care(then.isoformat()))
            if then < day or whole != in_care(then.isoformat()):
                tables.within([whole], part)


def _newly_come(tables: Tables, lists: tuple[Listed, ...]) -> None:
    """Those who can only have come of late came in the periods that reach back so far: children under 1, and those whose first review
    is not due yet."""
    ends = {}
    for span in spans(tables):
        ends.setdefault(span.last_date, []).append(span)
    for day in sorted(date.fromisoformat(day) for day in stocks(tables)):
        within_a_year = _covering(ends, day, months_before(day, 12))
        babies = ("age", day.isoformat(), COUNTY, "Under 1")
        if within_a_year and tables.has(babies):
            tables.within([_flow(ENTERED, span.id) for span in within_a_year], babies)
        late = _covering(ends, day, day - timedelta(days=REVIEW_DUE_DAYS))
        for review in lists if late else ():
            due = review.key(day.isoformat(), COUNTY)
            if review.rule.measure.id == "first_review" and tables.has(due, in_care(day.isoformat())):
                not_due = tables.within([in_care(day.isoformat())], due)
                tables.within([_flow(ENTERED, span.id) for span in late], not_due)


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
    """Between two reporting dates: what a child has for good changes only by coming and leaving; age only grows."""
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
        tables.within([("age", first, COUNTY, young), _flow(ENTERED, span.id)], ("age", last, COUNTY, young))
        tables.within([("age", last, COUNTY, old), _flow(LEFT, span.id)], ("age", first, COUNTY, old))


def _lasting(tables: Tables, grouping: str, first: str, last: str, span: Period) -> None:
    categories = [
        one for one in dimensions()[grouping][1] if tables.has((grouping, first, COUNTY, one), (grouping, last, COUNTY, one))
    ]
    if len(categories) < len(dimensions()[grouping][1]):
        return
    for category in categories:
        before, after = ((grouping, day, COUNTY, category) for day in (first, last))
        tables.within([before, _flow(ENTERED, span.id)], after)
        tables.within([after, _flow(LEFT, span.id)], before)


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
    """A reader takes those whose time to an adoptive family is counted to be all who were adopted in the year, unless some are not."""
    adopted = (LEFT, part[1], COUNTY, ADOPTED)
    if tables.has(adopted):
        if part[0] == "entry_to_adoptive_family" and tables.count(adopted) == tables.count(part):
            tables.same_as(adopted, part)
        else:
            tables.within([adopted], part)
    elif part[0] != "entry_to_adoptive_family" and tables.has(("entry_to_adoptive_family", *part[1:])):
        tables.within([("entry_to_adoptive_family", *part[1:])], part)
