"""The Corporate Parenting Panel's page. Only the protected answer reaches it: the one that the pack prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas
import streamlit

from casework.commentary import commentaries, save_commentary
from casework.errors import EditedMeanwhile
from casework.publications import publications
from casework.records import Commentary
from data.errors import TrackerError
from metrics.disclosure.cells import HIDDEN
from metrics.strategic.answer import StrategicPack
from metrics.strategic.declared import ENGLAND as NATIONAL
from metrics.strategic.dimensions import dimensions
from metrics.strategic.figures import Row, Table
from metrics.strategic.identities import refuse_identities
from packs.corporate import DRAFT, PUBLISHED, WIDE
from packs.corporate_ledger import KIND, Finished, finish, protected, publish_pack
from ui import charts
from ui.downloads import XLSX
from ui.headings import section
from ui.markup import Markup, element, joined, write
from ui.now import Key, Now, engine_of
from ui.panel_records import ask_who, keep, records, records_of, show_told, tell, who
from ui.tables import Column, scrolling, table
from ui.words import british

MADE = "corporate parenting pack"
PUBLISHED_WORDS = "Published. Save both files now: the ledger keeps the figures, not the files."
NOT_IN_USE = (
    "Adoption timeliness, stability, reviews and visits are counted by England's timescales, which are not in use: add "
    '"england" to policies in settings.toml, and load the night again.'
)


@streamlit.cache_data(max_entries=12, show_spinner="Protecting the figures")
def _protected(key: Key, as_at, published: tuple[int, ...]) -> StrategicPack:
    """The protected answer; what has been published is part of the key, since it decides what is hidden."""
    return protected(engine_of(key), records_of(key), as_at)


def show(now: Now) -> None:
    """The whole page."""
    show_told()
    try:
        ledger = publications(records(now), KIND)
        pack = _protected(now.key, now.as_at, tuple(entry.id for entry in ledger))
    except TrackerError as error:
        write(element("p", str(error), class_="notice", role="alert"))
        return
    mine = [entry for entry in ledger if entry.period == now.as_at.isoformat()]
    standing = f"{PUBLISHED} by {mine[-1].published_by}" if mine else DRAFT
    write(element("p", element("strong", standing), f" · as at {british(pack.as_at)} · {pack.note}", class_="quiet"))
    if NATIONAL not in now.engine.policies:
        write(element("p", NOT_IN_USE, class_="notice"))
    section("Scorecard")
    _table(pack, pack.table("scorecard"))
    _said(now, pack)
    section("Thirteen months")
    _charts(pack)
    _table(pack, pack.table("trend"))
    for table_id in ("flow", *dimensions(), "services", "numbers"):
        section(pack.table(table_id).title)
        _table(pack, pack.table(table_id))
    section("What each measure means")
    _definitions(pack)
    section("Write commentary")
    _commentary(now, pack)
    section("The pack")
    _pack(now, pack)
    _ledger(ledger)


def _table(pack: StrategicPack, laid: Table) -> None:
    kinds = ["short" if title in WIDE else "num" for title in laid.headings[1:]]

    def row_of(row: Row) -> Markup:
        cells = (element("td", pack.said(figure), class_=kind) for figure, kind in zip(row.figures, kinds, strict=True))
        return element("tr", element("th", row.label, scope="row", class_="some"), *cells, class_=row.level or None)

    headings = (
        element("th", title, scope="col", class_=kind) for title, kind in zip(laid.headings, ("some", *kinds), strict=True)
    )
    whole = element(
        "table",
        element("caption", laid.title, class_="unseen"),
        element("thead", element("tr", *headings)),
        element("tbody", joined(row_of(row) for row in laid.rows)),
        class_="data scorecard",
    )
    write(element("p", laid.sentence, class_="quiet") if laid.sentence else "", scrolling(whole, laid.title))


def _charts(pack: StrategicPack) -> None:
    """One small chart a row of the table below; a hidden month is a gap, marked as the table marks it."""
    for first in range(0, len(pack.charted), 3):
        for column, row in zip(streamlit.columns(3), pack.charted[first : first + 3], strict=False):
            values = [pack.value(figure) for figure in row.figures]
            counts = [value if isinstance(value, int) else None for value in values]
            with column:
                write(element("h3", row.label))
                streamlit.plotly_chart(
                    charts.small_trend_figure(pack.months, counts, HIDDEN),
                    config=charts.CONFIG,
                    key=f"corporate trend {row.id}",
                    alt=pack.words_of_chart(row),
                )


def _definitions(pack: StrategicPack) -> None:
    headings = ("Measure", "Definition", "Numerator", "Denominator", "Source")
    rows = (
        element(
            "tr",
            element("th", f"{one.reference} {one.title}", scope="row"),
            *(element("td", words) for words in (one.definition, one.numerator, one.denominator or "none", one.source)),
        )
        for one in pack.measures
    )
    whole = element(
        "table",
        element("caption", "What each measure means", class_="unseen"),
        element("thead", element("tr", *(element("th", title, scope="col") for title in headings))),
        element("tbody", joined(rows)),
        class_="data",
    )
    write(scrolling(whole, "What each measure means", tall=True))


def _said(now: Now, pack: StrategicPack) -> None:
    """The commentary as it stands, beside the figures that it is about."""
    kept = commentaries(records(now), KIND, pack.as_at.isoformat())
    for title, text in pack.said_of({measure: entry.text for measure, entry in kept.items()}):
        write(element("h3", title), element("p", text, class_="words-of"))


def _commentary(now: Now, pack: StrategicPack) -> None:
    """A box for each measure, kept with who wrote it. No child may be named in it, since it is published."""
    period = pack.as_at.isoformat()
    ask_who()
    titles = pack.titles
    kept = commentaries(records(now), KIND, period)
    chosen = streamlit.selectbox("Measure", list(titles), format_func=titles.get, key="corporate measure")
    current = kept.get(chosen)
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


def _pack(now: Now, pack: StrategicPack) -> None:
    """Make the two files, or publish them. A pack that is not published is a draft and says so."""
    read = streamlit.checkbox(
        "The draft has been read, and is to be published: it goes into the ledger for good", key="corporate read"
    )
    with streamlit.container(horizontal=True):
        make = streamlit.button("Make the pack")
        publish = streamlit.button(
            "Publish", disabled=not (read and who()), help="Say who you are, and that the draft has been read."
        )
    if make or publish:
        casework = records(now)
        ask = (
            (lambda: publish_pack(now.engine, casework, pack, who())) if publish else (lambda: finish(now.engine, casework, pack))
        )
        made = keep(ask, PUBLISHED_WORDS if publish else "The draft is made, read back and checked.")
        streamlit.session_state[MADE] = (pack.as_at, made)
        streamlit.rerun()
    as_at, made = streamlit.session_state.get(MADE, (None, None))
    if made is not None and as_at == pack.as_at:
        _downloads(made)


def _ledger(ledger) -> None:
    """What has been published: later packs are protected against being compared with it."""
    if not ledger:
        write(element("p", "Nothing has been published yet.", class_="empty"))
        return
    rows = [
        {"as_at": date.fromisoformat(entry.period), "by": entry.published_by, "on": f"{entry.published_at:%d/%m/%Y %H:%M}"}
        for entry in reversed(ledger)
    ]
    columns = (Column("as_at", "Pack as at", "day"), Column("by", "Published by"), Column("on", "Published on"))
    write(table(pandas.DataFrame(rows), columns, "Packs published so far"))


def _downloads(made: Finished) -> None:
    name = f"corporate parenting {made.pack.as_at.isoformat()}"
    with streamlit.container(horizontal=True):
        streamlit.download_button("Workbook", made.workbook, f"{name}.xlsx", XLSX)
        streamlit.download_button("PDF", made.document, f"{name}.pdf", "application/pdf")
