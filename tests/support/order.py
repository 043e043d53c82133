"""The order in which the workers of a run take files of tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")
# By then the last file that waits has begun; what is left is enough for the other workers to end with it.
LAST = 0.8


def waiting_apart(items: Iterable[T], file_of: Callable[[T], str], waits: Callable[[str], bool]) -> list[T]:
    """The same items, those of a file together. Files that mostly wait (for a browser) are put apart among the others, evenly over the
    first four fifths of the run: one after another they would leave the cores with nothing to do, and at the end the run would wait."""
    files = [(name, list(some)) for name, some in groupby(items, file_of)]
    waiting = [some for name, some in files if waits(name)]
    others = [some for name, some in files if not waits(name)]
    places = {round(number * LAST * len(others) / len(waiting)): some for number, some in enumerate(waiting)}
    if len(places) < len(waiting):
        return [one for _, some in files for one in some]  # so few files that it does not matter
    order = [file for place, some in enumerate([*others, []]) for file in (places.get(place, []), some)]
    return [one for file in order for one in file]
