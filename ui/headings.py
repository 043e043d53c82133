"""The headings within a page."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.headlines import Headline
from ui.markup import element, write
from ui.now import Now
from ui.words import british, children


def section(title: str) -> None:
    """The heading of a part of the page."""
    write(element("h2", title))


def children_in_care(now: Now, headlines: Sequence[Headline], name: str = "County") -> None:
    """How many children in care the page is about."""
    if headlines:
        section(f"{name}: {children(headlines[0].population)} in care on {british(now.as_at)}")
    else:
        write(element("p", f"The policy {now.policy.name} has no rule for this page.", class_="empty"))
