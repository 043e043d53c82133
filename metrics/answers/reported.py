"""Lists as they were reported: those that a kept night showed, or that a panel froze; and the figures as first reported.

Tonight's extracts say what is now known of an earlier date. What was said on that date stands in the night of that date, which
nothing ever changes, or in the panel's own record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import duckdb
import pandas

from data.night.night import Night, known_faults, open_night
from data.sql_results import one_value
from data.store.store import Store
from metrics.engine.absence import Absence, from_stored
from metrics.engine.engine import QuestionError
from metrics.engine.gate import rows_within
from metrics.engine.plain import plain_rows
from metrics.engine.scope import Scope
from words.labels import NOT_KEPT

ROW_COLUMNS = ["rule", "child_id", "service", "team", "worker", "since", "limit_date", "days_over", "in_care"]
NIGHT, PANEL = "night", "panel"

LISTED = """
select
    listed.rule,
    listed.child_id,
    listed.service,
    listed.team,
    listed.worker,
    listed.since,
    listed.limit_date,
    listed.days_over,
    spine.child_id is not null as in_care
from listed
left join spine on spine.as_at = listed.as_at and spine.child_id = listed.child_id
where listed.policy = $policy_id and listed.as_at = $as_at and {on_list}
order by listed.rule, listed.days_over desc, length(listed.child_id), listed.child_id
"""

COUNTED = """
select rule, service, team, worker, {child}, count(*) as children
from listed
where policy = $policy_id and as_at = $as_at and {on_list}
group by all
"""

# A night that was published before a list could begin the day after its limit began every list on the day itself.
HAS_ON_LIST = "select count(*) from duckdb_columns() where table_name = 'listed' and column_name = 'on_list'"
ON_LIST, BEFORE_ON_LIST = "on_list", "days_over >= 0"

STATES = "select rule, missing from rule_state where policy = $policy_id"


@dataclass(frozen=True)
class Reported:
    """The lists of one policy as they were reported on a day.

    ``source`` is ``night`` or ``panel``; ``label`` says in words where the lists come from. ``rows``: a row for every child on every
    list, in the whole county: rule, child_id, service, team, worker, since, limit_date, days_over, in_care (whether the child was in
    care on the day). They name every child, so they go to no page as they are: ``drift`` masks what may not be seen.
    ``counted`` are the rules that were counted then, ``absences`` why the others had no figure, by rule.
    """

    as_at: date
    policy_id: str
    night_name: str
    source: str
    label: str
    rows: pandas.DataFrame = field(compare=False, repr=False)
    counted: tuple[str, ...]
    absences: Mapping[str, Absence] = field(default_factory=dict)

    def figures(self, scope: Scope) -> dict[str, int | None]:
        """How many children of the scope were on each rule's list; None for a rule that had no figure."""
        here = self.rows[rows_within(self.rows, scope)]["rule"].value_counts()
        return {rule: int(here.get(rule, 0)) for rule in self.counted} | dict.fromkeys(self.absences)


@dataclass(frozen=True)
class FirstReported:
    """The figures of a date as they were first reported.

    ``label`` says where they come from, or why there are none (``children`` is then empty, which is *not kept* and not zero).
    ``children``: rule -> children; None for a rule that had no figure then, for which ``absences`` says why. A rule that is not there was
    not counted.
    """

    as_at: date
    label: str
    children: Mapping[str, int | None]
    absences: Mapping[str, Absence] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        return bool(self.children)


def reported_nights(store: Store) -> dict[date, Night]:
    """The kept nights by their date, oldest first; of several publications of a date the first, which is what was reported then. One whose
    date was wrong is none of them."""
    nights: dict[date, Night] = {}
    for night in sorted(store.dated_nights(), key=lambda night: (night.as_at, night.sequence)):
        nights.setdefault(night.as_at, night)
    return nights


def reported_from_night(night: Night, policy_id: str) -> Reported:
    """The lists that a kept night has stored for its own date, under the rules as they were then.

    Raises QuestionError where the night is damaged, did not use the policy, or was written too long ago to be read.
    """
    found = _asked_of(night, (STATES, {"policy_id": policy_id}), (LISTED, {"policy_id": policy_id, "as_at": night.as_at}))
    states = {row["rule"]: from_stored(row["missing"]) for row in plain_rows(found[0])}
    if not states:
        raise QuestionError(f"The load of {night.as_at:%d/%m/%Y} did not use the policy '{policy_id}'.")
    return Reported(
        as_at=night.as_at,
        policy_id=policy_id,
        night_name=night.name,
        source=NIGHT,
        label=_label(night),
        rows=found[1],
        counted=tuple(rule for rule, absence in states.items() if absence is None),
        absences={rule: absence for rule, absence in states.items() if absence},
    )


def first_reported(
    store: Store, policy_id: str, scope: Scope, dates: Iterable[date], panels: Mapping[date, Reported] | None = None
) -> tuple[FirstReported, ...]:
    """The figures of each date as first reported: by the first publication of its night that is still kept, else by the panel
    frozen for that date (``panels``). Oldest first.
    """
    nights = reported_nights(store)
    return tuple(_first(nights.get(day), (panels or {}).get(day), policy_id, scope, day) for day in sorted(set(dates)))


def _first(night: Night | None, panel: Reported | None, policy_id: str, scope: Scope, day: date) -> FirstReported:
    why = NOT_KEPT
    if night is not None:
        asked = {"policy_id": policy_id}
        # Whose cases are seen is known by the child alone.
        child = "child_id" if scope.reach and scope.reach.cases else "null as child_id"
        try:
            states, counted = _asked_of(night, (STATES, asked), (COUNTED.replace("{child}", child), {**asked, "as_at": day}))
        except QuestionError as error:
            why = str(error)
        else:
            missing = {row["rule"]: from_stored(row["missing"]) for row in plain_rows(states)}
            if missing:
                here = counted[rows_within(counted, scope)].groupby("rule")["children"].sum()
                children = {rule: None if absence else int(here.get(rule, 0)) for rule, absence in missing.items()}
                return FirstReported(day, _label(night), children, {rule: one for rule, one in missing.items() if one})
    if panel is not None:
        return FirstReported(day, panel.label, panel.figures(scope), panel.absences)
    return FirstReported(day, why, {})


def _label(night: Night) -> str:
    return f"the load of {night.as_at:%d/%m/%Y}, as it was published on {night.published_at:%d/%m/%Y}"


def _asked_of(night: Night, *questions: tuple[str, dict]) -> list[pandas.DataFrame]:
    """The answers of one kept night, which must be as it was published."""
    if damage := known_faults(night):
        raise QuestionError(f"The load of {night.as_at:%d/%m/%Y} is damaged and cannot be read: {'; '.join(damage)}.")
    connection = open_night(night)
    try:
        on_list = ON_LIST if one_value(connection.execute(HAS_ON_LIST)) else BEFORE_ON_LIST
        return [connection.execute(sql.format(on_list=on_list), parameters).df() for sql, parameters in questions]
    except duckdb.CatalogException as error:
        raise QuestionError(
            f"The load of {night.as_at:%d/%m/%Y} was written by an older version and has no lists that can be read; choose another date."
        ) from error
    finally:
        connection.close()
