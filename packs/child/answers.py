"""What a child summary lays out: asked of the engine and of the panel's records once, as the Child page asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.changes.restricted import hidden_children
from casework.storage.database import Casework
from metrics.answers.child.child import ChildAnswer, child
from metrics.engine.engine import Engine
from metrics.engine.plain import plain_rows
from metrics.engine.policy import Rule
from metrics.engine.scope import Scope
from packs.excel.night_answers import CouncilAnswers
from packs.lists.children import clock_code
from packs.panel.records import Said, said_about
from words.dates import british
from words.labels import AREAS

KEY_EVENTS = ("Period of care", "Legal status", "Placement", "Plan", "Match", "Adoption")
CARE, STARTS_CARE = "Period of care", "S "


@dataclass(frozen=True)
class RuleRow:
    """A rule that the child is on (``on_list``), whose clock is running, or that cannot judge the child (``is_apart``, with the reason in
    ``backlog``). ``clock``: its code (``clock_code``); ``limit_words``: nothing where the rule has no length of time. ``limit_date``: None
    where there is no limit, and ``days_over`` are then the days on the list.
    """

    rule: Rule
    policy_name: str
    since: date
    clock: str | None
    limit_words: str
    limit_date: date | None
    days_over: int | None
    on_list: bool
    is_apart: bool
    backlog: str | None
    detail: str | None


@dataclass(frozen=True)
class SummaryAnswers(CouncilAnswers):
    """All that a child summary says. ``said`` is None where no panel keeps records; ``supplied``: table -> whether it was."""

    night: str
    child: ChildAnswer
    rules: tuple[RuleRow, ...]
    supplied: dict[str, bool]
    said: tuple[Said, ...] | None

    @property
    def as_at(self) -> date:
        return self.child.as_at

    @property
    def line(self) -> str:
        """The child, day and night, as the foot of every page says them."""
        return f"{self.council}: child {self.child.person['child_id']}, {british(self.as_at)}, data load {self.night}"


def ask_child(
    engine: Engine, child_id: str, scope: Scope, as_at: date | None = None, casework: Casework | None = None
) -> SummaryAnswers:
    """Put the summary's questions. Raises QuestionError for a child who is not there, or whom the scope's roles may not see.

    Tonight's summary has all that panels have said; one of an earlier day, what panels held by that day said.
    """
    answer = child(engine, child_id, scope, as_at)
    until = None if answer.as_at == engine.as_at else answer.as_at
    hidden = hidden_children(casework, engine, scope, answer.as_at) if casework else frozenset()
    return SummaryAnswers(
        council=engine.council,
        area=AREAS[engine.settings.area],
        night=engine.night.name,
        child=answer,
        rules=tuple(_rule(engine, row, answer.as_at) for row in plain_rows(answer.rules) if row["policy"] in engine.policies),
        supplied=engine.supplied,
        said=said_about(casework, answer.person["child_id"], hidden, until) if casework else None,
    )


def _rule(engine: Engine, row: dict, as_at: date) -> RuleRow:
    rule = engine.rule(row["policy"], row["rule"])
    limit = rule.limit_on(as_at)
    words = limit.words if limit and not rule.measure.is_milestone else ""
    return RuleRow(
        rule,
        engine.policies[row["policy"]].name,
        row["since"],
        clock_code(row["recorded_since"], row["observed_since"]),
        words,
        row["limit_date"] if rule.has_day(as_at) else None,
        row["days_over"],
        row["on_list"],
        row["is_apart"],
        row["backlog"],
        row["detail"],
    )


def key_events(answer: ChildAnswer) -> list[dict]:
    """The turns of this period of care (for a child not in care, of the whole record), newest first: lane, label, from_date,
    to_date. A plan that repeats the one before it is no turn, and what ends after the day is still running.
    """
    entered = answer.terms["entered_care"].date() if answer.terms else date.min
    turns, last_plan = [], None
    for event in plain_rows(answer.timeline):
        lane, label, ends = event["lane"], event["label"], event["to_date"]
        if lane not in KEY_EVENTS or (lane == CARE and not label.startswith(STARTS_CARE)):
            continue
        repeats = lane == "Plan" and label == last_plan
        last_plan = label if lane == "Plan" else last_plan
        if not repeats and event["from_date"] >= entered:
            running = lane == CARE or ends is None or ends > answer.as_at
            turns.append(event | {"to_date": None if running or lane == "Plan" else ends})
    return sorted(turns, key=lambda event: event["from_date"], reverse=True)


def meetings(answer: ChildAnswer, lane: str) -> list[dict]:
    """The reviews or meetings on the record, newest first: label, from_date."""
    return [event for event in reversed(plain_rows(answer.timeline)) if event["lane"] == lane]


def visits(answer: ChildAnswer) -> list[dict]:
    """The visits of the last eighteen months, newest first: says, from_date."""
    return plain_rows(answer.visits)[::-1]
