"""A boundary case: a sentence that says what holds, the records it is about, and the answer worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.support.builder import Child, Records, day, records

TERM = "term"


@dataclass(frozen=True)
class RuleCase:
    """Who is on a rule's list at the close of a day: ``expected`` is {child: (since, limit date, days over)}."""

    rule: str
    sentence: str
    records: Records
    as_at: date
    expected: dict[str, tuple[date, date, int]]
    settings: dict[str, object] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TermCase:
    """What a term of a child's day is: ``expected`` is {child: {field: value}}, or {child: None} for a child not in care."""

    term: str
    sentence: str
    records: Records
    as_at: date
    expected: dict[str, dict[str, object] | None]
    settings: dict[str, object] = field(default_factory=dict)
    rule: str = TERM


def on(since: str, limit: str, days_over: int) -> tuple[date, date, int]:
    """A place on a list: since when, the limit date, days over."""
    return date.fromisoformat(since), date.fromisoformat(limit), days_over


def rule_case(
    rule: str, sentence: str, one: Child, as_at: str, expected=None, *, detail=None, without=(), settings=None
) -> RuleCase:
    """A case of one child, who is on the list as ``expected``, or (None) is not on it."""
    name = one.identifier
    return RuleCase(
        rule=rule,
        sentence=sentence,
        records=records(one, not_supplied=without),
        as_at=date.fromisoformat(as_at),
        expected={} if expected is None else {name: expected},
        settings=settings or {},
        details={} if detail is None else {name: detail},
    )


def term_case(
    term: str, sentence: str, one: Child, as_at: str, *, in_care=True, departments=(), without=(), settings=None, **expected
) -> TermCase:
    """A case of one child and the fields named; ISO text in a date field is a date."""
    fields = {name: _value(name, value) for name, value in expected.items()}
    return TermCase(
        term=term,
        sentence=sentence,
        records=records(one, departments=tuple(departments), not_supplied=without),
        as_at=date.fromisoformat(as_at),
        expected={one.identifier: fields if in_care else None},
        settings=settings or {},
    )


def _value(name: str, value: object) -> object:
    if name == "option_since":
        return {option: day(since) for option, since in value.items()}
    is_date = name in ("entered_care", "placement_start", "no_plan_since", "placement_order_since", "last_review_date")
    return day(value) if is_date else value
