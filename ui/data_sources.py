"""Where the data load came from: the extracts, the rules that wait and for what, and who could supply it."""

from __future__ import annotations

import pandas

from data.contract.contract import titles
from data.sentences import begins
from metrics.answers.data_quality.rules_that_wait import RuleCoverage
from metrics.answers.data_quality.sources import came_from
from ui.components.markup import Markup, as_words, element, folded, joined, write
from ui.components.section_headings import section
from ui.components.tables import Column, facts, named, paged, show_table
from ui.context import address, cached_answers
from ui.context.page_context import PageContext
from words.dates import british, british_time
from words.labels import NOT_SUPPLIED

NOT_NAMED = "not named in settings.toml"
NOT_NOTED = "not noted by the load"
EXPLAINED = (
    "A rule has a figure when every extract that it needs was supplied. A rule that waits shows not supplied on every page, and counts "
    "nobody."
)
NONE_WAITS = "No rule waits: every extract that the rules in use need was supplied."


def show(context: PageContext) -> None:
    """The load, the rules that wait, and every extract.

    The number of rows of a file is the whole council's: less a reader's own it would tell another service's. So it is there for those who
    see the whole council, and so is the place from which the files were read, which is of no use to others.
    """
    coverage = cached_answers.rule_coverage(context)
    _show_load(context, coverage)
    section("Rules that wait for an extract")
    _show_waiting(context, coverage)
    _show_counted(context, coverage)
    section("Extracts")
    _show_extracts(context, cached_answers.sources(context))


def _show_load(context: PageContext, coverage: RuleCoverage) -> None:
    night = context.night
    came = came_from(night)
    write(
        facts(
            [
                ("Data load", night.name),
                ("As at", british(night.as_at)),
                ("Loaded", british_time(night.published_at)),
                ("Read as", came.form or NOT_NOTED),
                *([("Read from", came.place or NOT_NOTED)] if _sees_everybody(context) else []),
                ("Case system", came.system or NOT_NAMED),
                ("Rules with a figure", f"{len(coverage.counted):,} of {coverage.total:,}"),
            ]
        ),
        element("p", EXPLAINED, class_="quiet"),
    )


def _show_waiting(context: PageContext, coverage: RuleCoverage) -> None:
    """What most rules wait for first."""
    if not coverage.waiting:
        write(element("p", NONE_WAITS, class_="empty"))
        return
    every = [_rules(context, one.rules, names_policy=len(context.engine.policies) > 1) for one in coverage.waiting]
    frame = pandas.DataFrame(
        {
            "waits_for": [titles(one.tables, between=" and ") for one in coverage.waiting],
            "rules_waiting": [len(one.rules) for one in coverage.waiting],
            "who_supplies": [begins(one.who) for one in coverage.waiting],
            "waiting_rules": list(map(as_words, every)),
        }
    )
    links = dict(zip(frame["waiting_rules"], every, strict=True))
    columns = (
        *named("waits_for", "rules_waiting", "who_supplies"),
        Column("waiting_rules", says=lambda row: links[row["waiting_rules"]]),
    )
    show_table(frame, columns, "Rules that wait, by extract", "rules that wait", one="extract")


def _show_counted(context: PageContext, coverage: RuleCoverage) -> None:
    """The rules with a figure, by policy."""
    if coverage.counted:
        by_policy = [
            element("p", element("strong", f"{policy.name}: "), _rules(context, rules, names_policy=False))
            for policy in context.engine.policies.values()
            if (rules := tuple(rule for rule in coverage.counted if rule[0] == policy.id))
        ]
        write(folded(f"Rules with a figure: {len(coverage.counted):,}", *by_policy))


def _rules(context: PageContext, rules: tuple[tuple[str, str], ...], names_policy: bool) -> Markup:
    return joined((_rule(context, *rule, names_policy) for rule in rules), "; ")


def _rule(context: PageContext, policy_id: str, rule_id: str, names_policy: bool) -> object:
    """A rule by its title, which leads to its definition; with its policy's name or without."""
    policy = context.engine.policies.get(policy_id)
    rule = next((rule for rule in policy.rules if rule.id == rule_id), None) if policy else None
    if policy is None or rule is None:
        return rule_id
    title = f"{rule.title} ({policy.name})" if names_policy else rule.title
    return element("a", title, href=address.link(address.FIGURES, context.linked_day, policy=policy_id, rule=rule_id))


def _sees_everybody(context: PageContext) -> bool:
    return context.scope.reach is None


def _show_extracts(context: PageContext, frame: pandas.DataFrame) -> None:
    shown = frame.assign(file_name=frame["file_name"].where(frame["supplied"], NOT_SUPPLIED))
    rows = ("rows_used",) if _sees_everybody(context) else ()
    if not rows:
        shown = shown.drop(columns=["rows_used", "note"])  # a note tells numbers of rows too
    columns = (
        *named("extract", "file_name", *rows, "rules_counted", "rules_waiting", "who_supplies"),
        *([Column("note")] if rows and frame["note"].any() else []),
        *([Column("not_told")] if frame["not_told"].any() else []),
        Column("table_name"),
    )
    paged(shown, columns, "Every extract that the tracker can read", "data sources", "data sources", "No extract.", "extract")
