"""Every boundary case that the tests promise: for each term of a child's day, and for each rule.

The tests run each case against the product and against the obvious reading. ``as_rows()`` gives the sentences, rule by rule, for
the page that says how figures are made; it needs nothing but the records themselves.
"""

from __future__ import annotations

from tests.metrics.cases import (
    adoption,
    long_term_plans,
    no_current_plan,
    placement_order_12m,
    plan_other,
    return_home_6m,
    terms_care,
    terms_placement,
    terms_plan,
)
from tests.metrics.cases.kinds import RuleCase, TermCase

RULE_CASES: tuple[RuleCase, ...] = (
    *no_current_plan.CASES,
    *return_home_6m.CASES,
    *placement_order_12m.CASES,
    *adoption.CASES,
    *plan_other.CASES,
    *long_term_plans.CASES,
)
TERM_CASES: tuple[TermCase, ...] = (*terms_care.CASES, *terms_plan.CASES, *terms_placement.CASES)


def as_rows() -> list[dict[str, str]]:
    """One row a case: ``rule`` (or ``term``), ``term``, ``as_at`` (ISO), ``sentence``, ``expected`` in words."""
    rules = [_row(case, "", _list_in_words(case)) for case in RULE_CASES]
    terms = [_row(case, case.term, _term_in_words(case)) for case in TERM_CASES]
    return rules + terms


def _row(case: RuleCase | TermCase, term: str, expected: str) -> dict[str, str]:
    return {"rule": case.rule, "term": term, "as_at": case.as_at.isoformat(), "sentence": case.sentence, "expected": expected}


def _british(day) -> str:
    return day.strftime("%d/%m/%Y")


def _list_in_words(case: RuleCase) -> str:
    if not case.expected:
        return "not on the list"
    (since, limit_date, days_over), *_ = case.expected.values()
    return f"on the list since {_british(since)}, limit {_british(limit_date)}, days over {days_over}"


def _term_in_words(case: TermCase) -> str:
    (fields, *_) = case.expected.values()
    if fields is None:
        return "not in care"
    return "; ".join(f"{name.replace('_', ' ')}: {_value_in_words(value)}" for name, value in fields.items()) or "in care"


def _value_in_words(value) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_british(day)}" for name, day in value.items())
    if isinstance(value, tuple):
        return ", ".join(value).replace("_", " ") or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "none"
    return _british(value) if hasattr(value, "strftime") else str(value)
