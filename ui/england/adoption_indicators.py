"""The two adoption indicators on the screen: the average, what it is made of, and the children behind it."""

from __future__ import annotations

from datetime import date

import streamlit

from data.contract.contract import titles
from metrics.answers.england.adoption_indicators import IndicatorFigure, adoption_indicators
from ui.components.child_link import child_link
from ui.components.markup import Markup, element, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, paged
from ui.components.tiles import about
from ui.context import address
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered
from words.dates import british
from words.labels import NOT_SUPPLIED
from words.numbers import children, counted

CHOSEN = "the reader chose the indicator, and so its two days"
STEPS = {
    "entry_to_adoptive_family": ("Entered care", "Moved in"),
    "order_to_match": ("Placement order", "Matched"),
}


@remembered(48)
def _indicators(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> tuple[IndicatorFigure, ...]:
    return adoption_indicators(engine_of(key), policy_id, scope_of(scope), as_at)


def show(context: PageContext, chosen: dict[str, str | None]) -> None:
    """Both indicators as figures, then the children behind the one that is chosen."""
    section("Adoption: children adopted in the three years to the day")
    answers = {
        answer.indicator.id: answer
        for answer in _indicators(context.key, context.policy_id, scope_key(context.within(**chosen)), context.as_at)
    }
    with streamlit.grid(2, min_column_width=320, gap="xsmall", key="adoption indicators"):
        for answer in answers.values():
            with streamlit.container(border=True, height="stretch", gap="xsmall"):
                write(_figure(answer))
    picked = address.choose(
        "Children behind",
        list(answers),
        "indicator",
        ("service", "team", "indicator"),
        lambda name: answers[name].indicator.title,
        width=address.WIDE,
    )
    _show_children(context, answers[picked])


def _figure(answer: IndicatorFigure) -> Markup:
    indicator = answer.indicator
    parts = [element("h3", indicator.title)]
    if answer.missing:
        parts += [
            element("p", NOT_SUPPLIED, class_="figure words"),
            element("p", f"needs the extract {titles(answer.missing)}", class_="line quiet"),
        ]
    elif answer.average is None or answer.children is None:
        parts.append(element("p", "no children to count", class_="figure words"))
    else:
        parts += [
            element("p", f"{answer.average:,.0f} days", class_="figure"),
            element("p", f"{answer.total_days:,} days over {children(answer.children)} adopted", class_="line"),
            element(
                "p",
                f"{answer.in_time:,} of {answer.children:,} within the national threshold of "
                f"{counted(indicator.threshold_months, 'month')}",
                class_="line",
            ),
        ]
    if answer.left_out:
        parts.append(element("p", f"{children(answer.left_out)} adopted but left out: the list says why", class_="line"))
    asks = f"{indicator.wording}. Over {counted(indicator.years, 'year')}. {indicator.source}."
    threshold = f"National threshold: {counted(indicator.threshold_months, 'month')}."
    parts += [
        about(indicator.title, (asks, threshold, "How it is made: the list below has both days of every child.")),
        element("p", asks, class_="line quiet paper-only"),
    ]
    return element("div", *parts, class_="tile")


def _show_children(context: PageContext, answer: IndicatorFigure) -> None:
    if answer.missing:
        write(
            element(
                "p", f"{answer.indicator.title}: {NOT_SUPPLIED}. It needs the extract {titles(answer.missing)}.", class_="empty"
            )
        )
        return
    start, end = STEPS[answer.indicator.id]

    columns = (
        Column("child_id", leads_to=child_link(context)),
        *named("legacy_id", "name"),
        Column("last_team", of="team"),
        Column("adopted_date"),
        Column("from_date", given=start, because=CHOSEN),
        Column("to_date", given=end, because=CHOSEN),
        Column("days"),
        Column("remark", of="note"),
    )
    paged(
        answer.behind,
        columns,
        f"Children behind {answer.indicator.title}",
        "adopted",
        f"children behind {answer.indicator.title}",
        f"No child was adopted in the {counted(answer.indicator.years, 'year')} to {british(context.as_at)}.",
        "child",
        "children",
        usual="Days, longest first",
    )
