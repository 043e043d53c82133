"""Councils with invented counts: services within a county, rules and their nested parts, months, tables by category."""

from __future__ import annotations

import random

from metrics.disclosure.cells import TableSystem
from metrics.disclosure.ledger import Publication
from metrics.disclosure.tables import Tables


def council(seed: int, past: tuple[Publication, ...] = (), months: range = range(2), quarters: int = 2) -> TableSystem:
    """A pack of a council. The same seed gives the same counts for the same month, so that a later pack can show it again."""
    chance = random.Random(seed)
    services = [f"Service {letter}" for letter in "ABCDEF"[: chance.randint(2, 6)]]
    likely = [chance.choice((0.01, 0.03, 0.06, 0.2)) for _ in range(chance.randint(1, 4))]
    size = {service: chance.randint(10, 150) for service in services}
    tables = Tables(past)
    for month in months:
        _month(tables, random.Random(f"{seed} {month}"), f"month {month}", size, likely)
    _year_to_date(tables, random.Random(f"{seed} year"), quarters)
    return tables.system()


def _month(tables: Tables, chance: random.Random, month: str, size: dict[str, int], likely: list[float]) -> None:
    groups = [*size, "county"]
    care = {service: size[service] + chance.randint(-3, 3) for service in size}
    _put(tables, "in care", month, care)
    for rule, rate in enumerate(likely):
        whole = {service: sum(chance.random() < rate for _ in range(care[service])) for service in size}
        part = {service: sum(chance.random() < 0.5 for _ in range(whole[service])) for service in size}
        _put(tables, f"rule {rule}", month, whole)
        _put(tables, f"rule {rule} late", month, part)
        for group in groups:
            tables.nested((f"rule {rule}", month, group, "all"), (f"rule {rule} late", month, group, "all"))
            numerator, denominator = (f"rule {rule}", month, group, "all"), ("in care", month, group, "all")
            tables.share((f"rule {rule} percent", month, group), numerator, denominator)
    _by_category(tables, chance, month, care)


def _put(tables: Tables, measure: str, month: str, counts: dict[str, int]) -> None:
    services = [tables.cell((measure, month, service, "all"), count) for service, count in counts.items()]
    tables.total(tables.cell((measure, month, "county", "all"), sum(counts.values())), services)


def _by_category(tables: Tables, chance: random.Random, month: str, care: dict[str, int]) -> None:
    categories = [f"category {number}" for number in range(chance.randint(2, 6))]
    weights = [chance.random() ** 3 for _ in categories]
    inner = []
    for service, children in care.items():
        drawn = chance.choices(categories, weights, k=children)
        inner.append([tables.cell(("in care", month, service, category), drawn.count(category)) for category in categories])
    columns = [sum(tables.count(row[place]) for row in inner) for place in range(len(categories))]
    totals = [tables.cell(("in care", month, "county", name), count) for name, count in zip(categories, columns, strict=True)]
    tables.grid(inner, [("in care", month, service, "all") for service in care], totals, ("in care", month, "county", "all"))


def _year_to_date(tables: Tables, chance: random.Random, quarters: int) -> None:
    before = None
    for quarter in range(1, quarters + 1):
        adopted = tables.cell(("adopted", f"quarter {quarter}", "county", "all"), chance.randint(0, 9))
        so_far = tables.count(adopted) + (tables.count(before) if before else 0)
        year = tables.cell(("adopted", f"year to quarter {quarter}", "county", "all"), so_far)
        tables.total(year, [before, adopted] if before else [adopted])
        before = year
