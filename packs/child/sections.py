"""The sections of a child summary: the lists the child is on and why, what panels said, what happened, and who met."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from casework.records.records import OPEN
from data.contract.contract import tables
from packs.child.answers import RuleRow, SummaryAnswers, key_events, meetings, visits
from packs.excel.workbook import write_across, write_spans
from packs.panel.records import Said, action_state
from words.columns import heading, headings
from words.dates import british
from words.labels import NO_DECISION, NO_OWNER, NONE_NAMED, NOT_SUPPLIED

LAST = 16
# As much as stands on two pages; the rest is on the Child page.
MOST_RUNNING = 5
MOST_PANELS = 2
MOST_EVENTS = 10
MOST_VISITS = 2
# What is shown of each kind of meeting: the lane of the timeline, the extract, and the most rows.
MEETINGS = (("Review", "ssd_cla_reviews", 2), ("Meeting", "local_meetings", 3))
RULE_SPANS = ((1, 9), (10, 11), (12, 12), (13, 14), (15, 16))
RULE_HEADINGS = headings("list_and_why", "since", "clock_code", "limit_date", "days")
DAYS = "Days: over the limit or the due date; where there is no limit date, on the list."
RULE_STYLES = ("text", "date", "text", "date", "count")
EVENT_SPANS = ((1, 2), (3, 4), (5, 7), (8, 16))
MEETING_SPANS = ((1, 2), (3, 5), (6, 16))
ACTION_SPANS = ((1, 8), (9, 11), (12, 13), (14, 16))
ACTION_HEADINGS = headings("action", "owner", "due_date", "state")
SAID_SPANS = ((1, 3), (4, 16))


def _row(sheet: Worksheet, row: int, spans: tuple, values: tuple, styles: tuple[str, ...]) -> int:
    return write_spans(sheet, row, [(*span, value, style) for span, value, style in zip(spans, values, styles, strict=True)])


def _headings(sheet: Worksheet, row: int, spans: tuple, titles: tuple[str, ...]) -> int:
    return _row(sheet, row, spans, titles, ("heading",) * len(spans))


def _title(sheet: Worksheet, row: int, text: str) -> int:
    write_across(sheet, row, text, "subtitle", LAST)
    return row + 1


def _sentence(sheet: Worksheet, row: int, text: str) -> int:
    write_across(sheet, row, text, "sentence", LAST)
    return row + 1


def add_rules(sheet: Worksheet, row: int, answers: SummaryAnswers) -> int:
    """The rules that the child is on, longest over first; then those whose clock is running, soonest first."""
    on_list = [rule for rule in answers.rules if rule.on_list]
    running = [rule for rule in answers.rules if not rule.on_list and not rule.is_apart]
    apart = [rule for rule in answers.rules if rule.is_apart]
    row = _title(sheet, row, "Why this child is on a list")
    if not on_list:
        row = _sentence(sheet, row, f"Not on any list on {british(answers.as_at)}.")
    else:
        row = _rules(sheet, row, on_list, answers, RULE_HEADINGS)
        row = _sentence(sheet, row, DAYS)
    if running:
        row = _title(sheet, row + 1, "Limits coming up, if nothing changes")
        row = _rules(sheet, row, running[:MOST_RUNNING], answers, (*RULE_HEADINGS[:-1], heading("due_in")))
        if (more := len(running) - MOST_RUNNING) > 0:
            row = _sentence(sheet, row, f"And {more:,} later; see the Child page for all of them.")
    if apart:
        row = _title(sheet, row + 1, "Not judged: began before the policy or the records")
        row = _rules(sheet, row, apart, answers, RULE_HEADINGS[:-1])
    return row


def _rules(sheet: Worksheet, row: int, rules: list[RuleRow], answers: SummaryAnswers, titles: tuple[str, ...]) -> int:
    """``titles``: the headings; without the last where the rules have no days to say."""
    spans = (
        RULE_SPANS if len(titles) == len(RULE_SPANS) else (*RULE_SPANS[: len(titles) - 1], (RULE_SPANS[len(titles) - 1][0], LAST))
    )
    row = _headings(sheet, row, spans, titles)
    several = len({rule.rule.policy for rule in answers.rules}) > 1
    for rule in rules:
        named = f"{rule.policy_name}: {rule.rule.title}" if several else rule.rule.title
        limit = f"limit {rule.limit_words}" if rule.limit_words else ""
        values = (
            " · ".join(words for words in (named, limit, rule.detail, rule.backlog if rule.is_apart else "") if words),
            rule.since,
            rule.clock or "",
            rule.limit_date,
            abs(rule.days_over or 0),
        )[: len(titles)]
        row = _row(sheet, row, spans, values, RULE_STYLES[: len(titles)])
    return row


def add_said(sheet: Worksheet, row: int, answers: SummaryAnswers) -> int:
    """What panels said about the child, newest first: barriers, decision, actions; of all but the last two, what was decided and whatever
    is still open."""
    row = _title(sheet, row, "Panel discussions")
    if not answers.said:
        return _sentence(sheet, row, "No panel has discussed this child.")
    for said in answers.said[:MOST_PANELS]:
        row = _headings(sheet, row, ((1, LAST),), (f"{heading('panel_of')} {said.panel.when}",))
        for label, words in _said_words(said):
            row = _row(sheet, row, SAID_SPANS, (label, words), ("label", "text"))
        for place, action in enumerate(said.actions):
            if place == 0:
                row = _row(sheet, row, ACTION_SPANS, ACTION_HEADINGS, ("label",) * len(ACTION_SPANS))
            values = (action.text, action.owner or NO_OWNER, action.due_date, action_state(action, answers.as_at))
            row = _row(sheet, row, ACTION_SPANS, values, ("text", "text", "date", "text"))
    for said in answers.said[MOST_PANELS:]:
        row = _row(sheet, row, SAID_SPANS, (said.panel.when, _in_short(said, answers)), ("label", "text"))
    return row


def _in_short(said: Said, answers: SummaryAnswers) -> str:
    """What an earlier panel decided, what came of it, and the actions that are still open."""
    one = said.discussion
    decided = [one.decision or NO_DECISION, one.outcome] if one else [NO_DECISION]
    open_actions = [
        f"{action.text} ({action.owner or NO_OWNER}, {action_state(action, answers.as_at)})"
        for action in said.actions
        if action.state == OPEN
    ]
    return " · ".join(words for words in (*decided, *open_actions) if words)


def _said_words(said: Said) -> list[tuple[str, str]]:
    discussion = said.discussion
    if discussion is None:
        return [(heading("decision"), NO_DECISION)]
    rows = [
        (heading("barriers"), said.barriers or NONE_NAMED),
        (heading("summary"), discussion.summary),
        (heading("decision"), discussion.decision or NO_DECISION),
        (heading("outcome"), discussion.outcome),
        (heading("next_panel_date"), british(discussion.next_panel_date) if discussion.next_panel_date else ""),
    ]
    return [(label, words) for label, words in rows if words]


def add_events(sheet: Worksheet, row: int, answers: SummaryAnswers) -> int:
    """The turns of this period of care, newest first."""
    row = _title(sheet, row, "What happened in this period of care" if answers.child.terms else "What is on the record")
    events = key_events(answers.child)
    if not events:
        return _sentence(sheet, row, "Nothing is recorded.")
    row = _headings(sheet, row, EVENT_SPANS, headings("from_date", "to_date", "lane", "event"))
    for event in events[:MOST_EVENTS]:
        values = (event["from_date"], event["to_date"], event["lane"], event["label"])
        row = _row(sheet, row, EVENT_SPANS, values, ("date", "date", "text", "text"))
    if len(events) > MOST_EVENTS:
        row = _sentence(sheet, row, f"And {len(events) - MOST_EVENTS:,} earlier; see the Child page for all of them.")
    return row


def add_meetings(sheet: Worksheet, row: int, answers: SummaryAnswers) -> int:
    """The last reviews, meetings and visits, newest first; what was not supplied is said to be so."""
    row = _title(sheet, row, "Last reviews, meetings and visits")
    shown = [
        (lane, extract, [(event["from_date"], event["label"]) for event in meetings(answers.child, lane)[:most]])
        for lane, extract, most in MEETINGS
    ]
    last_visits = [(visit["from_date"], visit["says"]) for visit in visits(answers.child)[:MOST_VISITS]]
    shown.append(("Visit", "ssd_cla_visits", last_visits))
    row = _headings(sheet, row, MEETING_SPANS, headings("event_date", "kind", "event"))
    for kind, extract, found in shown:
        nothing = "none recorded" if answers.supplied[extract] else f"{NOT_SUPPLIED} ({tables()[extract].title})"
        for day, label in found or [(None, nothing)]:
            row = _row(sheet, row, MEETING_SPANS, (day, kind, label), ("date", "text", "text"))
    return row
