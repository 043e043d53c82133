"""The buttons under which something is kept: one way for all of them, so that no later event stops the work or hides what came of it.

The work of a button is its callback. A page's script is stopped wherever it stands when the reader does the next thing, and a button
whose work stood in the script lost it then. A callback runs first and to its end. The outcome is said beside the button and as a
short note over the page (a toast); a button that needs to know who is writing asks for the name there.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit

from access.roles import Right
from data.errors import TrackerError
from ui.components import problems
from ui.components.markup import element, write
from ui.context.readers import reader
from ui.editing.outcomes import Desk, desk
from ui.editing.presses import keep_presses
from ui.editing.writer import TYPED, remember, typed_name, who
from words.dates import british_clock

ASK_NAME = "Not saved yet: your changes are recorded under your name. Type your name here and press "
NOT_SAVED = "Not saved yet."
NOT_ALLOWED = "Not done: none of your roles allows this."

keep_presses()


def may(*rights: Right) -> bool:
    """Whether the reader may write something that one of these rights allows: others are shown it as text, and no field for it."""
    person = reader()
    return any(person.may(right) for right in rights)


def _press(at: Desk, right: Right, place: str, label: str, work: Callable[[], str], named: bool) -> None:
    """The callback: do the work and tell what came of it. ``label`` is the button's."""
    at.called_back.add(f"{place}: {label}")
    # The page may have been drawn when the reader still had the right.
    if not may(right):
        at.tell(place, NOT_ALLOWED, done=False)
        return
    # The name may have been typed just before the press, and its own callback may come after this one.
    if typed := typed_name(_name_key(place), TYPED):
        remember(typed)
    with at.lock:
        if named and not who():
            at.asking[place] = (right, label, work)
            at.toasts.append(f"{label}: type your name beside the button first.")
            return
        at.asking.pop(place, None)
        try:
            at.tell(place, work(), done=True)
            at.toasts.append(f"{label}: done.")
            return
        except TrackerError as error:
            at.tell(place, str(error), done=False)
        except Exception as error:
            # Nothing is swallowed: the reader gets a reference number, the log the place.
            reference = problems.report(error)
            at.tell(place, f"This did not work. Please give your analyst the reference number {reference}.", done=False)
        at.toasts.append(f"{label}: not done. See the reason beside the button.")


def button(
    right: Right,
    label: str,
    work: Callable[[], str],
    place: str,
    *,
    in_form: bool = False,
    named: bool = True,
    primary: bool = False,
    disabled: bool = False,
    help: str | None = None,
    shortcut: str | None = None,
) -> None:
    """A button under which ``work`` is done: it keeps something and gives the sentence that says so, or raises a TrackerError.

    There is none for a reader without the ``right``.
    ``place`` is the name of the form or row of buttons, where ``show_told`` says what came of it; ``named``: needs the writer's name.
    ``work`` reads the fields itself when it is called: what the page read while it was drawn may be older than the press.
    """
    if not may(right):
        if in_form:
            # A form without a button is a fault to Streamlit.
            streamlit.form_submit_button(label, disabled=True, help=NOT_ALLOWED, key=f"{place}: {label}, not allowed")
        return
    draw = streamlit.form_submit_button if in_form else streamlit.button
    at, key = desk(), f"{place}: {label}"
    pressed = draw(
        label,
        key=key,
        type="primary" if primary else "secondary",
        disabled=disabled,
        help=help,
        shortcut=shortcut,
        on_click=_press,
        args=(at, right, place, label, work, named),
    )
    if pressed and key not in at.called_back:
        # A press that came just after the server was started again, before this visit's first page was drawn, finds no callback.
        _press(at, right, place, label, work, named)
        at.called_back.discard(key)
        streamlit.rerun()
    at.called_back.discard(key)


def step(
    label: str,
    change: Callable[[], None],
    *,
    primary: bool = False,
    disabled: bool = False,
    shortcut: str | None = None,
) -> None:
    """A button that keeps nothing: it shows something else, or forgets what is not saved."""
    streamlit.button(
        label,
        key=f"step: {label}",
        type="primary" if primary else "secondary",
        disabled=disabled,
        shortcut=shortcut,
        on_click=change,
    )


def show_told(place: str, unsaved: bool | None = None, in_form: bool = False) -> None:
    """What the last presses of a place's buttons came to, or the field for the writer's name where that is what is missing.

    ``unsaved``: whether something is written there that is not saved, which is then said; None where nothing is drafted.
    """
    at = desk()
    messages = at.told.get(place, ())
    if place in at.asking and not who():
        messages = ()
        _ask_name(at, place, in_form)
    for one in messages:
        if not (unsaved and one.done):
            kind, role = ("saved", "status") if one.done else ("notice", "alert")
            write(element("p", f"{one.sentence} ({british_clock(one.at)})", class_=kind, role=role))
    if unsaved is not None:
        # Always there: a line that came and went would move what stands below it away from under a click.
        write(element("p", NOT_SAVED if unsaved else "", class_="quiet", role="status"))


def _name_key(place: str) -> str:
    return f"name for {place}"


def _ask_name(at: Desk, place: str, in_form: bool) -> None:
    right, label, work = at.asking[place]
    write(element("p", ASK_NAME + ("the button again." if in_form else "Enter."), class_="notice", role="alert"))

    def given() -> None:
        if typed_name(_name_key(place)):
            _press(at, right, place, label, work, named=True)

    # Inside a form only the form's own button calls back.
    calls = None if in_form else given
    streamlit.text_input(
        "Your name, to save", key=_name_key(place), max_chars=200, autocomplete="name", width=220, on_change=calls
    )
