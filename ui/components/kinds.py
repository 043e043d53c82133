"""The filters of every list of children, in the address: kinds of children (age group, sex, plan and others), and the worker.

The last ones are remembered and offered again. They are never set by themselves: a list that is filtered unasked hides children.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas
import streamlit

from metrics.answers.kinds.kinds import PANEL_AREA, areas, categories
from metrics.answers.kinds.kinds import kinds as kinds_of_children
from ui.components import teams
from ui.components.markup import element, write
from ui.context import address, browser
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered
from words.columns import heading
from words.labels import RESTRICTED_RECORD
from words.numbers import counted

EVERY, WORKER, CHILD = "", "worker", "child_id"
NAMES = (*categories(), PANEL_AREA, WORKER)
OFFERED = "filters of this page"
REMEMBERED = "filters of lists"


@remembered(24)
def _kinds(key: Key, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return kinds_of_children(engine_of(key), scope_of(scope), as_at)


def of_children(frame: pandas.DataFrame) -> bool:
    """Whether a frame is a list of children, a row or several each."""
    return CHILD in frame.columns


def choose(context: PageContext) -> None:
    """The choices, above the first list of a page, for all its lists. A worker whom the page itself offers is not offered again.

    What is chosen stands below the fold of the choices, with a way to clear it. A page whose first list is folded calls this before it.
    """
    if CHILD in address.settled():
        return
    of_council = areas(context.engine.settings)
    every = categories() | ({PANEL_AREA: of_council} if of_council else {})
    offered = [name for name in NAMES if name not in address.settled() and (name in every or name == WORKER)]
    streamlit.session_state[OFFERED] = offered
    address.settled().add(CHILD)
    # Eight fields that most readers leave as they are take a browser longer than the list: they come when the fold is opened.
    fold = streamlit.expander("Filter lists", expanded=bool(asked()), key="filter lists", on_change="rerun")
    if fold.open or any(address.given(name, NAMES) for name in offered):
        with fold:
            _offer_last(context, every, offered)
            fields = streamlit.container(horizontal=True, vertical_alignment="bottom")
        with fields:
            for name, those in every.items():
                address.choose(heading(name), [EVERY, *those], name, NAMES, lambda value: value or "All", width=220)
            if WORKER in offered:
                teams.choose_worker(context, NAMES, width=220)
    else:
        for name in offered:
            address.keep(name, None)
    if wanted := asked():
        browser.keep_chosen(REMEMBERED, wanted)
        clear = element("a", "Clear the filters", href=address.without(*wanted))
        write(element("p", f"The lists on this page are filtered by {in_words()}. ", clear, class_="filtered"))


def _offer_last(context: PageContext, every: Mapping[str, Iterable[str]], offered: Sequence[str]) -> None:
    """The way back to the filters that were asked for the last time, in one press, as far as this page has them today."""
    last = {name: category for name, category in browser.chosen(REMEMBERED).items() if name in offered}
    there = {name: category for name, category in last.items() if category in every.get(name, ())}
    if WORKER in last and teams.is_worker(context, last[WORKER]):
        there[WORKER] = last[WORKER]
    if there and not asked():
        again = element("a", "Filter by these again", href=address.with_choices(there))
        write(element("p", f"The last filters: {_said(there)}. ", again, class_="quiet screen-only"))


def asked() -> dict[str, str]:
    """The filters of this page that are asked for, each with its category; none on a page that has offered none."""
    offered = streamlit.session_state[OFFERED] if CHILD in address.settled() else ()
    return {name: streamlit.query_params[name] for name in offered if streamlit.query_params.get(name)}


def only(context: PageContext, frame: pandas.DataFrame) -> pandas.DataFrame:
    """The rows of the children who are asked for: all, where nothing is. Restricted records stay: of which kind they are is hidden."""
    wanted = asked()
    if not wanted:
        return frame
    known = _kinds(context.key, scope_key(context.scope), context.as_at)
    kept = pandas.Series(True, frame.index)
    for name, category in wanted.items():
        if name == WORKER and WORKER in frame.columns:
            kept &= frame[WORKER].eq(category).fillna(False).astype(bool)
        else:
            kept &= frame[CHILD].isin(known.loc[known[name] == category, CHILD])
    return narrowed(frame, kept)


def narrowed(frame: pandas.DataFrame, kept: pandas.Series) -> pandas.DataFrame:
    """The rows that a choice keeps, and the restricted records: what the choice asks about may be hidden of them, and none goes missing."""
    return frame[kept.fillna(False).astype(bool) | _restricted(frame)]


def narrow(frame: pandas.DataFrame, kept: pandas.Series) -> pandas.DataFrame:
    """As ``narrowed``, with a sentence where restricted records stay."""
    if said := say_restricted(frame):
        write(element("p", said, class_="quiet"))
    return narrowed(frame, kept)


def say_restricted(frame: pandas.DataFrame) -> str:
    """That the restricted records of a narrowed list stay on it, in a sentence; nothing where there are none."""
    restricted = int(_restricted(frame).sum())
    return f"Restricted records stay on the list ({restricted:,}): their details are hidden." if restricted else ""


def _restricted(frame: pandas.DataFrame) -> pandas.Series:
    return frame[CHILD].eq(RESTRICTED_RECORD).fillna(False).astype(bool)


def in_words() -> str:
    """The filters that are asked for, in words; nothing where none is."""
    return _said(asked())


def _said(filters: Mapping[str, str]) -> str:
    return ", ".join(f"{heading(name).lower()}: {category}" for name, category in filters.items())


def say(every: pandas.DataFrame, found: pandas.DataFrame, one: str, many: str | None) -> None:
    """How much of a list the filters leave, and what becomes of the children of whom the kind is not known."""
    if not asked():
        return
    said = (
        f"Filtered by {in_words()}. {len(found):,} of {counted(len(every), one, many)}. {say_restricted(every)} "
        "Children who are not in care are left out. All other figures on the page are of every child."
    )
    write(element("p", said, class_="quiet", role="status"))
