"""Random table systems for hypothesis: rows, totals of anything, parts within wholes, some figures never printed."""

from __future__ import annotations

from hypothesis import strategies as st

from metrics.disclosure.cells import Key, TableSystem
from metrics.disclosure.tables import Tables

COUNTS = st.sampled_from([0, 1, 1, 2, 2, 3, 4, 5, 6, 7, 9, 12, 20])


@st.composite
def systems(draw, figures: int = 10, sums: int = 6) -> TableSystem:
    """Figures, sums of some of them (of sums too: a second table is one), and pairs of which one lies within the other."""
    tables = Tables()
    pool: list[Key] = []
    for number, count in enumerate(draw(st.lists(COUNTS, min_size=3, max_size=figures))):
        put = tables.cell if draw(st.integers(0, 4)) else tables.implied
        pool.append(put((f"figure {number}",), count))
    for number in range(draw(st.integers(1, sums))):
        parts = draw(st.lists(st.sampled_from(pool), min_size=2, max_size=4, unique=True))
        total = tables.cell((f"sum {number}",), sum(tables.count(part) for part in parts))
        tables.total(total, parts)
        pool.append(total)
    for whole, part in draw(st.lists(st.tuples(st.sampled_from(pool), st.sampled_from(pool)), max_size=3)):
        if whole != part and tables.count(part) <= tables.count(whole):
            tables.nested(whole, part)
    return tables.system()


@st.composite
def small_grids(draw) -> tuple[TableSystem, frozenset[Key]]:
    """A little table with its totals, a part within one of its figures, and any choice of hidden figures but the grand total."""
    rows, columns = draw(st.sampled_from([(1, 2), (1, 3), (2, 2), (2, 3)]))
    tables = Tables()
    inner = [[tables.cell((f"row {r}", f"column {c}"), draw(st.integers(0, 7))) for c in range(columns)] for r in range(rows)]
    row_totals = [tables.cell((f"row {r}", "all"), sum(map(tables.count, row))) for r, row in enumerate(inner)]
    column_totals = [
        tables.cell(("all", f"column {c}"), sum(map(tables.count, keys))) for c, keys in enumerate(zip(*inner, strict=True))
    ]
    everything = tables.cell(("all", "all"), sum(map(tables.count, row_totals)))
    tables.grid(inner, row_totals, column_totals, everything)
    whole = draw(st.sampled_from(row_totals + column_totals))
    part = tables.cell(("part",), draw(st.integers(0, tables.count(whole))))
    tables.nested(whole, part)
    may_hide = [key for key in (*sum(inner, []), *row_totals, *column_totals, part) if tables.count(key)]
    hidden = draw(st.lists(st.sampled_from(may_hide), unique=True, max_size=4)) if may_hide else []
    return tables.system(), frozenset(hidden)
