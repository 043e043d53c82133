"""How many cases a test takes: some in the ordinary suite, all of them in the deep one, which ``TRACKER_DEEP=1`` asks for."""

from __future__ import annotations

import os

DEEP = os.environ.get("TRACKER_DEEP") == "1"


def examples(ordinary: int, deep: int) -> int:
    """The number of cases of the suite that is run."""
    return deep if DEEP else ordinary
