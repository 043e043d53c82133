"""What the engine's answers are declared to hold is what they hold: every column, and every value of its kind."""

from __future__ import annotations

from datetime import date
from typing import get_type_hints

import pandas
import pytest

from metrics.answers.drift.drift import flows, movements
from metrics.answers.drift.rows import FlowRow, MovedRow
from metrics.engine.engine import GROUPS, Engine
from metrics.engine.plain import boxed_rows, plain_rows
from metrics.engine.rows import ChildRow, ComingRow, FigureRow, GroupRow, typed_rows
from metrics.engine.scope import NO_ROLES, Scope

EVERYBODY = Scope.whole_council(roles=NO_ROLES)


def _wrong(row: dict, kind: type) -> dict[str, object]:
    """The values of a row that are not of the kind that is declared of them. A date and time is no date, nor yes a number."""
    exactly = {name: getattr(declared, "__args__", (declared,)) for name, declared in get_type_hints(kind).items()}
    return {name: row[name] for name, kinds in exactly.items() if type(row[name]) not in kinds}


def _frames(engine: Engine) -> list[tuple[pandas.DataFrame, type]]:
    policy = next(iter(engine.policies))
    rules = [rule.id for rule in engine.policies[policy].rules]
    before = engine.trend_dates(engine.as_at, 2)[0]
    return [
        (engine.children(policy, rules, EVERYBODY), ChildRow),
        (engine.children(policy, rules, Scope.whole_council_with_names()), ChildRow),
        (engine.coming_next(policy, EVERYBODY), ComingRow),
        (engine.groups(EVERYBODY), GroupRow),
        (movements(engine, policy, EVERYBODY, before, engine.as_at).children, MovedRow),
        (flows(engine, policy, EVERYBODY, engine.trend_dates(engine.as_at, 3)), FlowRow),
    ]


def test_boxed_rows_are_pandas_own_records(engine: Engine):
    for frame, _ in _frames(engine):
        ours, theirs = boxed_rows(frame), frame.to_dict("records")
        assert repr(ours) == repr(theirs)  # nothing that is missing is equal to itself
        assert [[type(value) for value in row.values()] for row in ours] == [
            [type(value) for value in row.values()] for row in theirs
        ]


def test_rows_hold_what_is_declared_of_them(engine: Engine):
    for frame, kind in _frames(engine):
        rows = typed_rows(frame, kind)
        assert rows, kind.__name__
        assert [found for row in rows if (found := _wrong(row, kind))] == [], kind.__name__


def test_children_have_no_other_columns_than_declared(engine: Engine):
    frame, _ = _frames(engine)[0]
    assert set(frame.columns) == set(get_type_hints(ChildRow))


@pytest.mark.parametrize("by", GROUPS)
def test_figures_hold_what_is_declared_of_them(engine: Engine, by: str):
    policy = next(iter(engine.policies))
    rows = engine.figure_rows(policy, EVERYBODY, by)
    assert rows and [found for row in rows if (found := _wrong(row._asdict(), FigureRow))] == []
    assert plain_rows(engine.figures(policy, EVERYBODY, by).rename(columns={by: "group"})) == [row._asdict() for row in rows]


def test_an_answer_without_a_declared_column_is_refused():
    with pytest.raises(KeyError, match="GroupRow has columns that the answer has not: team, children"):
        typed_rows(pandas.DataFrame({"service": ["North"], "as_at": [date(2026, 10, 31)]}), GroupRow)
