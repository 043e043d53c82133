"""How long ago a load was, which a page says in minutes: between two looks at it a minute may end."""

from __future__ import annotations

import re

AGO = re.compile(r"\(\d+ [a-z]+ ago\)")


def without_age(text: str) -> str:
    """The words of a page without how long ago its load was published."""
    return AGO.sub("(ago)", text)
