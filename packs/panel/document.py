"""The panel's papers as a tagged PDF: the same summary, tables and rows as the workbook's tabled sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from pathlib import Path

from metrics.engine.engine import QuestionError
from packs.excel.front_sheet import INVENTED, WARNING
from packs.excel.night_answers import SENSITIVITY
from packs.excel.table_sheet import STYLES, TableSheet
from packs.excel.workbook import shown_text
from packs.panel.front import not_supplied
from packs.panel.questions import PanelPack
from packs.panel.tabled import lists, tabled
from packs.typesetting import make_pdf
from words.dates import british

# A list stands in two columns on a page.
ONLY_IN_WORKBOOK = ("plan",)
LONGEST_LINE = 44  # characters: a longer cell takes a further line
TEMPLATE = Path(__file__).with_name("papers.typ")


def panel_document(pack: PanelPack, full: bool = False) -> bytes:
    """The papers as the bytes of a PDF. Raises QuestionError where the annex is asked for (``full``): only the workbook has it."""
    if full:
        raise QuestionError("The annex is in the workbook only; ask for an Excel file, or for the PDF without the annex.")
    return make_pdf(TEMPLATE, content(pack))


def content(pack: PanelPack) -> dict:
    """What the papers say, as the template reads it."""
    answers = pack.answers
    titles = {rule.id: rule.title for rule in answers.rules}
    sections = tabled(pack)
    warnings = [WARNING, *[INVENTED] * answers.invented, *([answers.withheld] if answers.withheld else [])]
    facts = (
        *answers.facts("Reporting date", "Scope", "Policy", "Data load", "Published"),
        ("Not supplied or not available", not_supplied(answers)),
    )
    return {
        "title": f"Permanence Panel, {british(answers.as_at)}",
        "heading": f"Permanence Panel pack: {answers.council}",
        "council": answers.council,
        "sensitivity": SENSITIVITY,
        "foot": shown_text(answers.line),
        "warnings": warnings,
        "sentences": [sentence.text for sentence in pack.matters.sentences],
        "facts": [[label, shown_text(words)] for label, words in facts],
        "sections": [_section(table, rows) for table, rows in sections],
        "lists": [_section(table, rows, leave_out=ONLY_IN_WORKBOOK) for table, rows in lists(pack, titles)],
    }


def _section(table: TableSheet, rows: Sequence[Mapping[str, object]], leave_out: Sequence[str] = ()) -> dict:
    """A table; ``leave_out``: columns that stand in the workbook only."""
    columns = [column for column in table.columns if column.word not in leave_out]
    headings = [column.heading for column in columns]
    said = [[_said(row[column.name]) for column in columns] for row in rows]
    return {
        "title": shown_text(table.title or table.name),
        "sentence": shown_text(table.sentence),
        "note": shown_text(table.note),
        "empty": table.empty,
        "headings": headings,
        "widths": [_width(heading, [row[place] for row in said]) for place, heading in enumerate(headings)],
        "numbers": [STYLES.get(column.entry.kind) in ("count", "share") for column in columns],
        "rows": said,
    }


def _width(heading: str, cells: Sequence[str]) -> int:
    """What a column gets of the page: as much as its cells say, so that a child takes one line and the papers few pages."""
    longest = max((len(line) for cell in cells for line in cell.split("\n")), default=0)
    return max(min(longest, LONGEST_LINE), ceil(len(heading) / 2), *map(len, heading.split())) + 2


def _said(value: object) -> str:
    """A cell in words."""
    if isinstance(value, date):
        return british(value)
    return "" if value is None else f"{value:,}" if isinstance(value, int) else shown_text(str(value))
