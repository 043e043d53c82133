"""What the lists say after an action was done. Counts only, and no claim that the one came of the other."""

from __future__ import annotations

from datetime import date, timedelta

import pandas
from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.agenda.patterns import NOT_KNOWN, panels_between, themes_named
from casework.records.errors import CaseworkError
from casework.records.kept_models import FrozenListRow
from casework.records.models import ActionRow, AgendaRow, ThemeRow
from casework.records.records import ACTION_KINDS, DONE, Panel
from casework.storage.database import Casework


def actions_and_lists(casework: Casework, policy_id: str, by: str) -> pandas.DataFrame:
    """Of the actions done, how many children were off the lists they had come from by the next frozen panel; no cause is claimed.

    ``by`` is kind (of action) or theme (of the discussion that raised it). The lists that an action's child had come from are those
    of its agenda item; the child is off them when on none of them at the first frozen panel on or after the day it was done.
    Columns: group, label, actions (done), off, still (on at least one), not_yet (no such panel is frozen yet, or the child had
    come from no list).
    """
    if by not in ("kind", "theme"):
        raise CaseworkError(f"The results of actions cannot be shown by '{by}'; use kind or theme.")
    with casework.reading() as session:
        held = panels_between(session, policy_id, None, None)
        themes = themes_named(session, held)
        rows = [
            (group, result)
            for action, result in _results(session, held)
            for group in ([action.kind] if by == "kind" else themes.get((action.panel_id, action.child_id)) or [NOT_KNOWN])
        ]
        labels = ACTION_KINDS if by == "kind" else dict(session.execute(select(ThemeRow.code, ThemeRow.label)).all())
    frame = pandas.DataFrame(rows, columns=["group", "result"])
    counted = (
        frame.groupby(["group", "result"]).size().unstack(fill_value=0).reindex(columns=["off", "still", "not_yet"], fill_value=0)
    )
    counted.insert(0, "actions", counted.sum(axis=1))
    counted = counted.reset_index().rename_axis(columns=None)
    counted.insert(1, "label", [labels.get(group, NOT_KNOWN) for group in counted["group"]])
    return counted.sort_values(["actions", "group"], ascending=[False, True], ignore_index=True)


def _results(session: Session, held: dict[int, Panel]) -> list[tuple[ActionRow, str]]:
    """Every done action, with what the lists of the next frozen panel say of its child: off, still, or not_yet."""
    frozen = sorted((panel for panel in held.values() if panel.freeze), key=lambda panel: panel.panel_date)
    rules = {
        (row.panel_id, row.child_id): set(row.rules)
        for row in session.scalars(select(AgendaRow).where(AgendaRow.panel_id.in_(held)))
    }
    listed: dict[tuple[int, str], set[str]] = {}
    asked = select(FrozenListRow.panel_id, FrozenListRow.child_id, FrozenListRow.rule).where(FrozenListRow.panel_id.in_(held))
    for panel_id, child_id, rule in session.execute(asked):
        listed.setdefault((panel_id, child_id), set()).add(rule)
    results = []
    for action in session.scalars(select(ActionRow).where(ActionRow.state == DONE, ActionRow.panel_id.in_(held))):
        raised = held[action.panel_id].panel_date
        came_from = rules.get((action.panel_id, action.child_id), set())
        since = max(raised + timedelta(days=1), action.done_date or date.max)
        after = next((panel for panel in frozen if panel.panel_date >= since), None)
        if after is None or not came_from:
            results.append((action, "not_yet"))
        else:
            on = came_from & listed.get((after.id, action.child_id), set())
            results.append((action, "still" if on else "off"))
    return results
