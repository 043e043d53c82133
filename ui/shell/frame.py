"""Every page's frame: the look, the night, the heading, the page, and a calm word when something goes wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit
from streamlit.delta_generator import DeltaGenerator

from access.person import Person
from access.roles import PUBLISHED, Right
from data.version import PRODUCT
from metrics.engine.engine import Engine
from metrics.strategic.declared import panel_policy
from ui.components import problems
from ui.components.markup import element, write
from ui.context import access_record, address, browser_sessions, memory, turns
from ui.context.page_context import PageContext, open_night, set_page_context
from ui.context.readers import check_may_be_served
from ui.editing import outcomes
from ui.shell import child_search, first_page, navigation, page_header, printing, refused, signing_in
from words.dates import british


def _choose_policy(engine: Engine, page: str) -> str:
    """The policy that the figures follow: the panel's, the one that brings the page, or a choice where there are more than one.

    On a page of all policies it is the first, and decides nothing.
    """
    if page in navigation.OF_EVERY_POLICY:
        return next(iter(engine.policies))
    if page in navigation.OF_THE_PANELS_POLICY:
        return panel_policy(engine)
    policies = engine.policies_with_page(page) or tuple(engine.policies)
    if len(policies) == 1:
        return policies[0]
    return address.choose("Policy", policies, address.POLICY, (), lambda policy: engine.policies[policy].name, 260)


def _settle(page, stem: str, person: Person) -> PageContext:
    key, engine, troubles = open_night()
    check_may_be_served(engine)
    job = navigation.job_of(stem)
    of_published = stem == PUBLISHED and not person.may(Right.SEE_DRAFTS)
    of_the_load = stem in navigation.OF_THE_LOAD
    day, policy = page_header.show_chooser(
        page.title, job, engine, person, partial(_choose_policy, engine, stem), dated=not (of_published or of_the_load)
    )
    brought = engine.policies_with_page(stem)
    linked = policy if policy in brought[1:] else None
    of_every_policy = stem in navigation.OF_EVERY_POLICY
    scope = engine.settled(person.scope)
    as_at, chosen_day = (engine.as_at, day) if of_the_load else (day, None)
    return PageContext(
        key, engine, as_at, policy, person, scope, troubles, linked, of_every_policy, of_published, chosen_day=chosen_day
    )


def _say(place: DeltaGenerator, doing: str) -> None:
    """Say what is being done, so that nobody looks at a page that is still empty. It comes in sight when it takes a moment."""
    place.html(element("p", f"{doing} …", class_="working", role="status"))


def show(page, menu: navigation.Menu, person: Person) -> None:
    """Run a page (a ``streamlit.Page``) within its frame."""
    with turns.turn(), memory.page():
        _show(page, menu, person)


def _show(page, menu: navigation.Menu, person: Person) -> None:
    stem = menu.stem(page.url_path)
    if not person.pages:
        signing_in.show_refused(person)
        write(element("div", id="page-done"))
        return
    working = streamlit.empty()
    _say(working, "Opening the data load")
    address.arrive(page.url_path, menu.first)
    try:
        browser_sessions.check(browser_sessions.current())
        refused.check(stem, page.title, person, menu.first)
        menu.mark(stem)
        outcomes.show_toasts()
        settled = _settle(page, stem, person)
        _say(working, f"Working out {page.title} as at {british(settled.as_at)}")
        first_page.go(page.url_path, settled)
        with access_record.recording(settled, stem, person):
            child_search.follow(settled)
            page_header.show_night(settled)
            with set_page_context(settled):
                page.run()
            printing.show(page.title, settled, datetime.now(UTC), signing_in.mode(person))
    except Exception as error:
        # Nothing is swallowed: the reader gets the sentence or a reference number, the log the place.
        problems.show(error)
    working.empty()
    signing_in.show_foot(
        person, element("p", PRODUCT, class_="quiet screen-only"), element("div", id="page-done", data_pages=menu.addresses)
    )
