"""The figures as tiles: the number, how it moved, thirteen months at a glance, its share, and its target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.contract.contract import titles
from metrics.answers.headlines import Headline
from metrics.engine.policy import Rule
from ui.components.markup import Markup, element, write
from ui.context import address
from ui.context.page_context import PageContext
from words.dates import british
from words.few import is_few
from words.labels import NOT_SUPPLIED, TOO_FEW, change, figure, figure_title
from words.numbers import children, number, share
from words.standing import NEAR, OVER, SHAPES, UNDER, WITHIN


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


LOOKS = {OVER: "over", UNDER: "over", NEAR: "near", WITHIN: "within"}


def standing_tag(standing: str) -> Markup:
    """Over, near, within or under target, in word and shape; nothing for other words."""
    if standing not in LOOKS:
        return Markup("")
    shape = element("span", SHAPES[standing], aria_hidden="true")
    return element("span", shape, " ", standing.capitalize(), class_=f"tag {LOOKS[standing]}")


def tag(headline: Headline) -> Markup:
    """How a figure stands; nothing where no target is set; of too few children, that they are."""
    if headline.standing == TOO_FEW:
        return element("span", TOO_FEW.capitalize(), class_="tag")
    return standing_tag(headline.standing)


def target_words(rule: Rule) -> str:
    """The target of a rule's figure with its tolerance and who agreed it; nothing where none is set."""
    target = rule.target
    if target is None:
        return ""
    agreed = f", agreed by {target.agreed_by}" if target.agreed_by else ""
    return f"Target: {rule.bound} {target.percent:g}%, tolerance {target.tolerance:g} points{agreed}."


def direction(headline: Headline) -> str:
    """Better or worse, where the figure has changed, the measure says which way is better, and there are children enough to tell."""
    low_is_good = headline.rule.low_is_good
    if not headline.change or low_is_good is None:
        return ""
    if is_few(headline.in_care):
        return f" ({TOO_FEW})"
    return " (better)" if (headline.change < 0) == low_is_good else " (worse)"


def _part(headline: Headline) -> str:
    """The share that the figure is; of too few children, only how many they are."""
    if headline.population is None:
        return f"{headline.out_of}: {NOT_SUPPLIED}"
    if headline.population == 0:
        return f"no {headline.out_of}"
    of = f"of {number(headline.population)} {headline.out_of}"
    if headline.is_few:
        return of
    return f"{share(headline.children, headline.population)} {of}"


def about(title: str, lines: Iterable[str], how: str | None = None) -> Markup:
    """What a figure means, behind an (i): a paragraph a line, and the address of how it is made."""
    made = element("a", "How is this figure made?", href=how, class_="screen-only")
    return element(
        "details",
        element("summary", element("span", "i", aria_hidden="true"), element("span", f"About: {title}", class_="unseen")),
        element(
            "div",
            *(element("p", line, class_="line") for line in lines if line),
            element("p", made, class_="line") if how else "",
        ),
        class_="about",
    )


def about_rule(context: PageContext, rule: Rule) -> Markup:
    """What the figure of a rule asks, its limit and target, and how it is made, behind an (i)."""
    limit = rule.limit_on(context.as_at)
    how = address.link(address.FIGURES, context.linked_day, rule=rule.id, policy=rule.policy)
    return about(rule.title, (rule.asks, f"Limit: {limit.words}." if limit else "", target_words(rule)), how)


def _tile(headline: Headline, about: Markup, listed: str) -> Markup:
    title = element("h3", figure_title(headline.rule))
    if headline.absence:
        return element(
            "div",
            title,
            element("p", headline.absence.word, class_="figure words"),
            element("p", headline.absence.needs, class_="line quiet"),
            about,
            class_="tile",
        )
    moved = change(headline.change, headline.compared_with)
    arrow = "" if not headline.change else "▲ " if headline.change > 0 else "▼ "
    without = f"counted without {titles(headline.without)} (not supplied)" if headline.without else ""
    standing = tag(headline)
    return element(
        "div",
        title,
        element("div", element("p", figure(headline.children), class_="figure"), sparkline(headline), class_="row"),
        element("p", standing, class_="line") if standing else "",
        element("p", arrow + moved + direction(headline), class_="line"),
        element("p", _part(headline), class_="line"),
        element("p", without, class_="line quiet") if without else "",
        about,
        element("p", element("a", _to_children(headline.children), href=listed), class_="to-list screen-only")
        if headline.children
        else "",
        class_="tile",
    )


def _to_children(count: int) -> str:
    return f"List the {children(count)}" if count > 1 else "Show the child"


def show(context: PageContext, headlines: Sequence[Headline], **within: str | None) -> None:
    """The figures as a wall of tiles, each with the way to its children. ``within``: the service or team they are about."""

    def tile(headline: Headline) -> Markup:
        listed = address.link(address.CHILDREN, context.linked_day, rule=headline.rule.id, **within)
        return _tile(headline, about_rule(context, headline.rule), listed)

    if headlines:
        write(element("div", *map(tile, headlines), class_="headlines wall"))
