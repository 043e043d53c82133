"""How far a test goes: as far as every run should, or as far as ``make test-deep`` goes."""

from __future__ import annotations

import os

DEEP = bool(os.environ.get("TRACKER_DEEP"))


def examples(ordinary: int, deep: int) -> int:
    """How many examples, generated records or kills a test takes: ``ordinary`` in ``make test``, ``deep`` in ``make test-deep``."""
    return deep if DEEP else ordinary
