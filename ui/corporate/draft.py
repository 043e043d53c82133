"""The draft of a period on the page, for analysts: made, explained, commented on, given out as files, and published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Lock

import streamlit

from access.roles import Right
from casework.publishing.commentary import commentaries, save_commentary
from casework.records.errors import CaseworkError, EditedMeanwhile
from casework.records.records import Commentary, Draft, Ledger
from metrics.strategic.answer import StrategicPack
from metrics.strategic.identities import refuse_identities
from packs.corporate.drafts import KIND, default_day, is_of_older_night, kept, newest_draft, prepare, why_again
from packs.corporate.publishing import Finished, finish, publish_pack
from packs.corporate.workbook import DRAFT
from ui.components.downloads import XLSX, offer_file
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.context.page_context import Key, PageContext
from ui.context.panel_records import records, records_of
from ui.corporate.figures import show_figures
from ui.editing import writing
from ui.editing.writer import ask_who, who
from words.dates import british, british_time

MADE, READ = "corporate parenting pack", "corporate read"
# The places of the buttons, where what came of a press is said.
MAKING, COMMENTARY, PACK = "corporate draft", "corporate commentary", "corporate pack"
AS_WORKBOOK, AS_PDF = "Download the workbook (Excel)", "Download the PDF"
PUBLISHED_WORDS = "Published. Both files are kept with the ledger and can be downloaded here at any time."
# Working out a draft takes all of a processor; anyone who comes in the meantime waits, and finds it made.
_ONE_AT_A_TIME = Lock()


@streamlit.cache_resource(max_entries=6, show_spinner=False)
def _answer(key: Key, draft: Draft) -> StrategicPack:
    return kept(records_of(key), draft).pack


def show_draft(context: PageContext, book: Ledger, day: date) -> None:
    """The draft of a reporting date. It is made here only for the period that is being prepared, or when somebody presses for it."""
    draft = newest_draft(book, day)
    why = why_again(context.engine, book, draft) if draft else "there is none yet"
    if why and day == default_day(context.engine):
        draft, why = _prepared(context, day, again=False), ""
    if draft is None:
        write(
            element(
                "p",
                f"There is no draft as at {british(day)}. A draft is kept permanently, and later packs must agree with it.",
                class_="empty",
            )
        )
        ask_who()
        _make_button(context, day, f"Make the draft as at {british(day)}")
        return
    pack = _answer(context.key, draft)
    made = f"made {british_time(draft.made_at)} by {draft.made_by}, from the load {draft.night_name}"
    write(element("p", element("strong", DRAFT), f" · as at {british(pack.as_at)} · {made} · {pack.note}", class_="quiet"))
    _show_standing(context, draft, day, why)
    show_figures(
        pack, pack.said_of({one: entry.text for one, entry in commentaries(records(context), KIND, draft.period).items()})
    )
    section("Write commentary", on_paper=False)
    with streamlit.container(key="screen-only commentary"):
        _commentary(context, pack)
    section("The pack")
    _pack(context, draft, pack)


def _prepared(context: PageContext, day: date, again: bool) -> Draft:
    with streamlit.status(f"Preparing the draft as at {british(day)}", expanded=True) as status, _ONE_AT_A_TIME:
        draft = prepare(context.engine, records(context), day, who() or "An analyst", again, streamlit.write).draft
        status.update(label=f"The draft as at {british(day)} is made", state="complete", expanded=False)
    return draft


def _show_standing(context: PageContext, draft: Draft, day: date, why: str) -> None:
    """Why the draft differs from the one before, and what speaks for making it again."""
    reasons = draft.reasons.splitlines()
    if reasons:
        with streamlit.expander(f"What has changed since the previous draft: {len(reasons)}"):
            write(element("ul", *(element("li", reason) for reason in reasons)))
    if not why and is_of_older_night(context.engine, draft):
        why = f"the data load shown is now {context.night.name}"
    if why:
        write(element("p", f"This draft can be made again: {why}. What is hidden in it stays hidden.", class_="notice"))
        _make_button(context, day, "Make the draft again")


def _make_button(context: PageContext, day: date, label: str) -> None:
    def make() -> str:
        _prepared(context, day, again=True)
        return f"The draft as at {british(day)} is made."

    writing.button(Right.SEE_DRAFTS, label, make, MAKING)
    writing.show_told(MAKING)


def _commentary(context: PageContext, pack: StrategicPack) -> None:
    """A box for each measure, kept with who wrote it. No child may be named in it, since it is published."""
    period = pack.as_at.isoformat()
    ask_who()
    titles = pack.titles
    written = commentaries(records(context), KIND, period)
    chosen = streamlit.selectbox("Measure", list(titles), format_func=titles.__getitem__, key="corporate measure")
    current = written.get(chosen)
    base_key = f"corporate base {period} {chosen}"
    base = streamlit.session_state.setdefault(base_key, current)
    words_key = f"corporate words {period} {chosen} {base.version if base else 0}"
    streamlit.text_area(
        f"Commentary on {titles[chosen]}",
        base.text if base else "",
        key=words_key,
        height="content",
        max_chars=4000,
        help="Comment on the figures in plain words. It is published, so do not name a child.",
    )

    def save() -> str:
        text = streamlit.session_state[words_key]
        refuse_identities(context.engine, text)
        # Whatever comes of it, what is kept now is what the next words begin from.
        streamlit.session_state.pop(base_key, None)
        try:
            save_commentary(records(context), replace(base or Commentary(KIND, period, chosen), text=text), who())
        except EditedMeanwhile as error:
            raise CaseworkError(
                "Somebody else saved commentary while you were writing. Their words are shown; yours are in the history."
            ) from error
        return "The commentary is saved."

    writing.button(Right.SEE_DRAFTS, "Save the commentary", save, COMMENTARY)
    writing.show_told(COMMENTARY)


def _pack(context: PageContext, draft: Draft, pack: StrategicPack) -> None:
    """Make the two files, or publish them. A pack that is not published is a draft and says so."""
    read = streamlit.checkbox("I have read the draft. Publish it: it is added to the ledger permanently", key=READ)

    def make() -> str:
        streamlit.session_state[MADE] = (draft.id, finish(context.engine, records(context), pack))
        return "The draft is ready and has been checked."

    def publish() -> str:
        if not streamlit.session_state.get(READ):
            raise CaseworkError("Confirm first that you have read the draft.")
        with streamlit.status("Publishing: checking the pack against every earlier published pack"), _ONE_AT_A_TIME:
            publish_pack(context.engine, records(context), pack.as_at, who(), draft.id)
        return PUBLISHED_WORDS

    with streamlit.container(horizontal=True):
        writing.button(Right.SEE_DRAFTS, "Make the pack", make, PACK, named=False)
        writing.button(
            Right.SEE_DRAFTS, "Publish", publish, PACK, disabled=not read, help="Confirm first that you have read the draft."
        )
    writing.show_told(PACK)
    made_of, made = streamlit.session_state.get(MADE, (None, None))
    if made is not None and made_of == draft.id:
        _downloads(made)


def _downloads(made: Finished) -> None:
    name = f"corporate parenting {made.pack.as_at.isoformat()} draft"
    with streamlit.container(horizontal=True):
        offer_file(AS_WORKBOOK, lambda: made.workbook, f"{name}.xlsx", XLSX, "draft workbook", Right.SEE_DRAFTS)
        offer_file(AS_PDF, lambda: made.document, f"{name}.pdf", "application/pdf", "draft document", Right.SEE_DRAFTS)
