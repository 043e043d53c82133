"""The papers of a panel, made from its records: whose children they are, what may be told of them, and the words for codes.

The records know identifiers only. Beside each stands whose child it is on the reporting date; a child whose record the reader may
not see is counted, and is *Restricted record* with no words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import TypeVar

import pandas

from casework.agenda.actions import actions
from casework.agenda.agenda import agenda, since_made
from casework.agenda.agenda_facts import days_over, decision_words, item_lists, last_decisions, panel_lists, together, why_here
from casework.agenda.discussions import discussions
from casework.agenda.taking_up import taken_up
from casework.changes.restricted import NOBODY, hidden_children, masked_action, masked_discussion, masked_item
from casework.panels import panels
from casework.records.records import Action, AgendaItem, Discussion, Panel
from casework.storage.database import Casework
from metrics.answers.kinds.kinds import PANEL_AREA, with_panel_area
from metrics.answers.siblings import family_of
from metrics.engine.engine import Engine
from metrics.engine.gate import rows_within
from metrics.engine.people import people
from metrics.engine.plain import plain_rows
from metrics.engine.scope import Scope
from packs.panel.records import action_state, barriers_in_words, theme_labels
from words.labels import NO, NO_OWNER, RESTRICTED_RECORD, YES

WHOSE = ("legacy_id", "age", "service", "team", PANEL_AREA, "worker")
NOBODYS = dict.fromkeys(WHOSE)
Record = TypeVar("Record", AgendaItem, Discussion, Action)
Asked = TypeVar("Asked", Discussion, Action)


class PanelPapers:
    """The records of a policy's panels for one reader: ``scope`` narrows the children, its roles say who may be named."""

    def __init__(self, casework: Casework, engine: Engine, policy_id: str, scope: Scope, day: date) -> None:
        self.casework = casework
        self.engine = engine
        self.policy_id = policy_id
        self.scope = scope
        self.day = day
        self.hidden = hidden_children(casework, engine, scope, day)

    @cached_property
    def labels(self) -> dict[str, str]:
        return theme_labels(self.casework)

    @cached_property
    def titles(self) -> dict[str, str]:
        return {rule.id: rule.title for rule in self.engine.policies[self.policy_id].rules}

    @cached_property
    def held(self) -> dict[int, Panel]:
        return {panel.id: panel for panel in panels(self.casework, self.policy_id)}

    def _in_order(self, panel: Panel) -> tuple[AgendaItem, ...]:
        """A panel's agenda as the page has it, brothers and sisters together."""
        return together(agenda(self.casework, panel.id, NOBODY), family_of(self.engine, self.scope, self.day))

    def agenda(self, panel: Panel) -> tuple[dict, ...]:
        """The children on a panel's agenda in its order: their lists, days over, why they are there, the last decision."""
        days = days_over(panel_lists(self.casework, panel, self.hidden, self._tonight))
        last = last_decisions(self.casework, panel, self.hidden)
        items = self._told(self._in_order(panel), masked_item)
        return tuple(
            whose
            | {
                "place": place,
                "child_id": item.child_id,
                "lists": self._titles(lists),
                "days_over": max((over for over in lists.values() if over is not None), default=None),
                "why": why_here(item),
                "carried_from": self.held[item.carried_from].panel_date if item.carried_from in self.held else None,
                "held_for": self._area(item.carried_from),
                "last_decision": decision_words(last.get(item.child_id)),
            }
            for place, (item, whose) in enumerate(items, start=1)
            for lists in (item_lists(item, days),)
        )

    def since_made(self, panel: Panel) -> tuple[tuple[str, ...], ...]:
        """Who would be on a panel's agenda if it were made now and is not, and who is and would not be: their identifiers."""
        found = since_made(self.casework, panel, self.engine, NOBODY)
        told = (self._told(items, masked_item) for items in (found.joined, found.left))
        return tuple(tuple(item.child_id for item, _ in items) for items in told)

    def discussions(self, panel: Panel) -> tuple[dict, ...]:
        """What a panel said about each child, in the order of its agenda; those who are not on it stand last."""
        items = {item.child_id: item for item in self._in_order(panel)}
        place = {child: place for place, child in enumerate(items)}
        every = discussions(self.casework, panel.id, NOBODY)
        said = sorted(every, key=lambda one: (place.get(one.child_id, len(place)), one.id))
        on_agenda = {child: item for child, item in items.items() if child not in self.hidden}
        return tuple(
            whose
            | {
                "child_id": one.child_id,
                "lists": self._titles(on_agenda[one.child_id].rules if one.child_id in on_agenda else ()),
                "barriers": barriers_in_words(one, self.labels),
                "summary": one.summary,
                "decision": one.decision,
                "outcome": one.outcome,
                "next_panel_date": one.next_panel_date,
            }
            for one, whose in self._told(said, masked_discussion)
        )

    def due(self, of: Iterable[Panel], by: date, agenda: Iterable[dict], this: Panel | None = None) -> tuple[dict, ...]:
        """The children whom some panels want again by a day, as the last of them that discussed each said, the earliest first.

        ``of``: panels, newest first. ``agenda``: rows of ``agenda``, to say who of them is on it. ``this``: the panel that is to have them;
        those whom it does not take up are left out.
        """
        on_agenda = {row["child_id"] for row in agenda}
        last: dict[str, Discussion] = {}
        for one in self._taken_up(this, [one for panel in of for one in discussions(self.casework, panel.id, NOBODY)]):
            last.setdefault(one.child_id, one)
        wanted = [one for one in last.values() if one.next_panel_date is not None and one.next_panel_date <= by]
        wanted.sort(key=lambda one: (one.next_panel_date or by, one.child_id))
        return tuple(
            whose
            | {
                "child_id": one.child_id,
                "panel_date": self.held[one.panel_id].panel_date,
                "held_for": self._area(one.panel_id),
                "decision": one.decision,
                "outcome": one.outcome,
                "next_panel_date": one.next_panel_date,
                "on_agenda": None if one.child_id == RESTRICTED_RECORD else YES if one.child_id in on_agenda else NO,
            }
            for one, whose in self._told(wanted, masked_discussion)
        )

    def actions(self, of: Iterable[Panel], this: Panel | None = None) -> list[tuple[Action, dict]]:
        """The actions that some panels asked for, each with whose child it is; with ``this`` those that it takes up of other panels."""
        wanted = {panel.id for panel in of}
        asked = [one for one in actions(self.casework, NOBODY) if one.panel_id in wanted]
        return self._told(self._taken_up(this, asked), masked_action)

    def _taken_up(self, this: Panel | None, records: list[Asked]) -> list[Asked]:
        """The records of ``this`` panel, and those that it takes up of the panels before it; all of them where no panel is looked at."""
        return taken_up(self.engine, this, self.held.values(), records) if this else records

    def _area(self, panel_id: int | None) -> str | None:
        """The area for which a panel was held; None for the whole council's."""
        return (self.held[panel_id].area or None) if panel_id in self.held else None

    def action_rows(
        self, items: list[tuple[Action, dict]], holds: Callable[[Action], bool], on: date | None = None
    ) -> tuple[dict, ...]:
        """The actions that ``holds`` holds of, by owner, then by due date; overdue or not ``on`` a day (the reporting date)."""
        day = on or self.day
        rows = [
            whose
            | {
                "child_id": action.child_id,
                "action": action.text,
                "owner": action.owner or NO_OWNER,
                "due_date": action.due_date,
                "days_overdue": action.days_overdue(day),
                "state": action_state(action, day),
                "outcome_note": action.outcome_note,
                "asked_by": self.held[action.panel_id].panel_date,
                "held_for": self._area(action.panel_id),
                "asked_by_id": action.panel_id,
            }
            for action, whose in items
            if holds(action)
        ]
        return tuple(sorted(rows, key=lambda row: (row["owner"].casefold(), row["due_date"] or date.max)))

    def _told(self, records: Iterable[Record], mask: Callable[[Record, frozenset[str]], Record]) -> list[tuple[Record, dict]]:
        """The records of the scope's children, masked where they must be, each with whose child it is."""
        records = list(records)
        # Whose child it is decides what belongs to a team, for the restricted too; of these nothing of it is told.
        every = people(self.engine, {record.child_id for record in records}, Scope.whole_council_with_names(), self.day)
        mine = with_panel_area(every[rows_within(every, self.scope)], self.engine.settings)
        here = {row["child_id"]: row for row in plain_rows(mine)}
        return [
            (mask(record, self.hidden), self._whose(record.child_id, here))
            for record in records
            if record.child_id in here or self.scope.is_whole
        ]

    def _whose(self, child_id: str, here: dict[str, dict]) -> dict:
        if child_id in self.hidden or child_id not in here:
            return NOBODYS
        return {name: here[child_id].get(name) for name in WHOSE}

    def _titles(self, rules: Iterable[str]) -> str:
        return "\n".join(self.titles.get(rule, rule) for rule in rules)

    def _tonight(self) -> pandas.DataFrame:
        return self.engine.children(self.policy_id, list(self.titles), self.scope.widened(), self.day)
