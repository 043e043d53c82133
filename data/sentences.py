"""How a sentence begins, and how it counts."""

from __future__ import annotations


def begins(words: str) -> str:
    """The words with a capital first; what follows stays as it is, names and all (``str.capitalize`` makes it small)."""
    return words[:1].upper() + words[1:]


def counted(number: int, one: str, many: str) -> str:
    """A number and what it counts: *1 row has*, *1,200 rows have*."""
    return f"{number:,} {one if number == 1 else many}"
