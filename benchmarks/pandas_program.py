"""The eight rules of the countywide tracker as a competent analyst would write them in pandas: what ours is measured against.

Written from section 1 of the measures' definitions and not from our SQL, so that it is also a third reading of them. What does
not depend on the reporting date is prepared once (``pandas_terms``); each date is then a handful of vectorised steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pandas

from benchmarks.pandas_terms import Record, in_force, prepare

LIST_COLUMNS = ["rule", "as_at", "child_id", "since", "limit_date", "days_over"]
PATHWAY_PLAN_AGE = 15
BEFORE_ENTRY = pandas.Timedelta(days=28)
LONGEST_GAP = pandas.Timedelta(days=28)


def _age(born: pandas.Series, on: pandas.Series | pandas.Timestamp) -> pandas.Series:
    """Whole years; missing where the birth date is."""
    day = on.dt if isinstance(on, pandas.Series) else on
    birthday_to_come = day.month * 100 + day.day < born.dt.month * 100 + born.dt.day
    return day.year - born.dt.year - birthday_to_come


def _later(one: pandas.Series, other: pandas.Series) -> pandas.Series:
    return one.where(one > other, other)


def _entered_care(children: pandas.DataFrame, episodes: pandas.DataFrame, day: pandas.Timestamp) -> pandas.Series:
    known = episodes[(episodes["start"] <= day) & episodes["period"].notna()]
    recorded = known[known["entered"].notna()].drop_duplicates(["person", "period"], keep="last")
    earliest = known.groupby(["person", "period"], as_index=False)["start"].min()
    found = (
        children[["person", "period"]]
        .merge(recorded[["person", "period", "entered"]], how="left", on=["person", "period"])
        .merge(earliest, how="left", on=["person", "period"])
    )
    others = found["entered"].fillna(found["start"]).set_axis(children.index)
    return children["entered"].fillna(others).fillna(children["start"])


def _children_in_care(record: Record, day: pandas.Timestamp) -> pandas.DataFrame:
    """One row a child in care: person, entered, age_at_entry, stands_for (placement type), matched."""
    episode = in_force(record.episodes, day).drop_duplicates("person", keep="last")
    children = episode.merge(record.people, on="person")
    statuses = in_force(record.legal_statuses, day)
    short_breaks_only = statuses["code"].isin(["V3", "V4"]).groupby(statuses["person"]).all()
    grown_up = _age(children["born"], day) >= 18
    died = children["died"] <= day
    short_breaks = children["person"].isin(short_breaks_only.index[short_breaks_only])
    children = children[~grown_up & ~died & ~short_breaks].reset_index(drop=True)
    children["entered"] = _entered_care(children, record.episodes, day)
    children["age_at_entry"] = _age(children["born"], children["entered"])
    placement = in_force(record.placements, day).drop_duplicates("person", keep="last")
    children = children.merge(placement[["person", "stands_for"]], how="left", on="person")
    matches = _of_this_period(record.adoption_matches, children, day)
    children["matched"] = children["person"].isin(matches.loc[~(matches["undone"] <= day), "person"])
    return children


def _of_this_period(events: pandas.DataFrame, children: pandas.DataFrame, day: pandas.Timestamp) -> pandas.DataFrame:
    """The events of these children from entry to care up to the day."""
    happened = events[events["on"] <= day].merge(children[["person", "entered"]], on="person")
    return happened[happened["on"] >= happened["entered"]]


def _plans_that_count(record: Record, children: pandas.DataFrame, day: pandas.Timestamp) -> pandas.DataFrame:
    started = record.plans[record.plans["start"] <= day].merge(children[["person", "entered"]], on="person")
    return started[started["start"] >= started["entered"] - BEFORE_ENTRY]


def _option_clocks(plans: pandas.DataFrame, day: pandas.Timestamp) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """Since when each option has been the plan (person, option, options, since), and since when there is none (person, since)."""
    ticked = plans[(plans["options_ticked"] > 0) & ~(plans["ran_until"] <= plans["start"])].copy()
    ticked["turn"] = ticked.groupby("person").cumcount()
    ticked["ran_until_before"] = ticked.groupby("person")["ran_until"].shift()
    by_option = ticked.explode("options").rename(columns={"options": "option"})
    before = by_option.groupby(["person", "option"])["turn"].shift()
    broken = (before != by_option["turn"] - 1) | (by_option["start"] - by_option["ran_until_before"] > LONGEST_GAP)
    by_option["run"] = broken.groupby([by_option["person"], by_option["option"]]).cumsum()
    by_option["since"] = by_option.groupby(["person", "option", "run"])["start"].transform("min")
    by_option["since"] = _later(by_option["since"], by_option["entered"])
    on_day = by_option[~(by_option["ran_until"] <= day)]
    last = ticked.drop_duplicates("person", keep="last")
    ran_out = last[last["ran_until"] <= day]
    none_since = ran_out.assign(since=_later(ran_out["ran_until"], ran_out["entered"]))
    return on_day[["person", "option", "options_ticked", "since"]], none_since[["person", "since"]]


def _placement_orders(record: Record, children: pandas.DataFrame, day: pandas.Timestamp) -> pandas.DataFrame:
    """The children subject to a placement order: person, since."""
    by_status = in_force(record.placement_orders, day).groupby("person", as_index=False)["since"].min()
    by_status = by_status[by_status["person"].isin(children["person"])]
    others = children[~children["person"].isin(by_status["person"])]
    orders = _of_this_period(record.order_dates, others, day).drop_duplicates("person", keep="last")
    reversed_by_now = (orders["reversed"] >= orders["on"]) & (orders["reversed"] <= day)
    started = record.legal_statuses[record.legal_statuses["start"] <= day].drop_duplicates("person", keep="last")
    orders = orders[~reversed_by_now].merge(started[["person", "start"]], how="left", on="person")
    orders = orders[~(orders["start"] > orders["on"])]
    return pandas.concat([by_status, orders[["person", "on"]].rename(columns={"on": "since"})], ignore_index=True)


def _conditions(record: Record, day: pandas.Timestamp) -> dict[str, tuple[pandas.DataFrame, int]]:
    """Each rule's children with the start of their clock, and the rule's limit in months."""
    children = _children_in_care(record, day)
    clocks, ran_out = _option_clocks(_plans_that_count(record, children, day), day)
    clocks = clocks.merge(children[["person", "stands_for", "matched"]], on="person")
    unplanned = children[~children["person"].isin(clocks["person"])].merge(ran_out, how="left", on="person")
    unplanned["since"] = unplanned["since"].fillna(unplanned["entered"])
    reviewed = _of_this_period(record.pathway_plans, unplanned, day)["person"]
    exempt = (unplanned["age_at_entry"] >= PATHWAY_PLAN_AGE) & unplanned["person"].isin(reviewed)
    adoption = clocks[clocks["option"] == "adoption"]
    not_placed = adoption[~adoption["stands_for"].isin(["A3", "A4", "A5", "A6"])]
    return {
        "no_current_plan": (unplanned[~exempt], 0),
        "return_home_6m": (clocks[clocks["option"] == "return_home"], 6),
        "placement_order_12m": (_placement_orders(record, children, day), 12),
        "adoption_no_placement": (not_placed[~not_placed["matched"] & ~not_placed["stands_for"].isin(["U2", "U5"])], 0),
        "plan_other": (clocks[(clocks["option"] == "other") & (clocks["options_ticked"] == 1)], 0),
        "adoption_not_placed": (not_placed, 0),
        "ltf_12m": (clocks[clocks["option"] == "long_term_fostering"], 12),
        "plan_residential": (clocks[clocks["option"] == "residential"], 0),
    }


def pandas_lists(
    frames: dict[str, pandas.DataFrame],
    reporting_dates: Iterable[date],
    progress: Callable[[str], None] = lambda text: None,
) -> pandas.DataFrame:
    """Every child at or over a rule's limit on each date: rule, as_at, child_id, since, limit_date, days_over.

    ``frames`` are the typed tables by name, as DuckDB gives them.
    """
    record = prepare(frames)
    lists = []
    for as_at in reporting_dates:
        day = pandas.Timestamp(as_at)
        progress(f"pandas: {as_at}")
        for rule, (found, months) in _conditions(record, day).items():
            answer = found[["person", "since"]].rename(columns={"person": "child_id"})
            answer["limit_date"] = answer["since"] + pandas.DateOffset(months=months)
            answer["days_over"] = (day - answer["limit_date"]).dt.days
            lists.append(answer[answer["days_over"] >= 0].assign(rule=rule, as_at=day))
    return pandas.concat(lists, ignore_index=True)[LIST_COLUMNS]
