"""What a page is narrowed to, as its address says it: for the margins of paper and the top of a file."""

from __future__ import annotations

import streamlit

from words.labels import Area

CHILD = "child"
# In the order of the words.
NARROWED = ("service", "team", "worker", "owner", CHILD, "panel")


def scope_words(area: Area, *, to_keep: bool = False) -> str:
    """What the page is narrowed to, in words. ``to_keep``: for a file, which names no child that is in the address and not in its rows."""
    chosen = ((name, streamlit.query_params.get(name)) for name in NARROWED if not (to_keep and name == CHILD))
    return ", ".join(f"{name} {value}" for name, value in chosen if value) or area.title
