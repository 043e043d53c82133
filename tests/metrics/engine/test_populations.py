"""What a figure is a share of: each rule has its own population, which holds its list and agrees with the second reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from types import ModuleType

import duckdb
import pytest

from data.settings import Settings
from metrics.engine.catalogue import read_measure
from metrics.engine.policies import policies_in_use
from metrics.populations import populations
from tests.deep import examples
from tests.generated import cheshire_east, hertfordshire, national, salford, south_east
from tests.metrics.cases.national_child import national as one_child
from tests.metrics.comparing import tables_missing
from tests.metrics.one_night import own, prefix, together
from tests.reference.populations import population as reference_population
from tests.support.builder import records
from tests.support.product import count_rules, product_connection
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking

pytestmark = pytest.mark.slow

EVERY = ("hertfordshire", "hertfordshire_service", "salford", "south_east", "cheshire_east", "slough", "england")
SETTINGS = Settings(policies=EVERY)
MEMBERS = """
select named.policy, named.rule, member.as_at, child.child_id
from rule_population as named
join population_member as member using (as_at, population)
join known_on_day as child using (as_at, child_number)
where list_contains($days, as_at) and left(child.child_id, 4) between $first and $last
"""
OUTSIDE = """
select listed.policy, listed.rule, listed.as_at, listed.child_id
from listed
join rule_population as named using (policy, rule, as_at)
anti join population_member as member
    on member.population = named.population
    and member.as_at = listed.as_at
    and member.child_number = listed.child_number
where listed.on_list and named.population is not null
"""


GENERATORS = (hertfordshire, salford, south_east, cheshire_east, national)


@dataclass(frozen=True)
class Counted:
    """One night of the generated cases of every policy: each generator's first case's number, its cases, and the days asked about."""

    connection: duckdb.DuckDBPyConnection
    generated: dict[ModuleType, tuple[int, list, list[date]]]


@pytest.fixture(scope="module")
def counted() -> Counted:
    found, nights = {}, []
    for module in GENERATORS:
        some = [module.make_case(Random(seed)) for seed in range(examples(5, 200))]
        days = sorted({day for _, days, *_ in some for day in days[:2]})[:: max(1, len(some) // 8)]
        found[module] = len(nights), [night for night, *_ in some], days
        nights += found[module][1]
    whole = together(nights)
    connection = product_connection(whole, tables_missing(whole))
    count_rules(connection, sorted({day for _, _, days in found.values() for day in days}), SETTINGS)
    return Counted(connection, found)


def test_every_list_lies_within_its_population(counted):
    assert counted.connection.execute("select count(*) from listed where on_list").fetchone()[0] > 100
    assert counted.connection.execute(OUTSIDE).fetchall() == []


@pytest.mark.parametrize("module", GENERATORS, ids=lambda module: module.__name__)
def test_both_readings_agree_on_who_is_in_the_population_of_every_list(counted, module):
    first, nights, days = counted.generated[module]
    own_cases = {"days": days, "first": prefix(first), "last": prefix(first + len(nights) - 1)}
    members: dict[tuple, set[str]] = {}
    for policy, rule, day, child in counted.connection.execute(MEMBERS, own_cases).fetchall():
        members.setdefault((policy, rule, day), set()).add(child)
    rules = {(rule.measure.population.id, str(asked)): (rule, asked) for rule, asked in _populations_of_rules()}
    assert len(rules) >= 20 and members
    for rule, asked in rules.values():
        for day in days:
            product = dict.fromkeys(members.get((rule.policy, rule.id, day), ()), ())
            for number, night in enumerate(nights, start=first):
                expected = reference_population(night, rule.measure.population.id, asked, day, SETTINGS)
                assert set(own(product, number)) == expected, (rule.policy, rule.id, day)


def _populations_of_rules():
    for policy in policies_in_use(SETTINGS).values():
        for rule in policy.rules:
            if not rule.measure.population.of_milestone:
                yield rule, rule.measure.population.asked(rule.policy, rule.id, rule.parameters)


DAY = date(2026, 3, 31)


def _made() -> RecordsEngine:
    ordered = one_child("A").in_care("2025-01-06").legal("E1", "2025-06-02").proceedings("2026-02-02")
    at_home = one_child("B").proceedings("2025-01-06")
    return RecordsEngine(records(ordered, at_home, one_child("C").in_care("2025-03-03")), (DAY,), Settings(policies=("slough",)))


@pytest.fixture(scope="module")
def engine() -> RecordsEngine:
    return _made()


@pytest.mark.parametrize("by", ["county", "service", "team", "worker"])
def test_a_share_is_out_of_the_rules_own_children_in_every_group(engine, by):
    frame = engine.figures("slough", asking(), by).set_index("rule")
    wanted = {"proceedings_26w": (1, 2, 2), "placement_order_4m": (1, 1, 2), "plan_confirmed_6m": (2, 2, 2)}
    assert {rule: tuple(frame.loc[rule, ["children", "population", "in_care"]]) for rule in wanted} == wanted


def test_a_rule_changed_since_the_night_has_its_population_too():
    engine = _made()
    changed = Settings(policies=("slough",), limits={"slough": {"proceedings_26w": {"weeks": 2}}})
    engine.settings, engine.policies = changed, policies_in_use(changed)
    del engine._kept_rules["slough", "proceedings_26w"]
    frame = engine.figures("slough", asking()).set_index("rule")
    assert tuple(frame.loc["proceedings_26w", ["children", "population"]]) == (2, 2)
    assert tuple(frame.loc["placement_order_4m", ["children", "population"]]) == (1, 1)


def test_where_the_extract_that_tells_who_they_are_is_lacking_the_share_is_not_supplied():
    night = records(one_child("A").in_care("2025-01-06"), not_supplied=("local_care_proceedings",))
    row = RecordsEngine(night, (DAY,), Settings(policies=("slough",))).figures("slough", asking()).set_index("rule")
    assert row.loc[["proceedings_26w"], ["children", "population"]].isna().all(axis=None)
    assert row.loc["proceedings_26w", "in_care"] == 1


def test_a_milestones_share_is_out_of_those_of_whom_it_is_asked_and_whom_it_can_judge():
    children = [one_child(name).in_care(day) for name, day in {"A": "2025-03-31", "B": "2026-01-05", "C": "2026-03-30"}.items()]
    settings = Settings(policies=("england",), applies_from={"england": date(2025, 4, 1)})
    frame = RecordsEngine(records(*children), (DAY,), settings).figures("england", asking()).set_index("rule")
    assert tuple(frame.loc["first_review_20d", ["children", "population", "in_care"]]) == (1, 2, 3)


def test_a_population_is_named_by_its_words_and_another_is_refused(tmp_path):
    header = "-- title: T\n-- asks: A\n-- why: W\n-- kind: measure\n-- needs: ssd_person\n-- source: S\n"
    select = "select as_at, child_number, entered_care as clock_start, null as detail from spine\n"
    path = tmp_path / "ours.sql"
    path.write_text(header + select, encoding="utf-8")
    assert read_measure(path).population.id == "children_in_care"
    path.write_text(f"{header}-- out of: children in care on the dy\n{select}", encoding="utf-8")
    assert (
        "line 7: 'children in care on the dy' is not a population that a figure can be a share of; did you mean \"children in care on"
        in (read_measure(path).problem)
    )
    path.write_text(f"{header}-- out of: children in care under {{under_age}}\n{select}", encoding="utf-8")
    assert "needs the parameter 'under_age'" in read_measure(path).problem
    path.write_text(f"{header}-- out of: children this applies to\n{select}", encoding="utf-8")
    assert "is a milestone's, and this is a measure" in read_measure(path).problem


def test_every_population_is_one_that_a_rule_uses():
    used = {rule.measure.population.id for policy in policies_in_use(SETTINGS).values() for rule in policy.rules}
    assert {one.id for one in populations().values()} == used
