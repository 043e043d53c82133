"""The colours that charts share with the stylesheet (``style.css``), which is one for light and dark alike."""

from __future__ import annotations

# Okabe and Ito's palette, told apart with any colour vision; the middle tones that stand out on white and on black.
BLUE, ORANGE, GREEN, PINK, SKY, GREY = "#2f7fb8", "#c9730a", "#1a8f6a", "#b8639a", "#4aa3d8", "#7b8791"
