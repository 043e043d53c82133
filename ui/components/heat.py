"""Services and teams against the rules: a table of numbers, each leading to its children, shaded by its share of the group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import pandas

from metrics.answers.headlines import Headline
from metrics.engine.absence import Absence
from metrics.engine.rows import FigureRow, figures_frame
from ui.components import downloads
from ui.components.markup import Markup, element, joined, write
from ui.components.section_headings import section
from ui.components.tables import scrolling
from ui.context import address, cached_answers
from ui.context.page_context import PageContext
from words.columns import heading
from words.few import FEWEST_IN_CARE, is_few
from words.labels import RESTRICTED_RECORD, TOO_FEW, figure, figure_title
from words.numbers import number, share

SERVICES, TEAMS, WORKERS = "service", "team", "worker"
STEPS = 4
FEW = f"Fewer than {FEWEST_IN_CARE} children are {TOO_FEW}: no share and no shading."
SHADE = (
    "Children on the list, and their share of the children whom the figure is a percentage of. Stronger shading: a larger share. "
    + FEW
)


def shade(count: int | None, population: int | None, highest: float) -> str | None:
    """How dark a cell is, as its class: four steps up to the highest share of its kind; none for zero, or of too few children to tell."""
    if not count or not population or is_few(population) or not highest:
        return None
    return f"heat{min(STEPS, 1 + int(STEPS * 0.999 * (count / population) / highest))}"


def _cell(count: int | None, population: int | None, highest: float, leads_to: str, absence: Absence | None) -> Markup:
    if count is None:
        return element("td", figure(None, absence), class_="words")
    told = bool(count) and not is_few(population)
    part = element("small", share(count, population) if told else "")
    words = element("a", number(count), href=leads_to) if count else number(count)
    return element("td", words, part, class_=shade(count, population, highest))


def highest_shares(figures: Iterable[FigureRow]) -> dict[str, float]:
    """The highest share of each rule among the groups with children enough to tell; zero where fewer than two have."""
    shares: dict[str, list[float]] = {}
    for row in figures:
        of_rule = shares.setdefault(row.rule, [])
        if row.children is not None and row.population is not None and not is_few(row.population):
            of_rule.append(row.children / row.population)
    # One group alone has nothing to be compared with.
    return {rule: max(of_rule) if len(of_rule) > 1 else 0.0 for rule, of_rule in shares.items()}


def _rows(
    context: PageContext,
    figures: Sequence[FigureRow],
    by: str,
    group_of: dict[str, str],
    name_leads_to: Callable[[str], str | None],
    within: dict[str, str | None],
) -> list[Markup]:
    highest = highest_shares(figures)
    absences = {rule: context.engine.absence(context.policy.rule(rule), context.as_at) for rule in highest}
    rows, heading = [], None
    by_name: dict[str, list[FigureRow]] = {}
    for row in figures:
        by_name.setdefault(row.group, []).append(row)
    names = sorted(by_name, key=lambda name: (group_of.get(name, ""), name))
    for name in names:
        above = group_of.get(name)
        if above is not None and above != heading:
            heading = above
            rows.append(element("tr", element("th", heading, colspan=len(highest) + 2, scope="rowgroup"), class_="group"))
        records = by_name[name]
        leads_to = name_leads_to(name)
        cells = (
            _cell(
                row.children,
                row.population,
                highest[row.rule],
                address.link(address.CHILDREN, context.linked_day, rule=row.rule, **{**within, by: name}),
                absences[row.rule],
            )
            for row in records
        )
        rows.append(
            element(
                "tr",
                element("th", element("a", name, href=leads_to) if leads_to else name, scope="row"),
                element("td", number(records[0].in_care)),
                joined(cells),
            )
        )
    return rows


def table(
    context: PageContext,
    figures: Sequence[FigureRow],
    by: str,
    headlines: Sequence[Headline],
    total_name: str,
    caption: str,
    group_of: dict[str, str] | None = None,
    name_leads_to: Callable[[str], str | None] = lambda name: None,
    **within: str | None,
) -> Markup:
    """The table. ``headlines`` are the rules in order with the totals; ``within`` is what the totals' links are limited to."""
    head = element(
        "tr",
        element("th", heading(by), scope="col"),
        element("th", heading("children_in_care"), scope="col"),
        *(element("th", figure_title(headline.rule), scope="col") for headline in headlines),
    )
    totals = (
        _cell(
            headline.children,
            headline.population,
            0,
            address.link(address.CHILDREN, context.linked_day, rule=headline.rule.id, **within),
            headline.absence,
        )
        for headline in headlines
    )
    in_care = headlines[0].in_care if headlines else None
    body = _rows(context, figures, by, group_of or {}, name_leads_to, within)
    total = element("tr", element("th", total_name, scope="row"), element("td", number(in_care)), joined(totals), class_="total")
    whole = element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", head),
        element("tbody", *body, total),
        class_="data heat shares",
    )
    return scrolling(whole, caption)


def _only(figures: Iterable[FigureRow], headlines: Sequence[Headline]) -> list[FigureRow]:
    shown = {headline.rule.id for headline in headlines}
    return [row for row in figures if row.rule in shown]


def _to_take_away(context: PageContext, figures: Sequence[FigureRow], by: str) -> pandas.DataFrame:
    """The figures for a file: where there is none, the words for why."""
    frame = figures_frame(figures, by)
    titles = {rule.id: figure_title(rule) for rule in context.engine.policies[context.policy_id].rules}
    frame.insert(int(frame.columns.get_loc("rule")) + 1, "title", frame["rule"].map(titles))
    return frame.assign(children=context.engine.in_words(context.policy_id, frame))


def _offer(context: PageContext, figures: Sequence[FigureRow], by: str, total_name: str, key: str) -> None:
    """The files of the table: a row a figure, so that it can be filtered and added to a table of one's own."""
    caption = f"Children on each list by {by}"
    about, name = downloads.About(caption, "figure"), f"figures by {by} {total_name}"
    downloads.offer(partial(_to_take_away, context, figures, by), name, key, (), about, look=downloads.Look.LINKS)


def show_whole(context: PageContext, headlines: Sequence[Headline]) -> None:
    """Services, or the teams of every service, against the rules."""
    by = address.switch("Rows", [SERVICES, TEAMS], "by", lambda value: f"{value.capitalize()}s")
    figures = _only(cached_answers.figures(context, by), headlines)
    groups = cached_answers.groups(context)
    group_of = dict(zip(groups["team"], groups["service"], strict=True)) if by == TEAMS else {}

    def team_page(name: str) -> str:
        chosen = {"service": group_of[name], "team": name} if by == TEAMS else {"service": name}
        return address.link(address.TEAM, context.linked_day, **chosen)

    write(
        table(context, figures, by, headlines, context.area.title, f"Children on each list by {by}", group_of, team_page),
        element("p", SHADE, class_="quiet"),
    )
    _offer(context, figures, by, context.area.title, "heat")


def below(within: dict[str, str | None]) -> str:
    """What stands below what is chosen: services, a service's teams, a team's workers."""
    if within["team"]:
        return WORKERS
    return TEAMS if within["service"] else SERVICES


def show_below(context: PageContext, headlines: Sequence[Headline], total_name: str, within: dict[str, str | None]) -> None:
    """The services of the county, the teams of a service or the workers of a team, against the rules."""
    by = below(within)
    figures = _only(cached_answers.figures(context, by, context.within(**within)), headlines)

    def page_of(name: str) -> str | None:
        return None if name == RESTRICTED_RECORD else address.link(address.TEAM, context.linked_day, **{**within, by: name})

    caption = f"Children on each list by {by}"
    section(
        f"{by.capitalize()}s",
        table(context, figures, by, headlines, total_name, caption, None, page_of, **within),
        element("p", SHADE, class_="quiet"),
    )
    _offer(context, figures, by, total_name, "below")
