"""What stands beside a child on an agenda, on the page and in the pack: lists, days over, why it is here, what was decided before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas
from sqlalchemy import select

from casework.freezing.frozen import frozen_children
from casework.panels import earlier_panels
from casework.records.models import DiscussionRow, PanelRow
from casework.records.records import CARRIED, OFF_LIST, SOURCES, AgendaItem, Panel
from casework.storage.database import Casework
from words.labels import RESTRICTED_RECORD
from words.numbers import children


def together(items: Iterable[AgendaItem], family_of: Mapping[str, str]) -> tuple[AgendaItem, ...]:
    """The items with brothers and sisters one after another, each group where its first child stands.

    ``family_of``: child -> family, of those whom the reader may see (``metrics.answers.siblings.family_of``): a restricted record stays
    where it is, since its neighbours would tell whose brother or sister it is.
    """
    first: dict[str, int] = {}
    order = []
    for place, item in enumerate(items):
        family = family_of.get(item.child_id)
        order.append((place if family is None else first.setdefault(family, place), place, item))
    return tuple(item for _, _, item in sorted(order, key=lambda one: one[:2]))


def panel_lists(
    casework: Casework, this: Panel, hidden: frozenset[str], tonight: Callable[[], pandas.DataFrame]
) -> pandas.DataFrame:
    """The lists that a panel looks at, a row a child and rule: its frozen ones, or else what ``tonight`` gives.

    The children who may be named only. ``tonight``: rows as ``Engine.children`` gives them, for the panel's policy.
    """
    rows = frozen_children(casework, this.id, hidden) if this.freeze else tonight()
    return rows[~rows["child_id"].isin({RESTRICTED_RECORD, *hidden})]


def days_over(lists: pandas.DataFrame) -> dict[str, dict[str, int]]:
    """Of the rows of ``panel_lists``: child -> rule -> days over."""
    days: dict[str, dict[str, int]] = {}
    for child, rule, over in zip(lists["child_id"], lists["rule"], lists["days_over"], strict=True):
        days.setdefault(child, {})[rule] = int(over)
    return days


def item_lists(item: AgendaItem, days: dict[str, dict[str, int]]) -> dict[str, int | None]:
    """The lists for which a child is on an agenda, each with its days over (None: the child is not on it).

    For a child who was added by hand, all the lists that the child is on; for a restricted record, none.
    """
    if item.restricted:
        return {}
    on = days.get(item.child_id, {})
    return {rule: on.get(rule) for rule in item.rules or on}


def why_here(item: AgendaItem, carried_from: str = "") -> str:
    """Why a child is on an agenda. ``carried_from``: the panel that last had a child who comes back, as it is written."""
    words = SOURCES[item.source]
    if carried_from and item.source in (CARRIED, OFF_LIST):
        words += f" from {carried_from}" if item.source == CARRIED else f" {carried_from}"
    return f"{words}: {item.reason}" if item.reason else words


def would_join(count: int) -> str:
    """That so many children have come to belong on an agenda since it was made."""
    return f"{_are(count)} not on this agenda, and would be on it if it were made now"


def would_leave(count: int) -> str:
    """That so many children have ceased to belong on an agenda since it was made."""
    return f"{_are(count)} on this agenda, and would not be on it if it were made now"


def _are(count: int) -> str:
    return f"{children(count)} {'is' if count == 1 else 'are'}"


def last_decisions(casework: Casework, this: Panel, hidden: frozenset[str]) -> dict[str, tuple[Panel, str]]:
    """What the last panel of the policy before this one, of whatever area, that decided anything for a child decided: child -> that panel
    and its decision."""
    with casework.reading() as session:
        earlier = {one.id: one for one in earlier_panels(session, this)}
        found = session.execute(
            select(DiscussionRow.child_id, DiscussionRow.panel_id, DiscussionRow.decision)
            .join(PanelRow, PanelRow.id == DiscussionRow.panel_id)
            .where(DiscussionRow.panel_id.in_(earlier), DiscussionRow.decision != "")
            .order_by(PanelRow.panel_date, DiscussionRow.id)
        )
        return {child: (earlier[panel_id], decision) for child, panel_id, decision in found if child not in hidden}


def decision_words(last: tuple[Panel, str] | None) -> str:
    """A decision of a panel before (``last_decisions``) with that panel's day and area; nothing where there is none."""
    return f"{last[0].when}: {last[1]}" if last else ""
