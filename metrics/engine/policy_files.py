"""Reading a policy file. A mistake in one rule costs that rule; one in the file's own heading costs the policy."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from data.toml_file import unreadable
from data.toml_lines import at_line
from metrics.engine.catalogue import Measure, measure_files, read_measure
from metrics.engine.dry_run import wrong_parameter
from metrics.engine.measure_header import did_you_mean
from metrics.engine.policy import AFTER, FOLDER, LEVELS, ON, OVER, REACHED, UNITS, Limit, Policy, PolicyError, Rule, Target
from metrics.engine.policy_pages import PAGES, PROVIDES
from metrics.engine.situations import problem_with_situations

RULE_KEYS = (
    "id",
    "title",
    "measure",
    "parameters",
    "limit",
    "reached",
    "target",
    "level",
    "wording",
    "source",
    "reading",
    "asks",
    "applies_from",
)
RULE_MUST = ("id", "title", "measure", "level", "wording", "source")
TEXTS = ("id", "title", "measure", "level", "wording", "source", "reading", "asks")
HEADING = ("id", "name", "document")
# Lists in the heading that a policy may have, with the words that each may hold.
OWNER, APPLIES = "owner", "applies_from"
LISTS = {"pages": tuple(PAGES), "provides": PROVIDES}
# Indicators are read by metrics/answers/england/adoption_indicators.py.
SECTIONS = ("policy", "rule", "indicator")
NO_LIMIT = (
    "what the milestone {measure} is due by is more than one period after its clock, so it has no limit; change its parameters "
    "instead"
)


def limit_from(where: str, entry: object, starts: date | None = None, agreed_by: str = "", after: bool = False) -> Limit:
    """A limit from one of months, weeks, days, working_days. ``after``: the list begins the day after it. Raises PolicyError."""
    given: dict[str, object] = entry if isinstance(entry, dict) else {}
    units = [unit for unit in UNITS if unit in given]
    further = [key for key in given if key not in UNITS]
    if len(units) != 1 or further:
        meant = difflib.get_close_matches(further[0], UNITS, n=1) if further else []
        hint = f'; did you mean "{meant[0]}"?' if meant else "."
        raise PolicyError(
            f"{where}: a limit is one of months, weeks, days or working_days, for example {{ months = 6 }}, not {entry!r}{hint}"
        )
    amount = given[units[0]]
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 <= amount <= 7300:
        raise PolicyError(f"{where}: the limit {amount!r} is not a whole number of {units[0].replace('_', ' ')} from 0 to 7300.")
    return Limit(amount, units[0], starts, agreed_by, after)


def _target(where: str, entry: object) -> Target:
    """A target that the document itself states; the council's own, in its settings, goes before it."""
    if not isinstance(entry, dict) or set(entry) - {"percent", "tolerance"}:
        raise PolicyError(f"{where}: a target has the keys percent and tolerance, for example {{ percent = 0, tolerance = 2 }}.")
    figures = {"percent": entry.get("percent"), "tolerance": entry.get("tolerance", 0)}
    for key, value in figures.items():
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 100:
            raise PolicyError(f"{where}: the {key} {value!r} is not a number from 0 to 100.")
    return Target(figures["percent"], figures["tolerance"])


def _type(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "text" if isinstance(value, str) else "a list"


def declared_in(path: Path) -> dict[str, Any]:
    """What a policy file says, unchecked: read once, until it changes. Raises OSError, ValueError."""
    status = path.stat()
    return _declared(path, (status.st_mtime_ns, status.st_size))


@cache
def _declared(path: Path, stamp: tuple[int, int]) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


@cache
def _as_shipped() -> dict[tuple[str, str], object]:
    """A value that our own policies give to each parameter of each measure, by (measure, parameter): of what type it is."""
    entries = [entry for path in sorted(FOLDER.glob("*.toml")) for entry in declared_in(path).get("rule", ())]
    return {(entry["measure"], name): value for entry in entries for name, value in entry.get("parameters", {}).items()}


@dataclass(frozen=True)
class _File:
    """A policy file being read: its name in messages, its text, and the measures that its rules may name."""

    name: str
    text: str
    known: dict[str, Path]
    clashing: dict[str, str] = field(default_factory=dict)

    def at(self, *path: str | int) -> str:
        return f"{self.name}{at_line(self.text, *path)}"

    def where(self, number: int, entry: dict, *path: str) -> str:
        key = f", key '{path[0]}'" if path else ""
        return f"{self.at('rule', number, *path)}, rule '{entry.get('id', '?')}'{key}"


def _check_keys(file: _File, number: int, entry: dict) -> None:
    for key in entry:
        if key not in RULE_KEYS:
            raise PolicyError(f"{file.where(number, entry, key)} is not known; {did_you_mean(key, RULE_KEYS)}")
    for key in RULE_MUST:
        if key not in entry:
            raise PolicyError(f"{file.where(number, entry)}: the key '{key}' is missing; add {key} = \"...\".")
    for key in TEXTS:
        if key in entry and not (isinstance(entry[key], str) and entry[key].strip()):
            raise PolicyError(f"{file.where(number, entry, key)}: {entry[key]!r} is not text; write it in quotes.")
    if entry["level"] not in LEVELS:
        raise PolicyError(
            f"{file.where(number, entry, 'level')}: '{entry['level']}' is not a level; use one of {', '.join(LEVELS)}."
        )


def _measure(file: _File, number: int, entry: dict) -> Measure:
    name = entry["measure"]
    where = file.where(number, entry, "measure")
    if name in file.clashing:
        raise PolicyError(f"{where}: {file.clashing[name]}")
    if name not in file.known:
        raise PolicyError(f"{where}: there is no measure '{name}'; {did_you_mean(name, file.known)}")
    return read_measure(file.known[name])


def _parameters(file: _File, number: int, entry: dict, measure: Measure) -> dict[str, object]:
    parameters = entry.get("parameters", {})
    where = file.where(number, entry, "parameters")
    if not isinstance(parameters, dict):
        raise PolicyError(f"{where}: {parameters!r} is not a table; write it as {{ name = value }}.")
    takes = f"the measure {measure.id} takes {', '.join(measure.parameters) or 'none'}"
    for name in parameters:
        if name not in measure.parameters:
            near = difflib.get_close_matches(name, measure.parameters, n=1)
            meant = f'did you mean "{near[0]}"?' if near else f"{takes}."
            raise PolicyError(
                f"{file.where(number, entry, 'parameters', name)}: '{name}' is not a parameter of {measure.id}; {meant}"
            )
    for name in measure.parameters:
        if name not in parameters:
            raise PolicyError(f"{where}: the parameter '{name}' is missing; {takes}.")
    if "situations" in parameters and (problem := problem_with_situations(parameters["situations"])):
        raise PolicyError(f"{where}, 'situations': {problem}.")
    for name, value in parameters.items():
        shipped = _as_shipped().get((measure.id, name), value)
        if _type(shipped) != _type(value):
            raise PolicyError(
                f"{file.where(number, entry, 'parameters', name)}: {name} is {value!r}; it must be {_type(shipped)}, such as {shipped!r}."
            )
    wrong = wrong_parameter(measure.sql, measure.bound(parameters))
    if wrong:
        name, fault = wrong
        used = f", line {measure.lines_before + fault.line}" if fault.line else ""
        raise PolicyError(
            f"{file.where(number, entry, 'parameters', name)}: {name} is {parameters[name]!r}, which the measure cannot use "
            f"(measures/{measure.id}.sql{used}): {fault.words}."
        )
    return parameters


def no_limit(measure: Measure) -> str:
    """Why no limit can be set for rules over a measure; empty when one can."""
    return NO_LIMIT.format(measure=measure.id) if measure.is_milestone and not measure.due else ""


def _applies_from(where: str, given: object) -> date | None:
    """The first day that a policy or a rule applies; None where it does not say. Raises PolicyError."""
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given
    raise PolicyError(f"{where}: {given!r} is not a date; write it without quotes, such as 2026-04-01.")


def _reached(file: _File, number: int, entry: dict, measure: Measure) -> str:
    """Whether the list begins on the day the limit is reached or the day after it. Raises PolicyError."""
    reached = entry.get("reached", ON)
    where = file.where(number, entry, "reached")
    if reached not in REACHED:
        raise PolicyError(
            f'{where}: {reached!r} is not one of {", ".join(REACHED)}; write "after" where the list begins the day after the limit.'
        )
    if reached == AFTER and measure.is_milestone:
        raise PolicyError(
            f"{where}: {measure.id} is a milestone, which is overdue from the close of its due date; take 'reached' out."
        )
    if reached == AFTER and "limit" not in entry:
        raise PolicyError(f"{where}: the rule has no limit to be passed; give it one, for example limit = {{ weeks = 12 }}.")
    return reached


def _rule(file: _File, policy_id: str, number: int, entry: dict) -> Rule:
    _check_keys(file, number, entry)
    measure = _measure(file, number, entry)
    if measure.problem:
        raise PolicyError(measure.problem)
    parameters = _parameters(file, number, entry, measure)
    reached = _reached(file, number, entry, measure)
    limits: tuple[Limit, ...] = ()
    if "limit" in entry:
        where = file.where(number, entry, "limit")
        limits = (limit_from(where, entry["limit"], after=reached == AFTER),)
        if why := no_limit(measure):
            raise PolicyError(f"{where}: {why}.")
    return _with_one_number(
        file.where(number, entry, "parameters"),
        Rule(
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
            _target(file.where(number, entry, "target"), entry["target"]) if "target" in entry else None,
            reached=reached,
            applies_from=_applies_from(file.where(number, entry, APPLIES), entry.get(APPLIES)),
            reading=entry.get("reading", ""),
        ),
    )


def _with_one_number(where: str, rule: Rule) -> Rule:
    """The rule, whose parameter *over_months* is its limit in months, where it has such a one. Raises PolicyError where it is not."""
    if rule.over and [(f"{OVER}{limit.unit}", limit.amount) for limit in rule.limits] != [
        (rule.over, rule.parameters[rule.over])
    ]:
        unit, amount = rule.over.removeprefix(OVER), rule.parameters[rule.over]
        raise PolicyError(
            f"{where}: {rule.over} is {amount!r}, and it is the rule's limit; write limit = {{ {unit} = {amount} }}."
        )
    return rule


def _not_available(file: _File, policy_id: str, number: int, entry: dict, problem: str) -> Rule:
    """What stands for a rule with a mistake: its own words where they can be told, and why it is not available."""

    def text(key: str, otherwise: str) -> str:
        value = entry.get(key)
        return value if isinstance(value, str) and value.strip() else otherwise

    name = text("measure", "")
    measure = read_measure(file.known[name]) if name in file.known else _no_measure(name)
    rule_id = text("id", f"rule_{number + 1}")
    level = text("level", "")
    return Rule(
        policy_id,
        rule_id,
        text("title", rule_id),
        measure,
        {},
        (),
        level if level in LEVELS else LEVELS[0],
        text("wording", ""),
        text("source", ""),
        text("asks", measure.asks),
        problem=problem,
        reading=text("reading", ""),
    )


def _no_measure(name: str) -> Measure:
    return Measure(name, "measure", name, "", "", "", (), (), (), (), (), "", "", "", problem="There is no such measure.")


def _rules(file: _File, policy_id: str, entries: object) -> tuple[Rule, ...]:
    if not isinstance(entries, list):
        raise PolicyError(f"{file.at('rule')}: write each rule as a table of its own, beginning with [[rule]].")
    rules: dict[str, Rule] = {}
    for number, entry in enumerate(entries):
        try:
            rule = _rule(file, policy_id, number, entry)
        except PolicyError as error:
            rule = _not_available(file, policy_id, number, entry, str(error))
        if rule.id in rules:
            why = f"{file.where(number, entry)}: two rules have the id '{rule.id}'; give each rule an id of its own."
            rule = _not_available(file, policy_id, number, entry, why)
        rules[rule.id] = rule
    return tuple(rules.values())


def _check_list(file: _File, key: str, given: object, words: tuple[str, ...]) -> None:
    """A list of the heading: each of its words known, and named once. Raises PolicyError."""
    where = f"{file.at('policy', key)}, key '{key}' of [policy]"
    if not isinstance(given, list):
        raise PolicyError(f'{where}: {given!r} is not a list; write it as {key} = ["{words[0]}"].')
    for word in given:
        if word not in words:
            raise PolicyError(f"{where}: '{word}' is not one of them; {did_you_mean(str(word), words)}")
        if given.count(word) > 1:
            raise PolicyError(f"{where}: '{word}' is named twice; take one of them out.")


def heading_list(path: Path, heading: dict, key: str) -> tuple[str, ...]:
    """What a policy's heading has under ``pages`` or ``provides``. A council's file that replaces one of ours, and does not say,
    has what ours has."""
    ours = FOLDER / path.name
    if key not in heading and path != ours and ours.exists():
        heading = declared_in(ours)["policy"]
    return tuple(heading.get(key, ()))


def _lacking(file: _File, policy: Policy) -> tuple[str, ...]:
    """What the pages that a policy brings lack, in sentences: a page that finds no rule has nothing to show."""
    return tuple(
        f"{file.at('policy', 'pages')}: the page '{page}' needs a rule over the measure '{measure}', and the policy has none; "
        "add one, or take the page out of 'pages'."
        for page in policy.pages
        for measure in PAGES[page]
        if not policy.rules_over((measure,))
    )


def read_policy(path: Path, known: dict[str, Path] | None = None, clashing: dict[str, str] | None = None) -> Policy:
    """Read and check one policy file, over the measures whose files are ``known`` (ours by default).

    A rule with a mistake is a rule with a ``problem``. Raises PolicyError, naming file, line and remedy, where the file as a whole cannot
    be read. ``clashing``: why measures of the council's own cannot be used (``catalogue.clashing_files``).
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8-sig")
        declared = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise PolicyError(f"{name} is not UTF-8 (byte {error.start}); save it again with the encoding UTF-8.") from error
    except OSError as error:
        raise PolicyError(f"{name} cannot be opened: {error.strerror}.") from error
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{name}{unreadable(text, error)}") from error
    file = _File(name, text, known or measure_files(), clashing or {})
    for key in declared:
        if key not in SECTIONS:
            raise PolicyError(f"{file.at(key)}: '{key}' is not known; {did_you_mean(key, SECTIONS)}")
    heading = declared.get("policy", {})
    for key in heading if isinstance(heading, dict) else ():
        if key not in (known_keys := (*HEADING, OWNER, APPLIES, *LISTS)):
            raise PolicyError(f"{file.at('policy', key)}: '{key}' is not a key of [policy]; {did_you_mean(key, known_keys)}")
    for key in HEADING:
        if not isinstance(heading, dict) or not isinstance(heading.get(key), str) or not heading[key].strip():
            raise PolicyError(f"{file.at('policy')}: [policy] has no '{key}'; add {key} = \"...\".")
    if heading["id"] != path.stem:
        raise PolicyError(
            f"{file.at('policy', 'id')}: the id is '{heading['id']}' and the file is {path.name}; give both the same name."
        )
    owner = heading.get(OWNER, "")
    if OWNER in heading and not (isinstance(owner, str) and owner.strip()):
        raise PolicyError(f"{file.at('policy', OWNER)}, key 'owner' of [policy]: {owner!r} is not text; write it in quotes.")
    for key, words in LISTS.items():
        _check_list(file, key, heading.get(key, []), words)
    applies = _applies_from(f"{file.at('policy', APPLIES)}, key 'applies_from' of [policy]", heading.get(APPLIES))
    rules = _rules(file, heading["id"], declared.get("rule", []))
    rules = tuple(replace(rule, applies_from=rule.applies_from or applies) for rule in rules)
    pages, provides = heading_list(path, heading, "pages"), heading_list(path, heading, "provides")
    policy = Policy(heading["id"], heading["name"], heading["document"], rules, pages, provides, owner)
    return replace(policy, faults=_lacking(file, policy))
