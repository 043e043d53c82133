"""Drift between two dates on the screen: the choice of the dates, and every rule's movements in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import partial

import pandas
import streamlit

from metrics.answers.drift.drift import Movements, RuleMovements, moved_words
from metrics.engine.absence import Absence
from ui.components import days, teams
from ui.components.markup import Markup, element, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, show_table
from ui.context import address
from ui.context.page_context import PageContext
from ui.drift.answers import Asked
from ui.drift.sources import Source, sources
from words import labels
from words.columns import heading
from words.dates import british
from words.labels import Area, figure, figure_title

PAGE = "drift"
FROM, RULE, MOVED = "from", "rule", "moved"
NAMES = (FROM, "as", RULE, "service", "team")
AS_KNOWN, AS_REPORTED = "known", "reported"
WORDS = {AS_KNOWN: labels.AS_NOW_KNOWN, AS_REPORTED: labels.AS_REPORTED}
EXPLAINED = (
    "The earlier of the two dates: a month end, or any other day: type it as 31/10/2026. The later one is the reporting date."
)


def choose(context: PageContext) -> Asked:
    """The first date, as now known or as reported then, and the service or team, in the address; the second is the reporting date."""
    kept = sources(context)
    panels = {day: source.panel for day, source in kept.items() if source.panel}
    before = sorted({day for day in (*context.engine.reporting_dates, *panels) if day < context.as_at}, reverse=True)
    usual = context.engine.trend_dates(context.as_at, 2)[0]

    def words(text: str) -> str:
        day = address.read_day(text)
        panel = panels.get(day) if day else None
        return f"{text} (panel of {panel.when})" if panel else text

    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        first = days.choose(
            "From",
            FROM,
            "first date",
            before,
            usual,
            context.as_at,
            EXPLAINED,
            NAMES,
            words,
            260 if panels else 190,
            context.engine.records_from,
        )
        options = (AS_KNOWN, AS_REPORTED) if first in kept else (AS_KNOWN,)
        wanted = address.given("as", NAMES) == AS_REPORTED
        known_as = address.switch("The first list", options, "as", WORDS.__getitem__, known=tuple(WORDS))
    chosen = teams.choose(context)
    if first not in kept:
        _say_not_kept(first, tuple(kept), wanted)
    return Asked(first, context.as_at, kept[first] if known_as == AS_REPORTED else None, chosen)


def _say_not_kept(first: date, kept: tuple[date, ...], wanted: bool) -> None:
    why = f"The list of {british(first)} cannot be shown as it was reported: no data load of that day is kept, and no panel was frozen."
    there = ", ".join(british(day) for day in reversed(kept[-13:])) or "none"
    write(element("p", f"{why} Lists are available for {there}.", class_="notice" if wanted else "quiet"))


def show_rules(context: PageContext, asked: Asked, answer: Movements) -> None:
    """Every rule's movements, a row each, and in words what they say."""
    name = teams.name_of(context, asked.chosen)
    section(f"{name}: from {british(asked.first)} to {british(asked.second)}, {_manner(answer)}")
    write(element("p", _explained(answer)))
    columns = _columns(context, asked)
    rows = [_row(one) for one in answer.rules]
    caption = f"Movements on each list from {british(asked.first)} to {british(asked.second)}"
    frame = pandas.DataFrame(rows).astype({column.name: "Int64" for column in columns[1:]})
    file_name = f"drift {name} {asked.first.isoformat()} to {asked.second.isoformat()}"
    show_table(frame, columns, caption, "drift", name=file_name, after=_footnotes(answer, context.area), one="list")


def _manner(answer: Movements) -> str:
    return WORDS[AS_REPORTED if answer.reported else AS_KNOWN]


def _explained(answer: Movements) -> str:
    first, second = british(answer.first), british(answer.second)
    if answer.reported:
        return (
            f"The list of {first} is the one that was reported then, by {answer.reported.label}. "
            f"The list of {second} is from the data load shown. "
            "Late recording, below, is how the list reported differs from what is now known of that day."
        )
    return (
        f"Both lists are as now known: from the data load shown, whatever had been recorded by {first}. "
        "A late record counts on the day it is dated."
    )


def _footnotes(answer: Movements, area: Area) -> list[Markup]:
    looked_at = answer.looked_at
    earlier = (
        f"was on it at an earlier month end ({british(looked_at[0])} to {british(looked_at[-1])} were looked at)"
        if looked_at
        else "cannot be determined: no earlier date to compare"
    )
    words = [
        "For every figure, opening plus joined minus left equals closing.",
        f"Re-entered: not on the list on {british(answer.first)}, and {earlier}.",
        "Resolved: off the list and still in care. Left care: off the list and no longer in care.",
    ]
    if moved := moved_words(answer.scope, area):
        words.append(moved)
    lacking = [f"{one.rule.title}: {_why(one.absence)}." for one in answer.rules if one.absence]
    return [element("p", " ".join(words), class_="quiet"), *(element("p", text, class_="quiet") for text in lacking)]


def _why(absence: Absence) -> str:
    return f"{absence.word}: {absence.needs}".removesuffix(".")


def _row(one: RuleMovements) -> dict:
    counts = {name: value for name, value in asdict(one).items() if name not in ("rule", "absence")}
    return {RULE: one.rule.id, "title": figure_title(one.rule), **counts, "missing": one.absence.word if one.absence else ""}


def _of_day(word: str, day: date, reported: Source | None, leads_to: Callable[[dict], str | None] | None) -> Column:
    """Opening or closing, of a day."""
    given = f"{heading(word)} {british(day)}, {WORDS[AS_REPORTED if reported else AS_KNOWN]}"
    return Column(word, given=given, because="the reader chose the day, and how it is known", leads_to=leads_to)


def _columns(context: PageContext, asked: Asked) -> list[Column]:
    """The columns of the movements. A rule leads to its children; opening and closing lead to the lists of the two days."""

    def here(row: dict, moved: str | None = None) -> str:
        made = {FROM: asked.first.isoformat(), "as": AS_REPORTED if asked.reported else None, MOVED: moved}
        return address.link(PAGE, context.linked_day, rule=row[RULE], **made, **asked.chosen)

    def listed(day):
        on_the_night = None if day == context.engine.as_at else day
        return lambda row: address.link(address.CHILDREN, on_the_night, rule=row[RULE], **asked.chosen)

    def some(name: str, leads_to):
        return lambda row: leads_to(row) if figure(row[name]) not in ("0", figure(None)) else None

    within = not context.within(**asked.chosen).is_whole
    return [
        Column("title", leads_to=here),
        _of_day("opening", asked.first, asked.reported, None if asked.reported else some("opening", listed(asked.first))),
        *named("new", "re_entered"),
        *([Column("moved_in")] if within else []),
        Column("joined", leads_to=some("joined", partial(here, moved="joined"))),
        *named("resolved", "left_care"),
        *([Column("moved_out")] if within else []),
        Column("left", leads_to=some("left", partial(here, moved="left"))),
        _of_day("closing", asked.second, None, some("closing", listed(asked.second))),
    ]
