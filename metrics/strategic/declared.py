"""The measures of the scorecard as they are declared: ``measures.toml``, and the tracker's own rules from the panel's policy."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from data.sentences import begins
from data.settings import FILE_NAME, SCORECARD, Settings, SettingsError, setting_line
from metrics.engine.catalogue import measure_files, read_measure
from metrics.engine.engine import Engine
from metrics.engine.measure_header import did_you_mean
from metrics.engine.policies import policies_with, target_from
from metrics.engine.policy import AT_LEAST, Policy, Rule, Target, bound
from metrics.engine.policy_pages import STATUTORY
from metrics.strategic.named_populations import FirstDays, population_names

FILE = Path(__file__).with_name("measures.toml")
TRACKER = "Permanence tracker"
# Those of a list or a population who are of none of the categories that hold it, and those of the categories who are not of it.
OUTSIDE, MISSING = "outside", "missing"
SHARES = ("outcome", "milestone", "rule", "pair", "share")


@dataclass(frozen=True)
class Measure:
    """One line of the scorecard. ``counted_by`` and the rest are as ``measures.toml`` explains.

    ``measure``, ``other_measure``: whose rules count it, in the policy that provides the statutory timescales. ``policy``, ``rule`` and
    ``other_rule`` are found there by ``measures_of``; empty where no policy in use has them.
    ``headline``: it stands on the first page of the councillors' paper.
    ``category``: the plan in the table of plans whose children the rule lists, no more and no fewer.
    ``out_of``: the children its share is of, where a rule names them, as figures' keys name them.
    """

    id: str
    reference: str
    section: str
    title: str
    definition: str
    numerator: str
    denominator: str
    counted_by: str
    source: str
    low_is_good: bool | None = None
    measure: str = ""
    other_measure: str = ""
    policy: str = ""
    rule: str = ""
    other_rule: str = ""
    reason: str = ""
    indicator: str = ""
    category: str = ""
    headline: bool = False
    out_of: FirstDays = ()

    @property
    def is_share(self) -> bool:
        return self.counted_by in SHARES

    @property
    def bound(self) -> str:
        """Which way its target bounds it: a rule's list as the rule's own does; of other shares, at most where lower is better."""
        return bound(self.low_is_good) if self.counted_by == "rule" or self.low_is_good else AT_LEAST

    @property
    def is_statutory(self) -> bool:
        """Whether it is counted by the rules or the indicators of the policy that provides the statutory timescales."""
        return bool(self.measure or self.indicator)

    @property
    def of_period(self) -> bool:
        """Counted over a period, where the others are counted at the close of a day."""
        return self.counted_by in ("entered", "left", "outcome")

    @property
    def of_three_years(self) -> bool:
        return self.counted_by in ("average", "share")


@dataclass(frozen=True)
class Grouped:
    """A measure's list lies within some categories of a grouping, or outside some; where the rule has these parameters.

    ``of_share``: only those of the list who are counted in its share, where that is less than those asked about.
    ``others``: the categories of those who have the option and are not on the list.
    ``count_outside``: the definitions let some of the list be outside, as faulty records do; they are counted (``outside_key``), and
    nothing follows where there are any.
    """

    measure: str
    grouping: str
    within: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    parameters: dict[str, object] = field(default_factory=dict)
    of_share: bool = False
    others: tuple[str, ...] = ()
    count_outside: bool = False

    def outside_key(self, policy: str, rule: str, day: str, group: str) -> tuple[str, ...]:
        """The key of those on a rule's list who are outside the categories: never printed."""
        return f"{policy}.{rule}", day, group, f"{OUTSIDE} {self.grouping}"


@dataclass(frozen=True)
class Peopled:
    """What is so of a population (``metrics/populations``) beside the other figures of a day.

    ``in_care``: "within" where all of them are in care (``measures``: as these have it); "holds" where all in care are among them.
    ``grouping``: in a sound record they are those in care of some categories (``within``), or of all but some (``outside``).
    ``under``, ``over``: the parameter with the age that they are all under, or all reached, in years, or in months where its name says so;
    ``everyone``: and they are all of those in care who are. ``option``: all in care with the parameter's option are among them.
    ``holds``: populations that lie within it, where the parameters that both have are the same; ``apart``: one that has nobody in common
    with it, and with it is all in care. ``list_of``: the measure whose list they are, where the parameters are the same and it has no
    limit.
    """

    id: str
    in_care: str = ""
    measures: tuple[str, ...] = ()
    grouping: str = ""
    within: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    under: str = ""
    over: str = ""
    everyone: bool = False
    option: str = ""
    holds: tuple[str, ...] = ()
    apart: str = ""
    list_of: str = ""

    def those(self, categories: tuple[str, ...]) -> tuple[str, ...]:
        """Those of a grouping's categories that they are of."""
        return tuple(one for one in categories if one in (self.within or set(categories) - {*self.outside}))

    def key(self, word: str, name: str, day: str, group: str) -> tuple[str, ...]:
        """The key of those beside the categories (OUTSIDE, MISSING): never printed."""
        return name, day, group, f"{word} {self.grouping}"


@dataclass(frozen=True)
class Declaration:
    """The file: its measures, and what is so of the lists of the measures in ``metrics/measures``.

    ``options``: {"measures", "only", "all"}; ``held``: {measure: the parameter with the months in care, "" for the limit};
    ``nested``: (whole, part).
    """

    measures: tuple[Measure, ...]
    options: dict[str, tuple[str, ...]]
    held: dict[str, str]
    nested: tuple[tuple[str, str], ...]
    without_plan: tuple[str, ...]
    grouped: tuple[Grouped, ...]
    populations: dict[str, Peopled]


@cache
def declaration() -> Declaration:
    declared = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Declaration(
        tuple(Measure(**_with_direction(entry)) for entry in declared["measure"]),
        {name: tuple(measures) for name, measures in declared["options"].items()},
        {measure: entry.get("months", "") for entry in declared["held"] for measure in entry["measures"]},
        tuple((entry["whole"], entry["part"]) for entry in declared["nested"]),
        tuple(declared["without_plan"]["measures"]),
        tuple(Grouped(**_with_tuples(entry)) for entry in declared["grouped"]),
        {entry["id"]: Peopled(**_with_tuples(entry)) for entry in declared["population"]},
    )


def _with_tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


def _with_direction(entry: dict) -> dict:
    """What counts a rule's list has the direction of the rule's measure; what counts those done in time, the other one."""
    if "measure" not in entry:
        return entry
    low_is_good = read_measure(measure_files()[entry["measure"]]).review.low_is_good
    if entry["counted_by"] == "milestone" and low_is_good is not None:
        low_is_good = not low_is_good
    return entry | {"low_is_good": low_is_good}


def panel_policy(engine: Engine) -> str:
    """The policy whose rules are the tracker: the first in use."""
    return next(iter(engine.policies))


def providers(settings: Settings) -> tuple[str, ...]:
    """The policies that provide the statutory timescales, in use or not: what a message asks to add."""
    return policies_with(settings, "provides", STATUTORY, in_use=False)


def tracker_rules(engine: Engine) -> tuple[Rule, ...]:
    """The rules of the panel's policy that are tracked countywide; all its measures, where it marks none so."""
    return _tracked(engine.policies[panel_policy(engine)])


def _tracked(policy: Policy) -> tuple[Rule, ...]:
    rules = tuple(rule for rule in policy.rules if rule.measure.kind == "measure")
    return tuple(rule for rule in rules if rule.level == "countywide") or rules


def _tracker_measure(engine: Engine, number: int, rule: Rule) -> Measure:
    out_of = population_names(rule)
    words = rule.population_words(engine.as_at) if out_of else "children in care"
    return Measure(
        f"{rule.policy}.{rule.id}",
        f"PT{number}",
        TRACKER,
        rule.title,
        rule.asks,
        "Children on the list",
        begins(words),
        "rule",
        f"{rule.wording}: {rule.source}",
        rule.low_is_good,
        policy=rule.policy,
        rule=rule.id,
        category=_category(rule),
        headline=number == 1,
        out_of=out_of,
    )


def measure_ids(policies: Mapping[str, Policy]) -> set[str]:
    """The ids that a comparator may name: every line of the scorecard."""
    first = next(iter(policies.values()))
    return {f"{first.id}.{rule.id}" for rule in _tracked(first)} | {measure.id for measure in declaration().measures}


def _category(rule: Rule) -> str:
    """The category of the table of plans that a rule's list is, where it is one: the same number has one key."""
    alone = rule.measure.id in declaration().options["only"] and not rule.limits
    return plan_of(rule.text("option")) if alone else ""


def plan_of(option: str) -> str:
    """An option of a plan as the table of plans names it."""
    return option.replace("_", " ").capitalize()


def measures_of(engine: Engine) -> tuple[Measure, ...]:
    """Every line of the scorecard, in its order: children in care, the tracker, then the others."""
    rules = tuple(_tracker_measure(engine, number, rule) for number, rule in enumerate(tracker_rules(engine), start=1))
    declared = tuple(_with_rules(engine, measure) for measure in declaration().measures)
    first = tuple(measure for measure in declared if measure.section == "Children in care")
    return (*first, *rules, *(measure for measure in declared if measure not in first))


def _with_rules(engine: Engine, measure: Measure) -> Measure:
    """A declared measure with the policy and the rules that count it, where a policy in use has them."""
    policy_id = engine.policy_providing(STATUTORY)
    if not measure.is_statutory or policy_id is None:
        return measure
    asked = [name for name in (measure.measure, measure.other_measure) if name]
    rules = engine.policies[policy_id].rules_over(asked)
    if len(rules) < len(asked):
        return measure
    rule, other = (rules[name].id if name else "" for name in (measure.measure, measure.other_measure))
    out_of = population_names(rules[measure.measure]) if measure.counted_by in ("rule", "pair") else ()
    return replace(measure, policy=policy_id, rule=rule, other_rule=other, out_of=out_of)


def target_of(engine: Engine, measure: Measure) -> Target | None:
    """What the council wants of a share: for a rule's list the rule's own target, at most, as every page has it; for another measure
    that of ``[targets.scorecard.<measure>]`` in settings.toml, at least where more is better.

    Raises SettingsError for a target of something that is no such measure.
    """
    check_targets(engine.settings)
    if measure.counted_by == "rule":
        return engine.policies[measure.policy].rule(measure.rule).target if measure.policy in engine.policies else None
    entry = engine.settings.targets.get(SCORECARD, {}).get(measure.id)
    return target_from(entry) if entry else None


def check_targets(settings: Settings) -> None:
    """Raises SettingsError for a target of something that is no percentage of the scorecard, or whose policy is not in use."""
    provided = policies_with(settings, "provides", STATUTORY)
    shares = {one.id: one for one in declaration().measures if one.is_share and one.counted_by != "rule"}
    for named in settings.targets.get(SCORECARD, {}):
        where = f"{FILE_NAME}{setting_line(settings, 'targets', SCORECARD, named)}, targets.{SCORECARD}.{named}"
        if named not in shares:
            raise SettingsError(
                f"{where} is not a percentage of the scorecard with a target of its own; {did_you_mean(named, sorted(shares))} "
                "For a rule write [targets.<policy>.<rule>]."
            )
        if shares[named].is_statutory and not provided:
            needed = " or ".join(f"'{policy}'" for policy in providers(settings))
            raise SettingsError(
                f"{where} has no effect: it needs the policy {needed}; add it to 'policies', or take the table out."
            )
