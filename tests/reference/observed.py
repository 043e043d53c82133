"""Since when the nights have shown an option, read off the nights one by one."""

from __future__ import annotations

from datetime import date, timedelta

# A night's date, and the options it showed of a child: none of them, or None where the child was not in care.
Night = tuple[date, tuple[str, ...] | None]
LONGEST_GAP = timedelta(days=28)


def observed_since(nights: list[Night], option: str, entered_care: date, day: date) -> date | None:
    """The first of the unbroken nights, up to the day, that showed an option which is the plan on the day.

    The day itself shows it, and is a first night if it was a night at all. Going back from there, a night that showed other
    options breaks the run, and so do more than 28 days from one night that showed this one to the next. None: no such night.
    """
    first = day if any(night == day for night, _ in nights) else None
    shown_last = day
    for night, options in sorted(nights, key=lambda one: one[0], reverse=True):
        if not entered_care <= night < day or not options:
            continue
        if option not in options or shown_last - night > LONGEST_GAP:
            break
        first = shown_last = night
    return first
