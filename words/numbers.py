"""How numbers are said: thousands marked, shares to one place, one child and two children."""

from __future__ import annotations

from typing import SupportsInt

import pandas


def number(value: SupportsInt | None) -> str:
    """A whole number with its thousands marked; nothing for a missing one."""
    return "" if value is None or pandas.isna(value) else f"{int(value):,}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """1 child, 2 children, 1 record, 1,204 records."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def children(count: int) -> str:
    return counted(count, "child", "children")


def has(count: int) -> str:
    """1 has, 2 have."""
    return "has" if count == 1 else "have"


def share(part: int | None, whole: int | None) -> str:
    """A share in per cent, to one place; nothing where there is none."""
    if part is None or not whole or pandas.isna(part) or pandas.isna(whole):
        return ""
    return f"{part * 100 / whole:.1f}%"
