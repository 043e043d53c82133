"""A mistake costs its own rule: not available, with the reason, on figures, lists, movements and the scorecard; all others stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data.store.store import Store
from metrics.answers.drift.drift import flows, movements
from metrics.answers.england.statutory_timescales import standings
from metrics.answers.headlines import headlines
from metrics.answers.key_stages.key_stages import counts
from metrics.answers.reported import first_reported, reported_from_night
from metrics.engine.absence import NOT_AVAILABLE, NOT_SUPPLIED, Absence, from_stored
from metrics.engine.engine import Engine
from metrics.nightly import NightlyResult, run_nightly
from metrics.strategic.series import Series, series
from tests.deep import examples
from tests.support.extracts import write_extracts
from tests.support.scopes import asking

pytestmark = pytest.mark.slow

EVERYTHING = asking(roles=None)
NIGHT = date(2026, 10, 31)
POLICIES = ("hertfordshire", "hertfordshire_service", "south_east", "salford", "cheshire_east", "slough", "england")
MEASURE = """-- title: Ours
-- asks: Which children?
-- why: To try it.
-- kind: measure
-- parameters: of
-- needs: ssd_cla_episodes
-- source: Ours
select
    as_at,
    child_number,
    entered_care as clock_start,
    {detail} as detail
from spine
where $of = 'all'
"""
POLICY = """[policy]
id = "ours"
name = "Ours"
document = "Ours"
"""
RULE = """
[[rule]]
id = "{rule}"
title = "{rule}"
measure = "{rule}"
parameters = {{ of = "all" }}
level = "child"
wording = "Ours"
source = "Ours"
"""
# Each is sound over the empty contract, and fails on children.
FAILS_ON_CHILDREN = {
    "division": (
        "(1 // (age - age))::varchar",
        "the SQL cannot use a value in the extracts, for example it divides by zero",
    ),
    "cast": ("(child_id || 'x')::integer::varchar", "cannot be converted to the type that the SQL needs"),
    "range": ("(age * 1000)::tinyint::varchar", "cannot be converted to the type that the SQL needs"),
    "error": ("error('child ' || child_id)::varchar", "the SQL cannot use a value in the extracts"),
}


def _store(folder, **wrong: str) -> Store:
    """A store with a policy of its own: these rules, each with the detail that its measure asks for, and one that is right."""
    store = Store(folder / "store")
    for name in ("policies", "measures"):
        (store.path / name).mkdir(parents=True)
    measures = wrong | {"right": "'here'"}
    (store.path / "policies" / "ours.toml").write_text(POLICY + "".join(RULE.format(rule=rule) for rule in measures))
    for rule, detail in measures.items():
        (store.path / "measures" / f"{rule}.sql").write_text(MEASURE.format(detail=detail))
    (store.path / "settings.toml").write_text('policies = ["hertfordshire", "ours"]\nmonth_ends = 3\n')
    return store


def extracts_of(folder):
    """Two children in care, whose identifiers must not come back in a message."""
    children = ("SECRET-1", "SECRET-2")
    episodes = [
        {
            "clae_person_id": name,
            "clae_cla_id": name,
            "clae_cla_episode_start_date": "2026-01-01",
            "clae_entered_care_date": "2026-01-01",
        }
        for name in children
    ]
    people = [{"pers_person_id": name, "pers_dob": "2015-01-01"} for name in children]
    return write_extracts(folder, {"ssd_person": people, "ssd_cla_episodes": episodes}, someone_else=True)


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, NightlyResult]:
    """A store of a night on which every one of these rules fails, and the load."""
    folder = tmp_path_factory.mktemp("failing")
    store = _store(folder, **{rule: detail for rule, (detail, _) in FAILS_ON_CHILDREN.items()})
    return store, run_nightly(store, extracts_of(folder / "extracts"), NIGHT)


@pytest.mark.parametrize("rule", FAILS_ON_CHILDREN)
def test_a_rule_that_fails_on_real_rows_only_costs_itself_and_says_why_without_the_values(failing, rule):
    store, result = failing
    assert result.published
    engine = Engine(store.current(), store.settings)
    absence = engine.absence(engine.rule("ours", rule))
    assert absence.word == NOT_AVAILABLE
    assert FAILS_ON_CHILDREN[rule][1] in absence.reason and f"measures/{rule}.sql" in absence.reason
    assert "SECRET" not in absence.reason
    assert f"ours.{rule} is not available: {absence.reason}" in result.not_available
    assert len(engine.children("ours", [rule], EVERYTHING)) == 0


def test_where_several_rules_fail_on_real_rows_the_others_stand(failing):
    store, result = failing
    engine = Engine(store.current(), store.settings)
    assert len(result.not_available) == len(FAILS_ON_CHILDREN)
    missing = dict.fromkeys(FAILS_ON_CHILDREN, True) | {"right": False}
    figures = engine.figures("ours", EVERYTHING, "county").set_index("rule")["children"]
    assert figures.isna().to_dict() == missing
    assert figures["right"] == 2
    assert engine.absence(engine.rule("ours", "right")) is None
    assert len(engine.children("ours", ["right"], EVERYTHING)) == 2
    # The same on a day that the night does not keep, and in what is reported of the night later.
    other_day = engine.figures("ours", EVERYTHING, "county", (date(2026, 10, 3),)).set_index("rule")["children"]
    assert other_day.isna().to_dict() == missing
    absences = {rule: engine.absence(engine.rule("ours", rule)) for rule in FAILS_ON_CHILDREN}
    actual = reported_from_night(engine.night, "ours")
    assert (actual.counted, dict(actual.absences)) == (("right",), absences)
    (first,) = first_reported(store, "ours", EVERYTHING, [NIGHT])
    assert first.absences == absences and not [rule for rule in absences if first.children[rule] is not None]


def test_a_measure_with_a_misspelt_column_or_that_gives_a_child_twice_costs_its_own_rule_and_the_night_is_published(tmp_path):
    store = _store(tmp_path, wrong="plan_shwn", twice="'here'")
    path = store.path / "measures" / "twice.sql"
    path.write_text(path.read_text().replace("from spine\n", "from spine, (select unnest([1, 2]))\n"))
    result = run_nightly(store, extracts_of(tmp_path / "extracts"), NIGHT)
    assert result.published
    says = 'measures/wrong.sql, line 12: Referenced column "plan_shwn" not found in FROM clause; did you mean "plan_shown".'
    assert result.not_available[0] == says and len(result.not_available) == 2
    assert "it gives a child twice for one date" in result.not_available[1]
    assert says in result.night.manifest["warnings"]
    engine = Engine(store.current(), store.settings)
    assert engine.problems == (says,)
    one, twice, other = headlines(engine, "ours", EVERYTHING)
    assert (twice.children, twice.word) == (None, NOT_AVAILABLE)
    assert (one.children, one.word, one.standing, one.absence.why) == (None, NOT_AVAILABLE, NOT_AVAILABLE, says)
    assert (other.children, other.absence) == (2, None)


@pytest.fixture(scope="module")
def every_policy(every_policy_store: Store) -> Engine:
    """The engine over a night that keeps every policy."""
    return Engine(every_policy_store.current(), every_policy_store.settings)


@pytest.fixture(scope="module")
def scorecard(every_policy: Engine) -> Series:
    """What the scorecard counts where no rule is broken."""
    return series(every_policy)


def _broken(engine: Engine, rules: dict[str, list[str]]) -> Engine:
    """The same engine with these rules of each policy broken by a setting."""
    faults = {(policy, rule): f"settings.toml, line 3: {rule} is wrong" for policy, broken in rules.items() for rule in broken}
    return Engine(engine.night, replace(engine.settings, rule_faults=faults))


def test_every_shipped_rule_in_turn_may_be_broken_and_no_other_changes(every_policy):
    """Every third rule of each policy at once; in the deep suite one by one."""
    whole = {policy: every_policy.figures(policy, EVERYTHING, "county").set_index("rule")["children"] for policy in POLICIES}
    policies = every_policy.policies
    turns = examples(3, max(len(policy.rules) for policy in policies.values()))
    for turn in range(turns):
        rules = {name: [rule.id for rule in policy.rules[turn::turns]] for name, policy in policies.items()}
        engine = _broken(every_policy, rules)
        for policy, broken in rules.items():
            figures = engine.figures(policy, EVERYTHING, "county").set_index("rule")["children"]
            assert figures[broken].isna().all()
            assert figures.drop(broken).equals(whole[policy].drop(broken))
            for rule in broken:
                assert engine.absence(engine.rule(policy, rule)) == Absence(
                    NOT_AVAILABLE, reason=f"settings.toml, line 3: {rule} is wrong"
                )


def test_movements_flows_stages_and_timescales_leave_out_a_broken_rule_and_say_so(every_policy):
    engine = _broken(every_policy, {"hertfordshire": ["ltf_12m"], "south_east": ["ppm_due"], "england": ["first_review_20d"]})
    actual = movements(engine, "hertfordshire", EVERYTHING, date(2026, 9, 30), NIGHT)
    assert [(one.rule.id, one.absence.word) for one in actual.rules if one.absence] == [("ltf_12m", NOT_AVAILABLE)]
    assert next(one for one in actual.rules if one.rule.id == "ltf_12m").closing is None
    frame = flows(engine, "hertfordshire", EVERYTHING, [date(2026, 9, 30), NIGHT]).set_index("rule")
    assert frame["closing"].isna().to_dict() == {rule.id: rule.id == "ltf_12m" for rule in engine.policies["hertfordshire"].rules}
    assert [rule.id for rule, counted in counts(engine, "south_east", EVERYTHING) if counted is None] == ["ppm_due"]
    assert standings(engine, "england", EVERYTHING).set_index("rule")["overdue"].isna()["first_review_20d"]


# The first and the last word of the counts that a broken rule takes with it. Of a pair neither is counted without the other, so each of the
# two is broken where the other is whole.
GONE = {
    "first_review_20d": {("england.first_review_20d", category) for category in ("in time", "due", "backlog")},
    "same_placement_2y": {
        ("england.same_placement_2y", "all"),
        ("long_in_care_under_age under_age=16 months_in_care=30", "population"),
    },
    "not_same_placement_2y": {("england.same_placement_2y", "all")},
    "three_placements_12m": {("england.three_placements_12m", "all")},
    "visit_interval": {("england.visit_interval", "all"), ("england.visit_interval", "asked")},
}
OTHER_OF_A_PAIR = "not_same_placement_2y"


@pytest.mark.parametrize("rules", [sorted(GONE.keys() - {OTHER_OF_A_PAIR}), [OTHER_OF_A_PAIR]], ids=["several", "one of a pair"])
def test_the_scorecard_says_not_available_for_broken_rules_and_counts_the_rest(every_policy, scorecard, rules):
    actual, whole = series(_broken(every_policy, {"england": rules})), scorecard
    gone = {key: count for key, count in whole.counts.items() if key not in actual.counts}
    assert {(key[0], key[3]) for key in gone} == set().union(*(GONE[rule] for rule in rules))
    for rule in rules:
        assert {actual.absent[key] for key in gone if (key[0], key[3]) in GONE[rule] and key in actual.absent} == {NOT_AVAILABLE}
    assert actual.counts == {key: count for key, count in whole.counts.items() if key not in gone}


def test_why_there_is_no_figure_is_read_back_as_it_was_stored():
    for absence in (
        Absence(NOT_SUPPLIED, ("ssd_cla_reviews", "ssd_permanence or local_carer_matches")),
        Absence(NOT_AVAILABLE, reason="a, b: c."),
    ):
        assert from_stored(absence.stored) == absence
    assert from_stored(None) is None and from_stored("") is None


def test_a_load_says_which_rules_have_changed_since_the_night_before(tmp_path):
    store = _store(tmp_path, wrong="'here'")
    extracts = extracts_of(tmp_path / "extracts")
    assert not [text for text in run_nightly(store, extracts, NIGHT).report.warnings if text.startswith(("Changed", "New"))]
    wrong, settings = store.path / "measures" / "wrong.sql", store.path / "settings.toml"
    wrong.write_text(wrong.read_text().replace("'here'", "'there'"))
    settings.write_text('policies = ["hertfordshire", "ours", "slough"]\nmonth_ends = 3\nplan_end_is_completion = true\n')
    warnings = run_nightly(store, extracts, NIGHT).report.warnings
    assert "Changed since the load of 31/10/2026: ours.wrong." in warnings
    assert "New since the load of 31/10/2026: rules of slough." in warnings
