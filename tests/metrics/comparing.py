"""What the product's SQL and the obvious reading each say of the same night, and where they differ."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date

from data.contract import tables
from tests.builder import Records
from tests.obvious import RULES, ChildOnDay, detail, not_supplied, rule_list, spine
from tests.product import product_lists, product_spine

FIELDS = tuple(field.name for field in fields(ChildOnDay))


def tables_missing(records: Records) -> tuple[str, ...]:
    """The tables of the contract that were not supplied."""
    return tuple(table for table in tables() if table not in records)


def product_terms(records: Records, days: list[date], settings) -> dict[date, dict[str, dict]]:
    """{day: {child: every term}}, by the product."""
    found: dict = {day: {} for day in days}
    for (day, child), row in product_spine(records, days, settings, tables_missing(records)).items():
        found[day][child] = {name: row[name] for name in FIELDS}
    return found


def obvious_terms(records: Records, days: list[date], settings) -> dict[date, dict[str, dict]]:
    """{day: {child: every term}}, by the obvious reading."""
    return {day: {child: asdict(terms) for child, terms in spine(records, day, settings).items()} for day in days}


def product_answers(records: Records, days: list[date], settings) -> dict[tuple[str, date], dict | None]:
    """{(rule, day): {child: (since, limit date, days over, detail)}}, or None where not supplied, by the product."""
    answers = product_lists(records, days, settings, tables_missing(records))
    return {(rule, day): answers[(rule, day)] for rule in RULES for day in days}


def obvious_answers(records: Records, days: list[date], settings) -> dict[tuple[str, date], dict | None]:
    """{(rule, day): {child: (since, limit date, days over, detail)}}, or None where not supplied, by the obvious reading."""
    found: dict = {}
    for day in days:
        children = spine(records, day, settings)
        for rule in RULES:
            listed = rule_list(records, rule, day, settings)
            answers = {child: (*clock, detail(records, rule, children[child])) for child, clock in listed.items()}
            found[(rule, day)] = None if not_supplied(set(records), rule) else answers
    return found


def differences(product: dict, obvious: dict, path: str = "") -> list[str]:
    """One line for each thing that the two tell differently, with the way to it (day, child, term; rule and day, child)."""
    if not (isinstance(product, dict) and isinstance(obvious, dict)):
        return [] if product == obvious else [f"{path}: product {product!r}, obvious reading {obvious!r}"]
    found = []
    for key in sorted({*product, *obvious}, key=str):
        name = ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)
        found += differences(product.get(key), obvious.get(key), f"{path} / {name}" if path else name)
    return found
