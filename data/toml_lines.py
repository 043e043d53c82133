"""On which line of a TOML file a key stands. The library that reads TOML does not say, and a message without it sends people looking."""

from __future__ import annotations

import re
from functools import lru_cache

HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"^\s*([^=#\[{]+?)\s*=")
PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(next(part for part in found if part) for found in PART.findall(dotted) if any(found))


@lru_cache(maxsize=64)
def _keys(text: str) -> tuple[tuple[int, tuple[str, ...], str], ...]:
    """Every line that names a table or a key: (line from 1, its whole path, the brackets of a table or nothing for a key)."""
    found = []
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := HEADER.match(line):
            table = _parts(header.group(2))
            found.append((number, table, header.group(1)))
        elif key := KEY.match(line):
            found.append((number, (*table, *_parts(key.group(1))), ""))
    return tuple(found)


@lru_cache(maxsize=8192)
def line_of(text: str, *path: str | int) -> int | None:
    """The line (from 1) of a key by its path, such as ("limits", <policy>, <rule>, "months") or ("rule", 2, "measure").

    A number says which of the tables of one name, from 0. Where the key itself does not stand there, the line of the nearest table
    above it, or of the first within it; None where there is none.
    """
    names = tuple(part for part in path if isinstance(part, str))
    wanted = next((part for part in path if isinstance(part, int)), None)
    best: tuple[int, int | None] = (0, None)
    place = -1
    for number, here, brackets in _keys(text):
        place += brackets == "[[" and here == names[: len(here)] and bool(here)
        # The table itself, one above it, or one within it.
        depth = min(len(here), len(names))
        if here[:depth] == names[:depth] and (wanted is None or place == wanted) and depth > best[0]:
            best = (depth, number)
    return best[1]


def first_given(text: str, line: int) -> tuple[str, int] | None:
    """The name that a line gives, and the earlier line that gives it or something within it; None where there is no earlier one.

    Each table of a list ([[person]]) begins anew: what an earlier one gives does not count.
    """
    given = [entry for entry in _keys(text) if entry[0] <= line]
    if not given:
        return None
    *before, (_, name, ours) = given
    first = None
    for number, here, brackets in before:
        if brackets == "[[" and here == name[: len(here)] and not ours:
            first = None
        elif first is None and (here[: len(name)] == name or (not brackets and here == name[: len(here)])):
            first = number
    return (".".join(name), first) if first else None


def at_line(text: str, *path: str | int) -> str:
    """``, line 12`` for a message; nothing where the line is not known."""
    line = line_of(text, *path)
    return f", line {line}" if line else ""
