"""One panel as its pages show it: the agenda and all that stands beside a child on it, read again on every rerun."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import streamlit

from casework.agenda.actions import actions
from casework.agenda.agenda import agenda
from casework.agenda.agenda_facts import together
from casework.agenda.discussions import discussions
from casework.agenda.themes import themes
from casework.records.records import Action, AgendaItem, Discussion, Panel, Theme
from ui import siblings
from ui.context import address
from ui.context.page_context import PageContext
from ui.context.panel_records import every_panel, hidden, records
from ui.editing.drafts import unsaved
from ui.panel.choice import PANEL, PANEL_PAGE

CHILD = "child"
# How the panel's page looks: as any other, or as the screen of the meeting.
VIEW, MEETING = "view", "meeting"
# Whether a child is discussed with the brothers and sisters who are on the agenda too.
TOGETHER, YES = "together", "yes"


@dataclass(frozen=True)
class PanelMeeting:
    """One panel as its pages show it: the agenda and all that stands beside a child on it."""

    context: PageContext
    panel: Panel

    @cached_property
    def hidden(self) -> frozenset[str]:
        return hidden(self.context)

    @cached_property
    def items(self) -> tuple[AgendaItem, ...]:
        """The agenda, brothers and sisters one after another."""
        return together(agenda(records(self.context), self.panel.id, self.hidden), self.family_of)

    @cached_property
    def family_of(self) -> dict[str, str]:
        """The family of each child who may be seen; empty where families are not supplied."""
        return siblings.family_of(self.context)

    def group(self, child_id: str) -> tuple[str, ...]:
        """The child and the brothers and sisters who are on the agenda, in its order; none where there is no other."""
        family = self.family_of.get(child_id)
        found = tuple(child for child in self.named if family is not None and self.family_of.get(child) == family)
        return found if child_id in found and len(found) > 1 else ()

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The children on the agenda who may be named, in its order."""
        return tuple(item.child_id for item in self.items if not item.restricted)

    @cached_property
    def discussed(self) -> dict[str, Discussion]:
        """What has been said, by child."""
        return {said.child_id: said for said in discussions(records(self.context), self.panel.id, self.hidden)}

    @cached_property
    def finished(self) -> int:
        """How many of the agenda's items have been discussed, restricted ones among them."""
        said = discussions(records(self.context), self.panel.id, frozenset())
        every = agenda(records(self.context), self.panel.id, frozenset())
        return len({item.child_id for item in every} & {one.child_id for one in said})

    @cached_property
    def unsaved(self) -> frozenset[str]:
        """The children about whom this person wrote something at this panel that is not saved: an action of theirs among it, and of those
        in ``unsaved_together`` as well."""
        written = unsaved()
        of_action = {f"action {one.id}": one.child_id for one in self._actions if f"action {one.id}" in written}
        alone = {
            child for child in self.named if self.draft_name(child) in written or new_action_name(self.panel, child) in written
        }
        return frozenset(self.named) & {*alone, *of_action.values(), *self.unsaved_together}

    @cached_property
    def unsaved_together(self) -> frozenset[str]:
        """The children discussed together for whom this person wrote an action that is not saved."""
        written = unsaved()
        families = {child: family for child, family in self.family_of.items() if new_action_name(self.panel, family) in written}
        return frozenset(child for child in self.named if child in families and self.group(child))

    @cached_property
    def _actions(self) -> tuple[Action, ...]:
        """Every action that may be changed here; asked for only where something is written."""
        return actions(records(self.context), self.hidden) if any(name.startswith("action ") for name in unsaved()) else ()

    def draft_name(self, child_id: str) -> str:
        """The name of what this person writes about a child's discussion."""
        return f"discussion {self.panel.id} {child_id}"

    def rules_of(self, child_id: str) -> tuple[str, ...]:
        """The lists for which a child is on the agenda; none for one who was added by hand, or is not on it."""
        return next((item.rules for item in self.items if item.child_id == child_id), ())

    def link(self, child_id: str | None) -> str:
        """The address of a child's discussion here: that of the group, where words of the group's form wait to be saved."""
        return link(self.panel, child_id, together=child_id in self.unsaved_together)

    @cached_property
    def _themes(self) -> tuple[Theme, ...]:
        return themes(records(self.context))

    @property
    def themes(self) -> dict[str, str]:
        """Every barrier's label by its code, in the order of the list."""
        return {theme.code: theme.label for theme in self._themes}

    @property
    def offered(self) -> frozenset[str]:
        """The barriers that are offered for choice."""
        return frozenset(theme.code for theme in self._themes if theme.active)

    @cached_property
    def dates(self) -> dict[int, str]:
        return {one.id: one.when for one in self.panels.values() if one.policy_id == self.panel.policy_id}

    @cached_property
    def panels(self) -> dict[int, Panel]:
        """Every panel by its number, newest first."""
        return {one.id: one for one in every_panel(self.context)}

    def barriers(self, codes: frozenset[str]) -> str:
        """Barriers in words, in the order of the list."""
        return ", ".join(label for code, label in self.themes.items() if code in codes)

    def title(self, rule_id: str) -> str:
        """A rule's title; the id of one that the policy no longer has."""
        return next((rule.title for rule in self.context.policy.rules if rule.id == rule_id), rule_id)


def new_action_name(panel: Panel, child_id: str) -> str:
    """The name of the action that this person is writing for a child."""
    return f"new action {panel.id} {child_id}"


def link(panel: Panel, child_id: str | None = None, together: bool = False) -> str:
    """The address of a panel, or of a child's discussion at it, with the policy and the screen that this page's address has."""
    same = {name: streamlit.query_params.get(name) for name in (address.POLICY, VIEW)}
    made = {PANEL: panel.name, CHILD: child_id, TOGETHER: YES if together else None}
    return address.link(PANEL_PAGE, None, **made, **same)
