"""The app's own scripts: fixed files, which the content security policy names by their hash. Nothing of a record stands in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit

KEYS, PAPER, TO_THE_LIST = "keys", "paper", "to_the_list"
SCRIPTS = (KEYS, PAPER, TO_THE_LIST)


@cache
def text(name: str) -> str:
    """A script as it stands in the page."""
    return Path(__file__).with_name(f"{name}.js").read_text(encoding="utf-8")


def run(name: str) -> None:
    """Run a script in the page."""
    streamlit.html(f"<script>{text(name)}</script>", unsafe_allow_javascript=True)
