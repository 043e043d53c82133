"""The Corporate Parenting Panel's page. Only the protected answer reaches it: the one that the pack prints."""

from __future__ import annotations

from dataclasses import replace

import streamlit

from casework.commentary import commentaries, save_commentary
from casework.errors import EditedMeanwhile
from casework.publications import publications
from casework.records import Commentary
from data.errors import TrackerError
from metrics.strategic.answer import StrategicPack
from metrics.strategic.figures import Row, Table
from metrics.strategic.identities import refuse_identities
from packs.corporate import DRAFT, PUBLISHED
from packs.corporate_charts import trend_charts
from packs.corporate_ledger import KIND, Finished, finish, protected, publish_pack
from ui.downloads import XLSX
from ui.headings import section
from ui.markup import Markup, element, joined, write
from ui.now import Key, Now, engine_of
from ui.panel_records import ask_who, keep, records, records_of, show_told, tell, who
from ui.tables import scrolling
from ui.words import british

MADE = "corporate parenting pack"


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
    section("Scorecard")
    _table(pack, pack.table("scorecard"))
    section("Thirteen months")
    _charts(pack)
    _table(pack, pack.table("trend"))
    for table in pack.tables:
        if table.id not in ("scorecard", "trend"):
            section(table.title)
            _table(pack, table)
    section("What each measure means")
    _definitions(pack)
    section("Commentary")
    _commentary(now, pack)
    section("The pack")
    _pack(now, pack)


def _table(pack: StrategicPack, table: Table) -> None:
    def cells(row: Row) -> list[Markup]:
        return [element("td", pack.said(figure), class_="num" if figure.kind != "words" else "words") for figure in row.figures]

    def name(row: Row) -> Markup:
        return element("th", row.label, scope="row", class_="wide")

    whole = element(
        "table",
        element("caption", table.title, class_="unseen"),
        element("thead", element("tr", *(element("th", title, scope="col") for title in table.headings))),
        element("tbody", joined(element("tr", name(row), *cells(row)) for row in table.rows)),
        class_="data",
    )
    write(element("p", table.sentence, class_="quiet") if table.sentence else "", scrolling(whole, table.title))


def _charts(pack: StrategicPack) -> None:
    charts = trend_charts(pack)
    for first in range(0, len(charts), 3):
        for column, chart in zip(streamlit.columns(3), charts[first : first + 3], strict=False):
            with column:
                streamlit.image(chart.png, alt=chart.alt, width="stretch")


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


def _commentary(now: Now, pack: StrategicPack) -> None:
    """A box for each measure, kept with who wrote it. No child may be named in it, since it is published."""
    period = pack.as_at.isoformat()
    ask_who()
    titles = {one.id: f"{one.reference} {one.title}" for one in pack.measures}
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
    for measure, entry in kept.items():
        if entry.text.strip() and measure in titles:
            write(element("h3", titles[measure]), element("p", entry.text))


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
    with streamlit.container(horizontal=True):
        make = streamlit.button("Make the pack")
        publish = streamlit.button("Publish", disabled=not who(), help="Enters the pack in the ledger, for good.")
    if make or publish:
        casework = records(now)
        ask = (
            (lambda: publish_pack(now.engine, casework, pack, who())) if publish else (lambda: finish(now.engine, casework, pack))
        )
        made = keep(ask, "Published, and entered in the ledger." if publish else "The draft is made, read back and checked.")
        streamlit.session_state[MADE] = (pack.as_at, made)
        streamlit.rerun()
    as_at, made = streamlit.session_state.get(MADE, (None, None))
    if made is not None and as_at == pack.as_at:
        _downloads(made)


def _downloads(made: Finished) -> None:
    name = f"corporate parenting {made.pack.as_at.isoformat()}"
    with streamlit.container(horizontal=True):
        streamlit.download_button("Workbook", made.workbook, f"{name}.xlsx", XLSX)
        streamlit.download_button("PDF", made.document, f"{name}.pdf", "application/pdf")
