"""A council's policy: which rules, over which measures, with which limits, from which paragraph of which document.

Here is what a policy is; ``policy_files`` reads it and ``policies`` puts the council's settings to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.errors import TrackerError
from metrics.engine.catalogue import Measure

FOLDER = Path(__file__).parents[2] / "policies"
UNITS = ("months", "weeks", "days", "working_days")
LEVELS = ("child", "service", "countywide", "strategic")


class PolicyError(TrackerError):
    """A policy, or a setting about one, cannot be used; the message names the file, the rule, the key and why."""


@dataclass(frozen=True)
class Limit:
    """How long a clock may run. ``starts`` is the first reporting date the limit holds for (None: always)."""

    amount: int
    unit: str
    starts: date | None = None
    agreed_by: str = ""

    @property
    def words(self) -> str:
        unit = self.unit.replace("_", " ")
        return f"{self.amount} {unit if self.amount != 1 else unit[:-1]}"


@dataclass(frozen=True)
class Target:
    """At most this share of the population (percent), with the tolerance within which a figure is still near it."""

    percent: float
    tolerance: float
    agreed_by: str = ""
    agreed_on: date | None = None


@dataclass(frozen=True)
class Rule:
    """A measure with its parameters and limits, as one policy words it. ``limits`` run from the oldest to the newest.

    ``asks``: the question in plain English, the measure's own where the policy does not put it more narrowly.
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

    def limit_on(self, as_at: date) -> Limit | None:
        """The limit that holds on a reporting date: the latest that has begun. None: listed as soon as the condition holds."""
        holding = [limit for limit in self.limits if limit.starts is None or limit.starts <= as_at]
        return holding[-1] if holding else None


@dataclass(frozen=True)
class Policy:
    """A policy file: its name, its document and its rules, in the order of the document."""

    id: str
    name: str
    document: str
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule:
        """One rule by id. Raises PolicyError naming the rules there are."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise PolicyError(
            f"The policy {self.id} has no rule '{rule_id}'; its rules are {', '.join(rule.id for rule in self.rules)}."
        )

    @property
    def problems(self) -> tuple[str, ...]:
        """Why each rule that is not available is not; empty when all can be counted."""
        return tuple(dict.fromkeys(rule.problem for rule in self.rules if rule.problem))
