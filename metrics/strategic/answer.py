"""The one protected answer of the strategic level: page, workbook and PDF show what this gives, and nothing else reaches them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data.invented import is_invented
from metrics.disclosure.auditor import audit
from metrics.disclosure.cells import HIDDEN, Key, TableSystem
from metrics.disclosure.ledger import Publication
from metrics.disclosure.protect import protect
from metrics.engine.engine import Engine
from metrics.strategic import layout, periods
from metrics.strategic.comparators import Comparator, read_comparators
from metrics.strategic.declared import Measure, measures_of, panel_policy
from metrics.strategic.figures import Figure, Figures, Row, Table
from metrics.strategic.relations import lists_of, relate_days
from metrics.strategic.relations_over_time import relate_times
from metrics.strategic.series import Series, one_key, series
from words.dates import british
from words.labels import AREAS, NOT_SUPPLIED

NOTE = (
    f"{HIDDEN}: hidden, so that nobody can be identified: numbers from 1 to {{threshold}}, other numbers from which those could be "
    "worked out, percentages on fewer than 10 children and averages on 10 or fewer. 0 means none."
)

REVISED = " A figure that was published before is shown as published, although some of its records have changed since."


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

    def without_code(self, label: str) -> str:
        """The title of a measure, given with its reference or without; other words as they are."""
        code = next((one.reference for one in self.measures if label.startswith(f"{one.reference} ")), "")
        return label.removeprefix(f"{code} ")

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
        points = ", ".join(f"{british(day)} {self.said(figure)}" for day, figure in zip(self.months, row.figures, strict=True))
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


def laid_out(
    engine: Engine, counted: Series, published: dict[tuple[str, str], Comparator], past: tuple[Publication, ...] = ()
) -> tuple[Figures, tuple[Table, ...]]:
    """The tables of a pack and the system of its figures, with every relation that a reader knows. Nothing is protected yet."""
    whole = AREAS[engine.settings.area].title
    figures = Figures(counted, tuple(one.renamed(one_key(counted.measures)) for one in past))
    tables = (
        layout.scorecard(figures, engine, published),
        layout.numbers(figures),
        layout.trend(figures),
        layout.flow(figures),
        *layout.groupings(figures, whole),
        layout.services(figures, whole),
    )
    lists = lists_of(engine, counted.measures)
    relate_days(figures.tables, counted, lists)
    relate_times(figures.tables, counted, lists)
    return figures, tables


def strategic_pack(engine: Engine, as_at: date | None = None, past: tuple[Publication, ...] = ()) -> StrategicPack:
    """The protected answer on a day (unless given, the night's own), beside the packs already published.

    Raises QuestionError for a day after the night, ComparatorsError for the analyst's file, and DisclosureError naming a figure
    that cannot be kept safe.
    """
    counted = series(engine, as_at)
    published = read_comparators(engine.settings.folder, {measure.id for measure in measures_of(engine)})
    figures, tables = laid_out(engine, counted, published, past)
    system = figures.tables.system()
    settings = engine.settings
    pattern = protect(system, settings.disclosure_threshold, settings.disclosure_range)
    printed = pattern.printed(system) | figures.values(system, lambda key: pattern.hides(system, key), HIDDEN)
    population = f"{settings.population_under_18:,} ({settings.population_source or 'source not given'})"
    pack = StrategicPack(
        engine.council,
        counted.as_at,
        counted.column(periods.COMPARED).day,
        engine.night.name,
        engine.policies[panel_policy(engine)].name,
        population if settings.population_under_18 else NOT_SUPPLIED,
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
