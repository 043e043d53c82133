"""What the panel's own sheets lay out: the agenda, what was decided, and the actions, for one panel and one scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.freezing.reported import frozen_lists
from casework.panels import find_panel, panels
from casework.records.records import DONE, OPEN, Action, Panel
from casework.storage.database import Casework
from metrics.answers.reported import Reported
from metrics.answers.what_matters.words import LastPanel
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.scope import Scope
from packs.panel.papers import PanelPapers


@dataclass(frozen=True)
class PanelRecords:
    """The records of one panel as its sheets say them; every row is {column: value}.

    ``due``: the children whom an earlier panel wants again by this one (``PanelPapers.due``).
    ``joined``, ``left``: the identifiers of those who would be on the agenda, and would not, if it were made now.
    ``panel`` is None where none has been prepared, ``previous`` where none was before it. ``decided_by``: the panel whose
    decisions are told, this one or, while it has said nothing yet, the one before. ``as_at``: the day of what is overdue.
    """

    as_at: date
    panel: Panel | None = None
    previous: Panel | None = None
    decided_by: Panel | None = None
    agenda: tuple[dict, ...] = ()
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    decisions: tuple[dict, ...] = ()
    due: tuple[dict, ...] = ()
    overdue: tuple[dict, ...] = ()
    open: tuple[dict, ...] = ()
    done: tuple[dict, ...] = ()


def ask_panel(
    casework: Casework | None,
    engine: Engine,
    policy_id: str,
    scope: Scope,
    as_at: date | None = None,
    panel: Panel | None = None,
) -> PanelRecords:
    """The records of a panel (None: no panel is looked at, and there are only the last one's decisions, and every panel's actions).

    Actions are those that this panel and the ones before it asked for; done ones, those done since the panel before. Of what panels of
    other areas asked for, a panel has what it takes up (``casework.agenda.taking_up``).
    """
    day = as_at or engine.as_at
    held = panels(casework, policy_id) if casework else ()
    if casework is None or not (held or panel):
        return PanelRecords(day, panel)
    papers = PanelPapers(casework, engine, policy_id, scope, day)
    earlier = [one for one in held if one.panel_date < (panel.panel_date if panel else day)]
    of_these = (panel.area,) if panel else _areas_looked_at(engine, scope, day)
    previous = next((one for one in earlier if one.area in of_these), None)
    said = papers.discussions(panel) if panel else ()
    decided_by = panel if said else previous
    on_agenda = papers.agenda(panel) if panel else ()
    joined, left = papers.since_made(panel) if panel and panel.status == OPEN and day == engine.as_at else ((), ())
    asked = papers.actions([*earlier, panel], panel) if panel else papers.actions(held)
    since = previous.panel_date if previous else date.min
    return PanelRecords(
        day,
        panel,
        previous,
        decided_by,
        agenda=on_agenda,
        joined=joined,
        left=left,
        decisions=said or (papers.discussions(previous) if previous else ()),
        due=papers.due(earlier, panel.panel_date if panel else day, on_agenda, panel),
        overdue=papers.action_rows(asked, lambda action: action.overdue(day)),
        open=papers.action_rows(asked, lambda action: action.state == OPEN and not action.overdue(day)),
        done=papers.action_rows(asked, lambda action: _done_since(action, since)),
    )


def _done_since(action: Action, since: date) -> bool:
    return action.state == DONE and action.done_date is not None and action.done_date >= since


def _areas_looked_at(engine: Engine, scope: Scope, day: date) -> frozenset[str]:
    """The areas whose panels discuss children of the scope, and "" for the whole council's."""
    groups = engine.groups(scope, day)
    return frozenset({"", *(engine.settings.panel_area(*pair) for pair in zip(groups["service"], groups["team"], strict=True))})


def choose_panel(
    casework: Casework | None, policy_id: str, as_at: date, panel_date: date | None = None, area: str = ""
) -> Panel | None:
    """The panel of an area, or ("") of the whole council, on a date; without one, its next that is open on or after ``as_at``, else the
    newest open one, else None.

    Raises QuestionError for a date on which there is no such panel.
    """
    if panel_date is not None:
        return panel_on(casework, policy_id, panel_date, area)[1]
    held = panels(casework, policy_id) if casework else ()
    waiting = [panel for panel in held if panel.status == OPEN and panel.area == area]
    coming = [panel for panel in waiting if panel.panel_date >= as_at]
    return coming[-1] if coming else waiting[0] if waiting else None


def panel_on(casework: Casework | None, policy_id: str, panel_date: date, area: str = "") -> tuple[Casework, Panel]:
    """The panel of an area, or ("") of the whole council, on a date, with the records that hold it. Raises QuestionError for a date on
    which there is no such panel."""
    found = find_panel(casework, policy_id, panel_date, area) if casework else None
    if casework is None or found is None:
        there = ", ".join(panel.when for panel in (panels(casework, policy_id) if casework else ())) or "none yet"
        wanted = Panel(policy_id, panel_date, area).when
        raise QuestionError(f"There is no panel of {policy_id} on {wanted}; there are panels on: {there}.")
    return casework, found


def lists_before(casework: Casework, policy_id: str, last: LastPanel) -> tuple[Reported, ...]:
    """The lists that the panels before the last one were given, as they were frozen, newest first."""
    return tuple(
        frozen_lists(casework, panel.id)
        for panel in panels(casework, policy_id)
        if panel.panel_date < last.panel_date and panel.freeze
    )
