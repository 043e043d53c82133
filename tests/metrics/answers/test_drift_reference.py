"""Drift against the reference reading, on generated cases that nobody would think of: every movement, every way out, in every scope."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.answers.drift.drift import flows, movements
from metrics.answers.drift.question import MOVEMENTS
from metrics.engine.scope import Scope
from tests.deep import examples
from tests.generated.strategies import GeneratedCase, make_case
from tests.reference import RULES, drift, not_supplied, rules, terms
from tests.support.asked_once import asked_once
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking

POLICY = "hertfordshire"
REASONS = ("E4A", "E11", "E2", "X1", None, None)
SLOW = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@pytest.fixture(scope="module", autouse=True)
def _the_reference_reads_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        spine = asked_once(terms.spine)
        patch.setattr(rules, "spine", spine)
        patch.setattr(drift, "spine", spine)
        patch.setattr(drift, "rule_list", asked_once(rules.rule_list))
        yield


def make_drifting_case(random: Random, *, all_files: bool = True) -> GeneratedCase:
    """A generated case that is asked about on two days at least, whose episodes ended for a reason."""
    night, days, council = make_case(random, all_files=all_files)
    while len(days) < 2:
        night, days, council = make_case(random, all_files=all_files)
    for episode in night["ssd_cla_episodes"]:
        if episode["clae_cla_episode_ceased_date"]:
            episode["clae_cla_episode_ceased_reason"] = random.choice(REASONS)
    return night, days, council


def scopes(night, days, council) -> list[tuple[Scope, object]]:
    """The county, and every team, service and worker there is: as the product is asked, and as the reference reading tells them."""
    every = [child for day in days for child in drift.spine(night, day, council).values()]
    found = [(asking(roles=None), lambda child: True)]
    for name in ("team", "service", "worker"):
        for value in sorted({getattr(child, name) for child in every}):
            found.append(
                (
                    asking(**{f"{name}s": (value,)}, roles=None),
                    lambda child, name=name, value=value: getattr(child, name) == value,
                )
            )
    return found


def check(generated: GeneratedCase, kept_days: list) -> Counter:
    """Compare the last two days of a generated case in every scope; tells how many of each movement there were."""
    night, days, council = generated
    engine = RecordsEngine(night, kept_days, council, as_at=days[-1])
    first, second = days[-2:]
    earlier = [day for day in kept_days if day < first]
    seen = Counter()
    for scope, here in scopes(night, days[-2:], council):
        answer = movements(engine, POLICY, scope, first, second)
        table = flows(engine, POLICY, scope, (first, second)).set_index("rule").to_dict("index")
        by_rule: dict[str, list] = defaultdict(list)
        for row in answer.children.itertuples():
            by_rule[row.rule].append(row)
        for one in answer.rules:
            listed = by_rule[one.rule.id]
            if not_supplied(set(night), one.rule.id):
                assert one.opening is None and listed == []
                continue
            actual = {row.child_id: row.movement for row in listed}
            assert len(actual) == len(listed)
            assert actual == drift.movements(night, one.rule.id, first, second, earlier, council, here)
            assert one.opening + one.joined - one.left == one.closing
            flow = table[one.rule.id]
            assert (one.opening, one.re_entered, one.left, one.closing) == tuple(
                flow[name] for name in ("opening", "re_entered", "left", "closing")
            )
            for row in (row for row in listed if row.movement == "left care"):
                day = None if row.left_date is None or row.left_date != row.left_date else row.left_date.date()
                assert (day, row.left_reason) == drift.left_care(night, row.child_id, second)
            seen.update(actual.values())
    return seen


@given(st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=examples(2, 8), **SLOW)
def test_they_agree_on_every_movement_of_a_generated_case(random, one_is_computed):
    generated = make_drifting_case(random, all_files=False)
    days = generated[1]
    check(generated, [day for day in days if day != days[-2]] if one_is_computed else days)


def rare(generated: GeneratedCase) -> set[str]:
    """The movements of a generated case that most generated cases do not have, in any team, as the reference reading tells them."""
    night, days, council = generated
    actual = set()
    for _, here in scopes(night, days[-2:], council)[1:]:
        for rule in RULES:
            actual |= set(drift.movements(night, rule, *days[-2:], days[:-2], council, here).values())
    return actual & {"re-entered", "moved in", "moved out", "left care"}


def test_they_agree_on_the_generated_cases_in_which_most_moves():
    generated_cases = (make_drifting_case(Random(seed)) for seed in range(examples(70, 480)))
    telling = sorted(generated_cases, key=lambda generated: len(rare(generated)), reverse=True)[: examples(6, 15)]
    seen = Counter()
    for generated in telling:
        seen.update(check(generated, generated[1]))
    assert {movement for movement in MOVEMENTS if seen[movement] < 3} == set()
