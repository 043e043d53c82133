"""A boundary case of a milestone: a sentence that says what holds, the records, and the state worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.support.builder import Child, Records, day, records


@dataclass(frozen=True)
class MilestoneCase:
    """How a child stands on a rule with due dates at the close of a day: ``expected`` is {child: (state, due, done)}."""

    rule: str
    sentence: str
    records: Records
    as_at: date
    expected: dict[str, tuple[str, date | None, date | None]]
    detail: str | None = None

    @property
    def in_words(self) -> str:
        if not self.expected:
            return "not asked of this child"
        (state, due, done), *_ = self.expected.values()
        was_due = "" if due is None else f", was due on {due:%d/%m/%Y}"
        if done is not None:
            return f"{state} on {done:%d/%m/%Y}{was_due}"
        return f"due on {due:%d/%m/%Y}" if state == "due" else state + was_due


def milestone_case(rule: str, sentence: str, one: Child, as_at: str, state=None, due=None, done=None, *, detail=None, without=()):
    """A case of one child in a state, or (None) whom the rule is not about. Days are ISO text."""
    expected = {} if state is None else {one.identifier: (state, day(due), day(done))}
    return MilestoneCase(rule, sentence, records(one, not_supplied=without), date.fromisoformat(as_at), expected, detail)
