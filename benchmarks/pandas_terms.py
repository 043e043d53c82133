"""What the pandas program prepares once, before any reporting date: the tables in order, plans that supersede, placements
that are interrupted, placement orders that run on.

Every frame that ``in_force`` looks at has the columns person, start and end; "the later start wins, then the higher identifier"
is the last row of a person, for each frame is sorted so.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas

TEMPORARY = ["T0", "T1", "T2", "T3", "T4"]
FAR = pandas.Timestamp("9999-01-01")
ONE_DAY = pandas.Timedelta(days=1)


@dataclass(frozen=True)
class Record:
    """The night's tables as the rules need them."""

    people: pandas.DataFrame  # person, born, died
    episodes: pandas.DataFrame  # person, start, end, period, entered
    legal_statuses: pandas.DataFrame  # person, start, end, code
    placements: pandas.DataFrame  # person, start, end, stands_for (a placement type)
    plans: pandas.DataFrame  # person, start, ran_until, options, options_ticked
    placement_orders: pandas.DataFrame  # person, start, end, since
    order_dates: pandas.DataFrame  # person, on, reversed
    adoption_matches: pandas.DataFrame  # person, on, undone
    pathway_plans: pandas.DataFrame  # person, on


def in_force(frame: pandas.DataFrame, day: pandas.Timestamp) -> pandas.DataFrame:
    """The rows in force on a day: started by it, and not ended by it."""
    return frame[(frame["start"] <= day) & ~(frame["end"] <= day)]


def _in_order(frame: pandas.DataFrame, names: dict[str, str], identifier: str, start: str = "start") -> pandas.DataFrame:
    """These columns under their short names, sorted by person, start, and identifier (its length, then its text)."""
    short = frame.rename(columns=names | {identifier: "identifier"})
    short["identifier"] = short["identifier"].astype("str").fillna("")
    short["length"] = short["identifier"].str.len()
    return short.sort_values(["person", start, "length", "identifier"], ignore_index=True)[list(names.values())]


def _episodes(frame: pandas.DataFrame) -> pandas.DataFrame:
    names = {
        "clae_person_id": "person",
        "clae_cla_episode_start_date": "start",
        "clae_cla_episode_ceased_date": "end",
        "clae_cla_id": "period",
        "clae_entered_care_date": "entered",
    }
    return _in_order(frame, names, "clae_cla_episode_id")


def _legal_statuses(frame: pandas.DataFrame) -> pandas.DataFrame:
    names = {
        "lega_person_id": "person",
        "lega_legal_status_start_date": "start",
        "lega_legal_status_end_date": "end",
        "lega_legal_status": "code",
    }
    return _in_order(frame[frame["lega_legal_status"].notna()], names, "lega_legal_status_id")


def _placements(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Placements, each with the type that it stands for: a temporary one's is that of the placement that it interrupts."""
    names = {
        "clap_person_id": "person",
        "clap_cla_placement_start_date": "start",
        "clap_cla_placement_end_date": "end",
        "clap_cla_placement_type": "type",
    }
    placements = _in_order(frame, names, "clap_cla_placement_id")
    temporary = placements[placements["type"].isin(TEMPORARY)].copy()
    ends = temporary["end"].fillna(FAR)
    covered_until = ends.groupby(temporary["person"]).cummax().groupby(temporary["person"]).shift()
    interruption = (~(temporary["start"] <= covered_until)).groupby(temporary["person"]).cumsum()
    temporary["began"] = temporary.groupby(["person", interruption])["start"].transform("min")
    settled = placements[~placements["type"].isin(TEMPORARY)]
    pairs = temporary.reset_index().merge(settled, on="person", suffixes=("", "_before"))
    pairs = pairs[(pairs["start_before"] < pairs["began"]) & ~(pairs["end_before"] < pairs["began"])]
    interrupted = pairs.drop_duplicates("index", keep="last").set_index("index")["type_before"]
    placements["stands_for"] = placements["type"]
    placements.loc[interrupted.index, "stands_for"] = interrupted
    return placements


def _plans(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Plans, each until its own end or the start of the next one."""
    names = {
        "lacp_person_id": "person",
        "lacp_cla_care_plan_start_date": "start",
        "lacp_cla_care_plan_end_date": "end",
        "lacp_options": "options",
    }
    plans = _in_order(frame, names, "lacp_table_id")
    superseded = plans.groupby("person")["start"].shift(-1)
    plans["ran_until"] = plans["end"].where(plans["end"] < superseded.fillna(FAR), superseded)
    plans["options_ticked"] = plans["options"].str.len()
    return plans


def _placement_orders(legal_statuses: pandas.DataFrame) -> pandas.DataFrame:
    """E1 rows, each with the start of its run: rows that touch, overlap or leave one day uncovered."""
    orders = legal_statuses[(legal_statuses["code"] == "E1") & ~(legal_statuses["end"] < legal_statuses["start"])].copy()
    ends = orders["end"].fillna(FAR)
    covered_until = ends.groupby(orders["person"]).cummax().groupby(orders["person"]).shift()
    run = (~(orders["start"] <= covered_until + ONE_DAY)).groupby(orders["person"]).cumsum()
    orders["since"] = orders.groupby(["person", run])["start"].transform("min")
    return orders


def _adoption_matches(permanence: pandas.DataFrame, carers: pandas.DataFrame) -> pandas.DataFrame:
    recorded = permanence[["perm_person_id", "perm_matched_date", "perm_decision_reversed_date"]]
    recorded = recorded.set_axis(["person", "on", "undone"], axis=1)
    recorded["undone"] = recorded["undone"].where(recorded["undone"] >= recorded["on"])
    local = carers.loc[carers["match_type"] == "ADOPTION", ["person_id", "match_date", "ended_date"]]
    return pandas.concat([recorded, local.set_axis(["person", "on", "undone"], axis=1)], ignore_index=True)


def prepare(frames: dict[str, pandas.DataFrame]) -> Record:
    """From the typed tables (by name) to what the rules need of them."""
    people = frames["ssd_person"][["pers_person_id", "pers_dob", "pers_death_date"]].set_axis(["person", "born", "died"], axis=1)
    legal_statuses = _legal_statuses(frames["ssd_legal_status"])
    permanence = frames["ssd_permanence"]
    orders = {"perm_person_id": "person", "perm_placement_order_date": "on", "perm_decision_reversed_date": "reversed"}
    leavers = frames["ssd_care_leavers"][["clea_person_id", "clea_pathway_plan_review_date"]]
    return Record(
        people=people,
        episodes=_episodes(frames["ssd_cla_episodes"]),
        legal_statuses=legal_statuses,
        placements=_placements(frames["ssd_cla_placement"]),
        plans=_plans(frames["ssd_cla_care_plan"]),
        placement_orders=_placement_orders(legal_statuses),
        order_dates=_in_order(permanence, orders, "perm_table_id", start="on"),
        adoption_matches=_adoption_matches(permanence, frames["local_carer_matches"]),
        pathway_plans=leavers.set_axis(["person", "on"], axis=1),
    )
