"""``people.toml`` in the store: who may use the tracker, in which roles, for which services, teams and caseloads. Read strictly.

A mistake in the file lets nobody in until it is corrected: a line that is passed over could be the one that takes a right away.
``tracker.py people`` names every mistake, with its line.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from access.person import Person, unknown
from access.roles import RIGHTS, Right, Role
from data.errors import TrackerError
from data.toml_file import read_toml
from data.toml_lines import at_line
from metrics.engine.scope import Names, Reach

FILE_NAME = "people.toml"
PERSON, GROUP = "person", "group"


class PeopleError(TrackerError):
    """``people.toml`` cannot be used; the message names the line, the value and what to do."""


@dataclass(frozen=True)
class Entry:
    """One table of the file: a person (``identity``) or everybody in a group of the provider's (``group``), and what they may see."""

    identity: str = ""
    group: str = ""
    name: str = ""
    roles: tuple[Role, ...] = ()
    services: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    reviewing_officers: tuple[str, ...] = ()
    names: Names | None = None
    may: tuple[Right, ...] = ()
    restricted: tuple[str, ...] = ()

    @property
    def whose(self) -> str:
        """Whom it is about, for a message."""
        return self.identity or f"group {self.group}"

    def alone(self) -> Person:
        """What it gives to somebody of whom nothing else is said."""
        name = self.name or self.identity or f"the group {self.group}"
        return _person(self.identity, name, [self])


LISTS = ("services", "teams", "workers", "reviewing_officers", "restricted")
REACH = LISTS[:4]
KEYS = {
    PERSON: tuple(field.name for field in fields(Entry) if field.name != GROUP),
    GROUP: tuple(field.name for field in fields(Entry) if field.name not in ("identity", "name")),
}
# What of the file each bounded role needs.
NEEDS: dict[Role, tuple[str, ...]] = {
    Role.HEAD_OF_SERVICE: ("services",),
    Role.TEAM_MANAGER: ("teams",),
    Role.REVIEWING_OFFICER: ("reviewing_officers",),
    Role.WORKER: ("workers",),
}


@dataclass(frozen=True)
class People:
    """Everybody whom the file names."""

    entries: tuple[Entry, ...]

    def person(self, identity: str, name: str, groups: Iterable[str] = ()) -> Person:
        """Somebody who has signed in, as the file has them and their groups now; nobody's rights where it names neither."""
        key, found_groups = identity.casefold(), set(groups)
        found = [entry for entry in self.entries if entry.identity and entry.identity.casefold() == key]
        found += [entry for entry in self.entries if entry.group and entry.group in found_groups]
        shown = next((entry.name for entry in found if entry.name), "") or name or identity
        return _person(identity, shown, found) if found else unknown(identity, shown)


def _person(identity: str, name: str, found: list[Entry]) -> Person:
    roles = frozenset(role for entry in found for role in entry.roles)
    named = [entry.names for entry in found if entry.names is not None]
    return Person(
        identity=identity,
        name=name,
        roles=roles,
        reach=_reach(name, roles, found),
        restricted=frozenset(role.value for role in roles) | frozenset(word for entry in found for word in entry.restricted),
        granted=frozenset(right for entry in found for right in entry.may),
        named=min(named, key=list(Names).index) if named else None,
    )


def _reach(name: str, roles: frozenset[Role], found: list[Entry]) -> Reach | None:
    """The whole council for a role that sees it all; else what the entries name."""
    if any(Right.SEE_CHILDREN in RIGHTS[role].rights and not RIGHTS[role].bounded for role in roles):
        return None
    lists = {key: tuple(sorted({text for entry in found for text in getattr(entry, key)})) for key in REACH}
    words = [*lists["services"], *lists["teams"]]
    if lists["workers"] or lists["reviewing_officers"]:
        words.append(f"children of {name}")
    return Reach(**lists, words=", ".join(words) or "nobody")


def people_file(store: Path) -> Path:
    """Where a store's file is."""
    return Path(store) / FILE_NAME


def read_people(store: Path) -> People:
    """Everybody whom the store's file names; nobody where there is none. Raises PeopleError for its first mistake."""
    path = people_file(store)
    try:
        status = path.stat()
        return _read(path, status.st_mtime_ns, status.st_size, status.st_ino)
    except FileNotFoundError:
        return People(())
    except OSError as error:
        raise PeopleError(f"{path}: cannot be opened: {error.strerror}.") from error


@lru_cache(maxsize=16)
def _read(path: Path, changed: int, size: int, number: int) -> People:
    """The file as it is since it last changed."""
    given, text = read_toml(path, PeopleError)
    if faults := faults_in(given, text):
        raise PeopleError(f"{path}{faults[0]}")
    return People(tuple(_entry(kind, one) for kind in (PERSON, GROUP) for one in given.get(kind, ())))


def mistakes_in(path: Path) -> tuple[str, ...]:
    """Every mistake of a file, in sentences with its line. Raises PeopleError where it is no TOML at all."""
    if not path.exists():
        return ()
    given, text = read_toml(path, PeopleError)
    return tuple(f"{path}{fault}" for fault in faults_in(given, text))


def faults_in(given: Mapping, text: str) -> list[str]:
    """Every mistake, as *, line 3: what is wrong; what to do*."""
    faults = []
    for key, tables in given.items():
        if key not in KEYS:
            faults.append(f"{at_line(text, key)}: {_unknown(key, tuple(KEYS), '')}")
        elif not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            faults.append(f"{at_line(text, key)}: {key} is not a list of tables; write each as [[{key}]] with its lines below.")
        else:
            for place, one in enumerate(tables):
                for path, words in _faults_of(key, one):
                    faults.append(f"{at_line(text, key, place, *path)}: {words}")
            faults += _repeated(key, tables, text)
    return faults


def _unknown(word: str, allowed: tuple[str, ...], what: str) -> str:
    near = difflib.get_close_matches(word, allowed, n=1)
    hint = f'did you mean "{near[0]}"?' if near else f"use one of {', '.join(allowed)}."
    return f'"{word}" is not known{what}; {hint}'


def _faults_of(kind: str, one: dict) -> list[tuple[tuple[str, ...], str]]:
    """The mistakes of one table, each with the key that it is about."""
    whose = "identity" if kind == PERSON else GROUP
    faults: list[tuple[tuple[str, ...], str]] = [
        ((key,), _unknown(key, KEYS[kind], f" in [[{kind}]]")) for key in one if key not in KEYS[kind]
    ]
    for key in (whose, "name"):
        if key in one and not (isinstance(one[key], str) and one[key].strip()):
            faults.append(((key,), f"{key} is {one[key]!r}; give a text in quotes."))
    if whose not in one:
        faults.append(
            (
                (),
                f'[[{kind}]] has no {whose}; give it, such as {whose} = "{"ann.smith@example.gov.uk" if kind == PERSON else "Panel"}".',
            )
        )
    for key in (*LISTS, "roles", "may"):
        if key in one and not (isinstance(one[key], list) and all(isinstance(text, str) and text.strip() for text in one[key])):
            faults.append(((key,), f'{key} is {one[key]!r}; give a list of texts, such as ["one", "two"].'))
    if faults:
        return faults
    allowed = {"roles": tuple(role.value for role in Role), "may": tuple(right.value for right in Right)}
    faults += [
        ((key,), _unknown(word, words, f" in {key}"))
        for key, words in allowed.items()
        for word in one.get(key, ())
        if word not in words
    ]
    names = tuple(name.value for name in Names)
    if "names" in one and one["names"] not in names:
        faults.append((("names",), f"names is {one['names']!r}; use one of {', '.join(names)}."))
    if not one.get("roles"):
        faults.append(((), f"{one[whose]} has no roles; give roles, or take the table out."))
    return faults or _without_effect(one)


def _without_effect(one: dict) -> list[tuple[tuple[str, ...], str]]:
    """What a role needs and does not have, and what no role uses: whoever wrote it believes that it does something."""
    roles = [Role(word) for word in one["roles"]]
    faults: list[tuple[tuple[str, ...], str]] = []
    for role, keys in NEEDS.items():
        if role in roles and not any(one.get(key) for key in keys):
            faults.append((("roles",), f"the role {role.value} needs {' or '.join(keys)}; give it."))
    used = {key for role in roles for key in NEEDS.get(role, ())}
    whole = [role.value for role in roles if Right.SEE_CHILDREN in RIGHTS[role].rights and not RIGHTS[role].bounded]
    for key in REACH:
        if one.get(key) and key not in used:
            faults.append(((key,), f"{key} has no effect on the role {', '.join(one['roles'])}; take it out."))
        elif one.get(key) and whole:
            faults.append(
                ((key,), f"{key} has no effect beside the role {whole[0]}, which sees the whole council; leave one of them out.")
            )
    return faults


def _repeated(kind: str, tables: list[dict], text: str) -> list[str]:
    whose = "identity" if kind == PERSON else GROUP
    seen: set[str] = set()
    faults = []
    for place, one in enumerate(tables):
        word = str(one.get(whose, "")).strip().casefold()
        if word and word in seen:
            faults.append(f'{at_line(text, kind, place, whose)}: {whose} "{one[whose]}" is there twice; put both into one table.')
        seen.add(word)
    return faults


def _entry(kind: str, one: dict) -> Entry:
    """A table without mistakes."""
    texts = {key: one[key].strip() for key in ("identity", GROUP, "name") if key in one}
    lists: dict[str, Any] = {key: tuple(text.strip() for text in one[key]) for key in LISTS if key in one}
    return Entry(
        **texts,
        **lists,
        roles=tuple(Role(word) for word in one["roles"]),
        may=tuple(Right(word) for word in one.get("may", ())),
        names=Names(one["names"]) if "names" in one else None,
    )
