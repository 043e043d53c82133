"""What a reader sees when something goes wrong: a sentence that helps, or a reference number; never a traceback, never a name."""

from __future__ import annotations

import logging
import secrets
import traceback

from data.errors import TrackerError
from ui.components.markup import element, write
from ui.context import address
from ui.context.browser_sessions import SessionEnded
from ui.context.page_context import STORE, NothingToShow

LOG = logging.getLogger("tracker.app")


def report(error: Exception) -> str:
    """Log where a fault happened, without its message (which may hold a child's record), and give its reference number."""
    reference = secrets.token_hex(4)
    places = " < ".join(
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(traceback.extract_tb(error.__traceback__))
    )
    LOG.error("reference %s: %s at %s", reference, type(error).__name__, places)
    return reference


def show(error: Exception) -> None:
    """Put an error on the page in words."""
    if isinstance(error, NothingToShow):
        _nothing_to_show(str(error))
    elif isinstance(error, address.NotThere):
        there = element("a", "Show the page without it", href=address.without(error.name))
        write(element("p", f"{error} ", there, ".", class_="notice", role="alert"))
    elif isinstance(error, SessionEnded):
        again = element("a", "Start again", href=address.link(address.root()))
        write(element("p", f"{error} ", again, ".", class_="notice", role="alert"))
    elif isinstance(error, TrackerError):
        write(element("p", str(error), class_="notice", role="alert"))
    else:
        reference = report(error)
        words = f"This page could not be shown. Please give your analyst the reference number {reference}."
        write(element("p", words, class_="notice", role="alert"))


def _nothing_to_show(place: str) -> None:
    write(
        element("h1", "No data has been loaded yet"),
        element("p", "The tracker shows the newest data load in its store, and this store has none: ", element("code", place)),
        element("p", "The analyst loads the data with"),
        element("pre", "python tracker.py nightly --extracts FOLDER --store STORE"),
        element("p", "or, to try it with a synthetic county, makes its extracts first with"),
        element("pre", "python tracker.py demo --out FOLDER"),
        element("p", f"If the store is somewhere else, name it in the environment variable {STORE} and start the app again."),
    )
