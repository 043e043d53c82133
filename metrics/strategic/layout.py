"""The tables of the Corporate Parenting Panel's pack, after the scorecards that councils publish."""

from __future__ import annotations

from fractions import Fraction

from metrics.answers.headlines import NO_TARGET, standing
from metrics.disclosure.cells import Key
from metrics.engine.engine import Engine
from metrics.engine.policy import Target
from metrics.strategic import periods
from metrics.strategic.comparators import AREAS, NOT_PUBLISHED, Comparator
from metrics.strategic.declared import TRACKER, Measure, target_of
from metrics.strategic.dimensions import COUNTY, NO_PLAN, PARALLEL, PLAN, dimensions
from metrics.strategic.figures import LEAST_OF_AN_AVERAGE, Counts, Figure, Figures, Row, Table, words
from metrics.strategic.flow import ENTERED, LEFT, REASONS, needs
from metrics.strategic.series import NO_KEY, NOT_YET, Column, keys_of, period_of
from words.columns import heading, headings
from words.dates import british_short
from words.labels import NOT_AVAILABLE, NOT_SUPPLIED

DIRECTIONS = BETTER, WORSE, UP, DOWN, NO_CHANGE = ("better", "worse", "up", "down", "no material change")
# The figures of the scorecard are what councillors read: to protect a small number, one of another table is hidden sooner.
WEIGHT_OF_SCORECARD = 4.0
# Councillors see other numbers under the same words: the tracker's lists leave out who has a pathway plan, and look into parallel plans.
PLANS = (
    f"A child whose plan has several options counts under {PARALLEL} alone. {NO_PLAN} here includes children who have a pathway plan "
    "instead, so it can be higher than the tracker's list of that name."
)


def lower(title: str) -> str:
    """A title as it is written within a sentence."""
    return f"{title[0].lower()}{title[1:]}"


def scorecard(figures: Figures, engine: Engine, published: dict[tuple[str, str], Comparator]) -> Table:
    """One row a measure: years, quarters, now, target, status, direction, and what other councils' figures are."""
    series = figures.series
    shown = [column for column in series.columns if column.id != periods.COMPARED]
    titles = (column.title for column in shown)
    marked = headings("target", "status", "direction", "statistical_neighbours", "england_average")
    columns = (heading("measure"), *titles, *marked)
    rows = []
    for measure in series.measures:
        cells = tuple(_cell(figures, engine, measure, column) for column in shown)
        target = target_of(engine, measure)
        others = tuple(words(_published(published, measure, area)) for area in AREAS)
        marks = (words(_target_words(measure, target)), _status(figures, measure, target), _direction(figures, engine, measure))
        rows.append(Row(f"{measure.reference} {measure.title}", (*cells, *marks, *others), measure.definition, measure.id))
    band = engine.settings.direction_band_points
    *_, before, latest = periods.previous_years(series.as_at)
    now = series.column(periods.NOW)
    # Under the reporting date stands no figure of that one day for those who came and left: only complete quarters are told.
    so_far = f" Under {now.title}, children who came into care or left it are those of {now.flow.id}." if now.flow else ""
    sentence = (
        f"Years run from April to March; a number at a point in time is as at the last day.{so_far} Direction compares with "
        f"{series.column(periods.COMPARED).title} and, for figures over a year, {latest.id} with {before.id}; a "
        f"change of up to {band:g} percentage point{'' if band == 1 else 's'} (for numbers of children or days, {band:g}%) is {NO_CHANGE}."
    )
    return Table("scorecard", "Scorecard", sentence, columns, tuple(rows))


def _published(published: dict[tuple[str, str], Comparator], measure: Measure, area: str) -> str:
    found = published.get((measure.id, area))
    if found is None:
        return NOT_PUBLISHED
    # A share says so, as the council's own beside it does; the file has the number alone.
    return f"{found.value}% ({found.year})" if measure.is_share else found.words


def _cell(figures: Figures, engine: Engine, measure: Measure, column: Column) -> Figure:
    period, why = period_of(measure, column, figures.series.as_at)
    if period is None:
        return words(why)
    numerator, denominator = keys_of(measure, period)
    for key in filter(None, (numerator, denominator)):
        figures.count(key, WEIGHT_OF_SCORECARD)
    if measure.counted_by == "rate":
        population = engine.settings.population_under_18
        # The population is that of one year: a rate of an earlier year on it would mislead.
        if column.id != periods.NOW:
            return words("latest only")
        return figures.rate(measure.id, numerator, population) if population else words(NOT_SUPPLIED)
    if measure.counted_by == "average":
        return figures.days(measure.id, figures.series.averages.get((measure.indicator, period)), denominator)
    if measure.is_share:
        return figures.percent(measure.id, numerator, denominator)
    return figures.count(numerator)


def _target_words(measure: Measure, target: Target | None) -> str:
    if target is None:
        return NO_TARGET
    return f"{measure.bound} {target.percent:g}%, tolerance {target.tolerance:g}"


def _keys_there(figures: Figures, measure: Measure, column: Column) -> list[Key]:
    """The counts behind a measure in a column, laid out and supplied; none where one of them is not."""
    period, _ = period_of(measure, column, figures.series.as_at)
    keys = [key for key in keys_of(measure, period) if key] if period else []
    if not keys or figures.absent(*keys):
        return []
    for key in keys:
        figures.count(key)
    return keys


def _status(figures: Figures, measure: Measure, target: Target | None) -> Figure:
    keys = _keys_there(figures, measure, figures.series.column(periods.NOW))
    if target is None or len(keys) < 2:
        return words("" if target is None else NOT_SUPPLIED)

    def made(counts: Counts) -> str:
        return standing(target, counts[keys[0]], counts[keys[1]], measure.bound)

    return figures.mark(("status", measure.id, *keys[0][1:3]), keys, made, [keys[1]])


def _direction(figures: Figures, engine: Engine, measure: Measure) -> Figure:
    """How a measure has moved: a stock since the day it is compared with, what is counted by year since the year before."""
    series = figures.series
    *_, before, latest = periods.previous_years(series.as_at)
    if measure.of_period or measure.of_three_years:
        columns = (series.column(before.id), series.column(latest.id))
    else:
        columns = (series.column(periods.COMPARED), series.column(periods.NOW))
    then, now = (_keys_there(figures, measure, column) for column in columns)
    if not now or not then:
        period, why = period_of(measure, columns[1], series.as_at)
        return words(why or (figures.absent(*keys_of(measure, period)) if period else "") or NOT_AVAILABLE)
    band = Fraction(str(engine.settings.direction_band_points))
    averages = [series.averages.get((measure.indicator, key[1])) for key in (then[0], now[0])]

    def made(counts: Counts) -> str:
        moved = _moved(measure, [counts[key] for key in then], [counts[key] for key in now], averages)
        if abs(moved) <= band:
            return NO_CHANGE
        if measure.low_is_good is None:
            return UP if moved > 0 else DOWN
        return BETTER if (moved < 0) == measure.low_is_good else WORSE

    key = ("direction", measure.id, *now[0][1:3])
    if measure.counted_by == "average":
        return figures.mark(key, [*now, *then], made, [*now, *then], LEAST_OF_AN_AVERAGE)
    return figures.mark(key, [*now, *then], made, [*now[1:], *then[1:]])


def _moved(measure: Measure, then: list[int], now: list[int], averages: list[float | None]) -> Fraction:
    """Percentage points between two shares; per cent of what it was for a number of children or of days."""
    if measure.is_share:
        return Fraction(100 * now[0], max(now[1], 1)) - Fraction(100 * then[0], max(then[1], 1))
    first, second = [Fraction(value or 0) for value in averages] if measure.counted_by == "average" else (then[0], now[0])
    return Fraction(100) * (second - first) / (first or 1)


def numbers(figures: Figures) -> Table:
    """The numerator and the denominator behind every percentage and average of the scorecard."""
    series, rows = figures.series, []
    denominators: dict[Key, tuple[Measure, list[str], tuple[Figure, ...]]] = {}
    for measure in series.measures:
        if not (measure.is_share or measure.counted_by == "average"):
            continue
        counts = tuple(_counts_behind(figures, measure, column) for column in series.columns)
        if measure.counted_by != "average":
            label = f"{measure.reference} {measure.title}: {lower(measure.numerator)}"
            rows.append(Row(label, tuple(numerator for numerator, _ in counts), id=measure.id))
        named = next((denominator.key for _, denominator in counts if denominator.key), (measure.id,))
        shared = denominators.setdefault(named, (measure, [], tuple(denominator for _, denominator in counts)))
        shared[1].append(measure.reference)
    for measure, references, cells in denominators.values():
        rows.append(Row(f"{measure.denominator} (denominator of {', '.join(references)})", cells, id=measure.id))
    titles = tuple(column.title for column in series.columns)
    sentence = "The counts behind the percentages and averages of the scorecard: numerators first, then denominators."
    return Table("numbers", "Numerators and denominators", sentence, (heading("count"), *titles), tuple(rows))


def _counts_behind(figures: Figures, measure: Measure, column: Column) -> tuple[Figure, Figure]:
    period, why = period_of(measure, column, figures.series.as_at)
    keys = keys_of(measure, period) if period else (NO_KEY, NO_KEY)
    numerator, denominator = (figures.count(key) if key else words(why) for key in keys)
    return numerator, denominator


def trend(figures: Figures) -> Table:
    """Children in care and every list of the tracker at the month ends, as numbers of children."""
    series = figures.series
    measures = [measure for measure in series.measures if measure.id == "in_care" or measure.section == TRACKER]
    rows = tuple(
        Row(measure.title, tuple(figures.count(keys_of(measure, day.isoformat())[0]) for day in series.months), id=measure.id)
        for measure in measures
    )
    titles = tuple(british_short(day) for day in series.months)
    return Table("trend", "Thirteen months", "Children at the close of each day.", (heading("children"), *titles), rows)


def groupings(figures: Figures, whole_council: str) -> tuple[Table, ...]:
    """The children in care by age, sex, ethnicity, legal status, placement and plan: the whole council, share, and services."""
    series, day = figures.series, figures.series.as_at.isoformat()
    tables = []
    for dimension, (title, categories) in dimensions().items():
        rows = []
        for category in categories:
            county = (dimension, day, COUNTY, category)
            share = figures.percent(f"{dimension}: {category}", county, ("in_care", day, COUNTY, "all"))
            services = (figures.count((dimension, day, service, category)) for service in series.services)
            rows.append(Row(category, (figures.count(county), share, *services)))
        whole = tuple(figures.count(("in_care", day, group, "all")) for group in (COUNTY, *series.services))
        rows.append(Row("All children in care", (whole[0], words(""), *whole[1:]), level="total"))
        columns = (title, whole_council, heading("share_of_whole"), *series.services)
        sentence = PLANS if dimension == PLAN else ""
        tables.append(Table(dimension, f"{title} of the children in care", sentence, columns, tuple(rows)))
    return tuple(tables)


def flow(figures: Figures) -> Table:
    """Who came into care, with their need, and who left, with the reason, by year and by complete quarter; county only."""
    series = figures.series
    columns = [column for column in series.columns if column.id != periods.COMPARED]

    def cells(what: str, category: str) -> tuple[Figure, ...]:
        return tuple(
            words(column.why or NOT_YET)
            if column.why or not column.flow
            else figures.count((what, column.flow.id, COUNTY, category))
            for column in columns
        )

    rows = [Row("Came into care", cells(ENTERED, "all"), level="total")]
    rows += [Row(f"Came in: {lower(title)}", cells(ENTERED, need)) for need, title in needs().items()]
    rows += [Row("Left care", cells(LEFT, "all"), level="total")]
    rows += [Row(f"Left: {lower(title)}", cells(LEFT, reason)) for reason, title in REASONS.items()]
    now = series.column(periods.NOW).flow
    so_far = now.id if now else "This year"
    titles = [so_far if column.id == periods.NOW else column.title for column in columns]
    sentence = "Times that a child came into or left care in the period. The year so far covers complete quarters only."
    return Table("flow", "Coming into and leaving care", sentence, (heading("times"), *titles), tuple(rows))


def services(figures: Figures, whole_council: str) -> Table:
    """Every count of the day by service; ``whole_council`` is what the whole is called."""
    series, day, rows, seen = figures.series, figures.series.as_at.isoformat(), [], set()
    for measure in series.measures:
        if measure.of_period or measure.of_three_years or measure.counted_by == "rate":
            continue
        named = (measure.title, measure.denominator)
        for place, key in enumerate(keys_of(measure, day)):
            if key and key not in seen:
                seen.add(key)
                cells = tuple(figures.count((*key[:2], group, key[3])) for group in (COUNTY, *series.services))
                rows.append(Row(f"{measure.reference} {named[place]}", cells, id=measure.id))
    columns = (heading("children"), whole_council, *series.services)
    return Table("services", "By service", "Children on the reporting date.", columns, tuple(rows))
