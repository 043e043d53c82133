"""One child on one day, on a page or two of A4 to take into the room: who, where things stand, why, and what was decided."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from casework.storage.database import Casework
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from packs.child.answers import SummaryAnswers, ask_child
from packs.child.facts import care_facts, identity_facts
from packs.child.sections import add_events, add_meetings, add_rules, add_said
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import keep_sections_whole, set_up_page
from packs.excel.workbook import new_workbook, set_widths, write_across, write_spans
from packs.saving import as_bytes, save
from words.dates import british
from words.labels import NAME_NOT_RECORDED, NOT_RECORDED

# Sixteen narrow columns, so that every table of the sheet can have columns of its own.
WIDTHS = (6.3,) * 16
LAST = len(WIDTHS)
MOST_PAGES = 2
FACT_SPANS = ((1, 3), (4, 8), (9, 11), (12, 16))
WARNING = f"{SENSITIVITY}: this names a child. Store it as securely as the case record."


def write_child_summary(
    engine: Engine,
    out: Path,
    child_id: str,
    scope: Scope,
    as_at: date | None = None,
    casework: Casework | None = None,
) -> Path:
    """Write the summary of one child to ``out`` (.xlsx), and give the path back.

    ``as_at`` is the reporting date (the night's own unless given); with ``casework`` it has what panels said. Raises
    QuestionError for a child who is not there or whom the scope's roles may not see, PackError when the file cannot be written.
    """
    return save(child_workbook(ask_child(engine, child_id, scope, as_at, casework)), Path(out))


def child_summary(
    engine: Engine, child_id: str, scope: Scope, as_at: date | None = None, casework: Casework | None = None
) -> bytes:
    """The summary as the bytes of a workbook. Raises QuestionError as ``write_child_summary``."""
    return as_bytes(child_workbook(ask_child(engine, child_id, scope, as_at, casework)))


def child_workbook(answers: SummaryAnswers) -> Workbook:
    """Lay the answers out on one sheet."""
    person = answers.child.person
    workbook = new_workbook(
        title=f"Child summary, {person['child_id']}, {british(answers.as_at)}",
        subject=f"{answers.council}. {SENSITIVITY}",
        about={"night": answers.night, "as_at": answers.as_at.isoformat()},
    )
    sheet = workbook.create_sheet("Child summary")
    set_widths(sheet, WIDTHS)
    row = _head(sheet, answers)
    row = _facts(sheet, row, identity_facts(answers))
    write_across(sheet, row + 1, f"On {british(answers.as_at)}", "subtitle", LAST)
    row = _facts(sheet, row + 2, care_facts(answers))
    row = add_rules(sheet, row + 1, answers)  # from the first page on, cut between two lists where it must be
    sections = []
    for add in (add_said, add_events, add_meetings):
        sections.append(row + 1)
        row = add(sheet, row + 1, answers)
    set_up_page(sheet, SENSITIVITY, answers.line, orientation="portrait")
    keep_sections_whole(sheet, sections, at_most=MOST_PAGES)
    return workbook


def _head(sheet: Worksheet, answers: SummaryAnswers) -> int:
    person = answers.child.person
    write_across(sheet, 1, f"{person['child_id']} · {person['name'] or NAME_NOT_RECORDED}", "title", LAST)
    write_across(sheet, 2, WARNING, "warning", LAST)
    row = 3
    if answers.invented:
        write_across(sheet, row, "SYNTHETIC: this child is invented.", "warning", LAST)
        row += 1
    return row + 1


def _facts(sheet: Worksheet, row: int, facts: list[tuple[str, str]]) -> int:
    """Labels and what they say, two side by side; a fact that is missing is said to be so."""
    for left, right in zip(facts[::2], [*facts[1::2], ("", "")], strict=False):
        texts = [words for label, value in (left, right) for words in (label, value or (NOT_RECORDED if label else ""))]
        spans = [
            (*span, words, "label" if place % 2 == 0 and texts[place] else "text")
            for place, (span, words) in enumerate(zip(FACT_SPANS, texts, strict=True))
        ]
        row = write_spans(sheet, row, spans)
    return row
