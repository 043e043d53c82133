"""Signing in and out on the page, and which mode the app is in."""

from __future__ import annotations

import logging

import streamlit

from access.people import PeopleError
from access.person import Person
from access.sign_in import NO_ROLE, mode_in_words
from data.errors import TrackerError
from data.settings import SettingsError
from ui.components import problems
from ui.components.markup import Markup, element, write
from ui.context.readers import SignInNeeded, has_signed_in, prepare, reader, settings

LOG = logging.getLogger("tracker.app")
TOLD = "told that nobody has a role"
NOT_SET_UP = (
    "Nobody can sign in now: the tracker's settings are not complete. Ask the person who runs the tracker to look at its log."
)


def show_refused(person: Person) -> None:
    """The page of somebody who may open none: the button to sign in, or why signing in was not enough."""
    write(element("h1", "Permanence Tracker"))
    try:
        prepare()
        reader()
    except SignInNeeded:
        write(element("p", "Sign in with your council account."))
        streamlit.button("Sign in", key="sign in", type="primary", on_click=streamlit.login)
        return
    except (PeopleError, SettingsError) as error:
        write(element("p", str(error), class_="notice", role="alert"))
    except TrackerError as error:
        # What is wrong is for the person who runs the tracker, not for whoever opens a page.
        LOG.error("nobody can sign in: %s", error)
        write(element("p", NOT_SET_UP, class_="notice", role="alert"))
    except Exception as error:
        problems.show(error)
    else:
        if not streamlit.session_state.get(TOLD):
            LOG.warning("somebody without a role has signed in: %s", person.identity)
            streamlit.session_state[TOLD] = True
        write(element("p", NO_ROLE.format(identity=person.identity or "somebody unknown"), class_="notice", role="alert"))
    if has_signed_in():
        _offer_sign_out()


def mode(person: Person) -> str | None:
    """Who is signed in, in words, or why nobody is; None where the settings cannot be read."""
    try:
        return mode_in_words(settings(), person)
    except TrackerError:
        return None


def show_foot(person: Person, *below: Markup) -> None:
    """The foot of every page: who is signed in, with the button to sign out, or why nobody is, which paper says in its margin; ``below`` it
    what else stands there."""
    words = mode(person)
    said = element("p", words, class_="quiet screen-only") if words else ""
    if words is None or not person.signed_in:
        write(said, *below)
        return
    with streamlit.container(horizontal=True, vertical_alignment="center"):
        write(said)
        _offer_sign_out()
    write(*below)


def _offer_sign_out() -> None:
    streamlit.button("Sign out", key="sign out", on_click=streamlit.logout)
