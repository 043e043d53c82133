"""One child's key stages: each with its state, the days it was due and done, and where the document asks for it."""

from __future__ import annotations

import pandas

from metrics.answers.key_stages import key_stages
from metrics.engine.plain import boxed_rows, is_missing
from metrics.engine.policy import Rule
from ui.components import downloads
from ui.components.child_link import child_address
from ui.components.markup import Markup, element, joined, write
from ui.components.section_headings import section
from ui.components.tables import facts, scrolling
from ui.context import address
from ui.context.page_context import PageContext
from ui.key_stages.stages import BEGAN, NAMES, PAGE, STATES, said
from words.columns import heading, headings
from words.dates import british
from words.labels import NAME_NOT_RECORDED
from words.numbers import counted

HEADINGS = headings("stage", "state", "began", "due_date", "done_date", "days", "detail", "source")


def _said(value: object) -> str | None:
    if is_missing(value):
        return None
    return british(value) if isinstance(value, pandas.Timestamp) else str(value)


def show(context: PageContext, child_id: str) -> None:
    """All stages of one child."""
    frame = key_stages.stages(context.engine, context.policy_id, context.scope, context.as_at, child_id)
    _show_head(context, child_id, frame)
    if frame.empty:
        return
    mine = {row["rule"]: row for row in boxed_rows(frame)}
    overdue = sum(row["state"] == key_stages.OVERDUE for row in mine.values())
    section(f"Key stages on {british(context.as_at)}: {counted(overdue, 'stage')} overdue")
    caption = f"The key stages of child {child_id}"
    whole = element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", element("tr", *(element("th", heading, scope="col") for heading in HEADINGS))),
        element("tbody", joined(_row(context, rule, mine.get(rule.id)) for rule in context.policy.rules)),
        class_="data stages standing",
    )
    write(scrolling(whole, caption))
    downloads.offer(frame.drop(columns=["place"]), f"{child_id} key stages {context.as_at.isoformat()}", "child stages", BEGAN)


def _show_head(context: PageContext, child_id: str, frame: pandas.DataFrame) -> None:
    chosen = {name: address.given(name, NAMES) for name in NAMES if name != "child"}
    if not frame.empty and not chosen["team"]:
        chosen |= {"service": frame["service"].iloc[0], "team": frame["team"].iloc[0]}
    back = element("a", "Back to the grid", href=address.link(PAGE, context.linked_day, policy=context.linked_policy, **chosen))
    record = element("a", "Timeline, lists and why", href=child_address(context, child_id))
    if frame.empty:
        words = (
            f"No stage applies to {child_id} on {british(context.as_at)}: not in care, and not followed up after leaving care."
        )
        write(element("h2", child_id), element("p", back, " · ", record), element("p", words, class_="empty"))
        return
    row = boxed_rows(frame)[0]
    care = f"since {_said(row['entered_care'])}" if row["in_care"] else "has left care"
    write(
        element("h2", f"{child_id} · {_said(row['name']) or NAME_NOT_RECORDED}"),
        element("p", back, " · ", record),
        facts(
            [
                (heading("legacy_id"), _said(row["legacy_id"])),
                (heading("age"), _said(row["age"])),
                (heading("in_care"), care),
                *((heading(name), row[name]) for name in ("service", "team", "worker")),
            ]
        ),
    )


def _row(context: PageContext, rule: Rule, row: dict | None) -> Markup:
    how = address.link(address.FIGURES, context.linked_day, policy=context.policy_id, rule=rule.id)
    title = element("th", element("a", rule.title, href=how), scope="row")
    source = element("td", rule.source, class_="some")
    absence = context.engine.absence(rule, context.as_at)
    if absence or row is None:
        words = absence.word if absence else "– not applicable"
        more = absence.needs if absence else None
        days = (element("td", "") for _ in range(4))
        return element("tr", title, element("td", words, class_="stage-none"), *days, element("td", more, class_="some"), source)
    return element(
        "tr",
        title,
        element("td", said(row["state"]), class_=STATES[row["state"]][2]),
        *(element("td", _said(row[name]), class_="day") for name in ("since", "due_date", "done_date")),
        element("td", _days(row), class_="some"),
        element("td", _said(row["detail"]), class_="some"),
        source,
    )


def _days(row: dict) -> str | None:
    if _said(row["days_over"]) is None:
        return None
    days = int(row["days_over"])
    return f"{counted(days, 'day')} over" if days >= 0 else f"{counted(-days, 'day')} left"
