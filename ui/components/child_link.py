"""The way to a child's page: the one link that every list and every page of a child gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from metrics.engine.people import people
from ui.context import address
from ui.context.page_context import PageContext
from words.labels import RESTRICTED_RECORD


def child_address(context: PageContext, child_id: str) -> str:
    """The address of a child's page on the reporting date."""
    return address.link(address.CHILD, context.linked_day, child=child_id)


def child_link(context: PageContext, column: str = "child_id") -> Callable[[dict], str | None]:
    """Where a row of a list leads (``tables.Column.leads_to``): to the child whom ``column`` names, and nowhere for a restricted record."""

    def leads_to(row: dict) -> str | None:
        child_id = row[column]
        return child_address(context, child_id) if isinstance(child_id, str) and child_id != RESTRICTED_RECORD else None

    return leads_to


def link_to_seen(context: PageContext, children: Iterable[str]) -> Callable[[dict], str | None]:
    """As ``child_link``, in a list that may have ``children`` who have gone to others since: there is no page of one whom the
    reader does not see tonight."""
    link = child_link(context)
    if context.scope.reach is None:
        return link
    seen = set(people(context.engine, children, context.scope)["child_id"])
    return lambda row: link(row) if row["child_id"] in seen else None
