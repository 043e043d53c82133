"""The one place that answers: how many, which children, who comes next. Pages, packs and the command line all ask here.

A night keeps its lists for its standing dates (the night's own date and the month ends before it). Any other date, or a
policy changed since the night, is computed on demand by the same SQL, once, and kept for as long as the engine lives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import duckdb
import pandas

from data import restrictions
from data.errors import TrackerError
from data.settings import Settings
from data.store import Night, open_night
from metrics.computed import ComputedDays, Make, beside
from metrics.counting import fingerprint, list_children, supplied_tables
from metrics.policy import Policy, Rule, policies_in_use
from metrics.scope import RESTRICTED, WITHIN, Scope
from metrics.spine import EVERY, build_spine

GROUPS = ("county", "service", "team", "worker")
RESTRICTED_RECORD = "Restricted record"
LISTS = "the lists of these days"

FIGURES = """
with population_here as (
    select listed.as_at, {group} as group_name, {counted_population} as children
    from {population} as listed
    where listed.as_at = any($dates::date[]) and {within}
    group by all
),

figure_here as (
    select listed.rule, listed.as_at, {group} as group_name, {counted_figure} as children
    from {figure} as listed
    where listed.policy = $policy_id and listed.as_at = any($dates::date[]) and {within}
    group by all
),

-- A team may have nobody in care and still have children on a rule that goes beyond those in care.
group_here as (
    select as_at, group_name from population_here
    union
    select as_at, group_name from figure_here
)

select
    group_here.as_at,
    rule_state.policy,
    rule_state.rule,
    group_here.group_name,
    case when rule_state.missing is null then coalesce(figure_here.children, 0) end::bigint as children,
    coalesce(population_here.children, 0)::bigint as population
from group_here
cross join rule_state
left join population_here using (as_at, group_name)
left join figure_here
    on figure_here.rule = rule_state.rule
    and figure_here.as_at = group_here.as_at
    and figure_here.group_name = group_here.group_name
where rule_state.policy = $policy_id
order by group_here.as_at, group_here.group_name
"""

CHILDREN = """
with restricted as ({restricted})

select
    listed.as_at,
    listed.policy,
    listed.rule,
    case when hidden then '{restricted_record}' else listed.child_id end as child_id,
    case when not hidden then person.pers_legacy_id end as legacy_id,
    case when not hidden then trim(concat_ws(' ', person.pers_forename, person.pers_surname)) end as name,
    case when not hidden then age_in_years(person.pers_dob, listed.as_at) end as age,
    listed.service,
    listed.team,
    case when hidden then '{restricted_record}' else listed.worker end as worker,
    case when not hidden then spine.plan_shown end as plan,
    listed.since,
    case when not hidden then listed.recorded_since end as recorded_since,
    case when not hidden then listed.observed_since end as observed_since,
    case when not hidden then clock_in_words(listed.recorded_since, listed.observed_since) end as clock,
    listed.limit_date,
    listed.days_over,
    case when not hidden then spine.legal_statuses end as legal_status,
    case
        when hidden then null
        when spine.child_number is null then 'not in care'
        when spine.placement_known then spine.placement_type || ' ' || coalesce(placement_code.label, '')
        else 'not known'
    end as placement,
    case when not hidden then spine.last_review_date end as last_review_date,
    case when not hidden then listed.detail end as detail
from listed
left join spine using (as_at, child_number)
join ssd_person as person on person.rowid = listed.child_number
left join codes as placement_code
    on placement_code.code_set = 'placement_type' and placement_code.code = spine.placement_type
left join restricted on restricted.person_id = listed.child_id
cross join lateral (select restricted.person_id is not null as hidden)
where listed.policy = $policy_id
    and list_contains($rules::varchar[], listed.rule)
    and listed.as_at = $as_at
    and listed.days_over between $from_days and $to_days
    and ($to_days >= 0 or person.pers_dob is null or age_in_years(person.pers_dob, listed.limit_date) < 18)
    and {within}
order by listed.days_over desc, listed.since, length(listed.child_id), listed.child_id, listed.rule
"""


GROUPS_ON_DAY = """
select service, team, sum(children)::bigint as children
from population
where as_at = $as_at
group by all
order by service, team
"""


class QuestionError(TrackerError):
    """The question cannot be answered as it was put; the message says why and what can be asked."""


class Engine:
    """Answers from one published night, under the council's settings.

    Safe to share between threads: every question has a cursor of its own. All dates are days; all counts are of children.
    """

    def __init__(self, night: Night, settings: Settings) -> None:
        self.night = night
        self.settings = settings
        self.policies: dict[str, Policy] = policies_in_use(settings)
        self._connection = open_night(night)
        self._hiding = restrictions.hiding(night, self._connection.cursor())
        rows = self._connection.cursor().execute("select as_at from reporting_dates order by as_at").fetchall()
        self.reporting_dates: tuple[date, ...] = tuple(row[0] for row in rows)
        self.supplied: dict[str, bool] = supplied_tables(self._connection.cursor())
        self._computed = ComputedDays(beside(night))
        self._stored_are_current = self._fingerprints_match()

    @property
    def as_at(self) -> date:
        """The night's own date: the latest day that can be asked about."""
        return self.night.as_at

    @property
    def withheld(self) -> str | None:
        """Why every child is shown as a restricted one, in a sentence; None where it is known whose records are restricted."""
        return self._hiding.withheld if self._hiding else None

    def _fingerprints_match(self) -> bool:
        stored = {
            (policy, rule): mark
            for policy, rule, mark in self._connection.cursor()
            .execute("select policy, rule, fingerprint from rule_state")
            .fetchall()
        }
        return all(
            stored.get((policy.id, rule.id)) == fingerprint(rule, self.settings)
            for policy in self.policies.values()
            for rule in policy.rules
        )

    def rule(self, policy_id: str, rule_id: str) -> Rule:
        """One rule of a policy in use. Raises QuestionError or PolicyError naming what there is."""
        if policy_id not in self.policies:
            raise QuestionError(f"The policy '{policy_id}' is not in use; settings.toml has {', '.join(self.policies)}.")
        return self.policies[policy_id].rule(rule_id)

    def missing(self, rule: Rule) -> tuple[str, ...]:
        """The extracts without which a rule shows *not supplied*. Empty when it can be counted."""
        return rule.measure.missing(self.supplied)

    def trend_dates(self, as_at: date, months: int = 13) -> tuple[date, ...]:
        """A date and the month ends before it, oldest first: ``months`` dates in all."""
        day, dates = as_at, [as_at]
        while len(dates) < months:
            day = day.replace(day=1) - timedelta(days=1)
            dates.append(day)
        return tuple(reversed(dates))

    def _check_dates(self, dates: Iterable[date]) -> tuple[date, ...]:
        days = tuple(sorted(set(dates)))
        if not days:
            raise QuestionError("No reporting date was asked for.")
        if days[-1] > self.as_at:
            raise QuestionError(
                f"{days[-1]:%d/%m/%Y} is later than the night of {self.as_at:%d/%m/%Y}; ask for that day or an earlier one."
            )
        return days

    def _are_kept(self, days: tuple[date, ...]) -> bool:
        return self._stored_are_current and set(days) <= set(self.reporting_dates)

    def kept(self, dates: Iterable[date]) -> tuple[date, ...]:
        """Those of the dates whose lists the night keeps, under the definitions that are in use now."""
        return tuple(day for day in dates if day in self.reporting_dates) if self._stored_are_current else ()

    def parts(self, dates: Iterable[date]) -> tuple[tuple[date, ...], ...]:
        """Dates as one cursor each answers them: those that the night keeps, and those that must be computed, where there are any."""
        days = self._check_dates(dates)
        kept = tuple(day for day in days if self._stored_are_current and day in self.reporting_dates)
        return tuple(part for part in (kept, tuple(day for day in days if day not in kept)) if part)

    def _masked(self, cursor: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        """A cursor on which the records that the store hides besides the night's own are hidden too."""
        if self._hiding:
            cursor.execute(self._hiding.sql, self._hiding.parameters)
        return cursor

    @contextmanager
    def cursor(self, dates: Iterable[date]) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor on which the spine, the option clocks, the lists, the figures and the populations hold these dates.

        It is the caller's own, and others may read at the same time. Raises QuestionError for a date after the night.
        """
        days = self._check_dates(dates)
        if self._are_kept(days):
            with self._connection.cursor() as cursor:
                yield self._masked(cursor)
        else:
            with self._computed.cursor(days, self._steps(days)) as cursor:
                yield self._masked(cursor)

    def _steps(self, days: tuple[date, ...]) -> dict[str, Make]:
        """What must be made before these days can be read."""

        def lists(cursor: duckdb.DuckDBPyConnection) -> None:
            build_spine(cursor, days, self.settings, keep=EVERY)
            list_children(cursor, self.policies.values(), days, self.settings, keep=True)

        return {} if self._are_kept(days) else {LISTS: lists}

    @contextmanager
    def cursor_with(self, day: date, table: str, make: Make) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor as ``cursor`` gives it, with a table that the night does not keep for the day.

        ``make`` makes the table, on a cursor whose tables last. It is asked once, for as long as the engine lives or until other
        days take its place.
        """
        days = self._check_dates((day,))
        with self._computed.cursor(days, {**self._steps(days), table: make}) as cursor:
            yield self._masked(cursor)

    def figures(self, policy_id: str, scope: Scope, by: str = "county", dates: Iterable[date] | None = None) -> pandas.DataFrame:
        """How many children are at or over each rule's limit, by group and date.

        ``by`` is one of county, service, team, worker; ``dates`` default to the night's own. Columns: as_at, policy, rule,
        <by>, children (missing where the rule's extracts were not supplied), population (children in care in the group).
        """
        if by not in GROUPS:
            raise QuestionError(f"'{by}' is not a way to group; use one of {', '.join(GROUPS)}.")
        days = self._check_dates(dates or (self.as_at,))
        stored = self.kept(days)
        if stored and len(stored) < len(days):
            # A day of its own beside the night's month ends: only that day is computed.
            asked = (stored, [day for day in days if day not in stored])
            parts = [self.figures(policy_id, scope, by, part) for part in asked]
            return pandas.concat(parts, ignore_index=True).sort_values("as_at", kind="stable", ignore_index=True)
        rules = self.policies[policy_id].rules if policy_id in self.policies else self.rule(policy_id, "")
        by_worker = by == "worker" or scope.workers is not None
        stored = "(select *, null::varchar as worker from {})"
        sql = FIGURES.format(
            group="$county::varchar" if by == "county" else f"listed.{by}",
            population="spine" if by_worker else stored.format("population"),
            counted_population="count(*)" if by_worker else "sum(listed.children)",
            figure="(select * from listed where days_over >= 0)" if by_worker else stored.format("figure"),
            counted_figure="count(*)" if by_worker else "sum(listed.children)",
            within=WITHIN,
        )
        parameters = {"policy_id": policy_id, "dates": list(days), **scope.parameters}
        if by == "county":
            parameters["county"] = self.settings.council
        with self.cursor(days) as cursor:
            frame = cursor.execute(sql, parameters).df()
        if by == "county":
            frame = self._with_empty_days(frame, days, policy_id, rules)
        order = {rule.id: place for place, rule in enumerate(rules)}
        frame = frame.sort_values(
            ["as_at", "group_name", "rule"],
            key=lambda column: column.map(order) if column.name == "rule" else column,
            kind="stable",
        )
        frame["children"] = frame["children"].astype("Int64")
        frame["population"] = frame["population"].astype("Int64")
        return frame.rename(columns={"group_name": by}).reset_index(drop=True)

    def _with_empty_days(
        self, frame: pandas.DataFrame, days: tuple[date, ...], policy_id: str, rules: tuple[Rule, ...]
    ) -> pandas.DataFrame:
        """A county figure of nought children in care is still a figure."""
        absent = [day for day in days if pandas.Timestamp(day) not in set(frame["as_at"])]
        rows = [
            (pandas.Timestamp(day), policy_id, rule.id, self.settings.council, None if self.missing(rule) else 0, 0)
            for day in absent
            for rule in rules
        ]
        return pandas.concat([frame, pandas.DataFrame(rows, columns=frame.columns)], ignore_index=True) if rows else frame

    def children(
        self,
        policy_id: str,
        rules: Iterable[str],
        scope: Scope,
        as_at: date | None = None,
        from_days: int = 0,
        to_days: int = 1_000_000,
    ) -> pandas.DataFrame:
        """The children on the rules' lists, longest over the limit first.

        ``from_days`` and ``to_days`` bound the days over the limit (negative: before it). Columns: as_at, policy, rule,
        child_id, legacy_id, name, age (years), service, team, worker, plan, since, recorded_since, observed_since, clock,
        limit_date, days_over, legal_status, placement, last_review_date, detail. Restricted records are rows without a name
        unless the scope's roles allow them.

        ``clock`` says in words whether ``since`` is as recorded or as observed in earlier nights, and gives the other day where
        they differ; it and the two days are missing where the clock is not that of an option of the plan.
        """
        asked = [self.rule(policy_id, rule_id).id for rule_id in rules]
        day = as_at or self.as_at
        sql = CHILDREN.format(restricted=RESTRICTED, restricted_record=RESTRICTED_RECORD, within=WITHIN)
        parameters = {
            "policy_id": policy_id,
            "rules": asked,
            "as_at": day,
            "from_days": from_days,
            "to_days": to_days,
            "roles": None if scope.roles is None else sorted(scope.roles),
            **scope.parameters,
        }
        with self.cursor((day,)) as cursor:
            frame = cursor.execute(sql, parameters).df()
        for count in ("age", "days_over"):
            frame[count] = frame[count].astype("Int64")
        return frame

    def coming_next(self, policy_id: str, scope: Scope, as_at: date | None = None, within_days: int = 90) -> pandas.DataFrame:
        """The children who will reach a limit within so many days if nothing changes, soonest first.

        The columns of ``children``, with days_over below nought, and due_in (days until the limit). A young person
        who will be 18 by then is left out.
        """
        rules = [rule.id for rule in self.policies[policy_id].rules]
        frame = self.children(policy_id, rules, scope, as_at, from_days=-within_days, to_days=-1)
        frame["due_in"] = -frame["days_over"]
        return frame

    def groups(self, as_at: date | None = None) -> pandas.DataFrame:
        """The services and teams that have children in care on the day: service, team, children."""
        day = as_at or self.as_at
        with self.cursor((day,)) as cursor:
            return cursor.execute(GROUPS_ON_DAY, {"as_at": day}).df()
