"""Kinds of children (age group, sex, legal status, placement, unaccompanied): one filter for every list of a page, in the address."""

from __future__ import annotations

from datetime import date

import pandas
import streamlit

from metrics.answers.kinds.kinds import categories
from metrics.answers.kinds.kinds import kinds as kinds_of_children
from ui.components.markup import element, write
from ui.context import address
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from words.columns import heading

EVERY = ""
NAMES = ("age_group", "sex", "legal_status", "placement", "unaccompanied")


@streamlit.cache_data(max_entries=24, show_spinner=False)
def _kinds(key: Key, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return kinds_of_children(engine_of(key), scope_of(scope), as_at)


def _asked() -> dict[str, str]:
    """The kinds that are asked for, each with its category."""
    return {name: streamlit.query_params[name] for name in NAMES if streamlit.query_params.get(name)}


def choose() -> None:
    """The choices, once on a page. They stand in the address; the lists of the page ask ``only`` for the children of these kinds."""
    with streamlit.expander("Filter lists by kind of child", expanded=bool(_asked())):
        with streamlit.container(horizontal=True, vertical_alignment="bottom"):
            for name, options in categories().items():
                address.choose(heading(name), [EVERY, *options], name, NAMES, lambda value: value or "All", width=220)
        asked = _asked()
        if asked:
            words = ", ".join(f"{heading(name).lower()}: {category}" for name, category in asked.items())
            said = (
                f"Filtered by {words}. The lists below leave out restricted records and children who are not in care. "
                "All other figures on the page are of every child."
            )
            write(element("p", said, class_="quiet"))


def only(context: PageContext, frame: pandas.DataFrame) -> pandas.DataFrame:
    """The rows of a list (a frame with ``child_id``) whose children are of the kinds that are asked for: all of them, where none is."""
    asked = _asked()
    if not asked:
        return frame
    known = _kinds(context.key, scope_key(context.scope), context.as_at)
    for name, category in asked.items():
        known = known[known[name] == category]
    return frame[frame["child_id"].isin(known["child_id"])]
