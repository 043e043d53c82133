"""Children from whom counties are drawn: who is counted in which figure, child by child, so that a county's counts are one sum.

The pool is a made-up county several times over: as it is; with the placements, plans, reviews and other records dealt out again among the
children; and with each child's years drawn together into months or weeks. Habits of the made-up county do not hold in all of these, so
what holds for every child of the pool follows from the definitions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from data.contract.contract import code_sets
from data.settings import Settings
from data.store.store import Night
from metrics.answers.england.adoption_indicators import adoption_indicators
from metrics.disclosure.cells import Key, Relation
from metrics.engine.engine import Engine
from metrics.engine.policies import policies_in_use
from metrics.engine.scope import Scope
from metrics.nightly import standing_dates
from metrics.strategic import periods
from metrics.strategic.answer import laid_out
from metrics.strategic.declared import declaration
from metrics.strategic.dimensions import COUNTY, PLAN, grouped_children
from metrics.strategic.figures import Figures
from metrics.strategic.flow import ENTERED, LEFT, moves
from metrics.strategic.named_populations import OPTION, population_key
from metrics.strategic.series import (
    IN_TIME_OF_YEAR,
    OF_YEAR,
    Series,
    backlog_key,
    children_beside,
    children_outside,
    series,
)
from tests.support.few_rows import connection_for_few_rows
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking
from words.labels import BACKLOG

# The records reach back further than anybody's care: what began before them is in neither side of a share, and ties nothing.
SETTINGS = Settings(policies=("hertfordshire", "england"), population_under_18=270_000, records_from=date(2000, 1, 1))
# The counties of a pool, the one as it is first: whether its records are dealt out again, and whether its years are drawn together.
ALL = tuple(product((False, True), repeat=2))
# The tables that are dealt out together, with the column that says whose row it is.
DEALT = (
    {"ssd_cla_placement": "clap_person_id"},
    {"ssd_cla_care_plan": "lacp_person_id", "unreadable_plans": "lacp_person_id"},
    {"ssd_legal_status": "lega_person_id", "ssd_permanence": "perm_person_id"},
    {"local_carer_matches": "person_id", "local_permanence_options": "person_id"},
    {"ssd_cla_visits": "clav_person_id"},
    {"ssd_care_leavers": "clea_person_id"},
    {"ssd_cla_reviews": "clar_cla_id"},
)
PEOPLE = "select distinct {column} from ssd_cla_episodes order by hash({column} || $salt)"
# Each child's days, drawn together from the day on which the child came. Some stay as they are; half of the others come in the weeks before
# a day that children are counted on.
DRAWN = """
create or replace temp table drawn as
select
    clae_person_id as child,
    min(clae_cla_episode_start_date) as came,
    greatest(
        case
            when hash(clae_person_id || 'kept') % 4 = 0 then min(clae_cla_episode_start_date)
            when hash(clae_person_id || 'counted') % 2 = 0 then
                list_extract($days::date[], 1 + (hash(clae_person_id || 'end') % len($days::date[]))::integer)
                - (hash(clae_person_id || 'before') % 50)::integer
            else
                $last::date
                - (hash(clae_person_id || 'day') % [600, 1900, 3600][1 + (hash(clae_person_id || 'late') % 3)::integer])::integer
        end,
        any_value(pers_dob)
    ) as comes,
    case
        when hash(clae_person_id || 'kept') % 4 = 0 then 1
        else [0.03, 0.08, 0.2, 0.4, 0.7, 1, 1, 1][1 + (hash(clae_person_id || 'share') % 8)::integer]
    end as share
from ssd_cla_episodes
join ssd_person on pers_person_id = clae_person_id
group by clae_person_id
"""
DRAW = """
update {table} set {columns}
from (select * from drawn) as drawn
where drawn.child = {child}
"""
DATES = """
select columns.table_name, list(distinct columns.column_name order by columns.column_name), min(people.column_name)
from duckdb_columns() as columns
join duckdb_columns() as people on people.table_name = columns.table_name and people.column_name like '%person_id'
join duckdb_tables() as tables on tables.table_name = columns.table_name
where columns.data_type = 'DATE'
    and (columns.table_name like 'ssd%' or columns.table_name like 'local%' or columns.table_name = 'unreadable_plans')
    and columns.table_name != 'ssd_person'
group by all
"""
# Care that ends on some day for some reason, where the made-up county would have had it go on.
CUT = """
create or replace temp table cut as
select
    pers_person_id as child,
    $last::date - (hash(pers_person_id || 'cut') % [640, 2000][1 + (hash(pers_person_id || 'long ago') % 2)::integer])::integer as day,
    ['E11', 'E12', 'E4A', 'E45', 'E41', 'E8', 'E5'][1 + (hash(pers_person_id || 'reason') % 7)::integer] as reason
from ssd_person
where hash(pers_person_id || 'is cut') % 3 < 2
"""
CUT_SHORT = (
    # Of some children no review was recorded, of others no plan.
    "delete from ssd_cla_care_plan where hash(lacp_person_id || 'none recorded') % 8 = 0",
    "delete from ssd_cla_reviews where hash(clar_cla_id || 'none recorded') % 8 = 0",
    # Any reason after any length of care.
    """
    update ssd_cla_episodes
    set clae_cla_episode_ceased_reason
        = ['E11', 'E12', 'E4A', 'E45', 'E41', 'E8', 'E5'][1 + (hash(clae_cla_episode_id || 'reason') % 7)::integer]
    where clae_cla_episode_ceased_reason not like 'X%' and hash(clae_cla_episode_id || 'other reason') % 2 = 0
    """,
    # Adopted with the parents' consent, and so without an order.
    "delete from ssd_legal_status where lega_legal_status = 'E1' and hash(lega_person_id || 'consent') % 5 = 0",
    "update ssd_permanence set perm_placement_order_date = null where hash(perm_person_id || 'consent') % 5 = 0",
    "delete from ssd_cla_reviews where hash(clar_cla_review_id || 'not held') % 3 = 0",
    "delete from ssd_cla_episodes using cut where cut.child = clae_person_id and clae_cla_episode_start_date >= cut.day",
    """
    update ssd_cla_episodes set clae_cla_episode_ceased_date = cut.day, clae_cla_episode_ceased_reason = cut.reason
    from cut
    where cut.child = clae_person_id and coalesce(clae_cla_episode_ceased_date >= cut.day, true)
    """,
)
# Any option beside any other, and weeks without a plan.
PLANS = """
update ssd_cla_care_plan set
    lacp_options = list_distinct(lacp_options || [list_extract($options::varchar[], 1 + (hash(lacp_table_id) % $number)::integer)]),
    lacp_cla_care_plan_start_date = lacp_cla_care_plan_start_date + (hash(lacp_table_id || 'late') % 25)::integer
where hash(lacp_table_id || 'other') % 2 = 0 and len(lacp_options) > 0
"""
# A plan that ends and is taken up again some days later: few enough that its clock goes on.
GAPS = """
create or replace temp table halved as
select *, lacp_cla_care_plan_start_date + 40 + (hash(lacp_table_id || 'gap') % 200)::integer as gap
from ssd_cla_care_plan
where hash(lacp_table_id || 'halved') % 2 = 0;
delete from halved where gap + 32 >= coalesce(lacp_cla_care_plan_end_date, $last::date);
update ssd_cla_care_plan set lacp_cla_care_plan_end_date = halved.gap
from halved where halved.lacp_table_id = ssd_cla_care_plan.lacp_table_id;
insert into ssd_cla_care_plan
select * exclude (gap) replace (lacp_table_id || '-again' as lacp_table_id, gap + 27 as lacp_cla_care_plan_start_date) from halved
"""
UNKNOWN = """
update ssd_person set
    pers_sex = case when hash(pers_person_id || 'sex') % 3 = 0 then null else pers_sex end,
    pers_ethnicity = case when hash(pers_person_id || 'ethnicity') % 3 = 0 then null else pers_ethnicity end
"""
# What would come after the last day has not been recorded yet.
NOT_YET = (
    "delete from {table} where least({columns}, null) > $last::date",
    "update {table} set {column} = null where {column} > $last::date",
)
# Two reviews of which the first comes soon after the child, or long after: for some; and for those of whom the extract, which holds six
# years, has no early review.
REVIEWED = """
create or replace temp table early as
select
    clae_cla_id as cla,
    min(clae_cla_episode_start_date) + 3
    + (hash(clae_cla_id || 'first') % [45, 400][1 + (hash(clae_cla_id || 'late') % 2)::integer])::integer as first,
    2 + (hash(clae_cla_id || 'second') % 110)::integer as later
from ssd_cla_episodes
group by clae_cla_id
having hash(clae_cla_id || 'early') % 3 = 0
    or min(clae_cla_episode_start_date) + 100 < coalesce(
        (select min(clar_cla_review_date) from ssd_cla_reviews where clar_cla_id = clae_cla_id), date '9999-12-31'
    );
delete from ssd_cla_reviews using early where clar_cla_id = cla and clar_cla_review_date < first;
insert into ssd_cla_reviews by name
select
    cla || '-early-' || number as clar_cla_review_id,
    cla as clar_cla_id,
    first + (number * later)::integer as clar_cla_review_date,
    first + (number * later)::integer as clar_cla_review_due_date
from early, range(2) as numbers(number)
where first + (number * later)::integer <= $last::date
"""
MEMBERS = """
select named.policy, named.rule, member.as_at, known.child_id, known.service
from population_member as member
join rule_population as named using (as_at, population)
join known_on_day as known using (as_at, child_number)
where as_at in (select unnest($days::date[]))
"""
REVIEWS = "(select any_value(clae_person_id) from ssd_cla_episodes where clae_cla_id = clar_cla_id)"


class PoolEngine(RecordsEngine):
    """The engine over a copy in memory of a night's tables, with the dates that it is given."""

    def __init__(
        self, night: Night, dates: Iterable[date], settings: Settings = SETTINGS, deal: bool = False, draw: bool = False
    ) -> None:
        self.settings, self.policies = settings, policies_in_use(settings)
        self.reporting_dates = tuple(sorted(set(dates)))
        self.night = SimpleNamespace(as_at=self.reporting_dates[-1], database=Path("memory"), name="in memory")
        self._connection = connection_for_few_rows()
        self._connection.execute(f"attach '{night.database}' as kept (read_only)")
        self._connection.execute("copy from database kept to memory")
        self._connection.execute("detach kept")
        for number, tables in enumerate(DEALT if deal else ()):
            self._deal(number, tables)
        for sql in GAPS.split(";") if deal or draw else ():
            self._connection.execute(sql, {"last": self.night.as_at} if "$last" in sql else None)
        if deal:
            options = sorted({group for code in code_sets()["plan_option"].codes.values() for group in code.groups})
            self._connection.execute(PLANS, {"options": options, "number": len(options)})
        if draw:
            self._draw_together()
        if deal or draw:
            for sql in REVIEWED.split(";"):
                self._connection.execute(sql, {"last": self.night.as_at} if "$last" in sql else None)
            self._connection.execute(UNKNOWN)
            self._connection.execute(CUT, {"last": self.night.as_at})
            for sql in CUT_SHORT:
                self._connection.execute(sql)
        self._compute()

    def __getstate__(self) -> dict[str, object]:
        """For another worker's tests: what the layout of a pack asks, without the records, which have been counted."""
        return {
            name: getattr(self, name)
            for name in ("settings", "policies", "reporting_dates", "night", "supplied", "problems", "_kept_rules")
        }

    def _deal(self, number: int, tables: dict[str, str]) -> None:
        who = "clae_cla_id" if "clar_cla_id" in tables.values() else "clae_person_id"
        before, after = (
            [row[0] for row in self._connection.execute(PEOPLE.format(column=who), {"salt": f"{salt}{number}"}).fetchall()]
            for salt in "ab"
        )
        self._connection.execute(
            "create or replace temp table dealt as select unnest($before::varchar[]) as old, unnest($after::varchar[]) as new",
            {"before": before, "after": after},
        )
        for table, column in tables.items():
            self._connection.execute(f"update {table} set {column} = dealt.new from dealt where dealt.old = {table}.{column}")

    def _draw_together(self) -> None:
        self._connection.execute(DRAWN, {"last": self.night.as_at, "days": list(self.reporting_dates)})
        rows = self._connection.execute(DATES).fetchall()
        for table, columns, child in [("ssd_cla_reviews", ["clar_cla_review_date", "clar_cla_review_due_date"], REVIEWS), *rows]:
            here = [row[0] for row in self._connection.execute(f"describe {table}").fetchall()]
            columns = [column for column in columns if column in here]
            drawn = (f"{column} = drawn.comes + round(({column} - drawn.came) * drawn.share)::integer" for column in columns)
            self._connection.execute(DRAW.format(table=table, columns=", ".join(drawn), child=child))
            after, nothing = NOT_YET
            self._connection.execute(after.format(table=table, columns=", ".join(columns)), {"last": self.night.as_at})
            for column in columns:
                self._connection.execute(nothing.format(table=table, column=column), {"last": self.night.as_at})


@dataclass(frozen=True)
class Pool:
    """``matrix`` has a row a child and a column a key: how often the child is counted in it. ``answer`` and ``engine`` are of the
    county as it is; ``places`` says of each child which of the four counties it is from; ``answers`` are what the product counts there."""

    engine: PoolEngine
    answer: Series
    keys: tuple[Key, ...]
    matrix: np.ndarray
    places: np.ndarray
    answers: tuple[Series, ...]

    @cached_property
    def figures(self) -> Figures:
        """The county as it is, laid out in the tables of its pack."""
        return laid_out(self.engine, self.answer, {})[0]

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """What is registered of its figures."""
        return self.figures.tables.system().relations

    def county(self, random: np.random.Generator, children: int) -> Series:
        """The answer of a county of about so many children in care, drawn from the pool."""
        here = self.keys.index(("in_care", self.answer.as_at.isoformat(), COUNTY, "all"))
        share = children / self.matrix[:, here].sum()
        return self.of(random.poisson(share, len(self.matrix)))

    def of(self, times: np.ndarray) -> Series:
        """The answer of the county that has each child so many times."""
        return replace(self.answer, counts=dict(zip(self.keys, (times @ self.matrix).tolist(), strict=True)))


def make_pools(
    night: Night, days: Iterable[date], settings: Settings = SETTINGS, counties: Sequence[tuple[bool, bool]] = ALL
) -> tuple[Pool, ...]:
    """The pool on several reporting dates: the same children in the same rows. ``counties``: whether dealt, and whether drawn together."""
    days = tuple(days)
    dates = {date for day in days for date in dates_of(day)}
    engines = [PoolEngine(night, dates, settings, *kind) for kind in counties]
    with adoptions_worked_out_once():
        answers = [[series(engine, day) for engine in engines] for day in days]
        found = [[counted_children(engine, one) for engine, one in zip(engines, row, strict=True)] for row in answers]
    people = sorted(
        {(place, child) for row in found for place, one in enumerate(row) for named in one.values() for child in named}
    )
    rows = {person: row for row, person in enumerate(people)}
    places = np.array([place for place, _ in people])
    pools = []
    for answer, counted in zip(answers, found, strict=True):
        # The muddled records have services, and options, that nobody has in the county as it is: there they are 0.
        services = tuple(sorted({name for one in answer for name in one.services}, key=str.casefold))
        others = sorted({key for one in answer for key in one.counts if key[0] == OPTION or key[2] != COUNTY})
        counts = answer[0].counts | {key: 0 for key in others if key not in answer[0].counts}
        keys = tuple(counts)
        matrix = np.zeros((len(people), len(keys)), dtype=np.int32)
        for column, key in enumerate(keys):
            for place, one in enumerate(counted):
                for child, times in one.get(key, {}).items():
                    matrix[rows[(place, child)], column] = times
        pools.append(Pool(engines[0], replace(answer[0], services=services, counts=counts), keys, matrix, places, tuple(answer)))
    return tuple(pools)


@contextmanager
def adoptions_worked_out_once() -> Iterator[None]:
    """The adoption indicators of a year, which the packs of several dates print, are worked out once a county: the records stand still."""
    kept: dict[tuple, object] = {}

    work_out = adoption_indicators

    def once(engine: Engine, policy: str, scope: Scope, day: date):
        key = id(engine), policy, scope.roles, day
        if key not in kept:
            kept[key] = work_out(engine, policy, scope, day)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("metrics.strategic.series.adoption_indicators", once)
        patch.setattr(f"{__name__}.adoption_indicators", once)
        yield


def dates_of(day: date) -> set[date]:
    """Every date that a pack of the day counts children on."""
    return {
        *standing_dates(day, 12, date.min),
        *(date(day.year - back, 3, 31) for back in range(6) if date(day.year - back, 3, 31) <= day),
    }


def counted_children(engine: Engine, counted: Series) -> dict[Key, Counter[str]]:
    """{key: {child: times counted}} for every count of the answer, from the lists that the product keeps child by child."""
    found: dict[Key, Counter[str]] = {key: Counter() for key in counted.counts}

    def put(child: str, *keys: Key) -> None:
        for key in keys:
            if key in found:
                found[key][child] += 1

    # The engine keeps the days of every pool: this one counts on some of them.
    of_days = {"days": sorted({key[1] for key in counted.counts} & {f"{day}" for day in engine.reporting_dates})}
    here = "as_at in (select unnest($days::date[]))"
    with engine.view(asking(roles=None), (engine.as_at,)) as cursor:
        for day, child, service in cursor.execute(f"select as_at, child_id, service from spine where {here}", of_days).fetchall():
            put(child, *(("in_care", f"{day}", group, "all") for group in (COUNTY, service)))
        rows = cursor.execute(
            f"select policy, rule, as_at, child_id, service from listed where on_list and {here}", of_days
        ).fetchall()
        for policy, rule, day, child, service in rows:
            put(child, *((f"{policy}.{rule}", f"{day}", group, "all") for group in (COUNTY, service)))
            for measure in counted.measures:
                if measure.category and (policy, rule) == (measure.policy, measure.rule) and day != counted.as_at:
                    put(child, (PLAN, f"{day}", COUNTY, measure.category))
        rows = cursor.execute(MEMBERS, of_days).fetchall()
        named = {(one.policy, one.rule): one.out_of for one in counted.measures if one.out_of}
        shared = {
            (child, population_key(named[policy, rule], f"{day}", group))
            for policy, rule, day, child, service in rows
            if (policy, rule) in named
            for group in (COUNTY, service)
        }
        for child, key in shared:
            put(child, key)
        for policy, rule, day, child, service, state in cursor.execute(
            f"select policy, rule, as_at, child_id, service, state from milestone where {here}", of_days
        ).fetchall():
            for group in (COUNTY, service):
                if state in ("done in time", "done late", "overdue"):
                    put(child, (f"{policy}.{rule}", f"{day}", group, "due"))
                if state == "done in time":
                    put(child, (f"{policy}.{rule}", f"{day}", group, "in time"))
                if state in BACKLOG:
                    put(child, backlog_key(policy, rule, f"{day}", group))
    for one, entry in product(counted.measures, declaration().grouped):
        if entry.count_outside and one.rule and entry.outside_key(one.policy, one.rule, f"{counted.as_at}", COUNTY) in found:
            for child, service in children_outside(engine, one, entry, counted.as_at):
                put(child, *(entry.outside_key(one.policy, one.rule, f"{counted.as_at}", group) for group in (COUNTY, service)))
    for key, children in children_beside(engine, counted.measures, counted.as_at).items():
        for child, service in children:
            put(child, *((*key[:2], group, key[3]) for group in (COUNTY, service)))
    day = counted.as_at.isoformat()
    for child, service, dimension, category in grouped_children(engine, counted.as_at):
        put(child, *((dimension, day, group, category) for group in (COUNTY, service)))
    _put_flows(engine, counted, put)
    return found


def _put_flows(engine: Engine, counted: Series, put) -> None:
    spans = {key[1]: key for key in counted.counts if key[0] in (ENTERED, LEFT)}
    known = counted.spans
    for one in moves(engine, counted.as_at):
        for what, day, category in ((ENTERED, one.entered, one.need), (LEFT, one.left, one.reason)):
            for name in spans if day else ():
                if known[name].first_date <= day <= known[name].last_date:
                    put(one.child_id, *((what, name, COUNTY, kind) for kind in ("all", category)))
    of_year: dict[Key, set[str]] = defaultdict(set)
    for year in {key[1] for key in counted.counts if key[3] == "counted"}:
        for answer in adoption_indicators(engine, "england", asking(roles=None), date(int(year[:4]) + 1, 3, 31)):
            for row in answer.behind[answer.behind["days"].notna()].itertuples():
                adopted = periods.year(periods.financial_year(row.adopted_date)).id
                names = ["counted", "in time"] if row.in_time else ["counted"]
                put(row.child_id, *((answer.indicator.id, year, COUNTY, name) for name in names))
                for name in [OF_YEAR, IN_TIME_OF_YEAR] if row.in_time else [OF_YEAR]:
                    of_year[(answer.indicator.id, adopted, COUNTY, name)].add(row.child_id)
    for key, children in of_year.items():
        for child in children:
            put(child, key)
