"""What stands on each sheet of paper when a page is printed: the mark, what the page is about, its day and night, and the page's number.

The style for paper is in ``style.css``; here are the words in the margins, which change with the page. They are what the address
carries, since that is what decides the figures.
"""

from __future__ import annotations

from datetime import datetime

import streamlit

from data.sentences import begins
from data.version import PRODUCT
from ui.context import address
from ui.context.narrowing import NARROWED, scope_words
from ui.context.page_context import PageContext
from words.dates import british, british_time

MARK = "OFFICIAL-SENSITIVE"
SHEET = "@media print { @page { size: A4 landscape; margin: 17mm 10mm 14mm; font: 8pt Arial, sans-serif; %s } }"


def as_style_text(text: str) -> str:
    """Text as a string of a style sheet: whatever is no plain letter or number is written by its number, so that nothing ends it."""
    return '"' + "".join(letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):x} " for letter in text) + '"'


def _further_choices() -> list[str]:
    """The page's choices that neither its scope nor the other words of the margins say: their fields are not on paper."""
    return sorted(address.settled() - {*NARROWED, address.POLICY, address.DATE})


def _margins(title: str, context: PageContext, moment: datetime, mode: str | None) -> dict[str, str]:
    words = ", ".join([begins(scope_words(context.area)), *address.in_words(_further_choices())])
    foot = [
        context.engine.council,
        *(() if context.of_published else (f"data load of {british(context.night.as_at)}",)),
        context.policy.name,
        f"printed {british_time(moment)}",
        PRODUCT,
        *([mode] if mode else ()),
    ]
    return {
        "top-left": as_style_text(MARK) + "; font-weight: bold",
        "top-center": as_style_text(f"{title}: {words}"),
        "top-right": as_style_text(f"As at {british(address.figures_of(context.as_at))}"),
        "bottom-left": as_style_text(" · ".join(foot)),
        "bottom-right": f"{as_style_text('Page ')} counter(page) {as_style_text(' of ')} counter(pages)",
    }


def show(title: str, context: PageContext, moment: datetime, mode: str | None) -> None:
    """Put the words of the margins on the page. ``mode``: who is signed in, in words, or why nobody is."""
    boxes = " ".join(f"@{place} {{ content: {content}; }}" for place, content in _margins(title, context, moment, mode).items())
    streamlit.html(f"<style>{SHEET % boxes}</style>")
