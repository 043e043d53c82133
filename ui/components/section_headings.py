"""The headings within a page."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.answers.headlines import Headline
from ui.components.markup import element, write
from ui.context import address
from ui.context.page_context import PageContext
from words.dates import british
from words.numbers import children


def section(title: str, *contents: object, on_paper: bool = True) -> None:
    """The heading of a part of the page, with what stands below it as far as it is HTML: each thing put on the page by itself takes the
    browser longer. ``on_paper``: not of a part that is only there to press or to write in."""
    write(element("h2", title, class_=None if on_paper else "screen-only"), *contents)


def children_in_care(context: PageContext, headlines: Sequence[Headline], name: str) -> None:
    """How many children in care the page is about."""
    if headlines:
        section(f"{name}: {children(headlines[0].in_care)} in care on {british(context.as_at)}")
    else:
        elsewhere = element("a", "Team", href=address.link(address.TEAM, context.linked_day, policy=context.policy_id))
        none = f"The policy {context.policy.name} has no rule for this page. Its figures, of a team or of all teams, are on the page "
        write(element("p", none, elsewhere, ".", class_="empty"))
