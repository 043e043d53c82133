"""How a figure stands against its target: a shape beside the word, so that neither colour nor the shape alone says it."""

from __future__ import annotations

OVER, UNDER, NEAR, WITHIN = "over target", "under target", "near target", "within target"
SHAPES = {WITHIN: "●", NEAR: "○", OVER: "▲", UNDER: "▼"}


def shaped(words: str) -> str:
    """A standing with its shape; other words as they are."""
    return f"{SHAPES[words]} {words}" if words in SHAPES else words
