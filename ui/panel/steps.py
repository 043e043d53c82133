"""Going through a panel's agenda: to the child before and after, how far the panel is, and the screen of the meeting itself.

The keys have a modifier, so that no letter that is typed does anything (WCAG 2.1.4).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit

from access.roles import Right
from casework.records.records import CLOSED
from ui.components import scripts
from ui.components.markup import Markup, element, joined, write
from ui.context import address
from ui.editing import writing
from ui.editing.drafts import Editing
from ui.editing.together import Together
from ui.editing.writer import who
from ui.panel.choice import WRITING
from ui.panel.meeting import CHILD, MEETING, TOGETHER, VIEW, YES, PanelMeeting
from words.numbers import children, counted

NEXT, BEFORE, SAVE = "Alt+N", "Alt+P", "Alt+S"
START, LEAVE = "Start the meeting", "Leave the meeting screen"
# The screen of the meeting has no menu, title and choices. Not in the stylesheet of every page: a browser would look at everything on it
# again with each part that comes, to see whether the meeting's mark is there (.stApp:has).
SCREEN = Markup("""<style id="meeting-screen">
#root .stApp :is([data-testid="stHeader"], .st-key-heading, .st-key-panel-choice) { display: none; }
#root .stApp [data-testid="stMainBlockContainer"] { padding-top: .75rem; max-width: none; }
#root .stApp :is([data-testid="stHtml"] :is(p, li, dd, dt), [data-testid="stTextArea"] textarea) { font-size: 1.08rem; }
</style>""")


def in_meeting() -> bool:
    """Whether the address asks for the screen of the meeting, which has no menu and no choices. Raises NotThere for another screen."""
    asked = address.given(VIEW, (VIEW, CHILD))
    if asked not in (None, MEETING):
        raise address.NotThere(VIEW, asked, f"There is {MEETING} alone.")
    address.keep(VIEW, MEETING if asked == MEETING else None)
    return asked == MEETING


def show_bar(meeting: PanelMeeting) -> None:
    """The line on top of the meeting's screen in place of menu and title: which panel, how far, and the way out."""
    recorded = f"Recorded as written by {who()}. " if who() else "You are asked for your name when you first save. "
    words = f"{recorded if writing.may(*WRITING) else ''}Esc leaves the full screen; F11 comes back to it."
    with streamlit.container(horizontal=True, vertical_alignment="center", key="meeting-bar"):
        write(
            SCREEN,
            element("h1", f"Permanence Panel of {meeting.panel.when}"),
            element("p", words, class_="quiet"),
        )
        writing.step(LEAVE, partial(address.keep, VIEW, None))


def progress(meeting: PanelMeeting) -> Markup:
    """How many children are discussed and how many are left, in words and as a bar."""
    every, done = len(meeting.items), meeting.finished
    rest = "not discussed" if meeting.panel.status == CLOSED else "left"
    words = f"{done} of {children(every)} discussed, {every - done} {rest}"
    return element("p", element("progress", max=every, value=done, aria_label=words), " ", words, class_="progress")


def show_unsaved(meeting: PanelMeeting) -> None:
    """The children about whom this person wrote something that is not saved."""
    waiting = [child for child in meeting.named if child in meeting.unsaved]
    if waiting:
        words = counted(len(waiting), "child has", "children have")
        links = joined((element("a", child, href=meeting.link(child)) for child in waiting), ", ")
        write(element("p", f"{words} changes of yours that are not saved: ", links, ".", class_="notice", role="status"))


def run_scripts() -> None:
    """Let the keys hand in what is being typed before they are obeyed, and the meeting fill the monitor."""
    scripts.run(scripts.KEYS)
    scripts.run(scripts.WHOLE_SCREEN)


def show(meeting: PanelMeeting, at: tuple[str, ...]) -> None:
    """Back to the agenda, and to the child before and after; ``at``: the child, or the children discussed together."""
    here = [meeting.named.index(child) for child in at if child in meeting.named]
    with streamlit.container(horizontal=True, vertical_alignment="center"):
        writing.step("Back to the agenda", partial(go, None))
        if here:
            before, after = (meeting.named[min(here) - 1] if min(here) else None), following(meeting, at)
            writing.step("Previous child", partial(go, before), disabled=before is None, shortcut=BEFORE)
            writing.step("Next child", partial(go, after), disabled=after is None, shortcut=NEXT)
            places = [number for number, item in enumerate(meeting.items, start=1) if item.child_id in at]
            first, last = places[0], places[-1]
            words = (
                f"Child {first} of {len(meeting.items)}"
                if first == last
                else f"Children {first} to {last} of {len(meeting.items)}"
            )
            write(element("div", element("p", element("strong", words), " on the agenda"), progress(meeting)))
        else:
            how = " Add the child first, or record the discussion here anyway." if writing.may(Right.WRITE_DISCUSSIONS) else ""
            words = f"This child is not on this panel's agenda.{how}"
            write(element("p", words, class_="quiet"))


def save_buttons(
    form: Editing | Together, save: Callable[[], str], save_and_go: Callable[[], str] | None, saves: str, closed: bool
) -> None:
    """The buttons under what is written about a child or a group. ``save_and_go``: None for a child who is not on the agenda; ``saves``:
    where the words are kept; ``closed``: whether the panel is."""
    with streamlit.container(horizontal=True, vertical_alignment="center"):
        if save_and_go:
            writing.button(
                Right.WRITE_DISCUSSIONS,
                "Save and next",
                save_and_go,
                form.name,
                primary=True,
                disabled=closed,
                help=f"Saves {saves}, and the action if one is written, and opens the next child on the agenda.",
                shortcut=SAVE,
            )
        writing.button(Right.WRITE_DISCUSSIONS, "Save", save, form.name, disabled=closed)
        writing.step("Discard unsaved changes", form.discard)
        writing.show_told(form.name, unsaved=form.changed)


def following(meeting: PanelMeeting, at: tuple[str, ...]) -> str | None:
    """The child after these on the agenda; None after the last."""
    here = [meeting.named.index(child) for child in at if child in meeting.named]
    return next(iter(meeting.named[max(here) + 1 :]), None) if here else None


def go(child: str | None, together: bool = False) -> None:
    """Show a child's discussion, alone or together with the brothers and sisters on the agenda; the agenda for None."""
    address.keep(CHILD, child)
    address.keep(TOGETHER, YES if together else None)
