"""The draft of a period on the page, for analysts: made, explained, commented on, given out as files, and published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Lock

import streamlit

from casework.commentary import commentaries, save_commentary
from casework.errors import EditedMeanwhile
from casework.records import Commentary, Draft, Ledger
from metrics.strategic.answer import StrategicPack
from metrics.strategic.identities import refuse_identities
from packs.corporate import DRAFT
from packs.corporate_drafts import KIND, default_day, is_of_older_night, kept, newest_draft, prepare, why_again
from packs.corporate_ledger import Finished, finish, publish_pack
from ui.corporate_tables import show_figures
from ui.downloads import XLSX
from ui.headings import section
from ui.markup import element, write
from ui.now import Key, Now
from ui.panel_records import ask_who, keep, records, records_of, tell, who
from ui.words import british, british_time

MADE = "corporate parenting pack"
PUBLISHED_WORDS = "Published. Both files are kept with the ledger, as they are, and can be downloaded here at any time."
# Working out a draft takes all of a processor; whoever comes meanwhile waits, and finds it made.
_ONE_AT_A_TIME = Lock()


@streamlit.cache_resource(max_entries=6, show_spinner=False)
def _answer(key: Key, draft: Draft) -> StrategicPack:
    return kept(records_of(key), draft).pack


def show_draft(now: Now, book: Ledger, day: date) -> None:
    """The draft of a reporting date. It is made here only for the period that is being prepared, or when somebody presses for it."""
    draft = newest_draft(book, day)
    why = why_again(now.engine, book, draft) if draft else "there is none yet"
    if why and day == default_day(now.engine):
        draft, why = _prepared(now, day, again=False), ""
    if draft is None:
        write(
            element(
                "p",
                f"There is no draft as at {british(day)}. A draft that is made is kept for good, and binds later packs.",
                class_="empty",
            )
        )
        ask_who()
        if streamlit.button(f"Make the draft as at {british(day)}", disabled=not who()):
            _prepared(now, day, again=True)
            streamlit.rerun()
        return
    pack = _answer(now.key, draft)
    made = f"made {british_time(draft.made_at)} by {draft.made_by}, from the load {draft.night_name}"
    write(element("p", element("strong", DRAFT), f" · as at {british(pack.as_at)} · {made} · {pack.note}", class_="quiet"))
    _show_standing(now, draft, day, why)
    show_figures(pack, pack.said_of({one: entry.text for one, entry in commentaries(records(now), KIND, draft.period).items()}))
    section("Write commentary")
    _commentary(now, pack)
    section("The pack")
    _pack(now, draft, pack)


def _prepared(now: Now, day: date, again: bool) -> Draft:
    with streamlit.status(f"Working out the draft as at {british(day)}", expanded=True) as status, _ONE_AT_A_TIME:
        draft = prepare(now.engine, records(now), day, who() or "An analyst", again, streamlit.write).draft
        status.update(label=f"The draft as at {british(day)} is made", state="complete", expanded=False)
    return draft


def _show_standing(now: Now, draft: Draft, day: date, why: str) -> None:
    """Why the draft differs from the one before, and what speaks for making it again."""
    reasons = draft.reasons.splitlines()
    if reasons:
        with streamlit.expander(f"What differs from the draft before: {len(reasons)}"):
            write(element("ul", *(element("li", reason) for reason in reasons)))
    if not why and is_of_older_night(now.engine, draft):
        why = f"the load shown now is another: {now.night.name}"
    if why:
        write(element("p", f"This draft could be made again: {why}. What is hidden in it stays hidden.", class_="notice"))
        if streamlit.button("Make the draft again", disabled=not who(), help="Give your name below first."):
            _prepared(now, day, again=True)
            streamlit.rerun()


def _commentary(now: Now, pack: StrategicPack) -> None:
    """A box for each measure, kept with who wrote it. No child may be named in it, since it is published."""
    period = pack.as_at.isoformat()
    ask_who()
    titles = pack.titles
    written = commentaries(records(now), KIND, period)
    chosen = streamlit.selectbox("Measure", list(titles), format_func=titles.get, key="corporate measure")
    current = written.get(chosen)
    base_key = f"corporate base {period} {chosen}"
    base = streamlit.session_state.setdefault(base_key, current)
    text = streamlit.text_area(
        f"Commentary on {titles[chosen]}",
        base.text if base else "",
        key=f"corporate words {period} {chosen} {base.version if base else 0}",
        max_chars=4000,
        help="Plain words about the figures. It is published: name no child.",
    )
    if streamlit.button("Keep the commentary", disabled=not who()):
        _keep(now, period, chosen, base, text)
        streamlit.session_state.pop(base_key, None)
        streamlit.rerun()


def _keep(now: Now, period: str, measure: str, base, text: str) -> None:
    def change():
        refuse_identities(now.engine, text)
        return save_commentary(records(now), replace(base or Commentary(KIND, period, measure), text=text), who())

    try:
        keep(change, "The commentary is kept.")
    except EditedMeanwhile:
        tell("Somebody else wrote here meanwhile; their words are shown now, and yours are in the history.", warning=True)


def _pack(now: Now, draft: Draft, pack: StrategicPack) -> None:
    """Make the two files, or publish them. A pack that is not published is a draft and says so."""
    read = streamlit.checkbox(
        "The draft has been read, and is to be published: it goes into the ledger for good", key="corporate read"
    )
    with streamlit.container(horizontal=True):
        make = streamlit.button("Make the pack")
        publish = streamlit.button(
            "Publish", disabled=not (read and who()), help="Say who you are, and that the draft has been read."
        )
    if make:
        made = keep(lambda: finish(now.engine, records(now), pack), "The draft is made, read back and checked.")
        streamlit.session_state[MADE] = (draft.id, made)
        streamlit.rerun()
    if publish:
        with streamlit.status("Publishing: the pack is checked against every pack that was published before"), _ONE_AT_A_TIME:
            keep(lambda: publish_pack(now.engine, records(now), pack.as_at, who(), draft.id), PUBLISHED_WORDS)
        streamlit.rerun()
    made_of, made = streamlit.session_state.get(MADE, (None, None))
    if made is not None and made_of == draft.id:
        _downloads(made)


def _downloads(made: Finished) -> None:
    name = f"corporate parenting {made.pack.as_at.isoformat()}"
    with streamlit.container(horizontal=True):
        streamlit.download_button("Workbook", made.workbook, f"{name} draft.xlsx", XLSX)
        streamlit.download_button("PDF", made.document, f"{name} draft.pdf", "application/pdf")
