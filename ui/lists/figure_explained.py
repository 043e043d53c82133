"""How a figure is made: its wording, limit, source and file, what it needs, and the cases that its tests promise."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas

import metrics
from data.contract.contract import tables, titles
from metrics.engine.catalogue import place_of
from metrics.engine.measure_header import Review
from metrics.engine.policy import Rule
from ui.components.markup import element, write
from ui.components.tables import Column, facts, paged
from ui.context import address
from ui.context.page_context import PageContext
from ui.lists import figure_terms
from ui.lists.figure_terms import linked
from words.dates import british

TERM = "term"
DIRECTIONS = {True: "lower", False: "higher", None: "neither higher nor lower: this is a list to follow up"}
RECOMPUTED = (
    "Counted again, because this rule or one of its settings has changed since the load of {}. The next data load will store it."
)
WORKED_EXAMPLES = Path(metrics.__file__).parent / "worked_examples.csv"


def choose_rule(context: PageContext) -> Rule:
    """The rule that is explained, in the address."""
    rules = {rule.id: rule for rule in context.policy.rules}
    return rules[
        address.choose("Figure", list(rules), "rule", ("rule",), lambda rule_id: rules[rule_id].title, address.WIDE, always=True)
    ]


def _limits(rule: Rule) -> str:
    if not rule.limits:
        milestone = rule.measure.is_milestone
        return (
            "from the rule's own settings, shown below"
            if milestone
            else "none: a child is listed as soon as the condition is met"
        )
    return "; ".join(
        limit.words
        + (f" from {british(limit.starts)}" if limit.starts else "")
        + (f", agreed by {limit.agreed_by}" if limit.agreed_by else "")
        for limit in rule.limits
    )


def _settings(rule: Rule) -> str:
    """The rule's parameters as its policy has them, and what the council has changed since."""
    own = ", ".join(f"{name} = {value}" for name, value in rule.parameters.items()) or "none"
    changes = "; ".join(
        f"{change.parameter} = {change.value}"
        + (f" from {british(change.starts)}" if change.starts else "")
        + (f", agreed by {change.agreed_by}" if change.agreed_by else "")
        for change in rule.changes
    )
    return f"{own}. Changed by the council: {changes}" if changes else own


def _clock(rule: Rule) -> str:
    if rule.measure.of_option:
        return (
            "recorded or observed, whichever is earlier: from the plans' own dates, or from the first of an unbroken run of data loads "
            "that showed the option; each child's row says which, and gives the other date where they differ"
        )
    return "from the date in the record" if rule.measure.kind == "measure" else "from the event that starts it"


def _target(rule: Rule) -> str:
    target = rule.target
    if target is None:
        return "no target set"
    agreed = f", agreed by {target.agreed_by}" if target.agreed_by else ""
    agreed += f" on {british(target.agreed_on)}" if target.agreed_on else ""
    return f"{rule.bound} {target.percent:g}%, tolerance {target.tolerance:g} points{agreed}"


def _extracts(names: tuple[str, ...], context: PageContext) -> str:
    """The titles of what a rule needs; a table with its name, and what did not come says so."""
    said = []
    for name in names:
        words = [name] if name in tables() else []
        words += [] if context.engine.supplied[name] else ["not supplied"]
        inside = f" ({', '.join(words)})" if words else ""
        said.append(f"{titles((name,))}{inside}")
    return ", ".join(said)


def _if_any(name: str, said: str) -> list[tuple[str, str]]:
    """A fact about few rules, for those that it is about."""
    return [(name, said)] if said else []


def _reviewed(context: PageContext, review: Review) -> str:
    """When the definition was read against its source, and when it is to be read again."""
    last = british(review.reviewed) if review.reviewed else "not yet"
    if not review.next_review:
        return f"{last}; no date is set for the next review"
    overdue = " (overdue)" if review.is_due(context.night.as_at) else ""
    return f"{last}; next review by {british(review.next_review)}{overdue}"


def show_rule(context: PageContext, rule: Rule) -> None:
    """One rule, from the document's wording to its SQL."""
    measure, absence = rule.measure, context.engine.absence(rule, context.as_at)
    write(
        element("h2", rule.title),
        element("p", f"{absence.word.capitalize()}. {absence.why}", class_="notice") if absence else "",
        element("p", RECOMPUTED.format(british(context.night.as_at)), class_="quiet")
        if context.engine.is_recomputed(rule)
        else "",
        facts(
            [
                ("Policy wording", rule.wording),
                ("Source", f"{context.policy.document}: {rule.source}"),
                *_if_any("How the wording is read", rule.reading),
                ("Clock", _clock(rule)),
                ("Limit", _limits(rule)),
                ("Target", _target(rule)),
                ("Percentage is of", rule.population_words(context.as_at)),
                ("Better if", DIRECTIONS[rule.low_is_good]),
                ("The question it answers", rule.asks),
                ("Why it matters", measure.why),
                ("Settings of this rule", _settings(rule)),
                ("Needs the extracts", _extracts(measure.needs, context) or "none"),
                *_if_any("Needs one of", _extracts(measure.needs_any, context)),
                *_if_any("Optional extracts", _extracts(measure.uses, context)),
                ("Shown as evidence", ", ".join(measure.evidence).replace("_", " ") or "nothing"),
                ("Owner", rule.owner or "not named"),
                ("Definition checked by", measure.review.checked_by or "not recorded"),
                ("Definition reviewed", _reviewed(context, measure.review)),
                (
                    "List",
                    element(
                        "a",
                        "Show the children on this list",
                        href=address.link(address.CHILDREN, context.linked_day, rule=rule.id),
                    ),
                ),
            ]
        ),
        element("h2", f"SQL file: {place_of(measure.id)}"),
        element("pre", linked(measure), class_="scroll", role="region", tabindex="0", aria_label=f"The file {measure.id}.sql"),
    )


def show_terms(rule: Rule) -> None:
    """The terms that the rule's SQL speaks of, each with its definition and the worked examples of it."""
    every = worked_examples()
    figure_terms.show_terms(rule.measure, every[every["rule"] == TERM].drop(columns="rule"))


@cache
def worked_examples() -> pandas.DataFrame:
    """The worked examples: rule ('term' for what every rule stands on), term, as_at, sentence, expected."""
    return pandas.read_csv(WORKED_EXAMPLES, dtype=str, keep_default_na=False, parse_dates=["as_at"])


def show_worked_examples(rule: Rule) -> None:
    """The boundary cases that the tests hold this rule to, and those of the terms that every rule stands on."""
    every = worked_examples()
    case = (Column("case", of="sentence"), Column("as_at"), Column("expected"))
    write(element("h2", "Worked examples"))
    mine = every[every["rule"] == rule.id]
    title, none = f"Worked examples of {rule.title}", "There are no worked examples of this rule."
    paged(mine, case, title, "worked examples", title, none, "case")
    write(element("h2", "Worked examples of the terms that all rules use"))
    terms = every[every["rule"] == TERM].assign(term=every["term"].str.replace("_", " ").str.capitalize())
    columns = (*case[:1], Column("term"), *case[1:])
    name, none = "worked examples of terms", "There are no worked examples."
    paged(terms, columns, "Worked examples of the terms", name, name, none, "case")
