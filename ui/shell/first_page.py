"""A reader's own team or service as the first page, opened where the address says nothing more. It is remembered for the person, or for the
browser where nobody signs in."""

from __future__ import annotations

import streamlit

from ui.components import teams
from ui.components.markup import element, write
from ui.context import address
from ui.context.browser import choices, in_this_browser
from ui.context.page_context import PageContext

FIRST = "first page"
ROOT = ""  # the address of the first page, as Streamlit has it
# Where a remembered team or service opens from: whose first page is another's, or the team's own, begins there.
FROM = (address.COUNTYWIDE, address.TEAM)


def go(page: str, context: PageContext) -> None:
    """Open the remembered team or service, where a visit begins at the root. An address that says more is obeyed as it is."""
    if page != ROOT or address.root() not in FROM or not streamlit.session_state[address.BEGAN] or streamlit.query_params:
        return
    chosen = choices().lasting.get(FIRST)
    if chosen and all(_is_there(context, name, value) for name, value in chosen.items()):
        address.go(address.TEAM, None, **chosen)


def _is_there(context: PageContext, name: str, value: str) -> bool:
    """Whether the remembered service, team or worker still has children."""
    return teams.is_worker(context, value) if name == "worker" else teams.tonight(context, name)(value)


def offer(chosen: dict[str, str | None]) -> None:
    """A button to open this team, service or worker first, or to stop doing so."""
    here = {name: value for name, value in chosen.items() if value}
    remembered = choices().lasting.get(FIRST)
    if here and here == remembered:
        with streamlit.container(horizontal=True, vertical_alignment="center"):
            write(element("p", f"The tracker opens here first{in_this_browser()}.", class_="quiet"))
            streamlit.button(
                "Stop opening here first", key="forget the first page", on_click=choices().remember, args=(FIRST, None)
            )
    elif here:
        words = "Open the tracker here first"
        streamlit.button(words, key="remember the first page", on_click=choices().remember, args=(FIRST, here))
