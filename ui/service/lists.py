"""What the trackers of teams and services share on the screen: a child's columns, how a figure is made, what is lacking."""

from __future__ import annotations

from collections.abc import Iterable

import pandas

from data.contract.contract import titles
from metrics.engine.policy import Rule
from ui.components import downloads, teams
from ui.components.child_link import child_link
from ui.components.markup import Markup, element, write
from ui.components.section_headings import section
from ui.components.split import split_words, splits
from ui.components.tables import Column, named, paged, show_table
from ui.context import address, cached_answers
from ui.context.page_context import PageContext
from words.dates import british
from words.labels import figure, figure_title
from words.numbers import children


def is_supplied(context: PageContext, rule: Rule) -> bool:
    """Whether a rule can be counted; a sentence says why not, where it cannot."""
    absence = context.engine.absence(rule, context.as_at)
    if absence:
        write(element("p", f"{rule.title}: {absence.word}. {absence.why}", class_="empty"))
    return not absence


def begun(context: PageContext, chosen: dict[str, str | None], rule: Rule) -> bool:
    """Begin a page about a county, service or team; whether its rule can be counted."""
    section(f"{teams.name_of(context, chosen)}: {british(context.as_at)}")
    return is_supplied(context, rule)


def list_link(context: PageContext, rule: Rule, **within: str | None) -> str:
    """The address of a rule's list within a service or team."""
    return address.link(address.CHILDREN, context.linked_day, rule=rule.id, policy=context.policy_id, **within)


def wording(context: PageContext, rule: Rule) -> Markup:
    """The policy wording, and the way to how the figure is made."""
    without = rule.measure.not_supplied(context.engine.supplied)
    lacking = f" Counted without {titles(without)}, which was not supplied." if without else ""
    how = element(
        "a",
        "How is this figure made?",
        href=address.link(address.FIGURES, context.linked_day, rule=rule.id, policy=context.policy_id),
        class_="screen-only",
    )
    return element("p", f"{rule.wording}.{lacking} ", how, class_="quiet")


def child_columns(context: PageContext, chosen: dict[str, str | None], more: Iterable[Column]) -> list[Column]:
    """The columns of a child (the identifier leads to the child's page, unless the record is restricted), and more."""

    every = [
        Column("child_id", leads_to=child_link(context)),
        *named("legacy_id", "name", "age", "team", "worker"),
        *more,
    ]
    return [column for column in every if not chosen.get(column.name)]


def tracking_list(
    context: PageContext,
    chosen: dict[str, str | None],
    frame: pandas.DataFrame,
    more: Iterable[Column],
    *,
    usual: str,
    rule: Rule,
    title: str,
    key: str,
    part: str = "",
    empty: str,
    rows: tuple[str, str | None] = ("child", "children"),
    narrowed_by: tuple[str, ...] = (),
    pressed: tuple[str, ...] = (),
) -> None:
    """The list of a county, service or team. ``usual``: its order, in words; ``rule``: what puts a child on it; ``part``: which rows they
    are, in a file's name; ``narrowed_by`` and ``pressed``: as of ``paged``."""
    name = teams.name_of(context, chosen)
    paged(
        frame,
        child_columns(context, chosen, more),
        f"{title}, {name}",
        key,
        f"{key} {part + ' ' if part else ''}{name}",
        f"{empty} on {british(context.as_at)}.",
        one=rows[0],
        many=rows[1],
        usual=usual,
        definition=downloads.defined(context, rule),
        narrowed_by=narrowed_by,
        pressed=pressed,
    )


def split_line(frame: pandas.DataFrame) -> Markup:
    """How many children, and of which kinds, where their details are kinds and not each child's own."""
    kinds_of = f": {split_words(frame['detail'])}." if splits(frame["detail"]) else "."
    return element("p", element("strong", children(len(frame))), kinds_of)


def heading_line(context: PageContext, rule: Rule, frame: pandas.DataFrame) -> None:
    """How many children, of which kinds, in the document's words."""
    write(split_line(frame), wording(context, rule))


def figures_in_words(context: PageContext, rules: Iterable[Rule], chosen: dict[str, str | None]) -> pandas.DataFrame:
    """The rules' figures within a service, team or worker, in the rules' order: rule, children (missing where there is no figure), and
    in_words (the number, or why there is none)."""
    figures = {row.rule: row.children for row in cached_answers.figures(context, "county", context.within(**chosen))}
    rows = [(rule.id, figures[rule.id], figure(figures[rule.id], context.engine.absence(rule, context.as_at))) for rule in rules]
    return pandas.DataFrame(rows, columns=["rule", "children", "in_words"]).astype({"children": "Int64"})


def alerts(context: PageContext, rules: Iterable[Rule], chosen: dict[str, str | None]) -> None:
    """Other rules' figures, each leading to its list."""
    shown = {rule.id: rule for rule in rules}
    frame = figures_in_words(context, shown.values(), chosen)

    def leads_to(row: dict) -> str | None:
        return list_link(context, shown[row["rule"]], **chosen) if row["children"] else None

    columns = (Column("title"), Column("children", leads_to=leads_to, says=lambda row: row["in_words"]))
    titled = frame.assign(title=[figure_title(rule) for rule in shown.values()])
    name = f"figures to watch {teams.name_of(context, chosen)}"
    show_table(titled, columns, "Figures to watch", "figures to watch", name=name, one="figure")
