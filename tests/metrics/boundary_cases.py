"""Every boundary case of the tests: for each term of a child's day, and for each rule.

The tests run each case against the product and against the reference reading. ``as_rows()`` gives the sentences, rule by rule, for
the page that says how figures are made; it needs nothing but the records themselves.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from tests.metrics import cases
from tests.metrics.cases import (
    adoption,
    long_term_plans,
    no_current_plan,
    observed_clocks,
    placement_order_12m,
    plan_other,
    return_home_6m,
    terms_care,
    terms_placement,
    terms_plan,
)
from tests.metrics.cases.kinds import RuleCase, TermCase
from tests.metrics.cases.milestones import MilestoneCase
from tests.metrics.cases.observed_clocks import ObservedCase

RULE_CASES: tuple[RuleCase, ...] = (
    *no_current_plan.CASES,
    *return_home_6m.CASES,
    *placement_order_12m.CASES,
    *adoption.CASES,
    *plan_other.CASES,
    *long_term_plans.CASES,
)
TERM_CASES: tuple[TermCase, ...] = (*terms_care.CASES, *terms_plan.CASES, *terms_placement.CASES)
OBSERVED_CASES: tuple[ObservedCase, ...] = observed_clocks.CASES


def _of_policies() -> tuple[RuleCase | MilestoneCase, ...]:
    """The other policies' cases, which their own tests run: what any file of cases beside the ones above calls its ``CASES``."""
    ours = {id(case) for case in (*RULE_CASES, *TERM_CASES, *OBSERVED_CASES)}
    files = (import_module(f"{cases.__name__}.{file.name}") for file in iter_modules(cases.__path__))
    found = {id(case): case for file in files for case in getattr(file, "CASES", ())}
    return tuple(case for number, case in found.items() if number not in ours)


OTHER_POLICIES = _of_policies()


def as_rows() -> list[dict[str, str]]:
    """One row a case: ``rule`` (or ``term``), ``term``, ``as_at`` (ISO), ``sentence``, ``expected`` in words."""
    rules = [_row(case, "", _answer_in_words(case)) for case in (*RULE_CASES, *OTHER_POLICIES)]
    terms = [_row(case, case.term, _term_in_words(case)) for case in TERM_CASES]
    clocks = [_row(case, case.term, case.in_words) for case in OBSERVED_CASES]
    return rules + terms + clocks


def _answer_in_words(case: RuleCase | MilestoneCase) -> str:
    return case.in_words if isinstance(case, MilestoneCase) else _list_in_words(case)


def _row(case: RuleCase | MilestoneCase | TermCase | ObservedCase, term: str, expected: str) -> dict[str, str]:
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
