"""How the app's own log is written: a line for each event, with its moment in UTC, how grave it is, and what happened."""

from __future__ import annotations

import logging
import time

NAME = "tracker"
# Streamlit warns once for each function whose answers are kept in memory, since the server imports them before it serves anybody.
BEFORE_THE_SERVER = ("streamlit.runtime.caching.cache_data_api", "No runtime found")


class OneLine(logging.Formatter):
    """``2026-10-31T04:05:06Z WARNING tracker.app: a request was refused``. A line ending within an event cannot begin another."""

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")

    @staticmethod
    def converter(seconds: float | None = None) -> time.struct_time:
        """A moment as UTC has it."""
        return time.gmtime(seconds)

    def format(self, record: logging.LogRecord) -> str:
        written = super().format(record)
        return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in written)


def start() -> None:
    """From now on, write the app's log to the standard error, once."""
    log = logging.getLogger(NAME)
    if not any(isinstance(handler.formatter, OneLine) for handler in log.handlers):
        handler = logging.StreamHandler()
        handler.setFormatter(OneLine())
        log.addHandler(handler)
        log.setLevel(logging.INFO)  # who signs in and out is no warning
    name, begins = BEFORE_THE_SERVER
    logging.getLogger(name).addFilter(lambda record: not record.getMessage().startswith(begins))
