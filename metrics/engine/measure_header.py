"""The header of a measure's file: the comment lines above its SELECT, each a key and its words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from data.errors import TrackerError

REQUIRED_KEYS = ("title", "asks", "why", "kind", "needs", "source")
# What the figure is a share of, who answers for the definition, and when it was read. A council's own measures may do without.
REVIEW_KEYS = ("out of", "owner", "checked_by", "reviewed", "next_review", "low_is_good")
OPTIONAL_KEYS = ("parameters", "uses", "needs any", "evidence", "clock", "due", *REVIEW_KEYS)
NOT_YET = "not yet"
OVER_A_LIMIT = "over a limit"
DIRECTIONS = {"true": True, "false": False, "none": None, OVER_A_LIMIT: None}


class CatalogueError(TrackerError):
    """A measure's file cannot be used; the message names the file, the line, what is wrong and what to do."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The nearest of the known names as a question, else all of them: the end of a message about an unknown name."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    return f'did you mean "{near[0]}"?' if near else f"use one of {', '.join(names)}."


@dataclass(frozen=True)
class Review:
    """Who answers for a measure's definition, and when it was read against its source.

    ``out_of``: the population that the figure is a share of, in words. ``reviewed``: None where it has not been read yet.
    ``low_is_good``: whether a lower figure is better for children; None where neither is; True where the file does not say, since a
    list is of children for whom something has to be done. ``low_over_limit``: neither is, and a lower figure is where the rule has a
    limit. ``missing``: the keys that the file does not have.
    """

    out_of: str = ""
    owner: str = ""
    checked_by: str = ""
    reviewed: date | None = None
    next_review: date | None = None
    low_is_good: bool | None = True
    low_over_limit: bool = False
    missing: tuple[str, ...] = REVIEW_KEYS

    def is_due(self, day: date) -> bool:
        """Whether the definition should have been read again by a day."""
        return self.next_review is not None and self.next_review < day


def read_header(where: str, lines: list[str]) -> tuple[dict[str, str], dict[str, int]]:
    """The header's keys with their values, and with the line that each begins on. Raises CatalogueError."""
    header: dict[str, str] = {}
    begins: dict[str, int] = {}
    key = ""
    for number, line in enumerate(lines, start=1):
        declared = re.match(r"-- ([a-z][a-z_ ]*): (.*)", line)
        if declared and declared.group(1) in REQUIRED_KEYS + OPTIONAL_KEYS:
            key = declared.group(1)
            if key in header:
                raise CatalogueError(f"{where}, line {number}: the header has '{key}' twice; keep one of them.")
            header[key], begins[key] = declared.group(2).strip(), number
        elif key and line.startswith("--  "):
            header[key] += " " + line[2:].strip()
        else:
            said = declared.group(1) if declared else line.lstrip("- ").split(":")[0]
            raise CatalogueError(
                f"{where}, line {number}: the header line {line!r} has no key; {did_you_mean(said, REQUIRED_KEYS + OPTIONAL_KEYS)}"
            )
    for key in REQUIRED_KEYS:
        if not header.get(key):
            raise CatalogueError(f"{where}: the header has no '{key}'; add a line '-- {key}: ...'.")
    return header, begins


def _day(where: str, begins: dict[str, int], header: dict[str, str], key: str, otherwise: str = "") -> date | None:
    text = header.get(key, otherwise)
    if text == otherwise:
        return None
    with suppress(ValueError):
        # No other way of writing a day, such as 20261128, which the library would take.
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    allowed = "a date such as 2026-11-28" + (f", or '{otherwise}'" if otherwise else "")
    raise CatalogueError(f"{where}, line {begins[key]}: '{key}' is '{text}'; write {allowed}.")


def read_review(where: str, header: dict[str, str], begins: dict[str, int]) -> Review:
    """The keys about the definition itself. Raises CatalogueError where one is there and cannot be used."""
    for key in REVIEW_KEYS:
        if key in header and not header[key]:
            raise CatalogueError(f"{where}, line {begins[key]}: '{key}' has no words; write some, or take the line out.")
    low_is_good = header.get("low_is_good", "true")
    if low_is_good not in DIRECTIONS:
        raise CatalogueError(
            f"{where}, line {begins['low_is_good']}: 'low_is_good' is '{low_is_good}'; write true (a lower figure is better for "
            f"children), false (a higher one is), none (neither is) or {OVER_A_LIMIT} (neither is, unless the rule has a limit: then a "
            "lower one is)."
        )
    reviewed = _day(where, begins, header, "reviewed", NOT_YET)
    next_review = _day(where, begins, header, "next_review")
    if reviewed and next_review and next_review <= reviewed:
        raise CatalogueError(
            f"{where}, line {begins['next_review']}: 'next_review' is {next_review}, and the definition was reviewed on {reviewed}; "
            "give a later day."
        )
    return Review(
        header.get("out of", ""),
        header.get("owner", ""),
        header.get("checked_by", ""),
        reviewed,
        next_review,
        DIRECTIONS[low_is_good],
        low_is_good == OVER_A_LIMIT,
        tuple(key for key in REVIEW_KEYS if key not in header),
    )
