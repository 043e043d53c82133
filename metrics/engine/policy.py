"""A council's policy: which rules, over which measures, with which limits, from which paragraph of which document.

Here is what a policy is; ``policy_files`` reads it and ``policies`` puts the council's settings to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.errors import TrackerError
from metrics.engine.catalogue import Measure

FOLDER = Path(__file__).parents[2] / "policies"
UNITS = ("months", "weeks", "days", "working_days")
# A parameter over_<unit> is the limit's own number: the share is out of the children whose clock has run for longer than that.
OVER = "over_"
LEVELS = ("child", "service", "countywide", "strategic")
# Whether a list begins on the day the limit is reached, or the day after it.
ON, AFTER = REACHED = ("on", "after")


class PolicyError(TrackerError):
    """A policy, or a setting about one, cannot be used; the message names the file, the rule, the key and why."""


@dataclass(frozen=True)
class Limit:
    """How long a clock may run. ``starts`` is the first reporting date the limit holds for (None: always).

    ``after``: whether the list begins the day after the limit is reached (*more than 12 weeks*), and not on that day (*12 weeks or more*).
    """

    amount: int
    unit: str
    starts: date | None = None
    agreed_by: str = ""
    after: bool = False

    @property
    def length(self) -> str:
        """How long the clock may run, in words: *12 weeks*."""
        unit = self.unit.replace("_", " ")
        return f"{self.amount} {unit if self.amount != 1 else unit[:-1]}"

    @property
    def words(self) -> str:
        """The limit as its document has it: *12 weeks*, or *more than 12 weeks*."""
        return f"more than {self.length}" if self.after else self.length


@dataclass(frozen=True)
class Change:
    """A period of a rule that the council has changed: ``parameter`` is *other_weeks*, or *foster.review* of a table of situations.

    ``starts``: the first reporting date the value holds for (None: always).
    """

    parameter: str
    value: object
    starts: date | None = None
    agreed_by: str = ""


def _changed(parameters: dict[str, object], changes: Iterable[Change]) -> dict[str, object]:
    """The parameters with the changes made in turn."""
    found = dict(parameters)
    for change in changes:
        situation, _, key = change.parameter.partition(".")
        if not key:
            found[change.parameter] = change.value
            continue
        for name, table in found.items():
            if isinstance(table, list):
                found[name] = [entry | {key: change.value} if _is_situation(entry, situation) else entry for entry in table]
    return found


def _is_situation(entry: object, name: str) -> bool:
    return isinstance(entry, dict) and entry.get("id") == name


@dataclass(frozen=True)
class Target:
    """The share of the population (percent) that is wanted, with the tolerance within which a figure is still near it. Whether at most
    or at least, the measure decides (``Rule.bound``)."""

    percent: float
    tolerance: float
    agreed_by: str = ""
    agreed_on: date | None = None


AT_MOST, AT_LEAST = "at most", "at least"


def bound(low_is_good: bool | None) -> str:
    """Which way a target bounds a share: a list is of children for whom something is to be done, unless its measure says otherwise."""
    return AT_LEAST if low_is_good is False else AT_MOST


@dataclass(frozen=True)
class Rule:
    """A measure with its parameters and limits, as one policy words it. ``limits`` run from the oldest to the newest.

    ``asks``: the question in plain English, the measure's own where the policy does not put it more narrowly.
    ``owner``: who answers for the definition: the policy's, else the settings', else the measure's own.
    ``reading``: how the wording is read where it can be read in more than one way or the extracts cannot show it, and why so.
    ``reached``: *on* where a child is listed from the day the limit is reached, *after* where from the day after it.
    ``applies_from``: the first day that it applies (None: it always has): what began before is *before the policy*.
    ``parameters`` are the policy's own; ``changes`` the council's, from the oldest to the newest.
    ``problem``: why the rule cannot be counted, where its measure, its entry in the policy or a setting about it has a mistake. The rule
    is then *not available*, and the others stand.
    """

    policy: str
    id: str
    title: str
    measure: Measure
    parameters: dict[str, object]
    limits: tuple[Limit, ...]
    level: str
    wording: str
    source: str
    asks: str
    target: Target | None = None
    problem: str = ""
    owner: str = ""
    reached: str = ON
    changes: tuple[Change, ...] = ()
    applies_from: date | None = None
    reading: str = ""

    def parameters_on(self, as_at: date) -> dict[str, object]:
        """The parameters that hold on a reporting date: the policy's, with the council's changes that have begun."""
        begun = [change for change in self.changes if change.starts is None or change.starts <= as_at]
        return _changed(self.parameters, begun) if begun else self.parameters

    def number(self, parameter: str, as_at: date) -> int:
        """A parameter that is a whole number, as it holds on a reporting date. Raises KeyError where the rule has none of the name,
        TypeError where it is another kind."""
        value = self.parameters_on(as_at)[parameter]
        if not isinstance(value, int):
            raise TypeError(f"{self.policy}.{self.id}: {parameter} is {value!r}, and not a whole number")
        return value

    def text(self, parameter: str) -> str:
        """A parameter that is a text. Raises KeyError where the rule has none of the name, TypeError where it is another kind."""
        value = self.parameters[parameter]
        if not isinstance(value, str):
            raise TypeError(f"{self.policy}.{self.id}: {parameter} is {value!r}, and not a text")
        return value

    def population_words(self, as_at: date) -> str:
        """The children that its figure is a share of on a reporting date."""
        return self.measure.population.words(self.parameters_on(as_at))

    @property
    def over(self) -> str:
        """The parameter that is the limit's own number, such as *over_months*; empty where the rule has none."""
        return next((name for name in self.parameters if name in {f"{OVER}{unit}" for unit in UNITS}), "")

    @property
    def low_is_good(self) -> bool | None:
        """Whether a lower figure is better for children, as the measure's header has it; None where neither is.

        Of children who are at a stage neither is; of those who have been at it for longer than a limit, a lower figure is.
        """
        review = self.measure.review
        return True if review.low_over_limit and self.limits else review.low_is_good

    @property
    def bound(self) -> str:
        """What a target is: the share that the figure may be *at most*; *at least* where a higher figure is better."""
        return bound(self.low_is_good)

    def limit_on(self, as_at: date) -> Limit | None:
        """The limit that holds on a reporting date: the latest that has begun. None: listed as soon as the condition holds."""
        holding = [limit for limit in self.limits if limit.starts is None or limit.starts <= as_at]
        return holding[-1] if holding else None

    def has_day(self, as_at: date) -> bool:
        """Whether a row has a day by which something is due, or on which a limit is reached; else its days are those on the list."""
        return self.measure.is_milestone or self.limit_on(as_at) is not None


@dataclass(frozen=True)
class Policy:
    """A policy file: its name, its document and its rules, in the order of the document.

    ``pages``: the pages of its own that it brings (``policy_pages.PAGES``). ``provides``: what other parts of the tracker find in it
    (``policy_pages.PROVIDES``). ``owner``: who answers for its definitions. ``faults``: what a page that it brings lacks, in sentences.
    """

    id: str
    name: str
    document: str
    rules: tuple[Rule, ...]
    pages: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()
    owner: str = ""
    faults: tuple[str, ...] = ()

    def rule(self, rule_id: str) -> Rule:
        """One rule by id. Raises PolicyError naming the rules there are."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise PolicyError(
            f"The policy {self.id} has no rule '{rule_id}'; its rules are {', '.join(rule.id for rule in self.rules)}."
        )

    def rules_over(self, measures: Iterable[str]) -> dict[str, Rule]:
        """The rule over each of the measures that the policy has a rule over, in the order of the measures.

        Pages and packs find their rules so, since a rule's id is the policy's own. Of several rules over one measure, the first.
        """
        first = {rule.measure.id: rule for rule in reversed(self.rules)}
        return {measure: first[measure] for measure in measures if measure in first}

    def rule_over(self, measure: str) -> Rule:
        """The rule over a measure, the first where there are several. Raises PolicyError where there is none."""
        found = self.rules_over((measure,))
        if not found:
            raise PolicyError(
                f"The policy {self.id} has no rule over the measure '{measure}', which this page needs; add one to it."
            )
        return found[measure]

    @property
    def problems(self) -> tuple[str, ...]:
        """Why each rule that is not available is not, and what its pages lack; empty when all is well."""
        return tuple(dict.fromkeys([*(rule.problem for rule in self.rules if rule.problem), *self.faults]))
