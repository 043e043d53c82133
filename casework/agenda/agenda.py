"""The agenda: children from the lists that the panel chose, and those it has discussed before, until it has closed them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas
from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.agenda.agenda_facts import panel_lists
from casework.agenda.taking_up import TakingUp, areas_of, by_area
from casework.changes.restricted import NOBODY, check_seen, masked_item
from casework.changes.saving import allowed, read, save, save_in
from casework.panels import earlier_panels, panel, panel_in, panels_in
from casework.records.errors import CaseworkError
from casework.records.models import ActionRow, AgendaRow, DiscussionRow
from casework.records.records import BY_HAND, CARRIED, FROM_LIST, OFF_LIST, OPEN, AgendaItem, Panel
from casework.storage.database import Casework
from metrics.answers.kinds.kinds import area_named
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope

REBUILT = "The agenda was made again without it"
OF_PANELS = (AgendaRow, DiscussionRow, ActionRow)


@dataclass(frozen=True)
class Listed:
    """A child on a list of the panel's policy: the rules, and the service and team that the lists have the child under."""

    rules: tuple[str, ...]
    service: str
    team: str


@dataclass(frozen=True)
class Before:
    """What earlier panels left about a child: the last panel that had it, its lists there, and whether it comes back."""

    panel_id: int
    rules: tuple[str, ...]
    returns: bool


@dataclass(frozen=True)
class Found:
    """Who is on the lists by now, who of them goes to a panel from its lists and services, and what it takes up of those before it."""

    listed: dict[str, Listed]
    wanted: list[str]
    taking: TakingUp


@dataclass(frozen=True)
class SinceMade:
    """What has changed since an agenda was made: children who would be on it if it were made again, and those whom that would take off."""

    joined: tuple[AgendaItem, ...]
    left: tuple[AgendaItem, ...]


def agenda(casework: Casework, panel_id: int, hidden: frozenset[str], removed: bool = False) -> tuple[AgendaItem, ...]:
    """The items of a panel's agenda in their order; with ``removed`` those that were taken off it too."""
    with casework.reading() as session:
        return tuple(masked_item(item, hidden) for item in _items(session, panel_id) if removed or not item.removed)


def build_agenda(
    casework: Casework,
    panel_id: int,
    engine: Engine,
    rules: Iterable[str],
    who: str,
    services: tuple[str, ...] | None = None,
    hidden: frozenset[str] = NOBODY,
) -> tuple[AgendaItem, ...]:
    """Make a panel's agenda from the rules' lists (of some services), or make it again after the lists or the choice changed.

    The lists are the panel's frozen ones, or else tonight's; of an area's panel, the children whose team is in the area by tonight. A child
    that an earlier panel discussed, and whom this one takes up (``casework.agenda.taking_up``), comes back when that panel said so
    (``next_panel_date`` by this panel), left an action open, or gave no outcome: *carried forward* when it is on any of the policy's
    lists, *off the list since* when on none, so that the panel can close it. Items added or removed by hand, or
    already discussed, stay as they are. ``hidden``: what the person asking may not see of the items handed back.
    """
    name = allowed(casework, who, AgendaItem)
    this = replace(panel(casework, panel_id), lists=tuple(dict.fromkeys(rules)), services=services or ())
    area_named(engine.settings, this.area)
    found = _found(casework, this, engine)
    with casework.writing() as session:
        save_in(session, replace(panel_in(session, panel_id), lists=this.lists, services=this.services), name)
        _keep(session, this, _wanted_items(session, this, found), name)
    return agenda(casework, panel_id, hidden)


def since_made(casework: Casework, this: Panel, engine: Engine, hidden: frozenset[str]) -> SinceMade:
    """What making a panel's agenda again, from the same lists and services, would change by now. Nothing where it has not been made."""
    if not this.lists:
        return SinceMade((), ())
    found = _found(casework, this, engine)
    with casework.reading() as session:
        wanted = _wanted_items(session, this, found)
        there, discussed = _on_agenda(session, this)
    joined = [item for item in wanted if item.child_id not in there or _was_rebuilt(there[item.child_id])]
    named = {item.child_id for item in wanted}
    left = [item for item in there.values() if item.child_id not in named and _may_go(item, discussed)]
    return SinceMade(*(tuple(masked_item(item, hidden) for item in items) for items in (joined, left)))


def add_to_agenda(casework: Casework, panel_id: int, child_id: str, reason: str, who: str, hidden: frozenset[str]) -> AgendaItem:
    """Put a child on the agenda by hand, or back on it, with the reason.

    The records know identifiers only, and a panel may close the case of a child whom tonight's extracts no longer have; who asks
    finds the child first (``metrics.answers.child.child.find_child``).
    """
    child, why = check_seen(child_id, hidden), _reason(reason)
    panel(casework, panel_id)
    items = agenda(casework, panel_id, NOBODY, removed=True)
    found = next((item for item in items if item.child_id == child), None)
    if found is None:
        place = max((item.place for item in items), default=0) + 1
        return save(casework, AgendaItem(panel_id, child, source=BY_HAND, place=place, reason=why), who)
    return save(casework, replace(found, removed=False, reason=why), who) if found.removed else found


def remove_from_agenda(casework: Casework, item: AgendaItem, reason: str, who: str) -> AgendaItem:
    """Take a child off the agenda, with the reason. It stays in the history, and a later agenda may have it again."""
    check_seen(item.child_id)
    return save(casework, replace(item, removed=True, reason=_reason(reason)), who)


def _reason(reason: str) -> str:
    why = " ".join((reason or "").split())
    if not why:
        raise CaseworkError("Give a reason: every change to the agenda by hand is recorded with its reason.")
    return why


def _items(session: Session, panel_id: int) -> list[AgendaItem]:
    rows = session.scalars(select(AgendaRow).where(AgendaRow.panel_id == panel_id).order_by(AgendaRow.place, AgendaRow.id))
    return [read(session, AgendaItem, row) for row in rows]


def _found(casework: Casework, this: Panel, engine: Engine) -> Found:
    listed = _lists(casework, this, engine)
    taking = _taking_up(casework, this, engine, listed)
    wanted = [
        child
        for child, on in listed.items()
        if not set(this.lists).isdisjoint(on.rules)
        and (not this.services or on.service in this.services)
        and _is_of(this, child, on, taking, engine)
    ]
    return Found(listed, wanted, taking)


def _lists(casework: Casework, this: Panel, engine: Engine) -> dict[str, Listed]:
    """Every child of the council who is on a list of the panel's policy, the longest over a limit first."""

    def tonight() -> pandas.DataFrame:
        ids = [rule.id for rule in engine.policies[this.policy_id].rules] if this.policy_id in engine.policies else [""]
        return engine.children(this.policy_id, ids, Scope.whole_council_with_names())

    rows = panel_lists(casework, this, NOBODY, tonight)
    rows = rows.sort_values(["days_over", "child_id"], ascending=[False, True], kind="stable")
    listed: dict[str, Listed] = {}
    for child, rule, service, team in zip(rows["child_id"], rows["rule"], rows["service"], rows["team"], strict=True):
        first = listed.get(child, Listed((), service, team))
        listed[child] = replace(first, rules=(*first.rules, rule))
    return listed


def _taking_up(casework: Casework, this: Panel, engine: Engine, listed: Iterable[str]) -> TakingUp:
    """What this panel takes up of those before it, with the areas of the children of the lists and of the records by tonight."""
    with casework.reading() as session:
        held = panels_in(session, this.policy_id)
        if not by_area(held):
            return TakingUp(this, held, {})
        ids = [one.id for one in held]
        known = [session.scalars(select(table.child_id).where(table.panel_id.in_(ids)).distinct()).all() for table in OF_PANELS]
        children = {*listed, *(child for found in known for child in found)}
    return TakingUp(this, held, areas_of(engine, children, engine.as_at))


def _is_of(this: Panel, child: str, on: Listed, taking: TakingUp, engine: Engine) -> bool:
    """Whether a child of the lists goes to this panel: by the team that the child has tonight, else by that of the lists."""
    if not this.area:
        return True
    now = taking.area_of.get(child)
    return this.area == (engine.settings.panel_area(on.service, on.team) if now is None else now)


def _before(session: Session, this: Panel, taking: TakingUp) -> dict[str, Before]:
    """What the earlier panels of this policy left, for every child that any of them had and this one takes up."""
    earlier = {found.id: found for found in earlier_panels(session, this)}
    asked = session.execute(
        select(ActionRow.child_id, ActionRow.panel_id).where(ActionRow.state == OPEN, ActionRow.panel_id.in_(earlier))
    )
    # Of a child's open actions the panel that asked last.
    open_actions = {
        child: panel_id
        for child, panel_id in sorted(asked, key=lambda row: (earlier[row.panel_id].panel_date, row.panel_id))
        if taking.takes(earlier[panel_id], child)
    }
    left: dict[str, Before] = {}
    for panel_id, found in earlier.items():
        said = {row.child_id: row for row in session.scalars(select(DiscussionRow).where(DiscussionRow.panel_id == panel_id))}
        on_agenda = {item.child_id: item for item in _items(session, panel_id) if not item.removed}
        for child in {**on_agenda, **said}:
            if child not in left and taking.takes(found, child):
                rules = on_agenda[child].rules if child in on_agenda else ()
                returns = child in open_actions or _comes_back(said.get(child), this)
                left[child] = Before(panel_id, rules, returns)
    return {child: Before(panel_id, (), True) for child, panel_id in open_actions.items()} | left


def _comes_back(said: DiscussionRow | None, this: Panel) -> bool:
    """Whether the last panel left a child without an outcome, or wants it again by this one."""
    if said is None or not said.outcome.strip():
        return True
    return said.next_panel_date is not None and said.next_panel_date <= this.panel_date


def _wanted_items(session: Session, this: Panel, found: Found) -> list[AgendaItem]:
    """Those who come back first, then the rest of the lists, longest over a limit first, and last those who are off every list."""
    listed, before = found.listed, _before(session, this, found.taking)
    back = [child for child, left in before.items() if left.returns]
    order = {child: place for place, child in enumerate(listed)}
    carried = sorted((child for child in back if child in listed), key=order.__getitem__)
    fresh = [child for child in found.wanted if child not in set(carried)]
    gone = sorted(child for child in back if child not in listed)
    items: list[AgendaItem] = []
    for source, children in ((CARRIED, carried), (FROM_LIST, fresh), (OFF_LIST, gone)):
        for child in children:
            on = listed[child].rules if child in listed else before[child].rules
            rules = tuple(rule for rule in on if source == OFF_LIST or rule in this.lists) or on
            last = before[child].panel_id if child in before else None
            items.append(AgendaItem(this.id, child, rules, source, len(items) + 1, last))
    return items


def _keep(session: Session, this: Panel, items: list[AgendaItem], who: str) -> None:
    """Add what is new, renew what came from the lists, and take off what came from them and is no longer wanted."""
    there, discussed = _on_agenda(session, this)
    for item in items:
        old = there.pop(item.child_id, None)
        if old is None:
            save_in(session, item, who)
        elif _was_rebuilt(old) or (old.source != BY_HAND and not old.removed):
            save_in(session, replace(item, id=old.id, version=old.version), who)
    for old in there.values():
        if _may_go(old, discussed):
            save_in(session, replace(old, removed=True, reason=REBUILT), who)


def _on_agenda(session: Session, this: Panel) -> tuple[dict[str, AgendaItem], set[str]]:
    """Every item of an agenda, those taken off too, by child; and whom the panel has discussed."""
    discussed = set(session.scalars(select(DiscussionRow.child_id).where(DiscussionRow.panel_id == this.id)))
    return {item.child_id: item for item in _items(session, this.id)}, discussed


def _was_rebuilt(item: AgendaItem) -> bool:
    """Whether a child is off the agenda since it was made again, and by nobody's hand."""
    return item.source != BY_HAND and item.removed and item.reason == REBUILT


def _may_go(item: AgendaItem, discussed: set[str]) -> bool:
    """Whether a child who is no longer wanted goes when the agenda is made again."""
    return item.source != BY_HAND and not item.removed and item.child_id not in discussed
