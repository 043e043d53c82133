"""A few months of invented panels over a synthetic county, so that a first look shows a workspace that lives.

Everything is drawn from the children's own lists and fixed seeds: the same nights give the same panels. Refused for a county that
does not call itself synthetic, and where there are panels already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pandas

from casework.agenda.actions import actions, save_action
from casework.agenda.agenda import build_agenda
from casework.agenda.discussions import save_discussion
from casework.changes.restricted import NOBODY
from casework.freezing.freezing import freeze
from casework.freezing.frozen import Pack
from casework.panels import close_panel, panels, plan_panel
from casework.records.errors import CaseworkError
from casework.records.records import CARRIED, DONE, OFF_LIST, OPEN, Action, AgendaItem, Discussion, Panel
from casework.storage.database import Casework
from casework.synthetic.words import BARRIERS, CLOSING, DECISIONS, OUTCOMES, Barrier
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope

CLERK, CHAIR = "Panel clerk (invented)", "Panel chair (invented)"
RULES = ("placement_order_12m", "adoption_no_placement")
DAYS_AFTER_NIGHT = 5
DISCUSSED, SHARE_DONE = 14, 0.7


@dataclass(frozen=True)
class Meeting:
    """One invented panel: the night it looks at, when it is held, and when the next one is."""

    engine: Engine
    panel_date: date
    next_date: date


def write_panels(casework: Casework, engines: list[Engine], make_pack: Callable[[Engine, date], Pack]) -> tuple[Panel, ...]:
    """Invent the panels of a policy's nights (oldest first, the last one tonight's), and give them back, newest first.

    Every night but the last has a panel that was frozen and held; the last has one that is planned, with its agenda. Raises CaseworkError.
    """
    if not engines[-1].is_synthetic:
        raise CaseworkError("Invented panels are only for a synthetic county; this store holds a real council's data.")
    policy_id = next(iter(engines[-1].policies))
    if panels(casework, policy_id):
        raise CaseworkError("There are panels here already; invented ones are only for a store without any.")
    dates = [_panel_date(engine.as_at) for engine in engines]
    for number, engine in enumerate(engines[:-1]):
        if dates[number] < dates[number + 1]:
            _hold(casework, policy_id, Meeting(engine, dates[number], dates[number + 1]), make_pack)
    tonight = replace(casework, clock=_clock(engines[-1].as_at))
    coming = plan_panel(tonight, policy_id, dates[-1], CLERK)
    build_agenda(tonight, coming.id, engines[-1], _rules(engines[-1], policy_id), CLERK)
    return panels(casework, policy_id)


def _panel_date(as_at: date) -> date:
    """The first Tuesday some days after a night."""
    day = as_at + timedelta(days=DAYS_AFTER_NIGHT)
    return day + timedelta(days=(1 - day.weekday()) % 7)


def _clock(day: date, hour: int = 14) -> Callable[[], datetime]:
    """The time of an invented meeting, so that its history is dated as the meeting was."""
    moment = datetime.combine(day, time(hour), UTC)
    return lambda: moment


def _rules(engine: Engine, policy_id: str) -> list[str]:
    known = [rule.id for rule in engine.policies[policy_id].rules]
    return [rule for rule in RULES if rule in known] or known[:1]


def _hold(casework: Casework, policy_id: str, meeting: Meeting, make_pack: Callable[[Engine, date], Pack]) -> None:
    """Freeze a panel, make its agenda, discuss the first children on it, and record what was done by then."""
    engine, day = meeting.engine, meeting.panel_date
    before, during = replace(casework, clock=_clock(engine.as_at, 9)), replace(casework, clock=_clock(day))
    held = freeze(before, engine, policy_id, day, CLERK, make_pack(engine, day))
    items = build_agenda(before, held.id, engine, _rules(engine, policy_id), CLERK)
    _finish_actions(during, day)
    people = _people(engine, policy_id)
    for item in items[:DISCUSSED]:
        _discuss(during, meeting, item, people.get(item.child_id, ""))
    for item in [item for item in items[DISCUSSED:] if item.source == OFF_LIST]:
        _discuss(during, meeting, item, "")
    close_panel(during, held.id, CLERK)


def _people(engine: Engine, policy_id: str) -> dict[str, str]:
    """The worker of every child on a list."""
    rules = [rule.id for rule in engine.policies[policy_id].rules]
    frame = engine.children(policy_id, rules, Scope.whole_council_with_names())
    return {child: worker for child, worker in zip(frame["child_id"], frame["worker"], strict=True) if not pandas.isna(worker)}


def _discuss(casework: Casework, meeting: Meeting, item: AgendaItem, worker: str) -> None:
    chance = Random(f"{item.child_id} {meeting.panel_date}")
    if item.source == OFF_LIST:
        said = Discussion(item.panel_id, item.child_id, summary=CLOSING, decision="Close.", outcome="Off the list: closed.")
        save_discussion(casework, said, CHAIR)
        return
    # What holds a child up seldom changes between two panels.
    lasting = Random(item.child_id)
    barriers = lasting.sample(BARRIERS, k=lasting.choice((1, 1, 2)))
    again = item.source == CARRIED
    said = Discussion(
        item.panel_id,
        item.child_id,
        frozenset(barrier.theme for barrier in barriers),
        summary=" ".join(chance.choice(barrier.summaries) for barrier in barriers),
        decision=chance.choice(DECISIONS),
        outcome=chance.choice(OUTCOMES) if again or chance.random() < 0.4 else "",
        next_panel_date=meeting.next_date if chance.random() < 0.6 else None,
    )
    save_discussion(casework, said, CHAIR)
    for barrier in barriers:
        save_action(casework, _action(chance, meeting, item, barrier, worker), CLERK)


def _action(chance: Random, meeting: Meeting, item: AgendaItem, barrier: Barrier, worker: str) -> Action:
    owner = worker if worker and chance.random() < 0.6 else chance.choice(barrier.owners)
    due = meeting.panel_date + timedelta(days=chance.choice((7, 14, 14, 21, 28)))
    return Action(item.panel_id, item.child_id, chance.choice(barrier.actions), owner, due, barrier.kind)


def _finish_actions(casework: Casework, day: date) -> None:
    """Most of what was to be done by the day was done, some of it late; the rest stays open and is chased."""
    for action in actions(casework, NOBODY, state=OPEN):
        if action.due_date is None:
            continue
        chance = Random(f"{action.id} {action.child_id} {day}")
        done = action.due_date + timedelta(days=chance.randint(-5, 6))
        if done < day and chance.random() < SHARE_DONE:
            note = chance.choice(("Done.", "Done; the papers are on the record.", "Done, later than asked."))
            save_action(casework, replace(action, state=DONE, done_date=done, outcome_note=note), CLERK)
