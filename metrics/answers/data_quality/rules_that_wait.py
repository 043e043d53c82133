"""Which rules a data load can count, and for which extracts the others wait: the end of the load report."""

from __future__ import annotations

from collections import defaultdict

import duckdb

from data.contract.contract import titles
from metrics.engine.absence import from_stored
from words.labels import NOT_SUPPLIED

RULES = "select policy, rule, missing from rule_state order by rowid"


def rule_lines(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """How many rules have a figure, and a line for each set of extracts that others wait for, with those rules.

    ``connection`` holds the lists that ``list_children`` made. Rules that a mistake stops are named elsewhere (*not available*).
    """
    rules = connection.execute(RULES).fetchall()
    waiting: dict[str, list[str]] = defaultdict(list)
    for policy, rule, stored in rules:
        absence = from_stored(stored)
        if absence and absence.word == NOT_SUPPLIED:
            waiting[titles(absence.tables, with_names=True)].append(f"{policy}.{rule}")
    counted = sum(stored is None for _, _, stored in rules)
    lines = [f"Rules with a figure: {counted:,} of {len(rules):,}."]
    lines += [f"  {len(names):,} wait for {extracts}: {', '.join(names)}." for extracts, names in sorted(waiting.items())]
    return tuple(lines)
