"""Every rule whose clock is an option's lists the earlier of recorded and observed, and carries both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from data.settings import Settings
from metrics.engine.counting import list_children
from metrics.engine.policies import policies_in_use
from metrics.engine.policy import Rule
from tests import reference
from tests.deep import examples
from tests.generated.cheshire_east import make_case as cheshire_east_case
from tests.generated.hertfordshire import make_case as hertfordshire_case
from tests.generated.national import make_case as national_case
from tests.generated.south_east import make_case as south_east_case
from tests.metrics.one_night import own, prefix, together
from tests.metrics.spine.observed_nights import observed_connection, what_a_night_showed
from tests.reference import cheshire_east, hertfordshire_service, slough, south_east, terms
from tests.reference.observed import observed_since

CASES, DAYS = examples(60, 300), 20
FIRST, LAST = date(2023, 8, 20), date(2025, 8, 31)
LISTED = "select rule, as_at, child_id, since, recorded_since, observed_since from listed where on_list"
POLICIES = {
    "hertfordshire": (hertfordshire_case, reference.rule_list),
    "hertfordshire_service": (hertfordshire_case, hertfordshire_service.rule_list),
    "south_east": (south_east_case, south_east.rule_list),
    "slough": (national_case, slough.rule_list),
    "cheshire_east": (
        cheshire_east_case,
        lambda records, rule, day, settings: cheshire_east.answers(records, day, settings)[rule],
    ),
}


class Reading:
    """Has the reference reading take its options' clocks from what was recorded, what the nights showed, or the earlier."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.shown: dict = {}
        self.which = "since"
        plain, recorded = terms.child_on_day, {}

        def child_on_day(records, person, day, settings):
            # Of a child on a day each rule asks the same, three times.
            asked = id(records), person["pers_person_id"], day
            if asked not in recorded:
                recorded[asked] = plain(records, person, day, settings)
            one = recorded[asked]
            nights = [(night, seen.get(one.child_id)) for night, seen in self.shown.items()]
            return replace(one, option_since={name: self._clock(one, nights, name) for name in one.option_since})

        patch.setattr(terms, "child_on_day", child_on_day)

    def _clock(self, one, nights, option: str) -> date:
        recorded, observed = one.option_since[option], observed_since(nights, option, one.entered_care, one.as_at)
        return {"since": min(recorded, observed), "recorded": recorded, "observed": observed}[self.which]


def option_rules(policy_id: str) -> list[Rule]:
    (policy,) = policies_in_use(Settings(policies=(policy_id,))).values()
    return [rule for rule in policy.rules if rule.measure.of_option]


def some_nights(random: Random) -> list[date]:
    """Nights over the years of the generated cases, with the gaps that matter."""
    nights = [FIRST]
    while nights[-1] < LAST:
        nights.append(nights[-1] + timedelta(days=random.choice((1, 7, 15, 27, 28, 28, 28, 29, 30))))
    return nights


def product_lists(generated_cases: list[dict], shown: list[dict], days: list[date], policy_id: str) -> dict:
    """{(rule, day): {child: (since, recorded, observed)}} of all generated cases, which share their nights."""
    all_shown = {
        night: {prefix(number) + name: plan for number, seen in enumerate(shown) for name, plan in seen[night].items()}
        for night in shown[0]
    }
    settings = Settings(policies=(policy_id,))
    connection = observed_connection(together(generated_cases), all_shown, days, settings)
    list_children(connection, policies_in_use(settings).values(), days, settings)
    lists: dict = {(rule.id, day): {} for rule in option_rules(policy_id) for day in days}
    for rule, day, child, *clocks in connection.execute(LISTED).fetchall():
        if (rule, day) in lists:
            lists[(rule, day)][child] = tuple(clocks)
    return lists


def has_its_option(rule: Rule, one) -> bool:
    """Whether the clock of a child on the list has an option's in it; else it is the placement's, say, and there is but one."""
    options = one.options if one else ()
    meant = {rule.parameters[name] for name in ("option", "with_relatives") if name in rule.parameters}
    return bool(meant & set(options)) if meant else bool(options)


def test_the_rules_with_an_options_clock_are_these():
    assert {rule.id for policy_id in POLICIES for rule in option_rules(policy_id)} == {
        *("return_home_6m", "adoption_no_placement", "plan_other", "adoption_not_placed", "ltf_12m", "plan_residential"),
        *("ltf_awaiting_match", "pre_adm", "parallel_plan", "ltf_unratified", "ltf_unmatched", "no_next_step"),
        *("life_story_work", "ltf_referral_missing", "carer_questionnaire_missing", "adoption_siblings_undecided"),
        "adoption_considered",
    }


@pytest.mark.parametrize("policy_id", POLICIES)
def test_lists_have_the_earlier_clock_and_carry_both(policy_id, monkeypatch):
    make_case, reference_list = POLICIES[policy_id]
    random, settings = Random(policy_id), Settings(policies=(policy_id,))
    nights = some_nights(random)
    generated_cases = [make_case(random)[0] for _ in range(CASES)]
    shown = [{night: what_a_night_showed(random, records, night) for night in nights} for records in generated_cases]
    days = sorted(random.sample(nights, DAYS))
    lists = product_lists(generated_cases, shown, days, policy_id)
    reading, actual, observed = Reading(monkeypatch), 0, 0
    rules = option_rules(policy_id)
    for number, records in enumerate(generated_cases):
        reading.shown = shown[number]
        in_care = {day: reference.spine(records, day, settings) for day in days}
        for rule in rules:
            for day in days:
                found, expected = own(lists[(rule.id, day)], number), {}
                for reading.which in ("since", "recorded", "observed"):
                    expected[reading.which] = {
                        child: answer[0] for child, answer in reference_list(records, rule.id, day, settings).items()
                    }
                assert {child: clocks[0] for child, clocks in found.items()} == expected["since"]
                for child, clocks in found.items():
                    if not has_its_option(rule, in_care[day].get(child)):
                        assert clocks[1:] == (None, None)
                    elif not rule.limits:
                        assert clocks[1:] == (expected["recorded"][child], expected["observed"][child])
                    else:
                        assert clocks[0] == min(clocks[1:])
                    actual, observed = actual + 1, observed + (clocks[1] is not None and clocks[2] < clocks[1])
    assert actual > 20 and observed >= 3, (actual, observed)
