"""From measures to lists: every rule of a policy over the spine, with its limit, for all reporting dates in one pass.

A measure is a list of children and the number is its length, so what is kept is the list; the figures by team are its counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

import duckdb

from data.contract.contract import FOSTERING_PLANS, PARTIAL
from data.parsed_sql import execute
from data.settings import Settings
from data.sql_results import one_value
from metrics.engine.absence import NOT_SUPPLIED, Absence, failed, not_available
from metrics.engine.policy import Limit, Policy, Rule
from metrics.spine import TERM, written

T = TypeVar("T")
LISTS = Path(__file__).parent / "lists.sql"
# What tells the counts of a rule apart: the day and whose they are.
OF_A_GROUP = "policy varchar, rule varchar, as_at date, service varchar, team varchar"
# What a night keeps of its lists, and what an engine makes for the rules and dates that the night does not keep.
CREATE = f"""
create or replace temp table rule_state (policy varchar, rule varchar, fingerprint varchar, missing varchar);

create or replace temp table due (
    policy varchar,
    rule varchar,
    as_at date,
    child_number bigint,
    since date,
    limit_date date,
    done_date date,
    state varchar,
    detail varchar
);

create or replace temp table listed (
    policy varchar,
    rule varchar,
    as_at date,
    child_number bigint,
    child_id varchar,
    service varchar,
    team varchar,
    worker varchar,
    since date,
    recorded_since date,
    observed_since date,
    limit_date date,
    days_over bigint,
    on_list boolean,
    backlog varchar,
    adult_by_limit boolean,
    detail varchar,
    age integer,
    plan_shown varchar,
    legal_statuses varchar,
    placement varchar,
    last_review_date date
);

create or replace temp table milestone_figure ({OF_A_GROUP}, state varchar, children bigint);

create or replace temp table rule_population (policy varchar, rule varchar, as_at date, population varchar);

create or replace temp table figure ({OF_A_GROUP}, worker varchar, children bigint);

create or replace temp table backlog_figure ({OF_A_GROUP}, worker varchar, backlog varchar, children bigint);

create or replace temp view milestone as
select
    due.policy,
    due.rule,
    due.as_at,
    due.child_number,
    known.child_id,
    known.service,
    known.team,
    known.worker,
    due.since,
    due.limit_date,
    due.done_date,
    due.state,
    due.detail
from due
join known_on_day as known using (as_at, child_number)
"""
BY_RULE = ("rule_state", "due", "listed", "milestone_figure", "figure", "backlog_figure", "rule_population")
# The children that figures are shares of, by the population's own name; those in care are there without any rule.
POPULATION = """
create or replace temp table population_member as
select 'children_in_care' as population, as_at, child_number
from spine;

create or replace temp table population as
select 'children_in_care' as population, as_at, service, team, worker, count(*) as children
from spine
group by all
"""
# Beside a night: the populations that it keeps, to which those of other rules are added.
KEPT_POPULATIONS = """
create or replace temp table population_member as
select *
from {night}.population_member;

create or replace temp table population as
select *
from {night}.population
"""
RULE_POPULATION = """
insert into rule_population
select
    unnest($policies::varchar[]),
    unnest($rules::varchar[]),
    unnest($dates::date[]),
    unnest($populations::varchar[])
"""
MEMBERS = """
insert into population_member
select $population_key, as_at, child_number
from (
{population}
)
where as_at = any($population_dates::date[])
"""
COUNT_MEMBERS = """
insert into population
select member.population, member.as_at, known.service, known.team, known.worker, count(*)
from population_member as member
join known_on_day as known using (as_at, child_number)
where member.population = any($populations::varchar[])
group by all
"""
SPINE_STATE = "create or replace temp table spine_state as select $fingerprint as fingerprint"
# The rules of one batch, and what their measures gave before anybody's team is put to it.
BATCH = """
create or replace temp table rule_now (policy varchar, rule varchar);

create or replace temp table measured (
    policy varchar,
    rule varchar,
    as_at date,
    child_number bigint,
    since date,
    recorded_since date,
    observed_since date,
    limit_date date,
    listed_from date,
    backlog varchar,
    detail varchar
)
"""
RULE_NOW = "insert into rule_now select unnest($policies::varchar[]), unnest($rules::varchar[])"
RULE_STATE = """
insert into rule_state
select unnest($policies::varchar[]), unnest($rules::varchar[]), unnest($fingerprints::varchar[]), unnest($missing::varchar[])
"""
TWICE = """
select count(*)
from (
    select 1
    from measured
    where policy = $policy_id and rule = $rule_id
    group by as_at, child_number
    having count(*) > 1
    limit 1
)
"""
TAKE_OUT = "delete from measured where policy = $policy_id and rule = $rule_id"
# So many rows at most wait to be put into the lists, or to be counted by team, so that their number does not decide how much memory a night
# takes.
MOST_ROWS = 5_000_000
MEMBER_ROWS = "select count(*) from population_member"
ROWS = "select (select count(*) from measured) + (select count(*) from due)"
# Not a mistake in a measure: the disk, the memory of the machine, or DuckDB itself.
NOT_THE_RULES = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.InterruptException)

# A rule's limit may change on a date, so each reporting date carries its own. Of *more than* a limit, the list begins the day after it
# is reached (``days_after``).
MEASURE = """
insert into measured
with rule_limit as (
    select
        unnest($limit_dates::date[]) as as_at,
        unnest($limit_months::integer[]) as months,
        unnest($limit_days::integer[]) as days,
        unnest($limit_working_days::integer[]) as working_days,
        unnest($limit_days_after::integer[]) as days_after
),

listed_child as (
{measure}
),

reached as (
    select
        listed_child.as_at,
        listed_child.child_number,
        listed_child.clock_start,
        {recorded_start},
        {observed_start},
        listed_child.detail,
        rule_limit.days_after,
        case
            when rule_limit.days is not null then listed_child.clock_start + rule_limit.days
            {working_days}
            else months_after(listed_child.clock_start, rule_limit.months)
        end as limit_date
    from listed_child
    join rule_limit using (as_at)
)

select
    $policy_id,
    $rule_id,
    as_at,
    child_number,
    clock_start,
    recorded_start,
    observed_start,
    limit_date,
    limit_date + days_after,
    case when limit_date + days_after < $applies_from::date then 'before the policy' end,
    detail
from reached
order by as_at desc
"""

# The clock of an option says which it is, recorded or observed; of other clocks there is one only.
STARTS = {
    True: {"recorded_start": "listed_child.recorded_start", "observed_start": "listed_child.observed_start"},
    False: {"recorded_start": "null as recorded_start", "observed_start": "null as observed_start"},
}

# What started before the policy applied, or before the records reach, is neither in time nor late, and never overdue: it stands for the
# child only where nothing later does. On a list it is marked, and the list is not shortened.
# A milestone may fall due for a child more than once: the one that stands for the child is the first that is not done, else the
# last that was. Done by the close of its due date is in time; not done by then is overdue.
MILESTONE = """
insert into due
with asked_child as (
{measure}
),

listed_child as (
{limited}
),

judged as (
    select
        *,
        case
            when clock_start < records_from() then 'before the records'
            when clock_start < $applies_from::date then 'before the policy'
        end as backlog
    from listed_child
),

standing as (
    select *
    from judged
    qualify row_number() over (
        partition by as_at, child_number
        order by
            backlog is not null,
            done_date is null and due_date is not null desc,
            case when done_date is null then due_date end,
            due_date desc,
            done_date desc,
            clock_start desc
    ) = 1
)

select
    $policy_id,
    $rule_id,
    as_at,
    child_number,
    clock_start,
    due_date,
    done_date,
    case
        when backlog is not null then backlog
        when done_date <= due_date then 'done in time'
        when done_date is not null and due_date is not null then 'done late'
        when done_date is not null then 'done'
        when due_date is null then 'no date'
        when due_date <= as_at then 'overdue'
        else 'due'
    end,
    detail
from standing
"""


# A limit that was set for a milestone takes the place of its own due date. What is not done is due by the limit of the reporting date;
# what was done is judged by the limit of the day on which it was done.
OWN_DUE_DATE = "    select as_at, child_number, clock_start, due_date, done_date, detail from asked_child"
LIMITED = """
    select
        asked_child.as_at,
        asked_child.child_number,
        asked_child.clock_start,
        case
            when asked_child.due_date is null or rule_limit.starts is null then asked_child.due_date
            when rule_limit.days is not null then asked_child.clock_start + rule_limit.days
            when rule_limit.working_days is not null
                then working_days_after(asked_child.clock_start, rule_limit.working_days)
            else months_after(asked_child.clock_start, rule_limit.months)
        end as due_date,
        asked_child.done_date,
        asked_child.detail
    from asked_child
    asof left join (
        select
            unnest($limit_starts::date[]) as starts,
            unnest($limit_months::integer[]) as months,
            unnest($limit_days::integer[]) as days,
            unnest($limit_working_days::integer[]) as working_days
    ) as rule_limit
        on coalesce(asked_child.done_date, asked_child.as_at) >= rule_limit.starts
"""
# Where a parameter of a milestone changes from a day on, its rows are made once for each period between such days.
CREATE_ASKED = """
create or replace temp table asked_of_period (
    period integer, as_at date, child_number bigint, clock_start date, due_date date, done_date date, detail varchar
)
"""
ASKED = """
insert into asked_of_period
select $period, as_at, child_number, clock_start, due_date, done_date, detail
from (
{measure}
)
"""
# Each row is of the period in which it was done or, while it is not done, of the reporting date's own. A child whom no row of the
# right period names keeps those of the reporting date.
ASKED_OF_PERIODS = """
    with judged as (
        select
            *,
            period = len(list_filter($period_starts::date[], lambda starts: starts <= coalesce(done_date, as_at))) as holds,
            period = len(list_filter($period_starts::date[], lambda starts: starts <= as_at)) as of_the_day
        from asked_of_period
    )

    select as_at, child_number, clock_start, due_date, done_date, detail
    from judged
    qualify holds or (of_the_day and not bool_or(holds) over (partition by as_at, child_number, clock_start))
"""
WORKING_DAYS = (
    "when rule_limit.working_days is not null then working_days_after(listed_child.clock_start, rule_limit.working_days)"
)


@cache
def definitions() -> str:
    """Everything that a figure's meaning is written in, save the measure itself; not the words that define terms for a reader."""
    folder = LISTS.parent.parent
    files = [folder / "vocabulary.sql", *sorted((folder / "spine").glob("*.sql")), LISTS]
    return "".join(TERM.sub("", path.read_text(encoding="utf-8")) for path in files)


@cache
def _lists() -> str:
    return LISTS.read_text(encoding="utf-8")


def _hash(*meaning: object) -> str:
    return hashlib.sha256(json.dumps(meaning, sort_keys=True, default=str).encode()).hexdigest()[:16]


def spine_fingerprint(settings: Settings) -> str:
    """A short hash of all that decides the spine: the definitions, and what the council's settings say to them."""
    said = (settings.roles, settings.authority_code, settings.neighbouring_authorities, settings.records_from)
    return _hash_spine(settings.allocated_worker_contains, settings.allocated_worker_equals, said)


@lru_cache(maxsize=64)
def _hash_spine(*said: Hashable) -> str:
    return _hash(definitions(), *said)


def fingerprint(rule: Rule, settings: Settings) -> str:
    """A short hash of all that decides a rule's list: the spine, the measure, its parameters and limits.

    The list that a night stores for the rule is used only while this is what it was when the list was made.
    """
    limits = [(limit.amount, limit.unit, limit.starts, limit.after) for limit in rule.limits]
    wrapped = [CREATE, BATCH, MEASURE, MILESTONE, LIMITED, WORKING_DAYS, ASKED, ASKED_OF_PERIODS]
    population = [rule.measure.population.id, rule.measure.population.sql, rule.measure.population.needs]
    measure = [population, rule.measure.sql, rule.measure.kind, rule.measure.clock, rule.measure.needs, rule.measure.needs_any]
    changes = [(change.parameter, change.value, change.starts) for change in rule.changes]
    return _hash(spine_fingerprint(settings), wrapped, measure, rule.parameters, changes, limits, rule.applies_from, rule.problem)


def _lengths(limits: Iterable[Limit | None]) -> dict[str, list]:
    """Limits as parameters, a place for each: in months, or else in days, or else in working days. No limit is one of 0 months."""
    months: list[int | None] = []
    days: list[int | None] = []
    working_days: list[int | None] = []
    for limit in limits:
        unit, amount = (limit.unit, limit.amount) if limit else ("months", 0)
        months.append(amount if unit == "months" else None)
        days.append(amount * (7 if unit == "weeks" else 1) if unit in ("weeks", "days") else None)
        working_days.append(amount if unit == "working_days" else None)
    return {"limit_months": months, "limit_days": days, "limit_working_days": working_days}


# A statement that makes a part of a rule's list, and its parameters.
Statement = tuple[str, dict[str, object]]


def _of_measure(rule: Rule, days: list[date], parameters: dict[str, object]) -> Statement:
    """What lists the children of a measure on some days, under the parameters that hold on them."""
    limits = [rule.limit_on(day) for day in days]
    in_working_days = any(limit is not None and limit.unit == "working_days" for limit in limits)
    sql = MEASURE.format(
        measure=rule.measure.sql, working_days=WORKING_DAYS if in_working_days else "", **STARTS[rule.measure.of_option]
    )
    after = {"limit_days_after": [int(limit is not None and limit.after) for limit in limits]}
    named = {"policy_id": rule.policy, "rule_id": rule.id, "applies_from": rule.applies_from, **rule.measure.bound(parameters)}
    return sql, named | {"limit_dates": days} | _lengths(limits) | after


def _of_milestone(rule: Rule, asked: str, parameters: dict[str, object]) -> Statement:
    limited = LIMITED if rule.limits else OWN_DUE_DATE
    starts = {"limit_starts": [limit.starts or date.min for limit in rule.limits], **_lengths(rule.limits)}
    named = {"policy_id": rule.policy, "rule_id": rule.id, "applies_from": rule.applies_from, **parameters}
    return MILESTONE.format(measure=asked, limited=limited), named | (starts if rule.limits else {})


def _statements(rule: Rule, days: list[date]) -> list[Statement]:
    """The SQL that makes a rule's list, and its parameters: one statement, or several where a parameter changes from a day on.

    On each reporting date the parameters are those that hold on it. What a milestone had done is judged by those of the day on which it
    was done, as by its limits.
    """
    starts = sorted({change.starts or date.min for change in rule.changes} | {date.min})
    if rule.measure.is_milestone:
        if len(starts) == 1:
            return [_of_milestone(rule, rule.measure.sql, rule.measure.bound(rule.parameters_on(starts[0])))]
        asked = [
            (ASKED.format(measure=rule.measure.sql), {"period": number, **rule.measure.bound(rule.parameters_on(start))})
            for number, start in enumerate(starts, start=1)
        ]
        sql, named = _of_milestone(rule, ASKED_OF_PERIODS, {"period_starts": starts})
        return [(CREATE_ASKED, {}), *asked, (sql, named)]
    held = {start: [day for day in days if max(other for other in starts if other <= day) == start] for start in starts}
    return [_of_measure(rule, some, rule.parameters_on(start)) for start, some in held.items() if some]


def declared_absence(rule: Rule, supplied: dict[str, bool]) -> Absence | None:
    """Why a rule cannot be counted, as far as can be told without running it; None when it can be tried."""
    if rule.problem:
        return not_available(rule.problem)
    missing = rule.measure.missing(supplied)
    if not supplied[FOSTERING_PLANS] and FOSTERING_PLANS not in missing and _asks_about_fostering(rule):
        missing = (*missing, FOSTERING_PLANS)
    return Absence(NOT_SUPPLIED, missing) if missing else None


def _asks_about_fostering(rule: Rule) -> bool:
    """Whether a rule is about a plan that the words "long-term fostering" alone do not tell from another."""
    asked = [value for name, value in rule.parameters.items() if name in ("option", "options", "plan_options")]
    named = {text for value in asked for text in (value if isinstance(value, (list, tuple)) else [value])}
    return not named.isdisjoint({"long_term_fostering", "relatives_or_friends"})


def _run(connection: duckdb.DuckDBPyConnection, rule: Rule, days: list[date]) -> Absence | None:
    """Run one rule into ``measured`` or ``due``. A rule that fails on the night's rows leaves nothing there, and says why."""
    file = f"measures/{rule.measure.id}.sql"
    for sql, parameters in _statements(rule, days):
        try:
            execute(connection, sql, parameters)
        except NOT_THE_RULES:
            raise
        except duckdb.Error as error:
            _take_out(connection, rule)
            return failed(file, rule.measure.text, _lines_before(sql, rule), error)
    named = {"policy_id": rule.policy, "rule_id": rule.id}
    if rule.measure.kind == "measure" and one_value(execute(connection, TWICE, named)):
        _take_out(connection, rule)
        return not_available(f"{file}: it gives a child twice for one date. Give one row for each child and date.")
    return None


def _lines_before(sql: str, rule: Rule) -> int:
    """How many lines more a line of the whole statement counts than the same line of the measure's own file."""
    return sql[: max(sql.find(rule.measure.sql), 0)].count("\n") - rule.measure.lines_before


def _take_out(connection: duckdb.DuckDBPyConnection, rule: Rule) -> None:
    connection.execute(TAKE_OUT, {"policy_id": rule.policy, "rule_id": rule.id})


def supplied_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, bool]:
    """Which tables of the contract tonight's extracts brought, and what of PARTIAL: all of it, unless the load says otherwise."""
    return dict.fromkeys(PARTIAL, True) | dict(connection.execute("select table_name, supplied from supplied").fetchall())


def questions_of(rules: Iterable[Rule]) -> list[str]:
    """The SQL that some rules ask of the spine."""
    return [sql for rule in rules for sql in (rule.measure.sql, rule.measure.population.sql)]


def add_rules(
    connection: duckdb.DuckDBPyConnection,
    rules: Iterable[Rule],
    reporting_dates: Iterable[date],
    settings: Settings,
    progress: Callable[[str], None] = lambda text: None,
) -> dict[tuple[str, str], Absence | None]:
    """Run rules over the spine of this connection and add their lists to its tables (``CREATE``), which hold none of these rules yet.

    Gives why each rule, by (policy, rule), has no list: None where it has one.
    """
    rules, days = tuple(rules), sorted(set(reporting_dates))
    supplied = supplied_tables(connection)
    absences: dict[tuple[str, str], Absence | None] = {}

    def measure(rule: Rule) -> None:
        absence = declared_absence(rule, supplied)
        if absence is None:
            progress(f"rule: {rule.title}")
            absence = _run(connection, rule, days)
        absences[(rule.policy, rule.id)] = absence

    execute(connection, BATCH)
    for batch in _in_batches(connection, rules, measure, ROWS):
        _add_lists(connection, batch, absences, settings)
        execute(connection, BATCH)
    _add_populations(connection, [rule for rule in rules if _has_population(rule, absences)], days, supplied)
    return absences


def _in_batches(
    connection: duckdb.DuckDBPyConnection, entries: Iterable[T], add: Callable[[T], None], count_rows: str
) -> Iterator[list[T]]:
    """Add every entry's rows; gives the entries that were added since the last batch whenever these have more than the most rows, and at
    the end. ``count_rows``: SQL that counts the rows that there are."""
    batch: list[T] = []
    before = one_value(execute(connection, count_rows))
    for entry in entries:
        add(entry)
        batch.append(entry)
        if one_value(execute(connection, count_rows)) - before > MOST_ROWS:
            yield batch
            batch = []
            before = one_value(execute(connection, count_rows))
    if batch:
        yield batch


def _add_lists(
    connection: duckdb.DuckDBPyConnection,
    rules: Iterable[Rule],
    absences: dict[tuple[str, str], Absence | None],
    settings: Settings,
) -> None:
    """From what a batch of rules measured to their lists and figures."""
    named = {"policies": [rule.policy for rule in rules], "rules": [rule.id for rule in rules]}
    missing = [absence.stored if absence else None for rule in rules for absence in [absences[(rule.policy, rule.id)]]]
    connection.execute(RULE_NOW, named)
    connection.execute(RULE_STATE, named | {"fingerprints": [fingerprint(rule, settings) for rule in rules], "missing": missing})
    execute(connection, _lists())


def _add_populations(
    connection: duckdb.DuckDBPyConnection, rules: Iterable[Rule], days: list[date], supplied: dict[str, bool]
) -> None:
    """Who the figures of rules are a share of on each day, and how many; nobody can tell where an extract that it needs is lacking."""
    made = {name for (name,) in connection.execute("select distinct population from population_member").fetchall()}
    new: dict[str, tuple[Rule, dict[str, object], list[date]]] = {}
    named: list[tuple[str, str, date, str | None]] = []
    for rule, day in ((rule, day) for rule in rules for day in days):
        population = rule.measure.population
        asked = population.asked(rule.policy, rule.id, rule.parameters_on(day))
        key = population.key(asked)
        known = all(supplied[table] for table in population.needs)
        named.append((rule.policy, rule.id, day, key if known else None))
        if known and key not in made:
            new.setdefault(key, (rule, asked, []))[2].append(day)

    def add_members(key: str) -> None:
        rule, asked, some = new[key]
        named_days = {"population_key": key, "population_dates": sorted(set(some))}
        execute(connection, MEMBERS.format(population=rule.measure.population.sql), asked | named_days)

    for batch in _in_batches(connection, new, add_members, MEMBER_ROWS):
        execute(connection, COUNT_MEMBERS, {"populations": batch})
    policies, ids, dates, keys = (list(column) for column in zip(*named, strict=True)) if named else ([], [], [], [])
    connection.execute(RULE_POPULATION, {"policies": policies, "rules": ids, "dates": dates, "populations": keys})


def _has_population(rule: Rule, absences: dict[tuple[str, str], Absence | None]) -> bool:
    """Whether it can be told who a rule's figure is a share of, whatever its own extracts lack."""
    return not rule.problem and (absences[(rule.policy, rule.id)] is None or not rule.measure.population.of_milestone)


def list_children(
    connection: duckdb.DuckDBPyConnection,
    policies: Iterable[Policy],
    reporting_dates: Iterable[date],
    settings: Settings,
    progress: Callable[[str], None] = lambda text: None,
    keep: bool = False,
) -> dict[tuple[str, str], Absence | None]:
    """Run every rule of the policies over the spine of this connection, and say why each rule that has no list has none.

    Leaves the tables ``listed`` (every child whose clock runs, with ``days_over`` negative before the limit, and ``on_list`` false until
    the limit is reached or, where the rule says so, passed, ``adult_by_limit`` true where the child is 18 by then; of an option's clock
    also ``recorded_since`` and ``observed_since``, the earlier of which is ``since``; and what a list says of a child on the day),
    ``milestone`` (each child's state on a rule with due dates), ``rule_state`` (a rule's fingerprint, and why it has no list),
    ``figure``, ``backlog_figure`` (of what began before the policy or the records), ``milestone_figure``, ``rule_population`` (the name of
    who a rule's figure is a share of; null where an extract is lacking), ``population_member`` and ``population`` (their children, and how
    many) and ``spine_state`` (the spine's fingerprint); temporary ones, unless they are to be kept in the night's own database. A rule that
    fails costs its own list only.
    """
    for sql in (CREATE, POPULATION):
        execute(connection, written(sql, keep))
    connection.execute(written(SPINE_STATE, keep), {"fingerprint": spine_fingerprint(settings)})
    return add_rules(connection, [rule for policy in policies for rule in policy.rules], reporting_dates, settings, progress)
