"""The figures as tiles: the number, how it moved, thirteen months at a glance, its share, and its target."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit

from data.contract.contract import titles
from metrics.answers.headlines import NO_TARGET, Headline
from ui.components.markup import Markup, element, write
from ui.context import address
from ui.context.page_context import PageContext
from words.dates import british
from words.labels import NOT_SUPPLIED, change, figure
from words.numbers import children, number, share


def sparkline(headline: Headline) -> Markup:
    """The months as bars from zero, and the same in words for anyone who cannot see them."""
    known = [(day, count) for day, count in headline.trend if count is not None]
    if not known:
        return Markup("")
    highest = max(count for _, count in known) or 1
    bars = (
        element("span", class_="gap") if count is None else element("span", style=f"height:{count * 100 / highest:.0f}%")
        for _, count in headline.trend
    )
    (first_day, first), (last_day, last) = known[0], known[-1]
    lowest = min(count for _, count in known)
    words = (
        f"From {first:,} on {british(first_day)} to {last:,} on {british(last_day)}; "
        f"lowest {lowest:,}, highest {max(count for _, count in known):,} at the month ends between"
    )
    return element("div", *bars, class_="spark", role="img", aria_label=words)


def target_words(headline: Headline) -> str:
    """The target with its tolerance, and how the figure stands."""
    target = headline.rule.target
    if target is None:
        return NO_TARGET
    agreed = f", agreed by {target.agreed_by}" if target.agreed_by else ""
    return f"{headline.standing}: {headline.rule.bound} {target.percent:g} %, tolerance {target.tolerance:g} points{agreed}"


def _tile(headline: Headline) -> Markup:
    title = element("h3", headline.rule.title)
    if headline.absence:
        return element(
            "div",
            title,
            element("p", headline.absence.word, class_="figure words"),
            element("p", headline.absence.needs, class_="line quiet"),
            class_="tile",
        )
    moved = change(headline.change, headline.compared_with)
    arrow = "" if not headline.change else "▲ " if headline.change > 0 else "▼ "
    part = (
        f"{share(headline.children, headline.population)} of {number(headline.population)} {headline.out_of}"
        if headline.population
        else f"no {headline.out_of}"
        if headline.population == 0
        else f"{headline.out_of}: {NOT_SUPPLIED}"
    )
    without = f"counted without {titles(headline.without)} (not supplied)" if headline.without else ""
    return element(
        "div",
        title,
        element("div", element("p", figure(headline.children), class_="figure"), sparkline(headline), class_="row"),
        element("p", arrow + moved, class_="line"),
        element("p", part, class_="line"),
        element("p", target_words(headline), class_="line quiet"),
        element("p", without, class_="line quiet") if without else "",
        class_="tile",
    )


def show(context: PageContext, headlines: Iterable[Headline], key: str, **within: str | None) -> None:
    """The figures as a wall of tiles, each with the way to its children. ``within``: the service or team they are about."""
    with streamlit.grid(4, min_column_width=225, gap="xsmall", key=f"tiles {key}"):
        for headline in headlines:
            with streamlit.container(border=True, height="stretch", gap="xsmall"):
                write(_tile(headline))
                if headline.children:
                    streamlit.page_link(
                        address.page_file(address.CHILDREN),
                        label=f"List the {children(headline.children)}" if headline.children > 1 else "Show the child",
                        query_params=address.parameters(context.linked_day, rule=headline.rule.id, **within),
                    )
