"""One rule's children by movement, and what was recorded late."""

from __future__ import annotations

import pandas

from metrics.answers.drift.drift import Movements, late_words, why_or_where
from metrics.answers.drift.question import JOINED, LEFT, MOVEMENTS, STILL
from metrics.engine.plain import boxed_rows
from metrics.engine.policy import Rule
from ui.components import downloads, teams
from ui.components.child_link import link_to_seen
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, paged
from ui.context import address
from ui.context.page_context import PageContext
from ui.drift.answers import Asked
from ui.drift.movements import AS_KNOWN, AS_REPORTED, MOVED, NAMES, RULE, WORDS
from words.dates import british
from words.numbers import children

CHANGED = "joined or left"
GROUPS = {CHANGED: (*JOINED, *LEFT), "joined": JOINED, "left": LEFT, STILL: (STILL,), "all": MOVEMENTS}
WORDS_OF = {STILL: "are still on it"}  # after *Children who*
DIFFERENCES = {
    "recorded late": "recorded late: should have been on the list",
    "taken off since": "taken off since: should not have been on it",
}


def choose_rule(context: PageContext) -> Rule:
    """The rule whose children and flows are shown, in the address."""
    rules = {rule.id: rule for rule in context.policy.rules}
    return rules[address.choose("Figure", list(rules), RULE, NAMES, lambda rule_id: rules[rule_id].title, width=address.WIDE)]


def show_children(context: PageContext, asked: Asked, answer: Movements, rule: Rule) -> None:
    """The rule's children, by what became of them between the two dates."""
    one = next(entry for entry in answer.rules if entry.rule.id == rule.id)
    if one.absence:
        return
    group = address.switch("Children who", list(GROUPS), MOVED, lambda name: WORDS_OF.get(name, name))
    mine = answer.children[answer.children["rule"] == rule.id]
    shown = mine[mine["movement"].isin(GROUPS[group])]
    parts = [(movement, int((shown["movement"] == movement).sum())) for movement in GROUPS[group]]
    words = ", ".join(f"{movement} {count:,}" for movement, count in parts if count or movement not in ("moved in", "moved out"))
    write(element("p", element("strong", children(len(shown))), f": {words}."))
    shown = shown.assign(reason=[why_or_where(row) for row in boxed_rows(shown)])
    paged(
        shown,
        _columns(context, asked, shown["child_id"]),
        f"{rule.title}: {group}",
        "drift children",
        f"drift {rule.title} {teams.name_of(context, asked.chosen)} {asked.first.isoformat()} to {asked.second.isoformat()}",
        "No children to show.",
        "child",
        "children",
        usual="Movement, then days over",
        definition=_defined(context, asked, rule),
        pressed=(RULE, MOVED),
    )


def _defined(context: PageContext, asked: Asked, rule: Rule) -> str:
    """What puts a child on a list of movements, for the top of a file."""
    known = WORDS[AS_REPORTED if asked.reported else AS_KNOWN]
    return f"{downloads.defined(context, rule)} From {british(asked.first)}, {known}, to {british(asked.second)}."


def _columns(context: PageContext, asked: Asked, children: pandas.Series) -> list[Column]:
    every = [
        Column("child_id", leads_to=link_to_seen(context, children)),
        *named("legacy_id", "name", "age", "movement"),
        Column("why_or_where", of="reason"),
        *named("team", "worker", "since", "limit_date", "days_over", "service"),
    ]
    return [column for column in every if not asked.chosen.get(column.name)]


def show_late(context: PageContext, asked: Asked, answer: Movements, rule: Rule) -> None:
    """How the list that was reported differs from what is now known of that day."""
    if answer.late is None:
        return
    section("Late recording")
    late = answer.late[answer.late["rule"] == rule.id]
    counts = late["difference"].value_counts()
    first = british(asked.first)
    more, fewer = (int(counts.get(difference, 0)) for difference in DIFFERENCES)
    words = (
        f"With everything recorded since, {children(more)} more would have been on the list of {first}, and "
        f"{fewer:,} of those reported would not. {late_words(answer.scope)}"
    ).rstrip()
    write(element("p", words))
    columns = [
        Column("difference") if column.name == "movement" else column for column in _columns(context, asked, late["child_id"])
    ]
    columns = [column for column in columns if column.name != "reason"] + [Column("other_team")]
    paged(
        late.assign(difference=late["difference"].map(DIFFERENCES)),
        columns,
        f"Late recording: {rule.title}",
        "late recording",
        f"late recording {rule.title} {teams.name_of(context, asked.chosen)} {asked.first.isoformat()}",
        f"No late record changes this list of {first}.",
        "child",
        "children",
        definition=_defined(context, asked, rule),
    )
