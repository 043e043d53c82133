"""The eight rules on 37 dates: our SQL against the same written in pandas, from the same typed tables, list by list."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pandas

from benchmarks.machine import Figure, ratios, turn_about
from benchmarks.nightly import AS_AT, county_extracts
from benchmarks.pandas_program import LIST_COLUMNS, pandas_lists
from data.contract.contract import tables
from data.reading.reading import read_night
from data.settings import Settings
from metrics.engine.counting import list_children
from metrics.engine.policies import policies_in_use
from metrics.nightly import standing_dates
from metrics.spine import build_spine

BAR = 0.1
SHOWN = 5
OURS = f"select {', '.join(LIST_COLUMNS)} from listed where on_list"


def differences(ours: pandas.DataFrame, theirs: pandas.DataFrame) -> list[str]:
    """One line for each row that only one of the two lists has."""
    both = ours.merge(theirs, how="outer", on=LIST_COLUMNS, indicator=True)
    apart = both[both["_merge"] != "both"].sort_values(LIST_COLUMNS)
    who = {"left_only": "only ours", "right_only": "only pandas"}
    return [
        f"{who[row['_merge']]}: {row['as_at']:%Y-%m-%d} {row['rule']} child {row['child_id']}, since {row['since']:%Y-%m-%d}, "
        f"limit {row['limit_date']:%Y-%m-%d}, {row['days_over']} days over"
        for row in apart.to_dict("records")
    ]


def run(children: int, runs: int, progress: Callable[[str], None]) -> list[Figure]:
    """The ratio, for a county of so many children in care. Raises ValueError when the two do not list the same children."""
    extracts = county_extracts(children, progress)
    settings = Settings()
    dates = standing_dates(AS_AT, settings.month_ends, settings.records_reach(AS_AT))
    with duckdb.connect() as connection:
        progress("reading the typed tables")
        read_night(connection, extracts, settings, AS_AT)
        frames = {name: connection.execute(f"from {name}").df() for name in tables()}
        policies = policies_in_use(settings)

        def ours() -> None:
            build_spine(connection, dates, settings)
            list_children(connection, policies.values(), dates, settings)

        progress("comparing the lists")
        ours()
        apart = differences(connection.execute(OURS).df(), pandas_lists(frames, dates))
        if apart:
            raise ValueError("\n".join([f"{len(apart):,} rows differ between our lists and pandas'", *apart[:SHOWN]]))
        rows = connection.execute("select count(*) from listed where on_list").fetchone()[0]
        progress(f"timing both in turns, {runs} times")
        mine, theirs = turn_about(ours, lambda: pandas_lists(frames, dates), runs)
    ratio, spread = ratios(mine, theirs)
    measured = {
        "ours": f"{mine}, every term of the spine included",
        "pandas": str(theirs),
        "ratios": spread,
        "lists": f"the same {rows:,} rows over {len(dates)} dates",
    }
    return [Figure(f"the eight rules over pandas, {children:,} children in care", ratio, BAR, " times", measured)]
