"""One child's key stages: each with its state, the days it was due and done, and where the document asks for it."""

from __future__ import annotations

import pandas

from metrics.answers.key_stages import key_stages
from metrics.engine.plain import boxed_rows, is_missing
from metrics.engine.policy import Rule
from ui.components.child_link import child_address
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import Column, facts, named, show_table
from ui.context import address
from ui.context.page_context import PageContext
from ui.key_stages.stages import NAMES, PAGE, STATES, said
from words.columns import heading
from words.dates import british
from words.labels import NAME_NOT_RECORDED
from words.numbers import counted

NOT_APPLICABLE = "not applicable"
# The days of a stage, and what the answer calls them.
DAYS = {"began": "since", "due_date": "due_date", "done_date": "done_date", "days": "days_over"}
LOOK = "stages standing"


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
    shown = pandas.DataFrame([_row(context, rule, mine.get(rule.id)) for rule in context.policy.rules])
    shown = shown.astype(dict.fromkeys(("began", "due_date", "done_date"), "datetime64[ns]") | {"days": "Int64"})
    name = f"{child_id} key stages"
    show_table(shown, _columns(context), f"The key stages of child {child_id}", "child stages", name=name, look=LOOK, one="stage")


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


def _row(context: PageContext, rule: Rule, row: dict | None) -> dict:
    """A stage of the child: its state in a word, and its days; where it has none, why."""
    absence = context.engine.absence(rule, context.as_at)
    stage = {"rule": rule.id, "stage": rule.title, "source": rule.source}
    if absence or row is None:
        words, needs = (absence.word, absence.needs) if absence else (NOT_APPLICABLE, None)
        return stage | dict.fromkeys(DAYS) | {"state": words, "known": None, "detail": needs}
    days = {name: None if is_missing(row[of]) else row[of] for name, of in DAYS.items()}
    return stage | days | {"state": STATES[row["state"]][1], "known": row["state"], "detail": _said(row["detail"])}


def _columns(context: PageContext) -> list[Column]:
    def how(row: dict) -> str:
        return address.link(address.FIGURES, context.linked_day, policy=context.policy_id, rule=row["rule"])

    def state(row: dict) -> object:
        return said(row["known"]) if row["known"] else f"– {row['state']}" if row["state"] == NOT_APPLICABLE else row["state"]

    return [
        Column("stage", leads_to=how),
        Column("state", says=state, looks=lambda row: STATES[row["known"]][2] if row["known"] else "stage-none"),
        *named("began", "due_date", "done_date"),
        Column("days_over", of="days", says=_days, looks=lambda row: "some"),
        *named("detail", "source"),
    ]


def _days(row: dict) -> str | None:
    if row["days"] is None:
        return None
    days = int(row["days"])
    return f"{counted(days, 'day')} over" if days >= 0 else f"{counted(-days, 'day')} left"
