"""The pages, by the four levels at which councils track. A policy's own pages show where the council uses that policy."""

from __future__ import annotations

from functools import partial

import streamlit

from data.errors import TrackerError
from data.settings import Settings
from metrics.engine.policies import policies_by_word, policies_with
from ui.components.markup import element, write
from ui.context.page_context import store
from words.labels import AREAS, Area, level_name

DEFAULT = "countywide"
# The pages that every council has, by a policy's level (words/labels.py names it) or by what they are about. A page's file stem is its
# address. A level without a page has no heading.
LEVELS: dict[str, dict[str, str]] = {
    "child": {"child": "Child"},
    "service": {"team": "Team", "calendar": "Calendar"},
    "countywide": {
        DEFAULT: "",  # named for the whole council, as its level
        "children": "List of children",
        "panel": "Permanence Panel",
        "actions": "Actions",
        "drift": "Drift between panels",
    },
    "strategic": {
        "corporate_parenting": "Corporate parenting",
        "journeys": "Journeys to permanence",
        "patterns": "Panel trends",
    },
    "about the data": {
        "data_sources": "Data sources",
        "data_quality": "Data quality",
        "figures": "How figures are made",
        "coverage": "What the documents ask for",
        "barriers": "Barriers",
    },
}
# These pages offer no choice of a policy: they follow the panel's, or show all.
OF_THE_PANELS_POLICY = ("corporate_parenting",)
OF_EVERY_POLICY = ("calendar", "coverage", "data_sources")

# The pages that policies bring (``pages`` in a policy's file), by level: they are in the menu where a policy in use brings them.
OF_POLICIES: dict[str, dict[str, str]] = {
    "child": {"action_planning": "Action planning"},
    "service": {
        "key_stages": "Key stages",
        "meetings_due": "Meetings due",
        "weekly": "Weekly tracking",
        "papers": "Papers and reports",
        "adoption": "Adoption tracker",
        "long_term_fostering": "Long-term fostering",
        "connected_persons": "Connected persons",
        "proceedings": "Proceedings",
        "monitoring_group": "Monitoring group",
        "siblings": "Brothers and sisters",
    },
    "strategic": {"england": "Statutory timescales"},
}


def _settings() -> Settings | None:
    """The council's settings. Settings that cannot be read are told by the page itself, which reads them again."""
    try:
        return store().settings
    except TrackerError:
        return None


def by_level(area: Area) -> dict[str, dict[str, str]]:
    """The pages that every council has, with their titles, by level."""
    return {level: {stem: title or level_name(level, area) for stem, title in pages.items()} for level, pages in LEVELS.items()}


def titles(area: Area = AREAS["county"]) -> dict[str, str]:
    """Every page's title by its file stem, whether a policy in use brings it or not."""
    return {stem: title for levels in (by_level(area), OF_POLICIES) for pages in levels.values() for stem, title in pages.items()}


def pages() -> dict[str, list]:
    """The pages to navigate, as Streamlit takes them: level to pages.

    Addresses that people have kept go on working without standing in the menu: that of the first page, which Streamlit itself knows
    only as the root, and those of the pages whose policy is not in use, which say so.
    """
    settings = _settings()
    area = AREAS[(settings or Settings()).area]
    brought = policies_by_word(settings, "pages") if settings else {}
    shown = {level: dict(titled) for level, titled in by_level(area).items()}
    hidden = [streamlit.Page(f"pages/{DEFAULT}.py", title=titles(area)[DEFAULT], url_path=DEFAULT, visibility="hidden")]
    for level, stem, title in ((level, stem, title) for level, pages in OF_POLICIES.items() for stem, title in pages.items()):
        if stem in brought:
            shown[level][stem] = title
        else:
            said = partial(_say_not_in_use, stem, settings or Settings())
            hidden.append(streamlit.Page(said, title=title, url_path=stem, visibility="hidden"))
    made = {
        level: [_page(stem, title) for stem, title in titled.items()] + (hidden if DEFAULT in titled else [])
        for level, titled in shown.items()
        if titled
    }
    return {level_name(level, area): entries for level, entries in made.items()}


def _page(stem: str, title: str):
    if stem != DEFAULT:
        return streamlit.Page(f"pages/{stem}.py", title=title)
    # Streamlit answers at the root for this page, and lets no other have the name that it gives it here.
    return streamlit.Page(f"pages/{stem}.py", title=title, url_path="first", default=True)


def _say_not_in_use(stem: str, settings: Settings) -> None:
    there = policies_with(settings, "pages", stem, in_use=False)
    title = titles(AREAS[settings.area])[stem]
    named = f"the {'policy' if len(there) == 1 else 'policies'} {', '.join(there)}"
    words = f"{title} is a page of {named}, which this council does not use: add one to 'policies' in settings.toml."
    if len(there) == 1:
        words = f"{title} is a page of {named}, which this council does not use: it is not among the policies in settings.toml."
    write(element("p", words, class_="empty"))
