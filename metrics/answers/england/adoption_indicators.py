"""England's two adoption indicators: averages over the children adopted in the years up to a day, with the children behind them.

They are no lists of children in care, so they are no rules: an average stands on those who have been adopted. The same clocks for
children still waiting are rules of the policy, and are called operational there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

import pandas

from data.contract.contract import EARLIER_RECORDS, code_sets
from metrics.engine.engine import Engine
from metrics.engine.policy import FOLDER, PolicyError
from metrics.engine.scope import Scope
from metrics.engine.whole_council import Whole, Why
from metrics.spine import definition
from words.labels import RESTRICTED_RECORD

HERE = Path(__file__).parent
NOT_KNOWN = "Not known"
MATCHES = ("ssd_permanence", "local_carer_matches")
# What each indicator needs beyond the extracts that every night has: at least one of these.
NEEDS_ANY = {"entry_to_adoptive_family": (), "order_to_match": MATCHES}

BEHIND = """
select
    listed.child_id,
    person.pers_legacy_id as legacy_id,
    person.name,
    listed.service,
    listed.team,
    listed.adopted_date,
    listed.from_date,
    listed.to_date,
    listed.days,
    listed.in_time,
    listed.note,
    listed.adopted_in
from adopted_child as listed
left join ssd_person as person on person.rowid = listed.child_number
order by listed.days desc nulls last, listed.adopted_date desc, length(listed.child_id), listed.child_id, listed.child_number
"""


@dataclass(frozen=True)
class Indicator:
    """An adoption indicator as the policy file words it: over how many years, against how many months."""

    id: str
    title: str
    years: int
    threshold_months: int
    wording: str
    source: str


@dataclass(frozen=True)
class IndicatorFigure:
    """An indicator on a day.

    ``missing``: the extracts without which it is not supplied. ``total_days`` over ``children`` (those adopted and counted) is the
    ``average`` in days, None where there are none. ``in_time``: how many were within the threshold; ``left_out``: adopted, but
    not counted. ``by_year``: those counted, and of them those in time, by the financial year of the adoption (that in which it begins).
    ``behind``: child_id, legacy_id, name, service, team, adopted_date, from_date, to_date, days, in_time, note; of a restricted record
    service and team alone.
    """

    indicator: Indicator
    missing: tuple[str, ...]
    total_days: int | None
    children: int | None
    in_time: int | None
    left_out: int | None
    by_year: Mapping[int, tuple[int, int]]
    behind: pandas.DataFrame

    @property
    def average(self) -> float | None:
        return self.total_days / self.children if self.children and self.total_days is not None else None


def indicators(engine: Engine, policy_id: str) -> tuple[Indicator, ...]:
    """The indicators of a policy's file, the council's own file before ours. Raises PolicyError naming file, key and reason."""
    own = engine.settings.folder / "policies" / f"{policy_id}.toml" if engine.settings.folder else None
    path = own if own and own.exists() else FOLDER / f"{policy_id}.toml"
    return tuple(_indicator(path.name, entry) for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("indicator", ()))


def _indicator(file: str, entry: dict) -> Indicator:
    where = f"{file}, indicator '{entry.get('id', '?')}'"
    keys = {field.name for field in fields(Indicator)}
    if set(entry) != keys:
        wrong = sorted(set(entry) ^ keys)[0]
        raise PolicyError(
            f"{where}: the key '{wrong}' is {'not known' if wrong in entry else 'missing'}; use {', '.join(sorted(keys))}."
        )
    if entry["id"] not in NEEDS_ANY:
        raise PolicyError(f"{where}: there is no such indicator; the indicators are {', '.join(NEEDS_ANY)}.")
    for key in ("years", "threshold_months"):
        if not isinstance(entry[key], int) or isinstance(entry[key], bool) or entry[key] < 1:
            raise PolicyError(f"{where}: {key} {entry[key]!r} is not a whole number of 1 or more.")
    return Indicator(**entry)


@cache
def _adopted() -> Whole:
    text = (HERE / "adoption_indicators.sql").read_text(encoding="utf-8")
    sql = text.format(
        home_placement=definition("05_homes.sql", "home_placement"),
        placement_order_run=definition("06_placement_orders.sql", "placement_order_run"),
    )
    return Whole(
        "adopted_child",
        Why.ADOPTED,
        {"adopted_row": sql},
        # The days and the year count; the dates would tell whose brother or sister an adopted child is.
        keeps=("child_number", "service", "team", "adopted_in", "days", "in_time"),
    )


def adoption_indicators(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> tuple[IndicatorFigure, ...]:
    """Every indicator of the policy on a day (unless given, the night's own), for the children adopted from the scope's teams."""
    return tuple(_answer(engine, one, scope, as_at or engine.as_at) for one in indicators(engine, policy_id))


def _answer(engine: Engine, indicator: Indicator, scope: Scope, day: date) -> IndicatorFigure:
    needed = NEEDS_ANY[indicator.id]
    if needed and not any(engine.supplied[table] for table in needed):
        return IndicatorFigure(indicator, (" or ".join(needed),), None, None, None, None, {}, pandas.DataFrame())
    if not engine.supplied[EARLIER_RECORDS]:
        return IndicatorFigure(indicator, (EARLIER_RECORDS,), None, None, None, None, {}, pandas.DataFrame())
    parameters = {
        "as_at": day,
        "indicator": indicator.id,
        "years": indicator.years,
        "threshold_months": indicator.threshold_months,
        "adopted": [code.code for code in code_sets()["episode_ceased_reason"].codes.values() if "adoption" in code.groups],
        "not_known": NOT_KNOWN,
    }
    # Whose child it was is asked of every date that the night keeps, also where the spine is another than the night's, since a setting
    # has changed: asked of one date alone, no child who has left care would be anybody's.
    with engine.view(scope, engine.reporting_dates, (), hidden_on=day) as view:
        view.make(_adopted(), parameters)
        behind = view.execute(BEHIND).df()
    behind["days"] = behind["days"].astype("Int64")
    counted = behind[behind["days"].notna()]
    return IndicatorFigure(
        indicator,
        (),
        int(counted["days"].sum()),
        len(counted),
        int(counted["in_time"].astype(bool).sum()),
        len(behind) - len(counted),
        {int(year): (len(those), int(those["in_time"].astype(bool).sum())) for year, those in counted.groupby("adopted_in")},
        _told(behind.drop(columns="adopted_in")),
    )


def _told(behind: pandas.DataFrame) -> pandas.DataFrame:
    """The children behind an indicator: restricted records last and without their days, which a brother or sister may have too."""
    restricted = behind["child_id"] == RESTRICTED_RECORD
    told = behind.assign(days=behind["days"].mask(restricted), in_time=behind["in_time"].mask(restricted))
    return pandas.concat([told[~restricted], told[restricted]], ignore_index=True)
