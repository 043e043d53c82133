"""A reference reading that answers the same question once, where every rule and every scope ask the same of the same records."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps


def asked_once(read: Callable) -> Callable:
    """``read(records, ..., settings)``, kept for the records and the settings that it was asked with. Nobody may change these meanwhile."""
    answers: dict[tuple, tuple] = {}

    @wraps(read)
    def asked(records, *rest):
        *those, settings = rest
        key = id(records), *those, id(settings)
        if key not in answers:
            # The records and the settings are kept beside the answer, so that no others come to have their identity.
            answers[key] = read(records, *rest), records, settings
        return answers[key][0]

    return asked
