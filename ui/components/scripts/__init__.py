"""The app's own scripts: fixed files, in which nothing of a record stands.

Those that stand in a page are named by their hash in the content security policy. ``tables.js``, which makes the rows of long tables,
``links.js``, which follows links, ``charts.js``, which draws charts, and the library that it draws with (``plotly_basic``, as it was
published) are files that a browser fetches (``ui.outer.own_files``).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit

EARLY, KEYS, TO_THE_LIST, WHOLE_SCREEN = "early", "keys", "to_the_list", "whole_screen"
SCRIPTS = (EARLY, KEYS, TO_THE_LIST, WHOLE_SCREEN)


@cache
def text(name: str) -> str:
    """A script as it stands in the page."""
    return Path(__file__).with_name(f"{name}.js").read_text(encoding="utf-8")


def run(name: str) -> None:
    """Run a script in the page."""
    streamlit.html(f"<script>{text(name)}</script>", unsafe_allow_javascript=True)
