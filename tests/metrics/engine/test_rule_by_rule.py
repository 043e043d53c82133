"""A changed setting computes again the rules that it touches, and no others; what is kept equals what would be computed afresh."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pandas
import pytest
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as effort

import metrics.engine.counting
import metrics.engine.engine
from data.settings import Settings
from data.store.store import Store
from data.synthetic import write_county
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from tests.deep import examples
from tests.support.scopes import asking

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("without_journeys")]

EVERYTHING = asking(roles=None)
NIGHT, MONTH_END, ANY_DAY = date(2026, 10, 31), date(2026, 7, 31), date(2026, 10, 12)
POLICIES = ("hertfordshire", "hertfordshire_service", "south_east", "salford", "cheshire_east", "slough", "england")
IN_THE_NIGHT = POLICIES[:3]


@pytest.fixture(scope="module")
def extracts(tmp_path_factory) -> Path:
    """Those of a county of 60 children."""
    (folder,) = write_county(tmp_path_factory.mktemp("county"), children=60, seed=7, as_at=NIGHT)
    return folder


@pytest.fixture(scope="module")
def night_of_three(extracts, tmp_path_factory) -> Engine:
    """The engine over a night that keeps the lists of three policies, and of four month ends."""
    store = Store(tmp_path_factory.mktemp("three"))
    written = ", ".join(f'"{policy}"' for policy in IN_THE_NIGHT)
    (store.path / "settings.toml").write_text(f"policies = [{written}]\nmonth_ends = 4\n")
    run_nightly(store, extracts, NIGHT)
    return Engine(store.current(), store.settings)


@pytest.fixture
def computed(monkeypatch) -> list[str]:
    """Every rule that an engine computes, as it does."""
    seen: list[str] = []
    add_rules = metrics.engine.engine.add_rules

    def watched(connection, rules, *rest):
        seen.extend(f"{rule.policy}.{rule.id}" for rule in rules)
        return add_rules(connection, rules, *rest)

    monkeypatch.setattr(metrics.engine.engine, "add_rules", watched)
    return seen


KEPT = ("rule_state", "due", "listed", "milestone_figure", "figure", "rule_population", "population_member", "population")


def test_a_night_is_the_same_however_few_rows_go_into_the_lists_at_a_time(night_of_three, extracts, tmp_path, monkeypatch):
    batches: list[int] = []
    add_lists = metrics.engine.counting._add_lists

    def watched(connection, rules, *rest):
        batches.append(len(rules))
        add_lists(connection, rules, *rest)

    monkeypatch.setattr(metrics.engine.counting, "_add_lists", watched)
    monkeypatch.setattr(metrics.engine.counting, "MOST_ROWS", 300)
    store = Store(tmp_path)
    shutil.copy(night_of_three.night.folder.parents[1] / "settings.toml", tmp_path)
    run_nightly(store, extracts, NIGHT)
    assert len(batches) > 3 and max(batches) > 1
    with duckdb.connect() as connection:
        for name, night in (("whole", night_of_three.night), ("batches", store.current())):
            connection.execute(f"attach '{night.database}' as {name} (read_only)")
        for table in KEPT:
            for one, other in (("whole", "batches"), ("batches", "whole")):
                differ = f"select count(*) from (from {one}.{table} except all from {other}.{table})"
                assert connection.execute(differ).fetchone() == (0,), table
        assert connection.execute("select count(*) from whole.listed where on_list").fetchone()[0] > 100
        names = [connection.execute(f"select policy, rule from {name}.rule_state").fetchall() for name in ("whole", "batches")]
    assert names[0] == names[1]


def _ask(engine: Engine, policy: str) -> None:
    dates = engine.reporting_dates
    for by in ("county", "team"):
        engine.figures(policy, EVERYTHING, by, dates)
    engine.children(policy, [rule.id for rule in engine.policies[policy].rules], EVERYTHING)


def test_nothing_is_computed_while_nothing_has_changed(night_of_three, computed):
    same = Engine(night_of_three.night, night_of_three.settings)
    for policy in IN_THE_NIGHT:
        _ask(same, policy)
    assert computed == []


def test_a_changed_limit_computes_its_own_rule_once(night_of_three, computed):
    limits = {"hertfordshire": {"ltf_12m": {"months": 24}}}
    changed = Engine(night_of_three.night, replace(night_of_three.settings, limits=limits))
    for policy in (*IN_THE_NIGHT, "hertfordshire"):
        _ask(changed, policy)
    assert computed == ["hertfordshire.ltf_12m"]
    assert [rule.id for rule in changed.policies["hertfordshire"].rules if changed.is_recomputed(rule)] == ["ltf_12m"]


def test_a_policy_that_is_added_is_computed_rule_by_rule_as_it_is_asked_for(night_of_three, computed):
    added = Engine(night_of_three.night, replace(night_of_three.settings, policies=(*IN_THE_NIGHT, "salford", "slough")))
    _ask(added, "hertfordshire")
    assert computed == []
    rule = added.policies["salford"].rules[3]
    added.children("salford", [rule.id], EVERYTHING)
    assert computed == [f"salford.{rule.id}"]
    _ask(added, "salford")
    assert sorted(computed) == sorted(f"salford.{rule.id}" for rule in added.policies["salford"].rules)


def test_a_policy_that_is_taken_out_costs_nothing(night_of_three, computed):
    fewer = Engine(night_of_three.night, replace(night_of_three.settings, policies=("south_east",)))
    _ask(fewer, "south_east")
    assert computed == []


def test_a_changed_role_computes_everything_since_every_list_names_workers(night_of_three, computed):
    changed = Engine(night_of_three.night, replace(night_of_three.settings, allocated_worker_equals=("OTHER",)))
    _ask(changed, "hertfordshire")
    assert set(computed) == {f"hertfordshire.{rule.id}" for rule in changed.policies["hertfordshire"].rules}


LENGTHS = strategies.tuples(strategies.sampled_from(("months", "weeks", "days", "working_days")), strategies.integers(0, 30))
STARTS = strategies.sampled_from((None, date(2026, 5, 31), date(2026, 8, 1), NIGHT))


@strategies.composite
def changed_settings(draw, settings: Settings, engine: Engine) -> Settings:
    """Other policies, limits and targets than those of the night."""
    policies = tuple(draw(strategies.lists(strategies.sampled_from(POLICIES), min_size=1, max_size=4, unique=True)))
    limits: dict[str, dict] = {}
    for policy in set(policies) & set(IN_THE_NIGHT):
        rules = [rule.id for rule in engine.policies[policy].rules if rule.measure.kind == "measure"]
        for rule in draw(strategies.lists(strategies.sampled_from(rules), max_size=2, unique=True)):
            unit, amount = draw(LENGTHS)
            starts = draw(STARTS)
            limits.setdefault(policy, {})[rule] = {unit: amount} | ({"from": starts} if starts else {})
    return replace(settings, policies=policies, limits=limits)


@given(strategies.data())
@effort(max_examples=examples(2, 10), deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_kept_is_what_would_be_computed_afresh(night_of_three, data):
    settings = data.draw(changed_settings(night_of_three.settings, night_of_three))
    kept = Engine(night_of_three.night, settings)
    afresh = Engine(night_of_three.night, settings)
    afresh._spine_is_kept, afresh._kept_rules = False, {}
    policy = data.draw(strategies.sampled_from(settings.policies))
    rules = [rule.id for rule in kept.policies[policy].rules]
    day = data.draw(strategies.sampled_from((NIGHT, MONTH_END, ANY_DAY)))
    first = data.draw(strategies.sampled_from(rules))
    # Whatever was asked before makes no difference.
    kept.children(policy, [first], EVERYTHING, day)
    pandas.testing.assert_frame_equal(
        _sorted(kept.children(policy, rules, EVERYTHING, day, days_before=10_000)),
        _sorted(afresh.children(policy, rules, EVERYTHING, day, days_before=10_000)),
    )
    for by in ("county", "team", "worker"):
        dates = (MONTH_END, day)
        pandas.testing.assert_frame_equal(
            kept.figures(policy, EVERYTHING, by, dates), afresh.figures(policy, EVERYTHING, by, dates)
        )


def _sorted(frame: pandas.DataFrame) -> pandas.DataFrame:
    return frame.sort_values(["rule", "child_id"], ignore_index=True)
