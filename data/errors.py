"""The errors whose text is meant for the person at the keyboard: one sentence each, saying what to do."""

from __future__ import annotations


class TrackerError(Exception):
    """Anything the tracker refuses to do. The message stands alone; no traceback is shown."""


class NightRefused(TrackerError):
    """Tonight's extracts cannot be used. Nothing has been published and the last good night stays live."""
