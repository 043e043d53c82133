"""How a sentence begins."""

from __future__ import annotations


def begins(words: str) -> str:
    """The words with a capital first; what follows stays as it is, names and all (``str.capitalize`` makes it small)."""
    return words[:1].upper() + words[1:]
