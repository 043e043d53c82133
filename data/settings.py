"""A council's own settings: ``settings.toml`` in its store, read strictly.

A key that is misspelt, of the wrong type or out of range stops the command with one sentence that names the line; nothing is guessed
and nothing is ignored. Only a mistake in the limit or the target of one rule stops nothing: it costs that rule, which is then *not
available* (``rule_faults``). A file, or a key, that is not there has the value of ``settings_template.toml``.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from data import alert_settings, database_address, sign_in_settings
from data.alert_settings import Alerts, alerts_in
from data.contract.systems import systems
from data.database_address import DatabaseAddress
from data.errors import TrackerError
from data.night import durable
from data.sign_in_settings import SignIn
from data.toml_file import read_toml
from data.toml_lines import at_line

FILE_NAME = "settings.toml"
TEMPLATE = Path(__file__).with_name("settings_template.toml")
SYSTEMS = tuple(systems())
# Targets of the councillors' scorecard stand beside those of policies.
SCORECARD = "scorecard"
# The window of the standard safeguarding dataset: earlier events are not in the extracts.
YEARS_OF_RECORDS = 6
DAYS_COMPARED = 400
WEB_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


class SettingsError(TrackerError):
    """``settings.toml`` cannot be used; the message names the file, the line, the key and what is allowed.

    ``path``: the key that it is about, for its line.
    """

    def __init__(self, message: str, *path: str | int) -> None:
        super().__init__(message)
        self.path = path


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


def _system() -> Kind:
    """One of the systems, whichever way its words are joined: careDirector is care_director."""
    kind = _one_of("", *SYSTEMS)
    return Kind(
        kind.allowed,
        lambda value: kind.accept(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", value).lower()) if isinstance(value, str) else None,
    )


def _texts(at_least: int = 0) -> Kind:
    def accept(value: Any) -> tuple[str, ...] | None:
        good = isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value)
        return tuple(value) if good and len(value) >= at_least else None

    return Kind('a list of texts, such as ["ONE", "TWO"]' + (", with at least one" if at_least else ""), accept)


def _web_addresses() -> Kind:
    """Addresses as a browser shows them, without a path."""

    def accept(value: Any) -> tuple[str, ...] | None:
        good = isinstance(value, list) and all(isinstance(text, str) and WEB_ADDRESS.fullmatch(text) for text in value)
        return tuple(value) if good else None

    return Kind('a list of addresses without a path, such as ["https://tracker.council.gov.uk"]', accept)


def _yes_or_no() -> Kind:
    return Kind("true or false", lambda value: value if isinstance(value, bool) else None)


def _whole(lowest: int, highest: int) -> Kind:
    def accept(value: object) -> int | None:
        return value if type(value) is int and lowest <= value <= highest else None

    return Kind(f"a whole number from {lowest} to {highest}", accept)


def _number(lowest: int, highest: int) -> Kind:
    def accept(value: Any) -> float | None:
        return float(value) if type(value) in (int, float) and lowest <= value <= highest else None

    return Kind(f"a number from {lowest} to {highest}", accept)


def _day() -> Kind:
    def accept(value: object) -> date | None:
        return value if isinstance(value, date) and not isinstance(value, datetime) else None

    return Kind("a date without quotes, such as 2026-04-01", accept)


def _roles() -> Kind:
    """Words for roles, by role; a role that is left out keeps the words that it has."""

    def accept(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
        texts = _texts(at_least=1).accept
        if not isinstance(value, dict) or any(texts(words) is None for words in value.values()):
            return None
        return tuple((dict(_default_roles()) | {role: tuple(words) for role, words in value.items()}).items())

    return Kind('a table of lists of texts, such as { assistant_director = ["Assistant Director"] }', accept)


def _areas() -> Kind:
    """Services or teams, by area."""

    def accept(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
        texts = _texts(at_least=1).accept
        if not isinstance(value, dict) or any(texts(names) is None for names in value.values()):
            return None
        return tuple((area, tuple(names)) for area, names in value.items())

    return Kind('a table of lists of services or teams, such as { East = ["Team A"], West = ["Team B"] }', accept)


def _day_or_empty() -> Kind:
    return Kind('a date without quotes, such as 2020-04-01, or ""', lambda value: value if value == "" else _day().accept(value))


def _setting(default: Any, kind: Kind, shown: bool = True, of_reading: bool = False) -> Any:
    """``of_reading``: it decides what is read of an extract, so that the same files read with another value are another data load."""
    return field(default=default, metadata={"kind": kind, "of_reading": of_reading}, repr=shown)


def _policies() -> tuple[str, ...]:
    """The policies that a new store uses, which the template names: no policy is named in the code."""
    return tuple(tomllib.loads(TEMPLATE.read_text(encoding="utf-8"))["policies"])


def _default_roles() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words for each role that a new store begins with, which the template has."""
    roles = tomllib.loads(TEMPLATE.read_text(encoding="utf-8"))["roles"]
    return tuple((role, tuple(words)) for role, words in roles.items())


def check_records_reach(settings: Settings, night: date) -> None:
    """Raises SettingsError where the records are said to reach back less than the thirteen months over which figures are compared."""
    if settings.records_reach(night) > night - timedelta(days=DAYS_COMPARED):
        raise SettingsError(
            f"{FILE_NAME}{setting_line(settings, 'records_from')}: records_from is {settings.records_reach(night)}, less than "
            f"{DAYS_COMPARED} days before the data load of {night}, and figures are compared over thirteen months; give an earlier day.",
            "records_from",
        )


@dataclass(frozen=True)
class Settings:
    """What a council decides for itself. ``settings_template.toml`` says what each means, beside its default.

    ``targets`` and ``limits`` are {policy: {rule: {key: value}}} with the keys of ``TARGET`` and ``LIMIT``; a rule may have several limits
    (a tuple of them), each from its own day. Beside the keys of ``LIMIT``, a limit may name periods of the rule's own, which its policy
    checks (``metrics/engine/own_limits.py``). ``applies_from``: the first day that a policy, or a rule
    (*policy.rule*), applies. ``rule_faults``: what is wrong with the limit or target of a rule, by (policy, rule).
    ``folder`` is the store, where the council may keep policies and measures of its own beside its settings.
    """

    council: str = _setting("Synthetic County (not real children)", _text())
    area: str = _setting("county", _one_of("county", "borough", "city"))
    policies: tuple[str, ...] = _setting(_policies(), _texts(at_least=1))
    allocated_worker_contains: tuple[str, ...] = _setting(("ALLOC",), _texts(), of_reading=True)
    allocated_worker_equals: tuple[str, ...] = _setting(("CW",), _texts(), of_reading=True)
    reviewing_officer_contains: tuple[str, ...] = _setting(("IRO", "REVIEWING OFFICER"), _texts(at_least=1))
    roles: tuple[tuple[str, tuple[str, ...]], ...] = _setting(_default_roles(), _roles())
    authority_code: str = _setting("", _any_text())
    neighbouring_authorities: tuple[str, ...] = _setting((), _texts())
    panel_areas: tuple[tuple[str, tuple[str, ...]], ...] = _setting((), _areas())
    system: str = _setting("", _system(), of_reading=True)
    fallback_encoding: str = _setting("", _one_of("", "cp1252"), of_reading=True)
    plan_end_is_completion: bool = _setting(False, _yes_or_no(), of_reading=True)
    final_line_ending_required: bool = _setting(True, _yes_or_no(), of_reading=True)
    quarantine_limit_percent: float = _setting(2.0, _number(0, 100), of_reading=True)
    ragged_rows_limit: int = _setting(5, _whole(0, 1000), of_reading=True)
    change_limit_percent: float = _setting(20.0, _number(0, 100))
    table_fall_limit_percent: float = _setting(20.0, _number(0, 100))
    table_fall_least: int = _setting(5, _whole(1, 1000))
    permanence_match_floor_percent: float = _setting(60.0, _number(0, 100), of_reading=True)
    stale_after_hours: int = _setting(26, _whole(1, 1000))
    records_from: date | str = _setting("", _day_or_empty())
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
    database: DatabaseAddress = field(default=DatabaseAddress())
    sign_in: SignIn = field(default=SignIn())
    web_addresses: tuple[str, ...] = _setting((), _web_addresses())
    session_idle_minutes: int = _setting(30, _whole(1, 1440))
    session_hours: int = _setting(10, _whole(1, 168))
    files_an_hour: int = _setting(100, _whole(1, 10_000))
    keep_access_days: int = _setting(2192, _whole(30, 36500))
    alerts: Alerts = field(default=Alerts())
    owner_of_figures: str = _setting("", _any_text())
    targets: dict[str, dict[str, dict]] = field(default_factory=dict, hash=False)
    limits: dict[str, dict[str, dict | tuple[dict, ...]]] = field(default_factory=dict, hash=False)
    applies_from: dict[str, date] = field(default_factory=dict, hash=False)
    rule_faults: dict[tuple[str, str], str] = field(default_factory=dict, hash=False)
    folder: Path | None = field(default=None, compare=False)

    def panel_area(self, service: str | None, team: str | None) -> str:
        """The area whose panel looks at the children of a team: its own, else its service's; "" where neither is in one."""
        return area_of(self.panel_areas, service, team)

    def records_reach(self, night: date) -> date:
        """The first day that the records of a night's load can be relied on: ``records_from``, else six years before the load."""
        if isinstance(self.records_from, date):
            return self.records_from
        last = monthrange(night.year - YEARS_OF_RECORDS, night.month)[1]
        return date(night.year - YEARS_OF_RECORDS, night.month, min(night.day, last))


def area_of(areas: tuple[tuple[str, tuple[str, ...]], ...], service: str | None, team: str | None) -> str:
    """As ``Settings.panel_area``, of some ``areas``."""
    of = {name.strip().casefold(): area for area, names in areas for name in names}
    return next((of[name.casefold()] for name in (team, service) if isinstance(name, str) and name.casefold() in of), "")


def of_reading(settings: Settings) -> dict[str, object]:
    """The settings that decide what is read of an extract, by name."""
    return {entry.name: getattr(settings, entry.name) for entry in fields(Settings) if entry.metadata.get("of_reading")}


TARGET = {"target_percent": _number(0, 100), "tolerance_percent": _number(0, 100), "agreed_by": _text(), "agreed_on": _day()}
LENGTHS = ("months", "weeks", "days", "working_days")
LIMIT = {
    "months": _whole(0, 240),
    "weeks": _whole(0, 1040),
    "days": _whole(0, 7300),
    "working_days": _whole(0, 5200),
    "from": _day(),
    "agreed_by": _text(),
}


def _period(value: object) -> bool:
    """Whether a value may be a period of a rule: which names a rule has for its periods, only its policy knows."""
    return type(value) is int or (isinstance(value, str) and value[:1].isdigit())


def _value(name: str, kind: Kind, given: object, *path: str | int) -> object:
    accepted = kind.accept(given)
    if accepted is None:
        shown = f"{given:%Y-%m-%d}" if isinstance(given, date) else repr(given)
        raise SettingsError(f"{name} is {shown}; give {kind.allowed}.", *(path or (name,)))
    return accepted


def _known(name: str, allowed: tuple[str, ...], where: str, *path: str | int) -> None:
    if name in allowed:
        return
    near = difflib.get_close_matches(name, allowed, n=1)
    hint = f'did you mean "{near[0]}"' if near else "use one of " + ", ".join(allowed)
    raise SettingsError(f'"{name}" is not a setting{where}; {hint}.', *path, name)


def _entries(given: object, *path: str) -> list[tuple[str, dict]]:
    section = path[0]
    if not isinstance(given, dict):
        raise SettingsError(f"{'.'.join(path)} is {given!r}; write it as a table, [{section}.<policy>.<rule>].", *path)
    return list(given.items())


def _entry(section: str, kinds: dict[str, Kind], given: object, *path: str | int) -> dict:
    """One table of a rule, each key checked. Raises SettingsError."""
    where = ".".join(part for part in path if isinstance(part, str))
    if not isinstance(given, dict):
        raise SettingsError(f"{where} is {given!r}; write it as a table, [{section}.<policy>.<rule>].", *path)
    named = [key for key in given if section == "limits" and key not in kinds and _period(given[key])]
    for key in (key for key in given if key not in named):
        _known(key, tuple(kinds), f" of [{where}]", *path)
    entry = {key: given[key] if key in named else _value(f"{where}.{key}", kinds[key], given[key], *path, key) for key in given}
    if section == "targets" and "target_percent" not in entry:
        raise SettingsError(f"{where} has no target_percent; give it, or leave the table out.", *path)
    lengths = sum(length in entry for length in LENGTHS)
    if section == "limits" and (lengths > 1 or not lengths and not named):
        raise SettingsError(
            f"{where} needs exactly one of {', '.join(LENGTHS)}, or a period of the rule's own by its name.", *path
        )
    return entry


def _by_rule(section: str, kinds: dict[str, Kind], given: object, faults: dict[tuple[str, str], SettingsError]) -> dict:
    """``[section.<policy>.<rule>]`` tables. What is wrong with one rule's goes to ``faults``, and its table is left out."""
    read: dict[str, dict[str, dict | tuple[dict, ...]]] = {}
    for policy, rules in _entries(given, section):
        for rule, entry in _entries(rules, section, policy):
            path = (section, policy, rule)
            try:
                if section == "limits" and isinstance(entry, list):
                    checked = tuple(_entry(section, kinds, one, *path, number) for number, one in enumerate(entry))
                else:
                    checked = _entry(section, kinds, entry, *path)
            except SettingsError as error:
                if policy == SCORECARD:
                    raise
                faults.setdefault((policy, rule), error)
            else:
                read.setdefault(policy, {})[rule] = checked
    return read


def _check_effect(given: dict) -> None:
    """A setting that would change nothing is refused: somebody who wrote it believes that it does."""
    threshold, width = given.get("disclosure_threshold", Settings.disclosure_threshold), given.get("disclosure_range")
    if width is not None and width < threshold:
        raise SettingsError(
            f"disclosure_range is {width} and has no effect, since the tracker never asks for fewer values than disclosure_threshold, "
            f"{threshold}; give {threshold} or more, or take it out.",
            "disclosure_range",
        )
    if given.get("population_source") and not given.get("population_under_18"):
        raise SettingsError(
            "population_source has no effect without population_under_18; give the number of people under 18, or leave the source empty.",
            "population_source",
        )
    code, neighbours = given.get("authority_code", ""), given.get("neighbouring_authorities", ())
    if bool(code) != bool(neighbours):
        name, other = ("authority_code", "neighbouring_authorities") if code else ("neighbouring_authorities", "authority_code")
        raise SettingsError(f"{name} has no effect without {other}; give both, or leave both out.", name)
    if code and code.casefold() in [text.strip().casefold() for text in neighbours or ()]:
        raise SettingsError(
            f'neighbouring_authorities has "{code}", which is authority_code, the council itself; take it out.',
            "neighbouring_authorities",
        )
    areas: dict[str, str] = {}
    for area, names in given.get("panel_areas", ()):
        for text in names:
            other = areas.setdefault(text.strip().casefold(), area)
            if other != area:
                raise SettingsError(
                    f'panel_areas has "{text}" in {other} and in {area}; its children go to one panel: take it out of one of them.',
                    "panel_areas",
                )
    for name in (
        "policies",
        "allocated_worker_contains",
        "allocated_worker_equals",
        "reviewing_officer_contains",
        "neighbouring_authorities",
    ):
        folded = [text.casefold() if name != "policies" else text for text in given.get(name, ())]
        for text in given.get(name, ()):
            if folded.count(text.casefold() if name != "policies" else text) > 1:
                raise SettingsError(f'{name} has "{text}" twice, of which one has no effect; take one of them out.', name)


def _applies_from(given: object) -> Iterator[tuple[str, date]]:
    """From when policies and rules apply, by ``policy`` and ``policy.rule``. Raises SettingsError."""
    if not isinstance(given, dict):
        raise SettingsError(
            f"applies_from is {given!r}; write it as a table, [applies_from], with a line for each policy.", "applies_from"
        )
    for policy, day in given.items():
        # Without quotes, "policy.rule" is a table of the policy.
        for name, value in (
            {f"{policy}.{rule}": one for rule, one in day.items()}.items() if isinstance(day, dict) else [(policy, day)]
        ):
            yield name, cast(date, _value(f"applies_from.{name}", _day(), value, "applies_from", policy))


def _table(given: dict, name: str, of: ModuleType) -> dict[str, Any]:
    """The keys of ``[name]``, looked at by the module ``of`` them (its ``KEYS`` and ``fault_in``), without spaces around texts.

    What was given is not repeated here: somebody may have written a password. Raises SettingsError.
    """
    table = given.get(name, {})
    if not isinstance(table, dict):
        raise SettingsError(f"{name} is not a table; write its keys below a line [{name}].", name)
    for key in table:
        _known(key, of.KEYS, f" of {name}", name)
    if fault := of.fault_in(table):
        raise SettingsError(fault[1], name, fault[0])
    return {key: value.strip() if isinstance(value, str) else value for key, value in table.items()}


def _alerts(given: dict) -> Alerts:
    return alerts_in(_table(given, "alerts", alert_settings))


def _settings(given: dict, text: str) -> Settings:
    kinds = {entry.name: entry.metadata["kind"] for entry in fields(Settings) if "kind" in entry.metadata}
    for name in given:
        _known(name, (*kinds, "database", "sign_in", "alerts", "targets", "limits", "applies_from"), "")
    values: dict[str, Any] = {name: _value(name, kinds[name], value) for name, value in given.items() if name in kinds}
    _check_effect(values)
    faults: dict[tuple[str, str], SettingsError] = {}
    targets = _by_rule("targets", TARGET, given.get("targets", {}), faults)
    limits = _by_rule("limits", LIMIT, given.get("limits", {}), faults)
    said = {rule: f"{FILE_NAME}{at_line(text, *error.path)}: {error}" for rule, error in faults.items()}
    applies_from = dict(_applies_from(given.get("applies_from", {})))
    database = DatabaseAddress(**_table(given, "database", database_address))
    sign_in = SignIn(**_table(given, "sign_in", sign_in_settings))
    alerts = _alerts(given)
    return Settings(
        **values,
        database=database,
        sign_in=sign_in,
        alerts=alerts,
        targets=targets,
        limits=limits,
        applies_from=applies_from,
        rule_faults=said,
    )


def read_settings(store: Path) -> Settings:
    """The settings of a store; the defaults where it has no ``settings.toml``. Raises SettingsError."""
    path = Path(store) / FILE_NAME
    if not path.exists():
        return Settings(folder=Path(store))
    given, text = read_toml(path, SettingsError)
    try:
        return replace(_settings(given, text), folder=Path(store))
    except SettingsError as error:
        raise SettingsError(f"{path}{at_line(text, *error.path)}: {error}", *error.path) from error


def read_alerts(store: Path) -> Settings:
    """The settings of a store, for telling somebody: where another of them has a mistake, the defaults with the council and the alerts.

    So a load that fails for a mistake in ``settings.toml`` is told of too. Raises SettingsError where the file or the alerts cannot be
    read.
    """
    try:
        return read_settings(store)
    except SettingsError as fault:
        try:
            given, _ = read_toml(Path(store) / FILE_NAME, SettingsError)
            told = Settings(alerts=_alerts(given), folder=Path(store))
        except SettingsError:
            raise fault from None
        council = given.get("council")
        return replace(told, council=council) if isinstance(council, str) else told


def setting_line(settings: Settings, *path: str | int) -> str:
    """``, line 12`` of a key in the settings' own file, for a message; nothing where they have no file."""
    file = settings.folder / FILE_NAME if settings.folder else None
    try:
        return at_line(file.read_text(encoding="utf-8-sig"), *path) if file and file.exists() else ""
    except (OSError, UnicodeDecodeError):
        return ""


def write_default_settings(store: Path) -> Path:
    """Write the commented template into the store where it has no settings yet; never touches a file that is there."""
    path = Path(store) / FILE_NAME
    if not path.exists():
        durable.make_folder(path.parent)
        durable.write_text(path, TEMPLATE.read_text(encoding="utf-8"))
    return path
