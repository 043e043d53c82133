"""The one protected answer of the strategic level: page, workbook and PDF show what this gives, and nothing else reaches them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from data.settings import is_invented
from metrics.disclosure.auditor import audit
from metrics.disclosure.cells import HIDDEN, Key, TableSystem
from metrics.disclosure.ledger import Publication
from metrics.disclosure.protect import protect
from metrics.engine import Engine
from metrics.strategic import layout, periods
from metrics.strategic.comparators import Comparator, read_comparators
from metrics.strategic.declared import Measure, declaration, measures_of, panel_policy
from metrics.strategic.dimensions import COUNTY, OPTION, dimensions
from metrics.strategic.figures import Figure, Figures, Row, Table
from metrics.strategic.flow import ENTERED, LEFT, REASONS, needs
from metrics.strategic.series import Series, keys_of, series

NOTE = (
    f"{HIDDEN}: hidden, so that nobody can be identified: numbers from 1 to {{threshold}}, other numbers from which those could be "
    "worked out, percentages on fewer than 10 children and averages on 10 or fewer. 0 is a true nought."
)

REVISED = " A figure that was published before stands as it was published, though the records behind some have changed since."


@dataclass(frozen=True)
class StrategicPack:
    """Protected: ``printed`` holds a number or ``[c]`` for every figure. ``system`` holds the true counts, for the audit and the ledger
    only; it never leaves the server."""

    council: str
    as_at: date
    compared_with: date
    night_name: str
    policy_name: str
    population: str
    measures: tuple[Measure, ...]
    published: dict[tuple[str, str], Comparator]
    tables: tuple[Table, ...]
    months: tuple[date, ...]
    note: str
    threshold: int
    range: int
    printed: dict[Key, int | float | str]
    system: TableSystem = field(repr=False)

    @property
    def invented(self) -> bool:
        return is_invented(self.council)

    def table(self, table_id: str) -> Table:
        return next(table for table in self.tables if table.id == table_id)

    @property
    def titles(self) -> dict[str, str]:
        """Each measure by its reference and title, in the scorecard's order."""
        return {measure.id: f"{measure.reference} {measure.title}" for measure in self.measures}

    def said_of(self, commentary: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """The words about each measure, under its title and in the scorecard's order."""
        return tuple((title, commentary[one]) for one, title in self.titles.items() if commentary.get(one, "").strip())

    @property
    def charted(self) -> tuple[Row, ...]:
        """The rows of the thirteen months that have a number to draw."""
        return tuple(
            row for row in self.table("trend").rows if any(isinstance(self.value(figure), int) for figure in row.figures)
        )

    def words_of_chart(self, row: Row) -> str:
        """The text alternative of a row's chart: what its table says."""
        points = ", ".join(f"{day:%d/%m/%Y} {self.said(figure)}" for day, figure in zip(self.months, row.figures, strict=True))
        return f"{row.label}, children at each month end: {points}."

    def require_safe(self, printed: Mapping[Key, int | float | str]) -> None:
        """Attack what was read back from a finished file. Raises DisclosureError naming the figure that is given away."""
        audit(self.system, printed, self.threshold, self.range).require_safe()

    def value(self, figure: Figure) -> int | float | str:
        """What may stand for a figure: a number, ``[c]`` or words."""
        return self.printed[figure.key] if figure.key else figure.words

    def said(self, figure: Figure) -> str:
        """The figure as it is read."""
        value = self.value(figure)
        if isinstance(value, str):
            return value
        return f"{value:,}{'%' if figure.kind == 'percent' else ''}"


def strategic_pack(engine: Engine, as_at: date | None = None, past: tuple[Publication, ...] = ()) -> StrategicPack:
    """The protected answer on a day (unless given, the night's own), beside the packs already published.

    Raises QuestionError for a day after the night, ComparatorsError for the analyst's file, and DisclosureError naming a figure
    that cannot be kept safe.
    """
    counted = series(engine, as_at)
    published = read_comparators(engine.settings.folder, {measure.id for measure in measures_of(engine)})
    figures = Figures(counted, past)
    tables = (
        layout.scorecard(figures, engine, published),
        layout.numbers(figures),
        layout.trend(figures),
        layout.flow(figures),
        *layout.groupings(figures),
        layout.services(figures),
    )
    _relate(figures, counted, panel_policy(engine))
    system = figures.tables.system()
    settings = engine.settings
    pattern = protect(system, settings.disclosure_threshold, settings.disclosure_range)
    printed = pattern.printed(system) | figures.values(system, lambda key: pattern.hides(system, key), HIDDEN)
    population = f"{settings.population_under_18:,} ({settings.population_source or 'source not given'})"
    pack = StrategicPack(
        settings.council,
        counted.as_at,
        counted.column(periods.COMPARED).day,
        engine.night.name,
        engine.policies[panel_policy(engine)].name,
        population if settings.population_under_18 else "not supplied",
        counted.measures,
        published,
        tables,
        counted.months,
        NOTE.format(threshold=settings.disclosure_threshold) + (REVISED if system.revised else ""),
        settings.disclosure_threshold,
        settings.disclosure_range,
        printed,
        system,
    )
    pack.require_safe(printed)
    return pack


def _relate(figures: Figures, counted: Series, policy: str) -> None:
    """How the figures of the pack hang together, whichever table they stand in."""
    _services_in_county(figures, counted)
    _parts_in_wholes(figures, counted)
    _categories_in_all(figures, counted)
    _periods_in_year(figures, counted)
    _stocks_and_flows(figures, counted)
    _lists_in_lists(figures, counted, policy)


def _services_in_county(figures: Figures, counted: Series) -> None:
    for key in sorted(key for key in figures.keys if key[2] == COUNTY):
        parts = [(*key[:2], service, key[3]) for service in counted.services]
        if parts and figures.has(*parts):
            figures.tables.total(key, parts)


def _parts_in_wholes(figures: Figures, counted: Series) -> None:
    """A list within those it is a share of, and these within the children in care, in the county and in every service."""
    stocks = [measure for measure in counted.measures if measure.is_share and not (measure.of_period or measure.of_three_years)]
    for period, group in sorted({key[1:3] for key in figures.keys if key[0] == "in_care"}):
        for measure in stocks:
            part, whole = keys_of(measure, period, group)
            in_care = ("in_care", period, group, "all")
            if figures.has(part, whole):
                figures.tables.nested(whole, part)
                if whole != in_care:
                    figures.tables.nested(in_care, whole)


def _categories_in_all(figures: Figures, counted: Series) -> None:
    day = counted.as_at.isoformat()
    for group in (COUNTY, *counted.services):
        for dimension, (_, categories) in dimensions().items():
            parts = [(dimension, day, group, category) for category in categories]
            if figures.has(*parts):
                figures.tables.total(("in_care", day, group, "all"), parts)
    for key in sorted(key for key in figures.keys if key[0] in (ENTERED, LEFT) and key[3] == "all"):
        parts = [(*key[:3], category) for category in (needs() if key[0] == ENTERED else REASONS)]
        if figures.has(*parts):
            figures.tables.total(key, parts)


def _periods_in_year(figures: Figures, counted: Series) -> None:
    year = counted.column(periods.NOW).flow
    done = periods.complete(periods.quarters(counted.as_at), counted.as_at)
    for key in sorted(key for key in figures.keys if year and key[1] == year.id and key[0] in (ENTERED, LEFT)):
        figures.tables.total(key, [(key[0], quarter.id, *key[2:]) for quarter in done])


def _stocks_and_flows(figures: Figures, counted: Series) -> None:
    """Where those who came and left explain the whole change, a reader may count on it."""
    for column in counted.columns:
        if column.flow is None or column.why:
            continue
        before, after = (
            ("in_care", day.isoformat(), COUNTY, "all")
            for day in (column.flow.first_date - timedelta(days=1), column.flow.last_date)
        )
        entered, left = ((what, column.flow.id, COUNTY, "all") for what in (ENTERED, LEFT))
        if figures.has(before, after, entered, left):
            counts = [counted.counts[key] for key in (before, after, entered, left)]
            if counts[1] - counts[0] == counts[2] - counts[3]:
                figures.tables.flow(before, after, entered, left)


def _lists_in_lists(figures: Figures, counted: Series, policy: str) -> None:
    """A rule's part within the rule, and the lists of an option within the table of plans: alone, or in a parallel plan."""
    declared, day = declaration(), counted.as_at.isoformat()
    for key in sorted(figures.keys):
        for whole, part in declared.nested:
            if key[0] == f"{policy}.{part}" and figures.has((f"{policy}.{whole}", *key[1:])):
                figures.tables.nested((f"{policy}.{whole}", *key[1:]), key)
    for group in (COUNTY, *counted.services):
        none = ("plan", day, group, "No current plan")
        without = (f"{policy}.no_current_plan", day, group, "all")
        if figures.has(none, without):
            figures.tables.nested(none, without)
        other, alone = (f"{policy}.plan_other", day, group, "all"), ("plan", day, group, "Other")
        if figures.has(other, alone):
            figures.tables.same_as(other, alone)
        for rule, option in declared.option_rules.items():
            key = (f"{policy}.{rule}", day, group, "all")
            if figures.has(key):
                _within_option(figures, counted, group, option, key)


def _within_option(figures: Figures, counted: Series, group: str, option: str, listed: Key) -> None:
    day = counted.as_at.isoformat()
    alone = ("plan", day, group, option.replace("_", " ").capitalize())
    whole, beside = (OPTION, day, group, option), ("beside others", day, group, option)
    children = counted.counts.get(whole, 0)
    tables = figures.tables
    tables.implied(whole, children, f"{option.replace('_', ' ')} among the options, {group}")
    tables.implied(beside, children - counted.counts[alone], f"{option.replace('_', ' ')} in a parallel plan, {group}")
    tables.total(whole, [alone, beside])
    tables.nested(("plan", day, group, "Parallel plan"), beside)
    if tables.count(whole) == tables.count(listed) and option == "residential":
        tables.same_as(whole, listed)
    else:
        tables.nested(whole, listed)
