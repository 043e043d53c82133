"""The pages, by the four levels at which councils track. A policy's own pages show where the council uses that policy."""

from __future__ import annotations

from functools import partial

import streamlit

from data.errors import TrackerError
from data.settings import Settings
from ui.components.markup import element, write
from ui.context.page_context import store
from words.labels import AREAS, Area, level_name

DEFAULT = "countywide"
# The pages that every council has, by a policy's level (words/labels.py names it) or by what they are about. A page's file stem is its
# address. A level without a page has no heading.
LEVELS: dict[str, dict[str, str]] = {
    "child": {"child": "Child"},
    "service": {"team": "Team"},
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
        "patterns": "Patterns of the panels",
    },
    "about the data": {"data_quality": "Data quality", "figures": "How figures are made", "barriers": "Barriers"},
}
OF_THE_PANELS_POLICY = ("corporate_parenting",)

# (level, policy, page, title): one line a page.
OF_POLICIES: tuple[tuple[str, str, str, str], ...] = (
    ("service", "salford", "key_stages", "Key stages"),
    ("child", "cheshire_east", "action_planning", "Action planning"),
    ("service", "south_east", "meetings_due", "Meetings due"),
    ("service", "hertfordshire_service", "weekly", "Weekly tracking"),
    ("service", "hertfordshire_service", "adoption", "Adoption tracker"),
    ("service", "hertfordshire_service", "long_term_fostering", "Long-term fostering"),
    ("service", "hertfordshire_service", "connected_persons", "Connected persons"),
    ("service", "hertfordshire_service", "proceedings", "Proceedings"),
    ("service", "slough", "monitoring_group", "Monitoring group"),
    ("strategic", "england", "england", "Statutory timescales"),
)


def _settings() -> Settings:
    """The council's settings. Those that cannot be read are told by the page itself, which reads them again."""
    try:
        return store().settings
    except TrackerError:
        return Settings(policies=())


def policy_of(page: str) -> str | None:
    """The policy that a page belongs to, None for the pages that every council has."""
    return next((policy for _, policy, stem, _ in OF_POLICIES if stem == page), None)


def titles(area: Area) -> dict[str, dict[str, str]]:
    """The pages that every council has, with their titles, by level."""
    return {level: {stem: title or level_name(level, area) for stem, title in pages.items()} for level, pages in LEVELS.items()}


def pages() -> dict[str, list]:
    """The pages to navigate, as Streamlit takes them: level to pages.

    Addresses that people have kept go on working without standing in the menu: that of the first page, which Streamlit itself knows
    only as the root, and those of the pages whose policy is not in use, which say so.
    """
    settings = _settings()
    area = AREAS[settings.area]
    shown = titles(area)
    first = next(titled[DEFAULT] for titled in shown.values() if DEFAULT in titled)
    hidden = [streamlit.Page(f"pages/{DEFAULT}.py", title=first, url_path=DEFAULT, visibility="hidden")]
    for level, policy, stem, title in OF_POLICIES:
        if policy in settings.policies:
            shown[level][stem] = title
        else:
            said = partial(_say_not_in_use, title, policy)
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


def _say_not_in_use(title: str, policy: str) -> None:
    words = f"{title} is a page of the policy {policy}, which this council does not use: it is not among the policies in settings.toml."
    write(element("p", words, class_="empty"))
