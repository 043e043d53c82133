"""What the product's SQL and the reference reading each say of the same night, and where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields
from datetime import date

from data.contract.contract import tables
from metrics.quality import add_flags
from tests.metrics.one_night import own, together
from tests.reference import RULES, ChildOnDay, detail, not_supplied, rule_list, spine
from tests.support.builder import Records
from tests.support.product import count_rules, product_connection, product_lists, product_spine

FIELDS = tuple(field.name for field in fields(ChildOnDay))
STATES = "select rule, as_at, child_id, since, limit_date, done_date, state, detail from milestone"
LISTS = "select rule, as_at, child_id, since, limit_date, days_over, detail from listed where on_list"
MISSING = "select rule from rule_state where missing is not null"
Answers = dict[tuple[str, date], dict[str, tuple]]


def tables_missing(records: Records) -> tuple[str, ...]:
    """The tables of the contract that were not supplied."""
    return tuple(table for table in tables() if table not in records)


def product_terms(records: Records, days: list[date], settings) -> dict[date, dict[str, dict]]:
    """{day: {child: every term}}, by the product."""
    found: dict = {day: {} for day in days}
    for (day, child), row in product_spine(records, days, settings, tables_missing(records)).items():
        found[day][child] = {name: row[name] for name in FIELDS}
    return found


def reference_terms(records: Records, days: list[date], settings) -> dict[date, dict[str, dict]]:
    """{day: {child: every term}}, by the reference reading."""
    return {day: {child: asdict(terms) for child, terms in spine(records, day, settings).items()} for day in days}


def product_answers(records: Records, days: list[date], settings) -> dict[tuple[str, date], dict | None]:
    """{(rule, day): {child: (since, limit date, days over, detail)}}, or None where not supplied, by the product."""
    answers = product_lists(records, days, settings, tables_missing(records))
    return {(rule, day): answers[(rule, day)] for rule in RULES for day in days}


def reference_answers(records: Records, days: list[date], settings) -> dict[tuple[str, date], dict | None]:
    """{(rule, day): {child: (since, limit date, days over, detail)}}, or None where not supplied, by the reference reading."""
    found: dict = {}
    for day in days:
        children = spine(records, day, settings)
        for rule in RULES:
            listed = rule_list(records, rule, day, settings)
            answers = {child: (*clock, detail(records, rule, children[child])) for child, clock in listed.items()}
            found[(rule, day)] = None if not_supplied(set(records), rule) else answers
    return found


def milestones_and_lists(records: Records, days: list[date], settings, milestones, measures) -> Answers:
    """{(rule, day): {child: answer}} of the rules that were supplied, by the product.

    The answer is (since, due, done, state, detail) of a milestone, (since, limit, over, detail) of a list.
    """
    connection = product_connection(records, tables_missing(records))
    count_rules(connection, days, settings)
    missing = {rule for (rule,) in connection.execute(MISSING).fetchall()}
    answers: Answers = {(rule, day): {} for rule in (*milestones, *measures) if rule not in missing for day in days}
    for rules, sql in ((milestones, STATES), (measures, LISTS)):
        for rule, day, child, *answer in connection.execute(sql).fetchall():
            if rule in rules:
                answers[(rule, day)][child] = tuple(answer)
    return answers


def flags_of(records: Records, rule: str, day: date, settings, rules: tuple[str, ...] = ()) -> dict[str, str]:
    """{child: what data quality says of a row of the child's} by one of its rules, on the day; where these rules of policies are in use."""
    connection = product_connection(records, tables_missing(records))
    count_rules(connection, [day], settings, rules=rules)
    add_flags(connection)
    found = connection.execute("select person_id, message from flags where rule = $rule", {"rule": rule}).fetchall()
    assert len(dict(found)) == len(found), "a child is flagged twice"
    return dict(found)


def answers_by_case(cases, product: Callable[[Records, list[date]], Answers], without: dict | None) -> dict[int, dict | None]:
    """{id of a case: {child: the product's answer}}, or ``without`` where its rule was not supplied.

    The cases with the same files share one night.
    """
    groups, found = defaultdict(list), {}
    for case in cases:
        groups[tables_missing(case.records)].append(case)
    for group in groups.values():
        answers = product(together([case.records for case in group]), sorted({case.as_at for case in group}))
        for number, case in enumerate(group):
            answer = answers.get((case.rule, case.as_at))
            found[id(case)] = without if answer is None else own(answer, number)
    return found


def told_of_cases(
    generated_cases: list[tuple[Records, list[date]]], product: Callable[[Records, list[date]], Answers], at_once: int
) -> Iterator[tuple[Records, list[date], Answers]]:
    """Every generated case's records and days, and what the product tells of them; so many generated cases at once share a night."""
    for start in range(0, len(generated_cases), at_once):
        group = generated_cases[start : start + at_once]
        answers = product(together([records for records, _ in group]), sorted({day for _, days in group for day in days}))
        for number, (records, days) in enumerate(group):
            yield records, days, {key: own(children, number) for key, children in answers.items() if key[1] in days}


def differences(product: dict, reference: dict, path: str = "") -> list[str]:
    """One line for each thing that the two tell differently, with the way to it (day, child, term; rule and day, child)."""
    if not (isinstance(product, dict) and isinstance(reference, dict)):
        return [] if product == reference else [f"{path}: product {product!r}, reference reading {reference!r}"]
    found = []
    for key in sorted({*product, *reference}, key=str):
        name = ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)
        found += differences(product.get(key), reference.get(key), f"{path} / {name}" if path else name)
    return found
