"""The pages, by the job that each is for. A policy's own pages show where the council uses that policy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit

from access.person import Person
from access.roles import Role
from data.errors import TrackerError
from data.settings import Settings
from metrics.engine.policies import policies_by_word, policies_with
from ui.components.markup import element, write
from ui.context import readers
from words.labels import AREAS, Area

DEFAULT = "countywide"
# The pages that every council has, by the job that they are for: the menu's headings. A page's file stem is its address.
OVERVIEW, MY_TEAM, CHILDREN, PANEL, COUNCILLORS, DATA = JOBS = ("Overview", "My team", "Children", "Panel", "Councillors", "Data")
PAGES: dict[str, dict[str, str]] = {
    OVERVIEW: {
        DEFAULT: "",  # named for the whole council
        "drift": "Drift between panels",
        "journeys": "Journeys to permanence",
    },
    MY_TEAM: {"team": "Team", "changes": "What changed", "calendar": "Calendar"},
    CHILDREN: {"children": "List of children", "child": "Child"},
    PANEL: {
        "panel": "Permanence Panel",
        "actions": "Actions",
        "patterns": "Panel trends",
        "barriers": "Barriers",
    },
    COUNCILLORS: {"corporate_parenting": "Corporate parenting"},
    DATA: {
        "data_sources": "Data sources",
        "data_quality": "Data quality",
        "figures": "How figures are made",
        "coverage": "What the documents ask for",
        "access_record": "Access record",
    },
}
# These pages offer no choice of a policy: they follow the panel's, or show all.
OF_THE_PANELS_POLICY = ("corporate_parenting",)
OF_EVERY_POLICY = ("access_record", "barriers", "calendar", "coverage", "data_quality", "data_sources", "journeys")
# These pages offer no reporting date: they are of the data load itself, of the documents or of what was written down, whatever the date.
OF_THE_LOAD = ("access_record", "barriers", "coverage", "data_quality", "data_sources")

# The pages that policies bring (``pages`` in a policy's file), by job: they are in the menu where a policy in use brings them.
OF_POLICIES: dict[str, dict[str, str]] = {
    OVERVIEW: {"england": "Statutory timescales"},
    MY_TEAM: {
        "action_planning": "Action planning",
        "key_stages": "Key stages",
        "meetings_due": "Meetings due",
        "weekly": "Weekly tracking",
        "papers": "Papers and reports",
        "adoption": "Adoption tracker",
        "long_term_fostering": "Long-term fostering",
        "connected_persons": "Connected persons",
        "proceedings": "Proceedings",
    },
    CHILDREN: {"siblings": "Brothers and sisters"},
    PANEL: {"monitoring_group": "Monitoring group"},
}
# What the page of a team is called for those whose first page it is.
FIRST_OF_A_TEAM = "team"
TITLES = {
    Role.HEAD_OF_SERVICE: "My service",
    Role.TEAM_MANAGER: "My team",
    Role.REVIEWING_OFFICER: "My children",
    Role.WORKER: "My children",
}
SIGN_IN = "Sign in"
# The heading of the menu under which the reader is. The menu is Streamlit's, and marks only the page within a heading.
MARKED = (
    '<style>[data-testid="stTopNav"] > div:nth-child(%d) > button '
    "{ box-shadow: inset 0 -3px 0 var(--accent); font-weight: 650; }</style>"
)


def _settings() -> Settings | None:
    """The council's settings. Settings that cannot be read are told by the page itself, which reads them again."""
    try:
        return readers.settings()
    except TrackerError:
        return None


def by_job(area: Area) -> dict[str, dict[str, str]]:
    """The pages that every council has, with their titles, by job."""
    return {job: {stem: title or area.wide for stem, title in pages.items()} for job, pages in PAGES.items()}


def titles(area: Area = AREAS["county"]) -> dict[str, str]:
    """Every page's title by its file stem, whether a policy in use brings it or not."""
    return {stem: title for jobs in (by_job(area), OF_POLICIES) for pages in jobs.values() for stem, title in pages.items()}


def job_of(stem: str) -> str:
    """The job that a page is for, by its file stem."""
    return next(job for job in JOBS if stem in PAGES[job] or stem in OF_POLICIES.get(job, {}))


@dataclass(frozen=True)
class Menu:
    """The pages to navigate, as Streamlit takes them: job to pages. ``first``: the page that the bare address opens, by its file stem."""

    pages: dict[str, list]
    first: str

    def stem(self, address: str) -> str:
        """The file stem of the page at an address, as Streamlit has it."""
        return address or self.first

    @property
    def addresses(self) -> str:
        """The pages that a link may lead to, as their addresses have them, for the script of links; that of the first page is empty."""
        return " ".join(page.url_path for pages in self.pages.values() for page in pages)

    def mark(self, page: str) -> None:
        """Mark the heading under which a page stands."""
        jobs = list(self.pages)
        if job_of(page) in jobs:
            streamlit.html(MARKED % (jobs.index(job_of(page)) + 1))


def menu(person: Person) -> Menu:
    """The pages that a person may open; the code of none of another's is there.

    Addresses that people have kept go on working without standing in the menu: that of the first page, which Streamlit itself knows
    only as the root, and those of the pages whose policy is not in use, which say so. The address of a page that is another's is known,
    so that it can be refused in words (``ui.shell.refused``).
    """
    settings = _settings()
    area = AREAS[(settings or Settings()).area]
    brought = policies_by_word(settings, "pages") if settings else {}
    titled = titles(area) | _own_titles(person)
    first = person.first_page
    if first not in titled:
        # The frame offers to sign in, or says why that is not enough (``ui.shell.signing_in``).
        return Menu({"": [streamlit.Page(_nothing, title=SIGN_IN, url_path="sign_in", default=True)]}, "")
    shown = {job: [stem for stem in stems if person.may_open(stem)] for job, stems in by_job(area).items()}
    hidden = [streamlit.Page(f"pages/{first}.py", title=titled[first], url_path=first, visibility="hidden")]
    hidden += [
        streamlit.Page(_nothing, title=title, url_path=stem, visibility="hidden")
        for stem, title in titled.items()
        if not person.may_open(stem)
    ]
    for job, stem in ((job, stem) for job, stems in OF_POLICIES.items() for stem in stems if person.may_open(stem)):
        if stem in brought:
            shown[job].append(stem)
        else:
            said = partial(_say_not_in_use, stem, settings or Settings())
            hidden.append(streamlit.Page(said, title=titled[stem], url_path=stem, visibility="hidden"))
    return Menu(
        {
            job: [_page(stem, titled[stem], first) for stem in stems] + (hidden if first in stems else [])
            for job, stems in shown.items()
            if stems
        },
        first,
    )


def _nothing() -> None:
    """A page that the reader may not open: the frame does not run it."""


def _own_titles(person: Person) -> dict[str, str]:
    """What a team's page is called for those who begin there."""
    if not person.signed_in:
        return {}
    return next(({FIRST_OF_A_TEAM: TITLES[role]} for role in Role if role in person.roles and role in TITLES), {})


def _page(stem: str, title: str, first: str):
    if stem != first:
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
