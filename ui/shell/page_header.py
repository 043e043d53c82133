"""The top of every page: which night, as at which day, what is not supplied; the reporting date and the search for a child."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import streamlit

from access.person import Person
from access.roles import Right
from data.contract.contract import titles
from metrics.engine.engine import Engine
from ui.components import days
from ui.components.markup import Markup, element, joined, write
from ui.context import address
from ui.context.page_context import PageContext
from ui.shell import child_search
from words.dates import age_of, british, british_time

DATE_KEY = "reporting date"


def choose_day(engine: Engine) -> date:
    """The reporting date: the night's own, a month end before it, or any other day that is typed."""
    return days.choose(
        "Reporting date",
        address.DATE,
        DATE_KEY,
        [engine.as_at, *(other for other in reversed(engine.reporting_dates) if other != engine.as_at)],
        engine.as_at,
        engine.as_at,
        "The date of the data load, a month end, or any other day: type it as 31/10/2026.",
        words=lambda text: f"{text} (data load)" if text == british(engine.as_at) else text,
        first=engine.records_from,
    )


def show_chooser(
    title: str, job: str, engine: Engine, person: Person, choose_policy: Callable[[], str], dated: bool = True
) -> tuple[date, str]:
    """The page's title and the job it is for, with the policy, the search and the reporting date beside it; gives day and policy.

    ``dated``: whether a reporting date can be chosen.
    """
    with streamlit.container(horizontal=True, vertical_alignment="bottom", key="heading"):
        write(element("p", engine.council, " · Permanence Tracker · ", job, class_="council"), element("h1", title))
        policy = choose_policy()
        if person.may(Right.FIND_A_CHILD):
            child_search.box()
        day = choose_day(engine) if dated else days.given(address.DATE, engine.as_at, engine.as_at, (), engine.records_from)
    days.show_refused()
    return day, policy


def show_night(context: PageContext, current: datetime | None = None) -> None:
    """The line about the night, and what warns: the store's problems, an old night, what is not supplied."""
    if context.of_published:
        # What was published has its own day, says its own data load, and does not grow old.
        write(*(element("p", problem, class_="notice", role="alert") for problem in context.problems))
        return
    night = context.night
    moment = current or datetime.now(UTC)
    words = [
        element("strong", f"As at {british(context.as_at)}"),
        joined(
            (
                f"data load of {british(night.as_at)}, published {british_time(night.published_at)}",
                # How old it is holds for this moment, not for as long as paper lasts.
                element("span", f" ({age_of(night.published_at, moment)})", class_="screen-only"),
            )
        ),
        context.policies_in_words,
    ]
    missing = tuple(name for name, supplied in context.engine.supplied.items() if not supplied)
    write(
        *(element("p", problem, class_="notice", role="alert") for problem in context.problems),
        _stale(context, moment),
        element("p", joined(words, " · "), class_="quiet"),
        element("p", f"Not supplied in this data load: {titles(missing)}.", class_="quiet") if missing else "",
    )


def _stale(context: PageContext, moment: datetime) -> Markup:
    hours = context.engine.settings.stale_after_hours
    if moment - context.night.published_at <= timedelta(hours=hours):
        return Markup("")
    return element(
        "p",
        f"This data load is more than {hours} hours old and there is no newer one. Ask "
        "your analyst whether last night's data load was refused.",
        class_="notice",
        role="alert",
    )
