"""The look of the app: one stylesheet, for light and dark alike, and the colours that charts share with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit

from ui.components.markup import Markup

# Okabe and Ito's palette, told apart with any colour vision; the middle tones that stand out on white and on black.
BLUE, ORANGE, GREEN, PINK, SKY, GREY = "#2f7fb8", "#c9730a", "#1a8f6a", "#b8639a", "#4aa3d8", "#7b8791"


@cache
def _stylesheet() -> Markup:
    return Markup("<style>" + Path(__file__).with_suffix(".css").read_text(encoding="utf-8") + "</style>")


def apply() -> None:
    """Put the stylesheet on the page."""
    streamlit.html(_stylesheet())
