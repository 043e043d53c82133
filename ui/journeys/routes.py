"""Journeys to permanence on the screen: a route's steps, one step's headline, curve and years, and the ten longest."""

from __future__ import annotations

from dataclasses import dataclass

import pandas
import streamlit

from data.contract.contract import titles
from metrics.answers.journeys import (
    ALL_YEARS,
    ROUTES,
    RouteAnswer,
    StepAnswer,
    YearFigures,
    year_words,
    years_counted,
)
from metrics.answers.journeys.words import HOW_TO_READ, STATES, left_out_words, median_words, quarter_words, sentence, years_words
from ui.components import teams
from ui.components.child_link import child_link
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, paged, show_table
from ui.context import address
from ui.context.page_context import PageContext
from ui.journeys import answers, curve
from words.dates import british
from words.labels import NOT_SUPPLIED

CHOSEN = "the reader chose the step, and so its stages"
NAMES = ("service", "team", "route", "year", "step")
FIGURES = named("started", "reached", "waiting", "ended", "quarter", "half", "three_quarters", "median_reached")


@dataclass(frozen=True)
class Asked:
    """What the page was asked: service and team, the route's answer, and the year of entry."""

    chosen: dict[str, str | None]
    answer: RouteAnswer
    year: str


def choose(context: PageContext) -> Asked:
    """The service, team, route and year of entry that the address or the reader chooses."""
    chosen = teams.choose(context)
    years = [ALL_YEARS, *(year_words(first) for first in years_counted(context.as_at))]
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        titles = {route.id: route.title for route in ROUTES}
        route = address.choose("Route to permanence", list(titles), "route", NAMES, titles.__getitem__)
        year = address.choose("Year of entry to care (April to March)", years, "year", NAMES)
    return Asked(chosen, answers.answer(context, route, context.within(**chosen)), year)


def _told(figures: YearFigures) -> dict[str, str]:
    counts = {name: f"{getattr(figures, name):,}" for name in ("started", "reached", "waiting", "ended")}
    quarters = {name: quarter_words(figures, place) for place, name in enumerate(("quarter", "half", "three_quarters"))}
    return counts | quarters | {"median_reached": median_words(figures)}


def _not_told() -> dict[str, str]:
    return {"started": NOT_SUPPLIED} | {column.name: "" for column in FIGURES[1:]}


def show_steps(context: PageContext, asked: Asked) -> None:
    """Every step of the route, for the year of entry."""
    answer = asked.answer
    section(f"{teams.name_of(context, asked.chosen)}: {answer.route.title}, entered care in {years_words(answer, asked.year)}")
    rows = [
        {"step": of_step.step.title} | (_not_told() if of_step.missing else _told(of_step.figures(asked.year)))
        for of_step in answer.steps
    ]
    frame = pandas.DataFrame(rows)
    columns = (Column("step"), *FIGURES)
    about = element("p", f"{answer.route.about}. As at {british(answer.as_at)}.", class_="quiet")
    title = f"{answer.route.title}: the steps"
    show_table(frame, columns, title, "journey steps", name=f"journeys {title}", before=[about], one="step")


def show_step(context: PageContext, asked: Asked) -> None:
    """One step: its headline, curve, years of entry, and the ten longest."""
    section("One step")
    by_id = {of_step.step.id: of_step for of_step in asked.answer.steps}
    picked = by_id[address.choose("Step", list(by_id), "step", NAMES, lambda name: by_id[name].step.title, width=address.WIDE)]
    if picked.missing:
        write(
            element("p", f"{picked.step.title}: {NOT_SUPPLIED}. It needs the extract {titles(picked.missing)}.", class_="empty")
        )
        return
    without = f"Counted without {titles(picked.without)}, which was not supplied. " if picked.without else ""
    left_out = left_out_words(picked, asked.year)
    write(
        element("p", element("strong", sentence(asked.answer, picked, asked.year))),
        element("p", f"{without}{left_out}", class_="quiet") if without or left_out else "",
    )
    curve.show(asked.answer, picked, asked.year)
    write(element("p", HOW_TO_READ, class_="quiet"))
    _show_years(asked, picked)
    _show_longest(context, asked, picked)


def _show_years(asked: Asked, picked: StepAnswer) -> None:
    section(f"{picked.step.title}, by year of entry")
    frame = pandas.DataFrame([{"year": figures.year} | _told(figures) for figures in picked.years])
    columns = (Column("year"), *FIGURES)
    caption = f"{picked.step.title} by year of entry"
    show_table(frame, columns, caption, "journey years", name=f"{asked.answer.route.title} {caption}", one="year")


def _show_longest(context: PageContext, asked: Asked, picked: StepAnswer) -> None:
    scope = context.within(**asked.chosen)
    frame = answers.longest(context, asked.answer.route.id, picked.step.id, scope, asked.year)
    section(f"{picked.step.title}: the ten longest")

    columns = [
        Column("child_id", leads_to=child_link(context)),
        *named("legacy_id", "name", "team", "worker", "entered_date"),
        Column("from_date", given=picked.step.start, because=CHOSEN),
        Column("to_date", given=picked.step.end, because=CHOSEN),
        *named("days", "state"),
    ]
    if picked.step.start == "Entered care":
        del columns[6]
    paged(
        frame.assign(state=frame["state"].map(STATES)),
        columns,
        f"The ten longest: {picked.step.title}",
        "journey longest",
        f"longest {asked.answer.route.title} {picked.step.title}",
        f"No child has reached this stage or is waiting for it on {british(asked.answer.as_at)}.",
        "child",
        "children",
        usual="Longest first",
        narrowed_by=("route", "year"),
    )
