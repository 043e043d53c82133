"""Who is writing: the person who has signed in, else the name given in this browser."""

from __future__ import annotations

import streamlit

from ui.components.markup import element, write
from ui.context import browser
from ui.context.readers import reader

WHO = "who is writing"
TYPED = "your name"


def who() -> str:
    """The person writing, as the history names them; empty until there is a name."""
    person = reader()
    if person.signed_in:
        return person.recorded_as
    return browser.memory().lasting.get(WHO, "")


def typed_name(*keys: str) -> str:
    """The first name that stands in one of the fields with these keys; empty when none does."""
    found = (" ".join(str(streamlit.session_state.get(key) or "").split()) for key in keys)
    return next((name for name in found if name), "")


def remember(name: str) -> None:
    """Keep a name for this browser; nothing when it is the one that is kept."""
    memory = browser.memory()
    if memory.lasting.get(WHO, "") != name:
        memory.remember(WHO, name)


def ask_who() -> None:
    """The field for the writer's name, where nobody has signed in."""
    if reader().signed_in:
        write(element("p", f"Writing as {who()}", class_="quiet"))
        return
    if streamlit.session_state.get(TYPED) != who():
        # Only where it differs: a field that is set again loses the letters that are being typed into it.
        streamlit.session_state[TYPED] = who()
    streamlit.text_input(
        "Your name",
        key=TYPED,
        on_change=lambda: remember(typed_name(TYPED)),
        max_chars=200,
        autocomplete="name",
        width=220,
        help="Everything you save on the panel's pages is recorded with this name and the time.",
    )
