"""The choice of a day: those at hand in a list, any other typed in, and the day chosen in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import streamlit

from ui.components.markup import element, write
from ui.context import address
from words.dates import british

REFUSED = "refused day"


def given(name: str, usual: date, last: date, page_names: Iterable[str], first: date) -> date:
    """The day in the address under ``name``, where ``usual`` is left out. Raises NotThere for a day that cannot be asked for."""
    written = address.given(name, page_names)
    asked = address.read_day(written)
    if written is not None and name in streamlit.query_params and (asked is None or asked > last):
        raise address.NotThere(name, written, f"Write dates as {last.isoformat()}, which is the latest date available.")
    if asked and asked < first and name in streamlit.query_params:
        raise address.NotThere(name, str(written), f"That is before the records, which reach back to {first.isoformat()}.")
    day = asked if asked and first <= asked <= last else usual
    address.keep(name, None if day == usual else day.isoformat())
    return day


def choose(
    label: str,
    name: str,
    key: str,
    days: Sequence[date],
    usual: date,
    last: date,
    explained: str,
    page_names: Iterable[str] = (),
    words: Callable[[str], str] = str,
    width: int = 190,
    first: date = date.min,
) -> date:
    """A select box of days that takes any other day up to ``last``, typed as 31/10/2026; none before the records, which reach back to
    ``first``.

    ``name`` is the choice's in the address, as for ``given``. Raises NotThere.
    """
    day = given(name, usual, last, page_names, first)
    streamlit.session_state[key] = british(day)

    def chosen() -> None:
        typed = streamlit.session_state[key]
        taken = address.read_day(typed)
        if taken is None or taken > last:
            streamlit.session_state[REFUSED] = (
                typed or "",
                f"is not a date up to {british(last)}. Type a date such as {british(last)}.",
            )
        elif taken < first:
            streamlit.session_state[REFUSED] = (typed, f"is before the records, which reach back to {british(first)}.")
        else:
            address.changed(name, None if taken == usual else taken.isoformat())

    streamlit.selectbox(
        label,
        [british(other) for other in ([] if day in days else [day]) + list(days)],
        key=key,
        format_func=words,
        accept_new_options=True,
        on_change=chosen,
        help=explained,
        width=width,
    )
    return day


def show_refused() -> None:
    """Say once which day was typed that cannot be asked for."""
    typed, why = streamlit.session_state.pop(REFUSED, (None, ""))
    if typed is not None:
        write(element("p", f"'{typed}' {why}", class_="notice", role="alert"))
