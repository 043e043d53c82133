"""The trend as it was first reported, beside as it is now known: what each night said on its own day, as far as nights are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas

from metrics.answers.headlines import Headline
from metrics.answers.reported import FirstReported
from ui.components.markup import element
from ui.components.panel_answers import with_records
from ui.components.tables import Column, named, show_table
from ui.context import address
from ui.context.page_context import PageContext
from ui.drift import answers
from ui.drift.sources import sources
from words.dates import british
from words.labels import AS_FIRST_REPORTED, AS_NOW_KNOWN, NOT_COUNTED, NOT_KEPT, figure

KNOWN, BESIDE = "known", "beside"
WORDS = {KNOWN: AS_NOW_KNOWN, BESIDE: f"and {AS_FIRST_REPORTED}"}
NOT_COUNTED_THEN = f"{NOT_COUNTED} then"
COLUMNS = (
    Column("as_at", of="day"),
    *named("known", "reported"),
    Column("recorded_later", of="difference"),
    Column("reported_by", of="label"),
)


def choose(context: PageContext, headline: Headline, **within: str | None) -> tuple[FirstReported, ...]:
    """What was first reported on the dates of a trend, where the reader asks for it; nothing where no earlier night is kept."""
    days = tuple(day for day, _ in headline.trend)
    if not set(sources(context)) & set(days[:-1]):
        return ()
    if address.switch("The trend", (KNOWN, BESIDE), "trend_as", WORDS.__getitem__) == KNOWN:
        return ()
    none: tuple[FirstReported, ...] = ()
    return with_records(context, lambda _: answers.first_reported(context, days, context.within(**within)), none)


def counts(headline: Headline, reported: Sequence[FirstReported]) -> list[int | None]:
    """One rule's figures as first reported, in the order of the dates; None where there is no figure."""
    return [one.children.get(headline.rule.id) for one in reported]


def words(headline: Headline, one: FirstReported) -> str:
    """One figure as first reported, in words where there is no number."""
    if not one.kept:
        return NOT_KEPT
    if headline.rule.id not in one.children:
        return NOT_COUNTED_THEN
    return figure(one.children[headline.rule.id], one.absences.get(headline.rule.id))


def show_both(context: PageContext, headline: Headline, reported: Sequence[FirstReported]) -> None:
    """The two figures of every date beside each other, and where the first one comes from."""
    rows = [_row(headline, day, known, one) for (day, known), one in zip(headline.trend, reported, strict=True)]
    frame = pandas.DataFrame(rows).astype({"known": "Int64"})
    differing = sum(1 for row in rows if row["difference"] not in ("", "0"))
    note = (
        f"What was reported on each date, and what is now known of that date: they differ on {differing} of {len(rows)} dates. "
        "Recorded since: how many more or fewer are now known."
    )
    caption, explained = f"As now known and as first reported: {headline.rule.title}", element("p", note, class_="quiet")
    name = f"first reported {headline.rule.title}"
    show_table(frame, COLUMNS, caption, "first reported", name=name, before=[explained], one="date")


def _row(headline: Headline, day: date, known: int | None, one: FirstReported) -> dict:
    then = one.children.get(headline.rule.id)
    difference = "" if then is None or known is None else f"{known - then:+,}" if known != then else "0"
    label = one.label if one.kept else "" if one.label == NOT_KEPT else one.label
    return {"day": day, "known": known, "reported": words(headline, one), "difference": difference, "label": label}


def said(headline: Headline, reported: Sequence[FirstReported]) -> str:
    """The figures as first reported, for anyone who cannot see the chart."""
    return ", ".join(f"{british(one.as_at)} {words(headline, one)}" for one in reported)
