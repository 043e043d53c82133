"""Find a child: the box at the top of every page, and the matches below it.

What is typed stays in this visit's memory. It is not put into the address (only the identifier of the child who is opened is) and never
logged.
"""

from __future__ import annotations

import pandas
import streamlit

from access.roles import Right
from metrics.answers.child.find import find_children
from ui.components.child_link import child_link
from ui.components.markup import element, write
from ui.components.tables import Column, bare_table, named
from ui.context import address
from ui.context.page_context import PageContext
from words.dates import british
from words.numbers import children

FIND_KEY = "find a child"
FINDING = "finding"
MOST = 50
# The same words whether there is no such child or the reader may not see the record.
NOBODY = "No child matches that, or you do not have access."


def box() -> None:
    """The search box. A search is answered by ``follow``, once the page knows what it is about."""

    def entered() -> None:
        streamlit.session_state[FINDING] = streamlit.session_state[FIND_KEY].strip()
        streamlit.session_state[FIND_KEY] = ""

    streamlit.text_input(
        "Find a child",
        key=FIND_KEY,
        placeholder="Name, number or birth date",
        on_change=entered,
        autocomplete="off",
        max_chars=100,
        width=230,
        help="Part of a name, either identifier, or a date of birth such as 31/10/2015.",
    )


def follow(context: PageContext) -> None:
    """Go to the child who was searched for; show the matches where there are several, and say so where there is none."""
    if streamlit.session_state[address.ARRIVED]:
        streamlit.session_state.pop(FINDING, None)
    text = streamlit.session_state.get(FINDING) if context.person.may(Right.FIND_A_CHILD) else None
    if not text:
        return
    found = find_children(context.engine, text, context.scope, context.as_at, address.read_day(text))
    if len(found) == 1:
        streamlit.session_state.pop(FINDING)
        address.go(address.CHILD, context.linked_day, child=found["child_id"].iloc[0])
    with streamlit.container(border=True, key="matches"):
        _show(context, found)
        streamlit.button("Close the search", key="close the search", on_click=lambda: streamlit.session_state.pop(FINDING, None))


def _show(context: PageContext, found: pandas.DataFrame) -> None:
    if found.empty:
        write(element("p", NOBODY, class_="empty", role="status"))
        return
    more = f"; the first {MOST} are shown. Type more of the name" if len(found) > MOST else ""
    columns = [
        Column("child_id", leads_to=child_link(context)),
        *named("name", "age"),
        Column("birth_date", of="dob"),
        *named("team", "worker", "legacy_id"),
    ]
    shown = found.head(MOST).assign(team=found["team"].where(found["in_care"], "not in care"))
    write(
        element("div", element("h2", f"{children(len(found))} found on {british(context.as_at)}{more}."), role="status"),
        bare_table(shown, columns, "Children found"),
    )
