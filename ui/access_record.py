"""The record of access: who looked at a child, and what somebody looked at. It holds identifiers and no names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas
import streamlit

from access.record.entries import Entry, Kind, as_rows
from access.record.record import Asked
from metrics.answers.child.identifiers import identifiers, of_the_same_child
from ui.components.markup import element, write
from ui.components.tables import named, paged
from ui.context.access_record import record_of
from ui.context.page_context import PageContext
from words.dates import british_utc

MOST = 1_000
NO_PAGES = (Kind.FILE.value, Kind.COMMAND.value)
ANYTHING = "anything"
EXPLAINED = (
    "Everything is written down before it is shown: each page, the children on it, and every file with its hash. A browser session is "
    "recorded once for the same thing on the same data load. Times are in UTC."
)
VERIFYING = "To check that nothing was altered or removed, run this on the server: tracker.py access verify"
COLUMNS = named("at", "identity", "from_place", "accessed", "subject", "choices", "night", "as_at", "children")
MORE = named("sha256")
EMPTY = "No entry of the record of access answers this."


def show(context: PageContext, titles: Mapping[str, str]) -> None:
    """The question, and the entries that answer it. ``titles``: every page's title by its file stem, which the record has."""
    write(element("p", EXPLAINED, class_="quiet"), element("p", VERIFYING, class_="quiet"))
    found = record_of(Path(context.key[0]), context.engine.settings).entries(_asked(context))
    if len(found) == MOST:
        write(element("p", f"The newest {MOST:,} entries. Choose a child, a person or fewer days.", class_="notice"))
    paged(
        as_frame(found, titles),
        COLUMNS,
        "Entries of the record of access",
        "access",
        "access record",
        EMPTY,
        "entry",
        "entries",
        MORE,
    )


def _asked(context: PageContext) -> Asked:
    """What the administrator asks. It stays in this visit's memory: not in the address, and not in the record."""
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        child = streamlit.text_input("Child ID", key="access child", max_chars=100, width=180, autocomplete="off").strip()
        who = streamlit.text_input("Who", key="access who", max_chars=200, width=260, autocomplete="off").strip()
        kinds = (ANYTHING, *(kind.value for kind in Kind))
        kind = streamlit.selectbox("What", kinds, key="access kind", width=200)
        first = streamlit.date_input("From", value=None, format="DD/MM/YYYY", key="access from", width=150)
        last = streamlit.date_input("To", value=None, format="DD/MM/YYYY", key="access to", width=150)
    return Asked(
        child_ids=of_the_same_child(identifiers(context.engine, context.scope), child) if child else (),
        identity=who,
        kind="" if kind == ANYTHING else kind,
        first=first,
        last=last,
        most=MOST,
    )


def as_frame(entries: list[Entry], titles: Mapping[str, str]) -> pandas.DataFrame:
    """Entries as rows, the newest first, a page by its title."""
    rows = as_rows(entries, british_utc, lambda day: pandas.Timestamp(day) if day else pandas.NaT)
    frame = pandas.DataFrame(rows, columns=[column.name for column in (*COLUMNS, *MORE)])
    of_page = ~frame["accessed"].isin(NO_PAGES)
    return frame.assign(subject=frame["subject"].mask(of_page, frame["subject"].map(lambda stem: titles.get(stem, stem))))
