"""The pages, by the four levels at which councils track. A policy's own pages show where the council uses that policy."""

from __future__ import annotations

from functools import partial

import streamlit

from data.errors import TrackerError
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

# (level, policy, page, title): one line a page.
OF_POLICIES: tuple[tuple[str, str, str, str], ...] = (
    ("Service", "salford", "key_stages", "Key stages"),
    ("Child", "cheshire_east", "action_planning", "Action planning"),
    ("Service", "south_east", "meetings_due", "Meetings due"),
    ("Service", "hertfordshire_service", "weekly", "Weekly tracking"),
    ("Service", "hertfordshire_service", "adoption", "Adoption tracker"),
    ("Service", "hertfordshire_service", "long_term_fostering", "Long-term fostering"),
    ("Service", "hertfordshire_service", "connected_persons", "Connected persons"),
    ("Service", "hertfordshire_service", "proceedings", "Proceedings"),
    ("Service", "slough", "monitoring_group", "Monitoring group"),
    ("Strategic", "england", "england", "Statutory timescales"),
)


def _policies() -> tuple[str, ...]:
    """The policies in use. Settings that cannot be read are told by the page itself, which reads them again."""
    try:
        return store().settings.policies
    except TrackerError:
        return ()


def policy_of(page: str) -> str | None:
    """The policy that a page belongs to, None for the pages that every council has."""
    return next((policy for _, policy, stem, _ in OF_POLICIES if stem == page), None)


def pages() -> dict[str, list]:
    """The pages to navigate, as Streamlit takes them: level to pages.

    Addresses that people have kept go on working without standing in the menu: that of the first page, which Streamlit itself knows
    only as the root, and those of the pages whose policy is not in use, which say so.
    """
    shown = {level: dict(titles) for level, titles in LEVELS.items()}
    in_use = _policies()
    hidden = [streamlit.Page(f"pages/{DEFAULT}.py", title=_title(DEFAULT), url_path=DEFAULT, visibility="hidden")]
    for level, policy, stem, title in OF_POLICIES:
        if policy in in_use:
            shown[level][stem] = title
        else:
            said = partial(_say_not_in_use, title, policy)
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


def _title(stem: str) -> str:
    return next(titles[stem] for titles in LEVELS.values() if stem in titles)


def _say_not_in_use(title: str, policy: str) -> None:
    words = f"{title} is a page of the policy {policy}, which this council does not use: it is not among the policies in settings.toml."
    write(element("p", words, class_="empty"))
