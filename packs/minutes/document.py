"""The minutes of a panel as a Word document for the clerk, with room for what only those present know."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from docx.document import Document as WordDocument

from casework.storage.database import Casework
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from packs.excel.night_answers import SENSITIVITY
from packs.minutes.answers import MinutesAnswers, ask_minutes
from packs.saving import DOCX, as_bytes, save
from packs.word import add_heading, add_labelled, add_table, add_words, new_document
from words.columns import heading, headings
from words.dates import british
from words.labels import NO_DECISION, NONE_NAMED, NOT_RECORDED, RESTRICTED_RECORD
from words.numbers import counted

HASH_SHOWN = 12
ATTENDANCE = (("", "Chair"), ("", "Clerk"), *((("", "")),) * 8)


def write_minutes(
    engine: Engine,
    out: Path,
    policy_id: str,
    panel_date: date,
    casework: Casework | None,
    scope: Scope,
    area: str = "",
) -> Path:
    """Write the minutes of a panel, of an ``area`` or ("") the whole council, to ``out`` (.docx), and give the path back.

    Raises QuestionError where there is no such policy or panel, and PackError when the file cannot be written.
    """
    return save(minutes_document(ask_minutes(casework, engine, policy_id, panel_date, scope, area)), Path(out), DOCX)


def minutes(engine: Engine, policy_id: str, panel_date: date, casework: Casework | None, scope: Scope, area: str = "") -> bytes:
    """The minutes as the bytes of a Word document. Raises QuestionError as ``write_minutes``."""
    return as_bytes(minutes_document(ask_minutes(casework, engine, policy_id, panel_date, scope, area)))


def minutes_document(answers: MinutesAnswers) -> WordDocument:
    """Lay the answers out, section by section."""
    held = answers.panel.when
    document = new_document(
        title=f"Permanence Panel, minutes of {held}",
        subject=f"{answers.council}. {SENSITIVITY}",
        sensitivity=SENSITIVITY,
        foot=f"{answers.council}: Permanence Panel of {held}, data load hash {answers.night_hash[:HASH_SHOWN]}",
    )
    add_heading(document, f"Permanence Panel, {held}", 0)
    add_words(document, f"Minutes. {answers.council}", bold=True)
    if answers.invented:
        add_words(document, "SYNTHETIC: all the children, workers and teams in these minutes are invented.", bold=True)
    if answers.withheld:
        add_words(document, answers.withheld, bold=True)
    for add in (_about, _log, _attendance, _figures, _discussed, _themes, _next):
        add(document, answers)
    return document


def _about(document: WordDocument, answers: MinutesAnswers) -> None:
    frozen = answers.panel.freeze
    kept = f", frozen by {frozen.frozen_by} on {british(frozen.frozen_at)}" if frozen else "; not frozen for this panel"
    add_labelled(document, "Policy", f"{answers.policy.name}, {answers.policy.document}")
    add_labelled(document, "Lists and figures", f"as at {british(answers.lists_as_at)}{kept}")
    add_labelled(document, "Data load", f"{answers.night}, hash {answers.night_hash}")


def _log(document: WordDocument, answers: MinutesAnswers) -> None:
    """Who has to do what by when, first: what this panel asked for, and what earlier ones asked for and is overdue."""
    add_heading(document, "Action log", 1)
    if not answers.log:
        add_words(document, "No action was set, and none from earlier panels was overdue.")
        return
    held = british(answers.panel.panel_date)
    add_words(document, f"By owner: set by this panel, or set by an earlier one, still open and overdue on {held}.")
    titles = headings("owner", "due_date", "child_id", "action", "state", "panel_date")
    rows = [
        (row["owner"], _day(row["due_date"]), row["child_id"], row["action"], row["state"], _of_panel(row)) for row in answers.log
    ]
    add_table(document, "Action log", titles, rows, (2.7, 2.15, 2.15, 4.0, 2.6, 2.15))


def _attendance(document: WordDocument, answers: MinutesAnswers) -> None:
    add_heading(document, "Attendance", 1)
    add_table(
        document,
        "Attendance, to be filled in",
        headings("name", "role", "present"),
        [(*row, "") for row in ATTENDANCE],
        (5, 5, 2),
    )
    add_labelled(document, "Apologies", "")


def _figures(document: WordDocument, answers: MinutesAnswers) -> None:
    add_heading(document, "The figures", 1)
    where = f" in {answers.panel.area}" if answers.panel.area else ""
    add_words(document, f"{counted(answers.in_care, 'child', 'children')} in care{where} on {british(answers.lists_as_at)}.")
    rows = [
        (title, word if children is None else f"{children:,}", "" if children is None else out_of)
        for title, children, word, out_of in answers.figures
    ]
    add_table(document, "The figures", headings("title", "children", "population"), rows, (7.5, 2.5, 7))


def _discussed(document: WordDocument, answers: MinutesAnswers) -> None:
    add_heading(document, "Children discussed", 1)
    if not answers.discussed:
        add_words(document, "No child was discussed.")
    for number, said in enumerate(answers.discussed, start=1):
        _child(document, number, said)
    if answers.undiscussed:
        left = "1 child on the agenda was" if answers.undiscussed == 1 else f"{answers.undiscussed:,} children on the agenda were"
        add_words(document, f"{left} not discussed.")


def _child(document: WordDocument, number: int, said: dict) -> None:
    if said["child_id"] == RESTRICTED_RECORD:
        add_heading(document, f"{number}. {RESTRICTED_RECORD}", 2)
        add_words(document, "Discussed. What was said is kept with the record, for those with access.")
        return
    age = f", aged {said['age']}" if said["age"] is not None else ""
    add_heading(document, f"{number}. {said['child_id']}{age}, {said['team'] or 'not in care'}", 2)
    labelled = (
        (heading("lists"), said["lists"].replace("\n", "; ")),
        (heading("barriers"), said["barriers"] or NONE_NAMED),
        (heading("summary"), said["summary"] or NOT_RECORDED),
        (heading("decision"), said["decision"] or NO_DECISION),
        (heading("outcome"), said["outcome"]),
        (heading("next_panel_date"), british(said["next_panel_date"]) if said["next_panel_date"] else ""),
    )
    lines = [(label, text) for label, text in labelled if text]
    for place, (label, text) in enumerate(lines, start=1):
        # What was said of one child is not torn in two by the end of a page.
        add_labelled(document, label, text, before_more=place < len(lines))
    if said["actions"]:
        rows = [(action["action"], action["owner"], _day(action["due_date"]), action["state"]) for action in said["actions"]]
        titles = headings("action", "owner", "due_date", "state")
        add_table(document, f"Actions for {said['child_id']}", titles, rows, (6, 3, 2, 2.4))


def _themes(document: WordDocument, answers: MinutesAnswers) -> None:
    add_heading(document, "Themes of the month", 1)
    if not answers.themes:
        add_words(document, "No barriers were recorded.")
        return
    add_words(document, "The barriers that were recorded, and for how many children.")
    rows = [(label, f"{children:,}") for label, children in answers.themes]
    add_table(document, "Themes", headings("barrier", "children"), rows, (9, 3))


def _next(document: WordDocument, answers: MinutesAnswers) -> None:
    add_heading(document, "Next panel", 1)
    add_words(document, british(answers.next_panel_date) if answers.next_panel_date else "Date to be agreed.")
    add_labelled(document, "Agreed as a true record by", "")
    add_labelled(document, "Date", "")


def _of_panel(row: dict) -> str:
    """The panel that asked for an action: its day, and its area where it has one."""
    return f"{_day(row['asked_by'])} ({row['held_for']})" if row["held_for"] else _day(row["asked_by"])


def _day(day: date | None) -> str:
    return british(day) if day else ""
