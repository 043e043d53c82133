"""The pages, by the four levels at which councils track. A policy's own pages show where the council uses that policy."""

from __future__ import annotations

from functools import partial

import streamlit

from data.errors import TrackerError
from data.settings import Settings
from metrics.engine.policies import policies_with
from ui.components.markup import element, write
from ui.context.page_context import store

# A page's file stem is its address. A level without a page has no heading.
LEVELS: dict[str, dict[str, str]] = {
    "Child": {"child": "Child"},
    "Service": {"team": "Team"},
    "Countywide": {
        "countywide": "Countywide",
        "children": "List of children",
        "panel": "Permanence Panel",
        "actions": "Actions",
        "drift": "Drift between panels",
    },
    "Strategic": {
        "corporate_parenting": "Corporate parenting",
        "journeys": "Journeys to permanence",
        "patterns": "Patterns of the panels",
    },
    "About the data": {"data_quality": "Data quality", "figures": "How figures are made", "barriers": "Barriers"},
}
DEFAULT = "countywide"
OF_THE_PANELS_POLICY = ("corporate_parenting",)

# The pages that policies bring (``pages`` in a policy's file), by level: they are in the menu where a policy in use brings them.
OF_POLICIES: dict[str, dict[str, str]] = {
    "Child": {"action_planning": "Action planning"},
    "Service": {
        "key_stages": "Key stages",
        "meetings_due": "Meetings due",
        "weekly": "Weekly tracking",
        "adoption": "Adoption tracker",
        "long_term_fostering": "Long-term fostering",
        "connected_persons": "Connected persons",
        "proceedings": "Proceedings",
        "monitoring_group": "Monitoring group",
    },
    "Strategic": {"england": "Statutory timescales"},
}


def titles() -> dict[str, str]:
    """Every page's title by its file stem, whether a policy in use brings it or not."""
    return {stem: title for levels in (LEVELS, OF_POLICIES) for pages in levels.values() for stem, title in pages.items()}


def _settings() -> Settings | None:
    """The council's settings. Settings that cannot be read are told by the page itself, which reads them again."""
    try:
        return store().settings
    except TrackerError:
        return None


def pages() -> dict[str, list]:
    """The pages to navigate, as Streamlit takes them: level to pages.

    Addresses that people have kept go on working without standing in the menu: that of the first page, which Streamlit itself knows
    only as the root, and those of the pages whose policy is not in use, which say so.
    """
    shown = {level: dict(titles) for level, titles in LEVELS.items()}
    settings = _settings()
    hidden = [streamlit.Page(f"pages/{DEFAULT}.py", title=titles()[DEFAULT], url_path=DEFAULT, visibility="hidden")]
    for level, stem, title in ((level, stem, title) for level, pages in OF_POLICIES.items() for stem, title in pages.items()):
        if settings and policies_with(settings, "pages", stem):
            shown[level][stem] = title
        else:
            said = partial(_say_not_in_use, stem, settings or Settings())
            hidden.append(streamlit.Page(said, title=title, url_path=stem, visibility="hidden"))
    made = {
        level: [
            _first(title) if stem == DEFAULT else streamlit.Page(f"pages/{stem}.py", title=title)
            for stem, title in titles.items()
        ]
        for level, titles in shown.items()
        if titles
    }
    made[next(level for level, titles in LEVELS.items() if DEFAULT in titles)] += hidden
    return made


def _first(title: str):
    # Streamlit answers at the root for this page, and lets no other have the name that it gives it here.
    return streamlit.Page(f"pages/{DEFAULT}.py", title=title, url_path="first", default=True)


def _say_not_in_use(stem: str, settings: Settings) -> None:
    there = policies_with(settings, "pages", stem, in_use=False)
    named = f"the {'policy' if len(there) == 1 else 'policies'} {', '.join(there)}"
    words = f"{titles()[stem]} is a page of {named}, which this council does not use: add one to 'policies' in settings.toml."
    if len(there) == 1:
        words = f"{titles()[stem]} is a page of {named}, which this council does not use: it is not among the policies in settings.toml."
    write(element("p", words, class_="empty"))
