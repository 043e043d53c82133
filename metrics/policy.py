"""A council's policy: which rules, over which measures, with which limits, from which paragraph of which document."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from data.errors import TrackerError
from data.settings import Settings
from metrics.catalogue import Measure, measure_files, read_measure
from metrics.situations import problem_with_situations

FOLDER = Path(__file__).parent.parent / "policies"
UNITS = ("months", "weeks", "days")
LEVELS = ("child", "service", "countywide", "strategic")
RULE_KEYS = {"asks", "id", "title", "measure", "parameters", "limit", "target", "level", "wording", "source"}
RULE_MUST = {"id", "title", "measure", "level", "wording", "source"}


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
        return f"{self.amount} {self.unit if self.amount != 1 else self.unit[:-1]}"


@dataclass(frozen=True)
class Target:
    """At most this share of the population (percent), with the tolerance within which a figure is still near it."""

    percent: float
    tolerance: float
    agreed_by: str = ""


@dataclass(frozen=True)
class Rule:
    """A measure with its parameters and limits, as one policy words it. ``limits`` run from the oldest to the newest.

    ``asks``: the question in plain English, the measure's own where the policy does not put it more narrowly.
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


def _limit(where: str, entry: dict, starts: date | None = None, agreed_by: str = "") -> Limit:
    units = [unit for unit in UNITS if unit in entry]
    if len(units) != 1:
        raise PolicyError(f"{where}: a limit is one of months, weeks or days, for example {{ months = 6 }}.")
    amount = entry[units[0]]
    if not isinstance(amount, int) or isinstance(amount, bool) or amount < 0:
        raise PolicyError(f"{where}: the limit {amount!r} is not a whole number of {units[0]}.")
    return Limit(amount, units[0], starts, agreed_by)


def _target(where: str, entry: dict) -> Target:
    """A target that the document itself states; the council's own, in its settings, goes before it."""
    figures = {"percent": entry.get("percent"), "tolerance": entry.get("tolerance", 0)}
    if set(entry) - set(figures):
        raise PolicyError(f"{where}: a target has the keys percent and tolerance, for example {{ percent = 0, tolerance = 2 }}.")
    for key, value in figures.items():
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 100:
            raise PolicyError(f"{where}: the {key} {value!r} is not a number from 0 to 100.")
    return Target(figures["percent"], figures["tolerance"])


def _rule(file: str, policy_id: str, entry: dict, known: dict[str, Path]) -> Rule:
    where = f"{file}, rule '{entry.get('id', '?')}'"
    unknown, absent = set(entry) - RULE_KEYS, RULE_MUST - set(entry)
    if unknown:
        raise PolicyError(f"{where}: the key '{sorted(unknown)[0]}' is not known; use {', '.join(sorted(RULE_KEYS))}.")
    if absent:
        raise PolicyError(f"{where}: the key '{sorted(absent)[0]}' is missing.")
    if entry["measure"] not in known:
        raise PolicyError(f"{where}: there is no measure '{entry['measure']}'; the measures are {', '.join(known)}.")
    if entry["level"] not in LEVELS:
        raise PolicyError(f"{where}: the level '{entry['level']}' is not one of {', '.join(LEVELS)}.")
    measure = read_measure(known[entry["measure"]])
    parameters = dict(entry.get("parameters", {}))
    if set(parameters) != set(measure.parameters):
        raise PolicyError(
            f"{where}, key 'parameters': the measure {measure.id} takes {list(measure.parameters)}, not {list(parameters)}."
        )
    if "situations" in parameters and (problem := problem_with_situations(parameters["situations"])):
        raise PolicyError(f"{where}, key 'parameters', 'situations': {problem}.")
    limits = (_limit(f"{where}, key 'limit'", entry["limit"]),) if "limit" in entry else ()
    return Rule(
        policy_id,
        entry["id"],
        entry["title"],
        measure,
        parameters,
        limits,
        entry["level"],
        entry["wording"],
        entry["source"],
        entry.get("asks", measure.asks),
        _target(f"{where}, key 'target'", entry["target"]) if "target" in entry else None,
    )


def read_policy(path: Path, known: dict[str, Path] | None = None) -> Policy:
    """Read and check one policy file, over the measures whose files are ``known`` (ours by default).

    Raises PolicyError naming file, rule, key and reason.
    """
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{path.name} is not a valid TOML file: {error}.") from error
    heading = declared.get("policy", {})
    for key in ("id", "name", "document"):
        if not heading.get(key):
            raise PolicyError(f"{path.name}: [policy] has no '{key}'.")
    rules = tuple(_rule(path.name, heading["id"], entry, known or measure_files()) for entry in declared.get("rule", ()))
    ids = [rule.id for rule in rules]
    repeated = [rule_id for rule_id in ids if ids.count(rule_id) > 1]
    if repeated:
        raise PolicyError(f"{path.name}: two rules have the id '{repeated[0]}'; give each rule an id of its own.")
    return Policy(heading["id"], heading["name"], heading["document"], rules)


def _with_settings(policy: Policy, settings: Settings) -> Policy:
    """The policy with the council's own dated limits and targets."""
    limits, targets = settings.limits.get(policy.id, {}), settings.targets.get(policy.id, {})
    for rule_id in (*limits, *targets):
        policy.rule(rule_id)

    def own(rule: Rule) -> Rule:
        if rule.id in limits:
            entry = limits[rule.id]
            where = f"settings.toml, limits.{policy.id}.{rule.id}"
            rule = replace(rule, limits=(*rule.limits, _limit(where, entry, entry.get("from"), entry.get("agreed_by", ""))))
        if rule.id in targets:
            entry = targets[rule.id]
            rule = replace(
                rule,
                target=Target(entry["target_percent"], entry.get("tolerance_percent", 0), entry.get("agreed_by", "")),
            )
        return rule

    return replace(policy, rules=tuple(own(rule) for rule in policy.rules))


def _policy_files(own: Path | None) -> dict[str, Path]:
    """Our policies and the council's own, by the file's stem. The council's file of one name replaces ours."""
    folders = [FOLDER, own] if own else [FOLDER]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


def policies_in_use(settings: Settings) -> dict[str, Policy]:
    """The policies that the council's settings name, in that order, with its own limits and targets.

    A council keeps policies and measures of its own in ``policies`` and ``measures`` beside its settings.
    Raises PolicyError when a policy has no file, or a setting names a rule that the policy has not.
    """
    files = _policy_files(settings.folder / "policies" if settings.folder else None)
    known = measure_files(settings.folder / "measures" if settings.folder else None)
    chosen = {}
    for policy_id in settings.policies:
        if policy_id not in files:
            raise PolicyError(
                f"settings.toml, key 'policies': there is no policy '{policy_id}'; the policies are {', '.join(files)}."
            )
        chosen[policy_id] = _with_settings(read_policy(files[policy_id], known), settings)
    return chosen
