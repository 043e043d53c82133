"""The first page of the councillors' paper: a few measures of the scorecard, each with its number, standing, direction and chart."""

from __future__ import annotations

from dataclasses import dataclass

from metrics.answers.headlines import NO_TARGET
from metrics.strategic.answer import StrategicPack
from metrics.strategic.declared import Measure
from metrics.strategic.figures import Figure, Row, words
from packs.corporate.charts import CardChart, card_charts
from words.dates import british
from words.standing import shaped

MARKS = 5  # target, status, direction and two other areas end a row of the scorecard
HEADLINES = "The headlines"
# These tables have the codes of the measures, by which a definition is found; the others have their titles alone.
CODED = ("numbers", "services")


@dataclass(frozen=True)
class Headline:
    """One measure of the scorecard: ``now``, ``status`` and ``direction`` are figures of its row; ``target``
    has no words where none is set. ``definition`` and ``source`` are the measure's."""

    title: str
    definition: str
    source: str
    now: Figure
    target: Figure
    status: Figure
    direction: Figure
    since: str
    periods: tuple[tuple[str, Figure], ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.now, self.status, self.direction


def row_label(pack: StrategicPack, table_id: str, row: Row) -> str:
    """A row of a table as the paper and the page print it."""
    return row.label if table_id in CODED else pack.without_code(row.label)


def headlines(pack: StrategicPack) -> tuple[Headline, ...]:
    """The measures that are declared to be headlines, in the scorecard's order."""
    table = pack.table("scorecard")
    rows = {row.id: row for row in table.rows}
    return tuple(
        _headline(one, rows[one.id], table.headings[1:], f"Since {british(pack.compared_with)}")
        for one in pack.measures
        if one.headline
    )


def _headline(measure: Measure, row: Row, headings: tuple[str, ...], since: str) -> Headline:
    *periods, target, status, direction, _, _ = row.figures
    if target.words == NO_TARGET:  # the scorecard says so; a headline says what there is
        target = words("")
    return Headline(
        measure.title,
        measure.definition,
        measure.source,
        periods[-1],
        target,
        status,
        direction,
        since,
        tuple(zip(headings[: len(periods)], periods, strict=True)),
    )


def cards(pack: StrategicPack) -> list[dict]:
    """What the template prints of each headline; ``chart`` is the place of its chart, or none."""
    every = headlines(pack)
    return [
        {
            "title": one.title,
            "now": pack.said(one.now),
            "status": shaped(pack.said(one.status)),
            "target": pack.said(one.target),
            "since": f"{one.since}:",
            "direction": pack.said(one.direction),
        }
        for one in every
    ]


def charts_of(pack: StrategicPack) -> tuple[CardChart | None, ...]:
    """The chart of each headline over the scorecard's periods; None where fewer than two have a number."""
    return card_charts(
        [
            (one.title, [(period, pack.value(figure) if figure.key else None) for period, figure in one.periods])
            for one in headlines(pack)
        ],
        [one.now.kind for one in headlines(pack)],
    )
