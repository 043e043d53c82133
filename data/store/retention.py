"""Which nights may go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from data.night.night import Night
from data.settings import Settings


def nights_to_remove(
    nights: list[Night], keep: set[str], settings: Settings, today: date, sound: Callable[[Night], bool]
) -> list[Night]:
    """The nights whose extracts are more than ``keep_nights_days`` old, save those named in ``keep``, oldest first.

    With ``keep_month_ends`` the last night of every calendar month stays: the latest day of that month, and of that day the last
    publication. Where that night is not ``sound``, the last sound one before it stays too.
    """
    newest_first = sorted(nights, key=lambda night: (night.as_at, night.sequence), reverse=True)
    settled: set[tuple[int, int]] = set()
    going = []
    for night in newest_first:
        month = night.as_at.year, night.as_at.month
        wanted = settings.keep_month_ends and month not in settled
        old = (today - night.as_at).days > settings.keep_nights_days
        if old and not wanted and night.name not in keep:
            going.append(night)
        elif wanted and (not old or sound(night)):
            settled.add(month)
    return going[::-1]
