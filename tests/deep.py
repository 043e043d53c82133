"""How far a test goes: as far as every run should, or as far as ``make test-deep`` goes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")
DEEP = bool(os.environ.get("TRACKER_DEEP"))


def examples(ordinary: int, deep: int) -> int:
    """How many examples, generated records or kills a test takes: ``ordinary`` in ``make test``, ``deep`` in ``make test-deep``."""
    return deep if DEEP else ordinary


def some(values: Iterable[T], one_in: int) -> list[T]:
    """Of cases that are alike: one in so many in ``make test``, all of them in ``make test-deep``."""
    return list(values)[:: 1 if DEEP else one_in]
