"""What a page is narrowed to, as its address says it: for the margins of paper and the top of a file."""

from __future__ import annotations

import streamlit

from words.labels import Area

# In the order of the words.
NARROWED = ("service", "team", "worker", "owner", "child", "panel")


def scope_words(area: Area) -> str:
    """What the page is narrowed to, in words."""
    chosen = ((name, streamlit.query_params.get(name)) for name in NARROWED)
    return ", ".join(f"{name} {value}" for name, value in chosen if value) or area.title
