"""The one place that answers: how many, which children, who comes next. Pages, packs and the command line all ask here.

A night keeps its lists for its standing dates (the night's own date and the month ends before it). Any other date, or a
rule changed since the night, is computed on demand by the same SQL, once, and kept for as long as the engine lives: rule by rule,
so that a changed rule costs no other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import numpy
import pandas

from data.contract.contract import EARLIER_RECORDS
from data.errors import TrackerError
from data.invented import is_invented, only_invented, shown_name
from data.restrictions import restrictions
from data.settings import Settings, check_records_reach
from data.sql_results import one_value
from data.store.store import Night, open_night
from metrics.engine import counts
from metrics.engine.absence import NOT_SUPPLIED, Absence, from_stored
from metrics.engine.computed import ComputedDays, Prepare, beside
from metrics.engine.counting import (
    BY_RULE,
    CREATE,
    KEPT_POPULATIONS,
    POPULATION,
    add_rules,
    declared_absence,
    fingerprint,
    questions_of,
    spine_fingerprint,
    supplied_tables,
)
from metrics.engine.counts import GROUPS, NO_POLICY, WORKER, Counts, KeptCounts
from metrics.engine.gate import View, cases_of, groups_within, hidden_children, tables_of
from metrics.engine.kept_views import KeptViews
from metrics.engine.plain import COUNT, TEXT, coded_in_words, frame_of, typed_frame
from metrics.engine.policies import policies_and_problems
from metrics.engine.policy import Policy, Rule
from metrics.engine.rows import CHILD_COLUMNS, COMING_COLUMNS, FigureRow, GroupRow, figures_frame
from metrics.engine.scope import NO_ROLES, Reach, Scope
from metrics.engine.whole_council import Lasting, Why
from metrics.populations import CHILDREN_IN_CARE
from metrics.spine import EVERY, KEPT, build_for, build_spine, made_by, written

EVERYBODY = Scope.whole_council(roles=NO_ROLES)
# A rule by its policy and its id.
Key = tuple[str, str]
SPINE, LISTS = "the spine", "tables for lists"
HAS_SPINE_STATE = "select count(*) from duckdb_tables() where table_name = 'spine_state'"
COPY = """
insert into {table}
select kept.*
from {night}.{table} as kept
join (select unnest($policies::varchar[]) as policy, unnest($rules::varchar[]) as rule) using (policy, rule)
"""

GROUP_COLUMNS = {"service": TEXT, "team": TEXT, "children": COUNT}

CHILDREN = """
select
    listed.as_at,
    listed.policy,
    listed.rule,
    listed.child_id,
    listed.legacy_id,
    listed.name,
    listed.age,
    listed.service,
    listed.team,
    listed.worker,
    listed.plan_shown as plan,
    listed.since,
    listed.recorded_since,
    listed.observed_since,
    clock_in_words(listed.recorded_since, listed.observed_since) as clock,
    listed.limit_date,
    listed.days_over,
    coalesce(listed.on_list, false) as on_list,
    listed.backlog,
    listed.legal_statuses as legal_status,
    listed.placement,
    listed.last_review_date,
    listed.detail
from listed_by_name as listed
where listed.policy = $policy_id
    and list_contains($rules::varchar[], listed.rule)
    and listed.as_at = $as_at
    and {which}
order by {first}listed.days_over desc, listed.since, length(listed.child_id), listed.child_id, listed.child_number, listed.rule
"""
ON_LIST = """case
        when listed.on_list is null then $apart
        else listed.on_list or coalesce(listed.days_over >= -$days_before::integer, false)
    end"""
OF_BACKLOG = f"listed.backlog is not null and {ON_LIST}"
# Not yet on the list: on the very day of a limit that has to be passed, a child is still to come. Who will be an adult by then never
# reaches it.
COMING = "not listed.on_list and listed.days_over >= -$days_before::integer and not listed.adult_by_limit"
LISTED_OR_COMING = f"(listed.on_list or {COMING})"


class QuestionError(TrackerError):
    """The question cannot be answered as it was put; the message says why and what can be asked."""


class Engine:
    """Answers from one published night, under the council's settings.

    Safe to share between threads: every question has a cursor of its own. All dates are days; all counts are of children.
    """

    def __init__(self, night: Night, settings: Settings) -> None:
        self.night = night
        self.settings = settings
        check_records_reach(settings, night.as_at)
        in_use = policies_and_problems(settings)
        self.policies: dict[str, Policy] = in_use.policies
        self.problems: tuple[str, ...] = in_use.problems
        self._connection = open_night(night)
        self._hiding = restrictions.hiding(night, self._connection.cursor())
        rows = self._connection.cursor().execute("select as_at from reporting_dates order by as_at").fetchall()
        self.reporting_dates: tuple[date, ...] = tuple(row[0] for row in rows)
        self.supplied: dict[str, bool] = supplied_tables(self._connection.cursor())
        self._computed = ComputedDays(beside(night))
        self._spine_is_kept = self._spine_matches()
        self._only_invented: bool | None = None
        self._views = KeptViews()
        self._counts = KeptCounts()
        self._cases: dict[Reach, tuple[tuple[str, str | None], ...]] = {}
        self._hidden: dict[tuple[frozenset[str] | None, date], frozenset[str]] = {}
        self._kept_rules: dict[Key, Absence | None] = self._matching_rules()

    @property
    def as_at(self) -> date:
        """The night's own date: the latest day that can be asked about."""
        return self.night.as_at

    @property
    def withheld(self) -> str | None:
        """Why every child is shown as a restricted one, in a sentence; None where it is known whose records are restricted."""
        return self._hiding.withheld if self._hiding else None

    @property
    def is_synthetic(self) -> bool:
        """Whether every child is invented: the council says so by its name, and no child can be real (``data.invented``)."""
        if not is_invented(self.settings.council):
            return False
        if self._only_invented is None:
            # A load of an older version has only its names to say so.
            noted = self.night.manifest.get("invented")
            with self._connection.cursor() as cursor:
                self._only_invented = only_invented(cursor, lambda: False) if noted is None else noted is True
        return self._only_invented

    @property
    def council(self) -> str:
        """The council's name, as pages and packs say it."""
        return shown_name(self.settings.council, self.is_synthetic)

    def _spine_matches(self) -> bool:
        """Whether the night's spine is what today's definitions and roles would give."""
        cursor = self._connection.cursor()
        if not one_value(cursor.execute(HAS_SPINE_STATE)):
            return False
        return one_value(cursor.execute("select fingerprint from spine_state")) == spine_fingerprint(self.settings)

    def _matching_rules(self) -> dict[Key, Absence | None]:
        """The rules whose lists the night keeps as they would be made now, and why any of them has none."""
        if not self._spine_is_kept:
            return {}
        rows = self._connection.cursor().execute("select policy, rule, fingerprint, missing from rule_state").fetchall()
        stored = {(policy, rule): (mark, missing) for policy, rule, mark, missing in rows}
        return {
            (rule.policy, rule.id): from_stored(stored[(rule.policy, rule.id)][1])
            for rule in self._every_rule()
            if stored.get((rule.policy, rule.id), ("",))[0] == fingerprint(rule, self.settings)
        }

    def _every_rule(self) -> tuple[Rule, ...]:
        return tuple(rule for policy in self.policies.values() for rule in policy.rules)

    def rule(self, policy_id: str, rule_id: str) -> Rule:
        """One rule of a policy in use. Raises QuestionError or PolicyError naming what there is."""
        return self.policy(policy_id).rule(rule_id)

    def policy(self, policy_id: str) -> Policy:
        """A policy in use. Raises QuestionError for another."""
        if policy_id not in self.policies:
            raise QuestionError(f"The policy '{policy_id}' is not in use; settings.toml has {', '.join(self.policies)}.")
        return self.policies[policy_id]

    def rule_over(self, policy_id: str, measure: str) -> Rule:
        """The rule of a policy over a measure. Raises QuestionError or PolicyError where there is none."""
        return self.policy(policy_id).rule_over(measure)

    def policies_with_page(self, page: str) -> tuple[str, ...]:
        """The policies in use that bring a page of their own, in the settings' order; empty where none does."""
        return tuple(policy.id for policy in self.policies.values() if page in policy.pages)

    def policy_of_page(self, page: str) -> str:
        """The first policy in use that brings a page. Raises QuestionError where none does."""
        for policy in self.policies_with_page(page):
            return policy
        raise QuestionError(
            f"No policy in use brings the page '{page}': settings.toml has {', '.join(self.policies)}. "
            "Add a policy whose file names it in 'pages'."
        )

    def policy_providing(self, what: str) -> str | None:
        """The first policy in use that provides something (``policy_pages.PROVIDES``); None where none does."""
        return next((policy.id for policy in self.policies.values() if what in policy.provides), None)

    def absence(self, rule: Rule, as_at: date | None = None) -> Absence | None:
        """Why a rule has no figure on a day (unless given, the night's own): *not supplied* or *not available*. None when it has one."""
        return self._absence(rule, (as_at or self.as_at,))

    def _absence(self, rule: Rule, part: tuple[date, ...]) -> Absence | None:
        """The same on days that are computed together: one of ``parts``."""
        key = rule.policy, rule.id
        declared = declared_absence(rule, self.supplied)
        if declared:
            return declared
        if self._is_kept(part, (rule,)):
            return self._kept_rules[key]
        days = self._held_days(part)
        return self._computed.made(days, self._lists_of(days, (rule,)))[key]

    def is_recomputed(self, rule: Rule) -> bool:
        """Whether a rule's lists are not those of the night's load, since the rule, or a setting of it, has changed since."""
        return (rule.policy, rule.id) not in self._kept_rules

    def trend_dates(self, as_at: date, months: int = 13) -> tuple[date, ...]:
        """A date and the month ends before it, oldest first: ``months`` dates in all, save those before the records."""
        day, dates = as_at, [as_at]
        while len(dates) < months:
            day = day.replace(day=1) - timedelta(days=1)
            dates.append(day)
        return tuple(reversed([dates[0], *(day for day in dates[1:] if day >= self.records_from)]))

    @property
    def records_from(self) -> date:
        """The first day that the records can be relied on: the earliest day that can be asked about.

        A load that shows one day (``EARLIER_RECORDS`` not supplied) can be asked about that day only.
        """
        if not self.supplied[EARLIER_RECORDS]:
            return self.as_at
        return self.settings.records_reach(self.as_at)

    def _check_dates(self, dates: Iterable[date]) -> tuple[date, ...]:
        days = tuple(sorted(set(dates)))
        if not days:
            raise QuestionError("No reporting date was asked for.")
        if days[-1] > self.as_at:
            raise QuestionError(
                f"{days[-1]:%d/%m/%Y} is later than the load of {self.as_at:%d/%m/%Y}; choose that day or an earlier one."
            )
        if days[0] < self.records_from == self.as_at:
            raise QuestionError(
                f"{days[0]:%d/%m/%Y} is before the data load of {self.as_at:%d/%m/%Y}, whose extracts show that day only; choose that day."
            )
        if days[0] < self.records_from:
            raise QuestionError(
                f"{days[0]:%d/%m/%Y} is before the records, which reach back to {self.records_from:%d/%m/%Y}; choose that day or a "
                "later one."
            )
        return days

    def _asked(self, rules: Iterable[Rule] | None) -> tuple[Rule, ...]:
        return self._every_rule() if rules is None else tuple(rules)

    def _are_standing(self, days: Iterable[date]) -> bool:
        """Whether the night keeps the spine of these days, by today's definitions."""
        return self._spine_is_kept and set(days) <= set(self.reporting_dates)

    def _is_kept(self, days: Iterable[date], rules: Iterable[Rule]) -> bool:
        return self._are_standing(days) and all((rule.policy, rule.id) in self._kept_rules for rule in rules)

    def kept(self, dates: Iterable[date], rules: Iterable[Rule] | None = None) -> tuple[date, ...]:
        """Those of the dates for which the night itself keeps the lists of these rules (all in use, unless given) as they are now."""
        asked = self._asked(rules)
        return tuple(day for day in dates if self._is_kept((day,), asked))

    def parts(self, dates: Iterable[date]) -> tuple[tuple[date, ...], ...]:
        """Dates as one cursor each answers them: those whose spine the night keeps, and the others, where there are any."""
        days = self._check_dates(dates)
        standing = tuple(day for day in days if self._are_standing((day,)))
        return tuple(part for part in (standing, tuple(day for day in days if day not in standing)) if part)

    def _masked(self, cursor: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        """A cursor on which the records that the store hides besides the night's own are hidden too."""
        if self._hiding:
            cursor.execute(self._hiding.sql, self._hiding.parameters)
        return cursor

    @contextmanager
    def view(
        self,
        scope: Scope,
        dates: Iterable[date],
        rules: Iterable[Rule] | None = None,
        hidden_on: date | None = None,
        table: Lasting | None = None,
    ) -> Iterator[View]:
        """The night as the person asking may see it: all tables that name children, of these dates, and the lists of these rules.

        ``rules``: all in use, unless given; nothing is computed for others, and their lists may be missing from it. None for a question
        that reads no list: ``()``. ``hidden_on``: the day on which restrictions are looked at (unless given, the earliest of the dates).
        ``table``: one that the night does not keep for the day. It is made once, for as long as the engine lives or until other days take
        its place.

        Raises QuestionError for a date after the night, or before the records.
        """
        days, asked = self._check_dates(dates), self._asked(rules)
        hidden = self.hidden_children(scope, hidden_on or days[0])
        if table is None and self._is_kept(days, asked):

            def opened() -> View:
                cursor = self._connection.cursor()
                return View(cursor, tables_of(cursor, self._night_schemas()), scope, days, hidden)

            with self._views.lent((scope, hidden), opened) as view:
                view.about(days)
                yield view
        else:
            with self._cursor(days, asked, table) as (cursor, schemas):
                yield View(cursor, tables_of(cursor, schemas), scope, days, hidden)

    @contextmanager
    def whole_council(
        self, why: Why, dates: Iterable[date], rules: Iterable[Rule] | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """The records of everybody, restricted ones too, for a computation that says why it must read them. Otherwise as ``view``."""
        if not isinstance(why, Why):
            raise TypeError(f"{why!r} is no reason to read the whole council; use one of metrics.engine.whole_council.Why.")
        with self._cursor(self._check_dates(dates), self._asked(rules)) as (cursor, _):
            yield cursor

    def hidden_children(self, scope: Scope, day: date) -> frozenset[str]:
        """The identifiers of the children whose records the scope's roles may not see on a day."""
        key = (scope.roles, day)
        if key not in self._hidden:
            with self._connection.cursor() as cursor:
                self._hidden[key] = hidden_children(self._masked(cursor), scope, day)
        return self._hidden[key]

    def settled(self, scope: Scope) -> Scope:
        """A person's scope with the cases of its workers and reviewing officers, by tonight's involvements."""
        reach = scope.reach
        if reach is None or not (reach.workers or reach.reviewing_officers):
            return scope
        asked = replace(reach, cases=())
        if asked not in self._cases:
            with self._connection.cursor() as cursor:
                self._cases[asked] = cases_of(cursor, asked, self.as_at, self.settings.reviewing_officer_contains)
        return replace(scope, reach=replace(reach, cases=self._cases[asked]))

    def _night_schemas(self) -> tuple[str, ...]:
        return (f"{self.night.database.stem}.main",)

    @contextmanager
    def _cursor(
        self, days: tuple[date, ...], asked: tuple[Rule, ...], table: Lasting | None = None
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, tuple[str, ...]]]:
        """A raw cursor on which the spine, the option clocks and the populations hold these days, and the lists and figures these rules;
        and the schemas in which it finds them.

        It is the caller's own, and others may read at the same time.
        """
        if table is None and self._is_kept(days, asked):
            with self._connection.cursor() as cursor:
                yield cursor, self._night_schemas()
        else:
            held = self._held_days(days) if table is None else days
            with self._computed.cursor(held, self._lists_of(held, asked, table)) as (cursor, schemas):
                yield cursor, schemas

    def _held_days(self, days: tuple[date, ...]) -> tuple[date, ...]:
        """The days that are computed together with these: all that the night keeps, or these alone."""
        return self.reporting_dates if self._are_standing(days) else days

    def _lists_of(self, days: tuple[date, ...], rules: Iterable[Rule], table: Lasting | None = None) -> Prepare:
        """What makes the lists of rules on some days, with the spine that they need, and a further table: what is not there yet."""

        def prepare(cursor: duckdb.DuckDBPyConnection, made: dict) -> None:
            standing = self._are_standing(days)
            if SPINE not in made and not standing:
                build_spine(cursor, days, self.settings, keep=EVERY, night=self.as_at)
                cursor.execute(written(POPULATION, keep=True))
                made[SPINE] = None
            new = {(rule.policy, rule.id): rule for rule in rules if (rule.policy, rule.id) not in made}
            if LISTS not in made and (new or not standing):
                cursor.execute(written(CREATE, keep=True))
                if standing:
                    cursor.execute(written(KEPT_POPULATIONS, keep=True).format(night=f"{self.night.database.stem}.main"))
                made[LISTS] = None
            # On the spine that the night keeps, a list that has not changed is copied.
            copied = [key for key in new if standing and key in self._kept_rules]
            made |= self._copy(cursor, copied)
            changed = [rule for key, rule in new.items() if key not in copied]
            if changed:
                if standing:
                    build_for(cursor, questions_of(changed), made_by(KEPT))
                made |= add_rules(cursor, changed, days, self.settings)
            if table is not None and table.name not in made:
                table.make(cursor)
                made[table.name] = None

        return prepare

    def _copy(self, cursor: duckdb.DuckDBPyConnection, keys: list[Key]) -> dict[Key, Absence | None]:
        """Copy the lists of rules from the night. Gives why any of them has none."""
        if keys:
            named = {"policies": [policy for policy, _ in keys], "rules": [rule for _, rule in keys]}
            for table in BY_RULE:
                cursor.execute(COPY.format(table=table, night=f"{self.night.database.stem}.main"), named)
        return {key: self._kept_rules[key] for key in keys}

    def figures(self, policy_id: str, scope: Scope, by: str = "county", dates: Iterable[date] | None = None) -> pandas.DataFrame:
        """How many children are at or over each rule's limit, by group and date.

        ``by`` is one of county, service, team, worker; ``dates`` default to the night's own. Columns: as_at, policy, rule,
        <by>, children (missing where the rule has no figure: ``in_words`` says why), population (those of the group whom the figure is a
        share of, ``Rule.population_words``; missing where the rule has no figure, or an extract that tells who they are is lacking),
        in_care (children in care in the group).
        """
        return figures_frame(self.figure_rows(policy_id, scope, by, dates), by)

    def figure_rows(
        self, policy_id: str, scope: Scope, by: str = "county", dates: Iterable[date] | None = None
    ) -> list[FigureRow]:
        """The same as rows, for whoever needs no table."""
        if by not in GROUPS:
            raise QuestionError(f"'{by}' is not a way to group; use one of {', '.join(GROUPS)}.")
        rules = [rule.id for rule in self.policy(policy_id).rules]
        return counts.figure_rows(policy_id, rules, self.council, by, self.counts(policy_id, scope, dates, by == WORKER))

    def counts(
        self, policy_id: str, scope: Scope, dates: Iterable[date] | None = None, by_worker: bool = False
    ) -> dict[date, Counts]:
        """The counts of a policy within a scope on some days (unless given, the night's own), by team or by worker: to be read only."""
        rules = self.policy(policy_id).rules
        found: dict[date, Counts] = {}
        # A day of its own beside the night's month ends: only that day is computed.
        for part in self.parts(dates or (self.as_at,)):
            found |= self._counted(policy_id, rules, scope, part, by_worker)
        return found

    def _counted(
        self, policy_id: str, rules: Iterable[Rule], scope: Scope, days: Sequence[date], by_worker: bool = False
    ) -> dict[date, Counts]:
        """The counts of a policy (of none: of children in care alone) within a scope, by team or by worker."""

        def ask(view: View, missing: Sequence[date]) -> dict[date, Counts]:
            return counts.counted(view, policy_id, missing, by_worker)

        return self.kept_counts((policy_id, by_worker), scope, days, rules, ask, by_worker)

    def kept_counts(
        self,
        what: Hashable,
        scope: Scope,
        days: Sequence[date],
        rules: Iterable[Rule] | None,
        ask: Callable[[View, Sequence[date]], dict[date, Counts]],
        by_worker: bool = False,
    ) -> dict[date, Counts]:
        """Counts by team (or by worker) within a scope, which ``ask`` takes from a view: of the whole council once, and kept.

        ``what`` says, beside the scope and the days, all that decides them. Where a group does not tell who is in the scope, such as
        somebody's own cases, they are asked of the scope. To be read only. ``rules``: as of ``view``.
        """
        within = groups_within(scope, by_worker)
        whose = scope if within is None else EVERYBODY

        def asked(missing: Sequence[date]) -> dict[date, Counts]:
            with self.view(whose, missing, rules) as view:
                return ask(view, missing)

        if within is None or scope.is_whole:
            return self._counts.of((whose, what), days, asked)
        of_scope = within

        def narrowed(missing: Sequence[date]) -> dict[date, Counts]:
            return {day: one.of_groups(of_scope) for day, one in self._counts.of((EVERYBODY, what), missing, asked).items()}

        # Kept as well: their sums by service, team and worker are those of a page that is opened again.
        return self._counts.of((scope, what), days, narrowed)

    def in_words(self, policy_id: str, frame: pandas.DataFrame, column: str = "children") -> pandas.Series:
        """A column of figures with a rule and as_at beside it, for a reader: where there is no figure, the words for why."""
        rules = {rule.id: rule for rule in self.policies[policy_id].rules}
        parts = {day: part for part in self.parts(frame["as_at"].dt.date) for day in part} if len(frame) else {}
        words = []
        for rule_id, as_at, value in zip(frame["rule"], frame["as_at"], frame[column], strict=True):
            if pandas.isna(value):
                absence = self._absence(rules[rule_id], parts[pandas.Timestamp(as_at).date()])
                value = absence.word if absence else NOT_SUPPLIED
            words.append(value)
        return pandas.Series(words, index=frame.index, dtype=object)

    def children(
        self,
        policy_id: str,
        rules: Iterable[str],
        scope: Scope,
        as_at: date | None = None,
        days_before: int | None = None,
        apart: bool = False,
    ) -> pandas.DataFrame:
        """The children on the rules' lists, longest over the limit first.

        ``days_before``: those as well who are not on the list yet and whose limit is at most so many days ahead. ``apart``: what a
        milestone cannot judge as well, since it began before the policy or the records.

        Columns: as_at, policy, rule, child_id, legacy_id, name, age (years), service, team, worker, plan, since, recorded_since,
        observed_since, clock, limit_date, days_over, on_list, backlog (*before the policy*, *before the records*, or missing),
        legal_status, placement, last_review_date, detail. Restricted records are rows without a name unless the scope's roles allow
        them.

        ``clock`` says in words whether ``since`` is as recorded or as observed in earlier nights, and gives the other day where
        they differ; it and the two days are missing where the clock is not that of an option of the plan.
        """
        return frame_of(self._children(policy_id, rules, scope, as_at, ON_LIST, days_before, apart), CHILD_COLUMNS)

    def backlog_children(self, policy_id: str, rules: Iterable[str], scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
        """Of ``children`` and those apart, the ones that began before the policy or the records."""
        return frame_of(self._children(policy_id, rules, scope, as_at, OF_BACKLOG, None, apart=True), CHILD_COLUMNS)

    def coming_next(self, policy_id: str, scope: Scope, as_at: date | None = None, within_days: int = 90) -> pandas.DataFrame:
        """The children who will reach a limit within so many days if nothing changes, soonest first.

        The columns of ``children``, with days_over of zero or below, and due_in (days until the limit; 0 on the very day of a limit that
        has to be passed). A young person who will be 18 by then is left out.
        """
        rules = [rule.id for rule in self.policy(policy_id).rules]
        return self._with_days_left(self._children(policy_id, rules, scope, as_at, COMING, within_days))

    def listed_and_coming(
        self, policy_id: str, scope: Scope, as_at: date | None = None, within_days: int = 90
    ) -> tuple[pandas.DataFrame, pandas.DataFrame]:
        """``children`` of all of a policy's rules, and ``coming_next``, in one question."""
        rules = [rule.id for rule in self.policy(policy_id).rules]
        answer = self._children(policy_id, rules, scope, as_at, LISTED_OR_COMING, within_days, first="listed.on_list desc, ")
        listed = int(answer["on_list"].sum())
        on_lists, coming = (
            {name: column[part] for name, column in answer.items()} for part in (slice(listed), slice(listed, None))
        )
        return frame_of(on_lists, CHILD_COLUMNS), self._with_days_left(coming)

    @staticmethod
    def _with_days_left(coming: Mapping[str, numpy.ndarray]) -> pandas.DataFrame:
        return frame_of({**coming, "due_in": -coming["days_over"]}, COMING_COLUMNS)

    def _children(
        self,
        policy_id: str,
        rules: Iterable[str],
        scope: Scope,
        as_at: date | None,
        which: str,
        days_before: int | None,
        apart: bool = False,
        first: str = "",
    ) -> dict[str, numpy.ndarray]:
        sql = CHILDREN.format(which=which, first=first)
        asked = [self.rule(policy_id, rule_id) for rule_id in rules]
        day = as_at or self.as_at
        parameters = {"policy_id": policy_id, "rules": [rule.id for rule in asked], "as_at": day, "days_before": days_before}
        parameters |= {"apart": apart} if "$apart" in sql else {}
        with self.view(scope, (day,), asked) as view:
            answer = view.execute(sql, parameters).fetchnumpy()
        return answer | coded_in_words(answer)

    def groups(self, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
        """The services and teams of the scope that have children in care on the day: service, team, children."""
        rows = self.group_rows(scope, as_at)
        columns: dict[str, list] = {
            "service": [row["service"] for row in rows],
            "team": [row["team"] for row in rows],
            "children": [row["children"] for row in rows],
        }
        return typed_frame(columns, GROUP_COLUMNS)

    def group_rows(self, scope: Scope, as_at: date | None = None) -> list[GroupRow]:
        """The same as rows, for whoever needs no table."""
        (counted,) = self._counted(NO_POLICY, (), scope, (as_at or self.as_at,)).values()
        in_care = {group: sizes.populations.get(CHILDREN_IN_CARE) for group, sizes in counted.groups.items()}
        rows = sorted((service, team, children) for (service, team, _), children in in_care.items() if children)
        return [GroupRow(service=service, team=team, children=children) for service, team, children in rows]

    def workers(self, policy_id: str, scope: Scope, as_at: date | None = None) -> tuple[str, ...]:
        """The workers of the scope who have a child in care, or on a list of the policy, on the day: those of ``figures`` by worker."""
        (counted,) = self.counts(policy_id, scope, (as_at or self.as_at,), by_worker=True).values()
        return counted.workers
