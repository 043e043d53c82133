"""A council's own settings: ``settings.toml`` in its store, read strictly.

A key that is misspelt, of the wrong type or out of range stops the command with one sentence; nothing is guessed and
nothing is ignored. A file, or a key, that is not there has the value of ``settings_template.toml``.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path

from data import durable
from data.errors import TrackerError

FILE_NAME = "settings.toml"
TEMPLATE = Path(__file__).with_name("settings_template.toml")


class SettingsError(TrackerError):
    """``settings.toml`` cannot be used; the message names the file, the key and what is allowed."""


@dataclass(frozen=True)
class Kind:
    """What a value may be: in words, and as a function that gives the accepted value or None."""

    allowed: str
    accept: Callable[[object], object | None]


def _text() -> Kind:
    return Kind('text in quotes, such as "North"', lambda value: value if isinstance(value, str) and value.strip() else None)


def _any_text() -> Kind:
    return Kind("text in quotes, which may be empty", lambda value: value.strip() if isinstance(value, str) else None)


def _one_of(*choices: str) -> Kind:
    return Kind("one of " + ", ".join(f'"{choice}"' for choice in choices), lambda value: value if value in choices else None)


def _texts(at_least: int = 0) -> Kind:
    def accept(value: object) -> tuple[str, ...] | None:
        good = isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value)
        return tuple(value) if good and len(value) >= at_least else None

    return Kind('a list of texts, such as ["ONE", "TWO"]' + (", with at least one" if at_least else ""), accept)


def _yes_or_no() -> Kind:
    return Kind("true or false", lambda value: value if isinstance(value, bool) else None)


def _whole(lowest: int, highest: int) -> Kind:
    def accept(value: object) -> int | None:
        return value if type(value) is int and lowest <= value <= highest else None

    return Kind(f"a whole number from {lowest} to {highest}", accept)


def _number(lowest: int, highest: int) -> Kind:
    def accept(value: object) -> float | None:
        return float(value) if type(value) in (int, float) and lowest <= value <= highest else None

    return Kind(f"a number from {lowest} to {highest}", accept)


def _day() -> Kind:
    def accept(value: object) -> date | None:
        return value if isinstance(value, date) and not isinstance(value, datetime) else None

    return Kind("a date without quotes, such as 2026-04-01", accept)


def _setting(default: object, kind: Kind, shown: bool = True) -> object:
    return field(default=default, metadata={"kind": kind}, repr=shown)


def is_invented(council: str) -> bool:
    """Whether a council says by its name that its children are not real."""
    return any(words in council.casefold() for words in ("synthetic", "not real children"))


@dataclass(frozen=True)
class Settings:
    """What a council decides for itself. ``settings_template.toml`` says what each means, beside its default.

    ``targets`` and ``limits`` are {policy: {rule: {key: value}}} with the keys of ``TARGET`` and ``LIMIT``. ``folder`` is the
    store, where the council may keep policies and measures of its own beside its settings.
    """

    council: str = _setting("Synthetic County (not real children)", _text())
    policies: tuple[str, ...] = _setting(("hertfordshire",), _texts(at_least=1))
    allocated_worker_contains: tuple[str, ...] = _setting(("ALLOC",), _texts())
    allocated_worker_equals: tuple[str, ...] = _setting(("CW",), _texts())
    fallback_encoding: str = _setting("", _one_of("", "cp1252"))
    plan_end_is_completion: bool = _setting(False, _yes_or_no())
    final_line_ending_required: bool = _setting(True, _yes_or_no())
    quarantine_limit_percent: float = _setting(2.0, _number(0, 100))
    ragged_rows_limit: int = _setting(5, _whole(0, 1000))
    change_limit_percent: float = _setting(20.0, _number(0, 100))
    table_fall_limit_percent: float = _setting(20.0, _number(0, 100))
    table_fall_least: int = _setting(5, _whole(1, 1000))
    permanence_match_floor_percent: float = _setting(60.0, _number(0, 100))
    stale_after_hours: int = _setting(26, _whole(1, 1000))
    month_ends: int = _setting(36, _whole(1, 120))
    keep_nights_days: int = _setting(400, _whole(1, 36500))
    keep_month_ends: bool = _setting(True, _yes_or_no())
    disclosure_threshold: int = _setting(5, _whole(0, 100))
    disclosure_range: int = _setting(5, _whole(0, 100))
    population_under_18: int = _setting(0, _whole(0, 10_000_000))
    population_source: str = _setting("", _any_text())
    direction_months: int = _setting(12, _whole(1, 12))
    direction_band_points: float = _setting(1.0, _number(0, 100))
    reader_without_sign_in: str = _setting("analyst", _one_of("analyst", "councillor"))
    casework_database: str = _setting("", _any_text(), shown=False)
    targets: dict[str, dict[str, dict]] = field(default_factory=dict, hash=False)
    limits: dict[str, dict[str, dict]] = field(default_factory=dict, hash=False)
    folder: Path | None = field(default=None, compare=False)


TARGET = {"target_percent": _number(0, 100), "tolerance_percent": _number(0, 100), "agreed_by": _text(), "agreed_on": _day()}
LENGTHS = ("months", "weeks", "days")
LIMIT = {"months": _whole(0, 240), "weeks": _whole(0, 1040), "days": _whole(0, 7300), "from": _day(), "agreed_by": _text()}


def _value(name: str, kind: Kind, given: object) -> object:
    accepted = kind.accept(given)
    if accepted is None:
        raise SettingsError(f"{name} is {given!r}; give {kind.allowed}.")
    return accepted


def _known(name: str, allowed: tuple[str, ...], where: str) -> None:
    if name in allowed:
        return
    near = difflib.get_close_matches(name, allowed, n=1)
    hint = f'did you mean "{near[0]}"' if near else "use one of " + ", ".join(allowed)
    raise SettingsError(f'"{name}" is not a setting{where}; {hint}.')


def _entries(given: dict, where: str) -> list[tuple[str, dict]]:
    for name, entry in given.items():
        if not isinstance(entry, dict):
            raise SettingsError(f"{where}.{name} is {entry!r}; write it as a table, [{where}.<policy>.<rule>].")
    return list(given.items())


def _by_rule(section: str, given: object, kinds: dict[str, Kind]) -> dict[str, dict[str, dict]]:
    """``[section.<policy>.<rule>]`` tables, each key checked."""
    read: dict[str, dict[str, dict]] = {}
    for policy, rules in _entries(_value(section, Kind("tables", lambda v: v if isinstance(v, dict) else None), given), section):
        for rule, entry in _entries(rules, f"{section}.{policy}"):
            where = f"{section}.{policy}.{rule}"
            for key in entry:
                _known(key, tuple(kinds), f" of [{where}]")
            read.setdefault(policy, {})[rule] = {key: _value(f"{where}.{key}", kinds[key], entry[key]) for key in entry}
    return read


def _targets(given: object) -> dict[str, dict[str, dict]]:
    targets = _by_rule("targets", given, TARGET)
    for policy, rules in targets.items():
        for rule, entry in rules.items():
            if "target_percent" not in entry:
                raise SettingsError(f"targets.{policy}.{rule} has no target_percent; give it, or leave the table out.")
    return targets


def _limits(given: object) -> dict[str, dict[str, dict]]:
    limits = _by_rule("limits", given, LIMIT)
    for policy, rules in limits.items():
        for rule, entry in rules.items():
            if sum(length in entry for length in LENGTHS) != 1:
                raise SettingsError(f"limits.{policy}.{rule} needs exactly one of {', '.join(LENGTHS)}.")
    return limits


def _settings(given: dict) -> Settings:
    kinds = {entry.name: entry.metadata["kind"] for entry in fields(Settings) if "kind" in entry.metadata}
    for name in given:
        _known(name, (*kinds, "targets", "limits"), "")
    values = {name: _value(name, kinds[name], value) for name, value in given.items() if name in kinds}
    return Settings(**values, targets=_targets(given.get("targets", {})), limits=_limits(given.get("limits", {})))


def read_settings(store: Path) -> Settings:
    """The settings of a store; the defaults where it has no ``settings.toml``. Raises SettingsError."""
    path = Path(store) / FILE_NAME
    if not path.exists():
        return Settings(folder=Path(store))
    try:
        return replace(_settings(tomllib.loads(path.read_text(encoding="utf-8-sig"))), folder=Path(store))
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: byte {error.start} is not UTF-8; save the file again with the encoding UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: cannot be read as TOML: {error}.") from error
    except OSError as error:
        raise SettingsError(f"{path}: cannot be opened: {error.strerror}.") from error
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error


def write_default_settings(store: Path) -> Path:
    """Write the commented template into the store where it has no settings yet; never touches a file that is there."""
    path = Path(store) / FILE_NAME
    if not path.exists():
        durable.make_folder(path.parent)
        durable.write_text(path, TEMPLATE.read_text(encoding="utf-8"))
    return path
