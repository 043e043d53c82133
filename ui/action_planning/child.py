"""One child's page of the Action Planning Tracker: the position, the six answers with reasons, and what is written."""

from __future__ import annotations

import pandas

from data.contract.contract import titles
from metrics.answers.action_planning.action_planning import QUESTIONS
from metrics.engine.plain import is_missing
from ui.action_planning import answers as answers
from ui.action_planning.tracker import NAMES, PAGE, WRITTEN
from ui.components.child_link import child_address
from ui.components.markup import Markup, element, write
from ui.components.section_headings import section
from ui.components.tables import Column, facts, named, paged, show_table
from ui.context import address
from ui.context.page_context import PageContext
from words.columns import heading
from words.dates import british
from words.labels import NAME_NOT_RECORDED, NO_PLAN, NOT_SUPPLIED
from words.numbers import counted

ANSWERS = (Column("asks"), Column("answer"), Column("reason"))
OPTIONS = named("option", "carer", "primary", "begun_date", "stage", "stage_date", "outcome")
LEGAL = named("step", "from_date", "to_date", "outcome")


def _said(value: object) -> object:
    if is_missing(value):
        return None
    return british(value) if isinstance(value, pandas.Timestamp) else value


def _since(words: object, day: object) -> object:
    return f"{words}, since {british(day)}" if _said(words) and _said(day) else _said(words)


def _links(context: PageContext, child_id: str) -> Markup:
    chosen = {name: address.given(name, NAMES) for name in NAMES if name != "child"}
    return element(
        "p",
        element("a", "Back to the tracker", href=address.link(PAGE, context.linked_day, policy=context.linked_policy, **chosen)),
        " · ",
        element("a", "Timeline and lists", href=child_address(context, child_id)),
    )


def show(context: PageContext, child_id: str) -> None:
    """Everything that the tracker holds about one child."""
    row = answers.one_child(context, child_id)
    if row is None:
        write(
            element("h2", child_id),
            element("p", f"Not a child in care on {british(context.as_at)}, so not on the tracker.", class_="empty"),
            _links(context, child_id),
        )
        return
    write(element("h2", f"{child_id} · {row['name'] or NAME_NOT_RECORDED}"), _links(context, child_id), facts(_position(row)))
    _show_answers(row, child_id)
    _show_notes(row)
    _show_options(context, child_id)
    _show_legal_track(context, child_id)


def _next_visit(row: dict) -> str:
    if row["last_visit_seen"] == NOT_SUPPLIED:
        return NOT_SUPPLIED
    return british(row["next_visit_due"]) or "now: overdue, or to be seen alone"


def _position(row: dict) -> list[tuple[str, object]]:
    visit = _said(row["last_visit_seen"])
    if visit and visit != NOT_SUPPLIED:
        visit = f"{british(row['last_visit_date'])}, {visit} ({counted(int(row['last_visit_days']), 'day')} ago)"
    return [
        ("Service", row["service"]),
        ("Team", row["team"]),
        ("Worker", row["worker"]),
        ("Age", _said(row["age"])),
        (heading("legacy_id"), _said(row["legacy_id"])),
        ("Entered care", british(row["entered_care"])),
        ("Plan", _since(row["plan"], row["plan_start"]) or NO_PLAN),
        ("Placement", _since(row["placement"], row["placement_start"])),
        ("Legal status", _said(row["legal_status"])),
        ("Legal track", _said(row["legal_track"])),
        ("Last visit", visit or "none in this period of care"),
        ("Next visit due", _next_visit(row)),
    ]


def _show_answers(row: dict, child_id: str) -> None:
    section("The six questions")
    shown = pandas.DataFrame(
        {
            "asks": [f"{place}. {question.asks}" for place, question in enumerate(QUESTIONS, start=1)],
            "answer": [row[question.id] for question in QUESTIONS],
            "reason": [row[f"{question.id}_reason"] for question in QUESTIONS],
        }
    )
    caption = "The six questions about this child"
    show_table(shown, ANSWERS, caption, "child questions", name=f"{child_id} six questions", one="question")


def _show_notes(row: dict) -> None:
    """What is written, as it was written: the lines of a note stay lines, and nothing in it is obeyed."""
    section("Written information")
    for name, word in WRITTEN.items():
        words = _said(row[name])
        author = _said(row[f"{name}_author"])
        when = ""
        if _said(row[f"{name}_date"]):
            by = f", {author}" if author else ""
            when = f"{british(row[f'{name}_date'])}, {counted(int(row[f'{name}_days']), 'day')} ago{by}"
        write(
            element("h3", heading(word)),
            element("p", words or "none recorded", style="white-space: pre-wrap"),
            element("p", when, class_="quiet") if when else "",
        )


def _show_options(context: PageContext, child_id: str) -> None:
    section("Options being explored, and their outcomes")
    if not context.engine.supplied["local_permanence_options"]:
        write(element("p", f"Not supplied: needs the extract {titles(('local_permanence_options',))}.", class_="empty"))
        return
    frame = answers.options(context, child_id)
    # All are this child's: without the identifier it is no list of children, whose filters would mean nothing here.
    shown = frame.assign(primary=frame["is_primary"].map({True: "yes", False: "no"})).drop(columns="child_id")
    empty = "No option is recorded as being explored in this period of care."
    paged(shown, OPTIONS, "Options being explored", f"{PAGE} options", f"{child_id} options", empty, "option")


def _show_legal_track(context: PageContext, child_id: str) -> None:
    section("Legal track")
    needed = ("local_meetings", "ssd_pre_proceedings", "local_care_proceedings")
    missing = tuple(name for name in needed if not context.engine.supplied[name])
    if missing:
        write(element("p", f"Not supplied: {titles(missing)}.", class_="quiet"))
    frame = answers.legal_track(context, child_id).drop(columns="child_id")
    empty = "No legal planning meeting, pre-proceedings or care proceedings are recorded."
    paged(frame, LEGAL, "Legal track", f"{PAGE} legal track", f"{child_id} legal track", empty, "step")
