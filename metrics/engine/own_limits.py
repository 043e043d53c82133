"""The council's own dated limits (``[limits.<policy>.<rule>]``): how long a list's clock may run, and the periods of a rule's parameters.

A line with a unit (``months = 5``) sets the limit; one with the name of a parameter (``proceedings_weeks = 12``) sets that parameter. What
a rule cannot use is refused, with what it could be.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from data.settings import Settings, setting_line
from metrics.engine.measure_header import did_you_mean
from metrics.engine.policy import AFTER, OVER, UNITS, Change, Limit, PolicyError, Rule
from metrics.engine.policy_files import limit_from
from metrics.engine.situations import PERIOD

PERIODS = ("years", "months", "weeks", "days", "hours")
FURTHER = ("from", "agreed_by")
# The most that a period may be, whatever its unit.
LONGEST = 7300


def where_in_settings(settings: Settings, section: str, *path: str | int) -> str:
    """A place in the settings' own file, for a message."""
    named = ".".join(str(part) for part in (section, *path) if isinstance(part, str))
    return f"settings.toml{setting_line(settings, section, *path)}, {named}"


def periods_of(rule: Rule) -> dict[str, object]:
    """The parameters of a rule that are periods, by the names that a line of the settings gives them, with their values.

    A period is a whole number whose name says its unit (*other_weeks*), or one of a table of situations (*foster.review*: *3 months*).
    """
    found: dict[str, object] = {
        name: value
        for name, value in rule.parameters.items()
        if type(value) is int and any(part in PERIODS for part in name.split("_"))
    }
    for table in (value for value in rule.parameters.values() if isinstance(value, list)):
        for entry in (entry for entry in table if isinstance(entry, dict) and "id" in entry):
            found |= {f"{entry['id']}.{key}": value for key, value in entry.items() if PERIOD.fullmatch(str(value))}
    return found


def takes_limit(rule: Rule) -> bool:
    """Whether a limit can be set besides the rule's parameters: for a list, and for what is due one period after its clock."""
    return rule.measure.kind == "measure" or bool(rule.measure.due)


def _is_parameter(rule: Rule, name: str) -> bool:
    """Whether a line names a parameter. A parameter with the name of a unit is the rule's only period where it has no limit."""
    if name in UNITS:
        return name in periods_of(rule) and not (rule.measure.due or rule.limits)
    return True


def can_be_set(rule: Rule) -> tuple[str, ...]:
    """The names that a dated line of the settings may have for a rule, those of its own parameters first."""
    of_its_own = [name for name in periods_of(rule) if _is_parameter(rule, name)]
    units = [unit for unit in UNITS if takes_limit(rule) and (not rule.over or rule.over == f"{OVER}{unit}")]
    return (*of_its_own, *(unit for unit in units if unit not in of_its_own))


def _meant(rule: Rule, name: str) -> str:
    """The parameter that a line means. A milestone with one period may be given by its unit alone. Raises PolicyError."""
    own = periods_of(rule)
    if name in own:
        return name
    alone = [one for one in own if one.endswith(name)]
    if name in UNITS and len(own) == 1 and alone:
        return alone[0]
    known = can_be_set(rule)
    if not known:
        raise PolicyError(
            f"'{name}' cannot be set: what {rule.policy}.{rule.id} is due by is a date in the records, and no period of the policy's. "
            "Take the table out."
        )
    raise PolicyError(
        f"'{name}' is not a period of {rule.policy}.{rule.id}; {did_you_mean(name, known)} It can have {', '.join(known)}."
    )


def _one_number(rule: Rule, unit: str) -> str:
    """The parameter that is the rule's limit, for a line that gives the limit. Raises PolicyError where that is in another unit."""
    if rule.over != f"{OVER}{unit}":
        own = rule.over.removeprefix(OVER)
        raise PolicyError(
            f"'{unit}' cannot be set: the limit of {rule.policy}.{rule.id} is in {own}, since its share is out of "
            f"the children over it; write {own}."
        )
    return rule.over


def _checked(name: str, value: object, was: object) -> object:
    if isinstance(was, str):
        if not (isinstance(value, str) and PERIOD.fullmatch(value)):
            raise PolicyError(f'{name} is {value!r}; give a period such as "{was}".')
    elif type(value) is not int or not 0 <= value <= LONGEST:
        raise PolicyError(f"{name} is {value!r}; give a whole number from 0 to {LONGEST}.")
    return value


def _entries(rule: Rule, settings: Settings) -> Iterator[tuple[str, dict]]:
    given = settings.limits.get(rule.policy, {}).get(rule.id, ())
    entries = (given,) if isinstance(given, dict) else tuple(given)
    for number, entry in enumerate(entries):
        path = ("limits", rule.policy, rule.id, *((number,) if len(entries) > 1 else ()))
        yield where_in_settings(settings, *path), entry


def own_limits(rule: Rule, settings: Settings) -> tuple[tuple[Limit, ...], tuple[Change, ...]]:
    """The rule's limits, and the changes of its parameters, each from the oldest to the newest. Raises PolicyError."""
    limits = {limit.starts: limit for limit in rule.limits}
    set_already: set[tuple[str, date | None]] = set()
    changes: list[Change] = []
    for where, entry in _entries(rule, settings):
        starts, agreed_by = entry.get("from"), entry.get("agreed_by", "")
        since = f"from {starts:%d/%m/%Y}" if starts else "without a date"
        for name, value in ((name, value) for name, value in entry.items() if name not in FURTHER):
            sets_limit = name in UNITS and takes_limit(rule) and not _is_parameter(rule, name)
            try:
                if sets_limit and rule.over:
                    name, sets_limit = _one_number(rule, name), False
                parameter = "" if sets_limit else _meant(rule, name)
                if parameter:
                    changes.append(Change(parameter, _checked(name, value, periods_of(rule)[parameter]), starts, agreed_by))
            except PolicyError as error:
                raise PolicyError(f"{where}: {error}") from error
            if sets_limit or (rule.over and parameter == rule.over):
                unit = name.removeprefix(OVER) if parameter else name
                limits[starts] = limit_from(where, {unit: value}, starts, agreed_by, rule.reached == AFTER)
            if (parameter, starts) in set_already:
                raise PolicyError(f"{where}: two limits {since}, one of which would have no effect; remove one of them.")
            set_already.add((parameter, starts))
    return (
        tuple(sorted(limits.values(), key=lambda limit: limit.starts or date.min)),
        tuple(sorted(changes, key=lambda change: change.starts or date.min)),
    )
