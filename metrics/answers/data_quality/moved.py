"""What changed since the last data load: every table's rows, and every figure that moved by more than it ever has between two nights.

Every night's manifest keeps by how much each figure moved, so the largest move so far is told without opening an earlier night.
Compared are moves over as long a time or less: a month's move says nothing of a night's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from data.contract.contract import tables
from data.night.night import Night, attached
from data.reading.comparison import Before, Counts

# A night loaded late, or after a weekend, is still a night's move.
DAYS_MORE = 3
TABLES_KEPT = "moved_table"
FIGURES_KEPT = "moved_figure"
CREATE = f"""
create table {TABLES_KEPT} (
    table_name varchar, since date, rows_before bigint, rows_tonight bigint, people_before bigint, people_tonight bigint
);
create table {FIGURES_KEPT} (
    policy varchar, rule varchar, since date, before bigint, tonight bigint, most_before bigint
);
"""
# The county's figures of a night's own date; a rule that was not supplied has none.
FIGURES = """
select rule_state.policy, rule_state.rule, coalesce(sum(figure.children), 0)::bigint
from {database}rule_state as rule_state
left join {database}figure as figure
    on figure.policy = rule_state.policy and figure.rule = rule_state.rule and figure.as_at = $as_at
where rule_state.missing is null
group by all
order by all
"""
Figures = dict[str, int]


@dataclass(frozen=True)
class Moved:
    """What moved since the night ``since`` (None: there was none): tables, figures (name to before and tonight), and what is unusual."""

    since: date | None
    days: int
    tables: tuple[str, ...]
    figures: dict[str, tuple[int, int]]
    most_before: dict[str, int]

    def unusual(self) -> list[str]:
        """The figures that moved by more than they ever have between two nights, as <policy>.<rule>."""
        return [name for name, (before, tonight) in self.figures.items() if abs(tonight - before) > self.most_before.get(name, 0)]

    def lines(self) -> tuple[str, ...]:
        """For the end of the load report; none on the first night."""
        if self.since is None:
            return ()
        lines = [*self.tables]
        names = self.unusual()
        if names:
            lines.append("Figures that changed by more than between any two earlier data loads:")
        for name in names:
            before, tonight = self.figures[name]
            most = self.most_before.get(name)
            known = f"the largest change before was {most:,}" if most is not None else "no earlier change to compare with"
            lines.append(f"  {name}: {before:,} on {self.since:%d/%m/%Y}, {tonight:,} in this load ({known})")
        return tuple(lines or ["No figure changed by more than between any two earlier data loads."])

    def manifest(self) -> dict:
        """What the night keeps of it, for the nights to come."""
        moves = {name: abs(tonight - before) for name, (before, tonight) in self.figures.items()}
        return {"since": self.since, "days": self.days, "figures": moves}


def table_lines(tonight: dict[str, Counts], before: Before) -> tuple[str, ...]:
    """Every table's rows on the last night and tonight, with the people, as lines of text."""
    shown = [name for name in tables() if tonight[name].rows or before.counts.get(name, Counts(0)).rows]
    width = max((len(name) for name in shown), default=5)
    lines = [
        f"Against the data load of {before.as_at:%d/%m/%Y}:",
        f"  {'table':<{width}}  {'rows then':>11}  {'this load':>11}  people then    this load",
    ]
    for name in shown:
        then, now = before.counts.get(name, Counts(0)), tonight[name]
        people = "" if now.people is None else f"{then.people or 0:>11,}  {now.people:>11,}"
        lines.append(f"  {name:<{width}}  {then.rows:>11,}  {now.rows:>11,}  {people}".rstrip())
    return tuple(lines)


def note_moves(
    connection: duckdb.DuckDBPyConnection,
    as_at: date,
    tonight: dict[str, Counts],
    before: list[Before],
    last: Night | None,
    nights: Iterable[Night],
) -> Moved:
    """Tell what moved against the ``last`` night, and keep it in the night being built, whose lists are made.

    ``before``: the counts of the nights compared with, the last one's first. ``nights``: those published, for the moves before.
    """
    connection.execute(CREATE)
    if last is None or not before:
        return Moved(None, 0, (), {}, {})
    days = (as_at - last.as_at).days
    now = _figures(connection, as_at)
    with attached(connection, last):
        then = _figures(connection, last.as_at, "earlier.")
    both = {name: (then[name], now[name]) for name in now if name in then}
    moved = Moved(last.as_at, days, table_lines(tonight, before[0]), both, _most_before(nights, days))
    _keep(connection, moved, tonight, before[0])
    return moved


def _figures(connection: duckdb.DuckDBPyConnection, as_at: date, database: str = "") -> Figures:
    found = connection.execute(FIGURES.format(database=database), {"as_at": as_at}).fetchall()
    return {f"{policy}.{rule}": children for policy, rule, children in found}


def _most_before(nights: Iterable[Night], days: int) -> dict[str, int]:
    most: dict[str, int] = {}
    for night in nights:
        kept = night.manifest.get("moves") or {}
        if kept.get("since") and kept["days"] <= days + DAYS_MORE:
            for name, move in kept["figures"].items():
                most[name] = max(move, most.get(name, 0))
    return most


def _keep(connection: duckdb.DuckDBPyConnection, moved: Moved, tonight: dict[str, Counts], before: Before) -> None:
    for name in tables():
        then, now = before.counts.get(name, Counts(0)), tonight[name]
        values = [name, before.as_at, then.rows, now.rows, then.people, now.people]
        connection.execute(f"insert into {TABLES_KEPT} values (?, ?, ?, ?, ?, ?)", values)
    for name in moved.unusual():
        policy, rule = name.split(".", 1)
        values = [policy, rule, moved.since, *moved.figures[name], moved.most_before.get(name)]
        connection.execute(f"insert into {FIGURES_KEPT} values (?, ?, ?, ?, ?, ?)", values)
