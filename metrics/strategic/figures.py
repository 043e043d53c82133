"""The figures of a pack as they are laid out: each names the count, or the counts, that it is made of; none carries a value of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from metrics.disclosure.cells import Key, TableSystem
from metrics.disclosure.ledger import Publication
from metrics.disclosure.tables import Tables
from metrics.strategic.series import NOT_YET, Series
from words.labels import NOT_SUPPLIED

LEAST_OF_A_PERCENTAGE, LEAST_OF_AN_AVERAGE = 10, 11
Counts = Mapping[Key, int]


@dataclass(frozen=True)
class Figure:
    """``kind``: count, percent, rate, days or words. A figure without a key is words, which say why there is no number."""

    kind: str
    key: Key | None = None
    words: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table: its name, what it means, and its figures. ``id`` is the measure's, ``level`` "total" or ""."""

    label: str
    figures: tuple[Figure, ...]
    note: str = ""
    id: str = ""
    level: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the pack, with the heading of its first column and of its figures."""

    id: str
    title: str
    sentence: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def empty_columns(self) -> set[int]:
        """The places of the columns of figures in which no row has one yet: a reader is shown the table without them."""
        return {
            place
            for place in range(len(self.headings) - 1)
            if all(row.figures[place].key is None and row.figures[place].words == NOT_YET for row in self.rows)
        }


def words(text: str) -> Figure:
    return Figure("words", None, text)


@dataclass
class Figures:
    """Collects what a pack prints, as its tables are laid out, into one system of figures."""

    series: Series
    past: tuple[Publication, ...] = ()
    made: dict[Key, Callable[[Counts], float | str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tables = Tables(self.past)
        self.keys: set[Key] = set()

    def has(self, *keys: Key) -> bool:
        return all(key in self.keys for key in keys)

    def absent(self, *keys: Key | None) -> str:
        """Why a figure is not there; nothing when all its counts are."""
        return next((self.series.absent.get(key, NOT_SUPPLIED) for key in keys if key and key not in self.series.counts), "")

    def count(self, key: Key, weight: float = 1.0) -> Figure:
        """A count that is printed. A larger ``weight`` is hidden less gladly to protect another."""
        if self.absent(key):
            return words(self.absent(key))
        self.tables.cell(key, self.series.counts[key], ", ".join(key), weight)
        self.keys.add(key)
        return Figure("count", key)

    def percent(self, name: str, numerator: Key, denominator: Key) -> Figure:
        if self.absent(numerator, denominator):
            return words(self.absent(numerator, denominator))
        key = ("percent", name, *numerator[1:3])
        self.count(numerator)
        self.count(denominator)
        self.tables.share(key, numerator, denominator, at_least=LEAST_OF_A_PERCENTAGE)
        self.made[key] = lambda counts: round(100 * counts[numerator] / counts[denominator])
        return Figure("percent", key)

    def rate(self, name: str, count: Key, population: int) -> Figure:
        if self.absent(count):
            return words(self.absent(count))
        key = ("rate", name, *count[1:3])
        self.count(count)
        self.tables.rate(key, count, population)
        self.made[key] = lambda counts: round(10_000 * counts[count] / population)
        return Figure("rate", key)

    def days(self, name: str, average: float | None, base: Key) -> Figure:
        if self.absent(base):
            return words(self.absent(base))
        key = ("average", name, *base[1:3])
        self.count(base)
        self.tables.derived(key, [base], base, LEAST_OF_AN_AVERAGE)

        def made(counts: Counts) -> int:
            if average is None:
                raise ValueError(f"{', '.join(base)}: an average of nobody is never printed")
            return round(average)

        self.made[key] = made
        return Figure("days", key)

    def mark(
        self,
        key: Key,
        needs: list[Key],
        made: Callable[[Counts], str],
        bases: Sequence[Key] = (),
        at_least: int = LEAST_OF_A_PERCENTAGE,
    ) -> Figure:
        """Words made of counts, such as a status or a direction: hidden with any of them, and where a base counts too few."""
        base = min(bases, key=self.series.counts.__getitem__, default=None)
        self.tables.derived(key, needs, base, at_least if bases else 0)
        self.made[key] = made
        return Figure("words", key)

    def values(self, system: TableSystem, hides: Callable[[Key], bool], hidden: str) -> dict[Key, int | float | str]:
        """What may stand for each derived figure."""
        counts = {key: cell.count for key, cell in system.cells.items()}
        return {key: hidden if hides(key) else made(counts) for key, made in self.made.items()}
