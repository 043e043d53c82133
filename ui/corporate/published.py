"""The Corporate Parenting Panel's page. Councillors see the packs that were published; analysts also the draft of a period.

Only protected answers that are kept in the ledger reach the page. It never works out a new pattern for a date that a reader picks.
"""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas
import streamlit

from access.roles import Right
from casework.publishing.publications import ledger, published_file
from casework.records.errors import CaseworkError
from casework.records.records import DOCUMENT, WORKBOOK, Ledger, Publication
from casework.storage.database import Casework
from data.errors import TrackerError
from metrics.engine.policy_pages import STATUTORY
from metrics.strategic.declared import providers
from packs.corporate.drafts import KIND, default_day
from packs.corporate.publishing import shown_of
from packs.corporate.workbook import PUBLISHED
from ui.components.downloads import XLSX, offer_file
from ui.components.markup import element, write
from ui.components.tables import Column, show_table
from ui.context import address
from ui.context.page_context import PageContext
from ui.context.panel_records import records
from ui.corporate.draft import AS_PDF, AS_WORKBOOK, PACK, show_draft
from ui.corporate.figures import show_figures
from ui.editing import writing
from words.dates import british, british_time

NOT_IN_USE = (
    "Adoption timeliness, stability, reviews and visits are counted by England's timescales, which are not in use: add {} "
    "to policies in settings.toml, and load the data again."
)
NOT_KEPT = (
    "This pack was published before the ledger kept packs, so it cannot be shown here. "
    "Its figures are in the files that were published."
)
# A pack to show: the number of its publication, or the day of a draft.
Choice = int | date


def show(context: PageContext) -> None:
    """The whole page."""
    try:
        book = ledger(records(context), KIND)
        chosen = _choose(context, book)
        if isinstance(chosen, date):
            if context.engine.policy_providing(STATUTORY) is None:
                there = " or ".join(f'"{policy}"' for policy in providers(context.engine.settings))
                write(element("p", NOT_IN_USE.format(there), class_="notice"))
            address.show_figures_of(chosen)
            show_draft(context, book, chosen)
        elif chosen is not None:
            writing.show_told(PACK)
            _show_published(context, next(entry for entry in book.publications if entry.id == chosen))
        _list(book)
    except TrackerError as error:
        write(element("p", str(error), class_="notice", role="alert"))


def _choose(context: PageContext, book: Ledger) -> Choice | None:
    """The pack to show: of the period that the reader asks for, or the newest that there is for them."""
    published: dict[Choice, str] = {
        entry.id: f"Published, as at {british(date.fromisoformat(entry.period))}" for entry in reversed(book.publications)
    }
    if context.of_published:
        options = published
        newest = next(iter(published), None)
        first = next((one for one in published if _day(book, one) == context.as_at), newest)
    else:
        asked = default_day(context.engine) if context.linked_day is None else context.as_at
        days = sorted({date.fromisoformat(draft.period) for draft in book.drafts} | {asked}, reverse=True)
        drafts: dict[Choice, str] = {day: f"Draft, as at {british(day)}" for day in days}
        options = drafts | published
        first = next((one for one in published if _day(book, one) == asked), asked)
    if first is None:
        return None
    # A new publication chooses again, so that anyone who publishes sees what was published.
    key = f"corporate pack {first} {len(book.publications)}"
    place = list(options).index(first)
    return streamlit.selectbox("Pack", list(options), place, format_func=options.__getitem__, key=key, width=320)


def _day(book: Ledger, number: Choice) -> date:
    return next(date.fromisoformat(entry.period) for entry in book.publications if entry.id == number)


def _show_published(context: PageContext, entry: Publication) -> None:
    """A pack exactly as it was published, with its two files."""
    day = date.fromisoformat(entry.period)
    address.show_figures_of(day)
    shown = shown_of(records(context), entry)
    note = f" · {shown.pack.note}" if shown else ""
    published = (
        f" · {PUBLISHED} by {entry.published_by} · {british_time(entry.published_at)} · data load {entry.night_name}{note}"
    )
    write(element("p", element("strong", f"The pack as at {british(day)}"), published, class_="quiet"))
    if shown is None:
        write(element("p", NOT_KEPT, class_="notice"))
        return
    casework, name = records(context), f"corporate parenting {entry.period}"
    with streamlit.container(horizontal=True):
        for label, what, suffix, mime in ((AS_WORKBOOK, WORKBOOK, "xlsx", XLSX), (AS_PDF, DOCUMENT, "pdf", "application/pdf")):
            offer_file(
                label,
                partial(_content, casework, entry, what),
                f"{name}.{suffix}",
                mime,
                f"published {entry.id} {what}",
                Right.TAKE_PUBLISHED_PACK,
            )
    show_figures(shown.pack, shown.said)


def _content(casework: Casework, entry: Publication, what: str) -> bytes:
    """A file of a published pack. Raises CaseworkError where it was not kept."""
    kept = published_file(casework, entry.id, what)
    if kept is None:
        raise CaseworkError(NOT_KEPT)
    return kept.content


def _list(book: Ledger) -> None:
    """What has been published: later packs are protected against being compared with it."""
    if not book.publications:
        write(element("p", "Nothing has been published yet.", class_="empty"))
        return
    rows = [
        {"as_at": date.fromisoformat(entry.period), "by": entry.published_by, "on": british_time(entry.published_at)}
        for entry in reversed(book.publications)
    ]
    columns = (Column("as_at"), Column("published_by", of="by"), Column("published_on", of="on"))
    show_table(pandas.DataFrame(rows), columns, "Packs published so far", "published packs", one="pack")
