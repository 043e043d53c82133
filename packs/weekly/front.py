"""The front sheet of the Monday pack: the headline share, how it moved, and the lists that the pack holds."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from metrics.answers.service import weekly
from metrics.answers.service.weekly import TrackedRow
from packs.excel.front_sheet import begin_front, write_contents, write_facts
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.workbook import write, write_across, write_link, write_row
from packs.lists.answers import PanelAnswers, limit_words, supplied_words
from packs.lists.figures import write_few, write_figure, write_told
from words.columns import heading, headings
from words.dates import british
from words.few import is_few, share_told, share_words
from words.labels import AS_NOW_KNOWN, NOT_SUPPLIED
from words.numbers import children, has

WIDTHS = (6, 54, 16, 16, 58)  # a link is one line in LibreOffice: as wide as the longest title
LAST = len(WIDTHS)
ALSO = (
    ("Workers", "The headline by worker"),
    ("Coming next", "Children who will join one of the lists in the next weeks if nothing changes"),
    ("Sources", "Where each figure comes from: question, reason, limit, paragraph, extracts, and the file that defines it"),
)


def add_front(workbook: Workbook, answers: PanelAnswers, trend: Sequence[TrackedRow], list_sheets: dict[str, str]) -> None:
    """Add the front sheet. ``trend`` is the headline by date, the latest last; ``list_sheets`` is rule id -> sheet,
    of the lists that have one."""
    sheet, row = begin_front(workbook, answers, f"Weekly tracking pack: {answers.scope_words}", WIDTHS)
    facts = (
        ("Headline", headline_words(trend, _absent(answers))),
        *answers.facts("Reporting date", "Scope", "Policy", "Data load"),
    )
    row = write_facts(sheet, row, facts, LAST)
    row = _lists(sheet, row + 1, answers, list_sheets)
    row = _trend(sheet, row + 1, trend)
    write_contents(sheet, row + 1, "Also in this pack", ALSO, LAST)
    set_up_page(sheet, SENSITIVITY, answers.line, one_page=True)


def _absent(answers: PanelAnswers) -> str:
    """What stands in place of the headline where its rule has no figure."""
    return next((headline.word for headline in answers.headlines if headline.rule.measure.id == weekly.MEASURE), NOT_SUPPLIED)


def headline_words(trend: Sequence[TrackedRow], absent: str = NOT_SUPPLIED) -> str:
    """The share of the tracked children with a planning meeting, and how it stood at the month end before."""
    latest, before = trend[-1], trend[-2] if len(trend) > 1 else None
    if latest["with_meeting"] is None:
        return absent
    if not latest["population"]:
        return "No child here is on the Weekly Tracking Tool."
    waiting = latest["without_meeting"] or 0
    part = share_words(latest["with_meeting"], latest["population"]).capitalize()
    was = (
        f" On {british(before['as_at'])} it was {before['share']:.1f}%, as now known."
        if before and before["share"] is not None and not is_few(before["population"])
        else ""
    )
    return (
        f"{part}: {latest['with_meeting']:,} of {children(latest['population'])} {has(latest['with_meeting'])} had a permanency "
        f"planning meeting or a discussion in its place; {waiting:,} {has(waiting)} not.{was}"
    )


def _lists(sheet: Worksheet, row: int, answers: PanelAnswers, list_sheets: dict[str, str]) -> int:
    write_across(sheet, row, "The lists in this pack", "subtitle", LAST)
    row += 1
    change = f"{heading('change')} {british(answers.headlines[0].compared_with)}, {AS_NOW_KNOWN}"
    titles = (*headings("", "list", "children"), change, heading("limit"))
    write_row(sheet, row, titles, ("heading", "heading", "heading of figures", "heading of figures", "heading"), WIDTHS)
    for number, headline in enumerate(answers.headlines, start=1):
        row += 1
        rule = headline.rule
        due = "Overdue; children not yet due are under Coming next" if rule.measure.is_milestone else None
        words = supplied_words(headline) if headline.absence else due or limit_words(rule, answers.as_at)
        write(sheet, row, 1, number, "count")
        if rule.id in list_sheets:
            write_link(sheet, row, 2, rule.title, list_sheets[rule.id])
        else:
            write(sheet, row, 2, rule.title, "text")
        write_figure(sheet, row, 3, headline.children, "count", headline.absence)
        write_figure(sheet, row, 4, headline.change, "change", headline.absence)
        write(sheet, row, 5, words, "words after a figure")
    return row + 1


def _trend(sheet: Worksheet, row: int, trend: Sequence[TrackedRow]) -> int:
    write_across(sheet, row, "Thirteen months of the headline, as now known", "subtitle", LAST)
    row += 1
    titles = headings("", "as_at", "on_tool", "with_meeting", "share_with_meeting")
    write_row(sheet, row, titles, ("heading", "heading", *("heading of figures",) * 3), WIDTHS)
    for month in trend:
        row += 1
        write(sheet, row, 2, month["as_at"], "date")
        write(sheet, row, 3, month["population"], "count")
        write_figure(sheet, row, 4, month["with_meeting"], "count")
        if month["share"] is not None:
            write_told(sheet, row, 5, share_told(month["share"] / 100, month["population"]))
    return write_few(sheet, row + 1, (month["population"] if month["share"] is not None else None for month in trend), LAST)
